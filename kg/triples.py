"""What a build knows, as RDF: facts in the default graph, claims with their evidence in the graph `kg:claims`.

A fact is one plain triple, beside it for dates the first and last day they can mean.  A claim is a node in standard
terms, so that tools that never heard of this project can read it:

    claim:HASH      a kg:Claim, rdf:Statement ; rdf:subject … ; rdf:predicate … ; rdf:object … ; kg:stance "asserted" ;
                    prov:wasDerivedFrom <…/id/evidence/HASH>
    <evidence/HASH> a oa:SpecificResource ; oa:hasSource doc:… ; oa:hasSelector <…#position>, <…#quote>

Every node has a name (no blank nodes), and quads come out in one order whatever order the knowledge is in.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg import header, iri
from kg.errors import GraphError
from kg.model import Claim, Document, Entity, Fact, Knowledge, Value
from kg.statements import OWL, RDF, RDFS, SKOS, XSD

if TYPE_CHECKING:
    from kg.ontology import Ontology

DCT, OA, PROV, SCHEMA = header.DCT, header.OA, header.PROV, header.SCHEMA
CORE = iri.CORE

CLAIMS = NamedNode(iri.CLAIMS)
"""The graph of the claims."""

_TYPE = NamedNode(RDF + "type")
_LABEL, _PREFERRED, _ALIAS = NamedNode(RDFS + "label"), NamedNode(SKOS + "prefLabel"), NamedNode(SKOS + "altLabel")
_MOST_NODES = 10_000
"""How many nodes are remembered at a time: what comes again soon, such as a document and the ends of its claims."""
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_STANDARD = {
    "dcat": header.DCAT,
    "dct": DCT,
    "kg": CORE,
    "oa": OA,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "skos": SKOS,
    "void": header.VOID,
    "xsd": XSD,
}


def prefixes(ontology: Ontology, base: str = iri.BASE) -> dict[str, str]:
    """The prefixes of files and queries, sorted: the ontology's, one for each kind of thing, and the standard ones."""
    kinds = {kind: f"{base}id/{kind}/" for kind in (*ontology.kinds, "claim", "doc")}
    return dict(sorted({**_STANDARD, **kinds, ontology.prefix: ontology.namespace}.items()))


def facts(knowledge: Knowledge, ontology: Ontology, base: str = iri.BASE) -> tuple[Quad, ...]:
    """The facts, the entities in them and a header that says what they are, in the default graph, sorted.

    Raises GraphError for a fact about an entity or relation that is not known.
    """
    return ordered({quad for thing in each_fact(knowledge, ontology, base) for quad in thing})


def each_fact(knowledge: Knowledge, ontology: Ontology, base: str = iri.BASE) -> Iterator[list[Quad]]:
    """The quads of `facts` one thing at a time, so that nobody need hold them all: no subject is in two things."""
    described = _Described(knowledge, ontology, base)
    graph = DefaultGraph()
    about: dict[str, list[Fact]] = {}
    triples = 0
    for fact in knowledge.facts:
        for end in _ends(fact):
            about.setdefault(end, [])
        about[fact.subject].append(fact)
    for entity, said in sorted(about.items()):
        quads = chain((quad for fact in said for quad in described.fact(fact, graph)), described.entity(entity, graph))
        thing = list(dict.fromkeys(quads))  # two dates of one year have the same first day
        triples += len(thing)
        yield thing
    if triples:
        yield list(header.of_facts(ontology, base, triples=triples, things=len(about), graph=graph))


def claims(knowledge: Knowledge, ontology: Ontology, base: str = iri.BASE) -> tuple[Quad, ...]:
    """Every claim, its evidence, all documents, and the entities that claims are about, in `kg:claims`, sorted.

    The entities are described here too, so that `claims.ttl` can be read alone.  Raises GraphError as `facts` does.
    """
    return ordered({quad for thing in each_claim(knowledge, ontology, base) for quad in thing})


