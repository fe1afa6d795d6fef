"""What a text is about at each sentence: topics that a later sentence leaves out or calls by a pronoun, and dates in
headings.

A topic is kept for each type: the first name of the type in the last sentence that has one and does not only compare
with it.  A heading's topics hold for its section.  A date that begins a heading or list item holds for what is listed
under it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg import languages
from kg.annotate.values import DATE
from kg.model import Annotated, Mention, Span

_HEADING = re.compile(r"\s*#{1,6}\s")
_ITEM = re.compile(r"\s*(?:[-*+•·▪◆●■]|\d{1,2}[.、)）])\s")
_MARKS = re.compile(r"^[\s\-*+•·#>`\[【(（🎯🔔🔥\W]*$")
_UNNAMED = frozenset({"pronoun", "dates", "values"})
_MAIN_MENTIONS, _MAIN_SHARE = 3, 0.5
"""A document is about a name that it mentions thrice and at least as often as all others of the type together."""
_REACH = 4
"""Sentences after which a topic that nobody mentions is forgotten: a paragraph of news seldom goes on longer without
one."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with the mentions in it and what the text before makes of it."""

    span: Span
    mentions: tuple[Mention, ...]
    topics: tuple[tuple[str, Mention], ...]
    """(type, name said before), for each type."""
    header_date: Mention | None
    heading: bool

    def topic(self, *types: str) -> Mention | None:
        """The topic of the first of these types that has one."""
        known = dict(self.topics)
        return next((known[t] for t in types if t in known), None)


@dataclass
class _State:
    topics: dict[str, tuple[Mention, int]] = field(default_factory=dict)
    section: dict[str, Mention] = field(default_factory=dict)
    date: Mention | None = None


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
    owners = (m.span for m in others if m.span.end <= start and text[m.span.end : start] in ("", "的", "'s ", "’s "))
    return min((span.start for span in owners), default=start)


def oblique(text: str, mention: Mention, others: Sequence[Mention] = ()) -> bool:
    """Whether a name is only compared with, or only a means of what is told: 基于X.

    `others` are the sentence's mentions: a maker's name right before the name does not hide what stands before both.
    """
    start = _outer_start(text, mention, others)
    words = languages.load()
    before = text[max(0, start - 16) : start]
    means = words.means_before.search(before) or words.means_after.match(text, mention.span.end)
    return bool(means) or compared(text, mention, others)


def background(text: str, date: Mention) -> bool:
    """Whether a date only tells when somebody was founded or born."""
    words = languages.load()
    before = text[max(0, date.span.start - 16) : date.span.start]
    return bool(words.background_before.search(before) or words.background_after.match(text, date.span.end))


def sentences(annotated: Annotated) -> tuple[Sentence, ...]:
    """The sentences of a document, in order."""
    text = annotated.document.text
    state = _State()
    main = _main(annotated)
    found = []
    mentions = list(annotated.mentions)
    at = 0
    for number, span in enumerate(annotated.sentences):
        while at < len(mentions) and mentions[at].span.end <= span.start:
            at += 1
        inside = []
        look = at
        while look < len(mentions) and mentions[look].span.start < span.end:
            if span.covers(mentions[look].span):
                inside.append(mentions[look])
            look += 1
        line_start = text.rfind("\n", 0, span.start) + 1
        starts_line = not text[line_start : span.start].strip()
        heading = starts_line and _HEADING.match(text, line_start) is not None
        if heading:
            state.section, state.topics = {}, {}
        if starts_line:
            _header_date(text, span, inside, state, heading=heading, item=_ITEM.match(text, line_start) is not None)
        known = {t: m for t, (m, seen) in state.topics.items() if number - seen <= _REACH}
        topics = tuple(sorted({**main, **state.section, **known}.items()))
        found.append(Sentence(span, tuple(inside), topics, state.date, heading))
        fresh: dict[str, Mention] = {}
        for mention in inside:
            if mention.recognizer == "pronoun" or not mention.name or oblique(text, mention, inside):
                continue
            for reading in mention.readings[:1] if len(mention.readings) < 3 else ():
                fresh.setdefault(reading.type, mention)
        for type_, mention in fresh.items():
            state.topics[type_] = (mention, number)
            if heading:
                state.section[type_] = mention
    return tuple(found)


def _main(annotated: Annotated) -> dict[str, Mention]:
    """What a whole document is about: for each type the name that most of its mentions name, if there is one."""
    named: dict[str, dict[str, list[Mention]]] = {}
    for mention in annotated.mentions:
        if mention.name and mention.recognizer not in _UNNAMED and len(mention.readings) < 3:
            reading = mention.readings[0]
            same = named.setdefault(reading.type, {}).setdefault(reading.entity or mention.name.casefold(), [])
            same.append(mention)
    found = {}
    for type_, names in named.items():
        most = max(names.values(), key=lambda ms: (len(ms), -ms[0].span.start))
        if len(most) >= _MAIN_MENTIONS and len(most) >= _MAIN_SHARE * sum(map(len, names.values())):
            found[type_] = most[0]
    return found


def _header_date(text: str, span: Span, inside: Sequence[Mention], state: _State, *, heading: bool, item: bool) -> None:
    """Keep the date that a heading or list item begins with; a paragraph without one ends it."""
    first = next((m for m in inside if m.reading(DATE)), None)
    leads = first is not None and _MARKS.match(text[span.start : first.span.start]) is not None
    if leads and first is not None and first.readings[0].value is not None:
        after = text[first.span.end : span.end].lstrip("` ]】)）")
        if heading or item or not after or after[0] in ":：,，" or text[span.start] in "[【🎯🔔🔥":
            state.date = first
            return
    if heading or not item:
        state.date = None


def antecedent(sentence: Sentence, pronoun: Mention, type_: str, text: str) -> Mention | None:
    """What a pronoun stands for when it is read as `type_`: the nearest name before it, in its sentence or as the
    topic."""
    start = pronoun.span.start
    if len(pronoun.text) > 1:  # 该产品, this product: not what its own clause has just named
        clause = list(languages.load().clause_end.finditer(text, sentence.span.start, start))
        start = clause[-1].end() if clause else sentence.span.start
    before = [
        m
        for m in sentence.mentions
        if m.span.end <= start and m.name and m.reading(type_) and m.recognizer != "pronoun" and not oblique(text, m)
    ]
    return before[-1] if before else sentence.topic(type_)
