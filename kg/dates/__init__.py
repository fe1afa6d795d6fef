"""Dates as texts write them: found in a document, resolved against its publication date, as exact as the words are.

    >>> from datetime import date
    >>> from kg.dates import parse
    >>> parse("去年年底", published=date(2023, 11, 8))
    When(value='2022', earliest=datetime.date(2022, 10, 1), latest=datetime.date(2022, 12, 31))

`chinese`, `english` and `numeric` hold the rules that read words into `phrases`; `finder` resolves the phrases of a
text from left to right.  Only `when` is imported at once: the rules take their time to compile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.dates.when import When

if TYPE_CHECKING:
    from kg.dates.finder import DateMention, find, parse

__all__ = ["DateMention", "When", "find", "parse"]


def __getattr__(name: str) -> object:
    if name in ("DateMention", "find", "parse"):
        from kg.dates import finder

        return getattr(finder, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
