"""From bytes to text: marks, declared codes, guesses that must be right, and bytes that are no text."""

from __future__ import annotations

import codecs

import pytest

from kg.errors import InputError
from kg.read.decoding import declaration, decode, mend

MAINLAND = (
    "本报讯（记者 林晓）市交通局昨天公布了今年第一季度的公交数据。数据显示，全市日均客流比去年同期增长了百分之六，"
    "新开的三条线路受到了居民的欢迎。负责人说，接下来还会在城北的几个小区增加站点，让老人出门更加方便。"
    "有市民表示，车里干净了，等车的时间也短了，希望晚上的末班车能再晚一点。"
)
TAIWANESE = (
    "（記者陳怡君／台北報導）氣象局今天表示，受到東北季風影響，北部和東半部地區下週二起轉為有雨的天氣，氣溫明顯下降。"
    "預報員提醒，早晚出門要多加一件外套，山區的民眾也要注意落石。農業單位則說，這波雨水對中南部的水庫幫助不大，"
    "還要等到春天才能知道一期稻作的供水情形。宏碁與鄰里合辦的活動照常舉行。"
)
ENGLISH = "The council’s plan — “a first step” — costs £2 million… and the café stays."


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_mark_decides_and_is_no_part_of_the_text(mark: bytes, encoding: str) -> None:
    text = MAINLAND + "\r\n🙂"
    decoded = decode(mark + text.encode(encoding))
    assert (decoded.text, decoded.encoding, decoded.notes) == (text, encoding, ())


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (MAINLAND, "gb18030"),
        (MAINLAND, "gbk"),
        (TAIWANESE, "gbk"),
        (TAIWANESE, "big5hkscs"),
        (TAIWANESE, "cp950"),
        (MAINLAND, "utf-16-le"),
        (TAIWANESE, "utf-16-be"),
        (MAINLAND, "utf-32-le"),
        ("Plain English words.\n", "utf-16-le"),
        ("Plain English words.\n", "utf-16-be"),
        (ENGLISH, "cp1252"),
    ],
)
def test_the_guess_is_right(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert [note.code for note in decoded.notes] == ["encoding"]


@pytest.mark.parametrize(("text", "encoding"), [(MAINLAND, "gb18030"), (TAIWANESE, "big5hkscs")])
@pytest.mark.parametrize("length", [12, 25, 60])
def test_the_guess_is_right_for_a_few_words_too(text: str, encoding: str, length: int) -> None:
    for start in range(0, len(text) - length, 7):
        cut = text[start : start + length]
        assert decode(cut.encode(encoding)).text == cut


def test_utf8_is_not_guessed_at() -> None:
    decoded = decode((MAINLAND + TAIWANESE).encode())
    assert (decoded.encoding, decoded.notes) == ("utf-8", ())


@pytest.mark.parametrize("position", [0, 10, 30, len(MAINLAND)])
def test_utf8_with_one_bad_byte_is_damaged_and_not_another_code(position: int) -> None:
    data = MAINLAND.encode()
    offset = len(MAINLAND[:position].encode())
    with pytest.raises(InputError, match=f"UTF-8 but for byte 0xff at offset {offset}.*save the document again"):
        decode(data[:offset] + b"\xff" + data[offset:])


@pytest.mark.parametrize(("text", "encoding", "name"), [(MAINLAND, "gb18030", "GB18030"), (TAIWANESE, "big5", "Big5")])
def test_the_first_bad_byte_of_a_guessed_code_is_named(text: str, encoding: str, name: str) -> None:
    data = text.replace("宏碁", "公所").replace(" ", "").encode(encoding)
    with pytest.raises(InputError, match=f"{name} but for byte 0xff at offset 40"):
        decode(data[:40] + b"\xff" + data[40:])


def test_a_cut_off_mark_document_says_where() -> None:
    with pytest.raises(InputError, match="UTF-16-LE but for byte 0x2d at offset 4"):
        decode(codecs.BOM_UTF16_LE + "中".encode("utf-16-le") + b"\x2d")


def test_text_in_a_code_that_is_not_read_here_says_so() -> None:
    with pytest.raises(
        InputError, match=r"neither UTF-8, GB18030, Big5 nor UTF-16.*offset 0.*Save the document as UTF-8"
    ):
        decode("Городской совет утвердил новый бюджет на следующий год".encode("cp1251"))


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "a PNG image"),
        (b"PK\x03\x04\x14\0\0\0\x08\0" + bytes(range(256)) * 3, "zip"),
        (b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0" + bytes(300), "a program"),
        (b"some words\0and more", "not a text document"),
        (bytes(range(1, 32)) * 40, "not a text document"),
        (b"\0" * 100, "not a text document"),
    ],
)
def test_what_is_no_text_is_told_apart(data: bytes, kind: str) -> None:
    with pytest.raises(InputError, match="not a text document") as raised:
        decode(data)
    assert kind in str(raised.value)


def test_a_declared_code_counts_unless_the_bytes_are_utf8() -> None:
    assert decode("说明".encode("gbk"), declared="gb18030").encoding == "gb18030"
    assert decode(MAINLAND.encode(), declared="gb18030").text == MAINLAND
    # These four bytes are a word in GB18030, and two letters in UTF-8.
    assert decode("侣".encode("gbk") + b" x", declared="gb18030").text == "侣 x"
    assert decode(TAIWANESE.encode("big5hkscs"), declared="cp949").text == TAIWANESE


@pytest.mark.parametrize(
    ("head", "code"),
    [
        (b'<meta charset="gb2312">', "gb18030"),
        (b"<META HTTP-EQUIV=Content-Type CONTENT='text/html; charset=GBK'>", "gb18030"),
        (b"<?xml version='1.0' encoding='big5'?>", "big5hkscs"),
        (b"<meta charset=utf-8>", None),
        (b"<meta charset=utf-16>", None),
        (b"<meta charset=martian>", None),
        (b"<meta charset=iso-8859-1>", "cp1252"),
        (b"<p>charset=gbk</p>", None),
    ],
)
def test_what_a_page_declares(head: bytes, code: str | None) -> None:
    assert declaration(head) == code


def test_characters_that_are_none_are_replaced_one_for_one() -> None:
    text, notes = mend("a\ud83db\0c🙂")
    assert text == "a\ufffdb\ufffdc🙂"
    assert [(note.code, note.count) for note in notes] == [("damaged", 2)]
    assert mend("plain") == ("plain", ())
