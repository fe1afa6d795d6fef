"""A linear chain of tags over characters: which tag may follow which, the likeliest tags, and how sure they are.

Tags are `O` and, for each label, `B` (first character of a name), `I`, `L` (last) and `U` (its only one).  Scores
come in as one row for each character; what a tag's neighbours may be is fixed, how likely they are is learned.

Arrays are padded: `scores` is (sequences, longest length, tags), `lengths` (sequences,).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

BEGIN, INSIDE, LAST, UNIT = range(4)
LEAST = 0.05
"""Readings less likely than this are not told: they are noise."""


@dataclass(frozen=True, slots=True)
class Found:
    """A name in a text, with its labels and how likely each is, likeliest first."""

    start: int
    end: int
    labels: tuple[tuple[str, float], ...]


def tag(label: int, part: int) -> int:
    """The number of a label's tag; 0 is `O`."""
    return 1 + 4 * label + part


def tags_of(length: int, spans: Sequence[tuple[int, int, int]]) -> Ints:
    """The tags of a sequence in which `spans`, as (start, end, label), are names."""
    tags = np.zeros(length, dtype=np.int64)
    for start, end, label in spans:
        if end - start == 1:
            tags[start] = tag(label, UNIT)
        else:
            tags[start] = tag(label, BEGIN)
            tags[start + 1 : end - 1] = tag(label, INSIDE)
            tags[end - 1] = tag(label, LAST)
    return tags


def spans_of(tags: Ints) -> list[tuple[int, int, int]]:
    """The names in a sequence of tags that follow one another as they may, as (start, end, label)."""
    found, start = [], 0
    for at, number in enumerate(tags.tolist()):
        if number == 0:
            continue
        label, part = divmod(number - 1, 4)
        if part in (BEGIN, UNIT):
            start = at
        if part in (LAST, UNIT):
            found.append((start, at + 1, label))
    return found


def allowed(labels: int) -> npt.NDArray[np.bool_]:
    """Which tag may follow which: (before, behind).  The same for the two ends: what may follow or come before `O`."""
    number = 1 + 4 * labels
    may = np.zeros((number, number), dtype=np.bool_)
    closed = [0, *(tag(k, p) for k in range(labels) for p in (LAST, UNIT))]
    opening = [0, *(tag(k, p) for k in range(labels) for p in (BEGIN, UNIT))]
    may[np.ix_(closed, opening)] = True
    for k in range(labels):
        for before in (BEGIN, INSIDE):
            for behind in (INSIDE, LAST):
                may[tag(k, before), tag(k, behind)] = True
    return may


@dataclass(frozen=True, slots=True)
class Beliefs:
    """What the forward and the backward pass leave behind, scaled so that no product of probabilities vanishes."""

    forward: Floats
    backward: Floats
    weights: Floats
    """The exponential of the scores, each row divided by its greatest."""
    follows: Floats
    """The exponential of the transitions."""
    scales: Floats
    log_partition: Floats
    """(sequences,): the logarithm of the sum over all taggings."""

    def marginals(self) -> Floats:
        """How likely each tag is at each character."""
        both = self.forward * self.backward
        marginals: Floats = both / both.sum(axis=2, keepdims=True)
        return marginals

    def span(self, sequence: int, start: int, end: int, label: int) -> float:
        """How likely it is that exactly this stretch is a name with this label."""
        tags = tags_of(end - start, [(0, end - start, label)])
        share = self.forward[sequence, start, tags[0]]
        for step in range(1, end - start):
            at = start + step
            share *= self.follows[tags[step - 1], tags[step]] * self.weights[sequence, at, tags[step]]
            share /= self.scales[sequence, at]
        last = end - 1
        whole = (self.forward[sequence, last] * self.backward[sequence, last]).sum()
        return float(share * self.backward[sequence, last, tags[-1]] / whole)


