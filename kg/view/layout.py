"""Which nodes a picture shows, and where each stands.

Everything is reproducible: igraph starts from a circle in sorted order, its random numbers are seeded here, the number
of steps is fixed, and coordinates are whole pixels.
"""

from __future__ import annotations

import math
import random
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy

    from kg.networks import Network

    Point = tuple[float, float]
    Size = tuple[float, float]
    """Width and height in pixels."""

_CELLS = 120
"""How fine the grid of packing is: about so many cells to a side of the picture."""
_CELL = 16
"""… but no cell is smaller than this, in pixels."""
STEPS = 1_000
"""Iterations of the force-directed layout: graphs of 300 nodes no longer move visibly after some 600."""
ROOM = 1.1
"""How much space a picture has for each pixel of a node with its label: less crowds it, more makes labels small."""
ASPECT = 1.05
"""Width to height of a picture: that of a laptop's screen less the columns beside the picture."""
STRETCH = 1.7
"""The most that a part of the graph is stretched along one side to come near `ASPECT`."""
GAP = 6.0
"""The least free space between two nodes with their labels, in pixels."""
UNTANGLING = 300
"""Rounds in which overlapping nodes push one another apart; it ends early when none overlaps."""

CORE = 60
"""How many communities are placed by what joins them; the smaller ones stand in rings around those."""
_CROWD = 1.1
"""How much room a disc has for each pixel of its members: labels are shown where there is room for them."""
_STEPS_IN_A_DISC = 150
_FEW = 400
"""Up to this number of nodes a layout weighs every pair, above it only near ones."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A connected part in its own coordinates."""

    names: list[str]
    points: numpy.ndarray[Any, Any]
    edges: list[tuple[int, int]]


def central(network: Network, limit: int) -> frozenset[str]:
    """The ids of the nodes to show: all if there are at most `limit`, else the most central ones.

    Entities are taken by their PageRank in the undirected graph of all facts, each together with the values that it
    alone brings in (a model without its date would not tell its story), until the next one no longer fits.
    """
    if len(network.nodes) <= limit:
        return frozenset(node.id for node in network.nodes)
    values = {node.id for node in network.nodes if node.is_value}
    of: dict[str, set[str]] = defaultdict(set)
    for edge in network.edges:
        if edge.target in values:
            of[edge.source].add(edge.target)
    kept: set[str] = set()
    for node_id in ranking(network):
        if node_id in values:
            continue
        fresh = {node_id, *of[node_id]} - kept
        if len(kept) + len(fresh) > limit:
            break
        kept |= fresh
    return frozenset(kept)


def ranking(network: Network) -> list[str]:
    """All node ids by PageRank, the most central one first, equals by id."""
    ids = [node.id for node in network.nodes]
    graph = _graph(ids, sorted({(edge.source, edge.target) for edge in network.edges}))
    ranks = graph.pagerank(directed=False)
    return [node_id for _, node_id in sorted(zip((-round(rank, 9) for rank in ranks), ids, strict=True))]


def positions(
    ids: Sequence[str], pairs: Sequence[tuple[str, str]], boxes: Mapping[str, Size]
) -> dict[str, tuple[int, int]]:
    """The centre of each node in pixels, y downwards; no two of `boxes` overlap unless there is no room at all.

    Connected parts are laid out one by one (Kamada-Kawai, then Fruchterman-Reingold), turned so that their longer side
    lies flat as a screen does, and packed around the largest one.
    """
    import igraph

    graph = _graph(ids, pairs)
    placed: list[_Part] = []
    generator = random.Random(0)
    igraph.set_random_number_generator(generator)
    try:
        components = list(graph.connected_components())
        # The largest part leaves room for others above and below it.
        aspect = ASPECT if len(components) == 1 else 1.15 * ASPECT
        for members in components:
            part = graph.induced_subgraph(members)
            names = [ids[member] for member in members]
            sizes = [boxes[name] for name in names]
            points = _untangled(_spread(_flat(_drawn(part)), sizes, aspect), sizes)
            placed.append(_Part(names, points, part.get_edgelist()))
    finally:
        # `random` is what igraph itself starts with.
        igraph.set_random_number_generator(random)
    return _packed(placed, boxes)


