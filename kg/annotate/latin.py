"""Latin names that no list holds: by what stands beside them, by their last word, by their shape."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg import languages
from kg.annotate.names import UNCAPPED, mention, versioned
from kg.annotate.tails import head_behind
from kg.model import Mention, Reading, Span
from kg.patterns import NameRules

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
_CAMEL = re.compile(r"[a-z][A-Z]|[A-Z]{2,}[a-z]|\d")
_BARE_VERSION = re.compile(r"[vV]? ?\d+(?:\.\d+)*")
_NUMBERED = re.compile(r"[A-Za-z][-\s]?v?\d|\d[Bb]\b")
_LEADING = 32
"""Characters before a Latin name in which a word may stand that says what it is."""
_GIVEN = 0.84
"""The score of a person's name that begins with a given name."""
_SEAT = re.compile(r"(?P<place>[A-Z][A-Za-z]+(?: [A-Z][a-z]+)?)['’]s $")
_SEATED_SCORE = 0.72
"""The score of a name behind a place as its owner's, as a company's."""
_OPENERS = frozenset({"The", "A", "An", "Our", "Its", "Their", "In", "At"})
_RUN_OF_WORDS = 3
"""So many capitalised words before a suffix are a menu or a headline."""
_ACRONYM = 2
"""A suffix of more letters than these makes a name of the capitalised words before it, whatever they are."""
_HOUSE = re.compile(r"\s?(?:研究院|研究所|实验室|研究中心)")
"""What makes the name of a house of the Latin letters before it: LG AI研究院."""


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
            and (not UNCAPPED.match(text) or (not english and len(words) == 1 and len(text) > 2))
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
    if led and rules.holder and led != rules.holder and rules.deeds.match(text, end):
        led = rules.holder  # the model Somebody built
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
    readings = versioned(rules, 0.6)
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
