"""One file or record to one `Source`, by its format."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import PurePath

from kg.errors import InputError
from kg.model import Source
from kg.read.decoding import MARKS, declaration, decode, mend
from kg.read.records import Record

LIMIT = 64 << 20
"""The largest document in bytes (64 MiB).  A document is held in memory several times over while it is worked on (raw,
cleaned, with a map between them), so this keeps a build within the memory of a laptop; the longest books have 10 MB."""

TEXT, MARKDOWN, HTML, PDF = "text/plain", "text/markdown", "text/html", "application/pdf"

_MEDIA_TYPES: Mapping[str, str] = {
    ".txt": TEXT,
    ".text": TEXT,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".pdf": PDF,
}

_PAGE = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S)
_SNIFFED = 4096


def too_large(size: int) -> InputError:
    """For a document of `size` bytes, which is beyond `LIMIT`."""
    return InputError(f"{size:,} bytes, more than the limit of {LIMIT >> 20} MiB a document. Split it")


Parse = Callable[[bytes, str, str | None], Source]
"""From the bytes of a file, an id and a media type to the document, as `from_bytes`."""


def load(path: str, parse: Parse, id: str) -> Source:
    """The document in the file at `path`.  Raises `InputError` saying why it cannot be read."""
    try:
        with open(path, "rb") as file:
            size = file.seek(0, 2)
            if size > LIMIT:
                raise too_large(size)
            file.seek(0)
            data = file.read()
    except OSError as error:
        raise unreadable(error) from error
    return parse(data, id, _MEDIA_TYPES.get(PurePath(path).suffix.lower()))


def unreadable(error: OSError) -> InputError:
    """For a file that the system does not let us read."""
    if isinstance(error, PermissionError):
        return InputError("no permission to read it. Change its permissions, or leave it out")
    return InputError(f"not readable: {(error.strerror or type(error).__name__).lower()}")


def from_bytes(data: bytes, id: str, media_type: str | None = None) -> Source:
    """The document that `data` holds.

    `media_type` is what its name says; None has it read as PDF or HTML if it begins as one, else as text.  For text and
    Markdown, `Source.text` is what follows the front matter, and offsets count from there.
    """
    if not data.strip(b" \t\r\n\f\v\xef\xbb\xbf"):
        raise InputError("the document is empty")
    if data.startswith(b"%PDF-"):
        media_type = PDF
    elif media_type is None:
        media_type = HTML if _PAGE.match(_unmarked(data[:_SNIFFED])) else TEXT
    if media_type == PDF:
        return _from_pdf(data, id)
    if media_type == HTML:
        page = decode(data, declared=declaration(data))
        source = from_markup(page.text, id)
        return replace(source, notes=(*page.notes, *source.notes))
    return _from_text(data, id, media_type)


def from_record(record: Record, id: str) -> Source:
    """The document of a JSON record.  What JSON says of it counts before what its page says."""
    if record.html is not None:
        markup, notes = mend(record.html)
        source = from_markup(markup, id)
    else:
        text, notes = mend(record.text or "")
        if not text.strip():
            raise InputError("the document is empty")
        source = Source(id, text)
    return replace(
        source,
        published=_mended(record.published) or source.published,
        title=_mended(record.title) or source.title,
        url=_mended(record.url) or source.url,
        publisher=_mended(record.source) or source.publisher,
        notes=(*notes, *source.notes),
    )


def from_markup(markup: str, id: str) -> Source:
    """The document of a page: its visible text, with the markup beside it."""
    from kg.read.page import parse, visible
    from kg.read.page_metadata import metadata

    if not markup.strip():
        raise InputError("the document is empty")
    root = parse(markup)
    said = metadata(root)
    return Source(id, visible(root), HTML, markup, said.published, said.title, said.url, said.publisher, said.notes)


def _from_text(data: bytes, id: str, media_type: str) -> Source:
    from kg.read.frontmatter import split

    decoded = decode(data)
    front = split(decoded.text)
    if not front.text.strip():
        raise InputError("the document is empty")
    return Source(
        id,
        front.text,
        media_type,
        published=front.published,
        title=front.title,
        url=front.url,
        publisher=front.publisher,
        notes=(*decoded.notes, *front.notes),
    )


def _from_pdf(data: bytes, id: str) -> Source:
    from kg.read.pdf import read_pdf

    pdf = read_pdf(data)
    text, notes = mend(pdf.text)
    return Source(id, text, PDF, published=pdf.published, title=_mended(pdf.title), notes=(*pdf.notes, *notes))


def _unmarked(data: bytes) -> bytes:
    """`data` as if it were in a code that holds ASCII, for its first words to be seen."""
    wide = data.startswith(tuple(mark for mark, code in MARKS if code != "utf-8")) or data[1:2] == b"\0"
    return data.replace(b"\0", b"").lstrip(b"\xff\xfe") if wide else data.removeprefix(b"\xef\xbb\xbf")


def _mended(text: str | None) -> str | None:
    return mend(text)[0] if text else None
