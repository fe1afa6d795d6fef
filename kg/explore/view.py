"""A store together with the words of its ontology, as one question sees it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from kg import lookup, record
from kg.errors import QueryError
from kg.record import RecordedClaim
from kg.statements import RDF, RDFS, SKOS
from kg.triples import CLAIMS

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.ontology import Ontology
    from kg.query import Term

_TYPE = NamedNode(RDF + "type")
_DEFAULT = DefaultGraph()


def words(ontology: Ontology) -> dict[str, Any]:
    """What a view has to know of an ontology, as JSON: its relations and classes by IRI, in their order."""
    ordered = {cls.name for cls in ontology.classes if cls.ordered}
    return {
        "relations": {
            relation.iri: {
                "name": relation.name,
                "labels": dict(relation.labels),
                "datatype": relation.datatype,
                "domain": list(relation.domain),
                "range": list(relation.range),
                "functional": relation.functional,
                "ordered": bool(ordered & set(relation.range)),
                "earliest": relation.earliest,
                "latest": relation.latest,
                "headline": relation.headline,
            }
            for relation in ontology.relations
        },
        "classes": {
            cls.iri: {"name": cls.name, "labels": dict(cls.labels), "ordered": cls.ordered, "rank": cls.rank_property}
            for cls in ontology.classes
            if cls.kind
        },
    }


def of_graph(graph: KnowledgeGraph) -> View:
    """The view of an opened graph."""
    return View(graph.store, graph.prefixes, words(graph.ontology))


@dataclass(slots=True)
class View:
    """A store, its prefixes and the words of its ontology; what was looked up once is kept for the question."""

    store: Store
    prefixes: Mapping[str, str]
    words: Mapping[str, Any]
    _refs: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def relations(self) -> dict[str, dict[str, Any]]:
        """The relations by IRI, in the ontology's order."""
        return self.words["relations"]  # type: ignore[no-any-return]

    def node(self, wanted: str) -> NamedNode:
        """The node of an id such as `org:acme` or of an IRI.  Raises QueryError for what is neither."""
        node = lookup.expanded(wanted.strip(), self.prefixes)
        if node is None:
            raise QueryError(f"{wanted!r} is no id such as org:acme, and no IRI")
        return node

    def id(self, address: str) -> str:
        """The id of what an IRI names."""
        return lookup.shortened(address, self.prefixes)

    def ref(self, address: str) -> dict[str, Any]:
        """A thing as others show it: id, type, and its label in each language."""
        if address not in self._refs:
            self._refs[address] = {
                "id": self.id(address),
                "type": self.type(address),
                "labels": self.labels(address) or {"": record.local(address)},
            }
        return self._refs[address]

    def labels(self, address: str) -> dict[str, str]:
        """The preferred label in each language, the first one of several."""
        found: dict[str, str] = {}
        for predicate in (SKOS + "prefLabel", RDFS + "label"):
            quads = self.store.quads_for_pattern(NamedNode(address), NamedNode(predicate), None, None)
            texts = (q.object for q in quads if isinstance(q.object, Literal))
            for language, text in sorted((text.language or "", text.value) for text in texts):
                found.setdefault(language, text)
        return found

    def type(self, address: str) -> str:
        """The name of the class that a thing has; empty for what has none of the ontology's."""
        quads = self.store.quads_for_pattern(NamedNode(address), _TYPE, None, None)
        types = {getattr(quad.object, "value", "") for quad in quads}
        return next((cls["name"] for iri, cls in self.words["classes"].items() if iri in types), "")

    def value(self, of: Term) -> dict[str, Any]:
        """The object of a claim: a thing, or a text with its datatype."""
        if of.kind == "iri":
            return self.ref(of.value)
        return {"text": of.value, "datatype": record.local(of.datatype) if of.datatype else "string"}

    def holds(self, subject: str, predicate: str, of: Term) -> bool:
        """Whether the triple is among the facts."""
        object_ = term(of)
        quads = self.store.quads_for_pattern(NamedNode(subject), NamedNode(predicate), object_, _DEFAULT)
        return next(quads, None) is not None

    def facts(self, subject: str | None, predicate: str | None, of: str | None = None) -> Iterator[Any]:
        """Facts with these ends; None is any."""
        nodes = [NamedNode(one) if one is not None else None for one in (subject, predicate, of)]
        return self.store.quads_for_pattern(nodes[0], nodes[1], nodes[2], _DEFAULT)

    def claim(self, claim: RecordedClaim) -> dict[str, Any]:
        """A claim with its quote, where in it the two names stand, and the document that says it.

        `standing` is its class and `because` the reason, as `kg explain` shows them; `decision` is what a person
        decided, None where nobody did.
        """
        return {
            "id": self.id(claim.iri),
            "stance": claim.stance,
            "rank": claim.rank,
            "standing": claim.standing,
            "because": claim.because,
            "names": self._named(claim.because),
            "decision": self._decision(claim),
            "accepted": claim.accepted,
            "confidence": claim.confidence,
            "quote": claim.quote,
            "marks": marks(claim),
            "attribution": claim.attribution,
            "extractor": claim.extractor,
            "document": {
                "id": claim.document.id,
                "title": claim.document.title,
                "publisher": claim.document.publisher,
                "published": claim.document.published,
                "url": claim.document.url,
            },
        }

    def dates(self, subject: str) -> list[dict[str, str]]:
        """The dates of a thing among the facts, earliest first."""
        found = []
        for iri, relation in self.relations.items():
            if relation["datatype"] != "date":
                continue
            first = self._literal(subject, relation["earliest"])
            last = self._literal(subject, relation["latest"])
            for quad in self.facts(subject, iri):
                value = quad.object.value
                found.append(
                    {"relation": relation["name"], "value": value, "earliest": first or value, "latest": last or value}
                )
        return sorted(found, key=lambda one: (one["earliest"], one["latest"], one["relation"], one["value"]))

    def tiers(self, subject: str) -> list[dict[str, Any]]:
        """The ordered things that a thing is put into, best first."""
        found = [
            {**self.ref(quad.object.value), "rank": self.rank(quad.object.value)}
            for iri, relation in self.relations.items()
            if relation["ordered"]
            for quad in self.facts(subject, iri)
            if isinstance(quad.object, NamedNode)
        ]
        return sorted(found, key=lambda one: (one["rank"] is None, one["rank"] or 0, one["id"]))

    def rank(self, address: str) -> int | None:
        """The place of an ordered thing in its order."""
        for cls in self.words["classes"].values():
            if cls["rank"]:
                quads = self.store.quads_for_pattern(NamedNode(address), NamedNode(cls["rank"]), None, None)
                found = next((str(getattr(quad.object, "value", "")) for quad in quads), "")
                if found.lstrip("-").isdecimal():
                    return int(found)
        return None

    def _named(self, because: str) -> dict[str, Any] | None:
        """The thing whose id ends a reason, such as `it is the value of model:acme-2`; None where none does."""
        id = because.rpartition(" ")[2]
        node = lookup.expanded(id, self.prefixes) if ":" in id else None
        return self.ref(node.value) if node is not None and self.labels(node.value) else None

    def _decision(self, claim: RecordedClaim) -> dict[str, Any] | None:
        if not claim.decision:
            return None
        return {
            "decision": claim.decision,
            "who": claim.decided_by,
            "why": claim.decided_because,
            "stated": self.value(claim.stated) if claim.stated else None,
        }

    def _literal(self, subject: str, predicate: str | None) -> str:
        if predicate is None:
            return ""
        return min((str(quad.object.value) for quad in self.facts(subject, predicate)), default="")


