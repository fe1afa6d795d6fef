"""Arithmetic of the calendar: weeks, months and stretches of days as `When`."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from kg.dates.when import When

FIRST_YEAR, LAST_YEAR = 1990, 2100
"""Four figures outside these years are more likely a quantity than a date of this field."""


def monday(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def shift_month(month: tuple[int, int], by: int) -> tuple[int, int]:
    """The (year, month) so many months later."""
    count = month[0] * 12 + month[1] - 1 + by
    return count // 12, count % 12 + 1


def stretch(first: tuple[int, int, int | None], last: tuple[int, int, int | None]) -> When | None:
    """From one (year, month, day) to another; None for a day is the whole month.  None where no calendar has it."""
    if not (first[0] >= FIRST_YEAR and last[0] <= LAST_YEAR and 1 <= first[1] <= 12 and 1 <= last[1] <= 12):
        return None
    ends = [calendar.monthrange(year, month)[1] for year, month, _ in (first, last)]
    days = (first[2] or 1, ends[1] if last[2] is None else last[2])
    if not (first[2] != 0 and days[0] <= ends[0] and 1 <= days[1] <= ends[1]):
        return None
    earliest, latest = date(first[0], first[1], days[0]), date(last[0], last[1], days[1])
    if latest < earliest:
        return None
    if first == last and first[2] is None:
        return When.month(first[0], first[1])
    return When.between(earliest, latest)


def moved(base: When | None, by: timedelta) -> When | None:
    """`base` so many days later, as exact as it was."""
    return None if base is None else When.between(base.earliest + by, base.latest + by)


def away(base: When | None, amount: int, unit: str) -> When | None:
    """`base` so many units later, as exact as the unit is: years give a year, months a month, weeks a week, days a day.

    None where `base` is coarser than the unit, as a week after "2021" is no date.
    """
    if base is None:
        return None
    if unit == "year":
        year = year_of(base)
        return When.year(year + amount) if FIRST_YEAR <= year + amount <= LAST_YEAR else None
    month = month_of(base)
    if month is None:
        return None
    if unit == "month":
        year, number = shift_month(month, amount)
        return When.month(year, number) if FIRST_YEAR <= year <= LAST_YEAR else None
    if base.datatype != "date":
        return None
    day = base.earliest + timedelta(days=amount * (7 if unit == "week" else 1))
    return When.day(day) if unit == "day" else When.between(monday(day), monday(day) + timedelta(days=6))


def year_of(when: When) -> int:
    """The year of its value."""
    return int(when.value[:4])


def month_of(when: When) -> tuple[int, int] | None:
    """The (year, month) of its value, None where that is a year."""
    return (int(when.value[:4]), int(when.value[5:7])) if len(when.value) >= 7 else None
