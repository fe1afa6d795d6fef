"""What a picture shows: nodes with their place, colour and shape, arrows, a legend, and the words behind each.

The seam between the graph and the page: `scene` decides what is seen, `kg.view.page` only how it gets into HTML.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.networks import label_in
from kg.view import layout

if TYPE_CHECKING:
    from kg.networks import Edge, Network, Node
    from kg.ontology import Ontology

# Okabe and Ito's palette, which people with any colour vision can tell apart, darkened where white is behind it.
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#a0529c", "#7a6a00", "#5b6ee1", "#b03060", "#3f7f7f")
_SHAPES = ("dot", "square", "triangle", "hexagon", "triangleDown")
_RANK_COLOUR, _RANK_SHAPE = "#e69f00", "star"
"""Members of an ordered class, such as tiers."""
_VALUE_COLOUR, _VALUE_SHAPE = "#5f6b7a", "box"
"""Dates: a chip with the date in it."""
_OTHER_COLOUR, _OTHER_SHAPE = "#8a8a8a", "diamond"
_LINES = ("#5b9bd5", "#4fb286", "#c77fc0", "#9b8f2e", "#8f9be8", "#cf6f8f", "#5fa8a8", "#b98a5e")
"""Arrows between entities; those to a rank have its colour, those to a date are greys."""
_DATE_LINES = ("#8b97a4", "#5f6b7a", "#b3a394")

_DATE_LABELS = (("en", "date"), ("zh", "日期"))
_OTHER_LABELS = (("en", "other"), ("zh", "其他"))
_HUB = 4
"""From how many facts on a node's label is large: makers and ranks are what the eye should find first."""
_LONGEST = 26
"""Characters of a label in the picture; the panel shows all of it."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a kind of node or arrow looks, and what the legend calls it."""

    name: str
    labels: tuple[tuple[str, str], ...]
    colour: str
    shape: str
    """A shape of vis-network; `line` for arrows."""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Dot:
    """A node in its place.  `x`, `y`, `size` and `font` are pixels."""

    node: Node
    label: str
    style: Style
    x: int
    y: int
    size: int
    font: int


@dataclass(frozen=True, slots=True)
class Arrow:
    """A fact between two dots, which are given by their place in `Scene.dots`."""

    source: int
    target: int
    fact: int
    style: Style
    bend: int
    """0 for a straight arrow; the second, third … one between the same two dots bends more and more."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture with all that its reader can ask for."""

    dots: tuple[Dot, ...]
    arrows: tuple[Arrow, ...]
    facts: tuple[Edge, ...]
    """Every fact that touches a dot, also when its other end is not shown."""
    names: tuple[Node, ...]
    """Every node that a fact names."""
    kinds: tuple[Style, ...]
    """The legend of dots, with their numbers."""
    lines: tuple[Style, ...]
    """The legend of arrows, with their numbers."""
    relations: tuple[Style, ...]
    """Every relation that a fact has."""
    starts: tuple[int, ...]
    """The most central dots: where a newcomer may begin."""
    left_out: int
    """How many nodes there was no room for."""
    documents: int
    """How many documents the facts come from."""


def scene(network: Network, ontology: Ontology, *, limit: int) -> Scene:
    """The picture of `network`: at most `limit` nodes, of entities and dates.

    Values that are no dates (numbers, texts) are shown beside an entity and not as nodes of their own.
    """
    drawn = _drawable(network, ontology)
    shown = layout.central(drawn, limit)
    nodes = [node for node in drawn.nodes if node.id in shown]
    index = {node.id: place for place, node in enumerate(nodes)}
    kinds = _kinds(nodes, ontology)
    relations = _relations(network, ontology)
    facts = tuple(edge for edge in network.edges if edge.source in shown or edge.target in shown)
    named = {end for edge in facts for end in (edge.source, edge.target)} | shown
    joined = [(place, edge) for place, edge in enumerate(facts) if edge.source in shown and edge.target in shown]
    degrees = Counter(end for _, edge in joined for end in (edge.source, edge.target))
    dots = _dots(nodes, kinds, degrees, sorted({(edge.source, edge.target) for _, edge in joined}))
    arrows: list[Arrow] = []
    beside: Counter[frozenset[str]] = Counter()
    for place, edge in joined:
        pair = frozenset((edge.source, edge.target))
        arrows.append(Arrow(index[edge.source], index[edge.target], place, relations[edge.relation], bend=beside[pair]))
        beside[pair] += 1
    used = Counter(arrow.style.name for arrow in arrows)
    central = [index[node_id] for node_id in layout.ranking(drawn) if node_id in index]
    return Scene(
        dots=dots,
        arrows=tuple(arrows),
        facts=facts,
        names=tuple(node for node in network.nodes if node.id in named),
        kinds=tuple(kinds.values()),
        lines=tuple(
            Style(style.name, style.labels, style.colour, style.shape, used[style.name])
            for style in relations.values()
            if used[style.name]
        ),
        relations=tuple(relations.values()),
        starts=tuple(place for place in central if not nodes[place].is_value)[:8],
        left_out=len(drawn.nodes) - len(nodes),
        documents=len({quote.document for edge in network.edges for quote in edge.quotes}),
    )


