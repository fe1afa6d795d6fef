"""Names in enumerations: what stands in a list between names of one class is a name of that class.

包括甲广告、甲文档、乙搜索: where at least two items of a list are names of a class from end to end, the other items
that look like names are taken for such names too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kg.languages import HAN
from kg.model import Mention, Reading, Span
from kg.patterns import NameRules

if TYPE_CHECKING:
    from kg.annotate.ordinary import Ordinary

_LIST = re.compile(r"[^、\n。；;：:，,！？!?（）()]{1,24}(?:、[^、\n。；;：:，,！？!?（）()]{1,24}){2,}")
_ITEM = re.compile(rf"^[“\"「《]?[{HAN}A-Za-z0-9][{HAN}A-Za-z0-9 .·\-+/]{{1,13}}[”\"」》]?$")
_ORDINARY = re.compile(r"[的了是在和不这那其很也都个们]|[一二两三四五六七八九十几多]+[个种款项家大]")
_QUOTES = '“”"「」《》'
_ITEMS_LEAST, _LONGEST = 2, 14
"""Characters of an item."""
_SHARE = 0.4
"""Of the items, how many must be known names for the others to be taken for such: less than that is a list of
things."""
_SCORE = 0.72
_GATHERED = re.compile(r"[^、\n。；;：:，,！？!?（）()]{1,24}(?:、[^、\n。；;：:，,！？!?（）()]{1,24})+")
_LEAD = re.compile(r"^.*(?:包括|包含|涵盖|覆盖|例如|比如|如|了|是|有|为|将|把|让|使|的|过|和|与|及)")
"""What stands before the first name of a list."""
_AND = re.compile("以及|[和与及]")
_LEAST = 2
"""Of the items of a list that says what they are, how many must be names by themselves."""


def gathered_names(
    text: str, mentions: Sequence[Mention], rules: NameRules, ordinary: Ordinary | None
) -> Iterator[Mention]:
    """Names of a list whose end says what its items are, where enough of them are known or begin as no word does."""
    exact = {m.span: m for m in mentions}
    for found in _GATHERED.finditer(text):
        *items, last = _split(text, _items(found[0], found.start()))
        ends = [
            (type_, end.start())
            for type_, pattern in rules.gathered
            for end in pattern.finditer(text, last.start + _ITEMS_LEAST, found.end())
        ]
        type_, end = min(ends, key=lambda e: e[1], default=("", 0))
        if not type_ or end - last.start > _LONGEST:
            continue
        lead = _LEAD.match(text, items[0].start, items[0].end)
        first = Span(lead.end() if lead else items[0].start, items[0].end)
        names = [s for s in (first, *items[1:], Span(last.start, end)) if _like_a_name(text, s, rules)]
        sure = [s for s in names if s in exact or _begins_strange(text, s, ordinary)]
        if len(sure) < _LEAST or len(sure) < _SHARE * (len(items) + 1):
            continue
        for span in names:
            inside = [m for m in mentions if m.span.overlaps(span)]
            told = span in exact and (exact[span].readings[0].entity or exact[span].readings[0].type == type_)
            if not told and all(span.covers(m.span) and not _is_value(m) for m in inside):
                words = text[span.start : span.end]
                yield Mention(span, words, (Reading(type_, score=_SCORE),), words.strip(_QUOTES), "list")


def _split(text: str, items: list[Span]) -> list[Span]:
    """The items of a list, whose last one may be two: 甲、乙和丙."""
    joined = _AND.search(text, items[-1].start + _ITEMS_LEAST, items[-1].end)
    if joined is None:
        return items
    return [*items[:-1], Span(items[-1].start, joined.start()), Span(joined.end(), items[-1].end)]


def _like_a_name(text: str, span: Span, rules: NameRules) -> bool:
    words = text[span.start : span.end]
    return bool(_ITEM.match(words)) and not _ORDINARY.search(words) and not rules.descriptors.fullmatch(words)


def _begins_strange(text: str, span: Span, ordinary: Ordinary | None) -> bool:
    """Whether no ordinary text has the first two characters of an item side by side."""
    first = text[span.start : span.end].strip(_QUOTES)[:2]
    return ordinary is not None and re.fullmatch(f"[{HAN}]{{2}}", first) is not None and ordinary.strange(first)[0]


def _is_value(mention: Mention) -> bool:
    return mention.recognizer in ("dates", "values", "pronoun")


def listed_names(text: str, mentions: Sequence[Mention], rules: NameRules, classes: Sequence[str]) -> Iterator[Mention]:
    """Names that only their list marks."""
    for found in _LIST.finditer(text):
        items = _items(found[0], found.start())
        exact = {m.span: m for m in mentions}
        known = Counter(m.readings[0].type for span in items[:-1] if (m := exact.get(span)))
        last = next((m for m in mentions if m.span.start == items[-1].start), None)
        if last:
            known[last.readings[0].type] += 1
        first = next((m for m in mentions if m.span.end == items[0].end), None)
        if first and first.span != items[0]:
            known[first.readings[0].type] += 1
        types = [t for t, n in sorted(known.items(), key=lambda i: (-i[1], i[0])) if t in classes and n >= 2]
        if not types or known[types[0]] < _SHARE * len(items):
            continue
        for span in items[1:-1]:
            words = text[span.start : span.end]
            inside = [m for m in mentions if m.span.overlaps(span)]
            if span in exact or not _like_a_name(text, span, rules):
                continue
            if all(span.covers(m.span) and not _is_value(m) for m in inside):
                yield Mention(span, words, (Reading(types[0], score=_SCORE),), words.strip(_QUOTES), "list")


def _items(words: str, start: int) -> list[Span]:
    spans, at = [], start
    for item in words.split("、"):
        lead = len(item) - len(item.lstrip())
        spans.append(Span(at + lead, at + len(item.rstrip())))
        at += len(item) + 1
    return spans


_HEADED = re.compile(
    rf"(?m)^[ \t]*(?:\d{{1,2}}[.、)）]|[-*•·])[ \t]*(?P<name>[{HAN}][{HAN}A-Za-z0-9.\-]{{1,7}})"
    r"[ \t]?[（(](?P<house>[^（()）\n]{2,30})[）)]"
)
"""An item of a list that begins with a name and a house in brackets: 1. 甲乙（丙科技）：……"""


def headed_names(text: str, mentions: Sequence[Mention], rules: NameRules) -> Iterator[Mention]:
    """Names that items of a list begin with, where the brackets behind each hold a house: what it makes."""
    houses = {m.span.start: m for m in mentions if m.readings[0].type == rules.holder}
    taken = bytearray(len(text))
    for mention in mentions:
        taken[mention.span.start : mention.span.end] = b"\1" * len(mention.span)
    for found in _HEADED.finditer(text):
        name, start, end = found["name"], *found.span("name")
        house = houses.get(found.start("house"))
        if house is None or any(taken[start:end]) or _ORDINARY.search(name) or rules.descriptors.fullmatch(name):
            continue
        readings = tuple(Reading(type_, score=_SCORE - 0.01 * n) for n, type_ in enumerate(rules.versioned))
        if readings and name not in rules.common:
            yield Mention(Span(start, end), name, readings, name, "list")
