"""The other paths: `/store`, `/id/…`, `/healthz` and the front door."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

import pyoxigraph as ox
import pytest
from hand_built import HOSTILE_ID, LONG_ID

from kg import iri
from tests.serve.running import Running


def triples(content: bytes, format: ox.RdfFormat) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(content, format)}


def test_whole_graphs(server: Running) -> None:
    facts = server.http.get("/store?default", headers={"Accept": "application/n-triples"})
    assert facts.status_code == 200
    assert str(len(facts.text.splitlines())) == server.rows("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")[0]["n"]
    claims = server.http.get("/store", params={"graph": iri.CLAIMS})
    assert claims.headers["content-type"] == "text/turtle; charset=utf-8"
    assert "a kg:Claim" in claims.text or "kg:Claim" in claims.text
    everything = server.http.get("/store", headers={"Accept": "application/n-quads"})
    quads = set(ox.parse(everything.content, ox.RdfFormat.N_QUADS))
    default = {quad.triple for quad in quads if quad.graph_name == ox.DefaultGraph()}
    assert default == triples(facts.content, ox.RdfFormat.N_TRIPLES)
    assert quads - {ox.Quad(*one) for one in default} == {
        ox.Quad(*one, ox.NamedNode(iri.CLAIMS)) for one in triples(claims.content, ox.RdfFormat.TURTLE)
    }
    assert server.http.get("/store").headers["content-type"] == "application/trig"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/store?graph=urn:none", 404),
        ("/store?graph=relative", 400),
        ("/store?graph=", 400),
        ("/store?default&graph=urn:x", 400),
        ("/store?graph=urn:x&graph=urn:y", 400),
        ("/store?graph=file:///etc/passwd", 404),
        ("/store?graph=http://127.0.0.1:1/", 404),
        ("/store?graph=http://[", 400),
        ("/store?graph=urn:%3C%3E", 400),
    ],
)
def test_graphs_that_are_none(server: Running, path: str, status: int) -> None:
    assert server.http.get(path).status_code == status


def test_graph_formats(server: Running) -> None:
    assert server.http.get("/store?default", headers={"Accept": "text/html"}).status_code == 406
    assert server.http.get("/store", headers={"Accept": "text/turtle"}).status_code == 406
    assert server.http.head("/store?default").status_code == 200
    for method in ("PUT", "POST", "DELETE", "PATCH"):
        response = server.http.request(method, "/store?default", content=b"<a:b> <a:b> <a:b> .")
        assert (response.status_code, set(response.headers["allow"].split(", "))) == (405, {"GET", "HEAD"})


@pytest.mark.parametrize("thing", ["model:言海", "org:lingxi", HOSTILE_ID, LONG_ID, "person:王五"])
def test_things_have_their_own_paths(server: Running, thing: str) -> None:
    address = iri.iri(thing)
    path = quote(urlsplit(address).path)
    node = ox.NamedNode(address)
    found = []
    for accept, format in (("text/turtle", ox.RdfFormat.TURTLE), ("application/ld+json", ox.RdfFormat.JSON_LD)):
        response = server.http.get(path, headers={"Accept": accept})
        assert response.status_code == 200
        assert response.headers["content-type"].partition(";")[0] == accept
        found.append(triples(response.content, format))
    assert found[0] == found[1]
    assert {one.predicate.value.rpartition("/")[2].rpartition("#")[2] for one in found[0]} >= {"type", "prefLabel"}
    assert all(node in {one.subject, one.object} for one in found[0])


def test_a_claim_comes_with_its_evidence(server: Running) -> None:
    response = server.http.get("/id/claim/c02")
    predicates = {one.predicate.value.rpartition("#")[2] for one in triples(response.content, ox.RdfFormat.TURTLE)}
    assert {"stance", "quote", "wasDerivedFrom", "hasSource", "start", "end", "exact"} <= predicates


@pytest.mark.parametrize("path", ["/id/org/none", "/id/", "/id/org/a%20b%3E", "/id/../../etc/passwd", "/id/%00"])
def test_things_that_are_not_there(server: Running, path: str) -> None:
    assert server.http.get(path).status_code in {400, 404}


def test_health_and_the_front_door(server: Running) -> None:
    said = server.healthy(2)
    assert said["status"] == "ok"
    assert said["waiting"] == 0
    assert "/sparql" in server.http.get("/").text
