"""The laws of cleaning, on hostile texts, and whole documents."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings

from kg.clean import CHARACTERS, LINES, STEPS, clean
from kg.model import Source, Span

from .strategies import hostile


@settings(max_examples=300, deadline=None)
@given(hostile)
def test_cleaning_twice_is_cleaning_once(raw: str) -> None:
    text = clean(Source("d", raw)).text
    assert clean(Source("d", text)).text == text


@settings(max_examples=300, deadline=None)
@given(hostile)
def test_the_map_is_exact(raw: str) -> None:
    document = clean(Source("d", raw))
    before = Span(0, 0)
    for i in range(len(document.text)):
        evidence = document.evidence(Span(i, i + 1))
        assert 0 <= evidence.start < evidence.end <= len(raw)
        assert before.start <= evidence.start
        assert before.end <= evidence.end
        assert evidence.exact == raw[evidence.start : evidence.end]
        assert evidence.quote == document.text[i]
        before = Span(evidence.start, evidence.end)


@settings(max_examples=200, deadline=None)
@given(hostile)
def test_nothing_unwanted_is_left(raw: str) -> None:
    text = clean(Source("d", raw)).text
    unwanted = [c for c in text if (ord(c) < 0x20 and c != "\n") or 0xD800 <= ord(c) < 0xF900 or ord(c) >= 0xF0000]
    assert not unwanted
    assert not set(text) & set("\u200b\u200d\ufeff\u00ad\u3000\u00a0\u2028")
    assert text == text.strip("\n")
    assert "\n\n\n" not in text


def test_the_steps_can_be_printed() -> None:
    assert CHARACTERS + LINES == STEPS
    assert [step.__name__ for step in CHARACTERS][:4] == ["line_ends", "unseen", "shift", "private"]


def test_a_whole_page() -> None:
    raw = (
        "首頁 | 新聞 | 科技 | 登錄\r\n"
        "雲雀公司發(fā)布新模型\r\n"
        "發布時間：2023-07-06 10:20  來源：虛構日報\r\n\r\n"
        "　　雲雀公司週四發(fā)布了百靈大模型 2 . 5 ，并開(kāi)放ＡＰＩ。&nbsp;公司說,它有７０億參數(shù)。\r\n"
        "圖片\r\n"
        "　　公司的首席科學家說：“我們等這一天很久了。”這個模型從今天起可以試用。\r\n"
        "責任編輯：某某\r\n"
        "相關閱讀\r\n"
        "另一家公司也有消息\r\n"
        "Copyright © 2023 虛構日報 版權所有\r\n"
    )
    document = clean(Source("d", raw))
    assert document.text == (
        "云雀公司发布新模型\n\n"
        "云雀公司周四发布了百灵大模型2.5 ，并开放API。 公司说，它有70亿参数。\n"
        "公司的首席科学家说：“我们等这一天很久了。”这个模型从今天起可以试用。"
    )
    assert document.title == "云雀公司发布新模型"
    assert document.publisher == "虚构日报"
    assert document.published is not None
    assert document.published.value == "2023-07-06"
    start = document.text.index("发布了百灵大模型2.5")
    evidence = document.evidence(Span(start, start + len("发布了百灵大模型2.5")))
    assert evidence.exact == "發(fā)布了百靈大模型 2 . 5"
    codes = [note.code for note in document.notes]
    assert {"markup", "pinyin", "traditional", "spacing", "furniture", "published"} <= set(codes)


def test_a_clean_text_stays_as_it_is() -> None:
    raw = "# 标题\n\n第一段说了一件事，第二段说另一件。\n\n| 模型 | 参数 |\n|---|---|\n| 甲 | 7B |\n\n- 甲\n- 乙"
    document = clean(Source("d", raw))
    assert document.text == raw
    assert document.offsets.dump() == ((len(raw),), (0,), (0,), (len(raw),))
    assert document.notes == ()


def test_an_empty_document() -> None:
    document = clean(Source("d", " \r\n\ufeff\n"))
    assert document.text == ""
    assert document.evidence(Span(0, 0)).exact == ""
    assert document.title is document.published is document.publisher is None


def test_metadata_goes_before_the_text() -> None:
    source = Source(
        "d", "来源：某某报 2023-01-01\n正文从这里开始。", published="2024-05-06", title="開(kāi)源", publisher="另一报"
    )
    document = clean(source)
    assert (document.title, document.publisher) == ("开源", "另一报")
    assert document.published is not None
    assert document.published.value == "2024-05-06"


def test_markup_nested_without_end_is_noted() -> None:
    document = clean(Source("d", "<b" * 60 + ">" * 60))
    assert [note.code for note in document.notes] == ["markup", "unsettled"]


_PIECES = ["a", "啊", " ", "?", "(", "<", "&", "|", "*", "\n", "開(kāi)", "1 ", "因?yàn)"]
_PIECES += ["\t", "\u3000", "\xa0", "a  ", "a | "]  # what holds columns apart


@pytest.mark.parametrize("piece", _PIECES)
def test_a_long_line_of_one_piece_is_cleaned_to_the_end(piece: str) -> None:
    raw = piece * (2_000_000 // len(piece.encode()) if piece in "a啊" else 60_000)
    start = time.perf_counter()
    clean(Source("d", raw))
    assert time.perf_counter() - start < 20, "the time must grow with the length and no faster"
