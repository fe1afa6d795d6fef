"""Versions that a text tells by less than their names: a number behind a name, tails in a list, a number alone."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from kg.annotate import Rules
from kg.annotate.names import SHORT_NAME
from kg.annotate.names import mention as mention_at
from kg.annotate.occurrences import occurrences
from kg.annotate.tails import EDITION, NUMBER
from kg.languages import has_han
from kg.model import Mention, Reading, Span
from kg.patterns import NameRules

_NUMBERED = 0.8
"""The least score of a name with its version."""
_LISTED = 0.85
_EDITION = re.compile(r"(?<=[A-Za-z])\s?版$")
_SENTENCE = re.compile(r"[。！？!?；;\n]")
_REACH = 160
"""Characters before a number alone in which its name stands, on the same line."""
_BARE = re.compile(r"(?:[vV]ersion\s?)?[vV]?\d+(?:\.\d+)*\s?(?:版本?)?")
_LOG_HEAD = re.compile(
    r"[#*\-\s【\[]*(?:[vV]|[Vv]ersion |版本)?\s?\d+(?:\.\d+)+[\s（(\[【:：·—-]*[\d./年月日\s-]*[)）\]】]*[ \t]*(?:\n|$)"
)
_FIRST = re.compile(r"[vV]?1(?:\.0)*")
"""The first version of a thing is the thing: 甲于2019年发布1.0版."""
_SIZE_AT_END = re.compile(r"\d+(?:\.\d+)?[BbT]$")
_MORE = re.compile(r"\s?(?:[/、,，和与及]|以及|,? and )\s?(\d+(?:\.\d+)?[BbT])(?![A-Za-z0-9-])")
SIZED = "sized"
"""Marks the versions of a name that only their sizes tell, behind it."""
_LEAST = 2
"""The fewest characters of a name that a number goes on with."""


def numbered(text: str, mentions: list[Mention], rules: Rules, tails: re.Pattern[str]) -> Iterator[Mention]:
    """Versions of Han names that no list holds, where numbers alone tell them: 知微2, in a text that has 知微."""
    stems: dict[str, Reading] = {}
    for mention in mentions:
        reading = mention.readings[0]
        known = any(r.entity or r.value for r in mention.readings)
        if not known and _versioned(mention, rules.patterns.names) and SHORT_NAME.fullmatch(mention.name):
            stems.setdefault(mention.name, reading)
    for name, places in sorted(occurrences(text, stems, going_on=True).items()):
        readings = (Reading(stems[name].type, score=max(stems[name].score, _NUMBERED)),)
        for place in places:
            if tail := tails.match(text, place.end):
                end = edition.end() if (edition := EDITION.match(text, tail.end())) else tail.end()
                yield mention_at(text, place.start, end, name + tail[0], readings, "version")


def listed(text: str, mentions: Sequence[Mention], rules: NameRules) -> Iterator[Mention]:
    """Versions that a list tells by their tails alone: 甲系统，分Ultra、Pro和Nano三个版本."""
    if not rules.versioned:
        return
    tail = rf"(?:{rules.tails.pattern})(?![A-Za-z])(?:\s?版)?"
    lists = re.compile(
        rf"{tail}(?:\s?(?:、|，|/|和|与|及|以及)\s?{tail})+(?=\s?(?:等)?[两二三四五六七八九\d]\s?[个种款](?:版本|型号|尺寸|规格))"
    )
    for found in lists.finditer(text):
        before = [m for m in mentions if m.span.end <= found.start() and _versioned(m, rules)]
        if not before or _SENTENCE.search(text, before[-1].span.end, found.start()):
            continue
        base = before[-1]
        readings = (Reading(base.readings[0].type, score=_LISTED),)
        for match in re.finditer(tail, found[0]):
            start = found.start() + match.start()
            name = f"{base.name} {_EDITION.sub('', match[0])}"
            yield Mention(Span(start, start + len(match[0])), match[0], readings, name, "list")


def sized(text: str, mentions: Sequence[Mention], rules: Rules) -> Iterator[Mention]:
    """Versions that a list tells by their sizes alone: 甲 7B / 40B / 180B."""
    for base in mentions:
        size = _SIZE_AT_END.search(base.name) if _versioned(base, rules.patterns.names) else None
        if size is None or not base.text.endswith(size[0]):
            continue
        best = base.readings[0]
        at = base.span.end
        while more := _MORE.match(text, at):
            at = more.end()
            name = base.name[: size.start()] + more[1]
            entity = rules.lexicon.lookup(name, best.type)
            reading = Reading(best.type, entity, score=max(best.score, _LISTED))
            yield Mention(Span(*more.span(1)), more[1], (reading,), name, SIZED)


def alone(text: str, mentions: Sequence[Mention], rules: Rules) -> Iterator[Mention]:
    """Versions that their number alone tells, of the name that stands last before them: 甲去年发布，今年升级到2.0版."""
    names = rules.patterns.names
    things = [m for m in mentions if _versioned(m, names)]
    ends = [m.span.end for m in things]
    for pattern in names.bare_versions:
        for found in pattern.finditer(text):
            start, end = found.span("version")[0], found.end()
            near = max(0, start - _REACH)
            line = text.rfind("\n", near, start) + 1 or near
            before = bisect_right(ends, start)
            if not before or things[before - 1].span.start < line:
                continue
            base = things[before - 1]
            stem = NUMBER.sub("", base.name)
            name = stem + ("" if has_han(stem[-1:]) else " ") + found["version"]
            if len(stem) < _LEAST or name == base.name or _FIRST.fullmatch(found["version"]):
                continue
            best = base.readings[0]
            entity = rules.lexicon.lookup(name, best.type)
            reading = Reading(best.type, entity, score=max(best.score, _NUMBERED))
            yield mention_at(text, start, end, name, [reading], "version-alone")


def heads_log(text: str, mention: Mention) -> bool:
    """Whether a name is only the number that heads what is told of a version, alone in its line but for a date."""
    line = text.rfind("\n", 0, mention.span.start) + 1
    return is_number(mention) and _LOG_HEAD.match(text, line) is not None


def is_size(mention: Mention) -> bool:
    """Whether a mention is a value, and not a name."""
    return mention.recognizer == "values"


def is_number(mention: Mention) -> bool:
    """Whether a name is no more than the number of a version."""
    return _BARE.fullmatch(mention.name) is not None


def _versioned(mention: Mention, rules: NameRules) -> bool:
    return bool(mention.name) and mention.readings[0].type in rules.versioned
