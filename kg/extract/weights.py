"""Learned weights in a file: hashed features and their values, as `kg.train.logistic.packed` writes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray


def unpacked(data: Mapping[str, Any], bits: int) -> NDArray[numpy.float32]:
    """The weights of all features that so many bits tell apart; of those that the file leaves out, nothing."""
    import numpy

    weights = numpy.zeros(1 << bits, dtype=numpy.float32)
    weights[data["places"]] = data["values"].astype(numpy.float32)
    return weights
