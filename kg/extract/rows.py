"""Tables: a header says which column names things and which columns say something about them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from kg.annotate import Rules
from kg.extract import cells, stance
from kg.extract.columns import of_table
from kg.model import Annotated, End, Extraction, Span

_RULE = re.compile(r"^\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*:?-*:?\s*$")
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


def _table(lines: list[tuple[int, str]], annotated: Annotated, rules: Rules) -> Iterator[Extraction]:
    text = annotated.document.text
    rows = [_cells(start, line) for start, line in lines if not _RULE.match(line)]
    table = of_table(rows, annotated, rules) if rows else None
    if table is None:
        return
    grid, columns = table
    caption = _caption(lines[0][0], annotated, rules, columns.values)
    units = [cells.unit(text[title.start : title.end]) for title in grid[0]]
    for row in grid[1:]:
        if len(row) <= columns.key:
            continue
        others = [text[c.start : c.end].strip("*` ") for n, c in enumerate(row) if n != columns.key]
        if all(cells.says_nothing(words) for words in others):
            continue
        subjects = cells.things(row[columns.key], (columns.type, *rules.patterns.names.versioned), annotated, rules)
        beside = _bracketed(row[columns.key], annotated, rules, columns.values)
        subjects = [s for s in subjects if all(s.span != obj.span for _, obj in beside)]
        for subject in subjects:
            for n, relation in sorted(columns.values.items()):
                if n < len(row):
                    cell = row[n]
                    line = next(line for line in rows if cell in line)
                    for obj in cells.objects(cell, relation, annotated, rules, unit=units[n]):
                        found = cells.stated(relation, subject, obj, Span(line[0].start, line[-1].end), _FOUND)
                        yield replace(found, stance=stance.of_words(text[cell.start : cell.end]))
            for relation, obj in beside or caption:
                if subject.type in rules.ontology.relation(relation).domain:
                    yield cells.stated(relation, subject, obj, row[columns.key], _CAPTION)


def _bracketed(cell: Span, annotated: Annotated, rules: Rules, values: dict[int, str]) -> list[tuple[str, End]]:
    """What the name in brackets behind a row's own name says of it, Codestral (Mistral), where no column does."""
    text = annotated.document.text
    named = [m for m in annotated.mentions if cell.covers(m.span) and m.name]
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
    inside = [m for m in annotated.mentions if line.covers(m.span) and m.name]
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
