"""Texts through the stages up to claims, with the real seeds and rules: what the tests of the core read with."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from datetime import date

from kg import annotate, pipeline
from kg.annotate import Annotator, Rules
from kg.clean.offsets import OffsetMap
from kg.dates import When
from kg.extract import extract
from kg.model import Annotated, Document, End, Extraction, Stance
from kg.resolve import Read, Resolved, resolve

PUBLISHED = date(2024, 6, 20)
"""When the documents of these tests were published, if nothing else is said."""


@functools.cache
def rules() -> Rules:
    return pipeline.rules(pipeline.DEFAULTS)


@functools.cache
def annotator() -> Annotator:
    return annotate.make("lexicon", rules())


def document(text: str, *, id: str = "d", published: date | None = PUBLISHED, **about: str) -> Document:
    when = When.day(published) if published else None
    return Document(id=id, raw=text, text=text, offsets=OffsetMap.identity(len(text)), published=when, **about)


def annotated(text: str, *, published: date | None = PUBLISHED) -> Annotated:
    return annotator()(document(text, published=published))


def read(text: str, *, id: str = "d", published: date | None = PUBLISHED) -> Read:
    marked = annotator()(document(text, id=id, published=published))
    return Read(marked.document, extract(marked, rules()), marked.aliases)


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


def triples(found: Iterable[Extraction], *stances: Stance, threshold: float = 0.5) -> set[Triple]:
    return {
        (shown(e.subject), e.predicate, shown(e.object))
        for e in found
        if (not stances or e.stance in stances) and e.confidence >= threshold
    }


def facts(text: str, *, published: date | None = PUBLISHED) -> set[Triple]:
    """What a text asserts, surely enough to make facts."""
    return triples(extractions(text, published=published), Stance.ASSERTED)
