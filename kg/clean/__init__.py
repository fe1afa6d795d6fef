"""Cleaning: from a document as it was read to the text of its article, with a map back to the raw text.

    >>> from kg.model import Source, Span
    >>> document = clean(Source("d", "<p>開(kāi)源軟件ＡＢ</p>"))
    >>> document.text, document.evidence(Span(0, 2)).exact
    ('开源软件AB', '開(kāi)源')

`STEPS` is the order of the work: first characters, then lines.  Every step takes a `MappedText` and returns one, and
leaves notes of what it did.  They are run until they change nothing more, so that cleaning twice is cleaning once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kg.clean import masthead
from kg.clean.characters import line_ends, private, unseen, widths
from kg.clean.furniture import furniture, glued, spam
from kg.clean.markup import markup
from kg.clean.offsets import Edit, MappedText, OffsetMap
from kg.clean.page import body
from kg.clean.pinyin import pinyin
from kg.clean.published import date_lines, published
from kg.clean.repeats import repeats, titles
from kg.clean.script import script
from kg.clean.shift import shift
from kg.clean.spacing import breaks, columns, layout, numbers, punctuation
from kg.model import Document, Note, Source

__all__ = ["CHARACTERS", "LINES", "STEPS", "Edit", "MappedText", "OffsetMap", "Step", "clean"]

Step = Callable[[MappedText], MappedText]

CHARACTERS: tuple[Step, ...] = (
    line_ends,
    unseen,
    shift,  # before private-use characters go: they are halves of what it repairs
    private,
    markup,
    columns,  # before wide spaces become narrow ones
    widths,
    pinyin,
    script,
    numbers,
    punctuation,
)
"""The steps that look at characters, in their order."""

LINES: tuple[Step, ...] = (
    layout,
    spam,
    glued,
    repeats,  # before furniture: a second copy of the body hides where the first one ends
    date_lines,
    titles,
    furniture,
    breaks,
    layout,
)
"""The steps that look at lines, in their order."""

STEPS = CHARACTERS + LINES

_ROUNDS = 16
"""How often the steps are run at most: tags inside tags inside tags could ask for as many rounds as they are deep."""


def clean(source: Source) -> Document:
    """The cleaned document: simplified, one body, without spam and page furniture, dated where the date is known."""
    text = _run(CHARACTERS, body(source))
    # a page may say when and by whom it was published outside its article
    page = text if source.markup is None else _run(CHARACTERS, MappedText.of(source.text))
    when, notes = published(source, text, page)
    publisher = source.publisher or masthead.publisher(text.text) or masthead.publisher(page.text)
    text = _settled(_run(LINES, text).noting(*notes))
    return Document(
        id=source.id,
        raw=source.text,
        text=source.text if text.text == source.text else text.text,  # one text in memory, not two
        offsets=text.offsets,
        published=when,
        title=masthead.title(text.text, _plain(source.title)),
        url=source.url,
        publisher=publisher,
        notes=source.notes + _summed(text.notes),
    )


def _run(steps: tuple[Step, ...], text: MappedText) -> MappedText:
    for step in steps:
        text = step(text)
    return text


def _settled(text: MappedText) -> MappedText:
    """The text when the steps change it no more, after one round for nearly every text; else a note says so."""
    for _ in range(_ROUNDS):
        again = _run(STEPS, text)
        if again.text == text.text:
            return text
        text = again
    return text.noting(Note("unsettled", "markup nested too deeply to be removed whole"))


def _plain(title: str | None) -> str | None:
    return " ".join(_run((*CHARACTERS, layout), MappedText.of(title)).text.split()) if title else None


def _summed(notes: tuple[Note, ...]) -> tuple[Note, ...]:
    """The notes in order, those that say the same of the whole text as one with their counts added."""
    summed: dict[object, Note] = {}
    for note in notes:
        same = (note.code, note.message, note.span)
        summed[same] = replace(note, count=summed[same].count + note.count) if same in summed else note
    return tuple(summed.values())
