"""The W3C's tests of the SPARQL 1.1 Protocol and of the Service Description, as far as they are for a read-only server.

The manifests name the tests; their requests are described at https://www.w3.org/2009/sparql/docs/tests/ and stand here
as code.  The graphs that those fetch from the web are graphs of the dataset here, since nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
import rdflib
from command_line import ROOT
from rdflib.namespace import RDF

from tests.serve.running import FORM, JSON, Running, folder_of, serving

MANIFESTS = ROOT / "tests" / "w3c"
MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
DATA = "http://kasei.us/2009/09/sparql/data/data{}.rdf"
ONE, TWO, THREE = (DATA.format(number) for number in (1, 2, 3))

READ_ONLY = "the endpoint reads and never writes: every update is refused with 403"
GAPS = {
    "update_dataset_default_graph": READ_ONLY,
    "update_dataset_default_graphs": READ_ONLY,
    "update_dataset_named_graphs": READ_ONLY,
    "update_dataset_full": READ_ONLY,
    "update_post_form": READ_ONLY,
    "update_post_direct": READ_ONLY,
    "update_base_uri": READ_ONLY,
}
"""What cannot pass, and why."""


def entries(folder: str) -> list[str]:
    graph = rdflib.Graph().parse(MANIFESTS / folder / "manifest.ttl")
    names = graph.value(predicate=RDF.type, object=MF.Manifest)
    found = [str(one).rpartition("#")[2] for one in graph.items(graph.value(names, MF.entries))]
    assert found
    return found


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    quads = []
    for address in (ONE, TWO, THREE):
        node = ox.NamedNode(address)
        for predicate, value in (("http://purl.org/dc/elements/1.1/title", "a title"), (str(RDF.type), "a type")):
            quads.append(ox.Quad(node, ox.NamedNode(predicate), ox.Literal(value), node))
    quads.append(ox.Quad(ox.NamedNode("urn:x"), ox.NamedNode("urn:in"), ox.NamedNode("urn:default")))
    with serving(folder_of(quads, tmp_path_factory.mktemp("w3c") / "output")) as running:
        yield running


# --- The protocol --------------------------------------------------------------------------------


def truth(response: httpx.Response, expected: bool = True) -> None:
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] in {JSON, "application/sparql-results+xml"}
    assert response.json()["boolean"] is expected


def refused(response: httpx.Response) -> None:
    assert 400 <= response.status_code < 500, response.text


BOTH = f"ASK {{ <{ONE}> ?p ?o . <{TWO}> ?q ?r }}"
NAMED = f"ASK {{ GRAPH ?g {{ <{ONE}> ?p ?o }} GRAPH ?h {{ <{TWO}> ?q ?r }} }}"
FULL = f"ASK {{ <{THREE}> ?p ?o GRAPH ?g {{ <{ONE}> ?q ?r }} FILTER NOT EXISTS {{ <{ONE}> ?s ?t }} }}"
DIRECT = {"Content-Type": "application/sparql-query"}
DEFAULTS = [("default-graph-uri", ONE), ("default-graph-uri", TWO)]
NAMEDS = [("named-graph-uri", ONE), ("named-graph-uri", TWO)]
FULLS = [("default-graph-uri", THREE), *NAMEDS]


def posted(http: httpx.Client, query: str, dataset: list[tuple[str, str]]) -> httpx.Response:
    return http.post("/sparql", params=dataset, content=query.encode(), headers=DIRECT)


def full(http: httpx.Client) -> None:
    truth(posted(http, FULL, FULLS))
    truth(http.get("/sparql", params=[("query", FULL), *FULLS]))
    truth(
        http.post("/sparql", content=str(httpx.QueryParams([("query", FULL), *FULLS])), headers={"Content-Type": FORM})
    )


def multiple(http: httpx.Client) -> None:
    """2.1.4: a dataset in the request counts, not the one in the query."""
    query = f"ASK FROM <{ONE}> {{ <{ONE}> ?p ?o }}"
    truth(http.get("/sparql", params={"query": query}))
    truth(posted(http, query, [("default-graph-uri", TWO)]), expected=False)


def typed(query: str, *media: str) -> Callable[[httpx.Client], None]:
    def case(http: httpx.Client) -> None:
        response = http.get("/sparql", params={"query": query})
        assert response.status_code == 200, response.text
        assert response.headers["content-type"].partition(";")[0] in media
        for one in media:
            asked = http.get("/sparql", params={"query": query}, headers={"Accept": one})
            assert asked.headers["content-type"].partition(";")[0] == one

    return case


RESULTS = (JSON, "application/sparql-results+xml", "text/csv", "text/tab-separated-values")
RDF_FORMATS = ("application/rdf+xml", "text/turtle", "application/n-triples")
FORM_BODY, JUST_TEXT = {"Content-Type": FORM}, {"Content-Type": "text/plain"}
NO_TYPE = {"Content-Type": ""}
UPDATE = {"Content-Type": "application/sparql-update"}
ASK, INSERT = b"ASK {}", b"INSERT DATA { <urn:a> <urn:b> <urn:c> }"
UTF_16 = "ASK { <urn:言> ?p ?o }".encode("utf-16")
USING = b"DELETE { ?s ?p ?o } USING <urn:g> WHERE { ?s ?p ?o }"

CASES: dict[str, Callable[[httpx.Client], None]] = {
    "query_post_form": lambda h: truth(h.post("/sparql", data={"query": "ASK {}"})),
    "query_dataset_default_graphs_get": lambda h: truth(h.get("/sparql", params=[("query", BOTH), *DEFAULTS])),
    "query_dataset_default_graphs_post": lambda h: truth(posted(h, BOTH, DEFAULTS)),
    "query_dataset_named_graphs_post": lambda h: truth(posted(h, NAMED, NAMEDS)),
    "query_dataset_named_graphs_get": lambda h: truth(h.get("/sparql", params=[("query", NAMED), *NAMEDS])),
    "query_dataset_full": full,
    "query_multiple_dataset": multiple,
    "query_get": lambda h: truth(h.get("/sparql", params={"query": "ASK {}"})),
    "query_content_type_select": typed("SELECT (1 AS ?value) {}", *RESULTS),
    "query_content_type_ask": typed("ASK {}", *RESULTS[:2]),
    "query_content_type_describe": typed("DESCRIBE <urn:x>", *RDF_FORMATS),
    "query_content_type_construct": typed("CONSTRUCT { <urn:s> <urn:p> 1 } WHERE {}", *RDF_FORMATS),
    "query_post_direct": lambda h: truth(h.post("/sparql", content=ASK, headers=DIRECT)),
    "bad_query_method": lambda h: refused(h.put("/sparql", params={"query": "ASK {}"})),
    "bad_multiple_queries": lambda h: refused(h.get("/sparql", params=[("query", "ASK {}"), ("query", "SELECT * {}")])),
    "bad_query_wrong_media_type": lambda h: refused(h.post("/sparql", content=ASK, headers=JUST_TEXT)),
    "bad_query_missing_form_type": lambda h: refused(h.post("/sparql", content=b"query=ASK%20%7B%7D", headers=NO_TYPE)),
    "bad_query_missing_direct_type": lambda h: refused(h.post("/sparql", content=ASK, headers=NO_TYPE)),
    "bad_query_non_utf8": lambda h: refused(h.post("/sparql", content=UTF_16, headers=DIRECT)),
    "bad_query_syntax": lambda h: refused(h.get("/sparql", params={"query": "ASK {"})),
    "bad_update_get": lambda h: refused(h.get("/sparql", params={"update": INSERT})),
    "bad_multiple_updates": lambda h: refused(
        h.post("/sparql", content=b"update=CLEAR%20ALL&update=CLEAR%20ALL", headers=FORM_BODY)
    ),
    "bad_update_wrong_media_type": lambda h: refused(h.post("/sparql", content=INSERT, headers=JUST_TEXT)),
    "bad_update_missing_form_type": lambda h: refused(
        h.post("/sparql", content=b"update=CLEAR%20ALL", headers=NO_TYPE)
    ),
    "bad_update_non_utf8": lambda h: refused(
        h.post("/sparql", content=INSERT.decode().encode("utf-16"), headers=UPDATE)
    ),
    "bad_update_syntax": lambda h: refused(h.post("/sparql", content=b"CLEAR X", headers=UPDATE)),
    "bad_update_dataset_conflict": lambda h: refused(
        h.post("/sparql", params={"using-graph-uri": "urn:h"}, content=USING, headers=UPDATE)
    ),
}


def test_every_test_of_the_protocol_is_here() -> None:
    names = entries("protocol")
    assert len(names) == 34
    assert set(names) == {*CASES, *GAPS}
    assert not set(CASES) & set(GAPS)


@pytest.mark.parametrize("name", CASES)
def test_protocol(endpoint: Running, name: str) -> None:
    CASES[name](endpoint.http)


@pytest.mark.parametrize("name", GAPS)
def test_a_known_gap_is_a_clear_refusal(endpoint: Running, name: str) -> None:
    for response in (
        endpoint.http.post("/sparql", data={"update": INSERT.decode()}),
        endpoint.http.post("/sparql", content=INSERT, headers=UPDATE),
    ):
        assert response.status_code == 403
        assert "never writes" in response.text
    assert endpoint.ask("ASK { FILTER NOT EXISTS { <urn:a> <urn:b> <urn:c> } }")


# --- The service description ---------------------------------------------------------------------

CLASSES = {"Service", "Language", "Function", "Aggregate", "EntailmentRegime", "EntailmentProfile", "GraphCollection",
           "Dataset", "Graph", "NamedGraph", "Feature"}  # fmt: skip
PROPERTIES = {
    "endpoint": ("Service", None), "supportedLanguage": ("Service", "Language"), "resultFormat": ("Service", None),
    "feature": ("Service", "Feature"), "defaultDataset": ("Service", "Dataset"), "inputFormat": ("Service", None),
    "defaultGraph": ("Dataset", "Graph"), "namedGraph": ("Dataset", "NamedGraph"), "name": ("NamedGraph", None),
    "graph": ("NamedGraph", "Graph"), "availableGraphs": ("Service", "GraphCollection"),
    "extensionFunction": ("Service", "Function"), "languageExtension": ("Service", "Feature"),
}  # fmt: skip
"""The schema of SPARQL 1.1 Service Description (3.2 to 3.4): property, domain, range (None: not a class of it)."""
LANGUAGES = {SD.SPARQL10Query, SD.SPARQL11Query, SD.SPARQL11Update}


def description(endpoint: Running, accept: str | None = None) -> rdflib.Graph:
    response = endpoint.http.get("/sparql", headers={"Accept": accept} if accept else {})
    assert response.status_code == 200
    media = response.headers["content-type"].partition(";")[0]
    assert media == (accept or "text/turtle")
    if media == "application/ld+json":  # rdflib's reader of it uses what rdflib calls deprecated
        lines = ox.serialize(ox.parse(response.content, ox.RdfFormat.JSON_LD), format=ox.RdfFormat.N_TRIPLES)
        return rdflib.Graph().parse(data=lines, format="nt")
    format = {"application/n-triples": "nt", "application/rdf+xml": "xml"}
    return rdflib.Graph().parse(data=response.content, format=format.get(media, "turtle"))


def returns_rdf(endpoint: Running) -> None:
    graphs = [description(endpoint, accept) for accept in (None, *RDF_FORMATS, "application/ld+json")]
    assert {len(graph) for graph in graphs} == {len(graphs[0])}
    assert len(graphs[0]) > 10


def has_endpoint_triple(endpoint: Running) -> None:
    graph = description(endpoint)
    (service,) = graph.subjects(RDF.type, SD.Service)
    assert list(graph.objects(service, SD.endpoint)) == [rdflib.URIRef(f"{endpoint.address}sparql")]


def conforms_to_schema(endpoint: Running) -> None:
    graph = description(endpoint)
    for subject, predicate, value in graph:
        if predicate == RDF.type:
            assert str(value).removeprefix(str(SD)) in CLASSES
            continue
        domain, range_ = PROPERTIES[str(predicate).removeprefix(str(SD))]
        assert (subject, RDF.type, SD[domain]) in graph
        if range_ == "Language":
            assert value in LANGUAGES
        elif range_ is not None:
            assert (value, RDF.type, SD[range_]) in graph
    (dataset,) = graph.objects(None, SD.defaultDataset)
    assert len(list(graph.objects(dataset, SD.defaultGraph))) == 1
    names = {str(name) for name in graph.objects(None, SD.name)}
    assert names == {ONE, TWO, THREE}


DESCRIPTION = {
    "has-endpoint-triple": has_endpoint_triple,
    "returns-rdf": returns_rdf,
    "conforms-to-schema": conforms_to_schema,
}


def test_every_test_of_the_service_description_is_here() -> None:
    assert set(entries("service-description")) == set(DESCRIPTION)


@pytest.mark.parametrize("name", DESCRIPTION)
def test_service_description(endpoint: Running, name: str) -> None:
    DESCRIPTION[name](endpoint)


def test_the_manifests_come_with_their_licence() -> None:
    assert "3-clause BSD" in (MANIFESTS / "LICENSE").read_text(encoding="utf-8")
    assert {path.name for path in Path(MANIFESTS).rglob("*") if path.is_file()} == {"LICENSE", "manifest.ttl"}
