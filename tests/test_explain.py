from __future__ import annotations

import json

import pytest
from hand_built import FORMULA, HOSTILE, HOSTILE_ID, build
from rich.console import Console

from kg import explain
from kg.errors import QueryError
from kg.graph import KnowledgeGraph


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    return build(tmp_path_factory.mktemp("graph"))


def printed(explanation: explain.Explanation, relation: str | None = None) -> str:
    console = Console(width=200, color_system=None)
    with console.capture() as captured:
        console.print(explain.rendered(explanation, relation))
    return captured.get()


def test_every_value_with_what_became_of_it(graph: KnowledgeGraph) -> None:
    found = explain.explain(graph, "言海", "releasedOn")
    assert (found.entity, found.label, found.type, found.aliases) == (
        "model:言海",
        "言海",
        "Model",
        ("Yanhai", "言海模型"),
    )
    held, coarse, other = found.values
    assert (held.value, held.is_fact, held.rule, held.sources) == ("2023-04-11", True, "more independent sources", 2)
    assert held.conflicts_with == ("2023-05-02",)
    assert (coarse.value, coarse.is_fact, coarse.refined_by) == ("2023-04", False, ("2023-04-11",))
    assert (other.value, other.is_fact, other.rule) == ("2023-05-02", False, "")
    assert other.conflicts_with == ("2023-04", "2023-04-11")
    assert other.claims[0].rank == "deprecated"


def test_the_words_lead_to_the_document(graph: KnowledgeGraph) -> None:
    (claim,) = explain.explain(graph, "言海", "releasedOn").values[0].claims
    assert (claim.id, claim.document, claim.publisher, claim.published) == ("claim:c02", "d01", "早报", "2023-04-12")
    assert (claim.title, claim.url) == ("灵犀科技发布言海", "https://news.example.org/1?a=1&b=2")
    assert claim.quote == "灵犀科技在4月11日发布了言海模型"
    assert [(claim.quote[a:b], end_of) for a, b, end_of in claim.marks] == [
        ("4月11日", "object"),
        ("言海模型", "subject"),
    ]
    assert (claim.start, claim.end) == (0, 17)


def test_relations_come_in_headline_order_and_own_ones_first(graph: KnowledgeGraph) -> None:
    values = explain.explain(graph, "model:言海").values
    assert [v.relation for v in values] == ["developedBy"] * 2 + ["releasedOn"] * 3 + ["parameterCount"]
    rumour = values[1]
    assert (rumour.value, rumour.is_fact, rumour.claims[0].stance) == ("org:murmur", False, "rumoured")
    assert rumour.claims[0].attribution == "某人士"
    assert not rumour.claims[0].accepted
    assert len(values[0].claims) == 2
    about = explain.explain(graph, "灵犀科技").values
    assert [(v.subject, v.relation) for v in about] == [("org:lingxi", "tier"), ("model:言海", "developedBy")]


@pytest.mark.parametrize("name", ["releasedOn", "ai:releasedOn", "RELEASEDON", "发布日期", "released on"])
def test_a_property_by_any_of_its_names(graph: KnowledgeGraph, name: str) -> None:
    assert len(explain.explain(graph, "言海", name).values) == 3


def test_unknown_names(graph: KnowledgeGraph) -> None:
    with pytest.raises(QueryError, match=r"no property is called 'releasdOn'; .*did you mean releasedOn\?"):
        explain.explain(graph, "言海", "releasdOn")
    with pytest.raises(QueryError, match="nothing in the graph is called '言河'; nearest: 言海"):
        explain.explain(graph, "言河")


def test_a_terminal_shows_it_and_is_not_driven_by_it(graph: KnowledgeGraph) -> None:
    text = printed(explain.explain(graph, "言海"))
    assert "✓ 发布日期 2023-04-11" in text
    assert "held: more independent sources; 2 independent sources; conflicts with 2023-05-02" in text
    assert "“灵犀科技在4月11日发布了言海模型”" in text
    assert "早报 · 2023-04-12 · 灵犀科技发布言海 · d01" in text
    hostile = printed(explain.explain(graph, HOSTILE_ID))
    assert "\x1b" not in hostile
    assert "\u202e" not in hostile
    assert "[c](d)" in hostile
    assert "␛[31m" in hostile


def test_names_in_quotes_are_highlighted(graph: KnowledgeGraph) -> None:
    console = Console(width=200, force_terminal=True, color_system="standard")
    with console.capture() as captured:
        console.print(explain.rendered(explain.explain(graph, "言海", "releasedOn")))
    assert "\x1b[1;33m言海模型\x1b[0m" in captured.get()
    assert "\x1b[1;32m4月11日\x1b[0m" in captured.get()


def test_json_is_the_same(graph: KnowledgeGraph) -> None:
    answer = json.loads(json.dumps(explain.explain(graph, HOSTILE).as_json(), ensure_ascii=False))
    assert answer["label"] == HOSTILE
    assert answer["values"][0]["claims"][0]["quote"].endswith(FORMULA)
    assert answer["values"][0]["claims"][0]["marks"] == [[0, len(HOSTILE), "subject"]]


def test_something_nobody_claims_anything_about(graph: KnowledgeGraph) -> None:
    found = explain.explain(graph, "tier:1", "releasedOn")
    assert found.values == ()
    assert "no document claims anything about it" in printed(found)
    assert "no document claims this of it: tier" in printed(found, "tier")
