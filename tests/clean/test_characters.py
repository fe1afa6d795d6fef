"""Line ends, unseen and private-use characters, widths; numbers, punctuation, breaks, layout."""

from __future__ import annotations

import pytest

from kg.clean.characters import line_ends, private, unseen, widths
from kg.clean.offsets import MappedText
from kg.clean.spacing import breaks, columns, layout, numbers, punctuation
from kg.model import Span


@pytest.mark.parametrize(
    ("step", "raw", "expected"),
    [
        (line_ends, "a\r\nb\rc\u2028d\x0ce\x85f\r\r\ng", "a\nb\nc\nd\ne\nf\n\ng"),
        (unseen, "\ufeff开\u200b源\x00模\u00ad型\ufe0f", "开源模型"),
        (unseen, "e\u0301", "e\u0301"),
        (unseen, "a\tb\nc", "a\tb\nc"),
        (unseen, "半\ud83d个", "半个"),
        (private, "云\ue386雀\U0010fffd", "云雀"),
        (widths, "ＧＰＴ－４，２．５！％＠", "GPT-4，2.5！%@"),
        (widths, "全　角\u00a0空\u2009格", "全 角 空 格"),
        (widths, "a\u2011b\u2010c–d—e", "a-b-c–d—e"),
        (widths, "⼤模型 豈 𝐆𝟒", "大模型 豈 G4"),
        (widths, "（甲）：乙～丙", "（甲）：乙～丙"),
        (numbers, "通义千问 2 . 5", "通义千问2.5"),
        (numbers, "版本 3 .5 和 4. 0", "版本3.5 和 4. 0"),
        (numbers, "2 0 2 3 年 1 1 月", "2023年 11月"),
        (numbers, "Tide-V1 2月18号开源", "Tide-V1 2月18号开源"),
        (numbers, "1 7 5 0 亿参数", "1750亿参数"),
        (numbers, "1 2 3 4 5", "1 2 3 4 5"),
        (numbers, "A 1 B 2", "A 1 B 2"),
        (numbers, "in 2023. 7B models came later.", "in 2023. 7B models came later."),
        (punctuation, "你好,世界!真的吗?是;不是:对", "你好，世界！真的吗？是；不是：对"),
        (punctuation, "用GPT-4,因为快", "用GPT-4，因为快"),
        (punctuation, "Google, Apple: 32,000 at 10:30", "Google, Apple: 32,000 at 10:30"),
        (punctuation, "见https://a.b/c?d=1,e", "见https://a.b/c?d=1,e"),
        (punctuation, "开源(重新做一遍)的(Cloud)", "开源（重新做一遍）的(Cloud)"),
        (punctuation, "[标题](链接)", "[标题](链接)"),
        (punctuation, "????据消息\n?标题", "据消息\n标题"),
        (punctuation, "No Han here? (really), yes!", "No Han here? (really), yes!"),
        (layout, "\n\n　a\t\tb  \n\n\n\nc\n", "a b\n\nc"),
        (layout, "  段落\n  - 子项", "段落\n  - 子项"),
    ],
)
def test_a_step(step, raw: str, expected: str) -> None:  # type: ignore[no-untyped-def]
    before = widths(MappedText.of(raw)) if step is layout else MappedText.of(raw)
    text = step(before)
    assert text.text == expected
    assert step(text).text == expected


def test_the_map_of_a_number_that_was_pulled_apart() -> None:
    raw = "通义千问 2 . 5 版"
    text = numbers(MappedText.of(raw))
    assert text.text == "通义千问2.5 版"
    assert text.raw(4, 7) == Span(5, 10)


def test_a_very_long_line_is_broken_at_its_points() -> None:
    raw = "概要： 1、第一点。 2、第二点 3)第三点 一、说明。 新的一段" + "很长的话" * 120
    text = breaks(MappedText.of(raw))
    assert text.text.split("\n")[:5] == ["概要：", "1、第一点。", "2、第二点", "3)第三点", "一、说明。"]
    assert len(text.text) == len(raw)
    assert text.offsets.dump() == MappedText.of(raw).offsets.dump()


def test_a_short_line_is_not_broken() -> None:
    assert breaks(MappedText.of("概要： 1、第一点。 2、第二点")).text == "概要： 1、第一点。 2、第二点"


ROWS = "公司    模型\t日期\n甲    乙\t丙\n\n丁  戊  己\n正文。"


def test_gaps_between_columns_become_bars() -> None:
    text = columns(MappedText.of(ROWS))
    assert text.text == "| 公司 | 模型 | 日期\n| 甲 | 乙 | 丙\n\n| 丁 | 戊 | 己\n正文。"
    at = text.text.index("乙")
    assert text.offsets.to_raw(Span(at, at + 1)) == Span(ROWS.index("乙"), ROWS.index("乙") + 1)
    assert columns(text).text == text.text


def test_a_wide_space_holds_columns_apart() -> None:
    text = columns(MappedText.of("名次　模型　　机构\n1　　甲一　　乙　\n2　丙二　　　丁"))
    assert text.text == "| 名次 | 模型 | 机构\n| 1 | 甲一 | 乙　\n| 2 | 丙二 | 丁"


def test_bars_without_an_edge_get_one() -> None:
    raw = " | 甲 | 乙\n参数 | 7B | 9B\n发布｜3月｜4月"
    text = columns(MappedText.of(raw))
    assert text.text == "| | 甲 | 乙\n| 参数 | 7B | 9B\n| 发布｜3月｜4月"
    assert columns(MappedText.of("| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |")).text == "| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |"
    assert columns(MappedText.of("首页 | 新闻 | 关于\n一句话。")).text == "首页 | 新闻 | 关于\n一句话。"


@pytest.mark.parametrize(
    "raw", ["甲    乙    丙\n丁    戊    己", "甲  乙\n丙  丁\n戊  己", f"甲  {'乙' * 41}  丙\n" * 4]
)
def test_other_gaps_stay(raw: str) -> None:
    assert columns(MappedText.of(raw)).text == raw


def test_semicolons_line_after_line_hold_columns_apart() -> None:
    text = columns(MappedText.of("Model; Who; Size; Since\nTarn; Acme; 3B; 2024\nLoch; Umbra; 7B; 2025"))
    assert text.text.split("\n")[1] == "| Tarn | Acme | 3B | 2024"


def test_semicolons_of_sentences_hold_nothing_apart() -> None:
    raw = "We came; we saw.\nWe left; we slept.\nThey stayed; they ate."
    assert columns(MappedText.of(raw)).text == raw


def test_a_long_note_ends_a_row_between_bars() -> None:
    raw = f"Name | Released | Maker | Notes\nTarn | 2024 | Acme | {'long ' * 40}\nLoch | 2025 | Umbra | short"
    assert columns(MappedText.of(raw)).text.split("\n")[1].startswith("| Tarn | 2024")
