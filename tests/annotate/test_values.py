"""Values in a text: dates, tiers, sizes, titles."""

from __future__ import annotations

import pytest
from reading import annotated


def values(text: str, type_: str) -> list[str]:
    found = [m.reading(type_) for m in annotated(text).mentions]
    return [r.value.lexical for r in found if r and r.value]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("有1750亿参数", ["175000000000"]),
        ("有1750亿个参数", ["175000000000"]),
        ("参数量达到1300亿", ["130000000000"]),
        ("参数规模为10万亿", ["10000000000000"]),
        ("7B模型", ["7000000000"]),
        ("参数：0.6B", ["600000000"]),
        ("1.8T参数", ["1800000000000"]),
        ("has 175 billion parameters", ["175000000000"]),
        ("a 70B model", ["70000000000"]),
        ("7B、14B和72B三个版本", ["7000000000", "14000000000", "72000000000"]),
        ("参数达到千亿级", []),
        ("观微-32B参数量320亿", ["32000000000"]),
        ("70亿-130亿参数", ["13000000000"]),
        ("参数38亿，32K", ["3800000000"]),
        ("激活参数只有21亿", []),
        ("激活21亿参数", []),
        ("上下文长度128K", []),
        ("用了1.2万亿token", []),
        ("融资10亿美元", []),
        ("用户超过1亿", []),
        ("trained on 15 trillion tokens", []),
        ("raised $2 billion", []),
        ("21B active parameters", []),
        ("96层", []),
    ],
)
def test_sizes(text: str, expected: list[str]) -> None:
    assert values(f"{text}。", "Size") == expected


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("第一梯队", "1"),
        ("第二阵营", "2"),
        ("第三档次", "3"),
        ("the first tier", "1"),
        ("a second-tier lab", "2"),
        ("top-tier", "1"),
        ("Tier 2", "2"),
        ("tier-one", "1"),
    ],
)
def test_tiers(text: str, rank: str) -> None:
    marked = annotated(f"属于{text}。" if "第" in text else f"It is {text}.")
    [reading] = [r for m in marked.mentions if (r := m.reading("Tier"))]
    assert reading.entity == f"tier:{rank}"


@pytest.mark.parametrize("text", ["第一个梯子。", "第一名。", "frontier models。", "第一次发布。"])
def test_no_tiers(text: str) -> None:
    assert not [m for m in annotated(text).mentions if m.reading("Tier")]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("百度CTO王海峰到场。", ["CTO"]),
        ("百度首席技术官王海峰到场。", ["首席技术官"]),
        ("百度高级副总裁王海峰到场。", ["高级副总裁"]),
        ("启衡科技董事长苏蔓卿到场。", ["董事长"]),
        ("Sam Altman, the chief executive of OpenAI, left.", ["chief executive"]),
    ],
)
def test_titles(text: str, titles: list[str]) -> None:
    assert values(text, "Title") == titles


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("2023年3月16日下雨。", ["2023-03-16"]),
        ("昨天下雨。", ["2024-06-19"]),
        ("去年8月下雨。", ["2023-08"]),
        ("It rained on March 16, 2023.", ["2023-03-16"]),
        ("近日下雨。", []),
    ],
)
def test_dates(text: str, dates: list[str]) -> None:
    assert values(text, "Date") == dates
