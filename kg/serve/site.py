"""What every part of the site works with: the graph, its workers, and how their answers become responses."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from kg import graph, sparql
from kg.errors import KGError
from kg.serve.limits import Limits
from kg.serve.pool import BusyError, OutOfTimeError, Pool, Reply, WorkerDiedError
from kg.serve.worker import lying
from kg.store import STORE

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

_QUICK = 0.1
"""Seconds before it is worth looking whether the client is still there."""
_PIECE = 64 * 1024
_SHORT = 8 * 1024
"""Characters of a query that is read at once, in some milliseconds; a longer one is read beside what else goes on."""
_KEPT = 16 * 1024 * 1024
"""Bytes of answers that are kept: the views of a whole graph, each the same for everybody."""
_SEND_TIME = 30.0
"""Seconds that a client may take for a piece of an answer."""


class Site:
    """A built graph as it is served."""

    def __init__(self, folder: Path, limits: Limits, *, edit: bool = False) -> None:
        self.limits = limits
        self.token = secrets.token_urlsafe(24) if edit else None
        """What the page shows to prove that a decision is its own; None where the server takes none."""
        self._graph = graph.open(folder)
        self.decisions = self._decisions() if edit else None
        """The file that decisions go to."""
        self._folder = folder.resolve()
        self.pool = Pool(self._folder / STORE, limits)
        self._seen = self._identity()
        self._held = 0
        self._answers = _Answers()
        self._words: tuple[object, dict[str, Any]] | None = None
        self._reader = ThreadPoolExecutor(1, "reader")

    def _decisions(self) -> Path:
        from kg.serve import decisions

        return decisions.place(self._graph)

    @property
    def folder(self) -> Path:
        """Where the build lies."""
        return self._folder

    @property
    def words(self) -> dict[str, Any]:
        """What a worker has to know of the ontology (`kg.explore.view.words`)."""
        found = self.graph
        if self._words is None or self._words[0] is not found.ontology:
            from kg.explore import view

            self._words = found.ontology, view.words(found.ontology)
        return self._words[1]

    @property
    def graph(self) -> KnowledgeGraph:
        """The graph that lies in the folder now: its ontology, base and prefixes; a build may have put in another."""
        identity = self._identity()
        if identity != self._seen and identity is not None:
            try:
                self._graph, self._seen = graph.open(self._folder), identity
            except KGError:
                return self._graph  # a build is just putting its files there, or has left half of them: the next time
        return self._graph

    async def check(self, query: str) -> None:
        """Raise RefusedError for a query that may not run.

        It is decided here, since that is no question of time: a query that is refused waits for no worker and has no
        deadline, however busy the workers are.  They check it once more.
        """
        if len(query) <= _SHORT:
            sparql.check(query)
        else:
            await asyncio.get_running_loop().run_in_executor(self._reader, sparql.check, query)

    async def close(self) -> None:
        """End what works for the site."""
        self._reader.shutdown(wait=False, cancel_futures=True)
        await self.pool.close()

    async def ask(
        self, request: Request, operation: str, fields: Mapping[str, Any], query: str = "", *, keep: str = ""
    ) -> Response:
        """The response to a question that a worker answers; what goes wrong is a status and a line that says what.

        An answer that many will ask for again has a name to `keep` it by, until there is another graph.
        """
        if keep and (kept := self._answers.get(keep, self._identity())) is not None:
            return _Held(self, kept)
        before = self._identity()
        given = {"accept": request.headers.get("accept"), "prefixes": self.graph.prefixes, **fields}
        asked = asyncio.ensure_future(self.pool.ask(operation, given, query))
        try:
            await asyncio.wait({asked}, timeout=_QUICK)
            if not asked.done():
                await _first(asked, request)
            if not asked.done():
                return Response(status_code=499)  # nobody reads it
            if keep and asked.exception() is None and asked.result().status == 200:
                self._answers.put(keep, asked.result(), before, self._identity())
            return self._response(asked)
        finally:
            if not asked.done():
                asked.cancel()
                await asyncio.gather(asked, return_exceptions=True)

    async def data(self, operation: str, fields: Mapping[str, Any]) -> Reply:
        """The worker's own answer, for a part that makes something else of it.  Raises what `Pool.ask` raises."""
        return await self.pool.ask(operation, {"accept": None, "prefixes": self.graph.prefixes, **fields})

    def _response(self, asked: asyncio.Future[Reply]) -> Response:
        try:
            reply = asked.result()
        except Exception as error:
            return failed(error, self.limits)
        if self._held + len(reply.body) > self.limits.held_bytes:
            return failed(BusyError(), self.limits)
        return _Held(self, reply)

    def hold(self, size: int) -> None:
        """Count bytes of answers that are kept for a client; less than none when it has taken them."""
        self._held += size

    def _identity(self) -> tuple[int, int] | None:
        try:
            found, _ = lying(self._folder / STORE)
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns


def failed(error: Exception, limits: Limits) -> Response:
    """The response for what `Pool.ask` raises; another error is raised again."""
    if isinstance(error, BusyError):
        words = "too many questions at a time; come again in a moment"
        return PlainTextResponse(words + "\n", 503, {"Retry-After": "1"})
    if isinstance(error, OutOfTimeError):
        words = f"the question was stopped after {limits.timeout:g} seconds, the most it may run; ask for less"
        return PlainTextResponse(words + "\n", 504)
    if isinstance(error, WorkerDiedError):
        return PlainTextResponse(f"the question was stopped: {error}\n", 507)
    raise error


class _Answers:
    """Answers that are kept for as long as the same graph lies in the folder."""

    def __init__(self) -> None:
        self._kept: dict[str, Reply] = {}
        self._of: tuple[int, int] | None = None

    def get(self, name: str, graph: tuple[int, int] | None) -> Reply | None:
        """The answer of that name about this graph."""
        return self._kept.get(name) if graph is not None and graph == self._of else None

    def put(self, name: str, reply: Reply, before: tuple[int, int] | None, after: tuple[int, int] | None) -> None:
        """Keep an answer, if the graph was the same before and after, and while there is room."""
        if after is None or before != after:
            return
        if after != self._of:
            self._kept, self._of = {}, after
        if sum(len(one.body) for one in self._kept.values()) + len(reply.body) <= _KEPT:
            self._kept[name] = reply


class _Held(Response):
    """An answer that is sent in pieces, and given up when its client does not take them."""

    def __init__(self, site: Site, reply: Reply) -> None:
        super().__init__(reply.body, reply.status, dict(reply.headers))
        self.headers["content-type"] = reply.content_type
        self._site = site
        site.hold(len(self.body))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            body = memoryview(b"" if scope["method"] == "HEAD" else bytes(self.body))
            for at in range(0, len(body), _PIECE):
                piece = {"type": "http.response.body", "body": bytes(body[at : at + _PIECE]), "more_body": True}
                await asyncio.wait_for(send(piece), _SEND_TIME)
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            self._site.hold(-len(self.body))


async def _first(asked: asyncio.Future[Reply], request: Request) -> None:
    """Wait until there is an answer or the client has left.  The request's body must have been read."""

    async def gone() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass

    left = asyncio.ensure_future(gone())
    try:
        both: tuple[asyncio.Future[Any], ...] = (asked, left)
        await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
    finally:
        left.cancel()
        await asyncio.gather(left, return_exceptions=True)
