"""Claims and documents as a built graph holds them: read back from the graph `kg:claims` of its store."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad, Store

from kg import iri
from kg.model import Rank, Stance
from kg.query import Term
from kg.statements import RDF, RDFS, SKOS, XSD
from kg.triples import CLAIMS, CORE, DCT, OA, PROV, SCHEMA

_RANKS = {Rank.PREFERRED.value: 0, Rank.NORMAL.value: 1, Rank.DEPRECATED.value: 2}
_LANGUAGES = ("zh", "en")
"""Whose label stands for a thing where one has to do, best first."""


@dataclass(frozen=True, slots=True)
class RecordedDocument:
    """A document that claims come from; what it does not say of itself is empty."""

    iri: str
    id: str
    title: str = ""
    publisher: str = ""
    published: str = ""
    url: str = ""
    origin: str = ""
    """IRI of the document that this one repeats."""

    @property
    def name(self) -> str:
        """Its title, or its id where it has none."""
        return self.title or self.id


@dataclass(frozen=True, slots=True)
class RecordedClaim:
    """A claim with its evidence; `subject`, `predicate` and the links to other claims are IRIs."""

    iri: str
    subject: str
    predicate: str
    object: Term
    document: RecordedDocument
    stance: str
    rank: str
    accepted: bool
    confidence: float
    sources: int
    """The number of independent origins of its triple."""
    quote: str
    exact: str
    start: int
    end: int
    subject_text: str = ""
    object_text: str = ""
    attribution: str = ""
    extractor: str = ""
    rule: str = ""
    """The step of the winner rule that decided; of claims that support a fact only."""
    fact_confidence: float | None = None
    """Confidence of the fact that the claim supports; None where it supports none."""
    fact_sources: int | None = None
    """Independent origins of that fact, those of its coarser forms too."""
    refined_by: tuple[str, ...] = ()
    conflicts_with: tuple[str, ...] = ()
    standing: str = ""
    """How it stands to what is held: one of `kg.model.Standing`."""
    because: str = ""
    decision: str = ""
    """`accept`, `reject` or `correct`, where a person decided."""
    decided_by: str = ""
    decided_because: str = ""
    stated: Term | None = None
    """Of a corrected claim: what its words say."""
    earliest: str = ""
    """Of a date: the first day that it can mean."""
    latest: str = ""

    @property
    def triple(self) -> tuple[str, str, Term]:
        return self.subject, self.predicate, self.object

    @property
    def origins(self) -> int:
        """Independent origins of the fact that it supports, else of its own triple."""
        return self.fact_sources or self.sources

    @property
    def order(self) -> tuple[Any, ...]:
        """Best first: held claims, the surest; of equals the earliest that has a date."""
        rank = _RANKS.get(self.rank, len(_RANKS))
        document = self.document
        return (rank, -self.confidence, not document.published, document.published, document.id, self.start, self.iri)


def claims(store: Store) -> tuple[RecordedClaim, ...]:
    """All claims whose triple and evidence are complete, by IRI; `kg validate` names the others."""
    nodes = store.quads_for_pattern(None, NamedNode(RDF + "type"), NamedNode(CORE + "Claim"), CLAIMS)
    return _read(store, (quad.subject for quad in nodes))


def claims_about(store: Store, entity: NamedNode) -> tuple[RecordedClaim, ...]:
    """The claims that `entity` is the subject or the object of, by IRI."""
    found: list[Quad] = []
    for end in ("subject", "object"):
        found.extend(store.quads_for_pattern(None, NamedNode(RDF + end), entity, CLAIMS))
    return _read(store, (quad.subject for quad in found))


def claims_at(store: Store, nodes: Iterable[NamedNode]) -> tuple[RecordedClaim, ...]:
    """The claims that these nodes are, by IRI."""
    return _read(store, nodes)


def document(store: Store, node: NamedNode) -> RecordedDocument:
    """What the graph says of a document."""
    return _document(store, node)


def documents(store: Store) -> tuple[RecordedDocument, ...]:
    """All documents, by id."""
    nodes = store.quads_for_pattern(None, NamedNode(RDF + "type"), NamedNode(CORE + "Document"), CLAIMS)
    found = (_document(store, quad.subject) for quad in nodes if isinstance(quad.subject, NamedNode))
    return tuple(sorted(found, key=lambda document: document.id))


def label(store: Store, address: str) -> str:
    """The label of a thing, Chinese before English before any other; its local name where it has none."""
    labels: dict[str, str] = {}
    for predicate in (SKOS + "prefLabel", RDFS + "label"):
        quads = store.quads_for_pattern(NamedNode(address), NamedNode(predicate), None, None)
        texts = (q.object for q in quads if isinstance(q.object, Literal))
        for text, language in sorted((text.value, text.language or "") for text in texts):
            labels.setdefault(language, text)
    best = next((labels[language] for language in _LANGUAGES if language in labels), None)
    return best or next(iter(dict(sorted(labels.items())).values()), local(address))


def local(address: str) -> str:
    """The last part of an IRI, as a name."""
    return iri.name(address.rstrip("/#").replace("#", "/").rpartition("/")[2])


def term(of: object) -> Term:
    """A term of the store without the store's classes."""
    if isinstance(of, Literal):
        plain = of.language or of.datatype.value == XSD + "string"
        return Term("literal", of.value, "" if plain else of.datatype.value, of.language or "")
    return Term("iri" if isinstance(of, NamedNode) else "blank", str(getattr(of, "value", of)))


