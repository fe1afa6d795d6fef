"""Names that an engine found, as mentions: trimmed, bare, steady through a document, and those of two engines as one.

An engine (a spaCy pipeline, a HanLP model) says where names are and how likely each class is.  What is done with that
is the same for all of them, and stands here; the names then stand in `kg.annotate.lexicon.annotate` where no surer
mention does.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import yaml

from kg.annotate import Rules
from kg.errors import AnnotatorError
from kg.languages import HAN
from kg.model import Mention, Reading, Span

LEAST = 0.7
"""Names less likely than this are left out: whole documents name less than the sentences of the corpus, so that the
scores, right there, are too high here.  Chosen, as the next two, by F1 on documents with half of the known names
hidden."""
LEAST_READING = 0.05
"""What else a name may be is told from here on: which class a name has is decided by what is said of it."""
OTHER_READING = 0.6
"""The least score of such a reading: that of a name with no mark in the rules."""
SPREADS = 0.8
"""A name as likely as this is marked wherever the document has it."""
OWN_SCORE = 0.75
"""The score of the entities of an engine that tells none: as sure as a name with a mark of the rules."""
LEAST_SHARE = 0.34
"""What is taken for a name at fewer of its places in a text is none."""

_OPENING, _CLOSING = "“‘「『《【\"'（([", "”’」』》】\"'）)]"
_VERSION = re.compile(r"[ \-–]?(?=[A-Za-z.\-]*\d)[A-Za-z\d.\-]+")
_OF_SERIES = re.compile(rf"([{HAN}]{{2,}})系列")
"""A name that goes on with what it is; one with Latin letters may be a part's: 盘古E系列."""
_APART = re.compile(r"[vV] \d+(?:\.\d+)*")
"""A version by itself, of something that is not named beside it."""
_DEMONSTRATIVE = "其该这那某"
_QUOTED = re.compile("[“「『《]([^”」』》]{2,})[”」』》]")
_OWNER = re.compile(rf"(?<=[A-Za-z0-9])['’]s (?=[A-Z0-9])|(?<=[{HAN}])[：:]\s?(?=\S)")
_BLANK = " \t\u3000\u00a0"

Told = tuple[int, int, Iterable[tuple[str, float]]]
"""A name as an engine tells it: where it stands in the text, its labels and how likely they are, likeliest first."""


@dataclass(frozen=True, slots=True)
class Names:
    """Makes mentions of what one engine tells."""

    rules: Rules
    classes: Mapping[str, str]
    """What the engine's labels mean: classes of the ontology."""
    recognizer: str

    def mentions(self, text: str, told: Iterable[Told]) -> Iterator[Mention]:
        """The names of a text that are of our classes and may be names by what the ontology says."""
        for start, end, likely in told:
            readings = _readings(likely, self.classes)
            span = trimmed(text, Span(start, end))
            if readings and span:
                span = _behind_owner(text, span)
                words = text[span.start : span.end]
                name = self._bare(words, readings[0].type)
                if self._names_something(text, span, name):
                    yield Mention(span, words, readings, name, self.recognizer)

    def _bare(self, words: str, type_: str) -> str:
        """The name in a mention, without the quotes and the head of its class, which may stand inside the quotes."""
        quoted = _QUOTED.match(words)  # “云帆”儿科系统: the name is what is quoted
        bare = re.sub('[“”「」『』《》【】"]', "", quoted[1] if quoted else words).strip(_BLANK)
        if quoted and (version := words[quoted.end(1) + 1 :]) and _VERSION.fullmatch(version):
            return bare + version
        for class_, head in self.rules.patterns.names.heads:
            if class_ == type_:
                ends = [
                    m.start() for m in head.finditer(bare) if m.end() == len(bare) and not _in_word(bare, m.start())
                ]
                bare = bare[: min(ends, default=len(bare))].strip(_BLANK)
        series = _OF_SERIES.fullmatch(bare)
        return series[1] if series else bare

    def _names_something(self, text: str, span: Span, name: str) -> bool:
        """Whether what the ontology says of names that are none leaves it one."""
        rules = self.rules.patterns.names
        return (
            len(name) > 1
            and name[0] not in _DEMONSTRATIVE
            and not name.endswith(("·", "-"))
            and name.casefold() not in rules.not_names
            and name not in rules.stoppers
            and name not in rules.common
            and rules.descriptors.fullmatch(name) is None
            and _APART.fullmatch(name) is None
            and name.split()[-1] not in rules.not_endings
            and rules.not_shapes.fullmatch(name.split()[0]) is None
            and rules.not_heads.match(text, span.end) is None
        )


