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
            "The Heron Institute went bigger. Heron Institute released Egret 180B on May 6, 2024. Two weeks later, the "
            "Danish startup Kelp AI released Kelp 7B. Its chief executive, Maja Holm, was pleased.",
            ("Maja Holm", "worksFor", "Kelp AI"),
        ),
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


# weights of topics ---------------------------------------------------------------------------------------------------


def of(text: str, relation: str) -> set[Triple]:
    return {t for t in triples(extractions(text), Stance.ASSERTED, threshold=FOUND) if t[1] == relation}


def test_what_begins_a_clause_weighs_more_than_what_it_mentions() -> None:
    text = "百度推出了文心一言，也提到通义千问。其参数量为1000亿。"
    assert of(text, "parameterCount") == {(ERNIE, "parameterCount", "100000000000")}


def test_a_place_or_means_is_no_topic() -> None:
    text = "在腾讯的会场里，百度先发言。该公司发布了“砚池”大模型。"
    assert of(text, "developedBy") == {("砚池", "developedBy", BAIDU)}
    text = "百度先发言，会场是腾讯的。该公司发布了“砚池”大模型。"
    assert of(text, "developedBy") == {("砚池", "developedBy", BAIDU)}


def test_the_first_of_two_subjects_weighs_more() -> None:
    text = "百度和腾讯来访，腾讯先到。该公司推出了“听潮”大模型。"
    assert of(text, "developedBy") == {("听潮", "developedBy", BAIDU)}


def test_a_company_that_others_come_from_is_no_topic() -> None:
    text = "OpenAI系公司澄岸科技搬家了。该公司推出了“听潮”大模型。"
    assert of(text, "developedBy") == {("听潮", "developedBy", "澄岸科技")}
    text = "Led by Google alumni, Corvane Labs moved. The company released Halberd-2."
    assert of(text, "developedBy") == {("Halberd-2", "developedBy", "Corvane Labs")}


def test_a_weight_fades() -> None:
    near = "百度先发言。腾讯也发言。该公司发布了“砚池”大模型。"
    assert of(near, "developedBy") == {("砚池", "developedBy", "org:tencent")}


# titles --------------------------------------------------------------------------------------------------------------

RAIN = "今天下雨。明天也下雨。后天还是下雨。大后天放晴。然后又下雨。"


def test_a_title_s_topics_hold_until_another_chapter() -> None:
    text = (
        "# 澄岸科技年报\n\n## 经过\n\n今天下雨。\n\n2024年3月5日，发布“听潮”大模型。\n\n"
        "# 天气\n\n2024年3月6日，发布“墨海”大模型。"
    )
    assert of(text, "developedBy") == {("听潮", "developedBy", "澄岸科技")}
    assert len(of(text, "releasedOn")) == 2


def test_a_first_line_without_an_end_is_a_title_too() -> None:
    told = "2024年3月5日，公司发布了“听潮”大模型。"
    assert of(f"澄岸科技的一年\n\n{RAIN}\n\n{told}", "developedBy") == {("听潮", "developedBy", "澄岸科技")}
    assert of(f"澄岸科技过了一年。\n\n{RAIN}\n\n{told}", "developedBy") == set()


def test_a_section_s_heading_comes_before_the_title() -> None:
    text = "# 澄岸科技年报\n\n## 拂晓科技\n\n今天下雨。\n\n2024年3月5日，发布“听潮”大模型。"
    assert of(text, "developedBy") == {("听潮", "developedBy", "拂晓科技")}


# pronouns for what a text is about -----------------------------------------------------------------------------------

REPORT = "澄岸科技2024年年报\n\n澄岸科技收入增长。澄岸科技招了人。客户有百度和腾讯。百度今天来访。"


@pytest.mark.parametrize("inward", ["公司", "本公司", "我们"])
def test_some_pronouns_look_inward(inward: str) -> None:
    text = f"{REPORT}{inward}发布了“听潮”大模型。"
    assert of(text, "developedBy") == {("听潮", "developedBy", "澄岸科技")}
    (pronoun,) = (m for m in annotated(text).mentions if m.recognizer == "pronoun")
    assert (pronoun.text, pronoun.inward) == (inward, True)


@pytest.mark.parametrize("outward", ["该公司", "这家公司", "这家杭州初创公司"])
def test_others_stand_for_what_was_named_last(outward: str) -> None:
    text = f"{REPORT}{outward}发布了“听潮”大模型。"
    assert of(text, "developedBy") == {("听潮", "developedBy", BAIDU)}
    assert not any(m.inward for m in annotated(text).mentions)


