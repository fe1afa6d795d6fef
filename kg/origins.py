"""Which documents, and which passages of documents, were copied from others: they count as one origin, however many
sites carry them.

Two texts are one when at least `SAME` of the character shingles of the shorter one stand in the longer one
(resemblance by containment, Broder 1997); a stretch of at least `PASSAGE` Chinese characters, or of as many letters as
take that room, is a quotation if another document had it before.  Punctuation, spaces and case do not count.

Which documents are compared at all is found by winnowing (Schleimer, Wilkerson and Aiken 2003): of every `_WINDOW`
shingles in a row the least is kept, so that every copied stretch of `_WINDOW` + `SHINGLE` - 1 letters is noticed.  The
work grows with the number of copies and not with the square of the number of documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.model import Document

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHINGLE = 8
"""Characters of a shingle: long enough that two reports of one event share few."""
SAME = 0.45
"""The share of shingles from which two texts are one.  In the pairs of `tests/pairs/origins.yaml` that it was chosen
with, reposts whose every sentence was touched up keep 0.6, and independent reports with one quotation have 0.23."""
PASSAGE = 30.0
"""Chinese characters from which a common stretch is a quotation: names, dates and set phrases are shorter."""
_SHORTEST = 80
"""Letters below which a text is too short to be called a repost: two wires may well say the same in one sentence."""
_WINDOW = 16
_HOLDERS = 4
"""How many documents are remembered for one shingle: more only repeat what these say."""
_LATIN_ROOM = 0.4
"""The room that a letter takes, a Chinese character being 1: a word of five letters says as much as two of them."""
_WORD = re.compile(r"\w+")
_BASE, _MIX = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9
_HAN_FIRST = 0x2E80


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document that another one had before; `start` and `end` count in the cleaned text."""

    document: str
    start: int
    end: int
    origin: str


@dataclass(frozen=True, slots=True)
class Copies:
    """What of the documents is copied."""

    reposts: tuple[tuple[str, str], ...] = ()
    """(document, origin) for every repost: the earliest published of those that share the text; sorted."""
    passages: tuple[Passage, ...] = ()
    """The quotations in documents that are no reposts, in order of documents and offsets."""


@dataclass(slots=True)
class _Text:
    """A document as it is compared."""

    id: str
    places: NDArray[Any]
    """Where each letter stands in the text."""
    room: NDArray[Any]
    """The room that the letters up to each one take."""
    shingles: NDArray[Any]
    """A hash for each letter that a shingle begins with."""
    known: NDArray[Any]
    """The same, sorted, each once."""


def origins(documents: Iterable[Document]) -> tuple[tuple[str, str], ...]:
    """(document, origin) for every repost, where the origin is the earliest published of those that share the text.

    Without dates, the first by id is the origin.
    """
    return copies(documents).reposts


def copies(documents: Iterable[Document]) -> Copies:
    """The reposts and quotations among documents, whatever their order."""
    holders: dict[int, list[int]] = {}
    texts: list[_Text] = []
    root: dict[str, str] = {}
    passages: list[Passage] = []
    for document in sorted(documents, key=_order):
        text = _text(document)
        candidates = _candidates(text, len(texts), holders)
        same = [texts[c] for c in candidates if _one(texts[c], text)]
        if same:
            # The first of those that share the text: what was seen before has its origin already.
            root[text.id] = root.get(same[0].id, same[0].id)
        else:
            passages.extend(_passages(text, [texts[c] for c in candidates], root))
        texts.append(text)
    passages.sort(key=lambda p: (p.document, p.start, p.end))
    return Copies(tuple(sorted(root.items())), tuple(passages))


def _order(document: Document) -> tuple[bool, str, str]:
    published = document.published
    return published is None, published.earliest.isoformat() if published else "", document.id


def _text(document: Document) -> _Text:
    words = [match.span() for match in _WORD.finditer(document.text)]
    lower = document.text.lower()
    if len(lower) != len(document.text):  # a few letters become two
        lower = "".join(char.lower()[:1] for char in document.text)
    letters = "".join(lower[start:end] for start, end in words)
    places = np.concatenate([np.arange(*word) for word in words] or [np.arange(0)])
    codes = np.frombuffer(letters.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    room = np.cumsum(np.where(codes >= _HAN_FIRST, 1.0, _LATIN_ROOM))
    shingles = _hashes(codes)
    return _Text(document.id, places, room, shingles, np.unique(shingles))


def _hashes(codes: NDArray[Any]) -> NDArray[Any]:
    """A number for every `SHINGLE` letters in a row, spread over 64 bits."""
    count = max(0, len(codes) - SHINGLE + 1)
    found = np.zeros(count, dtype=np.uint64)
    for at in range(SHINGLE):
        found = found * np.uint64(_BASE) + codes[at : at + count]
    found ^= found >> np.uint64(31)
    found *= np.uint64(_MIX)
    return found ^ (found >> np.uint64(29))


def _candidates(text: _Text, number: int, holders: dict[int, list[int]]) -> list[int]:
    """The earlier documents that share something with this one, in order; this one is remembered."""
    if not len(text.shingles):
        return []
    width = min(_WINDOW, len(text.shingles))
    least = np.unique(np.lib.stride_tricks.sliding_window_view(text.shingles, width).min(axis=1))
    found: set[int] = set()
    for shingle in least.tolist():
        known = holders.setdefault(shingle, [])
        found.update(known)
        if len(known) < _HOLDERS:
            known.append(number)
    return sorted(found)


def _one(one: _Text, two: _Text) -> bool:
    """Whether two texts are one."""
    if min(len(one.places), len(two.places)) < _SHORTEST:
        return False
    shorter, longer = sorted((one.known, two.known), key=len)
    return int(np.isin(shorter, longer, assume_unique=True).sum()) >= SAME * len(shorter)


def _passages(text: _Text, earlier: list[_Text], root: dict[str, str]) -> Iterator[Passage]:
    """The stretches that this text has from earlier ones; what two of them have is from the first."""
    taken = np.zeros(len(text.shingles), dtype=bool)
    for other in earlier:
        common = np.isin(text.shingles, other.known) & ~taken
        for first, last in _runs(common):
            end = last + SHINGLE - 1
            if text.room[end] - (text.room[first - 1] if first else 0.0) < PASSAGE:
                continue
            taken[first : last + 1] = True
            start, stop = int(text.places[first]), int(text.places[end]) + 1
            yield Passage(text.id, start, stop, root.get(other.id, other.id))


def _runs(marks: NDArray[Any]) -> list[tuple[int, int]]:
    """(first, last) of every stretch of true marks."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], marks, [False])).astype(np.int8)))
    return [(int(first), int(last) - 1) for first, last in zip(edges[::2], edges[1::2], strict=True)]
