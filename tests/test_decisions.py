"""What people decide about claims, and about names: obeyed by the next build, undone by removing the row."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from command_line import ROOT, kg
from reading import read, resolved, rules

import kg as package
from kg import decisions, lexicon, ontology
from kg.errors import OntologyError
from kg.model import Claim, Decision, Value
from kg.pipeline import Settings
from kg.resolve import resolve

HEAD = "claim,decision,value,who,why\n"


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A copy of the ontology with its seeds, to decide in; gives the folder of the ontology."""
    for name in ("seeds", "ontologies"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("corpus", "documents"))
    return tmp_path / "ontologies" / "ai-models"


def seeds(mine: Path) -> Path:
    return mine.parent.parent / "seeds" / "ai-models"


def loaded(mine: Path, rows: str) -> tuple[Decision, ...]:
    (seeds(mine) / "decisions.csv").write_text(HEAD + rows, encoding="utf-8")
    return decisions.load(ontology.load(str(mine)))


def built(mine: Path, text: str, out: str = "out") -> dict[str, dict[str, object]]:
    """The report and, by id, the claims of a build of one document."""
    folder = mine.parent.parent
    (folder / "in").mkdir(exist_ok=True)
    (folder / "in" / "a.txt").write_text(text, encoding="utf-8")
    made = package.build(folder / "in", folder / out, Settings(ontology=str(mine), annotator="lexicon"))
    assert not made.failures
    report = json.loads((folder / out / "report.json").read_text(encoding="utf-8"))
    return {"report": report, "notices": dict.fromkeys(made.notices)}


# the file ------------------------------------------------------------------------------------------------------------


def test_rows_are_read(mine: Path) -> None:
    assert loaded(mine, 'c1,accept,,Li,seen\nclaim:c2,correct,2023-04-11,Li,"a, b"\n') == (
        Decision("c1", "accept", "Li", "seen"),
        Decision("c2", "correct", "Li", "a, b", "2023-04-11"),
    )
    assert loaded(mine, "") == ()
    (seeds(mine) / "decisions.csv").unlink()
    assert decisions.load(ontology.load(str(mine))) == ()


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (",accept,,Li,x", r"decisions.csv, line 2: names no claim; kg explain shows their ids"),
        ("c1,maybe,,Li,x", r"line 2: 'maybe' is no decision; there are accept, reject, correct"),
        ("c1,correct,,Li,x", r"line 2: correct needs a value: what holds"),
        ("c1,reject,2023,Li,x", r"line 2: reject has no value"),
        ("c1,accept,,,x", r"line 2: the column who is empty"),
        ("c1,accept,,Li,", r"line 2: the column why is empty"),
        ("c1,accept,,Li,x\nclaim:c1,reject,,Li,x", r"line 3: claim c1 is decided about twice"),
    ],
)
def test_a_row_that_cannot_be_used_is_named(mine: Path, row: str, message: str) -> None:
    with pytest.raises(OntologyError, match=message):
        loaded(mine, row + "\n")


def test_a_mistake_is_found_before_a_document_is_read(mine: Path) -> None:
    (seeds(mine) / "decisions.csv").write_text(HEAD + "c1,maybe,,Li,x\n", encoding="utf-8")
    done = kg("build", "nowhere.txt", "-o", mine.parent / "out", "--ontology", mine)
    assert done.returncode == 2
    assert "decisions.csv, line 2" in done.stderr


# claims --------------------------------------------------------------------------------------------------------------


def decided(claim: Claim, verdict: str, value: str = "") -> Claim:
    found = resolved("百度于2023年3月16日发布文心一言。")
    decision = Decision(claim.id, verdict, "Li", "seen", value)
    applied = decisions.apply(found.claims, found.entities, (decision,), rules())
    assert applied.log == ((decision, True),)
    ids = {entity.id for entity in applied.entities}
    for one in applied.claims:
        assert one.subject in ids
        assert not isinstance(one.object, str) or one.object in ids
    return next(c for c in applied.claims if c.id == claim.id)


def said(predicate: str) -> Claim:
    return next(c for c in resolved("百度于2023年3月16日发布文心一言。").claims if c.predicate == predicate)


def test_accept_and_reject() -> None:
    claim = said("releasedOn")
    assert decided(claim, "accept").accepted
    assert not decided(claim, "reject").accepted
    assert decided(claim, "reject").object == claim.object


@pytest.mark.parametrize(
    ("predicate", "value", "holds"),
    [
        ("releasedOn", "2023-04-11", "2023-04-11"),
        ("releasedOn", "2023-04", "2023-04"),
        ("releasedOn", "2023", "2023"),
        ("developedBy", "org:alibaba-cloud", "org:alibaba-cloud"),
        ("developedBy", "阿里云", "org:alibaba-cloud"),
    ],
)
def test_correct(predicate: str, value: str, holds: str) -> None:
    claim = said(predicate)
    found = decided(replace(claim), "correct", value)
    assert (found.object.lexical if isinstance(found.object, Value) else found.object) == holds
    assert found.decision is not None
    assert found.decision.stated == claim.object
    assert (found.id, found.evidence) == (claim.id, claim.evidence)


