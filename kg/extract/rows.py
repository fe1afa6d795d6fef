"""Tables: a header says which column names things and which columns say something about them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kg import dates, quantities
from kg.annotate import Rules
from kg.annotate.values import DATE
from kg.extract import stance
from kg.model import Annotated, End, Extraction, Span, Stance, Value

_RULE = re.compile(r"^\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*:?-*:?\s*$")
_NOTHING = re.compile(
    r"^[\s?？\-—–/.…]*$|^(?:未知|未公布|未披露|不详|待定|暂无|无|同上.*"
    r"|从头训练.*|从零.*|from scratch.*|n/?a|unknown|tbd|none|null|undisclosed)$",
    re.IGNORECASE,
)
_LISTED = re.compile(r"[、,，;；（(]|\s/\s")
_NAME = 40
"""Characters of a cell that is a name: longer ones are sentences."""
_LEADING = 2
"""A column that names things and may tell something as well is one of so many first ones."""
_FOUND = 0.9
_CAPTION = 0.68


def extract(annotated: Annotated, rules: Rules) -> Iterator[Extraction]:
    """What the tables of a document state."""
    text = annotated.document.text
    lines: list[tuple[int, str]] = []
    at = 0
    for line in [*text.split("\n"), ""]:
        if line.lstrip().startswith("|") and line.count("|") >= 2:
            lines.append((at, line))
        elif lines:
            if len(lines) > 1:
                yield from _table(lines, annotated, rules)
            lines = []
        at += len(line) + 1


def _cells(start: int, line: str) -> list[Span]:
    """The stretches of a row's cells, without the white space around them."""
    bars = [m.start() for m in re.finditer(r"(?<!\\)\|", line)]
    if bars and line[: bars[0]].strip():
        bars.insert(0, -1)
    if bars and line[bars[-1] + 1 :].strip():
        bars.append(len(line))
    found = []
    for left, right in pairwise(bars):
        cell = line[left + 1 : right]
        lead = len(cell) - len(cell.lstrip())
        found.append(Span(start + left + 1 + lead, start + left + 1 + max(lead, len(cell.rstrip()))))
    return found


Grid = list[list[Span]]
"""The cells of a table, by rows."""


@dataclass(frozen=True, slots=True)
class _Columns:
    """What the columns of a table hold."""

    key: int
    """The one that names things."""
    type: str
    """The class of these."""
    values: dict[int, str]
    """The relations that others state."""


def _values(titles: Sequence[str], rules: Rules) -> dict[int, str]:
    """The relations that columns state by their titles."""
    stated = rules.patterns.columns.values
    found = ((n, next((r for r, words in stated if words.search(title)), None)) for n, title in enumerate(titles))
    return {n: relation for n, relation in found if relation}


def _columns(titles: Sequence[str], rules: Rules) -> _Columns | None:
    """What a header says of its columns; None where none of them names things."""
    values = _values(titles, rules)
    keys = [(n, t) for n, title in enumerate(titles) for t, words in rules.patterns.columns.key if words.search(title)]
    if alone := [key for key in keys if key[0] not in values]:
        return _Columns(*alone[0], values)
    if keys and keys[0][0] < _LEADING:
        return _Columns(*keys[0], {n: r for n, r in values.items() if n != keys[0][0]})
    return None


def _turned(grid: Grid, text: str, rules: Rules) -> tuple[Grid, _Columns] | None:
    """A table with a thing in each column and what is told of them in its first one, turned: None for one that is none,
    since its corner has a title of something else or none of its rows tells anything."""
    if min(map(len, grid)) < len(grid[0]) or not grid[0]:
        return None
    corner, *titles = [text[row[0].start : row[0].end] for row in grid]
    type_ = next((t for t, words in rules.patterns.columns.key if not corner or words.search(corner)), None)
    values = _values(["", *titles], rules)
    if type_ is None or not values:
        return None
    return [list(column) for column in zip(*(row[: len(grid[0])] for row in grid), strict=True)], _Columns(
        0, type_, values
    )


