"""Names that no list holds, told by where they stand: as the heading of a list's chapter, before what only makers do,
at the beginning of a sentence that says what they are."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from kg.annotate import Rules
from kg.annotate.names import names_something
from kg.annotate.occurrences import occurrences
from kg.languages import HAN
from kg.model import Mention, Reading, Span

_KINDRED = 0.8
"""The score of the class that a name has from its family."""
_BLANKS, _STOPS = r"[ \t\u3000]", "\\n。！？；，,：:“”「」《》【】（）()"
RATED = r"(?:[\u4e00-\u9fff]{2,6}[:： ]?\s?)?(?:\d{1,3}(?:\.\d)?(?:\s?[分/%][^\n]{0,4})?|[★☆⭐]{1,10})"
"""What a review writes behind a name: 综合 8.6, 9.1分, ★★★★."""
NUMBERED = re.compile(
    rf"(?m)^{_BLANKS}{{0,8}}(?:#{{1,6}}\s|[▍■◆●▶►]{_BLANKS}?)?(?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}})(?:[.、．)）:：]{_BLANKS}*|{_BLANKS}+)[“「《【]?"
    rf"(?P<name>[^{_STOPS}\d][^{_STOPS}]{{1,20}}?)[”」》】]?(?:[（(][^\n（()）]{{1,24}}[）)])?"
    rf"(?:{_BLANKS}+{RATED})?{_BLANKS}*(?:\n|$)"
)
"""A line that numbers what the lines below it are about: 04 云帆."""
_TITLES, _ENTITLED = 3, 0.66
"""So many numbered lines make a list of things that they name; the score of such a name."""
_VERSION_ALONE = re.compile(
    rf"(?m)^{_BLANKS}*+[-*+•·▪◆●■▸►]{_BLANKS}*+[“「《]?"
    rf"(?P<name>(?P<stem>[{HAN}]{{1,6}})[ -]?[vV]?\d+\.\d+)[”」》]?{_BLANKS}*+$"
)
_ORDINAL = re.compile("第|版本|版$|图|表|公式|附|章|节|更新|修复")
_DOER = re.compile(
    rf"(?<![{HAN}A-Za-z0-9])([{HAN}]{{2,4}}?)(?=[近日今昨刚此随曾也还则就已又正宣率重全联在于发推上开自研])"
)
_LABEL = re.compile(
    r"(?m)^[-*•·▪◆●■▸► \t]*+"
    r"(?P<name>(?!最新|动态|消息|亮点|背景|功能|要点|事件|快讯|进展|今[日天年]|昨[日天]|更新|新增|官方|产品|公司)"
    rf"[{HAN}]{{2,5}})[：:]\s?(?=[{HAN}\d])"
)
_CLAUSE = re.compile(r"[^，,。；;！？!?\n]{0,48}")
_NAMED_AGAIN, _DOES = 2, 0.72
_BEGINNING = re.compile(
    rf"(?:^|(?<=[\n。！？]))[“「]?(?P<name>[{HAN}]{{2,5}}?)(?=是|[（(][^（()）\n]{{1,40}}[)）]是)", re.MULTILINE
)
_DEFINED = 0.82
"""The score of a name that a sentence defines."""


def entitled(text: str, mentions: list[Mention], rules: Rules) -> Iterator[Mention]:
    """The names of things that a list has chapters on, each behind its number, where the text names them again; and
    Han names that a version follows, alone in an item of a list."""
    names = rules.patterns.names
    for match in _VERSION_ALONE.finditer(text):
        stem = match["stem"]
        if names_something(stem, names) and stem not in names.common and not _ORDINAL.match(stem):
            readings = tuple(Reading(t, score=_KINDRED - 0.05 * n) for n, t in enumerate(names.versioned))
            yield Mention(Span(*match.span("name")), match["name"], readings, match["name"], "entitled")
    titles = [m for m in NUMBERED.finditer(text) if len(m["name"].strip()) > 1]
    if len(titles) < _TITLES:
        return
    taken = {at for m in mentions for at in range(m.span.start, m.span.end)}
    free = {m["name"].strip() for m in titles if taken.isdisjoint(range(*m.span("name")))}
    readings = tuple(Reading(t, score=_ENTITLED - 0.01 * n) for n, t in enumerate(names.versioned))
    for name, places in occurrences(text, free).items():
        if len(places) >= _NAMED_AGAIN and name not in names.common and not names.descriptors.fullmatch(name):
            for place in places:
                yield Mention(place, name, readings, name, "entitled")


def actors(text: str, mentions: list[Mention], rules: Rules) -> Iterator[Mention]:
    """Names that no list holds of those who make things: right before what only they do, and named again elsewhere.

    云帆发布了…: what it did is told of a thing of a versioned class.
    """
    names = rules.patterns.names
    if names.holder is None:
        return
    things = [m.span.start for m in mentions if m.name and m.readings[0].type in names.versioned]
    found: set[str] = set()
    for label in _LABEL.finditer(text):
        name = label["name"]
        if name in names.common or not names_something(name, names) or not names.deeds.match(text, label.end()):
            continue
        told = _CLAUSE.match(text, label.end())
        if told and bisect_left(things, told.start()) < bisect_left(things, told.end()):
            yield Mention(Span(*label.span("name")), name, (Reading(names.holder, score=_DOES),), name, "actor")
    for match in _DOER.finditer(text):
        name = match[1]
        if name in found:
            continue
        deed = names.deeds.match(text, match.end())
        if deed is None or name in names.common or names.descriptors.fullmatch(name) or text.count(name) < _NAMED_AGAIN:
            continue
        generic = any(p.fullmatch(name) for part in (names.suffixes, names.weak_suffixes) for _, p in part)
        if generic or any(name.startswith(w) or name.endswith(w) for w in names.stoppers if w):
            continue
        told = _CLAUSE.match(text, deed.end())
        if told and bisect_left(things, deed.end()) < bisect_left(things, told.end()):
            found.add(name)
            for again in re.finditer(re.escape(name), text):
                yield Mention(Span(*again.span()), name, (Reading(names.holder, score=_DOES),), name, "actor")


def defined(text: str, rules: Rules) -> Iterator[Mention]:
    """Names that no list holds, at the beginning of a sentence that says what they are, wherever the text has them:
    云帆是甲公司推出的写作工具."""
    names = rules.patterns.names
    found: dict[str, str] = {}
    for match in _BEGINNING.finditer(text):
        name = match["name"]
        type_ = next((t for t, words in names.defined if words.match(text, match.end())), None)
        if type_ is None or name in found or name in names.common or names.descriptors.fullmatch(name):
            continue
        if any(name.startswith(w) for w in names.stoppers if w) or any(
            p.pattern.match(text, match.start("name")) for p in rules.patterns.pronouns
        ):
            continue
        found[name] = type_
    for name, places in occurrences(text, found, going_on=True).items():
        for place in places:
            yield Mention(place, name, (Reading(found[name], score=_DEFINED),), name, "defined")


def called(text: str, rules: Rules) -> Iterator[Mention]:
    """Han names that the text gives, wherever it has them: 还有一款写作工具，名叫云帆."""
    names = rules.patterns.names
    found: dict[str, str] = {}
    for type_, words in names.called:
        for match in words.finditer(text):
            name = match["name"]
            if name not in found and name not in names.common and names_something(name, names):
                found[name] = type_
    for name, places in occurrences(text, found, going_on=True).items():
        for place in places:
            yield Mention(place, name, (Reading(found[name], score=_DEFINED),), name, "called")
