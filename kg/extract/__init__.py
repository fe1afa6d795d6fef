"""Extract: what the sentences of an annotated document seem to say.

Ten extractors look at a document, sentence by sentence (`surface`, `events`, `pairs`) or as a whole (`rows`,
`fields`, `frames`, `families`, `profiles`, `makers`, and `links` for what those leave open); each is a function.
Where several find the same, the surest one stands.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from kg import languages
from kg.annotate import Rules
from kg.extract import (
    discourse,
    events,
    families,
    fields,
    frames,
    links,
    makers,
    pairs,
    profiles,
    ranks,
    rows,
    skeleton,
    stance,
    surface,
)
from kg.extract.doubts import SAID, weighed
from kg.lexicon import key
from kg.model import Annotated, End, Extraction, Mention, Reading, Span

_SPOKEN_OF = 0.78
"""The least score of a name of which the document says several things."""
_FARTHER, _FAR = 0.005, 40
"""What a character between a number and its subject costs where several subjects are nearly as sure, up to so many."""
_CERTAIN = 0.75
"""The confidence from which a date that patterns give to one thing is not that of another that is only likely."""
_HINT = 0.3
"""The confidence from which a thing said of a name counts for that."""


def extract(annotated: Annotated, rules: Rules) -> tuple[Extraction, ...]:
    """What a document seems to say, in the order of the text."""
    text = annotated.document.text
    found: list[Extraction] = []
    records, lines = fields.extract(annotated, rules)
    tables, remarks = rows.extract(annotated, rules)
    ends = [line.end for line in lines]
    hidden = [a.span for a in annotated.aliases if len(a.span)]
    for sentence in (*discourse.sentences(annotated, rules.patterns.names.versioned), *remarks):
        words = text[sentence.span.start : sentence.span.end]
        told = bisect_right(ends, sentence.span.start)
        in_record = told < len(lines) and lines[told].overlaps(sentence.span)
        if words.lstrip().startswith("|") or not sentence.mentions or in_record:
            continue
        seen = skeleton.build(text, sentence.span, sentence.mentions, hidden, rules.patterns.letters)
        if stance.states_nothing(words):
            found += surface.extract(sentence, seen, text, rules, presupposed=True)
            continue
        inside = [*surface.extract(sentence, seen, text, rules), *events.extract(sentence, seen, text, rules)]
        inside += pairs.extract(sentence, seen, text, [e for e in inside if e.confidence >= SAID], rules)
        speaker = stance.attribution(words) if inside else None
        found += [replace(e, attribution=speaker) for e in inside]
    found = _one_subject(_patterns_first(found, rules), text, rules)
    found += records
    found += tables
    found += ranks.extract(annotated, rules)
    found += frames.extract(annotated, rules)
    found += families.extract(annotated, [e for e in found if e.confidence >= SAID], rules)
    found += profiles.extract(annotated, [e for e in found if e.confidence >= SAID], rules)
    found += makers.extract(annotated, [e for e in found if e.confidence >= SAID], rules)
    found = weighed(_supported(_of_whole_names(found, annotated, rules)), annotated, rules)
    found += weighed(list(links.extract(annotated, _surest(found), rules)), annotated, rules)
    return _surest(found)


def _of_whole_names(found: list[Extraction], annotated: Annotated, rules: Rules) -> list[Extraction]:
    """Extractions with whose part it is taken for the part, where both names stand together: 甲集团乙研究院."""
    parts = {
        one.span: (two, reading)
        for one, two in pairwise(annotated.mentions)
        if one.span.end == two.span.start and (reading := _part_of(one, two, rules))
    }
    whole = []
    for extraction in found:
        place = extraction.object.span
        if place and extraction.subject.type != extraction.object.type and place in parts:
            two, reading = parts[place]
            end = End(reading.type, two.text, two.name, reading.entity, reading.value, two.span, reading.score)
            extraction = replace(extraction, object=end)
        whole.append(extraction)
    return whole


def _part_of(one: Mention, two: Mention, rules: Rules) -> Reading | None:
    """The reading of the second name by which the seeds hold it for a part of the first."""
    above = {r.entity for r in one.readings if r.entity}
    return next(
        (
            r
            for r in two.readings
            if r.type == one.readings[0].type
            and r.entity
            and any(target in above for _, target in rules.lexicon.entries[r.entity].relations)
        ),
        None,
    )


def _patterns_first(found: list[Extraction], rules: Rules) -> list[Extraction]:
    """Without what is only likely where patterns have said it otherwise: another value of a functional property."""
    sure = [e for e in found if e.extractor != "pairs" and e.confidence >= SAID]
    said = {(e.predicate, end) for e in sure for end in (e.subject.span, _identity(e.subject))}
    dated = {(e.predicate, e.object.span) for e in sure if e.confidence >= _CERTAIN and e.object.value}
    return [
        e
        for e in found
        if e.extractor != "pairs"
        or not rules.ontology.relation(e.predicate).functional
        or (
            said.isdisjoint({(e.predicate, e.subject.span), (e.predicate, _identity(e.subject))})
            and (e.predicate, e.object.span) not in dated
        )
    ]


def _supported(found: list[Extraction]) -> list[Extraction]:
    """What is said of a name that is perhaps none counts for more where the document says several things of it."""
    told: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for e in found:
        if e.extractor != "pairs" and e.confidence >= _HINT:
            for end, other in ((e.subject, e.object), (e.object, e.subject)):
                if end.score < _SPOKEN_OF:
                    told[key(end.name)].add((e.predicate, _identity(other)[1]))
    supported = []
    for e in found:
        for end in (e.subject, e.object):
            if end.score < _SPOKEN_OF and len(told[key(end.name)]) > 1:
                e = replace(e, confidence=e.confidence * _SPOKEN_OF / end.score)
        supported.append(e)
    return supported


def _one_subject(found: list[Extraction], text: str, rules: Rules) -> list[Extraction]:
    """A number is said of one thing, by whatever words are surest: of others only as surely by the same words."""
    best: dict[tuple[str, Span], Extraction] = {}
    for e in found:
        if e.object.span and e.object.value and rules.ontology.relation(e.predicate).datatype == "integer":
            kept = best.get((e.predicate, e.object.span))
            if kept is None or _near(e, text) > _near(kept, text):
                best[e.predicate, e.object.span] = e
    return [
        e
        for e in found
        if e.object.span is None
        or (surest := best.get((e.predicate, e.object.span))) is None
        or _near(e, text) >= _near(surest, text)
        or e.extractor == surest.extractor
        or _identity(e.subject) == _identity(surest.subject)
        or e.object.entity is not None
    ]


def _near(extraction: Extraction, text: str) -> float:
    """A confidence, less what the distance from a number to its subject makes of it; where each has its own, 分别, the
    nearest is not the right one."""
    if languages.load().respectively.search(text, extraction.span.start, extraction.span.end):
        return extraction.confidence + _FARTHER
    one, two = extraction.subject.span, extraction.object.span
    if one is None or two is None:
        return extraction.confidence
    apart = max(0, two.start - one.end, one.start - two.end)
    return extraction.confidence - _FARTHER * min(apart, _FAR)


def _surest(extractions: Iterable[Extraction]) -> tuple[Extraction, ...]:
    """One extraction for each thing said at a place, the surest."""
    best: dict[tuple[object, ...], Extraction] = {}
    for extraction in extractions:
        identity = (
            extraction.predicate,
            _identity(extraction.subject),
            _identity(extraction.object),
            extraction.span.start // 200,
            extraction.stance,
        )
        kept = best.get(identity)
        if kept is None or _strength(extraction) > _strength(kept):
            best[identity] = extraction
    return tuple(sorted(best.values(), key=lambda e: (e.span, e.predicate, e.subject.name, e.object.name, e.extractor)))


def _identity(end: End) -> tuple[str, str]:
    return end.type, end.entity or (end.value.lexical if end.value else key(end.name))


def _strength(extraction: Extraction) -> tuple[float, int, Span, str]:
    return extraction.confidence, -len(extraction.span), extraction.span, extraction.extractor
