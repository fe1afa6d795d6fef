"""`/healthz`: whether questions can be answered now, for whoever watches the server; and `/`, what there is."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from kg.serve import assets, endpoint, graphs
from kg.serve.site import Site

PATH = "/healthz"


def routes(site: Site) -> list[Route]:
    """The health of the server and its front door."""

    async def health(request: Request) -> Response:
        state = site.pool.state
        said = {
            "status": "ok" if state.workers else "down",
            "workers": state.workers,
            "idle": state.idle,
            "waiting": state.waiting,
            "network": "none" if state.alone else "not separated by the system",
        }
        return JSONResponse(said, 200 if state.workers else 503, {"Cache-Control": "no-store"})

    async def door(request: Request) -> Response:
        if assets.wants_page(request):
            return assets.page()
        name = site.graph.ontology.name
        return PlainTextResponse(
            f"A knowledge graph, built with the ontology {name}.\n\n"
            f"{endpoint.PATH:<10} SPARQL 1.1: ?query=…; without a query, what the service can do\n"
            f"{graphs.PATH:<10} whole graphs: ?default, ?graph=IRI, or everything\n"
            f"{'/api/…':<10} what the page asks, as JSON: search, entity, around, document, board, timeline, table\n"
            f"{'/id/…':<10} one thing, such as /id/org/NAME\n"
            f"{PATH:<10} whether all is well\n\n"
            "In a browser this address is a page to explore the graph.\n"
        )

    return [Route(PATH, health, methods=["GET"]), Route("/", door, methods=["GET"])]
