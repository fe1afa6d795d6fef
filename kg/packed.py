"""Values of the line as JSON and back, by the types of their fields: how the workspace keeps them.

    >>> from kg.model import Span
    >>> pack(Span, Span(1, 4))
    b'[1,4]'
    >>> unpack(Span, b'[1,4]')
    Span(start=1, end=4)

A frozen dataclass becomes the list of its fields, a tuple a list, a date and a member of an enumeration its text.  It
is JSON and no pickle because a folder with a graph may come from somebody else, and reading it must run nothing.  A
field that a class gains or loses makes other bytes; who keeps them must key them by the version of the code.
"""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Callable, Hashable
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar, cast

_Thing = TypeVar("_Thing")

_Coder = tuple[Callable[[Any], Any] | None, Callable[[Any], Any] | None]
"""From a value to JSON and back; None for a value that JSON holds as it is.  Neither is ever given None."""


def pack(type_: type[_Thing], value: _Thing) -> bytes:
    """A value as UTF-8 JSON, in which a lone surrogate is kept as it is."""
    there, _ = _coder(cast(Hashable, type_))
    plain = there(value) if there else value
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def unpack(type_: type[_Thing], data: bytes) -> _Thing:
    """The value that `pack` wrote.  Raises ValueError for anything else."""
    _, back = _coder(cast(Hashable, type_))
    try:
        plain = json.loads(data.decode("utf-8", "surrogatepass"))
        value: _Thing = back(plain) if back else plain
    except (TypeError, IndexError, AttributeError) as error:
        raise ValueError(f"not a packed {type_.__name__}: {error}") from error
    return value


@cache
def _coder(type_: Any) -> _Coder:
    origin, arguments = typing.get_origin(type_), typing.get_args(type_)
    if type_ in (str, int, float, bool):
        return None, None
    if origin in (typing.Union, types.UnionType):
        inner = [a for a in arguments if a is not type(None)]
        if len(inner) == 1:
            return _coder(inner[0])
    elif origin is dict and arguments[0] is str and _coder(arguments[1]) == (None, None):
        return None, None
    elif origin is tuple and arguments[-1] is Ellipsis:
        return _sequence(*_coder(arguments[0]))
    elif origin is tuple:
        return _row(lambda *parts: parts, [_coder(a) for a in arguments], list)
    elif isinstance(type_, type) and issubclass(type_, Enum):
        return attrgetter("value"), type_
    elif type_ is date:
        return date.isoformat, date.fromisoformat
    elif isinstance(type_, type) and is_dataclass(type_):
        make: Callable[..., Any] = type_
        hints = typing.get_type_hints(type_, localns=_late())
        names = [field.name for field in fields(type_)]
        get = attrgetter(*names) if len(names) > 1 else lambda value: (getattr(value, names[0]),)
        return _row(make, [_coder(hints[name]) for name in names], lambda value: list(get(value)))
    raise TypeError(f"{type_} cannot be packed")


def _late() -> dict[str, Any]:
    """What `kg.model` names in its types alone."""
    from kg.clean.offsets import OffsetMap
    from kg.dates import When

    return {"OffsetMap": OffsetMap, "When": When}


def _sequence(there: Callable[[Any], Any] | None, back: Callable[[Any], Any] | None) -> _Coder:
    return (
        (lambda values: [there(v) for v in values]) if there else list,
        (lambda values: tuple([back(v) for v in values])) if back else tuple,
    )


def _row(make: Callable[..., Any], coders: list[_Coder], parts: Callable[[Any], list[Any]]) -> _Coder:
    """The coder of something with a fixed number of parts."""
    packers = [(at, there) for at, (there, _) in enumerate(coders) if there]
    unpackers = [(at, back) for at, (_, back) in enumerate(coders) if back]
    number = len(coders)

    def pack_row(value: Any) -> list[Any]:
        row = parts(value)
        for at, there in packers:
            if row[at] is not None:
                row[at] = there(row[at])
        return row

    def unpack_row(row: list[Any]) -> Any:
        if len(row) != number:
            raise ValueError(f"{len(row)} parts, where {number} are expected")
        for at, back in unpackers:
            if row[at] is not None:
                row[at] = back(row[at])
        return make(*row)

    return pack_row, unpack_row
