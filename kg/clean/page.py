"""The body of an HTML page, as lines of its visible text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from kg.clean.characters import HAN
from kg.clean.lines import key, lines, without
from kg.clean.offsets import MappedText
from kg.model import Note, Source

_ENOUGH = 0.5
"""The share of the article's letters that must be found again in the visible text."""
_LONG = 12
"""Letters of a line that can be told by itself; a shorter one must stand between the lines found before and after."""
_LETTERS = re.compile(rf"[A-Za-z{HAN}]")


def body(source: Source) -> MappedText:
    """The visible text of a document, without the blocks that are not its article if it has markup.

    The article is found by trafilatura in the markup and looked for in the visible text line by line, so that offsets
    count in the visible text.  If it is not found there, all of the visible text stays and a note says so.
    """
    text = MappedText.of(source.text)
    if source.markup is None:
        return text
    article = _article(source.markup)
    rows = lines(text.text)
    keys = [key(row.text) for row in rows]
    kept = _aligned(keys, article)
    if sum(len(keys[number]) for number in kept) < max(1, _ENOUGH * len("".join(article))):
        return text.noting(Note("body", "no article was found in the page, so its whole visible text is read"))
    heading = key(source.title or "")
    kept |= {number for number, letters in enumerate(keys) if len(letters) >= _LONG // 2 and letters in heading}
    dropped = [number for number, letters in enumerate(keys) if letters and number not in kept]
    if not dropped:
        return text
    note = Note("body", "lines outside the article of the page, removed", len(dropped))
    return without(text, rows, dropped).noting(note)


def _aligned(keys: Sequence[str], article: Sequence[str]) -> set[int]:
    """The numbers of the lines that stand in the article.

    Long lines are looked for anywhere, because an extractor may move a block; those that are in order in both texts
    hold the others in place.
    """
    whole = "".join(article)
    starts: dict[str, int] = {}
    start = 0
    for letters in article:
        starts.setdefault(letters, start)
        start += len(letters)
    places: dict[int, int] = {}
    for number, letters in enumerate(keys):
        if len(letters) >= _LONG and (place := starts.get(letters, whole.find(letters))) >= 0:
            places[number] = place
    anchors = _in_order(places)
    kept = set(places)
    limits = _limits(keys, places, anchors, len(whole))
    cursor = 0
    for number, letters in enumerate(keys):
        if number in anchors:
            cursor = places[number] + len(letters)
        elif letters and number not in kept:
            place = whole.find(letters, cursor, limits[number])
            if place >= 0:
                kept.add(number)
                cursor = place + len(letters)
    return kept


def _limits(keys: Sequence[str], places: dict[int, int], anchors: set[int], end: int) -> list[int]:
    """For each line, where in the article the next line begins that holds its place."""
    limits = [end] * len(keys)
    for number in reversed(range(len(keys) - 1)):
        limits[number] = places[number + 1] if number + 1 in anchors else limits[number + 1]
    return limits


def _in_order(places: dict[int, int]) -> set[int]:
    """The most lines whose places rise: the longest increasing subsequence."""
    tails: list[int] = []
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for number, place in places.items():
        length = bisect_left(tails, place)
        before[number] = ends[length - 1] if length else None
        tails[length : length + 1] = [place]
        ends[length : length + 1] = [number]
    found = set()
    last = ends[-1] if ends else None
    while last is not None:
        found.add(last)
        last = before[last]
    return found


def _article(markup: str) -> list[str]:
    """The letters of each line of the page's article, tables included; nothing if there is none."""
    import logging

    import trafilatura

    # it logs pages that it cannot read; here that is the note of the caller
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    if not _LETTERS.search(markup):
        return []
    article = trafilatura.extract(markup, output_format="txt", include_comments=False, include_tables=True)
    return [letters for line in (article or "").split("\n") if (letters := key(line))]
