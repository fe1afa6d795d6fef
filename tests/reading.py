"""Texts through the stages up to claims, with the real seeds and rules: what the tests of the core read with."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from datetime import date

from kg import pipeline
from kg.annotate import Rules
from kg.clean.offsets import OffsetMap
from kg.dates import When
from kg.extract import extract
from kg.model import Annotated, Document, End, Extraction, Source, Stance
from kg.resolve import Read, Resolved, resolve

PUBLISHED = date(2024, 6, 20)
"""When the documents of these tests were published, if nothing else is said."""


@functools.cache
def line() -> pipeline.Line:
    """The stages left of the bar, from a source to what it says."""
    return pipeline.line(pipeline.Settings(annotator="lexicon"))


def rules() -> Rules:
    return line().rules


def document(text: str, *, id: str = "d", published: date | None = PUBLISHED, **about: str) -> Document:
    when = When.day(published) if published else None
    return Document(id=id, raw=text, text=text, offsets=OffsetMap.identity(len(text)), published=when, **about)


def annotated(text: str, *, published: date | None = PUBLISHED) -> Annotated:
    return line().annotator(document(text, published=published))


def read(text: str, *, id: str = "d", published: date | None = PUBLISHED) -> Read:
    """A source of this text through cleaning, annotation and extraction."""
    return line()(Source(id, text, published=published.isoformat() if published else None))[0]


def resolved(*texts: str) -> Resolved:
    """What documents of these texts say, resolved together."""
    return resolve([read(text, id=f"d{n:02}") for n, text in enumerate(texts)], rules())


def extractions(text: str, *, published: date | None = PUBLISHED) -> tuple[Extraction, ...]:
    return extract(annotated(text, published=published), rules())


def shown(end: End) -> str:
    """An end as these tests write it: a value, a seed's id, or the name as the text has it."""
    if end.value:
        return end.value.lexical
    return end.entity or end.name


Triple = tuple[str, str, str]

FOUND = 0.3
"""The confidence from which a test says that a wording is understood, whether it makes a fact or not."""


def triples(found: Iterable[Extraction], *stances: Stance, threshold: float = 0.5) -> set[Triple]:
    return {
        (shown(e.subject), e.predicate, shown(e.object))
        for e in found
        if (not stances or e.stance in stances) and e.confidence >= threshold
    }


def facts(text: str, *, published: date | None = PUBLISHED) -> set[Triple]:
    """What a text asserts, surely enough to make facts."""
    return triples(extractions(text, published=published), Stance.ASSERTED)
