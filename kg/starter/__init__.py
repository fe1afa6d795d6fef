"""A small project to begin with: an ontology, patterns, seeds and two documents, to be copied and changed."""

from __future__ import annotations

import os
import shutil
from importlib.resources import as_file, files
from pathlib import Path

from kg.errors import InputError


def copy(folder: Path) -> tuple[str, ...]:
    """Write the project into `folder`, which is made if missing, and return its files, sorted, relative to it.

    Raises InputError, with nothing written, if a file of it is there already or the folder cannot be written.
    """
    with as_file(files("kg.starter")) as source:
        names = tuple(
            sorted(
                path.relative_to(source).as_posix()
                for path in source.rglob("*")
                if path.is_file() and path.suffix not in {".py", ".pyc"}
            )
        )
        there = next((name for name in names if (folder / name).exists()), None)
        if there:
            raise InputError(f"{folder / there}: is there already, and nothing was written; name a new folder")
        if folder.exists() and not folder.is_dir():
            raise InputError(f"{folder}: this is a file; name a folder")
        try:
            for name in names:
                place = folder / name
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source / name, place)
        except OSError as error:
            raise InputError(f"{folder}: cannot be written ({error.strerror or error}); name another folder") from error
    return names


def ontology(folder: Path) -> str:
    """The name of the ontology in a project."""
    return min(path.parent.name for path in folder.glob(os.path.join("ontologies", "*", "ontology.ttl")))
