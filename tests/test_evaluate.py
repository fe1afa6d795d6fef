from __future__ import annotations

import copy
import importlib.util
import io
import json
import random
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from rich.console import Console

from kg import evaluate, ontology
from kg.errors import GoldError, InputError
from kg.ontology import Ontology

SCORER = Path(__file__).parents[2] / "shared" / "gold" / "score.py"
RELATIONS = (
    "developedBy", "releasedOn", "tier", "parameterCount", "betaOn", "openSourcedOn", "versionOf", "basedOn",
    "integrates", "subOrganizationOf", "worksFor", "hasTitle",
)  # fmt: skip
DATES = ("releasedOn", "betaOn", "openSourcedOn")
NUMBERS = ("tier", "parameterCount")


@pytest.fixture(scope="module")
def ai() -> Ontology:
    return ontology.load("ai-models")


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    if not SCORER.is_file():
        pytest.skip("the shared scorer is not beside the project")
    spec = importlib.util.spec_from_file_location("shared_score", SCORER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        spec.loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = before
    return module


def entity(label: str, *names: str, mention: str | None = None, **more: Any) -> dict[str, Any]:
    return {"label": label, "mention": mention or label, "names": [label, *names], **more}


def claim(subject: Any, predicate: str, target: Any, doc: str = "d01", **more: Any) -> dict[str, Any]:
    return {"doc": doc, "predicate": predicate, "stance": "asserted", "subject": subject, "object": target, **more}


def put(folder: Path, **golds: dict[str, Any]) -> Path:
    for doc, data in golds.items():
        text = json.dumps({"doc": doc, "published": None} | data, ensure_ascii=False)
        (folder / f"{doc}.json").write_text(text, encoding="utf-8")
    return folder


def measures(scores: evaluate.Scores, name: str) -> tuple[float, float, float]:
    row = scores.row(name)
    return row.found, row.wrong, row.gold


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return put(
        tmp_path,
        d01={
            "facts": [
                {
                    "s": ["甲模型", "Model A"],
                    "p": "developedBy",
                    "o": ["甲公司", "Jia Inc"],
                    "evidence": "甲公司的甲模型",
                },
                {"s": ["甲模型"], "p": "releasedOn", "o": "2023-04-11", "accept": ["2023-05-01"]},
                {"s": ["甲公司"], "p": "tier", "o": 1},
                {"s": ["张三"], "p": "hasTitle", "o": ["首席科学家"]},
                {"s": ["甲模型"], "p": "basedOn", "o": ["底座"], "optional": True},
            ],
            "not": [{"s": ["乙模型"], "p": "parameterCount"}, {"s": ["甲公司"], "p": "tier", "o": 2}],
        },
    )


def test_names_are_compared_without_width_case_spaces_and_quotes(gold: Path, ai: Ontology) -> None:
    scores = evaluate.score(gold, [claim(entity("ＭＯＤＥＬ－a"), "developedBy", entity("“JIA inc”"))], ai)
    assert measures(scores, "developedBy") == (1.0, 0.0, 1.0)


def test_a_coarser_date_is_half_right_and_an_accepted_one_right(gold: Path, ai: Ontology) -> None:
    model = entity("甲模型")
    for value, expected in (("2023-04-11", (1.0, 0.0)), ("2023-04", (0.5, 0.5)), ("2023-05-01", (1.0, 0.0)),
                            ("2023-04-12", (0.0, 1.0)), ("2023-04-11T00", (0.0, 1.0))):  # fmt: skip
        row = evaluate.score(gold, [claim(model, "releasedOn", {"value": value})], ai).row("releasedOn")
        assert (row.found, row.wrong) == expected, value


def test_ranks_are_numbers_and_titles_may_be_worded_more_fully(gold: Path, ai: Ontology) -> None:
    scores = evaluate.score(
        gold,
        [
            claim(entity("甲公司"), "tier", {"value": "1"}),
            claim(entity("张三"), "hasTitle", {"value": "甲公司首席科学家"}),
        ],
        ai,
    )
    assert measures(scores, "tier") == (1.0, 0.0, 1.0)
    assert measures(scores, "hasTitle") == (1.0, 0.0, 1.0)
    assert measures(scores, "core") == (1.0, 0.0, 3.0)
    assert measures(scores, "all") == (2.0, 0.0, 4.0)


def test_traps_and_optional_facts(gold: Path, ai: Ontology) -> None:
    scores = evaluate.score(
        gold,
        [
            claim(entity("乙模型"), "parameterCount", {"value": 7}, evidence={"quote": "乙模型据传有七个参数"}),
            claim(entity("甲公司"), "tier", {"value": 2}),
            claim(entity("甲公司"), "tier", {"value": 3}),
            claim(entity("甲模型"), "basedOn", entity("底座")),
        ],
        ai,
    )
    assert scores.traps == 2
    assert [(one.subject, one.object, one.trap) for one in scores.wrong] == [
        ("甲公司", "3", False),
        ("乙模型", "7", True),
        ("甲公司", "2", True),
    ]
    assert measures(scores, "basedOn") == (0.0, 0.0, 0.0)


def test_only_asserted_claims_of_known_relations_and_documents_count(gold: Path, ai: Ontology) -> None:
    right = claim(entity("甲模型"), "developedBy", entity("甲公司"))
    scores = evaluate.score(
        gold, [right | {"stance": "planned"}, right | {"predicate": "other"}, right | {"doc": "d77"}], ai
    )
    assert measures(scores, "all") == (0.0, 0.0, 4.0)
    assert scores.strangers == ("d77",)
    assert len(scores.missed) == 4


def test_a_fact_is_found_once_and_a_claim_finds_one(tmp_path: Path, ai: Ontology) -> None:
    facts = [{"s": [f"版本{n}"], "p": "developedBy", "o": ["甲公司"]} for n in range(3)]
    folder = put(tmp_path, d01={"facts": facts})
    merged = claim(entity("版本0", "版本1", "版本2"), "developedBy", entity("甲公司"))
    scores = evaluate.score(folder, [merged], ai)
    assert measures(scores, "developedBy") == (1.0, 0.0, 3.0)
    # The merged one gives way to one that can only be the first.
    again = evaluate.score(folder, [merged, claim(entity("版本0", id="m:0"), "developedBy", entity("甲公司"))], ai)
    assert measures(again, "developedBy") == (2.0, 0.0, 3.0)


def test_a_claim_without_a_document_is_named_by_its_place(gold: Path, ai: Ontology) -> None:
    with pytest.raises(InputError, match="claim 2: no claim line"):
        evaluate.score(gold, [claim(1, "tier", 1), {"predicate": "tier"}], ai)


def test_bad_gold_is_a_gold_error(tmp_path: Path, ai: Ontology) -> None:
    with pytest.raises(GoldError):
        evaluate.score(put(tmp_path, d01={"facts": [{"s": ["a"], "p": "tier"}]}), [], ai)


def test_an_unknown_row_is_a_key_error(gold: Path, ai: Ontology) -> None:
    with pytest.raises(KeyError):
        evaluate.score(gold, [], ai).row("nothing")


def test_rendering_lists_and_escapes(gold: Path, ai: Ontology) -> None:
    scores = evaluate.score(
        gold,
        [
            claim(entity("甲公司\x1b[31m"), "tier", {"value": 3}, evidence={"quote": "[bold]甲公司\n第三"}),
            claim(entity("甲模型"), "releasedOn", {"value": "2023"}),
            claim(entity("甲公司"), "tier", {"value": 1}, doc="d99"),
        ],
        ai,
    )
    out = io.StringIO()
    Console(file=out, width=120, color_system=None).print(evaluate.render(scores, wrong=True, missed=True))
    text = out.getvalue()
    assert "wrong   d01  甲公司\ufffd[31m tier 3   «[bold]甲公司 第三»" in text
    assert "half    d01  甲模型 releasedOn 2023-04-11" in text
    assert "missed  d01  甲公司 tier 1" in text
    assert "traps taken: 0" in text
    assert "there is no gold: d99" in text
    assert "\x1b" not in text
    short = io.StringIO()
    Console(file=short, width=120).print(evaluate.render(scores))
    assert "missed" not in short.getvalue()


def reference(scorer: ModuleType, gold: Path, claims: list[Any], folder: Path) -> dict[str, Any]:
    lines = folder / "claims.jsonl"
    lines.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in claims), encoding="utf-8")
    result: dict[str, Any] = scorer.score(gold, lines)
    return result


