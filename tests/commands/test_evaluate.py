"""`kg evaluate`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from command_line import ROOT, kg

TEXT = "百度于2023年3月16日发布文心一言。"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with one document, `texts/d01.txt`, and its gold, `gold/d01.json`: one fact found, one missed."""
    facts = [
        {"s": ["文心一言"], "p": "releasedOn", "o": "2023-03-16", "evidence": TEXT},
        {"s": ["腾讯"], "p": "tier", "o": 1, "evidence": ""},
    ]
    (tmp_path / "texts").mkdir()
    (tmp_path / "gold").mkdir()
    (tmp_path / "texts" / "d01.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "gold" / "d01.json").write_text(json.dumps({"doc": "d01", "facts": facts}), encoding="utf-8")
    return tmp_path


def test_documents_are_read_and_scored(place: Path) -> None:
    done = kg("evaluate", "gold", "--documents", "texts", "--wrong", "--missed", cwd=place)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert any(line.startswith("missed") and "腾讯 tier 1" in line for line in lines)
    assert any(line.startswith("wrong") and "developedBy" in line for line in lines)
    assert any(line.split()[:4] == ["releasedOn", "1.000", "1.000", "1.000"] for line in lines)


def test_claim_lines_give_the_same_scores(place: Path) -> None:
    extracted = kg("extract", "texts", cwd=place).stdout
    (place / "claims.jsonl").write_text(extracted, encoding="utf-8")
    read = kg("evaluate", "gold", "--documents", "texts", "--json", cwd=place)
    given = kg("evaluate", "gold", "--claims", "claims.jsonl", "--json", cwd=place)
    assert json.loads(read.stdout) == json.loads(given.stdout)
    assert json.loads(read.stdout)["relations"]["releasedOn"]["f1"] == 1


def test_what_does_not_fit_is_said_in_one_line(place: Path) -> None:
    (place / "bad.jsonl").write_text('{"doc": "d01"}\nno json\n', encoding="utf-8")
    for arguments, word in (
        (("gold", "--claims", "bad.jsonl"), "bad.jsonl, line 2"),
        (("gold", "--claims", "nowhere.jsonl"), "nowhere.jsonl"),
        (("nowhere", "--documents", "texts"), "nowhere"),
        (("gold", "--documents", "gold"), "d01"),
    ):
        done = kg("evaluate", *arguments, cwd=place)
        assert done.returncode == 2, arguments
        assert len(done.stderr.splitlines()) == 1
        assert word in done.stderr


def test_a_document_that_fails_is_said_and_counted_as_missed(place: Path) -> None:
    (place / "texts" / "d01.txt").write_bytes(b"")
    done = kg("evaluate", "gold", "--documents", "texts", "--json", cwd=place)
    assert done.returncode == 1
    assert "empty" in done.stderr
    assert json.loads(done.stdout)["relations"]["all"]["f1"] == 0


# the corpus ----------------------------------------------------------------------------------------------------------


def test_the_corpus_is_its_own_gold(tmp_path: Path) -> None:
    done = kg("evaluate", "--corpus", "--annotator", "lexicon", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    lines = [line.split() for line in done.stdout.splitlines()]
    assert lines[0][1:] == ["sentences", "that", "training", "never", "sees"]
    headings = [line[0] for line in lines if len(line) == 1]
    assert headings == ["names", "relations", "stance"]
    assert sum(line[0] == "all" for line in lines if line) == 3
    assert any(line[:2] == ["confidence", "claims"] for line in lines)


def test_the_corpus_as_json(tmp_path: Path) -> None:
    done = kg("evaluate", "--corpus", "--annotator", "lexicon", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert {"sentences", "entities", "relations", "stances", "reliability", "calibration_error"} == said.keys()
    assert 0 < said["relations"]["all"]["f1"] < 1


@pytest.mark.parametrize("more", [("gold",), ("--documents", "texts"), ("--claims", "claims.jsonl")])
def test_the_corpus_needs_no_other_gold(place: Path, more: tuple[str, ...]) -> None:
    done = kg("evaluate", "--corpus", *more, cwd=place)
    assert done.returncode == 2
    assert "--corpus is its own gold" in done.stderr
    assert not done.stdout


def test_something_must_be_scored(place: Path) -> None:
    for arguments, words in (
        ((), "--corpus"),
        (("gold", "--reliability"), "--documents"),
        (("gold", "--claims", "claims.jsonl", "--reliability"), "the unsure claims too"),
    ):
        done = kg("evaluate", *arguments, cwd=place)
        assert done.returncode == 2, arguments
        assert words in done.stderr
        assert "Traceback" not in done.stderr


def test_a_corpus_that_is_not_there(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "ontologies", tmp_path / "ontologies")
    (tmp_path / "seeds" / "ai-models").mkdir(parents=True)
    done = kg("evaluate", "--corpus", "--annotator", "lexicon", cwd=tmp_path)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "no annotated sentences" in done.stderr


# reliability ---------------------------------------------------------------------------------------------------------


def reliability(place: Path, *more: str) -> list[list[str]]:
    """The lines of the reliability table, each in its columns."""
    done = kg("evaluate", "gold", "--documents", "texts", "--annotator", "lexicon", *more, cwd=place)
    assert done.returncode == 0, done.stderr
    lines = [line.split() for line in done.stdout.splitlines()]
    start = [n for n, line in enumerate(lines) if line[:2] == ["confidence", "claims"]]
    return lines[start[0] :] if start else []


def test_reliability_counts_the_claims_of_each_confidence(place: Path) -> None:
    heading, *rows, last = reliability(place, "--reliability")
    assert heading == ["confidence", "claims", "mean", "right"]
    assert sum(int(claims) for _, claims, _, _ in rows) >= 2
    for span, _, mean, right in rows:
        low, high = map(float, span.split("–"))
        assert low <= float(mean) <= high
        assert 0.0 <= float(right) <= 1.0
    assert last[0] == "confidence"
    assert last[-3:] == ["in", "the", "mean"]


def test_reliability_is_shown_when_it_is_asked_for(place: Path) -> None:
    assert reliability(place) == []


def test_reliability_as_json(place: Path) -> None:
    arguments = ("evaluate", "gold", "--documents", "texts", "--annotator", "lexicon", "--json")
    assert "reliability" not in json.loads(kg(*arguments, cwd=place).stdout)
    said = json.loads(kg(*arguments, "--reliability", cwd=place).stdout)
    assert sum(row["claims"] for row in said["reliability"]) >= 2
    assert 0 <= said["calibration_error"] <= 1


def test_reliability_of_what_is_all_right(place: Path) -> None:
    facts = [
        {"s": ["文心一言"], "p": "releasedOn", "o": "2023-03-16", "evidence": TEXT},
        {"s": ["文心一言"], "p": "developedBy", "o": ["百度"], "evidence": TEXT},
    ]
    (place / "gold" / "d01.json").write_text(json.dumps({"doc": "d01", "facts": facts}), encoding="utf-8")
    _, *rows, _ = reliability(place, "--reliability")
    sure = [row for row in rows if float(row[2]) >= 0.5]
    assert sure
    assert all(row[3] == "1.000" for row in sure)
