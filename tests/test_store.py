from __future__ import annotations

import errno
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hand_built import HOSTILE, KNOWLEDGE, build
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib.compare import isomorphic

from kg import iri, ontology, store, triples, turtle
from kg.errors import GraphError
from kg.model import Entity, Fact, Knowledge, Value

FILES = (store.FACTS, store.CLAIMS, store.DATASET)
ROOT = Path(__file__).resolve().parent.parent


def parsed(file: Path, format: ox.RdfFormat) -> set[ox.Quad]:
    return set(ox.parse(file.read_bytes(), format))


def quads_of(graph: rdflib.Graph, name: ox.NamedNode | None = None) -> set[ox.Quad]:
    """The triples of rdflib's graph as quads of pyoxigraph's."""
    return {ox.Quad(*(term(t) for t in triple), name or ox.DefaultGraph()) for triple in graph}


def term(of: object) -> ox.NamedNode | ox.Literal:
    if isinstance(of, rdflib.Literal):
        datatype = ox.NamedNode(str(of.datatype)) if of.datatype else None
        return ox.Literal(str(of), language=of.language) if of.language else ox.Literal(str(of), datatype=datatype)
    assert isinstance(of, rdflib.URIRef)
    return ox.NamedNode(str(of))


def test_files_are_readable_turtle(tmp_path: Path) -> None:
    build(tmp_path)
    text = (tmp_path / "kg.ttl").read_text(encoding="utf-8")
    assert "\nmodel:言海 a ai:Model ;\n" in text
    assert "    ai:developedBy org:lingxi ;\n" in text
    assert "    ai:parameterCount 7000000000 ;\n" in text
    assert '    ai:releasedOn "2023-04-11"^^xsd:date ;\n' in text
    assert "[]" not in text
    assert "_:" not in text
    assert "\r" not in text
    assert "\u202e" not in text
    claims = (tmp_path / "claims.ttl").read_text(encoding="utf-8")
    assert "\nclaim:c02 a rdf:Statement, kg:Claim ;\n" in claims
    assert "    kg:confidence 0.95 ;\n" in claims
    trig = (tmp_path / "kg.trig").read_text(encoding="utf-8")
    assert "\nkg:claims {\n" in trig
    assert trig.endswith("}\n")


def test_rdflib_and_pyoxigraph_read_the_same(tmp_path: Path) -> None:
    graph = build(tmp_path)
    for name in (store.FACTS, store.CLAIMS):
        by_rdflib = rdflib.Graph().parse(tmp_path / name, format="turtle")
        by_oxigraph = rdflib.Graph()
        lines = ox.serialize(
            (q.triple for q in parsed(tmp_path / name, ox.RdfFormat.TURTLE)), format=ox.RdfFormat.N_TRIPLES
        )
        by_oxigraph.parse(data=lines, format="nt")
        assert len(by_rdflib) > 20
        assert isomorphic(by_rdflib, by_oxigraph)
    in_store = set(graph.store)
    assert parsed(tmp_path / store.DATASET, ox.RdfFormat.TRIG) == in_store
    claims = graph.dataset.graph(rdflib.URIRef(iri.CLAIMS))
    assert quads_of(graph.dataset.default_graph) | quads_of(claims, ox.NamedNode(iri.CLAIMS)) == in_store
    assert len(graph.dataset.default_graph) + len(claims) == len(in_store)


def test_facts_and_claims_are_the_dataset(tmp_path: Path) -> None:
    graph = build(tmp_path)
    facts, claims = (
        parsed(tmp_path / store.FACTS, ox.RdfFormat.TURTLE),
        parsed(tmp_path / store.CLAIMS, ox.RdfFormat.TURTLE),
    )
    inside = {ox.Quad(q.subject, q.predicate, q.object, ox.NamedNode(iri.CLAIMS)) for q in claims}
    assert set(graph.store) == facts | inside


LABELS = st.one_of(
    st.text(min_size=1, max_size=40), st.text(alphabet="\"\\'\n\r\t\u202e\x00 a.云#;,<>{}", min_size=1, max_size=20)
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(st.lists(LABELS, min_size=1, max_size=4, unique=True))
def test_any_names_come_back_from_turtle(names: list[str]) -> None:
    ids = {f"model:{iri.local_name(name)}": name for name in names}
    entities = tuple(Entity(entity_id, "Model", name, aliases=(HOSTILE,)) for entity_id, name in ids.items())
    facts = tuple(Fact(e.id, "developedBy", "org:x", (), 1.0, 1, "") for e in entities)
    titles = tuple(Fact("person:p", "hasTitle", Value(name), (), 1.0, 1, "") for name in names)
    known = Knowledge(
        entities=(*entities, Entity("org:x", "Organization", "x"), Entity("person:p", "Person", "p")),
        facts=facts + titles,
    )
    onto = ontology.load()
    quads = triples.facts(known, onto)
    text = "".join(turtle.turtle(quads, triples.prefixes(onto)))
    assert set(ox.parse(text, ox.RdfFormat.TURTLE)) == set(quads)
    assert quads_of(rdflib.Graph().parse(data=text, format="turtle")) == set(quads)


def test_other_bytes_only_for_other_knowledge(tmp_path: Path) -> None:
    """The same knowledge gives the same bytes under any hash seed."""
    script = (
        "import sys; sys.path[:0] = ['tests']; import hand_built, pathlib; hand_built.build(pathlib.Path(sys.argv[1]))"
    )
    for seed in ("1", "2"):
        run = [sys.executable, "-c", script, str(tmp_path / seed)]
        subprocess.run(run, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}, check=True)
    for name in FILES:
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()


