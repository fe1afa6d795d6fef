"""What a text is about at each sentence: topics that a later sentence leaves out or calls by a pronoun, and dates in
headings.

A topic is kept for each type: the name that is most in the reader's mind.  A mention weighs more where it begins a
clause and where the document speaks of it often, and half as much after each sentence; a name that is only compared
with, or a means, weighs nothing (after the centering theory of Grosz, Joshi and Weinstein 1995).  A heading's topics
hold for its section.  A date that begins a heading or list item holds for what is listed under it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from kg import languages
from kg.annotate.placed import NUMBERED
from kg.extract import lines
from kg.extract.standing import oblique
from kg.model import Annotated, Mention, Reading, Span

_MAIN_MENTIONS, _MAIN_SHARE, _MAIN_AHEAD, _MAIN_LEAD = 3, 0.5, 0.3, 2
"""A document is about a name that it mentions thrice and at least as often as all others of the type together; or
nearly a third of the time, and twice as often as any other."""
_REACH = 4
"""Sentences after which a topic that nobody mentions is forgotten: a paragraph of news seldom goes on longer without
one."""
_FADES = 0.5
"""What is left of a mention's weight after a sentence."""
_FIRST, _SUBJECT, _OTHER, _OFTEN = 1.0, 0.7, 0.4, 0.6
"""The weight of the first mention of its type in a sentence that begins a clause, of another that does, of any other
mention; and what is added for a name that all mentions of the type name, in proportion for one that some do."""
_WE = re.compile(r"我们|(?<![A-Za-z])(?:[Ww]e|[Oo]ur)(?![A-Za-z])")
_QUOTED = re.compile(r"“[^“”]*”|「[^「」]*」")
_OFTEN_SAID = 2
"""How often a text must say “we” to be somebody's own."""
_INTRODUCES = re.compile(r"(?:^|\n)[#*【■▍ \t]*(?:About |关于)[ \t]*$")
_INTRODUCTION = 24
"""Characters of a line before the name that it introduces."""
_DATED = re.compile(r"[ \t]+(?:昨天|今天|前天|\d{4}[-年./]|\d{1,2}月)")
_MOTTO = re.compile(r"[ \t]*[｜|·—][ \t]*\S")
_LAST = 3
"""Lines at the end of a text in which its motto stands."""
_LEAD = 8
"""Characters before a name that still begins its clause: a date, an adverb, a mark."""
_LATIN_LEAD = 40
_APPOSED = re.compile(r"^(?:[A-Z][a-z]+ )?(?:[Tt]he|[Aa]n?) (?:[A-Z]?[a-z-]+ ){0,3}$")
"""What begins an English clause before the name that it tells of: the French startup X."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with the mentions in it and what the text before makes of it."""

    span: Span
    mentions: tuple[Mention, ...]
    topics: tuple[tuple[str, Mention], ...]
    """(type, name said before), for each type."""
    matter: tuple[tuple[str, Mention], ...]
    """(type, name that the section or the whole document is about), for each type that has one."""
    header_date: Mention | None
    heading: bool
    lead: Mention | None = None
    """The name that its line begins with as a label: what each of its clauses is about that names nothing else."""
    weights: Mapping[str, float] = field(default_factory=dict)
    """How much the topic of each type of things is in the reader's mind."""
    chapter: Mention | None = None
    """The name that a line above it holds alone, as the title of what follows."""
    couple: tuple[Mention, ...] = ()
    """The names of the last sentence before that has several, which 前者 and 后者 may stand for."""

    def entitled(self, mention: Mention) -> bool:
        """Whether a label or a title says that this is what the sentence is about."""
        return mention in (self.lead, self.chapter)

    def topic(self, *types: str) -> Mention | None:
        """The topic of the first of these types that has one."""
        known = dict(self.topics)
        return next((known[t] for t in types if t in known), None)


@dataclass
class _Weight:
    """How much a name is in the reader's mind."""

    mention: Mention
    weight: float
    seen: int
    """The number of the last sentence that mentions it."""


