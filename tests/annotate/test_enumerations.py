"""Names that only their list marks."""

from __future__ import annotations

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


def test_versions_that_a_list_tells_by_their_tails() -> None:
    names = {m.name for m in annotated("他们发布了“听潮”大模型，有标准版、Pro版和Max三个版本。").mentions}
    assert {"听潮 标准版", "听潮 Pro", "听潮 Max"} <= names


def test_tails_without_a_thing_before_them_are_no_versions() -> None:
    assert not [m for m in annotated("手机有标准版、Pro版和Max三个版本。").mentions if "标准版" in m.name]
