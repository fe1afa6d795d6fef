"""The site, put together: parts behind the guard, and the workers for as long as it runs."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute

from kg.errors import ServeError
from kg.serve.guard import Guard
from kg.serve.limits import Limits
from kg.serve.site import Site

PARTS = (
    *("kg.serve.endpoint", "kg.serve.graphs", "kg.serve.things", "kg.serve.health"),
    *("kg.serve.data", "kg.serve.decisions", "kg.serve.assets"),
)
"""The modules that the site is made of: each has `routes(site)`, and an earlier one's paths go first."""


def make(
    folder: str | Path,
    limits: Limits | None = None,
    *,
    hosts: Collection[str] = (),
    origins: Collection[str] = (),
    edit: bool = False,
) -> Starlette:
    """An ASGI application that serves the graph in a folder.

    `hosts` are names it goes by beside `localhost` and bare addresses, `origins` other sites whose pages may ask;
    with `edit` the page may write decisions about claims into the seeds.
    Raises GraphError or OntologyError when there is no graph, and, when it starts, ServeError if no worker can; that
    error is then also `state.trouble`.
    """
    site = Site(Path(folder), limits or Limits(), edit=edit)
    routes: list[BaseRoute] = [route for part in PARTS for route in import_module(part).routes(site)]

    @asynccontextmanager
    async def workers(app: Starlette) -> AsyncIterator[None]:
        try:
            await site.pool.open()
        except ServeError as error:
            app.state.trouble = error  # a server reports that it failed, and not why
            raise
        try:
            yield
        finally:
            await site.close()

    made = Starlette(
        routes=routes,
        middleware=[Middleware(Guard, hosts=hosts, origins=origins)],
        exception_handlers={HTTPException: _said, ClientDisconnect: _left},
        lifespan=workers,
    )
    made.state.trouble = None
    made.state.decisions = site.decisions
    return made


async def _said(request: Request, error: Exception) -> Response:
    """What a client did wrong, as a line of text."""
    assert isinstance(error, HTTPException)
    if error.status_code in {204, 304}:
        return Response(status_code=error.status_code, headers=error.headers)
    return PlainTextResponse(f"{error.detail}\n", error.status_code, error.headers)


async def _left(request: Request, error: Exception) -> Response:
    return Response(status_code=499)  # nobody reads it
