"""Why the graph says what it says: every value of an entity with the claims behind it, in the documents' own words."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from kg import lookup, record
from kg.errors import QueryError
from kg.query import Term
from kg.record import RecordedClaim
from kg.statements import RDF, SKOS
from kg.tables import shortened as cut
from kg.tables import visible

if TYPE_CHECKING:
    from pyoxigraph import NamedNode, Store
    from rich.console import Group
    from rich.text import Text

    from kg.graph import KnowledgeGraph
    from kg.ontology import Relation


@dataclass(frozen=True, slots=True)
class ExplainedClaim:
    """One claim for a value: who says so, in which words."""

    id: str
    stance: str
    rank: str
    accepted: bool
    confidence: float
    document: str
    """The document's id."""
    title: str
    publisher: str
    published: str
    url: str
    quote: str
    marks: tuple[tuple[int, int, str], ...]
    """(start, end, `subject` or `object`): the words of the quote that name the two, in code points, in order."""
    attribution: str
    start: int
    """Where the raw words begin in the raw text of the document, in code points."""
    end: int
    standing: str
    """How it stands to what is held: one of `kg.model.Standing`."""
    because: str
    """Why, in words, where that needs saying."""
    decision: str
    """What a person decided, by whom and why; empty where nobody did."""
    earliest: str
    """The first day that its date can mean; empty where its value is no date.  `published` is when it was said."""
    latest: str


