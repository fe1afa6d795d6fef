"""Train the judge of names of `kg.extract.plausible`: logistic regression, on documents with gold facts.

What the facts of a document name is a name, of those too that may be found or not.  Any other is taken for none, though
it may be somebody's: it stands for what makes no fact.  Single sentences do not teach it: what stands around a name in
them is what their writer marked, and what is no name at all is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy

from kg import annotate
from kg.annotate import Rules
from kg.errors import AnnotatorError
from kg.extract import plausible
from kg.extract.plausible import BITS, FILE, LEAST, NameModel
from kg.gold import Gold
from kg.lexicon import key
from kg.model import Annotated
from kg.train import Progress, Score, Trained, logistic
from kg.train import documents as gold_documents
from kg.train.documents import Folders

EPOCHS = 8
FOLDS = 4

Told = list[tuple[list[int], bool]]
"""(features, whether it is one) of the names of a document."""


def train(
    rules: Rules, folder: Path, *, seed: int = 0, progress: Progress | None = None, folders: Folders | None = None
) -> Trained:
    """Train on the documents, write the weights into `folder` and score them.

    Raises AnnotatorError without documents, GoldError and InputError for such that cannot be read.
    """
    if folders is None:
        raise AnnotatorError("names are learned from documents with gold alone: give --gold and --documents")
    say = progress or (lambda line: None)
    name = annotate.default(rules)
    annotator = annotate.make(name, rules)
    told = [_told(annotated, _names(gold)) for annotated, gold in gold_documents.read(folders, rules, annotator)]
    say(f"{len(told)} documents, {sum(map(len, told))} names that no list holds")
    model = _fit(told, name, seed)
    folder.mkdir(parents=True, exist_ok=True)
    places, values = logistic.packed(model.weights)
    bias = numpy.float64(round(model.bias, 4))
    numpy.savez_compressed(folder / FILE, places=places, values=values, bias=bias, annotator=numpy.array(name))
    return Trained(folder, len(told), (_score(told, name, seed),), "documents")


def _told(annotated: Annotated, names: Iterable[str]) -> Told:
    keys = {key(name) for name in names}
    return [(features, name in keys) for name, features in plausible.looks(annotated)]


def _names(gold: Gold) -> Iterator[str]:
    return (str(name) for fact in gold.facts for name in (*fact.subject, *fact.object))


def _fit(told: Iterable[Told], annotator: str, seed: int) -> NameModel:
    found = [(numpy.array(features), float(label)) for names in told for features, label in names]
    return NameModel(*logistic.fit(found, bits=BITS, epochs=EPOCHS, seed=seed), annotator)


def _score(told: Sequence[Told], annotator: str, seed: int) -> Score:
    """How many names of each quarter of the documents are kept by what the rest teaches, and how many are any."""
    right = predicted = gold = 0
    for fold in range(FOLDS):
        model = _fit((names for number, names in enumerate(told) if number % FOLDS != fold), annotator, seed)
        for features, label in (name for names in told[fold::FOLDS] for name in names):
            kept = model.likelihood(features) >= LEAST
            right, predicted, gold = right + (kept and label), predicted + kept, gold + label
    return Score("all", right, predicted, gold)