@dataclass
class _State:
    names: dict[str, dict[str, _Weight]] = field(default_factory=dict)
    """For each type, the names by what identifies them."""
    title: dict[str, Mention] = field(default_factory=dict)
    """What the document's first line names: what the rest is about where nothing else is."""
    section: dict[str, Mention] = field(default_factory=dict)
    item: dict[str, Mention] = field(default_factory=dict)
    """What a line that holds nothing else names: what the lines below it are about."""
    indent: int = 0
    """How far the item stands in that `item` is from."""
    nested: bool = False
    """Whether the items below that one stand further in: they end where one does not."""
    lead: Mention | None = None
    date: Mention | None = None
    dates: int = 0
    """How far the item stands in that begins with `date`."""
    couple: tuple[Mention, ...] = ()
    """The names of the last sentence that has several things of one class."""
    dated: bool = False
    """The document has several lines that hold nothing but a date: what follows one is of its day."""

    def topics(self, number: int) -> dict[str, Mention]:
        """The weightiest name of each type that was mentioned not too many sentences ago."""
        found = {}
        for type_, names in self.names.items():
            near = [w for w in names.values() if number - w.seen <= _REACH]
            if near:
                found[type_] = max(near, key=lambda w: (w.weight, w.mention.span)).mention
        return found

    def weights(self, number: int, types: Sequence[str]) -> dict[str, float]:
        """The weights of the topics of these types."""
        return {
            t: max((w.weight for w in self.names.get(t, {}).values() if number - w.seen <= _REACH), default=0.0)
            for t in types
        }

    def fade(self) -> None:
        for names in self.names.values():
            for name in names.values():
                name.weight *= _FADES

    def notice(self, mention: Mention, type_: str, weight: float, number: int) -> None:
        """A name is mentioned; several mentions in one sentence count once, as the weightiest."""
        same = self.names.setdefault(type_, {})
        name = identity(mention)
        kept = same.get(name)
        if kept is None:
            same[name] = _Weight(mention, weight, number)
        elif kept.seen == number:
            kept.weight = max(kept.weight, weight)
        else:
            kept.mention, kept.weight, kept.seen = mention, kept.weight + weight, number


def sentences(annotated: Annotated, things: Sequence[str] = ()) -> tuple[Sentence, ...]:
    """The sentences of a document, in order; a pronoun stands for one of the `things` (types) or another."""
    text = annotated.document.text
    state = _State(dated=lines.is_chronicle(annotated))
    voices = lines.voices(text)
    counts = _counts(annotated, voices)
    about = {**_speaker(annotated), **_main(counts)}
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
        heading = starts_line and lines.HEADING.match(text, line_start) is not None
        if heading:
            state.section, state.item, state.names = {}, {}, {}
            if lines.CHAPTER.match(text, line_start):
                state.title = {}
        if starts_line:
            if lines.COUNTED.match(text, line_start) or (state.lead and lines.ITEM.match(text, line_start)):
                state.names = {}  # each item of such a list has a name of its own
            state.lead, alone = (None, None) if line_start in voices else lines.label(text, line_start, mentions, at)
            item = lines.ITEM.match(text, line_start) is not None
            indent = span.start - line_start
            ends = item and state.nested and indent <= state.indent
            state.nested = item and bool(state.item) and (indent > state.indent or (state.nested and not ends))
            if alone or ends or NUMBERED.match(text, line_start):
                state.item = {alone.readings[0].type: alone} if alone else {}
                state.indent, state.nested = (indent if item else -1), False
                state.names = {}
            if (item or state.dated) and state.date and lines.dates_line(text, span, inside):
                state.names = {}  # the entries of a chronicle are not about one another's names
            if item and indent < state.dates:
                state.date = None
            before = state.date
            _header_date(text, span, inside, state, heading=heading, item=item)
            if state.date is not before:
                state.dates = indent if item else 0
        lead = {state.lead.readings[0].type: state.lead} if state.lead else {}
        matter = {**state.title, **about, **state.section, **state.item, **lead}
        topics = tuple(sorted({**matter, **state.topics(number), **lead}.items()))
        ordered = tuple(sorted(matter.items()))
        chapter = next(iter(state.item.values()), None)
        weights = state.weights(number, things)
        found.append(
            Sentence(
                span, tuple(inside), topics, ordered, state.date, heading, state.lead, weights, chapter, state.couple
            )
        )
        state.couple = _several(inside, things, state.couple)
        state.fade()
        first: set[str] = set()
        for mention in inside:
            if mention.recognizer == "pronoun" or not mention.name or oblique(text, mention, inside):
                continue
            for reading in _equals(mention) if lines.decided(mention) else ():
                type_, times = reading.type, counts.get(reading.type, {}).get(identity(mention), [])
                if mention.recognizer not in lines.UNNAMED and reading.score < lines.SURE and len(times) < 2:
                    continue
                begins = begins_clause(text, span, mention)
                weight = (_SUBJECT if type_ in first else _FIRST) if begins else _OTHER
                share = len(times) / max(1, sum(map(len, counts.get(type_, {}).values())))
                state.notice(mention, type_, weight + _OFTEN * share, number)
                if heading and type_ not in first:
                    state.section[type_] = mention
                if number == 0 and type_ not in first and lines.titles(text, span, heading=heading):
                    state.title[type_] = mention
                first.add(type_)
    return tuple(found)


