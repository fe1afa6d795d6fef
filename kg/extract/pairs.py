"""Pairs: how likely a sentence relates two of its mentions, learned from the annotated corpus.

A logistic regression over hashed features of the words around and between two mentions, one weight vector for all
relations (each feature carries its relation's name).  It finds wordings that no pattern foresees; names play no part
in it, since a skeleton shows only their types.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.annotate import Rules
from kg.annotate.values import DATE
from kg.extract.discourse import Sentence, compared, oblique
from kg.extract.ends import end_of
from kg.extract.skeleton import Skeleton
from kg.extract.stance import of_stretch
from kg.lexicon import key
from kg.model import Extraction, Mention
from kg.patterns import CLOSE, Patterns

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

FILE = Path("models") / "pairs.npz"
"""Where an ontology's seeds keep the weights."""
BITS = 18
"""Features are hashed to this many bits: some fifty thousand of them collide seldom in a quarter of a million
places."""
_FARTHEST = 60
"""Skeleton characters between two mentions: what is farther apart is hardly ever one statement."""
_LEAST = 0.35
"""Likelihoods below this are not worth a claim, not even one that makes no fact."""
_SURE = 0.85
"""From this likelihood on a second object is believed."""
_TRUST = 0.72
"""What a likelihood of 1 is worth beside a pattern: the corpus is not the world."""
_WORD = re.compile(r"[A-Za-z]+|[0-9]+|\S")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two mentions of a sentence that a relation may hold between, with their places in the skeleton."""

    relation: str
    subject: Mention
    object: Mention
    subject_at: int
    object_at: int


@dataclass(frozen=True)
class PairModel:
    """The learned weights."""

    weights: NDArray[numpy.float32]
    bias: float

    def likelihood(self, features: list[int]) -> float:
        """How likely a pair with these features is related, from 0 to 1."""
        import math

        total = self.bias + float(self.weights[features].sum())
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def load(seeds: Path) -> PairModel | None:
    """The weights that travel with an ontology's seeds, if it has any."""
    path = seeds / FILE
    if not path.is_file():
        return None
    import numpy

    with numpy.load(path) as data:
        weights = numpy.zeros(1 << BITS, dtype=numpy.float32)
        weights[data["places"]] = data["values"].astype(numpy.float32)
        return PairModel(weights, float(data["bias"]))


def object_types(patterns: Patterns, relation: str, range_: tuple[str, ...], datatype: str | None) -> tuple[str, ...]:
    """The types of mentions that can be the object of a relation: its range, or the values that its patterns name."""
    if range_:
        return range_
    if datatype == "date":
        return (DATE,)
    named = {
        type_
        for pattern in patterns.patterns
        for statement in pattern.states
        if statement.relation == relation
        for slot in pattern.slots
        if slot.name == statement.object
        for type_ in slot.types
    }
    return tuple(sorted(named))


def candidates(skeleton: Skeleton, rules: Rules) -> Iterator[Pair]:
    """Every pair of mentions of a sentence that some relation may hold between."""
    places = sorted(skeleton.mentions)
    for relation in rules.ontology.relations:
        objects = object_types(rules.patterns, relation.name, relation.range, relation.datatype)
        for one in places:
            subject = skeleton.mentions[one]
            if not subject.reading(*relation.domain):
                continue
            for two in places:
                if one == two or abs(one - two) > _FARTHEST + 8:
                    continue
                obj = skeleton.mentions[two]
                if obj.reading(*objects):
                    yield Pair(relation.name, subject, obj, one, two)


def features(pair: Pair, skeleton: Skeleton, text: str, rules: Rules) -> list[int]:
    """The hashed features of a pair."""
    forward = pair.subject_at < pair.object_at
    first, second = sorted((pair.subject_at, pair.object_at))
    first_end = skeleton.text.index(CLOSE, first) + 1
    second_end = skeleton.text.index(CLOSE, second) + 1
    between = skeleton.text[first_end:second]
    before, after = skeleton.text[max(0, first - 6) : first], skeleton.text[second_end : second_end + 6]
    inside = [m for at, m in skeleton.mentions.items() if first < at < second]
    kind = f"{pair.relation}|{'>' if forward else '<'}|{_types(pair.subject)}|{_types(pair.object)}"
    found = [
        "",
        f"d{_bucket(len(between))}",
        f"n{min(3, len(inside))}",
        f"c{min(3, len(re.findall('[，,、；;]', between)))}",
    ]
    found += [f"i{t}" for t in sorted({_types(m) for m in inside})]
    found += [f"b{g}" for g in _grams(between[:40], skeleton.language)]
    found += [f"l{before[-n:]}" for n in (1, 2, 3, 4) if len(before) >= n]
    found += [f"r{after[:n]}" for n in (1, 2, 3, 4) if len(after) >= n]
    found += [f"s{between[:n]}" for n in (1, 2, 3)] + [f"e{between[-n:]}" for n in (1, 2, 3)]
    if len(between) <= 12:
        found.append(f"w{between}")
    found += [f"L{g}" for g in _grams(skeleton.text[max(0, first - 24) : first], skeleton.language)]
    found += [f"R{g}" for g in _grams(skeleton.text[second_end : second_end + 24], skeleton.language)]
    for event in rules.patterns.events:
        for name, stretch in (("m", between), ("p", skeleton.text[:first]), ("q", skeleton.text[second_end:])):
            if any(p and p.search(stretch) for p in (*event.transitive, *event.intransitive)):
                found.append(f"v{name}{event.name}")
    found.append(f"k{_rivals(pair.subject, pair, skeleton)}{_rivals(pair.object, pair, skeleton)}")
    for name, mention in (("S", pair.subject), ("O", pair.object)):
        if mention.name and compared(text, mention):
            found.append(f"x{name}")
        elif mention.name and oblique(text, mention):
            found.append(f"y{name}")
    found.append(f"t{of_stretch(skeleton, second, second_end)}{of_stretch(skeleton, first, first_end)}")
    return sorted({zlib.crc32(f"{kind}|{f}".encode()) & ((1 << BITS) - 1) for f in found})


