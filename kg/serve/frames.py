"""How a server and its workers speak: a head, which is JSON, and a body of bytes, each after its length."""

from __future__ import annotations

import json
import struct
from typing import Any, BinaryIO

LENGTHS = struct.Struct(">II")
"""Bytes of the head, bytes of the body."""

Head = dict[str, Any]


def packed(head: Head, body: bytes = b"") -> bytes:
    """A frame."""
    words = json.dumps(head).encode("ascii")
    return LENGTHS.pack(len(words), len(body)) + words + body


def write(stream: BinaryIO, head: Head, body: bytes = b"") -> None:
    """Write a frame and flush it."""
    stream.write(packed(head, body))
    stream.flush()


def read(stream: BinaryIO) -> tuple[Head, bytes] | None:
    """The next frame; None at the end of the stream.  Raises EOFError when it ends inside a frame."""
    start = stream.read(LENGTHS.size)
    if not start:
        return None
    if len(start) < LENGTHS.size:
        raise EOFError
    head, body = LENGTHS.unpack(start)
    words = stream.read(head + body)
    if len(words) < head + body:
        raise EOFError
    return json.loads(words[:head]), words[head:]
