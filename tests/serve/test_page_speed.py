"""What makes the page quick: names made ready in pauses, counts of a few things, answers kept while they hold."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import synthetic
from hand_built import KNOWLEDGE, build
from pyoxigraph import Store

from kg import ontology
from kg.explore import around, finding, listing
from kg.explore.view import View, words
from kg.serve import site, worker
from kg.serve.pool import Reply
from tests.serve.running import serving

IDS = {kind: f"{synthetic.ID}{kind}/" for kind in ("org", "model", "tier", "person", "doc", "claim")}


def view_of(store: Store) -> View:
    return View(store, IDS, words(ontology.load()))


def test_names_are_made_in_steps_that_can_be_left() -> None:
    store = synthetic.store(900)
    steps = finding.making(store)
    for _ in range(4):
        next(steps)
    again = finding.making(store)
    assert again is steps
    left = sum(1 for _ in again)
    assert left > 1
    assert list(finding.making(store)) == []
    found = finding.find(view_of(store), "云")
    assert found["total"] > 3
    other = synthetic.store(60)
    assert finding.find(view_of(other), "云")["total"] < found["total"]
    assert finding.find(view_of(store), "云") == found


def test_a_few_things_are_counted_as_all_are() -> None:
    store = synthetic.store(300)
    view = view_of(store)
    finding._spoken.clear()
    few = finding.times(view, {f"{synthetic.ID}org/o00000", f"{synthetic.ID}tier/1"})
    assert not finding._spoken
    beside = around.around(view, "org:o00000")
    every = finding.spoken(view).times
    assert few == {one: every[one] for one in few}
    assert around.around(view, "org:o00000") == beside


def test_the_timeline_is_what_each_thing_says() -> None:
    view = view_of(synthetic.store(300))
    found = listing.timeline(view)
    own = [
        (date["earliest"], date["latest"], event["thing"]["id"], date["relation"], date["value"])
        for event in found["events"]
        for date in view.dates(view.node(event["thing"]["id"]).value)
    ]
    shown = [(e["earliest"], e["latest"], e["thing"]["id"], e["relation"], e["value"]) for e in found["events"]]
    assert sorted(set(own)) == sorted(shown)
    assert found["total"] == len(shown)


def test_a_worker_makes_ready_until_somebody_asks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    build(tmp_path / "output")
    opened = worker.Opened(tmp_path / "output" / "store")
    asked = iter([False, False, True])
    monkeypatch.setattr(worker, "waiting", lambda seconds: next(asked))
    worker.make_ready(opened)
    assert next(asked, None) is None
    assert len(list(finding.making(opened.store()))) > 0  # it was left there
    monkeypatch.setattr(worker, "waiting", lambda seconds: False)
    worker.make_ready(opened)
    assert list(finding.making(opened.store())) == []


def test_views_of_a_whole_graph_are_kept_until_there_is_another(tmp_path: Path) -> None:
    folder = tmp_path / "output"
    build(folder)
    with serving(folder, "--workers", "1", "--timeout", "60") as server:
        first = server.http.get("/api/board").json()
        assert server.http.get("/api/board").json() == first
        assert first["tiers"]
        changed = [
            replace(claim, object="tier:2") if claim.predicate == "tier" else claim for claim in KNOWLEDGE.claims
        ]
        build(folder, replace(KNOWLEDGE, claims=tuple(changed)))
        ranks = [tier["rank"] for tier in server.http.get("/api/board").json()["tiers"]]
        assert ranks == [2] != [tier["rank"] for tier in first["tiers"]]


def test_what_is_kept_is_bounded_and_of_one_graph(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site, "_KEPT", 10)
    kept = site._Answers()
    reply = Reply(200, "application/json", (), b"123456")
    kept.put("a", reply, (1, 1), (1, 1))
    kept.put("b", reply, (1, 1), (1, 1))  # no room
    kept.put("c", reply, (1, 1), (2, 2))  # of which graph it is, nobody knows
    assert kept.get("a", (1, 1)) is reply
    assert kept.get("a", (2, 2)) is kept.get("b", (1, 1)) is kept.get("c", (2, 2)) is kept.get("a", None) is None
    kept.put("b", reply, (2, 2), (2, 2))
    assert kept.get("b", (2, 2)) is reply
    assert kept.get("a", (1, 1)) is None
