"""The offset map: exact, monotone, compact, and the same after a cache."""

from __future__ import annotations

import json
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.clean.offsets import Edit, MappedText, OffsetMap
from kg.model import Note, Span


@st.composite
def edited(draw: st.DrawFn) -> MappedText:
    """A text after a few rounds of edits."""
    text = MappedText.of(draw(st.text(alphabet="abcdefgh", min_size=1, max_size=30)))
    for _ in range(draw(st.integers(0, 4))):
        cuts = sorted(draw(st.sets(st.integers(0, len(text.text)), max_size=8)))
        pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
        text = text.edit(Edit(a, b, draw(st.text(alphabet="XYZ", max_size=4)), draw(st.booleans())) for a, b in pairs)
    return text


@given(edited())
def test_the_map_is_monotone_and_inside_the_raw_text(text: MappedText) -> None:
    spans = [text.raw(i, i + 1) for i in range(len(text.text))]
    assert all(span.start < span.end for span in spans)
    assert all(a.start <= b.start and a.end <= b.end for a, b in pairwise(spans))


@given(edited())
def test_kept_characters_come_from_themselves(text: MappedText) -> None:
    raw = "abcdefgh"
    for i, character in enumerate(text.text):
        span = text.raw(i, i + 1)
        assert character not in raw or len(span) == 1


@given(st.text(min_size=1, max_size=40), st.data())
def test_a_kept_character_is_the_raw_one(raw: str, data: st.DataObject) -> None:
    start, end = sorted((data.draw(st.integers(0, len(raw))), data.draw(st.integers(0, len(raw)))))
    text = MappedText.of(raw).edit([Edit(start, end)] if start < end else [])
    for i, character in enumerate(text.text):
        span = text.raw(i, i + 1)
        assert raw[span.start : span.end] == character


@given(edited(), st.data())
def test_there_and_back(text: MappedText, data: st.DataObject) -> None:
    if not text.text:
        return
    start = data.draw(st.integers(0, len(text.text) - 1))
    end = data.draw(st.integers(start + 1, len(text.text)))
    raw = text.raw(start, end)
    clean = text.offsets.to_clean(raw)
    assert clean is not None
    assert clean.covers(Span(start, end))
    again = text.offsets.to_raw(clean)
    assert again.start <= raw.start
    assert again.end >= raw.end


@given(edited(), st.integers(0, 30), st.integers(0, 30))
def test_to_clean_holds_what_touches_the_raw_span(text: MappedText, a: int, b: int) -> None:
    raw = Span(min(a, b), max(a, b))
    touching = [i for i in range(len(text.text)) if text.raw(i, i + 1).overlaps(raw) and len(raw)]
    expected = Span(touching[0], touching[-1] + 1) if touching else None
    assert text.offsets.to_clean(raw) == expected


@given(edited())
def test_a_dumped_map_is_read_back(text: MappedText) -> None:
    dumped = text.offsets.dump()
    assert OffsetMap.load(dumped) == text.offsets
    assert OffsetMap.load(json.loads(json.dumps(dumped))) == text.offsets


def test_a_removal_leaves_a_gap() -> None:
    text = MappedText.of("創(chuàng)業(yè)").edit([Edit(1, 9), Edit(10, 14)])
    assert text.text == "創業"
    assert text.raw(0, 2) == Span(0, 10)
    assert text.offsets.to_clean(Span(2, 6)) is None
    assert text.offsets.to_clean(Span(0, 14)) == Span(0, 2)


def test_a_replacement_of_another_length_stands_for_the_whole() -> None:
    text = MappedText.of("1.8兆個").edit([Edit(3, 4, "万亿")])
    assert [text.raw(i, i + 1) for i in (3, 4, 5)] == [Span(3, 4), Span(3, 4), Span(4, 5)]


def test_one_run_for_a_text_that_was_only_rewritten() -> None:
    text = MappedText.of("ＡＢＣ" * 1000).same("ABC" * 1000).sub(re.compile("ABC"), "abc")
    assert text.offsets == OffsetMap.identity(3000)
    assert len(text.offsets.starts) == 1


def test_empty_spans_and_texts() -> None:
    text = MappedText.of("abc").edit([Edit(0, 1)])
    assert text.raw(0, 0) == Span(1, 1)
    assert text.raw(2, 2) == Span(3, 3)
    nothing = MappedText.of("abc").edit([Edit(0, 3)])
    assert nothing.raw(0, 0) == Span(0, 0)
    assert nothing.offsets.to_clean(Span(0, 3)) is None
    assert OffsetMap.identity(0).to_raw(Span(0, 0)) == Span(0, 0)


def test_what_is_outside_is_refused() -> None:
    with pytest.raises(ValueError, match="not inside"):
        OffsetMap.identity(3).to_raw(Span(1, 4))


@pytest.mark.parametrize("edits", [[Edit(1, 1, "x")], [Edit(2, 3), Edit(0, 1)], [Edit(0, 2), Edit(1, 3)], [Edit(2, 9)]])
def test_insertions_and_edits_out_of_order_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="an edit of"):
        MappedText.of("abcd").edit(edits)


def test_another_length_is_not_the_same_text() -> None:
    with pytest.raises(ValueError, match="one by one"):
        MappedText.of("abc").same("ab")


def test_a_map_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="as many"):
        OffsetMap.load([[3], [0], [0, 1], [3]])


def test_notes_add_up() -> None:
    one, two = Note("a", "x"), Note("b", "y")
    assert MappedText.of("abc").edit([Edit(0, 1)], one).edit([], two).notes == (one, two)