def _table(lines: list[tuple[int, str]], annotated: Annotated, rules: Rules) -> Iterator[Extraction]:
    text = annotated.document.text
    rows = grid = [_cells(start, line) for start, line in lines if not _RULE.match(line)]
    columns = _columns([text[c.start : c.end] for c in grid[0]], rules) if grid else None
    if grid and not (columns and columns.values) and (turned := _turned(grid, text, rules)):
        grid, columns = turned
    if columns is None:
        return
    caption = _caption(lines[0][0], annotated, rules, columns.values)
    for cells in grid[1:]:
        if len(cells) <= columns.key:
            continue
        others = [text[c.start : c.end].strip("*` ") for n, c in enumerate(cells) if n != columns.key]
        if all(_NOTHING.match(words) for words in others):
            continue
        subjects = _things(cells[columns.key], (columns.type, *rules.patterns.names.versioned), annotated, rules)
        for subject in subjects:
            for n, relation in sorted(columns.values.items()):
                if n < len(cells):
                    cell = cells[n]
                    row = next(row for row in rows if cell in row)
                    for obj in _objects(cell, relation, annotated, rules):
                        found = _extraction(relation, subject, obj, Span(row[0].start, row[-1].end), _FOUND)
                        yield replace(found, stance=stance.of_words(text[cell.start : cell.end]))
            for relation, obj in caption:
                if subject.type in rules.ontology.relation(relation).domain:
                    yield _extraction(relation, subject, obj, cells[columns.key], _CAPTION)


def _caption(start: int, annotated: Annotated, rules: Rules, values: dict[int, str]) -> list[tuple[str, End]]:
    """What the line above a table says of all its rows: the one name there that a relation without a column takes."""
    text = annotated.document.text
    above = text[:start].rstrip("\n ")
    line = Span(above.rfind("\n") + 1, len(above))
    inside = [m for m in annotated.mentions if line.covers(m.span) and m.name]
    found = []
    for relation in rules.patterns.columns.caption:
        wanted = rules.ontology.relation(relation).range
        if relation in values.values() or not wanted:
            continue
        named = [(m, r) for m in inside if (r := m.reading(*wanted)) and r.value is None]
        if len(named) == 1:
            mention, reading = named[0]
            found.append((relation, End(reading.type, mention.text, mention.name, reading.entity, None, mention.span)))
    return found


def _extraction(relation: str, subject: End, obj: End, span: Span, confidence: float) -> Extraction:
    return Extraction(relation, subject, obj, span, Stance.ASSERTED, confidence, "tables")


def _things(cell: Span, types: tuple[str, ...], annotated: Annotated, rules: Rules) -> list[End]:
    """The names in a cell; a cell without a known one is a name itself."""
    text = annotated.document.text
    words = text[cell.start : cell.end].strip("*` ")
    if _NOTHING.match(words):
        return []
    inside = [m for m in annotated.mentions if cell.covers(m.span) and m.recognizer != "pronoun"]
    aliases = [a.span for a in annotated.aliases]
    found = []
    for mention in inside:
        reading = mention.reading(*types)
        if reading and mention.name and not any(span.covers(mention.span) for span in aliases):
            found.append(End(reading.type, mention.text, mention.name, reading.entity, reading.value, mention.span))
    if len(found) == 1 and found[0].entity is None and not _LISTED.search(words) and len(words) <= _NAME:
        end = found[0]
        return [End(end.type, words, words, rules.lexicon.lookup(words, end.type), end.value, cell)]
    if found or len(words) > _NAME:
        return found
    entity = rules.lexicon.lookup(words, types[0])
    return [End(types[0], words, words, entity, None, cell)]


def _objects(cell: Span, relation: str, annotated: Annotated, rules: Rules) -> list[End]:
    text = annotated.document.text
    words = text[cell.start : cell.end].strip("*` ")
    wanted = rules.ontology.relation(relation)
    if _NOTHING.match(words):
        return []
    if wanted.datatype == "date":
        when = dates.parse(words, published=annotated.document.published) or next(
            (d.when for d in dates.find(words, published=annotated.document.published) if d.when), None
        )
        return [End(DATE, words, words, None, Value(when.value, when.datatype, when), cell)] if when else []
    if wanted.datatype == "integer":
        quantity = next(iter(quantities.find(words)), None)
        if quantity is None or quantity.value is None or quantity.value < 1:
            return []
        return [End("", words, words, None, Value(str(int(quantity.value)), "integer"), cell)]
    if wanted.datatype:
        return [End("", words, words, None, Value(words), cell)]
    return _things(cell, wanted.range, annotated, rules)
