"""Connections whose requests never come to their end."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from kg.serve import server

HEAD = 0.5


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A server whose patience is half a second."""
    monkeypatch.setattr(server, "_HEAD_TIME", HEAD)
    app = Starlette(routes=[Route("/", lambda request: PlainTextResponse("hello"))])
    running = uvicorn.Server(uvicorn.Config(app, http=server.Patience, log_level="critical", timeout_keep_alive=60))
    with server.listening("127.0.0.1", 0) as made:
        thread = threading.Thread(target=running.run, args=([made],))
        thread.start()
        while not running.started:
            assert thread.is_alive()
            time.sleep(0.01)
        yield int(made.getsockname()[1])
        running.should_exit = True
        thread.join(20)


def closed_after(connection: socket.socket) -> float:
    """Seconds until the server closes the connection."""
    start = time.monotonic()
    while connection.recv(4096):
        pass
    return time.monotonic() - start


@pytest.mark.parametrize("before", [b"", b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"])
@pytest.mark.parametrize("part", [b"", b"GET / HTTP/1.1\r\nHost: x\r\nX-Part: "])
def test_a_request_that_never_ends_is_not_waited_for(port: int, before: bytes, part: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port), 20) as connection:
        if before:
            connection.sendall(before)
            assert connection.recv(4096).startswith(b"HTTP/1.1 200")
        connection.sendall(part)
        assert HEAD * 0.5 < closed_after(connection) < 10


def test_a_busy_connection_stays_open(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), 20) as connection:
        for _ in range(4):
            time.sleep(HEAD * 0.6)
            connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            assert connection.recv(4096).startswith(b"HTTP/1.1 200")
