"""Increments equal a rebuild: whatever happened before, the files are those of a build from nothing, byte for byte."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

import numpy
import pytest
from command_line import ROOT, digests
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

import kg
from kg.pipeline import Settings

PACKAGED, SEEDED = ROOT / "ontologies" / "ai-models", ROOT / "seeds" / "ai-models"

IDS = st.sampled_from(["a", "b", "c", "d"])
SENTENCES = (
    "澄海科技于2023年4月11日发布“云岫”大模型。",
    "2023年4月，澄海科技发布了“云岫”大模型。",
    "澄海科技于2023年5月2日发布“云岫”大模型。",
    "云岫拥有70亿参数，由澄海科技研发。",
    "云岫大模型参数量达130亿。",
    "墨海智能正式发布自主研发的“霁月”大模型。",
    "澄海科技（CHKJ）位列第一梯队。CHKJ发布了“云岫2”大模型。",
    "墨海智能位列第二梯队，有消息称霁月将于2024年1月发布。",
    "霁月基于云岫打造。",
)
TEXTS = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4, unique=True).map("".join)
DETAILS = st.sampled_from(["", "---\npublished: 2023-06-01\nsource: 早报\n---\n", "---\nsource: 晚报\n---\n"])

ORGANIZATIONS = (
    ["org:chenghai,Organization,澄海科技,,"],
    ["org:chenghai,Organization,澄海科技,,澄海"],
    ["org:chenghai,Organization,澄海科技,,CHKJ", "org:mohai,Organization,墨海智能,,"],
)
TRUST = (
    ["早报,0.9,,", "晚报,0.2,,"],
    ["早报,0.2,,", "晚报,0.9,,"],
    ["晚报,0.5,org:chenghai,"],
)


class World:
    """Documents, seeds and a graph in a folder, and the graph that a build from nothing gives."""

    def __init__(self, folder: Path) -> None:
        self.documents, self.output, self.nothing = folder / "in", folder / "out", folder / "nothing"
        self.ontology, self.seeds = folder / "ontologies" / "ai-models", folder / "seeds" / "ai-models"
        self.settings = Settings(ontology=str(self.ontology), annotator="lexicon")
        self.documents.mkdir(parents=True)
        shutil.copytree(PACKAGED, self.ontology)
        (self.seeds / "entities").mkdir(parents=True)
        (self.seeds / "models" / "pairs").mkdir(parents=True)
        self.names(ORGANIZATIONS[0])
        self.trust(TRUST[0])
        self.same("墨海", [])
        self.train(0.0)

    def names(self, rows: list[str]) -> None:
        self.table("entities/organizations.csv", "id,type,zh,en,aliases", rows)

    def trust(self, rows: list[str]) -> None:
        self.table("sources.csv", "name,trust,official_for,aliases", rows)

    def same(self, name: str, entities: list[str]) -> None:
        self.table("same-as.csv", "name,type,entity", [f"{name},Organization,{entity}" for entity in entities])

    def table(self, name: str, header: str, rows: list[str]) -> None:
        (self.seeds / name).write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")

    def train(self, more: float) -> None:
        """Another model of pairs: the shipped one, surer or less sure."""
        with numpy.load(SEEDED / "models" / "pairs" / "weights.npz") as weights:
            numpy.savez(self.seeds / "models" / "pairs" / "weights.npz", **{**weights, "bias": weights["bias"] + more})

    def files(self, folder: Path) -> dict[str, str]:
        copies = sorted(p for p in (folder / "ontology").rglob("*") if p.is_file())
        return digests(folder) | {str(p.relative_to(folder)): p.read_text(encoding="utf-8") for p in copies}

    def compare(self) -> None:
        shutil.rmtree(self.nothing, ignore_errors=True)
        kg.build(self.documents, self.nothing, self.settings)
        assert self.files(self.output) == self.files(self.nothing)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


class Increments(RuleBasedStateMachine):
    """Documents come, change and go, seeds, patterns and models are edited, and the graph is that of what is there."""

    @initialize(text=TEXTS)
    def start(self, text: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="kg-increments-"))
        self.world = World(self.folder)
        self.held: set[str] = set()
        self.written = False
        self.document("a", "", text)
        self.build()

    @rule(id=IDS, details=DETAILS, text=TEXTS)
    def document(self, id: str, details: str, text: str) -> None:
        (self.world.documents / f"{id}.md").write_text(details + text, encoding="utf-8")

    @rule(id=IDS)
    def empty(self, id: str) -> None:
        """A document that cannot be read."""
        (self.world.documents / f"{id}.md").write_text("", encoding="utf-8")

    @rule(id=IDS)
    def delete(self, id: str) -> None:
        (self.world.documents / f"{id}.md").unlink(missing_ok=True)

    @rule(one=IDS, two=IDS)
    def rename(self, one: str, two: str) -> None:
        if (self.world.documents / f"{one}.md").exists():
            (self.world.documents / f"{one}.md").replace(self.world.documents / f"{two}.md")

    @rule(rows=st.sampled_from(ORGANIZATIONS))
    def names(self, rows: list[str]) -> None:
        self.world.names(rows)
        self.world.same("墨海", [])

    @rule(rows=st.sampled_from(TRUST))
    def trust(self, rows: list[str]) -> None:
        self.world.trust(rows)

    @rule(name=st.sampled_from(["墨海", "墨海智能"]))
    def merge(self, name: str) -> None:
        self.world.same(name, ["org:chenghai"])

    @rule(more=st.sampled_from([-9.0, 0.0, 1.0]))
    def train(self, more: float) -> None:
        self.world.train(more)

    @rule(confidence=st.sampled_from([0.4, 0.9]))
    def pattern(self, confidence: float) -> None:
        said = "zh: '{s:Model}基于{o:Model}打造', states: [{basedOn: [s, o]}]"
        new = f"patterns:\n  - {{name: x, {said}, confidence: {confidence}}}\n"
        text = (PACKAGED / "patterns.yaml").read_text(encoding="utf-8")
        (self.world.ontology / "patterns.yaml").write_text(text.replace("\npatterns:\n", "\n" + new), encoding="utf-8")

    @rule()
    def forget(self) -> None:
        """A workspace that was deleted costs time and nothing else."""
        (self.world.output / "workspace.sqlite").unlink(missing_ok=True)
        self.held.clear()

    @rule()
    def build(self) -> None:
        self.written = False
        if not any(self.world.documents.iterdir()):
            return
        built = kg.build(self.world.documents, self.world.output, self.world.settings)
        self.written = built.written
        if built.written:
            self.held = {one["id"] for one in self.report()["documents"]}
            self.world.compare()

    @precondition(lambda self: len(self.held) > 1)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        """Removed from the graph, whose other documents are as they were when it was built last."""
        self.build()
        if len(self.held) < 2 or not self.written:
            return
        id = data.draw(st.sampled_from(sorted(self.held)))
        (self.world.documents / f"{id}.md").unlink()
        kg.remove([id], self.world.output)
        self.held.discard(id)
        self.world.compare()

    def report(self) -> dict[str, list[dict[str, str]]]:
        found: dict[str, list[dict[str, str]]] = json.loads((self.world.output / "report.json").read_text("utf-8"))
        return found

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.build()
            shutil.rmtree(self.folder)


@pytest.mark.slow
def test_increments_equal_a_rebuild() -> None:
    run_state_machine_as_test(
        Increments,
        settings=settings(
            max_examples=8,
            stateful_step_count=12,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
