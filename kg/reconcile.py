"""Reconcile: claims are weighed and become facts.

Only claims that are asserted and confident enough take part.  For one entity and property, two claims

- say the same, if their objects are equal;
- refine one another, if one date lies inside the other and is more exact, or if one object is the other's part along
the
  property that the ontology names (`kg:risesAlong`);
- conflict, if the property is functional (its ontology says so) and they do neither.

**The winner rule.**  Of values that conflict, the one is held that

1. an official source of the entity's maker states;
2. else more independent origins state (reposts of one text are one origin);
3. else is more exact;
4. else comes from the better trusted publisher;
5. else was published first;
6. else is read with more confidence;
7. else has the smaller hash, so that the order of files decides nothing.

A value that only refines another counts the other's origins as its own.  Nothing is lost: every claim stays, with its
rank.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from kg.annotate import Rules
from kg.model import Claim, Document, Fact, Rank, Value
from kg.ontology import Ontology, Relation

DEFAULT_TRUST = 0.5
"""The trust in a publisher that `sources.csv` does not name."""


@dataclass(frozen=True, slots=True)
class Publisher:
    name: str
    trust: float
    official_for: frozenset[str]


@dataclass(frozen=True, slots=True)
class Weighed:
    """The claims with their ranks and links, and the facts that they make."""

    claims: tuple[Claim, ...]
    facts: tuple[Fact, ...]

    @property
    def conflicts(self) -> int:
        """How many facts have claims against them."""
        against = {(c.subject, c.predicate) for c in self.claims if c.conflicts_with}
        return len(against)


def publishers(ontology: Ontology) -> dict[str, Publisher]:
    """Publishers by each of their names, from the seeds' `sources.csv`."""
    path = ontology.seeds / "sources.csv"
    found: dict[str, Publisher] = {}
    if path.is_file():
        with path.open(encoding="utf-8-sig", newline="") as lines:
            for row in csv.DictReader(lines):
                official = frozenset(filter(None, (row.get("official_for") or "").split(";")))
                publisher = Publisher(row["name"], float(row["trust"]), official)
                for name in (row["name"], *filter(None, (row.get("aliases") or "").split(";"))):
                    found[name] = publisher
    return found


def reconcile(
    claims: Sequence[Claim], documents: Iterable[Document], origins: Sequence[tuple[str, str]], rules: Rules
) -> Weighed:
    """The claims with their ranks and links, and the facts, both in sorted order."""
    by_id = {d.id: d for d in documents}
    weigh = _Weigh(rules, by_id, dict(origins), publishers(rules.ontology))
    groups: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[claim.subject, claim.predicate].append(claim)
    done: list[Claim] = []
    facts: list[Fact] = []
    for (_, predicate), group in sorted(groups.items()):
        weighed = weigh.group(group, rules.ontology.relation(predicate))
        done += weighed.claims
        facts += weighed.facts
    return Weighed(tuple(done), tuple(facts))


