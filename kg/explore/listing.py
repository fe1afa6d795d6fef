"""All at once: the first view, who is in which tier, what happened when, and a saved query as a table with links."""

from __future__ import annotations

from collections import Counter
from typing import Any

from pyoxigraph import Literal, NamedNode

from kg import query, record
from kg.explore import finding
from kg.explore.view import View, by_iri, claim_nodes
from kg.model import Standing
from kg.statements import RDF, SKOS
from kg.triples import CLAIMS, CORE, OA, PROV

_CLAIMS = 4_000
"""Claims on a board."""
_EXPLAINED = 500
"""Claims of values that only seem to contradict others."""
_EVENTS = 2_000
_ROWS = 5_000
_TOP = 12
_LATEST = 6


def overview(view: View) -> dict[str, Any]:
    """What somebody sees first: how much there is, who leads, what is new, what is disputed, what is spoken of most."""
    spoken = finding.spoken(view)
    ranked = sorted(spoken.times.items(), key=lambda item: (-item[1], item[0]))
    top: list[dict[str, Any]] = []
    for node, claims in ranked:
        if view.type(node) and view.rank(node) is None:
            top.append({**view.ref(node), "claims": claims})
        if len(top) == _TOP:
            break
    types = view.store.quads_for_pattern(None, NamedNode(RDF + "type"), NamedNode(CORE + "Document"), CLAIMS)
    disputed = conflicts_named(view)
    return {
        "counts": {
            "documents": sum(1 for _ in types),
            "claims": spoken.claims,
            "facts": sum(1 for iri in view.relations for _ in view.facts(None, iri)),
        },
        "top": top,
        "first": _first(view),
        "latest": _events(view, _dated(view)[-_LATEST:])[::-1],
        "examples": _examples(view, [one["id"] for one in top]),
        "disputed": disputed[:_LATEST],
        "disputes": len(disputed),
    }


def _examples(view: View, ids: list[str]) -> dict[str, Any]:
    """Of the things that are spoken of most the first with a date, and the first with versions, to ask about."""
    found: dict[str, Any] = {"dated": None, "family": None}
    above = next((iri for iri, of in view.relations.items() if of["name"] == "versionOf"), None)
    for one in ids:
        address = view.node(one).value
        if found["dated"] is None:
            kinds = {date["relation"] for date in view.dates(address)}
            first = next((of["name"] for of in view.relations.values() if of["name"] in kinds), None)
            found["dated"] = {**view.ref(address), "relation": first} if first else None
        if above and found["family"] is None and next(iter(view.facts(None, above, address)), None) is not None:
            found["family"] = view.ref(address)
    return found


def conflicts_named(view: View) -> list[dict[str, Any]]:
    """The properties of things that sources contradict each other about, by name only."""
    found = set()
    for node in _disputed(view)[:_CLAIMS]:
        ends = []
        for end in ("subject", "predicate"):
            quads = view.store.quads_for_pattern(node, NamedNode(RDF + end), None, CLAIMS)
            ends.append(next((q.object.value for q in quads if isinstance(q.object, NamedNode)), ""))
        if ends[0] and ends[1] in view.relations:
            found.add((ends[0], ends[1]))
    return [{"thing": view.ref(one), "relation": view.relations[of]["name"]} for one, of in sorted(found)]


def _first(view: View) -> dict[str, Any] | None:
    """The best rank that anything is held to be in, with the things in it that are spoken of most."""
    held: dict[str, set[str]] = {}
    for iri, relation in view.relations.items():
        for quad in view.facts(None, iri) if relation["ordered"] else ():
            if isinstance(quad.object, NamedNode):
                held.setdefault(quad.object.value, set()).add(quad.subject.value)
    ranks = sorted((rank, step) for step in held if (rank := view.rank(step)) is not None)
    if not ranks:
        return None
    times = finding.spoken(view).times
    step = ranks[0][1]
    things = sorted(held[step], key=lambda thing: (-times[thing], thing))
    return {**view.ref(step), "things": [view.ref(thing) for thing in things[:_TOP]], "total": len(things)}


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
    """Every property of a thing that sources contradict each other about, each value with the claims for it.

    `explained` are those where values differ and do not contradict each other: another event, a version, a correction.
    """
    nodes = _disputed(view)
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
    return {"conflicts": found, "explained": _explained(view), "claims": len(nodes)}


def _disputed(view: View) -> list[NamedNode]:
    """The claims that conflict with others."""
    quads = view.store.quads_for_pattern(None, NamedNode(CORE + "conflictsWith"), None, CLAIMS)
    return by_iri(node for quad in quads for node in (quad.subject, quad.object))


