"""How kinds of nodes and relations look, and what the legend calls them: the same in every picture of an ontology."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.networks import Network, Node
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


def kinds(nodes: list[Node], ontology: Ontology) -> dict[str, Style]:
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


def relations(network: Network, ontology: Ontology) -> dict[str, Style]:
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
