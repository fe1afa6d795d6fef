"""What two different values of one property are to each other: a refinement, another event, another scope, a correction
or a conflict.

Only what nothing else explains is a conflict.  The tests, in this order; the first that holds decides:

1. a person decided for one of the two: the other is superseded;
2. one is a more exact form of the other, or both may be one day, or they are one day in two time zones;
3. the same source corrected itself later: the earlier value is superseded;
4. one is the value of a version (`kg:scopedAlong`), or one sentence states both, or the words of only one of them speak
   of a version, size or part (`kg:scopeCue`), or name something narrower than the entity;
5. of two dates, one is that of another event of the same thing (a release, a test, an open-sourcing), or only the words
   of one of them speak of another event (`kg:otherEventCue`);
6. else they conflict.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from kg import iri, languages, quantities
from kg.annotate import Rules
from kg.lexicon import key
from kg.model import Claim, Standing
from kg.ontology import Relation
from kg.reconcile import values
from kg.reconcile.sources import Sources

_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_VERSION = re.compile(
    r"[”\"’」』》]? ?[vV]?\d{1,2}(?:\.\d+)*(?![\d.]|\s?[年月日号时点:：/%％BbMmTt亿万千百个款项位家次倍x×-])"
)
"""Behind a name: a version, and no date, size or count."""

Claims = Sequence[Claim]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What two values are to each other, and why, in words."""

    standing: Standing
    because: str
    loser: str = ""
    """Of two values of which one is superseded, or is of a narrower scope or another event: that one."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What other claims say that bears on the values of one entity and property."""

    versions: Mapping[str, str] = field(default_factory=dict)
    """What a value is compared by → the version that has this value."""
    events: Mapping[str, str] = field(default_factory=dict)
    """… → the other date of the same entity that it is."""


def surroundings(claims: Iterable[Claim], rules: Rules) -> dict[tuple[str, str], Surroundings]:
    """For each entity and property, what its versions and its other dates are said to be."""
    accepted = [c for c in claims if c.accepted]
    relations = {relation.name: relation for relation in rules.ontology.relations}
    of: dict[str, dict[str, set[str]]] = {
        along: {} for along in sorted({r.scoped_along for r in relations.values() if r.scoped_along})
    }
    for claim in accepted:
        if claim.predicate in of and isinstance(claim.object, str):
            of[claim.predicate].setdefault(claim.subject, set()).add(claim.object)
    versions: dict[tuple[str, str], dict[str, str]] = {}
    events: dict[tuple[str, str], dict[str, str]] = {}
    dated = [r for r in relations.values() if r.functional and r.datatype == "date"]
    functional = (c for c in accepted if relations[c.predicate].functional)
    for claim in sorted(functional, key=lambda c: (c.subject, c.predicate)):
        relation = relations[claim.predicate]
        along = relation.scoped_along
        if along:
            wholes = {*of[along].get(claim.subject, ()), *rules.lexicon.related(claim.subject, along)}
            for whole in sorted(wholes - {claim.subject}):
                versions.setdefault((whole, claim.predicate), {}).setdefault(values.said(claim), claim.subject)
        for other in dated if relation.datatype == "date" else ():
            if other.name != relation.name and set(other.domain) & set(relation.domain):
                found = events.setdefault((claim.subject, other.name), {})
                found.setdefault(values.said(claim), relation.name)
    places = {*versions, *events}
    return {place: Surroundings(versions.get(place, {}), events.get(place, {})) for place in sorted(places)}


