"""One thing: its values with the claims behind each, its versions, and what happened when."""

from __future__ import annotations

from typing import Any

from pyoxigraph import Literal, NamedNode

from kg import record
from kg.errors import QueryError
from kg.explore.view import View, claim_nodes
from kg.query import Term
from kg.record import RecordedClaim
from kg.statements import OWL, SKOS
from kg.triples import CLAIMS

CLAIMS_AT_ONCE = 300
"""Claims in an answer, about a thing and about what points at it each; the rest is asked for with `start`."""
_VERSIONS = 300
_QUOTED = 24
"""Versions of a family that are shown with words about them, and claims of each that are looked through."""
_QUOTES = 2
_EVENTS = 500
_VERSION_OF = "versionOf"


def about(view: View, wanted: str, *, start: int = 0) -> dict[str, Any]:
    """A thing's page.  Raises QueryError for one that the graph does not have.

    `values` are about the thing, `incoming` have it as their value; each has its claims, best first.
    """
    node = view.node(wanted)
    store = view.store
    if next(store.quads_for_pattern(node, None, None, None), None) is None:
        raise QueryError(f"nothing in the graph has the id {wanted}")
    own, pointing = claim_nodes(store, "subject", node), claim_nodes(store, "object", node)
    shown = own[start : start + CLAIMS_AT_ONCE], pointing[start : start + CLAIMS_AT_ONCE]
    return {
        **view.ref(node.value),
        "iri": node.value,
        "aliases": _texts(view, node, SKOS + "altLabel"),
        "same": _texts(view, node, OWL + "sameAs"),
        "tiers": view.tiers(node.value),
        "rank": view.rank(node.value),
        "values": _grouped(view, record.claims_at(store, shown[0])),
        "incoming": _grouped(view, record.claims_at(store, shown[1])),
        "claims": {"values": len(own), "incoming": len(pointing), "start": start, "most": CLAIMS_AT_ONCE},
        "versions": versions(view, node.value),
        "events": events(view, node.value),
    }


def versions(view: View, address: str) -> list[dict[str, Any]]:
    """The family of a thing along `versionOf`, earliest first; empty for what has no other version."""
    relation = next((iri for iri, of in view.relations.items() if of["name"] == _VERSION_OF), None)
    if relation is None:
        return []
    root, climbed = address, {address}
    while True:
        above = min((q.object.value for q in view.facts(root, relation) if isinstance(q.object, NamedNode)), default="")
        if not above or above in climbed:
            break
        root = above
        climbed.add(above)
    parents: dict[str, str] = {root: ""}
    todo = [root]
    while todo and len(parents) < _VERSIONS:
        here = todo.pop(0)
        for below in sorted(q.subject.value for q in view.facts(None, relation, here)):
            if below not in parents:
                parents[below] = here
                todo.append(below)
    if len(parents) == 1:
        return []
    found: list[dict[str, Any]] = [
        {
            **view.ref(one),
            "of": view.id(parent) if parent else "",
            "dates": view.dates(one),
            "facts": _facts(view, one),
            "said": _said(view, one) if at < _QUOTED else [],
        }
        for at, (one, parent) in enumerate(parents.items())
    ]
    return sorted(found, key=lambda one: (_first(one["dates"]), one["id"]))


def events(view: View, address: str) -> list[dict[str, Any]]:
    """The dates of a thing and of what points at it, earliest first."""
    things = {address}
    for quad in view.facts(None, None, address):
        if quad.predicate.value in view.relations and isinstance(quad.subject, NamedNode):
            things.add(quad.subject.value)
        if len(things) >= _EVENTS:
            break
    found: list[dict[str, Any]] = [
        {**date, "thing": view.ref(thing)} for thing in sorted(things) for date in view.dates(thing)
    ]
    found.sort(key=lambda one: (one["earliest"], one["latest"], one["thing"]["id"], one["relation"]))
    return found[:_EVENTS]


def _said(view: View, address: str) -> list[dict[str, Any]]:
    """What is said of a version, the surest first, each sentence once."""
    nodes = claim_nodes(view.store, "subject", NamedNode(address))[:_QUOTED]
    found: dict[str, RecordedClaim] = {}
    for claim in sorted(record.claims_at(view.store, nodes), key=lambda claim: claim.order):
        if claim.accepted and claim.predicate in view.relations:
            found.setdefault(claim.quote, claim)
    return [view.claim(claim) for claim in list(found.values())[:_QUOTES]]


def _facts(view: View, address: str) -> list[dict[str, Any]]:
    """The values of a version that are no dates and no versions: what it changed."""
    return [
        {"relation": relation["name"], "value": view.value(record.term(quad.object))}
        for iri, relation in view.relations.items()
        if relation["datatype"] != "date" and relation["name"] != _VERSION_OF
        for quad in view.facts(address, iri)
    ]


def _grouped(view: View, claims: tuple[RecordedClaim, ...]) -> list[dict[str, Any]]:
    groups: dict[tuple[str, str, Term], list[RecordedClaim]] = {}
    for claim in claims:
        if claim.predicate in view.relations:
            groups.setdefault(claim.triple, []).append(claim)
    place = {iri: at for at, iri in enumerate(view.relations)}
    objects = {claim.iri: claim.object for claim in claims}
    found: list[dict[str, Any]] = []
    for (subject, predicate, of), group in groups.items():
        ranked = sorted(group, key=lambda claim: claim.order)
        held = view.holds(subject, predicate, of)
        found.append(
            {
                "subject": view.ref(subject),
                "relation": view.relations[predicate]["name"],
                "value": view.value(of),
                "held": held,
                "rule": next((claim.rule for claim in ranked if claim.rule), "") if held else "",
                "sources": max(claim.origins if held else claim.sources for claim in ranked),
                "conflicts": _others(view, [claim.conflicts_with for claim in ranked], objects, of),
                "refined": _others(view, [claim.refined_by for claim in ranked], objects, of),
                "claims": [view.claim(claim) for claim in ranked],
                "order": (place[predicate], not held, of.value, subject),
            }
        )
    found.sort(key=lambda group: group["order"])
    return [{key: value for key, value in group.items() if key != "order"} for group in found]


def _others(view: View, links: list[tuple[str, ...]], known: dict[str, Term], own: Term) -> list[dict[str, Any]]:
    """The values of other claims, each once."""
    found: dict[str, Term] = {}
    for iri in sorted({iri for several in links for iri in several}):
        of = known.get(iri)
        if of is not None and of != own:
            found.setdefault(of.value, of)
    return [view.value(found[text]) for text in sorted(found)]


def _texts(view: View, node: NamedNode, predicate: str) -> list[str]:
    quads = [
        quad
        for graph in (None, CLAIMS)
        for quad in view.store.quads_for_pattern(node, NamedNode(predicate), None, graph)
    ]
    return sorted({quad.object.value for quad in quads if isinstance(quad.object, Literal | NamedNode)})


def _first(dates: list[dict[str, str]]) -> str:
    return dates[0]["earliest"] if dates else "9999"
