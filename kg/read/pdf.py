"""PDF: the text of the pages, and what the file says about itself."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from kg.errors import InputError
from kg.model import Note

PAGE_BREAK = "\n\f\n"
"""What stands between two pages: a form feed on its own line, as plain text has always had it."""

_DATE = re.compile(r"D:(\d{4})(\d{2})?(\d{2})?")


@dataclass(frozen=True, slots=True)
class PdfText:
    """The page texts and the metadata of a PDF."""

    text: str
    title: str | None
    published: str | None
    """The date of its making, year first, as exact as the file has it."""
    notes: tuple[Note, ...]


def read_pdf(data: bytes) -> PdfText:
    """The text of the PDF `data`.

    Raises `InputError` when it is no PDF or a damaged one, when it needs a password, or when it holds pictures only.
    """
    if b"%PDF-" not in data[:1024]:
        raise InputError("not a PDF document, though its name says so")
    with _complaints() as complaints:
        try:
            pages, title, made = _read(data)
        except InputError:
            raise
        except Exception as error:
            # Damaged files make the parser fail in every way that Python has, from KeyError to RecursionError: each
            # means the same, that this one file cannot be read.
            raise InputError(
                f"the PDF is damaged ({type(error).__name__}: {' '.join(str(error).split())[:200]}). "
                "Open it in a viewer and save it again"
            ) from error
    if not any(page.strip() for page in pages):
        raise InputError(f"the PDF has no text on its {len(pages)} pages: scanned pages need OCR first")
    notes = []
    if complaints:
        notes.append(
            Note("damaged", f"the PDF has faults that were passed over, first: {complaints[0]}", len(complaints))
        )
    if blank := sum(not page.strip() for page in pages):
        notes.append(Note("blank-page", "pages of the PDF without text; if they are scanned, they need OCR", blank))
    return PdfText(PAGE_BREAK.join(pages), title, _written(made), tuple(notes))


def _read(data: bytes) -> tuple[list[str], str | None, str | None]:
    """The page texts, the title and the date of making of the PDF `data`."""
    from pypdf import PasswordType, PdfReader
    from pypdf.errors import DependencyError

    try:
        reader = PdfReader(io.BytesIO(data))
        # A file that only forbids printing is encrypted too, and opens without a word.
        if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
            raise InputError("the PDF is encrypted and needs a password. Save it without one")
        pages = [page.extract_text() for page in reader.pages]
        said = reader.metadata
    except DependencyError as error:
        raise InputError("the PDF is encrypted; to read it run: pip install cryptography") from error
    if said is None:
        return pages, None, None
    title = " ".join(str(said.get("/Title") or "").split())
    return pages, title or None, str(said.get("/CreationDate") or "")


def _written(date: str | None) -> str | None:
    match = _DATE.match(date or "")
    return "-".join(part for part in match.groups() if part) if match else None


@contextmanager
def _complaints() -> Iterator[list[str]]:
    """What pypdf has to say about the file, instead of on stderr."""
    messages: list[str] = []

    class Collect(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            messages.append(" ".join(record.getMessage().split()))

    logger = logging.getLogger("pypdf")
    handler, propagate, level = Collect(logging.WARNING), logger.propagate, logger.level
    logger.addHandler(handler)
    logger.propagate = False
    logger.setLevel(logging.WARNING)
    try:
        yield messages
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagate
        logger.setLevel(level)
