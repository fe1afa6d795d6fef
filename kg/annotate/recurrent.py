"""The entity recogniser of the shipped HanLP model: a HanLP component that reads characters and marks names.

It is HanLP's recurrent recogniser (a bidirectional LSTM and a conditional random field) with what that one lacks:

- its random field runs along the characters.  HanLP leaves `batch_first` unset, so that it runs across the batch:
  such a model learns nothing, though its loss falls;
- tags are decoded so that they always make names.  HanLP's decoder raises for a whole batch when one sequence of tags
  is ill-formed, which happens on real text;
- each character is seen with the word it stands in, its neighbours and their shapes (`kg.annotate.shapes`);
- a whitelist of known names, which HanLP has for its transformers only, with word boundaries for Latin names;
- weights are saved in half precision.

`hanlp.load(folder)` gives such a component back, for `kg` and for anybody who has this package installed.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from hanlp.common.vocab import Vocab
from hanlp.components.ner.rnn_ner import RNNNamedEntityRecognizer
from hanlp.layers.embeddings.embedding import Embedding
from torch import nn

from kg.annotate import shapes
from kg.annotate.chain import Floats, Found, Ints, allowed, batches, names, padded
from kg.annotate.whitelist import Whitelist

THREADS = 1
"""Threads of a network that reads: sums come out the same on every number of processors, and workers share nothing."""
_PADDED = 20_000
"""Characters that are read at once, padding counted."""
_WINDOW = 2
"""Neighbours on each side that a layer sees at once."""
_IMPOSSIBLE = -1e4
"""The score of a tag that the model does not know."""
_PARTS = "BIES"
"""HanLP's letters for the parts of a name, in the order of `kg.annotate.chain`."""


