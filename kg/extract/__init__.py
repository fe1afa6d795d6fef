"""Extract: what the sentences of an annotated document seem to say.

Ten extractors look at a document, sentence by sentence (`surface`, `events`, `pairs`) or as a whole (`rows`,
`fields`, `frames`, `families`, `profiles`, `makers`, and `links` for what those leave open); each is a function.
Where several find the same, the surest one stands.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
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
    plausible,
    profiles,
    rows,
    skeleton,
    stance,
    surface,
)
from kg.lexicon import key
from kg.model import Annotated, End, Extraction, Mention, Reading, Span, Stance

_SAID = 0.5
"""The confidence from which a thing counts as spoken of, so that its name may speak too."""
_NEAR = 200
"""Characters before the words of an extraction in which what they lean on is quoted with them: about two lines."""
_SPOKEN_OF = 0.78
"""The least score of a name of which the document says several things."""
_FARTHER, _FAR = 0.005, 40
"""What a character between a number and its subject costs where several subjects are nearly as sure, up to so many."""
_CERTAIN = 0.75
"""The confidence from which a date that patterns give to one thing is not that of another that is only likely."""
_HINT = 0.3
"""The confidence from which a thing said of a name counts for that."""
_FORMER = re.compile(r"(?:(?<![目此之以从空提眼年月日天周上])前|(?<![草平中高复])原|曾任|\b(?i:former|ex)[- ])(?:任)?$")
_ONCE = re.compile(r"曾(?:经|先后)?(?:担任|任|出任|就任|当过|做过|是)过?[^，,。；;：:\n]{0,24}$")
"""What stands before a post that somebody had once: 曾担任甲公司."""
_FORMER_TITLE = re.compile(r"前(?!端|沿|台|后)|原(?!来|本|生)|(?i:former |ex-)")
_FORMERLY = 0.4
"""What is left of the confidence in a post that somebody had before: it makes no fact."""
_CLAUSE = 32
"""Characters before a post in which the words stand that say when it was held."""
_CLEARLY = 0.2
"""By how much surer one class of a name must be said for the other not to be believed."""
_UNLIKELY, _GUESSED = 0.6, 0.4
"""What it costs to contradict the seeds on something that they know, said by patterns and only likely: seeds never make
a fact, but they make one doubtful."""


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
        inside += pairs.extract(sentence, seen, text, [e for e in inside if e.confidence >= _SAID], rules)
        speaker = stance.attribution(words) if inside else None
        found += [replace(e, attribution=speaker) for e in inside]
    found = _one_subject(_patterns_first(found, rules), text, rules)
    found += records
    found += tables
    found += frames.extract(annotated, rules)
    found += families.extract(annotated, [e for e in found if e.confidence >= _SAID], rules)
    found += profiles.extract(annotated, [e for e in found if e.confidence >= _SAID], rules)
    found += makers.extract(annotated, [e for e in found if e.confidence >= _SAID], rules)
    found = _weighed(_supported(_of_whole_names(found, annotated, rules)), annotated, rules)
    found += _weighed(list(links.extract(annotated, _surest(found), rules)), annotated, rules)
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


def _weighed(found: list[Extraction], annotated: Annotated, rules: Rules) -> list[Extraction]:
    """Extractions with what the whole document and the seeds make of their stance and confidence."""
    whole, sections = stance.of_document(annotated.document), stance.of_sections(annotated.document.text)
    found = [_in_section(e, sections, annotated) for e in found]
    found = [e if e.stance is not Stance.ASSERTED else replace(e, stance=whole) for e in found]
    found = [_present(e, annotated, rules) for e in found]
    found = _likely([_timely(e, annotated) for e in found], rules)
    found = families.doubted(plausible.doubted(found, annotated, rules), rules)
    return [_whole(e) for e in _one_class(found)]


def _in_section(extraction: Extraction, sections: Sequence[tuple[Span, Stance]], annotated: Annotated) -> Extraction:
    """What is stated in a section has its stance, unless the item is ticked off."""
    at = extraction.span.end - 1
    told = next((told for span, told in sections if span.start <= at < span.end), None)
    if told is None or extraction.stance is not Stance.ASSERTED:
        return extraction
    text = annotated.document.text
    return extraction if stance.is_done(text[text.rfind("\n", 0, at) + 1 :]) else replace(extraction, stance=told)


def _patterns_first(found: list[Extraction], rules: Rules) -> list[Extraction]:
    """Without what is only likely where patterns have said it otherwise: another value of a functional property."""
    sure = [e for e in found if e.extractor != "pairs" and e.confidence >= _SAID]
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


def _whole(extraction: Extraction) -> Extraction:
    """The words with the name or date that they lean on, where it stands not far before: a list's date, a topic."""
    span = extraction.span
    for end in (extraction.subject, extraction.object):
        if end.span and end.span.start < span.start and span.start - end.span.start <= _NEAR:
            span = Span(end.span.start, span.end)
    return replace(extraction, span=span)


