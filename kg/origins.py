"""Which documents, and which passages of documents, were copied from others: they count as one origin, however many
sites carry them.

Two texts are one when at least `SAME` of the character shingles of the shorter one stand in the longer one
(resemblance by containment, Broder 1997); a stretch of at least `PASSAGE` Chinese characters, or of as many letters as
take that room, is a quotation if another document had it before.  Punctuation, spaces and case do not count.

Which documents are compared at all is found by winnowing (Schleimer, Wilkerson and Aiken 2003): of every `_WINDOW`
shingles in a row the least is kept, so that every copied stretch of `_WINDOW` + `SHINGLE` - 1 letters is noticed.  The
work grows with the number of copies and not with the square of the number of documents.  And what came of a document
against the same others once need not be worked out again (`Copies.worked`).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
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
_BYTES = 8
"""Of a shingle's hash."""
_HAN_FIRST = 0x2E80
_FEWEST = int(PASSAGE) - SHINGLE + 1
"""Shingles that a quotation has at least."""


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
    worked: Mapping[bytes, bytes] = field(default_factory=dict, compare=False)
    """What was worked out on the way, for `copies` of mostly the same texts."""


class _Text:
    """A document as it is compared; what that takes is worked out when it is asked for."""

    def __init__(self, document: Document) -> None:
        self.id = document.id
        self.text = document.text
        self.mark = hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).digest()
        self.letters = 0
        """How many there are, once `known` was asked for."""
        self._known: NDArray[Any] | None = None

    def known(self) -> NDArray[Any]:
        """Its shingles, sorted, each once."""
        if self._known is None:
            self._known = np.unique(self._shingles())
        return self._known

    def read(self) -> tuple[NDArray[Any], NDArray[Any]]:
        """Where each letter stands in the text, and its number."""
        words = [match.span() for match in _WORD.finditer(self.text)]
        lower = self.text.lower()
        if len(lower) != len(self.text):  # a few letters become two
            lower = "".join(char.lower()[:1] for char in self.text)
        letters = "".join([lower[start:end] for start, end in words])
        places = np.concatenate([np.arange(*word) for word in words] or [np.arange(0)])
        return places, np.frombuffer(letters.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)

    def least(self) -> bytes:
        """The shingles that it is found by, `_BYTES` each."""
        shingles = self._shingles()
        if not len(shingles):
            return b""
        self._known = np.unique(shingles)
        width = min(_WINDOW, len(shingles))
        return np.unique(np.lib.stride_tricks.sliding_window_view(shingles, width).min(axis=1)).tobytes()

    def _shingles(self) -> NDArray[Any]:
        codes = self.read()[1]
        self.letters = len(codes)
        return _hashes(codes)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of a text against earlier ones, which are given by their place among them."""

    same: int | None = None
    """The first that is the same text."""
    passages: tuple[tuple[int, int, int], ...] = ()
    """(start, end, which) of what it has from others."""


def origins(documents: Iterable[Document]) -> tuple[tuple[str, str], ...]:
    """(document, origin) for every repost, where the origin is the earliest published of those that share the text.

    Without dates, the first by id is the origin.
    """
    return copies(documents).reposts


def copies(documents: Iterable[Document], worked: Mapping[bytes, bytes] | None = None) -> Copies:
    """The reposts and quotations among documents, whatever their order.

    `worked` is that of an earlier call, whose documents may have been others: the result is the same, and sooner there.
    """
    known = worked or {}
    done: dict[bytes, bytes] = {}
    holders: dict[int, list[int]] = {}
    texts: list[_Text] = []
    root: dict[str, str] = {}
    passages: list[Passage] = []
    for document in sorted(documents, key=_order):
        text = _Text(document)
        least = known.get(text.mark, b"")
        if not least or len(least) % _BYTES:
            least = text.least()
        done[text.mark] = least
        earlier = [texts[number] for number in _candidates(least, len(texts), holders)]
        texts.append(text)
        if not earlier:
            continue
        key = hashlib.sha256(b"".join([text.mark, *(other.mark for other in earlier)])).digest()
        outcome = _unpacked(known[key], len(earlier)) if key in known else None
        if outcome is None:
            outcome = _compared(text, earlier)
        done[key] = _packed(outcome)
        if outcome.same is not None:
            # The first of those that share the text: what was seen before has its origin already.
            same = earlier[outcome.same].id
            root[text.id] = root.get(same, same)
        for start, end, which in outcome.passages:
            other = earlier[which].id
            passages.append(Passage(text.id, start, end, root.get(other, other)))
    passages.sort(key=lambda p: (p.document, p.start, p.end))
    return Copies(tuple(sorted(root.items())), tuple(passages), done)


def _packed(outcome: _Outcome) -> bytes:
    return json.dumps([outcome.same, outcome.passages], separators=(",", ":")).encode()


def _unpacked(data: bytes, earlier: int) -> _Outcome | None:
    """What `_packed` made; None for data that are damaged."""
    try:
        same, passages = json.loads(data)
        outcome = _Outcome(same, tuple((int(start), int(end), int(which)) for start, end, which in passages))
    except (ValueError, TypeError):
        return None
    places = [which for _, _, which in outcome.passages]
    places += [] if same is None else [same]
    return outcome if all(place in range(earlier) for place in places) else None


def _order(document: Document) -> tuple[bool, str, str]:
    published = document.published
    return published is None, published.earliest.isoformat() if published else "", document.id


def _hashes(codes: NDArray[Any]) -> NDArray[Any]:
    """A number for every `SHINGLE` letters in a row, spread over 64 bits."""
    count = max(0, len(codes) - SHINGLE + 1)
    found = np.zeros(count, dtype=np.uint64)
    for at in range(SHINGLE):
        found = found * np.uint64(_BASE) + codes[at : at + count]
    found ^= found >> np.uint64(31)
    found *= np.uint64(_MIX)
    return found ^ (found >> np.uint64(29))


def _candidates(least: bytes, number: int, holders: dict[int, list[int]]) -> list[int]:
    """The earlier documents that share something with this one, in order; this one is remembered."""
    found: set[int] = set()
    for shingle in np.frombuffer(least, dtype=np.uint64).tolist():
        known = holders.setdefault(shingle, [])
        found.update(known)
        if len(known) < _HOLDERS:
            known.append(number)
    return sorted(found)


def _compared(text: _Text, earlier: Sequence[_Text]) -> _Outcome:
    """Whether a text is one of the earlier ones, and if not, what it has from them."""
    own = text.known()
    shared: list[NDArray[Any]] = []
    for number, other in enumerate(earlier):
        theirs = other.known()
        places = np.minimum(np.searchsorted(own, theirs), len(own) - 1)
        shared.append(places[own[places] == theirs])
        shorter = min(len(own), len(theirs))
        if min(text.letters, other.letters) >= _SHORTEST and len(shared[-1]) >= SAME * shorter:
            return _Outcome(same=number)
    return _Outcome(passages=tuple(_passages(text, shared)))


def _passages(text: _Text, shared: Sequence[NDArray[Any]]) -> Iterator[tuple[int, int, int]]:
    """The stretches that this text has from earlier ones; what two of them have is from the first.

    `shared` says of each earlier text which of this one's known shingles it has.
    """
    letters, codes = text.read()
    room = np.cumsum(np.where(codes >= _HAN_FIRST, 1.0, _LATIN_ROOM))
    own, kind, uses = np.unique(_hashes(codes), return_inverse=True, return_counts=True)
    taken = np.zeros(len(kind), dtype=bool)
    for which, places in enumerate(shared):
        if uses[places].sum() < _FEWEST:
            continue
        has = np.zeros(len(own), dtype=bool)
        has[places] = True
        for first, last in _runs(has[kind] & ~taken):
            end = last + SHINGLE - 1
            if room[end] - (room[first - 1] if first else 0.0) < PASSAGE:
                continue
            taken[first : last + 1] = True
            yield int(letters[first]), int(letters[end]) + 1, which


def _runs(marks: NDArray[Any]) -> list[tuple[int, int]]:
    """(first, last) of every stretch of true marks."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], marks, [False])).astype(np.int8)))
    return [(int(first), int(last) - 1) for first, last in zip(edges[::2], edges[1::2], strict=True)]
