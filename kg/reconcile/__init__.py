"""Reconcile: claims are weighed and become facts.

Only claims that are asserted and confident enough take part.  Of one entity and property, each claim stands to the
value that is held in one of the ways of `kg.model.Standing`: same value, refinement, different event, different scope,
superseded or conflict (`kg.reconcile.classes` has the tests).  Only a functional property can have conflicts (its
ontology says so); one that holds by the word of each document has none.

Which value is held is what `kg.reconcile.winner` says, in one function.  Where values conflict, `on_conflict` has a
say: `best` holds the winner, `all` holds each of them, `omit` holds only what none of them denies (2024-03, where the
day is disputed) or nothing.  A value that only refines another counts the other's origins as its own.

Nothing is lost: every claim stays, with its rank, its standing and the reason.  All of this is a function of the
claims, the documents and the seeds, so a change of `sources.csv` or `decisions.csv` is replayed without reading a
document again, and weighing what was weighed changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.annotate import Rules
from kg.errors import KGError
from kg.model import Claim, Document, Fact
from kg.ontology import Ontology
from kg.reconcile import classes, values
from kg.reconcile.case import Case
from kg.reconcile.classes import Compare, Surroundings
from kg.reconcile.sources import DEFAULT_TRUST, Publisher, Sources, publishers

__all__ = ["DEFAULT_TRUST", "ON_CONFLICT", "Publisher", "Weighed", "check", "publishers", "reconcile"]

ON_CONFLICT = ("best", "omit", "all")
"""What becomes of values that conflict: the winner is held, none is, or all are."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """The claims with their ranks and links, and the facts that they make."""

    claims: tuple[Claim, ...]
    facts: tuple[Fact, ...]

    @property
    def conflicts(self) -> int:
        """Of how many properties of entities claims conflict."""
        return len({(c.subject, c.predicate) for c in self.claims if c.conflicts_with})


def check(ontology: Ontology, on_conflict: str) -> None:
    """Raise KGError, before any document is read, for what `reconcile` could not work with."""
    _check(on_conflict)
    publishers(ontology)


def reconcile(
    claims: Sequence[Claim],
    documents: Iterable[Document],
    origins: Sequence[tuple[str, str]],
    rules: Rules,
    on_conflict: str = "best",
    passages: Sequence[tuple[str, int, int, str]] = (),
) -> Weighed:
    """The claims with their ranks and links, and the facts, both in sorted order.

    `origins` and `passages` say what is copied, as `Knowledge` has them.  Raises KGError for an `on_conflict` that is
    none of `ON_CONFLICT`, and for a `sources.csv` that cannot be used.
    """
    _check(on_conflict)
    sources = Sources(rules, {d.id: d for d in documents}, dict(origins), passages)
    around = classes.surroundings(claims, rules)
    groups: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[claim.subject, claim.predicate].append(claim)
    done: list[Claim] = []
    facts: list[Fact] = []
    for place, group in sorted(groups.items()):
        relation = rules.ontology.relation(place[1])
        compare = Compare(relation, rules, sources, around.get(place, Surroundings()))
        case = Case(sorted(group, key=lambda c: (values.said(c), c.document, c.id)), relation, compare, on_conflict)
        facts += case.facts()
        done += case.ranked()
    return Weighed(tuple(done), tuple(facts))


def _check(on_conflict: str) -> None:
    if on_conflict not in ON_CONFLICT:
        raise KGError(f"{on_conflict!r} is no way to treat conflicts; there are {', '.join(ON_CONFLICT)}")
