"""The commands that read a built graph: explain, stats, export, view, validate."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from command_line import kg

from kg.export import FORMATS


def test_explain_shows_the_words(sample: Path) -> None:
    done = kg("explain", "乌有", "releasedOn", "--graph", sample)
    assert done.returncode == 0
    assert "✓" in done.stdout
    assert "2024-03-12" in done.stdout
    assert "conflicts with" in done.stdout
    assert "“" in done.stdout


def test_explain_as_json(sample: Path) -> None:
    said = json.loads(kg("explain", "通义千问", "--json", "--graph", sample).stdout)
    assert said["entity"] == "model:tongyi-qianwen"
    for value in said["values"]:
        assert all(claim["quote"] for claim in value["claims"])


def test_stats(sample: Path) -> None:
    assert "documents" in kg("stats", "--graph", sample).stdout
    said = json.loads(kg("stats", "--json", "--graph", sample).stdout)
    report = json.loads((sample / "report.json").read_text(encoding="utf-8"))
    assert said["totals"]["facts"] == report["counts"]["facts"]
    assert said["documents"] == report["counts"]["documents"]
    assert said["conflicts"] == report["counts"]["conflicts"]


def test_unread_sentences(sample: Path) -> None:
    said = json.loads(kg("stats", "--unread", "--json", "--graph", sample).stdout)
    shown = kg("stats", "--unread", "--graph", sample).stdout.splitlines()
    assert len(said) == len(shown) > 0
    assert shown[0].startswith(f"{said[0]['document']}: ")


def test_unread_of_a_broken_report(sample: Path, tmp_path: Path) -> None:
    broken = shutil.copytree(sample, tmp_path / "broken")
    (broken / "report.json").write_text('{"ontology": "ai-models"}', encoding="utf-8")
    done = kg("stats", "--unread", "--graph", broken)
    assert done.returncode == 2
    assert "report.json" in done.stderr


@pytest.mark.parametrize("format", FORMATS)
def test_export_to_a_file_and_to_a_pipe(sample: Path, tmp_path: Path, format: str) -> None:
    assert kg("export", "--format", format, "-o", "graph.out", "--graph", sample, cwd=tmp_path).stdout == ""
    from kg import graph
    from kg.export import export

    assert (tmp_path / "graph.out").read_bytes() == export(graph.open(sample), format)


def test_export_pipes_bytes(sample: Path) -> None:
    said = kg("export", "--format", "csv", "--graph", sample, PYTHONUTF8="0", LC_ALL="C").stdout
    assert said.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(said.removeprefix("\ufeff"))))
    assert rows[0][:3] == ["subject", "relation", "object"]
    assert len({len(row) for row in rows}) == 1


def test_export_formats_of_the_option_are_those_of_the_function() -> None:
    from kg.commands.export import export

    option = next(p for p in export.params if p.name == "format")
    assert tuple(option.type.choices) == FORMATS  # type: ignore[attr-defined]


def test_view(sample: Path, tmp_path: Path) -> None:
    done = kg("view", "-o", "small.html", "--limit", "5", "--title", "一览", "--graph", sample, cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout == "small.html\n"
    page = (tmp_path / "small.html").read_text(encoding="utf-8")
    assert "一览" in page
    assert len(page) < len((sample / "graph.html").read_text(encoding="utf-8"))


def test_view_writes_into_the_graph_by_itself(sample: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(sample, tmp_path / "copy")
    (copy / "graph.html").unlink()
    assert kg("view", "--graph", copy).returncode == 0
    assert (copy / "graph.html").read_bytes() == (sample / "graph.html").read_bytes()


def test_validate_a_good_graph(sample: Path) -> None:
    done = kg("validate", "--graph", sample)
    assert (done.returncode, done.stdout) == (0, "no findings\n"), done.stdout
    assert json.loads(kg("validate", "--json", "--graph", sample).stdout) == []


def test_validate_a_bad_graph(sample: Path, tmp_path: Path) -> None:
    bad = shutil.copytree(sample, tmp_path / "bad")
    with (bad / "kg.trig").open("a", encoding="utf-8") as file:
        file.write("\nmodel:x a ai:Model ;\n    ai:developedBy model:x .\n")
    done = kg("validate", "--graph", bad)
    assert done.returncode == 1
    assert "error" in done.stdout
    assert json.loads(kg("validate", "--json", "--graph", bad).stdout)
