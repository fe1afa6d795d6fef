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
from kg.view.lanes import FONT, MAKER, SMALL
from kg.view.letters import LINE as SPACING
from kg.view.letters import label_width
from kg.view.marks import GAP
from kg.view.svg import CHIP, DISPUTED, LINE, QUIET, RANK, Drawing

if TYPE_CHECKING:
    from kg.networks import Edge
    from kg.ontology import Ontology
    from kg.view.scene import Dot, Scene

LANGUAGES = ("zh", "en")
_CARD = (232, 69)
"""Width and height of a maker on the board of tiers; one that stands in two tiers has a line more."""
_MORE = 17
_ACROSS = 5


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
    _tiers(drawing, scene, ontology)
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
            drawing.box(dot.x - width / 2 - 5, dot.y - 10, width + 10, 20, CHIP, stroke=dot.style.colour, r=4)
        else:
            drawing.shape(dot.style.shape, dot.x, dot.y, dot.size, dot.style.colour, hint=dot.node.label)
    # Names last, so that no shape lies over one.
    for dot in scene.dots:
        width = label_width(dot.label, dot.font)
        below = 0.0 if dot.style.value else dot.size + GAP + SPACING * dot.font / 2
        drawing.text(
            dot.x, dot.y + below, dot.label,
            size=dot.font, anchor="middle", width=width, halo=not dot.style.value,
        )  # fmt: skip
    _legend(drawing, scene)


def _legend(drawing: Drawing, scene: Scene) -> None:
    """Kinds and relations below the picture, in as many rows as its width asks for."""
    left, right = drawing.left, max(drawing.right, drawing.left + 520)
    y = drawing.bottom + 36
    for styles in (scene.kinds, scene.lines):
        x = left
        for style in styles:
            label = " ".join(text for _, text in sorted(style.labels, reverse=True))
            wide = label_width(label, 14) + 52
            if x > left and x + wide > right:
                x, y = left, y + 26
            if style.value:
                drawing.box(x, y - 6, 18, 12, CHIP, stroke=style.colour, r=3)
            elif style.shape == "line":
                drawing.line(x - 2, y, x + 20, y, style.colour, width=2, arrow=True)
            else:
                drawing.shape(style.shape, x + 9, y, 8, style.colour)
            drawing.text(x + 26, y, label, size=14, fill=QUIET, width=wide - 52)
            x += wide
        y += 26


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
    if not lanes.places:
        drawing.text(0, 20, "没有日期 nothing is dated", fill=QUIET, width=300)
        return
    dots = {dot.node.id: dot for dot in scene.dots}
    top = min((band.top for band in lanes.bands), default=0)
    bottom = max((band.bottom for band in lanes.bands), default=0)
    for place, band in enumerate(lanes.bands):
        drawing.box(lanes.left, band.top, lanes.right - lanes.left, band.bottom - band.top, f"band-{place % 2}")
    for y in lanes.rules:
        drawing.line(lanes.left + 8, y, lanes.right, y, LINE, width=1)
    columns = [] if lanes.undated is None else [(lanes.undated, "无日期 undated")]
    for x, name in [*columns, *((tick.x, tick.label) for tick in lanes.ticks)]:
        drawing.line(x, top - 24, x, bottom, LINE, width=1)
        drawing.text(x + 5, top - 16, name, size=14, fill=QUIET, width=50)
    for band in lanes.bands:
        name = dots[band.rank].label if band.rank in dots else "未分级 unranked"
        drawing.text(lanes.left + 8, band.top + 13, name, size=15, bold=True, fill=RANK if band.rank else QUIET)
    for y, maker_id in lanes.signs:
        name = _line(dots[maker_id].label) if maker_id else "未注明归属\nno maker named"
        drawing.text(lanes.left + 12, y, name, size=13, fill=QUIET)
    for node_id, (x, y) in sorted(lanes.places.items()):
        dot = dots[node_id]
        maker = node_id not in lanes.makers and node_id not in lanes.dates
        font = MAKER if maker else FONT
        drawing.shape(dot.style.shape, x, y, 8, dot.style.colour, hint=dot.node.label)
        below = y + 11 + SPACING * font / 2
        drawing.text(x, below, dot.label, size=font, anchor="middle", width=label_width(dot.label, font))
        if node_id in lanes.dates:
            below += SPACING * font * (dot.label.count("\n") + 1)
            drawing.text(x, below, lanes.dates[node_id], size=SMALL, fill=QUIET, anchor="middle", width=70)


