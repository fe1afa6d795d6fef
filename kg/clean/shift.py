"""Text that slipped by one byte: damage done to GBK pages by tools that replace bytes and not characters.

A character of GBK is two bytes.  A tool that writes traditional characters with their pinyin looked for byte pairs, and
found some where a pair was the second half of one character and the first half of the next.  It put its `(pinyin)`
between the halves.  Read as text, the lone first half became `?` (it took the bracket with it), and all that follows
pairs up wrongly until an ASCII byte puts it right again.  A full-width comma found and narrowed in the same way does
the same.  Private-use characters and letters inside such a stretch are halves too.

The way back is to write the stretch as bytes again, put the lost half in front, and pair anew.  A repair is made only
where it is sure: the lost half must follow from the reading in the annotation, from an annotation at the end of the
stretch, or from a word that stands elsewhere in the same text, exactly one way must lead to the end, and every
character on it must be a common one.  What cannot be repaired surely is left alone and noted as `damaged` with its
place; where a stretch is sure up to a character that is gone, U+FFFD stands for that one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.clean.characters import HAN
from kg.clean.offsets import Edit, MappedText
from kg.clean.pinyin import LETTERS, reads
from kg.clean.script import simplified
from kg.model import Note

_LOST = "\ufffd"
_LONGEST = 40
"""How many characters a stretch may have: an ASCII character ends it, and Chinese text has one at every comma."""

_SPLIT = re.compile(rf"(?P<before>[{HAN}])(?P<hole>\?(?P<reading>[{LETTERS}]{{1,12}})\))")
_QUOTE = re.compile(r"\?!\?/[a-z]{1,10}>")
_COMMA = re.compile(rf"(?P<before>[{HAN}])\?(?=[,!?;:][{HAN}A-Za-z])")
_FALSE = re.compile(rf"(?<!\?)(?P<mark>[,;:!?()])(?P<letter>[A-Za-z])(?P<note>\((?P<reading>[{LETTERS}]{{1,12}})\))")
_DAMAGED = re.compile(
    rf"[{HAN}]\?[{LETTERS}]{{1,12}}\)|\?!\?/[a-z]{{1,10}}>|(?<=[{HAN}])[\ue000-\ue4c5](?=[{HAN}])"
    rf"|(?<=[{HAN}])(?:\?[,!;:][^\s()?]{{0,8}})?[A-Za-z_|]\([a-zü]*[\u00e0-\u01dc][a-zü]*\)"
)
_ANNOTATION = re.compile(rf"\((?P<reading>[{LETTERS}]{{1,12}})\)")
_HAN = re.compile(f"[{HAN}]")
_ENDING_TAG = re.compile(r"\?/[a-z]{1,10}>")
_OPEN, _CLOSED = "“", "”"


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to read a stretch: where it ends, what it says, and whether an annotation at its end agrees."""

    end: int
    text: str
    verified: bool


def shift(text: MappedText) -> MappedText:
    """The text with every stretch that slipped by one byte put right where that is sure, and noted where it is not."""
    edits = list(_Repair(text.text).edits())
    broken = [edit for edit in edits if _LOST in edit.text]
    notes = [
        Note("damaged", "a character is lost to a one-byte shift", span=text.raw(edit.start, edit.end))
        for edit in broken
    ]
    if whole := len(edits) - len(broken):
        notes.append(Note("shift", "places that slipped by one byte of GBK, repaired", whole))
    touched = [(edit.start, edit.end) for edit in edits]
    notes += [
        Note("damaged", "slipped by one byte of GBK, not surely repairable", span=text.raw(*match.span()))
        for match in _DAMAGED.finditer(text.text)
        if not any(start < match.end() and match.start() < end for start, end in touched)
    ]
    return text.edit(edits, *notes)


