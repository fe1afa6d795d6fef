"""Which documents are reposts of one another: they count as one origin, however many sites carry them.

Two texts are one when at least `SAME` of the character shingles of the shorter one stand in the longer one
(resemblance by containment, Broder 1997).  Texts are compared only if they share some of a fixed sample of their
shingles, so the work grows with the number of reposts and not with the square of the number of documents.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable

from kg.model import Document

SHINGLE = 8
"""Characters of a shingle: long enough that two reports of one event share few."""
SAME = 0.6
"""A repost with a new headline, cut by a third, still keeps this share of its shingles."""
_SAMPLE = 16
"""One shingle in this many is used to find the pairs worth comparing."""
_SHORTEST = 80
"""Letters below which a text is too short to be called a repost: two wires may well say the same in one sentence."""
_LETTERS = re.compile(r"\W+")


def origins(documents: Iterable[Document]) -> tuple[tuple[str, str], ...]:
    """(document, origin) for every repost, where the origin is the earliest published of those that share the text.

    Without dates, the first by id is the origin.
    """
    shingles = {d.id: _shingles(d.text) for d in documents}
    order = {
        d.id: (d.published is None, d.published.earliest.isoformat() if d.published else "", d.id) for d in documents
    }
    by_shingle: dict[int, list[str]] = defaultdict(list)
    for document_id in sorted(shingles):
        for shingle in shingles[document_id]:
            if shingle % _SAMPLE == 0:
                by_shingle[shingle].append(document_id)
    pairs = {
        (one, two)
        for holders in by_shingle.values()
        if len(holders) <= 50
        for i, one in enumerate(holders)
        for two in holders[i + 1 :]
    }
    root = {d: d for d in shingles}

    def find(document_id: str) -> str:
        while root[document_id] != document_id:
            document_id = root[document_id]
        return document_id

    for one, two in sorted(pairs):
        shorter, longer = sorted((shingles[one], shingles[two]), key=len)
        if len(shorter & longer) >= SAME * len(shorter):
            first, second = sorted((find(one), find(two)), key=lambda d: order[d])
            root[second] = first
    return tuple(sorted((d, find(d)) for d in root if find(d) != d))


def _shingles(text: str) -> frozenset[int]:
    letters = _LETTERS.sub("", text).casefold()
    if len(letters) < _SHORTEST:
        return frozenset()
    return frozenset(
        int.from_bytes(hashlib.blake2b(letters[i : i + SHINGLE].encode(), digest_size=8).digest(), "big")
        for i in range(len(letters) - SHINGLE + 1)
    )
