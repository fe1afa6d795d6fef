"""Spam and page furniture: link lists, navigation, notices, contacts, credits, disclaimers, lists of other articles.

The words are data (`furniture.yaml`); what is judged here is shape and place.  Lines are taken as wholes, sentences of
an article are never touched, and what may also be a line of an article is furniture only before the first paragraph or
after the last one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

from kg.clean.characters import HAN
from kg.clean.lines import Line, key, lines, without
from kg.clean.offsets import Edit, MappedText
from kg.model import Note

_FURNITURE = 200
"""Characters of the longest line that is matched as furniture."""
_NOTICE = 1200
"""Characters of the longest line that is matched as a notice."""
_FROM_EITHER_END = 3
"""A notice has fewer paragraphs than this before or after it: inside an article it is a sentence about rights."""
_TAIL = 800
"""How far from the end of a paragraph a notice that is glued to it may begin."""
_LAST = 3
_SPAM_TERMS = 3
_SPAM_SHARE = 0.2
_SEEN = 20_000
"""How much of a line is searched for spam."""
_OTHER = 120
"""Characters of the longest line in a list of other articles."""
_SUMMARIES = 0.34
"""The largest share of whole sentences in such a list; an article that goes on has more."""
_CUT = 0.4
"""The share of furniture in what follows the last paragraph from which on all the rest goes with it."""

_STOP = re.compile(r"[。！？；，]|[.!?] ")
_SEPARATOR = re.compile(r"\s*[|｜丨•·»›>/]\s*|\s{2,}|\t")
_BARS = re.compile(r"[|｜丨]")
_RULE = re.compile(r"[\s:|-]*-{3}[\s:|-]*")
_TAGS = re.compile(rf"[{HAN}A-Za-z0-9]{{2,10}}(?: [{HAN}A-Za-z0-9]{{2,10}}){{1,9}}")
_BOUNDARY = r"(?:(?<=[。！？”…）)\s])|(?<=[.!?] ))"


@dataclass(frozen=True, slots=True)
class _Furniture:
    """The patterns of `furniture.yaml`, each kind joined into one."""

    spam: re.Pattern[str]
    glued_head: re.Pattern[str]
    glued_tail: re.Pattern[str]
    anywhere: re.Pattern[str]
    notices: re.Pattern[str]
    edges: re.Pattern[str]
    tails: re.Pattern[str]
    ends: re.Pattern[str]
    links: frozenset[str]


@cache
def _furniture() -> _Furniture:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data = yaml.load((resources.files("kg.clean") / "furniture.yaml").read_text(encoding="utf-8"), loader)

    def joined(patterns: Iterable[str], before: str = "") -> re.Pattern[str]:
        return re.compile(before + "(?:" + "|".join(f"(?:{pattern})" for pattern in patterns) + ")", re.IGNORECASE)

    kinds = {kind: joined(data[kind]) for kind in ("glued_head", "anywhere", "notices", "edges", "tails", "ends")}
    terms = joined(re.escape(term) for term in sorted(data["spam"], key=lambda term: (-len(term), term)))
    return _Furniture(
        spam=terms,
        glued_tail=joined(data["glued_tail"], _BOUNDARY),
        links=frozenset(str(word).casefold() for word in data["links"]),
        **kinds,
    )


def glued(text: MappedText) -> MappedText:
    """The text without notices that stand on one line with its title or with the end of a paragraph."""
    known = _furniture()
    rows = lines(text.text)
    edits = []
    for row in rows[:6]:
        start = row.start
        while notice := known.glued_head.match(text.text, start, row.end):
            start = (
                notice.end() + len(text.text[notice.end() : row.end]) - len(text.text[notice.end() : row.end].lstrip())
            )
        if start > row.start:
            edits.append(Edit(row.start, start))
    prose = [row for row in rows if row.is_prose]
    for row in prose[-_LAST:]:
        begin = max(row.start + 1, row.end - _TAIL, edits[-1].end if edits else 0)
        notice = known.glued_tail.search(text.text, begin, row.end)
        if notice and row.end - notice.start() < _TAIL and notice.start() > row.start:
            edits.append(Edit(notice.start(), row.end))
    return text.edit(edits, Note("notice", "notices on a line of the article, removed", len(edits))) if edits else text


def spam(text: MappedText) -> MappedText:
    """The text without lines of adult and gambling links."""
    rows = lines(text.text)
    dropped = [number for number, row in enumerate(rows) if _is_spam(row)]
    if not dropped:
        return text
    size = sum(len(rows[number].text) for number in dropped)
    only = text.raw(rows[dropped[0]].start, rows[dropped[0]].end) if len(dropped) == 1 else None
    note = Note("spam", "characters of link spam, removed", size, only)
    return without(text, rows, dropped).noting(note)


def _is_spam(row: Line) -> bool:
    seen = row.text[:_SEEN]
    bars = len(_BARS.findall(seen))
    if row.is_row or (_STOP.search(seen) and bars < 4):
        return False
    found = _furniture().spam.findall(seen)
    share = sum(map(len, found)) / max(1, len(key(seen)))
    return len({term.casefold() for term in found}) >= _SPAM_TERMS and (share >= _SPAM_SHARE or bars >= 4)


def furniture(text: MappedText) -> MappedText:
    """The text without the lines that belong to the page and not to the article."""
    rows = lines(text.text)
    dropped = _dropped(rows)
    if not dropped:
        return text
    return without(text, rows, dropped).noting(
        Note("furniture", "lines of the page around the article, removed", len(dropped))
    )


def _dropped(rows: tuple[Line, ...]) -> set[int]:
    known = _furniture()
    notices = {number for number, row in enumerate(rows) if len(row.text) <= _NOTICE and known.notices.match(row.text)}
    dropped = {number for number, row in enumerate(rows) if _is_furniture(row) or _is_links(rows, number)}
    prose = [number for number, row in enumerate(rows) if number not in dropped | notices and row.is_prose]
    for number in notices:
        before = sum(place < number for place in prose)
        if min(before, len(prose) - before) < _FROM_EITHER_END:
            dropped.add(number)
    if not prose:
        return dropped
    for number in range(prose[0]):
        if _at_edge(rows[number], known.edges):
            dropped.add(number)
    tail = range(prose[-1] + 1, len(rows))
    dropped |= {number for number in tail if _at_edge(rows[number], known.edges) or _at_edge(rows[number], known.tails)}
    return dropped | _rest(rows, prose, dropped)


def _is_furniture(row: Line) -> bool:
    return len(row.text) <= _FURNITURE and not row.is_row and bool(_furniture().anywhere.fullmatch(row.text))


def _at_edge(row: Line, pattern: re.Pattern[str]) -> bool:
    if len(row.text) > _FURNITURE or row.is_row:
        return False
    return bool(pattern.fullmatch(row.text)) or row.text.casefold() in _furniture().links


def _is_links(rows: tuple[Line, ...], number: int) -> bool:
    """Whether a line is a list of links to the parts of a site."""
    row = rows[number]
    if len(row.text) > _FURNITURE * 5 or row.is_row or _STOP.search(row.text):
        return False
    beside = (rows[near].text for near in (number - 1, number + 1) if 0 <= near < len(rows))
    if any(_RULE.fullmatch(line) for line in beside):
        return False
    parts = [part.casefold() for part in _SEPARATOR.split(row.text) if part]
    if len(parts) < 3:
        parts = [part.casefold() for part in row.text.split()]
    known = sum(part in _furniture().links for part in parts)
    return len(parts) >= 3 and known >= 2 and known / len(parts) >= 0.5


def _rest(rows: tuple[Line, ...], prose: list[int], dropped: set[int]) -> set[int]:
    """What follows the article: from a heading such as "related news" on, or where furniture is thick, to the end."""
    sizes = [len(row.text) for row in rows]
    found: set[int] = set()
    for number in range(prose[0] + 1, len(rows)):
        if _furniture().ends.fullmatch(rows[number].words) and not rows[number].is_row:
            rest = [near for near in range(number, len(rows)) if near not in dropped]
            listed = all(sizes[near] <= _OTHER and not rows[near].is_row for near in rest)
            sentences = sum(near in prose for near in rest)
            shorter = sum(sizes[near] for near in rest) < sum(sizes[:number])
            if listed and shorter and sentences <= _SUMMARIES * len(rest):
                found = set(range(_tags(rows, prose, number), len(rows)))
                break
    gone = dropped | found
    first = next((number for number in range(prose[-1] + 1, len(rows)) if number in gone), len(rows))
    rest = list(range(first, len(rows)))
    if len(rest) >= 3 and len(gone & set(rest)) >= _CUT * len(rest) and not any(rows[near].is_row for near in rest):
        found |= set(range(_tags(rows, prose, first), len(rows)))
    return found


def _tags(rows: tuple[Line, ...], prose: list[int], first: int) -> int:
    """The first line of the rest: a line of tags between the last paragraph and `first` belongs to it."""
    before = first - 1
    if before > 0 and before not in prose and prose[-1] < before and _TAGS.fullmatch(rows[before].text):
        return before
    return first