def _several(inside: Sequence[Mention], things: Sequence[str], before: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """The names of a sentence of one class of things, in order, if there are several of them; what was so before, if
    it names nothing else."""
    for type_ in things:
        named = {
            identity(m): m
            for m in reversed(inside)
            if m.name and m.recognizer != "pronoun" and m.readings[0].type == type_
        }
        if len(named) > 1:
            return tuple(sorted(named.values(), key=lambda m: m.span))
        if named and named.keys().isdisjoint(map(identity, before)):
            return ()
    return before


def main(annotated: Annotated) -> dict[str, Mention]:
    """What a whole document is about: for each type the name that most of its mentions name, if there is one."""
    return {**_speaker(annotated), **_main(_counts(annotated, lines.voices(annotated.document.text)))}


def _equals(mention: Mention) -> tuple[Reading, ...]:
    """The best reading of a mention, and those as good: a maker and what it makes may have one name."""
    best = mention.readings[0]
    return tuple(r for r in mention.readings if r is best or (r.entity and r.score == best.score))


def identity(mention: Mention) -> str:
    """What two mentions of one thing have in common: its id, else its name."""
    return mention.readings[0].entity or mention.name.casefold()


def begins_clause(text: str, sentence: Span, mention: Mention) -> bool:
    """Whether nothing but a date, an opening mark or a few characters stand between a clause's beginning and a name."""
    before = text[sentence.start : mention.span.start]
    ends = list(languages.load().clause_end.finditer(before))
    lead = before[ends[-1].end() if ends else 0 :].strip()
    return len(lead) <= _LEAD or (len(lead) <= _LATIN_LEAD and _APPOSED.search(lead + " ") is not None)


def _counts(annotated: Annotated, voices: Set[int]) -> dict[str, dict[str, list[Mention]]]:
    """For each type the document's names, by what identifies them, with their mentions."""
    named: dict[str, dict[str, list[Mention]]] = {}
    for mention in annotated.mentions:
        if (
            mention.span.start not in voices
            and mention.name
            and mention.recognizer not in lines.UNNAMED
            and lines.decided(mention)
        ):
            named.setdefault(mention.readings[0].type, {}).setdefault(identity(mention), []).append(mention)
    return named


def _main(counts: dict[str, dict[str, list[Mention]]]) -> dict[str, Mention]:
    found = {}
    for type_, names in counts.items():
        most = max(names.values(), key=lambda ms: (len(ms), -ms[0].span.start))
        others = sorted((len(ms) for ms in names.values() if ms is not most), reverse=True)
        share = len(most) / (len(most) + sum(others))
        ahead = share >= _MAIN_AHEAD and len(most) >= _MAIN_LEAD * max(others, default=0)
        if len(most) >= _MAIN_MENTIONS and (share >= _MAIN_SHARE or ahead):
            found[type_] = most[0]
    return found


def _speaker(annotated: Annotated) -> dict[str, Mention]:
    """Who says “we” in a document, and is not quoted: whom its last lines introduce (About X), or who signs it."""
    text = annotated.document.text
    if len(_WE.findall(_QUOTED.sub("", text))) < _OFTEN_SAID:
        return {}
    types = {r.type for m in annotated.mentions if m.inward for r in m.readings}
    last = _last_lines(text)
    return {
        m.readings[0].type: m
        for m in reversed(annotated.mentions)
        if m.name and m.readings[0].type in types and _signs(text, m.span, last)
    }


def _signs(text: str, name: Span, last: int) -> bool:
    """Whether a line introduces a name, begins with it and a date at the top, or with it and a motto from `last` on."""
    if _INTRODUCES.search(text, max(0, name.start - _INTRODUCTION), name.start):
        return text.startswith("\n", name.end)
    if name.start == 0:
        return _DATED.match(text, name.end) is not None
    return name.start >= last and text[name.start - 1] == "\n" and _MOTTO.match(text, name.end) is not None


def _last_lines(text: str) -> int:
    """Where the last lines of a text begin."""
    at = len(text)
    for _ in range(_LAST):
        at = max(0, text.rfind("\n", 0, at))
    return at


def _header_date(text: str, span: Span, inside: Sequence[Mention], state: _State, *, heading: bool, item: bool) -> None:
    """Keep the date that a heading or list item begins with; a paragraph without one ends it."""
    first = lines.dates_line(text, span, inside)
    if first is not None:
        behind = text[first.span.end : span.end]
        after = behind.lstrip("` ]】)）")
        apart = state.dated or (behind.startswith(" ") and languages.has_han(behind))
        if heading or item or apart or not after or after[0] in ":：,，" or text[span.start] in "[【🎯🔔🔥":
            state.date = first
            return
    if heading or not (item or state.dated or lines.divides(text, span, inside)):
        state.date = None
