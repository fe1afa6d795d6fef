"""A document: what is known about it, its cleaned text with mentions and claims marked, and its report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode

from kg import record, texts
from kg.errors import QueryError
from kg.explore.view import View, by_iri
from kg.triples import CLAIMS, DCT, OA, PROV

_kept: list[tuple[Path, tuple[int, int], texts.Texts]] = []


def document(view: View, wanted: str, folder: Path) -> dict[str, Any]:
    """A document's page.  Raises QueryError for one that the graph does not have.

    `text` is None where the build kept no texts (`documents.jsonl` is missing).
    """
    node = _node(view, wanted)
    about = record.document(view.store, node)
    claims = record.claims_at(view.store, _claims(view, node))
    line = _line(folder, about.id) or {}
    names = {mention[3] for mention in line.get("mentions", ()) if mention[3]}
    refs = {}
    for name in sorted(names):
        address = view.node(name)
        if view.labels(address.value):
            refs[name] = view.ref(address.value)
    return {
        "id": about.id,
        "iri": about.iri,
        "type": "Document",
        "title": about.title,
        "publisher": about.publisher,
        "published": about.published,
        "url": about.url,
        "origin": record.document(view.store, NamedNode(about.origin)).id if about.origin else "",
        "text": line.get("text"),
        "mentions": line.get("mentions", []),
        "spans": line.get("claims", []),
        "things": refs,
        "report": line.get("report", {}),
        "claims": [
            {
                **view.claim(claim),
                "subject": view.ref(claim.subject),
                "relation": view.relations[claim.predicate]["name"],
                "value": view.value(claim.object),
                "held": view.holds(claim.subject, claim.predicate, claim.object),
            }
            for claim in sorted(claims, key=lambda claim: (claim.start, claim.end, claim.iri))
            if claim.predicate in view.relations
        ],
    }


def _node(view: View, wanted: str) -> NamedNode:
    quads = view.store.quads_for_pattern(None, NamedNode(DCT + "identifier"), Literal(wanted), CLAIMS)
    named = (q.subject.value for q in quads if isinstance(q.subject, NamedNode))
    found = min(named, default="")
    if not found:
        raise QueryError(f"no document of the graph is called {wanted!r}")
    return NamedNode(found)


def _claims(view: View, node: NamedNode) -> list[NamedNode]:
    store = view.store
    evidence = store.quads_for_pattern(None, NamedNode(OA + "hasSource"), node, CLAIMS)
    return by_iri(
        quad.subject
        for one in evidence
        for quad in store.quads_for_pattern(None, NamedNode(PROV + "wasDerivedFrom"), one.subject, CLAIMS)
    )


def _line(folder: Path, document: str) -> dict[str, Any] | None:
    file = folder / texts.NAME
    try:
        found = file.stat()
    except OSError:
        return None
    identity = found.st_ino, found.st_mtime_ns
    if not _kept or _kept[0][:2] != (file, identity):
        _kept[:] = [(file, identity, texts.Texts(file))]
    return _kept[0][2].get(document)
