"""What the rest of a document says of a name that no list holds: what it is called beside it, whose family it is of,
and where it stands without a mark."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from kg import languages
from kg.annotate import Rules
from kg.annotate.names import SHORT_NAME
from kg.annotate.occurrences import occurrences
from kg.annotate.tails import NUMBER
from kg.languages import HAN
from kg.model import Mention, Reading, Span
from kg.patterns import NameRules

_APPOSED = 0.82
"""The score of a class that the words right behind a name give it."""
_KINDRED = 0.8
"""The score of the class that a name has from its family."""
_RECURRING = 0.72
"""The score of what a text sets in quotation marks more than once: a slogan seldom comes back."""
_SURE = 0.75
"""The score from which a name has a family and short forms."""
_AT = re.compile(r",? (?:at|of|for) (?:the )?")
_OWNS = re.compile(r"['’]s (?:[a-z]+ )?")
_TAKES_IN = re.compile(
    r"[”」》]?\s?(?:已经?|现|也|均|都|全面|全部|正式|全线|率先|同步|目前|今天|昨日)*(?:接入|集成|内置|搭载)了?[\s“「《]?"
)
_MARKED = frozenset({"quoted-head", "quoted-led", "quoted-version", "latin-head", "latin-led", "latin"})
"""What found a name that has a mark beside it."""
_KINDS = ("模型", "系统", "平台", "助手", "工具")
_WHOLLY_HAN = re.compile(f"[{HAN}]+")
_COPULA = re.compile(r"\s?(?:是|就是|正是)[^，,。；;：:！？!?\n]{0,44}的[^，,。；;：:！？!?\n“「《A-Za-z]{0,8}$")
_CLAUSE_LENGTH = 60
_SHORT_HAN, _SHORT_PERSON = 3, 2
"""Han names of so many characters may be words of every day where no mark stands beside them."""
_AGAIN = 0.66
"""The least score of a name that is looked for where no mark stands beside it."""
_BEFORE = 12
"""Characters before a name in which the words stand that make room for it."""
_KICKER = 40
"""Characters of the longest line that is a masthead or a kicker."""
_BREAK = re.compile(r"[-–\s·_.\d]")


def typed(text: str, mentions: Iterable[Mention], rules: Rules) -> list[Mention]:
    """The mentions, with the class of an unsure name from what stands behind it or from its family."""
    mentions = list(mentions)
    family = _families(mentions, rules)
    starts = {m.span.start: m for m in mentions}
    stems = {m.name: m.readings[0].type for m in mentions if _of_things(m, rules)}
    times = Counter(m.name for m in mentions)
    titles = [m.span for m in mentions if m.readings[0].type == rules.patterns.names.title]
    ends = {m.span.end for m in mentions if m.name}
    found = []
    for mention in mentions:
        if _unlisted(mention) and _is_headline(text, mention):
            continue
        if _describes(text, mention, ends):
            continue
        if doer := _doer(text, mention, rules):
            found.append(replace(mention, readings=(doer,)))
            continue
        type_, score = (apposed(text, mention, rules), _APPOSED) if _unlisted(mention) else (None, 0.0)
        if type_ is None and _unsure(mention):
            if rules.patterns.names.holder and _holds(text, mention.span, titles):
                type_, score = rules.patterns.names.holder, _APPOSED
            if type_ is None:
                type_, score = _kindred(mention.name, family, rules), _KINDRED
            if type_ is None and mention.recognizer == "quoted" and times[mention.name] > 1:
                type_, score = mention.readings[0].type, _RECURRING
        if type_ is None and _unlisted(mention) and (_unsure(mention) or mention.recognizer == "latin-version"):
            stem = NUMBER.sub("", mention.name)
            type_, score = (stems.get(stem) if stem != mention.name else None), _APPOSED
            if type_ is None and _takes_in(text, mention, starts, rules):
                type_ = rules.patterns.names.versioned[1]
        if type_ is not None and (type_ != mention.readings[0].type or _unsure(mention)):
            others = tuple(r for r in mention.readings if r.type != type_)
            mention = replace(mention, readings=(Reading(type_, score=score), *others))
        found.append(mention)
    return found


def _of_things(mention: Mention, rules: Rules) -> bool:
    """Whether a name is surely that of a thing that may have versions."""
    reading = mention.readings[0]
    return bool(mention.name) and reading.score >= _SURE and reading.type in rules.patterns.names.versioned


def _takes_in(text: str, mention: Mention, starts: Mapping[int, Mention], rules: Rules) -> bool:
    """Whether what a name names has a thing of the first versioned class built in: 甲已全面接入乙."""
    found = _TAKES_IN.match(text, mention.span.end)
    inside = starts.get(found.end()) if found else None
    versioned = rules.patterns.names.versioned
    best = mention.readings[0].type
    return len(versioned) > 1 and best in versioned and inside is not None and inside.readings[0].type == versioned[0]


def _describes(text: str, mention: Mention, ends: set[int]) -> bool:
    """Whether what looks like a name only says what another name is: 甲是乙公司推出的多语言识别模型."""
    if not _unlisted(mention) or not mention.text.endswith(_KINDS) or not _WHOLLY_HAN.fullmatch(mention.text):
        return False
    said = _COPULA.search(text, max(0, mention.span.start - _CLAUSE_LENGTH), mention.span.start)
    return said is not None and any(at in ends for at in range(said.start() - 1, said.start() + 1))


def _doer(text: str, mention: Mention, rules: Rules) -> Reading | None:
    """Who does what only makers do, of a name that is a maker's and its thing's as well: X 发布了, X's chatbot."""
    holder = mention.reading(rules.patterns.names.holder or "")
    if holder is None or holder.entity is None or len(mention.readings) < 2:
        return None
    deeds, end = rules.patterns.names.deeds, mention.span.end
    does = deeds.match(text, end) or (text.startswith(" ", end) and deeds.match(text, end + 1))
    return holder if does else None


