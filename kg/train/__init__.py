"""Train: make the models that annotation and extraction load, from the annotated corpus of an ontology.

A trainer is a function `(rules, folder, *, seed, progress) -> Trained`: it writes a model into a folder, always the
same one for the same corpus, seed and versions, and says how good it is.
"""

from __future__ import annotations

import difflib
import importlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from kg.errors import AnnotatorError

if TYPE_CHECKING:
    from kg.annotate import Rules
    from kg.train.documents import Folders

TRAINERS = {
    "hanlp": "kg.train.hanlp:train",
    "links": "kg.train.links:train",
    "names": "kg.train.names:train",
    "pairs": "kg.train.pairs:train",
    "spacy": "kg.train.spacy:train",
    "words": "kg.train.words:train",
}
"""Short names of what can be trained (an annotator's model, the likelihood of relations in a
sentence and in a document, how plausible a new name is, what ordinary words are made of),
and the functions that train it: imported when first used."""

Progress = Callable[[str], None]
"""Called with a line about how training goes."""


@dataclass(frozen=True, slots=True)
class Score:
    """How good the names of one class are (class and both ends must be right), or the pairs of one relation."""

    label: str
    """A class, a relation, or `all`."""
    right: int
    predicted: int
    gold: int

    @property
    def precision(self) -> float:
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        both = self.predicted + self.gold
        return 2 * self.right / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Trained:
    """A finished training."""

    folder: Path
    learned: int
    """How many sentences, or documents, it learned from."""
    scores: tuple[Score, ...]
    """On what it had not seen: one for each class or relation, then `all`."""
    unit: str = "sentences"
    """What it learned from."""


class Trainer(Protocol):
    """What trains a model."""

    def __call__(
        self, rules: Rules, folder: Path, *, seed: int, progress: Progress | None, **given: Any
    ) -> Trained: ...


READERS = frozenset({"links", "names", "pairs", "spacy", "words"})
"""What learns from documents with gold too: such a trainer takes their `folders`."""


def train(
    name: str,
    rules: Rules,
    folder: Path | None = None,
    *,
    seed: int = 0,
    progress: Progress | None = None,
    folders: Folders | None = None,
) -> Trained:
    """Train what has that short name, into `folder` (else where a build looks for it).

    `folders`: documents with gold that it learns from beside the corpus.  Raises AnnotatorError for a name that has
    nothing to train, that learns from no documents or whose engine is not installed, OntologyError for a corpus and
    GoldError or InputError for documents that cannot be read.
    """
    if name not in TRAINERS:
        near = difflib.get_close_matches(name, TRAINERS, 1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise AnnotatorError(f"there is nothing to train for {name!r}{hint}; known: {', '.join(sorted(TRAINERS))}")
    if folders and name not in READERS:
        raise AnnotatorError(
            f"{name} learns from the corpus alone; documents with gold teach {', '.join(sorted(READERS))}"
        )
    module, attribute = TRAINERS[name].split(":")
    try:
        trainer: Trainer = getattr(importlib.import_module(module), attribute)
    except ModuleNotFoundError as error:
        raise AnnotatorError(
            f"training {name!r} needs {error.name}, which is not installed: pip install "
            f"'knowledge-graph-builder[{name}]'"
        ) from error
    given = {"folders": folders} if folders else {}
    return trainer(rules, folder or rules.ontology.seeds / "models" / name, seed=seed, progress=progress, **given)
