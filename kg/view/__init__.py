"""The graph to look at: pages that anybody can open with no network and no server, and pictures for papers and slides.

`render` gives the page as text, `picture` one that stands still as SVG, `write` puts either into a file.  Entities and
dates are nodes, facts are arrows; a click on a node or an arrow shows what we hold and every sentence that says so.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import GraphError

if TYPE_CHECKING:
    import pyoxigraph

    from kg.ontology import Ontology
    from kg.view.still import Row
    from kg.view.svg import Drawing

LIMIT = 20_000
"""How many nodes a page holds unless told otherwise: a browser still opens that many in some seconds."""
SUMMARY = 500
"""Above this number of nodes a page opens on a summary: nobody reads 500 labels at once."""
MOST = 300
"""How many nodes a picture that stands still shows unless told otherwise."""
KINDS = ("network", "timeline", "tiers")
FORMATS = ("html", "svg", "png")
TITLE = "知识图谱 · Knowledge graph"


def render(store: pyoxigraph.Store, ontology: Ontology, *, title: str = TITLE, limit: int = LIMIT) -> str:
    """The page for the facts of `store`: the same text for the same facts.

    Above `limit` nodes it shows the most central ones (`kg.view.centrality.central`) and says how many are left out.
    Raises ValueError if `limit` is less than 1.
    """
    return "".join(_page(store, ontology, title=title, limit=limit))


def _page(store: pyoxigraph.Store, ontology: Ontology, *, title: str, limit: int) -> Iterator[str]:
    from kg.networks import read
    from kg.view.page import html
    from kg.view.scene import scene

    if limit < 1:
        raise ValueError(f"limit is {limit}: a picture shows at least one node")
    return html(scene(read(store, ontology), ontology, limit=limit, summary=SUMMARY), title=title)


def picture(store: pyoxigraph.Store, ontology: Ontology, kind: str, *, title: str = TITLE, limit: int = MOST) -> str:
    """A picture that stands still as SVG: `network`, `timeline` or `tiers`, of the `limit` most central nodes.

    Raises ValueError for another kind or a limit below 1.
    """
    return _still(store, ontology, kind, title=title, limit=limit)[0].svg()


def file(
    store: pyoxigraph.Store,
    ontology: Ontology,
    *,
    kind: str = "network",
    format: str = "html",
    title: str = TITLE,
    limit: int | None = None,
) -> bytes:
    """What a file of that kind and format holds.

    Raises ValueError for a kind or format that there is not, and GraphError where a PNG cannot be drawn: it needs the
    extra `pictures` and a font with Chinese characters.
    """
    if kind not in KINDS or format not in FORMATS:
        raise ValueError(f"{kind}, {format}: kinds are {', '.join(KINDS)}; formats are {', '.join(FORMATS)}")
    if format == "html" and kind == "network":
        return render(store, ontology, title=title, limit=limit or LIMIT).encode("utf-8")
    drawing, rows = _still(store, ontology, kind, title=title, limit=limit or MOST)
    if format == "html":
        from kg.view.page import still

        return still(drawing, rows, title=title).encode("utf-8")
    if format == "svg":
        return drawing.svg().encode("utf-8")
    from kg.view.raster import png

    return png(drawing)


def _still(
    store: pyoxigraph.Store, ontology: Ontology, kind: str, *, title: str, limit: int
) -> tuple[Drawing, tuple[Row, ...]]:
    from kg.networks import read
    from kg.view.lanes import WIDER
    from kg.view.scene import scene
    from kg.view.still import draw

    if limit < 1:
        raise ValueError(f"limit is {limit}: a picture shows at least one node")
    shown = scene(read(store, ontology), ontology, limit=limit, summary=limit, wide=WIDER)
    return draw(shown, ontology, kind, title=title)


def write(
    store: pyoxigraph.Store,
    ontology: Ontology,
    path: Path,
    *,
    kind: str = "network",
    format: str = "html",
    title: str = TITLE,
    limit: int | None = None,
) -> Path:
    """Write a page or a picture to `path`, text as UTF-8, whole or not at all, and return `path`.

    Raises GraphError if it cannot be drawn or written; an older file then stays as it was.  See `file`.
    """
    pieces: Iterator[bytes]
    if (kind, format) == ("network", "html"):
        pieces = (piece.encode("utf-8") for piece in _page(store, ontology, title=title, limit=limit or LIMIT))
    else:
        pieces = iter((file(store, ontology, kind=kind, format=format, title=title, limit=limit),))
    beside = path.with_name(path.name + ".part")
    try:
        try:
            with beside.open("wb") as out:
                out.writelines(pieces)
            os.replace(beside, path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise GraphError(
            f"{path}: the view cannot be written ({error.strerror or error}); free some space or name another file"
        ) from error
    return path
