"""Dates in English words: July 11, 2023; Q2 2023; late 2023; last Tuesday; two weeks ago; later that year."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.dates.phrases import (
    Ago,
    Base,
    DayAway,
    InMonth,
    InYear,
    Later,
    Phrase,
    QuarterAway,
    Shift,
    Vague,
    WeekAway,
    Weekday,
)
from kg.dates.rules import Rule, begins_line, part

_PUBLICATION, _ANTECEDENT = Base.PUBLICATION, Base.ANTECEDENT

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAME = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_MONTH = rf"(?:{_MONTH_NAME}\b|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_ON_WEEKDAY = rf"(?:(?:{_WEEKDAY}|Mon|Tues?|Wed|Thu(?:rs)?|Fri|Sat|Sun)\b\.?,?\s+)?"
_DAY = r"[0-9]{1,2}(?:st|nd|rd|th)?"
_TO = r"\s?(?:-|–|—|to|through)\s?"
_YEAR = r"(?P<year>(?:19|20|21)[0-9]{2})(?![\w-])(?![.,:][0-9])(?!\s?%)"

_YEARS_BY_WORD = {
    "this year": Shift(_PUBLICATION),
    "last year": Shift(_PUBLICATION, -1),
    "next year": Shift(_PUBLICATION, 1),
    **dict.fromkeys(("the same year", "that same year", "that year"), Shift(_ANTECEDENT)),
    **dict.fromkeys(("the following year", "the next year"), Shift(_ANTECEDENT, 1)),
    **dict.fromkeys(("the previous year", "the preceding year", "the year before"), Shift(_ANTECEDENT, -1)),
}
_MONTHS_BY_WORD = {
    "this month": Shift(_PUBLICATION),
    "last month": Shift(_PUBLICATION, -1),
    "next month": Shift(_PUBLICATION, 1),
    **dict.fromkeys(("the same month", "that same month", "that month"), Shift(_ANTECEDENT)),
    **dict.fromkeys(("the following month", "the next month"), Shift(_ANTECEDENT, 1)),
    "the previous month": Shift(_ANTECEDENT, -1),
}
_DAYS_BY_WORD = {
    "the day before yesterday": Shift(_PUBLICATION, -2),
    "tomorrow": Shift(_PUBLICATION, 1),
    **dict.fromkeys(("yesterday", "last night"), Shift(_PUBLICATION, -1)),
    **dict.fromkeys(("today", "tonight", "this morning", "this afternoon", "this evening"), Shift(_PUBLICATION)),
    **dict.fromkeys(("the same day", "that same day", "that day"), Shift(_ANTECEDENT)),
    **dict.fromkeys(("the following day", "the next day"), Shift(_ANTECEDENT, 1)),
    "the previous day": Shift(_ANTECEDENT, -1),
}
_PERIODS: dict[str, WeekAway | QuarterAway] = {
    **{f"{near} week": WeekAway(by) for near, by in (("last", -1), ("this", 0), ("next", 1))},
    **{f"{near} weekend": WeekAway(by, 5, 6) for near, by in (("last", -1), ("this", 0), ("next", 1))},
    **{f"{near} quarter": QuarterAway(by) for near, by in (("last", -1), ("this", 0), ("next", 1))},
}

_PARTS = {"early": (1, 3), "mid": (5, 8), "late": (10, 12)}
_TENTHS = {"early": (1, 10), "mid": (11, 20), "late": (21, None)}
_PART_WORDS = {"beginning": "early", "start": "early", "middle": "mid", "end": "late"}
_NTH = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "final": 4, "last": 4}
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}
_COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def _words(table: Iterable[str]) -> str:
    """Any of the phrases of `table`, the longest first."""
    return "|".join(phrase.replace(" ", r"\s+") for phrase in sorted(table, key=lambda p: (-len(p), p)))


_YEAR_WORDS = rf"(?P<year_words>{_words(_YEARS_BY_WORD)})\b"
_OF_YEAR = rf"(?:,|\s+of|\s+in)?\s+(?:{_YEAR}|{_YEAR_WORDS})"
_VAGUE = (
    r"(?:(?P<vague>early|mid|late)(?:\s+|-)(?:in\s+)?"
    r"|(?:the\s+)?(?:very\s+)?(?P<edge>beginning|start|middle|end)\s+of\s+)"
)
_COUNT = rf"(?:[0-9]{{1,3}}|an?|{'|'.join(_COUNTS)})"
_MANY = r"(?:a\s+)?(?:couple\s+of|few|several|some|many|dozens\s+of)"
_LEAD = r"(?:in|since|by|until|till|during|from|before|after|around|through|throughout|circa|as\s+of|back\s+in)"
_LATER = r"(?:(?:later|earlier)\s+(?:in\s+)?)?"
_NO_MORE = r"(?![\w%-])(?![.,:][0-9])(?!\s?(?:million|billion|trillion|percent)\b)"
_NO_COUNT = (
    r"(?!\s+(?:[a-z]+\s+)?(?:tokens?|param\w*|[GCT]PUs?|nodes|words?|people|users|samples|examples|questions|tasks"
    r"|problems|steps|hours|days|dollars|times|points|images|pages|million|billion)\b)(?!\s+[A-Z]+[0-9]+)"
)
"""Four figures before a thing that is counted are no year."""


def _same(words: str) -> str:
    return " ".join(words.lower().split())


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def _figures(day: str) -> int:
    return int("".join(c for c in day if c.isdigit()))


def _year(match: re.Match[str]) -> int | Shift | None:
    if year := part(match, "year"):
        return int(year)
    words = part(match, "year_words")
    return _YEARS_BY_WORD[_same(words)] if words else None


def _vague(match: re.Match[str]) -> str | None:
    """`early`, `mid` or `late`."""
    word = part(match, "vague", "edge")
    return _PART_WORDS.get(word.lower(), word.lower()) if word else None


def _days(match: re.Match[str]) -> Phrase | None:
    name = match["month"]
    if name.islower() and not part(match, "year", "year_words"):
        return None  # "may 3" is a verb and a figure
    last_month = part(match, "last_month") or name
    first, last = _figures(match["day"]), _figures(part(match, "last_day") or match["day"])
    return InYear(_year(match), (_month(name), first), (_month(last_month), last))


def _months(match: re.Match[str]) -> Phrase | None:
    name = match["month"]
    if name.islower() and not part(match, "year", "year_words"):
        return None
    vague = _vague(match)
    first, last = _TENTHS[vague] if vague else (None, None)
    near = {"this": _PUBLICATION, "that": _ANTECEDENT}.get((part(match, "near") or "").lower())
    year = Shift(near) if near else _year(match)
    return InYear(year, (_month(name), first), (_month(part(match, "last_month") or name), last))


def _month_by_word(match: re.Match[str]) -> Phrase:
    vague = _vague(match)
    first, last = _TENTHS[vague] if vague else (None, None)
    return InMonth(_MONTHS_BY_WORD[_same(match["words"])], first, last)


def _part_of_year(match: re.Match[str]) -> Phrase:
    year = Shift(_PUBLICATION) if (part(match, "near") or "").lower() == "this" else _year(match)
    first, last = 1, 12
    if quarter := part(match, "quarter", "nth"):
        number = int(quarter) if quarter.isdigit() else _NTH[quarter.lower()]
        first, last = 3 * number - 2, 3 * number
    elif half := part(match, "half", "nth_half"):
        first, last = (1, 6) if half.lower() in ("1", "first") else (7, 12)
    elif season := part(match, "season"):
        first, last = _SEASONS[season.lower()]
    elif vague := _vague(match):
        first, last = _PARTS[vague]
    return InYear(year, (first, None), (last, None))


def _weekday(match: re.Match[str]) -> Phrase | None:
    if match["weekday"].islower():
        return None
    day = _WEEKDAYS.index(match["weekday"][:3].lower())
    near = (match["near"] or "").lower()
    return WeekAway(0, day, day) if near == "this" else Weekday(day, future=near == "next", strict=near == "last")


def _counted(match: re.Match[str]) -> Phrase:
    unit, count = match["unit"].lower(), match["count"].lower()
    if match["half_a"]:
        amount, unit = 6, "month"
    elif count.isdigit():
        amount = int(count)
    else:
        amount = 1 if count in ("a", "an") else _COUNTS.index(count) + 1
    way = match["way"].lower()
    if way == "ago":
        return Ago(amount, unit)
    return Later(-amount if way == "earlier" else amount, unit)


def _week_after(_: re.Match[str]) -> Phrase:
    return Later(1, "week")


def _vague_time(_: re.Match[str]) -> Phrase:
    return Vague()


def _below_heading(match: re.Match[str]) -> Phrase | None:
    if not begins_line(match):
        return None
    month = _month(match["month"])
    return InYear(Shift(Base.HEADING), (month, None), (month, None))


def _rule(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z0-9_-])(?<![0-9]\.)(?:{pattern})", re.VERBOSE | re.IGNORECASE)


RULES = (
    Rule(
        re.compile(
            r"(?<![A-Za-z0-9])(?<=\bwe )are(?=\s+(?:now\s+|also\s+)*"
            r"(?:releasing|launching|introducing|announcing|open-?sourcing|unveiling|publishing|rolling\s+out)\b)",
            re.IGNORECASE,
        ),
        lambda _: DayAway(Shift(_PUBLICATION)),  # what we are releasing we release on the day that we say so
    ),
    Rule(
        _rule(
            rf"""{_ON_WEEKDAY}(?P<month>{_MONTH})\s+(?:the\s+)?(?P<day>{_DAY})
            (?:{_TO}(?:(?P<last_month>{_MONTH})\s+)?(?P<last_day>{_DAY})(?![\w%]))?(?:{_OF_YEAR})?{_NO_MORE}"""
        ),
        _days,
    ),
    Rule(
        _rule(
            rf"""{_ON_WEEKDAY}(?:the\s+)?(?P<day>{_DAY})(?:{_TO}(?P<last_day>{_DAY}))?\s+(?:of\s+)?
            (?P<month>{_MONTH})(?:{_OF_YEAR})?{_NO_MORE}"""
        ),
        _days,
    ),
    Rule(_rule(rf"{_VAGUE}?(?P<month>{_MONTH})(?:{_TO}(?P<last_month>{_MONTH}))?{_OF_YEAR}"), _months),
    Rule(
        _rule(rf"(?:{_VAGUE}|(?P<near>last|this|that|next)\s+)(?P<month>{_MONTH_NAME})(?![\w-])(?!\s+[0-9])"), _months
    ),
    Rule(
        _rule(
            rf"""{_LEAD}\s+(?P<date>(?P<month>{_MONTH_NAME})(?:{_TO}(?P<last_month>{_MONTH_NAME}))?(?:{_OF_YEAR})?)
            (?![\w-])(?!\s+[0-9])"""
        ),
        _months,
    ),
    Rule(
        re.compile(rf"(?i:(?P<month>{_MONTH_NAME}))(?=\**\s?(?:[:–—]|-\s|\.\s|$))", re.MULTILINE),
        lambda match: _months(match) if begins_line(match) else None,
    ),
    # a short month that begins a line below the year: Aug. -- what came out
    Rule(
        re.compile(
            r"(?P<month>Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)\b\.?"
            r"(?=\**[ ]?(?:[:–—]|--?[ ]|$)|[ ]+[A-Z“\"'*])",
            re.MULTILINE,
        ),
        _below_heading,
    ),
    Rule(
        _rule(
            rf"""(?:Q(?P<quarter>[1-4])|H(?P<half>[12])
                |(?:the\s+)?(?P<nth>{"|".join(sorted(_NTH))})\s+quarter|(?:the\s+)?(?P<nth_half>first|second|last)\s+half
                |(?P<season>{"|".join(sorted(_SEASONS))})){_OF_YEAR}"""
        ),
        _part_of_year,
    ),
    Rule(_rule(r"(?:the\s+)?(?P<nth>first|second|third|fourth|final)\s+quarter\b"), _part_of_year),
    Rule(_rule(rf"(?P<near>last|this|next)\s+(?P<season>{'|'.join(sorted(_SEASONS))})\b"), _part_of_year),
    Rule(_rule(rf"{_VAGUE}(?:the\s+year\s+)?(?:{_YEAR}|{_YEAR_WORDS})"), _part_of_year),
    Rule(_rule(rf"{_LEAD}\s+(?:the\s+year\s+)?(?P<date>{_YEAR}){_NO_COUNT}"), _part_of_year),
    Rule(_rule(rf"(?<=(?:19|20)[0-9]{{2}}\s)(?:to|and)\s+(?P<date>{_YEAR}){_NO_COUNT}"), _part_of_year),
    Rule(
        _rule(
            r"on\s+the\s+(?P<date>(?P<day>[0-3]?[0-9])(?:st|nd|rd|th))(?=[,.;:)\n]|$|\s+(?:of\s+(?:that|the|last)\s+month"
            r"|and|with|in|at|for|to|after|by|from|but|came|saw)\b)"
        ),
        lambda match: InMonth(None, int(match["day"]), int(match["day"])),
    ),
    Rule(_rule(rf"{_LATER}{_YEAR_WORDS}"), _part_of_year),
    Rule(
        _rule(rf"(?:{_VAGUE}|{_LATER})(?P<words>{_words(_MONTHS_BY_WORD)})\b"),
        _month_by_word,
    ),
    Rule(
        _rule(rf"{_LATER}(?P<words>{_words(_DAYS_BY_WORD)})\b(?!['’]s)"),
        lambda match: DayAway(_DAYS_BY_WORD[_same(match["words"])]),
    ),
    Rule(_rule(rf"{_LATER}(?P<words>{_words(_PERIODS)})\b"), lambda match: _PERIODS[_same(match["words"])]),
    Rule(
        _rule(
            rf"""(?<!black\s)(?<!cyber\s)(?<!every\s)(?<!each\s)
            (?:(?P<near>last|this|next)\s+)?(?P<weekday>{_WEEKDAY})(?![\w-])"""
        ),
        _weekday,
    ),
    Rule(
        _rule(
            rf"(?P<half_a>half\s+)?(?P<count>{_COUNT})\s+(?P<unit>day|week|month|year)s?\s+(?P<way>ago|later|earlier)\b"
        ),
        _counted,
    ),
    Rule(_rule(r"the\s+(?:following|next)\s+week\b|the\s+week\s+after\b(?=[,.;])"), _week_after),
    Rule(
        _rule(
            rf"""(?:{_MANY}|{_COUNT}\s+(?:or|to)\s+{_COUNT}|(?:a|{_COUNT})(?=\s+decade))
            \s+(?:day|week|month|year|decade)s?\s+(?:ago|later|earlier)\b"""
        ),
        _vague_time,
    ),
    Rule(
        _rule(
            rf"""(?:recently|lately|the\s+other\s+day|in\s+recent\s+(?:days|weeks|months|years)
            |(?:in|over|within)\s+the\s+(?:coming|next)\s+(?:(?:{_MANY}|{_COUNT})\s+)?(?:days|weeks|months|years))\b"""
        ),
        _vague_time,
    ),
    # a stretch of time, no date
    Rule(
        _rule(r"(?:over|within|for|during|in)\s+the\s+(?:last|next|past|coming)\s+(?:week|month|quarter|year)\b"),
        lambda match: None,
    ),
)
