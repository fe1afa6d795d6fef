"""The graph as one HTML page that anybody can open: no network, no server, nothing to install.

`render` gives the page as text, `write` puts it into a file.  Entities and dates are nodes, facts are arrows; a click
on a node shows what we hold about it and every sentence that says so.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import GraphError

if TYPE_CHECKING:
    import pyoxigraph

    from kg.ontology import Ontology

LIMIT = 20_000
"""How many nodes a page holds unless told otherwise: a browser still opens that many in some seconds."""
SUMMARY = 500
"""Above this number of nodes a page opens on a summary: nobody reads 500 labels at once."""
TITLE = "知识图谱 · Knowledge graph"


def render(store: pyoxigraph.Store, ontology: Ontology, *, title: str = TITLE, limit: int = LIMIT) -> str:
    """The page for the facts of `store`: the same text for the same facts.

    Above `limit` nodes it shows the most central ones (`kg.view.layout.central`) and says how many are left out.
    Raises ValueError if `limit` is less than 1.
    """
    from kg.networks import read
    from kg.view.page import html
    from kg.view.scene import scene

    if limit < 1:
        raise ValueError(f"limit is {limit}: a picture shows at least one node")
    return html(scene(read(store, ontology), ontology, limit=limit, summary=SUMMARY), title=title)


def write(store: pyoxigraph.Store, ontology: Ontology, path: Path, *, title: str = TITLE, limit: int = LIMIT) -> Path:
    """Write the page to `path` as UTF-8, whole or not at all, and return `path`.

    Raises GraphError if the file cannot be written; an older one then stays as it was.
    """
    text = render(store, ontology, title=title, limit=limit)
    beside = path.with_name(path.name + ".part")
    try:
        try:
            beside.write_text(text, encoding="utf-8", newline="\n")
            os.replace(beside, path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise GraphError(
            f"{path}: the view cannot be written ({error.strerror or error}); free some space or name another file"
        ) from error
    return path
