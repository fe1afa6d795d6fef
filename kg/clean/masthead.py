"""What an article says about itself: its title and its publisher."""

from __future__ import annotations

import re

from kg.clean.characters import HAN
from kg.clean.lines import key, lines

_TITLE = 80
"""Characters of the longest line that is taken for a title; English ones are twice as long."""
_SENTENCE_END = re.compile(r"[。；，：:;,、]$")
_LETTER = re.compile(r"[^\W\d_]")
_JOINT = re.compile(r"\s[-–—]\s|[_|｜丨]|\s?[-–—]{1,2}\s?(?=[^-–—]{2,12}$)")
_MARK = re.compile(r"^#{1,6}\s+")

_SOURCE = re.compile(
    rf"(?<![{HAN}])(?:稿件|文章|信息|新闻|内容|本文)?来源\s?[:：]\s?(?P<name>[^\s\d|丨：:，。；（）()【】\[\]<>]{{2,20}})"
    r"|本文(?:来自于?|来源于?|转自|转载自|首发于?)(?:[^“「《。]{0,12}公众号|[^“「《。]{0,4})[:：]?\s?[“「《](?P<quoted>[^”」》]{2,20})[”」》]"
)
_NOBODY = re.compile(
    "网络|互联网|网上|网络整理|综合|综合整理|综合报道|本站|本网|原创|未知|不详|转载|官网|公众号|微信公众号|作者|投稿|其他|整理|网友"
)
_LABEL = re.compile(r"(?:作者|编辑|责编|记者|发布|时间|日期|阅读|浏览).*$")
_AT_ENDS = 15
"""How many lines from either end may name the publisher."""
_LINE = 200


def title(text: str, stated: str | None = None) -> str | None:
    """The title that the metadata states, else the first line before the first paragraph that looks like a heading.

    Pages put their own name behind the title (`title - site`); it goes if the title stands alone in the text.
    """
    if stated:
        alone = next((row for row in lines(text)[:_AT_ENDS] if _before_joint(key(row.text), stated)), None)
        return _MARK.sub("", alone.text) if alone else stated
    for row in lines(text):
        heading = _MARK.sub("", row.text)
        if row.text.startswith("#"):
            return heading
        if row.is_prose or row.is_row:
            return None
        limit = _TITLE if not heading.isascii() else 2 * _TITLE
        if row.is_item or len(heading) > limit or _SENTENCE_END.search(heading) or not _LETTER.search(heading):
            continue
        return heading if len(key(heading)) >= 3 else None
    return None


def _before_joint(letters: str, stated: str) -> bool:
    """Whether `letters` are those of a stated title up to a dash or bar in it."""
    return len(letters) >= 4 and any(key(stated[: joint.start()]) == letters for joint in _JOINT.finditer(stated))


def publisher(text: str) -> str | None:
    """The source that a line near either end of a text names, if it names one and not just "the internet"."""
    rows = lines(text)
    for row in dict.fromkeys((*rows[:_AT_ENDS], *rows[-_AT_ENDS:])):
        match = _SOURCE.search(row.text) if len(row.text) <= _LINE else None
        if match:
            name = _LABEL.sub("", match["name"] or match["quoted"]).strip("“”\"'-_—/·")
            if len(name) >= 2 and not _NOBODY.fullmatch(name):
                return name
    return None
