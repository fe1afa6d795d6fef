"""What a picture shows: nodes with their place, colour and shape, arrows, a legend, and the words behind each.

The seam between the graph and the page: `scene` decides what is seen, `kg.view.page` only how it gets into HTML.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.networks import Network as Net
from kg.networks import label_in
from kg.view import groups, landscape, layout
from kg.view.landscape import Landscape

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
_BIGGEST = 400
"""Facts beyond this number make a node no larger: a tier of ten thousand would cover its neighbours."""
LANES = 300
"""How many nodes the landscape of a large graph is made of, the most central ones."""
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
    ordered: bool = False
    """Its members are ranks."""
    value: bool = False
    """Its members are values, such as dates."""


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
    group: int | None
    """Its community; ranks have none."""
    lane: tuple[int, int] | None
    """Its place in the landscape, if it has one."""


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
class Group:
    """A community: what a large graph shows in place of its members until somebody opens it."""

    hub: int
    """Its most central entity, by place in `Scene.dots`, which gives it its name."""
    count: int
    x: int
    y: int
    radius: int


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture with all that its reader can ask for."""

    dots: tuple[Dot, ...]
    """The most central first."""
    arrows: tuple[Arrow, ...]
    facts: tuple[Edge, ...]
    """Every fact that touches a dot, also when its other end is not shown; those of arrows in the arrows' order."""
    names: tuple[Node, ...]
    """Every node that a fact names: those of `dots` in their order, then the others."""
    kinds: tuple[Style, ...]
    """The legend of dots, with their numbers."""
    lines: tuple[Style, ...]
    """The legend of arrows, with their numbers."""
    relations: tuple[Style, ...]
    """Every relation that a fact has."""
    left_out: int
    """How many nodes there was no room for."""
    documents: int
    """How many documents the facts come from."""
    groups: tuple[Group, ...]
    """The communities, the largest first."""
    summary: str
    """`communities` or `central` for a graph that opens on a summary of these groups; empty for a smaller one."""
    modularity: float
    landscape: Landscape
    base: str
    """What the IRIs of entities begin with, before `id/`."""
    namespace: str
    """What the IRIs of relations and classes begin with."""


def scene(network: Network, ontology: Ontology, *, limit: int, summary: int) -> Scene:
    """The picture of `network`: at most `limit` nodes, of entities and dates; above `summary` of them grouped.

    Values that are no dates (numbers, texts) are shown beside an entity and not as nodes of their own.
    """
    drawn = _drawable(network, ontology)
    shown = layout.central(drawn, limit)
    by_id = {node.id: node for node in drawn.nodes}
    nodes = [by_id[node_id] for node_id in layout.ranking(drawn) if node_id in shown]
    index = {node.id: place for place, node in enumerate(nodes)}
    kinds = _kinds(nodes, ontology)
    relations = _relations(network, ontology)
    joined = [edge for edge in network.edges if edge.source in shown and edge.target in shown]
    aside = [e for e in network.edges if (e.source in shown) != (e.target in shown)]
    named = {end for edge in (*joined, *aside) for end in (edge.source, edge.target)} - shown
    pairs = sorted({(edge.source, edge.target) for edge in joined})
    degrees = Counter(end for edge in joined for end in (edge.source, edge.target))
    labels = {node.id: _short(label_in(node.labels, "zh", "en") or node.label) for node in nodes}
    grouping, kind = _grouping(nodes, pairs, ontology, large=len(nodes) > summary)
    marks = _marks(nodes, kinds, degrees, labels)
    if kind:
        places, circles = layout.clustered([node.id for node in nodes], pairs, _boxes(marks), grouping.of)
    else:
        places, circles = layout.positions(sorted(index), pairs, _boxes(marks)), {}
    lanes = _lanes(drawn, shown, ontology, labels, large=bool(kind))
    sizes = Counter(grouping.of.values())
    hubs = _hubs(nodes, grouping, landscape.makers(drawn, ontology))
    arrows: list[Arrow] = []
    beside: Counter[frozenset[str]] = Counter()
    for place, edge in enumerate(joined):
        pair = frozenset((edge.source, edge.target))
        arrows.append(Arrow(index[edge.source], index[edge.target], place, relations[edge.relation], bend=beside[pair]))
        beside[pair] += 1
    used = Counter(arrow.style.name for arrow in arrows)
    return Scene(
        dots=tuple(
            Dot(
                node=node,
                label=labels[node.id],
                style=kinds[node.type],
                x=places[node.id][0],
                y=places[node.id][1] - marks[node.id].lift,
                size=marks[node.id].size,
                font=marks[node.id].font,
                group=grouping.of.get(node.id),
                lane=lanes.places.get(node.id),
            )
            for node in nodes
        ),
        arrows=tuple(arrows),
        facts=(*joined, *aside),
        names=(*nodes, *(node for node in network.nodes if node.id in named)),
        kinds=tuple(kinds.values()),
        lines=tuple(
            Style(style.name, style.labels, style.colour, style.shape, used[style.name])
            for style in relations.values()
            if used[style.name]
        ),
        relations=tuple(relations.values()),
        left_out=len(drawn.nodes) - len(nodes),
        documents=len({quote.document for edge in network.edges for quote in edge.quotes}),
        groups=tuple(
            Group(hubs[number], sizes[number], *circles.get(number, (0, 0, 0)))
            for number in range(grouping.count if hubs else 0)
        ),
        summary=kind,
        modularity=grouping.modularity,
        landscape=lanes,
        base=_base(nodes),
        namespace=ontology.namespace,
    )