@pytest.mark.parametrize(
    ("predicate", "value", "message"),
    [
        ("releasedOn", "soon", "which is no date such as 2023-04-11"),
        ("releasedOn", "2023-02-30", "which is no date"),
        ("developedBy", "org:nobody", "which is no known Organization"),
        ("developedBy", "model:gpt-4", "which is no known Organization"),
    ],
)
def test_a_value_that_does_not_fit_is_said(predicate: str, value: str, message: str) -> None:
    claim = said(predicate)
    with pytest.raises(OntologyError, match=rf"decisions.csv: claim {claim.id} is corrected to '{value}', {message}"):
        decided(claim, "correct", value)


def test_a_build_obeys_logs_and_explains(mine: Path) -> None:
    text = "百度于2023年3月16日发布文心一言。文心一言由百度研发。"
    before = built(mine, text)
    assert before["report"]["decisions"] == []
    out = mine.parent.parent / "out"
    value = json.loads(kg("explain", "文心一言", "releasedOn", "--json", "--graph", out).stdout)["values"][0]
    row = f"{value['claims'][0]['id']},correct,2023-03-17,Li,原文有误\nffff,reject,,Li,gone\n"
    (seeds(mine) / "decisions.csv").write_text(HEAD + row, encoding="utf-8")
    after = built(mine, text)
    [log, unused] = after["report"]["decisions"]
    assert (log["decision"], log["who"], log["why"], log["applied"]) == ("correct", "Li", "原文有误", True)
    assert not unused["applied"]
    assert list(after["notices"]) == ["decisions.csv: no claim has the id ffff; the row has no effect"]
    [value] = json.loads(kg("explain", "文心一言", "releasedOn", "--json", "--graph", out).stdout)["values"]
    assert (value["value"], value["rule"]) == ("2023-03-17", "a person decided so")
    assert value["claims"][0]["decision"] == "corrected from 2023-03-16 by Li: 原文有误"
    assert "corrected from 2023-03-16 by Li: 原文有误" in kg("explain", "文心一言", "--graph", out).stdout
    assert kg("validate", "--graph", out).stdout == "no findings\n"
    (seeds(mine) / "decisions.csv").write_text(HEAD, encoding="utf-8")
    assert built(mine, text) == before


# names ---------------------------------------------------------------------------------------------------------------


def with_rows(mine: Path, name: str, *rows: str) -> lexicon.Lexicon:
    (seeds(mine) / f"{name}.csv").write_text("name,type,entity,who,why\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return lexicon.load(ontology.load(str(mine)))


TEXT = "澄海大模型由百度研发。深海引擎大模型由腾讯研发。"


def subjects(known: lexicon.Lexicon, text: str = TEXT) -> dict[str, str]:
    """By the words of the text, the model that they stand for; the reasons of merges behind them."""
    found = resolve([read(text)], replace(rules(), lexicon=known))
    reasons = {(m.name, m.entity): m.reason for m in found.merges}
    return {c.subject_text: f"{c.subject} {reasons.get((c.subject_text.removesuffix('大模型'), c.subject), '')}".strip()
            for c in found.claims}  # fmt: skip


def test_a_row_merges_names_that_no_seed_has(mine: Path) -> None:
    apart = with_rows(mine, "same-as")
    merged = with_rows(mine, "same-as", "深海引擎,Model,model:澄海,Li,renamed in May")
    before = subjects(apart)
    assert len({entity.split()[0] for entity in before.values()}) == 2
    after = subjects(merged)
    assert {entity.split()[0] for entity in after.values()} == {"model:澄海"}
    assert any(entity.endswith("same-as.csv: Li: renamed in May") for entity in after.values())
    assert subjects(with_rows(mine, "same-as")) == before


def test_a_row_merges_a_name_with_a_seed_s_entity(mine: Path) -> None:
    known = with_rows(mine, "same-as", "澄海,Model,model:ernie-bot,Li,the old name")
    assert any(entity.startswith("model:ernie-bot") for entity in subjects(known).values())


def test_a_row_keeps_apart_what_a_document_says_is_one(mine: Path) -> None:
    text = "澄海大模型（Chenghai）由百度研发。Chenghai由百度开发。"
    together = subjects(with_rows(mine, "not-same-as"), text)
    apart = subjects(with_rows(mine, "not-same-as", "Chenghai,Model,model:澄海,Li,the app"), text)
    assert {entity.split()[0] for entity in together.values()} == {"model:澄海"}
    assert {entity.split()[0] for entity in apart.values()} == {"model:澄海", "model:Chenghai"}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("澄海,Model,,Li,x", "same-as.csv, line 2: a row needs name, type and entity"),
        ("澄海,Modle,model:x,Li,x", "same-as.csv, line 2: .*did you mean Model"),
        ("澄海,Model,org:baidu,Li,x", "line 2: 'org:baidu' is no id of a Model; those begin with model:"),
        ("澄海,Model,model:ernie-bott,Li,x", "line 2: no seed names model:ernie-bott; did you mean model:ernie-bot"),
        ("澄海,Model,model:a b,Li,x", "line 2: 'model:a b' is no id"),
    ],
)
def test_a_row_about_names_that_cannot_be_used_is_named(mine: Path, row: str, message: str) -> None:
    with pytest.raises(OntologyError, match=message):
        with_rows(mine, "same-as", row)
