"""`kg evaluate`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import kg

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
