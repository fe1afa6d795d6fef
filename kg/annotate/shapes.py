"""What a model sees of each character: the character, the word or the neighbours it stands in, and its shape.

Chinese and English alike are read character by character, so that offsets are exact and no word list is needed.  What
a word is differs: a run of Latin letters and digits is one, whatever its length; of Han characters every pair is
taken for one.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from kg import languages
from kg.languages import HAN

Columns = npt.NDArray[np.uint64]

COLUMNS = 6
"""The character, the two words or pairs around it, the word before, the word behind, and the shape."""

_WORD = re.compile(rf"[^\W{HAN}_]+(?:[.\-+&'’][^\W{HAN}_]+)*")
_RUNS = (
    (re.compile(r"[A-ZÀ-ÖØ-Þ]+"), "X"),
    (re.compile(r"[a-zß-öø-ÿ]+"), "x"),
    (re.compile(r"\d+"), "9"),
)
_OPENING, _CLOSING = frozenset("“‘「『《【"), frozenset("”’」』》】")
_LONGEST_QUOTE = 24
"""Characters: what is quoted at greater length is a sentence and no name."""


def columns(text: str) -> Columns:
    """The features of a text, (characters, COLUMNS), as hashes that are the same on every machine."""
    table = np.zeros((len(text), COLUMNS), dtype=np.uint64)
    units = _units(text)
    quoted = _quoted(text)
    for number, (start, end, word) in enumerate(units):
        before = units[number - 1][2] if number else "^"
        behind = units[number + 1][2] if number + 1 < len(units) else "$"
        shape = _shape(word)
        if end - start == 1:
            left, right = before[-1] + word, word + behind[0]
            # Two Han characters are a word's worth: the pair before and the pair behind.
            if len(before) == 1:
                before = (units[number - 2][2][-1] if number > 1 else "^") + before
            if len(behind) == 1:
                behind += units[number + 2][2][0] if number + 2 < len(units) else "$"
        else:
            left, right = word.casefold(), word.casefold()[-3:] + behind[0]
        row = (_hash("l" + left), _hash("r" + right), _hash("b" + before.casefold()), _hash("n" + behind.casefold()))
        table[start:end, 1:5] = row
        for at in range(start, end):
            place = "u" if end - start == 1 else "b" if at == start else "e" if at == end - 1 else "i"
            table[at, 0] = _hash(text[at])
            table[at, 5] = _hash(f"{shape}{place}{quoted[at]:d}")
    return table


@lru_cache(maxsize=1 << 16)
def _hash(feature: str) -> int:
    data = feature.encode("utf-8", "surrogatepass")
    return zlib.crc32(data) << 32 | zlib.adler32(data)


def _units(text: str) -> list[tuple[int, int, str]]:
    """The words and single characters of a text, as (start, end, what it says); white space joins nothing and is a
    unit."""
    units, at = [], 0
    for found in _WORD.finditer(text):
        units += [(i, i + 1, text[i]) for i in range(at, found.start())]
        units.append((found.start(), found.end(), found[0]))
        at = found.end()
    return units + [(i, i + 1, text[i]) for i in range(at, len(text))]


@lru_cache(maxsize=1 << 14)
def _shape(word: str) -> str:
    """`Xx-9.9` for a word of Latin letters and digits, the kind of a single other character."""
    if len(word) == 1 and not (word.isascii() and word.isalnum()):
        if languages.has_han(word):
            words = languages.load()
            return "surname" if word in words.surnames else "han"
        return unicodedata.category(word)
    for run, short in _RUNS:
        word = run.sub(short, word)
    return word[:8]


def _quoted(text: str) -> list[bool]:
    """Which characters stand between quotation marks that are close to each other."""
    inside = [False] * len(text)
    opened = -1
    for at, char in enumerate(text):
        if char in _OPENING:
            opened = at
        elif char in _CLOSING and opened >= 0:
            if at - opened <= _LONGEST_QUOTE:
                inside[opened : at + 1] = [True] * (at + 1 - opened)
            opened = -1
    return inside
