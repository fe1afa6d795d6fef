"""One-byte shifts of GBK: what is sure is repaired, the rest is noted with its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.clean.offsets import MappedText
from kg.clean.shift import shift


def split(before: str, after: str, reading: str) -> str:
    """What a tool makes of `before` + `after` if it finds a character inside them and annotates it."""
    raw = (before + after).encode("gbk")
    cut = len(before.encode("gbk")) + 1
    return f"{before}?{reading})" + raw[cut:].decode("gb18030")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("因?yàn)槿斯ぶ悄艿某霈F(xiàn)，很多人改行。", "因為人工智能的出現，很多人改行。"),
        ("是因?yàn)镚PT很大", "是因為GPT很大"),
        ("三樣?xùn)|西", "三樣東西"),
        ("能夠?qū)ν獍l(fā)布", "能夠對外發布"),
        ("他說“這是第一家?!?/span>\n下一段", "他說“這是第一家。”\n下一段"),
        ("很好,F(xiàn)acebook也一樣", "很好,Facebook也一樣"),
        ("這是非常好的。工具是非?,F(xiàn)成的", "這是非常好的。工具是非常現成的"),
        ("有了變化?!跋\ue386M(fèi)很多”的人", "有了變化。“消費很多”的人"),
    ],
)
def test_sure_repairs(raw: str, expected: str) -> None:
    text = shift(MappedText.of(raw))
    assert text.text == expected
    assert [note.code for note in text.notes] == ["shift"]


@pytest.mark.parametrize(
    "raw",
    [
        "工具是非?,F(xiàn)成的",  # no word of the text says what came before
        "第一家?!?/span>",  # no quotation is open
        "他們?qwē)槿斯",
        "云\ue386雀很大",
    ],
)
def test_what_is_not_sure_stays_and_is_noted(raw: str) -> None:
    text = shift(MappedText.of(raw))
    assert text.text == raw
    assert {note.code for note in text.notes} == {"damaged"}
    assert all(note.span is not None for note in text.notes)


def test_a_lost_character_is_marked() -> None:
    text = shift(MappedText.of("走向?qū)崳c放在一起"))
    assert text.text == "走向實\ufffd放在一起"
    (note,) = text.notes
    assert note.code == "damaged"
    assert note.span is not None
    assert "走向?qū)崳c放在一起"[note.span.start : note.span.end] == "?qū)崳c"


@pytest.mark.parametrize("raw", ["真的吗?是的,好!", "为什么?因为贵。", "Nestlé (société) café", "a?b)c", "多少?!真的"])
def test_ordinary_text_is_left_alone(raw: str) -> None:
    text = shift(MappedText.of(raw))
    assert text.text == raw
    assert not text.notes


@given(st.text(alphabet="因為人工智能的出現東西對外發布大家長機會", min_size=0, max_size=6))
def test_a_stretch_after_a_split_is_put_together_again_or_left_alone(rest: str) -> None:
    raw = split("因", "為" + rest + "現", "yàn")
    text = shift(MappedText.of(raw))
    whole = "因為" + rest + "現"
    assert text.text in (whole, raw) or whole.startswith(text.text.split("\ufffd")[0])
    assert len(text.notes) == 1
