"""A sentence as patterns see it: each mention is one slot that says which types it may be read as.

    甲公司推出了乙丙系统。   →   ⟦O⟧推出了⟦M⟧。

A slot is `OPEN`, one letter for each type, `CLOSE`.  White space is gone between Han characters; Markdown's marks,
where a named one sits and the parentheses that give a second name are gone everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from kg import languages
from kg.languages import HAN
from kg.model import Mention, Span
from kg.patterns import CLOSE, OPEN, PRONOUN

_LIST_MARK = re.compile(r"\s*(?:[-*+•·▪◆●■]|\d{1,2}[.、)）])\s+|#{1,6}\s+|>\s+")
_WORD = re.compile(rf"[{OPEN}{PRONOUN}][^{CLOSE}]*{CLOSE}|[^\W\d_{HAN}]+|[0-9]+|\S")
_BRACKETS = {"（": 1, "(": 1, "）": -1, ")": -1}
_QUOTES = re.compile(r"(?<=[”」』》])[“「『《]")
_SUBJECT, _IS = re.compile(r"[Ii]t|[Hh]e|[Ss]he"), re.compile(r"[’']s(?= )")
"""Pronouns behind which 's is a verb."""
_SEAT = 8
"""Characters of the longest seat."""
_DROPPED = frozenset("`*\ue000\ue001\ue002\ue003")


@dataclass(frozen=True, slots=True)
class Skeleton:
    """`text` with, for each of its characters, its place in the document; `mentions` by where they stand in `text`."""

    text: str
    places: tuple[int, ...]
    mentions: Mapping[int, Mention]
    sentence: Span
    language: str

    def within(self, start: int, end: int) -> list[Mention]:
        """The mentions that begin in a stretch of the skeleton, in order."""
        return [self.mentions[at] for at in sorted(self.mentions) if start <= at < end]

    def words(self, start: int, end: int) -> list[str]:
        """The words of a stretch, or its Han characters, in small letters; a mention is the class that it is of."""
        found = []
        for match in _WORD.finditer(self.text, self._outside(start), self._outside(end)):
            mention = self.mentions.get(match.start())
            if mention is None:
                found.append(match[0].casefold())
            else:
                found.append("<pronoun>" if mention.recognizer == "pronoun" else f"<{mention.readings[0].type}>")
        return found

    def _outside(self, at: int) -> int:
        """A place, or the beginning of the slot that it lies in."""
        opened = max(self.text.rfind(OPEN, 0, at), self.text.rfind(PRONOUN, 0, at))
        return at if self.text.rfind(CLOSE, 0, at) >= opened else opened

    def listed(self, start: int, end: int) -> list[Mention]:
        """… without what a list only tells of its members: what stands in brackets, or whose part the next one is."""
        depth = accumulate(_BRACKETS.get(char, 0) for char in self.text[start:end])
        inside = {start + n for n, deep in enumerate(depth) if deep > 0}
        outer = [at for at in sorted(self.mentions) if start <= at < end and at not in inside]
        return [self.mentions[at] for at in outer if not self._owns_next(at, outer)]

    def _owns_next(self, at: int, others: Sequence[int]) -> bool:
        """Whether one of the others stands right behind a mention and is of its class: 阿里达摩院."""
        behind = self.text.index(CLOSE, at) + 1
        return behind in others and self.mentions[behind].readings[0].type == self.mentions[at].readings[0].type

    def span(self, start: int, end: int) -> Span:
        """The stretch of the document that a stretch of the skeleton stands for."""
        inside = [m.span.end for m in self.within(start, end)]
        last = self.places[end - 1] + 1 if end > start else self.places[start]
        return Span(self.places[start], max([last, *inside]))


def _seat(chars: Sequence[str]) -> int:
    """How many of the last characters only say where whoever is named next sits: 深圳."""
    found = languages.load().seat.search("".join(chars[-_SEAT:]))
    return len(found[0]) if found else 0


def _contrasts(pronoun: Mention) -> bool:
    """Whether a pronoun sets one name against another, so that nothing reaches across it."""
    words = languages.load()
    return bool(words.former.fullmatch(pronoun.text) or words.latter.fullmatch(pronoun.text))


def build(
    text: str, sentence: Span, mentions: Sequence[Mention], hidden: Sequence[Span], letters: Mapping[str, str]
) -> Skeleton:
    """The skeleton of a sentence; `hidden` are parentheses that later stages need not see."""
    chars: list[str] = []
    places: list[int] = []
    slots: dict[int, Mention] = {}
    chinese = languages.has_han(text[sentence.start : sentence.end])
    inside = {
        m.span.start: m for m in mentions if sentence.covers(m.span) and not any(h.covers(m.span) for h in hidden)
    }
    skipped = {h.start: h.end for h in hidden if sentence.covers(h)}
    at = sentence.start
    if bullet := _LIST_MARK.match(text, at, sentence.end):
        at = bullet.end()
    while at < sentence.end:
        if at in skipped:
            at = skipped[at]
        elif found := inside.get(at):
            if found.name and (seat := _seat(chars)):
                del chars[-seat:], places[-seat:]
            if chars and chars[-1] == CLOSE and _QUOTES.match(text, at):
                chars.append("、")  # 「甲」「乙」 is a list
                places.append(at)
            slots[len(chars)] = found
            mark = PRONOUN if found.recognizer == "pronoun" and not _contrasts(found) else OPEN
            code = mark + "".join(sorted({letters[r.type] for r in found.readings if r.type in letters})) + CLOSE
            chars += code
            places += [at] * len(code)
            ticker = languages.load().ticker.match(text, found.span.end, sentence.end)
            at = ticker.end() if ticker else found.span.end
            if _SUBJECT.fullmatch(found.text) and (is_ := _IS.match(text, at, sentence.end)):
                chars += " is"
                places += [at] * 3
                at = is_.end()
        else:
            char = text[at]
            if char.isspace():
                if not chinese and chars and chars[-1] != " ":
                    chars.append(" ")
                    places.append(at)
            elif char not in _DROPPED:
                chars.append(char)
                places.append(at)
            at += 1
    return Skeleton("".join(chars), tuple(places), slots, sentence, "zh" if chinese else "en")
