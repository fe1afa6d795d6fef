"""From inputs to files: folders are walked and globs expanded, and every real file comes once.

A folder is walked without its links first; linked folders follow, unless they were walked already.  So a file has the
name of its own place where it has one, no web of links multiplies the work, and a link back to a folder that holds it
is reported and not followed.
"""

from __future__ import annotations

import fnmatch
import os
import stat
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from kg.errors import InputError
from kg.model import Failure
from kg.read.names import shown

_MAGIC = frozenset("*?[")


@dataclass(frozen=True, slots=True, order=True)
class File:
    """A file to read."""

    shown: str
    """Its name in messages: the path as given; of an absolute path only what lies below the common folder."""
    path: str
    """What to open."""
    relative: str
    """Its path below the deepest folder that holds all inputs, in POSIX form, with its suffix."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the inputs mean: files by their names, what could not be followed, whether `-` was among them."""

    files: tuple[File, ...]
    failures: tuple[Failure, ...]
    standard_input: bool


def find(inputs: Sequence[str]) -> Found:
    """The files that `inputs` mean.

    Raises `InputError` for an input that leads to nothing, a folder without documents, or no input at all.  A folder
    or link inside a folder that cannot be followed is among the failures instead.
    """
    if not inputs:
        raise InputError("nothing to read: give files, folders, globs such as 'docs/**/*.txt', or - for standard input")
    search = _Search()
    for given in sorted(set(inputs) - {"-"}):
        search.add(given)
    base = _common(search.roots)
    ways: dict[str, list[tuple[bool, bool, File]]] = {}
    for path, real, linked in search.files:
        ways.setdefault(real, []).append((linked, os.path.isabs(path), _file(path, base)))
    files = sorted(min(way)[2] for way in ways.values())
    failures = sorted((_file(path, base).shown, message) for path, message in dict.fromkeys(search.failures))
    return Found(tuple(files), tuple(Failure(*failure) for failure in failures), "-" in inputs)


def _file(path: str, base: str | None) -> File:
    """The file at `path`, named below `base`."""
    full = os.path.abspath(path)
    below = os.path.relpath(full, base) if base else os.path.splitdrive(full)[1].lstrip(os.sep)
    relative = PurePath(below).as_posix()
    return File(shown(relative if os.path.isabs(path) else PurePath(os.path.normpath(path)).as_posix()), path, relative)


def _common(roots: Sequence[str]) -> str | None:
    """The deepest folder that holds all of `roots`; None if they lie on several drives."""
    drives = {os.path.splitdrive(root)[0] for root in roots}
    return os.path.commonpath(roots) if len(drives) == 1 else None


