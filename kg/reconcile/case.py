"""One entity and property: which of its values are held, and how each claim stands to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from sys import intern

from kg.model import Claim, Fact, Rank, Stance, Standing
from kg.ontology import Relation
from kg.reconcile import values
from kg.reconcile.classes import Compare, Judgement
from kg.reconcile.sources import Sources
from kg.reconcile.winner import Candidate, winner

_UNDISPUTED = "no claim against it"
_EXACT = "more exact than other claims"
_BESIDE = "all sides of a conflict are held; the rule prefers {}"
_AGREED = "what the claims that conflict agree on"
_MOST = 50
"""Claims of other values that every claim is linked with.  Where there are more, a claim is linked with some of them:
the pairs grow with their square, and what everybody writes about would cost more by the claim than anything else."""
_SOME = 10
"""Claims of each side that are then linked with all of the other side, and all of that with these."""


@dataclass
class Case:
    """The claims of one entity and property, being weighed: what is held of them, and how each stands to that."""

    claims: Sequence[Claim]
    relation: Relation
    compare: Compare
    on_conflict: str
    by_value: dict[str, list[Claim]] = field(default_factory=lambda: defaultdict(list))
    refined: dict[str, list[str]] = field(default_factory=dict)
    """For each value, those that say it more exactly."""
    judged: dict[tuple[str, str], Judgement] = field(default_factory=dict)
    """Of a property that can have conflicts, what each two values are to each other; both ways round."""
    excluded: dict[str, Judgement] = field(default_factory=dict)
    held: dict[str, str] = field(default_factory=dict)
    """The values that are held, and for each the rule."""
    linked: dict[str, tuple[tuple[str, ...], tuple[str, ...], int]] = field(default_factory=dict)
    sides: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = field(default_factory=dict)
    """Where a link between each two would be too much, for the preferred value and those against it: the claims of its
    side and of the other."""
    best: str | None = None
    """The value that the rule prefers, held or not."""
    step: str = ""

    def __post_init__(self) -> None:
        for claim in self.claims:
            if claim.accepted:
                self.by_value[values.said(claim)].append(claim)
        self._find_refinements()
        if self.contested:
            self._judge()
            self._hold()
            self._take_sides()
        else:
            self.held = {
                v: _EXACT if len(self.support(v)) > len(self.by_value[v]) else _UNDISPUTED for v in self.by_value
            }

    @property
    def contested(self) -> bool:
        return self.relation.functional and not self.relation.scoped

    @property
    def sources(self) -> Sources:
        return self.compare.sources

    def support(self, value: str) -> list[Claim]:
        """The claims of a value, then those of its coarser forms."""
        coarser = [c for other in self.by_value if value in self.refined[other] for c in self.by_value[other]]
        return [*self.by_value[value], *coarser]

    def against(self, value: str) -> list[str]:
        """The values that conflict with one."""
        return [o for o in self.by_value if o != value and self._standing(value, o) is Standing.CONFLICT]

    def facts(self) -> list[Fact]:
        found = []
        for value, rule in self.held.items():
            support = self.support(value)
            found.append(
                Fact(
                    subject=support[0].subject,
                    predicate=self.relation.name,
                    object=support[0].object,
                    claims=tuple(sorted({c.id for c in support})),
                    confidence=self._confidence(support),
                    sources=self._origins(support),
                    rule=rule,
                )
            )
        return found

    def ranked(self) -> list[Claim]:
        """The claims with their ranks, links and standings."""
        return [self._ranked(claim) for claim in self.claims]

    # weighing ----------------------------------------------------------------------------------------------------

    def _find_refinements(self) -> None:
        self.refined = {value: [] for value in self.by_value}
        if not self.contested and not self.relation.rises_along:
            return
        for one, two in combinations(self.by_value, 2):
            for fine, coarse in ((one, two), (two, one)):
                if values.refines(self.by_value[fine], self.by_value[coarse], self.relation, self.compare.rules):
                    self.refined[coarse].append(fine)

    def _judge(self) -> None:
        for one, two in combinations(self.by_value, 2):
            found = self.compare(self.by_value[one], self.by_value[two])
            self.judged[one, two] = self.judged[two, one] = found

    def _take_sides(self) -> None:
        numbers = {value: len(claims) for value, claims in self.by_value.items()}
        if self.best is None or all(sum(numbers[o] for o in self.against(v)) <= _MOST for v in self.by_value):
            return
        against = self.against(self.best)
        ours, theirs = self._ids([self.best]), self._ids(against)
        self.sides = dict.fromkeys(against, (theirs, ours)) | {self.best: (ours, theirs)}

    def _standing(self, one: str, two: str) -> Standing | None:
        found = self.judged.get((one, two))
        return found.standing if found else None

    def _hold(self) -> None:
        finest = [v for v in self.by_value if not self.refined[v]]
        for value in finest:
            others = [self.by_value[o] for o in finest if o != value]
            if (why := self.compare.excluded(self.by_value[value], others)) is not None:
                self.excluded[value] = why
        left = [v for v in finest if v not in self.excluded] or finest
        if not left:
            return
        self.best, self.step = self._winner(left)
        against = [v for v in left if self._standing(self.best, v) is Standing.CONFLICT]
        if against and self.on_conflict == "omit":
            agreed = [v for v in self.by_value if v not in self.excluded and not self.against(v)]
            agreed = [v for v in agreed if {self.best, *against} <= set(self.refined[v])]
            finest = [v for v in agreed if not set(self.refined[v]) & set(agreed)]
            self.held = {self._winner(finest)[0]: _AGREED} if finest else {}
            return
        self.held[self.best] = self._rule(self.best, left)
        if self.on_conflict == "all":
            words = _BESIDE.format(values.shown(self.by_value[self.best][0]))
            self.held |= dict.fromkeys(against, words)
            self.held = dict(sorted(self.held.items()))

    def _winner(self, among: Sequence[str]) -> tuple[str, str]:
        if len(among) == 1:
            return among[0], _UNDISPUTED
        return winner([Candidate(v, tuple(self.support(v))) for v in among], self.sources)

    def _rule(self, value: str, left: Sequence[str]) -> str:
        """By what a value is held, in words: the step of the winner rule if it had rivals."""
        if len(left) > 1:
            return self.step
        if any(c.decision for c in self.by_value[value]):
            return "a person decided so"
        return self._undisputed(value)

    def _undisputed(self, value: str) -> str:
        return _EXACT if len(self.support(value)) > len(self.by_value[value]) else _UNDISPUTED

    def _ranked(self, claim: Claim) -> Claim:
        if not claim.accepted:
            return self._aside(claim)
        value = values.said(claim)
        against, finer, origins = self._links(value)
        if value in self.sides:
            own, other = self.sides[value]
            against = other if claim.id in own[:_SOME] else other[:_SOME]
        standing, because = self._stands(claim, value)
        return _weighed(claim, self._rank(value, standing), finer, against, origins, standing, because)

    def _links(self, value: str) -> tuple[tuple[str, ...], tuple[str, ...], int]:
        """The claims that conflict with those of a value, those that refine them, and its origins."""
        if value not in self.linked:
            against = self._ids(self.against(value)) if not self.sides else ()
            finer = self._ids(self.refined[value])
            if len(finer) > _MOST:
                nearest = sorted(self.refined[value], key=lambda v: v != self.best)
                finer = tuple(sorted(self._ids([v])[0] for v in nearest[:_MOST]))
            self.linked[value] = (against, finer, self._origins(self.by_value[value]))
        return self.linked[value]

    def _ids(self, of: Iterable[str]) -> tuple[str, ...]:
        """The claims of some values."""
        return tuple(sorted(claim.id for value in of for claim in self.by_value[value]))

    def _rank(self, value: str, standing: Standing) -> Rank:
        if value in self.held:
            if not self.contested:
                return Rank.NORMAL if self.refined[value] else Rank.PREFERRED
            return Rank.PREFERRED if value == self.best or self.best not in self.held else Rank.NORMAL
        lost = standing in (Standing.CONFLICT, Standing.SUPERSEDED) and self.best in self.held
        return Rank.DEPRECATED if lost else Rank.NORMAL

    def _stands(self, claim: Claim, value: str) -> tuple[Standing, str]:
        """How an accepted claim stands to what is held, and why."""
        repost = self._copied(claim)
        if self.best is None or value == self.best:
            if self.refined[value]:
                return Standing.REFINEMENT, "another claim is more exact"
            if self.best is not None and self.best not in self.held and value not in self.held:
                return Standing.CONFLICT, "nothing is held where claims conflict"
            return Standing.SAME, repost
        if value in self.excluded:
            return self.excluded[value].standing, self.excluded[value].because
        found = self.judged[value, self.best]
        if found.standing is Standing.CONFLICT:
            held = values.shown(self.by_value[self.best][0])
            if self.best not in self.held:
                return Standing.CONFLICT, f"against {held}; nothing is held where claims conflict"
            return Standing.CONFLICT, f"against {held}: {self.step}"
        if self.refined[value] and found.standing is not Standing.REFINEMENT:
            nearest = self.refined[value][0]
            return self._stands(self.by_value[nearest][0], nearest)
        return found.standing, found.because

    def _copied(self, claim: Claim) -> str:
        """Whose words a claim's are, where they are not its own document's."""
        if (quoted := self.sources.quoted(claim)) is not None:
            return f"in words of {quoted}"
        origin = self.sources.origin(claim)
        return "" if origin == claim.document else f"a repost of {origin}"

    def _aside(self, claim: Claim) -> Claim:
        """A claim that is not weighed."""
        because, standing = "its words are not sure enough", Standing.ASIDE
        if claim.decision is not None and claim.decision.verdict == "reject":
            because = f"{claim.decision.who} rejected it: {claim.decision.why}"
        elif claim.stance is not Stance.ASSERTED:
            because = f"it is {claim.stance}, not asserted"
            if claim.stance is Stance.PLANNED and self.contested and self.by_value:
                standing, because = Standing.SUPERSEDED, "it was a plan; other claims say what came of it"
        rejected = claim.stance is Stance.DENIED or claim.decision is not None
        rank = Rank.DEPRECATED if rejected else Rank.NORMAL
        return _weighed(claim, rank, (), (), 1, standing, because)

    def _origins(self, claims: Iterable[Claim]) -> int:
        return len({self.sources.origin(c) for c in claims})

    def _confidence(self, claims: Iterable[Claim]) -> float:
        """That not all origins are mistaken, if they err independently."""
        best: dict[str, float] = {}
        for claim in claims:
            origin = self.sources.origin(claim)
            best[origin] = max(best.get(origin, 0.0), claim.confidence)
        wrong = 1.0
        for origin in sorted(best):
            wrong *= 1.0 - best[origin]
        return round(min(0.999, 1.0 - wrong), 3)


def _weighed(
    claim: Claim,
    rank: Rank,
    refined_by: tuple[str, ...],
    conflicts_with: tuple[str, ...],
    independent_sources: int,
    standing: Standing,
    because: str,
) -> Claim:
    """The claim with what weighing says of it.  `replace` takes twice the time, a quarter of all weighing."""
    return Claim(
        claim.id,
        claim.document,
        claim.predicate,
        claim.subject,
        claim.object,
        claim.stance,
        claim.confidence,
        claim.extractor,
        claim.evidence,
        claim.subject_text,
        claim.object_text,
        claim.attribution,
        claim.accepted,
        rank,
        refined_by,
        conflicts_with,
        independent_sources,
        standing,
        intern(because),  # a thing that is much spoken of has it in thousands of claims
        claim.decision,
    )
