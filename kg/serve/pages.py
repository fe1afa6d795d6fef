"""What a worker does for a page: one question about the graph, its answer as JSON.

Each operation takes the fields that `kg.serve.data` sends: `words` of the ontology and `prefixes`, and its own.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import QueryError
from kg.serve.answers import Answer, Fields, message

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.serve.limits import Limits

JSON = "application/json"


def page(store: Store, fields: Fields, limits: Limits) -> Answer:
    """One of `PAGES`, named in `fields`; status 404 for a thing that there is not."""
    from kg.explore.view import View

    view = View(store, fields["prefixes"], fields["words"])
    try:
        found = PAGES[fields["page"]](view, fields)
    except QueryError as error:
        return message(404, str(error))
    body = json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    if len(body) > limits.result_bytes:
        return message(507, f"the answer is longer than {limits.result_bytes:,} bytes, the most there is")
    return Answer(200, JSON, body)


def prepare() -> None:
    """Import what the first page would wait for."""
    from kg.explore import about, around, finding, listing, reading, view

    del about, around, finding, listing, reading, view


def _search(view: Any, fields: Fields) -> Any:
    from kg.explore import finding

    return finding.find(view, fields["q"], most=fields["most"], type=fields["type"])


def _overview(view: Any, fields: Fields) -> Any:
    from kg.explore import listing

    return listing.overview(view)


def _entity(view: Any, fields: Fields) -> Any:
    from kg.explore import about

    return about.about(view, fields["id"], start=fields["start"])


def _around(view: Any, fields: Fields) -> Any:
    from kg.explore import around

    return around.around(view, fields["id"])


def _document(view: Any, fields: Fields) -> Any:
    from kg.explore import reading

    return reading.document(view, fields["id"], Path(fields["folder"]))


def _board(view: Any, fields: Fields) -> Any:
    from kg.explore import listing

    return listing.board(view)


def _conflicts(view: Any, fields: Fields) -> Any:
    from kg.explore import listing

    return listing.conflicts(view)


def _documents(view: Any, fields: Fields) -> Any:
    from kg.explore import listing

    return listing.documents(view)


def _timeline(view: Any, fields: Fields) -> Any:
    from kg.explore import listing

    return listing.timeline(view)


def _table(view: Any, fields: Fields) -> Any:
    from kg.explore import listing

    return listing.table(view, fields["text"], fields["name"], fields["parameters"])


PAGES: dict[str, Callable[[Any, Fields], Any]] = {
    "around": _around,
    "board": _board,
    "conflicts": _conflicts,
    "document": _document,
    "documents": _documents,
    "entity": _entity,
    "overview": _overview,
    "search": _search,
    "table": _table,
    "timeline": _timeline,
}
"""What a page can ask, by name."""