def test_an_inward_pronoun_without_a_matter_is_the_topic() -> None:
    text = "百度今天来访。公司发布了“听潮”大模型。"
    assert of(text, "developedBy") == {("听潮", "developedBy", BAIDU)}


@pytest.mark.parametrize("word", ["公司法", "公司债", "公司章程", "分公司", "公司们"])
def test_words_that_begin_like_a_pronoun_are_none(word: str) -> None:
    assert not [m for m in annotated(f"澄岸科技年报\n\n{word}很重要。").mentions if m.recognizer == "pronoun"]


@pytest.mark.parametrize(
    ("before", "pronoun"), [("启衡智能搬家了。", "实验室"), ("启衡智能搬家了。", "团队"), ("启衡智能搬家了。", "中心")]
)
def test_departments_stand_for_their_house(before: str, pronoun: str) -> None:
    found = of(f"{before}{pronoun}训练了“砚池”大模型。", "developedBy")
    assert found == {("砚池", "developedBy", "启衡智能")}


@pytest.mark.parametrize("noun", ["group", "unit", "developer", "institute", "bank"])
def test_english_houses(noun: str) -> None:
    made = {("Halberd-2", "developedBy", "Corvane Labs")}
    assert of(f"Corvane Labs is small. In May the {noun}'s newest model Halberd-2 was fast.", "developedBy") == made
    assert not [m for m in annotated(f"In May the {noun}s slept.").mentions if m.recognizer == "pronoun"]


@pytest.mark.parametrize("noun", ["company", "institute", "model", "app"])
def test_english_pronouns_begin_sentences(noun: str) -> None:
    assert [m.text for m in annotated(f"The {noun} is small.").mentions] == [f"The {noun}"]


@pytest.mark.xfail(strict=True, reason="客户公司 is taken for a company's name before 这家客户公司 for a pronoun")
def test_a_house_that_is_described() -> None:
    assert of(f"{REPORT}这家客户公司发布了“听潮”大模型。", "developedBy") == {("听潮", "developedBy", BAIDU)}


CHRONICLE = """Release notes

May 3, 2024
Halberd-2 Released
The kettle in the harbour office was mended as well.

April 2, 2024
Announcing Quillon-7B
We thank everybody.

March 1, 2024
Lumora-3 is here
"""


def test_lines_of_dates_date_what_follows_them() -> None:
    found = facts(CHRONICLE)
    assert {t for t in found if t[1] == "releasedOn"} == {
        ("Halberd-2", "releasedOn", "2024-05-03"),
        ("Quillon-7B", "releasedOn", "2024-04-02"),
        ("Lumora-3", "releasedOn", "2024-03-01"),
    }


def test_one_line_with_a_date_makes_no_chronicle() -> None:
    found = facts("May 3, 2024\nA letter from the harbour.\nHalberd-2 was released by Corvane Labs.")
    assert not [t for t in found if t[1] == "releasedOn"]


def test_a_pronoun_stands_for_what_more_was_said_of() -> None:
    text = (
        "Microsoft has many models. It compared GPT-4o once. The Fennel app has grown. The Fennel app is liked. "
        "In May 2024 the company opened it to all."
    )
    assert not [t for t in facts(text) if t[0] == "model:gpt-4o" and t[1] == "releasedOn"]


def test_what_follows_its_day() -> None:
    found = facts("转折出现在2024年3月5日。这一天，启衡智能发布了“砚池”大模型。")
    assert ("砚池", "releasedOn", "2024-03-05") in found


def test_a_clause_that_goes_on_has_the_date_before() -> None:
    found = facts("启衡智能2024年3月5日发布“砚池”大模型，并面向全球开源。")
    assert ("砚池", "openSourcedOn", "2024-03-05") in found


@pytest.mark.parametrize("between", ["", "可直接生成视频；"])
def test_the_former_and_the_latter_reach_back(between: str) -> None:
    text = f"澄岸科技发布了视频模型Tide-V和语音模型Tide-A。前者参数量为300亿，{between}后者为1300亿参数。"
    found = triples(extractions(text), Stance.ASSERTED)
    assert ("Tide-V", "parameterCount", "30000000000") in found
    assert ("Tide-A", "parameterCount", "130000000000") in found