def _drawable(network: Network, ontology: Ontology) -> Network:
    """The network without values that are no dates."""
    from kg.networks import Network as Net

    aside = {node.id for node in network.nodes if node.is_value and node.type != "date"}
    return Net(
        tuple(node for node in network.nodes if node.id not in aside),
        tuple(edge for edge in network.edges if edge.target not in aside),
    )


def _kinds(nodes: list[Node], ontology: Ontology) -> dict[str, Style]:
    """By type, in the ontology's order, the looks of the kinds that are there."""
    counts = Counter(node.type for node in nodes)
    found: dict[str, Style] = {}
    plain = 0
    for cls in ontology.classes:
        if cls.ordered:
            colour, shape = _RANK_COLOUR, _RANK_SHAPE
        else:
            # A class keeps its look whether or not another one has members in this graph.
            colour, shape = _COLOURS[plain % len(_COLOURS)], _SHAPES[plain % len(_SHAPES)]
            plain += 1
        if counts[cls.name]:
            found[cls.name] = Style(cls.name, cls.labels, colour, shape, counts[cls.name])
    if counts["date"]:
        found["date"] = Style("date", _DATE_LABELS, _VALUE_COLOUR, _VALUE_SHAPE, counts["date"])
    for name in sorted(counts.keys() - found.keys()):
        found[name] = Style(name, _OTHER_LABELS, _OTHER_COLOUR, _OTHER_SHAPE, counts[name])
    return found


def _relations(network: Network, ontology: Ontology) -> dict[str, Style]:
    """By name, in headline order, the looks of the relations that are there."""
    there = {edge.relation for edge in network.edges}
    ordered = {cls.name for cls in ontology.classes if cls.ordered}
    found: dict[str, Style] = {}
    plain = dates = 0
    for relation in ontology.relations:
        # As with kinds: what a relation looks like does not depend on which others the graph holds.
        if relation.datatype == "date":
            colour, dates = _DATE_LINES[dates % len(_DATE_LINES)], dates + 1
        elif ordered.intersection(relation.range):
            colour = _RANK_COLOUR
        else:
            colour, plain = _LINES[plain % len(_LINES)], plain + 1
        if relation.name in there:
            found[relation.name] = Style(relation.name, relation.labels, colour, "line")
    return found


def _dots(
    nodes: list[Node], kinds: dict[str, Style], degrees: Counter[str], pairs: list[tuple[str, str]]
) -> tuple[Dot, ...]:
    labels = {node.id: _short(label_in(node.labels, "zh", "en") or node.label) for node in nodes}
    # The square root keeps a hub of a hundred facts on the page; a star looks smaller than a square of its size.
    sizes = {
        node.id: round((8 + 5 * degrees[node.id] ** 0.5) * (1.4 if kinds[node.type].shape == "star" else 1))
        for node in nodes
    }
    fonts = {node.id: 13 if node.is_value else 19 if degrees[node.id] >= _HUB else 15 for node in nodes}
    widths = {node.id: layout.label_width(labels[node.id], fonts[node.id]) for node in nodes}
    boxes = {
        node.id: (
            (widths[node.id] + 12.0, 26.0)
            if node.is_value
            else (max(widths[node.id], 2.0 * sizes[node.id]), 2.0 * sizes[node.id] + 1.6 * fonts[node.id])
        )
        for node in nodes
    }
    # A label stands below its shape, so the shape's centre is above that of the box around both.
    lifts = {node.id: 0 if node.is_value else round(0.8 * fonts[node.id]) for node in nodes}
    places = layout.positions([node.id for node in nodes], pairs, boxes)
    return tuple(
        Dot(
            node,
            label=labels[node.id],
            style=kinds[node.type],
            x=places[node.id][0],
            y=places[node.id][1] - lifts[node.id],
            size=sizes[node.id],
            font=fonts[node.id],
        )
        for node in nodes
    )


def _short(label: str) -> str:
    """A label on one line, cut where it is very long."""
    line = " ".join("".join(c if c.isprintable() else " " for c in label).split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
