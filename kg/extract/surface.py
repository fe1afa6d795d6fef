"""Surface patterns: the ones in `patterns.yaml`, run over the skeleton of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg import quantities
from kg.annotate import Rules
from kg.extract.discourse import Sentence
from kg.extract.ends import end_of
from kg.extract.skeleton import Skeleton
from kg.extract.stance import clause_end, clause_starts, of_stretch, of_words
from kg.extract.standing import compared, oblique
from kg.lexicon import key
from kg.model import End, Extraction, Mention
from kg.ontology import Relation
from kg.patterns import OPEN, TOPIC, Pattern, Slot, Statement

_TOPIC_FACTOR = 0.8
"""What a left-out subject costs: now and then it is somebody else's."""
_LABEL_FACTOR = 0.95
"""… where a label or a title names it."""
_PRONOUN_FACTOR = 0.9

_APPOSED = re.compile(r"\s?[（(]|, (?:an?|the|its|their|our) ")
"""What follows here is told of the name right before it, whatever part that has in the sentence."""

_SUBJECT = re.compile(rf"[，,]\s?(?={OPEN})")
_GOES_ON = re.compile(r"[、，,；]\s?(?:和|与|及)?")
_SIZED = re.compile(r"[-– ]?\d+(?:\.\d+)?[BbMT]$")
"""The size at the end of the name of one of a list: 甲-0.5B、7B和72B."""

Filled = tuple[End, float]
"""One end of an extraction, with the factor that its reading is worth."""


def extract(
    sentence: Sentence, skeleton: Skeleton, text: str, rules: Rules, *, presupposed: bool = False
) -> Iterator[Extraction]:
    """What the patterns find in one sentence; of one that states nothing, what it takes for granted, `presupposed`."""
    reader = _Reader(sentence, skeleton, text, rules)
    present = {r.type for m in sentence.mentions for r in m.readings}
    for pattern in rules.patterns.patterns:
        if pattern.language != skeleton.language or (presupposed and not pattern.presupposed):
            continue
        if not any(map(present.isdisjoint, pattern.needed)):
            yield from reader.read(pattern)


