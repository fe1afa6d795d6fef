"""Pictures that stand still, for papers and slides: the network, the timeline, the board of tiers.

Each is drawn from the same scene as the page, and each page of them lists below the picture what it shows, with the
words that state it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.networks import label_in
from kg.view import KINDS
from kg.view.letters import label_width
from kg.view.svg import CHIP, INK, LINE, QUIET, Drawing

if TYPE_CHECKING:
    from kg.networks import Edge
    from kg.ontology import Ontology
    from kg.view.scene import Dot, Scene

LANGUAGES = ("zh", "en")
_CARD = (190, 58)
"""Width and height of a maker on the board of tiers."""
_ACROSS = 6


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table below a picture: what stands first there, the fact, and the best quote for it."""

    key: str
    subject: str
    relation: str
    object: str
    quote: str
    source: str


def draw(scene: Scene, ontology: Ontology, kind: str, *, title: str) -> tuple[Drawing, tuple[Row, ...]]:
    """The picture of that kind and the rows of its table.  Raises ValueError for a kind that is not in `KINDS`."""
    if kind not in KINDS:
        raise ValueError(f"{kind!r} is no kind of picture; kinds are {', '.join(KINDS)}")
    drawing = Drawing(title)
    if kind == "network":
        _network(drawing, scene)
        return drawing, ()
    if kind == "timeline":
        _timeline(drawing, scene)
        dates = {relation.name for relation in ontology.relations if relation.datatype == "date"}
        return drawing, _rows(scene, dates, by_object=True)
    _tiers(drawing, scene)
    ordered = {cls.name for cls in ontology.classes if cls.ordered}
    return drawing, _rows(scene, {r.name for r in ontology.relations if ordered & set(r.range)}, by_object=True)


def _network(drawing: Drawing, scene: Scene) -> None:
    for arrow in scene.arrows:
        one, other = scene.dots[arrow.source], scene.dots[arrow.target]
        x, y = _rim(one, other)
        drawing.line(one.x, one.y, x, y, arrow.style.colour, arrow=True)
    for dot in scene.dots:
        width = label_width(dot.label, dot.font)
        if dot.style.value:
            drawing.box(dot.x - width / 2 - 5, dot.y - 11, width + 10, 22, CHIP, stroke=dot.style.colour, r=4)
            drawing.text(dot.x, dot.y, dot.label, size=dot.font, anchor="middle", width=width)
        else:
            drawing.shape(dot.style.shape, dot.x, dot.y, dot.size, dot.style.colour, hint=dot.node.label)
            below = dot.y + dot.size + 0.8 * dot.font
            drawing.text(dot.x, below, dot.label, size=dot.font, anchor="middle", width=width)
    bottom = max((dot.y for dot in scene.dots), default=0) + 70
    x = 0.0
    for style in scene.kinds:
        label = " ".join(text for _, text in sorted(style.labels, reverse=True))
        if style.value:
            drawing.box(x - 9, bottom - 6, 18, 12, CHIP, stroke=style.colour, r=3)
        else:
            drawing.shape(style.shape, x, bottom, 8, style.colour)
        drawing.text(x + 14, bottom, label, size=14, fill=QUIET, width=label_width(label, 14))
        x += label_width(label, 14) + 44


def _rim(one: Dot, other: Dot) -> tuple[float, float]:
    """Where an arrow to `other` ends: at its rim, or at the edge of its chip."""
    x, y = other.x - one.x, other.y - one.y
    long = max((x * x + y * y) ** 0.5, 1e-6)
    if other.style.value:
        half = label_width(other.label, other.font) / 2 + 6
        share = min(half / max(abs(x), 1e-6), 12 / max(abs(y), 1e-6))
        return other.x - x * min(share, 1), other.y - y * min(share, 1)
    return other.x - x / long * (other.size + 2), other.y - y / long * (other.size + 2)


