"""Train the links of `kg.extract.links`: logistic regression, on documents with gold facts.

What a document's facts relate is related, wherever it says so; what may be found or not teaches nothing.  What the
other extractors find in a document is among the features, so that they are asked first: train `pairs` and `names`
before `links`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy
from numpy.typing import NDArray

from kg import annotate, gold, matching
from kg.annotate import Rules
from kg.errors import AnnotatorError
from kg.extract import extract, links, pairs, plausible
from kg.extract.links import BITS, FILE, Features
from kg.extract.pairs import object_types
from kg.extract.things import Candidate, Thing, Things
from kg.extract.weights import Calibrated, Scorer
from kg.gold import Gold
from kg.matching import End, Prediction
from kg.model import Annotated
from kg.train import Progress, Score, Trained, logistic
from kg.train import documents as gold_documents
from kg.train.documents import Folders
from kg.train.pairs import Judged, calibration

EPOCHS, PENALTY = 8, 0.02
EVEN = 0.5
FOLDS = 2


@dataclass(frozen=True, slots=True)
class Example:
    """A candidate of a document."""

    relation: str
    features: NDArray[numpy.int32]
    related: bool
    open: bool
    """The other extractors leave it open."""


def train(
    rules: Rules, folder: Path, *, seed: int = 0, progress: Progress | None = None, folders: Folders | None = None
) -> Trained:
    """Train on the documents, write the weights into `folder` and score them.

    Raises AnnotatorError without documents, GoldError and InputError for such that cannot be read.
    """
    if folders is None:
        raise AnnotatorError("links are learned from documents with gold alone: give --gold and --documents")
    say = progress or (lambda line: None)
    seeds = rules.ontology.seeds
    rules = replace(rules, pairs=pairs.load(seeds), plausible=plausible.load(seeds))
    annotator = annotate.make(annotate.default(rules), rules)
    read = [list(_examples(a, told, rules)) for a, told in gold_documents.read(folders, rules, annotator)]
    say(f"{len(read)} documents, {sum(map(len, read))} candidates")
    judged = _judged(read, seed)
    slope, offsets = calibration(judged)
    model = Calibrated(*_fit(read, seed), slope=slope, offsets=offsets)
    logistic.save(model, folder / FILE)
    return Trained(folder, len(read), _scores(judged, model), "documents")


def _examples(annotated: Annotated, told: Gold, rules: Rules) -> Iterator[Example]:
    """The candidates of a document, but for those that may be related or not."""
    kinds = {r.name: gold.rule_of(r, rules.ontology) for r in rules.ontology.relations}
    things = Things(annotated, extract(annotated, rules), rules)
    sight = Features(things)
    for candidate in things.candidates():
        stated = [fact for fact in told.facts if matching.credit(_said(candidate, rules), fact, kinds) == 1]
        related = any(not fact.optional for fact in stated)
        if related or not stated:
            features = numpy.array(sight.of(candidate), dtype=numpy.int32)
            yield Example(candidate.relation, features, related, links.open_(things, candidate))


def _said(one: Candidate, rules: Rules) -> Prediction:
    relation = rules.ontology.relation(one.relation)
    types = object_types(rules.patterns, relation.name, relation.range, relation.datatype)
    return Prediction(_end(one.subject, relation.domain, rules), one.relation, _end(one.object, types, rules), "")


def _end(thing: Thing, types: Sequence[str], rules: Rules) -> End:
    reading = thing.places[0].mention.reading(*types)
    value = reading.value.lexical if reading and reading.value else None
    entity = rules.lexicon.entity(reading.entity) if reading and reading.entity else None
    names = {name for p in thing.places for name in (p.mention.name, p.mention.text)} if value is None else set()
    names |= set(entity.names) if entity else set()
    normal = frozenset(matching.normal(name) for name in names) - {""}
    return End("", normal, value, entity.rank if entity else None, "", structured=False)


def _fit(read: Iterable[Sequence[Example]], seed: int) -> tuple[NDArray[numpy.float32], float]:
    found = [(e.features, float(e.related)) for examples in read for e in examples]
    return logistic.fit(found, bits=BITS, epochs=EPOCHS, seed=seed, penalty=PENALTY)


def _judged(read: Sequence[Sequence[Example]], seed: int) -> Judged:
    """What the rest teaches of each part of the documents, where the other extractors leave it open."""
    found: Judged = []
    for fold in range(FOLDS):
        model = Scorer(*_fit((examples for number, examples in enumerate(read) if number % FOLDS != fold), seed))
        asked = (e for examples in read[fold::FOLDS] for e in examples if e.open)
        found += [(e.relation, model.likelihood(e.features.tolist()), e.related) for e in asked]
    return found


def _scores(judged: Judged, model: Calibrated) -> tuple[Score, ...]:
    right, told, all_ = Counter[str](), Counter[str](), Counter[str]()
    for relation, likelihood, related in judged:
        sure = model.confidence(relation, likelihood) >= EVEN
        for label in (relation, "all"):
            right[label] += sure and related
            told[label] += sure
            all_[label] += related
    labels = (*sorted(all_.keys() - {"all"}), "all")
    return tuple(Score(label, right[label], told[label], all_[label]) for label in labels)
