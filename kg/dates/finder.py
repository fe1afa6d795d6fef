"""Finds the dates of a document and resolves each by what stands before it.

A date that leans on another one is resolved against the publication date (去年, 上周五, yesterday) or against the last
date mentioned before (同年9月, that month).  What leaves its year out (3月16日) takes the year that its paragraph tells
about, else the last such day before publication.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kg.dates import chinese, chinese_relative, english, numeric
from kg.dates.periods import month_of
from kg.dates.phrases import Base, Context, DayAway, InMonth, InYear, Later, Phrase, Shift, WeekAway
from kg.dates.rules import Found, scan
from kg.dates.when import When
from kg.model import Span
from kg.numerals import plain


@dataclass(frozen=True, slots=True)
class DateMention:
    """A stretch of text that names a time.

    `when` is None for a time that is no date (近日, recently) and for words whose date cannot be known here.
    `anchored` is true where the words depend on another date (昨天, 同年9月, 3月16日).
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
    "figure": (*numeric.RULES, *chinese.RULES, *chinese_relative.RULES, *english.RULES),
    "han": (*chinese.RULES, *chinese_relative.RULES),
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
_BACKGROUND_BEFORE = re.compile(
    r"(?:自从?|比|较|相比|同比|与|[Ss]ince|than|compared (?:to|with)"
    r"|(?:[Ff]ounded|[Ee]stablished|[Ii]ncorporated|[Ss]tarted up|[Bb]orn|成立于|创立于|创办于)(?: back)?(?: in)?)[ ]?$"
)
_BACKGROUND_AFTER = re.compile(
    r"[ ]?(?:以来|同期|相比|起[，,]|[^，。；！？,;.!?、\s]{2,14}中[，,])|(?!年)[^，。；！？,;.!?、\s]{2,8}的"
)
_MARKS = 24
"""Characters of the marks that may stand beside a date that is alone on its line."""
_SENTENCE_END = re.compile(r"[。！？\n]|[.!?]\s")
_CLEFT = re.compile(r"(?:是|正是)(?:在|于)?[ ]?$")
"""是在…的 states the date; without it a clause with 的 behind a date only describes a thing."""

_BESIDE = re.compile(
    r"(?:[\W_]|发布|发表|更新|时间|日期|于|在|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?|[AaPp][Mm]\b|GMT|UTC|CST|EST|PST"
    r"|(?i:published|updated|posted|date|on|in|at|by|since|from|until|mon|tue|wed|thu|fri|sat|sun)\b)*"
)
"""What may stand beside an expression: punctuation, labels, prepositions, the time of day."""

_EVENT_BEFORE = re.compile(
    r"(?:发布|推出|上线|开源|问世|面世|亮相|成立|诞生|公布|宣布|出现|开始|上市|启动|开幕|闭幕|召开|结束|完成|之)"
    r"(?:了|的)?(?:仅仅|仅|不到|短短|大约|大概|约|刚刚)?$"
)
"""In 发布三天后 the days are counted from what 发布 tells; at the head of a clause they are not."""

_TITLE = 80
"""Characters of a title."""
_CHRONICLE = re.compile(
    r"大事记|年表|盘点|回顾|时间线|编年|年终|总结|备忘|日志"
    r"|(?i:timeline|chronolog|chronicle|in review|recap|look back|wrap-?up)"
)
_YEAR = re.compile(r"(?<![0-9.A-Za-z])(20[12][0-9])(?![0-9A-Za-z.])")

_LEADING = 200
"""The year of a whole text is first mentioned in so many characters: the title, the byline and the first sentence."""


def find(text: str, *, published: date | When | None = None) -> tuple[DateMention, ...]:
    """The times that a whole cleaned document names, in order.

    Bare days and months read as the past of `published`.  Without it they take the year that their paragraph tells
    about or the one year of the whole text, if there is one; else their `when` is None.
    """
    words = plain(text)
    found = tuple(numeric.in_one_order(words, tuple(scan(words, _STARTS, _RULES))))
    resolved = list(_resolved(words, found, _issued(published)))
    return tuple(
        DateMention(Span(one.start, one.end), text[one.start : one.end], when, one.phrase.anchored)
        for one, when in _corrected(words, resolved)
        if when is not None or not _needs_heading(one.phrase)
    )


def _needs_heading(phrase: Phrase) -> bool:
    """Whether the words are a date only below a heading that names the year: 06/20 may be anything else."""
    return isinstance(phrase, InYear) and isinstance(phrase.year, Shift) and phrase.year.base is Base.HEADING


def _corrected(words: str, resolved: Sequence[tuple[Found, When | None]]) -> Iterator[tuple[Found, When | None]]:
    """The dates, each that is said again in parentheses as it is said there."""
    for number, (one, when) in enumerate(resolved):
        two, again = resolved[number + 1] if number + 1 < len(resolved) else (None, None)
        yield one, again if again and _said_again(words, one, two) else when


def _said_again(words: str, one: Found, two: Found | None) -> bool:
    """Whether a day that leans on another is said again in parentheses: 上周四（9月19日）."""
    if two is None or not isinstance(one.phrase, DayAway | WeekAway):
        return False
    return words[one.end : two.start].strip() in ("（", "(") and words[two.end : two.end + 1] in ("）", ")")