def _timeline(drawing: Drawing, scene: Scene) -> None:
    lanes = scene.landscape
    dots = {dot.node.id: dot for dot in scene.dots}
    top = min((band.top for band in lanes.bands), default=0)
    bottom = max((band.bottom for band in lanes.bands), default=0)
    for place, band in enumerate(lanes.bands):
        drawing.box(lanes.left, band.top, lanes.right - lanes.left, band.bottom - band.top, f"band-{place % 2}")
    for tick in lanes.ticks:
        drawing.line(tick.x, top - 24, tick.x, bottom, LINE)
        drawing.text(tick.x + 5, top - 16, tick.label, size=15, fill=QUIET, width=50)
    for band in lanes.bands:
        name = dots[band.rank].label if band.rank in dots else "未分级 unranked"
        drawing.text(lanes.left + 8, band.top + 13, name, size=15, bold=True, fill="#a86f00" if band.rank else QUIET)
    for made, maker in sorted(lanes.makers.items()):
        if maker in lanes.places:
            (x0, y0), (x1, y1) = lanes.places[made], lanes.places[maker]
            drawing.line(x0, y0, x1 + 11, y1, "#5b9bd5", width=1.2)
    for node_id, (x, y) in sorted(lanes.places.items()):
        dot = dots[node_id]
        drawing.shape(dot.style.shape, x, y, 8, dot.style.colour, hint=dot.node.label)
        drawing.text(x, y + 19, dot.label, size=13, anchor="middle", width=label_width(dot.label, 13))
        if node_id in lanes.dates:
            drawing.text(x, y + 34, lanes.dates[node_id], size=11, fill=QUIET, anchor="middle", width=70)


def _tiers(drawing: Drawing, scene: Scene) -> None:
    """A band a tier, in it a card for each that some source puts there, with how many sources do."""
    ranked: dict[str, list[Edge]] = defaultdict(list)
    dots = {dot.node.id: dot for dot in scene.dots}
    for edge in scene.facts:
        if edge.target in dots and dots[edge.target].style.ordered and edge.source in dots:
            ranked[edge.target].append(edge)
    made: dict[str, list[str]] = defaultdict(list)
    for thing, maker in sorted(scene.landscape.makers.items()):
        made[maker].append(dots[thing].label)
    width, height = _CARD
    y = 0.0
    for place, rank in enumerate(sorted(ranked)):
        edges = sorted(ranked[rank], key=lambda edge: (-edge.sources, edge.source))
        rows = -(-len(edges) // _ACROSS)
        drawing.box(0, y, 150 + _ACROSS * (width + 10), rows * (height + 10) + 20, f"band-{place % 2}", r=8)
        drawing.shape("star", 22, y + 30, 12, dots[rank].style.colour)
        drawing.text(42, y + 30, dots[rank].label, size=17, bold=True)
        for number, edge in enumerate(edges):
            dot = dots[edge.source]
            x, top = 150 + number % _ACROSS * (width + 10), y + 10 + number // _ACROSS * (height + 10)
            drawing.box(x, top, width, height, CHIP, stroke=LINE, r=6)
            drawing.shape(dot.style.shape, x + 16, top + 18, 8, dot.style.colour, hint=dot.node.label)
            drawing.text(x + 32, top + 18, _fitting(dot.label, width - 40, 15), size=15)
            publishers = sorted({quote.publisher or quote.title or quote.document for quote in edge.quotes})
            said = f"{edge.sources} · {'、'.join(publishers)}" if publishers else str(edge.sources)
            drawing.text(x + 10, top + 36, _fitting(said, width - 20, 11), size=11, fill=QUIET)
            drawing.text(x + 10, top + 50, _fitting("、".join(made[edge.source]), width - 20, 11), size=11, fill=QUIET)
        y += rows * (height + 10) + 34
    if not ranked:
        drawing.text(0, 20, "没有分级 nobody ranks anything", fill=INK, width=300)


def _fitting(text: str, width: float, size: int) -> str:
    """The beginning of a text that fits, with … where it is cut."""
    if label_width(text, size) <= width:
        return text
    while text and label_width(text + "…", size) > width:
        text = text[:-1]
    return text + "…"


def _rows(scene: Scene, relations: set[str], *, by_object: bool) -> tuple[Row, ...]:
    names = {node.id: node.label for node in scene.names}
    labels = {style.name: label_in(style.labels, *LANGUAGES) or style.name for style in scene.relations}
    found = []
    for edge in scene.facts:
        if edge.relation not in relations:
            continue
        best = edge.quotes[0] if edge.quotes else None
        where = (
            " · ".join(p for p in (best.title or best.document, best.publisher, best.published) if p) if best else ""
        )
        key = names[edge.target] if by_object else names[edge.source]
        found.append(
            Row(key, names[edge.source], labels[edge.relation], names[edge.target], best.text if best else "", where)
        )
    return tuple(sorted(found, key=lambda row: (row.key, row.subject, row.relation)))
