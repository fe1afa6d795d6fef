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

from kg.view.layout import label_width

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.networks import Network, Node
    from kg.ontology import Ontology

ROW = 64
"""Height of one row of a lane, in pixels: a node, its name and its date."""
MONTH = 84
"""Pixels of a month where little happens; time is never squeezed below a fifth of it."""
WIDEST = 5_200
"""The picture is not wider than this, except where time is squeezed as far as it goes."""
FONT = 15
_GAP = 18
_DATE = re.compile(r"-?(\d{4})(?:-(\d\d)(?:-(\d\d))?)?\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Band:
    """A rank's stripe, from `top` to `bottom`."""

    rank: str
    """The id of the rank; empty for the band of those that nobody ranks."""
    top: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A line at the beginning of a year."""

    label: str
    x: int


@dataclass(frozen=True, slots=True)
class Landscape:
    """Where everything stands: ids of makers and of what they made, in pixels; all others are not in the picture."""

    places: Mapping[str, tuple[int, int]]
    dates: Mapping[str, str]
    """By id, the date that places it, as written."""
    bands: tuple[Band, ...]
    ticks: tuple[Tick, ...]
    left: int
    right: int


EMPTY = Landscape({}, {}, (), (), 0, 0)


def landscape(network: Network, ontology: Ontology, *, labels: Mapping[str, str]) -> Landscape:
    """The layered picture of a network; `EMPTY` if it holds no maker and no date.

    Something without a maker in the network has a lane without a name, at the end of its band.
    """
    known = {node.id: node for node in network.nodes}
    owner, day = _owners(network, ontology, known), _dates(network, ontology, known)
    owners = set(owner.values())
    things = sorted((set(owner) | set(day)) - owners)
    if not owners and not day:
        return EMPTY
    rank = _ranks(network, ontology, known)
    lanes: dict[tuple[int, str], list[str]] = defaultdict(list)
    for node_id in owners:
        lanes[rank.get(node_id, (_UNRANKED, ""))[0], node_id] = []
    for node_id in things:
        maker = owner.get(node_id, "")
        # A thing stands beside its maker, who is ranked; one that nobody made, in its own band.
        at = rank.get(maker or node_id, (_UNRANKED, ""))[0]
        lanes[at, maker].append(node_id)
    days = {node_id: _ordinal(text) for node_id, text in day.items()}
    first, last = min(days.values(), default=0), max(days.values(), default=0)
    months = max((last - first) / 30.44, 1.0)
    scale = max(MONTH / 5, min(MONTH, WIDEST / months)) / 30.44
    left = max((label_width(labels[o], FONT + 4) for o in owners), default=0.0) + 3 * _GAP
    undated = max((label_width(labels[t], FONT) for t in things if t not in day), default=0.0)
    start = left + (undated + 3 * _GAP if undated else 0.0)
    places: dict[str, tuple[int, int]] = {}
    bands: list[Band] = []
    names = {number: rank_id for number, rank_id in rank.values()}
    y = 0.0
    for number in sorted({number for number, _ in lanes}):
        top = y
        own = [(maker, inside) for (at, maker), inside in lanes.items() if at == number]
        own.sort(key=lambda lane: (lane[0] == "", min((days[i] for i in lane[1] if i in days), default=10**9), lane[0]))
        for maker, inside in own:
            rows: list[float] = []
            inside.sort(key=lambda i: (days.get(i, -1), i))
            for node_id in inside:
                x = start + (days[node_id] - first) * scale if node_id in days else left + undated / 2
                half = max(label_width(labels[node_id], FONT), 80.0 if node_id in days else 0.0) / 2 + _GAP / 2
                row = next((r for r, edge in enumerate(rows) if edge <= x - half), len(rows))
                rows[row : row + 1] = [x + half]
                places[node_id] = (round(x), round(y + ROW * (row + 0.5)))
            height = ROW * max(len(rows), 1)
            if maker:
                places[maker] = (round(left / 2), round(y + height / 2))
            y += height
        bands.append(Band(names.get(number, ""), round(top), round(y)))
        y += _GAP
    years = range(date.fromordinal(first).year, date.fromordinal(last).year + 1) if days else range(0)
    ticks = tuple(Tick(str(year), round(start + (date(year, 1, 1).toordinal() - first) * scale)) for year in years)
    return Landscape(
        places=places,
        dates=day,
        bands=tuple(bands),
        ticks=tuple(tick for tick in ticks if tick.x >= start - 1) or ticks[:1],
        left=0,
        right=round(start + (last - first) * scale + 120),
    )


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
        if edge.relation in order and _DATE.match(text) and 0 < int(text[:4]):
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
