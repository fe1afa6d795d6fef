"""Where each node of a picture stands.

Everything is reproducible: igraph starts from a circle in sorted order, its random numbers are seeded here, the number
of steps is fixed, and coordinates are whole pixels.
"""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING, Any

from kg.view.centrality import graph
from kg.view.packing import ASPECT, Part, packed
from kg.view.untangling import GAP, compacted, untangled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy

    from kg.view.packing import Size

STEPS = 1_000
"""Iterations of the force-directed layout: graphs of 300 nodes no longer move visibly after some 600."""
ROOM, MORE_ROOM = 1.1, 2.0
"""How much space a picture has for each pixel of a node with its label, and how much if it is `SPARSE`: less crowds it,
more makes labels small."""
STRETCH = 1.7
"""The most that a part of the graph is stretched along one side to come near `ASPECT`."""
PARTS, WHOLE = 150, 50
"""Rounds in which each connected part is drawn together, and then all of them: more would mix the parts."""
SPARSE = 170_000
"""Pixels of nodes with their labels up to which a picture fits a laptop's screen in full size with room to spare: such
a picture keeps its long arrows."""


def positions(
    ids: Sequence[str], pairs: Sequence[tuple[str, str]], boxes: Mapping[str, Size]
) -> dict[str, tuple[int, int]]:
    """The centre of each node, in pixels from the middle of the picture, y downwards.

    No two of `boxes` overlap unless there is no room at all.

    Connected parts are laid out one by one (Kamada-Kawai, then Fruchterman-Reingold), turned so that their longer side
    lies flat as a screen does, drawn together until their labels touch, and packed around the largest one.
    """
    import igraph

    whole = graph(ids, pairs)
    placed: list[Part] = []
    crowded = sum(width * height for width, height in boxes.values()) > SPARSE
    generator = random.Random(0)
    igraph.set_random_number_generator(generator)
    try:
        components = list(whole.connected_components())
        # The largest part leaves room for others above and below it.
        aspect = ASPECT if len(components) == 1 else 1.15 * ASPECT
        for members in components:
            part = whole.induced_subgraph(members)
            names = [ids[member] for member in members]
            sizes = [boxes[name] for name in names]
            points = _spread(_flat(_drawn(part)), sizes, aspect=aspect, room=ROOM if crowded else MORE_ROOM)
            points = untangled(points, sizes)
            if crowded:
                points = compacted(points, sizes, aspect=aspect, rounds=PARTS)
            placed.append(Part(names, points, part.get_edgelist()))
    finally:
        # `random` is what igraph itself starts with.
        igraph.set_random_number_generator(random)
    found = packed(placed, boxes)
    if crowded and len(placed) > 1:
        found = _closer(found, boxes)
    return _centred(found)


def _drawn(part: Any) -> numpy.ndarray[Any, Any]:
    """Coordinates of one connected part, in no particular unit, around the origin."""
    import numpy as np

    count = part.vcount()
    circle = [
        (math.cos(2 * math.pi * place / count) * count / 6, math.sin(2 * math.pi * place / count) * count / 6)
        for place in range(count)
    ]
    # Kamada-Kawai unfolds the whole, Fruchterman-Reingold then spreads the leaves of each hub.
    start = part.layout_kamada_kawai(seed=circle, maxiter=50 * max(count, 1)) if count > 2 else circle
    points = part.layout_fruchterman_reingold(
        seed=[list(point) for point in start], niter=STEPS, start_temp=1.0, grid="nogrid"
    )
    found: numpy.ndarray[Any, Any] = np.array(list(points), dtype=float).reshape(-1, 2)
    centred: numpy.ndarray[Any, Any] = found - found.mean(axis=0)
    return centred


def _flat(points: numpy.ndarray[Any, Any]) -> numpy.ndarray[Any, Any]:
    """The same points turned so that they spread along x most."""
    import numpy as np

    if len(points) < 3:
        return points
    (a, b), (_, d) = np.cov(points.T)
    angle = 0.5 * math.atan2(2 * b, a - d)
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    turned: numpy.ndarray[Any, Any] = points @ turn
    return turned


def _spread(
    points: numpy.ndarray[Any, Any], boxes: Sequence[Size], *, aspect: float, room: float
) -> numpy.ndarray[Any, Any]:
    """The points in pixels: spread over as much room as their boxes need, `aspect` times as wide as high."""
    import numpy as np

    extent = np.maximum(np.ptp(points, axis=0), 1e-6)
    if len(points) < 3 or extent.min() < 1e-3 * extent.max():
        # A line of two or three nodes, each a label's width from the next.
        widest = max(width for width, _ in boxes)
        line: numpy.ndarray[Any, Any] = points / extent.max() * (len(points) - 1) * (widest + GAP * room)
        return line
    stretch = float(np.clip(math.sqrt(aspect * extent[1] / extent[0]), 1 / STRETCH, STRETCH))
    shaped = points * np.array([stretch, 1 / stretch])
    area = room * sum(width * height for width, height in boxes)
    spread: numpy.ndarray[Any, Any] = shaped * math.sqrt(area / float(np.prod(np.ptp(shaped, axis=0))))
    return spread


def _closer(places: Mapping[str, tuple[int, int]], boxes: Mapping[str, Size]) -> dict[str, tuple[int, int]]:
    """The parts of a picture, packed on a coarse grid, drawn together to the last pixel."""
    import numpy as np

    names = list(places)
    points = compacted(
        np.array([places[name] for name in names], dtype=float),
        [boxes[name] for name in names],
        aspect=ASPECT,
        rounds=WHOLE,
    )
    return {name: (round(float(x)), round(float(y))) for name, (x, y) in zip(names, points, strict=True)}


def _centred(places: Mapping[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """The same places around the origin, which is where physics pulls everything to."""
    if not places:
        return {}
    middle = [(min(axis) + max(axis)) // 2 for axis in zip(*places.values(), strict=True)]
    return {name: (x - middle[0], y - middle[1]) for name, (x, y) in places.items()}
