"""`/sparql`: statuses, formats, limits and who may ask."""

from __future__ import annotations

import csv
import io
import json
import re
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from hand_built import HOSTILE

from kg import iri
from tests.serve.running import FORM, JSON, Running, folder_of, serving

ALL = "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o"
ENDLESS = "SELECT (COUNT(*) AS ?count) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?q ?r ?s . ?t ?u ?v }"
P = ox.NamedNode("urn:p")
HOSTILE_LABEL = "SELECT ?l { ?m skos:prefLabel ?l FILTER(STRSTARTS(?l, 'a')) }"


# --- Answers -------------------------------------------------------------------------------------


def test_every_format_says_the_same(server: Running) -> None:
    rows = server.rows(ALL)
    assert len(rows) > 30
    media = {"csv": "text/csv", "tsv": "text/tab-separated-values", "xml": "application/sparql-results+xml"}
    found = {format: server.query(ALL, accept) for format, accept in media.items()}
    table = list(csv.reader(io.StringIO(found["csv"].content.decode(), newline="")))
    assert table[0] == ["s", "p", "o"]
    assert [row[2] for row in table[1:]] == [row["o"] for row in rows]
    solutions = ox.parse_query_results(found["tsv"].content, ox.QueryResultsFormat.TSV)
    assert [row["o"].value for row in solutions] == [row["o"] for row in rows]
    space = "{http://www.w3.org/2005/sparql-results#}"
    results = ElementTree.fromstring(found["xml"].content).findall(f".//{space}result")
    assert len(results) == len(rows)
    assert found["xml"].headers["content-type"] == "application/sparql-results+xml"


def test_hostile_labels_stay_text(server: Running) -> None:
    assert server.rows(HOSTILE_LABEL) == [{"l": HOSTILE}]
    (line,) = list(csv.reader(io.StringIO(server.query(HOSTILE_LABEL, "text/csv").content.decode(), newline="")))[1:]
    assert line == [HOSTILE]
    # XML has no way to write an escape character.
    for accept in ("application/sparql-results+xml", "application/rdf+xml"):
        query = HOSTILE_LABEL if "results" in accept else "CONSTRUCT WHERE { ?m skos:prefLabel ?l }"
        text = "".join(ElementTree.fromstring(server.query(query, accept).content).itertext())
        assert HOSTILE.replace("\x1b", "\ufffd") in text
    turtle = server.query("CONSTRUCT WHERE { ?m skos:prefLabel ?l }", "text/turtle").content
    assert ox.Literal(HOSTILE, language="en") in {quad.object for quad in ox.parse(turtle, ox.RdfFormat.TURTLE)}


def test_graphs_in_every_format(server: Running) -> None:
    query = "CONSTRUCT { ?m ai:developedBy ?o } WHERE { ?m ai:developedBy ?o }"
    formats = {"text/turtle": ox.RdfFormat.TURTLE, "application/n-triples": ox.RdfFormat.N_TRIPLES,
               "application/ld+json": ox.RdfFormat.JSON_LD, "application/rdf+xml": ox.RdfFormat.RDF_XML}  # fmt: skip
    found = {}
    for accept, format in formats.items():
        response = server.query(query, accept)
        assert response.headers["content-type"].partition(";")[0] == accept
        found[accept] = {quad.triple for quad in ox.parse(response.content, format)}
    assert len(found["text/turtle"]) == 3
    assert len({frozenset(triples) for triples in found.values()}) == 1
    turtle = server.query(query, "text/turtle").text
    assert re.findall(r"@prefix (\w+):", turtle) == ["ai", "model", "org"]


def test_nobody_is_told_by_a_status_of_success_that_it_failed(server: Running) -> None:
    for text, status in (
        ("SELECT * { ?s ?p }", 400),
        ("", 400),
        ("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", 403),
        ("INSERT DATA { <a:b> <a:b> <a:b> }", 403),
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", 403),
        ("SELECT * FROM NAMED <http://127.0.0.1:1/> { GRAPH ?g { ?s ?p ?o } }", 403),
        ("PREFIX x: <http://x.example/> ASK FROM x:y { ?s ?p ?o }", 403),
        (f"SELECT * FROM <{iri.CLAIMS}> {{ ?s ?p ?o }} LIMIT 1", 200),
    ):
        assert server.query(text).status_code == status, text