def _matches(regex: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """All matches; the last slot of one may be the first of the next."""
    at = 0
    while match := regex.search(text, at):
        yield match
        starts = [match.start(n) for n in match.re.groupindex.values() if match.start(n) >= 0]
        at = max([match.start() + 1, *starts])


@dataclass(frozen=True, slots=True)
class _Reader:
    """One sentence, and what is known around it."""

    sentence: Sentence
    skeleton: Skeleton
    text: str
    rules: Rules

    def read(self, pattern: Pattern) -> Iterator[Extraction]:
        matched = False
        for match in _matches(pattern.regex, self.skeleton.text):
            matched = True
            yield from self.states(pattern, match, 0)
        topic = next((s for s in pattern.slots if s.topic), None)
        if topic and not matched and self.sentence.topic(*topic.types):
            for match in _matches(pattern.regex, TOPIC + self.skeleton.text):
                if not self.named(topic, match):
                    yield from self.states(pattern, match, 1)
                    if pattern.inward and match[topic.name] == TOPIC:
                        yield from self.listed(pattern, topic, match.end() - 1)

        if topic and (lead := self.sentence.lead) and lead.reading(*topic.types):
            yield from self.labelled(pattern, topic, lead)

    def listed(self, pattern: Pattern, topic: Slot, at: int) -> Iterator[Extraction]:
        """What goes on a list that says the same of the left-out subject: 董事长甲、总经理乙、财务总监丙."""
        while found := _GOES_ON.match(self.skeleton.text, at):
            match = pattern.regex.match(TOPIC + self.skeleton.text[found.end() :])
            if match is None or match[topic.name] != TOPIC:
                return
            yield from self.states(pattern, match, 1 - found.end())
            at = found.end() + match.end() - 1

    def labelled(self, pattern: Pattern, topic: Slot, lead: Mention) -> Iterator[Extraction]:
        """What the clauses behind a label say of it, each by itself: X：甲公司做的，70亿参数，底座是Y."""
        for begin in clause_starts(self.skeleton):
            match = pattern.regex.match(TOPIC + self.skeleton.text[begin:])
            if match is None or match[topic.name] != TOPIC:
                continue
            inside = self.skeleton.within(begin, begin + match.end() - 1)
            filled = {m.span for slot in pattern.slots for m in self.filling(slot, match, 1 - begin)}
            if not any(m.span not in filled and m.reading(*topic.types) and m.recognizer != "pronoun" for m in inside):
                yield from self.states(pattern, match, 1 - begin)

    def filling(self, slot: Slot, match: re.Match[str], shift: int) -> list[Mention]:
        """The mentions in a slot of a match."""
        if match[slot.name] is None:
            return []
        return self.skeleton.within(match.start(slot.name) - shift, match.end(slot.name) - shift)

    def named(self, topic: Slot, match: re.Match[str]) -> bool:
        """Whether the clauses up to the end of a match name a subject, so that none is left out."""
        end = clause_end(self.skeleton, max(0, match.end() - 2))
        own = _SUBJECT.match(self.skeleton.text, end)
        if own and not self.skeleton.mentions[own.end()].reading(*topic.types):
            end = len(self.skeleton.text)  # 基于甲，乙公司推出了丙: who does something with it comes only now
        return any(
            m.recognizer != "pronoun" and m.reading(*topic.types) and not oblique(self.text, m, self.sentence.mentions)
            for m in self.skeleton.within(0, end)
        )

    def states(self, pattern: Pattern, match: re.Match[str], shift: int) -> Iterator[Extraction]:
        slots = {slot.name: slot for slot in pattern.slots}
        if pattern.inward and self.outsider(pattern, match, shift):
            return
        start, end = max(0, match.start() - shift), match.end() - shift
        own = of_words(self.skeleton.text[start:end])
        stance = own if pattern.presupposed else of_stretch(self.skeleton, start, end)
        for statement in pattern.states:
            relation = self.rules.ontology.relation(statement.relation)
            subjects = list(self.fillers(slots[statement.subject], match, shift, relation, relation.domain, pattern))
            objects = list(self.fillers(slots[statement.object], match, shift, relation, relation.range, pattern))
            for (subject, subject_factor), (obj, object_factor) in self.pairs(pattern, statement, subjects, objects):
                if _same(subject, obj) or not _meets(pattern.requires, statement.relation, subject, obj, self.rules):
                    continue
                yield Extraction(
                    predicate=statement.relation,
                    subject=subject,
                    object=obj,
                    span=self.skeleton.span(start, end),
                    stance=stance,
                    confidence=statement.confidence * subject_factor * object_factor,
                    extractor=f"patterns:{pattern.name}",
                )

    def outsider(self, pattern: Pattern, match: re.Match[str], shift: int) -> bool:
        """Whether the text leaves out whom somebody works for who is none of those that it is about."""
        names = self.rules.patterns.names
        topic = any(slot.topic and match[slot.name] == TOPIC for slot in pattern.slots)
        told = (m for slot in pattern.slots for m in self.filling(slot, match, shift) if m.reading(names.title or ""))
        return topic and any(names.outsiders.search(m.text) for m in told)

    def pairs(
        self, pattern: Pattern, statement: Statement, subjects: list[Filled], objects: list[Filled]
    ) -> Iterator[tuple[Filled, Filled]]:
        """Which subject goes with which object: all with all, unless the pattern pairs them in their order.

        Several sizes of one thing are sizes of its variants: 7B/14B的某模型 is two models.
        """
        families = self.rules.patterns.families
        if pattern.paired:
            if len(subjects) == len(objects) > 1:
                yield from zip(subjects, objects, strict=True)
        elif families and statement.relation == families.size and len(objects) > 1 and len(subjects) == 1:
            subject, factor = subjects[0]
            for obj in (o for o in objects if o[0].value):
                name = f"{_SIZED.sub('', subject.name)}-{quantities.short(obj[0].value)}"
                entity = self.rules.lexicon.lookup(name, subject.type)
                yield (replace(subject, name=name, text=subject.name, entity=entity), factor), obj
        else:
            yield from ((subject, obj) for subject in subjects for obj in objects)

    def fillers(
        self,
        slot: Slot,
        match: re.Match[str],
        shift: int,
        relation: Relation,
        allowed: tuple[str, ...],
        pattern: Pattern,
    ) -> Iterator[Filled]:
        """What fills a slot; of an inward pattern, a topic is what the whole text is about if it is about something.

        Nothing is said of what is only compared with, but for what is taken for granted: beat 甲公司's X, better than
        X, which 甲公司 released in May.
        """
        if match[slot.name] is None:
            return
        types = tuple(t for t in slot.types if not allowed or t in allowed)
        if not types:
            return
        if match[slot.name] == TOPIC:
            matter = dict(self.sentence.matter)
            whole = next((matter[t] for t in types if t in matter), None) if pattern.inward else None
            topic = whole or self.sentence.topic(*types)
            titled = topic is not None and self.sentence.entitled(topic)
            if (
                topic
                and (titled or not pattern.entitled)
                and (filled := end_of(topic, types, self.sentence, self.text))
            ):
                yield filled[0], filled[1] * (_LABEL_FACTOR if titled else _TOPIC_FACTOR)
            return
        about = allowed is relation.domain and (relation.datatype is not None or relation.scoped)
        about = about and not _APPOSED.match(match.string, match.end(slot.name))
        first = match.start(slot.name) == min(match.start(s.name) for s in pattern.slots if match[s.name] is not None)
        granted = pattern.presupposed and (first or allowed is relation.range)
        for mention in self.skeleton.listed(match.start(slot.name) - shift, match.end(slot.name) - shift):
            if mention.name and not granted and not mention.readings[0].value and compared(self.text, mention):
                continue
            if about and not granted and oblique(self.text, mention, self.sentence.mentions):
                continue
            if filled := end_of(mention, types, self.sentence, self.text):
                yield filled[0], filled[1] * (_PRONOUN_FACTOR if mention.recognizer == "pronoun" else 1.0)


def _same(subject: End, obj: End) -> bool:
    if subject.value or obj.value:
        return False
    return key(subject.name) == key(obj.name) or (subject.entity is not None and subject.entity == obj.entity)


def _meets(requires: tuple[str, ...], relation: str, subject: End, obj: End, rules: Rules) -> bool:
    """Whether one of a pattern's conditions holds: `known` beforehand, `prefix` of the name, `part` by its suffix,
    `series` by the words of the object."""
    if not requires:
        return True
    ends = subject.entity, obj.entity
    if "known" in requires and ends[0] and ends[1] and ends[1] in rules.lexicon.related(ends[0], relation):
        return True
    if "series" in requires and obj.text.endswith(("系列", "家族")):
        return True
    if "prefix" in requires and key(subject.name).startswith(key(obj.name)):
        return True
    return (
        "part" in requires
        and subject.entity is None
        and any(suffix.search(subject.name) for type_, suffix in rules.patterns.names.suffixes if type_ == subject.type)
    )
