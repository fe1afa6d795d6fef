"""The body of an HTML page, as lines of its visible text."""

from __future__ import annotations

import re

from kg.clean.characters import HAN
from kg.clean.lines import key, lines, without
from kg.clean.offsets import MappedText
from kg.model import Note, Source

_ENOUGH = 0.5
"""The share of the body's letters that must be found again in the visible text."""
_SHORT = 12
"""Letters of a line that says too little to be looked for far away: it must stand just after the last line found."""
_NEAR = 400
_LETTERS = re.compile(rf"[A-Za-z{HAN}]")


def body(source: Source) -> MappedText:
    """The visible text of a document, without the blocks that are not its article if it has markup.

    The article is found by trafilatura in the markup and looked for in the visible text line by line, in order, so that
    offsets count in the visible text.  If it is not found there, all of the visible text stays and a note says so.
    """
    text = MappedText.of(source.text)
    if source.markup is None:
        return text
    article = _article(source.markup)
    if not article:
        return text.noting(Note("body", "no article was found in the page, so its whole text is read"))
    rows = lines(text.text)
    dropped = []
    cursor = found = 0
    heading = key(source.title or "")
    for number, row in enumerate(rows):
        letters = key(row.text)
        if not letters:
            continue
        place = article.find(letters, cursor, cursor + _NEAR if len(letters) < _SHORT else len(article))
        if place >= 0:
            cursor = place + len(letters)
            found += len(letters)
        elif len(letters) >= _SHORT and letters in article:
            found += len(letters)
        elif not heading or letters != heading:
            dropped.append(number)
    if found < _ENOUGH * len(article):
        return text.noting(
            Note("body", "the article of the page does not stand in its visible text, which is read whole")
        )
    if not dropped:
        return text
    return without(text, rows, dropped).noting(
        Note("body", "lines outside the article of the page, removed", len(dropped))
    )


def _article(markup: str) -> str:
    """The letters of the page's article, tables included; nothing if there is none."""
    import logging

    import trafilatura

    # it reports pages that it cannot read; here that is the note of the caller
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    if not _LETTERS.search(markup):
        return ""
    article = trafilatura.extract(
        markup, output_format="txt", include_comments=False, include_tables=True, favor_recall=True, deduplicate=False
    )
    return key(article or "")
