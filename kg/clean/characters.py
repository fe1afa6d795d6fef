"""Characters: line ends, what cannot be seen, private-use areas, spaces and widths."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from kg.clean.offsets import MappedText
from kg.model import Note

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""The Han characters, as the inside of a regular expression's brackets."""

# NEL, the line and paragraph separators, vertical tab, form feed (between the pages of a PDF), the ASCII separators.
_CARRIAGE = re.compile("\r(?=\n)")
_LINE_ENDS = re.compile("\r(?!\n)|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")

# Controls other than tab and newline; zero-width characters, direction marks, joiners, soft hyphens, variation
# selectors, tags; half of a surrogate pair, which no encoder takes; noncharacters.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\r\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff\ufdd0-\ufdef\ud800-\udfff"
    "\U000e0000-\U000e0fff]+"
)

# Later stages mark places in the text with private-use characters, so none may come in from outside.
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]+")

# Odd spaces, hyphens that do not break, radicals used as characters, compatibility ideographs, full-width forms, and
# letters styled by their code points.
_WIDE_RANGES = (
    *((0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2010, 0x2011), (0x202F, 0x202F), (0x205F, 0x205F)),
    *((0x2E80, 0x2FDF), (0x3000, 0x3000), (0xF900, 0xFAFF), (0xFF02, 0xFF5E), (0x1D400, 0x1D7FF)),
)
_WIDE = re.compile("[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in _WIDE_RANGES) + "]")
_KEPT_WIDE = frozenset(
    "，！？：；（）［］｛｝＜＞～＂＇｀＾．"
)  # Chinese punctuation, and what is too rare to be sure of
_WIDE_POINT = re.compile(r"(?<=[0-9])．(?=[0-9])")


def line_ends(text: MappedText) -> MappedText:
    """Every line ends in one newline, whatever system or page layout it came from."""
    if _LINE_ENDS.search(text.text):
        text = text.same(_LINE_ENDS.sub("\n", text.text))
    return text.sub(_CARRIAGE)


def unseen(text: MappedText) -> MappedText:
    """Characters that nobody sees are removed: they split names and numbers."""
    return _removed(text, _UNSEEN, "unseen", "characters that cannot be seen, removed")


def private(text: MappedText) -> MappedText:
    """Private-use characters are removed: they mean nothing outside the font or page that they came from."""
    return _removed(text, _PRIVATE, "private-use", "private-use characters, removed")


def widths(text: MappedText) -> MappedText:
    """Full-width letters and digits, odd spaces and hyphens, radicals and styled letters become the plain ones.

    Chinese punctuation stays as wide as it is.
    """
    if not _WIDE.search(text.text):
        return text
    narrow = text.text.translate(_narrowed())
    return text.same(_WIDE_POINT.sub(".", narrow))


def _removed(text: MappedText, pattern: re.Pattern[str], code: str, message: str) -> MappedText:
    count = sum(match.end() - match.start() for match in pattern.finditer(text.text))
    return text.sub(pattern).noting(Note(code, message, count)) if count else text


@cache
def _narrowed() -> dict[int, str]:
    table = {ord(hyphen): "-" for hyphen in "\u2010\u2011"}
    for point in (point for first, last in _WIDE_RANGES for point in range(first, last + 1)):
        wide = chr(point)
        plain = unicodedata.normalize("NFKC", wide)
        # a compatibility character that stands for several stays as it is
        if wide not in _KEPT_WIDE and point not in table and len(plain) == 1 and plain != wide:
            table[point] = plain
    return table
