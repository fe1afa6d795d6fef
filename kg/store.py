"""The files of a graph on disk: readable RDF and the store that queries run on.

Everything is first built in a folder of its own, and then each file takes the place of the old one by renaming: there
is no moment at which a file is missing or half written.  An error, a full disk or an interrupt on the way puts every
old file back.  A process that is killed there leaves some files of the old build and some of the new, each of them
whole; whoever gives a `last` file can see that by the hashes in it, and the next build makes them one.

The store is a folder of files, which no renaming can replace at once.  So each has a name of its own below `store/`,
and the file `store/current` says which one counts (`place`).
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from heapq import merge
from itertools import chain, islice
from pathlib import Path
from struct import Struct
from typing import IO, Self, TextIO

from pyoxigraph import Quad, Store

from kg import iri, triples, turtle
from kg.errors import GraphError
from kg.model import Knowledge
from kg.ontology import Ontology

FACTS, CLAIMS, DATASET, STORE = "kg.ttl", "claims.ttl", "kg.trig", "store"

_CURRENT = "current"
_PIECE = 1 << 20
_BATCH = 100_000
"""Quads that the store takes at a time, in no more time than a million: it holds as many in memory."""
_RUN = 1 << 22
"""Characters of Turtle that are put in order in memory; so much at a time waits on the disk."""

_NEW = ".building"
"""Holds what is being built, as long as it is; a leftover of a killed run is removed by the next."""
_OLD = ".replaced"
"""Holds what was there before, while the new takes its place."""


def write(knowledge: Knowledge, ontology: Ontology, folder: str | Path, base: str = iri.BASE) -> None:
    """Write `kg.ttl`, `claims.ttl`, `kg.trig` and `store/` into `folder`, which is made if it is missing.

    Raises GraphError, with the old files as they were, when the folder is a file or cannot be written.
    """
    with building(folder) as new:
        fill(knowledge, ontology, new, base)


def fill(knowledge: Knowledge, ontology: Ontology, new: Path, base: str = iri.BASE) -> None:
    """Write the graph's files into `new`, a folder that `building` gave, for a caller with more files to add.

    Every quad is made once, on its way into the store, and of all of them only those of one thing are in memory: their
    texts wait on the disk until the order of the file is known.
    """
    prefixes = triples.prefixes(ontology, base)
    head = turtle.header(prefixes)
    with (
        _Sorted(new / ".facts", prefixes) as facts,
        _Sorted(new / ".claims", prefixes) as claims,
    ):
        (new / STORE).mkdir()
        store = Store(str(new / STORE / _CURRENT))
        quads = chain(
            facts.through(triples.each_fact(knowledge, ontology, base)),
            claims.through(triples.each_claim(knowledge, ontology, base)),
        )
        for first in quads:
            store.bulk_extend(chain([first], islice(quads, _BATCH - 1)))
        store.flush()
        del store  # closes it: an open store's folder is locked
        with _opened(new / FACTS) as plain, _opened(new / CLAIMS) as said, _opened(new / DATASET) as both:
            for file in (plain, said, both):
                file.write(head)
            for block in facts:
                plain.write(block)
                both.write(block)
            if knowledge.documents:
                both.write(claims.blocks.opening(triples.CLAIMS))
            for block in claims:
                said.write(block)
                both.write(turtle.indented(block))
            if knowledge.documents:
                both.write(turtle.CLOSING)
    name = digest(new / DATASET)[:16]
    (new / STORE / _CURRENT).rename(new / STORE / name)
    (new / STORE / _CURRENT).write_text(name, encoding="ascii")


class _Sorted:
    """Blocks of Turtle in the order of their subjects, whatever the order in which things come.

    They are sorted as many files of that size are: a run at a time in memory, and the runs merged from the disk.
    """

    def __init__(self, file: Path, prefixes: Mapping[str, str]) -> None:
        self.blocks = turtle.Blocks(prefixes)
        self._file = file
        self._run: list[tuple[str, str]] = []
        self._runs: list[tuple[int, int]] = []
        """Where each run on the disk begins, and how many blocks it has."""

    def __enter__(self) -> Self:
        self._data = self._file.open("wb")
        return self

    def __exit__(self, *_: object) -> None:
        self._data.close()
        self._file.unlink()

    def through(self, things: Iterable[list[Quad]]) -> Iterator[Quad]:
        """The quads of `things`, of which each is kept as text when it has passed."""
        length = 0
        for thing in things:
            yield from thing
            for subject, block in self.blocks.of(thing):
                self._run.append((subject, block))
                length += len(block)
            if length >= _RUN:
                self._put_down()
                length = 0

    def __iter__(self) -> Iterator[str]:
        self._put_down()
        self._data.flush()
        with ExitStack() as opened:
            runs = [_read(opened.enter_context(self._file.open("rb")), *run) for run in self._runs]
            for _, block in merge(*runs):
                yield block

    def _put_down(self) -> None:
        self._runs.append((self._data.tell(), len(self._run)))
        self._run.sort()
        for subject, block in self._run:
            about, data = subject.encode("utf-8"), block.encode("utf-8")
            self._data.write(_LENGTHS.pack(len(about), len(data)) + about + data)
        self._run.clear()


_LENGTHS = Struct("<QQ")


def _read(file: IO[bytes], start: int, number: int) -> Iterator[tuple[str, str]]:
    """The blocks of one run, with their subjects."""
    file.seek(start)
    for _ in range(number):
        about, length = _LENGTHS.unpack(file.read(_LENGTHS.size))
        yield file.read(about).decode("utf-8"), file.read(length).decode("utf-8")


def place(folder: Path) -> Path:
    """The store that counts among those in a graph's folder, which may be missing."""
    stores = folder / STORE
    try:
        name = (stores / _CURRENT).read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, NotADirectoryError):
        return stores
    return stores / Path(name.strip()).name


