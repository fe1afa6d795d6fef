"""Hundreds of hostile requests from fifty clients at a time: each is answered for what it is, and the server is as it
was.

What breaks other endpoints is here: cross products that outlive their timeout, brackets and operators that overflow a
parser's stack, SERVICE and LOAD to loopback, FROM a file, strings that double until memory is gone, answers that begin
with status 200 and end in an error, broken HTTP, clients that leave or never finish.
"""

from __future__ import annotations

import random
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from hand_built import build

from tests.serve.running import FORM, JSON, Running, serving

CLIENTS, WORKERS, TIMEOUT = 50, 4, 1.0
PATIENCE = 240
"""Seconds that a client comes again when it is told to come later."""
SECRET = "the-words-of-a-file-that-nobody-may-read"
PREFIX = "PREFIX ex: <http://x.example/> "
MANY_RANGES = ",".join(f"a/b{n};q=0.{n % 10}" for n in range(5_000))
DIRECT = {"Content-Type": "application/sparql-query"}


@dataclass(frozen=True)
class Request:
    """A hostile request and the statuses that are right for it."""

    name: str
    send: Callable[[Running, httpx.Client], int]
    statuses: frozenset[int]
    by_a_worker: bool = True
    """Whether a worker decides; then a busy machine may run out of time first, and the client comes again."""


def refused(name: str, text: str) -> Request:
    """A query that is refused before any worker is asked, so that nothing but 403 is right, however busy all are."""
    return replace(query(name, text, 403), by_a_worker=False)


def query(name: str, text: str, *statuses: int) -> Request:
    def send(server: Running, http: httpx.Client) -> int:
        response = http.post("/sparql", data={"query": text}, headers={"Accept": JSON})
        checked(server, response)
        return response.status_code

    return Request(name, send, frozenset(statuses))


def plain(name: str, method: str, path: str, *statuses: int, **more: object) -> Request:
    def send(server: Running, http: httpx.Client) -> int:
        response = http.request(method, path, **more)  # type: ignore[arg-type]
        checked(server, response)
        return response.status_code

    return Request(name, send, frozenset(statuses))


def raw(name: str, data: bytes, *statuses: int, leave: bool = False) -> Request:
    """Bytes as they are; status 0 is a connection that the server closes without a word."""

    def send(server: Running, http: httpx.Client) -> int:
        parts = urlsplit(server.address)
        with socket.create_connection((parts.hostname, parts.port), 60) as connection:
            try:
                connection.sendall(data)
                if leave:
                    return 0
                words = connection.makefile("rb").readline().split()
            except ConnectionError:
                return 0
        return int(words[1]) if len(words) > 1 else 0

    return Request(name, send, frozenset(statuses))


def checked(server: Running, response: httpx.Response) -> None:
    """An answer is whole or an error, and tells nothing about the machine."""
    assert SECRET not in response.text
    assert "Traceback" not in response.text
    assert str(Path(__file__).parent) not in response.text
    if response.status_code == 200 and response.headers["content-type"] == JSON:
        response.json()
    if response.status_code >= 400:
        assert response.headers["content-type"] == "text/plain; charset=utf-8"
        assert response.text.strip()


