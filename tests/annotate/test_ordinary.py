"""Names that only their characters show."""

from __future__ import annotations

import dataclasses
import random
import re
from pathlib import Path

import pytest
from reading import annotated, extractions, rules, shown

from kg.annotate import ordinary
from kg.languages import HAN


def unmarked(text: str) -> dict[str, str]:
    """The names that nothing else found, with the class of each."""
    found = (m for m in annotated(text).mentions if m.recognizer.startswith("unmarked"))
    return {m.name: m.readings[0].type for m in found}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("墨鹮接入了通义千问。", "墨鹮"),
        ("昨天晚上，鸢瑾面向公众开放。", "鸢瑾"),
        ("我们把它叫鹮穗，用了两年。", "鹮穗"),
        ("上个月你们的鹮辰Lingo开始内测。", "鹮辰Lingo"),
        ("他们现在用栎鹮，说是很快。", "栎鹮"),
    ],
)
def test_characters_that_no_word_has_together(text: str, name: str) -> None:
    assert name in unmarked(text)


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("合同审查产品鹮律，4月已经上线。", "Product"),
        ("这家公司的大模型鸢瑾，已经开放。", "Model"),
        ("他去年收购了初创公司栎鹮。", "Organization"),
        ("鹮脉的GPT-4用户不多。", "Organization"),
    ],
)
def test_what_stands_beside_it_tells_its_class(text: str, type_: str) -> None:
    assert set(unmarked(text).values()) == {type_}


@pytest.mark.parametrize(
    "text",
    [
        "公司表示，用户将会得到更好的服务，系统也会更加稳定。",
        "这是一次重要的升级，团队为此准备了很久，大家都很期待。",
        "他说，行业的竞争会越来越激烈，价格还会继续下降。",
        "平台上线以来，访问量持续上升，服务器一度拥堵。",
        "张三和李四都在现场，王五没有来。",
    ],
)
def test_ordinary_words_are_no_names(text: str) -> None:
    assert unmarked(text) == {}


def test_a_name_without_a_mark_takes_part() -> None:
    found = {(shown(e.subject), e.predicate, shown(e.object)) for e in extractions("墨鹮全面接入了通义千问。")}
    assert ("墨鹮", "integrates", "model:tongyi-qianwen") in found


def test_nothing_is_found_without_the_pairs() -> None:
    bare = dataclasses.replace(rules(), ordinary=None)
    assert bare.ordinary is None
    assert rules().ordinary is not None


def test_what_is_learned_is_what_is_kept(tmp_path: Path) -> None:
    seeds = tmp_path / ordinary.FOLDER
    seeds.mkdir(parents=True)
    ordinary.save(ordinary.learned(["一丁，鿋鿏鿕", "abc 模型平台"]), seeds)
    kept = ordinary.load(tmp_path)
    assert kept is not None
    assert kept.strange("一丁") == kept.strange("鿋鿏鿕")[:1] == [False]
    assert kept.strange("模型平台") == [False, False, False]
    assert kept.strange("丁模台") == [True, True]
    assert ordinary.load(tmp_path / "elsewhere") is None


def test_any_characters_can_be_asked() -> None:
    known = rules().ordinary
    assert known is not None
    chance = random.Random(0)
    letters = [chr(c) for c in range(0x3000, 0x9FFF, 7) if re.match(f"[{HAN}]", chr(c))] + ["\u3007"]
    for _ in range(50):
        run = "".join(chance.choices(letters, k=9))
        assert len(known.strange(run)) == 8


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("鹮渚成立三年了。大家都知道鹮渚的主力模型。", "Organization"),
        ("身为鹮渚联合创始人，他很忙。后来鹮渚融了两轮。", "Organization"),
        ("大家都在用鹮渚，它支持方言。听说鹮渚参数不多。", "Model"),
    ],
)
def test_its_places_tell_the_class_of_a_name(text: str, type_: str) -> None:
    assert set(unmarked(text).values()) == {type_}


def test_a_name_is_found_at_all_its_places() -> None:
    text = "鹮渚成立三年了。有人说起鹮渚很激动。"
    assert [m.span.start for m in annotated(text).mentions if m.name == "鹮渚"] == [0, 12]
