"""The layered picture: one band a rank, in it one lane a maker, and along it what was made, in the order of time.

Everything comes from the ontology: the ranks are the members of an ordered class, the makers are what the first
headline relation between entities points to, the time is that of the first date relation that an entity has.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kg.view import lanes
from kg.view.lanes import Tick

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.networks import Network, Node
    from kg.ontology import Ontology

_DATE = re.compile(r"-?(\d{4})(?:-(\d\d)(?:-(\d\d))?)?\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Band:
    """A rank's stripe, from `top` to `bottom`."""

    rank: str
    """The id of the rank; empty for the band of those that nobody ranks."""
    top: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Landscape:
    """Where everything stands: ids of makers and of what they made, in pixels; all others are not in the picture."""

    places: Mapping[str, tuple[int, int]]
    dates: Mapping[str, str]
    """By id, the date that places it, as written."""
    makers: Mapping[str, str]
    """By id of what was made, whose lane it is in."""
    bands: tuple[Band, ...]
    rules: tuple[int, ...]
    """Where a line parts two lanes of a band."""
    signs: tuple[tuple[int, str], ...]
    """Where a lane has only a name: the place and whose it is; of nobody if no maker is named."""
    ticks: tuple[Tick, ...]
    undated: int | None
    """Where the things without a date stand; None if all have one."""
    left: int
    right: int


EMPTY = Landscape({}, {}, {}, (), (), (), (), None, 0, 0)


def landscape(
    network: Network, ontology: Ontology, *, labels: Mapping[str, tuple[str, ...]], wide: int = lanes.WIDE
) -> Landscape:
    """The layered picture of a network; `EMPTY` if it holds no maker and no date.

    `labels` are what may stand at a node, lines and all: there is room for each.

    Something without a maker in the network has a lane without a name, at the end of its band.
    """
    known = {node.id: node for node in network.nodes}
    owner, day = _owners(network, ontology, known), _dates(network, ontology, known)
    owners = set(owner.values())
    things = sorted((set(owner) | set(day)) - owners)
    if not owners and not day:
        return EMPTY
    rank = _ranks(network, ontology, known)
    crews: dict[tuple[int, str], list[str]] = defaultdict(list)
    for node_id in things:
        maker = owner.get(node_id, "")
        # What is ranked itself stands in its band, all else in its maker's.
        at = rank.get(node_id, rank.get(maker, (_UNRANKED, "")))[0]
        crews[at, maker].append(node_id)
    for node_id in owners:
        # A maker that is ranked is in its band, also if all that it made is in others.
        if node_id in rank:
            crews.setdefault((rank[node_id][0], node_id), [])
    days = {node_id: _ordinal(text) for node_id, text in day.items()}
    names = dict(rank.values())
    laid = lanes.laid(crews, days, labels, home={maker: rank[maker][0] for maker in owners if maker in rank}, wide=wide)
    return Landscape(
        places=laid.places,
        dates=day,
        makers={node_id: maker for node_id, maker in owner.items() if node_id in laid.places},
        bands=tuple(Band(names.get(number, ""), stripe.top, stripe.bottom) for number, stripe in laid.stripes),
        rules=laid.rules,
        signs=laid.signs,
        ticks=laid.ticks,
        undated=laid.undated,
        left=0,
        right=laid.right,
    )


def makers(network: Network, ontology: Ontology) -> frozenset[str]:
    """The ids of those that made something: what the first headline relation between entities points to."""
    return frozenset(_owners(network, ontology, {node.id: node for node in network.nodes}).values())


def central(network: Network, ontology: Ontology, ranking: list[str], limit: int) -> frozenset[str]:
    """The ids of a landscape of about `limit` things: the first makers of `ranking`, what they made, and its values."""
    made: dict[str, list[str]] = defaultdict(list)
    for thing, maker in _owners(network, ontology, {node.id: node for node in network.nodes}).items():
        made[maker].append(thing)
    beside: dict[str, list[str]] = defaultdict(list)
    for edge in network.edges:
        beside[edge.source].append(edge.target)
    things: set[str] = set()
    for maker in ranking:
        if maker in made and len(things) + len(made[maker]) < limit:
            things |= {maker, *made[maker]}
    return frozenset(things | {target for thing in things for target in beside[thing]})


_UNRANKED = 10**6
"""After every rank."""


def _owners(network: Network, ontology: Ontology, known: Mapping[str, Node]) -> dict[str, str]:
    """By id of what was made, its maker: along the first headline relation between entities; of several, the first."""
    ordered = {cls.name for cls in ontology.classes if cls.ordered}
    relation = next((r.name for r in ontology.relations if r.datatype is None and not ordered & set(r.range)), None)
    found: dict[str, str] = {}
    for edge in network.edges:
        if edge.relation == relation and not known[edge.target].is_value:
            found.setdefault(edge.source, edge.target)
    # What is made by something that is made itself would be in two places.
    return {made: maker for made, maker in found.items() if maker not in found}


def _dates(network: Network, ontology: Ontology, known: Mapping[str, Node]) -> dict[str, str]:
    order = {relation.name: place for place, relation in enumerate(ontology.relations) if relation.datatype == "date"}
    found: dict[str, tuple[int, str]] = {}
    for edge in network.edges:
        text = known[edge.target].label
        if edge.relation in order and _DATE.match(text) and int(text[:4]) > 0:
            found[edge.source] = min(found.get(edge.source, (10**6, "")), (order[edge.relation], text))
    return {node_id: text for node_id, (_, text) in sorted(found.items())}


def _ranks(network: Network, ontology: Ontology, known: Mapping[str, Node]) -> dict[str, tuple[int, str]]:
    """By id, the best rank that a source gives it: its number and its id."""
    ordered = {cls.name for cls in ontology.classes if cls.ordered}
    members = {member.id: member.rank for member in ontology.members}
    found: dict[str, tuple[int, str]] = {}
    for edge in network.edges:
        if known[edge.target].type in ordered:
            number = members.get(edge.target)
            at = (number if number is not None else _UNRANKED - 1, edge.target)
            found[edge.source] = min(found.get(edge.source, at), at)
    return found


def _ordinal(text: str) -> int:
    """The middle of what a date can mean, as a day."""
    year, month, day = (int(part) if part else 0 for part in _DATE.fullmatch(text).groups())  # type: ignore[union-attr]
    if not 1 <= month <= 12:
        return date(year, 7, 1).toordinal()
    try:
        return date(year, month, day or 15).toordinal()
    except ValueError:
        return date(year, month, 15).toordinal()  # such as a 31st of April
