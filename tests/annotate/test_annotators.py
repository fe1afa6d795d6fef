"""The annotator as a whole: its contract, and how it is chosen."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import annotated, document, rules

from kg import annotate
from kg.annotate.values import DATE
from kg.errors import AnnotatorError

words = st.sampled_from(
    [
        "百度",
        "文心一言",
        "GPT-4",
        "“砚池”大模型",
        "Halberd-2",
        "启衡科技",
        "李彦宏",
        "CEO",
        "第一梯队",
        "1750亿参数",
        "2023年3月",
        "发布了",
        "、",
        "，",
        "。",
        "（",
        "）",
        "\n",
        " ",
        "😀",
        "的",
        "Corvane Labs",
        "the model",
        "该模型",
        "-",
        ".",
        "“",
        "”",
        "\ue000",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(words, max_size=25).map("".join))
def test_the_contract(text: str) -> None:
    marked = annotated(text)
    known = {c.name for c in rules().ontology.classes} | {v.type for v in rules().patterns.values} | {DATE}
    assert all(a.span.end <= b.span.start for a, b in pairwise(marked.mentions))
    assert all(a.end <= b.start for a, b in pairwise(marked.sentences))
    for mention in marked.mentions:
        assert mention.span.start < mention.span.end
        assert mention.text == text[mention.span.start : mention.span.end]
        assert mention.readings
        for reading in mention.readings:
            assert reading.type in known
            assert 0.0 < reading.score <= 1.0
            if reading.entity in rules().lexicon.entries:
                assert rules().lexicon.entity(reading.entity).type == reading.type
    assert annotated(text) == marked


def test_an_unknown_annotator() -> None:
    with pytest.raises(AnnotatorError, match="lexicon"):
        annotate.make("lexcon", rules())
    with pytest.raises(AnnotatorError, match="known"):
        annotate.make("", rules())


def test_an_empty_document() -> None:
    marked = annotate.make("lexicon", rules())(document(""))
    assert marked.sentences == marked.mentions == marked.aliases == ()
    assert marked.annotator == "lexicon"


@pytest.mark.parametrize(
    ("text", "name", "alias"),
    [
        ("智谱AI（以下简称智谱）发布了GLM-4。", "智谱AI", "智谱"),
        ("“砚池”大模型（英文名Yanchi）上线。", "砚池", "Yanchi"),
        ("启衡科技(简称“启衡”)成立了。", "启衡科技", "启衡"),
        ("启衡科技（原名拂晓智能）搬家了。", "启衡科技", "拂晓智能"),
    ],
)
def test_second_names(text: str, name: str, alias: str) -> None:
    assert [(a.name, a.alias) for a in annotated(text).aliases] == [(name, alias)]


@pytest.mark.parametrize(
    "text",
    [
        "百度（北京）发布了文心一言。",
        "百度（阿里云）开会。",
        "百度（2023年）开会。",
        "百度（见下表）开会。",
        "百度（）开会。",
    ],
)
def test_parentheses_that_give_no_name(text: str) -> None:
    assert annotated(text).aliases == ()


def test_a_second_name_is_marked_everywhere() -> None:
    marked = annotated("启衡科技（简称启衡）成立了。后来启衡搬家了。")
    assert [m.name for m in marked.mentions if m.readings[0].type == "Organization"].count("启衡") >= 2