def clustered(
    ids: Sequence[str],
    pairs: Sequence[tuple[str, str]],
    boxes: Mapping[str, Size],
    group_of: Mapping[str, int],
) -> tuple[dict[str, tuple[int, int]], dict[int, tuple[int, int, int]]]:
    """Places for a graph too large to be untangled as one: (node id → centre, group → centre and radius in pixels).

    Each group gets a disc with room for its members' `boxes`; discs and nodes of no group are placed like the nodes
    of a small graph, joined where their members are; a group's members fill its disc.
    """
    members: dict[int, list[str]] = defaultdict(list)
    for node_id in ids:
        if node_id in group_of:
            members[group_of[node_id]].append(node_id)
    radius = {
        group: round(math.sqrt(_CROWD * sum(boxes[m][0] * boxes[m][1] for m in inside) / math.pi)) + 40
        for group, inside in members.items()
    }
    core = set(range(CORE))
    names = {i: f"group {group_of[i]:09}" if i in group_of else i for i in ids if group_of.get(i, 0) in core}
    discs = {f"group {group:09}": (2.2 * size, 2.2 * size) for group, size in radius.items() if group in core}
    alone = {node_id: boxes[node_id] for node_id in ids if node_id not in group_of}
    joined = {
        (names[one], names[other])
        for one, other in pairs
        if one in names and other in names and names[one] != names[other]
    }
    whole = positions([*sorted(discs), *sorted(alone)], sorted(joined), {**discs, **alone})
    centres = {group: whole[f"group {group:09}"] for group in sorted(core & radius.keys())}
    centres |= _rings(whole.values(), {group: size for group, size in radius.items() if group not in core}, radius)
    inner: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for one, other in pairs:
        if one in group_of and group_of[one] == group_of.get(other):
            inner[group_of[one]].append((one, other))
    places = {node_id: whole[node_id] for node_id in alone}
    circles: dict[int, tuple[int, int, int]] = {}
    for group, inside in sorted(members.items()):
        x, y = centres[group]
        circles[group] = (x, y, radius[group])
        for node_id, (across, down) in zip(inside, _disc(inside, inner[group]), strict=True):
            places[node_id] = (round(x + 0.9 * radius[group] * across), round(y + 0.9 * radius[group] * down))
    return places, circles


def _rings(
    core: Iterable[tuple[int, int]], sizes: Mapping[int, int], all_sizes: Mapping[int, int]
) -> dict[int, tuple[int, int]]:
    """Centres for discs around a finished picture: ring after ring, in the order of their numbers."""
    around = list(core) or [(0, 0)]
    x, y = (sum(place[axis] for place in around) / len(around) for axis in (0, 1))
    far = max(math.hypot(one - x, other - y) for one, other in around)
    ring = far + max(all_sizes.values(), default=0) + max(sizes.values(), default=0)
    found: dict[int, tuple[int, int]] = {}
    angle, widest = 0.0, 0
    for group, size in sorted(sizes.items()):
        step = 2 * math.asin(min(1.0, 1.05 * size / ring))
        if angle + step > 2 * math.pi:
            ring, angle, widest = ring + 2.1 * widest, 0.0, 0
            step = 2 * math.asin(min(1.0, 1.05 * size / ring))
        widest = max(widest, size)
        found[group] = (round(x + ring * math.cos(angle + step / 2)), round(y + ring * math.sin(angle + step / 2)))
        angle += step
    return found


