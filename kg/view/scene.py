"""What a picture shows: nodes with their place, colour and shape, arrows, a legend, and the words behind each.

The seam between the graph and the page: `scene` decides what is seen, `kg.view.page` only how it gets into HTML.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.networks import Network as Net
from kg.networks import label_in
from kg.view import centrality, discs, groups, landscape, lanes, layout, looks
from kg.view.landscape import Landscape
from kg.view.letters import broken
from kg.view.looks import Style
from kg.view.marks import boxes, mark

if TYPE_CHECKING:
    from kg.networks import Edge, Network, Node
    from kg.ontology import Ontology

LANES = 300
"""How many nodes the landscape of a large graph is made of, the most central ones."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A node in its place.  `x`, `y`, `size` and `font` are pixels."""

    node: Node
    label: str
    """In Chinese if there is such a name, of one or two lines."""
    english: str
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


def scene(network: Network, ontology: Ontology, *, limit: int, summary: int, wide: int = lanes.WIDE) -> Scene:
    """The picture of `network`: at most `limit` nodes, of entities and dates; above `summary` of them grouped.

    Values that are no dates (numbers, texts) are shown beside an entity and not as nodes of their own.  `wide` is the
    width of the landscape in pixels.
    """
    drawn = _drawable(network, ontology)
    shown = centrality.central(drawn, limit)
    by_id = {node.id: node for node in drawn.nodes}
    ranking = centrality.ranking(drawn)
    nodes = [by_id[node_id] for node_id in ranking if node_id in shown]
    index = {node.id: place for place, node in enumerate(nodes)}
    kinds = looks.kinds(nodes, ontology)
    relations = looks.relations(network, ontology)
    joined = [edge for edge in network.edges if edge.source in shown and edge.target in shown]
    aside = [e for e in network.edges if (e.source in shown) != (e.target in shown)]
    named = {end for edge in (*joined, *aside) for end in (edge.source, edge.target)} - shown
    pairs = sorted({(edge.source, edge.target) for edge in joined})
    degrees = Counter(end for edge in joined for end in (edge.source, edge.target))
    written = {node.id: _written(node) for node in nodes}
    grouping, kind = _grouping(nodes, pairs, ontology, large=len(nodes) > summary)
    drawing = {node.id: mark(node, kinds[node.type], degrees[node.id], written[node.id]) for node in nodes}
    if kind:
        places, circles = discs.clustered([node.id for node in nodes], pairs, boxes(drawing), grouping.of)
    else:
        places, circles = layout.positions(sorted(index), pairs, boxes(drawing)), {}
    # The landscape of a large graph is that of its most central makers, with all that they made.
    kept = landscape.central(drawn, ontology, ranking, LANES) & shown if kind else shown
    layers = _lanes(drawn, kept, ontology, written, wide=wide)
    sizes = Counter(grouping.of.values())
    hubs = _hubs(nodes, grouping, landscape.makers(drawn, ontology))
    arrows = _arrows(joined, index, relations)
    used = Counter(arrow.style.name for arrow in arrows)
    return Scene(
        dots=tuple(
            Dot(
                node=node,
                label=written[node.id][0],
                english=written[node.id][1],
                style=kinds[node.type],
                x=places[node.id][0],
                y=places[node.id][1] - drawing[node.id].lift,
                size=drawing[node.id].size,
                font=drawing[node.id].font,
                group=grouping.of.get(node.id),
                lane=layers.places.get(node.id),
            )
            for node in nodes
        ),
        arrows=arrows,
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
        landscape=layers,
        base=_base(nodes),
        namespace=ontology.namespace,
    )


def _written(node: Node) -> tuple[str, str]:
    """The label in the picture, with its lines: in Chinese first, in English first."""
    zh, en = (label_in(node.labels, *languages) or node.label for languages in (("zh", "en"), ("en", "zh")))
    return broken(zh), broken(en)


def _arrows(edges: list[Edge], index: dict[str, int], relations: dict[str, Style]) -> tuple[Arrow, ...]:
    """The arrows of facts, each bent a little more than the one before it between the same two dots."""
    found: list[Arrow] = []
    beside: Counter[frozenset[str]] = Counter()
    for place, edge in enumerate(edges):
        pair = frozenset((edge.source, edge.target))
        found.append(Arrow(index[edge.source], index[edge.target], place, relations[edge.relation], bend=beside[pair]))
        beside[pair] += 1
    return tuple(found)


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
    drawn: Network, kept: frozenset[str], ontology: Ontology, labels: dict[str, tuple[str, str]], *, wide: int
) -> Landscape:
    part = Net(
        tuple(node for node in drawn.nodes if node.id in kept),
        tuple(edge for edge in drawn.edges if edge.source in kept and edge.target in kept),
    )
    return landscape.landscape(part, ontology, labels=labels, wide=wide)


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
