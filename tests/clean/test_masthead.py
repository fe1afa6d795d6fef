"""Title and publisher."""

from __future__ import annotations

import pytest

from kg.clean.masthead import publisher, title

PROSE = "公司在春天发布了新的模型，它比以前的更快、更省电，价格也只有一半。"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"新模型来了\n{PROSE}", "新模型来了"),
        (f"# 新模型来了\n{PROSE}", "新模型来了"),
        (f"新模型来了！\n{PROSE}", "新模型来了！"),
        (f"01\n新模型来了\n{PROSE}", "新模型来了"),
        (f"A new model is here\n{PROSE}", "A new model is here"),
        (f"{PROSE}\n一个小标题\n{PROSE}", None),
        (f"- 甲\n- 乙\n{PROSE}", None),
        (f"第一件事；\n{PROSE}", None),
        ("| 甲 | 乙 |\n|---|---|", None),
        ("", None),
    ],
)
def test_the_first_line_that_looks_like_a_heading(text: str, expected: str | None) -> None:
    assert title(text) == expected


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("新模型来了 - 虚构网", "新模型来了"),
        ("新模型来了_科技_虚构网", "新模型来了"),
        ("新模型来了", "新模型来了"),
        ("别的标题 - 虚构网", "别的标题 - 虚构网"),
    ],
)
def test_a_stated_title_loses_the_name_of_its_site_if_the_text_shows_it(stated: str, expected: str) -> None:
    assert title(f"# 新模型来了\n{PROSE}", stated) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("来源：虚构日报", "虚构日报"),
        ("2023-11-08 10:20 来源：虚构网 作者：张三", "虚构网"),
        ("文章来源：虚构网2023-11-08", "虚构网"),
        ("本文来自微信公众号“虚构观察”（ID：abc），作者：张三，经授权发布。", "虚构观察"),
        ("来源：网络", None),
        ("图片来源：虚构图库", None),
        ("数据来源：公开数据", None),
        ("来源不明", None),
        ("收入来源：广告", None),
    ],
)
def test_the_publisher_where_it_is_clear(line: str, expected: str | None) -> None:
    assert publisher(f"标题\n{line}\n{PROSE}") == expected
