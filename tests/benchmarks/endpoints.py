"""How quick `kg serve` is, beside the `oxigraph` server, `rdflib-endpoint` and the engine without any server.

    python tests/benchmarks/endpoints.py [--triples N] [--runs N] [--rdflib-endpoint PROGRAM]

One made-up graph of N triples, everything in the default graph, and eight shapes of queries, each asked again and again
by one client (median and 95th percentile in milliseconds, JSON answers read to their end), then cheap ones by eight
clients at once.  `oxigraph` comes with the test extra; `rdflib-endpoint` (pip install 'rdflib-endpoint[web]', best in
an environment of its own) is left out where its program is not found.  Only ratios inside one run mean anything.
"""

from __future__ import annotations

import argparse
import http.client
import shutil
import socket
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]

from pyoxigraph import Literal, NamedNode, Quad, QueryResultsFormat, RdfFormat, Store, serialize  # noqa: E402

from tests.serve.running import JSON, folder_of, serving  # noqa: E402

CLIENTS, SECONDS = 8, 5.0
X, XSD = "http://x.example/", "http://www.w3.org/2001/XMLSchema#"
LABEL, MAKER, SIZE, DAY, OF, CLAIM = (f"{X}{name}" for name in ("label", "maker", "size", "day", "versionOf", "claim"))

QUERIES = {
    "one thing": f"SELECT ?p ?o {{ <{X}m77> ?p ?o }}",
    "join with labels": f"SELECT ?l ?k {{ ?m <{MAKER}> <{X}c3> ; <{LABEL}> ?l . <{X}c3> <{LABEL}> ?k }}",
    "join of all": f"SELECT ?m ?n ?l {{ ?m <{MAKER}> ?c ; <{SIZE}> ?n . ?c <{LABEL}> ?l FILTER(?n > 4900) }}",
    "count": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "group and average": f"SELECT ?c (COUNT(*) AS ?k) (AVG(?n) AS ?a) {{ ?m <{MAKER}> ?c ; <{SIZE}> ?n }} GROUP BY ?c",
    "path": f"SELECT ?o {{ <{X}m500> <{OF}>+ ?o }}",
    "optional and filter": f"SELECT ?m {{ ?m <{SIZE}> ?n OPTIONAL {{ ?m <{DAY}> ?d }} FILTER(?n < 20 && !BOUND(?d)) }}",
    "evidence": f"SELECT ?c ?p ?o {{ <{X}m42> <{CLAIM}> ?c . ?c ?p ?o }}",
}
CHEAP = ("one thing", "join with labels", "path", "evidence")


