"""From bytes to text.

In this order: a byte order mark; strict UTF-8; what a page declares; then the reading of GB18030, Big5 and UTF-16
whose words are the most plausible; Windows-1252 for English text with typographic marks.  Text is decoded whole or not
at all: a file that is UTF-8 but for one byte is damaged, and no other code makes sense of it.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from kg.errors import InputError
from kg.model import Note
from kg.read.plausibility import PLAUSIBLE, plausibility, western

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks and what they mean."""

_DECLARATION = re.compile(
    rb"""<(?:meta\b[^>]{0,200}?\bcharset|\?xml\b[^>]{0,200}?\bencoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I
)
_DECLARED_IN = 4096
"""Bytes in which a declaration is looked for: browsers take 1,024, but many pages put it after scripts."""

_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "hz": "gb18030",
    "big5": "big5hkscs",
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
"""The code that pages mean, as browsers read it, by the narrower name that they declare."""

_NAMES = {"gb18030": "GB18030", "big5hkscs": "Big5", "cp950": "Big5", "cp1252": "Windows-1252"}

_KINDS = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"PK\x03\x04", "a zip archive, as .docx, .xlsx and .epub are"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
)

_CONTROLS = re.compile(r"[\x00-\x07\x0e-\x19\x1c-\x1f]")
_CONTROLS_AMONG = 8192
_CONTROLS_ALLOWED = 0.01
"""Above this share of control characters a file is data: text has strays, but not one in a hundred characters."""


_AROUND = 1 << 16
"""Bytes beyond a bad one that are looked at to see what the rest is."""

_BROKEN = 1.0
"""What a reading that stops at some byte must be more plausible by than one that does not, to be what was meant."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and the code it was in; a note where the code was guessed."""

    text: str
    encoding: str
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class _Trial:
    """`data` read in one code: how far that goes, and how plausible the words are."""

    encoding: str
    error: UnicodeDecodeError | None
    score: float


def decode(data: bytes, *, declared: str | None = None) -> Decoded:
    """The text of `data`, without its byte order mark.

    `declared` is a code that the document itself names.  Raises `InputError` when this is no text, or has bytes that no
    known code explains (the message names the first bad offset in bytes).
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return Decoded(_text(_strictly(data, encoding, len(mark)), data), encoding)
    if b"\0" in data:
        return _without_mark(data)
    try:
        text: str | None = data.decode("utf-8")
        damage = None
    except UnicodeDecodeError as error:
        text, damage = None, error
    if text is not None and (declared is None or text.isascii() or any(ch >= "\u0800" for ch in text)):
        return Decoded(_text(text, data), "utf-8")
    if declared and (page := _as_declared(data, declared)) is not None:
        return Decoded(_text(page, data), declared)
    if damage is None:
        assert text is not None
        return Decoded(_text(text, data), "utf-8")
    return _guess(data, damage)


def declaration(data: bytes) -> str | None:
    """The code that the head of a page declares, as Python names it; None if it names none we know."""
    match = _DECLARATION.search(data[:_DECLARED_IN])
    if not match:
        return None
    try:
        name = codecs.lookup(match[1].decode("ascii", "ignore")).name
    except LookupError:
        return None
    # A declaration in plain bytes cannot be in UTF-16: the standard says that such pages mean UTF-8.
    return None if name.startswith(("utf", "punycode", "idna")) else _WIDER.get(name, name)


def mend(text: str) -> tuple[str, tuple[Note, ...]]:
    """`text` with U+FFFD for halves of surrogate pairs and for NUL, which no file can hold; offsets stay."""
    mended, count = re.subn("[\x00\ud800-\udfff]", "\ufffd", text)
    if not count:
        return text, ()
    return mended, (Note("damaged", "characters that are none (half a surrogate pair, or NUL) read as U+FFFD", count),)


def _strictly(data: bytes, encoding: str, skip: int) -> str:
    try:
        return data[skip:].decode(encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(encoding.upper(), data, skip + error.start) from error


def _text(text: str, data: bytes) -> str:
    """`text`, unless it is data in disguise."""
    controls = len(_CONTROLS.findall(text[:_CONTROLS_AMONG]))
    if "\0" in text or controls > _CONTROLS_ALLOWED * min(len(text), _CONTROLS_AMONG):
        raise _not_text(data)
    return text


def _not_text(data: bytes) -> InputError:
    kind = next((f": {kind}" for magic, kind in _KINDS if data.startswith(magic)), "")
    return InputError(f"not a text document{kind}. Give text, Markdown, HTML, PDF or JSON Lines")


def _undecodable(code: str, data: bytes, offset: int) -> InputError:
    where = f"byte 0x{data[offset]:02x} at offset {offset}" if offset < len(data) else f"the end at offset {offset}"
    return InputError(f"not decodable: {code} but for {where}. Mend that place, or save the document again as UTF-8")


def _without_mark(data: bytes) -> Decoded:
    """`data` with NUL bytes: UTF-16 or UTF-32 without a mark, or no text."""
    readings = []
    for encoding in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue  # one reading less; that none is left is said below
        score = plausibility(text, ascii_counts=True)
        if score > 0 and not _CONTROLS.search(text):
            readings.append((score, encoding, text))
    if not readings:
        raise _not_text(data)
    _, encoding, text = max(readings)
    return Decoded(text, encoding, (_guessed(encoding),))


def _as_declared(data: bytes, declared: str) -> str | None:
    try:
        return data.decode(declared)
    except (UnicodeDecodeError, LookupError):
        return None  # what a page declares is often wrong: the guess follows, and fails with the offset


def _guess(data: bytes, damage: UnicodeDecodeError) -> Decoded:
    """`data` that is not UTF-8, in the code that makes the most plausible words."""
    if _nearly_utf8(data, damage):
        raise _undecodable("UTF-8", data, damage.start)
    trials = [_try(data, encoding) for encoding in ("gb18030", "big5hkscs", "cp950", "utf-16-le", "utf-16-be")]
    best = max(trials, key=lambda trial: trial.score - (_BROKEN if trial.error else 0))
    if best.score >= PLAUSIBLE and not best.error:
        return Decoded(_text(data.decode(best.encoding), data), best.encoding, (_guessed(best.encoding),))
    latin = data.decode("cp1252", "replace")
    if "\ufffd" not in latin and western(latin):
        return Decoded(_text(latin, data), "cp1252", (_guessed("cp1252"),))
    if best.score < PLAUSIBLE or best.encoding.startswith("utf-16"):
        raise _unknown(data, damage.start)
    assert best.error is not None
    raise _undecodable(_NAMES.get(best.encoding, best.encoding), data, best.error.start)


def _try(data: bytes, encoding: str) -> _Trial:
    wide = encoding.startswith("utf-16")
    try:
        return _Trial(encoding, None, plausibility(data.decode(encoding), ascii_counts=wide))
    except UnicodeDecodeError as error:
        seen = data[: error.start + _AROUND].decode(encoding, "replace")
        return _Trial(encoding, error, plausibility(seen, ascii_counts=wide))


def _nearly_utf8(data: bytes, damage: UnicodeDecodeError) -> bool:
    """Whether the bytes around the damage are UTF-8 for the most part.

    What counts is characters of three bytes or more: no other code has those by chance.
    """
    text = data[max(0, damage.start - _AROUND) : damage.start + _AROUND].decode("utf-8", "replace")
    bad = text.count("\ufffd")
    return sum(character >= "\u0800" for character in text) - bad >= 2 * bad


def _unknown(data: bytes, offset: int) -> InputError:
    """For text in a code that is not ours to read; a detector gives it a name where it can."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_CONTROLS_AMONG]).best()
    guess = f" (it may be {best.encoding})" if best and best.encoding not in ("utf_8", "ascii") else ""
    if not best and any(data.startswith(magic) for magic, _ in _KINDS):
        return _not_text(data)
    return InputError(
        f"not decodable: neither UTF-8, GB18030, Big5 nor UTF-16{guess}; the first byte that is not UTF-8 is "
        f"0x{data[offset]:02x} at offset {offset}. Save the document as UTF-8"
    )


def _guessed(encoding: str) -> Note:
    return Note("encoding", f"no code was named; read as {_NAMES.get(encoding, encoding.upper())} by its words")
