"""The workers of a server: started, asked, killed at their deadline and replaced."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kg.errors import ServeError
from kg.serve import frames
from kg.serve.limits import Limits

_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1])['path']; from kg.serve.worker import main; main()"
_FIRST_WAIT, _LONGEST_WAIT = 0.2, 10.0
"""Seconds before a worker that did not start is tried again: doubled each time."""
_START_TIME = 60.0
"""Seconds after which a worker that says nothing is taken for one that did not start."""
_BUFFER = 1 << 20
_ENDS = {
    signal.SIGABRT: "it needs more memory than there is for one question, or nests too deeply",
    signal.SIGSEGV: "it nests too deeply",
    signal.SIGALRM: "it ran out of time",
}


class BusyError(Exception):
    """Too many questions wait already, or one has waited too long."""


class OutOfTimeError(Exception):
    """The deadline came before the answer."""


_TRIES = 3
"""How often the first worker is started."""


class WorkerDiedError(Exception):
    """The question brought its worker down; the text says how."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a worker answered."""

    status: int
    content_type: str
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass(frozen=True, slots=True)
class State:
    """How the workers are."""

    workers: int
    """Those that are ready or busy."""
    idle: int
    waiting: int
    alone: bool
    """Whether the operating system keeps all of them from every network."""
    trouble: str
    """Why there are fewer than there should be; empty if there are not."""


class Worker:
    """A running process and the two pipes to it."""

    def __init__(
        self,
        process: subprocess.Popen[bytes],
        reader: asyncio.StreamReader,
        pipes: tuple[asyncio.ReadTransport, asyncio.WriteTransport],
    ) -> None:
        self._process, self._reader, self._pipes = process, reader, pipes
        self.alone = False

    @classmethod
    async def start(cls, store: Path, limits: Limits) -> Worker:
        """A worker that has opened the store.  Raises ServeError when it cannot."""
        path = [str(Path(entry or ".").resolve()) for entry in sys.path]
        given = json.dumps({"store": str(store), "limits": asdict(limits), "path": path, "parent": os.getpid()})
        # Pipes, not asyncio's own child processes: those may get sockets, and a worker holds none.
        process = subprocess.Popen(
            [sys.executable, "-c", _START, given],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            close_fds=True,
            start_new_session=True,
        )
        try:
            worker = await cls._met(process)
        except BaseException:  # whoever waited may be gone; the process must not outlive that
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()
            raise
        return worker

    @classmethod
    async def _met(cls, process: subprocess.Popen[bytes]) -> Worker:
        """The worker in a process that has just been started, when it has said that it is ready."""
        loop = asyncio.get_running_loop()
        reader = asyncio.StreamReader(limit=_BUFFER)
        answers, _ = await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), process.stdout)
        try:
            questions, _ = await loop.connect_write_pipe(asyncio.Protocol, process.stdin)
        except BaseException:
            answers.close()
            raise
        worker = cls(process, reader, (answers, questions))
        try:
            head, _ = await asyncio.wait_for(worker._read(), _START_TIME)
            if "error" in head:
                raise ServeError(f"{head['error']}; build the graph again")
        except (TimeoutError, WorkerDiedError) as error:
            worker.kill()
            raise ServeError(f"a process for queries does not start: {error}") from error
        except BaseException:
            worker.kill()
            raise
        worker.alone = bool(head["alone"])
        return worker

    async def ask(self, operation: str, fields: dict[str, Any], query: str) -> tuple[frames.Head, bytes]:
        """One question and its answer.  Raises WorkerDiedError if there comes none."""
        self._pipes[1].write(frames.packed({"operation": operation, "fields": fields}, query.encode()))
        return await self._read()

    def kill(self) -> None:
        """End it now, whatever it does."""
        self._process.kill()
        self._process.wait()
        for pipe in self._pipes:  # one that has seen the process end is closed, and cannot be a second time
            if not pipe.is_closing():
                if isinstance(pipe, asyncio.WriteTransport):
                    pipe.abort()  # without what it still holds: nobody reads that any more
                else:
                    pipe.close()
        for end in (self._process.stdin, self._process.stdout):
            if end is not None:  # the loop that would close it may have no other round
                end.close()

    async def _read(self) -> tuple[frames.Head, bytes]:
        try:
            head, body = frames.LENGTHS.unpack(await self._reader.readexactly(frames.LENGTHS.size))
            words = await self._reader.readexactly(head)
            return json.loads(words), await self._reader.readexactly(body)
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise WorkerDiedError(self._how()) from error

    def _how(self) -> str:
        try:
            code = self._process.wait(1)
        except subprocess.TimeoutExpired:
            return "it stopped answering"
        return _ENDS.get(-code, f"it ended with code {code}")  # type: ignore[call-overload, no-any-return]


