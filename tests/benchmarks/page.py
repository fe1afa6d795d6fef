"""How quick the page's questions are, and what the server holds, on a graph of 100,000 triples.

    python tests/benchmarks/page.py [TRIPLES]

Prints the median and the worst of the time of each question from one client, then from fifty at a time, and the memory
of the server and its workers before and after.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parents[1]))

import httpx
import synthetic
from pyoxigraph import RdfFormat, Store

from tests.serve.running import Running, serving

CLIENTS, CLICKS = 50, 20


def main(triples: int) -> None:
    """Measure."""
    with tempfile.TemporaryDirectory() as place:
        folder, size = Path(place) / "output", triples // 25
        while True:
            made = synthetic.store(size)
            if len(made) >= triples:
                break
            size = size * triples // len(made) + 100
        folder.mkdir()
        store = Store(str(folder / "store"))
        store.bulk_extend(made)
        store.flush()
        store.dump(str(folder / "kg.trig"), RdfFormat.TRIG)
        del store
        with serving(folder) as server:
            measure(server, len(made))


def measure(server: Running, triples: int) -> None:
    """Ask, alone and together, and print."""
    ids = [one["id"] for one in server.http.get("/api/site").json()["counts"]["top"]]
    asked = {
        "search, Chinese": "/api/search?q=云",
        "search, pinyin": "/api/search?q=yunhai",
        "entity": f"/api/entity?id={ids[0]}",
        "around": f"/api/around?id={ids[0]}",
        "board": "/api/board",
        "timeline": "/api/timeline",
        "landscape": "/api/table?name=landscape",
    }
    print(f"{triples:,} triples; memory {held(server):,} MiB")
    for name, path in asked.items():
        times = [took(server.http, path) for _ in range(12)]
        median, worst = statistics.median(times), max(times[2:])
        print(f"{name:<16} first {times[0]:6.0f} ms   median {median:6.0f}   later worst {worst:6.0f}")

    def user(number: int) -> list[float]:
        with httpx.Client(base_url=server.address, timeout=120, trust_env=False) as http:
            paths = [f"/api/entity?id={ids[number % len(ids)]}", "/api/search?q=云", f"/api/around?id={ids[0]}"]
            return [took(http, paths[click % 3]) for click in range(CLICKS)]

    with ThreadPoolExecutor(CLIENTS) as users:
        times = [one for several in users.map(user, range(CLIENTS)) for one in several]
    print(f"{CLIENTS} users, {len(times)} clicks: median {statistics.median(times):.0f} ms, worst {max(times):.0f} ms")
    print(f"memory after {held(server):,} MiB")


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
