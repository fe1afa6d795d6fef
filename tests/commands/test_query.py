"""`kg query`."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path

from command_line import ROOT, kg


def test_a_saved_query_as_a_table(sample: Path) -> None:
    done = kg("query", "landscape", "--graph", sample)
    assert done.returncode == 0
    assert done.stdout.split()[:5] == ["company", "model", "released", "tier", "sources"]


def test_parameters_are_names_in_any_form(sample: Path) -> None:
    answers = {
        kg("query", "models-of", "--param", f"company={one}", "--graph", sample).stdout for one in ("百度", "Baidu")
    }
    assert len(answers) == 1
    assert "文心一言" in answers.pop()


def test_parameters_are_never_part_of_the_text(sample: Path) -> None:
    done = kg("query", "models-of", "--param", 'company=" } DELETE WHERE { ?s ?p ?o } #', "--graph", sample)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


def test_text_files_and_standard_input_give_the_same(sample: Path, tmp_path: Path) -> None:
    text = "SELECT ?m ?n WHERE { ?m ai:parameterCount ?n } ORDER BY ?m ?n"
    (tmp_path / "my query.rq").write_text(text, encoding="utf-8")
    (tmp_path / "my.rq").write_text(text, encoding="utf-8")
    at = ("--format", "tsv", "--graph", sample)
    answers = [
        kg("query", "-q", text, *at).stdout,
        kg("query", "my query.rq", *at, cwd=tmp_path).stdout,
        kg("query", "my.rq", *at, cwd=tmp_path).stdout,
        kg("query", "-", *at, stdin=text.encode()).stdout,
    ]
    assert len(set(answers)) == 1
    assert answers[0].startswith("?m\t?n\n")


def test_formats(sample: Path) -> None:
    at = ("--graph", sample)
    table = json.loads(kg("query", "landscape", "--format", "json", *at).stdout)
    rows = list(csv.reader(io.StringIO(kg("query", "landscape", "--format", "csv", *at).stdout)))
    assert rows[0] == table["head"]["vars"]
    assert len(rows) - 1 == len(table["results"]["bindings"])
    construct = "CONSTRUCT { ?s ai:developedBy ?o } WHERE { ?s ai:developedBy ?o }"
    assert "ai:developedBy" in kg("query", "-q", construct, "--format", "ttl", *at).stdout
    assert kg("query", "landscape", "--format", "ttl", *at).returncode == 2


def test_an_answer_takes_less_than_half_a_second(sample: Path) -> None:
    def once() -> float:
        """Seconds of work from the shell, which other work on the machine does not lengthen."""
        before = os.times()
        assert kg("query", "landscape", "--graph", sample).returncode == 0
        after = os.times()
        return after.children_user + after.children_system - before.children_user - before.children_system

    assert min(once() for _ in range(3)) < 0.5


def test_without_a_question_it_lists_the_saved_ones(sample: Path) -> None:
    listed = kg("query", "--graph", sample).stdout
    for file in (ROOT / "ontologies" / "ai-models" / "queries").glob("*.rq"):
        assert f"\n{file.stem} " in f"\n{listed}"
    assert "--param company=ENTITY" in listed


def test_formats_of_the_option_are_those_of_the_function() -> None:
    from kg.commands.query import query
    from kg.tables import FORMATS

    option = next(p for p in query.params if p.name == "format")
    assert tuple(option.type.choices) == FORMATS  # type: ignore[attr-defined]
