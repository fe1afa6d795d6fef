"""Learn which pairs of Han characters ordinary text has, for `kg.annotate.ordinary`.

From a dictionary of words (jieba's), from documents with gold facts, without the names in these, and from the corpus's
sentences, without what is marked there as a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

from kg import corpus, gold
from kg.annotate import Rules, ordinary
from kg.clean import clean
from kg.corpus import TRAP, Sentence
from kg.errors import AnnotatorError, InputError
from kg.gold import Gold
from kg.languages import HAN
from kg.model import Failure
from kg.train import Progress, Score, Trained
from kg.train.documents import Folders

FOLDS = 4
_NAME = re.compile(f"[{HAN}]{{2,4}}")
_DICTIONARY = "jieba"

Told = tuple[str, frozenset[str]]
"""A document's text and the names in its facts."""


def train(
    rules: Rules, folder: Path, *, seed: int = 0, progress: Progress | None = None, folders: Folders | None = None
) -> Trained:
    """Learn the pairs, write them into `folder` and score the names that they show in documents not learned from.

    Raises AnnotatorError without documents or dictionary, GoldError and InputError for documents that cannot be read.
    """
    if folders is None:
        raise AnnotatorError("ordinary words are learned beside documents with gold: give --gold and --documents")
    say = progress or (lambda line: None)
    told = list(_told(folders, rules))
    known = [*_dictionary(), *(_unnamed(sentence) for sentence in _sentences(rules))]
    say(f"{len(told)} documents, {len(known)} words and sentences")
    learned = ordinary.learned([*known, *(_without(text, names) for text, names in told)])
    folder.mkdir(parents=True, exist_ok=True)
    ordinary.save(learned, folder)
    return Trained(folder, len(told), (_score(told, known, rules),), "documents")


def _told(folders: Folders, rules: Rules) -> Iterator[Told]:
    known = {g.document: g for g in gold.read(folders.gold, rules.ontology)}
    for source in gold.sources(gold.gold_documents(folders.gold, folders.documents, rules.ontology)):
        if isinstance(source, Failure):
            raise InputError(f"{source.source}: {source.message}")
        yield clean(source).text, frozenset(_names(known[source.id]))


def _names(told: Gold) -> Iterator[str]:
    return (str(name) for fact in told.facts for name in (*fact.subject, *fact.object))


def _without(text: str, names: Iterable[str]) -> str:
    """A text without these names: the longest first, since one may hold another."""
    told = sorted((n for n in names if _NAME.search(n)), key=lambda name: (-len(name), name))
    return re.sub("|".join(map(re.escape, told)), " ", text) if told else text


def _dictionary() -> list[str]:
    """The words of the dictionary, one in each of its lines."""
    found = find_spec(_DICTIONARY)
    if found is None or not found.submodule_search_locations:
        raise AnnotatorError(f"training 'words' needs {_DICTIONARY}: pip install 'knowledge-graph-builder[words]'")
    lines = (Path(found.submodule_search_locations[0]) / "dict.txt").read_text(encoding="utf-8").splitlines()
    return [line.split()[0] for line in lines if line.strip()]


def _sentences(rules: Rules) -> tuple[Sentence, ...]:
    return corpus.read(rules.ontology, rules.patterns)


def _unnamed(sentence: Sentence) -> str:
    """A sentence without what is marked in it."""
    return _without(sentence.text, (m.text for m in sentence.mentions if m.type != TRAP))


def _score(told: Sequence[Told], known: Sequence[str], rules: Rules) -> Score:
    """How many names that the rest shows in each quarter of the documents are in their facts, and how many are not."""
    right = predicted = wanted = 0
    for fold in range(FOLDS):
        others = [_without(*one) for number, one in enumerate(told) if number % FOLDS != fold]
        learned = ordinary.learned([*known, *others])
        for text, names in told[fold::FOLDS]:
            found = {m.name for m in ordinary.names(text, learned, rules.patterns.names, ())}
            right += sum(any(name in one for one in names) for name in found)
            predicted += len(found)
            wanted += sum(_NAME.fullmatch(name) is not None for name in names)
    return Score("all", right, predicted, wanted)