@dataclass(frozen=True, slots=True)
class ExplainedValue:
    """A value that somebody states, and what became of it."""

    subject: str
    """Id of the subject: the entity asked for, or another one that has it as a value."""
    subject_label: str
    relation: str
    relation_label: str
    value: str
    """An entity's id, or the text of a literal."""
    value_label: str
    is_fact: bool
    rule: str
    """The step of the winner rule that decided, in words; empty for what is no fact."""
    sources: int
    """The number of independent origins."""
    refined_by: tuple[str, ...]
    """Values that say the same more exactly."""
    conflicts_with: tuple[str, ...]
    claims: tuple[ExplainedClaim, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """An entity with everything that is said about it: facts first, in the ontology's order of relations."""

    entity: str
    iri: str
    label: str
    type: str
    aliases: tuple[str, ...]
    values: tuple[ExplainedValue, ...]

    def as_json(self) -> dict[str, Any]:
        """The same as plain dicts and lists."""
        return asdict(self)

    def _repr_html_(self) -> str:
        from kg import notebook

        return notebook.explanation(self)


def explain(graph: KnowledgeGraph, entity: str, property: str | None = None) -> Explanation:
    """Everything claimed about an entity (by id, IRI, label or alias), or only one property of it.

    `property` is a relation by name, prefixed name or label.  Raises QueryError for an entity or property that is not
    known or not clear.
    """
    node = lookup.entity(graph.store, entity, graph.prefixes)
    about = record.claims_about(graph.store, node)
    if property is not None:
        wanted = _relation(graph, property).iri
        about = tuple(claim for claim in about if claim.predicate == wanted)
    own = lookup.shortened(node.value, graph.prefixes)
    found = sorted(values(graph, about), key=lambda value: value.subject != own)
    return Explanation(
        entity=own,
        iri=node.value,
        label=record.label(graph.store, node.value),
        type=_type(graph, node),
        aliases=_aliases(graph.store, node),
        values=tuple(found),
    )


def values(graph: KnowledgeGraph, claims: Iterable[RecordedClaim]) -> tuple[ExplainedValue, ...]:
    """Every value that the claims state: in the ontology's order of relations, facts first, then by value."""
    relations = {relation.iri: relation for relation in graph.ontology.relations}
    place = {relation.name: at for at, relation in enumerate(graph.ontology.relations)}
    by_iri = {claim.iri: claim for claim in claims if claim.predicate in relations}
    groups: dict[tuple[str, str, Term], list[RecordedClaim]] = {}
    for claim in by_iri.values():
        groups.setdefault(claim.triple, []).append(claim)
    found = [_value(graph, relations[triple[1]], group, by_iri) for triple, group in groups.items()]
    return tuple(sorted(found, key=lambda v: (place[v.relation], not v.is_fact, v.value, v.subject)))


def rendered(explanation: Explanation, relation: str | None = None) -> Group:
    """The explanation for a terminal, quotes with the two names highlighted; prints with rich.

    `relation` is what it was narrowed to, as the user called it.
    """
    from rich.console import Group
    from rich.text import Text

    heading = Text.assemble((cut(visible(explanation.label)), "bold"), f"  {explanation.entity}  {explanation.type}")
    lines = [heading]
    if explanation.aliases:
        lines.append(Text(f"also {visible(', '.join(explanation.aliases))}", style="dim"))
    for value in explanation.values:
        lines.append(Text())
        lines.extend(value_lines(value, explanation.entity))
    if not explanation.values:
        what = f"this of it: {visible(relation)}" if relation else "anything about it"
        lines.append(Text(f"\nno document claims {what}"))
    return Group(*lines)


def value_lines(value: ExplainedValue, entity: str) -> list[Text]:
    """A value and its claims for a terminal; the subject is left out where it is `entity`."""
    from rich.text import Text

    subject = "" if value.subject == entity else f"{value.subject_label} "
    words = Text.assemble(
        ("✓ " if value.is_fact else "· ", "green" if value.is_fact else "dim"),
        cut(visible(subject)),
        (visible(value.relation_label), "cyan"),
        " ",
        (cut(visible(value.value_label)), "bold" if value.is_fact else ""),
    )
    if value.value_label != value.value:
        words.append(f"  {value.value}", style="dim")
    lines = [words]
    plural = "s" if value.sources != 1 else ""
    status = [f"held: {value.rule or 'the only value'}"] if value.is_fact else ["not held"]
    status.append(f"{value.sources} independent source{plural}")
    if value.refined_by:
        status.append(f"said more exactly by {', '.join(value.refined_by)}")
    if value.conflicts_with:
        status.append(f"conflicts with {', '.join(value.conflicts_with)}")
    lines.append(Text(f"    {visible('; '.join(status))}", style="dim"))
    for claim in value.claims:
        lines.extend(_claim_lines(claim))
    return lines


def _claim_lines(claim: ExplainedClaim) -> list[Text]:
    from rich.text import Text

    quote, at = Text("    “"), 0
    for start, end, end_of in claim.marks:
        quote.append(visible(claim.quote[at:start]))
        quote.append(visible(claim.quote[start:end]), style="bold yellow" if end_of == "subject" else "bold green")
        at = end
    quote.append(f"{visible(claim.quote[at:])}”")
    who = [part for part in (claim.publisher, claim.published, claim.title, claim.document, claim.url) if part]
    about = [claim.stance, claim.rank, f"{claim.confidence:g}"] + ([] if claim.accepted else ["not accepted"])
    if claim.attribution:
        about.append(f"according to {claim.attribution}")
    lines = [quote, Text(f"      {visible(' · '.join(who))}  [{visible(', '.join(about))}]", style="dim")]
    standing = f"{claim.standing}: {claim.because}" if claim.because else claim.standing
    if standing:
        lines.append(Text(f"      {visible(standing)}  {claim.id}", style="dim"))
    if claim.decision:
        lines.append(Text(f"      {visible(claim.decision)}", style="magenta"))
    return lines


def _value(
    graph: KnowledgeGraph, relation: Relation, claims: list[RecordedClaim], by_iri: dict[str, RecordedClaim]
) -> ExplainedValue:
    first = claims[0]
    ranked = sorted(claims, key=lambda claim: claim.order)
    fact = _is_fact(graph.store, first)

    def others(links: list[tuple[str, ...]]) -> tuple[str, ...]:
        found = {by_iri[link].object for link_set in links for link in link_set if link in by_iri}
        return tuple(sorted(_shown(graph, found_term) for found_term in found - {first.object}))

    return ExplainedValue(
        subject=lookup.shortened(first.subject, graph.prefixes),
        subject_label=record.label(graph.store, first.subject),
        relation=relation.name,
        relation_label=_label(relation),
        value=_id(graph, first.object),
        value_label=_shown(graph, first.object),
        is_fact=fact,
        rule=next((claim.rule for claim in ranked if claim.rule), "") if fact else "",
        sources=max(claim.origins if fact else claim.sources for claim in claims),
        refined_by=others([claim.refined_by for claim in claims]),
        conflicts_with=others([claim.conflicts_with for claim in claims]),
        claims=tuple(_claim(claim, graph) for claim in ranked),
    )


def _claim(claim: RecordedClaim, graph: KnowledgeGraph) -> ExplainedClaim:
    document = claim.document
    return ExplainedClaim(
        id=lookup.shortened(claim.iri, graph.prefixes),
        stance=claim.stance,
        rank=claim.rank,
        accepted=claim.accepted,
        confidence=claim.confidence,
        document=document.id,
        title=document.title,
        publisher=document.publisher,
        published=document.published,
        url=document.url,
        quote=claim.quote,
        marks=_marks(claim),
        attribution=claim.attribution,
        start=claim.start,
        end=claim.end,
        standing=claim.standing,
        because=claim.because,
        decision=_decision(claim, graph),
        earliest=claim.earliest,
        latest=claim.latest,
    )


def _decision(claim: RecordedClaim, graph: KnowledgeGraph) -> str:
    if not claim.decision:
        return ""
    verdict = {"accept": "accepted", "reject": "rejected"}.get(claim.decision, "corrected")
    stated = f" from {_shown(graph, claim.stated)}" if claim.stated else ""
    return f"{verdict}{stated} by {claim.decided_by}: {claim.decided_because}"


def _marks(claim: RecordedClaim) -> tuple[tuple[int, int, str], ...]:
    """The two names in the quote; where one lies inside the other, the one that comes first is marked."""
    found = []
    for words, end_of in ((claim.subject_text, "subject"), (claim.object_text, "object")):
        start = claim.quote.find(words) if words else -1
        if start >= 0:
            found.append((start, start + len(words), end_of))
    found.sort(key=lambda mark: (mark[0], -mark[1]))
    return tuple(mark for at, mark in enumerate(found) if at == 0 or mark[0] >= found[at - 1][1])


def _is_fact(store: Store, claim: RecordedClaim) -> bool:
    from pyoxigraph import DefaultGraph, Literal, NamedNode

    of = claim.object
    if of.kind == "iri":
        object_: NamedNode | Literal = NamedNode(of.value)
    elif of.language:
        object_ = Literal(of.value, language=of.language)
    else:
        object_ = Literal(of.value, datatype=NamedNode(of.datatype)) if of.datatype else Literal(of.value)
    pattern = (NamedNode(claim.subject), NamedNode(claim.predicate), object_, DefaultGraph())
    return next(store.quads_for_pattern(*pattern), None) is not None


def _shown(graph: KnowledgeGraph, of: Term) -> str:
    return record.label(graph.store, of.value) if of.kind == "iri" else of.value


def _id(graph: KnowledgeGraph, of: Term) -> str:
    return lookup.shortened(of.value, graph.prefixes) if of.kind == "iri" else of.value


def _label(relation: Relation) -> str:
    labels = dict(relation.labels)
    return labels.get("zh") or labels.get("en") or relation.name


def _relation(graph: KnowledgeGraph, wanted: str) -> Relation:
    names: dict[str, Relation] = {}
    for relation in graph.ontology.relations:
        spellings = (relation.name, relation.iri, f"{graph.ontology.prefix}:{relation.name}")
        for name in (*spellings, *(text for _, text in relation.labels)):
            names.setdefault(lookup.folded(name), relation)
    key = lookup.folded(wanted)
    if key in names:
        return names[key]
    near = difflib.get_close_matches(key, list(names), n=1)
    hint = f"; did you mean {names[near[0]].name}?" if near else ""
    known = ", ".join(relation.name for relation in graph.ontology.relations)
    raise QueryError(f"no property is called {wanted!r}; properties: {known}{hint}")


def _type(graph: KnowledgeGraph, node: NamedNode) -> str:
    from pyoxigraph import NamedNode

    quads = graph.store.quads_for_pattern(node, NamedNode(RDF + "type"), None, None)
    types = {str(getattr(quad.object, "value", "")) for quad in quads}
    return next((cls.name for cls in graph.ontology.classes if cls.iri in types), "")


def _aliases(store: Store, node: NamedNode) -> tuple[str, ...]:
    from pyoxigraph import NamedNode

    quads = store.quads_for_pattern(node, NamedNode(SKOS + "altLabel"), None, None)
    return tuple(sorted({str(getattr(quad.object, "value", "")) for quad in quads}))
