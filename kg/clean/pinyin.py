"""Pinyin annotations such as 創(chuàng)業(yè), which some copiers put behind every traditional character.

An annotation is taken away only if it is a reading of the character before it, tone and all, so a gloss, a file name
or a function call in brackets stays.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from kg.clean.characters import HAN
from kg.clean.offsets import Edit, MappedText
from kg.model import Note

LETTERS = (
    "a-zü\u0261\u0251"
    "\u00e0-\u00fc\u0101\u0113\u011b\u012b\u014d\u016b\u01ce\u01d0\u01d2\u01d4\u01d6\u01d8\u01da\u01dc\u0144\u0148\u01f9"
    "\u0300\u0301\u0304\u0308\u030c"
)
"""The letters of pinyin, plain, toned, and the tones alone, as the inside of a regular expression's brackets."""

_ANNOTATION = re.compile(rf"(?P<han>[{HAN}])(?P<note>[(（](?P<reading>[{LETTERS}]{{1,12}})[)）])")
_LOOKALIKES = str.maketrans({"\u0261": "g", "\u0251": "a"})


def pinyin(text: MappedText) -> MappedText:
    """The text without the annotations that are true readings."""
    found = [
        match for match in _ANNOTATION.finditer(text.text) if match["reading"] and reads(match["han"], match["reading"])
    ]
    # 们(men) has no tone to tell it from a word in brackets, so it counts only beside others that have one
    if not any(_toned(match["reading"]) for match in found):
        return text
    edits = [Edit(match.start("note"), match.end("note")) for match in found]
    return text.edit(edits, Note("pinyin", "pinyin annotations, removed", len(edits)))


def reads(character: str, reading: str) -> bool:
    """Whether `reading`, with its tone, is one of the readings of a character in its traditional or simplified form."""
    return unicodedata.normalize("NFC", reading.translate(_LOOKALIKES)) in readings(character)


@cache
def readings(character: str) -> frozenset[str]:
    """All readings of a Han character and of its simplified form, with tone marks: `xíng`, `háng`."""
    from pypinyin.pinyin_dict import pinyin_dict

    from kg.clean.script import simplified

    forms = {character, simplified(character)}
    return frozenset(reading for form in forms for reading in pinyin_dict.get(ord(form), "").split(",") if reading)


def _toned(reading: str) -> bool:
    return not unicodedata.normalize("NFC", reading).replace("ü", "u").isascii()
