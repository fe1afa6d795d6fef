"""Predicate–argument frames, built by hand as an annotator with semantic roles gives them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from reading import Triple, annotated, rules, triples

from kg.extract import extract, frames
from kg.model import Annotated, Frame, Span, Stance


def framed(text: str, predicate: str, **roles: str) -> Annotated:
    """A text with one frame; the roles are PropBank's, `ARGM_TMP` for `ARGM-TMP`."""

    def span(words: str) -> Span:
        start = text.index(words)
        return Span(start, start + len(words))

    arguments = tuple((label.replace("_", "-"), span(words)) for label, words in roles.items())
    return replace(annotated(text), frames=(Frame(span(predicate), arguments),))


def stated(marked: Annotated) -> set[Triple]:
    return triples(frames.extract(marked, rules()))


def test_agent_theme_and_time() -> None:
    marked = framed("百度去年三月发布文心一言", "发布", A0="百度", A1="文心一言", ARGM_TMP="去年三月")
    assert stated(marked) == {
        ("model:ernie-bot", "developedBy", "org:baidu"),
        ("model:ernie-bot", "releasedOn", "2023-03"),
    }


@pytest.mark.parametrize(
    ("predicate", "relation"),
    [("发布", "releasedOn"), ("推出", "releasedOn"), ("开源", "openSourcedOn"), ("开始内测", "betaOn")],
)
def test_the_predicate_says_which_date(predicate: str, relation: str) -> None:
    text = f"在2023年5月6日，百度{predicate}文心一言"
    marked = framed(text, predicate, A0="百度", A1="文心一言", TMP="2023年5月6日")
    assert ("model:ernie-bot", relation, "2023-05-06") in stated(marked)


def test_propbank_s_long_names_of_roles() -> None:
    marked = framed("OpenAI released GPT-4 last year", "released", ARG0="OpenAI", ARG1="GPT-4", ARGM_TMP="last year")
    assert stated(marked) == {
        ("model:gpt-4", "developedBy", "org:openai"),
        ("model:gpt-4", "releasedOn", "2023"),
    }


def test_an_argument_may_hold_several_names() -> None:
    marked = framed("百度发布文心一言和文心大模型4.0", "发布", A0="百度", A1="文心一言和文心大模型4.0")
    assert stated(marked) == {
        ("model:ernie-bot", "developedBy", "org:baidu"),
        ("model:ernie-4.0", "developedBy", "org:baidu"),
    }


def test_roles_that_are_missing_or_unknown() -> None:
    text = "百度在北京发布文心一言"
    assert stated(framed(text, "发布", A1="文心一言")) == set()
    assert stated(framed(text, "发布", A0="百度")) == set()
    assert stated(framed(text, "发布", A1="文心一言", ARGM_LOC="百度在北京")) == set()


def test_another_predicate_states_nothing() -> None:
    assert stated(framed("百度评价文心一言", "评价", A0="百度", A1="文心一言")) == set()


def test_roles_of_the_wrong_kind_state_nothing() -> None:
    assert stated(framed("文心一言发布百度", "发布", A0="文心一言", A1="百度")) == set()


def test_the_words_reach_from_the_first_argument_to_the_last() -> None:
    marked = framed("据悉百度去年发布文心一言了", "发布", A0="百度", A1="文心一言")
    [found] = frames.extract(marked, rules())
    assert marked.document.text[found.span.start : found.span.end] == "百度去年发布文心一言"


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("百度将于下月发布文心一言", Stance.PLANNED),
        ("百度否认发布文心一言", Stance.DENIED),
        ("据传百度发布文心一言", Stance.RUMOURED),
        ("百度在北京发布文心一言", Stance.ASSERTED),
    ],
)
def test_the_sentence_says_how_sure_it_is(text: str, stance: Stance) -> None:
    found = list(frames.extract(framed(text, "发布", A0="百度", A1="文心一言"), rules()))
    assert [(e.predicate, e.stance) for e in found] == [("developedBy", stance)]


def test_a_negation_among_the_roles() -> None:
    marked = framed("百度从来没发布文心一言", "发布", A0="百度", A1="文心一言", ARGM_NEG="没")
    assert [e.stance for e in frames.extract(marked, rules())] == [Stance.DENIED]


def test_a_question_states_nothing() -> None:
    assert stated(framed("百度发布文心一言了吗？", "发布", A0="百度", A1="文心一言")) == set()


def test_the_head_of_a_role_is_meant_and_what_is_listed_with_it() -> None:
    text = "阿里巴巴旗下的阿里云推出在多项测试上与GPT-4相当的通义千问和“混元”"
    marked = framed(text, "推出", A0="阿里巴巴旗下的阿里云", A1="在多项测试上与GPT-4相当的通义千问和“混元”")
    assert stated(marked) == {
        ("model:tongyi-qianwen", "developedBy", "org:alibaba-cloud"),
        ("model:hunyuan", "developedBy", "org:alibaba-cloud"),
    }
    text = "Microsoft, a backer of OpenAI, released Claude 3, a rival of GPT-4"
    marked = framed(text, "released", ARG0="Microsoft, a backer of OpenAI", ARG1="Claude 3, a rival of GPT-4")
    assert stated(marked) == {("model:claude-3", "developedBy", "org:microsoft")}


@pytest.mark.parametrize("predicate", ["接入", "集成", "搭载", "内置"])
def test_a_predicate_that_is_no_event_is_said_plainly(predicate: str) -> None:
    text = (
        "“写作猫”助手在经过三个月、涉及上百名用户与二十多家出版社的小范围试用和反复调整之后，"
        f"又请编辑们一句一句地核对过三遍全部的例句和注释，{predicate}了文心一言"
    )
    marked = framed(text, predicate, A0="“写作猫”助手", A1="文心一言")
    found = list(frames.extract(marked, rules()))
    assert {(e.subject.name, e.predicate, e.object.entity) for e in found} == {
        ("写作猫", "integrates", "model:ernie-bot")
    }
    assert all(e.extractor.startswith("frames:") for e in found)
    without = [e.extractor for e in extract(replace(marked, frames=()), rules())]
    assert set(without) <= {"pairs", "links"}, "no pattern reaches so far"


def test_a_frame_reaches_where_no_pattern_does() -> None:
    text = "把文心一言在两个月的内部试用和数百次修改之后，于2023年3月16日予以发布的，是百度"
    marked = framed(text, "发布", A0="百度", A1="文心一言", ARGM_TMP="2023年3月16日")
    assert ("model:ernie-bot", "releasedOn", "2023-03-16") in stated(marked)


def test_a_pronoun_is_the_name_it_stands_for() -> None:
    text = "百度成立于2000年。该公司发布文心一言"
    marked = framed(text, "发布", A0="该公司", A1="文心一言")
    assert stated(marked) == {("model:ernie-bot", "developedBy", "org:baidu")}


def test_without_frames_there_is_nothing() -> None:
    assert not list(frames.extract(annotated("百度发布文心一言"), rules()))


def test_frames_take_part_in_the_whole() -> None:
    marked = framed("百度于二〇二三年三月的活动中把文心一言予以发布", "发布", A0="百度", A1="文心一言")
    assert ("model:ernie-bot", "developedBy", "org:baidu") in triples(extract(marked, rules()))
