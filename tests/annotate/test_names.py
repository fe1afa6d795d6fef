"""Names, known and never seen: what is found, and as what."""

from __future__ import annotations

import pytest
from reading import annotated

from kg.model import Mention


def named(text: str) -> list[Mention]:
    return [m for m in annotated(text).mentions if m.name and m.recognizer not in ("dates", "values", "pronoun")]


def names(text: str) -> set[tuple[str, str]]:
    """(best type, name) of what a text names."""
    return {(m.readings[0].type, m.name) for m in named(text)}


@pytest.mark.parametrize(
    ("text", "type_", "name"),
    [
        ("启衡科技发布了“砚池”大模型。", "Model", "砚池"),
        ("启衡科技发布了砚池大模型。", "Model", "砚池"),
        ("启衡科技发布了《砚池》大模型。", "Model", "砚池"),
        ("启衡科技发布了名为“砚池”的系统。", "Model", "砚池"),
        ("他们训练了Fuxiao-7B。", "Model", "Fuxiao-7B"),
        ("他们训练了Fuxiao-7B-Instruct。", "Model", "Fuxiao-7B-Instruct"),
        ("他们训练了Halberd2.5-72B-Instruct。", "Model", "Halberd2.5-72B-Instruct"),
        ("他们用大模型Halberd写稿。", "Model", "Halberd"),
        ("打开“鹿野”App就能用。", "Product", "鹿野"),
        ("公司推出鹿野App。", "Product", "鹿野"),
        ("AI工具Fennel很好用。", "Product", "Fennel"),
        ("启衡科技开会了。", "Organization", "启衡科技"),
        ("听潮研究院开会了。", "Organization", "听潮研究院"),
        ("砚山实验室开会了。", "Organization", "砚山实验室"),
        ("澄岸集团开会了。", "Organization", "澄岸集团"),
        ("Corvane Labs moved to Oslo.", "Organization", "Corvane Labs"),
        ("We visited Nordhaven Research in May.", "Organization", "Nordhaven Research"),
        ("We met Quillon AI in May.", "Organization", "Quillon AI"),
        ("We tested the Halberd-2 model.", "Model", "Halberd-2"),
        ("We tested Lumora 3.5 yesterday.", "Model", "Lumora 3.5"),
        ("The Fennel app crashed.", "Product", "Fennel"),
        ("启衡科技CEO陆知远到场。", "Person", "陆知远"),
        ("首席科学家欧阳听雨到场。", "Person", "欧阳听雨"),
        ("苏蔓卿表示，天气很好。", "Person", "苏蔓卿"),
        ("CEO约翰·林德奎斯特。", "Person", "约翰·林德奎斯特"),
        ("CEO Maren Okafor left early.", "Person", "Maren Okafor"),
    ],
)
def test_a_name_that_no_list_holds(text: str, type_: str, name: str) -> None:
    assert (type_, name) in names(text)


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("文心一言更新了。", "model:ernie-bot"),
        ("“文心一言”更新了。", "model:ernie-bot"),
        ("GPT-4更新了。", "model:gpt-4"),
        ("gpt4更新了。", "model:gpt-4"),
        ("GPT-4o mini更新了。", "model:gpt-4o-mini"),
        ("DeepSeek-V3更新了。", "model:deepseek-v3"),
        ("阿里云更新了。", "org:alibaba-cloud"),
        ("达摩院更新了。", "org:damo-academy"),
        ("OpenAI updated it.", "org:openai"),
        ("钉钉更新了。", "product:dingtalk"),
        ("李彦宏到场。", "person:li-yanhong"),
        ("Sam Altman left.", "person:sam-altman"),
    ],
)
def test_a_known_name(text: str, entity: str) -> None:
    assert entity in {r.entity for m in named(text) for r in m.readings}


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Qwen2.5-72B更新了。", "model:qwen-2"),
        ("GPT-4o更新了。", "model:gpt-4"),
        ("GPT-4.1更新了。", "model:gpt-4"),
        ("ChatGPT更新了。", "model:gpt"),
        ("Claude 3.5 Sonnet更新了。", "model:claude-3"),
        ("阿里云更新了。", "org:alibaba"),
        ("通义千问2.5更新了。", "model:tongyi-qianwen"),
        ("穹庐大模型V3更新了。", "model:deepseek-v3"),
        ("穹庐-R1更新了。", "model:deepseek-r1"),
    ],
)
def test_a_longer_name_is_not_the_shorter(text: str, wrong: str) -> None:
    assert wrong not in {r.entity for m in named(text) for r in m.readings}


