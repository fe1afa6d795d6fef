"""Quoted and Han names that no list holds, found by the marks that `patterns.yaml` describes: heads, suffixes,
quotes, roles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kg import languages
from kg.annotate.tails import COUNT, EDITION, described_head, head_behind, version_behind
from kg.languages import HAN
from kg.model import Mention, Reading, Span
from kg.patterns import NameRules

_QUOTED = re.compile(r"[“「『《\"](?P<name>[^”」』》\"“「『《\n，。；：！？、,;:!?]{1,20})[”」』》\"]")
UNCAPPED = re.compile(r"[a-z]+(?:[-'’/][a-z]+)*$")
"""A word in small letters, which is hardly a name."""
_DOES = re.compile(r"(?:会|能|可以?|不会|不能|为|让|把|给|从)[^A-Za-z0-9]{4,}")
"""How a slogan begins."""
_RUN = re.compile(rf"[{HAN}A-Za-z0-9·\-.]")
_MARKED = 0.8
"""The score of a name with a suffix that is hardly ever anything else."""
_DOTS = ("·", "・")
LEGAL = "legal form"
"""The recognizer of names with a legal form: 甲乙有限公司."""
_APPOSED = re.compile(r" ?[A-Z][A-Za-z]|[A-Za-z]{2}|[“「《]")


def mention(text: str, start: int, end: int, name: str, readings: Iterable[Reading], recognizer: str) -> Mention:
    """The mention at a stretch of a text."""
    return Mention(Span(start, end), text[start:end], tuple(readings), name, recognizer)


def quoted_names(text: str, rules: NameRules, tails: re.Pattern[str]) -> Iterator[Mention]:
    """Names in quotation marks: surely with a head or naming word beside them, perhaps without."""
    for match in _QUOTED.finditer(text):
        name = match["name"].strip()
        if not re.search(f"[{HAN}A-Za-z]", name) or len(name) > 20 or not _more_than_described(name, rules):
            continue
        start, end = match.span()
        before = text[max(0, start - 12) : start]
        led = next((type_ for type_, leading in rules.leading if leading.search(before)), None)
        if _DOES.match(name) or (UNCAPPED.fullmatch(name) and not (led and before[-1:] == " ")):
            continue  # “会写诗也会写信”, a "thinking" model
        typed, after = described_head(text, end, rules)
        if typed:
            after, name = version_behind(text, after, name, typed, rules, tails)
            yield mention(text, start, after, name, [Reading(typed, score=0.9)], "quoted-head")
            continue
        if rules.versioned and (version := tails.match(text, end)):
            yield mention(text, start, version.end(), name + version[0], versioned(rules, 0.8), "quoted-version")
            continue
        if rules.not_leading.search(before) or rules.not_heads.match(text, end):
            continue
        if led:
            yield mention(text, start, end, name, [Reading(led, score=0.86)], "quoted-led")
        elif rules.versioned and rules.naming.search(before):
            yield mention(text, start, end, name, versioned(rules, 0.72), "quoted-named")
        elif (
            rules.versioned
            and _width(name) <= 11
            and not re.search("[的了是在和不有吗呢会越都就我你他们这那吧啊]", name)
            and not name.isdigit()
        ):
            yield mention(text, start, end, name, versioned(rules, 0.61), "quoted")


def _width(name: str) -> float:
    """How long a name is to a reader: a Latin letter is half a Han character."""
    return sum(1.0 if languages.has_han(char) else 0.5 for char in name)


def _more_than_described(name: str, rules: NameRules) -> bool:
    """Whether a name is more than describing words and a head: not 通用系统."""
    bare = name
    for _, head in rules.heads:
        if (found := head.search(name)) and found.end() == len(name):
            bare = name[: found.start()]
            break
    return bool(bare) and rules.descriptors.fullmatch(bare) is None


def versioned(rules: NameRules, score: float) -> list[Reading]:
    """A reading for each class whose things have versions, the first at a score."""
    return [Reading(type_, score=score - 0.01 * i) for i, type_ in enumerate(rules.versioned)]


def han_names(text: str, rules: NameRules, tails: re.Pattern[str], others: Sequence[Mention]) -> Iterator[Mention]:
    """Han names before a head (甲乙系统) or with a suffix (甲乙科技)."""
    taken = [m.span for m in others]
    starts = {m.span.start for m in others if m.recognizer not in ("dates", "values")}
    for type_, head in rules.heads:
        for match in head.finditer(text):
            apposed = _APPOSED.match(text, match.end()) and not rules.tails.match(text, match.end() + 1)
            if apposed or match.end() in starts:
                continue  # 分布式数据库OceanBase: the head belongs to the name behind it
            if spaced := _SPACED.match(text, match.end()):
                name = spaced["name"]
                if names_something(name, rules) and name not in rules.common and not rules.not_heads.match(name):
                    yield mention(text, *spaced.span("name"), name, [Reading(type_, score=0.76)], "head")
                continue
            at = match.start()
            if text[at - 1 : at] in _DOTS:  # 甲·音乐模型: what kind it is belongs to its name
                bare = max(k for k in range(at, match.end()) if k == at or head.fullmatch(text, k, match.end()))
                at = bare if _leftwards(text, bare, rules, taken) < at - 1 else at
            start = _leftwards(text, at, rules, taken)
            name = COUNT.sub("", text[start:at])
            if text[start - 1 : start].isdigit() and name.startswith(_UNITS):
                continue  # 70亿参数模型
            owner = next((s for s in taken if s.end == start), None)
            if owner and rules.fields.fullmatch(name) and type_ in rules.versioned[:1]:
                whole = text[owner.start : match.end()]  # 甲公司医疗系统: whose it is belongs to its name
                end, whole = version_behind(text, match.end(), whole, type_, rules, tails)
                yield mention(text, start, end, whole, [Reading(type_, score=0.78)], "head")
            elif names_something(name, rules):
                behind = match.end() if any(map(str.isalnum, match[0])) else at
                end, name = version_behind(text, behind, name, type_, rules, tails)
                yield mention(text, start, end, name, [Reading(type_, score=0.78)], "head")
    for score, suffixes in ((_MARKED, rules.suffixes), (0.56, rules.weak_suffixes)):
        for type_, suffix in suffixes:
            for match in suffix.finditer(text):
                if score < _MARKED and (_APPOSED.match(text, match.end()) or head_behind(text, match.end(), rules)[0]):
                    continue  # 审查软件“云帆”, 健康系统: only what another name is
                if rules.not_heads.match(text, match.end()):
                    continue  # 国际人工智能论坛
                start = _faculty(text, _leftwards(text, match.start(), rules, taken), taken)
                name = text[start : match.end()]
                if start < match.start() and names_something(text[start : match.start()], rules):
                    yield _suffixed(text, start, match.end(), Reading(type_, score=score), rules)


def version_of_another(text: str, start: int, rules: NameRules) -> bool:
    """Whether a head with an unlisted name before it stands right before `start`: the V3 of 云帆系统V3 is 云帆's."""
    for type_, head in rules.heads:
        for found in head.finditer(text, max(0, start - _HEAD), start):
            if type_ in rules.versioned and found.end() == start:
                name = text[_leftwards(text, found.start(), rules, []) : found.start()]
                if names_something(name, rules) and name not in rules.common:
                    return True
    return False