def _read(store: Store, nodes: Iterable[Any]) -> tuple[RecordedClaim, ...]:
    known: dict[Any, RecordedDocument] = {}
    named = sorted({node for node in nodes if isinstance(node, NamedNode)}, key=lambda node: node.value)
    read = (_claim(store, node, known) for node in named)
    return tuple(claim for claim in read if claim is not None)


def _claim(store: Store, node: NamedNode, known: dict[Any, RecordedDocument]) -> RecordedClaim | None:
    said = _said(store, node)
    triple = [said.get(RDF + part) for part in ("subject", "predicate", "object")]
    evidence = said.get(PROV + "wasDerivedFrom")
    if not all(triple) or not evidence:
        return None
    about = _said(store, evidence[0])
    sources = about.get(OA + "hasSource", [])
    if not sources:
        return None
    if sources[0] not in known:
        known[sources[0]] = _document(store, sources[0])
    selected: dict[str, list[Any]] = {}
    for selector in about.get(OA + "hasSelector", ()):
        selected.update(_said(store, selector))
    subject, predicate, object_ = (terms[0] for terms in triple if terms)
    fact_confidence, fact_sources = _text(said, "factConfidence"), _text(said, "factSources")
    return RecordedClaim(
        iri=node.value,
        subject=subject.value,
        predicate=predicate.value,
        object=term(object_),
        document=known[sources[0]],
        stance=_text(said, "stance") or Stance.ASSERTED.value,
        rank=_text(said, "rank") or Rank.NORMAL.value,
        accepted=_text(said, "accepted") not in {"false", "0"},
        confidence=float(_text(said, "confidence") or 0),
        sources=int(_text(said, "independentSources") or 1),
        quote=_text(said, "quote"),
        exact=_first(selected, OA + "exact"),
        start=int(_first(selected, OA + "start") or 0),
        end=int(_first(selected, OA + "end") or 0),
        subject_text=_text(said, "subjectText"),
        object_text=_text(said, "objectText"),
        attribution=_text(said, "attributedTo"),
        extractor=_text(said, "extractor"),
        rule=_text(said, "rule"),
        fact_confidence=float(fact_confidence) if fact_confidence else None,
        fact_sources=int(fact_sources) if fact_sources else None,
        refined_by=tuple(sorted(other.value for other in said.get(CORE + "refinedBy", ()))),
        conflicts_with=tuple(sorted(other.value for other in said.get(CORE + "conflictsWith", ()))),
        standing=_text(said, "standing"),
        because=_text(said, "because"),
        decision=_text(said, "decision"),
        decided_by=_text(said, "decidedBy"),
        decided_because=_text(said, "decidedBecause"),
        stated=next((term(found) for found in said.get(CORE + "stated", ())), None),
        earliest=_text(said, "objectEarliest"),
        latest=_text(said, "objectLatest"),
    )


def _document(store: Store, node: NamedNode) -> RecordedDocument:
    said = _said(store, node)
    return RecordedDocument(
        iri=node.value,
        id=local(node.value),
        title=_first(said, DCT + "title"),
        publisher=_first(said, DCT + "publisher"),
        published=_first(said, SCHEMA + "datePublished"),
        url=_first(said, SCHEMA + "url"),
        origin=_first(said, DCT + "source"),
    )


def _said(store: Store, node: Any) -> dict[str, list[Any]]:
    """What the graph of claims says of a node: objects by predicate, in one order."""
    found: dict[str, list[Any]] = {}
    for quad in store.quads_for_pattern(node, None, None, CLAIMS):
        found.setdefault(quad.predicate.value, []).append(quad.object)
    for objects in found.values():
        objects.sort(key=str)
    return found


def _first(said: dict[str, list[Any]], predicate: str) -> str:
    return next((str(found.value) for found in said.get(predicate, ())), "")


def _text(said: dict[str, list[Any]], name: str) -> str:
    return _first(said, CORE + name)