def test_a_line_that_divides_a_list_ends_no_date() -> None:
    text = "更新日志\n\nv4.2.0（2024-05-06）\n新增\n- 自研模型“檐语”大模型正式上线。"
    assert ("檐语", "releasedOn", "2024-05-06") in triples(extractions(text), Stance.ASSERTED)


def test_who_asks_is_not_whom_the_text_is_about() -> None:
    asks = "观潮智能：你们怎么看？\n李彦宏：{}\n观潮智能：然后呢？\n李彦宏：我们推出了“听潮”大模型。"
    text = "百度的故事。百度不大。百度很慢。\n" + asks.format("很好。")
    assert ("听潮", "developedBy", "org:baidu") in triples(extractions(text), Stance.ASSERTED)


def test_a_pronoun_may_be_what_an_event_is_about() -> None:
    text = "Anthropic calls it Claude 3. Claude 3 is patient. Anthropic trained it in the harbour."
    assert ("model:claude-3", "developedBy", "org:anthropic") in triples(extractions(text), Stance.ASSERTED)


@pytest.mark.parametrize(
    "text",
    ["百度昨天在会上发布了文心一言，你怎么看？", "Baidu launched Ernie Bot on Monday, right?"],
)
def test_a_question_about_what_it_tells(text: str) -> None:
    assert ("model:ernie-bot", "developedBy", "org:baidu") in triples(extractions(text), Stance.ASSERTED)


@pytest.mark.parametrize("text", ["百度会发布文心一言吗？", "百度什么时候发布了文心一言，你知道吗？"])
def test_any_other_question_states_nothing(text: str) -> None:
    assert not triples(extractions(text), Stance.ASSERTED)


def test_a_question_takes_for_granted_whose_a_thing_is() -> None:
    assert ("model:ernie-bot", "developedBy", "org:baidu") in triples(
        extractions("百度的文心一言怎么样？"), Stance.ASSERTED
    )


def test_ranks_are_chapters() -> None:
    found = facts(
        "第二名：“砚池”大模型\n启衡智能家的，2024年3月5日发布的。\n第一名：“听潮”大模型\n澄岸科技家的，很慢。"
    )
    assert {("砚池", "developedBy", "启衡智能"), ("听潮", "developedBy", "澄岸科技")} <= found


@pytest.mark.parametrize(
    "text",
    [
        "原腾讯副总裁李彦宏加入港口。",
        "前腾讯总监李彦宏到场。",
        "腾讯前总裁李彦宏到场。",
        "They met Li Yanhong, a former Tencent engineer.",
    ],
)
def test_whom_somebody_worked_for_before(text: str) -> None:
    assert not [t for t in facts(text) if t[1] == "worksFor" and t[2] == "org:tencent"]


def test_who_holds_a_post_now() -> None:
    assert ("person:li-yanhong", "worksFor", "org:tencent") in facts("腾讯副总裁李彦宏到场。")
    assert ("person:li-yanhong", "worksFor", "org:tencent") in facts("目前腾讯副总裁李彦宏在场。")


def test_a_list_of_those_who_hold_posts() -> None:
    text = "启衡智能开会。启衡智能有三百人。启衡智能搬了家。\n到场人员：董事长陆知远、财务总监苏蔓卿、首席技术官林听雨"
    held = {t[0] for t in triples(extractions(text), Stance.ASSERTED, threshold=FOUND) if t[1] == "worksFor"}
    assert held == {"陆知远", "苏蔓卿", "林听雨"}


# lists and chronicles ------------------------------------------------------------------------------------------------


def test_an_item_is_about_the_name_that_it_begins_with() -> None:
    text = "1. 听潮大模型，澄岸科技出品，基座 Qwen2-7B，2024年3月5日开源。\n2. 砚池大模型 —— 启衡智能出品。\n"
    found = facts(text)
    assert ("听潮", "openSourcedOn", "2024-03-05") in found
    assert not [t for t in found if t[0] == "model:qwen2-7b" and t[1] == "openSourcedOn"]


@pytest.mark.parametrize("mark", ["➤ ", "● ", "## ", "【", ""])
def test_a_chronicle_is_dated_by_lines_whatever_marks_they_have(mark: str) -> None:
    end = "】" if mark == "【" else ""
    text = "".join(
        f"{mark}2023年{month}月{day}日{end}\n{org}发布{model}。\n\n"
        for month, day, org, model in (
            (6, 15, "百度", "文心一言"),
            (7, 6, "腾讯", "混元大模型"),
            (8, 9, "启衡智能", "砚池大模型"),
        )
    )
    found = facts(text)
    assert ("model:ernie-bot", "releasedOn", "2023-06-15") in found
    assert ("砚池", "releasedOn", "2023-08-09") in found