def _suffixed(text: str, start: int, end: int, reading: Reading, rules: NameRules) -> Mention:
    """A name with a suffix: LEGAL where it ends with a legal form, which nothing else does."""
    name = text[start:end]
    form = rules.dropped.get(reading.type)
    legal = form is not None and any(found.end() == len(name) for found in form.finditer(name))
    return mention(text, start, end, name, [reading], LEGAL if legal else "suffix")


def tailed_names(text: str, rules: NameRules, tails: re.Pattern[str], taken: list[Span]) -> Iterator[Mention]:
    """Han names that go on with a Latin word which tells versions apart, a size or a version:
    甲乙Vision 2, 甲乙Code, 甲乙-7B, 甲乙-R1."""
    free = bytearray(b"\1" * len(text))
    for span in taken:
        free[span.start : span.end] = bytes(len(span))
    for word in _TAIL.finditer(text):
        tail = tails.match(text, word.start()) if free[word.start()] else None
        if tail is None:
            continue
        start = _leftwards(text, tail.start(), rules, taken)
        name = text[start : tail.start()]
        if SHORT_NAME.fullmatch(name) and names_something(name, rules) and name not in rules.common:
            edition = EDITION.match(text, tail.end())
            yield mention(
                text, start, edition.end() if edition else tail.end(), name + tail[0], versioned(rules, 0.7), "tailed"
            )


_HEAD = 12
"""Characters of a head."""
_TAIL = re.compile(rf"(?<=[{HAN}])(?: ?[A-Za-z]{{3,}}|-\d+(?:\.\d+)?[BbT](?![A-Za-z])|-[A-Za-z]\d)")
_SEATED = re.compile(rf"(?<=[{HAN}])[（(][{HAN}]{{2,6}}[）)](?=[{HAN}]{{2}})")
_REST = 10
"""Characters between a company's seat in its name and the end of its legal form."""


def seated_names(text: str, rules: NameRules, taken: list[Span]) -> Iterator[Mention]:
    """Companies with their seat in their name: 甲乙（上海）信息技术有限公司."""
    for seat in _SEATED.finditer(text):
        start = _leftwards(text, seat.start(), rules, taken)
        ends = (
            (found.end(), type_)
            for type_, suffix in rules.suffixes
            for found in suffix.finditer(text, seat.end(), seat.end() + _REST)
            if not _CLAUSE_MARKS & set(text[seat.end() : found.start()])
        )
        end, type_ = max(ends, default=(0, ""))
        if end and names_something(text[start : seat.start()], rules):
            yield _suffixed(text, start, end, Reading(type_, score=_MARKED), rules)


