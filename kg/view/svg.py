"""Pictures as SVG: a list of shapes and texts, escaped, with room for the words that a document brought in."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

LINE_HEIGHT = 1.25
"""From one line of a text to the next, in parts of the font's size."""
FONT = "'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',sans-serif"
INK, QUIET, LINE, CHIP, PAGE = "#1c2733", "#5f6b7a", "#d9e0e7", "#f2f5f8", "#ffffff"
RANK, DISPUTED = "#a86f00", "#b3261e"
"""What is drawn on a light page; each has a class of its own, so that a dark page can say otherwise."""
DARK = """
@media (prefers-color-scheme: dark) {
  .ink { fill: #e6ebf0 } .quiet { fill: #9aa7b4 } .chip { fill: #26303a } .page { fill: #14191f }
  .line, .rim { stroke: #2c3640 } .rank { fill: #ffc14d } .disputed { fill: #ff8a80 }
  .band-0 { fill: #1a222b } .band-1 { fill: #221f19 } .halo { stroke: #14191f }
}
"""
_CLASSES = {INK: "ink", QUIET: "quiet", CHIP: "chip", PAGE: "page", RANK: "rank", DISPUTED: "disputed"}
_BANDS = ("#f4f7fa", "#fbf7ef")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

PATHS = {
    "square": "M-7-7H7V7H-7Z",
    "triangle": "M0-8 8 6H-8Z",
    "triangleDown": "M0 8 8-6H-8Z",
    "hexagon": "M-8 0-4-7H4L8 0 4 7H-4Z",
    "star": "M0-9 2.6-3.2 9-2.7 4.2 1.5 5.7 8 0 4.6-5.7 8-4.2 1.5-9-2.7-2.6-3.2Z",
    "diamond": "M0-9 9 0 0 9-9 0Z",
    "dot": "M-8 0A8 8 0 1 0 8 0A8 8 0 1 0 -8 0Z",
}
"""The shapes of kinds around the origin, some 8 pixels in radius."""


