"""Columns of tables: which one names things, and what the others say of them, by their titles or by what they hold.

People head a column as they like (公司, 谁家的, who): where a title says nothing, a column of companies beside one of
models says who made them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg import dates, quantities
from kg.annotate import Rules
from kg.extract import cells
from kg.model import Annotated, Span

_LEADING = 2
"""A column that names things and may tell something as well is one of so many first ones."""
_SHARE, _LEAST = 0.6, 2
"""Of a column's cells that say anything, how many hold one kind of thing, and at least so many, for it to be its
column."""
_CELL = 40
"""Characters of a cell that holds one thing: longer ones are remarks."""
_BESIDE = 5
"""Letters and figures that may stand beside it: 清华 NLP, 等四档."""
_RECORD = 2
"""Columns of a record: labels, and what they say."""
_BRACKETS = re.compile(r"[（(][^（()）]{0,30}[）)]")
_BIG = 1_000_000
"""Numbers from here on are sizes of models, where nothing else is said of them."""

Grid = list[list[Span]]
"""The cells of a table, by rows."""


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a table hold."""

    key: int
    """The one that names things."""
    type: str
    """The class of these."""
    values: dict[int, str]
    """The relations that others state."""
    held: frozenset[int] = frozenset()
    """Those of them that only what they hold tells."""


def of_table(grid: Grid, annotated: Annotated, rules: Rules) -> tuple[Grid, Columns] | None:
    """A table, turned where it has a thing in each column, with what its columns hold; None where none names things."""
    text = annotated.document.text
    columns = _titled([text[c.start : c.end] for c in grid[0]], rules)
    if not (columns and columns.values) and (turned := _turned(grid, text, rules)):
        grid, columns = turned
    columns = columns or _keyed(grid, annotated, rules)
    if columns is None:
        return None
    held = _held(grid, columns, annotated, rules)
    return grid, Columns(columns.key, columns.type, {**held, **columns.values}, frozenset(held))


def _values(titles: Sequence[str], rules: Rules) -> dict[int, str]:
    """The relations that columns state by their titles."""
    stated = rules.patterns.columns.values
    found = ((n, next((r for r, words in stated if words.search(title)), None)) for n, title in enumerate(titles))
    return {n: relation for n, relation in found if relation}


def _titled(titles: Sequence[str], rules: Rules) -> Columns | None:
    """What a header says of its columns; None where none of them names things."""
    values = _values(titles, rules)
    keys = [(n, t) for n, title in enumerate(titles) for t, words in rules.patterns.columns.key if words.search(title)]
    if alone := [key for key in keys if key[0] not in values]:
        return Columns(*alone[0], values)
    if keys and keys[0][0] < _LEADING:
        return Columns(*keys[0], {n: r for n, r in values.items() if n != keys[0][0]})
    return None


def _turned(grid: Grid, text: str, rules: Rules) -> tuple[Grid, Columns] | None:
    """A table with a thing in each column and what is told of them in its first one, turned: None for one that is none,
    since its rows tell nothing, or just one of them where the corner has a title of something else."""
    if min(map(len, grid)) < len(grid[0]) or not grid[0]:
        return None
    if len(grid[0]) == _RECORD and _values([text[grid[0][0].start : grid[0][0].end]], rules):
        start = Span(grid[0][0].start, grid[0][0].start)
        grid = [[start, start], *grid]  # a record without a header
    corner, *titles = [text[row[0].start : row[0].end] for row in grid]
    values = _values(["", *titles], rules)
    sure = not corner or len(values) >= _LEAST
    type_ = next((t for t, words in rules.patterns.columns.key if sure or words.search(corner)), None)
    if type_ is None or not values:
        return None
    return [list(column) for column in zip(*(row[: len(grid[0])] for row in grid), strict=True)], Columns(
        0, type_, values
    )


def _keyed(grid: Grid, annotated: Annotated, rules: Rules) -> Columns | None:
    """The first column that holds names of things, where no title says so."""
    for type_, _ in rules.patterns.columns.key:
        for n in range(len(grid[0])):
            if _holds(n, grid, annotated, (type_, *rules.patterns.names.versioned)):
                titles = [annotated.document.text[c.start : c.end] for c in grid[0]]
                return Columns(n, type_, {m: r for m, r in _values(titles, rules).items() if m != n})
    return None


def _held(grid: Grid, columns: Columns, annotated: Annotated, rules: Rules) -> dict[int, str]:
    """What columns state whose titles say nothing: the first of each kind, where no title names the relation."""
    text, found = annotated.document.text, dict[int, str]()
    for relation in rules.patterns.columns.contents:
        wanted = rules.ontology.relation(relation)
        if relation in columns.values.values() or columns.type not in wanted.domain:
            continue
        for n, title in enumerate(grid[0]):
            words = text[title.start : title.end]
            free = n != columns.key and n not in columns.values and n not in found
            if (
                free
                and not rules.patterns.columns.others.search(words)
                and _holds(n, grid, annotated, wanted.range, wanted.datatype)
            ):
                found[n] = relation
                break
    return found


def _holds(n: int, grid: Grid, annotated: Annotated, types: tuple[str, ...], datatype: str | None = None) -> bool:
    """Whether most cells of a column that say anything hold a name of these classes, or a value."""
    text = annotated.document.text
    told = [row[n] for row in grid[1:] if n < len(row) and not cells.says_nothing(text[row[n].start : row[n].end])]
    holding = sum(_is_one(cell, annotated, types, datatype) for cell in told)
    return holding >= _LEAST and holding >= _SHARE * len(told)


def _is_one(cell: Span, annotated: Annotated, types: tuple[str, ...], datatype: str | None) -> bool:
    """Whether a cell holds hardly more than a name of these classes, or names, or a value."""
    words = annotated.document.text[cell.start : cell.end].strip("*` ")
    if len(words) > _CELL:
        return False
    if datatype == "date":
        told = [d.text for d in dates.find(words, published=annotated.document.published) if d.when]
    elif datatype == "integer":
        told = [q.text for q in quantities.find(words) if q.value >= _BIG]
    else:
        told = [m.text for m in cells.mentions(cell, annotated) if m.name and m.readings[0].type in types]
    if not told or not words.startswith(told[0]):
        return False
    rest = words
    for part in told:
        rest = rest.replace(part, "", 1)
    return sum(map(str.isalnum, _BRACKETS.sub("", rest))) <= _BESIDE
