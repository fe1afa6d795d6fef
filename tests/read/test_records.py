"""Documents as JSON."""

from __future__ import annotations

import pytest

from kg.errors import InputError
from kg.read.records import Record, parse


def test_all_keys() -> None:
    line = (
        '{"id": "d1", "text": "正文\\n二", "published": "2023-09-07", "title": " 标题 ", "url": "https://e.org", '
        '"source": "晚报", "unknown": [1, {"x": null}]}'
    )
    assert parse(line.encode()) == Record("d1", "正文\n二", None, "2023-09-07", "标题", "https://e.org", "晚报")


def test_optional_keys_may_be_null_blank_or_missing() -> None:
    assert parse(b'{"text": "x", "id": null, "title": " ", "html": null}') == Record(None, "x", *[None] * 5)


@pytest.mark.parametrize(("written", "id"), [("7", "7"), ("1.50", "1.50"), ("-3", "-3"), ("9" * 5000, "9" * 5000)])
def test_a_number_is_an_id_as_it_was_written(written: str, id: str) -> None:
    assert parse(f'{{"id": {written}, "text": "x"}}'.encode()).id == id


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"{oops", "not JSON: .* at character 2"),
        (b'{"text": "a"} {"text": "b"}', "not JSON: Extra data"),
        (b'["text"]', "an array, where an object"),
        (b'"text"', "a text, where an object"),
        (b"7", "a number, where an object"),
        (b"null", "null, where an object"),
        (b"{}", "no 'text'"),
        (b'{"text": null}', "no 'text'"),
        (b'{"text": 5}', "'text' is a number, where a text"),
        (b'{"text": ["a"]}', "'text' is an array"),
        (b'{"text": "a", "title": {"x": 1}}', "'title' is an object"),
        (b'{"text": "a", "id": true}', "'id' is a truth value"),
        (b'{"text": NaN}', "NaN is no JSON value"),
        (b'{"text": "\xd6\xd0"}', "not UTF-8.*byte 0xd6 at offset 10"),
        (b"[" * 200_000, "nested too deeply"),
    ],
)
def test_a_bad_line_says_what_is_wrong(line: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        parse(line)


def test_a_record_written_and_read_is_the_same() -> None:
    record = Record("7", "a\u2028b\n\ud800🙂\0", None, None, '"', None, "\\")
    assert parse(record.line().strip()) == record
    assert record.line().count(b"\n") == 1


def test_the_digest_is_of_the_text() -> None:
    assert parse(b'{"id": 1, "text": "a"}').digest == parse(b'{"id": 2, "text": "a", "title": "t"}').digest
    assert parse(b'{"text": "a"}').digest != parse(b'{"html": "a"}').digest
    assert parse(b'{"text": "a\\ud800"}').digest != parse(b'{"text": "a\\ud801"}').digest
