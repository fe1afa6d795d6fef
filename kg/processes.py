"""A function over many things, in order, in this process or in several.

Each process makes the function for itself: processes share nothing.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import islice
from multiprocessing.context import SpawnContext
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from multiprocessing.pool import AsyncResult

_Thing = TypeVar("_Thing")
_Result = TypeVar("_Result")

_CHUNK = 4
"""Things handed to a process at a time: few, because a long one must not hold up the rest."""


def mapped(
    make: Callable[[], Callable[[_Thing], _Result]], things: Iterable[_Thing], number: int
) -> Generator[_Result]:
    """What the function that `make` makes gives for each thing, made once in each of `number` processes.

    `make`, things and results must be such as can be sent to a process.
    """
    context = multiprocessing.get_context("spawn")
    with ExitStack() as started:
        with _uninterrupted(context):
            # Before an interrupt can come: a pool that nobody ends starts its workers again while they are ended.
            pool = started.enter_context(context.Pool(number, _start, (make,)))
        # Not `imap`, which takes its things in another thread, and as many as there are.
        ahead: deque[AsyncResult[list[_Result]]] = deque()
        waiting = iter(things)
        while chunk := list(islice(waiting, _CHUNK)):
            ahead.append(pool.apply_async(_work, (chunk,)))
            if len(ahead) > 2 * number:
                yield from ahead.popleft().get()
        while ahead:
            yield from ahead.popleft().get()


@contextmanager
def _uninterrupted(context: SpawnContext) -> Iterator[None]:
    """Processes started in the block never see Ctrl-C, which a terminal sends to all: this one ends them."""
    # The first lock starts a process that keeps track of locks, and that lifts the mask.
    context.Lock()
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_function: Callable[[Any], Any] | None = None


def _start(make: Callable[[], Callable[[Any], Any]]) -> None:
    global _function
    _function = make()


def _work(things: Sequence[Any]) -> list[Any]:
    assert _function is not None
    return [_function(thing) for thing in things]
