"""Names that no list holds, found by the marks that `patterns.yaml` describes: heads, suffixes, quotes, shapes,
roles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kg import languages
from kg.annotate.tails import EDITION, described_head, head_behind, version_behind
from kg.languages import HAN
from kg.model import Mention, Reading, Span
from kg.patterns import NameRules

_OPENING, _CLOSING = '“"‘「『《【', '”"’」』》】'
_QUOTED = re.compile(r"[“「『《\"](?P<name>[^”」』》\"“「『《\n，。；：！？、,;:!?]{1,20})[”」』》\"]")
_LETTERS = "A-Za-zÀ-ÖØ-öø-ÿ"
_LATIN_WORD = rf"[{_LETTERS}][{_LETTERS}0-9]*(?:[.\-+_&/][{_LETTERS}0-9]+)*\+?"
_COUNTED = "(?! ?[个周天月年日号岁位名家款种条次倍万亿千百元人张页届季期分秒小台块])"
"""No measure word: 甲 4周 is a name and a time, not the fourth 甲."""
_LATIN_NAME = re.compile(
    rf"(?<![{_LETTERS}0-9.\-_/@]){_LATIN_WORD}"
    rf"(?: (?:{_LATIN_WORD}|v?\d+(?:\.\d+)*(?!\.?\d){_COUNTED}[A-Za-z]*)(?![{_LETTERS}]))*"
)
_CAPITALISED = rf"[A-Z][{_LETTERS}]+"
_OF_NAME = re.compile(
    rf"(?<![{_LETTERS}])(?:{_CAPITALISED} ){{0,5}}(?P<head>[A-Z][a-z]+) of (?:the )?{_CAPITALISED}"
    rf"(?: (?:and |& )?{_CAPITALISED})*"
)
_DIGIT_LED = re.compile(r"(?<![A-Za-z0-9.])\d{2,4}[A-Z][A-Za-z]{2,}")
_MARKS = re.compile(r"\W*")
_PARTS = re.compile(r"[/-]")
_LOWER = re.compile(r"[a-z]+$")
_UNCAPPED = re.compile(r"[a-z]+(?:[-'’/][a-z]+)*$")
_CAMEL = re.compile(r"[a-z][A-Z]|[A-Z]{2,}[a-z]|\d")
_BARE_VERSION = re.compile(r"[vV]? ?\d+(?:\.\d+)*")
_NUMBERED = re.compile(r"[A-Za-z][-\s]?v?\d|\d[Bb]\b")
_RUN = re.compile(rf"[{HAN}A-Za-z0-9·\-.]")
_LEADING = 32
"""Characters before a Latin name in which a word may stand that says what it is."""
_MARKED = 0.8
_GIVEN = 0.84
"""The score of a person's name that begins with a given name."""
_DOTS = ("·", "・")
_SEAT = re.compile(r"(?P<place>[A-Z][A-Za-z]+(?: [A-Z][a-z]+)?)['’]s $")
_SEATED_SCORE = 0.72
"""The score of a name behind a place as its owner's, as a company's."""
_OPENERS = frozenset({"The", "A", "An", "Our", "Its", "Their", "In", "At"})
_RUN_OF_WORDS = 3
"""So many capitalised words before a suffix are a menu or a headline."""
_ACRONYM = 2
"""A suffix of more letters than these makes a name of the capitalised words before it, whatever they are."""
"""The score of a name with a suffix that is hardly ever anything else."""
_HOUSE = re.compile(r"\s?(?:研究院|研究所|实验室|研究中心)")
"""What makes the name of a house of the Latin letters before it: LG AI研究院."""
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
        if _UNCAPPED.fullmatch(name):
            continue  # a "thinking" model
        start, end = match.span()
        typed, after = described_head(text, end, rules)
        if typed:
            after, name = version_behind(text, after, name, typed, rules, tails)
            yield mention(text, start, after, name, [Reading(typed, score=0.9)], "quoted-head")
            continue
        if rules.versioned and (version := tails.match(text, end)):
            yield mention(text, start, version.end(), name + version[0], _versioned(rules, 0.8), "quoted-version")
            continue
        before = text[max(0, start - 12) : start + 1]
        if rules.not_leading.search(before[:-1]):
            continue
        led = next((type_ for type_, leading in rules.leading if leading.search(before[:-1])), None)
        if led:
            yield mention(text, start, end, name, [Reading(led, score=0.86)], "quoted-led")
        elif rules.versioned and rules.naming.search(before[:-1]):
            yield mention(text, start, end, name, _versioned(rules, 0.72), "quoted-named")
        elif (
            rules.versioned
            and _width(name) <= 11
            and not re.search("[的了是在和不有吗呢会越都就我你他们这那吧啊]", name)
            and not name.isdigit()
        ):
            yield mention(text, start, end, name, _versioned(rules, 0.61), "quoted")


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


