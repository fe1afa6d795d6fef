"""Surface patterns: the ones in `patterns.yaml`, run over the skeleton of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.annotate import Rules
from kg.extract.discourse import Sentence, compared, oblique
from kg.extract.ends import end_of
from kg.extract.skeleton import Skeleton
from kg.extract.stance import clause_end, of_stretch
from kg.lexicon import key
from kg.model import End, Extraction
from kg.patterns import TOPIC, Pattern, Slot

_TOPIC_FACTOR = 0.8
"""What a left-out subject costs: a third of them in our own news are somebody else's."""
_PRONOUN_FACTOR = 0.9


def extract(sentence: Sentence, skeleton: Skeleton, text: str, rules: Rules) -> Iterator[Extraction]:
    """What the patterns find in one sentence."""
    present = {r.type for m in sentence.mentions for r in m.readings}
    for pattern in rules.patterns.patterns:
        if pattern.language != skeleton.language:
            continue
        if any(present.isdisjoint(slot.types) for slot in pattern.slots if not slot.topic):
            continue
        matched = False
        for match in _matches(pattern.regex, skeleton.text):
            matched = True
            yield from _states(pattern, match, 0, sentence, skeleton, text, rules)
        topic = next((s for s in pattern.slots if s.topic), None)
        if topic and not matched and sentence.topic(*topic.types):
            for match in _matches(pattern.regex, TOPIC + skeleton.text):
                if _named(topic, match, sentence, skeleton, text):
                    continue
                yield from _states(pattern, match, 1, sentence, skeleton, text, rules)


def _named(topic: Slot, match: re.Match[str], sentence: Sentence, skeleton: Skeleton, text: str) -> bool:
    """Whether the clauses up to the end of a match name a subject, so that none is left out."""
    end = clause_end(skeleton, max(0, match.end() - 2))
    return any(
        m.recognizer != "pronoun" and m.reading(*topic.types) and not oblique(text, m, sentence.mentions)
        for m in skeleton.within(0, end)
    )


def _matches(regex: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """All matches; the last slot of one may be the first of the next."""
    at = 0
    while match := regex.search(text, at):
        yield match
        starts = [match.start(n) for n in match.re.groupindex.values() if match.start(n) >= 0]
        at = max([match.start() + 1, *starts])


def _states(
    pattern: Pattern, match: re.Match[str], shift: int, sentence: Sentence, skeleton: Skeleton, text: str, rules: Rules
) -> Iterator[Extraction]:
    slots = {slot.name: slot for slot in pattern.slots}
    start, end = max(0, match.start() - shift), match.end() - shift
    stance = of_stretch(skeleton, start, end)
    for statement in pattern.states:
        for subject, subject_factor in _fillers(
            slots[statement.subject], match, shift, sentence, skeleton, text, rules, statement.relation, "domain"
        ):
            for obj, object_factor in _fillers(
                slots[statement.object], match, shift, sentence, skeleton, text, rules, statement.relation, "range"
            ):
                if _same(subject, obj) or not _meets(pattern.requires, statement.relation, subject, obj, rules):
                    continue
                yield Extraction(
                    predicate=statement.relation,
                    subject=subject,
                    object=obj,
                    span=skeleton.span(start, end),
                    stance=stance,
                    confidence=statement.confidence * subject_factor * object_factor,
                    extractor=f"patterns:{pattern.name}",
                )


def _fillers(
    slot: Slot,
    match: re.Match[str],
    shift: int,
    sentence: Sentence,
    skeleton: Skeleton,
    text: str,
    rules: Rules,
    relation: str,
    side: str,
) -> Iterator[tuple[End, float]]:
    """What fills a slot, with the factor that its reading is worth."""
    if match[slot.name] is None:
        return
    wanted = rules.ontology.relation(relation)
    allowed = wanted.domain if side == "domain" else wanted.range
    types = tuple(t for t in slot.types if not allowed or t in allowed) or (slot.types if not allowed else ())
    if not types:
        return
    if match[slot.name] == TOPIC:
        topic = sentence.topic(*types)
        if topic and (filled := end_of(topic, types, sentence, text)):
            yield filled[0], filled[1] * _TOPIC_FACTOR
        return
    for mention in skeleton.within(match.start(slot.name) - shift, match.end(slot.name) - shift):
        if mention.name and compared(text, mention):
            continue
        if filled := end_of(mention, types, sentence, text):
            yield filled[0], filled[1] * (_PRONOUN_FACTOR if mention.recognizer == "pronoun" else 1.0)


def _same(subject: End, obj: End) -> bool:
    if subject.value or obj.value:
        return False
    return key(subject.name) == key(obj.name) or (subject.entity is not None and subject.entity == obj.entity)


def _meets(requires: tuple[str, ...], relation: str, subject: End, obj: End, rules: Rules) -> bool:
    """Whether one of a pattern's conditions holds: `known` beforehand, `prefix` of the name, `part` by its suffix."""
    if not requires:
        return True
    if (
        "known" in requires
        and subject.entity
        and obj.entity
        and obj.entity in rules.lexicon.related(subject.entity, relation)
    ):
        return True
    if "prefix" in requires and key(subject.name).startswith(key(obj.name)):
        return True
    return (
        "part" in requires
        and subject.entity is None
        and any(suffix.search(subject.name) for type_, suffix in rules.patterns.names.suffixes if type_ == subject.type)
    )
