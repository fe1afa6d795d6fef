"""The annotated sentences of `seeds/ai-models/corpus/`: how many, how various, and that the two parts share nothing."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest

from kg import corpus, lexicon, ontology, patternfile
from kg.corpus import MASK, Sentence
from kg.lexicon import Lexicon
from kg.model import Stance

LEAST_SENTENCES = 2500
LEAST_WITHOUT_FACT = 1 / 3
LEAST_UNLISTED = 0.4
"""The share of the names that the seeds do not have."""
MOST_SHARED = 0.6
FEWEST_GRAMS = 8
"""Sentences with fewer 5-grams besides their names are a table row or a shout: of those there are only so many."""


@pytest.fixture(scope="module")
def sentences() -> tuple[Sentence, ...]:
    loaded = ontology.load("ai-models")
    return corpus.read(loaded, patternfile.load(loaded))


@pytest.fixture(scope="module")
def known() -> Lexicon:
    return lexicon.load(ontology.load("ai-models"))


def test_there_are_enough(sentences: tuple[Sentence, ...]) -> None:
    assert len(sentences) >= LEAST_SENTENCES
    without = [s for s in sentences if not any(r.stance is Stance.ASSERTED for r in s.relations)]
    assert len(without) >= LEAST_WITHOUT_FACT * len(sentences)


def test_every_relation_and_stance_is_there(sentences: tuple[Sentence, ...]) -> None:
    relations = Counter(r.relation for s in sentences for r in s.relations)
    assert set(relations) == {r.name for r in ontology.load("ai-models").relations}
    assert min(relations.values()) >= 25
    assert {r.stance for s in sentences for r in s.relations} == set(Stance)


def test_most_names_are_in_no_list(sentences: tuple[Sentence, ...], known: Lexicon) -> None:
    classes = {"Organization", "Model", "Product", "Person"}
    names = {(m.type, m.name) for s in sentences for m in s.mentions if m.type in classes}
    unlisted = [name for name in names if known.lookup(name[1], name[0]) is None]
    assert len(unlisted) >= LEAST_UNLISTED * len(names)


def test_a_sixth_is_for_testing(sentences: tuple[Sentence, ...]) -> None:
    held = [s for s in sentences if s.held_out]
    assert 0.12 < len(held) / len(sentences) < 0.18
    for part in (held, [s for s in sentences if not s.held_out]):
        types = Counter(m.type for s in part for m in s.mentions)
        assert set(types) == {"Organization", "Model", "Product", "Person", "Date", "Tier", "Size", "Title"}


def test_no_sentence_stands_twice(sentences: tuple[Sentence, ...]) -> None:
    twice = [text for text, n in Counter(s.text for s in sentences).items() if n > 1]
    assert not twice


def test_no_two_sentences_share_their_words(sentences: tuple[Sentence, ...]) -> None:
    grams = []
    for sentence in sentences:
        masked = sentence.masked
        grams.append({masked[i : i + 5] for i in range(len(masked) - 4)})
    holders: dict[str, list[int]] = defaultdict(list)
    alike = []
    for number, own in enumerate(grams):
        if len(own) < FEWEST_GRAMS:
            continue
        shared = Counter(other for gram in own for other in holders[gram])
        for other, count in shared.items():
            if count > MOST_SHARED * min(len(own), len(grams[other])):
                one, two = sentences[number], sentences[other]
                alike.append(f"{one.file}:{one.line} {one.masked} ~ {two.file}:{two.line} {two.masked}")
        for gram in own:
            holders[gram].append(number)
    assert not alike, "\n".join(alike)


def test_no_mask_stands_in_a_sentence(sentences: tuple[Sentence, ...]) -> None:
    assert not [s for s in sentences if MASK in s.text]
