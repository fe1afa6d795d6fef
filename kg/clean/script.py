"""Traditional characters to simplified ones, and the words of Taiwan to those of the mainland."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from kg.clean.characters import HAN
from kg.clean.offsets import Edit, MappedText
from kg.model import Note

_HAN = re.compile(f"[{HAN}]")
_PIECE = 20_000
"""Characters converted at once: the converter needs a hundred times the memory of its text."""
_PIECES = re.compile(rf"(?s:.{{1,{_PIECE}}}(?:(?<=[\n。，])|\Z))|(?s:.{{1,{_PIECE}}})")
_TRADITIONAL = 0.05
"""A text is traditional if so many of its Han characters have a simplified form: running text has 20 to 40 %, a
simplified text that quotes a name or keeps an old spelling well under 2 %."""


# 著 is 着 behind a verb and 著 in the words for writing and fame; the tables leave it alone.
_PARTICLE = re.compile("(?<![显顯原名土论論专專巨编編译譯所合昭卓拙新遗遺])著(?![名作称稱书書述者录錄])")


def script(text: MappedText) -> MappedText:
    """The text in simplified characters and, if it is Taiwanese by its own words, in the mainland's terms."""
    if not _HAN.search(text.text):
        return text
    new = simplified(text.text)
    changed = sum(a != b for a, b in zip(text.text, new, strict=True)) if new != text.text else 0
    traditional = changed >= _TRADITIONAL * sum(1 for _ in _HAN.finditer(new))
    if traditional:
        new = _PARTICLE.sub("着", new)
    if changed:
        text = text.same(new).noting(Note("traditional", "traditional characters, written simplified", changed))
    return _taiwanese(text, traditional=traditional)


def simplified(text: str) -> str:
    """Simplified characters, one for each character of `text`."""
    if len(text) <= _PIECE:
        return _piece(text)
    return "".join(_piece(match.group()) for match in _PIECES.finditer(text))


def _piece(text: str) -> str:
    new = _converter().convert(text)
    if len(new) == len(text):
        return str(new)
    # a phrase of another length would put the map out of step: one by one is less clever and always exact
    return "".join(_one(character) for character in text)


@cache
def _one(character: str) -> str:
    new = str(_converter().convert(character))
    return new if len(new) == 1 else character


@cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


def _taiwanese(text: MappedText, *, traditional: bool) -> MappedText:
    table = _taiwan()
    found = list(table.pattern.finditer(text.text))
    marks = {match.group() for match in found} & table.own
    # in traditional characters one such word is enough: Hong Kong writes 軟件 and 網絡 as the mainland does
    if len(marks) < (1 if traditional else 2):
        return text
    edits = [Edit(*match.span(), table.terms[match.group()]) for match in found if match.group() in table.terms]
    text = text.edit(edits)
    amounts = [Edit(*match.span("unit"), "万亿") for match in table.trillion.finditer(text.text)]
    return text.edit(amounts, Note("taiwan", "terms of Taiwan, written in the mainland's", len(edits) + len(amounts)))


@dataclass(frozen=True, slots=True)
class _Taiwan:
    """What `taiwan.yaml` holds, ready for use."""

    terms: Mapping[str, str]
    own: frozenset[str]
    pattern: re.Pattern[str]
    """Every term and every kept word, the longest first."""
    trillion: re.Pattern[str]


@cache
def _taiwan() -> _Taiwan:
    import yaml

    table = yaml.safe_load((resources.files("kg.clean") / "taiwan.yaml").read_text(encoding="utf-8"))
    terms = {**table["shared"], **table["own"]}
    words = sorted({*terms, *table["kept"]}, key=lambda word: (-len(word), word))
    pattern = re.compile("|".join(map(re.escape, words)))
    return _Taiwan(MappingProxyType(terms), frozenset(table["own"]), pattern, re.compile(table["trillion"]))
