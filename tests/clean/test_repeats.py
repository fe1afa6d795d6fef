"""What a page says twice: bodies as blocks, paragraphs, titles."""

from __future__ import annotations

from kg.clean.offsets import MappedText
from kg.clean.repeats import repeats, titles

BODY = (
    "第一段讲了公司的历史，它在十年前成立，最初只有三个人。\n"
    "模型\n"
    "第二段讲了模型的参数，以及它在三个榜单上的名次。\n"
    "第三段讲了价格，每百万个词元只要一元钱。\n"
    "算力\n"
    "第四段讲了数据中心，它在西部的一座小城。"
)


def test_a_second_body_goes_with_its_short_headings() -> None:
    text = repeats(MappedText.of(f"标题\n{BODY}\n评论\n{BODY}\n结尾"))
    assert text.text == f"标题\n{BODY}\n评论\n\n结尾"
    (note,) = text.notes
    assert note.code == "repeat"
    assert note.span is not None


def test_a_copy_on_one_line_is_found_by_its_sentences() -> None:
    line = BODY.replace("\n", "")
    assert repeats(MappedText.of(line + line)).text == line


def test_a_copy_with_other_punctuation_and_spaces_is_a_copy() -> None:
    assert repeats(MappedText.of(BODY + "\n" + BODY.replace("，", ", "))).text == BODY + "\n"


def test_a_long_paragraph_said_twice() -> None:
    line = "这一段很长，它说明了公司为什么要在这个时候发布新的模型，以及它对以后的打算，一共有三个原因。"
    assert repeats(MappedText.of(f"{line}\n别的话。\n{line}")).text == f"{line}\n别的话。\n"


def test_short_lines_and_refrains_stay() -> None:
    raw = "甲\n乙\n丙\n甲\n乙\n丙\n是的。是的。是的。"
    assert repeats(MappedText.of(raw)).text == raw


def test_rows_that_differ_in_a_number_stay() -> None:
    raw = "\n".join(
        f"我们在2024年{month}月发布了模型的第{month}个版本，欢迎下载试用并告诉我们意见和建议。" for month in range(1, 9)
    )
    assert repeats(MappedText.of(raw)).text == raw


def test_a_title_that_comes_twice_has_the_page_head_above_it() -> None:
    prose = "公司在春天发布了新的模型，它比以前的更快、更省电，价格也只有一半。"
    raw = f"12345 新模型来了怎么办\n某某网站\n服务热线\n新模型来了怎么办\n{prose}\n新模型来了怎么办\n{prose}续。"
    text = titles(MappedText.of(raw))
    assert text.text == f"新模型来了怎么办\n{prose}\n{prose}续。"


def test_a_line_with_the_title_and_the_site_is_the_pages_own() -> None:
    prose = "公司在春天发布了新的模型，它比以前的更快、更省电，价格也只有一半。"
    raw = f"[未知]：新模型来了怎么办-纪要 - 某某报告\n新模型来了怎么办-纪要\n{prose}"
    assert titles(MappedText.of(raw)).text == f"新模型来了怎么办-纪要\n{prose}"


def test_a_title_that_comes_once_leaves_the_head_alone() -> None:
    raw = "某某日报\n新模型来了怎么办\n公司在春天发布了新的模型，它比以前的更快、更省电，价格也只有一半。"
    assert titles(MappedText.of(raw)).text == raw
