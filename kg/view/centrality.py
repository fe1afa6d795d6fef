"""Which nodes a picture shows when there is no room for all: the most central ones."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.networks import Network


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
    whole = graph(ids, sorted({(edge.source, edge.target) for edge in network.edges}))
    ranks = whole.pagerank(directed=False)
    return [node_id for _, node_id in sorted(zip((-round(rank, 9) for rank in ranks), ids, strict=True))]


def graph(ids: Sequence[str], pairs: Sequence[tuple[str, str]]) -> Any:
    """An undirected graph of igraph, its vertices in the order of `ids`."""
    import igraph

    index = {node_id: place for place, node_id in enumerate(ids)}
    return igraph.Graph(n=len(ids), edges=[(index[one], index[other]) for one, other in pairs])
