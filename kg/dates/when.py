"""A date as exact as a text says it: a day, a month or a year, and the first and last day that it may be."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

_DATATYPES = {4: "gYear", 7: "gYearMonth", 10: "date"}
_FORM = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")


@dataclass(frozen=True, slots=True, order=True)
class When:
    """A date as exact as the text says it.

    `value` is the coarsest certain value, `2023-04-11`, `2023-04` or `2023`.  `earliest` and `latest` are the first
    and the last day that the words allow, both included: "early 2023" is `2023`, 1 January to 31 March.  They lie
    inside the period that `value` names, except where the words span a new year, as `between` says.

    Raises `ValueError` for a value of another form and for an interval that ends before it begins.
    """

    value: str
    earliest: date
    latest: date

    def __post_init__(self) -> None:
        if not _FORM.fullmatch(self.value):
            raise ValueError(f"not a day, month or year: {self.value!r}")
        if self.earliest > self.latest:
            raise ValueError(f"{self.value}: {self.earliest} is after {self.latest}")

    @classmethod
    def day(cls, day: date) -> When:
        """That day."""
        day = date(day.year, day.month, day.day)  # a datetime would not compare with a date
        return cls(day.isoformat(), day, day)

    @classmethod
    def month(cls, year: int, month: int) -> When:
        """That whole month.  Raises `ValueError` for a month that does not exist."""
        first = date(year, month, 1)
        return cls(f"{year:04}-{month:02}", first, first.replace(day=calendar.monthrange(year, month)[1]))

    @classmethod
    def year(cls, year: int) -> When:
        """That whole year."""
        return cls(f"{year:04}", date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def between(cls, earliest: date, latest: date) -> When:
        """Some time from `earliest` to `latest`: the value is the day, month or year that holds both.

        Where no year holds both, the value is the year that holds most of the days, the first one of equals.
        """
        if earliest == latest:
            return cls.day(earliest)
        if earliest.year == latest.year:
            same_month = earliest.month == latest.month
            return cls(earliest.isoformat()[: 7 if same_month else 4], earliest, latest)

        def days(year: int) -> int:
            return (min(latest, date(year, 12, 31)) - max(earliest, date(year, 1, 1))).days

        year = max(range(earliest.year, latest.year + 1), key=days)
        return cls(f"{year:04}", earliest, latest)

    @property
    def datatype(self) -> str:
        """The local name of the XML Schema datatype that `value` is written in: `date`, `gYearMonth` or `gYear`."""
        return _DATATYPES[len(self.value)]

    def refines(self, other: When) -> bool:
        """Whether this says the same more exactly: its interval lies inside the other's and is shorter."""
        inside = other.earliest <= self.earliest and self.latest <= other.latest
        return inside and (self.earliest, self.latest) != (other.earliest, other.latest)

    def compatible(self, other: When) -> bool:
        """Whether both can be true of one event: the intervals meet."""
        return self.earliest <= other.latest and other.earliest <= self.latest
