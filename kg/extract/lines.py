"""Lines: what the layout of a text says of the sentences in and below them.

A line may be a heading, an item of a list, a label with what it labels, a name alone, a date, somebody's turn to speak.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from kg.annotate.placed import RATED
from kg.annotate.values import DATE
from kg.model import Annotated, Mention, Span

HEADING = re.compile(r"\s*#{1,6}\s")
CHAPTER = re.compile(r"\s*#\s")
ITEM = re.compile(r"\s*(?:(?:[-*+•·▪◆●■➤►▶]|\d{1,2}[.)）])\s|\d{1,2}、)")
COUNTED = re.compile(r"\s*(?:\d{1,2}[.)）](?!\d)|\d{1,2}、)")
_BEGINS_LINE = re.compile(
    r"\s*(?:#{1,6}\s)?(?:[-*+•·▪◆●■▍▶►]\s*)?(?:第[一二三四五六七八九十\d]{1,3}[名位款个家][：:、]?|[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[.、)）．:：]?)?[\s“\"「《【*_`]*"
)
_ENDS_LINE = re.compile(rf"[”\"」》】*_`]*\s*(?:[（(][^（()）\n]{{1,40}}[）)])?(?: +{RATED})?[*_`\s]*(?:\n|$)")
_LABELS = re.compile(
    r"[”\"」》】*_`]*\s?(?:[（(][^（()）\n]{1,40}[）)])?[*_`]*\s?[：:]\s?(?=\S)|\s?[（(][^（()）\n]{1,40}[）)][.。]\s?(?=\S)"
)
_ITEM_LABELS = re.compile(
    r"[”\"」》】*_`]*\s?(?:[（(][^（()）\n]{1,40}[）)])?[*_`]*(?:[，,。]\s?|\s?[—–]{1,2}\s?|\s-\s)(?=\S)"
)
"""What stands behind the name that an item of a list is about: 1. 甲（乙团队），……; 2. 丙 —— ……."""
_DASHED = re.compile(r"[”\"」》】*_`\]]*\s(?:-|–|—|——)\s(?=\S)")
"""What sets a name apart from what a list says of it, whatever kind of name it is."""
_MENTIONS_AHEAD = 2
_VOICE, _SPEAKS = re.compile(r"^(?P<who>[^\n：:，,。]{1,16})[：:]", re.MULTILINE), 2
_MARKS = re.compile(r"^\W*(?:(?:版本|[Vv]ersion)?\s?[Vv]?\d+(?:\.\d+)+\W+)?$")
"""What may stand before the date that a heading or list item begins with: marks, and the number of a version."""
_DIVIDER = 12
"""The most characters of a line that only divides a list."""
_DATED = 3
"""Lines with nothing but a date that make a chronicle of a document."""
UNNAMED = frozenset({"pronoun", "dates", "values"})
SURE = 0.65
"""The score from which a name is a topic though the document has it but once: not every quoted word is a name."""


def decided(mention: Mention) -> bool:
    """Whether the class of a name is told, and not any of them."""
    return len(mention.readings) < 3 or mention.readings[0].score >= SURE


def label(text: str, line: int, mentions: Sequence[Mention], at: int) -> tuple[Mention | None, Mention | None]:
    """The name that a line begins with and goes on from behind a colon, and the one that is all there is in a line."""
    first = next((m for m in mentions[at : at + _MENTIONS_AHEAD] if m.span.start >= line and m.name), None)
    if first is None or first.recognizer in UNNAMED or not _BEGINS_LINE.fullmatch(text, line, first.span.start):
        return None, None
    item = ITEM.match(text, line) is not None
    if not decided(first) and not (item and _DASHED.match(text, first.span.end)):
        return None, None
    if _LABELS.match(text, first.span.end) or (item and _ITEM_LABELS.match(text, first.span.end)):
        return first, None
    return None, first if _ENDS_LINE.match(text, first.span.end) and first.readings[0].score >= SURE else None


def voices(text: str) -> frozenset[int]:
    """Where the lines begin that only say who speaks them: a label that comes back, as in an interview."""
    labels = [(m.start(), m["who"]) for m in _VOICE.finditer(text)]
    times = Counter(who for _, who in labels)
    return frozenset(start for start, who in labels if times[who] >= _SPEAKS)


def titles(text: str, sentence: Span, *, heading: bool) -> bool:
    """Whether a document's first sentence is its title: a heading of the first level, or a line without an end."""
    words = text[sentence.start : sentence.end]
    if heading:
        return CHAPTER.match(text, text.rfind("\n", 0, sentence.start) + 1) is not None
    return text[sentence.end : sentence.end + 1] == "\n" and words[-1] not in "。！？!?.；;：:，,"


def dates_line(text: str, span: Span, inside: Sequence[Mention]) -> Mention | None:
    """The date that a line begins with."""
    first = next((m for m in inside if m.reading(DATE)), None)
    leads = first is not None and _MARKS.match(text[span.start : first.span.start]) is not None
    return first if leads and first is not None and first.readings[0].value is not None else None


def divides(text: str, span: Span, inside: Sequence[Mention]) -> bool:
    """Whether a line only divides a list: 新增, Fixed."""
    line = text[span.start : span.end]
    return not inside and len(line) <= _DIVIDER and text[span.end : span.end + 1] == "\n" and line[-1:].isalnum()


def is_chronicle(annotated: Annotated) -> bool:
    """Whether a document is a chronicle: some of its lines hold nothing but a date."""
    text, alone = annotated.document.text, 0
    for mention in annotated.mentions:
        if mention.reading(DATE):
            start = text.rfind("\n", 0, mention.span.start) + 1
            end = text.find("\n", mention.span.end)
            beside = text[start : mention.span.start] + text[mention.span.end : end if end >= 0 else len(text)]
            alone += len(beside) <= _DIVIDER and not any(map(str.isalnum, beside))
    return alone >= _DATED
