"""What a sentence takes from those before it: pronouns, subjects left out, headings, lists, second names."""

from __future__ import annotations

import pytest
from reading import FOUND, Triple, annotated, extractions, facts, triples

from kg.extract import discourse
from kg.model import Stance

ERNIE, BAIDU = "model:ernie-bot", "org:baidu"

ACROSS: dict[str, list[tuple[str, Triple]]] = {
    "pronouns": [
        ("启衡智能发布了“砚池”大模型。该模型拥有70亿参数。", ("砚池", "parameterCount", "7000000000")),
        ("启衡智能发布了“砚池”大模型。其参数量为70亿。", ("砚池", "parameterCount", "7000000000")),
        ("启衡智能发布了“砚池”大模型，其参数量为70亿。", ("砚池", "parameterCount", "7000000000")),
        ("启衡智能发布了“砚池”大模型。该模型于5月6日开源。", ("砚池", "openSourcedOn", "2024-05-06")),
        ("启衡智能在上海开会。2024年3月5日，该公司发布了“砚池”大模型。", ("砚池", "developedBy", "启衡智能")),
        ("百度推出了文心一言。它在3月16日开启邀测。", (ERNIE, "betaOn", "2024-03-16")),
        ("百度推出了文心一言。此后，公司又发布了文心大模型4.0。", ("model:ernie-4.0", "developedBy", BAIDU)),
        (
            "Corvane Labs released Halberd-2 in March. It has 70 billion parameters.",
            ("Halberd-2", "parameterCount", "70000000000"),
        ),
        ("Meta trained Llama 3. It has 70 billion parameters.", ("model:llama-3", "parameterCount", "70000000000")),
        (
            "OpenAI held an event. On 13 May 2024 the company released GPT-4o.",
            ("model:gpt-4o", "developedBy", "org:openai"),
        ),
        (
            "Corvane Labs is small. The company released Halberd-2 in March 2024.",
            ("Halberd-2", "developedBy", "Corvane Labs"),
        ),
        (
            "Corvane Labs released Halberd-2. The model was open-sourced in May 2024.",
            ("Halberd-2", "openSourcedOn", "2024-05"),
        ),
    ],
    "subjects left out": [
        ("启衡智能很忙。2024年3月，推出“砚池”大模型。", ("砚池", "developedBy", "启衡智能")),
        (
            "2023年3月14日，OpenAI发布GPT-4；同年11月6日，又发布GPT-4 Turbo。",
            ("model:gpt-4-turbo", "developedBy", "org:openai"),
        ),
        (
            "2023年3月14日，OpenAI发布GPT-4；同年11月6日，又发布GPT-4 Turbo。",
            ("model:gpt-4-turbo", "releasedOn", "2023-11-06"),
        ),
    ],
    "headings and lists": [
        ("# 启衡智能\n\n- 2024年3月5日：发布“砚池”大模型", ("砚池", "releasedOn", "2024-03-05")),
        ("# 启衡智能\n\n- 2024年3月5日：发布“砚池”大模型", ("砚池", "developedBy", "启衡智能")),
        (
            "# 百度\n\n2023年3月16日，推出文心一言。\n\n2023年10月17日，发布文心大模型4.0。",
            ("model:ernie-4.0", "developedBy", BAIDU),
        ),
        (
            "# 百度\n- 2023年3月16日，推出文心一言\n- 2023年10月17日，发布文心大模型4.0",
            ("model:ernie-4.0", "releasedOn", "2023-10-17"),
        ),
        ("## 2023年3月\n- 百度发布文心一言\n- OpenAI发布GPT-4", (ERNIE, "releasedOn", "2023-03")),
        ("## 2023年3月\n- 百度发布文心一言\n- OpenAI发布GPT-4", ("model:gpt-4", "releasedOn", "2023-03")),
        ("### GPT-3\n\n有1750亿参数，由OpenAI研发。", ("model:gpt-3", "parameterCount", "175000000000")),
        ("# 砚池大模型\n\n参数量为70亿。", ("砚池", "parameterCount", "7000000000")),
        ("- 文心一言：由百度研发\n- 讯飞星火：由科大讯飞研发", ("model:spark", "developedBy", "org:iflytek")),
        ("1. 文心一言由百度研发。\n2. 讯飞星火由科大讯飞研发。", (ERNIE, "developedBy", BAIDU)),
    ],
    "enumerations": [
        (
            "2023年3月16日，百度推出文心一言；4月11日，阿里云推出通义千问。",
            ("model:tongyi-qianwen", "releasedOn", "2023-04-11"),
        ),
        ("2023年3月16日，百度推出文心一言；4月11日，阿里云推出通义千问。", (ERNIE, "releasedOn", "2023-03-16")),
        ("第一梯队包括百度、阿里巴巴、腾讯、启衡科技、澄岸科技。", ("澄岸科技", "tier", "tier:1")),
        (
            "腾讯广告、腾讯文档、腾讯会议均接入了混元大模型。",
            ("product:tencent-meeting", "integrates", "model:hunyuan"),
        ),
        ("“砚池”和“墨海”分别有70亿和130亿参数。", ("砚池", "parameterCount", "7000000000")),
        ("“砚池”和“墨海”分别有70亿和130亿参数。", ("墨海", "parameterCount", "13000000000")),
        (
            "Halberd-2 and Lumora have 70 billion and 14 billion parameters respectively.",
            ("Lumora", "parameterCount", "14000000000"),
        ),
    ],
    "second names": [
        ("通义千问（Qwen）由阿里云研发。", ("model:tongyi-qianwen", "developedBy", "org:alibaba-cloud")),
        ("通义千问（Qwen）于2023年4月11日发布。", ("model:tongyi-qianwen", "releasedOn", "2023-04-11")),
        ("智谱AI（以下简称智谱）发布了GLM-4。", ("model:glm-4", "developedBy", "org:zhipu-ai")),
        ("百度（北京）发布了文心一言。", (ERNIE, "developedBy", BAIDU)),
    ],
}
CASES = [case for cases in ACROSS.values() for case in cases]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_what_a_text_says_across_its_sentences(text: str, expected: Triple) -> None:
    assert expected in triples(extractions(text), Stance.ASSERTED, threshold=FOUND)


