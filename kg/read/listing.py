"""The first pass: which documents a file holds, without keeping their texts.

JSON Lines are read by lines, and a document is its offset and a digest of its text.  Standard input and `.json` files
cannot be read twice in pieces: they are laid down as JSON Lines in a temporary file, which lasts as long as the
reading.
"""

from __future__ import annotations

import codecs
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import IO, BinaryIO

from kg.errors import InputError
from kg.model import Failure, Source
from kg.read import files, records
from kg.read.decoding import MARKS, decode
from kg.read.files import LIMIT
from kg.read.names import speakable
from kg.read.paths import File

_LINES = frozenset({".jsonl", ".ndjson"})
_STANDARD_INPUT = File("stdin", "-", "stdin")
_PIECE = 1 << 20

Opener = Callable[[], AbstractContextManager[IO[bytes]]]


@dataclass(frozen=True, slots=True)
class Entry:
    """A document that waits to be read."""

    place: str
    """Where it is, for messages."""
    order: tuple[str, int]
    """The file and the line."""
    names: tuple[str, ...]
    """The ids that it may have, the best first."""
    given: bool
    """Whether its id was given and is no name of ours."""
    digest: bytes | None
    """Of its text, where that is known before it is read."""
    load: Callable[[str], Source]


@dataclass(frozen=True, slots=True)
class _Line:
    """A good record: the number of its line, where that begins, and what the first pass keeps of it."""

    number: int
    offset: int
    id: str | None
    digest: bytes


Listed = tuple[tuple[str, int], Entry | Failure]


def entries(file: File, stack: ExitStack, parse: files.Parse) -> Iterator[Listed]:
    """The documents in `file` and the lines that hold none, each with the file and the line (0: the whole file)."""
    suffix = PurePosixPath(file.relative).suffix.lower()
    opener = _opener(file.path)
    if suffix not in _LINES and suffix != ".json":
        yield _whole(file, partial(files.load, file.path, parse))
        return
    yield from _guarded(
        file, _array_or_lines(file, opener, stack) if suffix == ".json" else _lines(file, opener, stack)
    )


def standard_input_entries(stream: BinaryIO, stack: ExitStack) -> Iterator[Listed]:
    """The documents on standard input."""
    yield from _guarded(_STANDARD_INPUT, _standard_input(stream, stack))


def _guarded(file: File, listed: Iterator[Listed]) -> Iterator[Listed]:
    """`listed`, with a failure of `file` for what stops it."""
    try:
        yield from listed
    except OSError as error:
        yield (file.shown, 0), Failure(file.shown, str(files.unreadable(error)))
    except InputError as error:
        yield (file.shown, 0), Failure(file.shown, str(error))


def _standard_input(stream: BinaryIO, stack: ExitStack) -> Iterator[Listed]:
    spool = _spool(stack)
    shutil.copyfileobj(stream, spool, _PIECE)
    opener = _reopen(spool)
    with opener() as file:
        head = _head(file)
    if head.startswith(b"{"):
        yield from _lines(_STANDARD_INPUT, opener, stack)
    else:
        yield _whole(_STANDARD_INPUT, partial(_load_standard_input, opener))


def _load_standard_input(opener: Opener, id: str) -> Source:
    with opener() as file:
        data = file.read(LIMIT + 1)
        if len(data) > LIMIT:
            raise files.too_large(file.seek(0, 2))
    return files.from_bytes(data, id)


def _whole(file: File, load: Callable[[str], Source]) -> Listed:
    return (file.shown, 0), Entry(file.shown, (file.shown, 0), _names(file), False, None, load)


def _names(file: File, number: int = 0) -> tuple[str, ...]:
    """What a document in `file` may be called; `number` tells it from the others there."""
    path = PurePosixPath(speakable(file.relative))
    tail = f"-{number}" if number else ""
    return tuple(dict.fromkeys(f"{name}{tail}" for name in (path.stem, str(path.with_suffix("")), str(path))))


def _lines(file: File, opener: Opener, stack: ExitStack) -> Iterator[Listed]:
    """The records of JSON Lines."""
    with opener() as stream:
        mark = stream.read(4)
    code = next((code for bom, code in MARKS if mark.startswith(bom)), "utf-8")
    if code != "utf-8":
        opener = _transcoded(opener, code, stack)
    good: list[_Line] = []
    bad = 0
    for item in _scan(opener):
        if isinstance(item, _Line):
            good.append(item)
        else:
            bad += 1
            number, message = item
            yield (file.shown, number), Failure(f"{file.shown} line {number}", message)
    if not good and not bad:
        raise InputError("the file is empty")
    alone = len(good) + bad == 1
    for line in good:
        yield _record(file, opener, line, f"{file.shown} line {line.number}", _names(file, 0 if alone else line.number))


def _record(file: File, opener: Opener, line: _Line, place: str, names: tuple[str, ...]) -> Listed:
    """The document on `line`; `names` are for one without an id."""
    order = (file.shown, line.number)
    load = partial(_load_line, opener, line)
    return order, Entry(place, order, (line.id,) if line.id else names, line.id is not None, line.digest, load)


