from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import networkx
import pyoxigraph as ox
import pytest
import rdflib
from hand_built import CLAIMS, FACTS, FORMULA, HOSTILE, LONG, build

from kg import export, store, tables
from kg.errors import GraphError
from kg.graph import KnowledgeGraph

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    return build(tmp_path_factory.mktemp("graph"))


def facts(graph: KnowledgeGraph) -> set[ox.Quad]:
    return set(graph.store.quads_for_pattern(None, None, None, ox.DefaultGraph()))


def rows(graph: KnowledgeGraph) -> list[dict[str, str]]:
    text = export.export(graph, "csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_ttl_and_trig_are_the_files_of_the_build(graph: KnowledgeGraph) -> None:
    assert export.export(graph, "ttl") == (graph.folder / store.FACTS).read_bytes()
    assert export.export(graph, "trig") == (graph.folder / store.DATASET).read_bytes()


@pytest.mark.parametrize(
    ("format", "read"), [("nt", ox.RdfFormat.N_TRIPLES), ("jsonld", ox.RdfFormat.JSON_LD), ("ttl", ox.RdfFormat.TURTLE)]
)
def test_facts_come_back(graph: KnowledgeGraph, format: str, read: ox.RdfFormat) -> None:
    assert set(ox.parse(export.export(graph, format), read)) == facts(graph)


@pytest.mark.parametrize(("format", "read"), [("nq", ox.RdfFormat.N_QUADS), ("trig", ox.RdfFormat.TRIG)])
def test_claims_come_back_too(graph: KnowledgeGraph, format: str, read: ox.RdfFormat) -> None:
    assert set(ox.parse(export.export(graph, format), read)) == set(graph.store)


def test_claims_as_reifiers_are_read_back(graph: KnowledgeGraph) -> None:
    """RDF 1.2: what is read back, with each reifier taken apart again, is the graph that was written."""
    read = set(ox.parse(export.export(graph, "ttl12"), ox.RdfFormat.TURTLE))
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    apart: set[ox.Triple] = set()
    reifiers = 0
    for quad in read:
        if quad.predicate.value != rdf + "reifies":
            apart.add(quad.triple)
            continue
        reifiers += 1
        assert isinstance(quad.object, ox.Triple)
        apart.add(ox.Triple(quad.subject, ox.NamedNode(rdf + "type"), ox.NamedNode(rdf + "Statement")))
        for part in ("subject", "predicate", "object"):
            apart.add(ox.Triple(quad.subject, ox.NamedNode(rdf + part), getattr(quad.object, part)))
    assert reifiers == len(CLAIMS)
    assert apart == {quad.triple for quad in graph.store}


def test_a_claimed_triple_is_not_asserted_by_its_reifier(graph: KnowledgeGraph) -> None:
    read = ox.Store()
    read.bulk_load(export.export(graph, "ttl12"), ox.RdfFormat.TURTLE)
    prefixes = graph.prefixes
    only_claimed = "ASK { ?c rdf:reifies <<( model:言海 ai:developedBy org:murmur )>> ; kg:stance 'rumoured' }"
    assert bool(read.query(only_claimed, prefixes=prefixes))
    assert not bool(read.query("ASK { model:言海 ai:developedBy org:murmur }", prefixes=prefixes))
    triple = "model:言海 ai:developedBy org:lingxi"
    both = f"SELECT ?c {{ {triple} . ?c rdf:reifies <<( {triple} )>> }}"
    assert len(list(read.query(both, prefixes=prefixes))) == 2


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own reader of JSON-LD uses it
@pytest.mark.parametrize(("format", "read"), [("nt", "nt"), ("jsonld", "json-ld"), ("rdfxml", "xml")])
def test_rdflib_reads_as_many_facts(graph: KnowledgeGraph, format: str, read: str) -> None:
    parsed = rdflib.Graph().parse(data=export.export(graph, format), format=read)
    assert len(parsed) == len(facts(graph))


def test_rdfxml_says_what_xml_cannot_hold(graph: KnowledgeGraph) -> None:
    text = export.export(graph, "rdfxml")
    ElementTree.fromstring(text)
    known = set(ox.parse(text, ox.RdfFormat.RDF_XML))
    without = {q for q in facts(graph) if "\x1b" not in getattr(q.object, "value", "")}
    assert without <= known
    assert {str(q.object) for q in known - without} == {
        str(ox.Literal(HOSTILE.replace("\x1b", "\ufffd"), language="en"))
    }


def test_nothing_in_the_lines_forges_a_triple(graph: KnowledgeGraph) -> None:
    lines = export.export(graph, "nt").decode("utf-8").splitlines()
    assert len(lines) == len(facts(graph))
    assert lines == sorted(lines, key=lambda line: line.split(" ", 1)[0])
    assert json.loads(export.export(graph, "jsonld"))


def test_csv_is_one_fact_a_row_with_its_best_words(graph: KnowledgeGraph) -> None:
    found = rows(graph)
    assert len(found) == len(FACTS)
    released = next(row for row in found if row["relation_id"] == "ai:releasedOn")
    assert released == {
        "subject": "言海",
        "relation": "发布日期",
        "object": "2023-04-11",
        "subject_id": "model:言海",
        "relation_id": "ai:releasedOn",
        "object_id": "",
        "quote": "灵犀科技在4月11日发布了言海模型",
        "publisher": "早报",
        "published": "2023-04-12",
        "url": "https://news.example.org/1?a=1&b=2",
        "document": "灵犀科技发布言海",
        "sources": "2",
        "confidence": "0.97",
    }
    made = next(row for row in found if row["subject_id"] == "model:言海" and row["relation_id"] == "ai:developedBy")
    assert (made["object"], made["object_id"], made["publisher"]) == ("灵犀科技", "org:lingxi", "早报")


def test_csv_opens_in_spreadsheets(graph: KnowledgeGraph) -> None:
    raw = export.export(graph, "csv")
    assert raw.startswith(b"\xef\xbb\xbfsubject,relation,object,")
    assert raw.endswith(b"\r\n")
    assert b"\x1b" not in raw
    found = rows(graph)
    title = next(row for row in found if row["relation_id"] == "ai:hasTitle")
    assert title["object"] == f"'{FORMULA}"
    hostile = next(row for row in found if row["subject"].startswith("a "))
    assert hostile["subject"] == HOSTILE.replace("\x1b", "\ufffd")
    assert any(row["subject"] == LONG for row in found)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", " =1", "＝1", "＋1", "－1", "＠x"])
def test_formulas_are_defused(text: str) -> None:
    assert export._cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "言海", "a=b", "2023-04-11", "7B", "'x"])
