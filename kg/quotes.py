"""The words behind the triples of a store: every quote of every claim, by the triple that it supports.

Claims are read from the named graph `kg:claims`.  A triple's quotes are those of the asserted claims that state it, and
of the asserted claims that those refine: a claim of 2023-04 supports 2023-04-11 when it is `kg:refinedBy` such a claim.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
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

_OF_CLAIMS = ("quote", "rank", "confidence", "factConfidence", "factSources", "independentSources")
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

    said = _Said(store)
    asserted = {
        claim.value for claim, stance in said.each(iri.CORE + "stance") if stance.value == Stance.ASSERTED.value
    }
    asserted -= {claim.value for claim, held in said.each(iri.CORE + "accepted") if held.value in {"false", "0"}}
    stated = said.triples({claim: claim for claim in asserted})
    del asserted
    quotes = said.quotes({claim: claim for claim in stated})
    stating: dict[Triple, list[str]] = defaultdict(list)
    for claim, triple in stated.items():
        stating[triple].append(claim)
    coarser: dict[str, list[str]] = defaultdict(list)
    for claim, finer in said.each(iri.CORE + "refinedBy"):
        if claim.value in stated:
            coarser[finer.value].append(claim.value)
    against: dict[Triple, set[str]] = defaultdict(set)
    for claim, other in said.each(iri.CORE + "conflictsWith"):
        one, two = stated.get(claim.value), stated.get(other.value)
        if one and two and one[2] != two[2]:
            against[one].add(other.value)
    rivals: dict[Triple, set[Rival]] = {}
    for triple, others in against.items():
        values = ((stated[other][2], quotes[other]) for other in others)
        # A name has a form of its own, and so has a literal: an IRI is shown by its id.
        rivals[triple] = {
            Rival(value.value if isinstance(value, ox.Literal) else entity_id(value.value), quote)
            for value, quote in values
        }
    return Support(
        {
            triple: tuple(sorted({quotes[claim] for claim in _reached(claims, coarser)}, key=_best_first))
            for triple, claims in stating.items()
        },
        {
            triple: tuple(sorted(others, key=lambda rival: (rival.value, _best_first(rival.quote))))
            for triple, others in rivals.items()
        },
    )


def _reached(claims: Iterable[str], links: Mapping[str, list[str]]) -> set[str]:
    """These claims, and all that links lead to from them."""
    reached, waiting = set[str](), list(claims)
    while waiting:
        claim = waiting.pop()
        if claim not in reached:
            reached.add(claim)
            waiting.extend(links.get(claim, ()))
    return reached


class _Said:
    """The graph of claims, read one property at a time: of a million triples only those that are shown are held.

    A store makes every text anew.  So addresses come with a table that has each of them once, for the keys of all
    tables to be the same texts, and what few values are repeated by many claims is held once too.
    """

    def __init__(self, store: pyoxigraph.Store) -> None:
        import pyoxigraph as ox

        self._store, self._graph, self._node = store, ox.NamedNode(iri.CLAIMS), ox.NamedNode

    def each(self, predicate: str) -> Iterator[tuple[Term, Term]]:
        """(subject, object) of every triple with a property."""
        for quad in self._store.quads_for_pattern(None, self._node(predicate), None, self._graph):
            yield quad.subject, quad.object

    def triples(self, claims: Mapping[str, str]) -> dict[str, Triple]:
        """What claims state, by their addresses; those of which a part is missing are left out."""
        parts: list[dict[str, Term]] = [{}, {}, {}]
        terms: dict[Term, Term] = {}
        for found, part in zip(parts, ("subject", "predicate", "object"), strict=True):
            for claim, term in self.each(_RDF + part):
                if (one := claims.get(claim.value)) is not None:
                    found.setdefault(one, terms.setdefault(term, term))
        subjects, predicates, objects = parts
        names = {predicate: predicate.value for predicate in set(predicates.values())}
        return {
            claim: (subject, names[predicates[claim]], objects[claim])
            for claim, subject in subjects.items()
            if claim in predicates and claim in objects
        }

    def quotes(self, claims: Mapping[str, str]) -> dict[str, Quote]:
        """The words of claims, by the addresses of both."""
        core = {name: self._least(iri.CORE + name, claims, few=name != "quote") for name in _OF_CLAIMS}
        evidence = self._least(_PROV + "wasDerivedFrom", claims)
        pieces = {piece: piece for piece in evidence.values()}
        source: dict[str, Term] = {}
        once: dict[Term, Term] = {}
        for piece, document in self.each(_OA + "hasSource"):
            if (of := pieces.get(piece.value)) is not None:
                source[of] = once.setdefault(document, document)
        start = self._selected("start", pieces)
        exact = self._selected("exact", pieces) if len(core["quote"]) < len(claims) else {}
        documents = {node: self._document(node) for node in (None, *once)}
        found = {}
        for claim in claims.values():
            piece = evidence.get(claim, "")
            said = {name: values.get(claim, "") for name, values in core.items()}
            found[claim] = Quote(
                text=said["quote"] or exact.get(piece, ""),
                **documents[source.get(piece)],
                confidence=round(float(said["confidence"] or 0), 3),
                fact_confidence=round(float(said["factConfidence"]), 3) if said["factConfidence"] else None,
                rank=said["rank"] or Rank.NORMAL.value,
                sources=int(said["factSources"] or said["independentSources"] or 1),
                start=int(start.get(piece, "0")),
            )
        return found

    def _least(self, predicate: str, subjects: Mapping[str, str], *, few: bool = False) -> dict[str, str]:
        """For each of these subjects the least of its values of a property, as text; `few` if many have the same."""
        found: dict[str, str] = {}
        for subject, term in self.each(predicate):
            one, text = subjects.get(subject.value), term.value
            if one is not None and not (one in found and found[one] <= text):
                found[one] = sys.intern(text) if few else text
        return found

    def _selected(self, name: str, pieces: Mapping[str, str]) -> dict[str, str]:
        """For each piece of evidence, what the selector that has such a property says."""
        said = {selector.value: term.value for selector, term in self.each(_OA + name)}
        selectors = ((pieces.get(piece.value), selector.value) for piece, selector in self.each(_OA + "hasSelector"))
        return {piece: said[selector] for piece, selector in selectors if piece is not None and selector in said}

    def _document(self, node: Term | None) -> dict[str, str]:
        """What a quote says of its document; all empty where it has none."""
        described: Description = defaultdict(list)
        for quad in self._store.quads_for_pattern(node, None, None, self._graph) if node is not None else ():
            described[quad.predicate.value].append(quad.object)
        return {
            "document": iri.name(entity_id(node.value).partition(":")[2]) if node is not None else "",
            "title": _first(described, _DCT + "title"),
            "publisher": _first(described, _DCT + "publisher"),
            "published": _first(described, _SCHEMA + "datePublished"),
            "url": _first(described, _SCHEMA + "url"),
        }


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
