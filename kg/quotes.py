"""The words behind the triples of a store: every quote of every claim, by the triple that it supports.

Claims are read from the named graph `kg:claims`.  A triple's quotes are those of the asserted claims that state it, and
of the asserted claims that those refine: a claim of 2023-04 supports 2023-04-11 when it is `kg:refinedBy` such a claim.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg import iri
from kg.model import Rank, Stance

if TYPE_CHECKING:
    import pyoxigraph

    Term = Any
    """A term of pyoxigraph: `value` is its IRI or its text."""
    Description = dict[str, list[Term]]
    """What a graph says of one subject: objects by predicate IRI."""
    Triple = tuple[Term, str, Term]
    """Subject, IRI of the predicate, object."""

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_OA = "http://www.w3.org/ns/oa#"
_DCT = "http://purl.org/dc/terms/"
_SCHEMA = "https://schema.org/"
_PROV = "http://www.w3.org/ns/prov#"

_RANKS = {Rank.PREFERRED.value: 0, Rank.NORMAL.value: 1, Rank.DEPRECATED.value: 2}


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of one claim, with where they stand."""

    text: str
    document: str
    """The document's id."""
    title: str
    publisher: str
    published: str
    """The document's date as written in the graph, or an empty string."""
    url: str
    """Where the document says that it is from: any text."""
    confidence: float
    """Of the claim, from 0 to 1."""
    fact_confidence: float | None
    """Of the fact that the claim states; None where the graph does not give it."""
    rank: str
    sources: int
    """How many independent origins state the fact, or where the graph does not say that, the claim's triple."""
    start: int
    """Where the words begin in the raw text, in code points."""


def descriptions(
    store: pyoxigraph.Store, graph: pyoxigraph.DefaultGraph | pyoxigraph.NamedNode
) -> dict[Term, Description]:
    """By subject and predicate IRI, what one graph says."""
    found: dict[Term, Description] = defaultdict(lambda: defaultdict(list))
    for quad in store.quads_for_pattern(None, None, None, graph):
        found[quad.subject][quad.predicate.value].append(quad.object)
    # Plain dicts from here on: looking something up must not add it.
    return {subject: dict(description) for subject, description in found.items()}


@dataclass(frozen=True, slots=True)
class Rival:
    """A value that somebody states in place of the held one, with the words of one claim for it."""

    value: str
    """The text of a literal, or an entity's id."""
    quote: Quote


@dataclass(frozen=True, slots=True)
class Support:
    """What the claims of a store say for and against its triples."""

    quotes: dict[Triple, tuple[Quote, ...]]
    """By triple, the quotes of the claims that state it and of the claims that those refine, best first."""
    rivals: dict[Triple, tuple[Rival, ...]]
    """By triple, the claims that conflict with one that states it, by value; triples without a conflict are absent."""


def by_triple(store: pyoxigraph.Store) -> dict[Triple, tuple[Quote, ...]]:
    """By triple, the quotes of the claims that state it and of the claims that those refine, best first."""
    return support(store).quotes


def support(store: pyoxigraph.Store) -> Support:
    """The quotes and the conflicts of every triple that an accepted, asserted claim states."""
    import pyoxigraph as ox

    claims = descriptions(store, ox.NamedNode(iri.CLAIMS))
    asserted = {
        claim: description
        for claim, description in claims.items()
        if _first(description, iri.CORE + "stance") == Stance.ASSERTED.value
        and _first(description, iri.CORE + "accepted") not in {"false", "0"}
    }
    coarser: dict[Term, list[Term]] = defaultdict(list)
    for claim, description in asserted.items():
        for finer in description.get(iri.CORE + "refinedBy", ()):
            coarser[finer].append(claim)
    found: dict[Triple, set[Quote]] = defaultdict(set)
    against: dict[Triple, set[Rival]] = defaultdict(set)
    for claim, description in asserted.items():
        triple = [description.get(_RDF + part) for part in ("subject", "predicate", "object")]
        if not all(triple):
            continue
        subject, predicate, target = (terms[0] for terms in triple if terms)
        supporters, waiting = set[Any](), [claim]
        while waiting:
            supporter = waiting.pop()
            if supporter not in supporters:
                supporters.add(supporter)
                waiting.extend(coarser.get(supporter, ()))
        stated = (subject, predicate.value, target)
        found[stated].update(_quote(asserted[supporter], claims) for supporter in supporters)
        for other in description.get(iri.CORE + "conflictsWith", ()):
            value = next(iter(asserted.get(other, {}).get(_RDF + "object", ())), None)
            if value is not None and value != target:
                # A name has a form of its own, and so has a literal: an IRI is shown by its id.
                text = value.value if isinstance(value, ox.Literal) else entity_id(value.value)
                against[stated].add(Rival(text, _quote(asserted[other], claims)))
    return Support(
        {triple: tuple(sorted(quotes, key=_best_first)) for triple, quotes in found.items()},
        {
            triple: tuple(sorted(rivals, key=lambda rival: (rival.value, _best_first(rival.quote))))
            for triple, rivals in against.items()
        },
    )


def _quote(claim: Description, claims: dict[Term, Description]) -> Quote:
    evidence = claims.get(min(claim.get(_PROV + "wasDerivedFrom", ()), key=str, default=None), {})
    source = min(evidence.get(_OA + "hasSource", ()), key=str, default=None)
    document = claims.get(source, {})
    selectors = [claims.get(selector, {}) for selector in evidence.get(_OA + "hasSelector", ())]
    start = next((_first(selector, _OA + "start") for selector in selectors if _OA + "start" in selector), "0")
    exact = next((_first(selector, _OA + "exact") for selector in selectors if _OA + "exact" in selector), "")
    held = _first(claim, iri.CORE + "factConfidence")
    return Quote(
        text=_first(claim, iri.CORE + "quote") or exact,
        document=iri.name(entity_id(source.value).partition(":")[2]) if source is not None else "",
        title=_first(document, _DCT + "title"),
        publisher=_first(document, _DCT + "publisher"),
        published=_first(document, _SCHEMA + "datePublished"),
        url=_first(document, _SCHEMA + "url"),
        confidence=round(float(_first(claim, iri.CORE + "confidence") or 0), 3),
        fact_confidence=round(float(held), 3) if held else None,
        rank=_first(claim, iri.CORE + "rank") or Rank.NORMAL.value,
        sources=int(_first(claim, iri.CORE + "factSources") or _first(claim, iri.CORE + "independentSources") or 1),
        start=int(start),
    )


def _best_first(quote: Quote) -> tuple[Any, ...]:
    """Held claims before others, the surest first; of equals the earliest that has a date."""
    return (
        _RANKS.get(quote.rank, len(_RANKS)),
        -quote.confidence,
        not quote.published,
        quote.published,
        quote.document,
        quote.start,
        quote.text,
    )


def entity_id(address: str) -> str:
    """The id of something in the graph: `…/id/org/acme` is `org:acme`, under any base.

    An IRI of another form, which a graph from elsewhere may hold, is left as it is.
    """
    found = re.search(r"/id/([^/#?]+)/([^/#?]+)\Z", address)
    return f"{found[1]}:{found[2]}" if found else address


def _first(description: Description, predicate: str) -> str:
    """The least of the values of `predicate` as text; empty if there is none."""
    return min((term.value for term in description.get(predicate, ())), default="")
