"""`/sparql`: the query operation of the SPARQL 1.1 Protocol (2.1), and the service description.

    GET  ?query=…                                       2.1.1
    POST application/x-www-form-urlencoded              2.1.2
    POST application/sparql-query                       2.1.3
    GET  without a query                                the service description (SPARQL 1.1 Service Description, 2)

Each with `default-graph-uri` and `named-graph-uri` as often as wanted (2.1.4).  The update operation is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.errors import RefusedError
from kg.serve import body, description
from kg.serve.site import Site

PATH = "/sparql"

_FORM, _QUERY, _UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_FIELDS = 200
"""Parameters of a request."""
_OVERHEAD = 16 * 1024
"""Bytes of a form beside its query."""
_READ_ONLY = "this endpoint reads and never writes: there is no update operation"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request of the protocol says."""

    query: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


def routes(site: Site) -> list[Route]:
    """The endpoint."""

    async def endpoint(request: Request) -> Response:
        asked = await read(request, site)
        if asked.query is None:
            return await description.respond(request, site)
        if len(asked.query.encode("utf-8", "surrogatepass")) > site.limits.query_bytes:
            raise HTTPException(
                413, f"the query has more than {site.limits.query_bytes:,} bytes, the most there may be"
            )
        try:
            await site.check(asked.query)
        except RefusedError as error:
            raise HTTPException(403, str(error)) from error
        fields = {"default_graphs": asked.default_graphs, "named_graphs": asked.named_graphs}
        return await site.ask(request, "query", fields, asked.query)

    return [Route(PATH, endpoint, methods=["GET", "POST"])]


async def read(request: Request, site: Site) -> Asked:
    """The query and the dataset of a request.  Raises HTTPException for what the protocol does not allow."""
    given = _pairs(request.scope["query_string"], "the URL")
    if request.method != "POST":
        return _asked(given)
    kind, charset = _media(request.headers.get("content-type", ""))
    if kind not in {_FORM, _QUERY, _UPDATE}:
        raise HTTPException(415, f"POST takes {_FORM} or {_QUERY}")
    if charset not in {"", "utf-8", "utf8", "us-ascii"}:
        raise HTTPException(415, "SPARQL is sent as UTF-8")
    if kind == _UPDATE:
        raise HTTPException(403, _READ_ONLY)
    most = site.limits.query_bytes
    sent = await body.read(request, most if kind == _QUERY else 3 * most + _OVERHEAD, site.limits.sending)
    if kind == _FORM:
        if any(name == "query" for name, _ in given):
            raise HTTPException(400, "the query stands in the URL and in the body; send it once")
        return _asked([*given, *_pairs(sent, "the body")], needs_query=True)
    try:
        text = sent.decode("utf-8")
    except UnicodeDecodeError as error:
        raise HTTPException(400, f"the query is not UTF-8: byte {error.start}") from error
    if any(name == "query" for name, _ in given):
        raise HTTPException(400, "the query stands in the URL and in the body; send it once")
    return _asked([*given, ("query", text)])


def _asked(pairs: list[tuple[str, str]], *, needs_query: bool = False) -> Asked:
    of: dict[str, list[str]] = {}
    for name, value in pairs:
        of.setdefault(name, []).append(value)
    if "update" in of:
        raise HTTPException(403 if "query" not in of else 400, _READ_ONLY)
    queries = of.get("query", [])
    if len(queries) > 1:
        raise HTTPException(400, f"there are {len(queries)} queries; send one")
    dataset = tuple(of.get("default-graph-uri", ())), tuple(of.get("named-graph-uri", ()))
    if not queries and (needs_query or any(dataset)):
        raise HTTPException(400, "there is no query: the parameter is called query")
    return Asked(queries[0] if queries else None, *dataset)


def _pairs(encoded: bytes, where: str) -> list[tuple[str, str]]:
    try:
        text = encoded.decode("ascii")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_FIELDS)
    except UnicodeDecodeError as error:
        raise HTTPException(400, f"{where} is not percent-encoded UTF-8") from error
    except ValueError as error:
        raise HTTPException(400, f"{where} has more than {_FIELDS} parameters") from error


def _media(content_type: str) -> tuple[str, str]:
    """A media type and its charset, both in lower case, empty where there is none."""
    kind, _, parameters = content_type.lower().partition(";")
    charset = re.search(r'charset\s*=\s*"?([^\s";]*)', parameters)
    return kind.strip(), charset[1] if charset else ""
