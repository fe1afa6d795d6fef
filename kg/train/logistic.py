"""Logistic regression over hashed features, by AdaGrad (Duchi, Hazan and Singer 2011).

The weights are the mean of those at the ends of the later epochs (Polyak and Juditsky 1992), so that it matters less in
which order the last examples came.  Reproducible: that order is fixed by a seeded generator.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy
from numpy.typing import NDArray

from kg.extract.weights import Calibrated

RATE = 0.1
PENALTY = 1e-3
"""Of each weight, at every step: rare features must not decide alone."""
SMALLEST = 0.01
"""Weights nearer to nothing are dropped from a file."""

Examples = Sequence[tuple[NDArray[numpy.integer[Any]], float]]
"""(hashed features, 1 or 0) of each example."""


def fit(
    found: Examples, *, bits: int, epochs: int, seed: int = 0, penalty: float = PENALTY
) -> tuple[NDArray[numpy.float32], float]:
    """The weights of the features, as many as `bits` tell apart, and the bias that explain the examples best.

    `penalty`: what of each weight is taken at every step.
    """
    weights = numpy.zeros(1 << bits, dtype=numpy.float64)
    squares = numpy.full(1 << bits, 1e-6)
    bias, bias_square = 0.0, 1e-6
    random = numpy.random.default_rng(seed)
    later, later_bias = numpy.zeros(1 << bits, dtype=numpy.float64), 0.0
    for epoch in range(epochs):
        for place in random.permutation(len(found)):
            hashed, label = found[place]
            total = bias + weights[hashed].sum()
            error = 1.0 / (1.0 + numpy.exp(-numpy.clip(total, -30, 30))) - label
            gradient = error + penalty * weights[hashed]
            squares[hashed] += gradient * gradient
            weights[hashed] -= RATE * gradient / numpy.sqrt(squares[hashed])
            bias_square += error * error
            bias -= RATE * error / bias_square**0.5
        if epoch >= epochs // 2:
            later += weights / (epochs - epochs // 2)
            later_bias += bias / (epochs - epochs // 2)
    return later.astype(numpy.float32), float(later_bias)


def packed(weights: NDArray[numpy.float32]) -> tuple[NDArray[numpy.int32], NDArray[numpy.float16]]:
    """The places and the values of the weights that count, rounded for a file."""
    places = numpy.flatnonzero(numpy.abs(weights) >= SMALLEST).astype(numpy.int32)
    return places, numpy.round(weights[places], 3).astype(numpy.float16)


def save(model: Calibrated, path: Path) -> None:
    """Write weights and their calibration where `kg.extract.weights.read` finds them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    places, values = packed(model.weights)
    trusted, relations = sorted(model.trust), sorted(model.offsets)
    numpy.savez_compressed(
        path,
        places=places,
        values=values,
        bias=numpy.float64(round(model.bias, 4)),
        trusted=numpy.array(trusted),
        trusts=numpy.array([model.trust[r] for r in trusted]),
        slope=numpy.float64(model.slope),
        relations=numpy.array(relations),
        offsets=numpy.array([model.offsets[r] for r in relations]),
    )
