"""The lines of a text and what they look like: prose, a heading, a row of a table, an item of a list.

The rules for page furniture and repeats judge whole lines by their shape, never a word inside a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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
"""Letters of the shortest line that counts as a paragraph; one in English words has ten words."""
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

    @property
    def words(self) -> str:
        """The line without a list or heading mark before it."""
        return _LIST.sub("", self.text, count=1) if not self.is_row else self.text

    @property
    def is_row(self) -> bool:
        """Whether this is a row of a Markdown table."""
        return bool(_TABLE.match(self.text))

    @property
    def is_item(self) -> bool:
        """Whether a list or heading mark or a table's bar stands before it."""
        return bool(_LIST.match(self.text))

    @property
    def is_prose(self) -> bool:
        """Whether this is a paragraph: sentences, not a heading, a label or a link."""
        if self.is_row:
            return False
        if len(self.text) > 2 * _SEEN:
            return bool(_SENTENCE_MARK.search(self.text[:_SEEN]))
        letters = len(_NO_LETTER.sub("", self.text))
        if not _HAN.search(self.text):
            words = self.text.count(" ") + 1
            return words >= 10 and bool(_SENTENCE_END.search(self.text))
        marks = len(_SENTENCE_MARK.findall(self.text))
        return (letters >= _PROSE and bool(_SENTENCE_END.search(self.text))) or (letters >= _PARAGRAPH and marks >= 2)

    @property
    def is_sentence(self) -> bool:
        """Whether there is any mark of a sentence in it."""
        return bool(_SENTENCE_MARK.search(self.text[:_SEEN]))


def lines(text: str) -> tuple[Line, ...]:
    """The lines that are not blank, in order."""
    return tuple(
        Line(match.start(), match.end(), match.group().strip())
        for match in _LINE.finditer(text)
        if not match.group().isspace()
    )


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