@dataclass(slots=True)
class _Search:
    """What has been found so far.  Failures and files keep their paths, as their names depend on all inputs."""

    roots: list[str] = field(default_factory=list)
    files: list[tuple[str, str, bool]] = field(default_factory=list)
    """(path, real path, whether a link led to it)"""
    failures: list[tuple[str, str]] = field(default_factory=list)

    def add(self, given: str) -> None:
        """Take one input."""
        if os.path.lexists(given):
            self._add_path(given)
        elif _MAGIC & set(given):
            self._add_glob(given)
        else:
            raise InputError(f"{given!r}: no such file or folder. Check the spelling and the folder you are in")

    def _add_path(self, given: str) -> None:
        try:
            mode = os.stat(given).st_mode
        except OSError as error:
            raise InputError(f"{given!r} cannot be reached: {_why(error)}") from error
        if stat.S_ISDIR(mode):
            self.roots.append(os.path.abspath(given))
            if not self._walk(given):
                raise InputError(f"{given!r}: a folder without documents (hidden files do not count)")
        elif stat.S_ISREG(mode):
            self.roots.append(os.path.dirname(os.path.abspath(given)))
            self.files.append((given, os.path.realpath(given), os.path.islink(given)))
        else:
            raise InputError(f"{given!r} is neither a file nor a folder. To read a pipe, give - and pipe into it")

    def _add_glob(self, given: str) -> None:
        parts = PurePath(given).parts
        fixed = next(i for i, part in enumerate(parts) if _MAGIC & set(part))
        start = os.path.join(*parts[:fixed]) if fixed else ""
        self.roots.append(os.path.abspath(start))
        rest: list[str] = []
        for part in parts[fixed:]:
            if part != "**" or rest[-1:] != ["**"]:  # one after the other they mean the same, at a high price
                rest.append(part)
        known = len(self.files) + len(self.failures)
        for path in sorted(set(self._expand(start, rest))):
            self._enter(path, linked=os.path.islink(path))
        if len(self.files) + len(self.failures) == known:
            raise InputError(f"{given!r} matches no document. Check the pattern and the folder you are in")

    def _expand(self, folder: str, parts: Sequence[str]) -> Iterator[str]:
        """The paths below `folder` that match `parts`; a name that begins with a dot only where the pattern does."""
        head, rest = parts[0], parts[1:]
        if head == "**":
            for below in [folder, *self._folders(folder)]:
                if rest:
                    yield from self._expand(below, rest)
            if not rest:
                yield folder or os.curdir
            return
        for name in self._names(folder) if _MAGIC & set(head) else [head]:
            path = os.path.join(folder, name)
            if name != head and (not fnmatch.fnmatch(name, head) or (name[0] == "." and head[0] != ".")):
                continue
            if not rest:
                if os.path.lexists(path):
                    yield path
            elif os.path.isdir(path):
                yield from self._expand(path, rest)

    def _names(self, folder: str) -> list[str]:
        """What `folder` holds, sorted; a folder that cannot be listed is a failure and holds nothing."""
        try:
            return sorted(os.listdir(folder or os.curdir))
        except OSError as error:
            self.failures.append((folder, f"the folder cannot be listed: {_why(error)}"))
            return []

    def _folders(self, top: str) -> list[str]:
        """All folders below `top`, links followed where that ends."""
        below = _Search()
        folders = below._walk_folders(top or os.curdir)
        self.failures.extend((path, message) for path, message in below.failures if os.path.isdir(path))
        return sorted(os.path.normpath(f) if not top else f for f in folders if f not in (top, os.curdir))

    def _enter(self, path: str, *, linked: bool) -> None:
        """Take a path that a glob found."""
        try:
            mode = os.stat(path).st_mode
        except OSError as error:
            self.failures.append((path, f"the link leads nowhere: {_why(error)}"))
            return
        if stat.S_ISDIR(mode):
            self._walk(path)
        elif stat.S_ISREG(mode):
            self.files.append((path, os.path.realpath(path), linked))
        else:
            self.failures.append((path, "neither a file nor a folder"))

    def _walk(self, top: str) -> bool:
        """Take all files below `top`; whether there was anything."""
        known = len(self.files) + len(self.failures)
        self._walk_folders(top)
        return len(self.files) + len(self.failures) > known

    def _walk_folders(self, top: str) -> list[str]:
        """Walk `top`, taking its files; the folders in the order in which they were walked."""
        walked: dict[str, str] = {}
        own: deque[tuple[str, str, tuple[str, ...]]] = deque([(top, os.path.realpath(top), ())])
        linked: deque[tuple[str, str, tuple[str, ...]]] = deque()
        while own or linked:
            by_link = not own
            # `jumps` are the folders whose links led here: together with this folder's path, all that hold it.
            folder, real, jumps = linked.popleft() if by_link else own.popleft()
            if real in walked:
                continue
            walked[real] = folder
            for name in self._names(folder):
                if name.startswith("."):
                    continue
                path = os.path.join(folder, name)
                link = os.path.islink(path)
                goal = os.path.realpath(path) if link else os.path.join(real, name)
                try:
                    mode = os.stat(path).st_mode
                except OSError as error:
                    self.failures.append(
                        (path, f"{'the link leads nowhere' if link else 'not readable'}: {_why(error)}")
                    )
                    continue
                if stat.S_ISREG(mode):
                    self.files.append((path, goal, link or by_link or bool(jumps)))
                elif not stat.S_ISDIR(mode):
                    self.failures.append((path, "neither a file nor a folder"))
                elif not link:
                    own.append((path, goal, jumps))
                elif any(_holds(goal, holder) for holder in (real, *jumps)):
                    self.failures.append((path, "a link back to a folder that holds it; not followed, remove the link"))
                else:
                    linked.append((path, goal, (real, *jumps)))
        return list(walked.values())


def _holds(folder: str, path: str) -> bool:
    """Whether `folder` is `path` or lies above it; both real paths."""
    return folder == path or path.startswith(folder.rstrip(os.sep) + os.sep)


def _why(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
