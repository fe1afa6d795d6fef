"""The things of a document: its names and values, each with all its places, and what has been said of them.

Two of them may be related where they stand in one sentence, not far from one another, or where one is what the other's
sentence is about.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from kg.annotate import Rules
from kg.extract import discourse, pairs, skeleton, stance, standing
from kg.extract.discourse import Sentence
from kg.extract.pairs import Sight
from kg.lexicon import key
from kg.model import Annotated, End, Extraction, Mention, Reading, Span, Stance

_WINDOW = 2
"""Sentences before one in which those things stand that what it says may be about."""
_NEIGHBOURS = 16
"""Mentions to each side of one that are looked at: the work must not grow with the square of a long list."""
_SAID = 0.5
"""The confidence from which a thing counts as said."""
ALIKE = 2
"""Characters with which names begin that may be akin."""
_MAY_BE = 0.3
"""The least score of a reading that counts."""


@dataclass(frozen=True, slots=True)
class Place:
    """A mention and the number of its sentence."""

    mention: Mention
    sentence: int


@dataclass(frozen=True, slots=True)
class Thing:
    """What some mentions of a document name, or the value that they state."""

    key: str
    places: tuple[Place, ...]
    best: Reading
    """The surest reading of any of them."""
    types: frozenset[str]
    """The types that it may be of."""

    @property
    def name(self) -> str:
        """How it is called first, in lower case."""
        return self.places[0].mention.name.casefold()


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two things that a relation may hold between, at their places that are nearest to one another."""

    relation: str
    subject: Thing
    object: Thing
    at: Place
    """Where the subject stands."""
    to: Place
    """Where the object stands."""