def _behind_owner(text: str, span: Span) -> Span:
    """A name without whose it is, Sonar of Perplexity’s Sonar, and without a label before it."""
    owners = list(_OWNER.finditer(text, span.start, span.end))
    return Span(owners[-1].end(), span.end) if owners else span


def _in_word(name: str, at: int) -> bool:
    """Whether a place stands inside a Latin word: QinLLM is no LLM called Qin."""
    return 0 < at < len(name) and name[at - 1].isascii() and name[at - 1].isalnum() and name[at].isascii()


def classes(rules: Rules) -> dict[str, str]:
    """The classes of the ontology that things in a text have, by their own names."""
    return {c.name: c.name for c in rules.ontology.classes if c.kind and not c.ordered}


def labels(rules: Rules) -> dict[str, str]:
    """What the labels of other engines mean here: `spacy_labels` of the ontology's `patterns.yaml`."""
    path = rules.ontology.folder / "patterns.yaml"
    data = yaml.safe_load(path.read_text("utf-8")) if path.is_file() else {}
    table = (data or {}).get("spacy_labels", {})
    return {str(label): rules.ontology.cls(str(name)).name for label, name in table.items()}


def check_labels(theirs: Iterable[str], what: str, ours: Mapping[str, str]) -> None:
    """Raise AnnotatorError for an engine that finds none of our classes."""
    known = set(theirs)
    if known.isdisjoint(ours):
        raise AnnotatorError(
            f"{what} finds none of our classes; its labels: {', '.join(sorted(known)) or 'none'}; "
            f"known: {', '.join(sorted(ours))} (spacy_labels in patterns.yaml)"
        )


def trimmed(text: str, span: Span) -> Span | None:
    """A span without blanks and without quotation marks or brackets whose other half it does not hold; None if none
    is left."""
    start, end = span.start, span.end
    while start < end:
        first, last = text[start], text[end - 1]
        if first in _BLANK or (first in _CLOSING and first not in _OPENING):
            start += 1
        elif last in _BLANK or (last in _OPENING and last not in _CLOSING):
            end -= 1
        elif first in _OPENING and _CLOSING[_OPENING.index(first)] not in text[start + 1 : end]:
            start += 1
        elif last in _CLOSING and _OPENING[_CLOSING.index(last)] not in text[start : end - 1]:
            end -= 1
        else:
            return Span(start, end)
    return None


def _readings(likely: Iterable[tuple[str, float]], classes: Mapping[str, str]) -> tuple[Reading, ...]:
    return tuple(
        Reading(classes[label], score=max(score, OTHER_READING) if number else score)
        for number, (label, score) in enumerate(likely)
        if label in classes and (number == 0 or score >= LEAST_READING)
    )


def steady(text: str, told: Iterable[Mention]) -> list[Mention]:
    """The names that are likely enough and that a text bears out, at all their places.

    What is taken for a name at few of the places where it stands is a common word; what surely is one somewhere is one
    at its other places too.
    """
    likely = [m for m in told if m.readings[0].score >= LEAST]
    taken = {at for m in likely for at in range(m.span.start, m.span.end)}
    by_name: dict[str, list[Mention]] = defaultdict(list)
    for mention in likely:
        by_name[mention.name].append(mention)
    found: list[Mention] = []
    for name, mentions in sorted(by_name.items()):
        places = [m.span() for m in re.finditer(rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])", text)]
        others = [Span(*place) for place in places if taken.isdisjoint(range(*place))]
        if len(mentions) < LEAST_SHARE * (len(mentions) + len(others)):
            continue
        found += mentions
        best = max(mentions, key=lambda m: (m.readings[0].score, -m.span.start))
        if best.readings[0].score >= SPREADS:
            found += [Mention(s, text[s.start : s.end], best.readings, name, best.recognizer) for s in others]
    return found
