"""`/store`: the reading half of the SPARQL 1.1 Graph Store HTTP Protocol (4.2, 5.2, 5.7).

    GET /store?default          the facts
    GET /store?graph=IRI        a named graph, such as the claims
    GET /store                  everything, in a format that has graphs (not of the protocol, but of most stores)

Writes get status 405, as the protocol has it for what is not supported.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.serve.site import Site

PATH = "/store"


def routes(site: Site) -> list[Route]:
    """The graph store."""

    async def store(request: Request) -> Response:
        return await site.ask(request, "stored", {"graph": _graph(request)})

    return [Route(PATH, store, methods=["GET"])]


def _graph(request: Request) -> str | None:
    """The graph's IRI, empty for the default graph, None for all.  Raises HTTPException for what names no graph."""
    names = request.query_params.getlist("graph")
    if "default" in request.query_params:
        if names:
            raise HTTPException(400, "give default or graph, not both")
        return ""
    if len(names) > 1:
        raise HTTPException(400, "name one graph")
    if not names:
        return None
    try:
        absolute = bool(urlsplit(names[0]).scheme)
    except ValueError:
        absolute = False
    if not absolute:
        raise HTTPException(400, "the name of a graph is an absolute IRI")
    return names[0]