class Things:
    """A document as the features of links see it."""

    def __init__(self, annotated: Annotated, said: Sequence[Extraction], rules: Rules) -> None:
        self.annotated, self.rules = annotated, rules
        self.text = annotated.document.text
        self.sentences = discourse.sentences(annotated, rules.patterns.names.versioned)
        self._aliases = {key(a.alias): key(a.name) for a in annotated.aliases}
        self._hidden = [a.span for a in annotated.aliases if len(a.span)]
        self._named: dict[tuple[int, frozenset[str]], frozenset[str]] = {}
        self._sights: dict[int, tuple[Sight, dict[Span, int]]] = {}
        self.inside: list[list[tuple[Mention, str]]] = []
        """For each sentence its mentions with the keys of what they name."""
        places: dict[str, list[Place]] = defaultdict(list)
        for number, sentence in enumerate(self.sentences):
            inside = [] if self._silent(sentence) else [(m, self.key(m)) for m in sentence.mentions if _stands_alone(m)]
            self.inside.append(inside)
            for mention, name in inside:
                places[name].append(Place(mention, number))
        self.starts = [[m.span.start for m, _ in inside] for inside in self.inside]
        """For each sentence where its mentions begin."""
        self.all = {name: _thing(name, tuple(found)) for name, found in places.items()}
        self.alike: dict[str, list[Thing]] = defaultdict(list)
        """The things whose names begin with two characters."""
        for thing in self.all.values():
            self.alike[thing.name[:ALIKE]].append(thing)
        self.count = Counter[str]()
        """How often things of a type are mentioned."""
        ranks: dict[str, list[str]] = defaultdict(list)
        for thing in sorted(self.all.values(), key=lambda t: (-len(t.places), t.places[0].mention.span)):
            self.count[thing.best.type] += len(thing.places)
            ranks[thing.best.type].append(thing.key)
        self.ranks = {type_: {name: n for n, name in enumerate(names)} for type_, names in ranks.items()}
        """For each type its things, by how often they are mentioned: 0 for the one that is most."""
        self.objects: dict[tuple[str, str], set[str]] = defaultdict(set)
        """(relation, subject) → objects that have been said."""
        self.subjects: dict[tuple[str, str], set[str]] = defaultdict(set)
        """(relation, object) → subjects that have been said."""
        self.taken: dict[Span | None, set[str]] = defaultdict(set)
        """For the place of an object, the subjects of which it has been said."""
        for e in said:
            if e.confidence >= _SAID and e.stance is Stance.ASSERTED:
                one, two = self._end(e.subject), self._end(e.object)
                self.objects[e.predicate, one].add(two)
                self.subjects[e.predicate, two].add(one)
                self.taken[e.object.span].add(one)

    def key(self, mention: Mention) -> str:
        """What the mentions of one thing have in common."""
        best = mention.readings[0]
        if best.entity or best.value:
            return best.entity or (best.value.lexical if best.value else "")
        return self.key_of(mention.name)

    def key_of(self, name: str) -> str:
        """What a name that no list holds has in common with the document's other names of the same thing."""
        return self._aliases.get(key(name), key(name))

    def _end(self, end: End) -> str:
        if end.entity or end.value:
            return end.entity or (end.value.lexical if end.value else "")
        return self.key_of(end.name)

    def _silent(self, sentence: Sentence) -> bool:
        """Whether a sentence is a table's row, which is read as such, or states nothing."""
        words = self.text[sentence.span.start : sentence.span.end]
        return words.lstrip().startswith("|") or stance.states_nothing(words)

    def sight(self, number: int) -> tuple[Sight, dict[Span, int]]:
        """A sentence as pairs see it, and where its mentions stand in its skeleton."""
        if number not in self._sights:
            sentence = self.sentences[number]
            seen = skeleton.build(
                self.text, sentence.span, sentence.mentions, self._hidden, self.rules.patterns.letters
            )
            sight = pairs.look(seen, self.text, self.rules)
            self._sights[number] = sight, {m.span: at for at, m in seen.mentions.items()}
        return self._sights[number]

    def about(self, number: int, types: Set[str]) -> tuple[set[str], set[str]]:
        """(topics at a sentence, what its section or the document is about) of these types."""
        sentence = self.sentences[number]
        return (
            {self.key(m) for type_, m in sentence.topics if type_ in types},
            {self.key(m) for type_, m in sentence.matter if type_ in types},
        )

    def known(self, thing: Thing, relation: str) -> tuple[str, ...]:
        """What the seeds say that it has this relation to."""
        return self.rules.lexicon.related(thing.best.entity, relation) if thing.best.entity else ()

    def agrees(self, candidate: Candidate) -> bool | None:
        """Whether the seeds know this of the subject: False if they know only another, None if nothing."""
        known = self.known(candidate.subject, candidate.relation)
        if not known:
            return None
        rises = self.rules.ontology.relation(candidate.relation).rises_along
        above = {up for k in known for up in self.rules.lexicon.related(k, rises)} if rises else set()
        below = self.known(candidate.object, rises) if rises else ()
        return candidate.object.key in {*known, *above} or not set(known).isdisjoint(below)

    def named(self, number: int, types: frozenset[str]) -> frozenset[str]:
        """The things of these types that a sentence names."""
        if (number, types) not in self._named:
            inside = frozenset(n for _, n in self.inside[number] if self.all[n].best.type in types)
            self._named[number, types] = inside
        return self._named[number, types]

    def candidates(self) -> Iterator[Candidate]:
        """Every two things that some relation may hold between."""
        relations = [
            (r.name, frozenset(r.domain), frozenset(objects))
            for r in self.rules.ontology.relations
            if (objects := pairs.object_types(self.rules.patterns, r.name, r.range, r.datatype))
        ]
        for (one, two), (at, to) in self._nearest().items():
            subject, obj = self.all[one], self.all[two]
            for relation, domain, range_ in relations:
                if not subject.types.isdisjoint(domain) and not obj.types.isdisjoint(range_):
                    yield Candidate(relation, subject, obj, at, to)

    def _nearest(self) -> dict[tuple[str, str], tuple[Place, Place]]:
        """The nearest places of every two things, each of them first and second; of one list, none with another."""
        lists = self._lists()
        found: dict[tuple[str, str], tuple[tuple[int, int], Place, Place]] = {}
        for number, inside in enumerate(self.inside):
            near = [
                (Place(m, n), name) for n in range(max(0, number - _WINDOW), number + 1) for m, name in self.inside[n]
            ]
            topics = self._topics(number, {name for _, name in near})
            for at, (mention, name) in enumerate(inside, len(near) - len(inside)):
                here = Place(mention, number)
                for there, other in [*near[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS + 1], *topics]:
                    if name == other or (
                        mention.span in lists and lists[mention.span] == lists.get(there.mention.span)
                    ):
                        continue
                    gap = number - there.sentence, abs(mention.span.start - there.mention.span.start)
                    if (name, other) not in found or gap < found[name, other][0]:
                        found[name, other] = gap, here, there
                        found[other, name] = gap, there, here
        return {two: (at, to) for two, (_, at, to) in found.items()}

    def _lists(self) -> dict[Span, tuple[int, str]]:
        """For each mention the number of the list that it stands in, and its class."""
        found = (names for inside in self.inside for names in standing.lists([m for m, _ in inside], self.text))
        return {m.span: (number, m.readings[0].type) for number, names in enumerate(found) for m in names}

    def _topics(self, number: int, near: Set[str]) -> list[tuple[Place, str]]:
        """What a sentence is about that is not named nearby, where it was named last before, else first."""
        names = {self.key(m) for _, m in self.sentences[number].topics} & self.all.keys() - near
        found = []
        for name in sorted(names):
            places = self.all[name].places
            before = bisect_right(places, number, key=lambda p: p.sentence)
            found.append((places[max(0, before - 1)], name))
        return found


def _stands_alone(mention: Mention) -> bool:
    return mention.recognizer != "pronoun" and bool(mention.name or mention.readings[0].value)


def _thing(name: str, places: tuple[Place, ...]) -> Thing:
    readings = [r for p in places for r in p.mention.readings]
    best = max((p.mention.readings[0] for p in places), key=lambda r: r.score)
    return Thing(name, places, best, frozenset(r.type for r in readings if r.score >= _MAY_BE))
