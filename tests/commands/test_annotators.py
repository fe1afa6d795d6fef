"""`--annotator` and the models of its engines, from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import SAMPLES, digests, kg

SENTENCE = "衡远智算推出了大模型拾贝，由衡远智算独立训练。百度于2023年3月16日发布文心一言。".encode()


@pytest.mark.slow
def test_workers_share_nothing_and_change_nothing(tmp_path: Path) -> None:
    documents = [SAMPLES / "launch-tongyi-qianwen.md", SAMPLES / "wires.jsonl", SAMPLES / "minute-tiers.txt"]
    for workers in ("1", "2"):
        done = kg("build", *documents, "-o", tmp_path / workers, "--annotator", "hanlp", "--workers", workers)
        assert done.returncode == 0, done.stderr
    assert digests(tmp_path / "1") == digests(tmp_path / "2")
    report = json.loads((tmp_path / "1" / "report.json").read_text(encoding="utf-8"))
    assert report["annotator"] == "hanlp"


def test_a_model_for_another_annotator_is_wrong_use() -> None:
    done = kg("extract", "-", "--annotator", "spacy", "--hanlp-model", "x", stdin=SENTENCE)
    assert done.returncode == 2
    assert "--hanlp-model is for --annotator hanlp, not for spacy" in done.stderr


def test_models_of_both_mean_both() -> None:
    from kg.commands import options

    given = {"ontology": "ai-models", "annotator": None, "lexicon": None, "workers": 1}
    both = options.settings(**given, spacy_model="a", hanlp_model="b")
    assert (both.annotator, both.model, both.hanlp_model) == ("spacy+hanlp", "a", "b")
    one = options.settings(**given, spacy_model=None, hanlp_model="b")
    assert (one.annotator, one.model, one.hanlp_model) == ("hanlp", None, "b")
    assert options.settings(**given, spacy_model=None, hanlp_model=None).annotator is None


def test_nothing_is_said_but_the_result(tmp_path: Path) -> None:
    done = kg("extract", "-", "--annotator", "spacy+hanlp", "--format", "jsonl", stdin=SENTENCE)
    assert done.returncode == 0
    assert done.stderr == ""
    said = [json.loads(line) for line in done.stdout.splitlines()]
    assert ("model:ernie-bot", "developedBy") in {(one["subject"]["id"], one["predicate"]) for one in said}
