"""How names of files are shown: on one line, without control characters, reversibly."""

from __future__ import annotations

import os


def shown(name: str) -> str:
    """`name` as it stands, or as Python quotes it where it holds quotes, escapes or what does not print."""
    return name if name.isprintable() and not set(name) & set("'\"\\") else repr(name)


def speakable(name: str) -> str:
    """`name` with the bytes that are not UTF-8 written as `\\xff`, so that it can go into a file."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
