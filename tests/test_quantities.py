"""Numbers as texts write them: exact values, what is no number, and the words around them."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.numerals import decimal, integer
from kg.quantities import Quantity, find, parse


def seen(text: str) -> list[tuple[str, int, str]]:
    return [(q.text, q.value, q.unit) for q in find(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1750亿", 175_000_000_000),
        ("1,750 亿", 175_000_000_000),
        ("１７５０亿", 175_000_000_000),
        ("一千七百五十亿", 175_000_000_000),
        ("10万亿", 10**13),
        ("2.4 万亿", 2_400_000_000_000),
        ("1.17亿", 117_000_000),
        ("6710亿", 671_000_000_000),
        ("三百亿", 30_000_000_000),
        ("一万亿", 10**12),
        ("十亿", 10**9),
        ("3亿5千万", 350_000_000),
        ("1万1千", 11_000),
        ("3000万", 30_000_000),
        ("5千", 5_000),
        ("一百零五", 105),
        ("thirteen billion", 13 * 10**9),
        ("seventy-two billion", 72 * 10**9),
        ("a hundred and five million", 105 * 10**6),
        ("two hundred billion", 200 * 10**9),
        ("一百五", 150),
        ("两千", 2_000),
        ("2万3千亿", 23_000 * 10**8),
        ("一万零一亿", 10_001 * 10**8),
        ("十二", 12),
        ("二〇二四", 2024),
        ("7B", 7_000_000_000),
        ("7b", 7_000_000_000),
        ("0.6B", 600_000_000),
        ("1.8T", 1_800_000_000_000),
        ("350M", 350_000_000),
        ("110M", 110_000_000),
        ("128K", 128_000),
        ("1.5 billion", 1_500_000_000),
        ("70 billion", 70_000_000_000),
        ("1.8 trillion", 1_800_000_000_000),
        ("32,000", 32_000),
        ("96", 96),
        ("3.5", 3.5),
    ],
)
def test_exact_numbers(text: str, value: float) -> None:
    assert parse(text) == value
    assert type(parse(text)) is type(value)


@pytest.mark.parametrize(
    "text",
    [
        "千亿",
        "百亿",
        "百亿级",
        "千亿级",
        "万亿",
        "数百亿",
        "数十亿",
        "十几亿",
        "20几亿",
        "几百万",
        "上千亿",
        "三四百亿",
        "七八",
        "百万",
        "300多个",
        "300多",
        "三百余亿",
        "约1750亿",
        "超2万亿",
        "10亿级",
        "12,34",
        "1.2.3",
        "亿",
        "abc",
        "7BB",
        "B",
        "第三",
        "",
        " ",
        "7 8",
    ],
)
def test_no_exact_number(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    "text", ["参数达千亿级", "数百亿到千亿个参数", "十几亿用户", "近百亿规模", "三四百亿元", "上百家"]
)
def test_orders_of_magnitude_are_not_found(text: str) -> None:
    assert find(text) == ()


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("超2万亿词元", "2万亿", 2 * 10**12),
        ("约1750亿参数", "1750亿", 175 * 10**9),
        ("逾300亿元", "300亿", 300 * 10**8),
        ("近80亿美元", "80亿", 80 * 10**8),
        ("300多个参数", "300多", 300),
        ("32,000多个", "32,000多", 32_000),
        ("1000多亿", "1000多亿", 10**11),
        ("三百余亿", "三百余亿", 3 * 10**10),
        ("10亿级参数", "10亿", 10**9),
        ("20亿以上", "20亿", 2 * 10**9),
        ("about 1.5 billion parameters", "1.5 billion", 1_500_000_000),
        ("more than 70B parameters", "70B", 70 * 10**9),
        ("~7B", "7B", 7 * 10**9),
        ("7-14B的模型", "14B", 14 * 10**9),
    ],
)
def test_approximate_numbers_keep_their_value(text: str, words: str, value: int) -> None:
    (quantity,) = find(text)
    assert (quantity.text, quantity.value, quantity.approximate) == (words, value, True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("拥有1750亿个参数", [("1750亿", 175 * 10**9, "个参数")]),
        ("训练用了2万亿tokens", [("2万亿", 2 * 10**12, "tokens")]),
        ("训练用了 4 万亿个 token", [("4 万亿", 4 * 10**12, "个")]),
        ("2万亿个token", [("2万亿", 2 * 10**12, "个token")]),
        ("融资100亿美元", [("100亿", 10**10, "美元")]),
        ("raised $10 billion", [("10 billion", 10**10, "$")]),
        ("a 7B-parameter model", [("7B", 7 * 10**9, "parameter")]),
        ("96层，12家", [("96", 96, "层"), ("12", 12, "家")]),
        ("上下文128K，32k tokens", [("128K", 128_000, ""), ("32k", 32_000, "tokens")]),
        ("提高30%", [("30", 30, "%")]),
        ("671 B parameters", [("671 B", 671 * 10**9, "parameters")]),
        ("仅用 2.4 万亿参数", [("2.4 万亿", 24 * 10**11, "参数")]),
        ("80GB显存", [("80", 80, "GB")]),
    ],
)
def test_the_word_behind_tells_what_is_counted(text: str, expected: list[tuple[str, int, str]]) -> None:
    assert seen(text) == expected


def test_sizes_inside_names() -> None:
    assert [
        (q.text, q.value) for q in find("Qwen-7B、Falcon 7B / 40B / 180B、7B/14B、Qwen2.5-1.8B、Qwen7B、m-350m")
    ] == [
        ("7B", 7 * 10**9),
        ("7B", 7 * 10**9),
        ("40B", 40 * 10**9),
        ("180B", 180 * 10**9),
        ("7B", 7 * 10**9),
        ("14B", 14 * 10**9),
        ("1.8B", 1_800_000_000),
        ("7B", 7 * 10**9),
        ("350m", 350_000_000),
    ]
    assert not any(q.approximate for q in find("Qwen2.5-7B和GPT-3-175B"))


@pytest.mark.parametrize(
    "text",
    ["版本3.5和2.0", "V3-0324", "14:30", "2023-11-08", "192.168.1.11", "30B-A3B"[3:], "第三百期", "百度一下", "GPT4"],
)
def test_what_is_no_quantity(text: str) -> None:
    assert find(text) == ()


def test_a_multiplied_size_is_no_size() -> None:
    assert [q.value for q in find("8x7B")] == [8]


def test_spans_are_offsets_into_the_text() -> None:
    text = "🎯 约１７５０亿参数 and 7B"
    first, second = find(text)
    assert [text[q.span.start : q.span.end] for q in (first, second)] == ["１７５０亿", "7B"]
    assert first == Quantity(first.span, "１７５０亿", 175 * 10**9, True, "参数")


@pytest.mark.parametrize("text", ["二三", "三万五亿千", "十十", "千", "12,34亿", "一万亿亿亿亿", "零零五六万千"])
def test_numerals_in_no_order(text: str) -> None:
    assert decimal(text) is None
    assert integer(text) is None


_DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """A number from 1 to 10**16 - 1 as one writes it in Chinese."""

    def group(value: int, lead: bool) -> str:
        words, gap = "", lead
        for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit = value // unit % 10
            if digit:
                words += ("零" if gap and words + "x" else "") + _DIGITS[digit] + name
                gap = False
            else:
                gap = gap or bool(words)
        return words

    text = ""
    for unit, name in ((10**12, "万亿"), (10**8, "亿"), (10**4, "万"), (1, "")):
        value = number // unit % 10**4
        if value:
            text += group(value, bool(text) and value < 1000) + name
    # 一万亿 and 三亿 stand apart in speech: 一万零三亿
    return text.replace("万亿", "万", 1) if number >= 10**12 and number // 10**8 % 10**4 else text


@given(st.integers(1, 10**16 - 1))
def test_chinese_numerals_read_back(number: int) -> None:
    assert integer(chinese(number)) == number


@given(st.decimals("0.01", "9999", places=2), st.sampled_from([("万", 10**4), ("亿", 10**8), ("万亿", 10**12)]))
def test_figures_with_units_are_exact(figure: Decimal, unit: tuple[str, int]) -> None:
    words, value = f"{figure}{unit[0]}", figure * unit[1]
    assert parse(words) == value
    assert [(q.text, q.value) for q in find(f"它有{words}参数")] == [(words, int(value))]


@given(st.integers(1, 999), st.sampled_from([("K", 3), ("M", 6), ("B", 9), ("T", 12)]), st.integers(0, 9))
def test_suffixed_sizes_are_exact(whole: int, suffix: tuple[str, int], tenth: int) -> None:
    words = f"{whole}.{tenth}{suffix[0]}"
    value = (10 * whole + tenth) * 10 ** (suffix[1] - 1)
    assert parse(words) == value
    assert [(q.text, q.value) for q in find(f"Model-{words}-Chat，{words}")] == [(words, value)] * 2


@given(st.text(alphabet="0123456789.,亿万千百十几数多约第BMKTxv- 三〇零$", max_size=60))
def test_hostile_figures_never_break(text: str) -> None:
    assert all(text[q.span.start : q.span.end] == q.text for q in find(text))
    parse(text)


@pytest.mark.parametrize(
    "text", ["它有1750亿参数，很多人都在用，效果也不错。" * 48_000, "1" * 1_000_000, "三百" * 500_000, "1," * 100_000]
)
def test_a_megabyte_is_read_in_seconds(text: str) -> None:
    start = time.process_time()
    find(text)
    seconds = time.process_time() - start
    assert seconds < 5, f"{len(text) / seconds:,.0f} characters a second"
