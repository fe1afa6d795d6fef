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

COLUMNS = 9
"""The character; the pairs, or the word and its end, that it stands in; the words before and behind; those beyond; the
shapes of these; its own shape, place and quotation."""

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
    said = ["^", "^", *(word for _, _, word in units), "$", "$"]
    quoted = _quoted(text)
    for number, (start, end, word) in enumerate(units, 2):
        if end - start == 1:
            left, right = said[number - 1][-1] + word, word + said[number + 1][0]
        else:
            left, right = word.casefold(), word[-3:].casefold()
        before, behind = _pair(said[number - 2], said[number - 1], -1), _pair(said[number + 1], said[number + 2], 0)
        far_before = said[number - 2] if len(said[number - 1]) > 1 else said[max(0, number - 4)] + said[number - 3]
        far_behind = said[number + 2] if len(said[number + 1]) > 1 else "".join(said[number + 3 : number + 5])
        shape = _shape(word)
        table[start:end, 1:8] = (
            _hash("l" + left),
            _hash("r" + right),
            _hash("b" + before.casefold()),
            _hash("n" + behind.casefold()),
            _hash("B" + far_before.casefold()),
            _hash("N" + far_behind.casefold()),
            _hash(f"{_shape(said[number - 1])} {shape} {_shape(said[number + 1])}"),
        )
        for at in range(start, end):
            place = "u" if end - start == 1 else "b" if at == start else "e" if at == end - 1 else "i"
            table[at, 0] = _hash(text[at])
            table[at, 8] = _hash(f"{shape}{place}{quoted[at]:d}")
    return table


def _pair(one: str, two: str, near: int) -> str:
    """Two neighbours on one side: the nearer (`near` says which) if it is a word, else both together."""
    nearer = two if near else one
    return nearer if len(nearer) > 1 else one[-1] + two[0]


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
