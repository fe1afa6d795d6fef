"""`/api/decisions`: what a reader decides about a claim, written into the seeds' `decisions.csv`.

GET gives the rows of the file as JSON; POST writes one, and `withdraw` takes one out again.

Only where the server was started with `--edit`, and only from its own page: the request brings the token that the page
was given (`X-KG-Token`), an `Origin` that is this server, and JSON, which no form of another site can send.  The next
build reads the file; nothing else is ever written.
"""

from __future__ import annotations

import asyncio
import csv
import hmac
import io
import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from kg.decisions import NAME, VERDICTS
from kg.errors import OntologyError, ServeError
from kg.serve import body

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.serve.site import Site

COLUMNS = ("claim", "decision", "value", "who", "why")
WITHDRAW = "withdraw"
"""Instead of a decision: the row about the claim is taken out."""
_BYTES = 16 * 1024
_LONGEST = 500
_CLAIM = re.compile(r"[\w.~%-]{1,200}\Z")
_UNFIT = re.compile(r"[\x00-\x1f\x7f]")


def routes(site: Site) -> list[Route]:
    """The way in for decisions; none where the server does not edit."""
    if site.decisions is None:
        return []
    file = site.decisions
    writing = asyncio.Lock()

    async def decide(request: Request) -> Response:
        _from_the_page(request, site.token or "")
        row = _row(await body.read(request, _BYTES, site.limits.sending))
        withdrawn = row["decision"] == WITHDRAW
        reply = await site.data("thing", {"iri": f"{site.graph.base}id/claim/{row['claim']}"})
        if reply.status != 200 and not withdrawn:
            raise HTTPException(404, f"the graph has no claim {row['claim']}")
        async with writing:
            try:
                write(file, row["claim"], None if withdrawn else row)
            except OSError as error:
                raise HTTPException(500, f"{NAME} could not be written: {error.strerror}") from error
            except ValueError as error:
                raise HTTPException(409, str(error)) from error
        return PlainTextResponse(f"{row['decision']} {row['claim']}: written to {NAME}; the next build obeys it\n", 201)

    async def standing(request: Request) -> Response:
        try:
            rows = read(file)
        except OSError as error:
            raise HTTPException(500, f"{NAME} could not be read: {error.strerror}") from error
        except ValueError as error:
            raise HTTPException(409, str(error)) from error
        return JSONResponse({"decisions": rows}, headers={"Cache-Control": "no-store"})

    return [
        Route("/api/decisions", standing, methods=["GET"]),
        Route("/api/decisions", decide, methods=["POST"]),
    ]


def place(graph: KnowledgeGraph) -> Path:
    """The file of decisions that the next build of a graph reads.

    That is in the seeds of the ontology that the graph was built with, which its workspace remembers: a graph keeps a
    copy of an ontology that has no known name, without its seeds.  Raises GraphError if the workspace is in use or
    damaged, and ServeError if that ontology is gone.
    """
    from kg import ontology, workspace

    with workspace.opened(graph.folder) as memory:
        known = memory.remembered()
    if known is None:
        return graph.ontology.seeds / NAME
    folder = str(known.settings["ontology_folder"])
    try:
        return ontology.load(folder).seeds / NAME
    except OntologyError as error:
        raise ServeError(
            f"--edit: the graph was built with the ontology in {folder}, and decisions are for the next build with it; "
            f"{error}"
        ) from error


def read(file: Path) -> list[dict[str, str]]:
    """The rows of the file, claims without their prefix; none where there is no file.

    Raises OSError when it cannot be read, and ValueError for one that is no such table.
    """
    if not file.is_file():
        return []
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines, strict=True)
            if reader.fieldnames is not None and tuple(reader.fieldnames) != COLUMNS:
                raise ValueError(f"{NAME} has other columns than {', '.join(COLUMNS)}; put that right first")
            rows = [{key: old.get(key) or "" for key in COLUMNS} for old in reader]
    except (UnicodeDecodeError, csv.Error) as error:
        raise ValueError(f"{NAME} cannot be read: {error}; put that right first") from error
    return [{**row, "claim": row["claim"].strip().removeprefix("claim:")} for row in rows]


def write(file: Path, claim: str, row: dict[str, str] | None) -> None:
    """Put a decision into the file, in the place of an earlier one about the same claim; None takes that out.

    The file is whole or as it was.  Raises what `read` raises, and OSError when it cannot be written.
    """
    rows = read(file)
    at = next((n for n, old in enumerate(rows) if old["claim"] == claim), len(rows))
    rows[at : at + 1] = [row] if row is not None else []
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(f".{file.name}.new")
    with new.open("w", encoding="utf-8", newline="") as made:
        made.write(out.getvalue())
        made.flush()
        os.fsync(made.fileno())
    new.replace(file)


def _from_the_page(request: Request, token: str) -> None:
    given = request.headers.get("x-kg-token", "")
    if not hmac.compare_digest(given.encode(), token.encode()):
        raise HTTPException(403, "decisions are taken from the page of this server alone; reload it")
    own = f"{request.url.scheme}://{request.headers.get('host', '')}".lower()
    if request.headers.get("origin", "").lower() != own:
        raise HTTPException(403, "decisions are taken from the page of this server alone")
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise HTTPException(415, "a decision is sent as application/json")


def _row(sent: bytes) -> dict[str, str]:
    """The row of a decision.  Raises HTTPException for what is none."""
    try:
        given: Any = json.loads(sent)
    except (ValueError, RecursionError) as error:
        raise HTTPException(400, "the decision is no JSON") from error
    if not isinstance(given, dict) or not all(isinstance(given.get(key, ""), str) for key in COLUMNS):
        raise HTTPException(400, f"a decision has the texts {', '.join(COLUMNS)}")
    row = {key: given.get(key, "").strip() for key in COLUMNS}
    row["claim"] = row["claim"].removeprefix("claim:")
    if not _CLAIM.match(row["claim"]):
        raise HTTPException(400, "claim is the id of a claim, such as claim:187e2863371092b5")
    if row["decision"] == WITHDRAW:
        return row
    if row["decision"] not in VERDICTS:
        raise HTTPException(400, f"decision is one of {', '.join(VERDICTS)}, {WITHDRAW}")
    if (row["decision"] == "correct") != bool(row["value"]):
        raise HTTPException(400, "correct needs a value, and accept and reject have none")
    for key in ("who", "why"):
        if not row[key]:
            raise HTTPException(400, f"{key} is empty: a decision says who made it and why")
    for key in COLUMNS:
        text = row[key]
        if len(text) > _LONGEST or _UNFIT.search(text) or any("\ud800" <= char <= "\udfff" for char in text):
            raise HTTPException(400, f"{key} is one line of at most {_LONGEST} characters")
    return row
