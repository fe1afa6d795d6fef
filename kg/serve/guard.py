"""Who may ask: the checks before any part of the site, and the headers behind it.

A page on another site can make its visitor's browser send requests to a server on loopback.  Three things stop that.
The `Host` must be a name of this server or a bare address: a name that an attacker makes point here (DNS rebinding) is
neither.  An `Origin` must be the server itself or allowed with `--cors`.  And a browser that says the request comes
from another site (`Sec-Fetch-Site`) is let in only for a link that somebody follows.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOCAL = ("localhost",)
ANY_ORIGIN = "*"

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Vary": "Accept, Origin",
}
"""What every response says, unless its part says something else."""


class Guard:
    """The checks around a site."""

    def __init__(self, app: ASGIApp, *, hosts: Collection[str] = (), origins: Collection[str] = ()) -> None:
        """`hosts`: names that the server goes by, without a port; `origins`: other sites whose pages may ask."""
        self._app = app
        self._hosts = {host.lower().rstrip(".") for host in (*LOCAL, *hosts)}
        self._origins = {origin.lower().rstrip("/") for origin in origins}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        status, words = self._refusal(scope, headers)
        allowed = self._allowed(headers)

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                outgoing = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    outgoing.setdefault(name, value)
                if allowed:
                    outgoing["Access-Control-Allow-Origin"] = allowed
                    outgoing["Access-Control-Expose-Headers"] = "KG-Truncated, Retry-After"
                    outgoing["Cross-Origin-Resource-Policy"] = "cross-origin"
            await send(message)

        if status:
            await PlainTextResponse(f"{words}\n", status)(scope, receive, sending)
        elif scope["method"] == "OPTIONS" and "access-control-request-method" in headers and allowed:
            preflight = {
                "Access-Control-Allow-Methods": "GET, HEAD, POST",
                "Access-Control-Allow-Headers": "Accept, Content-Type",
                "Access-Control-Max-Age": "600",
            }
            await PlainTextResponse("", 204, preflight)(scope, receive, sending)
        else:
            await self._app(scope, receive, sending)

    def _refusal(self, scope: Scope, headers: Headers) -> tuple[int, str]:
        """Status and words for a request that may not pass; 0 for one that may."""
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self._is_ours(hosts[0]):
            return 421, "this server does not go by that name; start it with --allow-host NAME if it should"
        origin = headers.get("origin")
        if origin is not None and not (self._same(scope, origin, hosts[0]) or self._allowed(headers)):
            return 403, "pages of other sites may not ask here; start the server with --cors ORIGIN if they should"
        foreign = headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}
        followed = scope["method"] == "GET" and headers.get("sec-fetch-mode") == "navigate"
        if foreign and not followed and not self._allowed(headers):
            return 403, "pages of other sites may not ask here; start the server with --cors ORIGIN if they should"
        return 0, ""

    def _is_ours(self, host: str) -> bool:
        try:
            name = (urlsplit(f"//{host}").hostname or "").rstrip(".")
        except ValueError:
            return False
        if name in self._hosts:
            return True
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True

    def _same(self, scope: Scope, origin: str, host: str) -> bool:
        return origin.lower() == f"{scope['scheme']}://{host}".lower()

    def _allowed(self, headers: Headers) -> str:
        """The value of Access-Control-Allow-Origin; empty where none was asked for or it is not allowed."""
        origin = headers.get("origin")
        if origin is None or origin == "null":
            return ""
        if ANY_ORIGIN in self._origins:
            return ANY_ORIGIN
        return origin if origin.lower() in self._origins else ""
