"""Names in the picture as a real browser draws them: every text that goes onto the canvas is measured, at the zoom that
a page opens with."""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import synthetic
from browser import Tab

from kg import graph, ontology, view
from kg.view.letters import label_width

pytestmark = pytest.mark.slow

_RECORD = """
(() => {
  const drawn = (globalThis.drawnTexts = new Map());
  const { fillText, clearRect } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.clearRect = function (...args) {
    drawn.set(this.canvas, []);
    return clearRect.apply(this, args);
  };
  CanvasRenderingContext2D.prototype.fillText = function (text, x, y, ...rest) {
    const ink = this.measureText(text), { a, d, e, f } = this.getTransform();
    const ratio = this.canvas.width / this.canvas.clientWidth;
    const across = [x - ink.actualBoundingBoxLeft, x + ink.actualBoundingBoxRight].map((at) => (at * a + e) / ratio);
    const down = [y - ink.actualBoundingBoxAscent, y + ink.actualBoundingBoxDescent].map((at) => (at * d + f) / ratio);
    if (drawn.has(this.canvas)) drawn.get(this.canvas).push([text, across[0], down[0], across[1], down[1]]);
    return fillText.call(this, text, x, y, ...rest);
  };
})();
"""
"""Keeps what is written onto each canvas since it was last cleared: the text and the box of its ink, in pixels."""
_SHAPES = """
(() => {
  // How many pixels of the screen one of the layout takes: from two nodes that stand far from one another.
  const shown = KG.seen().shown, at = (id) => KG.stage.onScreen(id), dots = KG.model.dots, first = shown[0];
  const away = (id) => Math.abs(dots[id].x - dots[first].x);
  const far = shown.reduce((best, id) => (away(id) > away(best) ? id : best), first);
  const scale = KG.page.state.layout === "force" ? Math.abs(at(far).x - at(first).x) / away(far) : 1;
  const size = (id) => (KG.model.isValue(id) ? 0 : dots[id].size * scale);
  return shown.map((id) => [dots[id].label, at(id).x, at(id).y, size(id), dots[id].en || ""]);
})()
"""


@dataclass(frozen=True)
class Box:
    """A text on the screen."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def over(self, other: Box) -> bool:
        """Whether the ink of the two overlaps by more than half a pixel."""
        return (
            min(self.right, other.right) - max(self.left, other.left) > 0.5
            and min(self.bottom, other.bottom) - max(self.top, other.top) > 0.5
        )


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Path:
    """Pages of the sample graph's most central 40 and 150 nodes, of all of it, and of a made-up one of 150."""
    folder = tmp_path_factory.mktemp("labels")
    built = graph.open(sample)
    for limit in (40, 150, 300):
        view.write(built.store, built.ontology, folder / f"sample-{limit}.html", limit=limit)
    for size in (150, 1000):
        view.write(synthetic.store(size), ontology.load(), folder / f"synthetic-{size}.html")
    return folder


def opened(chromium: Any, file: Path, *, address: str = "", language: str = "zh-CN", width: int = 1280) -> Tab:
    return Tab(chromium, file, address, language=language, width=width, before=_RECORD)


def texts(tab: Tab) -> list[Box]:
    return [Box(*one) for one in tab.evaluate("[...drawnTexts.values()].flat()")]


def names(tab: Tab) -> list[set[str]]:
    """The lines of each shown node's label, as this language has it."""
    language = tab.evaluate("KG.page.state.lang")
    shapes = tab.evaluate(_SHAPES)
    return [set((english if language == "en" and english else label).split("\n")) for label, *_, english in shapes]


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
@pytest.mark.parametrize(("page", "least"), [("sample-40", 1.0), ("sample-150", 0.95), ("synthetic-150", 0.95)])
def test_no_two_labels_touch_and_almost_all_are_there(
    chromium: Any, pages: Path, page: str, least: float, language: str
) -> None:
    tab = opened(chromium, pages / f"{page}.html", language=language)
    boxes = texts(tab)
    assert [(one.text, other.text) for one, other in itertools.combinations(boxes, 2) if one.over(other)] == []
    written = {box.text for box in boxes}
    wanted = names(tab)
    shown = [lines for lines in wanted if lines <= written]
    assert len(shown) >= least * len(wanted), sorted(map(sorted, (lines for lines in wanted if not lines <= written)))
    width, height = tab.evaluate(
        "[document.getElementById('graph').clientWidth, document.getElementById('graph').clientHeight]"
    )
    for box in boxes:
        assert box.left >= 0, box
        assert box.top >= 0, box
        assert box.right <= width, box
        assert box.bottom <= height, box
    # Small letters are no letters: CJK below nine pixels cannot be read.
    assert min(box.bottom - box.top for box in boxes if box.text.isdigit() or len(box.text) > 2) > 5
    tab.close()


