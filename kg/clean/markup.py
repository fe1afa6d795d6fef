"""Crumbs of markup in a text: entities, tags whole and torn, code ticks, emphasis, links.

Only the tags of ordinary pages are taken away, by name: `<think>` in a text about software is a word of the text.
What shapes a Markdown text stays (headings, list markers, tables): later stages read it.
"""

from __future__ import annotations

import re
from html.entities import html5

from kg.clean.offsets import Edit, MappedText
from kg.model import Note

_INLINE = (
    "span|strong|em|b|i|u|s|a|font|img|sup|sub|small|mark|label|section|article|figure|figcaption|input|button|iframe"
)
_BLOCK = "p|br|div|li|ul|ol|dl|dt|dd|h[1-6]|table|thead|tbody|tr|td|th|blockquote|hr|pre|center|header|footer|nav"

_TAG = re.compile(rf"</?(?:(?P<inline>{_INLINE})|(?P<block>{_BLOCK}))(?:\s[^<>\n]{{0,400}})?\s?/?>", re.IGNORECASE)
_TORN = re.compile(rf"(?<![A-Za-z0-9_<.:/-])/(?:{_INLINE}|{_BLOCK})>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--[^<>]{0,2000}-->|<!\[CDATA\[|\]\]>|<!doctype[^<>\n]{0,200}>", re.IGNORECASE)
_AMPERSANDS = re.compile(r"&(?:amp;)+")
_ENTITY = re.compile(
    r"&(?:#(?P<decimal>[0-9]{1,7})|#[xX](?P<hexadecimal>[0-9a-fA-F]{1,6})|(?P<name>[A-Za-z][A-Za-z0-9]{1,30}));"
)

_IMAGE = re.compile(r"!\[[^\[\]\n]{0,300}\]\([^()\s]{1,500}\)")
_LINK = re.compile(r"\[(?P<words>[^\[\]\n]{1,300})\]\((?P<target>(?:https?://|/|\./|#)[^()\s]{0,500})\)")
_FENCE = re.compile(r"^ {0,3}```[^`\n]{0,300}$", re.MULTILINE)
_TICKS = re.compile(r"`+")
_STRONG = re.compile(r"\*\*(?=[^\s*])(?P<words>[^*\n]{1,300})(?<=[^\s*])\*\*")


def markup(text: MappedText) -> MappedText:
    """The text without entities, tags and the marks of Markdown that stand inside sentences."""
    count = 0
    for pattern, replacement in _CRUMBS:
        edits = [
            Edit(match.start(), match.end(), new, whole=True)
            for match in pattern.finditer(text.text)
            if (new := replacement(match)) is not None
        ]
        count += len(edits)
        text = text.edit(edits)
    if count:
        text = text.noting(Note("markup", "tags and entities, removed or decoded", count))
    return _plain(text)


def _plain(text: MappedText) -> MappedText:
    if "](" in text.text:
        text = text.sub(_IMAGE)
        text = text.edit(_around(_LINK, text.text))
    if "`" in text.text:
        text = text.sub(_FENCE).sub(_TICKS)
    return text.edit(_around(_STRONG, text.text)) if "**" in text.text else text


def _around(pattern: re.Pattern[str], text: str) -> list[Edit]:
    """Takes away what stands before and after the words of each match."""
    edits = []
    for match in pattern.finditer(text):
        edits += [Edit(match.start(), match.start("words")), Edit(match.end("words"), match.end())]
    return edits


def _nothing(match: re.Match[str]) -> str:
    return ""


def _ampersand(match: re.Match[str]) -> str:
    return "&"


def _tag(match: re.Match[str]) -> str:
    if match["inline"]:
        return ""
    line = match.string.rfind("\n", 0, match.start()) + 1
    # a line break inside a table row would end the row
    return " " if match.string.startswith("|", line) else "\n"


def _character(match: re.Match[str]) -> str | None:
    """The character of an entity; nothing for one that must not be in a text; None where it is no entity."""
    if match["name"]:
        return html5.get(match["name"] + ";")
    point = int(match["decimal"]) if match["decimal"] else int(match["hexadecimal"], 16)
    return chr(point) if 0x20 <= point <= 0x10FFFF and not 0x7F <= point < 0xA0 else ""


# in this order: an ampersand that was escaped again and again is one, so that what it escapes is seen at once
_CRUMBS = (
    (_COMMENT, _nothing),
    (_TAG, _tag),
    (_TORN, _nothing),
    (_AMPERSANDS, _ampersand),
    (_ENTITY, _character),
)
