"""`/api/…`: what the page asks, as JSON; for programs too, though `/sparql` says more.

/api/site                      what there is: ontology, classes, relations, saved queries
/api/overview                  how much there is, the first tier, what is new, disputed, spoken of most
/api/search?q=…                things by name, alias or pinyin; &type=Model, &most=12
/api/entity?id=org:acme        a thing with its claims, versions and dates; &start=300 for more claims
/api/around?id=org:acme        what stands beside it
/api/document?id=d01           a document's text with mentions and claims
/api/board  /api/timeline      who is in which tier; what happened when
/api/conflicts /api/documents  what sources contradict each other about; what was read
/api/table?name=landscape      a saved query of the ontology; &format=csv; other parameters are the query's own
"""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kg import query
from kg.serve import assets
from kg.serve.site import Site, failed

PATH = "/api"
_LONGEST = 2_000
"""Characters of a parameter."""
_MOST = 50
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


def routes(site: Site) -> list[Route]:
    """Everything below `/api`."""

    def given(name: str, fields: dict[str, Any]) -> dict[str, Any]:
        return {"page": name, "words": site.words, **fields}

    async def search(request: Request) -> Response:
        fields = {"q": _text(request, "q"), "type": _text(request, "type"), "most": _number(request, "most", 12, _MOST)}
        return await site.ask(request, "page", given("search", fields))

    async def entity(request: Request) -> Response:
        fields = {"id": _needed(request, "id"), "start": _number(request, "start", 0, 10_000_000)}
        return await site.ask(request, "page", given("entity", fields))

    async def around(request: Request) -> Response:
        return await site.ask(request, "page", given("around", {"id": _needed(request, "id")}))

    async def document(request: Request) -> Response:
        fields = {"id": _needed(request, "id"), "folder": str(site.folder)}
        return await site.ask(request, "page", given("document", fields))

    async def whole(request: Request) -> Response:
        name = request.url.path.rpartition("/")[2]
        return await site.ask(request, "page", given(name, {}), keep=name)

    async def table(request: Request) -> Response:
        name = _needed(request, "name")
        saved = next((one for one in query.saved(site.graph.ontology) if one.name == name), None)
        if saved is None:
            raise HTTPException(404, f"the ontology has no saved query {name}")
        names = {parameter.name for parameter in saved.parameters}
        parameters = {key: _text(request, key) for key in request.query_params if key in names}
        fields = given("table", {"name": name, "text": saved.text, "parameters": parameters})
        if _text(request, "format") != "csv":
            return await site.ask(request, "page", fields, keep="" if parameters else f"table {name}")
        try:
            reply = await site.data("page", fields)
        except Exception as error:
            return failed(error, site.limits)
        if reply.status != 200:
            return Response(reply.body, reply.status, {"Content-Type": reply.content_type})
        headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
        return Response(as_csv(json.loads(reply.body)), 200, headers, "text/csv; charset=utf-8")

    async def about(request: Request) -> Response:
        return JSONResponse(_said(site), headers={"Cache-Control": "no-store"})

    lists = dict.fromkeys(("board", "conflicts", "documents", "overview", "timeline"), whole)
    parts = {"search": search, "entity": entity, "around": around, "document": document, "table": table, "site": about}
    return [Route(f"{PATH}/{name}", part, methods=["GET"]) for name, part in {**lists, **parts}.items()]


def as_csv(table: dict[str, Any]) -> str:
    """A table as RFC 4180 has it, with a mark at its start by which spreadsheets know UTF-8; a text that they would
    take for a formula gets an apostrophe before it."""
    out = io.StringIO(newline="")
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(table["columns"])
    for row in table["rows"]:
        cells = ("" if cell is None else cell for cell in row)
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells])
    return out.getvalue()


def _said(site: Site) -> dict[str, Any]:
    ontology = site.graph.ontology
    return {
        "ontology": ontology.name,
        "prefixes": site.graph.prefixes,
        "classes": [{"iri": iri, **cls} for iri, cls in site.words["classes"].items()],
        "relations": [{"iri": iri, **relation} for iri, relation in site.words["relations"].items()],
        "queries": [
            {
                "name": saved.name,
                "titles": dict(saved.titles),
                "text": saved.text,
                "parameters": [{"name": p.name, "type": p.type, "optional": p.optional} for p in saved.parameters],
            }
            for saved in query.saved(ontology)
        ],
        "edit": site.token,
        "editor": assets.has_editor(),
    }


def _text(request: Request, name: str) -> str:
    found = request.query_params.get(name, "")
    if len(found) > _LONGEST:
        raise HTTPException(400, f"{name} has more than {_LONGEST} characters")
    return found.encode("utf-8", "replace").decode("utf-8")


def _needed(request: Request, name: str) -> str:
    found = _text(request, name)
    if not found:
        raise HTTPException(400, f"say which: ?{name}=…")
    return found


def _number(request: Request, name: str, default: int, most: int) -> int:
    text = request.query_params.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise HTTPException(400, f"{name} is a whole number")
    return min(int(text), most)
