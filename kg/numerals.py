"""Numbers written in Chinese or in mixed figures, read exactly: 一千七百五十亿, 2.4万亿, 3亿5千万, 二〇二四.

The value is a `Decimal`, so that nothing is lost on the way.  Words that name no number (数百亿, 十几亿, 三四百) and
bare orders of magnitude (千亿, 百万) are none.
"""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = {
    "〇": 0,
    "零": 0,
    "○": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
"""The Chinese digits and what they are worth."""

_SMALL = {"十": 10, "百": 100, "千": 1000}
_BIG = {"万": 10**4, "亿": 10**8, "兆": 10**12}

_TOKEN = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?|[〇零○一二两三四五六七八九]|[十百千]|[万亿兆]")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")
_BROKEN = re.compile(r"[0-9]\s+[0-9]")
_POSITIONAL = re.compile(r"[〇零○一二三四五六七八九]{2,}")

_FORMS = {chr(0xFF10 + n): chr(0x30 + n) for n in range(10)}
_FORMS |= {chr(0xFF21 + n): chr(0x41 + n) for n in range(26)}
_FORMS |= {chr(0xFF41 + n): chr(0x61 + n) for n in range(26)}
_FORMS |= {"．": ".", "／": "/", "－": "-", "％": "%", "＄": "$", "￥": "¥"}
_FORMS |= dict(zip("後個週號這當間來兩歲裡萬億幾數餘", "后个周号这当间来两岁里万亿几数余", strict=True))
_WIDTH = str.maketrans(_FORMS)


def plain(text: str) -> str:
    """`text` with full-width figures and letters made narrow and the traditional forms of number and time words made
    simplified, character for character: offsets stay as they are."""
    return text.translate(_WIDTH)


def decimal(text: str) -> Decimal | None:
    """The number that the whole of `text` writes, or None where it writes none.

    Reads plain figures (`1,750`, `0.6`), Chinese numerals (`三百亿`, `十二`), figures with units (`1.17亿`, `1万1千`)
    and digits one by one (`二〇二四`).  White space between a figure and its unit is allowed.
    """
    if _BROKEN.search(text):
        return None
    text = "".join(text.split())
    if _GROUPED.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if _POSITIONAL.fullmatch(text):
        # 三四 and 七八 are "three or four" and "seven or eight", no numbers
        return Decimal("".join(str(DIGITS[c]) for c in text)) if len(text) > 2 or text[0] in "〇零○" else None
    tokens = _TOKEN.findall(text)
    if not tokens or "".join(tokens) != text:
        return None
    return _evaluate(tokens)


def integer(text: str) -> int | None:
    """`decimal(text)` where it is a whole number, else None."""
    value = decimal(text)
    return int(value) if value is not None and value == value.to_integral_value() else None


def _evaluate(tokens: list[str]) -> Decimal | None:
    """Adds up figures and units, largest unit first; None where the tokens are in no such order.

    `total` holds what 亿 and 兆 have closed, `low` the 万 before the next of them (2万3千亿 is 23,000 亿), `section`
    the thousands, hundreds and tens before the next 万.
    """
    total, low, section = Decimal(0), Decimal(0), Decimal(0)
    figure: Decimal | None = None
    unit, zero = 1, False
    small, big = 10**4, 10**13  # the next small and the next big unit must be smaller than these
    for token in tokens:
        if token in _SMALL:
            if figure is None and (token != "十" or total or low or section):
                return None  # 百 and 千 alone are an order of magnitude
            if small <= _SMALL[token]:
                return None
            section += (1 if figure is None else figure) * _SMALL[token]
            small = unit = _SMALL[token]
            figure, zero = None, False
        elif token in _BIG:
            part = section + (figure or 0)
            unit = _BIG[token]
            if token == "万":
                if part == 0 or low or big <= unit:
                    return None
                low = part * unit
            else:
                if part + low == 0 or big <= unit:
                    return None
                total += (part + low) * unit
                low, big = Decimal(0), unit
            section, figure, zero, small = Decimal(0), None, False, 10**4
        elif token in DIGITS and DIGITS[token] == 0:
            if figure is not None:
                return None
            zero = True
        else:
            if figure is not None:
                return None
            figure = Decimal(DIGITS[token]) if token in DIGITS else _figures(token)
            if figure is None or (figure % 1 and (section or low or total)):
                return None
    if figure is not None and unit >= 100 and not zero and tokens[-1] in DIGITS:
        figure = figure * unit / 10  # 一百五 is 150, 三万五 is 35,000
    return total + low + section + (figure or 0)


def _figures(token: str) -> Decimal | None:
    return Decimal(token.replace(",", "")) if _GROUPED.fullmatch(token) else None
