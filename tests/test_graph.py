from __future__ import annotations

import json
from pathlib import Path

import pytest
from hand_built import KNOWLEDGE, build

import kg.graph
from kg import ontology, store
from kg.errors import GraphError, OntologyError


def test_an_opened_graph_is_ready_for_questions(tmp_path: Path) -> None:
    build(tmp_path)
    graph = kg.graph.open(tmp_path)
    assert graph.folder == tmp_path
    assert graph.ontology.name == "ai-models"
    assert graph.query("ASK { model:言海 ai:developedBy org:lingxi }").truth is True
    assert graph.dataset is graph.dataset
    assert len(list(graph.dataset.quads())) == len(graph.store)
    assert str(tmp_path) in repr(graph)


def test_two_can_read_at_once(tmp_path: Path) -> None:
    one, other = build(tmp_path), kg.graph.open(tmp_path)
    assert len(one.store) == len(other.store)


def test_the_report_names_the_ontology_and_the_base(tmp_path: Path) -> None:
    folder = tmp_path / "ontologies" / "mine"
    folder.mkdir(parents=True)
    turtle = (ontology.load().folder / "ontology.ttl").read_text(encoding="utf-8")
    (folder / "ontology.ttl").write_text(turtle, encoding="utf-8")
    out = tmp_path / "output"
    store.write(KNOWLEDGE, ontology.load(str(folder)), out, "https://here.example/")
    report = {"ontology": str(folder), "base": "https://here.example/"}
    (out / "report.json").write_text(json.dumps(report), encoding="utf-8")
    graph = kg.graph.open(out)
    assert graph.ontology.name == "mine"
    assert graph.query("SELECT ?o WHERE { model:言海 ai:developedBy ?o }").rows[0][0] is not None
    (folder / "ontology.ttl").unlink()
    with pytest.raises(OntologyError, match="was built with the ontology"):
        kg.graph.open(out)


@pytest.mark.parametrize("report", ["{", "[]", "\ud800".encode("utf-8", "surrogatepass")])
def test_a_damaged_report_is_said(tmp_path: Path, report: str | bytes) -> None:
    build(tmp_path)
    (tmp_path / "report.json").write_bytes(report if isinstance(report, bytes) else report.encode("utf-8"))
    with pytest.raises(GraphError, match=r"report\.json: .*; build the graph again"):
        kg.graph.open(tmp_path)


def test_a_folder_without_a_graph_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="no graph here; run: kg build INPUT -o "):
        kg.graph.open(tmp_path)
    with pytest.raises(GraphError, match="no graph here"):
        kg.graph.open(tmp_path / "missing")


def test_a_damaged_store_is_said(tmp_path: Path) -> None:
    build(tmp_path)
    for file in store.place(tmp_path).iterdir():
        file.write_bytes(b"damaged")
    with pytest.raises(GraphError, match="cannot be opened"):
        kg.graph.open(tmp_path).query("ASK { ?s ?p ?o }")
