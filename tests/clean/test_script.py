"""Simplified characters and the mainland's terms."""

from __future__ import annotations

import pytest

from kg.clean.offsets import MappedText
from kg.clean.script import script, simplified


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("這個軟體用了演算法與晶片", "这个软件用了算法与芯片"),
        ("人工智慧的訓練資料超過1.8兆個", "人工智能的训练数据超过1.8万亿个"),
        ("兩兆參數的軟體", "两万亿参数的软件"),
        ("這個伺服器有5兆赫", "这个服务器有5兆赫"),
        ("他想著這件事，也看著顯著的結果，著名的著作", "他想着这件事，也看着显著的结果，著名的著作"),
        ("乾隆皇后在乾燥的地方", "乾隆皇后在干燥的地方"),
        # a mainland text keeps words that Taiwan uses in another sense
        ("这些资料和晶片都在资料库里，程序员支援了项目", "这些资料和晶片都在资料库里，程序员支援了项目"),
        ("软体动物和软体机器人的方程式", "软体动物和软体机器人的方程式"),
        ("互联网路径与章程式样", "互联网路径与章程式样"),
        # one Taiwanese word in simplified characters may be an accident, two are none
        ("这种演算法需要资料", "这种演算法需要资料"),
        ("这种演算法在伺服器上需要资料", "这种算法在服务器上需要数据"),
        # Hong Kong writes traditional characters with the mainland's terms
        ("這個軟件的資料在網絡上", "这个软件的资料在网络上"),
        ("軟體公司的個人資料與參考資料", "软件公司的个人资料与参考资料"),
        ("plain English", "plain English"),
    ],
)
def test_words(raw: str, expected: str) -> None:
    text = script(MappedText.of(raw))
    assert text.text == expected
    assert script(text).text == expected


def test_one_character_for_one() -> None:
    raw = "這個軟體\n" * 50 + "🚀開源"
    assert len(simplified(raw)) == len(raw)
    assert simplified("") == ""


def test_a_longer_term_stands_for_the_shorter() -> None:
    text = script(MappedText.of("軟體有1.8兆"))
    assert text.text == "软件有1.8万亿"
    assert text.raw(6, 8) == text.raw(6, 7) == text.raw(7, 8)
    assert {note.code for note in text.notes} == {"traditional", "taiwan"}
