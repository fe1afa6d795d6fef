"""The publication date: from the metadata, else from a date line at the top, else from the address.

A date inside a sentence of the article is never taken for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from kg.clean.characters import HAN
from kg.clean.lines import Line, lines, without
from kg.clean.offsets import MappedText
from kg.model import Note, Source

if TYPE_CHECKING:
    from kg.dates import When

_YEARS = range(1990, 2101)
_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_MONTH_NAME = r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"

_NUMERIC = re.compile(
    r"(?<![0-9])(?P<year>(?:19|20)[0-9]{2})\s?(?P<joint>[-/.年])\s?(?P<month>[01]?[0-9])(?:\s?[-/.月]\s?(?P<day>[0-3]?[0-9])日?)(?![0-9])"
)
_ENGLISH = (
    re.compile(
        rf"(?<![a-z0-9]){_MONTH_NAME} (?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?,? (?P<year>(?:19|20)[0-9]{{2}})(?![0-9])",
        re.I,
    ),
    re.compile(
        rf"(?<![a-z0-9])(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?[ -]{_MONTH_NAME},?[ -](?P<year>(?:19|20)[0-9]{{2}})(?![0-9])",
        re.I,
    ),
)
_COMPACT = re.compile(
    r"(?P<year>(?:19|20)[0-9]{2})(?P<month>[01][0-9])(?P<day>[0-3][0-9])(?:T?[0-9]{4,6})?(?:Z|[+-][0-9:]{4,6})?"
)
_DAY_FIRST = re.compile(r"(?P<first>[0-3]?[0-9])[./-](?P<second>[0-3]?[0-9])[./-](?P<year>(?:19|20)[0-9]{2})(?![0-9])")
_COARSE = re.compile(r"(?P<year>(?:19|20)[0-9]{2})(?:(?:[-/.]|年)(?P<month>[01]?[0-9])月?|年)?")
_EPOCH = re.compile(r"1[0-9]{9}(?:[0-9]{3})?(?:\.[0-9]+)?")
_URL = re.compile(
    r"/(?P<year>(?:19|20)[0-9]{2})(?P<joint>[-/_]?)(?P<month>[01][0-9])[-/_]?(?P<day>[0-3][0-9])(?=[/_.-]|$)|/t(?P<year2>20[0-9]{2})(?P<month2>[01][0-9])(?P<day2>[0-3][0-9])_"
)
_URL_YEAR = re.compile(r"/(?P<year>20[0-9]{2})(?=[/-])")

_TIME = re.compile(
    r"[T ]?[0-2]?[0-9][:：][0-5][0-9](?:[:：][0-5][0-9](?:\.[0-9]+)?)?\s?(?:Z|[AP]\.?M\.?|[+-][0-9]{2}:?[0-9]{2})?(?:\s?(?:UTC|GMT|EST|EDT|PST|PDT|CST))?",
    re.I,
)
_LABEL = re.compile(
    r"发布(?:时间|日期|于)?|发表(?:时间|日期|于)?|更新(?:时间|日期|于)?|创建时间|时间|日期|来源|作者|记者|编辑|责编|责任编辑|阅读|浏览|评论|点击|次|字数|字号|大中小"
    r"|原创|published|updated|posted|last modified|modified|date|by|on|written|(?:min(?:ute)?s?|read)\b|星期[一二三四五六日天]|周[一二三四五六日]"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day",
    re.I,
)
_FIRST_LABEL = re.compile(r"(?:published|posted|date|发布|发表|时间|日期|来源)", re.I)
_UPDATED = re.compile(r"更新|updated|modified", re.I)
_STOP = re.compile(r"[。！？；]|，(?!\s?(?:20|19)[0-9]{2})")
_WORD = re.compile(rf"[{HAN}]|[A-Za-z]+|[0-9]+")
_LISTED = re.compile(r"[-*+•#|>\[]")
_DATELINE = re.compile(
    rf"[（(【\[]?[^\s。，；0-9]{{0,24}}?(?:社|网|报|讯|电|客户端|新闻)?[^\s。，；0-9]{{0,8}}\s?(?P<date>(?:(?P<year>20[0-9]{{2}})年)?(?P<month>[01]?[0-9])月(?P<day>[0-3]?[0-9])日)(?=电|讯|消息|报道|，?记者)"
)

_LINE = 80
"""Characters of the longest line that can be a date line."""
_TOP = 12
"""How many lines from the top it may stand."""
_ABOVE = 1
"""How many paragraphs (a summary) may stand above it."""
_OTHERS = 12
"""Words that a date line may hold beside dates, times and labels: a source, a name."""


@dataclass(frozen=True, slots=True)
class DateLine:
    """The line of a page that says when it was published."""

    number: int
    """Which of the lines that are not blank."""
    start: int
    end: int
    day: date


def published(source: Source, text: MappedText) -> tuple[When | None, tuple[Note, ...]]:
    """The publication date of a document, as exact as it is known, and a note that says where it stands in the text."""
    stated = _metadata(source.published)
    if stated and len(stated.value) == 10:
        return stated, ()
    rows = lines(text.text)
    line = date_line(rows)
    if line:
        found = text.raw(line.start, line.end)
        return _when(line.day), (Note("published", f"publication date {line.day} from the date line", span=found),)
    address = _address(source.url)
    year = int(stated.value[:4]) if stated else _address_year(source.url)
    dateline = _dateline(rows, year)
    if dateline:
        day, start, end = dateline
        return _when(day), (Note("published", f"publication date {day} from the dateline", span=text.raw(start, end)),)
    if stated:
        return stated, ()
    if address:
        return _when(address), (Note("published", f"publication date {address} from the address"),)
    return None, ()


def date_lines(text: MappedText) -> MappedText:
    """The text without its date line, which is the page's and not the article's."""
    rows = lines(text.text)
    line = date_line(rows)
    return without(text, rows, [line.number]) if line else text


def date_line(rows: tuple[Line, ...]) -> DateLine | None:
    """The date line of a page: near the top, short, no sentence, nothing in it but a date, labels and a source.

    Lines that begin with different dates are a chronicle, and none of them is a date line.
    """
    found: list[tuple[bool, DateLine]] = []
    above = 0
    for number, row in enumerate(rows[: _TOP * 2]):
        if row.is_prose:
            above += 1
        elif number < _TOP and above <= _ABOVE and (line := _read(number, row)):
            found.append((bool(_UPDATED.search(row.text) and not _FIRST_LABEL.search(row.text)), line))
    if not found:
        return None
    bare = {day for row in rows if not row.is_row and (day := _opening(row)) is not None}
    if len(bare) > 1 and not _LABEL.search(rows[found[0][1].number].text):
        return None
    return min(found, key=lambda item: (item[0], item[1].number))[1]


def _read(number: int, row: Line) -> DateLine | None:
    if len(row.text) > _LINE or _STOP.search(row.text) or _LISTED.match(row.text):
        return None
    days = list(_days(row.text))
    if not days:
        return None
    labelled = _LABEL.search(row.text)
    rest = _TIME.sub(" ", row.text)
    for start, end, _ in reversed(days):
        rest = rest.replace(row.text[start:end], " ")
    others = len(_WORD.findall(_LABEL.sub(" ", rest)))
    start, end, day = days[0]
    # 2023年11月8日… glued to other words is a heading unless a label says otherwise; 2023-11-08… begins a date line
    plain = "年" not in row.text[start:end] and (start == 0 or end == len(row.text))
    if others > (_OTHERS if labelled or plain else 0):
        return None
    offset = row.start
    return DateLine(number, offset, row.end, day)


def _opening(row: Line) -> date | None:
    """The date that a line begins with."""
    words = row.words.lstrip("[【（(")
    return next((day for start, _, day in _days(words[:30]) if start == 0), None)


def _days(text: str) -> Iterator[tuple[int, int, date]]:
    """Every whole date of a short text, with its place."""
    found = []
    for pattern in (_NUMERIC, *_ENGLISH):
        for match in pattern.finditer(text):
            parts = match.groupdict()
            month = int(parts["month"]) if "month" in parts else _MONTHS[parts["name"].lower()]
            day = _date(int(parts["year"]), month, int(parts["day"]))
            if day:
                found.append((*match.span(), day))
    return iter(sorted(found))


def _dateline(rows: tuple[Line, ...], year: int | None) -> tuple[date, int, int] | None:
    """The date of `（某某社7月3日电）` at the opening of the article, if its year stands there or is known."""
    for row in rows[:_TOP]:
        match = _DATELINE.match(row.text)
        if match and (known := int(match["year"]) if match["year"] else year):
            day = _date(known, int(match["month"]), int(match["day"]))
            if day:
                return day, row.start + match.start("date"), row.start + match.end("date")
        if row.is_prose:
            break
    return None


def _metadata(text: str | None) -> When | None:
    """The date that metadata wrote in any usual form: the day as written, whatever the time zone beside it."""
    from kg.dates import When

    text = (text or "").strip()
    for _, _, day in _days(text):
        return _when(day)
    if match := _COMPACT.fullmatch(text):
        day = _date(int(match["year"]), int(match["month"]), int(match["day"]))
        return _when(day) if day else None
    if _EPOCH.fullmatch(text):
        seconds = int(text[:10])
        return _when(datetime.fromtimestamp(seconds, UTC).date())
    if match := _DAY_FIRST.match(text):
        first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
        readings = {day for day in (_date(year, second, first), _date(year, first, second)) if day}
        return _when(*readings) if len(readings) == 1 else When.year(year) if year in _YEARS else None
    if (match := _COARSE.fullmatch(text)) and int(match["year"]) in _YEARS:
        if match["month"] and 1 <= int(match["month"]) <= 12:
            return When.month(int(match["year"]), int(match["month"]))
        return When.year(int(match["year"]))
    return None


def _address(url: str | None) -> date | None:
    for match in _URL.finditer(url or ""):
        parts = match.groupdict()
        suffix = "2" if parts["year2"] else ""
        day = _date(*(int(parts[name + suffix]) for name in ("year", "month", "day")))
        if day:
            return day
    return None


def _address_year(url: str | None) -> int | None:
    match = _URL_YEAR.search(url or "")
    return int(match["year"]) if match else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None


def _when(day: date) -> When:
    from kg.dates import When

    return When.day(day)