_SCIENCES = re.compile(rf"[{HAN}]{{0,6}}(?:科学|工程|技术|信息|数据|智能|电子|材料|能源|语言|传播|网络)[与和]")


def _faculty(text: str, start: int, taken: list[Span]) -> int:
    """Where a name begins that joins two fields, 数据科学与工程学院, if the name that begins at `start` is its end."""
    if text[max(0, start - 1) : start] not in ("与", "和"):
        return start
    floor = max((span.end for span in taken if span.end <= start), default=0)
    floor = max([floor, *(text.rfind(mark, floor, start) + 1 for mark in _CLAUSE_MARKS)])
    while floor < start and text[floor] in _PARTICLES:
        floor += 1
    return floor if _SCIENCES.fullmatch(text, floor, start) else start


_SPACED = re.compile(rf" (?P<name>[{HAN}]{{2,5}})(?=[ ，,。；;（(\n]|$)")
"""A Han name that blanks set apart behind what it is: 文生图模型 云帆 开放公测."""
_UNITS = ("十", "百", "千", "万", "亿")


def holders(text: str, titles: list[Span], rules: NameRules, taken: list[Span]) -> Iterator[Mention]:
    """Names at the beginning of a clause right before a title, whose chief somebody is, or before 旗下."""
    if rules.holder is None:
        return
    for title in titles:
        end = title.start - text.startswith("的", title.start - 1)
        start = _leftwards(text, end, rules, taken)
        name = text[start:end]
        owned = _OWNED.search(text, max(0, start - _OWNED_REACH), start) is not None
        clause = start == 0 or text[start - 1] in _CLAUSE_MARKS or owned
        if any(suffix.fullmatch(name) for _, suffix in rules.suffixes):
            continue  # 实验室负责人: which one, the text before tells
        described = _DEPARTMENT.search(name) is not None or name in rules.common or name[:1] in _WHICH
        least = 2 if owned or text[title.start : title.end].isascii() else 3 if end == title.start else 4
        if clause and least <= len(name) <= 8 and names_something(name, rules) and not described:
            yield mention(text, start, end, name, [Reading(rules.holder, score=0.68)], "holder")
    for match in _UNDER.finditer(text):
        start = _leftwards(text, match.start(), rules, taken)
        name = text[start : match.start()]
        clause = start == 0 or text[start - 1] in _CLAUSE_MARKS
        if clause and len(name) <= _LONGEST_HOLDER and names_something(name, rules) and name not in rules.common:
            yield mention(text, start, match.start(), name, [Reading(rules.holder, score=0.7)], "holder")


_WHICH = frozenset("前现时新原其该我由名位任者各两三多自兼")
"""What a title begins with that says which one somebody holds: 前任CEO."""
_UNDER = re.compile("旗下")
_OWNED, _OWNED_REACH = re.compile(rf"[子孙分]公司[{HAN}]{{0,3}}$"), 6
"""What stands before the name of somebody's subsidiary, with its seat."""
_LONGEST_HOLDER = 8
_DEPARTMENT = re.compile(r"(?:产品|业务|事业[部群]|技术|研发|领域|部门|板块|市场|算法|战略|运营|生态|领军|首席)$")
"""What a title is of, inside an organization: OS产品副总裁."""
_CLAUSE_MARKS = frozenset('，,。；;：:、！!？?（(“"「\n ')
_PARTICLES = "由在从向对的是为被让请据"
_IS, _SHORT = frozenset("系乃"), 3
"""What stands for "is" at the beginning of a clause, before names of more characters."""
_LONGEST_HAN = 12
"""Characters of a Han name: longer runs without a stop word are phrases."""


def _leftwards(text: str, end: int, rules: NameRules, taken: list[Span]) -> int:
    """Where a name that ends at `end` begins: after the nearest stop word, mention or mark to its left.

    `end` itself where no such thing is near.
    """
    floor = max((span.end for span in taken if span.end <= end), default=0)
    start = end
    while start > floor and _RUN.match(text[start - 1]):
        if end - start > _LONGEST_HAN:
            return end
        if any(text[start - n : start] in rules.stoppers for n in range(min(5, start), 0, -1)):
            break
        start -= 1
    while start < end and text[start] in "-.·":
        start += 1
    if (led := rules.descriptors.match(text, start, end)) and start + 1 < led.end() < end:
        start = led.end()
    if text[start : start + 1] in _IS and end - start > _SHORT and text[:start].endswith(tuple(_CLAUSE_MARKS)):
        start += 1
    return start


SHORT_NAME = re.compile(rf"[{HAN}]{{2,4}}")
"""What a short form or a family is made of: Latin ones are found by their shape."""


def names_something(name: str, rules: NameRules) -> bool:
    """Whether a run of Han characters is more than words that describe."""
    said = name.endswith("的") or rules.descriptors.fullmatch(name) is not None
    return len(name) >= 2 and not said and re.search(f"[{HAN}]", name) is not None
