from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from command_line import kg
from hand_built import CLAIMS, HOSTILE, HOSTILE_ID, KNOWLEDGE, THIRD, build, claim
from rich.console import Console

from kg import conflicts
from kg.graph import KnowledgeGraph
from kg.model import Value


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    return build(tmp_path_factory.mktemp("graph"))


def test_both_sides_with_their_words(graph: KnowledgeGraph) -> None:
    [found] = conflicts.conflicts(graph)
    assert (found.subject, found.relation, found.rule) == ("model:言海", "releasedOn", "more independent sources")
    assert [(side.value, side.is_fact) for side in found.sides] == [
        ("2023-04-11", True),
        ("2023-04", False),
        ("2023-05-02", False),
    ]
    assert all(c.quote for side in found.sides for c in side.claims)


def test_a_graph_without_conflicts(tmp_path: Path) -> None:
    agreed = tuple(replace(c, conflicts_with=()) for c in CLAIMS)
    graph = build(tmp_path, replace(KNOWLEDGE, claims=agreed))
    assert conflicts.conflicts(graph) == ()
    for options in ((), ("--strict",)):
        done = kg("conflicts", *options, "--graph", tmp_path)
        assert (done.returncode, done.stdout) == (0, "no conflicts\n")
    assert json.loads(kg("conflicts", "--json", "--graph", tmp_path).stdout) == []


def test_hostile_words_are_shown_and_not_sent(tmp_path: Path) -> None:
    sizes = tuple(
        claim(name, THIRD, HOSTILE_ID, "parameterCount", Value(size, "integer"), HOSTILE, conflicts_with=(other,))
        for name, size, other in (("x1", "7", "x2"), ("x2", "13", "x1"))
    )
    graph = build(tmp_path, replace(KNOWLEDGE, claims=(*CLAIMS, *sizes)))
    console = Console(width=200, color_system=None)
    with console.capture() as captured:
        console.print(conflicts.rendered(conflicts.conflicts(graph)))
    assert "\x1b" not in captured.get()
    assert "\u202e" not in captured.get()
    assert "2 conflicts" in captured.get()


def test_the_command(sample: Path) -> None:
    done = kg("conflicts", "--graph", sample)
    assert done.returncode == 0
    for words in ("乌有", "2024-03-20", "2024-03-12", "“", "it was published first"):
        assert words in done.stdout
    assert kg("conflicts", "--strict", "--graph", sample).returncode == 1
    [found] = json.loads(kg("conflicts", "--json", "--graph", sample).stdout)
    assert found["subject"] == "model:乌有"
    report = json.loads((sample / "report.json").read_text(encoding="utf-8"))
    assert report["counts"]["conflicts"] == 1
    assert kg("conflicts", "--graph", sample / "nothing").returncode == 2
