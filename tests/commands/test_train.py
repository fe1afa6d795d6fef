"""`kg train`: the same corpus and seed make the same model, and the scores are those of the sentences kept apart."""

from __future__ import annotations

import json
from pathlib import Path

import numpy
import pytest
from command_line import kg

from kg import annotate, corpus, pipeline
from kg.annotate import ordinary
from kg.extract import links, plausible
from kg.extract import pairs as scorer
from kg.extract.weights import Calibrated
from kg.train import pairs
from kg.train.documents import Folders, labelled


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
    assert whole.f1 >= 0.54  # it leans to what documents are like, where fewer names that stand together are related


def test_the_command_writes_weights_and_scores(tmp_path: Path) -> None:
    done = kg("train", "pairs", "-o", str(tmp_path / "model"), "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["sentences"] > 2000
    assert 0.5 < said["scores"]["all"]["f1"] < 1
    assert (tmp_path / "model" / scorer.FILE).is_file()


def test_documents_teach_too(tmp_path: Path) -> None:
    tune = Path(__file__).parents[1] / "gold" / "tune"
    few = tmp_path / "gold"
    few.mkdir()
    for name in ("t01", "t02", "t03"):
        (few / f"{name}.json").write_bytes((tune / "gold" / f"{name}.json").read_bytes())
    rules = pipeline.rules(pipeline.Settings(), trained=False)
    annotator = annotate.make(annotate.default(rules), rules)
    found = dict(labelled(Folders(few, tune / "docs"), rules, annotator))
    assert set(found) == {"t01", "t02", "t03"}
    labels = [right for pairs_ in found.values() for _, _, right in pairs_]
    assert 10 < sum(labels) < len(labels)


@pytest.mark.parametrize(("name", "file"), [("names", plausible.FILE), ("links", links.FILE), ("words", ordinary.FILE)])
def test_documents_alone_teach_them(name: str, file: str, tmp_path: Path) -> None:
    tune = Path(__file__).parents[1] / "gold" / "tune"
    few = tmp_path / "gold"
    few.mkdir()
    for document in ("t01", "t02", "t03", "t04"):
        (few / f"{document}.json").write_bytes((tune / "gold" / f"{document}.json").read_bytes())
    made = []
    for folder in ("one", "two"):
        taught = ("--gold", str(few), "--documents", str(tune / "docs"))
        done = kg("train", name, *taught, "-o", str(tmp_path / folder), "--json")
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["documents"] == 4
        made.append(dict(numpy.load(tmp_path / folder / file)))
    assert made[0].keys() == made[1].keys()
    assert all((made[0][array] == made[1][array]).all() for array in made[0])


@pytest.mark.parametrize("name", ["names", "links", "words"])
def test_and_nothing_else_does(name: str, tmp_path: Path) -> None:
    done = kg("train", name, "-o", str(tmp_path / "model"))
    assert done.returncode == 2
    assert "--gold" in done.stderr
    assert "Traceback" not in done.stderr


def test_what_calibration_learns() -> None:
    seen = [("worksFor", 0.9, n % 4 != 0) for n in range(400)] + [("worksFor", 0.5, n % 4 == 0) for n in range(400)]
    slope, offsets = pairs.calibration(seen)
    model = Calibrated(numpy.zeros(1, dtype=numpy.float32), 0.0, {"tier": 0.5}, slope, offsets)
    assert model.confidence("worksFor", 0.9) == pytest.approx(0.75, abs=0.02)
    assert model.confidence("worksFor", 0.5) == pytest.approx(0.25, abs=0.02)
    assert model.confidence("tier", 0.8) == pytest.approx(0.4)
    assert model.confidence("hasTitle", 0.9) == 0.0


def test_half_of_what_documents_need_is_refused(tmp_path: Path) -> None:
    done = kg("train", "pairs", "--gold", str(tmp_path))
    assert done.returncode == 2
    assert "--documents" in done.stderr


def test_names_learn_from_the_corpus_alone(tmp_path: Path) -> None:
    done = kg("train", "hanlp", "--gold", str(tmp_path), "--documents", str(tmp_path))
    assert done.returncode == 2
    assert "pairs" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_name_is_one_line() -> None:
    done = kg("train", "spacey")
    assert done.returncode == 2
    assert "did you mean 'spacy'" in done.stderr
