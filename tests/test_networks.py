from __future__ import annotations

import io
from pathlib import Path

import networkx
import pyoxigraph as ox
import pytest

from kg import ontology, quotes
from kg.networks import Network, read, to_networkx
from kg.ontology import Ontology

LANDSCAPE = Path(__file__).parent / "fixtures" / "landscape.trig"
PREFIXES = """
@prefix ai: <https://kg.example.org/ontology/ai-models#> .
@prefix org: <https://kg.example.org/id/org/> .
@prefix model: <https://kg.example.org/id/model/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def stored(trig: str) -> ox.Store:
    store = ox.Store()
    store.load(trig, format=ox.RdfFormat.TRIG)
    return store


@pytest.fixture(scope="module")
def ai() -> Ontology:
    return ontology.load("ai-models")


@pytest.fixture(scope="module")
def store() -> ox.Store:
    return stored(LANDSCAPE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def network(store: ox.Store, ai: Ontology) -> Network:
    return read(store, ai)


def test_entities_and_values_of_facts_are_nodes_in_order(network: Network) -> None:
    assert [node.id for node in network.nodes] == [
        "model:wenxin",
        "model:yunque",
        "org:baidu",
        "person:li",
        "tier:1",
        "date:2023-03-16",
        "date:2023-08",
        "integer:260000000000",
        "string:CTO",
        "string:副总裁",
    ]
    baidu = next(node for node in network.nodes if node.id == "org:baidu")
    assert (baidu.type, baidu.label) == ("Organization", "百度")
    assert baidu.labels == (("en", "Baidu"), ("zh", "百度"))
    assert baidu.aliases == ("Baidu Inc.", "百度公司")


def test_facts_are_edges_and_the_bounds_of_dates_are_not(network: Network) -> None:
    of_model = [(edge.relation, edge.target) for edge in network.edges if edge.source == "model:wenxin"]
    assert of_model == [
        ("developedBy", "org:baidu"),
        ("releasedOn", "date:2023-03-16"),
        ("betaOn", "date:2023-03-16"),
        ("parameterCount", "integer:260000000000"),
    ]


def test_a_fact_has_the_quotes_of_its_claims_and_of_those_that_they_refine(network: Network) -> None:
    released = next(e for e in network.edges if (e.source, e.relation) == ("model:wenxin", "releasedOn"))
    # The planned one is not among them.
    assert [quote.text for quote in released.quotes] == ["百度昨天发布文心一言", "文心一言三月上線"]
    assert (released.confidence, released.sources) == (0.912, 2)
    best, coarser = released.quotes
    assert (best.document, best.title, best.publisher) == ("d01", "春季发布会侧记", "测试周刊")
    assert (best.published, best.start, best.rank) == ("2023-03-17", 12, "preferred")
    assert (coarser.document, coarser.title, coarser.published) == ("d02 a", "", "")


def test_the_confidence_of_the_fact_goes_before_that_of_its_claims(network: Network) -> None:
    made = next(edge for edge in network.edges if edge.relation == "developedBy")
    # The claim that was not accepted is not among its quotes.
    assert [quote.text for quote in made.quotes] == ["百度自研的文心一言"]
    assert (made.confidence, made.sources, made.quotes[0].confidence) == (0.971, 3, 0.95)


def test_a_fact_without_claims_is_an_edge_without_quotes(network: Network) -> None:
    tier = next(edge for edge in network.edges if edge.relation == "tier")
    assert (tier.quotes, tier.confidence, tier.sources) == ((), 0.0, 0)


def test_claims_that_refine_each_other_in_a_circle_end() -> None:
    text = LANDSCAPE.read_text(encoding="utf-8").replace(
        'kg:quote "百度昨天发布文心一言" ;', 'kg:quote "百度昨天发布文心一言" ; kg:refinedBy claim:c2 ;'
    )
    found = quotes.by_triple(stored(text))
    assert {len(of_triple) for triple, of_triple in found.items() if triple[1].endswith("releasedOn")} == {2}


def test_networkx_attributes(store: ox.Store, ai: Ontology) -> None:
    graph = to_networkx(store, ai)
    assert list(graph.nodes) == ["model:wenxin", "model:yunque", "org:baidu", "person:li", "tier:1"]
    assert graph.nodes["model:wenxin"] == {
        "label": "文心一言",
        "label_zh": "文心一言",
        "label_en": "ERNIE Bot",
        "type": "Model",
        "aliases": "文心",
        "releasedOn": "2023-03-16",
        "betaOn": "2023-03-16",
        "parameterCount": 260000000000,
    }
    assert graph.nodes["person:li"]["hasTitle"] == "CTO | 副总裁"
    assert graph.edges["model:wenxin", "org:baidu", "developedBy"] == {
        "relation": "developedBy",
        "label": "开发者",
        "confidence": 0.971,
        "sources": 3,
        "quote": "百度自研的文心一言",
        "document": "d01",
        "published": "2023-03-17",
    }
    assert graph.number_of_edges() == 4


def test_networkx_with_values_as_nodes(store: ox.Store, ai: Ontology) -> None:
    graph = to_networkx(store, ai, values=True)
    assert graph.nodes["date:2023-08"] == {"label": "2023-08", "type": "date", "aliases": ""}
    assert set(graph["model:wenxin"]["date:2023-03-16"]) == {"releasedOn", "betaOn"}
    assert graph.number_of_edges() == 10


def test_numbers_are_integers_only_if_all_are(ai: Ontology) -> None:
    graph = to_networkx(stored(PREFIXES + f"model:a ai:parameterCount 7 . model:b ai:parameterCount {2**70} ."), ai)
    assert [graph.nodes[node]["parameterCount"] for node in ("model:a", "model:b")] == ["7", str(2**70)]


HOSTILE = "a<b>&\"'</script>]]> \\u0001\\u0008\\uFFFE‮\U0001f600"


@pytest.mark.parametrize("write", [networkx.write_graphml, networkx.write_gexf])
def test_hostile_text_can_be_written_and_read_back(ai: Ontology, write: object) -> None:
    graph = to_networkx(
        stored(
            PREFIXES
            + f'model:a skos:prefLabel """{HOSTILE}"""@zh ; ai:developedBy org:x ; ai:releasedOn "2023"^^xsd:gYear .'
        ),
        ai,
    )
    assert graph.nodes["model:a"]["label"].count("\ufffd") == 3
    out = io.BytesIO()
    assert callable(write)
    write(graph, out)
    out.seek(0)
    again = networkx.read_graphml(out) if write is networkx.write_graphml else networkx.read_gexf(out)
    assert again.nodes["model:a"]["label"] == graph.nodes["model:a"]["label"]
    assert again.nodes["model:a"]["releasedOn"] == "2023"


def test_the_order_of_the_store_changes_nothing(ai: Ontology, store: ox.Store) -> None:
    backwards = ox.Store()
    for quad in sorted(store, key=str, reverse=True):
        backwards.add(quad)
    assert read(backwards, ai) == read(store, ai)
    assert list(networkx.generate_graphml(to_networkx(backwards, ai))) == list(
        networkx.generate_graphml(to_networkx(store, ai))
    )


def test_an_entity_without_label_or_type_goes_by_its_id(ai: Ontology) -> None:
    found = read(stored(PREFIXES + "<https://elsewhere.example/x> ai:developedBy org:y ."), ai)
    assert [(node.id, node.label, node.type) for node in found.nodes] == [
        ("https://elsewhere.example/x", "https://elsewhere.example/x", ""),
        ("org:y", "org:y", ""),
    ]


def test_ids_are_known_under_any_base() -> None:
    assert quotes.entity_id("https://data.example.net/kg/id/org/acme") == "org:acme"
    assert quotes.entity_id("urn:x") == "urn:x"


def test_an_empty_store_is_an_empty_graph(ai: Ontology) -> None:
    assert to_networkx(ox.Store(), ai).number_of_nodes() == 0
