"""Other stores: a running Oxigraph server from its wheel, and servers that are not there, break off or lie."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sysconfig
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from command_line import kg
from hand_built import HOSTILE, KNOWLEDGE, build

from kg import iri, ontology, query, triples
from kg.errors import QueryError, RemoteError
from kg.graph import KnowledgeGraph
from kg.remote import asking, sending
from kg.remote.client import Client

ONTOLOGY = ontology.load()
PREFIXES = triples.prefixes(ONTOLOGY)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    return build(tmp_path_factory.mktemp("graph"))


@pytest.fixture(scope="module")
def oxigraph() -> Iterator[str]:
    """The address of a running Oxigraph server that holds nothing."""
    program = shutil.which("oxigraph", path=sysconfig.get_path("scripts"))
    assert program, "the test extra has it: pip install '.[test]'"
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen([program, "serve", "-b", f"127.0.0.1:{port}"], stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        end = time.monotonic() + 30
        while True:
            try:
                httpx.get(address, trust_env=False)
                break
            except httpx.TransportError:
                assert process.poll() is None
                assert time.monotonic() < end
                time.sleep(0.05)
        yield address
    finally:
        process.kill()
        process.wait()


def held(address: str) -> set[ox.Quad]:
    """Everything that the server holds."""
    response = httpx.get(f"{address}/store", headers={"Accept": "application/n-quads"}, trust_env=False)
    return set(ox.parse(response.content, ox.RdfFormat.N_QUADS))


# --- Sending -------------------------------------------------------------------------------------


def test_a_graph_arrives_whole_and_replaces_the_one_before(oxigraph: str, graph: KnowledgeGraph) -> None:
    to = sending.target(f"sparql+{oxigraph}")
    other = ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.Literal("c"), ox.NamedNode("urn:another"))
    httpx.post(f"{oxigraph}/store?graph=urn:another", content=b'<urn:a> <urn:b> "c" .', headers=NT, trust_env=False)
    for batch in (7, 5_000):
        assert sending.send(graph.store, to, batch=batch) == len(graph.store)
        assert held(oxigraph) == {*graph.store, other}
    facts = [quad for quad in graph.store if quad.graph_name == ox.DefaultGraph()][:5]
    sending.send(facts, to)
    assert {quad for quad in held(oxigraph) if quad.graph_name == ox.DefaultGraph()} == set(facts)
    sending.send([], to)
    assert not [quad for quad in held(oxigraph) if quad.graph_name == ox.DefaultGraph()]
    sending.send(graph.store, to)


NT = {"Content-Type": "application/n-triples"}


class Between(httpx.BaseTransport):
    """The way to a real server, on which something happens to one of the requests."""

    def __init__(self, fits: Callable[[httpx.Request], bool], how: str, times: int = 1_000) -> None:
        self._way, self._fits, self._how, self._left = httpx.HTTPTransport(), fits, how, times
        self.seen: list[str] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.seen.append(f"{request.url.path} {request.content[:12].decode(errors='replace')}")
        if self._left and self._fits(request):
            self._left -= 1
            if self._how == "lost answer":
                self._way.handle_request(request).close()
            if self._how == "busy":
                return httpx.Response(503, headers={"Retry-After": "3"}, text="later")
            raise httpx.ReadError("connection reset")
        return self._way.handle_request(request)

    def close(self) -> None:
        self._way.close()


def is_batch(request: httpx.Request) -> bool:
    return request.url.path == "/store"


def is_move(request: httpx.Request) -> bool:
    return request.url.path == "/update" and b"MOVE" in request.content


def is_any_update(request: httpx.Request) -> bool:
    return request.url.path == "/update"


def sent(oxigraph: str, graph: KnowledgeGraph, way: Between) -> list[float]:
    waits: list[float] = []
    sending.send(
        graph.store, sending.target(f"sparql+{oxigraph}"), batch=50, client=Client(sleep=waits.append, transport=way)
    )
    return waits


@pytest.mark.parametrize("how", ["busy", "broken", "lost answer"])
def test_a_request_that_fails_is_tried_again(oxigraph: str, graph: KnowledgeGraph, how: str) -> None:
    waits = sent(oxigraph, graph, Between(is_batch, how, times=3))
    assert waits == ([3.0, 6.0, 10.0] if how == "busy" else [0.5, 1.0, 2.0])
    assert set(graph.store) <= held(oxigraph)


def test_what_cannot_arrive_leaves_the_store_as_it_was(oxigraph: str, graph: KnowledgeGraph) -> None:
    before = held(oxigraph)
    last = {"count": 0}

    def third_batch(request: httpx.Request) -> bool:
        last["count"] += is_batch(request)
        return is_batch(request) and last["count"] >= 3

    with pytest.raises(RemoteError, match=r"connection reset.*\(tried 4 times\); the store is as it was"):
        sent(oxigraph, graph, Between(third_batch, "broken"))
    assert held(oxigraph) == before


def test_what_is_left_behind_is_named(oxigraph: str, graph: KnowledgeGraph) -> None:
    before = held(oxigraph)
    gone = {"now": False}

    def after_a_batch(request: httpx.Request) -> bool:
        gone["now"] |= is_batch(request) and b"\n" in request.content
        return gone["now"] and not (is_batch(request) and request.url.params["graph"].endswith(":0"))

    with pytest.raises(
        RemoteError, match=r"own graphs are as they were, but parts may be left in <urn:kg:arriving:"
    ) as e:
        sent(oxigraph, graph, Between(after_a_batch, "broken"))
    left = {quad.graph_name.value for quad in held(oxigraph) - before}
    assert left
    assert all(name in str(e.value) for name in left)
    sent(oxigraph, graph, Between(is_batch, "broken", times=0))
    assert held(oxigraph) == before, "the next run cleans up"


def test_the_last_step_is_never_done_twice(oxigraph: str, graph: KnowledgeGraph) -> None:
    way = Between(is_move, "lost answer")
    sent(oxigraph, graph, way)
    assert sum("MOVE" in one for one in way.seen) == 1
    assert set(graph.store) <= held(oxigraph)
    with pytest.raises(RemoteError, match=r"connection reset.*; the store is as it was"):
        sent(oxigraph, graph, Between(is_move, "broken"))
    assert set(graph.store) <= held(oxigraph)
    silent = {"now": False}

    def from_the_move_on(request: httpx.Request) -> bool:
        silent["now"] |= is_move(request)
        return silent["now"]

    with pytest.raises(RemoteError, match="whether the graph was replaced is not known; <urn:kg:arriving:"):
        sent(oxigraph, graph, Between(from_the_move_on, "broken"))
    sent(oxigraph, graph, Between(is_any_update, "broken", times=0))


def test_triples_that_do_not_arrive_are_missed(oxigraph: str, graph: KnowledgeGraph) -> None:
    class Swallowing(Between):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            return httpx.Response(204) if is_batch(request) else super().handle_request(request)

    with pytest.raises(RemoteError, match=r"of \d+ triples only 0 have arrived; the store is as it was"):
        sent(oxigraph, graph, Swallowing(is_batch, "broken", times=0))


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("http://localhost:7878", "no address of a store; write it as sparql\\+http://HOST:PORT/PATH"),
        ("sparql+ftp://localhost/", "no address of a store"),
        ("sparql+http://", "no address of a store"),
        ("sparql+http://x:notaport/", "no address of a store"),
        ("sparql+http://localhost/?data=x", "no address of a store"),
    ],
)
def test_addresses_that_are_none(address: str, message: str) -> None:
    with pytest.raises(RemoteError, match=message):
        sending.target(address)


def test_addresses() -> None:
    assert sending.target("sparql+https://u:p@h.example:3030/ds/?store=data&query=sparql") == sending.Target(
        "https://u:p@h.example:3030/ds/sparql",
        "https://u:p@h.example:3030/ds/update",
        "https://u:p@h.example:3030/ds/data",
    )
    assert sending.target("sparql+http://u:secret@h").name == "http://h/store"


def test_a_server_that_is_not_there_is_said_before_the_work(tmp_path: Path) -> None:
    done = kg("build", "-", "-o", tmp_path / "out", "--to", "sparql+http://u:secret@127.0.0.1:1", stdin=b"x")
    assert done.returncode == 2
    assert "no server answers there" in done.stderr
    assert "secret" not in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_building_into_a_store(oxigraph: str, tmp_path: Path) -> None:
    text = "百度于2023年3月16日发布文心一言。".encode()
    done = kg("build", "-", "-o", tmp_path / "out", "--to", f"sparql+{oxigraph}", stdin=text)
    assert done.returncode == 0, done.stderr
    assert f"triples sent to {oxigraph}/store" in done.stderr
    local = kg("query", "landscape", "--graph", tmp_path / "out").stdout
    assert "文心一言" in local
    assert kg("query", "landscape", "--endpoint", f"{oxigraph}/query", "--graph", tmp_path / "none").stdout == local


# --- Asking --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def endpoint(oxigraph: str, graph: KnowledgeGraph) -> str:
    sending.send(graph.store, sending.target(f"sparql+{oxigraph}"))
    return f"{oxigraph}/query"


@pytest.mark.parametrize(
    ("text", "parameters"),
    [
        ("landscape", {}),
        ("landscape", {"maker": "灵犀"}),
        ("models-of", {"company": "LINGXI"}),
        ("models-of", {"company": "org:murmur"}),
        ("tiers", {"rank": "1"}),
        ("timeline", {"since": "2023-01"}),
        ("people", {}),
        ("sources", {}),
        ("SELECT ?m ?n { ?m ai:parameterCount ?n FILTER(?n >= ?least) }", {"least": "7"}),
        ("# param part: text — words\nSELECT ?l { ?m skos:prefLabel ?l FILTER(STR(?l) = ?part) }", {"part": HOSTILE}),
        ("ASK { model:言海 a ai:Model }", {}),
        ("CONSTRUCT WHERE { ?m ai:developedBy ?o }", {}),
        ("DESCRIBE model:言海", {}),
        ("SELECT ?m { ?m a ai:Model } ORDER BY DESC(?m)", {}),
    ],
)
def test_an_endpoint_answers_as_the_graph_does(
    endpoint: str, graph: KnowledgeGraph, text: str, parameters: dict[str, str]
) -> None:
    answer = asking.ask(endpoint, ONTOLOGY, text, parameters, PREFIXES)
    assert answer == query.ask(graph, text, parameters)
    assert answer.rows or answer.truth


def test_what_is_wrong_with_a_question_is_said_here(endpoint: str) -> None:
    for text, parameters, message in (
        ("models-of", {}, "needs --param company="),
        ("models-of", {"company": "灵犀科枝"}, "nearest: 灵犀科技"),
        ("SELECT ?m { ?m a ai:Model }", {"x": "1"}, r"no variable \?x"),
        ("SELECT * { SERVICE <urn:x> {} }", {}, "SERVICE is refused"),
        ("DROP ALL", {}, "DROP is refused"),
    ):
        with pytest.raises(QueryError, match=message):
            asking.ask(endpoint, ONTOLOGY, text, parameters, PREFIXES)
    with pytest.raises(RemoteError, match="400 Bad Request: error at 2:"):
        asking.ask(endpoint, ONTOLOGY, "SELECT * {\n ?s ai:developedBy }", {}, PREFIXES)


@pytest.mark.parametrize(
    ("response", "message"),
    [
        (
            httpx.Response(200, text="<html>", headers={"Content-Type": "text/html"}),
            "the answer is text/html, not SPARQL",
        ),
        (httpx.Response(200, content=b"x"), "nothing that has a media type"),
        (httpx.Response(200, text='{"head":', headers={"Content-Type": "application/json"}), "the answer is broken"),
        (httpx.Response(200, text="<a", headers={"Content-Type": "text/turtle"}), "the answer is broken"),
        (httpx.Response(401, text="who are you?\n" * 99), "401 Unauthorized: who are you.*…"),
        (httpx.Response(302, headers={"Location": "http://u:pw@elsewhere/?x"}), "it is at http://elsewhere/ now"),
    ],
)
def test_answers_that_are_none(response: httpx.Response, message: str) -> None:
    client = Client(transport=httpx.MockTransport(lambda request: response), sleep=lambda seconds: None)
    with pytest.raises(RemoteError, match=message):
        asking.ask("http://h.example/sparql?key=secret", ONTOLOGY, "SELECT * { ?s ?p ?o }", {}, PREFIXES, client=client)


def test_kg_serve_is_an_endpoint_too(graph: KnowledgeGraph) -> None:
    from tests.serve.running import serving

    with serving(graph.folder, "--workers", "1") as running:
        at = f"{running.address}sparql"
        done = kg("query", "models-of", "--param", "company=灵犀", "--endpoint", at, "--format", "json")
        assert iri.iri("model:言海") in done.stdout or "言海" in done.stdout
        assert (
            done.stdout
            == kg("query", "models-of", "--param", "company=灵犀", "--format", "json", "--graph", graph.folder).stdout
        )


def test_the_knowledge_has_no_blank_nodes() -> None:
    """Else a batch that is sent twice would make two nodes of one."""
    quads = (*triples.facts(KNOWLEDGE, ONTOLOGY), *triples.claims(KNOWLEDGE, ONTOLOGY))
    assert not [quad for quad in quads if ox.BlankNode in {type(quad.subject), type(quad.object)}]