def same(scorer: ModuleType, gold: Path, claims: list[Any], folder: Path, ai: Ontology) -> None:
    given = copy.deepcopy(claims)
    ours, theirs = evaluate.score(gold, claims, ai), reference(scorer, gold, claims, folder)
    assert claims == given, "the claims are the caller's"
    assert ours.as_json() == {"relations": theirs["relations"], "traps": theirs["traps"]}
    assert list(ours.as_json()["relations"])[:2] == ["all", "core"]
    shown = [(doc, _name(c["subject"]), c["predicate"], _name(c["object"])) for doc, c in theirs["wrong"]]
    assert [(w.document, w.subject, w.predicate, w.object) for w in ours.wrong] == shown
    assert len(ours.missed) == len(theirs["missed"])
    for one, (doc, fact) in zip(ours.missed, theirs["missed"], strict=True):
        assert (one.document, one.predicate, one.subject) == (doc, fact["p"], fact["s"][0])


def _name(end: Any) -> str:
    return str((end.get("label") or end.get("value")) if isinstance(end, dict) else end)


NAMES = (
    "通义",
    "Tong-Yi",
    "tongyi ",
    "文心",
    "文心一言",
    "“文心”",
    "A",
    "首席",
    "首席科学家",
    "",
    "7",
    "甲公司",
    "ＡＢ",
)
VALUES = (1, 2, "1", 1.4, "7000000000", 7_000_000_000, None, "many", True, "NaN", "inf", "CTO", "C")
DAYS = ("2023", "2023-04", "2023-04-11", "2023-04-12", "2022")


