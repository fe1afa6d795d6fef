"""Who makes what no sentence gives a maker: by the name of a thing, by what the whole text is about, by what somebody
does."""

from __future__ import annotations

from dataclasses import replace

import pytest
from reading import FOUND, annotated, facts, rules, triples

from kg.extract import extract
from kg.model import Stance

ABOUT = "澄岸科技成立于杭州。澄岸科技有三百人。澄岸科技去年搬了家。"
"""A text that is about one company."""


def makers(text: str) -> set[tuple[str, str]]:
    """The makers that a text tells, with no likelihood of links beside the rules."""
    found = triples(extract(annotated(text), replace(rules(), links=None)), Stance.ASSERTED, threshold=FOUND)
    return {(s, str(o)) for s, p, o in found if p == "developedBy"}


def test_what_is_named_after_somebody_is_theirs() -> None:
    assert ("启衡砚池", "启衡") in makers("启衡科技（以下简称“启衡”）开会。2024年3月5日，“启衡砚池”大模型亮相。")


def test_a_name_that_only_begins_alike_is_nobodys() -> None:
    assert not makers("OpenAI spoke. OpenAIr-7B was released on 5 March 2024.")


def test_a_release_without_a_maker_is_of_whom_the_text_is_about() -> None:
    assert ("听潮", "澄岸科技") in makers(f"{ABOUT}2024年3月5日，“听潮”大模型亮相。")


def test_not_where_the_text_names_another_maker() -> None:
    assert makers(f"{ABOUT}2024年3月5日，拂晓科技发布“听潮”大模型。") == {("听潮", "拂晓科技")}


def test_nor_where_it_is_only_planned() -> None:
    assert not makers(f"{ABOUT}2024年9月，“听潮”大模型将亮相。")


def test_a_name_that_no_list_holds_does_what_makers_do() -> None:
    text = "2024年3月5日，泊岭发布了“听潮”大模型。泊岭不大。"
    assert ("听潮", "泊岭") in makers(text)
    assert {m.readings[0].type for m in annotated(text).mentions if m.name == "泊岭"} == {"Organization"}


def test_an_ordinary_word_does_not() -> None:
    assert not makers("2024年3月5日，团队发布了“听潮”大模型。团队不大。")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("听潮大模型：澄岸科技出的，70亿参数，2024年3月5日发布。", ("听潮", "parameterCount", "7000000000")),
        ("听潮大模型：澄岸科技出的，70亿参数，2024年3月5日发布。", ("听潮", "releasedOn", "2024-03-05")),
        ("听潮大模型：70亿参数，底座用的是Qwen2。", ("听潮", "basedOn", "model:qwen-2")),
        ("1、澄岸科技（300999.SZ）：公司于2024年3月5日推出“听潮”大模型。", ("听潮", "developedBy", "澄岸科技")),
        (
            "拂晓科技年会\n2024年3月5日，拂晓科技开会。会上，拂晓科技发布“晨钟”大模型。",
            ("晨钟", "releasedOn", "2024-03-05"),
        ),
    ],
)
def test_a_label_is_what_its_clauses_are_about(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in facts(text)


def test_a_chapter_ends_what_the_one_before_was_about() -> None:
    text = (
        "01 听潮大模型\n研发单位：澄岸科技\n2024年3月5日发布。\n\n"
        "02 雁回医谱\n研发单位：拂晓科技\n2024年4月5日发布。\n\n"
        "03 晨钟大模型\n研发单位：启衡智能\n雁回医谱的同类。"
    )
    found = facts(text)
    assert {("听潮", "developedBy", "澄岸科技"), ("雁回医谱", "developedBy", "拂晓科技")} <= found
    assert ("听潮", "developedBy", "拂晓科技") not in found


def test_the_former_and_the_latter() -> None:
    found = facts("澄岸科技发布了“听潮”大模型和“墨海”大模型，前者70亿参数，后者140亿参数。")
    sizes = {(s, o) for s, p, o in found if p == "parameterCount"}
    assert sizes == {("听潮", "7000000000"), ("墨海", "14000000000")}


def test_an_agency_in_a_dateline_makes_nothing() -> None:
    text = "OSLO, June 3, 2024 (Meridian Press) - Corvane Labs released Halberd-2 on Monday."
    assert {maker for _, maker in makers(text)} == {"Corvane Labs"}


def test_a_version_that_is_told_of_is_not_the_thing_itself() -> None:
    assert not [f for f in facts("拂晓科技的“晨钟”大模型很快，其V4.5版本于2024年3月5日上线。") if f[1] == "releasedOn"]


def test_whoever_speaks_about_others_does_not_work_for_them() -> None:
    assert not [f for f in facts(f"{ABOUT}分析师：李彦宏") if f[1] == "worksFor"]


def test_a_version_is_its_familys_makers() -> None:
    text = "2024年3月5日，澄岸科技发布“听潮”大模型。同年5月，“听潮2.0”大模型亮相，拂晓科技到场祝贺。"
    made = {(s, o) for s, p, o in facts(text) if p == "developedBy"}
    assert made == {("听潮", "澄岸科技"), ("听潮2.0", "澄岸科技")}


def test_but_not_where_it_has_a_maker_of_its_own() -> None:
    text = "2024年3月5日，澄岸科技发布“听潮”大模型。同年5月，拂晓科技发布“听潮2.0”大模型。"
    assert ("听潮2.0", "澄岸科技") not in makers(text)


@pytest.mark.parametrize(
    "text",
    [
        "听潮大模型跑得很快，远超OpenAI的GPT-4。",
        "成本已接近 OpenAI 的 GPT-4。",
        "Halberd-2 narrowly beat OpenAI's GPT-4 in the harbour test.",
        "They compared it with OpenAI's old assistant, GPT-4, for a week.",
    ],
)
def test_whose_a_rival_is_stands_in_a_comparison_too(text: str) -> None:
    assert ("model:gpt-4", "org:openai") in makers(text)


def test_those_who_release_together_are_believed_together() -> None:
    text = "2023年3月16日，百度与澄岸科技、拂晓科技联合发布文心一言。"
    assert makers(text) == {("model:ernie-bot", m) for m in ("org:baidu", "澄岸科技", "拂晓科技")}


def test_a_family_with_its_members() -> None:
    found = facts("2024年3月5日，澄岸科技发布Tidal系列大模型，包括Tidal-7B和Tidal-70B。")
    assert {("Tidal-7B", "releasedOn", "2024-03-05"), ("Tidal-70B", "developedBy", "澄岸科技")} <= found
    found = facts(
        "On 5 March 2024 Corvane Labs launched the Halberd family of open models: Halberd-7B and Halberd-70B."
    )
    assert {("Halberd-7B", "releasedOn", "2024-03-05"), ("Halberd-70B", "developedBy", "Corvane Labs")} <= found


def test_what_only_describes_a_name_is_not_what_is_released() -> None:
    found = facts("2024年3月5日，澄岸科技开源听潮70亿参数模型Tidal-7B。")
    assert ("Tidal-7B", "openSourcedOn", "2024-03-05") in found
    assert not [t for t in found if t[0] == "听潮" and t[1] == "openSourcedOn"]


def test_whom_a_text_is_about_is_no_maker_against_the_seeds() -> None:
    text = "澄岸科技的故事。澄岸科技很小。澄岸科技很慢。{}在2024年3月5日正式发布。"
    assert ("听潮", "developedBy", "澄岸科技") in facts(text.format("“听潮”大模型"))
    assert not [f for f in facts(text.format("Claude 3")) if f[1] == "developedBy"]