def handwritten(trap: str, file: Path) -> Iterator[Request]:
    three, four = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i", "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
    for name, text in (
        ("count of a cross product", f"SELECT (COUNT(*) AS ?n) {{ {four} }}"),
        ("sum of a cross product", f"SELECT (SUM(STRLEN(STR(?a))) AS ?n) {{ {four} }}"),
        ("filter that never fits", f"SELECT * {{ {four} FILTER(STRLEN(CONCAT(STR(?a), STR(?l))) > 100000) }}"),
        ("ask that never ends", f"ASK {{ {four} FILTER(STRLEN(CONCAT(STR(?a), STR(?l))) > 100000) }}"),
        ("count of constructs", f"ASK {{ {four} FILTER(?a = ?l && ?l != ?a && STR(?b) = STR(?k)) }}"),
        ("minus of a cross product", f"SELECT (COUNT(*) AS ?n) {{ {four} MINUS {{ {three} }} }}"),
        ("exists in a cross product", f"SELECT (COUNT(*) AS ?n) {{ {four} FILTER NOT EXISTS {{ ?a ?c ?l }} }}"),
        (
            "regex in a cross product",
            f'SELECT (COUNT(*) AS ?n) {{ {four} FILTER REGEX(CONCAT(STR(?a), STR(?l)), "(a*)*$b") }}',
        ),
        ("nested optionals", f"SELECT (COUNT(*) AS ?n) {{ {three} OPTIONAL {{ {three.upper()} }} }}"),
    ):
        yield query(name, text, 504, 507)  # which bound comes first, the machine decides
    for name, text in (
        ("sort of a cross product", f"SELECT * {{ {four} }} ORDER BY ?l ?a"),
        ("distinct of a cross product", f"SELECT DISTINCT * {{ {four} }} OFFSET 9999999999"),
        ("groups of a cross product", f"SELECT ?a ?d ?g (COUNT(*) AS ?n) {{ {four} }} GROUP BY ?a ?d ?g"),
        ("texts of a cross product", f"SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d))) AS ?t) {{ {four} }}"),
        ("paths everywhere", "SELECT (COUNT(*) AS ?n) { ?a (!<urn:x>)* ?b . ?c (!<urn:x>)* ?d . ?e (!<urn:x>)* ?f }"),
    ):
        yield query(name, text, 200, 504, 507)
    doubling = "".join(f" BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(60))
    yield query("doubling text", f'SELECT (STRLEN(?x60) AS ?n) {{ BIND("0123456789" AS ?x0){doubling} }}', 504, 507)
    yield query("doubling and shown", f'SELECT * {{ BIND("0123456789" AS ?x0){doubling} }}', 504, 507)
    thousand = "a" * 1_000
    replaced = f'REPLACE(REPLACE("{thousand}", "a", "{thousand}"), "a", "{thousand}")'
    yield query("replaced a thousandfold twice", f"SELECT (STRLEN({replaced}) AS ?n) {{}}", 504, 507)

    for opening, closing in (("(", ")"), ("{", "}"), ("[", "]")):
        for depth in (300, 5_000, 20_000):
            inside = (
                f"FILTER({opening * depth}1{closing * depth})" if opening == "(" else opening * depth + closing * depth
            )
            yield refused(f"{depth} of {opening}", f"SELECT * {{ {inside} }}")
    yield refused("subqueries", "SELECT * { " + "{ SELECT * { " * 2_000 + "} }" * 2_000 + " }")
    yield refused("a string that is never closed", 'SELECT "' + '\\"' * 120_000)
    for name, text in (
        ("not", f"SELECT * {{ FILTER({'!' * 50_000}true) }}"),
        ("minus", f"SELECT (({'-' * 50_000}1) AS ?x) {{}}"),
        ("plus", f"SELECT ((1{'+1' * 20_000}) AS ?x) {{}}"),
        ("or", f"SELECT * {{ FILTER({' || '.join(['?a'] * 20_000)}) }}"),
        ("union", f"SELECT * {{ {' UNION '.join(['{ ?a ?b ?c }'] * 8_000)} }} LIMIT 1"),
        ("optional", f"SELECT * {{ {'OPTIONAL { ?a ?b ?c } ' * 8_000} }} LIMIT 1"),
        ("path", f"SELECT * {{ ?a <urn:x>{'/<urn:x>' * 20_000} ?b }} LIMIT 1"),
        ("path of alternatives", f"SELECT * {{ ?a <urn:x>{'|<urn:x>' * 20_000} ?b }} LIMIT 1"),
        ("binds", f"SELECT * {{ {' '.join(f'BIND(1 AS ?v{n})' for n in range(8_000))} }}"),
        ("columns", f"SELECT {' '.join(f'?v{n}' for n in range(20_000))} {{ ?s ?p ?o }} LIMIT 1"),
        ("values", f"SELECT * {{ VALUES ?x {{ {'1 ' * 60_000} }} }} LIMIT 1"),
    ):
        yield query(f"a long row of {name}", text, 200, 400, 403, 504, 507)

    for number, text in enumerate(
        (
            f"SELECT * {{ SERVICE <{trap}> {{ ?s ?p ?o }} }}",
            f"SELECT * {{ service silent <{trap}> {{ ?s ?p ?o }} }}",
            f"SELECT * {{ VALUES ?u {{ <{trap}> }} SERVICE ?u {{ ?s ?p ?o }} }}",
            f"SELECT * {{ ?s ?p 'x' . # it's\n SERVICE <{trap}> {{ ?s ?p ?o }} }}",
            f'SELECT * {{ ?s ?p """a"b""" SERVICE <{trap}> {{ ?s ?p ?o }} }}',
            f"SELECT * {{ FILTER(?a<?b)SERVICE <{trap}>{{?s ?p ?o}}FILTER(?c>?d) }}",
            f"SELECT * {{ \\u0053ERVICE <{trap}> {{ ?s ?p ?o }} }}",
            f"SELECT * {{ SERV\\u0049CE <{trap}> {{ ?s ?p ?o }} }}",
            f"SELECT * {{ {{ SELECT * {{ SERVICE <{trap}> {{ ?s ?p ?o }} }} }} }}",
            f"SELECT * {{ FILTER EXISTS {{ SERVICE <{trap}> {{ ?s ?p ?o }} }} }}",
            f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ SERVICE <{trap}> {{ ?s ?p ?o }} }}",
            f"ASK{{SERVICE<{trap}>{{?s ?p ?o}}}}",
            f"BASE <{trap}> SELECT * {{ SERVICE <> {{ ?s ?p ?o }} }}",
            f"PREFIX t: <{trap}> SELECT * {{ SERVICE t: {{ ?s ?p ?o }} }}",
            f"\ufeffSELECT * {{ SERVICE <{trap}> {{ ?s ?p ?o }} }}",
        )
    ):
        yield refused(f"service {number}", text)
    for number, text in enumerate(
        (
            f"SELECT * FROM <{file.as_uri()}> {{ ?s ?p ?o }}",
            f"SELECT * FROM NAMED <{file.as_uri()}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
            f"SELECT * FROM <{trap}> {{ ?s ?p ?o }}",
            f"SELECT * FROM # a comment\n <{trap}> {{ ?s ?p ?o }}",
            f"PREFIX t: <{trap}> SELECT * FROM t: {{ ?s ?p ?o }}",
            f"BASE <{trap}> SELECT * FROM <data> {{ ?s ?p ?o }}",
            f"DESCRIBE <urn:x> FROM <{trap}>",
            "ASK FROM <file:///etc/passwd> { ?s ?p ?o }",
            "ASK FROM <FILE:///etc/passwd> { ?s ?p ?o }",
            "ASK FROM <file:\\u002f\\u002f/etc/passwd> { ?s ?p ?o }",
        )
    ):
        yield query(f"from {number}", text, 403)
    for number, text in enumerate(
        (
            f"LOAD <{trap}>",
            f"LOAD SILENT <{file.as_uri()}> INTO GRAPH <urn:g>",
            f"PREFIX a: <urn:a> LOAD <{trap}>",
            "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
            "DELETE WHERE { ?s ?p ?o }",
            "delete where { ?s ?p ?o }",
            "DROP ALL",
            "CLEAR DEFAULT",
            "CREATE GRAPH <urn:g>",
            "COPY DEFAULT TO <urn:g>",
            "MOVE <urn:g> TO DEFAULT",
            "ADD DEFAULT TO <urn:g>",
            "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
            "# SELECT\nDROP ALL",
        )
    ):
        yield refused(f"update {number}", text)
    yield query("a query and an update", "SELECT * { ?s ?p ?o } ; DROP ALL", 400)
    yield query("an update inside", "SELECT * { DELETE WHERE { ?s ?p ?o } }", 400)
    yield plain("update by form", "POST", "/sparql", 403, data={"update": "DROP ALL"})
    yield plain("update by URL", "GET", "/sparql?update=DROP%20ALL", 403)
    yield plain(
        "update by type",
        "POST",
        "/sparql",
        403,
        content=b"DROP ALL",
        headers={"Content-Type": "application/sparql-update"},
    )
    yield plain("dataset outside", "GET", "/sparql", 403, params={"query": "ASK {}", "default-graph-uri": trap})
    yield plain(
        "named graph outside",
        "GET",
        "/sparql",
        403,
        params={"query": "ASK {}", "named-graph-uri": "file:///etc/passwd"},
    )
    for path in ("/store?graph=" + trap, "/store?graph=" + file.as_uri()):
        yield plain(f"GET {path}", "GET", path, 404)
    for method in ("PUT", "POST", "DELETE", "PATCH", "TRACE", "CONNECT", "PROPFIND"):
        yield plain(f"{method} a graph", method, "/store?default", 405)
    for path in (
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/id/..%2f..%2f..%2fetc/passwd",
        "/sparql/",
        "/store/x",
    ):
        yield plain(f"path {path}", "GET", path, 404, 405, 307, 400)

    for number, body in enumerate((b"query=%", b"query=%zz", b"query=%ff%fe", b"=&=&=", b"query", b"\x00" * 100)):
        yield plain(f"form {number}", "POST", "/sparql", 400, content=body, headers={"Content-Type": FORM})
    yield plain("too many fields", "POST", "/sparql", 400, content=b"a&" * 5_000, headers={"Content-Type": FORM})
    yield plain("a megabyte", "POST", "/sparql", 413, content=b"x" * 1_000_000, headers=DIRECT)
    yield plain(
        "a long form", "POST", "/sparql", 413, content=b"query=" + b"+" * 3_000_000, headers={"Content-Type": FORM}
    )
    yield plain("UTF-16", "POST", "/sparql", 400, content="ASK {}".encode("utf-16"), headers=DIRECT)
    yield plain("a multipart form", "POST", "/sparql", 415, files={"query": b"ASK {}"})
    yield raw("a long URL", b"GET /sparql?query=" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", 400)
    yield plain("many ranges", "POST", "/sparql", 200, 406, data={"query": "ASK {}"}, headers={"Accept": MANY_RANGES})
    yield plain(
        "no number of quality", "POST", "/sparql", 406, data={"query": "ASK {}"}, headers={"Accept": "*/*;q=nan"}
    )
    yield plain("another host", "GET", "/sparql?query=ASK{}", 421, headers={"Host": "evil.example"})
    yield plain("another origin", "GET", "/sparql?query=ASK{}", 403, headers={"Origin": "http://evil.example"})
    head = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
    yield raw("not HTTP", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 600, 400, 0)
    yield raw("nothing but a line", b"GET\r\n\r\n", 400, 0)
    yield raw("an endless header", b"GET / HTTP/1.1\r\nX: " + b"a" * 400_000, 400, 431, 0)
    yield raw("many headers", b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: a\r\n" * 60_000, 400, 431, 0)
    yield raw("two lengths", head + b"Content-Length: 6\r\nContent-Length: 7\r\n\r\nASK {}x", 400, 0)
    yield raw("length and chunks", head + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, 0)
    yield raw("a length below nothing", head + b"Content-Length: -1\r\n\r\n", 400, 0)
    yield raw("a length of stars", head + b"Content-Length: 99999999999999999999999\r\n\r\n", 400, 413, 0)
    yield raw("bad chunks", head + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nASK {}\r\n", 400, 0)
    yield raw("less than it says", head + b"Content-Length: 60\r\n\r\nASK {}", 408, 0)
    yield raw("leaves in the head", head, 0, leave=True)
    yield raw("leaves in the body", head + b"Content-Length: 600\r\n\r\nASK", 0, leave=True)
    long = b"SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    for number in range(4):
        whole = head + b"Content-Length: %d\r\n\r\n" % len(long) + long
        yield raw(f"leaves before the answer {number}", whole, 0, leave=True)


WORDS = """
SELECT ASK CONSTRUCT DESCRIBE WHERE { } ( ) [ ] . ; , * ?s ?p ?o $x <urn:a> <> ex:a a "text" 'x' "a"@zh 1 2.5 1e9
OPTIONAL UNION MINUS FILTER EXISTS NOT BIND AS VALUES GRAPH ?g SERVICE <http://127.0.0.1:1/> FROM NAMED
<file:///etc/passwd> GROUP BY ORDER HAVING LIMIT OFFSET DISTINCT REDUCED COUNT(*) SUM(?o)
GROUP_CONCAT(?s;separator=",") REGEX(?o,"(a+)+$")
REPLACE(?o,"a","b") IF(?s,?p,?o) COALESCE() UNDEF true false ^ / | + ? ! = != < > <= >= && || IN - << >> {| |} ~
# \\u0041 PREFIX BASE INSERT DELETE DATA LOAD CLEAR DROP WITH USING \x00 \ufeff \ud7ff 言 \u202e \U0001f600"""


def generated(count: int) -> Iterator[Request]:
    """Soups of SPARQL's own words: most do not parse, some do, none may do harm."""
    chance = random.Random(6)
    for number in range(count):
        words = chance.choices(WORDS.split(), k=chance.randint(3, 60))
        start = chance.choice(["", PREFIX, "SELECT * WHERE {", "ASK {", "CONSTRUCT WHERE {"])
        text = f"{start} {' '.join(words)} {'}' * chance.randint(0, 3)}"
        yield query(f"soup {number}", text, 200, 400, 403, 504, 507)
    for number in range(count // 4):
        data = chance.randbytes(chance.randint(1, 4_000))
        yield plain(f"noise {number}", "POST", "/sparql", 400, 403, content=data, headers=DIRECT)


@contextmanager
def trapped() -> Iterator[tuple[str, list[str]]]:
    """A server on loopback that nobody may call, and a list of who did."""
    caught: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def listen() -> None:
            while True:
                try:
                    connection, address = listener.accept()
                except OSError:
                    return
                caught.append(str(address))
                connection.close()

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/data.ttl", caught
        listener.shutdown(socket.SHUT_RDWR)


def memory(process: int) -> int:
    """Bytes that a process holds in memory."""
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * 4096


@pytest.mark.slow
def test_nothing_that_is_sent_does_harm(tmp_path: Path) -> None:
    folder = tmp_path / "served" / "output"
    build(folder)
    secret = tmp_path / "secret.ttl"
    secret.write_text(f'<urn:x> <urn:y> "{SECRET}" .', encoding="utf-8")
    options = ("--workers", str(WORKERS), "--timeout", str(TIMEOUT), "--memory", "768")
    with trapped() as (trap, caught), serving(folder, *options) as server:
        server.healthy(WORKERS)
        facts = server.http.get("/store?default", headers={"Accept": "application/n-triples"}).content
        before, files = memory(server.process.pid), len(list(Path(f"/proc/{server.process.pid}/fd").iterdir()))
        requests = [*handwritten(trap, secret), *generated(120)]
        assert len(requests) >= 200
        random.Random(1).shuffle(requests)
        outcomes: Counter[int] = Counter()

        def attack(request: Request) -> str:
            """What was wrong with the answer; nothing if all was right."""
            end = time.monotonic() + PATIENCE
            while time.monotonic() < end:
                # A connection of its own: one that is kept may be closed just when the next request is sent.
                with httpx.Client(base_url=server.address, timeout=120, trust_env=False) as http:
                    status = request.send(server, http)
                outcomes[status] += 1
                late = status == 408 or (status == 504 and request.by_a_worker)
                if status != 503 and (not late or status in request.statuses):
                    break
                time.sleep(0.1)
            return "" if status in request.statuses else f"{request.name}: {status}, not {sorted(request.statuses)}"

        with ThreadPoolExecutor(CLIENTS) as clients:
            wrong = [words for words in clients.map(attack, requests) if words]
        assert not wrong, "\n".join(wrong)
        assert set(outcomes) >= {400, 403, 413, 421, 504}

        assert server.process.poll() is None
        end = time.monotonic() + PATIENCE
        while (brought_down := server.query(f"SELECT * {{ FILTER({'!' * 50_000}true) }}").status_code) != 507:
            assert brought_down in {503, 504}
            assert time.monotonic() < end
        said = server.healthy(WORKERS)
        assert said["status"] == "ok"
        assert len(server.children()) == WORKERS
        assert not caught, "a query called another server"
        assert server.http.get("/store?default", headers={"Accept": "application/n-triples"}).content == facts
        assert memory(server.process.pid) - before < 150 << 20
        assert len(list(Path(f"/proc/{server.process.pid}/fd").iterdir())) < files + 20
        assert server.ask("ASK { model:言海 a ai:Model }")
        print(f"{len(requests)} hostile requests: {dict(sorted(outcomes.items()))}")
