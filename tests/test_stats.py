from __future__ import annotations

import json
from pathlib import Path

from hand_built import build
from rich.console import Console

from kg import stats
from kg.model import Knowledge


def test_what_is_counted(tmp_path: Path) -> None:
    found = stats.stats(build(tmp_path))
    assert found.totals == {"documents": 4, "entities": 7, "claims": 11, "facts": 7}
    assert found.reposts == 1
    assert found.publishers == (("早报", 1), ("晚报", 1), ("转载网", 1))
    assert dict(found.entities) == {"Model": 3, "Organization": 2, "Person": 1, "Product": 0, "Tier": 1}
    assert found.claims == (("asserted", 10), ("planned", 0), ("rumoured", 1), ("denied", 0))
    assert dict(found.facts)["developedBy"] == 3
    assert next(name for name, _ in found.facts) == "developedBy"
    assert found.sources == (("1", 6), ("2", 1))
    assert (found.accepted, found.refined, found.conflicts) == (10, 1, 1)


def test_json_and_table(tmp_path: Path) -> None:
    found = stats.stats(build(tmp_path))
    answer = json.loads(json.dumps(found.as_json()))
    assert answer["claims"]["rumoured"] == 1
    assert answer["totals"]["facts"] == 7
    console = Console(width=100)
    with console.capture() as captured:
        console.print(stats.rendered(found))
    assert "developedBy 3, releasedOn 1" in captured.get()
    assert "Product" not in captured.get()


def test_an_empty_graph(tmp_path: Path) -> None:
    found = stats.stats(build(tmp_path, Knowledge()))
    assert set(found.totals.values()) == {0}
    console = Console(width=100)
    with console.capture() as captured:
        console.print(stats.rendered(found))
    assert "conflicts" in captured.get()
