"""`/id/…`: what the graph's own IRIs name, each at the path that it has under the base.

`https://kg.example.org/id/org/acme` is `/id/org/acme` here.  The format is negotiated; what a page for people would
show comes with the explorer.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.serve.site import Site


def routes(site: Site) -> list[Route]:
    """Everything below `/id/`."""

    async def thing(request: Request) -> Response:
        return await site.ask(request, "thing", {"iri": f"{site.graph.base}id/{request.path_params['path']}"})

    return [Route("/id/{path:path}", thing, methods=["GET"])]
