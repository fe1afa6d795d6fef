"""Stretches of text that are values and no names: dates, and what an ontology's `patterns.yaml` calls values."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg import dates, quantities
from kg.dates import When
from kg.languages import HAN
from kg.model import Mention, Reading, Span, Value
from kg.patterns import ValueRule
from kg.quantities import Quantity

DATE = "Date"
"""The type of a mention of a date: the one kind of value that every domain has."""


def date_mentions(text: str, published: When | None) -> Iterator[Mention]:
    """The dates of a whole document, resolved against its publication date."""
    for found in dates.find(text, published=published):
        value = Value(found.when.value, found.when.datatype, found.when) if found.when else None
        yield Mention(found.span, found.text, (Reading(DATE, value=value),), found.text, "dates")


def value_mentions(text: str, rule: ValueRule, kind: str | None) -> Iterator[Mention]:
    """The mentions of one kind of value; `kind` is the id prefix where the value is a member of an ordered class."""
    if rule.quantity:
        yield from _quantities(text, rule)
    for pattern in rule.patterns:
        for match in pattern.finditer(text):
            if not match[0]:
                continue
            if rule.ordered:
                word = match["number"]
                number = (rule.numbers or {}).get(word) or (rule.numbers or {}).get(word.casefold()) or int(word)
                value = Value(str(number), "integer")
                entity = f"{kind}:{number}" if kind else None
                yield _mention(match, Reading(rule.type, entity, value))
            else:
                yield _mention(match, Reading(rule.type, value=Value(match[0].strip())))


def _mention(match: re.Match[str], reading: Reading) -> Mention:
    start, end = match.span()
    text = match[0]
    start, end = start + len(text) - len(text.lstrip()), end - len(text) + len(text.rstrip())
    return Mention(Span(start, end), text.strip(), (reading,), text.strip(), "values")


def _quantities(text: str, rule: ValueRule) -> Iterator[Mention]:
    """Numbers that the words around them make values of this kind, and those in a list with one."""
    found = [(q, end) for q in quantities.find(text) if (end := ending(q, text, rule)) is not None]
    sure = [n for n, (q, _) in enumerate(found) if _told(q, text, rule)]
    kept = set(sure)
    for step in (1, -1):
        for n in sure:
            while 0 <= n + step < len(found) and n + step not in kept and _in_list(found, n, n + step, text):
                n += step
                kept.add(n)
    for n in sorted(kept):
        quantity, end = found[n]
        if quantity.value >= _SMALLEST:
            value = Value(str(quantity.value), "integer")
            start = quantity.span.start
            yield Mention(
                Span(start, end), text[start:end], (Reading(rule.type, value=value),), quantity.text, "values"
            )


def ending(found: Quantity, text: str, rule: ValueRule) -> int | None:
    """Where a number ends with its unit; None where the words beside it say that it counts something else."""
    start, end = found.span.start, found.span.end
    before = text[max(0, start - 24) : start]
    named = _NAMED.search(before) or _at(rule.not_before, before.rstrip())
    if named or (rule.not_after and rule.not_after.match(text, end)):
        return None
    unit = rule.units.match(text, end) if rule.units else None
    return unit.end() if unit else end


def _told(found: Quantity, text: str, rule: ValueRule) -> bool:
    """Whether the words beside a number make it a value of this kind."""
    start, end = found.span.start, found.span.end
    if (rule.units and rule.units.match(text, end)) or _at(rule.before, text[max(0, start - 24) : start].rstrip()):
        return True
    if found.text[-1:] == "亿" and _APPOSED.search(text, max(0, start - 6), start) and _ENDS.match(text, end):
        return not _SUM.search(text, max(0, start - 24), end + 24)
    if not _SUFFIXED.search(found.text):
        return False
    if _ENCLOSED.match(text, max(0, start - 2)) and text[end : end + 1] in ("）", ")", ","):
        return True
    if rule.after and rule.after.match(text, end):
        return True
    return found.text[-1] in "BbT" and not _LETTER.match(text, end)


def _in_list(found: list[tuple[Quantity, int]], one: int, two: int, text: str) -> bool:
    """Whether two numbers that follow one another are members of one list."""
    first, second = sorted((one, two))
    if _CONTEXT.search(found[first][0].text) or _CONTEXT.search(found[second][0].text):
        return False
    return _LISTED.fullmatch(text[found[first][1] : found[second][0].span.start]) is not None


_APPOSED = re.compile(r"[A-Za-z0-9”」』》）)](?:，\s?|,\s?|\s|[（(])$|[A-Z0-9]的$")
_ENDS = re.compile(r"\s?个?(?:[，,。；;）)、]|$)", re.MULTILINE)
_SUM = re.compile(r"[元￥$¥€]|融资|估值|营收|市值|收入|利润|投资|用户|下载|播放|日活|月活|[Tt]oken|词元|语料")
"""What a number of 亿 that is only set beside a name is not: 源1.0，2457 亿."""
_NAMED = re.compile(rf"(?![亿万千百])[{HAN}A-Za-z]-$")
"""What stands before a number that is the end of a name: 观微-7B."""
_ENCLOSED = re.compile(r"[A-Za-z0-9”」』》][（(]")
"""What stands before a size that brackets give a name: 甲-reranker（568M）."""
_SUFFIXED = re.compile(r"\d\s?(?:[BbTM]|bn)$|\d[ -]?(?:billion|trillion|million)$")
_SMALLEST = 1000
"""Numbers below this count layers, rounds or places; nobody gives so small a size."""
_CONTEXT = re.compile(r"[Kk]$")
"""What ends a number of tokens, as models have them beside their sizes: 38亿，32K."""
_LISTED = re.compile(r"\s?(?:,|，|、|/|和|及|与|到|至|and|up to|to|&)\s?(?:and )?(?:an? )?")
_LETTER = re.compile(r"[A-Za-z]")


def _at(pattern: re.Pattern[str] | None, before: str) -> bool:
    return pattern is not None and pattern.search(before) is not None


def widen_title(text: str, start: int, rule: ValueRule, mentions: list[Mention], versioned: tuple[str, ...]) -> int:
    """Where a title begins when the field that it names, or a thing that it is about, belongs to it.

    视觉领域首席科学家, 某产品负责人: the words between the organization and the title.
    """
    last = max((m.span for m in mentions if m.span.end <= start), key=lambda s: s.end, default=Span(0, 0))
    between = text[last.end : start]
    holder = next((m for m in mentions if m.span == last and m.name and m.recognizer != "values"), None)
    if holder and rule.areas and between and len(between) <= 16 and re.fullmatch(rule.areas, between):
        start, between = last.end, ""
    if holder and not between and all(r.type in versioned for r in holder.readings):
        start = last.start
    return start
