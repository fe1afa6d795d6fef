"""Names of files in messages."""

from __future__ import annotations

import os

import pytest

from kg.read.names import shown, speakable


@pytest.mark.parametrize("name", ["a.txt", "新闻 2023.txt", "docs/b-1.jsonl"])
def test_a_plain_name_is_shown_as_it_stands(name: str) -> None:
    assert shown(name) == name


@pytest.mark.parametrize(
    "name", ["a\nb.txt", "it's.txt", 'say "x".txt', "red\x1b[31m.txt", "back\\slash", "\u202egpj.exe"]
)
def test_anything_else_is_quoted_on_one_line(name: str) -> None:
    assert shown(name) == repr(name)
    assert shown(name).isprintable()


def test_a_name_that_is_not_utf8_can_be_written() -> None:
    name = os.fsdecode(b"bad\xff.txt")
    assert speakable(name) == "bad\\xff.txt"
    shown(name).encode("utf-8")