def test_a_second_build_replaces_the_first(tmp_path: Path) -> None:
    build(tmp_path)
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    graph = build(tmp_path, replace(KNOWLEDGE, facts=KNOWLEDGE.facts[:1], claims=()))
    assert "releasedOn " not in (tmp_path / store.FACTS).read_text(encoding="utf-8")
    assert len(graph.query("SELECT ?s WHERE { ?s ai:developedBy ?o }").rows) == 1
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["claims.ttl", "kg.trig", "kg.ttl", "notes.txt", "store"]


def test_readers_keep_the_store_that_they_opened(tmp_path: Path) -> None:
    build(tmp_path)
    reader = ox.Store.read_only(str(store.place(tmp_path)))
    before = set(reader)
    rows = iter(reader.query("SELECT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }"))  # type: ignore[arg-type]
    next(rows)
    for facts in (KNOWLEDGE.facts[:1], KNOWLEDGE.facts[:2]):
        build(tmp_path, replace(KNOWLEDGE, facts=facts, claims=()))
    assert len(list(rows)) > 100
    assert set(reader) == before
    assert set(ox.Store.read_only(str(store.place(tmp_path)))) != before


@pytest.mark.parametrize("where", ["turtle", "trig", "bulk_extend", "rename"])
def test_a_full_disk_leaves_everything_as_it_was(tmp_path: Path, where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    build(tmp_path)
    before = {name: (tmp_path / name).read_bytes() for name in FILES}
    full = OSError(errno.ENOSPC, "No space left on device")
    if where in {"turtle", "trig"}:
        begins = {"turtle": "header", "trig": "indented"}[where]

        def fails(*_: object) -> str:
            raise full

        monkeypatch.setattr(turtle, begins, fails)
    elif where == "bulk_extend":

        class Store:
            def __init__(self, path: str) -> None:
                Path(path).mkdir()

            def bulk_extend(self, quads: object) -> None:
                raise full

        monkeypatch.setattr(store, "Store", Store)
    else:
        replace_ = Path.replace

        def third(self: Path, target: Path) -> Path:
            if self.name == store.FACTS and self.parent.name == ".building":
                raise full
            return replace_(self, target)

        monkeypatch.setattr(Path, "replace", third)
    with pytest.raises(
        GraphError, match=r"could not be written \(No space left on device\); what was there is unchanged"
    ):
        store.write(replace(KNOWLEDGE, facts=()), ontology.load(), tmp_path)
    monkeypatch.undo()
    assert {name: (tmp_path / name).read_bytes() for name in FILES} == before
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([*FILES, "store"])
    assert len(ox.Store.read_only(str(store.place(tmp_path)))) > 100


def test_an_interrupt_leaves_everything_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(tmp_path)
    replace_ = Path.replace

    def interrupted(self: Path, target: Path) -> Path:
        if self.name == store.FACTS and self.parent.name == ".building":
            raise KeyboardInterrupt
        return replace_(self, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        store.write(replace(KNOWLEDGE, facts=()), ontology.load(), tmp_path)
    monkeypatch.undo()
    assert "model:言海" in (tmp_path / store.FACTS).read_text(encoding="utf-8")
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([*FILES, "store"])


def test_what_a_killed_run_left_is_put_right(tmp_path: Path) -> None:
    build(tmp_path)
    (tmp_path / ".building").mkdir()
    (tmp_path / ".building" / "half.ttl").write_text("half", encoding="utf-8")
    (tmp_path / ".replaced").mkdir()
    (tmp_path / ".replaced" / store.FACTS).hardlink_to(tmp_path / store.FACTS)
    (tmp_path / "store" / "half").mkdir()
    build(tmp_path)
    assert (tmp_path / store.FACTS).is_file()
    assert sorted((tmp_path / "store").iterdir()) == sorted([tmp_path / "store" / "current", store.place(tmp_path)])
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([*FILES, "store"])


def test_other_files_can_go_with_the_graph(tmp_path: Path) -> None:
    with store.building(tmp_path / "new" / "output") as new:
        (new / "report.json").write_text("{}", encoding="utf-8")
        assert not (tmp_path / "new" / "output" / "report.json").exists()
    assert [p.name for p in (tmp_path / "new" / "output").iterdir()] == ["report.json"]


def test_the_folder_may_not_be_a_file(tmp_path: Path) -> None:
    (tmp_path / "output").write_text("x", encoding="utf-8")
    with pytest.raises(GraphError, match="this is a file, and the graph needs a folder"):
        store.write(KNOWLEDGE, ontology.load(), tmp_path / "output")
    with pytest.raises(GraphError, match="could not be written"):
        store.write(KNOWLEDGE, ontology.load(), tmp_path / "output" / "below")
    assert (tmp_path / "output").read_text(encoding="utf-8") == "x"


def test_nothing_known_is_a_graph_too(tmp_path: Path) -> None:
    graph = build(tmp_path, Knowledge())
    assert len(graph.store) == 0
    assert len(graph.dataset.default_graph) == 0
    assert graph.query("SELECT ?s WHERE { ?s ?p ?o }").rows == ()