def parse(text: str, *, published: date | When | None = None, antecedent: When | None = None) -> When | None:
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


def _issued(published: date | When | None) -> When | None:
    return published if published is None or isinstance(published, When) else When.day(published)


def _resolved(words: str, found: tuple[Found, ...], published: When | None) -> Iterator[tuple[Found, When | None]]:
    """Each phrase with its date, in the light of those before it."""
    context = Context(published=published)
    text_year = None if published else _text_year(found)
    told_at = position = 0
    section = _title_year(words)
    context = replace(context, narrated=section, heading=section)
    month: tuple[int, int] | None = None
    last: When | None = None
    for one in found:
        if "\n" in words[position : one.start] or one.start - told_at > _REACH:
            context = replace(context, narrated=section, narrated_month=month)
        if isinstance(one.phrase, InYear) and isinstance(one.phrase.year, int) and _is_line(words, one):
            section, month = one.phrase.year, None
            context = replace(context, heading=section)
        if one.start - told_at > _REACH:
            context = replace(context, story=None)
        told = context
        if context.narrated is None and text_year and text_year[1] < one.start:
            told = replace(context, narrated=text_year[0])
        before = words[max(0, one.start - _LOOK_BACK) : one.start]
        if isinstance(one.phrase, Later) and last and not _SENTENCE_END.search(words, position, one.start):
            told = replace(told, story=last)
        when = one.phrase.resolve(
            replace(told, future=bool(_FUTURE.search(before)), attached=bool(_EVENT_BEFORE.search(before)))
        )
        if when is not None:
            background = _is_background(words, one, before) or (
                published is not None and when.earliest > published.latest
            )
            if not background or isinstance(one.phrase, InYear):
                context = _after(context, when, told=not background, phrase=one.phrase)
            told_at = told_at if background else one.start
        if _is_month(one.phrase) and when and (_is_line(words, one) or _heads_line(words, one)):
            month = month_of(when)
            context = replace(context, narrated_month=month)
        position, last = one.end, when
        yield one, when


def _is_month(phrase: Phrase) -> bool:
    """Whether a phrase is one whole month."""
    return isinstance(phrase, InYear) and phrase.first == phrase.last and phrase.first[1] is None


def _heads_line(words: str, one: Found) -> bool:
    """Whether a date stands at the head of a line as a sentence of its own: MARCH. The month in which …"""
    return words.startswith((". ", "。"), one.end) and words[max(0, one.start - 1) : one.start] in ("", "\n")


def _is_line(words: str, one: Found) -> bool:
    """Whether a date stands alone on its line: the heading of what follows, up to the next such date."""
    before, after = words[max(0, one.start - _MARKS) : one.start], words[one.end : one.end + _MARKS]
    start, end = before.rfind("\n") + 1, after.find("\n")
    if (start == 0 and one.start > _MARKS) or (end < 0 and one.end + _MARKS < len(words)):
        return False
    return not any(map(str.isalnum, before[start:] + after[: end if end >= 0 else None]))


def _is_background(words: str, one: Found, before: str) -> bool:
    """Whether the date only describes a thing or is compared with, so that the text does not go on from there."""
    if before.endswith(("(", "（", "|", "| ")) or _BACKGROUND_BEFORE.search(before):
        return True
    return bool(_BACKGROUND_AFTER.match(words, one.end)) and not _CLEFT.search(before)


def _after(context: Context, when: When, *, told: bool, phrase: Phrase | None = None) -> Context:
    """The context behind a date.  `told`: the text goes on from there.

    Yesterday and last week tell no year: in January they are of the year before.
    """
    year, month, day = int(when.value[:4]), None, None
    if len(when.value) >= 7:
        month = (year, int(when.value[5:7]))
    if len(when.value) == 10:
        day = when.earliest
    context = replace(context, year=year, month=month or context.month, day=day or context.day)
    if not told:
        return context
    context = replace(context, story=when)
    if phrase is None or (isinstance(phrase, InYear) and phrase.year is not None):
        return replace(context, narrated=year, narrated_month=month)
    if isinstance(phrase, InYear | InMonth) and month:
        return replace(context, narrated_month=month)
    return context


def _title_year(words: str) -> int | None:
    """The year that the title of a chronicle names in figures alone: 2023 大事记, the year in review: 2023."""
    title = words.lstrip().partition("\n")[0]
    years = {int(year) for year in _YEAR.findall(title)}
    return years.pop() if len(years) == 1 and len(title) <= _TITLE and _CHRONICLE.search(title) else None


def _text_year(found: tuple[Found, ...]) -> tuple[int, int] | None:
    """The one year that an undated text is about, and where it is first mentioned.

    It stands at the beginning of the text, is mentioned at least as often as any other, and no year after it is
    mentioned.
    """
    years = [(one.phrase.year, one.start) for one in found if isinstance(one.phrase, InYear)]
    named = [(year, start) for year, start in years if isinstance(year, int)]
    if not named:
        return None
    counts = Counter(year for year, _ in named)
    year, start = named[0]
    leads = start < _LEADING and counts[year] == max(counts.values()) and year == max(counts)
    return (year, start) if leads else None