def _disc(ids: list[str], pairs: list[tuple[str, str]]) -> list[Point]:
    """Places in the unit disc: those of a force-directed layout, spread evenly from the middle to the rim."""
    import igraph
    import numpy as np

    count = len(ids)
    if count == 1:
        return [(0.0, 0.0)]
    # The sunflower's spiral: the most central ids, which come first, start in the middle.
    turns = np.arange(count) * math.pi * (3 - math.sqrt(5))
    start = np.sqrt((np.arange(count) + 0.5) / count)[:, None] * np.stack([np.cos(turns), np.sin(turns)], axis=1)
    if not pairs:
        return [(float(x), float(y)) for x, y in start]
    graph = _graph(ids, pairs)
    igraph.set_random_number_generator(random.Random(0))
    try:
        drawn = graph.layout_fruchterman_reingold(
            seed=(start * math.sqrt(count)).tolist(),
            niter=_STEPS_IN_A_DISC,
            grid="nogrid" if count <= _FEW else "grid",
        )
    finally:
        igraph.set_random_number_generator(random)
    points = np.array(list(drawn), dtype=float).reshape(-1, 2)
    points -= np.median(points, axis=0)
    # The angle of the layout, but the distance by its order: a force-directed picture is dense in the middle and has
    # outliers, and a disc should be neither.
    distance = np.hypot(points[:, 0], points[:, 1])
    even = np.empty(count)
    even[np.lexsort((np.arange(count), distance))] = np.sqrt((np.arange(count) + 0.5) / count)
    unit = points / np.maximum(distance, 1e-9)[:, None]
    return [(float(x), float(y)) for x, y in unit * even[:, None]]


def label_width(label: str, font: int) -> float:
    """About how many pixels wide `label` is drawn in a font of that size: Latin letters are half as wide as Chinese."""
    return font * sum(1.0 if unicodedata.east_asian_width(character) in "WF" else 0.58 for character in label)


def _graph(ids: Sequence[str], pairs: Sequence[tuple[str, str]]) -> Any:
    import igraph

    index = {node_id: place for place, node_id in enumerate(ids)}
    return igraph.Graph(n=len(ids), edges=[(index[one], index[other]) for one, other in pairs])


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


def _spread(points: numpy.ndarray[Any, Any], boxes: Sequence[Size], aspect: float) -> numpy.ndarray[Any, Any]:
    """The points in pixels: spread over as much room as their boxes need, `aspect` times as wide as high."""
    import numpy as np

    extent = np.maximum(np.ptp(points, axis=0), 1e-6)
    if len(points) < 3 or extent.min() < 1e-3 * extent.max():
        # A line of two or three nodes, each a label's width from the next.
        widest = max(width for width, _ in boxes)
        line: numpy.ndarray[Any, Any] = points / extent.max() * (len(points) - 1) * (widest + GAP)
        return line
    stretch = float(np.clip(math.sqrt(aspect * extent[1] / extent[0]), 1 / STRETCH, STRETCH))
    shaped = points * np.array([stretch, 1 / stretch])
    area = ROOM * sum(width * height for width, height in boxes)
    spread: numpy.ndarray[Any, Any] = shaped * math.sqrt(area / float(np.prod(np.ptp(shaped, axis=0))))
    return spread


def _untangled(points: numpy.ndarray[Any, Any], boxes: Sequence[Size]) -> numpy.ndarray[Any, Any]:
    """The points moved as little as it takes for no two boxes to overlap."""
    import numpy as np

    half = np.array(boxes, dtype=float) / 2 + GAP / 2
    need = half[:, None, :] + half[None, :, :]
    points = points.copy()
    # Of two nodes in one place, the earlier one goes up and to the left.
    tie = np.sign(np.arange(len(points))[:, None] - np.arange(len(points))[None, :])
    for _ in range(UNTANGLING):
        apart = points[:, None, :] - points[None, :, :]
        lack = need - np.abs(apart)
        clash = (lack > 0.5).all(axis=2)
        np.fill_diagonal(clash, False)
        if not clash.any():
            break
        direction = np.where(apart == 0, tie[:, :, None], np.sign(apart))
        along_x = lack[:, :, 0] < lack[:, :, 1]
        axis = np.stack([along_x, ~along_x], axis=2)
        points += np.where(clash[:, :, None] & axis, direction * lack, 0.0).sum(axis=1) * 0.35
    return points


