"""Names that only their list marks."""

from __future__ import annotations

import pytest
from reading import annotated


def named(text: str, type_: str) -> list[str]:
    return [m.name for m in annotated(text).mentions if m.name and m.readings[0].type == type_]


def test_an_item_between_known_names() -> None:
    assert "启元" in named("百度、启元、腾讯、华为都来了。", "Organization")
    assert "腾讯红杉" in named("腾讯会议、腾讯红杉、腾讯文档、微信读书都更新了。", "Product")


def test_a_list_of_things() -> None:
    assert not named("算力、数据、算法、百度都重要。", "Model")
    assert "算法" not in named("算力、数据、算法、百度都重要。", "Organization")


def test_ordinary_words_between_names_stay_words() -> None:
    found = named("百度、腾讯、其他几家公司、华为都来了。", "Organization")
    assert found == ["百度", "腾讯", "华为"]


def test_two_items_are_no_list() -> None:
    assert named("百度、启元都来了。", "Organization") == ["百度"]


@pytest.mark.parametrize(
    ("text", "type_", "expected"),
    [
        ("澜石云、澜石会议、澜石文档等产品都更新了。", "Product", ["澜石云", "澜石会议", "澜石文档"]),
        ("澜石会议、澜石文档和澜石云三款应用。", "Product", ["澜石会议", "澜石文档", "澜石云"]),
        ("衡砚、知渊两家我们都看好。", "Organization", ["衡砚", "知渊"]),
        ("星澜、听潮、玄武等国产大模型相继亮相。", "Model", ["星澜", "听潮", "玄武"]),
        ("榜单上有衡砚、知渊、墨笛三款模型。", "Model", ["衡砚", "知渊", "墨笛"]),
        ("衡砚、澜桥、知渊等八家初创公司到场。", "Organization", ["衡砚", "澜桥", "知渊"]),
    ],
)
def test_the_end_of_a_list_says_what_its_items_are(text: str, type_: str, expected: list[str]) -> None:
    assert set(expected) <= set(named(text, type_))


@pytest.mark.parametrize(
    "text",
    [
        "客服、会议、写作等产品都更新了。",
        "教育、医疗、金融等八家公司到场。",
        "语音、图像、视频三款模型同时亮相。",
    ],
)
def test_ordinary_words_before_such_an_end_stay_words(text: str) -> None:
    assert not {"客服", "会议", "写作", "教育", "医疗", "金融", "语音", "图像", "视频"} & {
        m.name for m in annotated(text).mentions
    }


def test_versions_that_a_list_tells_by_their_tails() -> None:
    names = {m.name for m in annotated("他们发布了“听潮”大模型，有标准版、Pro版和Max三个版本。").mentions}
    assert {"听潮 标准版", "听潮 Pro", "听潮 Max"} <= names


def test_tails_without_a_thing_before_them_are_no_versions() -> None:
    assert not [m for m in annotated("手机有标准版、Pro版和Max三个版本。").mentions if "标准版" in m.name]
