"""The general word lists of Chinese and English."""

from __future__ import annotations

import pytest

from kg import languages
from kg.model import Stance

WORDS = languages.load()


def test_they_are_read_once() -> None:
    assert languages.load() is WORDS


@pytest.mark.parametrize(
    ("text", "han"),
    [("百度", True), ("GPT大", True), ("〇", True), ("GPT-4", False), ("", False), ("ひ", False), ("，", False)],
)
def test_han(text: str, han: bool) -> None:
    assert languages.has_han(text) is han


@pytest.mark.parametrize(
    "before",
    ["类", "对标", "超过了", "媲美", "相比", "比起", "优于“", "better than ", "like ", "outperforms the ", "rivaling "],
)
def test_what_stands_before_a_name_that_is_only_compared_with(before: str) -> None:
    assert WORDS.compared_before.search(f"它{before}" if languages.has_han(before) else f"It is {before}")


@pytest.mark.parametrize("before", ["发布了", "推出", "由", "released ", "and ", "Our "])
def test_what_stands_before_other_names(before: str) -> None:
    assert not WORDS.compared_before.search(f"它{before}" if languages.has_han(before) else f"We {before}")


@pytest.mark.parametrize("after", ["级别的", "水平", "的竞争对手", "-like", " rival", "-class"])
def test_what_stands_behind_a_name_that_is_only_compared_with(after: str) -> None:
    assert WORDS.compared_after.match(after)


@pytest.mark.parametrize("before", ["基于", "接入了", "通过", "依托", "based on ", "powered by ", "via "])
def test_what_stands_before_a_means(before: str) -> None:
    assert WORDS.means_before.search(f"它{before}" if languages.has_han(before) else f"It is {before}")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("计划发布", Stance.PLANNED),
        ("即将上线", Stance.PLANNED),
        ("有望推出", Stance.PLANNED),
        ("将于下月发布", Stance.PLANNED),
        ("plans to release", Stance.PLANNED),
        ("will launch", Stance.PLANNED),
        ("据传发布", Stance.RUMOURED),
        ("知情人士透露", Stance.RUMOURED),
        ("reportedly", Stance.RUMOURED),
        ("allegedly", Stance.RUMOURED),
        ("尚未发布", Stance.DENIED),
        ("并非", Stance.DENIED),
        ("否认", Stance.DENIED),
        ("has not released", Stance.DENIED),
        ("never released", Stance.DENIED),
    ],
)
def test_stances(words: str, expected: Stance) -> None:
    assert any(cues.stance is expected and cues.before.search(words) for cues in WORDS.stances)


@pytest.mark.parametrize(
    "words", ["发布了文心一言", "上线三天", "released the model", "has launched", "位列第一梯队", "拥有70亿参数"]
)
def test_plain_words_have_no_stance(words: str) -> None:
    assert not any(cues.before.search(words) for cues in WORDS.stances)


def test_names_of_people() -> None:
    assert {"王", "李", "陆", "苏"} <= WORDS.surnames
    assert "欧阳" in WORDS.double_surnames
    assert "的" in WORDS.not_in_given_names
    assert not WORDS.surnames & {"的", "了"}
