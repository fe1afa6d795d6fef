"""Numbers as texts write them, exactly: 1750亿, 2.4 万亿, 三百亿, 7B, 1.5 billion, 1,750.

A number that is only an order of magnitude (千亿, 百亿级, 数百亿, 十几亿) is none.  One with a word such as 约, 多 or
"about" keeps its value and is marked as approximate.  What is counted is left to the caller, who sees the word behind
the number: parameters, tokens, money, layers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kg.model import Span, Value
from kg.numerals import decimal, plain


@dataclass(frozen=True, slots=True)
class Quantity:
    """A whole number that a text states.

    `span` and `text` are the number with its own units (1750亿, 300多, 7B, 1.5 billion), `unit` the raw words behind
    it: up to six Chinese characters or a Latin word (个参数, tokens), or the sign before it for money (`$`); empty if
    there is none.  `approximate` is true for "about", "more than", "at least" and their like, for 多 and 级, and for
    the upper end of a range.
    """

    span: Span
    text: str
    value: int
    approximate: bool
    unit: str


_FIGURES = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,5}(?![0-9])(?:\.[0-9]{1,6})?|[0-9]{1,15}(?:\.[0-9]{1,9})?)"
_S = r"[ \xa0\u3000]{0,1}"

_FACTORS = {
    **dict.fromkeys(("k", "thousand"), 10**3),
    **dict.fromkeys(("m", "mn", "million"), 10**6),
    **dict.fromkeys(("b", "bn", "billion"), 10**9),
    **dict.fromkeys(("t", "tn", "trillion"), 10**12),
}

_ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_ONES += ["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORDS = {
    **{word: number for number, word in enumerate(_ONES, 1)},
    **{word: number for number, word in zip(range(20, 100, 10), _TENS, strict=True)},
    "a": 1,
    "an": 1,
    "hundred": 100,
}
_SMALL = rf"(?:(?:{'|'.join(_TENS)})(?:-(?:{'|'.join(_ONES[:9])}))?|{'|'.join(reversed(_ONES))})"
_SPELLED = rf"(?:an?|(?:an?[ ]|(?:{'|'.join(_ONES[:9])})[ ])hundred(?:[ ]and[ ]{_SMALL})?|{_SMALL})"
"""A number below a thousand in English words: a, thirteen, seventy-two, a hundred and five."""

# A size in a name stands behind a hyphen or a small letter.  Behind a capital it is another kind of count (a part of
# the whole), behind figures and x it is to be multiplied, behind v it is a version.
_IN_NAME = r"(?<![0-9.])(?<![0-9][xX×*])(?<![A-Zvx])"
_APART = r"(?<![A-Za-z0-9_.:/#-])"

_NUMBER = re.compile(
    rf"""
    {_IN_NAME}(?P<sized>{_FIGURES})(?:[ ](?=[KMBT][ ]?(?:param|token|个?参数)))?
        (?P<suffix>[KMBTkb]|(?<=-[0-9])[mt]|(?<=-[0-9]{{2}})[mt]|(?<=-[0-9]{{3}})[mt])(?![A-Za-z0-9])
  | {_APART}(?P<worded>{_FIGURES})[ -]?(?P<word>(?i:thousand|million|billion|trillion|[mbt]n))(?![A-Za-z])
  | (?<![A-Za-z0-9-])(?<!half[ ])(?P<spelled>(?i:{_SPELLED}))[ -](?P<one>(?i:million|billion|trillion))(?![A-Za-z])
  | (?<![A-Za-z0-9_.])(?P<mixed>{_FIGURES}
        (?:{_S}[多余几]?{_S}[十百千]?[万亿兆]{{1,2}}|{_S}[多余几]?[百千])
        (?:[0-9]{{1,4}}[十百千]?[万千百]){{0,3}})(?P<mixed_more>[多余]|{_S}?\+)?
  | (?<![第双〇零一二两三四五六七八九十百千万亿几数])
        (?P<chinese>[数几上]?[〇零一二两三四五六七八九十百千万亿几多余]{{2,16}})
  | {_APART}(?P<plain>{_FIGURES})(?P<plain_more>[多余]|\+)?(?![0-9])(?![-/:.～~][0-9])
    """,
    re.VERBOSE,
)

_BEFORE = re.compile(
    r"(?:约为?|大概|近|接近|超过?|超出|逾|突破|至少|不到|不足|不止|最多|至多|左右"
    r"|\b(?i:about|around|nearly|almost|over|more than|less than|fewer than|approximately|roughly|at least|up to|under)"
    r"|[~～≈<>≥≤])\s?$"
)
_AFTER = re.compile(r"\s?(?:级|以上|以下|左右|上下|有余|or (?:more|so)\b|plus\b)")
_RANGE = re.compile(r"(?:^|[^A-Za-z0-9.\-_ ])[0-9]{1,4}(?:\.[0-9]{1,2})?(?:[-–—~～至到]|[ ]to[ ])$")
_MONEY = re.compile(r"(?:US)?[$¥€£]\s?$")
_UNIT = re.compile(
    r"[ \xa0\u3000]{0,2}-?(?P<unit>%|[\u4e00-\u9fff]{0,2}[A-Za-z]{1,14}(?![A-Za-z0-9])|[\u4e00-\u9fff]{1,6})"
)
_LOOK_BACK = 16


def find(text: str) -> tuple[Quantity, ...]:
    """The whole numbers of a text, in order; none for versions (3.5), dates in figures, and orders of magnitude."""
    return tuple(_found(plain(text), text))


def parse(text: str) -> int | float | None:
    """The exact number that the whole of `text` writes, an `int` where it is whole.

    None for words that are no number, for orders of magnitude, and for approximate numbers (300多, 约10亿).
    """
    words = plain(text).strip()
    match = _NUMBER.fullmatch(words)
    value = decimal(words) if match is None or match["chinese"] else _value(match)
    if value is None or (match is not None and _inexact(match)):
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _found(words: str, text: str) -> Iterator[Quantity]:
    for match in _NUMBER.finditer(words):
        value = _value(match)
        if value is None or value != value.to_integral_value() or ("." in (match["plain"] or "")):
            continue
        start, end = match.span()
        before = words[max(0, start - _LOOK_BACK) : start]
        approximate = bool(
            _inexact(match) or _BEFORE.search(before) or _RANGE.search(before) or _AFTER.match(words, end)
        )
        unit = _UNIT.match(words, end)
        money = _MONEY.search(before)
        named = money[0].strip() if money else text[slice(*unit.span("unit"))] if unit else ""
        yield Quantity(Span(start, end), text[start:end], int(value), approximate, named)


def _value(match: re.Match[str]) -> Decimal | None:
    """The number of a match, None where it is no more than an order of magnitude."""
    if factor := match["suffix"] or match["word"]:
        figures = decimal(match["sized"] or match["worded"])
        return None if figures is None else figures * _FACTORS[factor.lower()]
    if match["one"]:
        return Decimal(_spelled(match["spelled"].lower()) * _FACTORS[match["one"].lower()])
    if words := match["mixed"]:
        return decimal(re.sub("[多余]", "", words))
    if words := match["chinese"]:
        if not re.search("[十百千万亿]", words):
            return None
        return decimal(re.sub("[多余]", "", words))
    figures_only: str = match["plain"]
    if figures_only[0] == "0" and len(figures_only.split(".")[0]) > 1:
        return None
    return decimal(figures_only)


def _spelled(words: str) -> int:
    """The number below a thousand that English words tell."""
    total = 0
    for word in re.findall(r"[a-z]+", words):
        if word == "hundred":
            total = max(1, total) * 100
        elif word != "and":
            total += _WORDS[word]
    return total


def _inexact(match: re.Match[str]) -> bool:
    """Whether the words of the number itself say that it is not exact (300多, 三百余亿)."""
    return any(c in match[0] for c in "多余+")


def short(value: Value | None) -> str:
    """A large whole number as names write it: 7B, 1.8B, 175B, 1.5T; the number itself where no such form is exact."""
    number = Decimal(value.lexical) if value else Decimal(0)
    for letter, unit in (("T", 10**12), ("B", 10**9), ("M", 10**6)):
        if number >= unit:
            return f"{(number / unit).normalize():f}{letter}"
    return f"{number:f}"
