from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hand_built import CLAIMS, ENTITIES, FACTS, KNOWLEDGE, build
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store
from rich.console import Console

import kg.graph
from kg import iri, store, triples, validate
from kg.errors import GraphError, OntologyError
from kg.graph import KnowledgeGraph
from kg.model import Evidence, Knowledge, Span

AI = "https://kg.example.org/ontology/ai-models#"
XSD = "http://www.w3.org/2001/XMLSchema#"
MODEL = NamedNode(iri.iri("model:言海"))


def changed(folder: Path, change: Callable[[Store], None]) -> KnowledgeGraph:
    """The graph of the example with its store changed, and its Turtle left as it was."""
    build(folder)
    opened = Store(str(store.place(folder)))
    change(opened)
    opened.flush()
    del opened
    return kg.graph.open(folder)


def whats(graph: KnowledgeGraph) -> list[tuple[str, str]]:
    return [(finding.where, finding.what) for finding in validate.validate(graph)]


@pytest.mark.parametrize(
    ("damage", "what"),
    [
        (lambda file: file.write_text("garbage <"), "cannot be read"),
        (lambda file: file.write_text(""), "is empty"),
        (Path.unlink, "cannot be read"),
    ],
)
@pytest.mark.parametrize("name", [store.FACTS, store.CLAIMS])
def test_a_damaged_file_is_found(tmp_path: Path, name: str, damage: Callable[[Path], None], what: str) -> None:
    graph = build(tmp_path)
    damage(tmp_path / name)
    (found,) = validate.validate(graph)
    assert (found.where, found.severity) == (name, validate.ERROR)
    assert what in found.what


def test_a_good_graph_has_no_findings(tmp_path: Path) -> None:
    assert validate.validate(build(tmp_path)) == ()


def test_a_graph_without_anything_has_no_findings(tmp_path: Path) -> None:
    assert validate.validate(build(tmp_path, Knowledge())) == ()


def test_shapes_speak_of_facts(tmp_path: Path) -> None:
    wrong = replace(FACTS[0], object="person:王五")
    claim = replace(CLAIMS[0], object="person:王五")
    graph = build(tmp_path, replace(KNOWLEDGE, facts=(wrong, *FACTS[1:]), claims=(claim, *CLAIMS[1:])))
    (finding,) = validate.validate(graph)
    assert (finding.severity, finding.where) == ("error", "person:王五")
    assert "organization" in finding.what
    assert finding.advice


def test_shapes_speak_of_claims(tmp_path: Path) -> None:
    claim = replace(CLAIMS[0], confidence=1.5, extractor="")
    found = whats(build(tmp_path, replace(KNOWLEDGE, claims=(claim, *CLAIMS[1:]))))
    assert {where for where, _ in found} == {"claim:c01"}
    assert any("decimal from 0 to 1" in what and "kg:confidence" in what and "1.5" in what for _, what in found)
    assert any("extractor" in what for _, what in found)


def test_blank_labels_are_found(tmp_path: Path) -> None:
    blank = replace(ENTITIES[2], label=" ", aliases=())
    found = whats(build(tmp_path, replace(KNOWLEDGE, entities=(*ENTITIES[:2], blank, *ENTITIES[3:]))))
    assert {where for where, _ in found} == {"model:言海"}


def test_evidence_that_does_not_fit_its_place(tmp_path: Path) -> None:
    off = replace(CLAIMS[0], evidence=Evidence(3, 9, "它由", "它由", Span(3, 5)))
    turned = replace(CLAIMS[4], evidence=Evidence(9, 3, "灵犀", "灵犀", Span(3, 5)))
    found = whats(build(tmp_path, replace(KNOWLEDGE, claims=(off, *CLAIMS[1:4], turned, *CLAIMS[5:]))))
    assert ("claim:c01", "the words of its evidence do not fit its place: 2 characters for 3–9") in found
    assert ("claim:c05", "its evidence ends at 3, where it starts or before") in found


def test_a_fact_without_a_claim(tmp_path: Path) -> None:
    found = whats(build(tmp_path, replace(KNOWLEDGE, claims=CLAIMS[1:-1])))
    assert ("model:言海", "developedBy org:lingxi has no accepted claim") in found


