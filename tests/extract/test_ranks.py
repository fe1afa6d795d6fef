"""Ranks: a rank alone in a line heads a list of names."""

from __future__ import annotations

import pytest
from reading import facts

RANKING = """▍第一梯队（综合分 ≥ 85）
百度 91.2 持平
腾讯 90.7
▍第二梯队企业
- 阿里巴巴、智谱AI
- 柏岭科技，新上榜

评委说，百度变化不大。
"""


def ranked(text: str) -> set[tuple[str, str]]:
    return {(s, o) for s, p, o in facts(text) if p == "tier"}


def test_the_names_below_a_rank() -> None:
    assert ranked(RANKING) == {
        ("org:baidu", "tier:1"),
        ("org:tencent", "tier:1"),
        ("org:alibaba", "tier:2"),
        ("org:zhipu-ai", "tier:2"),
        ("柏岭科技", "tier:2"),
    }


def test_blank_lines_may_stand_below_the_rank_and_end_the_list() -> None:
    assert ranked("第一梯队\n\n1. 百度\n2. 腾讯\n\n阿里巴巴昨天开会。") == {
        ("org:baidu", "tier:1"),
        ("org:tencent", "tier:1"),
    }


def test_of_two_names_side_by_side_the_last_is_meant() -> None:
    assert ranked("第一梯队\n阿里巴巴达摩院 88\n") == {("org:damo-academy", "tier:1")}


@pytest.mark.parametrize(
    "text",
    [
        "谁能进第一梯队？\n百度\n",
        "百度进入第一梯队的企业名单仍然没有公布出来\n腾讯\n",
        "第一梯队，还有谁。\n腾讯\n",
        "第一梯队和第二梯队\n腾讯\n",
        "第一梯队\n昨天的会上，腾讯没有说话\n",
    ],
)
def test_a_line_that_says_more_heads_no_list(text: str) -> None:
    assert ("org:tencent", "tier:1") not in ranked(text)