def term(of: Term) -> NamedNode | Literal:
    """A term of an answer as the store has it."""
    if of.kind == "iri":
        return NamedNode(of.value)
    if of.language:
        return Literal(of.value, language=of.language)
    return Literal(of.value, datatype=NamedNode(of.datatype)) if of.datatype else Literal(of.value)


def marks(claim: RecordedClaim) -> list[list[int | str]]:
    """Where the quote names the two ends: (start, end, which), in order; of two that overlap the first."""
    found = []
    for text, which in ((claim.subject_text, "subject"), (claim.object_text, "object")):
        start = claim.quote.find(text) if text else -1
        if start >= 0:
            found.append((start, start + len(text), which))
    found.sort(key=lambda mark: (mark[0], -mark[1]))
    return [list(mark) for at, mark in enumerate(found) if at == 0 or mark[0] >= found[at - 1][1]]


def claim_nodes(store: Store, end: str, node: NamedNode) -> list[NamedNode]:
    """The claims that `node` is the `subject`, `predicate` or `object` of, by IRI."""
    quads = store.quads_for_pattern(None, NamedNode(RDF + end), node, CLAIMS)
    return by_iri(quad.subject for quad in quads)


def by_iri(nodes: Iterable[Any]) -> list[NamedNode]:
    """Named nodes, each once, by IRI."""
    return sorted({node for node in nodes if isinstance(node, NamedNode)}, key=lambda node: node.value)