def _one_class(found: list[Extraction]) -> list[Extraction]:
    """Without what takes a name for something of another class than what is surer said of the same two mentions."""
    best: dict[tuple[Span | None, Span | None], Extraction] = {}
    for e in found:
        kept = best.get((e.subject.span, e.object.span))
        if kept is None or e.confidence > kept.confidence:
            best[e.subject.span, e.object.span] = e
    return [
        e
        for e in found
        if (surest := best[e.subject.span, e.object.span]).subject.type == e.subject.type
        or surest.confidence - e.confidence < _CLEARLY
    ]


def _present(extraction: Extraction, annotated: Annotated, rules: Rules) -> Extraction:
    """Whom somebody worked for before is not whom he works for: 原甲公司副总裁, 甲公司前CTO, former head of X."""
    names, text = rules.patterns.names, annotated.document.text
    title = extraction.object.value
    place = extraction.object.span
    once = place is not None and _ONCE.search(text, max(0, place.start - _CLAUSE), place.start)
    if title and extraction.object.type == names.title and (once or _FORMER_TITLE.match(title.lexical)):
        return replace(extraction, confidence=extraction.confidence * _FORMERLY)
    house = extraction.object.span
    if house is None or extraction.subject.type != names.titled or extraction.object.type != names.holder:
        return extraction
    former = _FORMER.search(text, max(0, house.start - 10), house.start)
    former = former or _ONCE.search(text, max(0, house.start - _CLAUSE), house.start)
    titled = _FORMER_TITLE.match(text, house.end) or _FORMER_TITLE.match(text, house.end + 1)
    return replace(extraction, confidence=extraction.confidence * _FORMERLY) if former or titled else extraction


def _timely(extraction: Extraction, annotated: Annotated) -> Extraction:
    """What is dated after its document was published has not happened yet."""
    published = annotated.document.published
    when = extraction.object.value.when if extraction.object.value else None
    if when and published and when.earliest > published.latest and extraction.stance is Stance.ASSERTED:
        return replace(extraction, stance=Stance.PLANNED)
    return extraction


def _likely(found: list[Extraction], rules: Rules) -> list[Extraction]:
    """Doubt what contradicts the seeds: another object of a relation that they know for the subject, unless the same
    words name the known one too.  People change their employers: by patterns a text may say so that knows no other."""
    known = [e for e in found if e.object.entity and not _contradicts(e, rules)]
    agreeing = {_wording(e) for e in known}
    settled = {(e.predicate, e.subject.entity) for e in known if e.confidence >= _SAID}

    def moved(e: Extraction) -> bool:
        person = e.subject.type == rules.patterns.names.titled
        return person and e.extractor != "pairs" and (e.predicate, e.subject.entity) not in settled

    return [
        replace(e, confidence=e.confidence * (_GUESSED if e.extractor == "pairs" else _UNLIKELY))
        if _contradicts(e, rules) and not moved(e) and (e.extractor == "pairs" or _wording(e) not in agreeing)
        else e
        for e in found
    ]


def _wording(extraction: Extraction) -> tuple[object, ...]:
    """What is said of a thing and by which words: those who do something together have it in common."""
    return extraction.predicate, extraction.extractor, extraction.subject.span, extraction.span.end


def _contradicts(extraction: Extraction, rules: Rules) -> bool:
    subject, obj = extraction.subject.entity, extraction.object.entity
    if subject is None or obj is None:
        return False
    known = rules.lexicon.related(subject, extraction.predicate)[:4]
    if not known:
        return False
    rises = rules.ontology.relation(extraction.predicate).rises_along
    related = {obj, *(rules.lexicon.related(obj, rises) if rises else ())}
    family = {k for o in known for k in ((o, *rules.lexicon.related(o, rises)) if rises else (o,))}
    return not related & family


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
