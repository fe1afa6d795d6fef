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
import torch
from hanlp.common.vocab import Vocab
from hanlp.components.ner.rnn_ner import RNNNamedEntityRecognizer
from torch import nn

from kg.annotate.chain import Floats, Found, Ints, allowed, batches, names, padded
from kg.annotate.embedding import Shapes, TextDropout
from kg.annotate.whitelist import Whitelist

THREADS = 1
"""Threads of a network that reads: sums come out the same on every number of processors, and workers share nothing."""
_PADDED = 20_000
"""Characters that are read at once, padding counted."""
_IMPOSSIBLE = -1e4
"""The score of a tag that the model does not know."""
_PARTS = "BIES"
"""HanLP's letters for the parts of a name, in the order of `kg.annotate.chain`."""


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
        model.drop = TextDropout(kwargs["drop"])
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
