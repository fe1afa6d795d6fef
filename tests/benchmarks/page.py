"""How quick the page of `kg serve` is, and what the server holds, on a graph of 100,000 triples.

    python tests/benchmarks/page.py [TRIPLES]

Prints three things.  What a browser sees that has never been here, of a server that has just started: the time until an
entity page is complete (navigation, scripts, every answer, the graph drawn), and until suggestions stand below the
search box after a key.  The time of each question from one client.  Then fifty users who click without a pause, in
rounds of a thousand clicks: the times, and the memory of the server and its workers after each round.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parents[1]))

import httpx
import synthetic
from browser import browser
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store

from tests.serve.running import Running, serving

CLIENTS, CLICKS, ROUNDS = 50, 20, 4
VIEWS = 5
"""Servers that are started, each for one first view."""


def main(triples: int) -> None:
    """Measure."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "output"
        size = graph(folder, triples)
        with serving(folder) as server:
            ids = [one["id"] for one in server.http.get("/api/overview").json()["top"]]
        print(f"{size:,} triples")
        with browser() as chromium:
            seen = [first_view(chromium, folder, ids[number % len(ids)]) for number in range(VIEWS)]
        for name, times in zip(
            ("entity page, first view", "suggestions after a key"), zip(*seen, strict=True), strict=True
        ):
            print(f"{name:<26} median {statistics.median(times):5.0f} ms   worst {max(times):5.0f}")
        with serving(folder) as server:
            alone(server, ids)
            together(server, ids)


def graph(folder: Path, triples: int) -> int:
    """A graph of at least so many triples, as a build would leave it."""
    size = triples // 25
    while len(made := synthetic.store(size)) < triples:
        size = size * triples // len(made) + 100
    folder.mkdir()
    store = Store(str(folder / "store"))
    store.bulk_extend([*made, *typed(made)])
    store.flush()
    store.dump(str(folder / "kg.trig"), RdfFormat.TRIG)
    return len(store)


def typed(made: Store) -> Iterator[Quad]:
    """What the synthetic graph leaves out and the page asks for: which nodes are claims and documents."""
    claims, kind = NamedNode(f"{synthetic.CORE}claims"), NamedNode(f"{synthetic.RDF}type")
    for property, cls in ((f"{synthetic.RDF}subject", "Claim"), ("http://purl.org/dc/terms/title", "Document")):
        for quad in made.quads_for_pattern(None, NamedNode(property), None, claims):
            yield Quad(quad.subject, kind, NamedNode(f"{synthetic.CORE}{cls}"), claims)
            if cls == "Document":
                name = str(quad.subject).rpartition("/")[2].rstrip(">")
                yield Quad(quad.subject, NamedNode("http://purl.org/dc/terms/identifier"), Literal(name), claims)


_CLOCK = """
  new MutationObserver(() => {
    if (document.body?.dataset.shown) window.complete ??= performance.now();
    if (document.querySelector("#suggestions li[role=option]")) window.suggested ??= performance.now();
  }).observe(document, { subtree: true, childList: true, attributes: true });
"""


def first_view(chromium: Any, folder: Path, thing: str) -> tuple[float, float]:
    """Milliseconds until the page of a thing is complete, and until a key has its suggestions."""
    with serving(folder) as server:
        context = chromium.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN")
        page = context.new_page()
        page.add_init_script(_CLOCK)
        page.goto(f"{server.address}#/entity/{thing.replace(':', '%3A')}")
        page.wait_for_selector("body[data-shown^='#/entity']")
        page.wait_for_timeout(1000)  # somebody looks, and reaches for the keyboard
        page.focus("#q")
        pressed = page.evaluate("performance.now()")
        page.keyboard.type("云")
        page.wait_for_selector("#suggestions li[role=option]")
        times = page.evaluate("[window.complete, window.suggested]")
        context.close()
    return times[0], times[1] - pressed


def paths(ids: list[str]) -> dict[str, str]:
    return {
        "overview": "/api/overview",
        "search, Chinese": "/api/search?q=云",
        "search, pinyin": "/api/search?q=yunhai",
        "search, inside": "/api/search?q=科技",
        "entity": f"/api/entity?id={ids[0]}",
        "around": f"/api/around?id={ids[0]}",
        "document": "/api/document?id=d00001",
        "board": "/api/board",
        "timeline": "/api/timeline",
        "conflicts": "/api/conflicts",
        "documents": "/api/documents",
        "landscape": "/api/table?name=landscape",
    }


def alone(server: Running, ids: list[str]) -> None:
    """One client, who waits for each answer."""
    for name, path in paths(ids).items():
        times = [took(server.http, path) for _ in range(12)]
        median, worst = statistics.median(times), max(times[2:])
        print(f"{name:<16} first {times[0]:6.0f} ms   median {median:6.0f}   later worst {worst:6.0f}")


def together(server: Running, ids: list[str]) -> None:
    """Fifty clients at a time: what people click most, and now and then everything else."""
    others = list(paths(ids).values())

    def user(number: int) -> list[float]:
        with httpx.Client(base_url=server.address, timeout=120, trust_env=False) as http:
            thing = ids[number % len(ids)]
            usual = [f"/api/entity?id={thing}", "/api/search?q=云", f"/api/around?id={thing}"]
            chosen = [usual[n % 3] if n % 5 else others[(number + n) % len(others)] for n in range(CLICKS)]
            return [took(http, path) for path in chosen]

    print(f"memory {held(server):,} MiB")
    for _ in range(ROUNDS):
        with ThreadPoolExecutor(CLIENTS) as users:
            times = [one for several in users.map(user, range(CLIENTS)) for one in several]
        said = f"median {statistics.median(times):.0f} ms, worst {max(times):.0f} ms"
        print(f"{CLIENTS} users, {len(times)} clicks: {said}; memory {held(server):,} MiB")


def took(http: httpx.Client, path: str) -> float:
    """Milliseconds until the answer is there; one that is told to come later comes again."""
    start = time.perf_counter()
    while (response := http.get(path)).status_code == 503:
        time.sleep(0.05)
    assert response.status_code == 200, response.text
    return (time.perf_counter() - start) * 1000


def held(server: Running) -> int:
    """MiB that the server and its workers hold in memory."""
    processes = {server.process.pid, *server.children()}
    return sum(int(Path(f"/proc/{one}/statm").read_text().split()[1]) * 4096 for one in processes) >> 20


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
