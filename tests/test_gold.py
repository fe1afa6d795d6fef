from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg import gold, ontology
from kg.errors import GoldError
from kg.gold import Rule
from kg.model import Source
from kg.ontology import Ontology

FACT = {"s": ["甲模型", "Model A"], "p": "developedBy", "o": ["甲公司"], "evidence": "甲公司推出甲模型"}


@pytest.fixture(scope="module")
def ai() -> Ontology:
    return ontology.load("ai-models")


def put(folder: Path, name: str, data: Any) -> Path:
    path = folder / name
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path


def test_reads_facts_and_traps(tmp_path: Path, ai: Ontology) -> None:
    put(
        tmp_path,
        "d01.json",
        {
            "doc": "d01",
            "published": "2023-11-08",
            "facts": [
                FACT,
                {"s": "甲模型", "p": "releasedOn", "o": "2023-04", "accept": ["2023-05"], "optional": True},
            ],
            "not": [{"s": ["乙模型"], "p": "parameterCount", "why": "not said"}],
            "entities": [],
        },
    )
    put(tmp_path, "index.json", {"documents": []})
    put(tmp_path, "list.json", [])
    (one,) = gold.read(tmp_path, ai)
    assert (one.document, one.published) == ("d01", "2023-11-08")
    assert one.facts[0].subject == ("甲模型", "Model A")
    assert (one.facts[0].object, one.facts[0].evidence) == (("甲公司",), "甲公司推出甲模型")
    assert (one.facts[1].subject, one.facts[1].accept, one.facts[1].optional) == (("甲模型",), ("2023-05",), True)
    assert (one.traps[0].predicate, one.traps[0].object) == ("parameterCount", ())


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"facts": []}, r"d01\.json: doc: expected the document's id, found nothing"),
        ({"doc": "d01"}, r"d01\.json: facts: is missing"),
        ({"doc": "d01", "facts": {}}, r"d01\.json: facts: expected a list, found \{\}"),
        ({"doc": "d01", "facts": ["x"]}, r'facts\[0\]: expected an object with s, p and o, found "x"'),
        ({"doc": "d01", "facts": [FACT, FACT | {"p": "developedby"}]}, r"facts\[1\]\.p: .*did you mean developedBy\?"),
        ({"doc": "d01", "facts": [FACT | {"p": None}]}, r"facts\[0\]\.p: nothing is no relation .*known: developedBy"),
        ({"doc": "d01", "facts": [FACT | {"s": []}]}, r"facts\[0\]\.s: expected a list of names, found \[\]"),
        ({"doc": "d01", "facts": [FACT | {"o": None}]}, r"facts\[0\]\.o: is missing"),
        ({"doc": "d01", "facts": [FACT | {"o": 3}]}, r"facts\[0\]\.o: expected a list of names, found 3"),
        ({"doc": "d01", "facts": [FACT | {"p": "releasedOn", "o": "May"}]}, r"facts\[0\]\.o: expected a date"),
        ({"doc": "d01", "facts": [FACT | {"p": "tier", "o": "first"}]}, r"facts\[0\]\.o: expected a number"),
        ({"doc": "d01", "facts": [FACT | {"p": "tier", "o": True}]}, r"facts\[0\]\.o: expected a number, found true"),
        ({"doc": "d01", "facts": [FACT | {"accept": "x"}]}, r"facts\[0\]\.accept: expected a list of dates"),
        ({"doc": "d01", "facts": [], "not": [{"s": ["a"], "p": "x"}]}, r"not\[0\]\.p: \"x\" is no relation"),
        ({"doc": "d01", "facts": [], "published": "yesterday"}, r"published: expected a date such as"),
    ],
)
def test_what_does_not_fit_is_named_by_file_and_key(tmp_path: Path, ai: Ontology, data: Any, message: str) -> None:
    put(tmp_path, "d01.json", data)
    with pytest.raises(GoldError, match=message):
        gold.read(tmp_path, ai)


def test_a_file_that_is_no_json(tmp_path: Path, ai: Ontology) -> None:
    (tmp_path / "d01.json").write_text("{", encoding="utf-8")
    with pytest.raises(GoldError, match=r"d01\.json: not a JSON file"):
        gold.read(tmp_path, ai)


def test_no_gold_and_gold_twice(tmp_path: Path, ai: Ontology) -> None:
    with pytest.raises(GoldError, match="no gold files here"):
        gold.read(tmp_path, ai)
    put(tmp_path, "a.json", {"doc": 7, "facts": []})
    put(tmp_path, "b.json", {"doc": "7", "facts": []})
    with pytest.raises(GoldError, match=r"b\.json: doc '7' has gold in a\.json too"):
        gold.read(tmp_path, ai)


def test_texts_are_found_by_the_documents_id(tmp_path: Path, ai: Ontology) -> None:
    golds, texts = tmp_path / "gold", tmp_path / "docs"
    golds.mkdir()
    texts.mkdir()
    for doc in ("d1", "000", "p", "q[1]"):
        put(golds, f"{doc}.json", {"doc": doc, "published": None if doc == "p" else "2023-11-08", "facts": []})
    names = ("d10.txt", "d1_abc.txt", "d1.json", "000_3f.txt", "000.md", "p.html", "q[1].md", ".d1.txt")
    for name in names:
        (texts / name).write_text("<p>一二三四五</p>" if name == "p.html" else "一二三四五", encoding="utf-8")
    found = gold.gold_documents(golds, texts, ai)
    assert [(document.id, document.path.name) for document in found] == [
        ("000", "000.md"),
        ("d1", "d1_abc.txt"),
        ("p", "p.html"),
        ("q[1]", "q[1].md"),
    ]
    assert [document.published for document in found] == ["2023-11-08", "2023-11-08", None, "2023-11-08"]


def test_sources_carry_the_gold_id_and_date(tmp_path: Path, ai: Ontology) -> None:
    put(tmp_path, "000.json", {"doc": "000", "published": "2023-11-08", "facts": []})
    (tmp_path / "000_3f.txt").write_text("一二三四五。", encoding="utf-8")
    (source,) = gold.sources(gold.gold_documents(tmp_path, tmp_path, ai))
    assert isinstance(source, Source)
    assert (source.id, source.published, source.text) == ("000", "2023-11-08", "一二三四五。")


def test_a_document_without_a_text(tmp_path: Path, ai: Ontology) -> None:
    put(tmp_path, "d1.json", {"doc": "d1", "facts": []})
    (tmp_path / "d10.txt").write_text("x", encoding="utf-8")
    with pytest.raises(GoldError, match=r"doc 'd1' has no text in .*expected d1\*\.txt"):
        gold.gold_documents(tmp_path, tmp_path, ai)


def test_rules_follow_from_the_ontology(ai: Ontology) -> None:
    rules = {relation.name: gold.rule_of(relation, ai) for relation in ai.relations}
    assert {name for name, rule in rules.items() if rule is Rule.DATE} == {"releasedOn", "betaOn", "openSourcedOn"}
    assert {name for name, rule in rules.items() if rule is Rule.NUMBER} == {"tier", "parameterCount"}
    assert {name for name, rule in rules.items() if rule is Rule.TEXT} == {"hasTitle"}


def test_the_gold_beside_the_project_fits(ai: Ontology) -> None:
    shared = Path(__file__).parents[2] / "shared" / "gold"
    if not shared.is_dir():
        pytest.skip("the shared gold is not beside the project")
    assert len(gold.read(shared, ai)) == len(list(shared.glob("*.json")))
