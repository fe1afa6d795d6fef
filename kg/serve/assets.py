"""`/` for people, and the files of that page: scripts and styles from this package, the editor where it was bundled.

The page's policy lets a browser load from this server alone, and run no script that stands in the page.
"""

from __future__ import annotations

from importlib.resources import files

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from kg.serve.negotiate import Format, choose
from kg.serve.site import Site

PATH = "/page"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
_OWN, _BUNDLE = "page", "dist"
EDITOR = ("editor.js", "editor.css")
"""What `make web` bundles of the SPARQL editor."""


def routes(site: Site) -> list[Route]:
    """The files that the page loads."""

    async def file(request: Request) -> Response:
        name = request.path_params["name"]
        found = read(name)
        if found is None:
            return PlainTextResponse(f"the page has no file {name!r}\n", 404)
        kind = _TYPES["." + name.rpartition(".")[2]]
        return Response(found, headers={"Cache-Control": "no-cache", "Content-Type": kind})

    return [Route(f"{PATH}/{{name}}", file, methods=["GET"])]


def wants_page(request: Request) -> bool:
    """Whether the client is a browser: it names HTML and likes nothing better."""
    accept = request.headers.get("accept", "")
    if "text/html" not in accept:
        return False
    offers = (Format("html", "text/html"), Format("text", "text/plain"), Format("turtle", "text/turtle"))
    best = choose(accept, offers)
    return best is not None and best.name == "html"


def page() -> Response:
    """The page itself; its text never depends on the graph."""
    text = files("kg").joinpath("web", _OWN, "page.html").read_bytes()
    return Response(text, headers={"Content-Security-Policy": POLICY, "Content-Type": "text/html; charset=utf-8"})


def read(name: str) -> bytes | None:
    """A file of the page by its name; None for a name that is none of them."""
    if name in EDITOR:
        place = files("kg").joinpath("web", _BUNDLE, name)
        return place.read_bytes() if place.is_file() else None
    own = {entry.name: entry for entry in files("kg").joinpath("web", _OWN).iterdir()}
    found = own.get(name)
    return found.read_bytes() if found is not None and "." + name.rpartition(".")[2] in _TYPES else None


def has_editor() -> bool:
    """Whether the editor was bundled."""
    return all(files("kg").joinpath("web", _BUNDLE, name).is_file() for name in EDITOR)