def test_a_pronoun_is_the_nearest_thing_of_its_kind() -> None:
    found = facts("百度推出文心一言。阿里云推出通义千问。该模型参数量为1000亿。")
    assert ("model:tongyi-qianwen", "parameterCount", "100000000000") in found
    assert (ERNIE, "parameterCount", "100000000000") not in found


def test_a_pronoun_without_anything_before_it_says_nothing() -> None:
    assert not extractions("该模型拥有70亿参数。")
    assert not extractions("It has 70 billion parameters.")


def test_a_topic_is_forgotten_after_a_while() -> None:
    idle = "今天天气不错。\n明天也不错。\n后天下雨。\n大后天放晴。\n然后又下雨。\n"
    assert not [t for t in facts(f"百度推出文心一言。\n{idle}其参数量为1000亿。") if t[1] == "parameterCount"]


def test_a_heading_ends_what_the_section_before_was_about() -> None:
    found = facts("# 文心一言\n\n由百度研发。\n\n# 招聘\n\n有1000亿参数。")
    assert not [t for t in found if t[1] == "parameterCount"]


def test_what_is_only_compared_with_is_no_topic() -> None:
    found = facts("百度推出文心一言，对标GPT-4。其参数量为1000亿。")
    assert ("model:gpt-4", "parameterCount", "100000000000") not in found


def test_every_maker_keeps_what_it_made() -> None:
    found = facts("百度发布了文心一言，阿里云发布了通义千问，腾讯发布了混元大模型。")
    assert {t for t in found if t[1] == "developedBy"} == {
        (ERNIE, "developedBy", BAIDU),
        ("model:tongyi-qianwen", "developedBy", "org:alibaba-cloud"),
        ("model:hunyuan", "developedBy", "org:tencent"),
    }


def test_sentences_know_their_topics_and_dates() -> None:
    marked = annotated("## 2023年3月\n- 百度发布文心一言\n\n下雨了。")
    heading, item, after = discourse.sentences(marked)
    assert heading.heading
    assert not item.heading
    assert item.header_date is not None
    assert item.header_date.text == "2023年3月"
    assert after.header_date is None
    topic = after.topic("Model", "Organization")
    assert topic is not None
    assert topic.name == "文心一言"
    assert after.topic("Person") is None


def test_every_mention_is_in_one_sentence() -> None:
    marked = annotated("百度发布了文心一言。阿里云发布了通义千问！\n\n腾讯呢？")
    inside = [m for sentence in discourse.sentences(marked) for m in sentence.mentions]
    assert inside == list(marked.mentions)
