"""How much a graph holds: documents, entities, claims, facts, sources and conflicts, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from kg import record
from kg.model import Stance
from kg.query import Term
from kg.statements import RDF

if TYPE_CHECKING:
    from rich.table import Table

    from kg.graph import KnowledgeGraph

Counts = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Stats:
    """What was counted.  Pairs are (name, count), in the order in which they are shown."""

    documents: int
    reposts: int
    """Documents that repeat another one."""
    publishers: Counts
    """Documents by publisher, most first; those that name none are not in it."""
    entities: Counts
    """Entities in facts by class, in the ontology's order."""
    claims: Counts
    """By stance, all four."""
    accepted: int
    """Claims that are asserted and sure enough to make a fact."""
    facts: Counts
    """By relation, in headline order."""
    sources: Counts
    """Facts by the number of independent origins, fewest first."""
    refined: int
    """Claims that others say more exactly."""
    conflicts: int
    """Pairs of entity and relation whose claims contradict each other."""

    @property
    def totals(self) -> dict[str, int]:
        """The four sums: documents, entities, claims, facts."""
        return {
            "documents": self.documents,
            "entities": _sum(self.entities),
            "claims": _sum(self.claims),
            "facts": _sum(self.facts),
        }

    def as_json(self) -> dict[str, Any]:
        """The same as plain dicts and numbers."""
        counts = {name: dict(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}
        return {**counts, "totals": self.totals}


def stats(graph: KnowledgeGraph) -> Stats:
    """Count what `graph` holds."""
    from pyoxigraph import DefaultGraph, NamedNode

    default = DefaultGraph()
    claims = record.claims(graph.store)
    documents = record.documents(graph.store)
    stances = Counter(claim.stance for claim in claims)
    publishers = Counter(document.publisher for document in documents if document.publisher)
    origins: dict[tuple[str, str, Term], int] = {}
    for claim in claims:
        origins[claim.triple] = max(origins.get(claim.triple, 0), claim.origins)
    facts: list[tuple[str, int]] = []
    by_origins: Counter[int] = Counter()
    for relation in graph.ontology.relations:
        found = list(graph.store.quads_for_pattern(None, NamedNode(relation.iri), None, default))
        facts.append((relation.name, len(found)))
        for quad in found:
            triple = (record.term(quad.subject).value, relation.iri, record.term(quad.object))
            by_origins[origins.get(triple, 0)] += 1
    entities = [
        (cls.name, _count(graph.store.quads_for_pattern(None, NamedNode(RDF + "type"), NamedNode(cls.iri), default)))
        for cls in graph.ontology.classes
    ]
    return Stats(
        documents=len(documents),
        reposts=sum(bool(document.origin) for document in documents),
        publishers=tuple(sorted(publishers.items(), key=lambda item: (-item[1], item[0]))),
        entities=tuple(entities),
        claims=tuple((stance.value, stances.get(stance.value, 0)) for stance in Stance),
        accepted=sum(claim.accepted for claim in claims),
        facts=tuple(facts),
        sources=tuple((str(number), count) for number, count in sorted(by_origins.items())),
        refined=sum(bool(claim.refined_by) for claim in claims),
        conflicts=len({(claim.subject, claim.predicate) for claim in claims if claim.conflicts_with}),
    )


def rendered(stats: Stats) -> Table:
    """The counts as a table for a terminal; prints with rich."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from kg.tables import visible

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_header=False)
    table.add_column()
    table.add_column(justify="right")
    table.add_column(overflow="fold")

    def row(name: str, count: int, parts: Counts = ()) -> None:
        words = ", ".join(f"{part} {number}" for part, number in parts if number)
        table.add_row(Text(name, style="bold"), Text(str(count)), Text(visible(words)))

    row("documents", stats.documents, (("reposts", stats.reposts),))
    row("publishers", len(stats.publishers), stats.publishers)
    row("entities", _sum(stats.entities), stats.entities)
    row("claims", _sum(stats.claims), (*stats.claims, ("accepted", stats.accepted), ("refined", stats.refined)))
    row("facts", _sum(stats.facts), stats.facts)
    row("by sources", _sum(stats.sources), tuple((f"{number}:", count) for number, count in stats.sources))
    row("conflicts", stats.conflicts)
    return table


def _sum(counts: Counts) -> int:
    return sum(number for _, number in counts)


def _count(things: Iterable[object]) -> int:
    return sum(1 for _ in things)