class Compare:
    """The tests above, for the values of one entity and property."""

    def __init__(self, relation: Relation, rules: Rules, sources: Sources, around: Surroundings) -> None:
        self.relation = relation
        self.rules = rules
        self.sources = sources
        self.around = around

    def __call__(self, one: Claims, two: Claims) -> Judgement:
        """What two values, each given by all claims that state it, are to each other."""
        for test in (self._decided, self._agreeing, self._corrected, self._scopes, self._events):
            found = test(one, two)
            if found is not None:
                return found
        return Judgement(Standing.CONFLICT, "")

    def excluded(self, claims: Claims, others: Sequence[Claims]) -> Judgement | None:
        """Why a value cannot be the held one, whatever the winner rule says: corrected, or of something narrower.

        A version comes out no earlier than the whole, so its date gives way to an earlier one; and its size is not
        that of the whole.  What has its size in its name (Abc-14B) has no other.
        """
        for other in others:
            found = self._decided(claims, other) or self._corrected(claims, other)
            if found is not None and found.loser == values.said(claims[0]):
                return found
        if (why := self._beyond_its_name(claims, others)) is not None:
            return why
        name = self._narrower(claims)
        if name and not all(self._narrower(other) for other in others):
            return self._scope(claims, f"its words name {name}")
        version = self.around.versions.get(values.said(claims[0]))
        rivals = [other for other in others if values.said(other[0]) not in self.around.versions]
        if version and any(values.before(r[0], claims[0]) or values.number(r[0]) is not None for r in rivals):
            return self._scope(claims, f"it is the value of {version}")
        return None

    # the tests -------------------------------------------------------------------------------------------------

    def _decided(self, one: Claims, two: Claims) -> Judgement | None:
        decided = [next((c.decision for c in side if c.decision), None) for side in (one, two)]
        if decided[0] is None and decided[1] is not None:
            return Judgement(Standing.SUPERSEDED, f"{decided[1].who} decided: {decided[1].why}", values.said(one[0]))
        if decided[1] is None and decided[0] is not None:
            return Judgement(Standing.SUPERSEDED, f"{decided[0].who} decided: {decided[0].why}", values.said(two[0]))
        return None

    def _agreeing(self, one: Claims, two: Claims) -> Judgement | None:
        for fine, coarse in ((one, two), (two, one)):
            if values.refines(fine, coarse, self.relation, self.rules):
                words = f"{values.shown(fine[0])} says {values.shown(coarse[0])} more exactly"
                return Judgement(Standing.REFINEMENT, words, values.said(coarse[0]))
        if values.meet(one[0], two[0]):
            return Judgement(Standing.SAME, "both can be one day")
        if values.next_to(one[0], two[0]) and any(
            languages.load().time_zone.search(c.evidence.quote) for c in (*one, *two)
        ):
            return Judgement(Standing.SAME, "one day in two time zones")
        return None

    def _corrected(self, one: Claims, two: Claims) -> Judgement | None:
        for old, new in ((one, two), (two, one)):
            if all(any(self._takes_back(earlier, later) for later in new) for earlier in old):
                return Judgement(Standing.SUPERSEDED, "the same source corrected it later", values.said(old[0]))
        return None

    def _takes_back(self, earlier: Claim, later: Claim) -> bool:
        """Whether a claim corrects one of the same publisher: in words of correction, or by an official later word."""
        publisher, days = self.sources.publisher(earlier), [self.sources.published(c) for c in (earlier, later)]
        if publisher is None or publisher != self.sources.publisher(later) or earlier.document == later.document:
            return False
        if days[0] is None or days[1] is None or days[0] >= days[1]:
            return False
        cue = languages.load().correction
        said_so = cue.search(later.evidence.quote) or cue.search(self.sources.title(later))
        return bool(said_so) or self.sources.is_official(later)

    def _scopes(self, one: Claims, two: Claims) -> Judgement | None:
        versions = [self.around.versions.get(values.said(side[0])) for side in (one, two)]
        for side, own, other in _either(one, two, versions):
            if own and not other:
                return self._scope(side, f"it is the value of {own}")
        for side, beside in ((one, two), (two, one)):
            if (why := self._beyond_its_name(side, [beside])) is not None:
                return why
            if all(any(_one_breath(c, k) for k in beside) for c in side):
                standing = Standing.EVENT if self.relation.datatype == "date" else Standing.SCOPE
                return Judgement(standing, "one sentence states both", values.said(side[0]))
        cues = [self._cue(side, self.relation.scope_cues) for side in (one, two)]
        for side, cue, other in _either(one, two, cues):
            if cue and other != cue:
                return self._scope(side, f"its words speak of one of several: {cue}")
        narrower = [self._narrower(side) for side in (one, two)]
        for side, name, other in _either(one, two, narrower):
            if name and not other:
                return self._scope(side, f"its words name {name}")
        return None

    def _events(self, one: Claims, two: Claims) -> Judgement | None:
        if self.relation.datatype != "date":
            return None
        events = [self.around.events.get(values.said(side[0])) for side in (one, two)]
        for side, own, other in _either(one, two, events):
            if own and not other:
                return Judgement(Standing.EVENT, f"it is the date of {own}", values.said(side[0]))
        cues = [self._cue(side, self.relation.event_cues) for side in (one, two)]
        for side, cue, other in _either(one, two, cues):
            if cue and not other:
                words = f"its words speak of another event: {cue}"
                return Judgement(Standing.EVENT, words, values.said(side[0]))
        return None

    def _scope(self, side: Claims, because: str) -> Judgement:
        return Judgement(Standing.SCOPE, because, values.said(side[0]))

    def _cue(self, claims: Claims, cues: Sequence[str]) -> str | None:
        """The first cue of the first claim, if all the claims have one."""
        first: str | None = None
        for claim in claims:
            words = claim.evidence.quote.casefold()
            found = next((cue for cue in cues if _has(words, cue)), None)
            if found is None:
                return None
            first = first or found
        return first

    def _beyond_its_name(self, claims: Claims, others: Sequence[Claims]) -> Judgement | None:
        """Why a number is not the entity's, if the entity's name has a number of this kind that another value fits."""
        if self.relation.datatype != "integer":
            return None
        sizes = {q.value: q.text for name in self._names(claims[0].subject) for q in quantities.find(name)}
        fits = [any(values.written_as(side, size) for size in sizes) for side in (claims, *others)]
        if sizes and not fits[0] and any(fits[1:]):
            return self._scope(claims, f"its name says {sizes[min(sizes)]}")
        return None

    def _names(self, subject: str) -> tuple[str, ...]:
        entry = self.rules.lexicon.entries.get(subject)
        return entry.entity.names if entry else (iri.name(subject.partition(":")[2]),)

    def _narrower(self, claims: Claims) -> str | None:
        """How all the claims' words call the entity, if they have a number that none of its names has."""
        known = {number for name in self._names(claims[0].subject) for number in _NUMBER.findall(key(name))}
        called = map(_called, claims)
        first = next(called)
        if all(set(_NUMBER.findall(key(name))) - known for name in chain([first], called)):
            return first
        return None