def test_the_entries_of_a_chronicle_are_not_about_one_another() -> None:
    text = "- 2024-05-21：联合腾讯发布评测基准Tarn-Bench。\n- 2024-06-07：发布Fuxiao-7B。\n"
    assert ("Fuxiao-7B", "developedBy", "org:tencent") not in facts(text)


def test_a_profile_is_about_the_name_that_is_its_title() -> None:
    text = "# 澄岸科技\n\n- 2022.10 小澄App上线\n- 2024.1.16 Tarn-7，国内首个端侧模型\n- 顾慕白：创始人、CEO\n"
    assert {("Tarn-7", "developedBy", "澄岸科技"), ("顾慕白", "worksFor", "澄岸科技")} <= facts(text)


def test_who_speaks_is_nobody_that_was_named_by_the_way() -> None:
    text = "Halberd-2 now runs next to Ollama. We test with Fennel-3, our model."
    assert not [t for t in facts(text) if t[1] == "developedBy" and t[2] == "org:ollama"]


def test_a_version_with_its_date_heads_a_list() -> None:
    text = "版本 3.5.0　2024年3月5日\n- “鹿野”助手正式上线\n- 修复问题\n"
    assert ("鹿野", "releasedOn", "2024-03-05") in facts(text)


NESTED = """- 国内
  - 砚池大模型
    - 启衡智能，2024年3月
    - 70亿参数
  - 别的
    - 用掉 9B 参数的那个不算
- 讨论
"""


def test_what_is_nested_in_an_item_is_about_it_and_what_is_not_is_not() -> None:
    found = {(s.span.start, s.chapter.name if s.chapter else None) for s in discourse.sentences(annotated(NESTED))}
    chapters = [chapter for _, chapter in sorted(found)]
    assert chapters == [None, "砚池", "砚池", "砚池", None, None, None]


def test_a_version_alone_in_an_item_is_a_name() -> None:
    named = annotated("- 墨痕 1.0\n  - 启衡智能，稠密\n- 第 2.0 版\n").mentions
    assert [(m.name, m.readings[0].type) for m in named] == [("墨痕 1.0", "Model"), ("启衡智能", "Organization")]


def test_a_dated_line_dates_all_its_sentences() -> None:
    text = "2023 大事记\n\n【8月】\n7日　有人来了？不，主角是启衡智能——Yanchi-13B 开源。\n\n【9月】\n【10月】\n"
    assert ("Yanchi-13B", "openSourcedOn", "2023-08-07") in facts(text, published=None)


@pytest.mark.parametrize("heading", ["## 即将到来", "## Roadmap", "## Coming soon"])
def test_what_is_to_come_stands_below_its_heading(heading: str) -> None:
    text = f"# 鹿野助手 更新日志\n\n## 4.8\n\n- 接入 Qwen2\n\n{heading}\n\n- 接入 Kimi\n- [x] 接入 GLM-4\n\n## 致谢\n"
    found = {e.object.name: e.stance for e in extractions(text) if e.predicate == "integrates"}
    assert found == {"Qwen2": Stance.ASSERTED, "Kimi": Stance.PLANNED, "GLM-4": Stance.ASSERTED}


@pytest.mark.parametrize(
    "text",
    [
        "沐岭科技 2024-05-01\n\n很多人问我们的来历。我们的总经理章启原说，2024年3月发布了听雪大模型。",
        "很多人问我们的来历。2024年3月，我们发布了听雪大模型。\n\n沐岭科技|让开会少一点",
        "很多人问我们的来历。2024年3月，我们发布了听雪大模型。\n\n关于沐岭科技\n一家小公司。",
    ],
)
def test_whose_text_it_is(text: str) -> None:
    assert ("听雪", "developedBy", "沐岭科技") in of(text, "developedBy")


def test_who_is_quoted_does_not_sign() -> None:
    text = "沐岭日报社 2024-05-01\n\n“我们的模型叫听雪，”他说，“我们发布了它。”2024年3月，听雪大模型发布。"
    assert not of(text, "developedBy")
