"""Decisions made in the page of `kg serve --edit`: written, obeyed by the next build, shown, and withdrawn."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from command_line import ROOT, SAMPLES

import kg
from kg.explain import explain
from kg.pipeline import Settings
from tests.serve.running import Running, serving
from tests.serve.visiting import Visitor

pytestmark = pytest.mark.slow

THING = "#/entity/model%3A%E4%B9%8C%E6%9C%89"
RUMOUR = "据传，“乌有”大模型由镜花研究所开发。"
READ = ("contradiction-morning.txt", "contradiction-review.txt", "interview-founders.txt")


class Project:
    """An ontology, seeds and documents of its own, so that nobody's decisions are touched."""

    def __init__(self, place: Path) -> None:
        for name in ("seeds", "ontologies"):
            shutil.copytree(ROOT / name, place / name, ignore=shutil.ignore_patterns("corpus", "documents"))
        (place / "in").mkdir()
        for name in READ:
            shutil.copy(SAMPLES / name, place / "in")
        (place / "in" / "rumour.txt").write_text(RUMOUR, encoding="utf-8")
        self.decisions = place / "seeds" / "ai-models" / "decisions.csv"
        self.out = place / "output"
        self._place = place

    def build(self) -> kg.KnowledgeGraph:
        ontology = str(self._place / "ontologies" / "ai-models")
        built = kg.build(self._place / "in", self.out, Settings(ontology=ontology, annotator="lexicon"))
        assert not built.failures
        return kg.open(self.out)

    def rows(self) -> list[list[str]]:
        with self.decisions.open(encoding="utf-8", newline="") as lines:
            return list(csv.reader(lines))[1:]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


@pytest.fixture
def edited(project: Project) -> Iterator[Running]:
    project.build()
    with serving(project.out, "--workers", "1", "--timeout", "60", "--edit") as running:
        yield running


def shown(visitor: Visitor, relation: str) -> dict[str, tuple[bool, str]]:
    """What the page shows of a relation: for each claim whether its value is held, and its class."""
    visitor.page.goto("about:blank")  # the same address would only be another place on the same page
    page = visitor.open(THING)
    unfold(page)
    found: dict[str, tuple[bool, str]] = {}
    for section in page.locator(f"section[data-relation={relation}]").all():
        held = section.locator(".said .held").count() == 1
        for claim in section.locator("blockquote").all():
            found[str(claim.get_attribute("data-claim"))] = (held, str(claim.get_attribute("data-standing")))
    return found


def unfold(page: Any) -> None:
    """Open what is folded; what is in it is drawn a moment later."""
    while (folded := page.query_selector("#part-facts details:not([open])")) is not None:
        folded.query_selector("summary").click()
        folded.wait_for_selector(":scope > :nth-child(2)")


def explained(graph: kg.KnowledgeGraph, relation: str) -> dict[str, tuple[bool, str]]:
    """The same as `kg explain` says it."""
    values = explain(graph, "乌有", relation).values
    return {claim.id: (value.is_fact, claim.standing) for value in values for claim in value.claims}


def claim_of(graph: kg.KnowledgeGraph, relation: str, value: str) -> str:
    found = next(one for one in explain(graph, "乌有", relation).values if one.value == value)
    return found.claims[0].id


def decide(page: Any, claim: str, decision: str, why: str, right: str = "") -> None:
    box = page.locator(f"blockquote[data-claim='{claim}']")
    box.locator(f"button.{decision}").click()
    box.locator("input[name=who]").fill("李 <b>")
    box.locator("input[name=why]").fill(why)
    if right:
        box.locator("input[name=right]").fill(right)
    box.locator("form button.main").click()
    box.locator(".waiting").wait_for()