def test_a_claim_without_evidence_and_links_that_lead_nowhere(tmp_path: Path) -> None:
    def change(opened: Store) -> None:
        claim = NamedNode(iri.iri("claim:c01"))
        for quad in list(opened.quads_for_pattern(claim, NamedNode(triples.PROV + "wasDerivedFrom"), None, None)):
            opened.remove(quad)
        lost = NamedNode(iri.iri("claim:lost"))
        opened.add(Quad(NamedNode(iri.iri("claim:c02")), NamedNode(triples.CORE + "refinedBy"), lost, triples.CLAIMS))

    found = whats(changed(tmp_path, change))
    assert ("claim:c01", "has no complete triple and evidence") in found
    assert ("claim:c02", "kg:refinedBy leads to claim:lost, which is not in the graph") in found


def test_blank_nodes_dangling_ids_and_missing_labels(tmp_path: Path) -> None:
    def change(opened: Store) -> None:
        opened.add(Quad(MODEL, NamedNode(AI + "developedBy"), BlankNode("b")))
        opened.add(Quad(MODEL, NamedNode(AI + "versionOf"), NamedNode(iri.iri("model:gone"))))
        opened.add(Quad(NamedNode(iri.iri("org:new")), NamedNode(triples.RDF + "type"), NamedNode(AI + "Organization")))

    found = whats(changed(tmp_path, change))
    assert ("model:言海", "has a blank node (ai:developedBy)") in found
    assert ("model:言海", "versionOf leads to model:gone, of which nothing is known") in found
    assert ("org:new", "has no rdfs:label") in found
    assert ("org:new", "has no skos:prefLabel") in found


def test_an_interval_that_is_turned_round_or_missing(tmp_path: Path) -> None:
    def change(opened: Store) -> None:
        day = Literal("2024-01-01", datatype=NamedNode(XSD + "date"))
        for quad in list(opened.quads_for_pattern(MODEL, NamedNode(AI + "releasedOnEarliest"), None, None)):
            opened.remove(quad)
            opened.add(Quad(MODEL, quad.predicate, day))
        opened.add(Quad(MODEL, NamedNode(AI + "betaOnLatest"), day))

    found = whats(changed(tmp_path, change))
    assert ("model:言海", "releasedOn begins on 2024-01-01, after its end on 2023-04-11") in found
    assert ("model:言海", "betaOn lacks its value, its first day or its last") in found


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    graph = build(tmp_path)
    (tmp_path / store.DATASET).write_text("<a> <b>", encoding="utf-8")
    with pytest.raises(GraphError, match=r"kg\.trig: cannot be read "):
        validate.validate(graph)


def test_shapes_that_cannot_be_read(tmp_path: Path) -> None:
    folder = tmp_path / "ontologies" / "mine"
    folder.mkdir(parents=True)
    graph = build(tmp_path / "output")
    turtle = (graph.ontology.folder / "ontology.ttl").read_text(encoding="utf-8")
    (folder / "ontology.ttl").write_text(turtle, encoding="utf-8")
    (folder / "shapes.ttl").write_text("sh:oops", encoding="utf-8")
    (tmp_path / "output" / "report.json").write_text(json.dumps({"ontology": str(folder)}), encoding="utf-8")
    with pytest.raises(OntologyError, match=r"shapes\.ttl: these shapes cannot be read"):
        validate.validate(kg.graph.open(tmp_path / "output"))


def test_findings_are_readable(tmp_path: Path) -> None:
    findings = validate.validate(build(tmp_path, replace(KNOWLEDGE, claims=CLAIMS[1:-1])))
    assert findings == tuple(sorted(findings))
    assert str(findings[0]).startswith("error: model:言海: developedBy org:lingxi has no accepted claim; build")
    assert validate.as_json(findings)[0]["severity"] == "error"
    console = Console(width=140)
    with console.capture() as captured:
        console.print(validate.rendered(findings))
    assert "has no accepted claim" in captured.get()
