"""The publication date: metadata, date line, address, dateline, and what is none of them."""

from __future__ import annotations

import pytest

from kg.clean import clean
from kg.model import Source

BODY = "这家公司在春天发布了新的模型，并且说它比以前的更快、更省电，价格也只有一半。"


def day(text: str, **about: str) -> str | None:
    when = clean(Source("d", text, **about)).published  # type: ignore[arg-type]
    return when.value if when else None


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2023-11-08", "2023-11-08"),
        ("2023-11-08T10:20:30Z", "2023-11-08"),
        ("2023-11-08T23:59:00+08:00", "2023-11-08"),
        ("2023-11-08 10:20", "2023-11-08"),
        ("2023/11/8", "2023-11-08"),
        ("2023年11月8日 10:20", "2023-11-08"),
        ("2023.11.08", "2023-11-08"),
        ("20231108", "2023-11-08"),
        ("20231108102030", "2023-11-08"),
        ("Wed, 08 Nov 2023 10:00:00 GMT", "2023-11-08"),
        ("November 8, 2023", "2023-11-08"),
        ("Nov. 8th, 2023", "2023-11-08"),
        ("8 November 2023", "2023-11-08"),
        ("1699430400", "2023-11-08"),
        ("1699430400000", "2023-11-08"),
        ("13/11/2023", "2023-11-13"),
        ("11/13/2023", "2023-11-13"),
        ("08/11/2023", "2023"),
        ("08/08/2023", "2023-08-08"),
        ("2023-11", "2023-11"),
        ("2023年11月", "2023-11"),
        ("2023", "2023"),
        ("2023-02-30", None),
        ("soon", None),
        ("", None),
        ("1023-01-01", None),
    ],
)
def test_metadata_in_any_usual_form(written: str, expected: str | None) -> None:
    assert day(BODY, published=written) == expected


@pytest.mark.parametrize(
    "line",
    [
        "2023/11/08",
        "2023年11月8日",
        "2023-11-08 10:20:33",
        "2023-11-0810:20",
        "发布时间：2023-11-08 10:20",
        "发布于 2023-11-08 10:20 阅读 1024",
        "时间：2023年11月8日 星期三",
        "来源：虚构日报 2023-11-08",
        "2023-11-08 10:20 来源：虚构日报 作者：某某",
        "2023-11-08未知机构喵***",
        "虚构网 2023-11-08",
        "Published November 8, 2023",
        "By Jane Doe | Nov 8, 2023 | 5 min read",
        "November 8, 2023",
    ],
)
def test_a_date_line_near_the_top(line: str) -> None:
    document = clean(Source("d", f"一个标题在这里\n{line}\n{BODY}\n{BODY[:-1]}以上。"))
    assert document.published is not None
    assert document.published.value == "2023-11-08"
    assert line[:10] not in document.text
    (note,) = [note for note in document.notes if note.code == "published"]
    assert note.span is not None
    assert document.raw[note.span.start : note.span.end] == line


@pytest.mark.parametrize(
    "text",
    [
        f"标题\n2023年11月8日，公司发布了新的模型，现场来了很多人。\n{BODY}",
        f"标题\n{BODY}\n公司在2023-11-08发布了模型。\n{BODY}",
        f"2023年11月8日云栖大会回顾\n{BODY}",
        f"（某某社7月3日电）{BODY}",
        f"7月3日消息，{BODY}",
        f"据某某社2023年7月3日报道，{BODY}",
        f"更新记录\n2023-11-08\n{BODY}\n2023-10-01\n{BODY}以前的事。",
        f"- 2023-11-08 发布\n- 2023-10-01 公测\n{BODY}",
        f"| 2023-11-08 | 甲 |\n|---|---|\n{BODY}",
        f"{BODY}\n应用版本：V2.7 | 更新日期：2022-01-21",
    ],
)
def test_what_is_no_publication_date(text: str) -> None:
    assert day(text) is None


def test_an_update_yields_to_the_first_publication() -> None:
    assert day(f"标题\n更新时间：2023-11-09\n发布时间：2023-11-08\n{BODY}") == "2023-11-08"


@pytest.mark.parametrize("mark", ["", "➤ ", "★ "])
def test_a_chronicle_keeps_its_dates(mark: str) -> None:
    text = f"更新记录\n\n{mark}2023-11-08\n\n{BODY}\n\n{mark}2023-10-01\n\n{BODY[:-1]}而已。"
    assert clean(Source("d", text)).text == text


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/news/2023/11/08/story.html",
        "https://example.org/2023-11-08/a",
        "https://example.org/20231108/1.shtml",
        "https://example.org/n1/2023/1108/c1004-1.html",
        "https://example.org/2023-11/08/c_1.htm",
        "https://example.org/202311/t20231108_1.html",
    ],
)
def test_the_date_of_an_address(url: str) -> None:
    assert day(BODY, url=url) == "2023-11-08"


@pytest.mark.parametrize(
    "url", ["https://example.org/12345678/a", "https://example.org/20231399/", "https://a.b/?d=2023"]
)
def test_an_address_without_a_date(url: str) -> None:
    assert day(BODY, url=url) is None


def test_a_dateline_takes_its_year_from_elsewhere() -> None:
    text = f"（某某社7月3日电）{BODY}"
    assert day(text, published="2023") == "2023-07-03"
    assert day(text, url="https://example.org/2023/story") == "2023-07-03"
    assert day(f"某某社上海2023年7月3日电 {BODY}") == "2023-07-03"


def test_the_text_makes_a_coarse_date_exact_but_never_contradicts_it() -> None:
    assert day(f"标题\n2023-11-08\n{BODY}", published="2023-11") == "2023-11-08"
    assert day(f"标题\n2021-01-01\n{BODY}", published="2023-11") == "2023-11"


def test_a_page_may_say_it_outside_its_article() -> None:
    article = f"<article><h1>一个标题在这里</h1><p>{BODY}</p><p>{BODY[:-1]}而已，真的。</p></article>"
    markup = f"<html><body><div class='x'>发布时间：2023-11-08</div>{article}</body></html>"
    text = f"发布时间：2023-11-08\n# 一个标题在这里\n{BODY}\n{BODY[:-1]}而已，真的。"
    assert day(text, markup=markup) == "2023-11-08"


@pytest.mark.parametrize(
    "record",
    [
        "开发商：云梯科技\n发布时间：2023年11月8日\n参数量：700亿",
        "Developer(s)\nCorvane Labs\nInitial release\nNovember 8, 2023\nStable release",
    ],
)
def test_the_date_of_a_record_is_no_date_line(record: str) -> None:
    document = clean(Source("d", f"青岚大模型\n\n{record}\n\n{BODY}"))
    assert document.published is None
    assert "8" in document.text


def test_the_time_of_day_behind_a_comma() -> None:
    line = "Jane Doe, 8 November 2023, 11:02 UTC — 37 comments — Share / Copy link"
    assert day(f"A title of some kind\n{line}\n{BODY}") == "2023-11-08"


@pytest.mark.parametrize("entry", ["v2.1.0　2024-03-05", "版本 2.1.0（2024-03-05）", "Version 2.1 - March 5, 2024"])
def test_the_entry_of_a_changelog_is_no_date_line(entry: str) -> None:
    document = clean(Source("d", f"某笔记 更新日志\n\n{entry}\n· 修了几个错误\n· 换了图标\n"))
    assert document.published is None
    assert "2024" in document.text