def test_the_next_build_obeys_what_was_decided_in_the_page(chromium: Any, project: Project, edited: Running) -> None:
    before = kg.open(project.out)
    for relation in ("releasedOn", "developedBy", "parameterCount"):
        assert shown_by(chromium, edited, relation) == explained(before, relation) != {}
    rejected = claim_of(before, "releasedOn", "2024-03-20")
    corrected = claim_of(before, "parameterCount", "7000000000")
    rumoured = claim_of(before, "developedBy", "org:镜花研究所")
    assert explained(before, "developedBy")[rumoured] == (False, "no part")
    visitor = Visitor(chromium, edited)
    page = visitor.open(THING)
    unfold(page)
    decide(page, rejected, "reject", '那场发布会不在"昨天"')
    decide(page, corrected, "correct", "后来更正为 71 亿", "7100000000")
    decide(page, rumoured, "accept", "原话清楚")
    assert project.rows() == [
        [rejected.removeprefix("claim:"), "reject", "", "李 <b>", '那场发布会不在"昨天"'],
        [corrected.removeprefix("claim:"), "correct", "7100000000", "李 <b>", "后来更正为 71 亿"],
        [rumoured.removeprefix("claim:"), "accept", "", "李 <b>", "原话清楚"],
    ]
    page.reload()
    visitor.shows(THING)
    assert "2024-03-20" in page.locator("section[data-relation=releasedOn] .said", has_text="采信").first.inner_text()
    waiting = page.locator(f"blockquote[data-claim='{rejected}'] .waiting")
    assert '李 <b> 要驳回这条说法：那场发布会不在"昨天"' in waiting.inner_text()
    assert page.locator(".decision").count() == 0  # nothing is obeyed before it is built

    after = project.build()
    for relation in ("releasedOn", "developedBy", "parameterCount"):
        assert shown_by(chromium, edited, relation) == explained(after, relation)
    dates = explained(after, "releasedOn")
    assert dates[rejected] == (False, "no part")
    assert dates[claim_of(after, "releasedOn", "2024-03-12")][0]
    assert "conflict" not in {standing for _, standing in dates.values()}
    assert explained(after, "developedBy")[rumoured] == (True, "same value")

    visitor.page.goto("about:blank")
    page = visitor.open(THING)
    assert page.locator(".waiting").count() == 0
    for claim, words in (
        (rejected, '李 <b> 驳回了这条说法：那场发布会不在"昨天"'),
        (corrected, "李 <b> 更正了这条说法（原话说的是 7000000000）：后来更正为 71 亿"),
        (rumoured, "李 <b> 采纳了这条说法：原话清楚"),
    ):
        assert words in page.locator(f"blockquote[data-claim='{claim}'] .decision").inner_text()
    held = page.locator("section[data-relation=parameterCount]", has_text="7,100,000,000")
    assert "由人决定" in held.inner_text()
    assert "没有互相矛盾" in visitor.open("#/conflicts").inner_text("main .note")
    visitor.close()


def shown_by(chromium: Any, server: Running, relation: str) -> dict[str, tuple[bool, str]]:
    visitor = Visitor(chromium, server)
    found = shown(visitor, relation)
    visitor.close()
    return found


def test_a_decision_is_changed_and_withdrawn(chromium: Any, project: Project, edited: Running) -> None:
    claim = claim_of(kg.open(project.out), "releasedOn", "2024-03-12")
    visitor = Visitor(chromium, edited, locale="en")
    page = visitor.open(THING)
    box = page.locator(f"blockquote[data-claim='{claim}']")
    decide(page, claim, "reject", "one")
    decide(page, claim, "correct", "two", "soon")  # no date: the next build would say so, the file holds it
    assert [row[1:3] for row in project.rows()] == [["correct", "soon"]]
    assert "wants to correct it to soon: two" in box.locator(".waiting").inner_text()
    box.locator("button.withdraw").click()
    box.locator("[role=status]").wait_for()
    assert project.rows() == []
    assert box.locator("button.withdraw").count() == 0
    box.locator("button.reject").click()
    box.locator("input[name=why]").fill("x")
    project.decisions.write_text("claim,verdict\n", encoding="utf-8")
    box.locator("form button.main").click()
    box.locator(".error").wait_for()
    assert "other columns" in box.locator(".error").inner_text()
    page.reload()
    visitor.shows(THING)
    assert "other columns" in page.inner_text("main .error")  # and the page is there all the same
    assert page.locator("dl.glance").count() == 1
    assert all("409" in line for line in visitor.said)  # the browser's own word about each refusal
    visitor.said.clear()
    visitor.close()


def test_a_document_takes_decisions_too(chromium: Any, project: Project, edited: Running) -> None:
    visitor = Visitor(chromium, edited)
    page = visitor.open("#/document/contradiction-review")
    claim = claim_of(kg.open(project.out), "releasedOn", "2024-03-12")
    decide(page, claim, "accept", "查过")
    assert json.loads(edited.http.get("/api/decisions").text)["decisions"][0]["who"] == "李 <b>"
    assert project.rows()[0][1] == "accept"
    visitor.close()
