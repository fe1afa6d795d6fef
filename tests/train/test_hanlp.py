"""Training HanLP's recogniser: the same seed gives the same bytes, and what is for testing stays out."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from kg import annotate, corpus, train
from kg.annotate import Rules
from kg.annotate.embedding import Shapes
from kg.corpus import Sentence
from kg.errors import AnnotatorError
from kg.train import hanlp as trainer
from kg.train.hanlp import Course
from kg.train.parts import split
from kg.train.substitution import Substitution
from train.test_spacy import rules, tiny

__all__ = ["rules", "tiny"]

TINY = Course(epochs=2, characters=120, hidden=8, threads=1, embed={"rows": (50,) * 9, "width": 6, "mixed": 12})


def test_the_same_seed_gives_the_same_bytes(tiny: Rules, tmp_path: Path) -> None:
    lines: list[str] = []
    first = trainer.train(tiny, tmp_path / "1", seed=5, progress=lines.append, course=TINY)
    trainer.train(tiny, tmp_path / "2", seed=5, course=TINY)
    trainer.train(tiny, tmp_path / "3", seed=6, course=TINY)

    def files(name: str) -> dict[str, bytes]:
        return {p.name: p.read_bytes() for p in (tmp_path / name).iterdir()}

    assert files("1") == files("2")
    assert files("1") != files("3")
    assert set(files("1")) == {"config.json", "vocabs.json", "model.pt"}
    assert str(tmp_path).encode() not in b"".join(files("1").values())
    assert len(lines) == TINY.epochs + 1, "one for each epoch, and the development cut"
    assert [score.label for score in first.scores] == ["Model", "Organization", "Person", "Product", "all"]


def test_training_leaves_the_random_state_and_the_threads(tiny: Rules, tmp_path: Path) -> None:
    import torch

    torch.manual_seed(9)
    before = torch.get_rng_state(), torch.get_num_threads()
    trainer.train(tiny, tmp_path, course=TINY)
    assert torch.equal(torch.get_rng_state(), before[0])
    assert torch.get_num_threads() == before[1]


def test_what_was_trained_is_loaded(tiny: Rules, tmp_path: Path) -> None:
    trained = trainer.train(tiny, tmp_path, course=TINY)
    assert trained.folder == tmp_path
    annotator = annotate.make("hanlp", tiny, hanlp_model=str(tmp_path))
    assert annotator.name == "hanlp"  # type: ignore[attr-defined]


def test_the_test_sentences_are_never_read(rules: Rules, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither they nor the development cut take part in a step."""
    read: set[str] = set()
    parts = split(corpus.read(rules.ontology, rules.patterns))

    def noted(self: Substitution, sentence: Sentence) -> Sentence:
        read.add(sentence.masked)
        return sentence

    monkeypatch.setattr(Substitution, "__call__", noted)
    monkeypatch.setattr(trainer, "_step", lambda component, batch, optimizer: optimizer.step() or 0.0)
    trainer.train(rules, tmp_path, course=Course(epochs=1, embed=TINY.embed, hidden=4, threads=1))
    assert len(read) > 1000
    assert read.isdisjoint({s.masked for s in (*parts.testing, *parts.development)})


def test_parts_of_sentences(rules: Rules) -> None:
    chance = random.Random(1)
    seen: set[str] = set()
    sentence = next(corpus.parse("昨天，[青禾，智能|Organization]发布了[远帆|Model]，[林若水|Person]到场，很热闹。"))
    for _ in range(200):
        part = trainer._part(sentence, chance, 1.0)
        assert part.text
        assert part.text in sentence.text
        assert all(part.text[m.span.start : m.span.end] == m.text for m in part.mentions)
        assert {m.text for m in part.mentions} == {m.text for m in sentence.mentions if m.text in part.text}
        seen.add(part.text)
    assert len(seen) == 10, "from each of four clauses to each"
    assert trainer._part(sentence, chance, 0.0) is sentence


def test_an_engine_that_is_not_installed_is_told(tiny: Rules, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delitem(sys.modules, "kg.train.hanlp")
    monkeypatch.delitem(sys.modules, "kg.annotate.recurrent")
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(AnnotatorError, match=r"needs torch, which is not installed: pip install .*\[hanlp\]"):
        train.train("hanlp", tiny, tmp_path)


def test_shapes_are_saved_with_the_model() -> None:
    form = Shapes(rows=(5,) * 9, width=3, mixed=4, depth=1)
    assert form.config["classpath"] == "kg.annotate.embedding.Shapes"
    assert Shapes.from_config(dict(form.config)).config == form.config