def each_claim(knowledge: Knowledge, ontology: Ontology, base: str = iri.BASE) -> Iterator[list[Quad]]:
    """The quads of `claims` one thing at a time, as `each_fact`: documents, entities, claims with their evidence."""
    described = _Described(knowledge, ontology, base)
    held: dict[tuple[str, ...], list[Fact]] = {}
    for fact in knowledge.facts:
        held.setdefault(_triple(fact), []).append(fact)
    reposts = dict(knowledge.origins)
    quotes: dict[str, list[str]] = {}
    for quoting, _, _, quoted in sorted(knowledge.passages):
        if quoted not in quotes.setdefault(quoting, []):
            quotes[quoting].append(quoted)
    triples = 0
    for document in knowledge.documents:
        about = list(described.document(document))
        if document.id in reposts:
            about.append(_quad(described.doc(document.id), DCT + "source", described.doc(reposts[document.id])))
        about.extend(
            _quad(described.doc(document.id), PROV + "wasQuotedFrom", described.doc(quoted))
            for quoted in quotes.get(document.id, ())
        )
        triples += len(about)
        yield about
    for agent, names in sorted(described.publishers(knowledge.documents).items()):
        about = list(described.publisher(agent, names))
        triples += len(about)
        yield about
    for entity in sorted({end for claim in knowledge.claims for end in _ends(claim)}):
        about = list(described.entity(entity, CLAIMS))
        triples += len(about)
        yield about
    for claim in knowledge.claims:
        about = list(described.claim(claim, _supported(claim, held.get(_triple(claim), ()))))
        triples += len(about)
        yield about
    if triples:
        yield list(header.of_claims(ontology, base, triples=triples, things=len(knowledge.claims), graph=CLAIMS))


def ordered(quads: Iterable[Quad]) -> tuple[Quad, ...]:
    """Quads in the order of files: by graph, subject, predicate (`rdf:type` first) and object."""
    return tuple(sorted(quads, key=_order))


def literal(text: str, language: str | None = None) -> Literal:
    """A text as an RDF literal; lone surrogates, which no file can hold, become U+FFFD."""
    return Literal(storable(text), language=language) if language else Literal(storable(text))


def storable(text: str) -> str:
    """The text with U+FFFD for each lone surrogate, which UTF-8 cannot hold; every character keeps its place."""
    return _SURROGATE.sub("\ufffd", text)


def language_of(text: str) -> str:
    """`zh` for a name with Han characters, else `en`."""
    return "zh" if _HAN.search(text) else "en"


def value(of: Value) -> Literal:
    """A value as a typed literal; plain text has no datatype written, as RDF 1.1 has it."""
    if of.datatype == "string":
        return literal(of.lexical)
    if of.datatype == "integer":
        return _integer(int(of.lexical))
    return Literal(of.lexical, datatype=NamedNode(XSD + of.datatype))


