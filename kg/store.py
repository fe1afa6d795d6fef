"""The files of a graph on disk: readable RDF and the store that queries run on, all of one build or none of it.

Everything is first built in a folder beside the outputs and then moved into place by renaming, so that a full disk, an
interrupt or an error never leaves half a file, nor a new file beside an old one.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from pyoxigraph import Store

from kg import iri, triples, turtle
from kg.errors import GraphError
from kg.model import Knowledge
from kg.ontology import Ontology

FACTS, CLAIMS, DATASET, STORE = "kg.ttl", "claims.ttl", "kg.trig", "store"

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
    """Write the graph's files into `new`, a folder that `building` gave, for a caller with more files to add."""
    facts = triples.facts(knowledge, ontology, base)
    claims = triples.claims(knowledge, ontology, base)
    prefixes = triples.prefixes(ontology, base)
    _text(new / FACTS, turtle.turtle(facts, prefixes))
    _text(new / CLAIMS, turtle.turtle(claims, prefixes))
    _text(new / DATASET, turtle.trig(chain(facts, claims), prefixes))
    store = Store(str(new / STORE))
    store.bulk_extend(chain(facts, claims))
    store.flush()
    del store  # closes it: an open store's folder is locked


@contextmanager
def building(folder: str | Path) -> Iterator[Path]:
    """A new folder inside `folder`; whatever the block puts there takes its place in `folder` when the block ends.

    If the block fails, or something cannot be moved, everything in `folder` is as it was.  An OSError, such as a full
    disk, is raised as GraphError; other exceptions pass.
    """
    folder = Path(folder)
    if folder.exists() and not folder.is_dir():
        raise GraphError(f"{folder}: this is a file, and the graph needs a folder; name another with -o")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _restore(folder)
        new = folder / _NEW
        _remove(new)
        new.mkdir()
        try:
            yield new
            _swap(new, folder)
        finally:
            _remove(new)
    except OSError as error:
        raise GraphError(
            f"{folder}: the graph could not be written ({error.strerror or error}); "
            "what was there is unchanged; free some space or name another folder with -o"
        ) from error


def _swap(new: Path, folder: Path) -> None:
    """Move what is in `new` into `folder`; if anything fails, an interrupt too, put everything back."""
    old = folder / _OLD
    old.mkdir()
    moved: list[Path] = []
    try:
        for built in sorted(new.iterdir()):
            place = folder / built.name
            if place.exists():
                place.rename(old / built.name)
            moved.append(place)
            built.rename(place)
    except BaseException:
        for place in moved:
            _remove(place)
        _restore(folder)
        raise
    _remove(old)


def _restore(folder: Path) -> None:
    """Put back what a swap that was killed in the middle had moved away."""
    old = folder / _OLD
    if old.is_dir():
        for kept in sorted(old.iterdir()):
            place = folder / kept.name
            if not place.exists():
                kept.rename(place)
        _remove(old)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _text(file: Path, lines: Iterable[str]) -> None:
    with file.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(lines)
