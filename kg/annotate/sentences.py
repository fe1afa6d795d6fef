"""Sentences of a cleaned text: lines first, then the ends of Chinese and English sentences inside them."""

from __future__ import annotations

import re

from kg import languages
from kg.model import Span

_ENGLISH_END = re.compile(
    r"(?:(?<=[a-z0-9)\]”\"’%])|(?<=[A-Z]{2}))[.!?]+[”\"’)\]]*(?:\[\d{1,3}\])*(?=\s+[“\"‘(\[]?[A-Z0-9#])|[.!?]+[”\"’)\]]*$"
)
LONGEST = 600
"""Characters of a sentence: no writer's is so long, and what relates its names is looked for between all of them."""
_CUTS = "，,；;、 "
_BLANK = re.compile(r"\s*")


def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of a text, in order, without the white space around them."""
    rules = languages.load()
    found: list[Span] = []
    at = 0
    for line in text.split("\n"):
        start = at
        if not line.lstrip().startswith("|"):
            ends = sorted(
                {m.end() for m in rules.sentence_end.finditer(line)}
                | {m.end() for m in _ENGLISH_END.finditer(line) if not _abbreviated(line, m.start())}
            )
            for end in ends:
                _append(found, text, start, at + end)
                start = at + end
        _append(found, text, start, at + len(line))
        at += len(line) + 1
    return tuple(found)


def _abbreviated(line: str, dot: int) -> bool:
    words = line[:dot].split()
    return bool(words) and line[dot] == "." and words[-1].lstrip("(") in languages.load().abbreviations


def _append(found: list[Span], text: str, start: int, end: int) -> None:
    stripped = text[start:end].rstrip()
    end = start + len(stripped)
    match = _BLANK.match(text, start, end)
    start = match.end() if match else start
    while end - start > LONGEST:
        cut = max((text.rfind(mark, start + 1, start + LONGEST) for mark in _CUTS), default=-1) + 1
        cut = cut or start + LONGEST
        found.append(Span(start, cut))
        start = cut
    if end > start:
        found.append(Span(start, end))