class _Weigh:
    """The winner rule over the claims of one entity and property at a time."""

    def __init__(
        self,
        rules: Rules,
        documents: Mapping[str, Document],
        origins: Mapping[str, str],
        known: Mapping[str, Publisher],
    ) -> None:
        self.rules = rules
        self.documents = documents
        self.origins = origins
        self.known = known

    def group(self, claims: Sequence[Claim], relation: Relation) -> Weighed:
        taking_part = [c for c in claims if c.accepted]
        by_value: dict[str, list[Claim]] = defaultdict(list)
        for claim in taking_part:
            by_value[_said(claim)].append(claim)
        values = sorted(by_value)
        refined = {
            coarse: [
                fine
                for fine in values
                if fine != coarse and self._refines(by_value[fine][0], by_value[coarse][0], relation)
            ]
            for coarse in values
        }
        support = {v: list(by_value[v]) for v in values}
        for coarse, finer in refined.items():
            for fine in finer:
                support[fine] += by_value[coarse]
        conflicts: dict[str, set[str]] = defaultdict(set)
        if relation.functional and not relation.scoped:
            for one, two in combinations(values, 2):
                if (
                    one not in refined[two]
                    and two not in refined[one]
                    and not self._compatible(by_value[one][0], by_value[two][0])
                ):
                    conflicts[one].add(two)
                    conflicts[two].add(one)
        finest = [v for v in values if not refined[v]]
        held, rule = self._held(finest, support, relation)
        facts = tuple(
            Fact(
                subject=claims[0].subject,
                predicate=relation.name,
                object=by_value[value][0].object,
                claims=tuple(sorted({c.id for c in support[value]})),
                confidence=self._confidence(support[value]),
                sources=self._origins(support[value]),
                rule=rule
                if conflicts[value]
                else (
                    "more exact than other claims"
                    if len(support[value]) > len(by_value[value])
                    else "no claim against it"
                ),
            )
            for value in (held if relation.functional else values)
        )
        ranked = [self._ranked(c, by_value, refined, conflicts, held, relation) for c in claims]
        return Weighed(tuple(sorted(ranked, key=lambda c: (_said(c), c.document, c.id))), facts)

    def _ranked(
        self,
        claim: Claim,
        by_value: Mapping[str, Sequence[Claim]],
        refined: Mapping[str, Sequence[str]],
        conflicts: Mapping[str, set[str]],
        held: Sequence[str],
        relation: Relation,
    ) -> Claim:
        if not claim.accepted:
            return replace(claim, rank=Rank.DEPRECATED if claim.stance == "denied" else Rank.NORMAL)
        value = _said(claim)
        against = sorted(c.id for other in conflicts.get(value, ()) for c in by_value[other])
        finer = sorted(c.id for other in refined[value] for c in by_value[other])
        rank = Rank.NORMAL
        if value in held or not relation.functional:
            rank = Rank.NORMAL if finer else Rank.PREFERRED
        elif against and not finer:
            rank = Rank.DEPRECATED
        return replace(
            claim,
            rank=rank,
            conflicts_with=tuple(against),
            refined_by=tuple(finer),
            independent_sources=self._origins(by_value[value]),
        )

    def _held(
        self, finest: Sequence[str], support: Mapping[str, Sequence[Claim]], relation: Relation
    ) -> tuple[list[str], str]:
        """The value of a functional property that wins, and the step that decided; all values of another property."""
        if not relation.functional or len(finest) < 2:
            return list(finest), "no claim against it"
        steps = (
            ("an official source states it", lambda v: self._official(support[v])),
            ("more independent origins state it", lambda v: self._origins(support[v])),
            ("it is more exact", lambda v: _exactness(support[v][0])),
            ("its publisher is trusted more", lambda v: max(self._trust(c) for c in support[v])),
            ("it was published first", lambda v: tuple(-ord(c) for c in min(self._published(c) for c in support[v]))),
            ("its words are surer", lambda v: max(c.confidence for c in support[v])),
        )
        left = list(finest)
        for words, measure in steps:
            best = max(measure(v) for v in left)
            kept = [v for v in left if measure(v) == best]
            if len(kept) == 1:
                return kept, words
            left = kept
        return [min(left, key=lambda v: min(c.id for c in support[v]))], "a stable choice between equals"

    def _official(self, claims: Sequence[Claim]) -> bool:
        return any(self._is_official(c) for c in claims)

    def _is_official(self, claim: Claim) -> bool:
        publisher = self._publisher(claim)
        if publisher is None:
            return False
        makers = {claim.subject}
        for name in {name for entry in self.rules.lexicon.entries.values() for name, _ in entry.relations}:
            makers.update(self.rules.lexicon.related(claim.subject, name))
        return bool(makers & publisher.official_for)

    def _publisher(self, claim: Claim) -> Publisher | None:
        document = self.documents.get(claim.document)
        return self.known.get(document.publisher) if document and document.publisher else None

    def _trust(self, claim: Claim) -> float:
        publisher = self._publisher(claim)
        return publisher.trust if publisher else DEFAULT_TRUST

    def _published(self, claim: Claim) -> str:
        document = self.documents.get(claim.document)
        return document.published.earliest.isoformat() if document and document.published else "9999"

    def _origins(self, claims: Iterable[Claim]) -> int:
        return len({self.origins.get(c.document, c.document) for c in claims})

    def _confidence(self, claims: Iterable[Claim]) -> float:
        """That not all origins are mistaken, if they err independently."""
        best: dict[str, float] = {}
        for claim in claims:
            origin = self.origins.get(claim.document, claim.document)
            best[origin] = max(best.get(origin, 0.0), claim.confidence)
        wrong = 1.0
        for origin in sorted(best):
            wrong *= 1.0 - best[origin]
        return round(min(0.999, 1.0 - wrong), 3)

    def _refines(self, fine: Claim, coarse: Claim, relation: Relation) -> bool:
        one, two = fine.object, coarse.object
        if isinstance(one, Value) and isinstance(two, Value):
            return bool(one.when and two.when and one.when.refines(two.when))
        if isinstance(one, str) and isinstance(two, str) and relation.rises_along:
            return two in self.rules.lexicon.related(one, relation.rises_along)
        return False

    def _compatible(self, one: Claim, two: Claim) -> bool:
        """Whether two dates of which neither is inside the other may still be one: their intervals meet."""
        first, second = one.object, two.object
        if isinstance(first, Value) and isinstance(second, Value) and first.when and second.when:
            return first.when.value == second.when.value and first.when.compatible(second.when)
        return False


def _said(claim: Claim) -> str:
    """What a claim's object is compared by: of dates also the interval, since early and late 2023 are both 2023."""
    if isinstance(claim.object, str):
        return claim.object
    when = claim.object.when
    return f"{claim.object.lexical} {when.earliest} {when.latest}" if when else claim.object.lexical


def _exactness(claim: Claim) -> int:
    return (
        -(claim.object.when.latest - claim.object.when.earliest).days
        if isinstance(claim.object, Value) and claim.object.when
        else 0
    )