def _explained(view: View) -> list[dict[str, Any]]:
    """Claims of other values than the held ones that do not contradict those, each with what is held."""
    standing = NamedNode(CORE + "standing")
    quads = (
        quad
        for one in (Standing.EVENT, Standing.SCOPE, Standing.SUPERSEDED)
        for quad in view.store.quads_for_pattern(None, standing, Literal(one.value), CLAIMS)
    )
    nodes = by_iri(quad.subject for quad in quads)
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for claim in record.claims_at(view.store, nodes[:_EXPLAINED]):
        if claim.predicate in view.relations:
            said = {"value": view.value(claim.object), "claim": view.claim(claim)}
            found.setdefault((claim.subject, claim.predicate), []).append(said)
    return [
        {
            "thing": view.ref(subject),
            "relation": view.relations[predicate]["name"],
            "held": [view.value(record.term(quad.object)) for quad in view.facts(subject, predicate)],
            "claims": claims,
        }
        for (subject, predicate), claims in sorted(found.items())
    ]


def documents(view: View) -> dict[str, Any]:
    """All documents, the latest first, those without a date last."""
    found = [
        {"id": one.id, "title": one.title, "publisher": one.publisher, "published": one.published, "iri": one.iri}
        for one in record.documents(view.store)
    ]
    found.sort(key=lambda one: one["published"], reverse=True)
    said = _said(view)
    shown = [{**one, "claims": said[one["iri"]]} for one in found[:_EVENTS]]
    return {"documents": shown, "total": len(found)}


def _said(view: View) -> Counter[str]:
    """How many claims each document makes."""
    places = Counter(
        quad.object.value
        for quad in view.store.quads_for_pattern(None, NamedNode(PROV + "wasDerivedFrom"), None, CLAIMS)
        if isinstance(quad.object, NamedNode)
    )
    found: Counter[str] = Counter()
    for quad in view.store.quads_for_pattern(None, NamedNode(OA + "hasSource"), None, CLAIMS):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            found[quad.object.value] += places[quad.subject.value]
    return found


def timeline(view: View) -> dict[str, Any]:
    """The latest dates among the facts, earliest first, each with who made the thing."""
    found = _dated(view)
    return {"events": _events(view, found[-_EVENTS:]), "total": len(found)}


def _dated(view: View) -> list[tuple[str, str, str, str, str]]:
    """Every date among the facts as (first day, last day, subject, relation, value), in order."""
    found = []
    for iri, relation in view.relations.items():
        if relation["datatype"] != "date":
            continue
        first, last = _bounds(view, relation["earliest"]), _bounds(view, relation["latest"])
        for quad in view.facts(None, iri):
            if isinstance(quad.subject, NamedNode):
                subject, value = quad.subject.value, quad.object.value
                found.append((first.get(subject, value), last.get(subject, value), subject, relation["name"], value))
    return sorted(found)


def _bounds(view: View, predicate: str | None) -> dict[str, str]:
    """The smallest value of a property for each thing that has it."""
    found: dict[str, str] = {}
    for quad in view.facts(None, predicate) if predicate else ():
        value = quad.object.value
        if found.setdefault(quad.subject.value, value) > value:
            found[quad.subject.value] = value
    return found


def _events(view: View, dated: list[tuple[str, str, str, str, str]]) -> list[dict[str, Any]]:
    maker = next((iri for iri, of in view.relations.items() if of["datatype"] is None and of["headline"]), None)
    makers: dict[str, list[dict[str, Any]]] = {}
    rows = []
    for earliest, latest, subject, relation, value in dated:
        if subject not in makers:
            makers[subject] = _makers(view, subject, maker)
        date = {"relation": relation, "value": value, "earliest": earliest, "latest": latest}
        rows.append({**date, "thing": view.ref(subject), "makers": makers[subject]})
    return rows


def table(view: View, text: str, name: str, parameters: dict[str, str]) -> dict[str, Any]:
    """A saved query's answer: columns, rows of texts, and for texts that are the label of one thing its id and itself.

    Raises QueryError for a parameter that does not fit.
    """
    saved = query.SavedQuery(name, text, *query.header(text, name))
    terms = query.bind(view.store, saved, {key: value for key, value in parameters.items() if value}, view.prefixes)
    answer = query.without_parameters(query.run(view.store, text, terms, prefixes=view.prefixes), saved)
    rows = [[None if cell is None else cell.value for cell in row] for row in answer.rows[:_ROWS]]
    labels: dict[str, set[str]] = {}
    wanted = {cell for row in rows for cell in row if cell is not None}
    for quad in view.store.quads_for_pattern(None, NamedNode(SKOS + "prefLabel"), None, None):
        if isinstance(quad.object, Literal) and quad.object.value in wanted and isinstance(quad.subject, NamedNode):
            labels.setdefault(quad.object.value, set()).add(quad.subject.value)
    nodes = {cell: next(iter(found)) for cell, found in labels.items() if len(found) == 1}
    named = {cell: view.ref(node) for cell, node in sorted(nodes.items()) if view.type(node)}
    return {
        "name": name,
        "columns": list(answer.columns),
        "rows": rows,
        "links": {cell: ref["id"] for cell, ref in named.items()},
        "things": {ref["id"]: ref for ref in named.values()},
        "total": len(answer.rows),
    }


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
