"""How commands print: results to stdout, messages to stderr, hostile text made visible, JSON and files as UTF-8."""

from __future__ import annotations

import json
import os
import re
import sys
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import GraphError
from kg.model import Failure

if TYPE_CHECKING:
    from rich.console import RenderableType

WIDE = 160
"""Columns of a table that goes into a file or a pipe, where nothing says how wide it may be."""
_LONGEST = 2_000
"""Characters of a message: a hostile name of a megabyte must not fill the screen."""
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def say(message: str) -> None:
    """A message for the user: one line on stderr."""
    line = " ".join("".join(map(_seen, part)) for part in re.split(r"[\n\t]+", message))
    sys.stderr.write(f"kg: {line if len(line) <= _LONGEST else line[:_LONGEST] + '…'}\n")
    sys.stderr.flush()


def _seen(char: str) -> str:
    """A character that drives a terminal, or cannot be seen, as its number."""
    return char if unicodedata.category(char) not in _UNSEEN else f"<U+{ord(char):04X}>"


def say_failures(failures: Iterable[Failure]) -> None:
    """The documents that failed, one line each."""
    for failure in failures:
        say(f"{failure.source}: {failure.message}")


def out(text: str | bytes) -> None:
    """A result, as UTF-8 whatever the console's encoding is."""
    # A lone surrogate, which JSON may bring in, has no UTF-8; as \\udc80 it is JSON again.
    data = text if isinstance(text, bytes) else text.encode("utf-8", "backslashreplace")
    sys.stdout.flush()
    binary = getattr(sys.stdout, "buffer", None)
    if binary is None:  # a caller has put another stream there
        sys.stdout.write(data.decode("utf-8"))
        return
    binary.write(data)
    binary.flush()


def out_json(value: Any) -> None:
    """A result for a program."""
    out(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def show(result: RenderableType) -> None:
    """A result for a person: fitted to the terminal; in a pipe plain and wide."""
    from rich.console import Console

    console = Console(width=width(), highlight=False, soft_wrap=False, legacy_windows=False)
    with console.capture() as captured:
        console.print(result)
    lines = captured.get().split("\n")
    sys.stdout.write("\n".join(line.rstrip() for line in lines).strip("\n") + "\n")


def width() -> int | None:
    """How many columns a table may have; None leaves it to the terminal."""
    return None if sys.stdout.isatty() or os.environ.get("COLUMNS") else WIDE


def save(data: bytes, path: Path) -> None:
    """Write a file whole or not at all.  Raises GraphError, with an older file as it was."""
    beside = path.with_name(f".{path.name}.part")
    try:
        try:
            beside.write_bytes(data)
            os.replace(beside, path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise GraphError(f"{path}: cannot be written ({error.strerror or error}); name another file with -o") from error
