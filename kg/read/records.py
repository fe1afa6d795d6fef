"""Documents as JSON: one object with `text` (or `html`) and, if known, `id`, `published`, `title`, `url`, `source`."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any, NoReturn

from kg.errors import InputError

_KEYS = ("id", "published", "title", "url", "source", "text", "html")


class _Number(str):
    """A number as it was written: exact whatever its length, and told from a text."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Record:
    """A document as JSON has it; unknown keys are left aside, blank values are None."""

    id: str | None
    text: str | None
    html: str | None
    published: str | None
    title: str | None
    url: str | None
    source: str | None

    @property
    def digest(self) -> bytes:
        """Equal for two records with the same text."""
        kind, body = ("html", self.html) if self.html is not None else ("text", self.text or "")
        return hashlib.sha256(f"{kind}\n{body}".encode("utf-8", "surrogatepass")).digest()

    def line(self) -> bytes:
        """The record as a line of JSON Lines."""
        written = json.dumps({key: getattr(self, key) for key in _KEYS}, ensure_ascii=False)
        # Half a surrogate pair cannot be UTF-8; as a backslash escape it is JSON.
        return written.encode("utf-8", "backslashreplace") + b"\n"


def parse(line: bytes) -> Record:
    """The record that a line holds.  Raises `InputError` saying what is wrong with it."""
    return record(value(_decoded(line)))


def value(text: str) -> Any:
    """The JSON value of `text`, numbers as they were written.  Raises `InputError` if it is no JSON."""
    try:
        return json.loads(text, parse_int=_Number, parse_float=_Number, parse_constant=_refuse, strict=False)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, character {error.colno}" if error.lineno > 1 else f"character {error.colno}"
        raise InputError(f"not JSON: {error.msg} at {place}") from error
    except RecursionError as error:
        raise InputError("not read: the JSON is nested too deeply") from error


def record(value: Any) -> Record:
    """`value` as a record.  Raises `InputError` for anything but an object with a text and texts beside it."""
    if not isinstance(value, dict):
        raise InputError(f"{_kind(value)}, where an object with the key 'text' is expected")
    text, html = _body(value, "text"), _body(value, "html")
    if text is None and html is None:
        raise InputError("the object has no 'text'")
    others = {key: _detail(value, key) for key in ("id", "published", "title", "url", "source")}
    return Record(text=text, html=html, **others)


def _refuse(constant: str) -> NoReturn:
    raise InputError(f"not JSON: {constant} is no JSON value")


def _decoded(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(
            f"not UTF-8, which JSON must be: byte 0x{line[error.start]:02x} at offset {error.start} of the line. "
            "Save the file as UTF-8"
        ) from error


def _body(value: dict[str, Any], key: str) -> str | None:
    body = value.get(key)
    if body is None:
        return None
    if not isinstance(body, str) or isinstance(body, _Number):
        raise InputError(f"{key!r} is {_kind(body)}, where a text is expected")
    return body


def _detail(value: dict[str, Any], key: str) -> str | None:
    detail = value.get(key)
    if detail is None:
        return None
    if not isinstance(detail, str):
        raise InputError(f"{key!r} is {_kind(detail)}, where a text is expected")
    return str(detail).strip() or None


def _kind(value: Any) -> str:
    names = {dict: "an object", list: "an array", _Number: "a number", str: "a text", bool: "a truth value"}
    return names.get(type(value), "null")
