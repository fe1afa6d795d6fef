"""The workspace: what one build leaves for the next, in `workspace.sqlite` beside the graph.

It holds the documents of the graph as they were read, and for each what was found in it, under the hash of its content
and the fingerprint of everything else that a reading depends on (`kg.fingerprint`).  A document that is there under
both is not read again, a file of the same bytes is not parsed again, and texts that were compared (`kg.origins`) are
not compared again.  What the whole corpus decides (names, conflicts, winners) is worked out anew every time, so a build
with a workspace gives the same bytes as one without.

It is a memory and no part of the graph: delete it, and the next build takes longer.  Every reading is kept as soon as
it is there, so a build that was killed goes on where it was.  One build at a time holds it.  Text that is forgotten is
overwritten, not only marked as free.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from kg import packed
from kg.errors import GraphError
from kg.model import Failure, Source
from kg.resolve import Read

FILE = "workspace.sqlite"

_FORMAT = 2
"""Goes up when the tables change; a workspace of another format is begun anew."""
_TABLES = """
CREATE TABLE source (content BLOB PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE file (data BLOB, fingerprint BLOB, content BLOB NOT NULL, PRIMARY KEY (data, fingerprint)) WITHOUT ROWID;
CREATE TABLE reading (content BLOB, fingerprint BLOB, found TEXT NOT NULL, data BLOB NOT NULL,
    PRIMARY KEY (content, fingerprint));
CREATE TABLE copies (key BLOB PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE corpus (id TEXT PRIMARY KEY, content BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE build (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""

Result = tuple[Read, dict[str, int]]
"""What was read in a document, and how many mentions each recognizer found in it."""

Parse = Callable[[bytes, str, str | None], Source]
"""From the bytes of a file, an id and a media type to the document."""


@dataclass(frozen=True, slots=True)
class Given:
    """A document of this build, with the hash of its content: its text and what is said of it, all but its id."""

    source: Source
    content: bytes

    @classmethod
    def of(cls, source: Source) -> Given:
        return cls(source, hashlib.sha256(_data(source)).digest())


@dataclass(frozen=True, slots=True)
class Corpus:
    """The documents of a build, as the workspace is to remember them."""

    contents: tuple[tuple[str, bytes], ...] = ()
    """(id, content) of every document that could be read, sorted."""
    failed: tuple[Given, ...] = ()
    """Those of them that something went wrong with afterwards: nothing was kept of them yet."""
    unread: tuple[Failure, ...] = ()
    """What could not be read at all."""
    fingerprint: bytes = b""
    worked: Mapping[bytes, bytes] = field(default_factory=dict)
    """What `kg.origins.copies` worked out."""


NOTHING = Corpus()


@dataclass(frozen=True, slots=True)
class Changes:
    """How the documents of a build differ from those of the one before it."""

    added: tuple[str, ...] = ()
    """Ids, sorted, as in the others."""
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    kept: int = 0
    """How many are as they were."""
    first: bool = True
    """Whether there was no build before it."""


UNCHANGED = Changes()


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a graph was built of: enough to build it again without its inputs."""

    ids: tuple[str, ...]
    """Of its documents, sorted; `Workspace.source` gives each."""
    failures: tuple[Failure, ...]
    """What could not be read at all."""
    settings: Mapping[str, Any]


class Workspace:
    """The workspace in a folder, held by this process; `opened` gives one.

    The file is made with the first thing that is kept, so a build that reads nothing leaves no folder behind.
    """

    def __init__(self, folder: Path) -> None:
        self.file = folder / FILE
        self._files: dict[bytes, bytes] = {}
        """The hash of each file that was parsed in this build → the content of its document."""
        self._last: Given | None = None
        """The document of the file that was asked for last."""
        self._tables: sqlite3.Connection | None = _connected(self.file) if self.file.exists() else None

    def recall(self, given: Given, fingerprint: bytes) -> Result | None:
        """What was found in a document of this content by the same rules; None if it was never read by them."""
        query = "SELECT found, data FROM reading WHERE content = ? AND fingerprint = ?"
        for found, data in self._rows(query, (given.content, fingerprint)):
            try:
                return _read(data, given.source.id, given.source.text), json.loads(found)
            except ValueError:
                return None  # damaged: read anew, and kept in its place
        return None

    def parsing(self, parse: Parse, fingerprint: bytes) -> Parse:
        """`parse`, but for files of the last build, which had the same bytes, the document that came of them."""
        query = (
            "SELECT content, source.data FROM file JOIN source USING (content) WHERE file.data = ? AND fingerprint = ?"
        )

        def parsed(data: bytes, id: str, media_type: str | None) -> Source:
            file = hashlib.sha256(f"{media_type}\n".encode() + data).digest()
            for content, kept in self._rows(query, (file, fingerprint)):
                try:
                    self._last = Given(replace(packed.unpack(Source, kept), id=id), content)
                    return self._last.source
                except ValueError:
                    break  # damaged
            self._last = Given.of(parse(data, id, media_type))
            self._files[file] = self._last.content
            return self._last.source

        return parsed

    def given(self, source: Source) -> Given:
        """A document with the hash of its content, which for that of the last file is known."""
        return self._last if self._last is not None and self._last.source is source else Given.of(source)

    def keep(self, given: Given, fingerprint: bytes, result: Result) -> Callable[[], Read]:
        """Keep what was found in a document, whatever becomes of this build; the reading is given back when called for,
        and takes little room until then."""
        read, found = result
        bare = replace(read, document=replace(read.document, id="", raw=""))  # both are the source's
        data = packed.pack(Read, bare)
        row = (given.content, fingerprint, json.dumps(found), data)
        with self._begun() as tables:
            tables.execute("INSERT OR IGNORE INTO source VALUES (?, ?)", (given.content, _data(given.source)))
            tables.execute("INSERT OR REPLACE INTO reading VALUES (?, ?, ?, ?)", row)
        return partial(_inflated, zlib.compress(data, 1), given.source.id, given.source.text)

    def worked(self, fingerprint: bytes) -> dict[bytes, bytes]:
        """What `kg.origins.copies` worked out in the last build, if that was by the same code."""
        known = self._rows("SELECT value FROM build WHERE name = 'fingerprint'") == [(json.dumps(fingerprint.hex()),)]
        return dict(self._rows("SELECT key, data FROM copies WHERE typeof(data) = 'blob'")) if known else {}

    def changes(self, corpus: Corpus) -> Changes:
        """How these documents differ from those of the last build."""
        before: dict[str, bytes] = dict(self._rows("SELECT id, content FROM corpus"))
        now = dict(corpus.contents)
        return Changes(
            added=tuple(sorted(now.keys() - before.keys())),
            changed=tuple(sorted(id for id in now.keys() & before.keys() if now[id] != before[id])),
            removed=tuple(sorted(before.keys() - now.keys())),
            kept=sum(before.get(id) == content for id, content in now.items()),
            first=not self._rows("SELECT name FROM build"),
        )

    def settle(self, corpus: Corpus, settings: Mapping[str, Any]) -> None:
        """Make these the documents of the graph, and forget every other text and reading.

        `settings` are plain values, for `remembered` to give back.
        """
        said = {
            "settings": dict(settings),
            "failures": sorted([f.source, f.message] for f in corpus.unread),
            "fingerprint": corpus.fingerprint.hex(),
        }
        before = self.worked(corpus.fingerprint)
        with self._begun() as tables:
            texts = ((given.content, _data(given.source)) for given in corpus.failed)
            tables.executemany("INSERT OR IGNORE INTO source VALUES (?, ?)", texts)
            tables.execute("DELETE FROM corpus")
            tables.executemany("INSERT INTO corpus VALUES (?, ?)", corpus.contents)
            files = ((file, corpus.fingerprint, content) for file, content in self._files.items())
            tables.executemany("INSERT OR REPLACE INTO file VALUES (?, ?, ?)", files)
            if not before:
                tables.execute("DELETE FROM copies")
            gone = ((key,) for key in before.keys() - corpus.worked.keys())
            tables.executemany("DELETE FROM copies WHERE key = ?", gone)
            new = ((key, data) for key, data in corpus.worked.items() if before.get(key) != data)
            tables.executemany("INSERT OR REPLACE INTO copies VALUES (?, ?)", new)
            values = ((name, json.dumps(value)) for name, value in said.items())
            tables.executemany("INSERT OR REPLACE INTO build VALUES (?, ?)", values)
            tables.execute("DELETE FROM source WHERE content NOT IN (SELECT content FROM corpus)")
            unused = "fingerprint != ? OR content NOT IN (SELECT content FROM corpus)"
            for table in ("reading", "file"):
                tables.execute(f"DELETE FROM {table} WHERE {unused}", (corpus.fingerprint,))

    def remembered(self) -> Remembered | None:
        """What the graph was built of; None if the workspace does not know it."""
        said = {name: json.loads(value) for name, value in self._rows("SELECT name, value FROM build")}
        if not said:
            return None
        return Remembered(
            tuple(sorted(id for (id,) in self._rows("SELECT id FROM corpus"))),
            tuple(Failure(source, message) for source, message in said["failures"]),
            said["settings"],
        )

    def source(self, id: str) -> Source:
        """A document of the last build as it was read.  Raises KeyError for another id."""
        query = "SELECT data FROM corpus JOIN source USING (content) WHERE id = ?"
        for (data,) in self._rows(query, (id,)):
            return replace(packed.unpack(Source, data), id=id)
        raise KeyError(id)

    def close(self) -> None:
        """Let go of it."""
        if self._tables is not None:
            self._tables.close()
            self._tables = None

    def _rows(self, query: str, values: Sequence[Any] = ()) -> list[Any]:
        return self._tables.execute(query, values).fetchall() if self._tables is not None else []

    @contextmanager
    def _begun(self) -> Iterator[sqlite3.Connection]:
        """A transaction, in a file that is made if it is missing."""
        if self._tables is None:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            self._tables = _connected(self.file)
        tables = self._tables
        tables.execute("BEGIN IMMEDIATE")
        try:
            yield tables
        except BaseException:
            tables.execute("ROLLBACK")
            raise
        tables.execute("COMMIT")


@contextmanager
def opened(folder: Path) -> Iterator[Workspace]:
    """The workspace of a folder, held as long as the block lasts.

    Raises GraphError if another process holds it, or if it cannot be read or written.
    """
    held: Workspace | None = None
    try:
        held = Workspace(folder)
        yield held
    except sqlite3.Error as error:
        raise GraphError(_why(folder, error)) from error
    finally:
        if held is not None:
            held.close()


def _why(folder: Path, error: sqlite3.Error) -> str:
    code = getattr(error, "sqlite_errorcode", None)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return f"{folder}: another build is at work here; wait for its end, or name another folder with -o"
    if isinstance(error, sqlite3.OperationalError):
        return (
            f"{folder}: the workspace could not be written ({error}); the graph is as it was; "
            "free some space or name another folder with -o"
        )
    return f"{folder / FILE}: damaged ({error}); delete this file, nothing else, and build again"


def _connected(file: Path) -> sqlite3.Connection:
    """The tables in a file, held by this process alone; begun anew if it is no database or of another format."""
    try:
        return _open(file)
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", None) != sqlite3.SQLITE_NOTADB:
            raise
        file.unlink()
        return _open(file)


def _open(file: Path) -> sqlite3.Connection:
    tables = sqlite3.connect(file, timeout=0, isolation_level=None)
    try:
        tables.execute("PRAGMA locking_mode = EXCLUSIVE")
        tables.execute("PRAGMA journal_mode = WAL")
        # Without a sync for every commit a power cut costs the last readings, never the file.
        tables.execute("PRAGMA synchronous = NORMAL")
        tables.execute("PRAGMA secure_delete = ON")
        tables.execute("BEGIN EXCLUSIVE")
        if tables.execute("PRAGMA user_version").fetchone() != (_FORMAT,):
            for (name,) in tables.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                tables.execute('DROP TABLE "{}"'.format(name.replace('"', '""')))
            for statement in _TABLES.split(";"):
                tables.execute(statement)
            tables.execute(f"PRAGMA user_version = {_FORMAT}")
        tables.execute("COMMIT")
    except BaseException:
        tables.close()
        raise
    return tables


def _inflated(data: bytes, id: str, raw: str) -> Read:
    return _read(zlib.decompress(data), id, raw)


def _read(data: bytes, id: str, raw: str) -> Read:
    """What was kept of a reading, with what its source says.  Raises ValueError for data that are damaged."""
    read = packed.unpack(Read, data)
    text = read.document.text
    return replace(read, document=replace(read.document, id=id, raw=raw, text=raw if raw == text else text))


def _data(source: Source) -> bytes:
    return packed.pack(Source, replace(source, id=""))