def beliefs(scores: Floats, lengths: Ints, transitions: Floats) -> Beliefs:
    """The forward and backward pass.  `transitions` is (tags, tags); what may not follow is left out whatever it
    says."""
    number, longest, tags = scores.shape
    may = allowed((tags - 1) // 4)
    follows = np.where(may, np.exp(transitions), 0.0)
    greatest = scores.max(axis=2, keepdims=True)
    weights = np.exp(scores - greatest)
    inside = np.arange(longest)[None, :] < lengths[:, None]
    forward, backward = np.empty_like(weights), np.empty_like(weights)
    scales = np.ones((number, longest))
    ends = may[:, 0].astype(np.float64)
    first = weights[:, 0] * may[0]
    scales[:, 0] = first.sum(axis=1)
    forward[:, 0] = first / scales[:, :1]
    for at in range(1, longest):
        new = (forward[:, at - 1] @ follows) * weights[:, at]
        here = inside[:, at]
        scales[:, at] = np.where(here, new.sum(axis=1), 1.0)
        forward[:, at] = np.where(here[:, None], new / scales[:, at : at + 1], forward[:, at - 1])
    backward[:, longest - 1] = ends
    for at in range(longest - 2, -1, -1):
        new = (weights[:, at + 1] * backward[:, at + 1] / scales[:, at + 1 : at + 2]) @ follows.T
        backward[:, at] = np.where(inside[:, at + 1 : at + 2], new, backward[:, at + 1])
    closing = (forward[:, -1] * ends).sum(axis=1)
    partition = np.log(scales).sum(axis=1) + (greatest[:, :, 0] * inside).sum(axis=1) + np.log(closing)
    return Beliefs(forward, backward, weights, follows, scales, partition)


def loss(scores: Floats, lengths: Ints, gold: Ints, transitions: Floats) -> tuple[float, Floats, Floats]:
    """The negative log-likelihood of the gold tags, summed, and its gradients by scores and by transitions."""
    believed = beliefs(scores, lengths, transitions)
    longest, tags = scores.shape[1:]
    inside = np.arange(longest)[None, :] < lengths[:, None]
    rows, places = np.nonzero(inside)
    by_score = np.where(inside[:, :, None], believed.marginals(), 0.0)
    by_score[rows, places, gold[rows, places]] -= 1.0
    rows, places = np.nonzero(inside[:, 1:])
    coming = believed.weights[:, 1:] * believed.backward[:, 1:] / believed.scales[:, 1:, None]
    leaving = believed.forward[:, :-1]
    closing = (believed.forward * believed.backward).sum(axis=2)[:, 1:]
    leaving = np.where(inside[:, 1:, None], leaving / closing[:, :, None], 0.0)
    by_transition = (leaving.reshape(-1, tags).T @ coming.reshape(-1, tags)) * believed.follows
    np.subtract.at(by_transition, (gold[rows, places], gold[rows, places + 1]), 1.0)
    return _surprise(believed, scores, lengths, gold, transitions), by_score, by_transition


def surprise(scores: Floats, lengths: Ints, gold: Ints, transitions: Floats) -> float:
    """The negative log-likelihood of the gold tags, summed over the sequences."""
    return _surprise(beliefs(scores, lengths, transitions), scores, lengths, gold, transitions)


def _surprise(believed: Beliefs, scores: Floats, lengths: Ints, gold: Ints, transitions: Floats) -> float:
    inside = np.arange(scores.shape[1])[None, :] < lengths[:, None]
    rows, places = np.nonzero(inside)
    said = scores[rows, places, gold[rows, places]].sum()
    rows, places = np.nonzero(inside[:, 1:])
    said += transitions[gold[rows, places], gold[rows, places + 1]].sum()
    return float(believed.log_partition.sum() - said)


def likeliest(scores: Floats, lengths: Ints, transitions: Floats) -> list[Ints]:
    """The likeliest tags of each sequence; of equal ones, those with the lower numbers."""
    number, longest, tags = scores.shape
    may = allowed((tags - 1) // 4)
    follows = np.where(may, transitions, -np.inf)
    best = np.where(may[0], scores[:, 0], -np.inf)
    came = np.zeros((number, longest, tags), dtype=np.int64)
    for at in range(1, longest):
        ways = best[:, :, None] + follows[None]
        came[:, at] = ways.argmax(axis=1)
        new = ways.max(axis=1) + scores[:, at]
        best = np.where((lengths > at)[:, None], new, best)
    best = np.where(may[:, 0], best, -np.inf)
    last = best.argmax(axis=1)
    found = []
    for row in range(number):
        length = int(lengths[row])
        path = np.zeros(length, dtype=np.int64)
        path[-1] = last[row]
        for at in range(length - 1, 0, -1):
            path[at - 1] = came[row, at, path[at]]
        found.append(path)
    return found


def names(scores: Floats, lengths: Ints, transitions: Floats, labels: Sequence[str]) -> list[list[Found]]:
    """The names of each sequence, in order, with what else they may be; they do not overlap."""
    believed = beliefs(scores, lengths, transitions)
    found = []
    for row, tags in enumerate(likeliest(scores, lengths, transitions)):
        found.append([_told(believed, row, *span, labels) for span in spans_of(tags)])
    return found


def _told(believed: Beliefs, row: int, start: int, end: int, best: int, labels: Sequence[str]) -> Found:
    likely = [(believed.span(row, start, end, k), k) for k in range(len(labels))]
    told = sorted((pair for pair in likely if pair[0] >= LEAST or pair[1] == best), key=lambda p: (-p[0], p[1]))
    return Found(start, end, tuple((labels[k], round(p, 3)) for p, k in told))


def padded(rows: Sequence[Any]) -> tuple[Floats, Ints]:
    """Rows of tag scores of several sequences as one array, with their lengths."""
    lengths = np.array([len(r) for r in rows], dtype=np.int64)
    scores = np.zeros((len(rows), int(lengths.max()), rows[0].shape[1]))
    for number, row in enumerate(rows):
        scores[number, : len(row)] = row
    return scores, lengths


def batches(lengths: Sequence[int], most: int) -> list[list[int]]:
    """The places of sequences that are read at once: of like length, `most` characters with padding; without empty
    ones."""
    found: list[list[int]] = []
    for place in sorted((i for i, length in enumerate(lengths) if length), key=lambda i: (lengths[i], i)):
        if not found or (len(found[-1]) + 1) * lengths[place] > most:
            found.append([])
        found[-1].append(place)
    return found