def _grouping(
    nodes: list[Node], pairs: list[tuple[str, str]], ontology: Ontology, *, large: bool
) -> tuple[groups.Grouping, str]:
    """The communities of the nodes, and what a summary shows; no clear communities, and a large graph is one group."""
    ordered = {cls.name for cls in ontology.classes if cls.ordered}
    ids = [node.id for node in nodes]
    ranks = frozenset(node.id for node in nodes if node.type in ordered)
    values = frozenset(node.id for node in nodes if node.is_value)
    found = groups.grouped(ids, pairs, values=values, ranks=ranks)
    if not large:
        return found, ""
    if found.modularity >= groups.CLEAR:
        return found, "communities"
    return groups.together(ids, ranks=ranks), "central"


def _hubs(nodes: list[Node], grouping: groups.Grouping, makers: frozenset[str]) -> dict[int, int]:
    """By community, the place of the node that names it: the most central maker, else the most central entity."""
    found: dict[int, int] = {}
    for place, node in enumerate(nodes):
        group = grouping.of.get(node.id)
        if group is not None and (group not in found or (node.id in makers and nodes[found[group]].id not in makers)):
            found[group] = place
    return found


def _lanes(
    drawn: Network, shown: frozenset[str], ontology: Ontology, labels: dict[str, str], *, large: bool
) -> Landscape:
    """The landscape of what is shown; of a large graph that of its most central makers, with all that they made."""
    kept = landscape.central(drawn, ontology, layout.ranking(drawn), LANES) & shown if large else shown
    part = Net(
        tuple(node for node in drawn.nodes if node.id in kept),
        tuple(edge for edge in drawn.edges if edge.source in kept and edge.target in kept),
    )
    return landscape.landscape(part, ontology, labels=labels)


def _base(nodes: list[Node]) -> str:
    """What most IRIs have before `id/`."""
    found = Counter(node.iri.rpartition("/id/")[0] + "/" for node in nodes if "/id/" in node.iri)
    return min(found, key=lambda base: (-found[base], base), default="")


def _drawable(network: Network, ontology: Ontology) -> Network:
    """The network without values that are no dates."""
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
            found[cls.name] = Style(cls.name, cls.labels, colour, shape, counts[cls.name], cls.ordered)
    if counts["date"]:
        found["date"] = Style("date", _DATE_LABELS, _VALUE_COLOUR, _VALUE_SHAPE, counts["date"], value=True)
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


@dataclass(frozen=True, slots=True)
class _Mark:
    """What is drawn of a node, and the room that it takes."""

    size: int
    font: int
    lift: int
    """How far its shape's centre is above that of the box around shape and label: the label stands below."""
    box: tuple[float, float]


def _marks(
    nodes: list[Node], kinds: dict[str, Style], degrees: Counter[str], labels: dict[str, str]
) -> dict[str, _Mark]:
    found: dict[str, _Mark] = {}
    for node in nodes:
        degree = degrees[node.id]
        # The square root keeps a hub of a hundred facts on the page; a star looks smaller than a square of its size.
        size = round((8 + 5 * min(degree, _BIGGEST) ** 0.5) * (1.4 if kinds[node.type].shape == "star" else 1))
        font = 13 if node.is_value else 19 if degree >= _HUB else 15
        width = layout.label_width(labels[node.id], font)
        if node.is_value:
            found[node.id] = _Mark(size, font, 0, (width + 12.0, 26.0))
        else:
            found[node.id] = _Mark(size, font, round(0.8 * font), (max(width, 2.0 * size), 2.0 * size + 1.6 * font))
    return found


def _boxes(marks: dict[str, _Mark]) -> dict[str, tuple[float, float]]:
    return {node_id: mark.box for node_id, mark in marks.items()}


def _short(label: str) -> str:
    """A label on one line, cut where it is very long."""
    line = " ".join("".join(c if c.isprintable() else " " for c in label).split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