class Pool:
    """So many workers over one store, each asked one question at a time."""

    def __init__(self, store: Path, limits: Limits) -> None:
        self._store, self._limits = store, limits
        self._idle: asyncio.Queue[Worker] = asyncio.Queue()
        self._all: set[Worker] = set()
        self._starting: set[asyncio.Task[None]] = set()
        self._waiting = 0
        self._trouble = ""

    @property
    def state(self) -> State:
        """How the workers are now."""
        alone = bool(self._all) and all(worker.alone for worker in self._all)
        return State(len(self._all), self._idle.qsize(), self._waiting, alone, self._trouble)

    async def open(self) -> None:
        """Start the workers, and be done when the first is ready.  Raises ServeError if that one cannot be."""
        for left in reversed(range(_TRIES)):
            try:
                self._ready(await Worker.start(self._store, self._limits))
                break
            except ServeError as error:  # one that ended while it started may have met a busy machine
                if not left or not isinstance(error.__cause__, WorkerDiedError):
                    raise
        for _ in range(self._limits.workers - 1):
            self._replace()

    async def close(self) -> None:
        """End all workers."""
        for task in tuple(self._starting):
            task.cancel()
        await asyncio.gather(*self._starting, return_exceptions=True)
        for worker in tuple(self._all):
            self._end(worker)

    async def ask(self, operation: str, fields: dict[str, Any], query: str = "") -> Reply:
        """Have a worker do one of `answers.OPERATIONS`.

        Raises BusyError, OutOfTimeError or WorkerDiedError; and if the caller is cancelled, because its client has
        left, the worker is killed too, so that nobody works for nobody.
        """
        worker = await self._free()
        try:
            async with self._killing(worker):
                async with asyncio.timeout(self._limits.timeout):
                    head, body = await worker.ask(operation, fields, query)
        except TimeoutError as error:
            raise OutOfTimeError from error
        if head["used"] > self._limits.memory // 2:  # what it has once taken it may never give back
            self._end(worker)
            self._replace()
        else:
            self._idle.put_nowait(worker)
        return Reply(head["status"], head["type"], tuple((name, value) for name, value in head["headers"]), body)

    @asynccontextmanager
    async def _killing(self, worker: Worker) -> AsyncIterator[None]:
        try:
            yield
        except BaseException:
            self._replace()
            self._end(worker)
            raise

    async def _free(self) -> Worker:
        if not self._idle.empty():
            return self._idle.get_nowait()
        if self._waiting >= self._limits.waiting:
            raise BusyError
        self._waiting += 1
        try:
            return await asyncio.wait_for(self._idle.get(), self._limits.timeout)
        except TimeoutError as error:
            raise BusyError from error
        finally:
            self._waiting -= 1

    def _ready(self, worker: Worker) -> None:
        self._trouble = ""
        self._all.add(worker)
        self._idle.put_nowait(worker)

    def _end(self, worker: Worker) -> None:
        self._all.discard(worker)
        worker.kill()

    def _replace(self) -> None:
        task = asyncio.create_task(self._another())
        self._starting.add(task)
        task.add_done_callback(self._starting.discard)

    async def _another(self) -> None:
        wait = _FIRST_WAIT
        while True:
            try:
                self._ready(await Worker.start(self._store, self._limits))
                return
            except Exception as error:  # whatever it is, there must be a worker again
                self._trouble = str(error)
            await asyncio.sleep(wait)
            wait = min(wait * 2, _LONGEST_WAIT)
