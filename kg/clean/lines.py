"""The lines of a text and what they look like: prose, a heading, a row of a table, an item of a list.

The rules for page furniture and repeats judge whole lines by their shape, never a word inside a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.clean.characters import HAN
from kg.clean.offsets import Edit, MappedText

_LINE = re.compile(r"[^\n]+")
_NO_LETTER = re.compile(r"[\W_]+")
_HAN = re.compile(f"[{HAN}]")
_SENTENCE_MARK = re.compile(r"[，。！？；,;]|[.!?:] |[.!?]$")
_SENTENCE_END = re.compile(r"[。！？；…：.!?:][”’\"')）】」』*]{0,3}$")
_LIST = re.compile(r"^\s*(?:[-*+•·●■◆○▪>#|]|\d{1,3}[.)、）])\s*")
_TABLE = re.compile(r"^\s*\|.*\||^\s*:?-{3,}:?\s*\|")

_PROSE = 25
"""Letters of the shortest line that counts as a paragraph."""
_WORDS = 10
"""Words of the shortest paragraph without a Han character."""
_PARAGRAPH = 80
"""Letters that make a paragraph even of a line without a full stop, if it has commas."""
_SEEN = 400
"""How much of either end of a line its shape is judged by, so that a line of any length takes the same time."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: its place in the text and its characters without the spaces around them."""

    start: int
    end: int
    text: str
    is_row: bool
    """Whether this is a row of a Markdown table."""
    is_prose: bool
    """Whether this is a paragraph: sentences, not a heading, a label or a link."""

    @property
    def words(self) -> str:
        """The line without a list or heading mark before it."""
        return self.text if self.is_row else _LIST.sub("", self.text, count=1)

    @property
    def is_item(self) -> bool:
        """Whether a list or heading mark or a table's bar stands before it."""
        return bool(_LIST.match(self.text))


@lru_cache(maxsize=2)  # one step after another asks for the lines of a text that none of them has changed
def lines(text: str) -> tuple[Line, ...]:
    """The lines that are not blank, in order."""
    found = []
    for match in _LINE.finditer(text):
        if words := match.group().strip():
            row = bool(_TABLE.match(words))
            found.append(Line(match.start(), match.end(), words, row, not row and _is_prose(words)))
    return tuple(found)


def _is_prose(text: str) -> bool:
    if len(text) > 2 * _SEEN:
        return bool(_SENTENCE_MARK.search(text[:_SEEN]))
    if len(text) < _PROSE:
        return False
    ended = bool(_SENTENCE_END.search(text))
    if not _HAN.search(text):
        return ended and text.count(" ") + 1 >= _WORDS
    letters = len(_NO_LETTER.sub("", text))
    return letters >= (_PROSE if ended else _PARAGRAPH) and (ended or len(_SENTENCE_MARK.findall(text)) >= 2)


def key(text: str) -> str:
    """The letters and digits alone, small: what two copies of a line have in common."""
    return _NO_LETTER.sub("", text).casefold()


def without(text: MappedText, rows: Sequence[Line], dropped: Iterable[int]) -> MappedText:
    """The text without the lines of those numbers, and without their line ends."""
    numbers = sorted(set(dropped))
    whole = text.text
    spans: list[list[int]] = []
    for number in numbers:
        start, end = rows[number].start, rows[number].end
        end += end < len(whole)
        if spans and spans[-1][1] == start:
            spans[-1][1] = end
        else:
            spans.append([start, end])
    return text.edit(Edit(start, end) for start, end in spans)