def files(folder: Path) -> list[Path]:
    """The files of a new graph, sorted, all but those of its store."""
    found = (p for p in folder.rglob("*") if p.is_file() and p.relative_to(folder).parts[0] != STORE)
    return sorted(found)


def digest(file: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    total = hashlib.sha256()
    with file.open("rb") as data:
        while piece := data.read(_PIECE):
            total.update(piece)
    return total.hexdigest()


@contextmanager
def building(folder: str | Path, *, last: str | None = None) -> Iterator[Path]:
    """A new folder inside `folder`; whatever the block puts there takes its place in `folder` when the block ends.

    `last` is the name of the file that comes after all others: what it says of them is true once it is there.  If the
    block fails, or something cannot be moved, everything in `folder` is as it was.  An OSError, such as a full disk, is
    raised as GraphError; other exceptions pass.
    """
    folder = Path(folder)
    if folder.exists() and not folder.is_dir():
        raise GraphError(f"{folder}: this is a file, and the graph needs a folder; name another with -o")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _remove(folder / _OLD)
        new = folder / _NEW
        _remove(new)
        new.mkdir()
        try:
            yield new
            _replace(new, folder, last)
        finally:
            _remove(new)
    except OSError as error:
        raise GraphError(
            f"{folder}: the graph could not be written ({error.strerror or error}); "
            "what was there is unchanged; free some space or name another folder with -o"
        ) from error


def _replace(new: Path, folder: Path, last: str | None) -> None:
    """Rename what is in `new` into `folder`; if anything fails, an interrupt too, put everything back."""
    old = folder / _OLD
    order = sorted(files(new), key=lambda file: file.name == last)
    with ExitStack() as undo:
        undo.callback(_remove, old)
        old.mkdir()
        if (new / STORE).is_dir():
            _make(folder / STORE, undo)
            _move_store(new, folder, undo)
            order.insert(0, new / STORE / _CURRENT)
        for file in order:
            goal, kept = folder / file.relative_to(new), old / file.relative_to(new)
            _make(goal.parent, undo)
            kept.parent.mkdir(parents=True, exist_ok=True)
            if goal.is_dir():
                goal.rename(kept)
            elif goal.exists():
                _keep(goal, kept)
            undo.callback(_put_back, kept, goal)
            file.replace(goal)
        undo.pop_all()
    _remove(old)
    _sweep(folder, {folder / file.relative_to(new) for file in order})


def _make(folder: Path, undo: ExitStack) -> None:
    """Make a folder and those above it, as far as they are missing."""
    if not folder.is_dir():
        _make(folder.parent, undo)
        folder.mkdir()
        undo.callback(_remove, folder)


def _move_store(new: Path, folder: Path, undo: ExitStack) -> None:
    """Move the new store beside the old one, which counts until `current` is replaced."""
    built = place(new)
    goal = folder / STORE / built.name
    while goal.exists():  # the same graph, or what a killed build left there: a store is never mended
        goal = goal.with_name(f"{goal.name}-")
    (new / STORE / _CURRENT).write_text(goal.name, encoding="ascii")
    undo.callback(_remove, goal)
    built.rename(goal)


def _keep(file: Path, beside: Path) -> None:
    """Give a file a second name, or a copy where the disk has no such thing."""
    try:
        os.link(file, beside)
    except OSError:
        shutil.copyfile(file, beside)


def _put_back(kept: Path, goal: Path) -> None:
    if kept.exists():
        if goal.is_file():
            goal.unlink()
        kept.rename(goal)
    else:
        _remove(goal)


def _sweep(folder: Path, placed: set[Path]) -> None:
    """Remove the stores that no longer count, and what older builds had in the folders that this one wrote."""
    counts = place(folder)
    for one in (folder / STORE).glob("*"):
        if one != counts and one.name != _CURRENT:
            _remove(one)
    for top in {folder / file.relative_to(folder).parts[0] for file in placed} - {folder / STORE}:
        if top.is_dir():
            for file in [p for p in top.rglob("*") if p.is_file() and p not in placed]:
                file.unlink()


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _opened(file: Path) -> TextIO:
    return file.open("w", encoding="utf-8", newline="\n")
