"""Which date and which maker belong to which event."""

from __future__ import annotations

import pytest
from reading import Triple, extractions, facts

ERNIE, GPT4, GPT4O, QIANWEN = "model:ernie-bot", "model:gpt-4", "model:gpt-4o", "model:tongyi-qianwen"

DATES: list[tuple[str, set[Triple]]] = [
    (
        "Claude 3于2024年3月4日亮相，GPT-4o则在5月13日登场。",
        {("model:claude-3", "releasedOn", "2024-03-04"), (GPT4O, "releasedOn", "2024-05-13")},
    ),
    (
        "百度2023年3月16日发布文心一言，阿里云2023年4月11日发布通义千问。",
        {(ERNIE, "releasedOn", "2023-03-16"), (QIANWEN, "releasedOn", "2023-04-11")},
    ),
    (
        "通义千问4月7日开始邀测，4月11日正式发布。",
        {(QIANWEN, "betaOn", "2024-04-07"), (QIANWEN, "releasedOn", "2024-04-11")},
    ),
    (
        "GPT-4 was announced on March 14, 2023, and GPT-4o followed on May 13, 2024.",
        {(GPT4, "releasedOn", "2023-03-14"), (GPT4O, "releasedOn", "2024-05-13")},
    ),
    (
        "OpenAI released GPT-4 on 14 March 2023. It released GPT-4o on 13 May 2024.",
        {(GPT4, "releasedOn", "2023-03-14"), (GPT4O, "releasedOn", "2024-05-13")},
    ),
    ("2023年3月16日，百度在北京总部举行发布会，推出文心一言。", {(ERNIE, "releasedOn", "2023-03-16")}),
    ("成立二十多年的百度于2023年3月16日发布了文心一言。", {(ERNIE, "releasedOn", "2023-03-16")}),
]


@pytest.mark.parametrize(("sentence", "expected"), DATES)
def test_each_event_has_its_own_date(sentence: str, expected: set[Triple]) -> None:
    dated = {t for t in facts(sentence) if t[1] in {relation for _, relation, _ in expected}}
    assert dated == expected


@pytest.mark.parametrize(
    ("sentence", "makers"),
    [
        ("百度发布了文心一言，阿里云发布了通义千问。", {(ERNIE, "org:baidu"), (QIANWEN, "org:alibaba-cloud")}),
        ("OpenAI released GPT-4 and Meta released Llama 3.", {(GPT4, "org:openai"), ("model:llama-3", "org:meta")}),
        ("百度、阿里云先后发布了文心一言、通义千问。", None),
        ("文心一言由百度研发，用的是英伟达的芯片。", {(ERNIE, "org:baidu")}),
        ("腾讯、清华大学联合研发了“砚池”大模型。", {("砚池", "org:tencent"), ("砚池", "org:tsinghua")}),
        ("百度CTO王海峰在会上发布了文心一言。", {(ERNIE, "org:baidu")}),
    ],
)
def test_each_event_has_its_own_maker(sentence: str, makers: set[tuple[str, str]] | None) -> None:
    found = {(s, o) for s, relation, o in facts(sentence) if relation == "developedBy"}
    if makers is None:  # two lists side by side: who made which is a guess, but each has a maker
        assert {s for s, _ in found} == {ERNIE, QIANWEN}
    else:
        assert found == makers


def test_relative_dates_count_from_the_publication() -> None:
    assert (ERNIE, "releasedOn", "2024-06-19") in facts("昨天，百度发布了文心一言。")
    assert (ERNIE, "releasedOn", "2023") in facts("去年，百度发布了文心一言。")
    assert (ERNIE, "releasedOn", "2024-06-19") in facts("Baidu released ERNIE Bot yesterday.")


def test_without_a_publication_date_a_relative_date_is_none() -> None:
    assert not [t for t in facts("昨天，百度发布了文心一言。", published=None) if t[1] == "releasedOn"]
    assert (ERNIE, "releasedOn", "2023-03-16") in facts("2023年3月16日，百度发布了文心一言。", published=None)


def test_a_vague_date_is_none() -> None:
    for words in ("近日", "日前", "不久前"):
        assert not [t for t in facts(f"{words}，百度发布了文心一言。") if t[1] == "releasedOn"]


def test_a_date_has_its_interval() -> None:
    [found] = [e for e in extractions("百度2022年底发布了文心一言。") if e.predicate == "releasedOn"]
    assert found.object.value is not None
    when = found.object.value.when
    assert when is not None
    assert found.object.value.datatype == "gYear"
    assert when.earliest.isoformat() >= "2022-10-01"
    assert when.latest.isoformat() == "2022-12-31"


def test_what_is_published_about_a_model_is_not_the_model() -> None:
    for sentence in ("2024年3月，百度发布了文心一言的技术报告。", "2024年3月，百度发布了关于文心一言的论文。"):
        assert not [t for t in facts(sentence) if t[1] == "releasedOn"]


def test_a_clause_of_another_thing_between_maker_and_event_changes_nothing() -> None:
    assert (ERNIE, "developedBy", "org:baidu") in facts("百度表示，经过多年积累，公司正式推出文心一言。")
