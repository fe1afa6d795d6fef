"""Finds the dates of a document and resolves each by what stands before it.

A date that leans on another one is resolved against the publication date (去年, 上周五, yesterday) or against the last
date mentioned before (同年9月, that month).  What leaves its year out (3月16日) takes the year that its paragraph tells
about, else the last such day before publication.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from kg.dates import chinese, english, numeric
from kg.dates.phrases import Context, DayAway, InMonth, InYear, Phrase
from kg.dates.rules import Found, scan
from kg.dates.when import When
from kg.model import Span
from kg.numerals import plain


@dataclass(frozen=True, slots=True)
class DateMention:
    """A stretch of text that names a time.

    `when` is None for a time that is no date (近日, recently) and for words whose date cannot be known here.  `anchored` is
    true where the words depend on another date (昨天, 同年9月, 3月16日).
    """

    span: Span
    text: str
    when: When | None
    anchored: bool


_STARTS = re.compile(
    r"(?P<figure>(?<![0-9])[0-9])"
    r"|(?P<han>[一二三四五六七八九十两半几数多若好元民大前去今本明后同当这那该次翌第上下年岁月周星礼昨隔近日最不未])"
    r"|(?P<word>(?<![A-Za-z0-9_])[A-Za-z])"
)
_RULES = {
    "figure": (*numeric.RULES, *chinese.RULES, *english.RULES),
    "han": chinese.RULES,
    "word": (*english.RULES, chinese.LATIN),
}

_REACH = 400
"""How many characters a year goes on being told about in one paragraph: about three sentences past it.  Pages that were
flattened into one line of thousands of characters are no single paragraph."""

_FUTURE = re.compile(
    r"(?:(?:将|拟|预计|预期|有望|计划|即将|预定|打算|准备)(?:会|要)?(?:于|在)?|[拟定]于)[ “\"]{0,2}$"
    r"|\b(?:will|shall|scheduled|expected|slated|due|planned|plans to|set to|going to|upcoming)(?:\s+[a-z]+){0,4}\s+$"
)
_LOOK_BACK = 60
_BACKGROUND_BEFORE = re.compile(r"(?:自从?|比|较|相比|同比|与|[Ss]ince|than|compared (?:to|with))[ ]?$")
_BACKGROUND_AFTER = re.compile(r"[ ]?(?:以来|同期|相比|起[，,])|(?!年)[^，。；！？,;.!?、\s]{2,8}的")
_CLEFT = re.compile(r"(?:是|正是)(?:在|于)?[ ]?$")
"""是在…的 states the date; without it a clause with 的 behind a date only describes a thing."""

_LEADING = 100
"""The first mention of a year must stand in so many characters of the text, or open a line of `_HEAD`, to be the year
of the text."""


def find(text: str, *, published: date | When | None = None) -> tuple[DateMention, ...]:
    """The times that a whole cleaned document names, in order.

    Bare days and months read as the past of `published`.  Without it they take the year that their paragraph tells about
    or the one year of the whole text, if there is one; else their `when` is None.
    """
    words = plain(text)
    found = tuple(scan(words, _STARTS, _RULES))
    issued = _issued(published)
    return tuple(
        DateMention(Span(one.start, one.end), text[one.start : one.end], when, one.phrase.anchored)
        for one, when in _resolved(words, found, issued)
    )


def parse(
    text: str, *, published: date | When | None = None, antecedent: When | None = None
) -> When | None:
    """The date that one expression means, None where it is no date or more than one.

    `antecedent` is the date that the words may lean on: 同年, the following month; a bare 3月16日 takes its year.
    """
    words = plain(text).strip()
    alone = next((rule.read(match) for rule in numeric.WHOLE if (match := rule.pattern.match(words))), None)
    if alone is not None:
        return alone.resolve(Context()) if isinstance(alone, InYear) and alone.possible() else None
    found = tuple(scan(words, _STARTS, _RULES))
    if len(found) != 1 or not _BESIDE.fullmatch(words[: found[0].start] + words[found[0].end :]):
        return None
    context = Context(published=_issued(published))
    if antecedent is not None:
        context = _after(context, antecedent, told=True)
    return found[0].phrase.resolve(context)
