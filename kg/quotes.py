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
from functools import cache
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

_OF_CLAIMS = ("rank", "confidence", "factConfidence", "factSources", "independentSources")
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
    claims = said.asserted()
    stated = said.triples(claims)
    quotes = said.quotes(claims)
    stating: dict[Triple, list[int]] = defaultdict(list)
    for claim, triple in enumerate(stated):
        if triple is not None:
            stating[triple].append(claim)
    coarser: dict[int, list[int]] = defaultdict(list)
    for claim, finer in said.links("refinedBy", claims):
        if stated[claim] is not None:
            coarser[finer].append(claim)
    against: dict[Triple, set[int]] = defaultdict(set)
    for claim, other in said.links("conflictsWith", claims):
        one, two = stated[claim], stated[other]
        if one and two and one[2] != two[2]:
            against[one].add(other)
    rivals: dict[Triple, set[Rival]] = {}
    for triple, others in against.items():
        values = ((stated[other], quotes[other]) for other in others)
        # A name has a form of its own, and so has a literal: an IRI is shown by its id.
        rivals[triple] = {
            Rival(said[2].value if isinstance(said[2], ox.Literal) else entity_id(said[2].value), quote)
            for said, quote in values
            if said is not None
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


def _reached(claims: Iterable[int], links: Mapping[int, list[int]]) -> set[int]:
    """These claims, and all that links lead to from them."""
    reached, waiting = set[int](), list(claims)
    while waiting:
        claim = waiting.pop()
        if claim not in reached:
            reached.add(claim)
            waiting.extend(links.get(claim, ()))
    return reached


class _Said:
    """The graph of claims, read one property at a time: of a million triples only those that are shown are held.

    A store makes every text anew, so things are known by numbers here, and what is said of them stands in lists.
    """

    def __init__(self, store: pyoxigraph.Store) -> None:
        import pyoxigraph as ox

        self._store, self._graph, self._node = store, ox.NamedNode(iri.CLAIMS), ox.NamedNode

    def each(self, predicate: str) -> Iterator[tuple[Term, Term]]:
        """(subject, object) of every triple with a property."""
        for quad in self._store.quads_for_pattern(None, self._node(predicate), None, self._graph):
            yield quad.subject, quad.object

    def asserted(self) -> dict[str, int]:
        """The accepted, asserted claims by their addresses, numbered."""
        aside = {claim.value for claim, held in self.each(iri.CORE + "accepted") if held.value in {"false", "0"}}
        found: dict[str, int] = {}
        for claim, held in self.each(iri.CORE + "stance"):
            if held.value == Stance.ASSERTED.value and (address := claim.value) not in aside:
                found.setdefault(address, len(found))
        return found

    def triples(self, claims: Mapping[str, int]) -> list[Triple | None]:
        """What claims state; None where a part is missing."""
        parts: list[list[Term]] = [[None] * len(claims) for _ in range(3)]
        once: dict[Term, Term] = {}
        for found, part in zip(parts, ("subject", "predicate", "object"), strict=True):
            for claim, term in self.each(_RDF + part):
                number = claims.get(claim.value)
                if number is not None and found[number] is None:
                    found[number] = once.setdefault(term, term)
        names = {predicate: predicate.value for predicate in set(parts[1]) - {None}}
        alike: dict[Triple, Triple] = {}
        stated: list[Triple | None] = []
        for subject, predicate, object_ in zip(*parts, strict=True):
            if subject is None or predicate is None or object_ is None:
                stated.append(None)
            else:
                triple = subject, names[predicate], object_
                stated.append(alike.setdefault(triple, triple))
        return stated

    def quotes(self, claims: Mapping[str, int]) -> list[Quote]:
        """The words of claims."""
        evidence = self._least(_PROV + "wasDerivedFrom", claims)
        pieces = {piece: number for number, piece in enumerate(dict.fromkeys(evidence))}
        piece_of = [pieces[piece] for piece in evidence]
        del evidence
        source: list[Term] = [None] * len(pieces)
        once: dict[Term, Term] = {}
        for piece, document in self.each(_OA + "hasSource"):
            if (number := pieces.get(piece.value)) is not None:
                source[number] = once.setdefault(document, document)
        documents = {node: self._document(node) for node in (None, *once)}
        start = [int(text or 0) for text in self._selected("start", pieces)]
        words = self._least(iri.CORE + "quote", claims)
        if not all(words):
            exact = self._selected("exact", pieces)
            words = [text or exact[piece] for text, piece in zip(words, piece_of, strict=True)]
        del pieces
        core = [self._least(iri.CORE + name, claims, few=True) for name in _OF_CLAIMS]
        rounded = cache(lambda text: round(float(text), 3))  # few different ones, and each is held once
        return [
            Quote(
                text=text,
                **documents[source[piece]],
                confidence=rounded(confidence or "0"),
                fact_confidence=rounded(of_fact) if of_fact else None,
                rank=rank or Rank.NORMAL.value,
                sources=int(sources_of_fact or sources or 1),
                start=start[piece],
            )
            for piece, text, rank, confidence, of_fact, sources_of_fact, sources in zip(
                piece_of, words, *core, strict=True
            )
        ]

    def links(self, name: str, claims: Mapping[str, int]) -> Iterator[tuple[int, int]]:
        """Every two of some claims that a property joins."""
        for claim, other in self.each(iri.CORE + name):
            one, two = claims.get(claim.value), claims.get(other.value)
            if one is not None and two is not None:
                yield one, two

    def _least(self, predicate: str, subjects: Mapping[str, int], *, few: bool = False) -> list[str]:
        """For each of these subjects the least of its values of a property, as text; empty where it has none.

        With `few` they are values that many subjects have, each of which is kept once.
        """
        found = [""] * len(subjects)
        for subject, term in self.each(predicate):
            if (number := subjects.get(subject.value)) is not None:
                text = term.value
                if not found[number] or text < found[number]:
                    found[number] = sys.intern(text) if few else text
        return found

    def _selected(self, name: str, pieces: Mapping[str, int]) -> list[str]:
        """For each piece of evidence, what the selector that has such a property says; empty where none has."""
        said = {selector.value: term.value for selector, term in self.each(_OA + name)}
        found = [""] * len(pieces)
        for piece, selector in self.each(_OA + "hasSelector"):
            if (number := pieces.get(piece.value)) is not None and selector.value in said:
                found[number] = said[selector.value]
        return found

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