class _Described:
    """Knowledge with what is needed to write each thing of it as quads."""

    def __init__(self, knowledge: Knowledge, ontology: Ontology, base: str) -> None:
        self.ontology = ontology
        self.base = base
        self.known = {e.id: e for e in (*ontology.members, *knowledge.entities)}
        self.build = header.activity(base)
        self.published = {d.id: d.published for d in knowledge.documents}

        self.node = lru_cache(_MOST_NODES)(self._node)
        self.doc = lru_cache(_MOST_NODES)(self._doc)

    def _node(self, entity_id: str) -> NamedNode:
        try:
            return NamedNode(iri.iri(entity_id, self.base))
        except ValueError as error:
            raise GraphError(f"cannot write the graph: {error}") from error

    def _doc(self, document_id: str) -> NamedNode:
        return NamedNode(iri.document(document_id, self.base))

    def end(self, of: str | Value) -> NamedNode | Literal:
        return value(of) if isinstance(of, Value) else self.node(of)

    def fact(self, fact: Fact, graph: DefaultGraph) -> Iterator[Quad]:
        relation = self.ontology.relation(fact.predicate)
        subject = self.node(fact.subject)
        yield Quad(subject, NamedNode(relation.iri), self.end(fact.object), graph)
        when = fact.object.when if isinstance(fact.object, Value) else None
        if when is not None:
            for address, day in ((relation.earliest, when.earliest), (relation.latest, when.latest)):
                if address is not None:
                    yield Quad(subject, NamedNode(address), _typed(day.isoformat(), "date"), graph)

    def entity(self, entity_id: str, graph: DefaultGraph | NamedNode) -> Iterator[Quad]:
        if entity_id not in self.known:
            raise GraphError(f"cannot write the graph: a claim is about {entity_id}, which is no known entity")
        entity = self.known[entity_id]
        node = self.node(entity_id)
        cls = self.ontology.cls(entity.type)
        yield Quad(node, _TYPE, NamedNode(cls.iri), graph)
        labels = _labels(entity)
        for language, label in labels:
            yield Quad(node, _PREFERRED, literal(label, language), graph)
            yield Quad(node, _LABEL, literal(label, language), graph)
        preferred = {label for _, label in labels}
        for alias in entity.names:
            if alias not in preferred:
                yield Quad(node, _ALIAS, literal(alias, language_of(alias)), graph)
        for other in entity.same_as:
            yield Quad(node, NamedNode(OWL + "sameAs"), _address(other, entity_id), graph)
        if entity.rank is not None and cls.rank_property is not None:
            yield Quad(node, NamedNode(cls.rank_property), _integer(entity.rank), graph)

    def document(self, document: Document) -> Iterator[Quad]:
        node = self.doc(document.id)
        yield _quad(node, _TYPE.value, _word(CORE + "Document"))
        yield _quad(node, _TYPE.value, _word(SCHEMA + "CreativeWork"))
        yield _quad(node, _TYPE.value, _word(PROV + "Entity"))
        yield _quad(node, DCT + "identifier", literal(document.id))
        if document.title:
            yield _quad(node, DCT + "title", literal(document.title))
        if document.publisher:
            yield _quad(node, DCT + "publisher", literal(document.publisher))
            yield _quad(node, PROV + "wasAttributedTo", NamedNode(self.agent(document.publisher)))
        if document.published is not None:
            yield _quad(node, SCHEMA + "datePublished", _typed(document.published.value, document.published.datatype))
        if document.url:
            # A literal: what a document calls its address need not be an IRI.
            yield _quad(node, SCHEMA + "url", Literal(storable(document.url), datatype=NamedNode(XSD + "anyURI")))

    def agent(self, publisher: str) -> str:
        """The address of a publisher."""
        return f"{self.base}id/publisher/{iri.local_name(publisher)}"

    def publishers(self, documents: Iterable[Document]) -> dict[str, list[str]]:
        """The publishers of documents by their addresses, with the names that lead there."""
        found: dict[str, set[str]] = {}
        for document in documents:
            if document.publisher:
                found.setdefault(self.agent(document.publisher), set()).add(document.publisher)
        return {address: sorted(names) for address, names in found.items()}

    def publisher(self, address: str, names: Iterable[str]) -> Iterator[Quad]:
        node = NamedNode(address)
        yield _quad(node, _TYPE.value, _word(PROV + "Agent"))
        for name in names:
            yield _quad(node, _LABEL.value, literal(name, language_of(name)))

    def claim(self, claim: Claim, fact: Fact | None) -> Iterator[Quad]:
        node = self.node(f"claim:{claim.id}")
        yield _quad(node, _TYPE.value, _word(CORE + "Claim"))
        yield _quad(node, _TYPE.value, _word(RDF + "Statement"))
        yield _quad(node, RDF + "subject", self.node(claim.subject))
        yield _quad(node, RDF + "predicate", _word(self.ontology.relation(claim.predicate).iri))
        yield _quad(node, RDF + "object", self.end(claim.object))
        yield _quad(node, CORE + "stance", literal(claim.stance.value))
        yield _quad(node, CORE + "rank", literal(claim.rank.value))
        yield _quad(node, CORE + "accepted", _typed("true" if claim.accepted else "false", "boolean"))
        yield _quad(node, CORE + "confidence", _decimal(claim.confidence))
        yield _quad(node, CORE + "extractor", literal(claim.extractor))
        yield _quad(node, CORE + "quote", literal(claim.evidence.quote))
        yield _quad(node, CORE + "independentSources", _integer(claim.independent_sources))
        if claim.attribution:
            yield _quad(node, CORE + "attributedTo", literal(claim.attribution))
        if claim.subject_text:
            yield _quad(node, CORE + "subjectText", literal(claim.subject_text))
        if claim.object_text:
            yield _quad(node, CORE + "objectText", literal(claim.object_text))
        published = self.published.get(claim.document)
        if published is not None:
            yield _quad(node, CORE + "observedOn", _typed(published.value, published.datatype))
        when = claim.object.when if isinstance(claim.object, Value) else None
        if when is not None:
            yield _quad(node, CORE + "objectEarliest", _typed(when.earliest.isoformat(), "date"))
            yield _quad(node, CORE + "objectLatest", _typed(when.latest.isoformat(), "date"))
        if fact is not None:
            yield _quad(node, CORE + "rule", literal(fact.rule))
            yield _quad(node, CORE + "factConfidence", _decimal(fact.confidence))
            yield _quad(node, CORE + "factSources", _integer(fact.sources))
        yield _quad(node, CORE + "standing", literal(claim.standing.value))
        if claim.because:
            yield _quad(node, CORE + "because", literal(claim.because))
        if claim.decision is not None:
            yield _quad(node, CORE + "decision", literal(claim.decision.verdict))
            yield _quad(node, CORE + "decidedBy", literal(claim.decision.who))
            yield _quad(node, CORE + "decidedBecause", literal(claim.decision.why))
            if claim.decision.stated is not None:
                yield _quad(node, CORE + "stated", self.end(claim.decision.stated))
        for other in claim.refined_by:
            yield _quad(node, CORE + "refinedBy", self.node(f"claim:{other}"))
        for other in claim.conflicts_with:
            yield _quad(node, CORE + "conflictsWith", self.node(f"claim:{other}"))
        yield from self.evidence(node, claim)

    def evidence(self, node: NamedNode, claim: Claim) -> Iterator[Quad]:
        address = f"{self.base}id/evidence/{claim.id}"
        evidence = NamedNode(address)
        position, quote = NamedNode(f"{address}#position"), NamedNode(f"{address}#quote")
        yield _quad(node, PROV + "wasDerivedFrom", evidence)
        yield _quad(node, PROV + "wasGeneratedBy", self.build)
        yield _quad(evidence, _TYPE.value, _word(OA + "SpecificResource"))
        yield _quad(evidence, OA + "hasSource", self.doc(claim.document))
        yield _quad(evidence, OA + "hasSelector", position)
        yield _quad(evidence, OA + "hasSelector", quote)
        yield _quad(position, _TYPE.value, _word(OA + "TextPositionSelector"))
        yield _quad(position, OA + "start", _integer(claim.evidence.start))
        yield _quad(position, OA + "end", _integer(claim.evidence.end))
        yield _quad(quote, _TYPE.value, _word(OA + "TextQuoteSelector"))
        yield _quad(quote, OA + "exact", literal(claim.evidence.exact))


