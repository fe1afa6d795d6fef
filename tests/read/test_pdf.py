"""PDF: text, metadata, and what goes wrong."""

from __future__ import annotations

import logging

import pytest

from kg.errors import InputError
from kg.read.pdf import PAGE_BREAK, read_pdf

from .pdfs import encrypted, pdf


def test_pages_are_joined_by_a_form_feed() -> None:
    assert PAGE_BREAK == "\n\f\n"
    assert read_pdf(pdf("First page", "Second page")).text == "First page\n\f\nSecond page"


def test_title_and_date_come_from_the_file() -> None:
    read = read_pdf(pdf("words", Title=" 年度\n报告 ", CreationDate="D:20231108120000+08'00'"))
    assert (read.title, read.published) == ("年度 报告", "2023-11-08")
    assert read_pdf(pdf("words", CreationDate="D:202311")).published == "2023-11"
    assert read_pdf(pdf("words", CreationDate="last week")).published is None
    assert read_pdf(pdf("words")).title is None


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_encryption(algorithm: str) -> None:
    assert read_pdf(encrypted(pdf("words"), "", algorithm)).text == "words"
    with pytest.raises(InputError, match="encrypted and needs a password"):
        read_pdf(encrypted(pdf("words"), "secret", algorithm))


def test_scanned_pages_say_so() -> None:
    with pytest.raises(InputError, match="no text on its 2 pages: scanned"):
        read_pdf(pdf("", ""))
    read = read_pdf(pdf("words", ""))
    assert [(note.code, note.count) for note in read.notes] == [("blank-page", 1)]


def test_damage_is_one_clear_line(capfd: pytest.CaptureFixture[str]) -> None:
    whole = pdf("words")
    for data in (whole[:300], b"%PDF-1.4\nnothing more", whole.replace(b"xref", b"xxxx").replace(b"obj", b"bjo")):
        with pytest.raises(InputError, match="the PDF is damaged") as raised:
            read_pdf(data)
        assert "\n" not in str(raised.value)
    with pytest.raises(InputError, match="not a PDF"):
        read_pdf(b"words")
    assert capfd.readouterr() == ("", "")


def test_faults_that_were_passed_over_are_a_note_and_not_on_stderr(capfd: pytest.CaptureFixture[str]) -> None:
    data = pdf("words").replace(b"startxref\n", b"startxref\n1")
    read = read_pdf(data)
    assert read.text == "words"
    assert [note.code for note in read.notes] == ["damaged"]
    assert capfd.readouterr() == ("", "")
    logger = logging.getLogger("pypdf")
    assert (logger.handlers, logger.propagate, logger.level) == ([], True, logging.NOTSET)
