"""What the trainers of entity recognisers share: the parts of the corpus, its batches and tags, and the scores.

The corpus is divided for ever: what to learn from, what to choose by, and what neither ever sees.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.annotate.chain import Floats, Found, Ints, surprise, tags_of
from kg.corpus import Sentence
from kg.train import Score

DEVELOPMENT_SHARE = 0.08
"""The part of the training sentences that only tells how sharp scores are."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A corpus, divided for ever."""

    learning: tuple[Sentence, ...]
    development: tuple[Sentence, ...]
    testing: tuple[Sentence, ...]


def split(sentences: Iterable[Sentence]) -> Parts:
    """What to learn from, what to choose by, and what neither ever sees."""
    parts: tuple[list[Sentence], list[Sentence], list[Sentence]] = ([], [], [])
    for sentence in sentences:
        parts[2 if sentence.held_out else 1 if _development(sentence) else 0].append(sentence)
    return Parts(*(tuple(part) for part in parts))


def _development(sentence: Sentence) -> bool:
    digest = hashlib.sha256(b"development" + sentence.masked.encode()).hexdigest()
    return int(digest[:8], 16) / 0x1_0000_0000 < DEVELOPMENT_SHARE


def batches(sentences: Iterable[Sentence], characters: int) -> Iterator[list[Sentence]]:
    """Sentences in their order, in groups of about so many characters."""
    batch: list[Sentence] = []
    size = 0
    for sentence in sentences:
        if batch and size + len(sentence.text) > characters:
            yield batch
            batch, size = [], 0
        if sentence.text:
            batch.append(sentence)
            size += len(sentence.text)
    if batch:
        yield batch


def tags(sentence: Sentence, labels: Sequence[str]) -> Ints:
    """The tag of each character (`kg.annotate.chain`) of a sentence, for the mentions of these labels."""
    names = [(m.span.start, m.span.end, labels.index(m.type)) for m in sentence.mentions if m.type in labels]
    return tags_of(len(sentence.text), names)


def sharpness(scores: Floats, lengths: Ints, gold: Ints, transitions: Floats) -> float:
    """What scores are to be multiplied with, so that the gold tags are as likely as can be."""
    tried = [n / 20 for n in range(5, 31)]
    return min(tried, key=lambda by: surprise(scores * by, lengths, gold, transitions * by))


def scored(sentences: Sequence[Sentence], found: Sequence[Sequence[Found]], labels: Sequence[str]) -> tuple[Score, ...]:
    """How many of the names of these sentences were found, by class and for all."""
    right: dict[str, int] = {}
    predicted: dict[str, int] = {}
    gold: dict[str, int] = {}
    for sentence, names in zip(sentences, found, strict=True):
        marked = {(m.span.start, m.span.end, m.type) for m in sentence.mentions if m.type in labels}
        said = {(n.start, n.end, n.labels[0][0]) for n in names}
        for counts, triples in ((right, marked & said), (predicted, said), (gold, marked)):
            for _, _, label in triples:
                counts[label] = counts.get(label, 0) + 1
    one = [Score(x, right.get(x, 0), predicted.get(x, 0), gold.get(x, 0)) for x in labels]
    return (*one, Score("all", sum(right.values()), sum(predicted.values()), sum(gold.values())))
