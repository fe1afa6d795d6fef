"""Whether a built graph is what it should be: the shapes of its ontology, and checks that shapes cannot make.

A good graph has no findings.  Each finding says where, what, and what to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, parse

from kg import lookup, record, store
from kg.errors import OntologyError
from kg.statements import RDF, RDFS, SKOS
from kg.triples import CLAIMS, CORE, OA, PROV

if TYPE_CHECKING:
    import rdflib
    from rich.table import Table

    from kg.graph import KnowledgeGraph

ERROR, WARNING = "error", "warning"

_SHACL = "http://www.w3.org/ns/shacl#"
_ONE_VALUE = {_SHACL + name for name in ("MaxCountConstraintComponent", "LessThanOrEqualsConstraintComponent")}
"""What a shape says of a property that has one value."""
_REBUILD = "build the graph again; if it stays, the builder is at fault"
_LANGUAGES = ("en", "zh", "")


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something that is not as it should be."""

    severity: str
    """`error`, or `warning` for what can be lived with."""
    where: str
    """An entity, claim or document, as a prefixed name."""
    what: str
    advice: str

    def __str__(self) -> str:
        return f"{self.severity}: {self.where}: {self.what}; {self.advice}"


def validate(graph: KnowledgeGraph) -> tuple[Finding, ...]:
    """All findings, errors first; none for a good graph.

    Reads the Turtle files, runs the SHACL shapes of the core and of the ontology on facts and claims (about 20 s for
    100,000 triples, most of it for the claims), then our own checks.  Raises GraphError when `kg.trig` cannot be read,
    OntologyError for shapes that cannot.
    """
    checks = (_files, _shapes, _nameless, _claims, _facts, _links, _labels)
    return tuple(sorted({finding for check in checks for finding in check(graph)}))


def as_json(findings: tuple[Finding, ...]) -> list[dict[str, Any]]:
    """Findings as plain dicts."""
    return [asdict(finding) for finding in findings]


