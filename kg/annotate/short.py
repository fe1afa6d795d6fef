"""How a document calls for short what it has named: 云帆 for 云帆科技, Andrulis for Jane Andrulis."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg import languages
from kg.annotate import Rules
from kg.annotate.names import SHORT_NAME, names_something
from kg.annotate.occurrences import occurrences
from kg.languages import HAN
from kg.model import Alias, Mention, Reading, Span

_SURE = 0.75
"""The score from which a name has a family and short forms."""
_SHORT = 0.76
_FAMILY_NAME = 2
"""Characters of a family name that stands alone for a person: Andrulis, 奥特曼."""
_FIRST = 4
"""Characters of the shortest first word by which a house of three words or more is called, Baraka Telecom Group, less
one."""
_FORM = re.compile(rf"[{HAN}]{{3,6}}")
"""What a company is called without its legal form and its seat."""
_DESCRIBED = re.compile(rf"(?P<stem>[{HAN}]{{2,5}})\s?[-–—|｜：:]\s?[{HAN}A-Za-z]{{2,12}}")
"""A name with what it is, as in a shop for apps: 云帆-AI写作助手."""
_IN_BRACKETS = re.compile(rf"[（(][{HAN}]{{2,6}}[)）]")
_SEAT = 4
"""Characters of the longest seat at the beginning of a company's name."""
_PARTS = re.compile(r"[\s·]")


def short_forms(
    text: str, mentions: list[Mention], rules: Rules, tails: re.Pattern[str]
) -> tuple[list[Mention], tuple[Alias, ...]]:
    """Where the document calls something by the beginning of its name: 云帆 for 云帆科技, 听潮 for 听潮2.

    Organizations are called so for short, and people by their family name: the short form is another name of theirs;
    what a version is taken from is the name of the family, which is another thing.
    """
    taken = bytearray(len(text) + 1)
    latin = {mention.span for mention in mentions if mention.recognizer == "latin"}
    for mention in mentions:
        if mention.recognizer != "latin" or mention.readings[0].score >= _SURE:
            taken[mention.span.start : mention.span.end] = b"\1" * len(mention.span)
    shorts: dict[str, list[tuple[Mention, str, bool]]] = {}
    for mention in mentions:
        reading = mention.readings[0]
        known = reading.entity is not None and languages.has_han(mention.name)
        known = known and reading.type != rules.patterns.names.titled
        if mention.name and not known and reading.value is None and reading.score >= _SURE:
            for short, same in _stems(mention.name, reading.type, rules, tails):
                shorts.setdefault(short, []).append((mention, reading.type, same))
    found: list[Mention] = []
    others: list[Alias] = []
    standing = occurrences(text, shorts)
    for short, owners in sorted(shorts.items()):
        if len({(owner.name, type_) for owner, type_, _ in owners}) > 1 and owners[0][2]:
            continue  # the short form of two names is none of either
        places = [p for p in standing.get(short, ()) if not any(taken[p.start : p.end])]
        if owners[0][1] != rules.patterns.names.titled and not languages.has_han(short):
            places = [p for p in places if p in latin]  # not the first word of a sentence, which may be any
        if not places:
            continue
        owner, type_, same = owners[0]
        reading = Reading(type_, owner.readings[0].entity, score=_SHORT)
        found += [Mention(p, text[p.start : p.end], (reading,), short, "short") for p in places]
        if same:
            others.append(Alias(owner.name, short, type_, Span(0, 0)))
    return found, tuple(others)


def _stems(name: str, type_: str, rules: Rules, tails: re.Pattern[str]) -> Iterator[tuple[str, bool]]:
    """The beginnings by which a name may be called, and whether they name the same thing."""
    names = rules.patterns.names
    if type_ == names.titled:
        *given, family = _PARTS.split(name)
        if given and len(family) >= _FAMILY_NAME and family not in names.common:
            yield family, True
        return
    for form in _forms(name, type_, rules):
        if form != name and form not in names.common and _FORM.fullmatch(form):
            yield form, True
        for pattern in (p for part in (names.suffixes, names.weak_suffixes) for t, p in part if t == type_):
            for match in pattern.finditer(form):
                stem = form[: match.start()]
                if match.end() == len(form) and _calls(stem, rules):
                    yield stem, True
    described = _DESCRIBED.fullmatch(name) if type_ in names.versioned else None
    if described and _calls(described["stem"], rules):
        yield described["stem"], True
    for t, suffix in names.latin_suffixes:
        stem, _, last = name.rpartition(" ")
        if (
            t == type_
            and suffix.fullmatch(last)
            and len(stem) >= _FAMILY_NAME
            and stem.casefold() not in names.not_names
        ):
            yield stem, True
            first, _, more = stem.partition(" ")
            if more and len(first) > _FIRST and first.casefold() not in names.not_names:
                yield first, True
    if type_ in names.versioned:
        for cut in range(2, len(name)):
            stem = name[:cut].rstrip(" -–_·")
            if tails.fullmatch(name, cut) and _calls(stem, rules):
                yield stem, False
                return


def _forms(name: str, type_: str, rules: Rules) -> Iterator[str]:
    """A name, and what is left of it without its legal form and without where its owner sits: 云帆科技 of
    深圳云帆科技有限公司."""
    yield name
    form = rules.patterns.names.dropped.get(type_)
    if type_ != rules.patterns.names.holder or form is None or not languages.has_han(name):
        return
    core = _IN_BRACKETS.sub("", form.sub("", name))
    seat = next((k for k in range(_SEAT, 1, -1) if languages.load().seat.fullmatch(core[:k])), 0)
    if seat or core != name:
        yield core[seat:]


def _calls(stem: str, rules: Rules) -> bool:
    """Whether a short form is a name and no word of every day."""
    return (
        SHORT_NAME.fullmatch(stem) is not None
        and names_something(stem, rules.patterns.names)
        and stem not in rules.patterns.names.common
        and stem not in rules.patterns.names.not_names
    )
