"""How long pages take to write and to open, beside plain pyvis in the same run.

    python tests/benchmarks/pictures.py 200 1000

Writing is from an open store to the file; opening from the start of navigation to the first complete picture, in
headless chromium with the network off.  Plain pyvis is `from_nx` and `write_html` with physics, as its manual has it;
its picture is complete when its layout says that it is stable, for which at most `PATIENCE` seconds are waited.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import synthetic
from browser import browser

from kg import ontology, view
from kg.networks import to_networkx

PATIENCE = 120
PLAIN = 1_000
"""Above this number of nodes plain pyvis is not waited for: it takes minutes."""


def main(sizes: list[int]) -> None:
    ai = ontology.load()
    with browser() as chromium, tempfile.TemporaryDirectory() as place:
        for size in sizes:
            store = synthetic.store(size)
            began = time.perf_counter()
            ours = view.write(store, ai, Path(place) / f"{size}.html")
            wrote = time.perf_counter() - began
            page = chromium.new_context(offline=True, viewport={"width": 1280, "height": 800}).new_page()
            page.goto(ours.as_uri())
            page.wait_for_selector("body[data-drawn]", timeout=PATIENCE * 1000)
            opened = int(page.get_attribute("body", "data-drawn") or 0) / 1000
            megabytes = ours.stat().st_size / 1e6
            line = f"{size} nodes: ours written in {wrote:.1f} s, {megabytes:.2f} MB, opened in {opened:.2f} s"
            page.context.close()
            if size <= PLAIN:
                line += plain(chromium, to_networkx(store, ai, values=True), Path(place) / f"plain-{size}.html")
            print(line, flush=True)


def plain(chromium: object, graph: object, path: Path) -> str:
    from pyvis.network import Network

    began = time.perf_counter()
    network = Network(directed=True, cdn_resources="in_line")
    network.from_nx(graph)
    text = network.generate_html()
    wrote = time.perf_counter() - began
    # The one change: it tells when it is stable, which its own page does not.
    told = "network.once('stabilizationIterationsDone', () => { document.body.dataset.drawn = performance.now(); });"
    path.write_text(text.replace("return network;", told + " return network;", 1), encoding="utf-8")
    page = chromium.new_context(offline=True, viewport={"width": 1280, "height": 800}).new_page()  # type: ignore[attr-defined]
    page.goto(path.as_uri(), wait_until="commit")
    try:
        page.wait_for_selector("body[data-drawn]", timeout=PATIENCE * 1000)
        opened = f"opened in {float(page.get_attribute('body', 'data-drawn')) / 1000:.2f} s"
    except Exception as error:  # playwright's own kind of timeout, which cannot be named without importing it here
        opened = f"not stable after {PATIENCE} s ({type(error).__name__})"
    page.context.close()
    return f"; plain pyvis written in {wrote:.1f} s, {opened}"


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [40, 150, 200, 1000, 20000])
