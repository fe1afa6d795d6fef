from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from command_line import kg
from hand_built import CLAIMS, ENTITIES, FACTS, HOSTILE, KNOWLEDGE, OTHER_DAY, build, dated
from rich.console import Console

from kg import diff
from kg.dates import When
from kg.errors import GraphError
from kg.model import Knowledge


def built(folder: Path, **changes: object) -> Path:
    build(folder, replace(KNOWLEDGE, **changes))  # type: ignore[arg-type]
    return folder


@pytest.fixture
def before(tmp_path: Path) -> Path:
    return built(tmp_path / "before")


def kinds(found: diff.Difference) -> list[tuple[str, str, str, tuple[str, ...], tuple[str, ...]]]:
    return [
        (c.kind, c.subject_label, c.predicate.rpartition("#")[2], c.before, c.after)
        for c in found.changes
    ]  # fmt: skip


def test_the_same_graph(before: Path, tmp_path: Path) -> None:
    again = built(tmp_path / "again")
    for one, two in ((before, again), (before / "kg.ttl", again / "kg.ttl"), (before / "kg.trig", again)):
        found = diff.diff(one, two)
        assert (found.same, found.changes) == (True, ())


def test_a_changed_fact(before: Path, tmp_path: Path) -> None:
    facts = tuple(replace(f, object=dated(OTHER_DAY)) if f.predicate == "releasedOn" else f for f in FACTS)
    after = built(tmp_path / "after", facts=facts)
    wanted = [("changed", "言海", "releasedOn", ("2023-04-11",), ("2023-05-02",))]
    assert kinds(diff.diff(before, after)) == wanted
    assert kinds(diff.diff(before / "kg.ttl", after / "kg.ttl")) == wanted


def test_the_days_of_a_date(before: Path, tmp_path: Path) -> None:
    early = When.between(date(2023, 1, 1), date(2023, 3, 31))
    one, two = (
        tuple(replace(f, object=dated(w)) if f.predicate == "releasedOn" else f for f in FACTS)
        for w in (early, When.year(2023))
    )
    [change] = diff.diff(built(tmp_path / "one", facts=one), built(tmp_path / "two", facts=two)).changes
    assert (change.kind, change.before[1], change.after[1]) == (
        "changed",
        "releasedOnLatest 2023-03-31",
        "releasedOnLatest 2023-12-31",
    )


def test_facts_come_and_go(before: Path, tmp_path: Path) -> None:
    after = built(tmp_path / "after", facts=FACTS[1:])
    gone = [("removed", "言海", "developedBy", ("灵犀科技",), ())]
    assert kinds(diff.diff(before, after)) == gone
    assert kinds(diff.diff(after, before)) == [("added", "言海", "developedBy", (), ("灵犀科技",))]


def test_conflicts_come_and_go(before: Path, tmp_path: Path) -> None:
    agreed = built(tmp_path / "agreed", claims=tuple(replace(c, conflicts_with=()) for c in CLAIMS))
    day = ("2023-04-11",)
    assert kinds(diff.diff(agreed, before)) == [("in conflict", "言海", "releasedOn", day, day)]
    assert kinds(diff.diff(before, agreed)) == [("settled", "言海", "releasedOn", day, day)]


def test_another_source_is_a_difference_without_another_fact(before: Path, tmp_path: Path) -> None:
    fewer = built(tmp_path / "fewer", claims=CLAIMS[:-1])
    found = diff.diff(fewer, before)
    assert (found.changes, found.same, dict(found.counts)["claims added"]) == ((), False, 1)
    assert kg("diff", fewer, before).returncode == 1


def test_names_are_compared_apart(before: Path, tmp_path: Path) -> None:
    named = tuple(replace(e, aliases=("灵犀集团",)) if e.id == "org:lingxi" else e for e in ENTITIES)
    [change] = diff.diff(before, built(tmp_path / "named", entities=named)).changes
    assert (change.kind, change.before, change.after) == ("described", ("altLabel 灵犀@zh",), ("altLabel 灵犀集团@zh",))


def test_foreign_turtle(tmp_path: Path) -> None:
    head = "@prefix x: <https://x.example/> .\n"
    one, two, three = (tmp_path / f"{n}.ttl" for n in range(3))
    one.write_text(head + "x:a x:p [ x:q 1 ], [ x:q 2 ] .", encoding="utf-8")
    two.write_text(head + "x:a x:p [ x:q 2 ], [ x:q 1 ] .", encoding="utf-8")
    three.write_text(head + "x:a x:p [ x:q 2 ], [ x:q 3 ] ; a x:T . x:b a x:T .", encoding="utf-8")
    assert diff.diff(one, two).same
    found = diff.diff(one, three)
    assert not found.same
    assert ("described", "https://x.example/b", "", (), ("type https://x.example/T",)) in kinds(found)


def test_what_cannot_be_compared_is_said(before: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.ttl"
    bad.write_text("<a> <b>", encoding="utf-8")
    for other, message in (
        (tmp_path / "none", "no such file or folder"),
        (tmp_path, "no graph here; run: kg build"),
        (Path(__file__), "not a build's folder nor a file of RDF"),
        (bad, "cannot be read"),
    ):
        with pytest.raises(GraphError, match=message):
            diff.diff(before, other)
        assert kg("diff", before, other).returncode == 2


def test_the_command(before: Path, tmp_path: Path) -> None:
    after = built(tmp_path / "after", facts=FACTS[1:])
    assert (kg("diff", before, before).returncode, kg("diff", before, before).stdout) == (0, "no difference\n")
    done = kg("diff", before, after)
    assert done.returncode == 1
    assert "- 言海 developedBy 灵犀科技" in done.stdout
    said = json.loads(kg("diff", before, after, "--json").stdout)
    assert (said["same"], said["counts"]["removed"]) == (False, 1)


def test_hostile_names(before: Path, tmp_path: Path) -> None:
    without = tuple(f for f in FACTS if f.subject != ENTITIES[0].id)
    found = diff.diff(before, built(tmp_path / "after", facts=without))
    assert found.changes[0].subject_label == HOSTILE
    console = Console(width=200, color_system=None)
    with console.capture() as captured:
        console.print(diff.rendered(found))
    assert "\x1b" not in captured.get()
    assert "\u202e" not in captured.get()


def test_nothing_against_nothing(tmp_path: Path) -> None:
    build(tmp_path / "one", Knowledge())
    assert diff.diff(tmp_path / "one", tmp_path / "one").same
