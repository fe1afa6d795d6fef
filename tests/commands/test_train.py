"""`kg train`: the same corpus and seed make the same model, and the scores are those of the sentences kept apart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import kg

from kg import corpus, pipeline
from kg.extract import pairs as scorer
from kg.train import pairs


@pytest.fixture(scope="module")
def rules() -> pipeline.Rules:
    return pipeline.rules(pipeline.Settings())


def test_the_same_weights_again(rules: pipeline.Rules, tmp_path: Path) -> None:
    few = [s for s in corpus.read(rules.ontology, rules.patterns) if not s.held_out][:300]
    one, two = (pairs.fit(pairs.examples(few, rules), seed=3) for _ in range(2))
    assert one.bias == two.bias
    assert (one.weights == two.weights).all()


def test_it_learns_what_it_is_shown(rules: pipeline.Rules) -> None:
    few = [s for s in corpus.read(rules.ontology, rules.patterns) if not s.held_out and s.relations][:200]
    (whole,) = [s for s in pairs.score(pairs.fit(pairs.examples(few, rules)), few, rules) if s.label == "all"]
    assert whole.f1 > 0.95


def test_the_shipped_weights_know_sentences_they_never_saw(rules: pipeline.Rules) -> None:
    model = scorer.load(rules.ontology.seeds)
    assert model is not None
    unseen = [s for s in corpus.read(rules.ontology, rules.patterns) if s.held_out]
    whole = pairs.score(model, unseen, rules)[-1]
    assert whole.label == "all"
    assert whole.f1 >= 0.62


def test_the_command_writes_weights_and_scores(tmp_path: Path) -> None:
    done = kg("train", "pairs", "-o", str(tmp_path / "model"), "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["sentences"] > 2000
    assert 0.5 < said["scores"]["all"]["f1"] < 1
    assert (tmp_path / "model" / scorer.FILE).is_file()


def test_an_unknown_name_is_one_line() -> None:
    done = kg("train", "spacey")
    assert done.returncode == 2
    assert "did you mean 'spacy'" in done.stderr
