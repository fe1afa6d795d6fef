"""Places for a graph too large to be untangled as one: each community in a disc of its own."""

from __future__ import annotations

import math
import random
from collections import defaultdict
from typing import TYPE_CHECKING

from kg.view.centrality import graph
from kg.view.layout import positions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

CORE = 60
"""How many communities are placed by what joins them; the smaller ones stand in rings around those."""
_CROWD = 1.1
"""How much room a disc has for each pixel of its members: labels are shown where there is room for them."""
_STEPS = 150
"""Iterations of the force-directed layout of a disc's members."""
_FEW = 400
"""Up to this number of nodes a layout weighs every pair, above it only near ones."""


def clustered(
    ids: Sequence[str],
    pairs: Sequence[tuple[str, str]],
    boxes: Mapping[str, tuple[float, float]],
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


def _disc(ids: list[str], pairs: list[tuple[str, str]]) -> list[tuple[float, float]]:
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
    drawn = graph(ids, pairs)
    igraph.set_random_number_generator(random.Random(0))
    try:
        places = drawn.layout_fruchterman_reingold(
            seed=(start * math.sqrt(count)).tolist(),
            niter=_STEPS,
            grid="nogrid" if count <= _FEW else "grid",
        )
    finally:
        igraph.set_random_number_generator(random)
    points = np.array(list(places), dtype=float).reshape(-1, 2)
    points -= np.median(points, axis=0)
    # The angle of the layout, but the distance by its order: a force-directed picture is dense in the middle and has
    # outliers, and a disc should be neither.
    distance = np.hypot(points[:, 0], points[:, 1])
    even = np.empty(count)
    even[np.lexsort((np.arange(count), distance))] = np.sqrt((np.arange(count) + 0.5) / count)
    unit = points / np.maximum(distance, 1e-9)[:, None]
    return [(float(x), float(y)) for x, y in unit * even[:, None]]
