"""`kg remove`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import digests, kg

GOOD = "百度于2023年3月16日发布文心一言。\n"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    for name, text in (("one", GOOD), ("two", GOOD + "百度位列第一梯队。"), ("three", "腾讯发布了混元大模型。")):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    assert kg("build", "*.txt", "--annotator", "lexicon", cwd=tmp_path).returncode == 0
    return tmp_path


def test_the_graph_is_that_of_the_others(place: Path) -> None:
    done = kg("remove", "three", cwd=place / "output", timeout=60)
    assert done.returncode == 2, "there is no output/output"
    done = kg("remove", "three", "--graph", "../output", cwd=place / "output")
    assert done.returncode == 0, done.stderr
    assert "since the last build: 1 removed" in done.stdout
    assert kg("build", "one.txt", "two.txt", "-o", "other", "--annotator", "lexicon", cwd=place).returncode == 0
    assert digests(place / "output") == digests(place / "other")
    assert (place / "three.txt").exists()


def test_several_and_all(place: Path) -> None:
    done = kg("remove", "one", "two", "one", "--json", cwd=place)
    assert json.loads(done.stdout)["changes"] == {"added": [], "changed": [], "removed": ["one", "two"], "kept": 1}
    assert kg("remove", "three", cwd=place).returncode == 0
    assert json.loads((place / "output" / "report.json").read_text(encoding="utf-8"))["counts"]["documents"] == 0


def test_a_document_that_is_not_there(place: Path) -> None:
    before = digests(place / "output")
    done = kg("remove", "one", "tow", cwd=place)
    assert done.returncode == 2
    assert done.stderr == "kg: output: the graph has no document 'tow'; did you mean two?\n"
    assert digests(place / "output") == before


def test_no_graph(tmp_path: Path) -> None:
    done = kg("remove", "one", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr == "kg: output: no workspace of a build here; run: kg build INPUT -o output\n"
    assert not (tmp_path / "output").exists()
