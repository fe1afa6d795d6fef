"""What is drawn of a node, and the room that it takes with its label."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.view.letters import LINE, label_width

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.networks import Node
    from kg.view.looks import Style

_HUB = 4
"""From how many facts on a node's label is large: makers and ranks are what the eye should find first."""
_BIGGEST = 400
"""Facts beyond this number make a node no larger: a tier of ten thousand would cover its neighbours."""
_CHIP = (11.0, 20.0)
"""How much wider than its text a date's chip is, and how high, in pixels."""
GAP = 3
"""Pixels between a shape and its label."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A shape with its label below it.  All numbers are pixels."""

    size: int
    """The shape's radius."""
    font: int
    lift: int
    """How far the shape's centre is above that of the box around shape and label."""
    box: tuple[float, float]
    """Width and height of shape and label together, in whichever language the label is longer."""


def mark(node: Node, style: Style, degree: int, labels: tuple[str, ...]) -> Mark:
    """How a node with `degree` facts is drawn; `labels` are what may stand below it, lines and all."""
    # The square root keeps a hub of a hundred facts on the page; a star looks smaller than a square of its size.
    size = round((5 + 3.5 * min(max(degree, 1), _BIGGEST) ** 0.5) * (1.4 if style.shape == "star" else 1))
    font = 12 if node.is_value else 18 if degree >= _HUB else 14
    width = max(label_width(label, font) for label in labels)
    if node.is_value:
        return Mark(size, font, 0, (width + _CHIP[0], _CHIP[1]))
    below = GAP + LINE * font * max(label.count("\n") + 1 for label in labels)
    return Mark(size, font, round(below / 2), (max(width, 2.0 * size), 2.0 * size + below))


def boxes(marks: Mapping[str, Mark]) -> dict[str, tuple[float, float]]:
    """The room of each node."""
    return {node_id: one.box for node_id, one in marks.items()}