class Shapes(Embedding):  # type: ignore[misc]
    """What a character looks like, as an embedding of HanLP's: hashed rows for each of the columns of its features."""

    def __init__(
        self,
        rows: Sequence[int] = (2000, 5000, 5000, 3000, 3000, 2000, 2000, 1000, 500),
        width: int = 40,
        mixed: int = 96,
        blanked: float = 0.2,
        dropped: float = 0.3,
        unseen: float = 0.1,
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
        self.whole = _TextDropout(form.dropped)
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


class _TextDropout(nn.Module):
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


class RecurrentNames(RNNNamedEntityRecognizer):  # type: ignore[misc]
    """The component.  Empty until `shape` gives it a network, or it is loaded."""

    def shape(self, labels: Sequence[str], embed: Shapes, *, hidden: int, dropout: float) -> None:
        """Make a network for these labels, with weights from torch's global random state."""
        self.config.update(
            embed=embed,
            rnn_input=None,
            rnn_hidden=hidden,
            drop=dropout,
            crf=True,
            optimizer="adam",
            token_key="token",
            token_delimiter="",
            tagging_scheme="IOBES",
            sharpness=1.0,
        )
        self.vocabs.tag = Vocab(unk_token=None, pad_token=None)
        self.vocabs.tag.update(["O", *(f"{part}-{label}" for label in labels for part in _PARTS)])
        self.vocabs.token = Vocab()  # a character is known by its shape; this tells characters from padding
        self.vocabs.lock()
        self.model: Any = self.build_model(**self.config, training=True)
        self._well_formed()

    def build_model(self, **kwargs: Any) -> nn.Module:
        """The network, whose random field runs along the characters."""
        model: nn.Module = super().build_model(**kwargs)
        crf: Any = model.crf
        if crf is not None:
            crf.batch_first = True
        model.drop = _TextDropout(kwargs["drop"])
        return model

    def _well_formed(self) -> None:
        """Make transitions that no names have next to impossible, from the first step on."""
        may = allowed(len(self.labels))
        crf: Any = self.model.crf
        with torch.no_grad():
            crf.transitions[torch.from_numpy(~may)] = _IMPOSSIBLE
            crf.start_transitions[torch.from_numpy(~may[0])] = _IMPOSSIBLE
            crf.end_transitions[torch.from_numpy(~may[:, 0])] = _IMPOSSIBLE

    @property
    def labels(self) -> tuple[str, ...]:
        """The classes of names that it knows."""
        return tuple(sorted({tag[2:] for tag in self.vocabs.tag.idx_to_token if tag[1:2] == "-"}))

    @property
    def dict_whitelist(self) -> Whitelist | None:
        """Names that are found whatever the network says, with their labels; saved with the model."""
        return self.config.get("dict_whitelist", None)  # type: ignore[no-any-return]

    @dict_whitelist.setter
    def dict_whitelist(self, names: Mapping[str, str] | Whitelist | None) -> None:
        self.config["dict_whitelist"] = Whitelist(dict(names)) if isinstance(names, Mapping) else names

    def names(self, texts: Sequence[str]) -> list[list[Found]]:
        """The names of each text, in order, with how likely each reading is; they do not overlap."""
        found: list[list[Found]] = [[] for _ in texts]
        for places in batches([len(text) for text in texts], _PADDED):
            scores, lengths, transitions = self.scores([texts[i] for i in places])
            sharp = self.config.get("sharpness", 1.0)
            for place, told in zip(
                places, names(scores * sharp, lengths, transitions * sharp, self.labels), strict=True
            ):
                found[place] = self._with_known(texts[place], told)
        return found

    def _with_known(self, text: str, told: list[Found]) -> list[Found]:
        known = self.dict_whitelist.tokenize(text) if self.dict_whitelist else []
        sure = [Found(start, end, ((label, 1.0),)) for start, end, label in known]
        left = [f for f in told if all(f.end <= s.start or s.end <= f.start for s in sure)]
        return sorted([*left, *sure], key=lambda f: f.start)

    def scores(self, texts: Sequence[str]) -> tuple[Floats, Ints, Floats]:
        """The scores of all tags for all characters of texts that are not empty, their lengths, and the transitions.

        In the order of tags of `kg.annotate.chain`; those of the ends are added to the first and last characters.
        """
        longest_first = sorted(range(len(texts)), key=lambda i: -len(texts[i]))
        with torch.no_grad(), threads(THREADS):
            out, _ = self.feed_batch(self.batch([texts[i] for i in longest_first]))
        out = out[np.argsort(longest_first)]
        order = [self._tag("O"), *(self._tag(f"{part}-{label}") for label in self.labels for part in _PARTS)]
        rows = [row[: len(text)] for row, text in zip(_ordered(out.double().numpy(), order), texts, strict=True)]
        scores, lengths = padded(rows)
        if self.model.crf is None:
            return scores, lengths, np.zeros((len(order), len(order)))
        crf: Any = self.model.crf
        begins, ends, follow = (
            weights.detach().double().numpy()
            for weights in (crf.start_transitions, crf.end_transitions, crf.transitions)
        )
        scores[:, 0] += _ordered(begins, order)
        scores[np.arange(len(texts)), lengths - 1] += _ordered(ends, order)
        return scores, lengths, _ordered(_ordered(follow, order).T, order).T

    def _tag(self, tag: str) -> int:
        place = self.vocabs.tag.token_to_idx.get(tag)
        return -1 if place is None else int(place)

    def batch(self, texts: Sequence[str]) -> dict[str, Any]:
        """Texts, longest first, as HanLP feeds them to its network."""
        rows = [torch.tensor([self.vocabs.token.get_idx(char) for char in text]) for text in texts]
        return {
            "token": [list(text) for text in texts],
            "token_id": nn.utils.rnn.pad_sequence(rows, batch_first=True, padding_value=0),
        }

    def predict_data(
        self, data: Sequence[Sequence[str]], batch_size: int | None = None, **kwargs: Any
    ) -> list[list[tuple[str, str, int, int]]]:
        """HanLP's form of an answer: for each text its names as (text, label, start, end)."""
        texts = ["".join(tokens) for tokens in data]
        if any(len(text) != len(tokens) for text, tokens in zip(texts, data, strict=True)):
            raise ValueError("this recogniser reads characters: give it texts, or lists of single characters")
        return [
            [(text[f.start : f.end], f.labels[0][0], f.start, f.end) for f in found]
            for text, found in zip(texts, self.names(texts), strict=True)
        ]

    def input_is_flat(self, tokens: Any) -> bool:
        """Whether it is one text, as a string or as a list of its characters."""
        return isinstance(tokens, str) or (
            isinstance(tokens, list) and all(len(token) == 1 for token in tokens) and isinstance(tokens[0], str)
        )

    def save_weights(self, save_dir: str, filename: str = "model.pt", **kwargs: Any) -> None:
        """Write the weights in half precision; the same weights give the same bytes, wherever they are written."""
        halves = {name: weights.half() for name, weights in self.model_.state_dict().items()}
        data = io.BytesIO()
        torch.save(halves, data)
        Path(save_dir, filename).write_bytes(data.getvalue())


@contextmanager
def threads(number: int) -> Iterator[None]:
    """So many threads inside the block."""
    before = torch.get_num_threads()
    torch.set_num_threads(number)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def _ordered(scores: Floats, order: Sequence[int]) -> Floats:
    """The last axis in another order; what has no place there is next to impossible."""
    wider: Floats = np.concatenate([scores, np.full((*scores.shape[:-1], 1), _IMPOSSIBLE)], axis=-1)
    return wider[..., list(order)]  # -1 is the column that was added
