"""`/id/…`: what the graph's own IRIs name, each at the path that it has under the base.

`https://kg.example.org/id/org/acme` is `/id/org/acme` here.  The format is negotiated; a browser is sent to the
thing's view on the page.
"""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg import lookup
from kg.serve import assets
from kg.serve.site import Site


def routes(site: Site) -> list[Route]:
    """Everything below `/id/`."""

    async def thing(request: Request) -> Response:
        address = f"{site.graph.base}id/{request.path_params['path']}"
        if assets.wants_page(request):
            shown = lookup.shortened(address, site.graph.prefixes)
            kind = "document" if shown.startswith("doc:") else "entity"
            view = f"/#/{kind}/{quote(shown.removeprefix('doc:') if kind == 'document' else shown, safe='')}"
            return Response(status_code=303, headers={"Location": view})
        return await site.ask(request, "thing", {"iri": address})

    return [Route("/id/{path:path}", thing, methods=["GET"])]
