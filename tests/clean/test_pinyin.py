"""Pinyin annotations: the true readings go, everything else in brackets stays."""

from __future__ import annotations

import pytest

from kg.clean.offsets import MappedText
from kg.clean.pinyin import pinyin, readings, reads


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("創(chuàng)業(yè)", "創業"),
        ("开（kāi）源", "开源"),
        ("行(háng)業(yè)與銀行(yín)", "行業與銀行(yín)"),
        ("我們(men)開(kāi)會", "我們開會"),
        ("們(men)", "們(men)"),
        ("函数(print)和(kāi)", "函数(print)和(kāi)"),
        ("綠(lǜ)色", "綠色"),
        ("綠(lu\u0308\u0300)色", "綠色"),
        ("零样本(zeroshot)学習(xí)", "零样本(zeroshot)学習"),
        ("GPT(jī)", "GPT(jī)"),
    ],
)
def test_annotations(raw: str, expected: str) -> None:
    assert pinyin(MappedText.of(raw)).text == expected


def test_every_removal_is_counted() -> None:
    (note,) = pinyin(MappedText.of("創(chuàng)業(yè)")).notes
    assert (note.code, note.count) == ("pinyin", 2)


def test_both_forms_of_a_character_are_read() -> None:
    assert reads("發", "fā")
    assert reads("发", "fā")
    assert not reads("發", "fá")
    assert {"xíng", "háng"} <= readings("行")
