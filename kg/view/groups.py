"""Which nodes belong together, and how a large graph is summed up by that.

Communities are found by the Leiden method on the facts between entities.  Ranks and values are left out of it: a tier
or a day joins things that have nothing else to do with each other.  How clear the division is, its modularity says
(Newman and Girvan 2004: the share of facts inside communities less what chance would put there; from 0.3 on a division
means something).
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

CLEAR = 0.3
"""From this modularity on a large graph opens on its communities, else on its most central entities."""
_ROUNDS = 4
"""Leiden's iterations: a fifth changes nothing in graphs of 20,000 nodes."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """Every node's community."""

    of: Mapping[str, int]
    """The number of its community by node id: 0 is the largest.  Ranks have none."""
    count: int
    modularity: float


def grouped(
    ids: Sequence[str], pairs: Iterable[tuple[str, str]], *, values: frozenset[str], ranks: frozenset[str]
) -> Grouping:
    """The communities of a network; `ids` are sorted, the most central first, and so are communities of one size.

    A value goes with the entity that has it; of several, with the community that most of them are in.
    """
    import igraph

    things = [node_id for node_id in ids if node_id not in values and node_id not in ranks]
    index = {node_id: place for place, node_id in enumerate(things)}
    joined = sorted({(one, other) for one, other in pairs if one != other})
    edges = [(index[one], index[other]) for one, other in joined if one in index and other in index]
    graph = igraph.Graph(n=len(things), edges=edges)
    igraph.set_random_number_generator(random.Random(0))
    try:
        membership = graph.community_leiden(objective_function="modularity", n_iterations=_ROUNDS).membership
    finally:
        igraph.set_random_number_generator(random)  # what igraph itself starts with
    modularity = graph.modularity(membership) if edges else 0.0
    found: dict[str, int] = dict(zip(things, membership, strict=True))
    neighbours: dict[str, Counter[int]] = defaultdict(Counter)
    for one, other in joined:
        if other in values and one in found:
            neighbours[other][found[one]] += 1
    for node_id in ids:
        if node_id in neighbours:
            found[node_id] = min(neighbours[node_id].items(), key=lambda item: (-item[1], item[0]))[0]
    sizes = Counter(found.values())
    first = {number: place for place, number in reversed(list(enumerate(found[i] for i in ids if i in found)))}
    order = sorted(sizes, key=lambda number: (-sizes[number], first[number]))
    place = {number: at for at, number in enumerate(order)}
    return Grouping(
        of={node_id: place[number] for node_id, number in found.items()},
        count=len(order),
        modularity=round(modularity, 3),
    )


def together(ids: Sequence[str], *, ranks: frozenset[str]) -> Grouping:
    """All nodes in one group: what a graph without clear communities is summed up by, its most central ones first."""
    return Grouping(of={node_id: 0 for node_id in ids if node_id not in ranks}, count=1, modularity=0.0)
