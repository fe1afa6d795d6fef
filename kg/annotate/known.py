"""Known names in a text: the lexicon's, with the versions, quotes and heads that go with them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kg import languages
from kg.annotate import Rules, companies
from kg.annotate.names import version_of_another
from kg.annotate.tails import with_tails
from kg.languages import HAN
from kg.model import Mention, Reading, Span

_HYPHENED = re.compile(r"(?:-[A-Za-z0-9]+(?:\.\d+)?)*-[A-Za-z][A-Za-z0-9]*(?:-?\d+(?:\.\d+)?[BbMT]?)?(?![A-Za-z0-9])")
_SIZED = re.compile(r"(?: [A-Z][A-Za-z]*){1,2}[ -]\d+(?:\.\d+)?[BbMT](?![A-Za-z0-9])")
_LOWER_LAST = re.compile(r"[A-Za-z0-9] [a-z]+$")
_WORD_BEHIND = re.compile(r" [A-Z][a-z]{3,}(?<![sd])(?=[,.;:)]|\n|$| [a-z]| Released| [Vv]?\d)")
_GIVEN = re.compile(rf"(?:(?![了的在是与和对被由据向给说见到让请跟同及称者员官长家])[{HAN}]){{1,4}}[·・]$")
_JOINS = re.compile(r"[”」》]?\s?(?:[、/]|和|与|以及|及)\s?[“「《]?")
_GOES_ON = 0.8
"""The score of a name that only begins with a known one."""
_AROUND = 200
"""Characters of a line to each side of a name that tell its language."""
_BARE = re.compile(r"[A-Za-z]\d+(?:\.\d+)?(?![A-Za-z0-9])")
"""A name that is no more than the letter and number of a version."""
_LATIN_WORD = 4
"""Letters from which a Latin word in a Chinese line is taken for the name that it is elsewhere only sometimes."""


def known_names(text: str, rules: Rules, tails: re.Pattern[str]) -> list[Mention]:
    """The lexicon's names with their versions, each with a reading for every class that has the name."""
    found: list[tuple[Mention, bool]] = []
    lowered: set[int] = set()
    end_of_last = 0
    for hit in rules.lexicon.find(text):
        start, end = hit.span.start, hit.span.end
        if start < end_of_last or (text[start].isascii() and _goes_on(text, start, end_of_last, rules)):
            continue
        if end - start == 1 and not any(text[start] in rules.lexicon.entity(e).names for e in hit.entities):
            continue  # a letter by itself is a name only as the list writes it
        types = {rules.lexicon.entity(e).type: e for e in hit.entities}
        if any(t not in types and suffix.match(text, end) for t, suffix in rules.patterns.names.suffixes):
            continue  # 云帆智能科技: the name goes on and is that of another class
        if company := companies.company(text, start, end, types, rules):
            found.append((company, True))
            end_of_last = company.span.end
            continue
        versioned = [t for t in types if t in rules.patterns.names.versioned]
        outer_start, outer_end, name, typed = start, end, text[start:end], None
        supported = not hit.weak or _beside_event(text, start, end, rules)
        if set(types) == {rules.patterns.names.titled} and (given := _GIVEN.search(text, max(0, start - 6), start)):
            outer_start, name, supported = given.start(), text[given.start() : end], True  # 萨姆·奥特曼 is 奥特曼
        if _inside_word(text, start, end, rules) or _joins_words(text[start:end], hit.entities, rules):
            continue
        if versioned:
            outer_start, outer_end, name, typed = with_tails(text, start, end, rules.patterns.names, tails)
            tailed = outer_end
            outer_end, name = _going_on(text, outer_end, name, rules)
            supported = supported or typed is not None or name != text[start:end] or outer_start != start
        if rules.patterns.names.not_heads.match(text, outer_end) and hit.weak:
            continue
        readings: list[Reading] = []
        if versioned and name != text[start:end]:
            for type_ in versioned:
                best = 1.0 if outer_end == tailed or rules.lexicon.lookup(name, type_) else _GOES_ON
                readings.append(Reading(type_, rules.lexicon.lookup(name, type_), score=best - 0.1 * len(readings)))
        elif typed is not None and typed in types:
            readings = [Reading(typed, types[typed])]
        elif typed is not None and versioned and typed in rules.patterns.names.versioned:
            entity = rules.lexicon.lookup(text[start:outer_end], typed)
            readings = [Reading(typed, entity, score=0.9), *(Reading(t, types[t], score=0.85) for t in versioned)]
        else:
            readings = [Reading(t, e) for t, e in sorted(types.items())]
        mention = Mention(Span(outer_start, outer_end), text[outer_start:outer_end], tuple(readings), name)
        if _is_lowered(text, start, outer_end, hit.entities, rules):
            lowered.add(outer_start)
        only = next(iter(types.values())) if len(types) == 1 else None
        found += [(part, supported) for part in _parts(mention, only, text, rules)]
        end_of_last = outer_end
    written = {r.entity for m, _ in found if m.span.start not in lowered for r in m.readings}
    found = [
        (m, supported)
        for m, supported in found
        if m.span.start not in lowered or any(r.entity in written for r in m.readings if r.entity)
    ]
    return _with_support(text, found, rules)