def _types(mention: Mention) -> str:
    return mention.readings[0].type


def _bucket(length: int) -> int:
    return next((n for n, limit in enumerate((0, 1, 2, 4, 8, 16, 32)) if length <= limit), 7)


def _grams(stretch: str, language: str) -> list[str]:
    tokens = list(stretch) if language == "zh" else _WORD.findall(stretch.casefold())
    return [" ".join(tokens[i : i + n]) for n in (1, 2, 3) for i in range(len(tokens) - n + 1)]


def _rivals(mention: Mention, pair: Pair, skeleton: Skeleton) -> int:
    """How many other mentions of its type stand nearer to the pair's other end, at most two."""
    other = pair.object_at if mention is pair.subject else pair.subject_at
    mine = pair.subject_at if mention is pair.subject else pair.object_at
    types = {r.type for r in mention.readings[:1]}
    nearer = [
        at
        for at, m in skeleton.mentions.items()
        if m.reading(*types) and at != other and abs(at - other) < abs(mine - other)
    ]
    return min(2, len(nearer))


def extract(
    sentence: Sentence, skeleton: Skeleton, text: str, said: Sequence[Extraction], rules: Rules
) -> Iterator[Extraction]:
    """What the learned weights find in one sentence, beside what the patterns have `said` of it.

    A subject has one object of a relation, and a value that is no date or rank has one subject, unless the words make
    more of them very likely: the likelier pair comes first, and what patterns have found comes before all.
    """
    if rules.pairs is None:
        return
    subjects = {(e.predicate, e.subject.span) for e in said}
    objects = {(e.predicate, e.object.span) for e in said}
    dated = {(e.subject.span, e.object.span) for e in said if e.object.value and e.object.value.when}
    likely = sorted(
        (
            (rules.pairs.likelihood(features(pair, skeleton, text, rules)), pair)
            for pair in _sayable(skeleton, text, rules)
        ),
        key=lambda found: (-found[0], found[1].subject_at, found[1].object_at, found[1].relation),
    )
    for likelihood, pair in likely:
        if likelihood < _LEAST:
            break
        relation = rules.ontology.relation(pair.relation)
        ends = (relation.name, pair.subject.span), (relation.name, pair.object.span)
        alone = relation.datatype in ("integer", "string")
        if (pair.subject.span, pair.object.span) in dated:
            continue  # the date is known to be another event's
        if likelihood < _SURE and (ends[0] in subjects or (alone and ends[1] in objects)):
            continue
        subjects.add(ends[0])
        objects.add(ends[1])
        types = object_types(rules.patterns, relation.name, relation.range, relation.datatype)
        subject, obj = end_of(pair.subject, relation.domain, sentence, text), end_of(pair.object, types, sentence, text)
        if subject is None or obj is None or (obj[0].value is None and key(subject[0].name) == key(obj[0].name)):
            continue
        start, end = sorted((pair.subject_at, pair.object_at))
        end = skeleton.text.index(CLOSE, end) + 1
        yield Extraction(
            predicate=pair.relation,
            subject=subject[0],
            object=obj[0],
            span=skeleton.span(start, end),
            stance=of_stretch(skeleton, start, end),
            confidence=likelihood * _TRUST * subject[1] * obj[1],
            extractor="pairs",
        )


def _sayable(skeleton: Skeleton, text: str, rules: Rules) -> Iterator[Pair]:
    """The pairs of which the sentence can say something: not of what it only compares with."""
    for pair in candidates(skeleton, rules):
        about = rules.ontology.relation(pair.relation)
        ends = (pair.subject, pair.object)
        if any(m.recognizer == "pronoun" or (m.name and compared(text, m)) for m in ends):
            continue
        if (about.datatype or about.scoped) and pair.subject.name and oblique(text, pair.subject):
            continue
        yield pair