@pytest.mark.parametrize("page", ["sample-40", "sample-150", "synthetic-150"])
def test_no_label_lies_on_another_node(chromium: Any, pages: Path, page: str) -> None:
    tab = opened(chromium, pages / f"{page}.html")
    boxes = texts(tab)
    for label, x, y, size, _ in tab.evaluate(_SHAPES):
        # Shapes are within their circle; a square's corners are a little outside of it and are not measured.
        inner = 0.8 * size
        shape = Box(label, x - inner, y - inner, x + inner, y + inner)
        assert [box for box in boxes if size and box.over(shape)] == [], shape
    tab.close()


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
@pytest.mark.parametrize(("page", "width"), [("sample-300", 1280), ("sample-300", 390), ("sample-150", 390)])
def test_where_there_is_no_room_names_wait_and_never_touch(
    chromium: Any, pages: Path, page: str, width: int, language: str
) -> None:
    tab = opened(chromium, pages / f"{page}.html", language=language, width=width)
    for _ in range(3):
        boxes = texts(tab)
        assert len(boxes) > 20
        assert [(one.text, other.text) for one, other in itertools.combinations(boxes, 2) if one.over(other)] == []
        tab.evaluate("KG.stage.zoom(1.6)")
        tab.page.wait_for_timeout(1200)  # the names are laid out anew when the zoom has come to rest
    tab.close()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("address", ["", "#all=1", "#layout=landscape"])
def test_no_two_labels_touch_in_a_large_graph(chromium: Any, pages: Path, address: str, width: int) -> None:
    tab = opened(chromium, pages / "synthetic-1000.html", address=address, width=width)
    boxes = [box for box in texts(tab) if not box.text.isdigit()]  # years repeat at the edge of a landscape
    assert len(boxes) > 5
    assert [(one.text, other.text) for one, other in itertools.combinations(boxes, 2) if one.over(other)] == []
    tab.close()


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
def test_a_landscape_s_names_are_all_there(chromium: Any, pages: Path, language: str) -> None:
    tab = opened(chromium, pages / "sample-150.html", address="#layout=landscape", language=language)
    boxes = texts(tab)
    width, height = tab.evaluate("[KG.stage.canvas().clientWidth, KG.stage.canvas().clientHeight]")
    seen = [60 < x < width - 60 and 0 < y < height - 60 for _, x, y, *_ in tab.evaluate(_SHAPES)]
    wanted = [lines for lines, inside in zip(names(tab), seen, strict=True) if inside]
    assert len(wanted) > 20
    assert [lines for lines in wanted if not lines <= {box.text for box in boxes}] == []
    own = [box for box in boxes if any(box.text in lines for lines in wanted)]
    assert [(one.text, other.text) for one, other in itertools.combinations(own, 2) if one.over(other)] == []
    tab.close()


def test_no_text_is_wider_than_the_room_that_the_layout_gave_it(chromium: Any, pages: Path) -> None:
    tab = opened(chromium, pages / "sample-40.html")
    # Names that are made of narrow letters, of wide ones, of everything that stands in the sample graph.
    labels = [
        "Illinois",
        "MMWW",
        "2023-03-16",
        "ChatGLM-6B",
        "通义千问",
        "“书生·浦语”",
        "Gemini 1.5 Pro",
        "DALL·E 3",
        "ÀÉÎÕÜ",
    ]
    details = json.loads(tab.page.locator("#details").text_content() or "")
    labels += [name["label"][:40] for name in details["names"]]
    widths = tab.evaluate(
        "(labels) => { const context = document.createElement('canvas').getContext('2d');"
        " context.font = `100px ${KG.FACE}`; return labels.map((label) => context.measureText(label).width); }",
        labels,
    )
    for label, width in zip(labels, widths, strict=True):
        assert width <= label_width(label, 100) + 1, label
    # And not much narrower either: room that nobody uses makes all letters small.
    assert sum(widths) > 0.85 * sum(label_width(label, 100) for label in labels)
    tab.close()
