"""What characters look like, as an embedding of HanLP's: the features of `kg.annotate.shapes`, and what stands around.

Each feature has a row in a hash table, whatever text it is of, so that no vocabulary is kept; a few layers mix the rows
of a character's features and those of its neighbours.  A part of all that is hidden in training: a recurrent network
soon knows a few thousand sentences by heart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from hanlp.layers.embeddings.embedding import Embedding
from torch import nn

from kg.annotate import shapes

_WINDOW = 2
"""Neighbours on each side that a layer sees at once."""


class Shapes(Embedding):  # type: ignore[misc]
    """The measures of the embedding, which HanLP saves in a component's `config.json`.

    `rows` of the hash table for each column of features, each `width` wide; `mixed`: the width of a character's row;
    `depth`: layers that see `_WINDOW` neighbours more on each side.  In training `blanked` is the part of all features,
    `unseen` that of all characters, and `dropped` that of all columns that are hidden.
    """

    def __init__(
        self,
        rows: Sequence[int] = (2000, 5000, 5000, 3000, 3000, 2000, 2000, 1000, 500),
        width: int = 40,
        mixed: int = 96,
        blanked: float = 0.2,
        dropped: float = 0.4,
        unseen: float = 0.02,
        depth: int = 2,
    ) -> None:
        super().__init__()
        self.rows = list(rows)
        self.width = width
        self.mixed = mixed
        self.blanked = blanked
        self.dropped = dropped
        self.unseen = unseen
        self.depth = depth

    def module(self, **kwargs: Any) -> nn.Module:
        """The network of it."""
        return ShapesModule(self)


class ShapesModule(nn.Module):
    """Batches of characters in, one row for each character out."""

    def __init__(self, form: Shapes) -> None:
        super().__init__()
        self.form = form
        self.sizes = torch.tensor(form.rows, dtype=torch.int64)
        self.starts = torch.tensor([0, *np.cumsum(form.rows)[:-1].tolist()], dtype=torch.int64)
        self.table = nn.Embedding(sum(form.rows), form.width)
        nn.init.uniform_(self.table.weight, -0.1, 0.1)
        self.mix = _Maxout(form.width * len(form.rows), form.mixed)
        self.around = nn.ModuleList(_Maxout(form.mixed * (2 * _WINDOW + 1), form.mixed) for _ in range(form.depth))
        self.drop = nn.Dropout(form.dropped)
        self.whole = TextDropout(form.dropped)
        self.embedding_dim = form.mixed

    def forward(self, batch: Mapping[str, Any], mask: torch.Tensor, **kwargs: Any) -> torch.Tensor:
        """The rows of all characters of the batch, one text after the other.

        A part of what is seen is hidden in training: nothing may hang on one word alone.
        """
        keys = np.concatenate([shapes.columns("".join(text)) for text in batch["token"]])
        if self.training:
            keys[np.random.random_sample(keys.shape) < self.form.blanked] = 0
            keys[np.random.random_sample(len(keys)) < self.form.unseen] = 0
        one, two = (self.table(self.starts + torch.from_numpy(hashed) % self.sizes) for hashed in _hashes(keys))
        rows: torch.Tensor = self.mix(self.drop((one + two).flatten(1)))
        for layer in self.around:
            rows = rows + layer(self.drop(_windows(rows, mask)))
        texts = rows.new_zeros(*mask.shape, rows.shape[1])
        texts[mask] = rows
        seen: torch.Tensor = self.whole(texts)
        return seen


class TextDropout(nn.Module):
    """Drops the same columns of all characters of a text: a recurrent layer would see past holes that change."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        if not self.training or rows.dim() != 3:
            return rows
        mask = torch.empty(rows.shape[0], 1, rows.shape[2]).bernoulli_(1 - self.share) / (1 - self.share)
        return rows * mask


class _Maxout(nn.Module):
    """The greater of two linear layers, normalised."""

    def __init__(self, wide: int, narrow: int) -> None:
        super().__init__()
        self.both = nn.Linear(wide, narrow * 2)
        self.norm = nn.LayerNorm(narrow)

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        one, two = self.both(rows).chunk(2, dim=1)
        normal: torch.Tensor = self.norm(torch.maximum(one, two))
        return normal


def _windows(rows: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """Each row with its neighbours in the same text on both sides; zeros beyond the ends."""
    padded = rows.new_zeros(mask.shape[0], mask.shape[1] + 2 * _WINDOW, rows.shape[1])
    padded[:, _WINDOW:-_WINDOW][mask] = rows
    shifted = [padded[:, shift : shift + mask.shape[1]][mask] for shift in range(2 * _WINDOW + 1)]
    return torch.cat(shifted, dim=1)


def _hashes(keys: shapes.Columns) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Two independent numbers for each feature, so that two features that share one row rarely share the other."""
    one = keys * np.uint64(0x9E3779B97F4A7C15)
    two = (keys ^ (keys >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
    return (one >> np.uint64(33)).astype(np.int64), (two >> np.uint64(33)).astype(np.int64)