def _scan(opener: Opener) -> Iterator[_Line | tuple[int, str]]:
    """The lines that are not blank: a record, or the number of a line and what is wrong with it."""
    with opener() as stream:
        number = 0
        while True:
            number += 1
            offset = stream.tell()
            line = stream.readline(LIMIT + 1)
            if not line:
                return
            if len(line) > LIMIT:
                size = len(line)
                while not line.endswith(b"\n") and (line := stream.readline(_PIECE)):
                    size += len(line)
                yield number, str(files.too_large(size))
                continue
            line = _content(line, offset)
            if not line:
                continue
            try:
                record = records.parse(line)
            except InputError as error:
                yield number, str(error)
            else:
                yield _Line(number, offset, record.id and _speakable(record.id), record.digest)


def _speakable(id: str) -> str:
    """`id` without halves of surrogate pairs, which no file can hold."""
    return id.encode("utf-8", "backslashreplace").decode("utf-8")


def _load_line(opener: Opener, line: _Line, id: str) -> Source:
    try:
        with opener() as stream:
            stream.seek(line.offset)
            record = records.parse(_content(stream.readline(LIMIT + 1), line.offset))
    except OSError as error:
        raise files.unreadable(error) from error
    if record.digest != line.digest:
        raise InputError("the file was changed while it was read. Start again")
    return files.from_record(record, id)


def _content(line: bytes, offset: int) -> bytes:
    """`line` without a mark at the beginning of the file, and without the space around JSON."""
    return (line.removeprefix(codecs.BOM_UTF8) if offset == 0 else line).strip(b" \t\r\n")


def _head(stream: IO[bytes]) -> bytes:
    """The first line with anything on it, as UTF-8 and without a mark; of a very long line the beginning."""
    head = stream.read(_PIECE)
    for mark, code in MARKS:
        if head.startswith(mark):
            head = head[len(mark) :].decode(code, "ignore").encode("utf-8", "ignore")
            break
    return head.lstrip().partition(b"\n")[0]


def _is_lines(opener: Opener) -> bool:
    """Whether a `.json` file is really JSON Lines: its first line is an object that ends there."""
    with opener() as stream:
        head = _head(stream)
    if not head.startswith(b"{"):
        return False
    if len(head) >= _PIECE // 2:
        # Too long to see its end: a file beyond the limit can only be read by lines.
        with opener() as stream:
            return stream.seek(0, 2) > LIMIT
    try:
        records.value(head.decode("utf-8", "replace"))
    except InputError:
        return False
    return True


def _array_or_lines(file: File, opener: Opener, stack: ExitStack) -> Iterator[Listed]:
    """The records of a `.json` file: an array of objects, one object, or in truth JSON Lines."""
    if _is_lines(opener):
        yield from _lines(file, opener, stack)
        return
    with opener() as stream:
        size = stream.seek(0, 2)
        if size > LIMIT:
            raise InputError(f"{size:,} bytes, more than {LIMIT >> 20} MiB of JSON in one piece. Save it as JSON Lines")
        stream.seek(0)
        data = stream.read()
    if not data.strip():
        raise InputError("the file is empty")
    value = records.value(decode(data).text)
    if value == []:
        raise InputError("the array is empty")
    places = [f"{file.shown} record {n}" for n, _ in enumerate(value, 1)] if isinstance(value, list) else [file.shown]
    spool = _spool(stack)
    for number, item in enumerate(value if isinstance(value, list) else [value], 1):
        try:
            spool.write(records.record(item).line())
        except InputError as error:
            yield (file.shown, number), Failure(places[number - 1], str(error))
            spool.write(b"\n")  # a blank line keeps the numbers
    again = _reopen(spool)
    for line in _scan(again):
        if isinstance(line, _Line):
            names = _names(file, 0 if len(places) == 1 else line.number)
            yield _record(file, again, line, places[line.number - 1], names)
        else:  # escapes can take a document that is nearly too large over the limit
            number, message = line
            yield (file.shown, number), Failure(places[number - 1], message)


def _transcoded(opener: Opener, code: str, stack: ExitStack) -> Opener:
    """The same lines in UTF-8."""
    spool = _spool(stack)
    try:
        with opener() as stream:
            decoder = codecs.getincrementaldecoder(code)()
            while piece := stream.read(_PIECE):
                spool.write(decoder.decode(piece).encode("utf-8"))
            decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise InputError(f"not decodable as {code.upper()}, which its mark says it is. Save it as UTF-8") from error
    return _reopen(spool)


def _opener(path: str) -> Opener:
    return lambda: open(path, "rb")


def _spool(stack: ExitStack) -> IO[bytes]:
    """A temporary file that lasts as long as the reading, in memory while it is small."""
    return stack.enter_context(tempfile.SpooledTemporaryFile(max_size=LIMIT // 8))


def _reopen(spool: IO[bytes]) -> Opener:
    def opener() -> AbstractContextManager[IO[bytes]]:
        spool.seek(0)
        return nullcontext(spool)

    return opener