@pytest.mark.parametrize(
    "text",
    [
        "行业大模型越来越多。",
        "国产大模型进步很快。",
        "多模态大模型是趋势。",
        "一款大模型不够用。",
        "开源模型更便宜。",
        "这款人工智能平台停用了。",
        "我们需要算力和数据。",
        "The new language model is large.",
        "However, the weather is fine.",
        "这个API用了GPU和RLHF。",
        "MMLU和GSM8K都是评测。",
    ],
)
def test_words_that_name_nothing(text: str) -> None:
    assert not [m for m in named(text) if m.readings[0].score >= 0.7], text


def test_a_maker_and_its_model_are_two_names() -> None:
    assert {r.entity for m in named("百度文心大模型更新了。") for r in m.readings[:1]} >= {"org:baidu"}
    spans = [m.text for m in named("腾讯混元大模型更新了。")]
    assert len(spans) == 2


def test_a_weak_name_needs_something_beside_it() -> None:
    alone = {r.entity for m in named("从容应对每一天。") for r in m.readings}
    assert "model:congrong" not in alone
    beside = {r.entity for m in named("云从科技发布了从容大模型。") for r in m.readings}
    assert "model:congrong" in beside


def test_no_name_begins_inside_a_word() -> None:
    assert not [m for m in named("MyGPT4All更新了。") if any(r.entity == "model:gpt-4" for r in m.readings)]
    assert not [m for m in named("The Pangolin sleeps.") if any(r.entity == "model:pangu" for r in m.readings)]


def surely(text: str) -> set[tuple[str, str]]:
    return {(m.readings[0].type, m.name) for m in named(text) if m.readings[0].score >= 0.75}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("他们用过Élan-7B。", "Élan-7B"),
        ("We met Côtière Labs in May.", "Côtière Labs"),
        ("We met Nørdhavn Research in May.", "Nørdhavn Research"),
        ("They say Bramblé is fast.", "Bramblé"),
    ],
)
def test_accents_are_letters(text: str, name: str) -> None:
    assert [m.name for m in named(text)] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "They asked a Brindle-based team.",
        "They wrote a Brindle-language test.",
        "They hired a Brindle-born poet.",
        "他们是Brindle-style团队。",
    ],
)
def test_words_made_of_names_are_none(text: str) -> None:
    assert not named(text)


def test_a_name_with_another_hyphen_is_one() -> None:
    assert [m.name for m in named("They asked a Brindle-Ash team.")] == ["Brindle-Ash"]


@pytest.mark.parametrize("place", ["city", "state", "town", "province", "republic", "port"])
def test_a_place_is_no_name(place: str) -> None:
    assert not named(f"They left the {place} of Brindlemoor.")


def test_what_stands_behind_another_of_may_be_one() -> None:
    assert [m.name for m in named("They left the office of Brindlemoor.")] == ["Brindlemoor"]


@pytest.mark.parametrize("mark", ["- ", "* ", "1. ", "“", "(", "# "])
def test_the_first_word_of_a_list_item_is_capitalised_anyway(mark: str) -> None:
    assert not named(f"{mark}Gardens are cheap.")
    assert [m.name for m in named(f"{mark}Gardens-2 is cheap.")] == ["Gardens-2"]


def test_a_capital_inside_a_sentence_is_a_name_s() -> None:
    assert [m.name for m in named("In 2024 Gardens moved.")] == ["Gardens"]


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("初创公司Brindle搬家了。", "Organization"),
        ("创业团队Brindle搬家了。", "Organization"),
        ("The startup Brindle moved.", "Organization"),
        ("The small publisher Brindle moved.", "Organization"),
        ("Brindle更新日志：修了错字。", "Product"),
    ],
)
def test_what_stands_beside_a_name_says_its_class(text: str, type_: str) -> None:
    assert surely(text) == {(type_, "Brindle")}


@pytest.mark.parametrize("text", ["上市公司里有Brindle。", "The startups and Brindle moved.", "Brindle更新了。"])
def test_what_stands_farther_off_does_not(text: str) -> None:
    assert ("Organization", "Brindle") not in surely(text)
    assert ("Product", "Brindle") not in surely(text)


def test_what_a_quoted_name_is_does_not_name_it() -> None:
    assert [m.name for m in named("审查软件“云帆”很快。")] == ["云帆"]
    assert [m.name for m in named("审砚软件搬家了。")] == ["审砚软件"]


@pytest.mark.parametrize("text", ["The doctor said nothing.", "Vectors are cheap.", "One factor is the price."])
def test_a_title_is_a_word_of_its_own(text: str) -> None:
    assert not annotated(text).mentions


