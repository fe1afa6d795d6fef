"""What the words of a date mean before it is known which date they lean on.

A rule of `kg.dates.chinese`, `english` or `numeric` reads words into one of these phrases; `resolve` turns the phrase
into a date once its context is known.  "Last year" is `InYear(Shift(Base.PUBLICATION, -1))`, "16 March" is
`InYear(None, …)`, whose year the context chooses.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kg.dates.periods import FIRST_YEAR, LAST_YEAR, away, monday, month_of, moved, shift_month, stretch, year_of
from kg.dates.when import When

_LEAP = 9
"""Years (or months) to look through for one that has the day: 29 February comes back after eight at most."""


class Base(StrEnum):
    """What words may lean on: the day the text was published, a date that the text mentioned before, or the year that
    stands alone on a line above them."""

    PUBLICATION = "publication"
    ANTECEDENT = "antecedent"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Shift:
    """So many years, months, days … after the base; negative for before."""

    base: Base
    amount: int = 0


@dataclass(frozen=True, slots=True)
class Context:
    """What is known where the words stand.

    `year`, `month` and `day` are those of the last date mentioned before with that field.  `narrated` and
    `narrated_month` are the year and month that the paragraph tells about, `story` the date that it has come to,
    `heading` the year that heads its section.
    `future` is true where a word of intention stands right before, `attached` where the name of an event does.
    """

    published: When | None = None
    year: int | None = None
    month: tuple[int, int] | None = None
    day: date | None = None
    narrated: int | None = None
    narrated_month: tuple[int, int] | None = None
    story: When | None = None
    heading: int | None = None
    future: bool = False
    attached: bool = False


@dataclass(frozen=True, slots=True)
class InYear:
    """A stretch of a year: from `first` to `last`, each a month and a day or None for the whole month; the whole year
    without them.  A month of `last` before that of `first` is in the next year.  The context chooses the year where
    `year` is None."""

    year: int | Shift | None
    first: tuple[int, int | None] = (1, None)
    last: tuple[int, int | None] = (12, None)

    @property
    def anchored(self) -> bool:
        return not isinstance(self.year, int)

    def possible(self) -> bool:
        """Whether a calendar has it, in a year that texts of the field speak of."""
        years = [self.year] if isinstance(self.year, int) else [2000]
        return any(FIRST_YEAR <= y <= LAST_YEAR and self._of(y) is not None for y in years)

    def resolve(self, context: Context) -> When | None:
        if isinstance(self.year, int):
            return self._of(self.year)
        if isinstance(self.year, Shift) and self.year.base is Base.HEADING:
            return None if context.heading is None else self._of(context.heading + self.year.amount)
        if isinstance(self.year, Shift):
            base = context.year if self.year.base is Base.ANTECEDENT else None
            if base is None and context.published and (self.year.base is Base.PUBLICATION or self.year.amount == 0):
                base = year_of(context.published)
            return None if base is None else self._of(base + self.year.amount)
        told = self._going_on(context) if context.narrated else None
        published = year_of(context.published) if context.published else 0
        return _read_as_past(told, lambda n: self._of(published + n), context)

    def _going_on(self, context: Context) -> When | None:
        """The stretch of the narrated year; where a date of a later year was mentioned since, the first after that."""
        told = self._of(context.narrated) if context.narrated else None
        if told is None or context.month is None or context.published is None or context.month[0] <= told.earliest.year:
            return told
        last = date(*context.month, 1)
        later = next((w for n in (0, 1) if (w := self._of(context.month[0] + n)) and w.latest >= last), None)
        return later if later and later.latest <= context.published.latest else told

    def _of(self, year: int) -> When | None:
        if (self.first, self.last) == ((1, None), (12, None)):
            return When.year(year) if FIRST_YEAR <= year <= LAST_YEAR else None
        return stretch((year, *self.first), (year + (self.last[0] < self.first[0]), *self.last))


@dataclass(frozen=True, slots=True)
class InMonth:
    """A stretch of days of a month that is named by its place only; the whole month without them.  A `last` before
    `first` lies in the next month.  The context chooses the month where `month` is None."""

    month: Shift | None
    first: int | None = None
    last: int | None = None

    @property
    def anchored(self) -> bool:
        return True

    def possible(self) -> bool:
        return all(day is None or 1 <= day <= 31 for day in (self.first, self.last))

    def resolve(self, context: Context) -> When | None:
        if self.month is None:
            told = self._of(context.narrated_month) if context.narrated_month else None
            published = month_of(context.published) if context.published else None
            return _read_as_past(told, lambda n: self._of(shift_month(published, n)) if published else None, context)
        base = context.month if self.month.base is Base.ANTECEDENT else None
        if base is None and context.published and (self.month.base is Base.PUBLICATION or self.month.amount == 0):
            base = month_of(context.published)
        return None if base is None else self._of(shift_month(base, self.month.amount))

    def _of(self, month: tuple[int, int]) -> When | None:
        end = shift_month(month, 1) if self.first and self.last and self.last < self.first else month
        return stretch((*month, self.first), (*end, self.last))


@dataclass(frozen=True, slots=True)
class DayAway:
    """A day counted from another: yesterday, the next day."""

    shift: Shift
    anchored: bool = True

    def resolve(self, context: Context) -> When | None:
        by = timedelta(days=self.shift.amount)
        if self.shift.base is Base.ANTECEDENT:
            return When.day(context.day + by) if context.day else None
        return moved(context.published, by)


@dataclass(frozen=True, slots=True)
class WeekAway:
    """Days of the week `amount` weeks after that of publication, Monday (0) to Sunday (6)."""

    amount: int
    first: int = 0
    last: int = 6
    anchored: bool = True

    def resolve(self, context: Context) -> When | None:
        if context.published is None:
            return None
        start, end = monday(context.published.earliest), monday(context.published.latest)
        return When.between(
            start + timedelta(days=7 * self.amount + self.first), end + timedelta(days=7 * self.amount + self.last)
        )


@dataclass(frozen=True, slots=True)
class Weekday:
    """A weekday without its week: the last one up to publication (`strict`: before it), or the next one after it."""

    weekday: int
    future: bool = False
    strict: bool = False
    anchored: bool = True

    def resolve(self, context: Context) -> When | None:
        if context.published is None or context.published.datatype != "date":
            return None
        day = context.published.latest
        if self.future or context.future:
            return When.day(day + timedelta(days=(self.weekday - day.weekday() - 1) % 7 + 1))
        back = (day.weekday() - self.weekday) % 7
        return When.day(day - timedelta(days=7 if self.strict and back == 0 else back))


@dataclass(frozen=True, slots=True)
class QuarterAway:
    """The quarter so many after that of publication."""

    amount: int
    anchored: bool = True

    def resolve(self, context: Context) -> When | None:
        month = month_of(context.published) if context.published else None
        if month is None:
            return None
        year, first = shift_month((month[0], (month[1] - 1) // 3 * 3 + 1), 3 * self.amount)
        return stretch((year, first, None), (year, first + 2, None))


@dataclass(frozen=True, slots=True)
class Ago:
    """So many `day`s, `week`s, `month`s or `year`s before publication."""

    amount: int
    unit: str
    anchored: bool = True

    def resolve(self, context: Context) -> When | None:
        return away(context.published, -self.amount, self.unit)


@dataclass(frozen=True, slots=True)
class Later:
    """So many units after (or before) what the text has just told; after publication where it has told nothing.

    Directly behind an event ("two days after the launch of …" in Chinese order) it counts from that event, whose date
    only a reader knows.
    """

    amount: int
    unit: str
    anchored: bool = True

    def resolve(self, context: Context) -> When | None:
        if context.attached:
            return None
        told = None if context.future else away(context.story, self.amount, self.unit)
        if told and context.published and told.earliest > context.published.latest:
            told = None
        return told or away(context.published, self.amount, self.unit)


@dataclass(frozen=True, slots=True)
class Vague:
    """A time, but no date: recently, a few years ago, the coming months; also a range of years."""

    anchored: bool = True

    def resolve(self, context: Context) -> When | None:
        return None


Phrase = InYear | InMonth | DayAway | WeekAway | Weekday | QuarterAway | Ago | Later | Vague


def _read_as_past(told: When | None, nth: Callable[[int], When | None], context: Context) -> When | None:
    """Chooses the year or month that words leave out.

    `told` is the date in the period that the paragraph tells about; `nth` gives it in the period so many after that of
    publication.  What a text tells has happened, so it is never after publication, except behind a word of intention.
    """
    published = context.published
    if published is None:
        return told
    if context.future:
        if told and told.latest >= published.earliest:
            return told
        later = (nth(n) for n in range(_LEAP))
        return next((when for when in later if when and when.latest >= published.latest), None)
    if told and told.earliest <= published.latest:
        return told
    earlier = (nth(-n) for n in range(_LEAP))
    return next((when for when in earlier if when and when.earliest <= published.latest), None)