def test_a_syntax_error_has_its_place(server: Running) -> None:
    response = server.query("SELECT *\nWHERE { 言 }")
    assert response.status_code == 400
    assert response.text.startswith("line 2, column ")
    assert "\n  WHERE { 言 }\n" in response.text
    assert response.headers["content-type"] == "text/plain; charset=utf-8"


def test_accept(server: Running) -> None:
    for accept, media in (
        (None, JSON),
        ("*/*", JSON),
        ("text/csv;q=0.5, application/sparql-results+xml", "application/sparql-results+xml"),
        ("application/json", "application/json"),
        ("text/*", "text/csv"),
        ("application/sparql-results+json;q=0, */*", "application/sparql-results+xml"),
    ):
        found = server.query("SELECT (1 AS ?n) {}", accept).headers["content-type"].partition(";")[0]
        assert found == media, accept
    for accept in ("text/html", "text/turtle", "application/sparql-results+json;q=0", "x", "image/png, */*;q=0"):
        response = server.query("SELECT (1 AS ?n) {}", accept)
        assert response.status_code == 406
        assert JSON in response.text
    assert server.query("CONSTRUCT WHERE { ?s ?p ?o }", JSON).status_code == 406
    assert server.http.get("/sparql", headers={"Accept": "text/html"}).status_code == 406
    assert server.query("SELECT * {", "text/html").status_code == 400


def test_head_is_get_without_a_body(server: Running) -> None:
    response = server.http.head("/sparql", params={"query": "ASK {}"})
    assert (response.status_code, response.content) == (200, b"")
    assert int(response.headers["content-length"]) > 10


def test_the_form_of_requests(server: Running) -> None:
    post = server.http.post
    direct = {"Content-Type": "application/sparql-query"}
    for charset, status in (("; charset=utf-8", 200), (';charset="UTF-8"', 200), (";charset=gbk", 415)):
        headers = {"Content-Type": f"application/sparql-query{charset}"}
        assert post("/sparql", content=b"ASK {}", headers=headers).status_code == status
    assert post("/sparql", content=b"\xff", headers=direct).status_code == 400
    assert post("/sparql?query=ASK{}", content=b"ASK {}", headers=direct).status_code == 400
    assert post("/sparql", content=b"query=%ff", headers={"Content-Type": FORM}).status_code == 400
    assert post("/sparql", content=b"other=1", headers={"Content-Type": FORM}).status_code == 400
    assert post("/sparql", content=b"&".join([b"x=1"] * 500), headers={"Content-Type": FORM}).status_code == 400
    assert server.http.get("/sparql?default-graph-uri=urn:x").status_code == 400
    assert server.query("ASK {}", **{"default-graph-uri": "urn:none"}).status_code == 403
    assert server.query("ASK {}", **{"default-graph-uri": "no iri"}).status_code == 400
    for method in ("PUT", "DELETE", "PATCH"):
        response = server.http.request(method, "/sparql")
        assert (response.status_code, set(response.headers["allow"].split(", "))) == (405, {"GET", "HEAD", "POST"})
    assert server.http.get("/nothing").status_code == 404


# --- Limits --------------------------------------------------------------------------------------


def test_long_queries_are_refused(server: Running) -> None:
    long = "ASK {} #" + "x" * 300_000
    assert server.query(long).status_code == 413
    direct = {"Content-Type": "application/sparql-query"}
    assert server.http.post("/sparql", content=long.encode(), headers=direct).status_code == 413

    def drip() -> Iterator[bytes]:  # no Content-Length to look at
        for _ in range(40):
            yield b"x" * 10_000

    assert server.http.post("/sparql", content=drip(), headers=direct).status_code == 413
    assert server.query("ASK {} #" + "x" * 250_000).status_code == 200


@pytest.fixture(scope="module")
def narrow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    quads = [
        ox.Quad(ox.NamedNode(f"urn:s{n}"), ox.NamedNode("urn:p"), ox.Literal('},{"x" <result>\n"' + str(n)))
        for n in range(200)
    ]
    with serving(folder_of(quads, tmp_path_factory.mktemp("narrow") / "output"), "--rows", "10") as running:
        yield running


