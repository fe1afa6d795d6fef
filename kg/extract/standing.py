"""What part a name or a date has where it stands: compared with, a means, a sender's, a background to the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg import languages
from kg.model import Mention

_WIRE = re.compile(r"[)）]\s?(?:[-–—]|--)")


def compared(text: str, mention: Mention, others: Sequence[Mention] = ()) -> bool:
    """Whether a name is only compared with: 类X, better than X, 超越甲公司的X.

    `others` are the sentence's mentions.
    """
    words = languages.load()
    start = _outer_start(text, mention, others)
    before = text[max(0, start - 16) : start]
    return bool(words.compared_before.search(before) or words.compared_after.match(text, mention.span.end))


def _outer_start(text: str, mention: Mention, others: Sequence[Mention]) -> int:
    """Where a name begins, with the owner's name that stands right before it."""
    start = mention.span.start
    types = {r.type for r in mention.readings}
    while listed := next((m for m in others if m.span.end + 1 == start and text[m.span.end] == "、"), None):
        start = listed.span.start  # 在甲、乙、丙: all of them stand behind the first word
    owners = (
        m.span
        for m in others
        if m.span.end <= start
        and text[m.span.end : start] in ("", "的", "'s ", "’s ")
        and types.isdisjoint(r.type for r in m.readings)
    )
    return min((span.start for span in owners), default=start)


def oblique(text: str, mention: Mention, others: Sequence[Mention] = ()) -> bool:
    """Whether a name is only compared with, or only a means of what is told: 基于X.

    `others` are the sentence's mentions: a maker's name right before the name does not hide what stands before both.
    """
    start = _outer_start(text, mention, others)
    words = languages.load()
    before = text[max(0, start - 16) : start]
    if _WIRE.match(text, mention.span.end) and text[mention.span.start - 1 : mention.span.start] in ("(", "（"):
        return True  # SEOUL, July 15 (Some Agency) - …
    means = words.means_before.search(before) or words.means_after.match(text, mention.span.end)
    return bool(means) or compared(text, mention, others)


def background(text: str, date: Mention) -> bool:
    """Whether a date only tells when somebody was founded or born."""
    words = languages.load()
    before = text[max(0, date.span.start - 16) : date.span.start]
    return bool(words.background_before.search(before) or words.background_after.match(text, date.span.end))


def lists(mentions: Sequence[Mention], text: str) -> Iterator[list[Mention]]:
    """Mentions in the order of the text, list by list: with nothing but a separator and quotation marks between them.

    What stands by itself is a list of one.
    """
    separator = re.compile(rf"[”」》]?\s?{languages.load().list_separator}\s?[“「《]?|(?<=[”」』》])(?=[“「『《])")
    names = list(mentions[:1])
    for one, two in pairwise(mentions):
        if not separator.fullmatch(text, one.span.end, two.span.start):
            yield names
            names = []
        names.append(two)
    yield names