def test_an_adverb_is_no_part_of_a_name() -> None:
    assert "Brindle" in {m.name for m in named("Later Brindle moved to another street.")}


@pytest.mark.parametrize(
    ("text", "type_", "name"),
    [
        ("We tried Claude Reasoning, which is slow.", "Model", "Claude Reasoning"),
        ("苏蔓卿见到了萨姆·奥特曼。", "Person", "萨姆·奥特曼"),
        ("Harbour Group moved. Later, Ant wrote to Harbour about tides.", "Organization", "Harbour"),
        ("自治区数据局局长陆知远到场。", "Organization", "自治区数据局"),
        ("3月5日，Fennec团队发布了“砚池”大模型。", "Organization", "Fennec"),
    ],
)
def test_a_name_goes_on_or_is_cut_short(text: str, type_: str, name: str) -> None:
    assert (type_, name) in names(text)


@pytest.mark.parametrize(
    "text",
    [
        "Zhipu lost Rmb2.4bn on revenue of Rmb191mn.",
        "A 2023 study was long.",
        'They described a first open "thinking" model.',
        "今年的开发者大会（ODC23）很热闹。",
        "“工具会越来越落后”。",
        "拂晓科技、澄岸科技等一起被叫作“六小虎”。",
        "A lab in the United Arab Emirates sailed.",
        "The English/Chinese text was long.",
        "model = load_model(name)",
    ],
)
def test_what_is_no_name(text: str) -> None:
    assert not [m for m in named(text) if m.readings[0].type in ("Model", "Product") and m.readings[0].score > 0.6]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("FoxBramble 4周完成训练。", "FoxBramble"),
        ("FoxBramble 2.5 was quick.", "FoxBramble 2.5"),
        ("They built FoxBramble 2. It was quick.", "FoxBramble 2"),
    ],
)
def test_what_counts_is_no_version(text: str, name: str) -> None:
    assert name in {m.name for m in named(text)}


def test_a_common_word_is_not_joined_to_a_name() -> None:
    assert "model:gpt4all" not in {r.entity for m in named("Bing has run on GPT-4 all along.") for r in m.readings}


def test_a_makers_han_name_before_a_latin_one() -> None:
    assert {("Organization", "智谱"), ("Model", "GLM-4.7")} <= names("智谱GLM-4.7很快。")


def test_a_name_that_is_an_ordinary_word_in_small_letters() -> None:
    assert not named("Fuxiao-7B was made together with friends, and they came together.")[1:]
    assert [m.text for m in named("We met Together AI, and together came late.") if m.text == "together"]


@pytest.mark.parametrize("name", ["Maya Orlov", "Peter Adams", "Dmitri Halvorsen"])
def test_a_given_name_makes_a_person(name: str) -> None:
    assert ("Person", name) in names(f"That evening {name} walked home alone.")


def test_but_not_of_an_institution() -> None:
    assert ("Organization", "Peter Labs") in names("That evening Peter Labs closed.")


def test_capitalised_words_before_a_head_of_institutions() -> None:
    assert ("Organization", "Artificial Intelligence Group") in names("The Artificial Intelligence Group met in May.")
    assert "Group" not in {name for _, name in names("Then the Group met in May.")}


def test_a_place_belongs_to_the_name_of_an_institution() -> None:
    assert ("Organization", "Dublin City University") in names("They asked Dublin City University for help.")


def test_faculties_of_two_fields() -> None:
    text = "会上，数据科学与工程学院院长王伟作了报告。"
    assert ("Organization", "数据科学与工程学院") in names(text)
    assert ("Organization", "华为与澄岸研究院") not in names("华为与澄岸研究院合作。")


@pytest.mark.parametrize("line", ["HARBOUR REVIEW", "START-UPS", "# FIELDS & MARKETS"])
def test_a_line_of_capitals_is_a_masthead(line: str) -> None:
    assert not [m for m in named(f"{line}\n\nIt rained all day.") if m.span.end <= len(line)]


def test_a_head_is_no_part_of_a_latin_word() -> None:
    assert ("Model", "QinLLM") in names("墨池智能推出QinLLM。")


def test_a_list_speaks_for_an_ordinary_word() -> None:
    assert "可灵" in {m.text for m in named("可灵、Vidu都来了。")}
    assert "可灵" not in {m.text for m in named("这法子可灵了。")}


def test_conferences_are_no_models() -> None:
    assert "Forge" not in {name for _, name in names("It was shown at the Forge conference in Wuhan.")}
