"""A built graph in the formats of other tools, the same bytes every time.

| format | what is in it |
|---|---|
| `ttl`, `nt`, `jsonld`, `rdfxml` | the facts |
| `trig`, `nq` | facts and claims, the claims in the graph `kg:claims` |
| `ttl12` | facts and claims in one Turtle 1.2 file, each claim a reifier of its triple |
| `graphml`, `gexf` | entities as nodes, facts as edges, for Gephi, yEd, Cytoscape |
| `csv` | one fact a row with its best quote, for spreadsheets |

The CSV is UTF-8 with a byte order mark and `\\r\\n`, which spreadsheets open without asking.  A cell that begins with
`=`, `+`, `-`, `@`, a tab or a line break would be run as a formula there, so it gets an apostrophe in front; programs
that read the file strip one apostrophe before such a character.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from kg import lookup, record, triples, turtle
from kg.errors import GraphError
from kg.model import Stance
from kg.query import Term
from kg.record import RecordedClaim
from kg.statements import RDF

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

COLUMNS = (
    "subject",
    "relation",
    "object",
    "subject_id",
    "relation_id",
    "object_id",
    "quote",
    "publisher",
    "published",
    "url",
    "document",
    "sources",
    "confidence",
)
"""The columns of the CSV."""

_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
"""What a spreadsheet takes for the start of a formula: the four signs, after spaces and in full width too."""
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def export(graph: KnowledgeGraph, format: str) -> bytes:
    """The graph in one of `FORMATS`.  Raises GraphError for any other."""
    if format not in _WRITERS:
        raise GraphError(f"{format!r} is no format to export to; formats are {', '.join(FORMATS)}")
    return _WRITERS[format](graph)


def _facts(graph: KnowledgeGraph) -> tuple[Quad, ...]:
    return triples.ordered(graph.store.quads_for_pattern(None, None, None, DefaultGraph()))


def _everything(graph: KnowledgeGraph) -> tuple[Quad, ...]:
    return triples.ordered(graph.store.quads_for_pattern(None, None, None, None))


def _ttl(graph: KnowledgeGraph) -> bytes:
    return "".join(turtle.turtle(_facts(graph), graph.prefixes)).encode("utf-8")


def _trig(graph: KnowledgeGraph) -> bytes:
    return "".join(turtle.trig(_everything(graph), graph.prefixes)).encode("utf-8")


def _nt(graph: KnowledgeGraph) -> bytes:
    return _written(_facts(graph), RdfFormat.N_TRIPLES)


def _nq(graph: KnowledgeGraph) -> bytes:
    return _written(_everything(graph), RdfFormat.N_QUADS)


def _ttl12(graph: KnowledgeGraph) -> bytes:
    return _written(triples.ordered(reified(_everything(graph))), RdfFormat.TURTLE, graph.prefixes)


def reified(quads: Iterable[Quad]) -> set[Quad]:
    """Facts and claims in one graph, where a claim reifies its triple, in the terms of RDF 1.2.

    `claim:… rdf:reifies <<( s p o )>>` takes the place of the type `rdf:Statement` and of `rdf:subject`,
    `rdf:predicate` and `rdf:object`; everything else that is said of a claim stays.  A triple that is only claimed is
    not asserted.
    """
    found: set[Quad] = set()
    parts: dict[Any, dict[str, Any]] = {}
    for quad in quads:
        part = quad.predicate.value.removeprefix(RDF)
        if part in ("subject", "predicate", "object") and quad.predicate.value != part:
            parts.setdefault(quad.subject, {})[part] = quad.object
        elif not (part == "type" and quad.object == NamedNode(RDF + "Statement")):
            found.add(Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()))
    for claim, said in parts.items():
        triple = Triple(said["subject"], said["predicate"], said["object"])
        found.add(Quad(claim, NamedNode(RDF + "reifies"), triple, DefaultGraph()))
    return found


def _jsonld(graph: KnowledgeGraph) -> bytes:
    return _written(_facts(graph), RdfFormat.JSON_LD) + b"\n"


def _rdfxml(graph: KnowledgeGraph) -> bytes:
    # XML has no way to write most control characters, and the writer would drop them without a word.
    quads = [Quad(q.subject, q.predicate, _for_xml(q.object), q.graph_name) for q in _facts(graph)]
    # To a reader of XML a bare carriage return is a line feed.
    return _written(quads, RdfFormat.RDF_XML, graph.prefixes).replace(b"\r", b"&#13;")


def _for_xml(of: Any) -> Any:
    if not isinstance(of, Literal) or not _NOT_XML.search(of.value):
        return of
    text = _NOT_XML.sub("\ufffd", of.value)
    return Literal(text, language=of.language) if of.language else Literal(text, datatype=of.datatype)


def _written(quads: Iterable[Quad], format: RdfFormat, prefixes: dict[str, str] | None = None) -> bytes:
    return serialize(quads, format=format, prefixes=prefixes) or b""


def _csv(graph: KnowledgeGraph) -> bytes:
    claims: dict[tuple[str, str, Term], list[RecordedClaim]] = {}
    for claim in record.claims(graph.store):
        if claim.stance == Stance.ASSERTED.value and claim.accepted:
            claims.setdefault(claim.triple, []).append(claim)
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    rows.writerow(COLUMNS)
    for relation in graph.ontology.relations:
        name = dict(relation.labels).get("zh") or dict(relation.labels).get("en") or relation.name
        facts = graph.store.quads_for_pattern(None, NamedNode(relation.iri), None, DefaultGraph())
        for quad in triples.ordered(facts):
            rows.writerow([_cell(cell) for cell in _row(graph, quad, name, claims)])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def _row(
    graph: KnowledgeGraph, quad: Quad, relation: str, claims: dict[tuple[str, str, Term], list[RecordedClaim]]
) -> list[str]:
    subject, predicate, object_ = record.term(quad.subject), quad.predicate.value, record.term(quad.object)
    is_entity = object_.kind == "iri"
    stating = sorted(claims.get((subject.value, predicate, object_), ()), key=lambda claim: claim.order)
    row = [
        record.label(graph.store, subject.value),
        relation,
        record.label(graph.store, object_.value) if is_entity else object_.value,
        lookup.shortened(subject.value, graph.prefixes),
        lookup.shortened(predicate, graph.prefixes),
        lookup.shortened(object_.value, graph.prefixes) if is_entity else "",
    ]
    if not stating:
        return row + [""] * (len(COLUMNS) - len(row))
    best = stating[0]
    document = best.document
    confidence = max((c.fact_confidence for c in stating if c.fact_confidence is not None), default=best.confidence)
    sources = max(claim.origins for claim in stating)
    about = [best.quote, document.publisher, document.published, document.url, document.name]
    return [*row, *about, str(sources), f"{confidence:g}"]


def _cell(text: str) -> str:
    """Text that a spreadsheet shows and never runs; control characters become U+FFFD."""
    shown = _CONTROL.sub("\ufffd", text)
    return f"'{shown}" if _FORMULA.match(shown) else shown


def _network(graph: KnowledgeGraph) -> Any:
    """The facts as a networkx graph whose edges have keys of their own: GraphML writes a key as the edge's id."""
    import networkx

    from kg import networks

    found = networks.to_networkx(graph.store, graph.ontology)
    made = networkx.MultiDiGraph()
    made.add_nodes_from(found.nodes(data=True))
    for number, (source, target, about) in enumerate(found.edges(data=True)):
        made.add_edge(source, target, key=f"e{number}", **about)
    return made


def _graphml(graph: KnowledgeGraph) -> bytes:
    import networkx

    lines = networkx.generate_graphml(_network(graph), encoding="utf-8")
    return ('<?xml version="1.0" encoding="UTF-8"?>\n' + "\n".join(lines) + "\n").encode("utf-8")


def _gexf(graph: KnowledgeGraph) -> bytes:
    import networkx

    text = "\n".join(networkx.generate_gexf(_network(graph), encoding="utf-8")) + "\n"
    # The writer stamps the day, and the same graph would differ from one day to the next.
    text = re.sub(r' lastmodifieddate="[^"<>]*"', "", text, count=1)
    return ('<?xml version="1.0" encoding="UTF-8"?>\n' + text).encode("utf-8")


_WRITERS: dict[str, Callable[[KnowledgeGraph], bytes]] = {
    "ttl": _ttl,
    "ttl12": _ttl12,
    "trig": _trig,
    "nt": _nt,
    "nq": _nq,
    "jsonld": _jsonld,
    "rdfxml": _rdfxml,
    "graphml": _graphml,
    "gexf": _gexf,
    "csv": _csv,
}

FORMATS = tuple(_WRITERS)
"""What `export` can write."""
