"""Learned weights: what logistic regressions over hashed features have in common, and their files, as
`kg.train.logistic.packed` writes them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

_LARGEST = 30.0
"""Log-odds beyond which nothing is surer."""


@dataclass(frozen=True)
class Scorer:
    """The learned weights of hashed features."""

    weights: NDArray[numpy.float32]
    bias: float

    def likelihood(self, features: Sequence[int]) -> float:
        """How likely what has these features is what was learned, from 0 to 1."""
        total = self.bias + float(self.weights[list(features)].sum())
        return 1.0 / (1.0 + math.exp(-max(-_LARGEST, min(_LARGEST, total))))


@dataclass(frozen=True)
class Calibrated(Scorer):
    """The learned weights of pairs that a relation may hold between, and how far they can be trusted."""

    trust: Mapping[str, float] = field(default_factory=dict)
    """For each relation, how often the model was right about it on sentences that it had not seen."""
    slope: float = 1.0
    """By what the log-odds of a pair are multiplied…"""
    offsets: Mapping[str, float] = field(default_factory=dict)
    """… and what is added for each relation that documents teach, to be right as often as they say on others."""

    def confidence(self, relation: str, likelihood: float) -> float:
        """How often a pair that is so likely turns out to be related, in documents where they taught the relation; else
        as on the corpus's sentences, which are easier; 0 for a relation that nothing taught."""
        if relation not in self.offsets:
            return likelihood * self.trust.get(relation, 0.0)
        odds = math.log(likelihood / (1.0 - likelihood)) if likelihood < 1.0 else 30.0
        return 1.0 / (1.0 + math.exp(-(self.slope * odds + self.offsets[relation])))


def read(path: Path, bits: int) -> Calibrated | None:
    """The weights in a file, if there is one."""
    if not path.is_file():
        return None
    import numpy

    with numpy.load(path) as data:
        trust = dict(zip(data["trusted"].tolist(), data["trusts"].tolist(), strict=True))
        offsets = dict(zip(data["relations"].tolist(), data["offsets"].tolist(), strict=True))
        return Calibrated(unpacked(data, bits), float(data["bias"]), trust, float(data["slope"]), offsets)


def unpacked(data: Mapping[str, Any], bits: int) -> NDArray[numpy.float32]:
    """The weights of all features that so many bits tell apart; of those that the file leaves out, nothing."""
    import numpy

    weights = numpy.zeros(1 << bits, dtype=numpy.float32)
    weights[data["places"]] = data["values"].astype(numpy.float32)
    return weights
