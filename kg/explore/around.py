"""What stands beside a thing: nodes and arrows for a graph that grows where somebody clicks."""

from __future__ import annotations

from typing import Any

from pyoxigraph import NamedNode

from kg import record
from kg.errors import QueryError
from kg.explore import finding
from kg.explore.view import View
from kg.statements import RDF
from kg.triples import CLAIMS, OA, PROV

MOST = 60
"""Neighbours of a thing that are shown at once."""

_Edge = tuple[str, str, str]


def around(view: View, wanted: str, *, most: int = MOST) -> dict[str, Any]:
    """The facts that a thing stands in with other things: those that more claims speak of first.

    An arrow says which sources state it and when, so that a page can filter.  `total` counts the arrows there are.
    """
    node = view.node(wanted)
    if next(view.store.quads_for_pattern(node, None, None, None), None) is None:
        raise QueryError(f"nothing in the graph has the id {wanted}")
    edges: set[_Edge] = set()
    for quad in (*view.facts(node.value, None), *view.facts(None, None, node.value)):
        if quad.predicate.value in view.relations and isinstance(quad.object, NamedNode):
            edges.add((quad.subject.value, quad.predicate.value, quad.object.value))
    ends = {end for edge in edges for end in (edge[0], edge[2])} | {node.value}
    spoken = finding.times(view, ends)
    place = {iri: at for at, iri in enumerate(view.relations)}

    def order(edge: _Edge) -> tuple[int, int, _Edge]:
        other = edge[0] if edge[2] == node.value else edge[2]
        return -spoken[other], place[edge[1]], edge

    kept = sorted(edges, key=order)[: min(most, MOST)]
    nodes = dict.fromkeys([node.value, *(end for edge in kept for end in (edge[0], edge[2]))])
    stated: dict[str, dict[tuple[str, str], list[NamedNode]]] = {}
    return {
        "center": view.id(node.value),
        "nodes": [_node(view, one, spoken[one]) for one in nodes],
        "edges": [_arrow(view, edge, stated) for edge in kept],
        "total": len(edges),
    }


def _node(view: View, address: str, claims: int) -> dict[str, Any]:
    dates = view.dates(address)
    tiers = view.tiers(address)
    return {
        **view.ref(address),
        "claims": claims,
        "date": dates[0]["earliest"] if dates else "",
        "rank": min((tier["rank"] for tier in tiers if tier["rank"] is not None), default=view.rank(address)),
    }


def _arrow(view: View, edge: _Edge, stated: dict[str, dict[tuple[str, str], list[NamedNode]]]) -> dict[str, Any]:
    subject, predicate, of = edge
    if subject not in stated:
        stated[subject] = _claims(view, subject)
    documents = [_document(view, claim) for claim in stated[subject].get((predicate, of), ())]
    known = [document for document in documents if document is not None]
    return {
        "source": view.id(subject),
        "target": view.id(of),
        "relation": view.relations[predicate]["name"],
        "sources": sorted({document.publisher or document.name for document in known}),
        "dates": sorted({document.published for document in known if document.published}),
        "claims": len(documents),
    }


def _claims(view: View, subject: str) -> dict[tuple[str, str], list[NamedNode]]:
    """The claims about a thing by predicate and object."""
    found: dict[tuple[str, str], list[NamedNode]] = {}
    store = view.store
    for quad in store.quads_for_pattern(None, NamedNode(RDF + "subject"), NamedNode(subject), CLAIMS):
        if not isinstance(quad.subject, NamedNode):
            continue
        said = {
            part: next(
                (q.object for q in store.quads_for_pattern(quad.subject, NamedNode(RDF + part), None, CLAIMS)), None
            )
            for part in ("predicate", "object")
        }
        if isinstance(said["predicate"], NamedNode) and isinstance(said["object"], NamedNode):
            found.setdefault((said["predicate"].value, said["object"].value), []).append(quad.subject)
    return found


def _document(view: View, claim: NamedNode) -> record.RecordedDocument | None:
    node: Any = claim
    for step in (PROV + "wasDerivedFrom", OA + "hasSource"):
        quads = view.store.quads_for_pattern(node, NamedNode(step), None, CLAIMS)
        node = next((quad.object for quad in quads if isinstance(quad.object, NamedNode)), None)
        if node is None:
            return None
    return record.document(view.store, node)