@pytest.mark.parametrize("accept", [JSON, "application/sparql-results+xml", "text/csv", "text/tab-separated-values"])
def test_a_cut_answer_says_so(narrow: Running, accept: str) -> None:
    formats = {JSON: ox.QueryResultsFormat.JSON, "application/sparql-results+xml": ox.QueryResultsFormat.XML,
               "text/tab-separated-values": ox.QueryResultsFormat.TSV}  # fmt: skip
    for text, cut in (
        ("SELECT ?s ?o { ?s <urn:p> ?o }", True),
        ("SELECT ?s ?o { ?s <urn:p> ?o } LIMIT 5000 # LIMIT 3", True),
        ("SELECT ?s ?o { ?s <urn:p> ?o } OFFSET 1 VALUES ?x { 1 }", True),
        ("SELECT ?s ?o { ?s <urn:p> ?o } LIMIT 9", False),
        ("SELECT ?s ?o { ?s <urn:p> ?o } LIMIT 10", False),
        ("SELECT ?s ?o { { SELECT ?s ?o { ?s <urn:p> ?o } LIMIT 50 } } OFFSET 45", False),
        ("SELECT ?none { ?s <urn:p> ?o }", True),
    ):
        response = narrow.query(text, accept)
        assert response.status_code == 200, response.text
        words = "cut after 10 rows, the most that this server gives" if cut else None
        assert response.headers.get("kg-truncated") == words
        if accept in formats:
            rows = list(ox.parse_query_results(response.content, formats[accept]))
        else:
            rows = list(csv.reader(io.StringIO(response.content.decode(), newline="")))[1:]
        assert len(rows) <= 10
        assert not cut or len(rows) == 10
        if accept == JSON:
            assert ("link" in json.loads(response.content)["head"]) is cut


def test_a_cut_graph_says_so(narrow: Running) -> None:
    for accept, format in (("text/turtle", ox.RdfFormat.TURTLE), ("application/n-triples", ox.RdfFormat.N_TRIPLES)):
        response = narrow.query("CONSTRUCT WHERE { ?s ?p ?o }", accept)
        assert response.headers["kg-truncated"].startswith("cut after 10 triples")
        assert "# cut after 10 triples" in response.text
        assert len(list(ox.parse(response.content, format))) == 10
    assert "kg-truncated" not in narrow.query("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 10", "text/turtle").headers


def test_a_query_ends_at_its_deadline(server: Running) -> None:
    server.healthy(2)  # a worker that an earlier question brought down has its successor
    before = server.children()
    response = server.query(ENDLESS)
    assert response.status_code == 504
    assert "after 2 seconds" in response.text
    assert 1.9 < response.elapsed.total_seconds() < 20
    server.healthy(2)
    assert len(server.children() - before) == 1


@pytest.mark.parametrize("padding", [0, 200_000])
def test_a_refusal_waits_for_no_worker(tmp_path: Path, padding: int) -> None:
    folder = folder_of([ox.Quad(ox.NamedNode(f"urn:s{n}"), P, ox.Literal(n)) for n in range(300)], tmp_path / "output")
    texts = {
        "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }": "SERVICE is refused",
        f"SELECT * {{ FILTER({'(' * 300}1{')' * 300}) }}": "brackets",
        "# SELECT\nDROP ALL": "DROP is refused",
    }
    with serving(folder, "--workers", "1", "--timeout", "60") as running, ThreadPoolExecutor(1) as other:
        busy = other.submit(running.query, ENDLESS)
        while running.http.get("/healthz").json()["idle"]:
            assert not busy.done()
        for text, words in texts.items():
            response = running.query(f"{text} # {'x' * padding}")
            assert (response.status_code, words in response.text) == (403, True)
        assert not busy.done(), "the only worker was free, so this shows nothing"
        running.process.terminate()
        assert busy.exception() is not None or busy.result().status_code >= 500


# --- Who may ask ---------------------------------------------------------------------------------


