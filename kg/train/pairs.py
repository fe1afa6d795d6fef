"""Train the pair scorer of `kg.extract.pairs` on the annotated corpus: logistic regression with AdaGrad.

Reproducible: the order of the pairs is fixed by a seeded generator, and the weights are rounded before they are
written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy
from numpy.typing import NDArray

from kg import corpus
from kg.annotate import Rules
from kg.corpus import Sentence
from kg.extract import pairs, skeleton
from kg.extract.pairs import BITS, FILE, PairModel
from kg.model import Mention, Reading, Span, Stance, Value
from kg.train import Progress, Score, Trained

EPOCHS = 12
RATE = 0.15
PENALTY = 2e-5
"""Of each weight, at every step: rare features must not decide alone."""
EVEN = 0.5
FOLDS = 5
SMALLEST = 0.01
"""Weights nearer to nothing are dropped from the file."""

Examples = list[tuple[NDArray[numpy.int64], float]]


def examples(sentences: Iterable[Sentence], rules: Rules) -> Examples:
    """Every pair of the sentences with its features, and whether the sentence asserts the relation."""
    return [(numpy.array(hashed), float(label)) for _, hashed, label in _labelled(sentences, rules)]


def _labelled(sentences: Iterable[Sentence], rules: Rules) -> Iterator[tuple[str, list[int], bool]]:
    """(relation, features, asserted) of every pair."""
    for sentence in sentences:
        mentions = [
            Mention(m.span, m.text, (Reading(m.type, value=_value(m.type, m.text, rules)),), m.name)
            for m in sentence.mentions
        ]
        seen = skeleton.build(sentence.text, Span(0, len(sentence.text)), mentions, (), rules.patterns.letters)
        stated = {
            (r.relation, mentions[r.subject].span, mentions[r.object].span)
            for r in sentence.relations
            if r.stance is Stance.ASSERTED
        }
        sight = pairs.look(seen, sentence.text, rules)
        for pair in sight.candidates(rules):
            label = (pair.relation, pair.subject.span, pair.object.span) in stated
            yield pair.relation, sight.features(pair), label


def _value(type_: str, text: str, rules: Rules) -> Value | None:
    classes = {c.name for c in rules.ontology.classes if c.kind and not c.ordered}
    return None if type_ in classes else Value(text)


def fit(found: Examples, *, seed: int = 0) -> PairModel:
    """The weights that explain the examples best."""
    weights = numpy.zeros(1 << BITS, dtype=numpy.float64)
    squares = numpy.full(1 << BITS, 1e-6)
    bias, bias_square = 0.0, 1e-6
    random = numpy.random.default_rng(seed)
    for _ in range(EPOCHS):
        for place in random.permutation(len(found)):
            hashed, label = found[place]
            total = bias + weights[hashed].sum()
            error = 1.0 / (1.0 + numpy.exp(-numpy.clip(total, -30, 30))) - label
            gradient = error + PENALTY * weights[hashed]
            squares[hashed] += gradient * gradient
            weights[hashed] -= RATE * gradient / numpy.sqrt(squares[hashed])
            bias_square += error * error
            bias -= RATE * error / bias_square**0.5
    return PairModel(weights.astype(numpy.float32), float(bias), {})


def train(rules: Rules, folder: Path, *, seed: int = 0, progress: Progress | None = None) -> Trained:
    """Train on the corpus's training part, write the weights into `folder` and score them.

    Raises OntologyError for a corpus that cannot be read.
    """
    say = progress or (lambda line: None)
    sentences = corpus.read(rules.ontology, rules.patterns)
    learning = [s for s in sentences if not s.held_out]
    found = examples(learning, rules)
    say(f"{len(learning)} sentences, {len(found)} pairs")
    model = replace(fit(found, seed=seed), trust=trust(learning, rules, seed=seed))
    folder.mkdir(parents=True, exist_ok=True)
    places = numpy.flatnonzero(numpy.abs(model.weights) >= SMALLEST).astype(numpy.int32)
    values = numpy.round(model.weights[places], 3).astype(numpy.float16)
    relations = sorted(model.trust)
    numpy.savez_compressed(
        folder / FILE,
        places=places,
        values=values,
        bias=numpy.float64(round(model.bias, 4)),
        relations=numpy.array(relations),
        trusts=numpy.array([model.trust[r] for r in relations]),
    )
    return Trained(folder, len(learning), score(model, [s for s in sentences if s.held_out], rules))


def trust(sentences: Iterable[Sentence], rules: Rules, *, seed: int = 0) -> dict[str, float]:
    """How often a model is right about each relation: one part in `FOLDS` is judged by what the others teach.

    Rare relations are drawn towards a half (two imagined right and two imagined wrong answers).
    """
    sentences = list(sentences)
    right: dict[str, int] = {}
    told: dict[str, int] = {}
    for fold in range(FOLDS):
        taught = fit(examples([s for n, s in enumerate(sentences) if n % FOLDS != fold], rules), seed=seed)
        for row in score(taught, [s for n, s in enumerate(sentences) if n % FOLDS == fold], rules):
            right[row.label] = right.get(row.label, 0) + row.right
            told[row.label] = told.get(row.label, 0) + row.predicted
    return {r: round((right[r] + 2) / (told[r] + 4), 3) for r in sorted(told) if r != "all"}


def score(model: PairModel, sentences: Iterable[Sentence], rules: Rules) -> tuple[Score, ...]:
    """How good the likelihood is on sentences whose names are known: pairs as likely as not and more count as found."""
    counts: dict[str, list[int]] = {}
    for relation, hashed, label in _labelled(sentences, rules):
        told = model.likelihood(hashed) >= EVEN
        for name in (relation, "all"):
            row = counts.setdefault(name, [0, 0, 0])
            row[0] += told and label
            row[1] += told
            row[2] += label
    return tuple(Score(name, *counts[name]) for name in (*sorted(counts.keys() - {"all"}), "all") if name in counts)
