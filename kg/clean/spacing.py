"""Spaces, line breaks and punctuation: numbers pulled apart, marks made narrow, lines that lost their breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.clean.characters import HAN
from kg.clean.offsets import Edit, MappedText
from kg.model import Note

# a point with a space only behind it may end a sentence that the next one begins with a number
_POINT = re.compile(r"(?<=[0-9]) [.．] ?(?=[0-9])")
_BEFORE_NUMBER = re.compile(rf"(?<=[{HAN}]) (?=[0-9]+ [.．] ?[0-9])")
# 2 0 2 3 年: single digits, a unit after them, no digit beside them, and no name that ends with the first: V1 2月
_DIGITS = re.compile(r"(?<![0-9.] )(?<![A-Za-z0-9._-])[0-9](?: [0-9]){1,15} ?(?=[年月日亿万%％])")

_AFTER_HAN = re.compile(rf"(?<=[{HAN}”’》〉）】』」，。！？：；、])[,;!?]|(?<=[{HAN}”’》〉）】』」]):(?![-:]|//)")
_BEFORE_HAN = re.compile(rf"(?<=[A-Za-z0-9%+)\]])[,;!?:](?=[{HAN}“‘《【『「])")
_WIDENED = str.maketrans(",;:!?", "，；：！？")
_BRACKETS = re.compile(r"(?<!\])\((?P<inside>[^()（）\n]{1,120})\)")
_HAN = re.compile(f"[{HAN}]")
_LEADING_MARKS = re.compile(rf"^[ \t]*(?P<marks>\?+)(?=[ \t]*[{HAN}“‘《【「『])", re.MULTILINE)

_LONG = 400
"""A line longer than this has lost its breaks if it counts points or has spaces behind full stops."""
_LINE = re.compile(r"[^\n]+")
_BREAK = re.compile(
    r" (?=[0-9]{1,2}(?:、|[)）](?![0-9])))| (?=[一二三四五六七八九十]{1,3}、)"
    rf"|(?<=[。！？；]) (?=[{HAN}“‘《【「『（])"
)

_SPACES = re.compile(r"(?<=[^ \t\n][ \t])[ \t]+")
_TRAILING = re.compile(r"(?<=[^ \t])[ \t]+(?=\n|\Z)|(?:(?<=\n)|\A)[ \t]+(?=\n|\Z)")
# a list item may be nested in another by its indent
_INDENT = re.compile(r"(?:(?<=\n)|\A)[ \t]+(?![ \t]|(?:[-*+•]|[0-9]{1,3}[.)、]) )")
_GAP = re.compile(r"[ \xa0]*[\t\u3000][ \xa0\t\u3000]*|[ \xa0]{2,}")
_BAR = re.compile(r"(?<!\\)[|｜]")
_SEMICOLON = re.compile(r"[ \t]*[;；][ \t]*")
_ROWS, _COLUMNS, _CELL, _REMARK, _NOTE = 3, 3, 40, 80, 300
"""The least rows and columns of a table without bars at its edges, and the most characters of its cells and of the last
one in a row: a remark, or behind bars a longer note."""
_MARKED = 60
"""The most characters of a cell between bars or semicolons."""
_MANY = 4
"""So many stretches between semicolons, line after line, are cells; fewer are a sentence's."""
_BLANK = re.compile(r"\A\n+|\n+\Z|(?<=\n\n)\n+")


def numbers(text: MappedText) -> MappedText:
    """Digits that were clearly pulled apart, put together: `2 . 5` is 2.5, `2 0 2 3 年` is 2023年."""
    before = len(text.text)
    text = text.sub(_DIGITS, lambda match: match.group().replace(" ", ""))
    text = text.edit(Edit(match.start(), match.end()) for match in _BEFORE_NUMBER.finditer(text.text))
    text = text.edit(Edit(match.start(), match.end(), ".") for match in _POINT.finditer(text.text))
    gone = before - len(text.text)
    return text.noting(Note("spacing", "spaces inside numbers, removed", gone)) if gone else text


