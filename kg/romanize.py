"""How a Chinese name is typed on a Latin keyboard: its pinyin, whole and by initials."""

from __future__ import annotations

import re
from functools import lru_cache

_HAN = re.compile(r"[\u3400-\u9fff]")


@lru_cache(maxsize=65_536)
def typed(name: str) -> tuple[str, ...]:
    """The pinyin of a name without tones and spaces, and its initials; empty for a name without Chinese characters.

    Letters and digits of the name stay where they are: 文心一言4.0 is typed `wenxinyiyan4.0` or `wxyy4.0`.
    """
    if not _HAN.search(name):
        return ()
    from pypinyin import Style, lazy_pinyin

    whole = "".join(lazy_pinyin(name)).casefold()
    initials = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).casefold()
    return tuple(dict.fromkeys("".join(text.split()) for text in (whole, initials)))
