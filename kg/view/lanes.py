"""Where things stand in bands and lanes: across by their day, down by who made them.

All numbers are pixels.  A band holds lanes, a lane its maker at the left, then what has no date, then the axis of time;
names that come too near one another go into further rows of their lane.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kg.view.letters import LINE, label_width

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

UP = 16
"""From the upper edge of a row to the middle of its shapes."""
HEAD = 24
"""Height of a band's name."""
WIDE = 1_020
"""Width of the whole: so much can be read on a laptop beside the page's columns; going down is easier than aside."""
WIDER = 1_600
"""Width of a picture that stands still, which is not to be a tower."""
LEAST = 560
"""Width of the axis of time, however long the makers' names are."""
UNDATED = 190
"""The most width of the column of things without a date."""
BUSY = 1.0
"""How much wider a year is for each thing that came out in it: the axis gives room where it is needed, and its lines
show where each year begins."""
QUIET_YEAR = 0.5
"""How wide a year is in which nothing came out, in the same unit."""
TICK = 44
"""The least width from one year's name to the next; years between are not named."""
FONT = 14
MAKER = 16
"""The size of the font of makers."""
SMALL = 11
"""The font's size of dates."""
_DATED = 72.0
"""Room for a date."""
_GAP = 18
_AFTER = 70
"""Room behind the last day, for half of a name."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A line at the beginning of a year."""

    label: str
    x: int


@dataclass(frozen=True, slots=True)
class Stripe:
    """The height of a band."""

    top: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Laid:
    """Bands and lanes with everything in its place."""

    places: Mapping[str, tuple[int, int]]
    stripes: tuple[tuple[int, Stripe], ...]
    """By the number of a band, from above."""
    rules: tuple[int, ...]
    """Where a line parts two lanes of a band."""
    signs: tuple[tuple[int, str], ...]
    """Where a lane has only a name: the place and whose it is; of nobody if no maker is named."""
    ticks: tuple[Tick, ...]
    undated: int | None
    """Where the column of things without a date begins, if there are any."""
    right: int


def laid(
    crews: Mapping[tuple[int, str], Sequence[str]],
    days: Mapping[str, int],
    labels: Mapping[str, tuple[str, ...]],
    *,
    home: Mapping[str, int],
    wide: int = WIDE,
) -> Laid:
    """Places for lanes, given as (number of the band, maker or nothing) → what it made.

    `days` are ordinals; `labels` what may stand at a node, lines and all: there is room for each.  `home` is the band
    that a maker is in; one without stands in the first band that has a lane of it, and in the others by name only.
    """
    left = max((_wide(labels[maker], MAKER) for _, maker in crews if maker), default=0.0) + 2 * _GAP
    undated = min(UNDATED, max((_row(inside, days, labels) for inside in crews.values()), default=0.0))
    start = left + (undated + 2 * _GAP if undated else _GAP)
    axis = _axis(days, start, max(LEAST, wide - start - _AFTER))
    across = {node_id: axis(one) for node_id, one in days.items()}
    places: dict[str, tuple[int, int]] = {}
    stripes: list[tuple[int, Stripe]] = []
    rules: list[int] = []
    signs: list[tuple[int, str]] = []
    first = {maker: number for number, maker in sorted(crews, reverse=True)}
    y = 0.0
    for number in sorted({number for number, _ in crews}):
        top = y
        y += HEAD
        own = [(maker, inside) for (at, maker), inside in crews.items() if at == number]
        own.sort(key=lambda lane: (lane[0] == "", min((days[i] for i in lane[1] if i in days), default=10**9), lane[0]))
        for turn, (maker, inside) in enumerate(own):
            if turn:
                rules.append(round(y))
            if maker and number == home.get(maker, first[maker]):
                places[maker] = (round(left / 2), round(y + UP))
            else:
                signs.append((round(y + UP), maker))
            end = y + (_high(labels[maker], MAKER) if maker else 0.0)
            for row in _rows(inside, across, labels, left + _GAP):
                places |= {node_id: (round(x), round(y + UP)) for node_id, x in row}
                y += max(_high(labels[node_id], FONT, dated=node_id in days) for node_id, _ in row)
            y = max(y, end)
        stripes.append((number, Stripe(round(top), round(y))))
        y += _GAP
    return Laid(
        places=places,
        stripes=tuple(stripes),
        rules=tuple(rules),
        signs=tuple(signs),
        ticks=_ticks(days, axis),
        undated=round(left) if undated else None,
        right=round(max(across.values(), default=start) + _AFTER),
    )