def punctuation(text: MappedText) -> MappedText:
    """ASCII marks that stand for Chinese ones, wide again: those that touch a Han character or a Chinese mark.

    A point stays as it is, because it may end a number, a name or a sentence.
    """
    if not _HAN.search(text.text):
        return text
    text = text.sub(_LEADING_MARKS, lambda match: match.group().replace("?", ""))
    wide = text.text
    for pattern in (_AFTER_HAN, _BEFORE_HAN):
        wide = pattern.sub(lambda match: match.group().translate(_WIDENED), wide)
    return text.same(_BRACKETS.sub(_bracketed, wide))


def _bracketed(match: re.Match[str]) -> str:
    return f"（{match['inside']}）" if _HAN.search(match["inside"]) else match.group()


def breaks(text: MappedText) -> MappedText:
    """Line breaks where a very long line has lost them: a space before a counted point or behind a full stop."""
    edits = []
    for line in _LINE.finditer(text.text):
        if line.end() - line.start() > _LONG:
            edits += [Edit(*space.span(), "\n") for space in _BREAK.finditer(text.text, line.start(), line.end())]
    if not edits:
        return text
    return text.edit(edits, Note("breaks", "spaces in a very long line, turned into line breaks", len(edits)))


def columns(text: MappedText) -> MappedText:
    """Tables whose columns only spaces, tabs or semicolons hold apart, as in the text of a PDF, or bars that its edges
    lack: with bars before and between their cells."""
    edits: list[Edit] = []
    rows: list[re.Match[str]] = []
    kind: tuple[re.Pattern[str], int] | None = None
    for line in (*_LINE.finditer(text.text), None):
        now = _row(line[0]) if line else None
        if rows and (now != kind or line is None or text.text[rows[-1].end() : line.start()].strip("\n")):
            edits += _barred(rows, kind[0]) if kind and len(rows) >= _ROWS else ()
            rows = []
        kind = now
        if now and line:
            rows.append(line)
    if not edits:
        return text
    return text.edit(edits, Note("columns", "gaps between a table's columns, turned into bars", len(edits)))


def _row(line: str) -> tuple[re.Pattern[str], int] | None:
    """What holds the cells of a line apart, and how many there are; None for a line that is no row."""
    by = next((mark for mark in (_BAR, _GAP) if mark.search(line.strip())), _SEMICOLON)
    cells = [cell.strip() for cell in by.split(line.rstrip() if by is _BAR else line.strip())]
    longest, last = (_CELL, _REMARK) if by is _GAP else (_MARKED, _NOTE if by is _BAR else _REMARK)
    short = max(map(len, cells[:-1]), default=0) <= longest and len(cells[-1]) <= last
    return (by, len(cells)) if len(cells) >= (_MANY if by is _SEMICOLON else _COLUMNS) and short else None


def _barred(rows: list[re.Match[str]], by: re.Pattern[str]) -> Iterator[Edit]:
    if by is _BAR and all(_BAR.match(row[0].lstrip()) for row in rows):
        return  # a table with bars at its edges
    for row in rows:
        words = row[0]
        first, last = len(words) - len(words.lstrip()), len(words.rstrip())
        yield Edit(row.start(), row.start() + first + 1, f"| {words[first]}", whole=True)
        if by is not _BAR:
            for gap in by.finditer(words, first + 1, last):
                yield Edit(row.start() + gap.start(), row.start() + gap.end(), " | ", whole=True)


def layout(text: MappedText) -> MappedText:
    """No more than one space and one blank line in a row, and none at the ends; paragraphs start at the margin."""
    text = text.same(text.text.replace("\t", " ")) if "\t" in text.text else text
    for pattern in (_SPACES, _TRAILING, _INDENT, _BLANK):
        text = text.sub(pattern)
    return text
