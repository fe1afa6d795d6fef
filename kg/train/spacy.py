"""Train the entity recogniser of the shipped spaCy pipeline on the annotated corpus.

Every epoch reads every sentence once, with other names in it (`kg.train.substitution`).  The sentences that the corpus
keeps for testing are scored once, after the last epoch; a development cut of the others tells how sharp the scores are.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from thinc.api import Adam, fix_random_seed, warmup_linear

from kg import corpus
from kg.annotate import Rules, shapes
from kg.annotate.chain import loss, surprise, tags_of
from kg.annotate.characters import COMPONENT, CharacterNames, Size, padded
from kg.corpus import Sentence
from kg.errors import OntologyError
from kg.train import Progress, Score, Trained
from kg.train.substitution import Substitution

DEVELOPMENT_SHARE = 0.08
"""The part of the training sentences that only tells how sharp scores are."""


@dataclass(frozen=True, slots=True)
class Course:
    """How training goes.  The defaults were chosen by F1 on the development cut."""

    epochs: int = 24
    characters: int = 1600
    """A batch holds about so many: small ones make more steps of few sentences."""
    learn_rate: float = 0.003
    warmup: float = 0.1
    """The part of all steps in which the learn rate rises; then it falls to zero."""
    dropout: float = 0.45
    blanked: float = 0.2
    """The part of what is seen of each character that is hidden: nothing may hang on one word alone."""
    size: Size = field(default_factory=Size)


def train(
    rules: Rules, folder: Path, *, seed: int = 0, progress: Progress | None = None, course: Course = Course()
) -> Trained:
    """Train, write the pipeline into `folder` and score it.

    Raises OntologyError for a corpus that cannot be read or has too few sentences.
    """
    say = progress or (lambda line: None)
    parts = split(corpus.read(rules.ontology, rules.patterns))
    chance = random.Random(seed)
    learning = list(parts.learning)
    substitution = Substitution(rules.ontology, learning, chance)
    learning = [s for s in learning if not substitution.hides(s.masked)]
    if not learning:
        raise OntologyError(f"{rules.ontology.seeds / 'corpus'}: no sentence to learn from")
    fix_random_seed(seed)
    nlp = spacy.blank("zh")
    component = nlp.add_pipe(COMPONENT)
    assert isinstance(component, CharacterNames)
    component.shape(substitution.types, course.size, dropout=course.dropout)
    steps = course.epochs * (sum(len(s.text) for s in learning) // course.characters + 1)
    rates: Any = warmup_linear(course.learn_rate, int(steps * course.warmup) + 1, int(steps * 1.15))
    optimizer = Adam(rates, use_averages=False)
    for epoch in range(1, course.epochs + 1):
        chance.shuffle(learning)
        changed = [substitution(s) for s in learning]
        batches = _batches(changed, course.characters)
        total = sum(_step(component, batch, optimizer, course.blanked) for batch in batches)
        say(f"epoch {epoch} of {course.epochs}: loss {total / len(changed):.3f}")
    component.sharpness = sharpness(component, parts.development)
    component.from_bytes(component.to_bytes())  # what is scored is what is shipped: half precision
    say(f"development: F1 {score(component, parts.development)[-1].f1:.3f}, scores times {component.sharpness}")
    folder.mkdir(parents=True, exist_ok=True)
    nlp.to_disk(folder, exclude=["vocab"])
    return Trained(folder, len(learning), score(component, parts.testing))


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


def _batches(sentences: Iterable[Sentence], characters: int) -> Iterator[list[Sentence]]:
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


def _step(component: CharacterNames, batch: Sequence[Sentence], optimizer: Any, blanked: float) -> float:
    """One step of the weights; the loss of the batch."""
    seen = [shapes.columns(s.text) for s in batch]
    for columns in seen:
        columns[np.random.random_sample(columns.shape) < blanked] = 0
    rows, backprop = component.network.begin_update(seen)
    scores, lengths = padded(rows)
    gold = np.zeros(scores.shape[:2], dtype=np.int64)
    for number, sentence in enumerate(batch):
        gold[number, : lengths[number]] = _tags(component, sentence)
    lost, by_score, by_transition = loss(scores, lengths, gold, component.transitions)
    by_score /= len(batch)
    backprop([by_score[i, : lengths[i]].astype(np.float32) for i in range(len(batch))])
    component.network.finish_update(optimizer)
    weights, _ = optimizer(
        (0, "transitions"), component.transitions.astype(np.float32), (by_transition / len(batch)).astype(np.float32)
    )
    component.transitions = np.asarray(weights, dtype=np.float64)
    optimizer.step_schedules()
    return lost


def _tags(component: CharacterNames, sentence: Sentence) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    names = [
        (m.span.start, m.span.end, component.labels.index(m.type))
        for m in sentence.mentions
        if m.type in component.labels
    ]
    return tags_of(len(sentence.text), names)


def sharpness(component: CharacterNames, sentences: Sequence[Sentence]) -> float:
    """What scores are to be multiplied with, so that the tags of these sentences are as likely as can be."""
    if not sentences:
        return 1.0
    rows = component.network.predict([shapes.columns(s.text) for s in sentences])
    scores, lengths = padded(rows)
    gold = np.zeros(scores.shape[:2], dtype=np.int64)
    for number, sentence in enumerate(sentences):
        gold[number, : lengths[number]] = _tags(component, sentence)
    tried = [n / 20 for n in range(5, 31)]
    return min(tried, key=lambda by: surprise(scores * by, lengths, gold, component.transitions * by))


def score(component: CharacterNames, sentences: Sequence[Sentence]) -> tuple[Score, ...]:
    """How many of the names of these sentences are found, by class and for all."""
    right: dict[str, int] = {}
    predicted: dict[str, int] = {}
    gold: dict[str, int] = {}
    found = component.predict([s.text for s in sentences])
    for sentence, names in zip(sentences, found, strict=True):
        marked = {(m.span.start, m.span.end, m.type) for m in sentence.mentions if m.type in component.labels}
        said = {(n.start, n.end, n.labels[0][0]) for n in names}
        for counts, triples in ((right, marked & said), (predicted, said), (gold, marked)):
            for _, _, label in triples:
                counts[label] = counts.get(label, 0) + 1
    one = [Score(x, right.get(x, 0), predicted.get(x, 0), gold.get(x, 0)) for x in component.labels]
    return (*one, Score("all", sum(right.values()), sum(predicted.values()), sum(gold.values())))