def some_end(r: random.Random, predicate: str | None = None) -> Any:
    if predicate in DATES and r.random() < 0.9:
        return {"value": r.choice(DAYS)}
    if predicate in NUMBERS and r.random() < 0.9:
        return r.choice([{"value": r.choice(VALUES)}, {"label": "第一", "rank": r.choice(VALUES)}, r.choice(VALUES)])
    if r.random() < 0.1:
        return r.choice([r.choice(NAMES), None, {"value": r.choice(VALUES)}])
    names = [r.choice(NAMES) for _ in range(r.randrange(3))]
    found: dict[str, Any] = {"label": r.choice(NAMES), "mention": r.choice(NAMES), "names": r.choice([names, None])}
    if r.random() < 0.4:
        found["id"] = f"x:{r.randrange(4)}"
    return found


def some_fact(r: random.Random, relations: tuple[str, ...], *, trap: bool = False) -> dict[str, Any]:
    names = [name for name in NAMES if name]
    p = r.choice(relations)
    target: Any = [r.choice(names) for _ in range(1 + r.randrange(2))]
    if p in DATES:
        target = r.choice(DAYS)
    elif p in NUMBERS:
        target = r.choice([1, 2, 7_000_000_000, [1, 3]])
    found = {"s": [r.choice(names) for _ in range(1 + r.randrange(3))], "p": p, "o": target, "evidence": "…"}
    if p in DATES and r.random() < 0.2:
        found["accept"] = [r.choice(DAYS)]
    if trap and r.random() < 0.4:
        del found["o"]
    if not trap and r.random() < 0.2:
        found["optional"] = True
    return found


@pytest.mark.parametrize("seed", range(120))
def test_the_same_scores_as_the_shared_scorer(seed: int, tmp_path: Path, scorer: ModuleType, ai: Ontology) -> None:
    r = random.Random(seed)
    # Few relations make many claims about the same facts.
    relations = tuple(r.sample(RELATIONS, 1 + seed % 4))
    golds = tmp_path / "gold"
    golds.mkdir()
    for doc in ("d01", "d02"):
        facts = [some_fact(r, relations) for _ in range(r.randrange(9))]
        put(
            golds, **{doc: {"facts": facts, "not": [some_fact(r, relations, trap=True) for _ in range(r.randrange(4))]}}
        )
    claims = []
    for _ in range(r.randrange(40)):
        p = r.choice(relations)
        claims.append(claim(some_end(r), p, some_end(r, p), doc=r.choice(("d01", "d02", "d03"))))
        if r.random() < 0.1:
            claims[-1]["stance"] = r.choice(("planned", "denied"))
        if r.random() < 0.05:
            claims[-1]["predicate"] = "unheardOf"
    same(scorer, golds, claims, tmp_path, ai)


def test_the_same_scores_on_the_shared_gold(tmp_path: Path, scorer: ModuleType, ai: Ontology) -> None:
    r = random.Random(5)
    claims = []
    for path in sorted(SCORER.parent.glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        for fact in [*data["facts"], *data["not"]]:
            if r.random() < 0.3 or "o" not in fact:
                continue
            target = fact["o"] if not isinstance(fact["o"], list) else entity(*r.sample(fact["o"], len(fact["o"])))
            value = target if isinstance(target, dict) else {"value": str(target)[:7] if r.random() < 0.3 else target}
            claims.append(claim(entity(*r.sample(fact["s"], len(fact["s"]))), fact["p"], value, doc=data["doc"]))
    assert len(claims) > 100
    same(scorer, SCORER.parent, claims, tmp_path, ai)
