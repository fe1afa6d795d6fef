"""What follows a name and belongs to it, or says what it is: versions and sizes, editions, heads."""

from __future__ import annotations

import re

from kg.languages import HAN
from kg.patterns import NameRules

_OPENING, _CLOSING = '“"‘「『《【', '”"’」』》】'
_VERSION = (
    r"(?:[vV]?\d{1,3}(?:\.\d{1,3}){1,2}[A-Za-z]?"
    r"|[vV]?\d{1,2}(?![\d.])(?!\s?(?:年|月|日|号|点|个|款|家|名|位|人|次|条|项|种|天|周|小时|分|岁|大|万|亿|千|百))"
    r"(?!\s?(?:%|％|倍|元|届|期))[a-z]?(?![A-Za-z])"
    r"|\d+(?:\.\d+)?[BbMT](?![A-Za-z])"
    r"|\d+[Kk](?![A-Za-z])"
    r"|[A-Z]\d{1,2}(?:\.\d{1,2})?(?![A-Za-z0-9])"
    r"|第?[一二三四五六七八九]代(?![表码理际言工价购办替人]))"
)
_MIDDLE = re.compile(rf"[·・][{HAN}]{{2,10}}")
_DESCRIPTION = 6
_COUNTING = r"[一二两三四五六七八九十数几多0-9][款个种类套]"
_COUNTED = re.compile(rf"系列|{_COUNTING}")
COUNT = re.compile(rf"(?<=[{HAN}]{{2}})等?{_COUNTING}$")
"""What counts the things of a list behind the last of them: 甲、乙、丙三款模型."""
_COMPOUND = 10
"""Characters between a name and its head."""
_DESCRIBING = re.compile(
    rf"(?![的了是在和与及为将被把等已也都又或对从由给让使向到有推发开上并联升宣获入出曾这那其以于])[{HAN}]"
)
"""A character of a description between a name and its head: none of those that begin or join other words."""
EDITION = re.compile(r"\s?(?:版本|系列|版)")
NUMBER = re.compile(r"[\s\-–_·]?[vV]?\d+(?:\.\d+)*$")
"""The number of a version at the end of a name."""


def tail_pattern(rules: NameRules) -> re.Pattern[str]:
    """What may follow a versioned name and make another name of it: 2.0, -7B, Turbo, -Instruct, R1."""
    return re.compile(rf"(?:(?:[^\S\n]|[\-–_·])?(?:{_VERSION}|(?:{rules.tails.pattern})(?![A-Za-z])))+")


def with_tails(
    text: str, start: int, end: int, rules: NameRules, tails: re.Pattern[str]
) -> tuple[int, int, str, str | None]:
    """A known name with its quotes, head, version and size: (start, end, name, class that the head says)."""
    quoted = start > 0 and text[start - 1] in _OPENING and text[end : end + 1] and text[end] in _CLOSING
    outer_start, outer = (start - 1, end + 1) if quoted else (start, end)
    name, typed = text[start:end], None
    if found := tails.match(text, outer):
        name, outer = name + found[0], found.end()
    outer, name = _with_middle(text, outer, name, rules)
    type_, after = described_head(text, outer, rules) if quoted else head_behind(text, outer, rules)
    if type_:
        typed, outer = type_, after
        if (more := tails.match(text, outer)) and name == text[start:end]:
            name, outer = name + more[0], more.end()
    elif not quoted and (stop := _compound(text, outer, rules, tails)):
        typed, name, outer = rules.versioned[0], text[start:stop], stop
        if more := tails.match(text, outer):
            name, outer = name + more[0], more.end()
    if outer != end and (found := EDITION.match(text, outer)):
        outer = found.end()
    return outer_start, outer, name, typed


def _compound(text: str, end: int, rules: NameRules, tails: re.Pattern[str]) -> int | None:
    """Where a name ends that goes on from a known one with a field and a head: 云帆气象系统 is not 云帆."""
    heads = [head for type_, head in rules.heads if type_ in rules.versioned[:1]]
    for stop in range(end + 1, end + _COMPOUND + 1):
        if not _DESCRIBING.match(text, stop - 1):
            return None
        field = text[end:stop]
        if _COUNTED.search(field):
            return None  # 云帆系列三款模型
        if any(field[at : at + n] in rules.stoppers for n in (2, 3, 4) for at in range(len(field) - n + 1)):
            return None
        if found := next((f for head in heads if (f := head.match(text, stop))), None):
            fielded = rules.fields.search(field) or tails.match(text, found.end())
            plain = rules.descriptors.fullmatch(field) and not fielded
            return None if plain or len(field) < 2 else found.end()
    return None


def _with_middle(text: str, end: int, name: str, rules: NameRules) -> tuple[int, str]:
    """A name and its end, with the part behind a middle dot that a head closes: 某某1.5·视觉 and then a head."""
    if text[end : end + 1] in ("·", "・"):
        for stop in range(end + 3, min(len(text), end + 12)):
            if head_behind(text, stop, rules)[0] and _MIDDLE.fullmatch(text, end, stop):
                return stop, name + text[end:stop]
    return end, name


def version_behind(
    text: str, end: int, name: str, type_: str, rules: NameRules, tails: re.Pattern[str]
) -> tuple[int, str]:
    """The end and name of a mention whose head a version follows: 甲乙系统2.0 is 甲乙2.0."""
    found = tails.match(text, end) if type_ in rules.versioned else None
    return (found.end(), name + found[0]) if found else (end, name)


def head_behind(text: str, at: int, rules: NameRules) -> tuple[str | None, int]:
    """The class that a head right here says, and where the head ends; (None, `at`) where there is none."""
    for type_, head in rules.heads:
        if found := head.match(text, at):
            return type_, found.end()
    return None, at


def described_head(text: str, at: int, rules: NameRules) -> tuple[str | None, int]:
    """The head behind a quoted name, also after a few words that say which kind: “云帆”儿科系统."""
    for place in range(at, at + _DESCRIPTION + 1):
        typed, after = head_behind(text, place, rules)
        if typed:
            return typed, after
        if not _DESCRIBING.match(text, place):
            break
    return None, at