def _either(
    one: Claims, two: Claims, found: Sequence[str | None]
) -> tuple[tuple[Claims, str | None, str | None], tuple[Claims, str | None, str | None]]:
    """Each of two values with what was found for it and for the other."""
    return (one, found[0], found[1]), (two, found[1], found[0])


def _called(claim: Claim) -> str:
    """The words that name a claim's subject, with a version that stands right behind them: 甲乙 2.5, “甲乙”3."""
    words, quote = claim.subject_text, claim.evidence.quote
    at = quote.find(words) if words else -1
    while at >= 0:
        if found := _VERSION.match(quote, at + len(words)):
            return quote[at : found.end()].strip()
        at = quote.find(words, at + 1)
    return words


def _one_breath(one: Claim, two: Claim) -> bool:
    return one.document == two.document and one.evidence.cleaned.overlaps(two.evidence.cleaned)


def _has(text: str, cue: str) -> bool:
    """Whether a casefolded text has a cue, as a word of its own if it is Latin."""
    at = text.find(cue)
    while at >= 0:
        around = text[at - 1 : at] if at else "", text[at + len(cue) : at + len(cue) + 1]
        if not cue.isascii() or not any(char.isascii() and char.isalnum() for char in around if char):
            return True
        at = text.find(cue, at + 1)
    return False