def test_no_other_sites(server: Running) -> None:
    own = server.address.rstrip("/")
    port = urlsplit(own).port
    for headers, status in (
        ({"Host": "evil.example"}, 421),
        ({"Host": f"evil.example:{port}"}, 421),
        ({"Host": "localhost.evil.example"}, 421),
        ({"Host": "127.0.0.1.evil.example"}, 421),
        ({"Host": "[::1"}, 421),
        ({"Host": ""}, 421),
        ({"Host": f"localhost:{port}"}, 200),
        ({"Host": "192.0.2.1"}, 200),
        ({"Host": "[::1]:80"}, 200),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": own}, 200),
        ({"Origin": own.replace("http:", "https:")}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, 200),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
    ):
        response = server.http.get("/sparql", params={"query": "ASK {}"}, headers=headers)
        assert response.status_code == status, headers
        assert "access-control-allow-origin" not in response.headers
    form = {"Origin": "http://evil.example", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert server.http.post("/sparql", data={"query": "ASK {}"}, headers=form).status_code == 403


def test_two_hosts_or_none(server: Running) -> None:
    parts = urlsplit(server.address)
    for lines in (b"Host: localhost\r\nHost: evil.example\r\n", b""):
        with socket.create_connection((parts.hostname, parts.port), 10) as raw:
            raw.sendall(b"GET /healthz HTTP/1.1\r\n" + lines + b"Connection: close\r\n\r\n")
            status = raw.makefile("rb").readline().split()[1]
        assert status in {b"400", b"421"}


def test_every_response_has_the_headers_that_hold_browsers_back(server: Running) -> None:
    for response in (server.query("ASK {}"), server.http.get("/nothing"), server.http.get("/", headers={"Host": "x"})):
        assert response.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in response.headers["content-security-policy"]
        assert response.headers["cross-origin-resource-policy"] == "same-origin"
        assert "Accept" in response.headers["vary"]
        assert "server" not in response.headers


def test_other_sites_when_asked_for(tmp_path: Path) -> None:
    folder = folder_of([], tmp_path / "output")
    options = ("--cors", "https://app.example", "--allow-host", "kg.example", "--workers", "1")
    with serving(folder, *options) as running:
        headers = {"Origin": "https://app.example", "Host": "kg.example"}
        response = running.http.get("/sparql?query=ASK{}", headers=headers)
        assert response.status_code == 200
        assert response.headers["access-control-allow-origin"] == "https://app.example"
        assert "access-control-allow-credentials" not in response.headers
        asked = {"Origin": "https://app.example", "Access-Control-Request-Method": "POST"}
        preflight = running.http.options("/sparql", headers=asked)
        assert (preflight.status_code, preflight.headers["access-control-allow-methods"]) == (204, "GET, HEAD, POST")
        assert running.http.get("/sparql?query=ASK{}", headers={"Origin": "https://evil.example"}).status_code == 403


# --- Clients that people have --------------------------------------------------------------------


@pytest.mark.filterwarnings("ignore::DeprecationWarning:SPARQLWrapper.*")
def test_sparqlwrapper(server: Running) -> None:
    from SPARQLWrapper import CSV, JSON, POST, TURTLE, XML, SPARQLWrapper

    client = SPARQLWrapper(f"{server.address}sparql")
    client.setQuery("PREFIX ai: <https://kg.example.org/ontology/ai-models#> SELECT ?m { ?m a ai:Model } ORDER BY ?m")
    client.setReturnFormat(JSON)
    bindings = client.queryAndConvert()["results"]["bindings"]
    assert iri.iri("model:言海") in {row["m"]["value"] for row in bindings}
    client.setMethod(POST)
    client.setReturnFormat(CSV)
    assert client.queryAndConvert().decode().startswith("m\r\n")
    client.setReturnFormat(XML)
    assert len(client.queryAndConvert().getElementsByTagName("result")) == len(bindings)
    client.setQuery("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 3")
    client.setReturnFormat(TURTLE)
    assert len(list(ox.parse(client.queryAndConvert(), ox.RdfFormat.TURTLE))) == 3
    client.addDefaultGraph(iri.CLAIMS)
    client.setQuery("ASK { ?c a <https://kg.example.org/ontology/core#Claim> }")
    client.setReturnFormat(JSON)
    assert client.queryAndConvert()["boolean"] is True


def test_rdflib_as_a_client(server: Running) -> None:
    import rdflib
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    store = SPARQLStore(f"{server.address}sparql", returnFormat="json")
    graph = rdflib.Graph(store)
    model = rdflib.URIRef(iri.iri("model:言海"))
    maker = rdflib.URIRef("https://kg.example.org/ontology/ai-models#developedBy")
    assert list(graph.objects(model, maker)) == [rdflib.URIRef(iri.iri("org:lingxi"))]
    assert (model, maker, None) in graph
    ((count,),) = graph.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert int(count) == len(server.rows(ALL))
    label = next(graph.objects(model, rdflib.SKOS.prefLabel))
    assert label == rdflib.Literal("言海", lang="zh")