def _ends(of: Claim | Fact) -> tuple[str, ...]:
    return (of.subject,) if isinstance(of.object, Value) else (of.subject, of.object)


def _supported(claim: Claim, facts: Sequence[Fact]) -> Fact | None:
    """The last of some facts, of which each has its claims in order, that a claim supports."""
    for fact in reversed(facts):
        at = bisect_left(fact.claims, claim.id)
        if fact.claims[at : at + 1] == (claim.id,):
            return fact
    return None


def _triple(of: Claim | Fact) -> tuple[str, ...]:
    """What is said, without the interval of a date: two documents may mean different halves of one year."""
    end = (of.object.lexical, of.object.datatype) if isinstance(of.object, Value) else (of.object,)
    return (of.subject, of.predicate, *end)


def _labels(entity: Entity) -> tuple[tuple[str, str], ...]:
    return entity.labels or ((language_of(entity.label), entity.label),)


def _address(address: str, entity_id: str) -> NamedNode:
    try:
        return NamedNode(address)
    except ValueError as error:
        raise GraphError(f"{entity_id} is said to be the same as {address!r}, which is no IRI: {error}") from error


def _quad(subject: NamedNode, predicate: str, object_: NamedNode | Literal) -> Quad:
    return Quad(subject, _word(predicate), object_, CLAIMS)


@cache
def _word(address: str) -> NamedNode:
    """The node of a property, class or datatype: there are few, and every quad has them."""
    return NamedNode(address)


def _typed(text: str, datatype: str) -> Literal:
    return Literal(text, datatype=_word(XSD + datatype))


def _integer(number: int) -> Literal:
    return _typed(str(number), "integer")


def _decimal(number: float) -> Literal:
    """Three places at most, in the canonical form that the store keeps: `0.93`, `1`; never an exponent."""
    text = f"{round(Decimal(str(number)), 3):f}"
    return _typed(text.rstrip("0").rstrip(".") if "." in text else text, "decimal")


def _order(quad: Quad) -> tuple[str, str, bool, str, int, str, str, str]:
    graph = "" if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name.value
    object_ = quad.object
    if isinstance(object_, Literal):
        last = (1, object_.value, object_.language or "", object_.datatype.value)
    else:
        last = (0, str(object_), "", "")
    subject = quad.subject.value if isinstance(quad.subject, NamedNode) else str(quad.subject)
    return (graph, subject, quad.predicate != _TYPE, quad.predicate.value, *last)
