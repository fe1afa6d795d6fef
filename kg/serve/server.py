"""Running the site: uvicorn with the bounds that it does not have by itself."""

from __future__ import annotations

import asyncio
import errno
import socket
import sys
from collections.abc import Callable, Collection
from pathlib import Path

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from kg.errors import ServeError
from kg.serve import app
from kg.serve.limits import Limits

HOST, PORT = "127.0.0.1", 8000
_HEAD_TIME = 10.0
"""Seconds for a request's first line and headers to arrive."""
_HEAD_BYTES = 128 * 1024
"""Of a request's first line and headers; more is status 400."""
_GRACE = 2
"""Seconds for answers under way when the server is stopped."""


class Patience(H11Protocol):
    """A connection that is closed when the head of a request does not come; uvicorn waits for ever."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._head = self.loop.call_later(_HEAD_TIME, self._too_late)

    def connection_lost(self, exc: Exception | None) -> None:
        self._head.cancel()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        self._head.cancel()
        self._head = self.loop.call_later(_HEAD_TIME, self._too_late)
        super().on_response_complete()

    def _too_late(self) -> None:
        if self.cycle is None or self.cycle.response_complete:
            self.transport.close()


class Server(uvicorn.Server):
    """A server that says when it listens."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and tell."""
        await super().startup(sockets)
        if self.started:
            self._ready()


def listening(host: str, port: int) -> socket.socket:
    """A socket at an address.  Raises ServeError when it is taken, not ours or not there."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        made = socket.socket(family, kind, protocol)
    except (OSError, UnicodeError) as error:
        raise ServeError(f"{host}: no such address ({error})") from error
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
    except OSError as error:
        made.close()
        taken = error.errno == errno.EADDRINUSE
        why = "something is listening there already" if taken else error.strerror or str(error)
        raise ServeError(f"{host}, port {port}: {why}; choose another with --port") from error
    return made


def run(
    folder: str | Path = "output",
    *,
    host: str = HOST,
    port: int = PORT,
    limits: Limits | None = None,
    hosts: Collection[str] = (),
    origins: Collection[str] = (),
    edit: bool = False,
    ready: Callable[[str, Path | None], None] = lambda address, decisions: None,
) -> None:
    """Serve the graph in `folder` until the process is told to end; `ready` is called with the address and, with
    `edit`, the file that decisions go to.

    Port 0 takes a free one.  Raises KGError for a folder without a graph, for an address that cannot be had, and on
    Windows.
    """
    if sys.platform == "win32":
        raise ServeError("kg serve needs Linux or macOS: Windows cannot bound what a query may take")
    bounds = limits or Limits()
    site = app.make(folder, bounds, hosts=(host, *hosts), origins=origins, edit=edit)
    with listening(host, port) as made:
        name = f"[{host}]" if ":" in host else host
        config = uvicorn.Config(
            site,
            http=Patience,
            ws="none",
            lifespan="on",
            loop="asyncio",
            log_level="critical",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            limit_concurrency=bounds.connections,
            h11_max_incomplete_event_size=_HEAD_BYTES,
            timeout_graceful_shutdown=_GRACE,
        )
        server = Server(config, lambda: ready(f"http://{name}:{made.getsockname()[1]}/", site.state.decisions))
        try:
            server.run([made])
        except KeyboardInterrupt:
            return  # how a server is meant to end
        except SystemExit:
            if site.state.trouble is None:
                raise
        if site.state.trouble is not None:
            raise site.state.trouble
