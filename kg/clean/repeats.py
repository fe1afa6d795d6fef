"""What a page says twice: the whole body, a paragraph, the title.

Copies are compared by their letters, as blocks: the short headings between the paragraphs of a second copy go with it,
while a short line that happens to come twice stays.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from kg.clean.lines import Line, key, lines, without
from kg.clean.offsets import Edit, MappedText
from kg.model import Note

_SENTENCE = re.compile(r"[^\n。！？]+[。！？]*[”’」』）)]*|[。！？”’」』）)]+")
_BLOCK = 3
"""Sentences of the shortest block that counts as a copy."""
_BLOCK_LETTERS = 60
_LINE_LETTERS = 40
"""Letters of a single line that, said twice, is a copy and not a refrain or a label."""
_EARLIER = 8
"""How many earlier places of a sentence are tried: more would only find the same copy again."""

_TITLE = (6, 80)
"""Letters that a title has, at least and at most."""
_HEAD = 12
"""How many lines at the top may belong to the page's head."""
_AROUND_TITLE = 16
"""Letters that a page puts around the title of an article: its own name, a section."""
_JOINT = re.compile(r"[-_|–—·:：\]】]")
_NUMBER_BEFORE = re.compile(r"^[0-9]{1,8}\W+")


@dataclass(frozen=True, slots=True)
class _Unit:
    start: int
    end: int
    key: str
    is_line: bool


def repeats(text: MappedText) -> MappedText:
    """The text without second copies of blocks that it has said before."""
    units = _units(text.text)
    earlier: defaultdict[str, list[int]] = defaultdict(list)
    edits: list[Edit] = []
    letters = index = 0
    while index < len(units):
        length = max((_common(units, first, index) for first in earlier[units[index].key]), default=0)
        block = units[index : index + length]
        size = sum(len(unit.key) for unit in block)
        if (length >= _BLOCK and size >= _BLOCK_LETTERS) or (
            length and block[0].is_line and len(block[0].key) >= _LINE_LETTERS
        ):
            edits.append(Edit(block[0].start, block[-1].end))
            letters += size
            index += length
            continue
        if len(earlier[units[index].key]) < _EARLIER:
            earlier[units[index].key].append(index)
        index += 1
    if not edits:
        return text
    raw = text.raw(edits[0].start, edits[-1].end)
    return text.edit(edits, Note("repeat", "letters of text that stands there before, removed", letters, raw))


def _units(text: str) -> list[_Unit]:
    units = []
    for match in _SENTENCE.finditer(text):
        if letters := key(match.group()):
            starts = match.start() == 0 or text[match.start() - 1] == "\n"
            ends = match.end() == len(text) or text[match.end()] == "\n"
            units.append(_Unit(match.start(), match.end(), letters, starts and ends))
    return units


def _common(units: list[_Unit], first: int, second: int) -> int:
    """How many sentences from `second` on are those from `first` on, without running into each other."""
    length = 0
    while (
        first + length < second
        and second + length < len(units)
        and units[first + length].key == units[second + length].key
    ):
        length += 1
    return length


def titles(text: MappedText) -> MappedText:
    """The text with its title once, and without the page's head above it.

    A title that comes twice at the top has the page's head in between: the site's name, links, a telephone number.  A
    line that holds the title with the site's name around it is the page's own title.
    """
    rows = lines(text.text)
    head = _head(rows)
    found = _title(rows[:head])
    if found is None:
        return text
    title, kept = found
    dropped = [number for number in range(kept) if not rows[number].is_prose and not rows[number].is_item]
    dropped += [n for n in range(kept + 1, len(rows)) if _says(rows[n], title) and not rows[n].is_row]
    if not dropped:
        return text
    note = Note("title", "lines of the page's head and copies of the title, removed", len(dropped))
    return without(text, rows, dropped).noting(note)


def _head(rows: tuple[Line, ...]) -> int:
    """How many lines stand before the first paragraph."""
    prose = next((number for number, row in enumerate(rows) if row.is_prose), 0)
    return min(prose, _HEAD)


def _title(head: tuple[Line, ...]) -> tuple[str, int] | None:
    """The key of a title that comes more than once, and the number of its last line."""
    for row in head[:4]:
        title = key(_NUMBER_BEFORE.sub("", row.words))
        if not _TITLE[0] <= len(title) <= _TITLE[1]:
            continue
        copies = [number for number, other in enumerate(head) if key(other.words) == title]
        holders = [number for number, other in enumerate(head) if _holds(other, title)]
        if copies and len(copies) + len(holders) > 1:
            return title, copies[-1]
    return None


def _says(row: Line, title: str) -> bool:
    return key(row.words) == title


def _holds(row: Line, title: str) -> bool:
    """Whether a line is the title with something of the page around it."""
    letters = key(row.words)
    around = len(letters) - len(title)
    return (
        title in letters
        and 0 < around <= _AROUND_TITLE
        and bool(_JOINT.search(row.text) or _NUMBER_BEFORE.match(row.text))
    )
