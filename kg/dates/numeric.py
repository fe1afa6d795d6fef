"""Dates in figures alone: 2023-04-11, 2023/11/08, 2023.5.11, 2018-6, 03/14/2023, 2023-11-08T10:00:00+08:00."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.dates.phrases import Base, InYear, Phrase, Shift
from kg.dates.rules import Found, Rule, begins_line, part

_TIME = r"""(?:(?:[Tt]|[ ]{1,2})[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?
    (?:[ ]?(?:Z|UTC|GMT|CST|[+-][0-9]{2}:?[0-9]{2}))?)?"""

_NAMED = re.compile(r"[A-Za-z] ?$")
_EVENT = re.compile(r"(?:会|论坛|峰会|展|赛|节|周|[A-Z]{3,})\s?$")
_UNIT = re.compile(r"\s?(?:版|倍|亿|万|元|%|[xX]\b|[kKMGTB]B?\b)")


def _day(match: re.Match[str]) -> Phrase:
    month, day = int(match["month"]), int(match["day"])
    last = int(match["last_day"]) if match["last_day"] else day
    last_month = int(match["last_month"]) if match["last_month"] else month
    return InYear(int(match["year"]), (month, day), (last_month, last))


def _month(match: re.Match[str]) -> Phrase | None:
    if match["separator"] == ".":
        # 2023.1 behind a Latin name is a version, before a unit it is a number
        before = match.string[max(0, match.start() - 2) : match.start()]
        if _NAMED.search(before) or _UNIT.match(match.string, match.end()):
            return None
    month = int(match["month"])
    return InYear(int(match["year"]), (month, None), (month, None))


def _enclosed(match: re.Match[str]) -> Phrase | None:
    if _EVENT.search(match.string, max(0, match.start() - 12), match.start() - 1):
        return None
    return InYear(int(match["year"]))


def _compact(match: re.Match[str]) -> Phrase:
    if month := part(match, "month"):
        day = int(match["day"])
        return InYear(int(match["year"]), (int(month), day), (int(month), day))
    return InYear(int(match["year"]))


def _year_last(match: re.Match[str]) -> Phrase:
    """03/14/2023 and 14.03.2023 are one day; 03/04/2023 is the third of April or the fourth of March, in one year."""
    one, two = int(match["one"]), int(match["two"])
    month_first = None if _order(match) is None and one != two else _order(match) is not False
    return _read_as(match, month_first)


def _order(match: re.Match[str]) -> bool | None:
    """Whether the month stands first in such a date, None where it tells neither."""
    one, two = int(match["one"]), int(match["two"])
    return None if (one > _MONTHS) == (two > _MONTHS) else two > _MONTHS


def _read_as(match: re.Match[str], month_first: bool | None) -> InYear:
    year, pair = int(match["year"]), (int(match["one"]), int(match["two"]))
    if month_first is None:
        return InYear(year)
    month, day = pair if month_first else pair[::-1]
    return InYear(year, (month, day), (month, day))


def in_one_order(text: str, found: Sequence[Found]) -> Iterator[Found]:
    """The phrases of a text, those that may be read in two orders as the others of their kind are: beside 09/15/2023,
    03/04/2023 is the fourth of March."""
    matches = [_YEAR_LAST.match(text, one.start) for one in found]
    orders = {_order(match) for match in matches if match} - {None}
    for one, match in zip(found, matches, strict=True):
        known = match and _order(match) is None and len(orders) == 1 and int(match["one"]) <= _MONTHS
        yield replace(one, phrase=_read_as(match, orders == {True})) if match and known else one


def _month_of_year(match: re.Match[str]) -> Phrase:
    month = int(match["month"])
    return InYear(int(match["year"]), (month, None), (month, None))


def _alone(match: re.Match[str]) -> Phrase | None:
    return InYear(int(match["year"])) if begins_line(match) else None


def _below_heading(match: re.Match[str]) -> Phrase | None:
    if not begins_line(match):
        return None
    month, day = int(match["month"]), int(match["day"])
    return InYear(Shift(Base.HEADING), (month, day), (month, day))


def _short_year(match: re.Match[str]) -> Phrase | None:
    """24-05-12; not 12-05-24, whose year is the last figure, and not 21-05-24, which may be either."""
    month, day = int(match["month"]), int(match["day"])
    if int(match["year"]) < _FIRST_SHORT or day >= _FIRST_SHORT:
        return None
    return InYear(2000 + int(match["year"]), (month, day), (month, day))


_MONTHS = 12
_FIRST_SHORT = 18
"""Two figures from these on are more likely a year of this field than a day."""

# Behind a letter, a slash or a figure with a hyphen the figures are a name, a path or a telephone number.
_BEFORE = r"(?<![A-Za-z0-9_/=])(?<![0-9]\.)(?<![A-Za-z0-9]-)"
_YEAR_MONTH = r"(?P<year>(?:19|20|21)[0-9]{2})(?P<separator>[-/.])(?P<month>[0-9]{1,2})"
_AFTER = r"(?![0-9A-Za-z_%])(?![-./:][0-9])"

_YEAR_LAST = re.compile(
    rf"{_BEFORE}(?P<one>[0-9]{{1,2}})(?P<separator>[/.])(?P<two>[0-9]{{1,2}})(?P=separator)"
    rf"(?P<year>(?:19|20)[0-9]{{2}}){_AFTER}"
)

RULES = (
    Rule(
        re.compile(
            rf"""{_BEFORE}{_YEAR_MONTH}(?P=separator)(?P<day>[0-9]{{1,2}})
            (?:(?:[-–—~～]|[ ][-–—~～][ ]|至|到)
                (?:(?P<last_month>[0-9]{{1,2}})(?P=separator))?(?P<last_day>[0-9]{{1,2}})
              |{_TIME}){_AFTER}""",
            re.VERBOSE,
        ),
        _day,
    ),
    Rule(re.compile(rf"{_BEFORE}{_YEAR_MONTH}{_AFTER}"), _month),
    Rule(_YEAR_LAST, _year_last),
    Rule(re.compile(rf"{_BEFORE}(?P<month>0?[1-9]|1[0-2])/(?P<year>(?:19|20)[0-9]{{2}}){_AFTER}"), _month_of_year),
    # a month and a day that begin a line: a date where a year heads the lines
    Rule(
        re.compile(
            rf"{_BEFORE}(?P<month>0?[1-9]|1[0-2])(?P<separator>[-/.])(?P<day>0?[1-9]|[12][0-9]|3[01])"
            r"(?=\**(?:[ \t]+[^\sA-Za-z]|[:：|，,】\]—–]|(?<=[-/.][0-9]{2})[ \t]))"
        ),
        _below_heading,
    ),
    # a year alone on a line
    Rule(re.compile(rf"{_BEFORE}(?P<year>(?:19|20)[0-9]{{2}})(?=[\]】*:：=—–-]{{0,4}}[ \t]*$)", re.MULTILINE), _alone),
    # a year alone in brackets or in the cell of a table
    Rule(re.compile(r"(?<=[(（])(?P<year>(?:19|20)[0-9]{2})(?=[)）])"), _enclosed),
    Rule(re.compile(r"(?<=\| )(?P<year>(?:19|20)[0-9]{2})(?=[ ]{0,40}\|)"), _compact),
)

WHOLE = (
    Rule(re.compile(r"(?P<year>(?:19|20|21)[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})(?:[0-9]{6})?$"), _compact),
    Rule(re.compile(r"(?P<year>(?:19|20|21)[0-9]{2})$"), _compact),
    Rule(re.compile(r"(?P<year>[0-3][0-9])-(?P<month>[01][0-9])-(?P<day>[0-3][0-9])$"), _short_year),
)
"""Figures that are a date only where nothing else stands beside them, as in metadata."""
