"""How much of what the extractors found is to be believed: by its section and document, by the time, by what else is
said of the same words, and by what the seeds know."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg import languages
from kg.annotate import Rules
from kg.extract import families, plausible, stance
from kg.model import Annotated, Extraction, Span, Stance
from kg.patterns import OPEN

SAID = 0.5
"""The confidence from which a thing counts as spoken of, so that its name may speak too."""
_NEAR = 200
"""Characters before the words of an extraction in which what they lean on is quoted with them: about two lines."""
_FORMER = re.compile(r"(?:(?<![目此之以从空提眼年月日天周上])前|(?<![草平中高复])原|曾任|\b(?i:former|ex)[- ])(?:任)?$")
_ONCE = re.compile(
    r"(?:曾(?:经|先后)?(?:担任|任|出任|就任|当过|做过|是)|(?:之前|此前|以前|先前|早先|原先|过去)(?:曾|一直|长期)?(?:担任|任|是|做))过?"
    r"[^，,。；;：:\n]{0,24}$"
)
"""What stands before a post that somebody had once: 曾担任甲公司."""
_FORMER_TITLE = re.compile(r"前(?!端|沿|台|后)|原(?!来|本|生)|(?i:former |ex-)")
_FORMERLY = 0.4
"""What is left of the confidence in a post that somebody had before: it makes no fact."""
_CLAUSE = 32
"""Characters before a post in which the words stand that say when it was held."""
_TOLD = 40
"""Characters before a name in which the words stand that something about it was told, or not."""
_CLEARLY = 0.2
"""By how much surer one class of a name must be said for the other not to be believed."""
_UNLIKELY, _GUESSED = 0.6, 0.4
"""What it costs to contradict the seeds on something that they know, said by patterns and only likely: seeds never make
a fact, but they make one doubtful."""


def weighed(found: list[Extraction], annotated: Annotated, rules: Rules) -> list[Extraction]:
    """Extractions with what the whole document and the seeds make of their stance and confidence."""
    whole, sections = stance.of_document(annotated.document), stance.of_sections(annotated.document.text)
    found = [_in_section(e, sections, annotated) for e in found if not _withheld(e, annotated.document.text)]
    found = [e if e.stance is not Stance.ASSERTED else replace(e, stance=whole) for e in found]
    found = [_present(e, annotated, rules) for e in found]
    found = _likely([_timely(e, annotated) for e in found], rules)
    found = families.doubted(plausible.doubted(found, annotated, rules), rules)
    return [_whole(e) for e in _one_class(found)]


def _withheld(extraction: Extraction, text: str) -> bool:
    """Whether what is denied is only that something about a thing was told: 甲公司没有公布乙的参数."""
    spans = [end.span for end in (extraction.subject, extraction.object) if end.span]
    if extraction.stance is not Stance.DENIED or not spans:
        return False
    last = max(spans)
    around = text[max(0, last.start - _TOLD) : last.start] + OPEN + text[last.end : last.end + 3]
    return languages.load().withheld.search(around) is not None


def _in_section(extraction: Extraction, sections: Sequence[tuple[Span, Stance]], annotated: Annotated) -> Extraction:
    """What is stated in a section has its stance, unless the item is ticked off."""
    at = extraction.span.end - 1
    told = next((told for span, told in sections if span.start <= at < span.end), None)
    if told is None or extraction.stance is not Stance.ASSERTED:
        return extraction
    text = annotated.document.text
    return extraction if stance.is_done(text[text.rfind("\n", 0, at) + 1 :]) else replace(extraction, stance=told)


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
    settled = {(e.predicate, e.subject.entity) for e in known if e.confidence >= SAID}

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