@dataclass
class Drawing:
    """A picture in the making: what is added first lies below.  All numbers are pixels, y downwards."""

    title: str
    _parts: list[str] = field(default_factory=list)
    _left: float = 0.0
    _top: float = 0.0
    _right: float = 0.0
    _bottom: float = 0.0

    @property
    def left(self) -> float:
        """Where the leftmost thing begins."""
        return self._left

    @property
    def right(self) -> float:
        """Where the rightmost thing ends."""
        return self._right

    @property
    def bottom(self) -> float:
        """Where the lowest thing ends."""
        return self._bottom

    @property
    def width(self) -> int:
        return round(self._right - self._left) + 40

    @property
    def height(self) -> int:
        return round(self._bottom - self._top) + 40

    def box(self, x: float, y: float, width: float, height: float, fill: str, *, stroke: str = "", r: int = 0) -> None:
        """A rectangle; `fill` may be `band-0` or `band-1`."""
        self._reach(x, y, x + width, y + height)
        paint = f'class="{fill}" fill="{_BANDS[int(fill[-1])]}"' if fill.startswith("band-") else _paint(fill)
        edge = f' stroke="{stroke}"' if stroke else ""
        if stroke == LINE and paint.startswith('class="'):
            paint = paint.replace('class="', 'class="rim ', 1)
        self._parts.append(
            f'<rect x="{x:.0f}" y="{y:.0f}" width="{width:.0f}" height="{height:.0f}" rx="{r}" {paint}{edge}/>'
        )

    def line(
        self, x0: float, y0: float, x1: float, y1: float, stroke: str, *, width: float = 1.4, arrow: bool = False
    ) -> None:
        """A line; with `arrow`, a head at its second end."""
        self._reach(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        kind = ' class="line"' if stroke == LINE else ""
        self._parts.append(
            f'<path{kind} d="M{x0:.0f} {y0:.0f}L{x1:.0f} {y1:.0f}" stroke="{stroke}" '
            f'stroke-width="{width:g}" fill="none"/>'
        )
        long = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
        if arrow and long > 1:
            along, across = ((x1 - x0) / long, (y1 - y0) / long), (-(y1 - y0) / long, (x1 - x0) / long)
            tips = [
                (x1 - 9 * along[0] + side * across[0], y1 - 9 * along[1] + side * across[1]) for side in (3.5, -3.5)
            ]
            points = " ".join(f"{x:.1f},{y:.1f}" for x, y in [(x1, y1), *tips])
            self._parts.append(f'<polygon points="{points}" fill="{stroke}"/>')

    def shape(self, kind: str, x: float, y: float, size: float, fill: str, *, hint: str = "") -> None:
        """A kind's shape, `size` pixels in radius; `hint` is shown when a pointer rests on it."""
        self._reach(x - size, y - size, x + size, y + size)
        title = f"<title>{_text(hint)}</title>" if hint else ""
        self._parts.append(
            f'<path transform="translate({x:.0f} {y:.0f}) scale({size / 8:.3g})" d="{PATHS.get(kind, PATHS["dot"])}" '
            f'fill="{fill}">{title}</path>'
        )

    def text(
        self, x: float, y: float, words: str, *, size: int = 14, fill: str = INK, anchor: str = "start",
        bold: bool = False, width: float = 0.0, halo: bool = False,
    ) -> None:  # fmt: skip
        """Lines of text, the first one's middle at `y`; `width` is how far it reaches, for the picture's size.

        With `halo` a rim of the page's colour keeps what lies below apart from it.
        """
        lines = words.split("\n")
        low = y + LINE_HEIGHT * size * (len(lines) - 1)
        reach = {"start": (0.0, 1.0), "middle": (0.5, 0.5), "end": (1.0, 0.0)}[anchor]
        self._reach(x - width * reach[0], y - size, x + width * reach[1], low + size)
        weight = ' font-weight="bold"' if bold else ""
        for row, line in enumerate(lines):
            at = y + (0.36 + LINE_HEIGHT * row) * size
            place = f'x="{x:.0f}" y="{at:.1f}" font-size="{size}" text-anchor="{anchor}"{weight}'
            if halo:  # a text of its own: not every program that reads SVG knows `paint-order`
                rim = f'fill="none" stroke="{PAGE}" stroke-width="4" stroke-linejoin="round" aria-hidden="true"'
                self._parts.append(f'<text class="halo" {place} {rim}>{_text(line)}</text>')
            self._parts.append(f"<text {place} {_paint(fill)}>{_text(line)}</text>")

    def svg(self, *, standalone: bool = True) -> str:
        """The picture; standing alone it is a file of its own, else a part of an HTML page."""
        left, top = self._left - 20, self._top - 20
        head = '<?xml version="1.0" encoding="UTF-8"?>\n' if standalone else ""
        # A notebook or a slide may be narrower than the picture.
        fitting = 'style="max-width:100%;height:auto"'
        size = f' width="{self.width}" height="{self.height}" {fitting}' if standalone else ""
        return (
            f'{head}<svg xmlns="http://www.w3.org/2000/svg"{size} '
            f'viewBox="{left:.0f} {top:.0f} {self.width} {self.height}" '
            f'font-family="{FONT}" role="img">\n<title>{_text(self.title)}</title>\n'
            f'<rect class="page" x="{left:.0f}" y="{top:.0f}" '
            f'width="{self.width}" height="{self.height}" fill="{PAGE}"/>\n' + "\n".join(self._parts) + "\n</svg>\n"
        )

    def _reach(self, left: float, top: float, right: float, bottom: float) -> None:
        self._left, self._top = min(self._left, left), min(self._top, top)
        self._right, self._bottom = max(self._right, right), max(self._bottom, bottom)


def _paint(fill: str) -> str:
    kind = _CLASSES.get(fill)
    return f'class="{kind}" fill="{fill}"' if kind else f'fill="{fill}"'


def _text(words: str) -> str:
    """Text as XML holds it; what XML forbids is replaced, and a line break is a space."""
    return html.escape(" ".join(_NOT_XML.sub("\ufffd", words).split()))
