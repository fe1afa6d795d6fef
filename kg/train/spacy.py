"""Train the entity recogniser of the shipped spaCy pipeline on the annotated corpus and on documents with gold facts.

Every epoch reads every sentence once, with other names in it (`kg.train.substitution`).  The sentences that the corpus
keeps for testing are scored once, after the last epoch; a development cut of the others tells how sharp the scores are.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from thinc.api import Adam, fix_random_seed, warmup_linear

from kg import corpus
from kg.annotate import Rules, shapes
from kg.annotate.chain import Floats, Ints, loss, padded
from kg.annotate.characters import COMPONENT, CharacterNames, Size
from kg.corpus import Sentence
from kg.errors import OntologyError
from kg.train import Progress, Score, Trained, marked, parts
from kg.train.documents import Folders
from kg.train.substitution import Substitution


@dataclass(frozen=True, slots=True)
class Course:
    """How training goes.  The defaults were chosen by F1 on the development cut."""

    epochs: int = 24
    read: int = 16
    """The epochs where documents are learned from too: they have several times as many sentences."""
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
    rules: Rules,
    folder: Path,
    *,
    seed: int = 0,
    progress: Progress | None = None,
    folders: Folders | None = None,
    course: Course = Course(),
) -> Trained:
    """Train, write the pipeline into `folder` and score it.

    Raises OntologyError for a corpus that cannot be read or has too few sentences, GoldError and InputError for
    documents that cannot be read.
    """
    say = progress or (lambda line: None)
    divided = parts.split(corpus.read(rules.ontology, rules.patterns))
    chance = random.Random(seed)
    learning = [*divided.learning, *(marked.sentences(folders, rules) if folders else ())]
    substitution = Substitution(rules.ontology, learning, chance)
    learning = [s for s in learning if not substitution.hides(s.masked)]
    if not learning:
        raise OntologyError(f"{rules.ontology.seeds / 'corpus'}: no sentence to learn from")
    fix_random_seed(seed)
    nlp = spacy.blank("zh")
    component = nlp.add_pipe(COMPONENT)
    assert isinstance(component, CharacterNames)
    component.shape(substitution.types, course.size, dropout=course.dropout)
    epochs = course.read if folders else course.epochs
    steps = epochs * (sum(len(s.text) for s in learning) // course.characters + 1)
    rates: Any = warmup_linear(course.learn_rate, int(steps * course.warmup) + 1, int(steps * 1.15))
    optimizer = Adam(rates, use_averages=False)
    for epoch in range(1, epochs + 1):
        chance.shuffle(learning)
        changed = [substitution(s) for s in learning]
        batches = parts.batches(changed, course.characters)
        total = sum(_step(component, batch, optimizer, course.blanked) for batch in batches)
        say(f"epoch {epoch} of {epochs}: loss {total / len(changed):.3f}")
    component.sharpness = sharpness(component, divided.development)
    component.from_bytes(component.to_bytes())  # what is scored is what is shipped: half precision
    say(f"development: F1 {score(component, divided.development)[-1].f1:.3f}, scores times {component.sharpness}")
    folder.mkdir(parents=True, exist_ok=True)
    nlp.to_disk(folder, exclude=["vocab"])
    return Trained(folder, len(learning), score(component, divided.testing))


def _step(component: CharacterNames, batch: Sequence[Sentence], optimizer: Any, blanked: float) -> float:
    """One step of the weights; the loss of the batch."""
    seen = [shapes.columns(s.text) for s in batch]
    for columns in seen:
        columns[np.random.random_sample(columns.shape) < blanked] = 0
    rows, backprop = component.network.begin_update(seen)
    scores, lengths = padded(rows)
    gold = _gold(component, batch, scores)
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


def sharpness(component: CharacterNames, sentences: Sequence[Sentence]) -> float:
    """What scores are to be multiplied with, so that the tags of these sentences are as likely as can be."""
    if not sentences:
        return 1.0
    scores, lengths = padded(component.network.predict([shapes.columns(s.text) for s in sentences]))
    return parts.sharpness(scores, lengths, _gold(component, sentences, scores), component.transitions)


def score(component: CharacterNames, sentences: Sequence[Sentence]) -> tuple[Score, ...]:
    """How many of the names of these sentences are found, by class and for all."""
    return parts.scored(sentences, component.predict([s.text for s in sentences]), component.labels)


def _gold(component: CharacterNames, sentences: Sequence[Sentence], scores: Floats) -> Ints:
    """The tags of these sentences, padded as their scores are."""
    gold = np.zeros(scores.shape[:2], dtype=np.int64)
    for number, sentence in enumerate(sentences):
        gold[number, : len(sentence.text)] = parts.tags(sentence, component.labels)
    return gold
