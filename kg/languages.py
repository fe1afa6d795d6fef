"""What any domain needs of Chinese and English: `languages.yaml`, compiled once."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from kg.model import Stance

HAN = "\u3400-\u4dbf\u4e00-\u9fff\u3007"
"""The inside of a character class of Han characters."""

LATIN = "A-Za-z0-9\u00c0-\u024f"
"""The inside of a character class of what Latin words and numbers are made of."""

_HAN = re.compile(f"[{HAN}]")


def has_han(text: str) -> bool:
    """Whether a text has any Han character: such a sentence is read as Chinese."""
    return _HAN.search(text) is not None


@dataclass(frozen=True, slots=True)
class StanceCues:
    """The words of one stance: before the word that states, somewhere before it in the sentence, anywhere in the
    sentence, as the heading of a section, for the whole document."""

    stance: Stance
    before: re.Pattern[str]
    onward: re.Pattern[str] | None
    sentence: re.Pattern[str] | None
    section: re.Pattern[str] | None
    document: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Languages:
    """The general word lists, as compiled regular expressions."""

    list_separator: str
    """A regular expression's text, because slots are built from it."""
    clause_end: re.Pattern[str]
    sentence_end: re.Pattern[str]
    abbreviations: frozenset[str]
    former: re.Pattern[str]
    """What stands for the first of the two names that were said last."""
    latter: re.Pattern[str]
    seat: re.Pattern[str]
    """Where somebody sits, at the end of what stands before the name."""
    """… and for the second."""
    possessive: re.Pattern[str]
    """Matches a pronoun that only says whose the name behind it is."""
    at_event: re.Pattern[str]
    """Matches at the beginning of a sentence that goes on with an event told before."""
    compared_before: re.Pattern[str]
    """Matches at the end of what stands before a mention that is only compared with."""
    compared_after: re.Pattern[str]
    means_before: re.Pattern[str]
    """… that is only a means of what the sentence tells."""
    means_after: re.Pattern[str]
    stances: tuple[StanceCues, ...]
    background_before: re.Pattern[str]
    """Matches at the end of what stands before a date that is of no event: 成立于, founded in."""
    background_after: re.Pattern[str]
    dateline: re.Pattern[str]
    """Matches behind a date that only tells when a report was sent."""
    ticker: re.Pattern[str]
    """Matches behind the name of a company that is traded: （300418.SZ）."""
    respectively: re.Pattern[str]
    """Of two lists, the first goes with the first, the second with the second."""
    withheld: re.Pattern[str]
    """Matches around the last name of what denies nothing of it, but that something about it was told."""
    question: re.Pattern[str]
    asks_about: re.Pattern[str]
    """Matches the last clause of a question that states something before: ……，你怎么看？"""
    hypothetical: re.Pattern[str]
    attribution: tuple[re.Pattern[str], ...]
    surnames: frozenset[str]
    double_surnames: frozenset[str]
    given_names: frozenset[str]
    """Given names of Latin script; most other words before a capitalised word begin no person's name."""
    not_people: re.Pattern[str]
    not_in_given_names: frozenset[str]
    correction: re.Pattern[str]
    """With these words a source takes back what it said before."""
    used: re.Pattern[str]
    """What stands behind the name of something that has users or a rank, and hardly ever behind an ordinary word."""
    time_zone: re.Pattern[str]
    """With these words a day is that of one time zone."""
    masthead: re.Pattern[str]
    """Labels that tell about a text: who wrote it, where it was printed, how often it was read."""
    headed: re.Pattern[str]
    """What may stand beside the name of a thing in a line that names it and nothing else."""
    speaking: str
    """A regular expression's text: verbs of speaking."""
    verbs_after_names: frozenset[str]
    """Verbs whose first character could be taken for the end of a person's name."""
    places: frozenset[str]
    """Countries, peoples, languages and cities, in lower case: written like names, but none of a domain's."""


def alternatives(words: list[str]) -> str:
    """A group that matches any of some regular expressions."""
    return "(?:" + "|".join(words) + ")"


@functools.cache
def load() -> Languages:
    """The languages that travel with the package."""
    data = yaml.safe_load((Path(__file__).parent / "languages.yaml").read_text("utf-8"))

    def compiled(words: list[str] | None) -> re.Pattern[str] | None:
        return re.compile(alternatives(words), re.IGNORECASE) if words else None

    stances = tuple(
        StanceCues(
            Stance(name),
            re.compile(alternatives(cues["before"]), re.IGNORECASE),
            compiled(cues.get("onward")),
            compiled(cues.get("sentence")),
            compiled(cues.get("section")),
            compiled(cues.get("document")),
        )
        for name, cues in data["stance"].items()
    )
    return Languages(
        list_separator=data["list_separator"],
        clause_end=re.compile(data["clause_end"]),
        sentence_end=re.compile(data["sentence_end_zh"]),
        abbreviations=frozenset(map(str, data["abbreviations"])),
        former=re.compile(data["former"]),
        latter=re.compile(data["latter"]),
        seat=re.compile(data["seat"]),
        possessive=re.compile(data["possessive"]),
        at_event=re.compile(data["at_event"]),
        compared_before=re.compile(alternatives(data["compared_before"]) + r"[\s“\"‘「《]*$", re.IGNORECASE),
        compared_after=re.compile(r"[”\"’」》]?" + alternatives(data["compared_after"])),
        means_before=re.compile(alternatives(data["means_before"]) + r"[\s“\"‘「《]*$", re.IGNORECASE),
        means_after=re.compile(r"[”\"’」》]?" + alternatives(data["means_after"])),
        stances=stances,
        background_before=re.compile(alternatives(data["background_before"]) + r"\s?$", re.IGNORECASE),
        ticker=re.compile(data["ticker"]),
        dateline=re.compile(data["dateline"]),
        background_after=re.compile(r"\s?" + alternatives(data["background_after"]), re.IGNORECASE),
        respectively=re.compile(data["respectively"]),
        withheld=re.compile(data["withheld"]),
        question=re.compile(data["question"]),
        asks_about=re.compile(data["asks_about"]),
        hypothetical=re.compile(data["hypothetical"], re.IGNORECASE),
        attribution=tuple(re.compile(p) for p in data["attribution"]),
        surnames=frozenset(data["surnames"]),
        double_surnames=frozenset(data["double_surnames"]),
        given_names=frozenset(map(str, data["given_names"])),
        not_people=re.compile(data["not_people"]),
        not_in_given_names=frozenset(data["not_in_given_names"]),
        correction=re.compile(alternatives(data["correction"]), re.IGNORECASE),
        masthead=re.compile(alternatives(data["masthead"]), re.IGNORECASE),
        headed=re.compile(data["headed"], re.IGNORECASE),
        used=re.compile(alternatives(data["used"])),
        time_zone=re.compile(alternatives(data["time_zone"])),
        speaking=data["speaking"],
        verbs_after_names=frozenset(data["verbs_after_names"].split("|")),
        places=frozenset(str(name).casefold() for name in data["places"]),
    )