def test_other_cells_stay(text: str) -> None:
    assert export._cell(text) == text


def test_graphml_and_gexf_are_read_back(graph: KnowledgeGraph) -> None:
    entity_facts = sum(isinstance(fact.object, str) for fact in FACTS)
    graphml = export.export(graph, "graphml")
    edges = [e.get("id") for e in ElementTree.fromstring(graphml).iter("{http://graphml.graphdrawing.org/xmlns}edge")]
    assert len(set(edges)) == len(edges) == entity_facts
    assert networkx.parse_graphml(graphml.decode("utf-8"), force_multigraph=True).number_of_edges() == entity_facts
    gexf = export.export(graph, "gexf")
    assert b"lastmodifieddate" not in gexf
    read = networkx.read_gexf(io.BytesIO(gexf))
    assert read.number_of_edges() == entity_facts
    assert "model:言海" in read


def test_the_same_bytes_under_any_hash_seed(graph: KnowledgeGraph, tmp_path: Path) -> None:
    script = (
        "import sys, pathlib, kg.graph, kg.export as e\n"
        "g = kg.graph.open(sys.argv[1])\n"
        "for f in e.FORMATS: (pathlib.Path(sys.argv[2]) / f).write_bytes(e.export(g, f))"
    )
    for seed in ("1", "2"):
        (tmp_path / seed).mkdir()
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        run = [sys.executable, "-c", script, str(graph.folder), str(tmp_path / seed)]
        subprocess.run(run, cwd=ROOT, env=environment, check=True)
    for format in export.FORMATS:
        assert (tmp_path / "1" / format).read_bytes() == (tmp_path / "2" / format).read_bytes(), format


def test_an_unknown_format_lists_the_known_ones(graph: KnowledgeGraph) -> None:
    with pytest.raises(GraphError, match="'xlsx' is no format to export to; formats are ttl, ttl12, trig"):
        export.export(graph, "xlsx")
    assert set(tables.FORMATS) - {"table", "json", "tsv"} <= set(export.FORMATS)
