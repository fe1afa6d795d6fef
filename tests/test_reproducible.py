"""Same inputs, same bytes: whatever the hash seed, the order of the files, the workers or the folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import SAMPLES, digests, kg


def build(folder: Path, *inputs: str | Path, seed: str = "0", workers: int = 1) -> dict[str, str]:
    done = kg("build", *inputs, "-o", folder, "--workers", str(workers), PYTHONHASHSEED=seed, TZ=f"UTC{seed[0]}")
    assert done.returncode == 0, done.stderr
    return digests(folder)


@pytest.mark.slow
def test_builds_are_equal_byte_for_byte(tmp_path: Path) -> None:
    files = sorted(SAMPLES.iterdir())
    first = build(tmp_path / "one", SAMPLES, seed="1")
    assert build(tmp_path / "two", *reversed(files), seed="2") == first
    assert build(tmp_path / "three", *files[5:], *files[:5], seed="3", workers=2) == first
    assert build(tmp_path / "two", SAMPLES, seed="4") == first, "over an older build"


@pytest.mark.slow
def test_extract_prints_the_same_lines() -> None:
    one = kg("extract", SAMPLES, "--all", PYTHONHASHSEED="1")
    two = kg("extract", *sorted(SAMPLES.iterdir(), reverse=True), "--all", "--workers", "2", PYTHONHASHSEED="2")
    assert one.returncode == two.returncode == 0
    assert one.stdout == two.stdout
    assert one.stdout.count("\n") > 100


def test_nothing_of_the_machine_or_the_day(sample: Path) -> None:
    import datetime

    for name in ("kg.ttl", "claims.ttl", "documents.jsonl", "report.json", "graph.html"):
        text = (sample / name).read_text(encoding="utf-8")
        assert str(sample.parent) not in text, name
        assert str(SAMPLES) not in text, name
        assert datetime.datetime.now(tz=datetime.UTC).date().isoformat() not in text, name
    report = json.loads((sample / "report.json").read_text(encoding="utf-8"))
    assert not {"time", "date", "seconds", "host"} & set(report)
