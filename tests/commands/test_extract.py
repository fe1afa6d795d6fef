"""`kg extract`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from command_line import SAMPLES, environment, kg

GOOD = "百度于2023年3月16日发布文心一言。腾讯将于明年发布混元2.0。"


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_one_claim_a_line() -> None:
    done = kg("extract", "-", "--format", "jsonl", stdin=GOOD.encode())
    assert done.returncode == 0
    found = lines(done.stdout)
    assert {"developedBy", "releasedOn"} <= {line["predicate"] for line in found}
    for line in found:
        evidence = line["evidence"]
        assert isinstance(evidence, dict)
        assert GOOD[evidence["start"] : evidence["end"]] == evidence["exact"]
        assert line["stance"] == "asserted"


def test_all_adds_what_is_not_asserted() -> None:
    asserted = lines(kg("extract", "-", stdin=GOOD.encode()).stdout)
    everything = lines(kg("extract", "-", "--all", stdin=GOOD.encode()).stdout)
    assert len(everything) > len(asserted)
    assert {line["stance"] for line in everything} == {"asserted", "planned"}


def test_json_lines_in_with_their_ids_and_dates() -> None:
    records = [
        {"id": "d01", "text": "昨天，百度发布了文心一言。", "published": "2023-03-17"},
        {"id": "d02", "text": "百度发布了文心一言。", "published": None, "title": None, "url": None, "source": None},
    ]
    stdin = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    found = lines(kg("extract", "-", stdin=stdin.encode()).stdout)
    assert {line["doc"] for line in found} == {"d01", "d02"}
    dates = [line["object"] for line in found if line["predicate"] == "releasedOn"]
    assert [date["value"] for date in dates if isinstance(date, dict)] == ["2023-03-16"]


def test_each_document_is_resolved_by_itself() -> None:
    alone = kg("extract", SAMPLES / "contradiction-morning.txt").stdout
    assert alone
    assert alone in kg("extract", SAMPLES).stdout


def test_utf_8_whatever_the_console_speaks() -> None:
    done = kg("extract", "-", stdin=GOOD.encode(), PYTHONUTF8="0", PYTHONIOENCODING="ascii", LC_ALL="C")
    assert done.returncode == 0, done.stderr
    assert "文心一言" in done.stdout


def test_a_closed_pipe_ends_quietly() -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "kg", "extract", str(SAMPLES), "--all"],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert child.stdout
    assert child.stdout.readline().startswith(b"{")
    child.stdout.close()
    assert child.stderr
    assert child.stderr.read() == b""
    child.stderr.close()
    assert child.wait(timeout=30) == 0


def test_a_document_that_fails_costs_no_other(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    done = kg("extract", "empty.txt", "-", cwd=tmp_path, stdin=GOOD.encode())
    assert done.returncode == 1
    assert done.stderr.startswith("kg: empty.txt: ")
    assert lines(done.stdout)


def test_own_names(tmp_path: Path) -> None:
    (tmp_path / "my.tsv").write_text("name\ttype\n澄海\tModel\n", encoding="utf-8")
    done = kg("extract", "-", "--lexicon", "my.tsv", cwd=tmp_path, stdin="澄海由百度研发。".encode())
    assert lines(done.stdout)[0]["predicate"] == "developedBy"


def test_hidden_names_are_found_less() -> None:
    assert len(lines(kg("extract", SAMPLES, "--hide-names", "1").stdout)) < len(lines(kg("extract", SAMPLES).stdout))
