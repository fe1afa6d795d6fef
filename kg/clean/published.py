"""The publication date: from the metadata, else from a date line at the top, else from the address.

A date inside a sentence of the article is never taken for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from kg import languages
from kg.clean.characters import HAN
from kg.clean.lines import Line, lines, without
from kg.clean.offsets import MappedText
from kg.model import Note, Source, Span

if TYPE_CHECKING:
    from kg.dates import When

_YEARS = range(1990, 2101)
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, 1)}
_MONTH = rf"(?P<name>{'|'.join(_NAMES)})[a-z]{{0,6}}\.?"
_YEAR = "(?P<year>(?:19|20)[0-9]{2})"
_DAY = "(?P<day>[0-3]?[0-9])"

# 2023-11-08, 2023/11/08, 2023年11月8日, 2023-11-0810:20; November 8, 2023; 8 November 2023
_WHOLE = (
    re.compile(rf"(?<![0-9]){_YEAR}\s?[-/.年]\s?(?P<month>[01]?[0-9])\s?[-/.月]\s?{_DAY}日?(?![0-9](?![0-9]?[:：]))"),
    re.compile(rf"(?<![a-z0-9]){_MONTH} {_DAY}(?:st|nd|rd|th)?,? {_YEAR}(?![0-9])", re.IGNORECASE),
    re.compile(rf"(?<![a-z0-9]){_DAY}(?:st|nd|rd|th)?[ -]{_MONTH},?[ -]{_YEAR}(?![0-9])", re.IGNORECASE),
)
_COMPACT = re.compile(
    rf"{_YEAR}(?P<month>[01][0-9])(?P<day>[0-3][0-9])(?:T?[0-9]{{4,6}})?(?:Z|[+-][0-9]{{2}}:?[0-9]{{2}})?"
)
_DAY_FIRST = re.compile(rf"(?P<first>[0-3]?[0-9])[./-](?P<second>[0-3]?[0-9])[./-]{_YEAR}(?![0-9])")
_COARSE = re.compile(rf"{_YEAR}(?:(?:[-/.]|年)(?P<month>[01]?[0-9])月?|年)?")
_EPOCH = re.compile(r"1[0-9]{9}(?:[0-9]{3})?(?:\.[0-9]+)?")

# /2023/11/08/, /2023-11-08/, /20231108/, /2023/1108/, /t20231108_
_ADDRESS = re.compile(rf"/t?{_YEAR}[-/_]?(?P<month>[01][0-9])[-/_]?(?P<day>[0-3][0-9])(?=[/_.-]|$)")
_ADDRESS_YEAR = re.compile(r"/(?P<year>20[0-9]{2})(?=[/-])")

_TIME = re.compile(
    r"[T ]?[0-2]?[0-9][:：][0-5][0-9](?:[:：][0-5][0-9](?:\.[0-9]+)?)?\s?(?:Z|[AP]\.?M\.?|[+-][0-9]{2}:?[0-9]{2})?"
    r"(?:\s?(?:UTC|GMT|EST|EDT|PST|PDT|CST))?",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:发布|发表|更新)(?:时间|日期|于)?|创建时间|时间|日期|来源|作者|记者|责任编辑|责编|编辑|阅读|浏览|评论|点击|字数"
    r"|字号|次|原创|星期[一二三四五六日天]|周[一二三四五六日]|\b(?:published|updated|posted|last modified|modified"
    r"|date|by|on|written|min(?:ute)?s?|read|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
)
_FIRST_LABEL = re.compile(r"published|posted|发布|发表", re.IGNORECASE)
_LAST_CHANGE = re.compile(r"最(?:近|后|新)(?:更新|编辑|修订)|last (?:updated|modified|edited)", re.IGNORECASE)
_UPDATED = re.compile(r"更新|updated|modified", re.IGNORECASE)
_STOP = re.compile(
    r"[。！？；]|[a-z]{2}[.!?]$|，(?!\s?(?:20|19)[0-9]{2})|首次|首版|初版|成立|创立|上市|诞生|问世|\b[Rr]eleased?\b|\b[Ff]ounded\b"
)
"""What a date line does not have: the end of a sentence, and what a box of facts calls other dates."""
_WORD = re.compile(rf"[{HAN}]|[A-Za-z]+|[0-9]+")
_LISTED = re.compile(r"[-+•#|>\[]|\*(?!.*\*$)")
_DATELINE = re.compile(
    r"[^0-9。，；\n据称在于]{0,30}(?P<date>(?:(?P<year>20[0-9]{2})年)?(?P<month>[01]?[0-9])月(?P<day>[0-3]?[0-9])日)"
    r"(?=电|讯|消息|，?记者)"
)
_ENGLISH_DATELINE = re.compile(
    r".{0,40}?(?P<date>[A-Z][a-z]{2,8}\.? [0-3]?[0-9],? (?:19|20)[0-9]{2})\s?(?:\([^()]{2,40}\)\s?)?[-–—]{1,2}\s"
)
"""TORONTO, March 4, 2024 (Agency) — …"""

_FIELD = re.compile(r"[\s*•·【-]*(?P<label>[^\s:：。，；0-9][^:：。，；0-9]{0,14}?)\s?\*{0,2}[:：】].{0,80}$")
_MARKS = re.compile(r"^[\W_]+")
_VERSION = re.compile(
    r"[\W_]*(?:版本|[Vv]er(?:sion|\.)?|[Rr]elease)?[\s:：]?[vV]?\d+(?:\.\d+)+(?![-./年]?\d)[^\w]*(?=(?:19|20)\d\d|[A-Z])"
)
"""What begins the entry of a changelog, before its date."""
_HEAD = 20
"""Characters of the longest line that is the label of what stands below it."""
_AROUND = 24
"""So many lines to each side are looked at for the other fields of a record."""
_SENTENCE = re.compile(r"[。！？.!?，,]")
_LINE = 110
"""Characters of the longest line that can be a date line."""
_TOP = 12
"""How many lines from the top it may stand."""
_ABOVE = 1
"""How many paragraphs (a summary) may stand above it."""
_OTHERS, _MORE = 12, 28
"""Words that a date line may hold beside dates, times and labels: a source, a name; and where the time of day or the
name of such a thing shows that it is one."""
_BOTTOM = 4
"""How many lines from the end a letter or an announcement may be dated."""


@dataclass(frozen=True, slots=True)
class DateLine:
    """The line of a page that says when it was published."""

    number: int
    """Which of the lines that are not blank."""
    start: int
    end: int
    day: date


def published(source: Source, text: MappedText, page: MappedText) -> tuple[When | None, tuple[Note, ...]]:
    """The publication date of a document, as exact as it is known, and a note that says where it stands in the text.

    `page` is the whole page that `text` is the article of, or the same text.
    """
    stated = _metadata(source.published)
    if source.published and stated is None:
        found, notes = published(replace(source, published=None), text, page)
        return found, (Note("published", f"the metadata's date {source.published!r} is none that we know"), *notes)
    if stated and len(stated.value) == 10:
        return stated, ()
    for place, labelled in ((text, False), (page, True))[: 1 if page is text else 2]:
        line = date_line(lines(place.text), labelled=labelled)
        if line and _fits(line.day, stated):
            return _found(line.day, "date line", place.raw(line.start, line.end))
    if stated is None and (day := _address(source.url)):
        return _found(day, "address", None)
    rows = lines(text.text)
    dateline = _dateline(rows, int(stated.value[:4]) if stated else _address_year(source.url))
    if dateline and _fits(dateline[0], stated):
        return _found(dateline[0], "dateline", text.raw(*dateline[1:]))
    if (signed := _signed(rows)) and _fits(signed.day, stated):
        return _found(signed.day, "last lines", text.raw(signed.start, signed.end))
    return stated, ()


def _signed(rows: tuple[Line, ...]) -> DateLine | None:
    """The date below an announcement, alone on its line, or of the last change of an entry."""
    for number in range(len(rows) - 1, max(-1, len(rows) - 1 - _BOTTOM), -1):
        row = rows[number]
        line = None if _in_record(rows, number) else _read(number, row)
        if line and (
            _LAST_CHANGE.search(row.text)
            or _FIRST_LABEL.search(row.text)
            or (_alone(row) and sum(map(_alone, rows)) == 1)
        ):
            return line
    return None


def _alone(row: Line) -> bool:
    """Whether a line holds nothing but a date."""
    days = _days(row.text)
    return len(days) == 1 and not _WORD.search(row.text[: days[0][0]] + _TIME.sub(" ", row.text[days[0][1] :]))


def _found(day: date, where: str, span: Span | None) -> tuple[When, tuple[Note, ...]]:
    from kg.dates import When

    return When.day(day), (Note("published", f"publication date {day} from the {where}", span=span),)


def _fits(day: date, stated: When | None) -> bool:
    """Whether a day is inside the month or year that the metadata states."""
    return stated is None or stated.earliest <= day <= stated.latest


def date_lines(text: MappedText) -> MappedText:
    """The text without its date line, which is the page's and not the article's."""
    rows = lines(text.text)
    line = date_line(rows)
    return without(text, rows, [line.number]) if line else text


def date_line(rows: tuple[Line, ...], *, labelled: bool = False) -> DateLine | None:
    """The date line of a page: near the top, short, no sentence, nothing in it but a date, labels and a source.

    Lines that begin with different dates are a chronicle, and none of them is a date line.  With `labelled` only lines
    that call themselves one count, and any place on the page will do.
    """
    found: list[tuple[bool, DateLine]] = []
    prose = [number for number, row in enumerate(rows) if row.is_prose]
    for number, row in enumerate(rows if labelled else rows[:_TOP]):
        above = sum(place < number for place in prose[: _ABOVE + 1])
        published = bool(_FIRST_LABEL.search(row.text))
        update = not published and bool(_UPDATED.search(row.text))
        # below a summary it is the article's if the article goes on behind it, and the page's if not
        inside = above == 0 or (above <= _ABOVE and number < prose[-1] and not update)
        if (published if labelled else inside) and not _in_record(rows, number) and (line := _read(number, row)):
            found.append((update, line))
    if not found:
        return None
    bare = {day for row in rows if not row.is_row and (day := _opening(row)) is not None}
    first = rows[found[0][1].number]
    only = _alone(first) and sum(map(_alone, rows)) == 1
    if len(bare) > 1 and not only and not _LABEL.search(first.text):
        return None
    return min(found, key=lambda item: (item[0], item[1].number))[1]


def _in_record(rows: tuple[Line, ...], number: int) -> bool:
    """Whether a line is a field of a record, among fields that tell about a thing and not about the page."""
    above = rows[number - 1].text if number else ""
    if len(above) <= _HEAD and _STOP.search(above) and not _SENTENCE.search(above):
        return True
    first = last = number
    while first > max(0, number - _AROUND) and _FIELD.match(rows[first - 1].text):
        first -= 1
    while last + 1 < min(len(rows), number + _AROUND) and _FIELD.match(rows[last + 1].text):
        last += 1
    labels = [match["label"] for row in rows[first : last + 1] if (match := _FIELD.match(row.text))]
    if not _FIELD.match(rows[number].text) or any(languages.load().masthead.search(label) for label in labels):
        return False
    return any(not _LABEL.search(label) for label in labels)


def _read(number: int, row: Line) -> DateLine | None:
    if len(row.text) > _LINE or _STOP.search(row.text) or _LISTED.match(row.text) or _VERSION.match(row.text):
        return None
    days = _days(row.text)
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
    timed = _TIME.match(row.text, end + row.text.startswith(",", end)) is not None  # 2024-05-22 07:48
    if others > (_MORE if timed or (labelled and plain) else _OTHERS if labelled or plain else 0):
        return None
    return DateLine(number, row.start, row.end, day)


def _opening(row: Line) -> date | None:
    """The date that a line begins with, behind whatever marks: ➤ 2023年6月15日."""
    words = _MARKS.sub("", row.words, count=1)
    return next((day for start, _, day in _days(words[:30]) if start == 0), None)


def _days(text: str) -> list[tuple[int, int, date]]:
    """Every whole date of a short text, with its place, in order."""
    found = []
    for pattern in _WHOLE:
        for match in pattern.finditer(text):
            name = match.groupdict().get("name")
            month = _MONTHS[name.lower()] if name else int(match["month"])
            if day := _date(int(match["year"]), month, int(match["day"])):
                found.append((*match.span(), day))
    return sorted(found)


def _dateline(rows: tuple[Line, ...], year: int | None) -> tuple[date, int, int] | None:
    """The date of `（某某社7月3日电）` at the opening of the article, if its year stands there or is known."""
    for row in rows[:_TOP]:
        match = _DATELINE.match(row.text)
        if match and (known := int(match["year"]) if match["year"] else year):
            day = _date(known, int(match["month"]), int(match["day"]))
            if day:
                return day, row.start + match.start("date"), row.start + match.end("date")
        english = _ENGLISH_DATELINE.match(row.text)
        if english and (days := _days(english["date"])):
            return days[0][2], row.start + english.start("date"), row.start + english.end("date")
        if row.is_prose:
            break
    return None


def _metadata(text: str | None) -> When | None:
    """The date that metadata wrote in any usual form: the day as written, whatever the time zone beside it."""
    from kg.dates import When

    text = (text or "").strip()
    if days := _days(text):
        return _when(days[0][2])
    if match := _COMPACT.fullmatch(text):
        compact = _date(int(match["year"]), int(match["month"]), int(match["day"]))
        return _when(compact) if compact else None
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
    """The first whole date in the path of an address."""
    found = (_date(*(int(match[part]) for part in ("year", "month", "day"))) for match in _ADDRESS.finditer(url or ""))
    return next((day for day in found if day), None)


def _address_year(url: str | None) -> int | None:
    match = _ADDRESS_YEAR.search(url or "")
    return int(match["year"]) if match else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None


def _when(day: date) -> When:
    from kg.dates import When

    return When.day(day)