def _packed(parts: list[_Part], boxes: Mapping[str, Size]) -> dict[str, tuple[int, int]]:
    """The parts side by side, the largest first, each as near to the middle as it goes without touching another.

    A small part may stand in a bay of a large one: what is kept free are the boxes and the lines of the parts, on a
    grid, and a whole picture has about the shape of a screen.
    """
    import numpy as np

    parts = sorted(parts, key=lambda part: (-len(part.names), part.names))
    if not parts:
        return {}
    area = sum((box[0] + 2 * GAP) * (box[1] + 2 * GAP) for box in boxes.values())
    cell = max(_CELL, round(math.sqrt(area) / _CELLS))
    masks = [_mask(part, boxes, cell) for part in parts]
    # A square that holds the largest part with all the others around it; powers of two make the search quick.
    widest = max(max(mask.shape) for _, mask in masks)
    side = 2 ** math.ceil(math.log2(2 * math.sqrt(sum(int(mask.size) for _, mask in masks)) + 2 * widest))
    taken = np.zeros((side, side))
    reach = 0.0
    found: dict[str, tuple[int, int]] = {}
    for part, (corner, mask) in zip(parts, masks, strict=True):
        high, wide = mask.shape
        # How many cells of the part would fall on taken ones, for every place at once.
        clash = np.fft.irfft2(np.fft.rfft2(taken) * np.conj(np.fft.rfft2(mask, s=taken.shape)), s=taken.shape)
        free = clash[: side - high, : side - wide] < 0.5
        middle = side / 2
        rows, columns = np.arange(free.shape[0]), np.arange(free.shape[1])
        reach_x = np.maximum(abs(columns - middle), abs(columns + wide - middle)) / ASPECT
        reach_y = np.maximum(abs(rows - middle), abs(rows + high - middle))
        # As little as possible beyond what the picture reaches already, then as near as possible to its middle.
        far = np.where(free, np.maximum(reach_x[None, :], reach_y[:, None]), np.inf)
        least = np.argwhere(far <= max(far.min(), reach) + 1e-6)
        near = np.hypot((least[:, 1] + wide / 2 - middle) / ASPECT, least[:, 0] + high / 2 - middle)
        row, column = (int(one) for one in least[int(np.argmin(np.round(near, 3)))])
        reach = max(reach, float(far[row, column]))
        taken[row : row + high, column : column + wide] += mask
        for name, point in zip(part.names, part.points, strict=True):
            at = (point - corner) + np.array([column, row]) * cell
            found[name] = (round(float(at[0])), round(float(at[1])))
    left, top = (min(place[axis] for place in found.values()) for axis in (0, 1))
    return {name: (x - left, y - top) for name, (x, y) in found.items()}


def _mask(part: _Part, boxes: Mapping[str, Size], cell: int) -> tuple[numpy.ndarray[Any, Any], numpy.ndarray[Any, Any]]:
    """(the upper left corner of a part in pixels, the cells that its boxes and lines take)."""
    import numpy as np

    half = np.array([boxes[name] for name in part.names], dtype=float) / 2 + 2 * GAP
    low, high = part.points - half, part.points + half
    corner = low.min(axis=0)
    wide, tall = np.ceil((high.max(axis=0) - corner) / cell).astype(int) + 1
    mask = np.zeros((int(tall), int(wide)))
    for (x0, y0), (x1, y1) in zip((low - corner) / cell, (high - corner) / cell, strict=True):
        mask[int(y0) : math.ceil(y1), int(x0) : math.ceil(x1)] = 1
    for one, other in part.edges:
        start, end = part.points[one] - corner, part.points[other] - corner
        steps = int(np.abs(end - start).max() / cell * 2) + 2
        line = (start + (end - start) * np.linspace(0, 1, steps)[:, None]) / cell
        mask[line[:, 1].astype(int), line[:, 0].astype(int)] = 1
    return corner, mask