def _goes_on(text: str, start: int, end_of_last: int, rules: Rules) -> bool:
    """Whether a name ends another that no list has: the R1 of 云帆-R1, the V3 of 云帆系统V3 are no list's."""
    if start - 1 <= end_of_last:
        return False
    joined = text[start - 1] == "-" and text[start - 2].isalnum()
    return joined or bool(_BARE.match(text, start) and version_of_another(text, start, rules.patterns.names))


def _is_lowered(text: str, start: int, end: int, entities: Sequence[str], rules: Rules) -> bool:
    """Whether a name stands in small letters in an English line as no list has it, like an ordinary word: together."""
    words = text[start:end]
    if not (words.isascii() and words.isalpha() and words.islower()):
        return False
    line = text[max(0, start - _AROUND) : start].rpartition("\n")[2] + text[end : end + _AROUND].partition("\n")[0]
    return not languages.has_han(line) and not any(words in rules.lexicon.entity(e).names for e in entities)


_BULLETS = " -*+•·▪◆●■#“”「」《》*_`"
"""What may stand around a name that is alone on its line."""


def _going_on(text: str, end: int, name: str, rules: Rules) -> tuple[int, str]:
    """A name and its end, with what hyphens or a size join to it: X-Minitron-8B, X SEED 3B; not X-based."""
    more = _HYPHENED.match(text, end) or _SIZED.match(text, end) or _worded(text, end, rules)
    if more and name[-1:].isalnum() and not rules.patterns.names.not_shapes.fullmatch(name + more[0]):
        return more.end(), name + more[0]
    return end, name


def _worded(text: str, end: int, rules: Rules) -> re.Match[str] | None:
    """A capitalised word behind a name in an English line, which makes another name of it: Lumora Reasoning."""
    line = text[text.rfind("\n", 0, end) + 1 : (text.find("\n", end) + 1 or len(text) + 1) - 1]
    found = None if languages.has_han(line) else _WORD_BEHIND.match(text, end)
    if found is None:
        return None
    word, names = found[0][1:], rules.patterns.names
    another = any(suffix.fullmatch(word) for _, suffix in names.latin_suffixes)
    return None if another or word.casefold() in names.not_names or rules.lexicon.lookup(word) else found


def _inside_word(text: str, start: int, end: int, rules: Rules) -> bool:
    """Whether a Han name is only the end of a common word and what follows it: no 源 in 开源."""
    if start == 0 or not languages.has_han(text[start]):
        return False
    common = rules.patterns.names.common
    return any(text[start - n : start + 1] in common for n in (1, 2) if start >= n)


def _joins_words(words: str, entities: Sequence[str], rules: Rules) -> bool:
    """Whether a name is only found because a common word behind it was joined to it: no Abc4All in Abc-4 all along."""
    spaced = _LOWER_LAST.search(words) is not None
    return spaced and not any(_LOWER_LAST.search(n) for e in entities for n in rules.lexicon.entity(e).names)


def _beside_event(text: str, start: int, end: int, rules: Rules) -> bool:
    """Whether a word for an event stands right before or behind a name, as it does for makers and what they make."""
    before = text[max(0, start - 6) : start].rstrip(' “「《"了')
    if rules.patterns.names.naming.search(text[max(0, start - 10) : start]):
        return True
    if text[:start].endswith(("| ", "|")) and text[end:].startswith((" |", "|")):
        return True  # a table's cell holds nothing else
    line = text[text.rfind("\n", 0, start) + 1 : (text.find("\n", end) + 1 or len(text) + 1) - 1]
    if text[end - 1].isdigit() and line.strip(_BULLETS) == text[start:end]:
        return True  # a version alone on its line
    if text[start].isupper() and end - start >= _LATIN_WORD and languages.has_han(line):
        return True  # in Chinese a capitalised Latin word is hardly ever an ordinary word
    behind = text[end : end + 6].lstrip(' ”」》"')
    if languages.load().used.match(behind):
        return True
    for event in rules.patterns.events:
        for trigger in (*event.transitive, *event.intransitive):
            if trigger and (trigger.match(behind) or any(m.end() == len(before) for m in trigger.finditer(before))):
                return True
    return False