def rendered(findings: tuple[Finding, ...]) -> Table:
    """Findings as a table for a terminal; prints with rich."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from kg.tables import visible

    table = Table("severity", "where", "what", "what to do", box=box.SIMPLE_HEAD, pad_edge=False)
    for finding in findings:
        style = "red" if finding.severity == ERROR else "yellow"
        cells = (visible(words) for words in (finding.where, finding.what, finding.advice))
        table.add_row(Text(finding.severity, style=style), *(Text(cell, overflow="fold") for cell in cells))
    return table


def _files(graph: KnowledgeGraph) -> Iterator[Finding]:
    """The Turtle files that other tools would stumble over: gone, damaged or emptied."""
    for name in (store.FACTS, store.CLAIMS):
        file = graph.folder / name
        try:
            if not sum(1 for _ in parse(path=str(file), format=RdfFormat.TURTLE)) and len(graph.store):
                yield Finding(ERROR, name, "is empty", "build the graph again")
        except (OSError, SyntaxError) as error:
            yield Finding(ERROR, name, f"cannot be read: {_first_line(error)}", "build the graph again")


def _shapes(graph: KnowledgeGraph) -> Iterator[Finding]:
    import rdflib

    shapes = rdflib.Graph()
    for file in graph.ontology.shapes:
        try:
            shapes.parse(file, format="turtle")
        except Exception as error:  # rdflib raises whatever the line made it stumble over
            raise OntologyError(f"{file}: these shapes cannot be read: {_first_line(error)}") from error
    for data in (graph.dataset.default_graph, graph.dataset.graph(rdflib.URIRef(CLAIMS.value))):
        yield from _violations(graph, data, shapes)


def _violations(graph: KnowledgeGraph, data: rdflib.Graph, shapes: rdflib.Graph) -> Iterator[Finding]:
    import pyshacl
    import rdflib

    shacl = rdflib.Namespace(_SHACL)
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", advanced=True)
    several = _may_be_several(graph)
    for result in report.subjects(rdflib.RDF.type, shacl.ValidationResult):
        kind = str(report.value(result, shacl.sourceConstraintComponent))
        if kind in _ONE_VALUE and str(report.value(result, shacl.resultPath)) in several:
            continue
        messages = list(report.objects(result, shacl.resultMessage))
        messages.sort(key=lambda m: (_rank(getattr(m, "language", None) or ""), str(m)))
        node, path = report.value(result, shacl.focusNode), report.value(result, shacl.resultPath)
        value = report.value(result, shacl.value)
        what = str(messages[0]) if messages else "does not fit its shape"
        what += f" ({_short(graph, path)})" if isinstance(path, rdflib.URIRef) else ""
        what += f": {_short(graph, value)}" if value is not None and value != node else ""
        mild = report.value(result, shacl.resultSeverity) in {shacl.Warning, shacl.Info}
        yield Finding(
            WARNING if mild else ERROR, _short(graph, node), what, "correct the seeds, or the text it is from"
        )


def _may_be_several(graph: KnowledgeGraph) -> frozenset[str]:
    """IRIs of properties that may have several values, whatever the shapes say: where all sides of a conflict are
    held."""
    if not graph.holds_conflicts:
        return frozenset()
    functional = (relation for relation in graph.ontology.relations if relation.functional)
    return frozenset(a for r in functional for a in (r.iri, r.earliest, r.latest) if a)


def _nameless(graph: KnowledgeGraph) -> Iterator[Finding]:
    for quad in graph.store.quads_for_pattern(None, None, None, None):
        if isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode):
            where = _short(graph, quad.subject)
            yield Finding(ERROR, where, f"has a blank node ({_short(graph, quad.predicate)})", _REBUILD)


def _claims(graph: KnowledgeGraph) -> Iterator[Finding]:
    complete = {claim.iri: claim for claim in record.claims(graph.store)}
    for quad in graph.store.quads_for_pattern(None, NamedNode(RDF + "type"), NamedNode(CORE + "Claim"), CLAIMS):
        claim = complete.get(_value(quad.subject))
        where = _short(graph, quad.subject)
        if claim is None:
            yield Finding(ERROR, where, "has no complete triple and evidence", _REBUILD)
            continue
        if not (claim.quote and claim.exact):
            yield Finding(ERROR, where, "its evidence has no words", _REBUILD)
        if claim.end <= claim.start:
            yield Finding(ERROR, where, f"its evidence ends at {claim.end}, where it starts or before", _REBUILD)
        elif len(claim.exact) != claim.end - claim.start:
            length = f"{len(claim.exact)} characters for {claim.start}–{claim.end}"
            yield Finding(ERROR, where, f"the words of its evidence do not fit its place: {length}", _REBUILD)


def _facts(graph: KnowledgeGraph) -> Iterator[Finding]:
    default = DefaultGraph()
    stated = {claim.triple for claim in record.claims(graph.store) if claim.accepted and claim.stance == "asserted"}
    for relation in graph.ontology.relations:
        for quad in graph.store.quads_for_pattern(None, NamedNode(relation.iri), None, default):
            where = _short(graph, quad.subject)
            triple = (_value(quad.subject), relation.iri, record.term(quad.object))
            if triple not in stated:
                what = f"{relation.name} {_short(graph, quad.object)} has no accepted claim"
                yield Finding(ERROR, where, what, _REBUILD)
            if relation.datatype is None and not _described(graph, quad):
                what = f"{relation.name} leads to {_short(graph, quad.object)}, of which nothing is known"
                yield Finding(ERROR, where, what, "add it to the seeds, or build the graph again")
        if relation.earliest and relation.latest:
            yield from _intervals(graph, relation.name, relation.iri, relation.earliest, relation.latest)


def _described(graph: KnowledgeGraph, quad: Quad) -> bool:
    if not isinstance(quad.object, NamedNode):
        return False
    of = graph.store.quads_for_pattern(quad.object, NamedNode(RDF + "type"), None, DefaultGraph())
    return next(of, None) is not None


def _intervals(graph: KnowledgeGraph, name: str, relation: str, earliest: str, latest: str) -> Iterator[Finding]:
    def days(predicate: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for quad in graph.store.quads_for_pattern(None, NamedNode(predicate), None, DefaultGraph()):
            found.setdefault(_value(quad.subject), []).append(_value(quad.object))
        return found

    first, last, dates = days(earliest), days(latest), days(relation)
    for subject in sorted({*first, *last, *dates}):
        where = lookup.shortened(subject, graph.prefixes)
        if subject not in first or subject not in last or subject not in dates:
            yield Finding(ERROR, where, f"{name} lacks its value, its first day or its last", _REBUILD)
        elif min(first[subject]) > max(last[subject]):
            what = f"{name} begins on {min(first[subject])}, after its end on {max(last[subject])}"
            yield Finding(ERROR, where, what, _REBUILD)


def _links(graph: KnowledgeGraph) -> Iterator[Finding]:
    """Links between claims, evidence and documents that lead nowhere."""
    for predicate in (CORE + "refinedBy", CORE + "conflictsWith", PROV + "wasDerivedFrom", OA + "hasSource"):
        for quad in graph.store.quads_for_pattern(None, NamedNode(predicate), None, CLAIMS):
            target = quad.object
            known = isinstance(target, NamedNode) and next(
                graph.store.quads_for_pattern(target, NamedNode(RDF + "type"), None, CLAIMS), None
            )
            if not known:
                what = f"{_short(graph, quad.predicate)} leads to {_short(graph, target)}, which is not in the graph"
                yield Finding(ERROR, _short(graph, quad.subject), what, _REBUILD)


def _labels(graph: KnowledgeGraph) -> Iterator[Finding]:
    classes = {cls.iri for cls in graph.ontology.classes}
    for quad in graph.store.quads_for_pattern(None, NamedNode(RDF + "type"), None, None):
        if _value(quad.object) not in classes or not isinstance(quad.subject, NamedNode):
            continue
        for predicate in (RDFS + "label", SKOS + "prefLabel"):
            found = graph.store.quads_for_pattern(quad.subject, NamedNode(predicate), None, quad.graph_name)
            if next(found, None) is None:
                what = f"has no {_short(graph, NamedNode(predicate))}"
                yield Finding(ERROR, _short(graph, quad.subject), what, "give it a label in the seeds")


def _value(term: object) -> str:
    return str(getattr(term, "value", term))


def _short(graph: KnowledgeGraph, term: object) -> str:
    if isinstance(term, BlankNode):
        return "a blank node"
    return lookup.shortened(_value(term), graph.prefixes)


def _rank(language: str) -> int:
    return _LANGUAGES.index(language) if language in _LANGUAGES else len(_LANGUAGES)


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]