def _tiers(drawing: Drawing, scene: Scene, ontology: Ontology) -> None:
    """A band a tier, in it a card for each that some source puts there, with how many sources do."""
    ranked: dict[str, list[Edge]] = defaultdict(list)
    dots = {dot.node.id: dot for dot in scene.dots}
    for edge in scene.facts:
        if edge.target in dots and dots[edge.target].style.ordered and edge.source in dots:
            ranked[edge.target].append(edge)
    made: dict[str, list[str]] = defaultdict(list)
    for thing, maker in sorted(scene.landscape.makers.items()):
        made[maker].append(dots[thing].node.label)
    numbers = {member.id: member.rank for member in ontology.members if member.rank is not None}
    order = sorted(ranked, key=lambda rank: (numbers.get(rank, len(numbers) + 1), rank))
    twice = len({edge.source for edges in ranked.values() for edge in edges}) < sum(map(len, ranked.values()))
    width, height = _CARD[0], _CARD[1] + (_MORE if twice else 0)
    left = 60 + max((label_width(_line(dots[rank].label), 17) for rank in ranked), default=0.0)
    y = 0.0
    for place, rank in enumerate(order):
        edges = sorted(ranked[rank], key=lambda edge: (-edge.sources, edge.source))
        rows = -(-len(edges) // _ACROSS)
        drawing.box(0, y, left + _ACROSS * (width + 10), rows * (height + 10) + 10, f"band-{place % 2}", r=8)
        drawing.shape("star", 22, y + 30, 12, dots[rank].style.colour)
        drawing.text(42, y + 30, _line(dots[rank].label), size=17, bold=True)
        for number, edge in enumerate(edges):
            x, top = left + number % _ACROSS * (width + 10), y + 10 + number // _ACROSS * (height + 10)
            others = [other for other in order if other != rank and edge.source in {e.source for e in ranked[other]}]
            elsewhere = f"另见 also {'、'.join(_line(dots[other].label) for other in others)}" if others else ""
            drawing.box(x, top, width, height, CHIP, stroke=DISPUTED if elsewhere else LINE, r=6)
            _card(drawing, x, top, dots[edge.source], edge, "、".join(made[edge.source]), elsewhere)
        y += rows * (height + 10) + 26
    if not ranked:
        drawing.text(0, 20, "没有分级 nothing is ranked", fill=QUIET, width=300)


def _card(drawing: Drawing, x: float, y: float, dot: Dot, edge: Edge, made: str, elsewhere: str) -> None:
    width = _CARD[0]
    drawing.shape(dot.style.shape, x + 18, y + 18, 8, dot.style.colour, hint=dot.node.label)
    drawing.text(x + 34, y + 18, _fitting(_line(dot.label), width - 44, 15), size=15)
    publishers = sorted({quote.publisher or quote.title or quote.document for quote in edge.quotes})
    said = f"{edge.sources} 个来源 {'source' if edge.sources == 1 else 'sources'}"
    lines = [f"{said} · {'、'.join(publishers)}" if publishers else said, made or "—", elsewhere]
    for row, line in enumerate(line for line in lines if line):
        fill = DISPUTED if line == elsewhere else QUIET
        drawing.text(x + 10, y + 39 + 17 * row, _fitting(line, width - 20, 12), size=12, fill=fill)


def _line(label: str) -> str:
    """A label of two lines in one."""
    first, _, second = label.partition("\n")
    between = "" if not second or not (first + second).isascii() or first.endswith("-") else " "
    return first + between + second


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