def _versioned(rules: NameRules, score: float) -> list[Reading]:
    return [Reading(type_, score=score - 0.01 * i) for i, type_ in enumerate(rules.versioned)]


def latin_names(
    text: str, rules: NameRules, tails: re.Pattern[str], *, english: bool, base: int = 0
) -> Iterator[Mention]:
    """Latin names in a sentence, with a reading for each class that they may be of."""
    for match in (*_LATIN_NAME.finditer(text), *_DIGIT_LED.finditer(text)):
        for start, end in _words(
            match[0], match.start(), rules, english=english, begins=_MARKS.fullmatch(text, 0, match.start()) is not None
        ):
            name = text[start:end]
            known_tail = tails.match(text, end) if not name[-1].isspace() else None
            if known_tail and not english:
                end = known_tail.end()
                name = text[start:end]
            if found := _latin_mention(text, start, end, name, rules, english=english):
                yield Mention(
                    Span(found.span.start + base, found.span.end + base),
                    found.text,
                    found.readings,
                    found.name,
                    found.recognizer,
                )


def of_names(text: str, rules: NameRules) -> Iterator[Mention]:
    """Names whose head stands before what they are of: University of Oslo, Bank of Tidewater."""
    for match in _OF_NAME.finditer(text):
        for type_, suffix in rules.latin_suffixes:
            if suffix.fullmatch(match["head"]):
                yield mention(text, *match.span(), match[0], [Reading(type_, score=0.86)], "latin-of")


def _words(run: str, at: int, rules: NameRules, *, english: bool, begins: bool) -> Iterator[tuple[int, int]]:
    """The stretches of a run of Latin words that may be a name: without common words, joined where capitalised."""
    words = [(m.start() + at, m.end() + at, m[0]) for m in re.finditer(r"\S+", run)]
    placed = _placed([word[2].casefold() for word in words], rules)
    group: list[tuple[int, int, str]] = []
    for number, word in enumerate((*words, (0, 0, ""))):
        text = word[2]
        named = (
            text[:1].isalpha()
            and number not in placed
            and not (len(words) == 1 and rules.tails.fullmatch(text))
            and text.casefold() not in rules.not_names
            and not all(part in rules.not_names for part in _PARTS.split(text.casefold()))
            and not rules.not_shapes.fullmatch(text)
            and (not _UNCAPPED.match(text) or (not english and len(words) == 1 and len(text) > 2))
        )
        if (
            named
            and english
            and begins
            and number == 0
            and not _CAMEL.search(text)
            and len(words) > 1
            and words[1][2][:1].islower()
        ):
            named = False  # the first word of a sentence is capitalised whatever it is
        following = words[number + 1][2] if number + 1 < len(words) else ""
        goes_on = bool(group) and (
            text[:1].isdigit()
            or (text == "for" and not english and following[:1].isupper())
            or (group[-1][2] == "for" and text[:1].isupper())
            or rules.tails.fullmatch(text) is not None
            or any(suffix.fullmatch(text) for _, suffix in rules.latin_suffixes)
        )
        if not group and len(text) > _ACRONYM and any(suffix.fullmatch(text) for _, suffix in rules.latin_suffixes):
            group = _capitalised(words[:number])  # Artificial Intelligence Group
            group = group if len(group) < _RUN_OF_WORDS else []
            named = bool(group) or len(words) == 1
        if named or goes_on:
            group.append(word)
            continue
        if group:
            yield _with_place(words, group, rules), group[-1][1]
        group = []


