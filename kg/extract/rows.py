"""Tables: a header says which column names things and which columns say something about them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from kg.annotate import Rules
from kg.extract import cells, discourse, stance
from kg.extract.columns import Columns, Grid, of_table
from kg.extract.discourse import Sentence
from kg.model import Annotated, End, Extraction, Mention, Reading, Span

_RULE = re.compile(r"^\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*:?-*:?\s*$")
_FOUND, _HELD = 0.9, 0.75
"""How sure it is what a column states by its title, and by what it holds."""
_RECORD = 2
"""Rows of a record that is turned: what is told, and what of."""
_VALUES = re.compile(
    r"\s*|[值数值内容说明详情信息描述参数取]{1,4}|(?i:values?|details?|descriptions?|info(?:rmation)?|spec(?:ification)?s?|notes?)"
)
"""What heads the values of a record that does not name its thing."""
_CAPTION = 0.68
_NAME, _MARKED = 24, 0.8
"""Characters of a cell that is a name though nothing but its column marks it, and the score of such a name."""


def extract(annotated: Annotated, rules: Rules) -> tuple[list[Extraction], list[Sentence]]:
    """What the tables of a document state, and what their other cells hold, to be read as sentences: remarks, each
    about the thing of its row."""
    found: list[Extraction] = []
    remarks: list[Sentence] = []
    about = discourse.main(annotated)
    for lines in _tables(annotated.document.text):
        rows = [_cells(start, line) for start, line in lines if not _RULE.match(line)]
        table = of_table(rows, annotated, rules) if rows else None
        if table is None:
            remarks += [_remark(cell, about, annotated) for row in rows for cell in row]
        else:
            grid, columns = table
            whose = _whose(grid, columns, lines[0][0], annotated, rules)
            found += _stated(grid, columns, lines[0][0], rows, annotated, rules, whose=whose)
            remarks += _remarks(*table, about, annotated, rules)
    return found, [remark for remark in remarks if remark.mentions]


def _tables(text: str) -> Iterator[list[tuple[int, str]]]:
    """The lines of each table with the places where they start."""
    lines: list[tuple[int, str]] = []
    at = 0
    for line in [*text.split("\n"), ""]:
        if line.lstrip().startswith("|") and line.count("|") >= 2:
            lines.append((at, line))
        elif lines:
            if len(lines) > 1:
                yield lines
            lines = []
        at += len(line) + 1


def _whose(grid: Grid, columns: Columns, start: int, annotated: Annotated, rules: Rules) -> Mention | None:
    """What a record tells of that does not name its thing: what the text is about where it begins."""
    if len(grid) != _RECORD:
        return None
    head = grid[1][columns.key]
    if not _VALUES.fullmatch(annotated.document.text, head.start, head.end):
        return None
    types = rules.patterns.names.versioned
    behind = (s for s in discourse.sentences(annotated, types) if s.span.end > start)
    sentence = next(behind, None)
    return sentence.topic(*types) if sentence else None


def _remarks(
    grid: Grid, columns: Columns, about: Mapping[str, Mention], annotated: Annotated, rules: Rules
) -> Iterator[Sentence]:
    """The cells of a table that none of its columns tells of."""
    types = (columns.type, *rules.patterns.names.versioned)
    for row in grid[1:]:
        key = row[columns.key] if columns.key < len(row) else Span(0, 0)
        named = (m for m in cells.mentions(key, annotated) if m.name and m.reading(*types))
        subject = next(named, None) or _named(key, columns.type, annotated)
        if subject is not None:
            others = (cell for n, cell in enumerate(row) if n != columns.key and n not in columns.values)
            yield from (
                _remark(cell, {**about, subject.readings[0].type: subject}, annotated, subject) for cell in others
            )


def _named(cell: Span, type_: str, annotated: Annotated) -> Mention | None:
    """A cell that is a name which nothing else marks."""
    words = annotated.document.text[cell.start : cell.end].strip("*` ")
    if not words or len(words) > _NAME or cells.says_nothing(words):
        return None
    return Mention(cell, words, (Reading(type_, score=_MARKED),), words, "tables")


def _remark(cell: Span, about: Mapping[str, Mention], annotated: Annotated, subject: Mention | None = None) -> Sentence:
    inside = tuple(cells.mentions(cell, annotated))
    matter = tuple(sorted(about.items()))
    return Sentence(cell, inside, matter, matter, None, heading=False, lead=subject)


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


def _stated(
    grid: Grid,
    columns: Columns,
    start: int,
    rows: Grid,
    annotated: Annotated,
    rules: Rules,
    *,
    whose: Mention | None,
) -> Iterator[Extraction]:
    """What the columns state; `grid` may be `rows` turned, and the table begins at `start`.  A record that does not
    name its thing is `whose`."""
    text = annotated.document.text
    caption = _caption(start, annotated, rules, columns.values)
    lines = {cell: line for line in rows for cell in line}
    titles = [text[title.start : title.end] for title in grid[0]]
    units = [cells.unit(title) for title in titles]
    undecided = {n for n, title in enumerate(titles) if rules.patterns.columns.undecided.fullmatch(title.strip("*` "))}
    for row in grid[1:]:
        if len(row) <= columns.key:
            continue
        others = [text[c.start : c.end].strip("*` ") for n, c in enumerate(row) if n != columns.key]
        if all(cells.says_nothing(words) for words in others):
            continue
        types = (columns.type, *rules.patterns.names.versioned)
        subjects = cells.things(row[columns.key], types, annotated, rules)
        if whose is not None and (reading := whose.reading(*types)):
            subjects = [End(reading.type, whose.text, whose.name, reading.entity, None, whose.span)]
        beside = _bracketed(row[columns.key], annotated, rules, columns.values)
        subjects = [s for s in subjects if all(s.span != obj.span for _, obj in beside)]
        state = _state(row, columns, text, rules)
        for subject in subjects:
            for n, relation in sorted(columns.values.items()):
                if n < len(row):
                    relation = state if state and n in undecided else relation
                    cell = row[n]
                    if rules.ontology.relation(relation).datatype == "date":
                        relation = cells.told(text[cell.start : cell.end], rules) or relation
                    line = lines[cell]
                    for obj in cells.objects(cell, relation, annotated, rules, unit=units[n]):
                        found = cells.stated(
                            relation,
                            subject,
                            obj,
                            Span(line[0].start, line[-1].end),
                            _HELD if n in columns.held else _FOUND,
                        )
                        yield replace(found, stance=stance.of_words(text[cell.start : cell.end]))
            for relation, obj in beside or caption:
                if subject.type in rules.ontology.relation(relation).domain:
                    yield cells.stated(relation, subject, obj, row[columns.key], _CAPTION)


def _state(row: Sequence[Span], columns: Columns, text: str, rules: Rules) -> str | None:
    """The relation of which a cell of a row tells that the thing is so far: 内测."""
    others = (text[cell.start : cell.end] for n, cell in enumerate(row) if n != columns.key and n not in columns.values)
    states = rules.patterns.columns.states
    return next((r for words in others for r, state in states if state.fullmatch(words.strip("*` "))), None)


def _bracketed(cell: Span, annotated: Annotated, rules: Rules, values: dict[int, str]) -> list[tuple[str, End]]:
    """What the name in brackets behind a row's own name says of it, Codestral (Mistral), where no column does."""
    text = annotated.document.text
    named = [m for m in cells.mentions(cell, annotated) if m.name]
    found = []
    for relation in rules.patterns.columns.caption:
        wanted = rules.ontology.relation(relation).range
        for mention in named[1:] if relation not in values.values() else ():
            reading = mention.reading(*wanted)
            if reading and text[cell.start : mention.span.start].rstrip().endswith(("(", "（")):
                found.append(
                    (relation, End(reading.type, mention.text, mention.name, reading.entity, None, mention.span))
                )
    return found


def _caption(start: int, annotated: Annotated, rules: Rules, values: dict[int, str]) -> list[tuple[str, End]]:
    """What the line above a table says of all its rows: the one name there that a relation without a column takes."""
    text = annotated.document.text
    above = text[:start].rstrip("\n ")
    line = Span(above.rfind("\n") + 1, len(above))
    if text.startswith("|", line.start):
        return []  # another table
    inside = [m for m in cells.mentions(line, annotated) if m.name]
    found = []
    for relation in rules.patterns.columns.caption:
        wanted = rules.ontology.relation(relation).range
        if relation in values.values() or not wanted:
            continue
        named = [(m, r) for m in inside if (r := m.reading(*wanted)) and (r.entity or r == m.readings[0])]
        if len(named) == 1:
            mention, reading = named[0]
            found.append((relation, End(reading.type, mention.text, mention.name, reading.entity, None, mention.span)))
    return found
