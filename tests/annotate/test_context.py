"""What the rest of a document says of a name that no list holds: appositions, families, short forms."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from reading import annotated, resolved, rules

from kg.annotate.latin import latin_names
from kg.model import Mention

SURE = 0.75
"""The score from which a name has a family and short forms."""


def mentions(text: str, name: str) -> list[Mention]:
    return [m for m in annotated(text).mentions if m.name == name]


def first(text: str, name: str) -> tuple[str, float]:
    """The class of the first mention of a name, and how sure it is."""
    reading = mentions(text, name)[0].readings[0]
    return reading.type, reading.score


def aliases(text: str) -> list[tuple[str, str]]:
    return [(a.name, a.alias) for a in annotated(text).aliases]


# what a name is called beside it -------------------------------------------------------------------------------------

APPOSED = [
    ("Lumi, the citizen assistant, answered first.", "Lumi", "Product"),
    ("They tried Brindle, a very small translation tool.", "Brindle", "Product"),
    ("We asked Brindle, which is a small research company, about it.", "Brindle", "Organization"),
    ("We asked Brindle, our smallest research unit, about it.", "Brindle", "Organization"),
    ("We asked Brindle, who leads the group, about it.", "Brindle", "Person"),
    ("He uses Brindle, a small open language model.", "Brindle", "Model"),
    ("He uses Brindle, its fastest speech encoder.", "Brindle", "Model"),
    ("Brindle是一家很小的语音公司。", "Brindle", "Organization"),
    ("Brindle总部位于一座小城。", "Brindle", "Organization"),
    ("“云帆”是一款审稿软件。", "云帆", "Product"),
    ("“云帆”是一款很小的模型。", "云帆", "Model"),
    ("Brindle's chief executive sails.", "Brindle", "Organization"),
    ("Last year Brindle raised $4 million.", "Brindle", "Organization"),
    ("They spoke to Ada Brindle, our co-founder.", "Ada Brindle", "Person"),
    ("Ada Brindle, 38, is chief executive of a port.", "Ada Brindle", "Person"),
    ("He likes Brindle, the writing app from a small publisher.", "Brindle", "Product"),
    ("We met Brindle, the fastest runner in town, in May.", "Brindle", ""),
    ("We met Brindle in a company car.", "Brindle", ""),
    ("Brindle遇到了一家很小的语音公司。", "Brindle", ""),
    ("“云帆”不在那款审稿软件里。", "云帆", ""),
]


@pytest.mark.parametrize(("text", "name", "type_"), APPOSED)
def test_the_words_right_behind_a_name_say_what_it_is(text: str, name: str, type_: str) -> None:
    found, score = first(text, name)
    if type_:
        assert (found, score >= SURE) == (type_, True)
    else:
        assert score < SURE


VERSIONS = [
    ("澄岸科技推出“知潮”大模型。今年3月，知潮2发布。", "知潮2"),
    ("“知潮”大模型很慢。澄岸科技发布知潮1.0版。", "知潮1.0"),
]


@pytest.mark.parametrize(("text", "name"), VERSIONS)
def test_numbers_alone_tell_a_version(text: str, name: str) -> None:
    assert first(text, name)[0] == "Model"


def test_a_number_of_things_is_no_version() -> None:
    assert not mentions("澄岸科技推出“知潮”大模型。知潮2个月后更新。", "知潮2")


DEFINED = [
    ("砚台是澄岸科技推出的写作工具。昨天砚台更新了。", "砚台", "Product"),
    ("潮汐（Tide）是由澄岸科技研发的语言模型。", "潮汐", "Model"),
]


@pytest.mark.parametrize(("text", "name", "type_"), DEFINED)
def test_a_sentence_defines_a_name(text: str, name: str, type_: str) -> None:
    assert {first(text, name)[0]} == {type_}
    assert len(mentions(text, name)) == text.count(name)


@pytest.mark.parametrize(
    "text", ["这是澄岸科技推出的写作工具。", "我们是澄岸科技推出的写作工具的用户。", "该产品是澄岸科技推出的写作工具。"]
)
def test_a_pronoun_is_not_defined(text: str) -> None:
    assert not [m for m in annotated(text).mentions if m.recognizer == "defined"]


def test_what_an_apposition_says_holds_everywhere() -> None:
    text = "We asked Brindle about it. In May we met Brindle, a small research company."
    assert [m.readings[0].type for m in mentions(text, "Brindle")] == ["Organization", "Organization"]


def test_a_sure_class_is_not_changed_by_what_stands_behind() -> None:
    assert first("Corvane Labs, the assistant of all poets, moved.", "Corvane Labs")[0] == "Organization"
    assert first("We saw GPT-4, a company car and a dog.", "GPT-4") == ("Model", 1.0)


# families ------------------------------------------------------------------------------------------------------------


def test_the_beginning_of_a_sure_name_is_of_its_class() -> None:
    text = "They trained Wrenfield-3B. Then Wrenfield was renamed."
    assert first(text, "Wrenfield") == ("Model", 0.8)
    assert first("They visited Wrenfield. Then it rained.", "Wrenfield")[1] < SURE


def test_what_begins_with_a_known_name_is_of_its_class() -> None:
    assert first("他们用过Qwen-Harbor。", "Qwen-Harbor") == ("Model", 0.8)
    assert first("They say the new Qwen-Harbor is fast.", "Qwen-Harbor") == ("Model", 0.8)
    assert first("他们用过Harbor-Qwen。", "Harbor-Qwen")[1] < SURE


def test_hyphens_join_known_names_to_one() -> None:
    text = "他们用过Qwen-Llama-V。"
    assert [m.name for m in annotated(text).mentions if m.name] == ["Qwen-Llama-V"]
    assert [m.name for m in annotated("他们用过Qwen和Llama。").mentions if m.name] == ["Qwen", "Llama"]


# short forms ---------------------------------------------------------------------------------------------------------


def test_a_company_is_called_by_the_beginning_of_its_name() -> None:
    text = "云帆科技搬家了。后来云帆又搬回来了。"
    (short,) = mentions(text, "云帆")
    assert (short.text, short.readings[0].type, short.recognizer) == ("云帆", "Organization", "short")
    assert text[short.span.start : short.span.end] == "云帆"
    assert aliases(text) == [("云帆科技", "云帆")]


def test_a_short_form_becomes_another_name_of_the_same_thing() -> None:
    found = resolved("云帆科技发布了“砚池”大模型。云帆又发布了“墨海”大模型。")
    makers = {c.object for c in found.claims if c.predicate == "developedBy"}
    assert len(makers) == 1


def test_the_short_form_of_two_names_is_none_of_either() -> None:
    text = "云帆科技和云帆大学都搬家了。后来云帆又搬回来了。"
    assert not mentions(text, "云帆")
    assert not aliases(text)


def test_a_version_without_its_number_is_the_family_and_no_alias() -> None:
    text = "“听潮2”大模型发布了。听潮很快。"
    (family,) = mentions(text, "听潮")
    assert (family.readings[0].type, family.recognizer) == ("Model", "short")
    assert not aliases(text)


def test_the_family_of_two_versions_is_found_too() -> None:
    assert len(mentions("听潮2.0大模型和听潮3.0大模型发布了。听潮很快。", "听潮")) == 1


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("后来云帆又搬回来了。", "云帆"),
        ("云帆科技搬家了。", "云帆"),
        ("全球科技搬家了。全球都知道。", "全球"),
        ("鸿科技搬家了。鸿雁南飞。", "鸿"),
        ("Corvane Labs moved. Corvane is a village too.", "Corvane"),
    ],
)
def test_no_short_form(text: str, short: str) -> None:
    assert not [m for m in mentions(text, short) if m.recognizer == "short"]
    assert short not in {alias for _, alias in aliases(text)}


def test_short_forms_never_lie_inside_other_mentions() -> None:
    text = "云帆科技搬家了。云帆科技的云帆大模型很快，云帆又搬回来了。"
    marked = annotated(text).mentions
    assert all(a.span.end <= b.span.start for a, b in pairwise(marked))


# names that begin with a model's name --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [("混元智能发布了新品。", "混元智能"), ("通义科技搬家了。", "通义科技"), ("盘古集团搬家了。", "盘古集团")],
)
def test_a_company_s_name_that_begins_with_a_model_s(text: str, name: str) -> None:
    assert {(r.type, r.entity) for m in annotated(text).mentions for r in m.readings} == {("Organization", None)}
    assert [m.name for m in annotated(text).mentions] == [name]


def test_the_model_itself_is_still_known() -> None:
    assert {r.entity for m in annotated("混元大模型更新了。").mentions for r in m.readings} >= {"model:hunyuan"}
    assert {r.entity for m in annotated("混元更新了智能客服。").mentions for r in m.readings} >= {"model:hunyuan"}


# names at their other places -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name", "class_"),
    [
        ("他们推出了垂直大模型“鹿野”。鹿野很快，鹿野也不贵。", "鹿野", "Model"),
        ("“鹿野”儿科大模型今天亮相。鹿野很快。", "鹿野", "Model"),
        ("他们用“鹿野”人机协同操作系统。鹿野很快。", "鹿野", "Product"),
        ("The chatbot Brindle answered. Nobody asked Brindle why.", "Brindle", "Product"),
    ],
)
def test_a_marked_name_is_one_everywhere(text: str, name: str, class_: str) -> None:
    assert {m.readings[0].type for m in mentions(text, name)} == {class_}
    assert len(mentions(text, name)) == text.count(name)


def test_a_quoted_word_is_none_without_its_quotes() -> None:
    assert len(mentions("他们喊出“小步快跑”。小步快跑很难。", "小步快跑")) <= 1


def test_people_are_called_by_their_family_names() -> None:
    text = "Mira Okonkwo, chief scientist at Brindle Labs, spoke. Okonkwo left early."
    assert ("Mira Okonkwo", "Okonkwo") in aliases(text)
    assert first(text, "Okonkwo")[0] == "Person"


def test_who_holds_a_title_is_known_by_it() -> None:
    assert first("Mira Okonkwo, head of research at Tessaly, spoke.", "Tessaly")[0] == "Organization"
    assert first("We met Tessaly's chief scientist.", "Tessaly")[0] == "Organization"


# names that go on from known ones ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("华为发布了盘古水利大模型。", "盘古水利大模型"),
        ("他们训练了星火医疗大模型X7。", "星火医疗大模型X7"),
        ("They tried Qwen2.5-Harbour-Tiny first.", "Qwen2.5-Harbour-Tiny"),
        ("They tried Gemma HARBOUR 3B first.", "Gemma HARBOUR 3B"),
        ("百度医疗已将它接入。", "百度医疗"),
        ("子公司广州百度凯风科技有限公司签约。", "广州百度凯风科技有限公司"),
    ],
)
def test_a_name_goes_on(text: str, name: str) -> None:
    assert mentions(text, name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("文心一言大模型很大。", "文心一言"),
        ("文心一言通用大模型很大。", "文心一言"),
        ("百度科技股份有限公司签约。", "百度"),
        ("百度数据显示，它很快。", "百度"),
    ],
)
def test_words_that_only_describe_do_not(text: str, name: str) -> None:
    assert {m.readings[0].entity for m in annotated(text).mentions if m.text.startswith(name)} == {
        annotated(name).mentions[0].readings[0].entity
    }


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("主讲：陶既白（东陵理工大学副教授）", "陶既白"),
        ("东陵理工大学陶既白教授团队开源了“墨池”。", "陶既白"),
        ("东陵理工大学计算机系欧阳明博士到场。", "欧阳明"),
        ("CEO由原COO哈丽娅·苏接任。", "哈丽娅·苏"),
        ("Odile Varenne 出任上海公司启衡智能技术副总裁。", "Odile Varenne"),
        ("现任总经理吕清和，人在宁波。", "吕清和"),
        ("向CEO裴晗汇报。", "裴晗"),
    ],
)
def test_people_beside_their_posts(text: str, name: str) -> None:
    assert [m.name for m in annotated(text).mentions if m.readings[0].type == "Person"] == [name]


@pytest.mark.parametrize(
    ("text", "named"), [("瑾枢CEO章启原说。", ["瑾枢"]), ("前任CEO章启原说。", []), ("自任CEO。", [])]
)
def test_who_has_a_chief(text: str, named: list[str]) -> None:
    assert [m.name for m in annotated(text).mentions if m.readings[0].type == "Organization"] == named


def test_a_house_goes_on_behind_latin_letters() -> None:
    assert "Quillon AI研究院" in [m.name for m in annotated("Quillon AI研究院拿出了新作。").mentions]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("近日，澜鹮（北京）科技有限公司开会了。", "澜鹮（北京）科技有限公司"),
        ("由澜鹮（上海）有限公司运营。", "澜鹮（上海）有限公司"),
        ("澜鹮科技股份有限公司开会了。", "澜鹮科技股份有限公司"),
        ("澜鹮网络有限责任公司开会了。", "澜鹮网络有限责任公司"),
        ("百度发布澜鹮Vision 2，很快。", "澜鹮Vision 2"),
        ("百度发布澜鹮Max版，很快。", "澜鹮Max"),
        ("榕问大模型已上线。", "榕问"),
    ],
)
def test_names_with_what_belongs_to_them(text: str, name: str) -> None:
    assert name in [m.name for m in annotated(text).mentions]


@pytest.mark.parametrize("name", ["GPL v3", "Apache-2.0", "CC BY-SA 4.0", "GSM-8K", "Fig 9.2", "Table 3"])
def test_licences_benchmarks_and_figures_are_no_names(name: str) -> None:
    assert not [m for m in annotated(f"Some {name} tells more about it.").mentions if m.name and name in m.text]


def test_two_companies_are_not_one_registered_name() -> None:
    named = [m.text for m in annotated("华为技术有限公司和阿里巴巴（中国）网络技术有限公司出席。").mentions]
    assert named == ["华为技术有限公司", "阿里巴巴（中国）网络技术有限公司"]


def test_a_domain_without_such_houses_has_no_mention_of_no_class() -> None:
    names = replace(rules().patterns.names, suffixes=())
    tails = re.compile("(?!)")
    found = list(latin_names("Quillon AI研究院拿出了新作。", names, tails, english=False))
    assert all(mention.readings for mention in found)


def test_a_head_before_a_date_is_that_of_the_name_before_it() -> None:
    assert mentions("听岫大模型今日发布。", "听岫")


def test_a_name_before_a_head_is_one_where_it_stands_alone() -> None:
    assert len(mentions("帆板大模型发布了。目前，帆板已接入系统。人们喜欢玩帆板运动。", "帆板")) == 2


def test_a_quoted_name_may_end_like_a_known_one() -> None:
    assert [m.name for m in annotated("“岐山千问”大模型今天上线。").mentions if m.readings[0].type == "Model"] == [
        "岐山千问"
    ]


def test_a_name_goes_on_with_what_it_is_for() -> None:
    assert mentions("他们发布了 Tarn for Work。", "Tarn for Work")


@pytest.mark.parametrize(
    ("text", "name", "type_"),
    [
        ("DUI 2.0已全面接入GPT-4o。", "DUI 2.0", "Product"),
        ("Kelo助手是一款应用。Kelo 3 发布了。", "Kelo 3", "Product"),
        ("Lisbon's Marejada said so.", "Marejada", "Organization"),
        ("We heard Dr Ixer on that.", "Ixer", "Person"),
    ],
)
def test_what_else_tells_the_class_of_a_name(text: str, name: str, type_: str) -> None:
    assert first(text, name)[0] == type_


@pytest.mark.parametrize(
    ("text", "name", "type_"),
    [
        ("还有一款写作工具，名叫笔阵，很便宜。", "笔阵", "Product"),
        ("我们拿Qwen2微调了一版，取名照壁。", "照壁", "Model"),
        ("这是家里的机器人小岚，会扫地。", "小岚", "Product"),
        ("市民在体验“鹭洲”。屏幕后面是导览大模型鹭洲，昨日上线。", "鹭洲", "Model"),
        ("吉岚：1月推出文心一言的新版。", "吉岚", "Organization"),
        ("控股子公司杭州数沛总经理欧阳松出席。", "数沛", "Organization"),
        ("晴湖车联的产品总监乔维讲了话。", "晴湖车联", "Organization"),
    ],
)
def test_names_that_the_words_beside_them_tell(text: str, name: str, type_: str) -> None:
    assert (name, type_) in {(m.name, m.readings[0].type) for m in annotated(text).mentions}


@pytest.mark.parametrize(
    "text", ["市民谈“安全”。大家都说安全第一。", "功能：推出了文心一言入口。", "有人名叫王小川，今年五岁。"]
)
def test_words_beside_which_the_like_stands_are_no_names(text: str) -> None:
    listed = {"安全", "功能", "王小川"}
    assert listed.isdisjoint(m.name for m in annotated(text).mentions if m.readings[0].type != "Person")


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("武汉衡沐科技有限公司昨天开会。衡沐很高兴。", "衡沐"),
        ("武汉衡沐科技有限公司昨天开会。衡沐科技很高兴。", "衡沐科技"),
        ("沐禾（上海）医疗有限公司昨天开会。沐禾医疗很高兴。", "沐禾医疗"),
        ("Baraka Telecom Group met. It is said that Baraka grows.", "Baraka"),
    ],
)
def test_companies_without_their_legal_form_and_seat(text: str, short: str) -> None:
    assert short in {m.text for m in annotated(text).mentions if m.readings[0].type == "Organization"}


@pytest.mark.parametrize("slogan", ["会写诗也会写信", "让办公更简单"])
def test_a_slogan_is_no_name(slogan: str) -> None:
    assert slogan not in {m.name for m in annotated(f"百度推出大模型“{slogan}”。").mentions}


@pytest.mark.parametrize("text", ["杭州云栖小镇，百度CEO李彦宏来了。", "百度CTO李书文，主管车端模型。"])
def test_where_somebody_is_and_what_he_leads_are_nobody(text: str) -> None:
    named = {m.name for m in annotated(text).mentions if m.readings[0].type == "Person"}
    assert not named & {"杭州云", "车端模"}