def _row(inside: Sequence[str], days: Mapping[str, int], labels: Mapping[str, tuple[str, ...]]) -> float:
    """How wide all that a maker's lane holds without a date is in one row."""
    return sum(_wide(labels[node_id], FONT) + _GAP / 2 for node_id in inside if node_id not in days)


def _rows(
    inside: Sequence[str], across: Mapping[str, float], labels: Mapping[str, tuple[str, ...]], left: float
) -> list[list[tuple[str, float]]]:
    """The rows of a lane: what is dated at its day, what is not one beside the other from `left` on."""
    rows: list[list[tuple[str, float]]] = []
    ends: list[float] = []
    x, at = left, 0
    for node_id in sorted(i for i in inside if i not in across):
        wide = _wide(labels[node_id], FONT) + _GAP / 2
        if x > left and x + wide > left + UNDATED:
            x, at = left, at + 1
        rows[at:] = rows[at:] or [[]]
        rows[at].append((node_id, x + wide / 2))
        x += wide
    ends = [0.0] * len(rows)
    for node_id in sorted((i for i in inside if i in across), key=lambda i: (across[i], i)):
        half = max(_wide(labels[node_id], FONT), _DATED) / 2 + _GAP / 4
        row = next((r for r, end in enumerate(ends) if end <= across[node_id] - half), len(rows))
        if row == len(rows):
            rows.append([])
            ends.append(0.0)
        rows[row].append((node_id, across[node_id]))
        ends[row] = across[node_id] + half
    return rows


def _axis(days: Mapping[str, int], start: float, width: float) -> Callable[[int], float]:
    """The place of a day on the axis: each year as wide as it is busy, and wide enough for its name."""
    counts = Counter(date.fromordinal(day).year for day in days.values())
    years = _span(counts)
    weights = {year: BUSY * counts[year] if counts[year] else QUIET_YEAR for year in years}
    least = {year: TICK if counts[year] else 0 for year in years}
    # A century with something in every year makes the axis longer.
    free = max(width - sum(least.values()), width / 3) / max(sum(weights.values()), 1)
    begins, x = {}, start
    for year in years:
        begins[year] = x
        x += least[year] + free * weights[year]
    begins[years.stop] = x

    def place(day: int) -> float:
        at = date.fromordinal(day)
        first = date(at.year, 1, 1).toordinal()
        share = (day - first) / (date(at.year, 12, 31).toordinal() - first + 1)
        return begins[at.year] + share * (begins[at.year + 1] - begins[at.year])

    return place


def _ticks(days: Mapping[str, int], axis: Callable[[int], float]) -> tuple[Tick, ...]:
    counts = Counter(date.fromordinal(day).year for day in days.values())
    found: list[Tick] = []
    # Years in which something came out are named first, quiet ones where there is room left.
    for year in sorted(_span(counts), key=lambda year: (not counts[year], year)):
        x = round(axis(date(year, 1, 1).toordinal()))
        if all(abs(x - tick.x) >= TICK for tick in found):
            found.append(Tick(str(year), x))
    return tuple(sorted(found, key=lambda tick: tick.x))


def _span(counts: Mapping[int, int]) -> range:
    return range(min(counts), max(counts) + 1) if counts else range(0)


def _wide(labels: tuple[str, ...], font: int) -> float:
    return max(label_width(label, font) for label in labels)


def _high(labels: tuple[str, ...], font: int, *, dated: bool = False) -> float:
    """The height of a row that holds this: a shape, the lines of its name and perhaps its date."""
    lines = max(label.count("\n") + 1 for label in labels)
    return 2 * UP + LINE * font * (lines + dated)