def _unlisted(mention: Mention) -> bool:
    return (
        bool(mention.name)
        and mention.recognizer != "pronoun"
        and not any(r.entity or r.value for r in mention.readings)
    )


def _is_headline(text: str, mention: Mention) -> bool:
    """Whether a name stands in a short line of nothing but capitals, as mastheads and kickers do, and only there."""
    if not mention.text.isupper() or not mention.text.isascii() or any(c.isdigit() for c in mention.text):
        return False
    before = text[max(0, mention.span.start - _KICKER) : mention.span.start]
    behind = text[mention.span.end : mention.span.end + _KICKER]
    line = (before[before.rfind("\n") + 1 :] + mention.text + behind.partition("\n")[0]).strip(" #*")
    return len(line) <= _KICKER and line.isupper() and line.isascii() and text.count(mention.text) < 2


def _unsure(mention: Mention) -> bool:
    return _unlisted(mention) and mention.readings[0].score < _SURE


def apposed(text: str, mention: Mention, rules: Rules) -> str | None:
    """The class of the word that says it soonest: a writing app from a publisher is an app."""
    said = ((words.match(text, mention.span.end), type_) for type_, words in rules.patterns.names.apposed)
    return min(((found.end(), type_) for found, type_ in said if found), default=(0, None))[1]


def _holds(text: str, name: Span, titles: list[Span]) -> bool:
    """Whether a name stands where the holder of a title does: head of research at Meridian, Meridian's chief."""
    return any(_AT.fullmatch(text, t.end, name.start) or _OWNS.fullmatch(text, name.end, t.start) for t in titles)


def _families(mentions: list[Mention], rules: Rules) -> dict[str, str]:
    """The beginnings of the sure names of versioned classes: Wrenfield of Wrenfield-3B, with their class."""
    found: dict[str, str] = {}
    for mention in mentions:
        reading = mention.readings[0]
        if mention.name and reading.score >= _SURE and reading.type in rules.patterns.names.versioned[:1]:
            for cut in _BREAK.finditer(mention.name):
                if cut.start() > 2:
                    found.setdefault(mention.name[: cut.start()].casefold(), reading.type)
    return found


def _kindred(name: str, families: dict[str, str], rules: Rules) -> str | None:
    """The class of a name that is the beginning of a sure one, or that begins with a known one."""
    if type_ := families.get(name.casefold()):
        return type_
    for cut in _BREAK.finditer(name):
        for type_ in rules.patterns.names.versioned[:1]:
            if cut.start() > 2 and rules.lexicon.lookup(name[: cut.start()], type_):
                return type_
    return None


def elsewhere(text: str, mentions: list[Mention], rules: Rules) -> Iterator[Mention]:
    """Where a name that its marks show surely at one place stands without any."""
    names = rules.patterns.names
    marked = {
        m.name: m.readings
        for m in reversed(mentions)
        if (m.recognizer in _MARKED and m.readings[0].score >= _APPOSED and not any(r.entity for r in m.readings))
        or (m.recognizer not in ("latin", "short") and _unlisted(m) and _long(m, names.titled))
    }
    for name, places in occurrences(text, (name for name in marked if len(name) > 1)).items():
        if name not in names.common and not names.descriptors.fullmatch(name):
            for place in places:
                yield Mention(place, name, marked[name], name, "recurring")
    headed, quoted = (
        {m.name: m for m in reversed(mentions) if m.recognizer in found_by and _unlisted(m) and _is_short(m)}
        for found_by in (("head",), ("quoted", "quoted-named"))
    )
    for name, places in occurrences(text, (headed.keys() | quoted.keys()) - names.common).items():
        free = [place for place in places if _has_room(text, place, names)]
        if name in headed:
            readings = headed[name].readings
        elif any(_is_a_thing(text, place, names) for place in free):
            readings = tuple(replace(r, score=_KINDRED - 0.01 * n) for n, r in enumerate(quoted[name].readings))
        else:
            continue
        for place in free:
            yield Mention(place, name, readings, name, "recurring")


def _is_short(mention: Mention) -> bool:
    return SHORT_NAME.fullmatch(mention.name) is not None


def _has_room(text: str, place: Span, names: NameRules) -> bool:
    """Whether what stands beside a place lets a name stand there that nothing marks."""
    before = text[max(0, place.start - _BEFORE) : place.start]
    goes_on = text[place.end : place.end + 1] in ("·", "・")
    behind = names.unmarked_behind.match(text, place.end)
    return behind is not None and names.unmarked_before.search(before) is not None and not goes_on


def _is_a_thing(text: str, place: Span, names: NameRules) -> bool:
    """Whether the words right before a place say that a thing's name follows: 写作系统云帆."""
    return names.unmarked_thing[0].search(text[max(0, place.start - _BEFORE) : place.start]) is not None


def _long(mention: Mention, person: str | None) -> bool:
    """Whether a Han name is long enough to be nothing else where it stands again."""
    if not languages.has_han(mention.name):
        return False
    if mention.readings[0].type == person:
        return len(mention.name) > _SHORT_PERSON and mention.readings[0].score >= _KINDRED
    return len(mention.name) > _SHORT_HAN and mention.readings[0].score >= _AGAIN
