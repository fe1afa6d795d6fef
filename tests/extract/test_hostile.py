"""Texts that nobody wrote to be read: nothing fails, and the time grows with the length and no faster."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import annotated, extractions, facts, rules

from kg.extract import extract

LONG = 100_000
UNBROKEN = {
    "Han characters": "模",
    "letters": "a",
    "capitals": "Ab",
    "digits": "1",
    "dots and digits": "1.",
    "full stops": "。",
    "commas": "，",
    "opening quotes": "“",
    "empty quotes": "“”",
    "opening parentheses": "（",
    "pairs of parentheses": "（）",
    "bars": "|",
    "cells": "| a ",
    "private use": "\ue000",
    "private use, closed": "\ue000\ue010\ue001",
    "emoji": "😀",
    "family emoji": "👨‍👩‍👧",
    "hyphens": "-",
    "line breaks": "\n",
    "spaces": " ",
    "headings": "# ",
    "particles": "的",
    "combining marks": "e\u0301",
    "heads without a name": "大模型",
    "one word of names": "GPT-4",
    "words": "Word ",
    "versions alone": "升级到2.0版，",
    "boxes": "总部 杭州\n",
    "sections": "【产品】\n听雪 - 小\n",
    "ourselves": "我们说，",
    "small letters": "wrenlm is a model\n",
    "records": "模型：青岚\n参数：7B\n研发：云梯\n\n\n说明\n",
}


@pytest.mark.parametrize("unit", UNBROKEN.values(), ids=UNBROKEN)
def test_long_texts_without_a_break(unit: str) -> None:
    text = (unit * (LONG // len(unit) + 1))[:LONG]
    start = time.perf_counter()
    marked = annotated(text)
    extract(marked, rules())
    assert time.perf_counter() - start < 10
    assert all(text[m.span.start : m.span.end] == m.text for m in marked.mentions)


def test_deep_brackets() -> None:
    deep = 20_000
    for opening, closing in ("（）", "“”", "《》", "[]", "()", "「」"):
        assert not facts(opening * deep + "模型" + closing * deep)


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "。", "？！…", "（）", "“”", "|", "||", "|\n|", "#", "-", "\ue000", "\ufffd", "\x00"]
)
def test_next_to_nothing(text: str) -> None:
    assert extractions(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "😀百度😀发布了😀文心一言😀。",
        "百度发布了文心一言。\ue000\ue001\ue002\ue003",
        "\ufeff百度发布了文心一言。",
        "（（（百度发布了文心一言）））。",
        "百度发布了文心一言" + "！" * 500,
    ],
)
def test_a_plain_statement_survives_its_surroundings(text: str) -> None:
    assert ("model:ernie-bot", "developedBy", "org:baidu") in facts(text)


def test_characters_of_the_skeleton_in_the_text_make_no_slots() -> None:
    slots = "".join(f"\ue000{letter}\ue001" for letter in rules().patterns.letters.values())
    assert extractions(f"{slots}发布了{slots}。") == ()
    assert not facts(f"\ue002发布了{slots}，{slots}属于\ue000第一梯队\ue001。")


words = st.sampled_from(
    [
        *"，。、；：（）“”《》|#-·\n 的是和在由与等最😀\ue000\ue001\u200b",
        "百度",
        "文心一言",
        "GPT-4",
        "Halberd-2",
        "第一梯队",
        "发布",
        "推出",
        "开源",
        "内测",
        "2023年3月16日",
        "1750亿参数",
        "7B",
        "基于",
        "接入",
        "旗下",
        "据传",
        "计划",
        "该模型",
        "其",
        "CEO",
        "李彦宏",
        "released",
        "is based on",
        "the model",
        "in the first tier",
        "Corvane Labs",
        ", ",
        ". ",
        "’s ",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(words, max_size=30).map("".join))
def test_any_order_of_words_gives_sound_extractions(text: str) -> None:
    found = extractions(text)
    assert found == extractions(text)
    for extraction in found:
        relation = rules().ontology.relation(extraction.predicate)
        assert extraction.subject.type in relation.domain
        assert 0.0 < extraction.confidence <= 1.0
        assert 0 <= extraction.span.start < extraction.span.end <= len(text)
        assert extraction.subject.entity is None or extraction.subject.entity != extraction.object.entity
    assert list(found) == sorted(found, key=lambda e: e.span)
