"""Predicate–argument frames of an annotator with semantic roles or dependencies, read by the rules for plain text.

A0 is the agent, A1 the theme, ARGM-TMP the time (PropBank's names).  A predicate that is the trigger of an event states
what the event states, with the names that fill its roles: however far they stand from it, and in whatever order.  For
every other predicate the frame is said plainly, A0 predicate A1, and the patterns are asked what that says.  Whether it
is asserted, planned or denied is told by the sentence as it stands.  Annotators without frames give nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg import languages
from kg.annotate import Rules
from kg.annotate.values import DATE
from kg.extract import stance, surface
from kg.extract.discourse import Sentence, sentences
from kg.extract.ends import end_of
from kg.extract.skeleton import Skeleton, build
from kg.extract.standing import background
from kg.model import Annotated, End, Extraction, Frame, Mention, Span, Stance
from kg.patterns import CLOSE, OPEN, PRONOUN, Event

_ROLES = {"A0": "agent", "ARG0": "agent", "A1": "theme", "ARG1": "theme", "ARGM-TMP": "time", "TMP": "time"}
_NEGATIONS = frozenset({"ARGM-NEG", "NEG"})

Filled = tuple[End, float]
"""One end of an extraction, with the factor that its reading is worth."""


def extract(annotated: Annotated, rules: Rules) -> Iterator[Extraction]:
    """What the frames of a document state."""
    if not annotated.frames:
        return
    text = annotated.document.text
    hidden = [a.span for a in annotated.aliases if len(a.span)]
    for sentence in sentences(annotated, rules.patterns.names.versioned):
        inside = [f for f in annotated.frames if sentence.span.covers(f.predicate)]
        words = text[sentence.span.start : sentence.span.end]
        if inside and not stance.states_nothing(words):
            seen = build(text, sentence.span, sentence.mentions, hidden, rules.patterns.letters)
            for frame in inside:
                yield from _Reader(frame, sentence, seen, text, rules).read()


@dataclass(frozen=True, slots=True)
class _Reader:
    """One frame, and the sentence that it stands in."""

    frame: Frame
    sentence: Sentence
    skeleton: Skeleton
    text: str
    rules: Rules

    def read(self) -> Iterator[Extraction]:
        words = self.text[self.frame.predicate.start : self.frame.predicate.end]
        events = [
            event
            for event in self.rules.patterns.events
            if any(p and p.search(words) for p in (*event.transitive, *event.intransitive))
        ]
        for event in events:
            yield from self._states(event)
        if not events:
            yield from self._said_plainly(words)

    def _states(self, event: Event) -> Iterator[Extraction]:
        roles = {
            "agent": self._ends("agent", event.agent),
            "theme": self._ends("theme", event.theme),
            "time": self._ends("time", (DATE,)) if event.time else [],
        }
        for statement in event.states:
            domain = self.rules.ontology.relation(statement.relation).domain
            for subject, subject_score in roles[statement.subject]:
                for obj, object_score in roles[statement.object]:
                    if subject.type not in domain or (subject.entity and subject.entity == obj.entity):
                        continue
                    yield Extraction(
                        predicate=statement.relation,
                        subject=subject,
                        object=obj,
                        span=self._words(),
                        stance=self._stance(),
                        confidence=statement.confidence * subject_score * object_score,
                        extractor=f"frames:{event.name}",
                    )

    def _said_plainly(self, words: str) -> Iterator[Extraction]:
        """What the patterns find in A0 predicate A1."""
        agents, themes = self._names("agent"), self._names("theme")
        if not agents or not themes:
            return
        plain = _plain(agents, words, self.frame.predicate, themes, self.skeleton, self.rules.patterns.letters)
        for found in surface.extract(self.sentence, plain, self.text, self.rules):
            ends = {found.subject.span, found.object.span}
            if ends & {m.span for m in agents} and ends & {m.span for m in themes}:
                name = found.extractor.removeprefix("patterns:")
                yield replace(found, span=self._words(), stance=self._stance(), extractor=f"frames:{name}")

    def _ends(self, role: str, types: tuple[str, ...]) -> list[Filled]:
        """What fills a role, read as one of the types."""
        found = (end_of(m, types, self.sentence, self.text) for m in self._names(role, *types))
        return [end for end in found if end]

    def _names(self, role: str, *types: str) -> list[Mention]:
        """The mentions that are what a role's words are about, of these types if there are any: the head, with the list
        that it belongs to.  In Chinese the head is the last one, 甲公司旗下的乙; in English the first, A of B.
        """
        found: list[Mention] = []
        for label, span in self.frame.arguments:
            if _ROLES.get(label) != role:
                continue
            inside = [
                m
                for m in self.sentence.mentions
                if span.covers(m.span)
                and (m.reading(*types) if types else m.name or m.recognizer == "pronoun")
                and not (m.reading(DATE) and background(self.text, m))
            ]
            found += _list(inside, self.text, last=self.skeleton.language == "zh")
        return found

    def _stance(self) -> Stance:
        """How the sentence stands to what its predicate says."""
        if any(label in _NEGATIONS for label, _ in self.frame.arguments):
            return Stance.DENIED
        places = [n for n, at in enumerate(self.skeleton.places) if _within(at, self.frame.predicate)]
        return stance.of_stretch(self.skeleton, places[0], places[-1] + 1) if places else Stance.ASSERTED

    def _words(self) -> Span:
        """From the first to the last of the words of the roles that are read."""
        spans = [self.frame.predicate, *(span for label, span in self.frame.arguments if label in _ROLES)]
        return Span(min(s.start for s in spans), max(s.end for s in spans))


def _within(at: int, span: Span) -> bool:
    return span.start <= at < span.end


def _list(mentions: Sequence[Mention], text: str, *, last: bool) -> list[Mention]:
    """The last (or first) of some mentions, with those that are listed with it."""
    separator = re.compile(rf"\s*[”」』》\"]?{languages.load().list_separator}[“「『《\"]?\s*")
    ordered = list(reversed(mentions)) if last else list(mentions)
    kept = ordered[:1]
    for mention in ordered[1:]:
        one, two = (mention, kept[-1]) if last else (kept[-1], mention)
        if not separator.fullmatch(text, one.span.end, two.span.start):
            break
        kept.append(mention)
    return sorted(kept, key=lambda m: m.span)


def _plain(
    agents: Sequence[Mention],
    words: str,
    predicate: Span,
    themes: Sequence[Mention],
    seen: Skeleton,
    letters: Mapping[str, str],
) -> Skeleton:
    """The skeleton of the shortest sentence that says a frame: its agents, its predicate, its themes."""
    text = ""
    places: list[int] = []
    mentions: dict[int, Mention] = {}

    def add(piece: str, *at: int) -> None:
        nonlocal text
        text += piece
        places.extend(at)

    def listed(names: Sequence[Mention]) -> None:
        for number, mention in enumerate(names):
            if number:
                add("、" if seen.language == "zh" else ",", mention.span.start)
            mentions[len(text)] = mention
            mark = PRONOUN if mention.recognizer == "pronoun" else OPEN
            types = "".join(sorted({letters[r.type] for r in mention.readings if r.type in letters}))
            add(f"{mark}{types}{CLOSE}", *[mention.span.start] * (len(types) + 2))

    blank = "" if seen.language == "zh" else " "
    listed(agents)
    add(blank, *[predicate.start] * len(blank))
    add(words, *range(predicate.start, predicate.end))
    add(blank, *[predicate.end] * len(blank))
    listed(themes)
    return Skeleton(text, tuple(places), mentions, seen.sentence, seen.language)
