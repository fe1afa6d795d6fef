"""Versions that a text tells by less than their names."""

from __future__ import annotations

import pytest
from reading import annotated, extractions


def versions(text: str) -> dict[str, str]:
    """The names of things in a text, with the words that name them."""
    return {m.name: m.text for m in annotated(text).mentions if m.readings[0].type in ("Model", "Product") and m.name}


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("云梯科技去年发布了听雪大模型，今年1月升级到2.0版本。", "听雪2.0", "2.0版本"),
        ("云梯科技上线了听雪大模型，年底又出了2.0。", "听雪2.0", "2.0"),
        ("听雪大模型去年问世，今年3月发布了2.5版。", "听雪2.5", "2.5版"),
        ("听雪大模型由云梯科技研发，3.0版于去年7月推出。", "听雪3.0", "3.0版"),
        ("Fernlight-7B came out in March; version 2.0 followed in June.", "Fernlight-7B 2.0", "2.0"),
    ],
)
def test_a_number_alone_is_a_version_of_the_name_before_it(text: str, name: str, words: str) -> None:
    assert versions(text).get(name) == words


@pytest.mark.parametrize(
    "text",
    [
        "听雪大模型于2019年发布1.0版。",  # the first version of a thing is the thing
        "听雪大模型很受欢迎。\n上个月，系统发布了2.0版。",  # another line
        "听雪大模型的得分升级到2.35倍。",
        "听雪2.0发布后，又出了2.0。",
    ],
)
def test_other_numbers_are_none(text: str) -> None:
    assert not {name for name, words in versions(text).items() if words[0].isdigit()}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Fernlight 7B / 40B / 180B 都已开源。", {"Fernlight 7B", "Fernlight 40B", "Fernlight 180B"}),
        ("云梯科技发布了听雪-1.8B、7B和20B三个版本。", {"听雪-1.8B", "听雪-7B", "听雪-20B"}),
        ("Qwen2-7B、72B均可下载。", {"Qwen2-7B", "Qwen2-72B"}),
    ],
)
def test_a_list_tells_versions_by_their_sizes(text: str, names: set[str]) -> None:
    assert set(versions(text)) == names


def test_the_words_for_a_size_reach_back_to_the_name() -> None:
    found = [e for e in extractions("Fernlight 7B / 40B 由云梯科技发布。") if e.predicate == "parameterCount"]
    assert {e.subject.name: len(e.span) for e in found} == {"Fernlight 7B": 12, "Fernlight 40B": 18}


def test_sizes_behind_something_else_are_sizes() -> None:
    assert set(versions("听雪大模型有7B、40B两种尺寸。")) == {"听雪"}


def test_a_list_tells_versions_by_their_tails() -> None:
    assert {"Tarn Pro", "Tarn Mini"} <= versions("Tarn大模型，分Pro和Mini两个版本。").keys()


def test_a_generation_is_a_version() -> None:
    assert versions("听雪大模型发布后，听雪二代也来了。").get("听雪二代") == "听雪二代"
