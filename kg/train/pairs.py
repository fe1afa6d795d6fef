"""Train the pair scorer of `kg.extract.pairs`: logistic regression with AdaGrad, on the annotated corpus and on
documents with gold facts.

Reproducible: the order of the pairs is fixed by a seeded generator, and the weights are rounded before they are
written.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy

from kg import annotate, corpus
from kg.annotate import Rules
from kg.corpus import Sentence
from kg.extract import pairs, skeleton
from kg.extract.pairs import BITS, FILE
from kg.extract.weights import Calibrated
from kg.model import Mention, Reading, Span, Stance, Value
from kg.train import Progress, Score, Trained, logistic
from kg.train import documents as gold_documents
from kg.train.documents import Folders, Labelled

EPOCHS = 6
EVEN = 0.5
FOLDS = 2
WORTH_JUDGING = 0.1
"""Likelihoods below this say nothing of how sure a model is of what it finds."""
STEPS, SHRINKAGE = 30, 10.0
"""Newton steps of the calibration; how strongly a relation's own correction is drawn to none."""


def examples(sentences: Iterable[Sentence], rules: Rules) -> logistic.Examples:
    """Every pair of the sentences with its features, and whether the sentence asserts the relation."""
    return _examples([list(_labelled(sentences, rules))])


def _labelled(sentences: Iterable[Sentence], rules: Rules) -> Iterator[Labelled]:
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


def fit(found: logistic.Examples, *, seed: int = 0) -> Calibrated:
    """The weights that explain the examples best."""
    return Calibrated(*logistic.fit(found, bits=BITS, epochs=EPOCHS, seed=seed))


def train(
    rules: Rules, folder: Path, *, seed: int = 0, progress: Progress | None = None, folders: Folders | None = None
) -> Trained:
    """Train on the corpus's training part and the documents, write the weights into `folder` and score them.

    Raises OntologyError for a corpus that cannot be read, GoldError and InputError for such documents.
    """
    say = progress or (lambda line: None)
    sentences = corpus.read(rules.ontology, rules.patterns)
    learning = [s for s in sentences if not s.held_out]
    groups = [list(_labelled([s], rules)) for s in learning]
    read: list[list[Labelled]] = []
    if folders:
        annotator = annotate.make(annotate.default(rules), rules)
        read = [found for _, found in gold_documents.labelled(folders, rules, annotator)]
    say(f"{len(learning)} sentences, {len(read)} documents, {sum(map(len, groups + read))} pairs")
    of_sentences, of_documents = judged(groups, read, seed=seed)
    slope, offsets = calibration(of_documents)
    model = replace(fit(_examples(groups + read), seed=seed), trust=trust(of_sentences), slope=slope, offsets=offsets)
    logistic.save(model, folder / FILE)
    return Trained(folder, len(learning), score(model, [s for s in sentences if s.held_out], rules))


def _examples(groups: Iterable[Sequence[Labelled]]) -> logistic.Examples:
    return [(numpy.array(hashed), float(label)) for group in groups for _, hashed, label in group]


Judged = list[tuple[str, float, bool]]
"""(relation, likelihood, related) of pairs that a model was not taught."""


def judged(
    groups: Sequence[Sequence[Labelled]], read: Sequence[Sequence[Labelled]], *, seed: int = 0
) -> tuple[Judged, Judged]:
    """What models say of the sentences and of the documents that they have not seen, a part in `FOLDS` each."""
    found: tuple[Judged, Judged] = [], []
    for fold in range(FOLDS):
        parts = [(kind, g, n % FOLDS == fold) for kind, one in enumerate((groups, read)) for n, g in enumerate(one)]
        taught = fit(_examples(g for _, g, apart in parts if not apart), seed=seed)
        for kind, group, apart in parts:
            if apart:
                found[kind].extend((relation, taught.likelihood(hashed), label) for relation, hashed, label in group)
    return found


def trust(seen: Judged) -> dict[str, float]:
    """How often a model is right about each relation where it finds it likely.

    Rare relations are drawn towards a half (two imagined right and two imagined wrong answers).
    """
    told = Counter(relation for relation, likelihood, _ in seen if likelihood >= EVEN)
    right = Counter(relation for relation, likelihood, label in seen if likelihood >= EVEN and label)
    return {r: round((right[r] + 2) / (told[r] + 4), 3) for r in sorted({relation for relation, _, _ in seen})}


def calibration(seen: Judged) -> tuple[float, dict[str, float]]:
    """How sure a model may be: (slope, correction of each relation) of the log-odds that it gives (Platt 1999)."""
    told = [
        (relation, math.log(likelihood / (1 - likelihood)), label)
        for relation, likelihood, label in seen
        if likelihood >= WORTH_JUDGING
    ]
    relations = sorted({relation for relation, _, _ in told})
    if not relations:
        return 1.0, {}
    columns = numpy.zeros((len(told), len(relations) + 2))
    columns[:, 0] = [odds for _, odds, _ in told]
    columns[:, 1] = 1.0
    for row, (relation, _, _) in enumerate(told):
        columns[row, relations.index(relation) + 2] = 1.0
    labels = numpy.array([float(label) for _, _, label in told])
    shrink = numpy.diag([1e-3, 1e-3, *[SHRINKAGE] * len(relations)])
    found = numpy.zeros(columns.shape[1])
    for _ in range(STEPS):
        sure = 1.0 / (1.0 + numpy.exp(-columns @ found))
        slopes = columns.T @ (sure - labels) + shrink @ found
        found -= numpy.linalg.solve(columns.T @ (columns * (sure * (1 - sure))[:, None]) + shrink, slopes)
    return round(float(found[0]), 3), {r: round(float(found[1] + found[n + 2]), 3) for n, r in enumerate(relations)}


def score(model: Calibrated, sentences: Iterable[Sentence], rules: Rules) -> tuple[Score, ...]:
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
