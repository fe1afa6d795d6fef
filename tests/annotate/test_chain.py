"""The linear chain: checked against every tagging written out, and its gradients against differences."""

from __future__ import annotations

import itertools
import math
from itertools import pairwise

import numpy as np
import pytest

from kg.annotate import chain

LABELS = 2
TAGS = 1 + 4 * LABELS
LENGTHS = np.array([5, 3, 1])


@pytest.fixture(scope="module")
def scores() -> chain.Floats:
    return np.random.default_rng(3).normal(size=(3, 5, TAGS))


@pytest.fixture(scope="module")
def transitions() -> chain.Floats:
    return np.random.default_rng(4).normal(size=(TAGS, TAGS)) * 0.4


def taggings(scores: chain.Floats, transitions: chain.Floats, row: int) -> dict[tuple[int, ...], float]:
    """Every tagging that may be, with its weight."""
    may = chain.allowed(LABELS)
    found = {}
    for tags in itertools.product(range(TAGS), repeat=int(LENGTHS[row])):
        if may[0, tags[0]] and may[tags[-1], 0] and all(may[a, b] for a, b in pairwise(tags)):
            said = sum(scores[row, at, tag] for at, tag in enumerate(tags))
            found[tags] = math.exp(said + sum(transitions[a, b] for a, b in pairwise(tags)))
    return found


@pytest.mark.parametrize("row", [0, 1, 2])
def test_beliefs_are_sums_over_all_taggings(scores: chain.Floats, transitions: chain.Floats, row: int) -> None:
    every = taggings(scores, transitions, row)
    whole = sum(every.values())
    believed = chain.beliefs(scores, LENGTHS, transitions)
    assert believed.log_partition[row] == pytest.approx(math.log(whole))
    for start, end, label in [(0, 1, 0), (0, 3, 1), (1, 3, 0)]:
        if end <= LENGTHS[row]:
            weight = sum(w for tags, w in every.items() if (start, end, label) in chain.spans_of(np.array(tags)))
            assert believed.span(row, start, end, label) == pytest.approx(weight / whole)
    best = max(every, key=lambda tags: every[tags])
    assert chain.likeliest(scores, LENGTHS, transitions)[row].tolist() == list(best)


def test_gradients_are_differences(scores: chain.Floats, transitions: chain.Floats) -> None:
    gold = np.zeros((3, 5), dtype=np.int64)
    gold[0] = chain.tags_of(5, [(1, 3, 0), (3, 4, 1)])
    gold[1, :3] = chain.tags_of(3, [(0, 3, 1)])
    lost, by_score, by_transition = chain.loss(scores, LENGTHS, gold, transitions)
    assert lost == pytest.approx(chain.surprise(scores, LENGTHS, gold, transitions))
    step = 1e-6
    for place in [(0, 1, 1), (0, 4, 0), (1, 2, 7), (1, 4, 2), (2, 0, 4)]:
        moved = scores.copy()
        moved[place] += step
        change = (chain.surprise(moved, LENGTHS, gold, transitions) - lost) / step
        assert change == pytest.approx(by_score[place], abs=1e-4)
    for pair in [(0, 0), (0, 1), (1, 3), (5, 6), (4, 0), (1, 0)]:
        turned = transitions.copy()
        turned[pair] += step
        change = (chain.surprise(scores, LENGTHS, gold, turned) - lost) / step
        assert change == pytest.approx(by_transition[pair], abs=1e-4)


def test_tags_and_spans_are_one() -> None:
    spans = [(0, 1, 1), (1, 4, 0), (6, 8, 1)]
    assert chain.spans_of(chain.tags_of(9, spans)) == spans
