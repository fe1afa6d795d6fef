"""A rule: a pattern of words and the phrase that they mean.  The scan that applies rules to a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from kg.dates.phrases import InMonth, InYear, Phrase


@dataclass(frozen=True, slots=True)
class Rule:
    """Words that mean a phrase.

    `read` gets a match and gives its phrase, or None where the words are no date after all (13月, version 2023.1); then
    no other rule may read a part of them.  The group `date`, where the pattern has one, is the date without the words
    that only lead to it ("in 2023").
    """

    pattern: re.Pattern[str]
    read: Callable[[re.Match[str]], Phrase | None]


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase and where it stands, in code points."""

    start: int
    end: int
    phrase: Phrase


def scan(text: str, starts: re.Pattern[str], rules: Mapping[str, tuple[Rule, ...]]) -> Iterator[Found]:
    """The phrases of `text` from left to right, the longest of those that begin at one place.

    `starts` finds the places where a phrase may begin; the name of the group that took part is the key of the rules
    that are tried there.
    """
    position = 0
    while begin := starts.search(text, position):
        longest: re.Match[str] | None = None
        chosen: Rule | None = None
        for rule in rules[begin.lastgroup or ""]:
            match = rule.pattern.match(text, begin.start())
            if match and (longest is None or match.end() > longest.end()):
                longest, chosen = match, rule
        if longest is None or chosen is None:
            position = begin.start() + 1
            continue
        position = longest.end()
        phrase = chosen.read(longest)
        if phrase is not None and not (isinstance(phrase, InYear | InMonth) and not phrase.possible()):
            group = "date" if "date" in chosen.pattern.groupindex else 0
            yield Found(longest.start(group), longest.end(group), phrase)


def part(match: re.Match[str], *names: str) -> str | None:
    """The text of the first of these groups that took part, None where none did or the pattern has none of them."""
    groups = match.groupdict()
    return next((groups[name] for name in names if groups.get(name)), None)


_MARKS = 24
"""More characters than the marks at the beginning of a line have."""


def begins_line(match: re.Match[str]) -> bool:
    """Whether nothing but marks of headings and lists stands before it on its line."""
    before = match.string[max(0, match.start() - _MARKS) : match.start()]
    line = before[before.rfind("\n") + 1 :]
    return len(line) < _MARKS and not line.strip(" \t#*=-—–•·>|【[")
