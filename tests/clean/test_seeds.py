"""Five real documents, if they lie beside the project: bodies whole and once, heads and tails right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.clean import clean
from kg.model import Document, Source, Span

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the five real documents are not beside the project")

_PINYIN = re.compile("[\u4e00-\u9fff][(（?][a-zü\u00e0-\u01dc]*[\u00e0-\u01dc][a-zü]*[)）]")
_SPAM = re.compile("久久|无码|毛片|人妻|蜘蛛池|一区二区")


def cleaned(number: str) -> Document:
    (path,) = SEEDS.glob(f"{number}_*.txt")
    return clean(Source(number, path.read_bytes().decode("utf-8")))


@pytest.mark.parametrize(("number", "pinyin"), [("000", 613), ("001", 0), ("002", 1430), ("003", 166), ("004", 0)])
def test_every_annotation_goes_and_no_spam_is_left(number: str, pinyin: int) -> None:
    document = cleaned(number)
    assert sum(note.count for note in document.notes if note.code == "pinyin") == pinyin
    assert not _PINYIN.search(document.text)
    assert not _SPAM.search(document.text)
    assert "span>" not in document.text
    assert "/p>" not in document.text
    assert clean(Source(number, document.text)).text == document.text


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_every_character_has_its_place(number: str) -> None:
    document = cleaned(number)
    for i in range(len(document.text)):
        evidence = document.evidence(Span(i, i + 1))
        assert evidence.exact
        assert evidence.exact == document.raw[evidence.start : evidence.end]


@pytest.mark.parametrize(
    ("number", "length", "title", "published", "head", "tail"),
    [
        ("000", 4420, "阿里也想做个“卖铲子”的人", "2023-11-08", "阿里也想做个", "平台型企业。"),
        ("001", 3691, None, None, "2023年伊始", "良好基础。"),
        ("002", 4931, "阿里云成了全村的希望", None, "阿里云成了", "还有敬畏。"),
        ("003", 2014, None, None, "“盘古为行业而生", "风起云涌之势。"),
        ("004", 4944, "阿里达摩院AI专家交流纪要-调研纪要", "2023-05-15", "阿里达摩院AI", "执行任务，"),
    ],
)
def test_heads_and_tails(
    number: str, length: int, title: str | None, published: str | None, head: str, tail: str
) -> None:
    document = cleaned(number)
    assert document.title == title
    assert (document.published.value if document.published else None) == published
    assert document.text.startswith(head)
    assert document.text.endswith(tail)
    assert len(document.text) == pytest.approx(length, rel=0.01)


@pytest.mark.parametrize(("number", "repaired", "damaged"), [("000", 12, 0), ("002", 16, 0), ("003", 0, 1)])
def test_shifted_bytes(number: str, repaired: int, damaged: int) -> None:
    document = cleaned(number)
    assert sum(note.count for note in document.notes if note.code == "shift") == repaired
    assert sum(note.count for note in document.notes if note.code == "damaged") == damaged


def test_a_body_comes_once() -> None:
    lines = [line for line in cleaned("002").text.split("\n") if line]
    assert len(lines) == len(set(lines))


def test_a_body_of_one_line_is_broken_at_its_points() -> None:
    starts = [
        line.split("、")[0] for line in cleaned("004").text.split("\n") if line[:1].isdigit() and "、" in line[:3]
    ]
    assert starts[:3] == ["1", "2", "3"]
    assert starts[-2:] == ["11", "12"]
