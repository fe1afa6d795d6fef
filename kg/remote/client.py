"""HTTP with patience: a request is tried again when a server is busy or a connection breaks; then it is an error."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from types import TracebackType
from urllib.parse import urlsplit, urlunsplit

import httpx

from kg import __version__
from kg.errors import RemoteError

TRIES = 4
FIRST_WAIT = 0.5
"""Seconds before the second try; each further wait is twice as long."""
LONGEST_WAIT = 10.0
TIMEOUT = 120.0
"""Seconds without a byte from the server."""

_TRANSIENT = frozenset({429, 502, 503, 504})
_SHOWN = 300
"""Characters of a server's own message that are passed on."""


class Client:
    """A connection to a server, for requests that may be sent twice: what they do, they do once."""

    def __init__(
        self,
        *,
        tries: int = TRIES,
        timeout: float = TIMEOUT,
        sleep: Callable[[float], None] = time.sleep,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._tries, self._sleep, self._met = tries, sleep, False
        agent = {"User-Agent": f"knowledge-graph-builder/{__version__}"}
        limits = httpx.Timeout(timeout, connect=min(timeout, 10.0))
        self._http = httpx.Client(timeout=limits, headers=agent, transport=transport)

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, place: TracebackType | None
    ) -> None:
        self._http.close()

    def post(
        self,
        address: str,
        *,
        content: bytes | None = None,
        form: Mapping[str, str] | None = None,
        parameters: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        tries: int | None = None,
    ) -> httpx.Response:
        """A response of success.  Raises RemoteError, after some tries, with the server's words if it has any."""
        wait, most = FIRST_WAIT, tries or self._tries
        for attempt in range(1, most + 1):
            try:
                response = self._http.post(address, content=content, data=form, params=parameters, headers=headers)
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                trouble = _trouble(address, error)
                # A server that has answered before will be back; one that never has may be a wrong address.
                again = isinstance(error, httpx.TransportError) and (self._met or attempt == 1)
                again = again and not isinstance(error, httpx.UnsupportedProtocol)
            else:
                self._met = True
                if response.is_success:
                    return response
                trouble = _refusal(address, response)
                again = response.status_code in _TRANSIENT
                wait = max(wait, _asked_to_wait(response))
            if not again or attempt == most:
                tried = f" (tried {attempt} times)" if attempt > 1 else ""
                raise RemoteError(f"{trouble}{tried}")
            self._sleep(min(wait, LONGEST_WAIT))
            wait *= 2
        raise AssertionError("unreachable")


def shown(address: str) -> str:
    """An address as messages show it: without a password, and without what is asked there."""
    parts = urlsplit(address)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def _trouble(address: str, error: Exception) -> str:
    if isinstance(error, httpx.ConnectError):
        return f"{shown(address)}: no server answers there ({error}); is it running, and is the address right?"
    if isinstance(error, httpx.TimeoutException):
        return f"{shown(address)}: the server does not answer in time"
    return f"{shown(address)}: the connection failed ({error or type(error).__name__})"


def _refusal(address: str, response: httpx.Response) -> str:
    words = " ".join(response.text.split())
    said = f": {words[:_SHOWN]}{'…' if len(words) > _SHOWN else ''}" if words else ""
    if response.is_redirect:
        said = f": it is at {shown(response.headers.get('location', ''))} now"
    return f"{shown(address)}: the server says {response.status_code} {response.reason_phrase}{said}"


def _asked_to_wait(response: httpx.Response) -> float:
    value = response.headers.get("retry-after", "")
    return float(value) if value.isascii() and value.isdigit() else 0.0
