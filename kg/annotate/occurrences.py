"""Where names stand in a text, however many there are: in one pass over it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hanlp_trie import Trie

from kg.model import Span

_LETTER = re.compile(r"[A-Za-z0-9]")


def occurrences(text: str, names: Iterable[str], *, going_on: bool = False) -> dict[str, list[Span]]:
    """The places of each name that stands in a text, in order; inside a Latin word it stands nowhere, and before a
    letter or a figure only if it may be `going_on`."""
    found: dict[str, list[Span]] = {}
    trie = Trie(dict.fromkeys(names, True))
    for start, end, _ in trie.parse(text):
        if not ((not going_on and _LETTER.match(text, end)) or (start and _LETTER.match(text, start - 1))):
            found.setdefault(text[start:end], []).append(Span(start, end))
    return found
