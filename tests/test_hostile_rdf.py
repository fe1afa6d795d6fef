"""Hostile names in every place that a document can put them, in every RDF file: nothing breaks, nothing is forged.

Each output is parsed by rdflib and by pyoxigraph, and both must find the graph that was written.
"""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hand_built import HOSTILE, dated, document
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kg import export, graph, iri, ontology, store, validate
from kg.dates import When
from kg.graph import KnowledgeGraph
from kg.model import Claim, Decision, Entity, Evidence, Fact, Knowledge, Rank, Span, Stance, Standing, Value

NASTY = [
    '" .\n<https://evil.example/s> <https://evil.example/p> "forged" .\n#',
    '""" , "x"',
    "'''",
    "> <https://evil.example/> <",
    "a <b> {c} |d| ^e `f` \\g [h](i)",
    "}\n<https://evil.example/g> { <x:s> <x:p> <x:o> }",
    "]]></rdf:Description><x/><!--",
    '{"@id": "https://evil.example/"}',
    "\\u0022 . \\\\",
    "\r\n\t\x00\x01\x1b[31m\x7f\x85\u2028\u2029",
    "\u202eright to left\u202c\u200f\u200b\ufeff",
    "😀👩‍👩‍👧‍👦🇨🇳",
    "\ufffe\uffff\U0001ffff",
    "é\u0065\u0301",
    "长" * 4_000,
    " ",
    ".",
    "@prefix x: <y> .",
    "model:x ; a ai:Model",
    HOSTILE,
]
NAMES = st.one_of(
    st.sampled_from(NASTY),
    st.lists(st.sampled_from(NASTY[:14]), min_size=1, max_size=3).map("".join),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40),
    st.text(st.sampled_from("\"'\\<>{}|^`[]()#@:;.,_~% \n\r\t\u202e\u200f\u0000a中"), min_size=1, max_size=12),
)

READ = {
    "ttl": (ox.RdfFormat.TURTLE, "turtle"),
    "nt": (ox.RdfFormat.N_TRIPLES, "nt"),
    "rdfxml": (ox.RdfFormat.RDF_XML, "xml"),
    "jsonld": (ox.RdfFormat.JSON_LD, "json-ld"),
    "trig": (ox.RdfFormat.TRIG, "trig"),
    "nq": (ox.RdfFormat.N_QUADS, "nquads"),
}
"""What of `kg.export` is RDF 1.1, and how the two libraries call it."""

OURS = ("https://kg.example.org/", "http://www.w3.org/", "https://schema.org/", "http://purl.org/", "http://rdfs.org/")
"""What the nodes and predicates of a graph of ours begin with."""

ONTOLOGY = ontology.load()


def knowledge(names: list[str]) -> Knowledge:
    """A graph in which each name is that of a model, a document, a publisher, a quote, a title, a person's reason …"""
    by_id = {f"model:{iri.local_name(name)}": name for name in names}
    maker = Entity("org:x", "Organization", "x")
    entities = tuple(Entity(i, "Model", name, aliases=(name[::-1],)) for i, name in by_id.items())
    documents, claims, facts = [], [], []
    for number, (entity_id, name) in enumerate(by_id.items()):
        text = f"{name} was made by x."
        made = document(
            f"{number}{name}", text, title=name, publisher=name, url=name, published=When.day(date(2024, 1, 2))
        )
        documents.append(made)
        evidence = Evidence(0, len(text), text, text, Span(0, len(text)))
        about: tuple[tuple[str, str | Value], ...] = (
            ("developedBy", "org:x"),
            ("releasedOn", dated(When.month(2023, 4))),
        )
        for predicate, value in about:
            claim = Claim(
                f"{number}{predicate}", made.id, predicate, entity_id, value, Stance.ASSERTED, 0.9, "test", evidence,
                subject_text=name, object_text=name, attribution=name, rank=Rank.PREFERRED, standing=Standing.SAME,
                because=name, decision=Decision(str(number), "accept", name, name),
            )  # fmt: skip
            claims.append(claim)
            facts.append(Fact(entity_id, predicate, value, (claim.id,), 0.9, 1, name))
    return Knowledge(tuple(documents), (maker, *entities), tuple(claims), tuple(facts))


def by_rdflib(data: bytes, format: str) -> set[ox.Quad]:
    """What rdflib reads, as quads of pyoxigraph; lone graphs and datasets alike."""
    found = rdflib.Dataset()
    found.parse(data=data, format=format)
    default = {None, rdflib.graph.DATASET_DEFAULT_GRAPH_ID}
    return {
        ox.Quad(term(s), term(p), term(o), ox.DefaultGraph() if g in default else ox.NamedNode(str(g)))
        for s, p, o, g in found.quads((None, None, None, None))
    }


def term(of: object) -> ox.NamedNode | ox.Literal:
    if isinstance(of, rdflib.Literal):
        if of.language:
            return ox.Literal(str(of), language=of.language)
        return ox.Literal(str(of), datatype=ox.NamedNode(str(of.datatype)) if of.datatype else None)
    assert isinstance(of, rdflib.URIRef), of
    return ox.NamedNode(str(of))


def written(names: list[str], folder: Path) -> KnowledgeGraph:
    store.write(knowledge(names), ONTOLOGY, folder)
    return graph.open(folder)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own reader of JSON-LD uses it
@pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@example(NASTY)
@given(st.lists(NAMES, min_size=1, max_size=4, unique=True))
def test_both_libraries_read_the_graph_that_was_written(names: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        made = written(names, Path(folder))
        everything = set(made.store)
        facts = {quad for quad in everything if isinstance(quad.graph_name, ox.DefaultGraph)}
        nodes = {str(term.value) for q in everything for term in (q.subject, q.predicate) if hasattr(term, "value")}
        assert {node for node in nodes if not node.startswith(OURS)} == set()
        for format, (oxigraph, other) in READ.items():
            data = export.export(made, format)
            read = set(ox.parse(data, oxigraph))
            assert read == by_rdflib(data, other), format
            if format != "rdfxml":  # XML cannot hold every character, and shows U+FFFD in its place
                assert read == (everything if format in ("trig", "nq") else facts), format
            else:
                assert len(read) == len(facts)
        for file in (store.FACTS, store.CLAIMS, store.DATASET):
            data = (Path(folder) / file).read_bytes()
            form = "trig" if file == store.DATASET else "ttl"
            assert set(ox.parse(data, READ[form][0])) == by_rdflib(data, READ[form][1]), file
        reifiers = set(ox.parse(export.export(made, "ttl12"), ox.RdfFormat.TURTLE))
        assert reifiers == export.reified(everything)


def test_the_worst_of_them_conform(tmp_path: Path) -> None:
    """Our own output fulfils our own shapes, whatever the names; only a name of nothing but spaces is found."""
    made = written([name for name in NASTY if name.strip()], tmp_path)
    assert [str(finding) for finding in validate.validate(made)] == []
