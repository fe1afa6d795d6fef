"""All at once: who is put in which tier, what happened when, and a saved query as a table with links."""

from __future__ import annotations

from typing import Any

from pyoxigraph import NamedNode

from kg import query, record
from kg.explore import finding
from kg.explore.view import View, by_iri, claim_nodes
from kg.triples import CLAIMS, CORE

_CLAIMS = 4_000
"""Claims on a board."""
_EVENTS = 4_000
_ROWS = 5_000


def board(view: View) -> dict[str, Any]:
    """Who is put in which tier, with everybody who says so: the ranks in order, in each the things by their names."""
    steps: dict[str, dict[str, list[record.RecordedClaim]]] = {}
    total = 0
    for iri, relation in view.relations.items():
        if not relation["ordered"]:
            continue
        nodes = claim_nodes(view.store, "predicate", NamedNode(iri))
        total += len(nodes)
        for claim in record.claims_at(view.store, nodes[:_CLAIMS]):
            if claim.object.kind == "iri":
                steps.setdefault(claim.object.value, {}).setdefault(claim.subject, []).append(claim)
    found: list[dict[str, Any]] = []
    for step, things in steps.items():
        rows: list[dict[str, Any]] = []
        for thing, claims in things.items():
            ranked = sorted(claims, key=lambda claim: claim.order)
            held = any(view.holds(thing, claim.predicate, claim.object) for claim in ranked)
            rows.append({**view.ref(thing), "held": held, "claims": [view.claim(claim) for claim in ranked]})
        rows.sort(key=lambda row: (not row["held"], -len(row["claims"]), row["id"]))
        found.append({**view.ref(step), "rank": view.rank(step), "things": rows})
    found.sort(key=lambda step: (step["rank"] is None, step["rank"] or 0, step["id"]))
    return {"tiers": found, "claims": total}


def conflicts(view: View) -> dict[str, Any]:
    """Every property of a thing that sources contradict each other about, each value with the claims for it."""
    quads = view.store.quads_for_pattern(None, NamedNode(CORE + "conflictsWith"), None, CLAIMS)
    nodes = by_iri(node for quad in quads for node in (quad.subject, quad.object))
    cases: dict[tuple[str, str], dict[Any, list[record.RecordedClaim]]] = {}
    for claim in record.claims_at(view.store, nodes[:_CLAIMS]):
        if claim.predicate in view.relations:
            cases.setdefault((claim.subject, claim.predicate), {}).setdefault(claim.object, []).append(claim)
    found = []
    for (subject, predicate), values in sorted(cases.items()):
        sides = []
        for of, claims in sorted(values.items()):
            ranked = sorted(claims, key=lambda claim: claim.order)
            side = {"value": view.value(of), "held": view.holds(subject, predicate, of)}
            rule = next((claim.rule for claim in ranked if claim.rule), "")
            sides.append({**side, "rule": rule, "claims": [view.claim(claim) for claim in ranked]})
        sides.sort(key=lambda side: not side["held"])
        found.append({"thing": view.ref(subject), "relation": view.relations[predicate]["name"], "sides": sides})
    return {"conflicts": found, "claims": len(nodes)}


def documents(view: View) -> dict[str, Any]:
    """All documents, the latest first, those without a date last."""
    found = [
        {"id": one.id, "title": one.title, "publisher": one.publisher, "published": one.published}
        for one in record.documents(view.store)
    ]
    found.sort(key=lambda one: one["published"], reverse=True)
    return {"documents": found[:_EVENTS], "total": len(found)}


def timeline(view: View) -> dict[str, Any]:
    """Every date among the facts, earliest first, each with who made the thing."""
    maker = next((iri for iri, of in view.relations.items() if of["datatype"] is None and of["headline"]), None)
    found: list[tuple[str, dict[str, str]]] = []
    for iri, relation in view.relations.items():
        if relation["datatype"] == "date":
            subjects = {quad.subject.value for quad in view.facts(None, iri) if isinstance(quad.subject, NamedNode)}
            for subject in subjects:
                dates = [date for date in view.dates(subject) if date["relation"] == relation["name"]]
                found.extend((subject, date) for date in dates)
    found.sort(key=lambda one: (one[1]["earliest"], one[1]["latest"], one[0], one[1]["relation"]))
    makers: dict[str, list[dict[str, Any]]] = {}
    rows = []
    for subject, date in found[:_EVENTS]:
        if subject not in makers:
            makers[subject] = _makers(view, subject, maker)
        rows.append({**date, "thing": view.ref(subject), "makers": makers[subject]})
    return {"events": rows, "total": len(found)}


def table(view: View, text: str, name: str, parameters: dict[str, str]) -> dict[str, Any]:
    """A saved query's answer: columns, rows of texts, and for texts that are the label of one thing its id.

    Raises QueryError for a parameter that does not fit.
    """
    saved = query.SavedQuery(name, text, *query.header(text, name))
    terms = query.bind(view.store, saved, {key: value for key, value in parameters.items() if value}, view.prefixes)
    answer = query.without_parameters(query.run(view.store, text, terms, prefixes=view.prefixes), saved)
    rows = [[None if cell is None else cell.value for cell in row] for row in answer.rows[:_ROWS]]
    labels: dict[str, set[str]] = {}
    for one in finding.index(view).names:
        if one.preferred:
            labels.setdefault(one.text, set()).add(one.node)
    links = {
        cell: view.id(next(iter(labels[cell])))
        for row in rows
        for cell in row
        if cell is not None and len(labels.get(cell, ())) == 1
    }
    return {"name": name, "columns": list(answer.columns), "rows": rows, "links": links, "total": len(answer.rows)}


def _makers(view: View, subject: str, relation: str | None) -> list[dict[str, Any]]:
    """Who made a thing; of a version that nobody is said to have made, who made its family."""
    if relation is None:
        return []
    above = next((iri for iri, of in view.relations.items() if of["name"] == "versionOf"), None)
    here, seen = subject, set[str]()
    while here and here not in seen:
        seen.add(here)
        made = sorted({q.object.value for q in view.facts(here, relation) if isinstance(q.object, NamedNode)})
        if made or above is None:
            return [view.ref(one) for one in made]
        here = min((q.object.value for q in view.facts(here, above) if isinstance(q.object, NamedNode)), default="")
    return []
