"""The true conflicts of a graph: values that cannot hold together, each with the words that state it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from kg import explain, record
from kg.explain import ExplainedValue
from kg.tables import shortened, visible
from kg.triples import CLAIMS, CORE

if TYPE_CHECKING:
    from rich.console import Group

    from kg.graph import KnowledgeGraph


@dataclass(frozen=True, slots=True)
class Conflict:
    """Values of one property of one entity that contradict each other, the held one first."""

    subject: str
    subject_label: str
    relation: str
    relation_label: str
    rule: str
    """The step of the winner rule by which the held value is held; empty where none of them is."""
    sides: tuple[ExplainedValue, ...]


def conflicts(graph: KnowledgeGraph) -> tuple[Conflict, ...]:
    """All conflicts, in the ontology's order of relations, then by entity."""
    links = graph.store.quads_for_pattern(None, NamedNode(CORE + "conflictsWith"), None, CLAIMS)
    taking_part = {quad.subject for quad in links if isinstance(quad.subject, NamedNode)}
    by_place: dict[tuple[str, str], list[ExplainedValue]] = {}
    for value in explain.values(graph, record.claims_at(graph.store, taking_part)):
        by_place.setdefault((value.relation, value.subject), []).append(value)
    place = {relation.name: at for at, relation in enumerate(graph.ontology.relations)}
    found = [_conflict(sides) for sides in by_place.values()]
    return tuple(sorted(found, key=lambda c: (place[c.relation], c.subject)))


def as_json(found: tuple[Conflict, ...]) -> list[dict[str, Any]]:
    """Conflicts as plain dicts."""
    return [asdict(conflict) for conflict in found]


def rendered(found: tuple[Conflict, ...]) -> Group:
    """The conflicts for a terminal, every side with its words; prints with rich."""
    from rich.console import Group
    from rich.text import Text

    lines: list[Text] = []
    for conflict in found:
        lines.append(Text() if lines else Text(f"{len(found)} conflict{'s' if len(found) != 1 else ''}\n"))
        heading = f"{shortened(visible(conflict.subject_label))}  {visible(conflict.subject)}"
        lines.append(Text(heading, style="bold"))
        for side in conflict.sides:
            lines.extend(explain.value_lines(side, conflict.subject))
    return Group(*lines)


def _conflict(sides: list[ExplainedValue]) -> Conflict:
    first = sides[0]
    return Conflict(
        subject=first.subject,
        subject_label=first.subject_label,
        relation=first.relation,
        relation_label=first.relation_label,
        rule=next((side.rule for side in sides if side.is_fact), ""),
        sides=tuple(sides),
    )
