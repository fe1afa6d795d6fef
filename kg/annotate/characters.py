"""The entity recogniser of the shipped pipeline: a spaCy component that reads characters and marks names.

A small convolutional network gives every character a score for each tag, a linear chain (`kg.annotate.chain`) makes
names of them.  Chinese and English go through the same network.  The names are in `doc.ents`, and with what else they
may be, and how likely, in `doc.spans["names"]` with `attrs["readings"]`.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, SpanGroup
from thinc.api import (
    HashEmbed,
    Linear,
    Maxout,
    Model,
    chain,
    clone,
    concatenate,
    expand_window,
    residual,
    with_array,
)

from kg.annotate import shapes
from kg.annotate.chain import Floats, Found, batches, names, padded

COMPONENT = "character_names"
"""The component's name in spaCy's registry."""
SPANS = "names"
"""The group of `doc.spans` with the readings."""

_PADDED = 40_000
"""Characters that are read at once, padding counted: enough to keep the processor busy, a few MB of memory."""


@dataclass(frozen=True, slots=True)
class Size:
    """The measures of the network."""

    width: int = 64
    depth: int = 4
    window: int = 2
    pieces: int = 2
    rows: tuple[int, ...] = (2000, 5000, 5000, 3000, 3000, 2000, 2000, 1000, 500)
    """Rows of the hash table of each column of `shapes.columns`."""


def network(size: Size, tags: int, *, dropout: float = 0.0) -> Model[Any, Any]:
    """Columns of features in, one row of tag scores for each character out."""
    width = size.width
    embeddings: list[Model[Any, Any]] = [
        HashEmbed(width, rows, column=column, seed=column + 1, dropout=dropout) for column, rows in enumerate(size.rows)
    ]
    mixed = Maxout(width, width * len(embeddings), nP=size.pieces, normalize=True, dropout=dropout)
    layer = residual(
        chain(
            expand_window(window_size=size.window),
            Maxout(width, width * (2 * size.window + 1), nP=size.pieces, normalize=True, dropout=dropout),
        )
    )
    context = clone(layer, size.depth)
    return chain(
        with_array(chain(concatenate(*embeddings), mixed)),
        with_array(context, pad=size.window * size.depth),
        with_array(Linear(tags, width)),
    )


class CharacterNames:
    """The component.  Empty until `shape` gives it a network, or it is loaded."""

    def __init__(self, name: str = COMPONENT) -> None:
        self.name = name
        self.labels: tuple[str, ...] = ()
        self.size = Size()
        self.sharpness = 1.0
        """What scores are multiplied with, so that a name that is said to be nine tenths likely is right nine times
        in ten."""
        self.network: Model[Any, Any] = Model("empty", lambda model, data, is_train: (data, lambda d: d))
        self.transitions: Floats = np.zeros((1, 1))

    def shape(self, labels: Sequence[str], size: Size, *, dropout: float = 0.0) -> None:
        """Make a network for these labels, with weights from numpy's global random state."""
        tags = 1 + 4 * len(labels)
        self.labels, self.size = tuple(labels), size
        self.network = network(size, tags, dropout=dropout)
        self.network.initialize()
        self.transitions = np.zeros((tags, tags))

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], batch_size: int = 256) -> Iterator[Doc]:
        """Mark the names of every document, in batches."""
        docs_left = iter(stream)
        while docs := list(islice(docs_left, batch_size)):
            for doc, found in zip(docs, self.predict([doc.text for doc in docs]), strict=True):
                yield _marked(doc, found)

    def predict(self, texts: Sequence[str]) -> list[list[Found]]:
        """The names of each text, in order; they do not overlap."""
        found: list[list[Found]] = [[] for _ in texts]
        for places in batches([len(text) for text in texts], _PADDED):
            rows = self.network.predict([shapes.columns(texts[i]) for i in places])
            scores, lengths = padded(rows)
            told = names(scores * self.sharpness, lengths, self.transitions * self.sharpness, self.labels)
            for place, one in zip(places, told, strict=True):
                found[place] = one
        return found

    def to_bytes(self, *, exclude: Sequence[str] = ()) -> bytes:
        """The labels, the measures and the weights in half precision; the same weights give the same bytes."""
        settings = {"labels": self.labels, "size": asdict(self.size), "sharpness": self.sharpness}
        arrays = {"settings": np.frombuffer(json.dumps(settings, sort_keys=True).encode(), dtype=np.uint8)}
        arrays["transitions"] = self.transitions.astype(np.float16)
        for number, (node, name) in enumerate(_weights(self.network)):
            arrays[f"weights{number:03}"] = np.asarray(node.get_param(name)).astype(np.float16)
        file = io.BytesIO()
        np.savez(file, **arrays)  # type: ignore[arg-type]
        return file.getvalue()

    def from_bytes(self, data: bytes, *, exclude: Sequence[str] = ()) -> CharacterNames:
        """Take over what `to_bytes` wrote.  ValueError for data of another network."""
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            settings = json.loads(arrays["settings"].tobytes())
            size = settings["size"]
            self.shape(settings["labels"], Size(**(size | {"rows": tuple(size["rows"])})))
            self.sharpness = settings["sharpness"]
            self.transitions = arrays["transitions"].astype(np.float64)
            for number, (node, name) in enumerate(_weights(self.network)):
                weights = arrays[f"weights{number:03}"].astype(np.float32)
                if weights.shape != node.get_param(name).shape:
                    raise ValueError(f"weights{number:03} are {weights.shape}, not {node.get_param(name).shape}")
                node.set_param(name, weights)
        return self

    def to_disk(self, path: str | Path, *, exclude: Sequence[str] = ()) -> None:
        """Write one file."""
        Path(path).with_suffix(".npz").write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, *, exclude: Sequence[str] = ()) -> CharacterNames:
        """Read it."""
        return self.from_bytes(Path(path).with_suffix(".npz").read_bytes())


@Language.factory(COMPONENT, assigns=["doc.ents", "doc.spans"])
def _component(nlp: Language, name: str) -> CharacterNames:
    return CharacterNames(name)


def _weights(model: Model[Any, Any]) -> list[tuple[Model[Any, Any], str]]:
    """Every weight of a network, in the order in which it is built."""
    return [(node, name) for node in model.walk() for name in sorted(node.param_names)]


def _marked(doc: Doc, found: Sequence[Found]) -> Doc:
    spans, readings = [], []
    for name in found:
        span = doc.char_span(name.start, name.end, label=name.labels[0][0], alignment_mode="contract")
        if span is not None and len(span):
            spans.append(span)
            readings.append(name.labels)
    doc.spans[SPANS] = SpanGroup(doc, name=SPANS, spans=spans, attrs={"readings": readings})
    doc.set_ents(spans)
    return doc