def _parts(mention: Mention, entity: str | None, text: str, rules: Rules) -> list[Mention]:
    """A name that begins with its maker's, 甲公司乙系统, as the two names that it is; else the name alone.

    `entity` is what the list has its beginning as, which a version may go on from.
    """
    if entity is None or (len(mention.readings) > 1 and mention.readings[0].entity):
        return [mention]
    related = [e for _, e in _relations(rules, entity)]
    related += [e for r in related for _, e in _relations(rules, r)]
    for maker in dict.fromkeys(related):
        names_of = rules.lexicon.entries[maker].entity.names if maker in rules.lexicon.entries else ()
        for name in sorted(names_of, key=len, reverse=True):
            rest = mention.name[len(name) :]
            if not mention.text.startswith(name) or not (languages.has_han(rest[:1]) or _latin_of_han(name, rest)):
                continue
            best = mention.readings[0]
            known = best.entity or rules.lexicon.lookup(rest, best.type)
            if rules.lexicon.names(rest, entity) or known != best.entity:
                cut = mention.span.start + len(name)
                maker_type = rules.lexicon.entity(maker).type
                readings = (replace(best, entity=known), *mention.readings[1:])
                return [
                    Mention(Span(mention.span.start, cut), name, (Reading(maker_type, maker),), name),
                    Mention(Span(cut, mention.span.end), text[cut : mention.span.end], readings, rest),
                ]
    return [mention]


def _latin_of_han(maker: str, rest: str) -> bool:
    """Whether a name goes on in Latin letters behind its maker's Han name: 甲公司Abc-2."""
    return languages.has_han(maker[-1:]) and rest[:1].isascii() and rest[:1].isalpha()


def _listed(text: str, found: list[tuple[Mention, bool]], things: Sequence[str]) -> list[tuple[Mention, bool]]:
    """The names with what speaks for them, also where a list joins one to a sure one: 可灵 in Vidu、可灵."""
    told = [supported for _, supported in found]
    pairs = [
        (one, one + 1)
        for one, ((a, _), (b, _)) in enumerate(pairwise(found))
        if _JOINS.fullmatch(text, a.span.end, b.span.start) and _alike(a, b, things)
    ]
    for one, two in (*pairs, *((two, one) for one, two in reversed(pairs))):
        told[two] = told[two] or told[one]
    return [(mention, supported) for (mention, _), supported in zip(found, told, strict=True)]


def _alike(one: Mention, two: Mention, things: Sequence[str]) -> bool:
    """Whether two names may be of one class, those of things counted as one."""
    first, second = ({"" if r.type in things else r.type for r in m.readings} for m in (one, two))
    return not first.isdisjoint(second)


def _with_support(text: str, found: list[tuple[Mention, bool]], rules: Rules) -> list[Mention]:
    """Weak names stay only beside something that speaks for them, or where the document has named them surely."""
    found = _listed(text, found, rules.patterns.names.versioned)
    sure = {r.entity for m, supported in found if supported for r in m.readings if r.entity}
    sure |= {maker for entity in sure for maker in _above(rules, entity)}
    kept = []
    for number, (mention, supported) in enumerate(found):
        before = found[number - 1][0].span.end if number else -1
        beside = 0 <= mention.span.start - before <= 1 and found[number - 1][1]
        made = {m for r in mention.readings if r.entity for m in _above(rules, r.entity)}
        beside = beside and any(r.entity in made for r in found[number - 1][0].readings)
        if supported or beside or sure & made or any(r.entity in sure for r in mention.readings):
            kept.append(mention)
    return kept


def _above(rules: Rules, entity: str) -> set[str]:
    """What the seeds relate an entity to, and what they relate that to: its maker, and whose part the maker is."""
    near = {target for _, target in _relations(rules, entity)}
    return near | {target for one in near for _, target in _relations(rules, one)}


def _relations(rules: Rules, entity: str) -> tuple[tuple[str, str], ...]:
    entry = rules.lexicon.entries.get(entity)
    return entry.relations if entry else ()
