"""Connections whose requests never come to their end."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from kg.serve import server

HEAD = 0.5


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[int]:
    """A server whose patience is half a second, or what the test wants."""
    monkeypatch.setattr(server, "_HEAD_TIME", getattr(request, "param", HEAD))
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


@pytest.mark.parametrize("before", [b"", b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"])
@pytest.mark.parametrize("part", [b"", b"GET / HTTP/1.1\r\nHost: x\r\nX-Part: "])
def test_a_request_that_never_ends_is_not_waited_for(port: int, before: bytes, part: bytes) -> None:
    start = time.monotonic()  # before the server's own clock starts
    with socket.create_connection(("127.0.0.1", port), 60) as connection:
        if before:
            start = time.monotonic()
            connection.sendall(before)
            assert connection.recv(4096).startswith(b"HTTP/1.1 200")
        with suppress(ConnectionError):  # it may have closed already
            connection.sendall(part)
            while connection.recv(4096):
                pass
    assert HEAD * 0.9 < time.monotonic() - start < 30


@pytest.mark.parametrize("port", [3.0], indirect=True)
def test_a_busy_connection_stays_open(port: int) -> None:
    start = time.monotonic()
    with socket.create_connection(("127.0.0.1", port), 60) as connection:
        while time.monotonic() - start < 4:  # longer than a request may take, with pauses far below that
            time.sleep(0.4)
            connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            answer = b""
            while not answer.endswith(b"hello"):  # head and body may come one after the other
                part = connection.recv(4096)
                assert part, answer
                answer += part
            assert answer.startswith(b"HTTP/1.1 200")