def _with_place(words: list[tuple[int, int, str]], group: list[tuple[int, int, str]], rules: NameRules) -> int:
    """Where a group of words begins, with the place that an institution's name begins with: Dublin City University."""
    at = words.index(group[0])
    ends = any(suffix.fullmatch(group[-1][2]) for _, suffix in rules.latin_suffixes)
    before = words[at - 1] if at and ends and len(group) > 1 else None
    return (
        before[0]
        if before and before[2].casefold() in languages.load().places and before[2][:1].isupper()
        else group[0][0]
    )


def _capitalised(words: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The last words that begin with a capital and go on in small letters, without the first of a sentence's."""
    found: list[tuple[int, int, str]] = []
    for word in reversed(words):
        if not re.fullmatch(r"[A-Z][a-z]+", word[2]) or word[2] in _OPENERS:
            break
        found.insert(0, word)
    return found


def _placed(words: list[str], rules: NameRules) -> set[int]:
    """Which words are a part of a longer name that is none of ours: United Arab Emirates."""
    return {
        place
        for length in (2, 3)
        for first in range(len(words) - length + 1)
        if " ".join(words[first : first + length]) in rules.not_names
        for place in range(first, first + length)
    }


def _latin_mention(text: str, start: int, end: int, name: str, rules: NameRules, *, english: bool) -> Mention | None:
    if len(name) < 2 or name.casefold() in rules.not_names or _BARE_VERSION.fullmatch(name):
        return None
    if house := _HOUSE.match(text, end):
        whole = text[start : house.end()]
        if holders := [t for t, suffix in rules.suffixes if suffix.search(whole)]:
            return mention(text, start, house.end(), whole, [Reading(holders[0], score=0.84)], "latin-suffix")
    typed, after = head_behind(text, end, rules)
    if typed:
        return mention(text, start, after, name, [Reading(typed, score=0.88)], "latin-head")
    if rules.not_heads.match(text, end) or name.split()[-1] in rules.not_endings or rules.not_shapes.fullmatch(name):
        return None
    before = text[max(0, start - _LEADING) : start]
    if rules.not_leading.search(before):
        return None
    led = next((type_ for type_, leading in rules.leading if leading.search(before)), None)
    if led:
        return mention(text, start, end, name, [Reading(led, score=0.84)], "latin-led")
    last = name.split()[-1]
    for type_, suffix in rules.latin_suffixes:
        if suffix.fullmatch(last) and len(name.split()) > 1:
            return mention(text, start, end, name, [Reading(type_, score=0.86)], "latin-suffix")
    shaped = next((type_ for type_, shape in rules.shapes if shape.fullmatch(name)), None)
    if shaped:
        others = [Reading(t, score=0.58) for t in rules.versioned if t != shaped]
        return mention(text, start, end, name, [Reading(shaped, score=0.8), *others], "latin-shape")
    if _NUMBERED.search(name) and rules.versioned:
        scores = [0.8, 0.6]
        return mention(
            text,
            start,
            end,
            name,
            [Reading(t, score=s) for t, s in zip(rules.versioned, scores, strict=False)],
            "latin-version",
        )
    if rules.titled and _is_person(name, rules):
        return mention(text, start, end, name, [Reading(rules.titled, score=_GIVEN)], "given-name")
    readings = _versioned(rules, 0.6)
    if not readings:
        return None
    seat = _SEAT.search(before)
    if rules.holder and seat and seat["place"].casefold() in languages.load().places:
        readings = [Reading(rules.holder, score=_SEATED_SCORE), *readings]  # Lisbon's Marejada
        return mention(text, start, end, name, readings, "latin")
    if not _LOWER.match(name):
        readings += [Reading(t, score=0.6) for t in dict.fromkeys(t for t, _ in rules.latin_suffixes)]
    return mention(text, start, end, name, readings, "latin")


_PERSON = re.compile(r"(?P<given>[A-Z][a-z]+)(?: [A-Z]\.)?(?: (?:van |de |von )?[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ÖØ-öø-ÿ'’-]+){1,2}")


def _is_person(name: str, rules: NameRules) -> bool:
    """Whether a run of Latin words begins with a given name and goes on like a person's."""
    match = _PERSON.fullmatch(name)
    return (
        match is not None
        and match["given"] in languages.load().given_names
        and not rules.tails.fullmatch(name.split()[-1])
    )


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
            name = text[start:at]
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


def _suffixed(text: str, start: int, end: int, reading: Reading, rules: NameRules) -> Mention:
    """A name with a suffix: LEGAL where it ends with a legal form, which nothing else does."""
    name = text[start:end]
    form = rules.dropped.get(reading.type)
    legal = form is not None and any(found.end() == len(name) for found in form.finditer(name))
    return mention(text, start, end, name, [reading], LEGAL if legal else "suffix")


def tailed_names(text: str, rules: NameRules, tails: re.Pattern[str], taken: list[Span]) -> Iterator[Mention]:
    """Han names that go on with a Latin word which tells versions apart: 甲乙Vision 2, 甲乙Code."""
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
                text, start, edition.end() if edition else tail.end(), name + tail[0], _versioned(rules, 0.7), "tailed"
            )