class _Repair:
    """The repairs of one text, in order."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._pairs: frozenset[str] | None = None

    def edits(self) -> Iterator[Edit]:
        done = 0
        starts = {
            match.start(): match
            for pattern in (_SPLIT, _QUOTE, _COMMA, _FALSE)
            for match in pattern.finditer(self._text)
        }
        for start in sorted(starts):
            if start < done:
                continue
            match = starts[start]
            edit = {_SPLIT: self._split, _QUOTE: self._quote, _COMMA: self._comma, _FALSE: self._false}[match.re](match)
            if edit:
                yield edit
                done = edit.end

    def _split(self, match: re.Match[str]) -> Edit | None:
        """`因?yàn)槿…`: the annotated pair was the second half of 因 and the first half of the lost character."""
        ways = set()
        for lost in _lost_halves(_bytes(match["before"])[1:], match["reading"]):
            ways |= set(self._ways(match.end(), lost, match["before"]))
        whole = {way for way in ways if _LOST not in way.text}
        ways = {way for way in whole if way.verified} or whole or ways
        if len(ways) != 1:
            return None
        (way,) = ways
        return Edit(match.start("hole"), way.end, way.text, whole=True)

    def _quote(self, match: re.Match[str]) -> Edit | None:
        """`?!?/span>` is `。”</span>`: the halves between were taken for a full-width exclamation mark."""
        return Edit(*match.span(), "。”", whole=True) if self._quoting(match.start()) else None

    def _comma(self, match: re.Match[str]) -> Edit | None:
        """`非?,F(xiàn)`: the comma is half of 常 and half of 現, and the reading shows that it is 現."""
        before = match["before"]
        ways = set()
        for lost in range(0x81, 0xFF):
            for way in self._ways(match.end(), bytes([lost]), before):
                full_stop = way.text[0] == "。" and way.text[1:2] in (_OPEN, _CLOSED)
                if way.verified and (full_stop or before + way.text[0] in self._words()):
                    ways.add(way)
        if len(ways) != 1:
            return None
        (way,) = ways
        return Edit(match.end("before"), way.end, way.text, whole=True)

    def _false(self, match: re.Match[str]) -> Edit | None:
        """`，F(xiàn)oo`: the annotated pair was half a comma and a letter, and nothing is broken."""
        pair = _character(_bytes(_full(match["mark"]))[1:] + match["letter"].encode("ascii"))
        return Edit(*match.span("note")) if pair and reads(pair, match["reading"]) else None

    def _ways(self, start: int, half: bytes, before: str) -> Iterator[_Way]:
        """Every way to pair `half` with the bytes of the text from `start` on, up to where it falls into step again."""
        waiting = [(start, half, "", False)]
        while waiting:
            place, half, said, supposed = waiting.pop()
            if place >= len(self._text) or place - start > _LONGEST:
                continue
            character = self._text[place]
            if character == "?":
                yield from self._lost_again(place, half, said, before)
                continue
            # an ASCII character is the second half itself, or was a full-width one before something narrowed it
            for form in dict.fromkeys((character, _full(character))):
                raw = _bytes(form)
                new = _character(half + raw[:1]) if raw else None
                if new is None or not _common(new):
                    continue
                supposing = supposed or (form != character and form.isalnum())
                if len(raw) == 2 and raw[1] >= 0x80:
                    waiting.append((place + 1, raw[1:], said + new, supposing))
                    continue
                way = self._ended(place + 1, said + new + raw[1:].decode("ascii"))
                # full-width letters are so rare that a way over one needs an annotation to agree
                if way.verified or not supposing:
                    yield way
            if said and character.isascii() and character.isalpha() and self._text[place + 1 : place + 2] != "(":
                # the half before is part of a character that is gone; what was read up to here still stands
                yield _Way(place + 1, said + _LOST, verified=False)

    def _ended(self, end: int, said: str) -> _Way:
        annotation = _ANNOTATION.match(self._text, end)
        if annotation and reads(said[-1], annotation["reading"]):
            return _Way(annotation.end(), said, verified=True)
        return _Way(end, said, verified=False)

    def _lost_again(self, place: int, half: bytes, said: str, before: str) -> Iterator[_Way]:
        """The stretch ends with a second lost half: it is `。` before a tag, or follows from a word of the text."""
        tag = _ENDING_TAG.match(self._text, place)
        if tag:
            if half == b"\xa1" and not self._quoting(place):
                yield _Way(tag.end(), said + "。", verified=True)
            return
        last = said[-1:] or before
        candidates = [new for byte in range(0x40, 0xFF) if (new := _character(half + bytes([byte]))) and _common(new)]
        known = [new for new in candidates if _HAN.match(new) and last + new in self._words()]
        if len(known) == 1:
            yield _Way(place + 1, said + known[0], verified=True)

    def _quoting(self, place: int) -> bool:
        line = self._text[self._text.rfind("\n", 0, place) + 1 : place]
        return line.count(_OPEN) > line.count(_CLOSED)

    def _words(self) -> frozenset[str]:
        """Every pair of neighbouring Han characters of the text, annotations left out."""
        if self._pairs is None:
            plain = _ANNOTATION.sub("", self._text)
            self._pairs = frozenset(plain[i : i + 2] for i in range(len(plain) - 1))
        return self._pairs


@cache
def _lost_halves(half: bytes, reading: str) -> tuple[bytes, ...]:
    """Every byte that makes, behind `half`, a traditional character with that reading: the tool wrote it there."""
    found = []
    for lost in range(0x81, 0xFF):
        pair = _character(half + bytes([lost]))
        if pair and simplified(pair) != pair and reads(pair, reading):
            found.append(bytes([lost]))
    return tuple(found)


def _bytes(character: str) -> bytes:
    """The one or two bytes of a character in GBK with its private-use rows; nothing for one that GBK does not have."""
    try:
        raw = character.encode("gb18030")
    except UnicodeEncodeError:
        return b""
    return raw if len(raw) <= 2 else b""


def _character(pair: bytes) -> str | None:
    try:
        character = pair.decode("gbk")
    except UnicodeDecodeError:
        return None
    return character if len(character) == 1 else None


@cache
def _common(character: str) -> bool:
    """Whether a character is Chinese punctuation or among the 3,755 common ones (GB 2312, level 1) when simplified."""
    try:
        lead, trail = simplified(character).encode("gb2312")
    except (UnicodeEncodeError, ValueError):
        return False
    return 0xB0 <= lead <= 0xD7 or lead == 0xA1 or (lead == 0xA3 and trail in _MARKS)


_MARKS = frozenset(mark.encode("gb2312")[1] for mark in "，！？：；（）")


def _full(character: str) -> str:
    return chr(ord(character) + 0xFEE0) if "!" <= character <= "~" else character
