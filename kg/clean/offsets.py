"""Where every cleaned character came from: the offset map, and the text that carries it through the steps.

Cleaning removes, replaces in place, shortens and lengthens, and never reorders, so the map is monotone: a later cleaned
character never starts or ends before an earlier one in the raw text.  It is exact on characters that were kept or
replaced one by one; the characters of a replacement of another length all stand for the whole stretch replaced.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from kg.model import Note, Span


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """A monotone map from the characters of a cleaned text to stretches of the raw text, kept as runs.

    Run `i` starts at cleaned character `starts[i]` and at raw character `raws[i]`, and covers `widths[i]` raw
    characters.  It is either as long cleaned as raw and maps one by one, or it is a single cleaned character that
    stands for all its raw characters.  Raw characters that no run covers were removed.
    """

    length: int
    """The number of cleaned characters."""
    starts: tuple[int, ...]
    raws: tuple[int, ...]
    widths: tuple[int, ...]

    @classmethod
    def identity(cls, length: int) -> OffsetMap:
        """The map of a text in which nothing was changed."""
        return cls(length, (0,), (0,), (length,)) if length else cls(0, (), (), ())

    def to_raw(self, span: Span) -> Span:
        """From the raw start of the first cleaned character to the raw end of the last one.

        An empty span becomes the empty raw span before its character (at the end of the text: after the last one).
        Raises `ValueError` for a span that is not inside the cleaned text.
        """
        if not 0 <= span.start <= span.end <= self.length:
            raise ValueError(f"{span} is not inside a cleaned text of {self.length} characters")
        if self.widths == (self.length,) and span.start < span.end:  # one run, as of most texts
            return Span(span.start + self.raws[0], span.end + self.raws[0]) if self.raws[0] else span
        if span.start < span.end:
            return Span(self._character(span.start).start, self._character(span.end - 1).end)
        if span.start < self.length:
            point = self._character(span.start).start
        else:
            point = self._character(self.length - 1).end if self.length else 0
        return Span(point, point)

    def to_clean(self, raw: Span) -> Span | None:
        """The cleaned characters that came from any character of `raw`; None if none of them was kept."""
        if raw.start >= raw.end or not self.starts:
            return None
        runs = range(len(self.starts))
        first = bisect_right(runs, raw.start, key=lambda run: self.raws[run] + self.widths[run])
        last = bisect_left(runs, raw.end, key=lambda run: self.raws[run]) - 1
        if first > last:
            return None
        start, end = self.starts[first], self._end(last)
        if end - start and self._end(first) - start == self.widths[first]:
            start += max(0, raw.start - self.raws[first])
        if end - self.starts[last] == self.widths[last]:
            end -= max(0, self.raws[last] + self.widths[last] - raw.end)
        return Span(start, end)

    def dump(self) -> tuple[tuple[int, ...], ...]:
        """The map as plain numbers, for a cache; `load` reads it back."""
        return ((self.length,), self.starts, self.raws, self.widths)

    @classmethod
    def load(cls, dumped: Sequence[Sequence[int]]) -> OffsetMap:
        """The map that `dump` wrote, from tuples or lists.  Raises `ValueError` for anything else."""
        (length,), starts, raws, widths = dumped
        if not len(starts) == len(raws) == len(widths):
            raise ValueError("an offset map has as many starts as raw starts and widths")
        return cls(length, tuple(starts), tuple(raws), tuple(widths))

    def _end(self, run: int) -> int:
        return self.starts[run + 1] if run + 1 < len(self.starts) else self.length

    def _character(self, index: int) -> Span:
        run = bisect_right(self.starts, index) - 1
        raw, width = self.raws[run], self.widths[run]
        if self._end(run) - self.starts[run] == width:
            raw += index - self.starts[run]
            width = 1
        return Span(raw, raw + width)


class Edit(NamedTuple):
    """Put `text` in the place of the characters from `start` to `end`.

    A text of the same length is mapped character by character, unless `whole` says that it is to stand for the stretch.
    """

    start: int
    end: int
    text: str = ""
    whole: bool = False


@dataclass(frozen=True, slots=True)
class MappedText:
    """A text on its way through cleaning: its characters, where they came from, and what was done to it."""

    text: str
    offsets: OffsetMap
    notes: tuple[Note, ...] = ()

    @classmethod
    def of(cls, raw: str) -> MappedText:
        """The raw text, before the first step."""
        return cls(raw, OffsetMap.identity(len(raw)))

    def edit(self, edits: Iterable[Edit], *notes: Note) -> MappedText:
        """The text after `edits`, which are in order and do not overlap, with `notes` added.

        Raises `ValueError` for edits out of order and for insertions: a cleaned character comes from somewhere.
        """
        runs = _Runs(self.offsets)
        pieces: list[str] = []
        done = 0
        for edit in edits:
            if not done <= edit.start < edit.end <= len(self.text):
                raise ValueError(f"an edit of {edit.start}–{edit.end} after {done} in {len(self.text)} characters")
            pieces += (self.text[done : edit.start], edit.text)
            runs.keep(done, edit.start)
            if len(edit.text) == edit.end - edit.start and not edit.whole:
                runs.keep(edit.start, edit.end)
            else:
                runs.stand_for(self.offsets.to_raw(Span(edit.start, edit.end)), len(edit.text))
            done = edit.end
        if not done:
            return self.noting(*notes)
        pieces.append(self.text[done:])
        runs.keep(done, len(self.text))
        return MappedText("".join(pieces), runs.map(), self.notes + notes)

    def sub(self, pattern: re.Pattern[str], text: str | Callable[[re.Match[str]], str] = "") -> MappedText:
        """The text with every match of `pattern` replaced, or left alone where `text` returns the match itself."""
        edits = []
        for match in pattern.finditer(self.text):
            new = text if isinstance(text, str) else text(match)
            if new != match.group() and match.end() > match.start():
                edits.append(Edit(match.start(), match.end(), new))
        return self.edit(edits)

    def same(self, text: str) -> MappedText:
        """The same characters written otherwise, one for one.  Raises `ValueError` for a text of another length."""
        if len(text) != len(self.text):
            raise ValueError(f"{len(text)} characters do not stand for {len(self.text)} one by one")
        return self if text == self.text else replace(self, text=text)

    def noting(self, *notes: Note) -> MappedText:
        """The same text with `notes` added."""
        return replace(self, notes=self.notes + notes) if notes else self

    def raw(self, start: int, end: int) -> Span:
        """Where in the raw text the characters from `start` to `end` came from."""
        return self.offsets.to_raw(Span(start, end))


class _Runs:
    """The runs of a new map, gathered from left to right out of an old one."""

    def __init__(self, old: OffsetMap) -> None:
        self._old = old
        self._run = 0
        self._length = 0
        self._starts: list[int] = []
        self._raws: list[int] = []
        self._widths: list[int] = []

    def keep(self, start: int, end: int) -> None:
        old = self._old
        while start < end:
            while old._end(self._run) <= start:
                self._run += 1
            stop = min(end, old._end(self._run))
            first, raw, width = old.starts[self._run], old.raws[self._run], old.widths[self._run]
            if old._end(self._run) - first == width:
                raw, width = raw + start - first, stop - start
            self._add(stop - start, raw, width)
            start = stop

    def stand_for(self, raw: Span, length: int) -> None:
        for _ in range(length):
            self._add(1, raw.start, len(raw))

    def map(self) -> OffsetMap:
        return OffsetMap(self._length, tuple(self._starts), tuple(self._raws), tuple(self._widths))

    def _add(self, length: int, raw: int, width: int) -> None:
        if self._starts and length == width:
            before = self._length - self._starts[-1]
            if before == self._widths[-1] and self._raws[-1] + before == raw:
                self._widths[-1] += width
                self._length += length
                return
        self._starts.append(self._length)
        self._raws.append(raw)
        self._widths.append(width)
        self._length += length