_TAIL = re.compile(rf"(?<=[{HAN}]) ?[A-Za-z]{{3,}}")
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
        start = _leftwards(text, title.start, rules, taken)
        name = text[start : title.start]
        clause = start == 0 or text[start - 1] in _CLAUSE_MARKS
        if any(suffix.fullmatch(name) for _, suffix in rules.suffixes):
            continue  # 实验室负责人: which one, the text before tells
        described = _DEPARTMENT.search(name) is not None or name in rules.common or name[:1] in _WHICH
        least = 2 if text[title.start : title.end].isascii() else 3
        if clause and least <= len(name) <= 8 and names_something(name, rules) and not described:
            yield mention(text, start, title.start, name, [Reading(rules.holder, score=0.68)], "holder")
    for match in _UNDER.finditer(text):
        start = _leftwards(text, match.start(), rules, taken)
        name = text[start : match.start()]
        clause = start == 0 or text[start - 1] in _CLAUSE_MARKS
        if clause and len(name) <= _LONGEST_HOLDER and names_something(name, rules) and name not in rules.common:
            yield mention(text, start, match.start(), name, [Reading(rules.holder, score=0.7)], "holder")


_WHICH = frozenset("前现时新原其该我由名位任者各两三多自兼")
"""What a title begins with that says which one somebody holds: 前任CEO."""
_UNDER = re.compile("旗下")
_LONGEST_HOLDER = 8
_DEPARTMENT = re.compile(r"(?:产品|业务|事业[部群]|技术|研发|领域|部门|板块|市场|算法|战略|运营|生态|领军|首席)$")
"""What a title is of, inside an organization: OS产品副总裁."""
_CLAUSE_MARKS = frozenset('，,。；;：:、！!？?（(“"「\n ')
_PARTICLES = "由在从向对的是为被让请据"
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
    return start


SHORT_NAME = re.compile(rf"[{HAN}]{{2,4}}")
"""What a short form or a family is made of: Latin ones are found by their shape."""


def names_something(name: str, rules: NameRules) -> bool:
    """Whether a run of Han characters is more than words that describe."""
    return len(name) >= 2 and rules.descriptors.fullmatch(name) is None and re.search(f"[{HAN}]", name) is not None
