"""Tables of a page: which hold data, and their rows as lines.

Old pages lay their whole content out in tables.  There a cell holds half an article, and one line of it would be of no
use to anybody; such a table is read as blocks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

_LAYOUT_CELL = 200
"""Characters: a cell with several paragraphs and more text than this is part of a layout, not a value."""

_WIDEST = 50
"""Columns that one cell may span: more is a slip of the pen, and would fill the line with empty cells."""

_PARAGRAPHS = ("p", "div", "ul", "ol", "section", "article", "h1", "h2", "h3", "h4")


def is_data(table: Any) -> bool:
    """Whether `table` (an lxml element) holds values in rows and columns."""
    if table.get("role") in ("presentation", "none") or table.find(".//table") is not None:
        return False
    cells = [list(_cells(row)) for row in table.iter("tr")]
    if not any(len(row) > 1 for row in cells):
        return False
    return not any(_is_layout(cell) for row in cells for cell in row)


def rows(table: Any, text: Callable[[Any], str]) -> Iterator[str]:
    """The caption and the rows of `table` as lines, `| a | b |`; `text` gives the text of a cell on one line.

    A cell that spans several columns or rows stands in the first, and the others are empty there, so that columns keep
    their places.  A bar inside a cell is written `\\|`; rows without text are left out.
    """
    for caption in table.iter("caption"):
        if words := text(caption):
            yield words
    below: dict[int, int] = {}  # column → rows that a cell further up still reaches into
    for row in table.iter("tr"):
        line: list[str] = []
        for cell in _cells(row):
            _skip_taken(line, below)
            width = min(_number(cell.get("colspan")), _WIDEST)
            height = _number(cell.get("rowspan"))
            for column in range(len(line), len(line) + width):
                below[column] = height - 1
            line += [text(cell).replace("|", "\\|"), *[""] * (width - 1)]
        _skip_taken(line, below)
        if any(line):
            yield f"| {' | '.join(line)} |"


def _skip_taken(line: list[str], below: dict[int, int]) -> None:
    """Leave the next columns of `line` empty as long as a cell from above reaches into them."""
    while below.get(len(line), 0) > 0:
        below[len(line)] -= 1
        line.append("")


def _cells(row: Any) -> Iterator[Any]:
    return (cell for cell in row if cell.tag in ("td", "th"))


def _is_layout(cell: Any) -> bool:
    paragraphs = sum(1 for _ in cell.iter(*_PARAGRAPHS))
    return paragraphs > 1 and len("".join(cell.itertext()).strip()) > _LAYOUT_CELL


def _number(written: str | None) -> int:
    """The value of `colspan` or `rowspan`: 1 unless it is written as a number above that."""
    return max(1, int(written)) if written and written.isascii() and written.isdigit() and len(written) < 6 else 1