def quads(triples: int) -> Iterator[Quad]:
    """Makers, and models with labels, sizes, days, families and five claims of three triples each."""

    def quad(subject: str, predicate: str, value: NamedNode | Literal) -> Quad:
        return Quad(NamedNode(f"{X}{subject}"), NamedNode(predicate), value)

    for maker in range(100):
        yield quad(f"c{maker}", LABEL, Literal(f"公司 {maker}", language="zh"))
    for model in range((triples - 100) // 25):
        name = f"m{model}"
        yield quad(name, LABEL, Literal(f"模型 {model}", language="zh"))
        yield quad(name, LABEL, Literal(f"Model {model}", language="en"))
        yield quad(name, MAKER, NamedNode(f"{X}c{model % 100}"))
        yield quad(name, SIZE, Literal(model * 7 % 5_000))
        yield quad(name, OF, NamedNode(f"{X}m{max(model - 20, 0)}"))
        for claim in range(5):
            one = f"{name}-{claim}"
            yield quad(name, CLAIM, NamedNode(f"{X}{one}"))
            yield quad(one, f"{X}quote", Literal(f"第 {model} 句的第 {claim} 个说法"))
            yield quad(one, f"{X}start", Literal(model * 10 + claim))
            yield quad(one, f"{X}source", NamedNode(f"{X}d{model % 50}"))
        if model % 3:
            day = f"20{20 + model % 5}-{1 + model % 12:02}-{1 + model % 28:02}"
            yield quad(name, DAY, Literal(day, datatype=NamedNode(f"{XSD}date")))


Ask = Callable[[str], bytes]


def over_http(address: str) -> Ask:
    """Asks an endpoint over one connection, with the standard library alone so that the client costs little."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=300)

    def ask(text: str) -> bytes:
        headers = {"Accept": JSON, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            connection.request("POST", parts.path, urlencode({"query": text}), headers)
            response = connection.getresponse()
        except (BrokenPipeError, http.client.RemoteDisconnected):  # it was idle for too long
            connection.close()
            connection.request("POST", parts.path, urlencode({"query": text}), headers)
            response = connection.getresponse()
        body = response.read()
        assert response.status == 200, (response.status, body[:300])
        return body

    return ask


def times(ask: Ask, text: str, runs: int, longest: float = 40.0) -> list[float]:
    """Milliseconds of each run after a first that does not count; fewer runs if they take too long."""
    ask(text)
    found: list[float] = []
    end = time.perf_counter() + longest
    while len(found) < runs and (len(found) < 3 or time.perf_counter() < end):
        start = time.perf_counter()
        ask(text)
        found.append((time.perf_counter() - start) * 1_000)
    return found


def throughput(address: str) -> float:
    """Cheap requests a second with eight clients."""
    done = [0] * CLIENTS
    end = time.perf_counter() + SECONDS

    def client(number: int) -> None:
        ask = over_http(address)
        while time.perf_counter() < end:
            ask(QUERIES[CHEAP[done[number] % len(CHEAP)]])
            done[number] += 1

    threads = [threading.Thread(target=client, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / SECONDS


@contextmanager
def program(command: list[str], address: str) -> Iterator[str]:
    """A server of somebody else's, when it answers."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 120
        while True:
            try:
                over_http(address)("ASK {}")
                break
            except (OSError, http.client.HTTPException, AssertionError):
                assert process.poll() is None, f"{command[0]} does not start"
                assert time.monotonic() < end, f"{command[0]} does not answer"
                time.sleep(0.2)
        yield address
    finally:
        process.kill()  # a busy rdflib-endpoint does not hear anything less
        process.wait()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def first_answer(folder: Path) -> float:
    """Seconds from starting `kg serve` to its first answer."""
    start = time.perf_counter()
    with serving(folder) as running:
        over_http(f"{running.address}sparql")("ASK {}")
        return time.perf_counter() - start


def percentile(values: list[float]) -> float:
    return sorted(values)[min(len(values) - 1, round(0.95 * (len(values) - 1)))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--triples", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=40)
    parser.add_argument("--rdflib-endpoint", default=shutil.which("rdflib-endpoint"), metavar="PROGRAM")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place, ExitStack() as servers:
        folder = Path(place) / "output"
        graph = list(quads(given.triples))
        folder_of(graph, folder)
        lines = Path(place) / "graph.nt"
        lines.write_bytes(serialize((quad.triple for quad in graph), format=RdfFormat.N_TRIPLES) or b"")
        shutil.copytree(folder / "store", Path(place) / "theirs")
        store = Store.read_only(str(folder / "store"))
        print(f"{len(graph):,} triples; first answer {first_answer(folder):.2f} s after kg serve was started")

        def raw(text: str) -> bytes:
            return store.query(text).serialize(format=QueryResultsFormat.JSON) or b""  # type: ignore[union-attr]

        addresses = {"kg serve": f"{servers.enter_context(serving(folder)).address}sparql"}
        oxigraph = shutil.which("oxigraph", path=sysconfig.get_path("scripts"))
        if oxigraph:
            bind = f"127.0.0.1:{free_port()}"
            command = [oxigraph, "serve-read-only", "-l", str(Path(place) / "theirs"), "-b", bind]
            addresses["oxigraph"] = servers.enter_context(program(command, f"http://{bind}/query"))
        if given.rdflib_endpoint:
            port = free_port()
            command = [given.rdflib_endpoint, "serve", "--host", "127.0.0.1", "--port", str(port), str(lines)]
            addresses["rdflib-endpoint"] = servers.enter_context(program(command, f"http://127.0.0.1:{port}/"))
        asks = {"pyoxigraph": raw, **{name: over_http(address) for name, address in addresses.items()}}
        print(f"{'median / 95th percentile, ms':<30}" + "".join(f"{name:>22}" for name in asks))
        for name, text in QUERIES.items():
            cells = [times(ask, text, given.runs) for ask in asks.values()]
            print(f"{name:<30}" + "".join(f"{statistics.median(t):>12.2f} /{percentile(t):>8.2f}" for t in cells))
        rates = {name: throughput(address) for name, address in addresses.items()}
        print(f"{f'requests/s, {CLIENTS} clients':<30}{'':>22}" + "".join(f"{rate:>22,.0f}" for rate in rates.values()))


if __name__ == "__main__":
    main()
