"""The process that questions run in: it reads a store, has two pipes and nothing else, and may be killed at any time.

    python -c '… main()' '{"store": "output/store", "limits": {…}, "parent": 4711}'  < requests > answers

What holds it in, from the outside in: the operating system gives it no network where it allows that (a namespace of
its own), no file to write, so much memory, and an alarm that ends it even if the server is gone; the engine gets
queries that a tokenizer has read; the store is opened read-only.  When a build has put another store into the place,
that is opened before the next question; until then the one that is open stays whole, since its files stay open.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import select
import signal
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from pyoxigraph import Store

from kg.serve import answers, frames
from kg.serve.limits import Limits

PAUSE = 0.2
"""Seconds without a question after which it is worth making ready for the next: one view asks several at a time."""
ALARM = 1.0
"""Seconds after its deadline at which a worker ends by itself."""

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_PARENT_DEATH_SIGNAL = 1


def main(arguments: list[str] | None = None) -> None:
    """Answer requests until there are no more."""
    given = json.loads((sys.argv[1:] if arguments is None else arguments)[0])
    limits = Limits(**given["limits"])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends its workers
    alone = confine(limits, given["parent"])
    requests, replies = os.fdopen(0, "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whatever prints must not speak into the frames
    try:
        opened = Opened(Path(given["store"]))
        opened.store()
    except (OSError, RuntimeError) as error:
        frames.write(replies, {"error": f"{given['store']}: cannot be opened ({error})"})
        return
    frames.write(replies, {"ready": True, "alone": alone})
    if not waiting(0.0):
        import_module("kg.serve.pages").prepare()
    asked_by_page = False
    while True:
        if asked_by_page and not waiting(PAUSE):
            make_ready(opened)
        if (request := frames.read(requests)) is None:
            return
        head, body = request
        asked_by_page = head["operation"] == "page"
        signal.setitimer(signal.ITIMER_REAL, limits.timeout + ALARM)
        reply, content = work(opened, head, body, limits)
        signal.setitimer(signal.ITIMER_REAL, 0)
        frames.write(replies, reply, content)


def make_ready(opened: Opened) -> None:
    """Make what a search needs, in small steps, until somebody asks: whoever looks at the page will search.

    A server that nobody looks at in a browser never does.
    """
    from kg.explore import finding

    with suppress(OSError, RuntimeError):  # the next question says what is wrong with the store
        for _ in finding.making(opened.store()):
            if waiting(0.0):
                return


def waiting(seconds: float) -> bool:
    """Whether a request is there, or comes within so many seconds."""
    return bool(select.select([0], [], [], seconds)[0])


def work(opened: Opened, head: dict[str, Any], body: bytes, limits: Limits) -> tuple[dict[str, Any], bytes]:
    """One question; the engine's own failures become status 500, so that nothing ends in silence."""
    fields = {**head["fields"], "query": body.decode("utf-8")} if head["operation"] == "query" else head["fields"]
    try:
        done = answers.answer(opened.store(), head["operation"], fields, limits)
    except MemoryError:
        done = answers.message(507, f"the question needs more than {limits.memory >> 20} MiB of memory")
    except Exception as error:  # a defect must not take the process with it
        # Only its kind: the words of an error may name places of this machine.
        done = answers.message(500, f"the question could not be answered ({type(error).__name__})")
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    reply = {"status": done.status, "type": done.content_type, "headers": done.headers, "used": used}
    return reply, done.body


def lying(folder: Path) -> tuple[os.stat_result, Path]:
    """Where the store in a graph's `store/` lies, and the state of the file that changes with it.

    The file `current` names the folder that counts (`kg.store`); without it the store lies there itself.  Raises
    OSError if there is none.
    """
    pointer = folder / "current"
    if pointer.is_file():
        return pointer.stat(), folder / Path(pointer.read_text("utf-8", "replace").strip()).name
    return (folder / "CURRENT").stat(), folder


class Opened:
    """The store in a folder: always the one that lies there now."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._identity: tuple[int, int] | None = None
        self._store: Store | None = None

    def store(self) -> Store:
        """The store, opened anew if it is another than last time.  Raises OSError if there has never been one."""
        try:
            found, place = lying(self._folder)
        except OSError:
            if self._store is None:
                raise
            return self._store  # a build is just putting another one there
        identity = (found.st_ino, found.st_mtime_ns)
        if self._store is None or identity != self._identity:
            self._store, self._identity = Store.read_only(str(place)), identity
        return self._store


def confine(limits: Limits, parent: int) -> bool:
    """Bound what this process may take; whether it has no network at all, which not every system allows."""
    _bound(resource.RLIMIT_FSIZE, 0)
    _bound(resource.RLIMIT_CORE, 0)
    if sys.platform != "darwin":  # where address space cannot be bounded
        _bound(resource.RLIMIT_AS, limits.memory)
    if not sys.platform.startswith("linux"):
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit(0)  # the server ended before that could be asked for
    return any(libc.unshare(flags) == 0 for flags in (_NEW_NETWORK, _NEW_USER | _NEW_NETWORK))


def _bound(what: int, most: int) -> None:
    _, hard = resource.getrlimit(what)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(what, (most, most))
