from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import kg
from hand_built import HOSTILE_ID, build
from rich.console import Console

from kg import explain, history
from kg.graph import KnowledgeGraph


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    return build(tmp_path_factory.mktemp("graph"))


def test_claims_in_the_order_in_which_they_were_made(graph: KnowledgeGraph) -> None:
    seen = history.history(explain.explain(graph, "言海", "releasedOn"))
    assert [(s.observed, s.value, s.first, s.publisher or s.document) for s in seen] == [
        ("2023-04-12", "2023-04-11", True, "早报"),
        ("", "2023-05-02", True, "d 03/<x>"),
        ("", "2023-04", True, "晚报"),
    ]


def test_who_said_it_first(graph: KnowledgeGraph) -> None:
    seen = history.history(explain.explain(graph, "言海", "developedBy"))
    assert [(s.observed, s.value, s.first, s.stance) for s in seen] == [
        ("2023-04-12", "org:lingxi", True, "asserted"),
        ("2023-04-12", "org:murmur", True, "rumoured"),
        ("2023-04-13", "org:lingxi", False, "asserted"),
    ]


def test_two_clocks(graph: KnowledgeGraph) -> None:
    (claim,) = explain.explain(graph, "言海", "releasedOn").values[0].claims
    assert (claim.published, claim.earliest, claim.latest) == ("2023-04-12", "2023-04-11", "2023-04-11")
    asked = graph.query("history", entity="言海", property="releasedOn")
    assert asked.columns == ("observed", "relation", "value", "by", "stance", "standing", "quote")
    rows = [[str(cell or "") for cell in row[:4]] for row in asked.rows]
    assert rows == [
        ["2023-04-12", "releasedOn", "2023-04-11", "早报"],
        ["", "releasedOn", "2023-04", "晚报"],
        ["", "releasedOn", "2023-05-02", "d 03/<x>"],
    ]
    assert len(graph.query("history", entity="言海").rows) > len(rows)


def test_a_terminal_is_not_driven(graph: KnowledgeGraph) -> None:
    console = Console(width=200, color_system=None)
    with console.capture() as captured:
        console.print(history.rendered(history.history(explain.explain(graph, HOSTILE_ID)), HOSTILE_ID))
    assert "\x1b" not in captured.get()
    assert "\u202e" not in captured.get()


def test_the_command(sample: Path) -> None:
    shown = kg("explain", "乌有", "releasedOn", "--history", "--graph", sample).stdout
    assert shown.index("2024-03-21") < shown.index("2024-04-02") < shown.index("2024-04-18")
    seen = json.loads(kg("explain", "乌有", "--history", "--json", "--graph", sample).stdout)
    assert {"observed", "value", "publisher", "standing", "claim"} <= set(seen[0])
    of = kg("explain", "子虚科技", "--history", "--graph", sample, COLUMNS="200").stdout
    assert "乌有 开发者" in of, "where the entity is the value, the subject is named"
