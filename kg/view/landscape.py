"""The layered picture: one band a rank, in it one lane a maker, and along it what was made, in the order of time.

Everything comes from the ontology: the ranks are the members of an ordered class, the makers are what the first
headline relation between entities points to, the time is that of the first date relation that an entity has.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kg.view.letters import LINE, label_width

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kg.networks import Network, Node
    from kg.ontology import Ontology

UP = 15
"""From the upper edge of a row to the middle of its shapes, in pixels."""
HEAD = 24
"""Height of a band's name."""
WIDE = 1_450
"""Width of the whole: at that the names can be read on a screen, and going down is easier than going aside."""
LEAST = 700
"""Width of the axis of time, however long the makers' names are."""
BUSY = 0.5
"""How much wider a year is for each thing that came out in it, a quiet year being 2: the axis gives room where it is
needed, and its lines show where each year begins."""
FONT = 14
MAKER = 16
"""The size of the font of makers."""
SMALL = 11
"""The font's size of dates."""
_DATED = 80.0
"""Room for a date, in pixels."""
_GAP = 18
_AFTER = 90
"""Room behind the last day, for half of a name."""
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
    makers: Mapping[str, str]
    """By id of what was made, whose lane it is in."""
    bands: tuple[Band, ...]
    ticks: tuple[Tick, ...]
    left: int
    right: int


EMPTY = Landscape({}, {}, {}, (), (), 0, 0)


def landscape(network: Network, ontology: Ontology, *, labels: Mapping[str, tuple[str, ...]]) -> Landscape:
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
    lanes: dict[tuple[int, str], list[str]] = defaultdict(list)
    for node_id in owners:
        lanes[rank.get(node_id, (_UNRANKED, ""))[0], node_id] = []
    for node_id in things:
        maker = owner.get(node_id, "")
        # A thing stands beside its maker, who is ranked; one that nobody made, in its own band.
        at = rank.get(maker or node_id, (_UNRANKED, ""))[0]
        lanes[at, maker].append(node_id)
    days = {node_id: _ordinal(text) for node_id, text in day.items()}
    left = max((_wide(labels[o], MAKER) for o in owners), default=0.0) + 3 * _GAP
    undated = max((_wide(labels[t], FONT) for t in things if t not in day), default=0.0)
    start = left + (undated + 3 * _GAP if undated else 0.0)
    axis = _axis(days, start, max(LEAST, WIDE - start - _AFTER))
    across = {node_id: axis(one) for node_id, one in days.items()}
    across |= {node_id: left + undated / 2 for node_id in things if node_id not in days}
    places, stripes = _laid(lanes, across, days, labels, left / 2)
    names = dict(rank.values())
    years = sorted({date.fromordinal(one).year for one in days.values()})
    ticks = (Tick(str(year), round(axis(date(year, 1, 1).toordinal()))) for year in _span(years))
    return Landscape(
        places=places,
        dates=day,
        makers={node_id: maker for node_id, maker in owner.items() if node_id in places},
        bands=tuple(Band(names.get(number, ""), round(top), round(bottom)) for number, top, bottom in stripes),
        ticks=tuple(ticks),
        left=0,
        right=round(max(across.values(), default=start) + _AFTER),
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


def _span(years: list[int]) -> range:
    return range(years[0], years[-1] + 1) if years else range(0)


def _axis(days: Mapping[str, int], start: float, width: float) -> Callable[[int], float]:
    """The place of a day on the axis: each year as wide as it is busy."""
    counts = Counter(date.fromordinal(day).year for day in days.values())
    begins, weight = {}, 0.0
    for year in _span(sorted(counts)):
        begins[year] = weight
        weight += 2 + BUSY * counts[year]

    def place(day: int) -> float:
        at = date.fromordinal(day)
        first = date(at.year, 1, 1).toordinal()
        share = (day - first) / (date(at.year, 12, 31).toordinal() - first + 1)
        return start + (begins[at.year] + share * (2 + BUSY * counts[at.year])) * width / weight

    return place


def _laid(
    lanes: Mapping[tuple[int, str], list[str]],
    across: Mapping[str, float],
    days: Mapping[str, int],
    labels: Mapping[str, tuple[str, ...]],
    maker_x: float,
) -> tuple[dict[str, tuple[int, int]], list[tuple[int, float, float]]]:
    """(places, bands as rank, top and bottom): each lane has as many rows as its names need."""
    places: dict[str, tuple[int, int]] = {}
    bands: list[tuple[int, float, float]] = []
    y = 0.0
    for number in sorted({number for number, _ in lanes}):
        top = y
        y += HEAD
        own = [(maker, inside) for (at, maker), inside in lanes.items() if at == number]
        own.sort(key=lambda lane: (lane[0] == "", min((days[i] for i in lane[1] if i in days), default=10**9), lane[0]))
        for maker, inside in own:
            ends: list[float] = []
            rows: list[list[str]] = []
            for node_id in sorted(inside, key=lambda i: (across[i], i)):
                half = max(_wide(labels[node_id], FONT), _DATED if node_id in days else 0.0) / 2 + _GAP / 3
                row = next((r for r, end in enumerate(ends) if end <= across[node_id] - half), len(rows))
                ends[row : row + 1] = [across[node_id] + half]
                rows[row : row + 1] = [[*(rows[row] if row < len(rows) else []), node_id]]
            if maker:
                places[maker] = (round(maker_x), round(y + UP))
            least = y + _high(labels[maker], MAKER) if maker else y
            for row_ids in rows:
                places |= {node_id: (round(across[node_id]), round(y + UP)) for node_id in row_ids}
                y += max(_high(labels[node_id], FONT, dated=node_id in days) for node_id in row_ids)
            y = max(y, least)
        bands.append((number, top, y))
        y += _GAP
    return places, bands


def _wide(labels: tuple[str, ...], font: int) -> float:
    return max(label_width(label, font) for label in labels)


def _high(labels: tuple[str, ...], font: int, *, dated: bool = False) -> float:
    """The height of a row that holds this: a shape, the lines of its name and perhaps its date."""
    lines = max(label.count("\n") + 1 for label in labels)
    return 2 * UP + LINE * (lines * font + (SMALL if dated else 0))


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
