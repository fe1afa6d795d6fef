"""How plausible it is that a name which no list holds names anything: learned from documents with gold facts.

A rule that finds new names finds words that only look like names too: a button, a kicker, what a plan is called for a
sentence.  A logistic regression over hashed features of how a name is written, by what it was found and what stands
beside it, at all its places in a document, tells which of them take part in what a text states.  A claim about one that
hardly does makes no fact.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from kg import languages
from kg.annotate import Rules, context
from kg.annotate.names import LEGAL
from kg.extract import standing, weights
from kg.extract.weights import Scorer
from kg.lexicon import key
from kg.model import Annotated, End, Extraction, Mention, Span

FOLDER, FILE = Path("models") / "names", "weights.npz"
"""Where an ontology's seeds keep the weights."""
BITS = 16
LEAST = 0.12
"""A name that is less likely to name anything is doubted."""
_DOUBT = 0.66
"""What is left of the confidence in a claim about such a name: a fact only of what is most surely said."""
_PLACES = 6
"""So many places of a name are looked at."""
_BESIDE = 12
"""Characters to each side of a name that are looked at."""
_UNNAMED = frozenset({"pronoun", "dates", "values"})
_LONGEST, _SHAPE = 12, 8
_VERSION = re.compile(r"[vV]?\d+(?:\.\d+)+")
"""A version by itself: of what, only the text before it tells."""
_WORD = re.compile(r"[\w'’]+|[^\w\s]")
_SMALL = re.compile(r"(?<![A-Za-z])[a-z][a-z-]*")
_RUNS = ((re.compile("[A-Z]+"), "A"), (re.compile("[a-z]+"), "a"), (re.compile("[0-9]+"), "0"))
_HAN = re.compile(f"[{languages.HAN}]+")


@dataclass(frozen=True)
class NameModel(Scorer):
    """The learned weights: of a name, how likely it takes part in what its document states."""

    annotator: str
    """The annotator whose names it knows: what one finds surely, another hardly finds."""


def load(seeds: Path) -> NameModel | None:
    """The weights that travel with an ontology's seeds, if it has any."""
    path = seeds / FOLDER / FILE
    if not path.is_file():
        return None
    import numpy

    with numpy.load(path) as data:
        return NameModel(weights.unpacked(data, BITS), float(data["bias"]), str(data["annotator"]))


def doubted(found: Sequence[Extraction], annotated: Annotated, rules: Rules) -> list[Extraction]:
    """The extractions, each about a name that hardly names anything with less confidence."""
    implausible = {key(m.name) for m in _named(annotated) if not _listed(m) and _VERSION.fullmatch(m.name)}
    model = rules.plausible
    if model is not None and annotated.annotator == model.annotator:
        judged = {name for name, features in looks(annotated) if model.likelihood(features) < LEAST}
        implausible |= judged - _vouched(annotated, rules)
    return [
        replace(e, confidence=e.confidence * _DOUBT)
        if any(_unlisted(end) and key(end.name) in implausible for end in (e.subject, e.object))
        else e
        for e in found
    ]


def _vouched(annotated: Annotated, rules: Rules) -> set[str]:
    """The keys of the names that the text calls what they are or that have a legal form, and of those in a list that
    has one of ours of their class."""
    text, named = annotated.document.text, _named(annotated)
    vouched = {key(m.name) for m in named if m.recognizer == LEGAL or context.apposed(text, m, rules)}
    for names in standing.lists(named, text):
        ours = {m.readings[0].type for m in names if _listed(m)}
        vouched |= {key(m.name) for m in names if m.readings[0].type in ours}
    return vouched


def _unlisted(end: End) -> bool:
    return end.entity is None and end.value is None


def looks(annotated: Annotated) -> Iterator[tuple[str, list[int]]]:
    """(key, features) of every name of a document that no list holds."""
    text = annotated.document.text
    places: dict[str, list[Mention]] = defaultdict(list)
    named = _named(annotated)
    for mention in named:
        if not _listed(mention):
            places[key(mention.name)].append(mention)
    small = frozenset(_SMALL.findall(text))
    joined = _joined(named, text)
    for name, mentions in places.items():
        told = [*_features(mentions, text, small), *sorted({j for m in mentions for j in joined.get(m.span, ())})]
        yield name, sorted({zlib.crc32(f.encode()) % (1 << BITS) for f in told})


def _named(annotated: Annotated) -> list[Mention]:
    return [m for m in annotated.mentions if m.name and m.recognizer not in _UNNAMED]


def _listed(mention: Mention) -> bool:
    return any(r.entity or r.value for r in mention.readings)


def _joined(named: Sequence[Mention], text: str) -> dict[Span, set[str]]:
    """What the names are that a list joins to each name: of a list of ours or new, of its class or another."""
    found: dict[Span, set[str]] = defaultdict(set)
    for names in standing.lists(named, text):
        for one, two in pairwise(names):
            for mine, other in ((one, two), (two, one)):
                same = mine.readings[0].type == other.readings[0].type
                found[mine.span].add(f"joined={_listed(other)},{same}")
    return found


def _features(mentions: Sequence[Mention], text: str, small: frozenset[str]) -> Iterator[str]:
    best = max(mentions, key=lambda m: (m.readings[0].score, -m.span.start))
    reading = best.readings[0]
    name = best.name.casefold()
    han = languages.has_han(name)
    yield from (f"han={han}", f"by={best.recognizer}", f"class={reading.type}", f"score={reading.score:.1f}")
    yield from (f"by={best.recognizer},class={reading.type}", f"times={min(len(mentions), 4)}")
    yield from (
        f"long={min(len(name), _LONGEST)},{han}",
        f"words={min(len(name.split()), 4)}",
        f"shape={_shape(best.name)}",
    )
    yield from (f"begins={name[:2]}", f"ends={name[-2:]}", f"ends={name[-3:]}")
    if han:
        yield from (f"holds={name[at : at + n]}" for n in (1, 2) for at in range(len(name) - n + 1))
    else:
        words = name.split()
        yield from (f"word={word}" for word in words)
        yield f"small={all(word in small for word in words)}"
    for mention in mentions[:_PLACES]:
        yield from _beside(mention, text)


def _shape(name: str) -> str:
    for run, letter in _RUNS:
        name = run.sub(letter, name)
    return _HAN.sub("汉", name)[:_SHAPE]


def _beside(mention: Mention, text: str) -> Iterator[str]:
    """What stands right before and behind a place of a name: characters in Chinese, words in English."""
    start, end = mention.span.start, mention.span.end
    before, behind = text[max(0, start - _BESIDE) : start], text[end : end + _BESIDE]
    if languages.has_han(before + mention.text + behind):
        for n in (1, 2, 3):
            yield f"before={before[-n:]}"
            yield f"behind={behind[:n]}"
        return
    ahead, after = _WORD.findall(before.lower()), _WORD.findall(behind.lower())
    yield from (f"before={word}" for word in ahead[-1:])
    yield from (f"behind={word}" for word in after[:1])
    if len(after) > 1:
        yield f"behind={after[0]} {after[1]}"
