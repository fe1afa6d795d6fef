"""Links: how likely a document relates two of its things, learned from documents with gold facts.

Patterns and pairs read one sentence.  Much is told over several: a company in one, “its new model” in the next, the
date of both in a heading.  A logistic regression over hashed features of the places where two things stand nearest to
one another, of what their sentences are about, of what stands nearer, and of what the document has been found to say,
tells which of them a careful reader relates.  Names play no part in it but for what the seeds know of them.
"""

from __future__ import annotations

import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise
from pathlib import Path

from kg.annotate import Rules
from kg.annotate.values import DATE
from kg.extract import discourse, stance, weights
from kg.extract.ends import end_of
from kg.extract.pairs import Pair, object_types
from kg.extract.standing import background
from kg.extract.things import ALIKE, Candidate, Place, Things
from kg.extract.weights import Calibrated
from kg.lexicon import key
from kg.model import Annotated, Extraction, Mention, Span, Stance

FOLDER, FILE = Path("models") / "links", "weights.npz"
"""Where an ontology's seeds keep the weights."""
BITS = 20
"""Features are hashed to this many bits, half of them for what one sentence tells."""
_HALF = 1 << (BITS - 1)
_LEAST = 0.35
"""Likelihoods below this are not worth a claim, not even one that makes no fact."""
_SHARE = 0.95
"""What is left of a link's confidence: documents are of more kinds than those that it is calibrated on."""
_AROUND = 2
"""Sentences to each side in which rivals are looked for."""
_STRETCH = 40
"""Skeleton characters to each side of a mention that are looked at."""
_CHARACTERS, _WORDS = 12, 8
"""… and so many of them, or words, as a bag."""
_GAPS = (2, 5, 10, 20, 40, 80, 160, 400, 1000)
_PRONOUN_GAPS = (4, 12, 30)
_ENDINGS = ("ing", "ed", "es", "s", "d")
_QUOTED = 200
"""Characters between two places up to which all between them is quoted."""


def load(seeds: Path) -> Calibrated | None:
    """The weights that travel with an ontology's seeds, if it has any."""
    return weights.read(seeds / FOLDER / FILE, BITS)


def extract(annotated: Annotated, said: Sequence[Extraction], rules: Rules) -> Iterator[Extraction]:
    """What the learned weights find in a document beside what has been `said` of it, the likeliest first.

    Of each relation a subject gets one object, and only where none has been said of it.
    """
    if rules.links is None:
        return
    things = Things(annotated, said, rules)
    sight = Features(things)
    model = rules.links
    found = [(model.likelihood(sight.of(c)), c) for c in things.candidates() if open_(things, c)]
    taken: set[tuple[str, str]] = set()
    for likelihood, one in sorted(
        found, key=lambda f: (-f[0], f[1].at.mention.span, f[1].to.mention.span, f[1].relation)
    ):
        if likelihood < _LEAST:
            break
        if (one.relation, one.subject.key) in taken or _anothers(one, things):
            continue
        taken.add((one.relation, one.subject.key))
        made = _extraction(one, _SHARE * model.confidence(one.relation, likelihood), things)
        if made:
            yield made


def open_(things: Things, one: Candidate) -> bool:
    """Whether a document leaves open if two things are related, and may be asked.

    What a date at the head of a list's line dates is told by the events of the line.
    """
    if things.objects[one.relation, one.subject.key] or things.agrees(one) is False:
        return False
    header = things.sentences[one.to.sentence].header_date
    if header is not None and header.span == one.to.mention.span:
        return False
    sight, places = things.sight(one.at.sentence)
    other, others = things.sight(one.to.sentence)
    marks = sight.marks.get(places.get(one.at.mention.span, -1)), other.marks.get(others.get(one.to.mention.span, -1))
    return "x" not in marks and "b" not in marks and None not in marks


def _anothers(one: Candidate, things: Things) -> bool:
    """Whether a number is another's: it has been said of it, or it stands nearer in the same sentence (X beats Y, which
    has 7 billion)."""
    relation = things.rules.ontology.relation(one.relation)
    if relation.datatype != "integer":
        return False
    if things.taken[one.to.mention.span] - {one.subject.key}:
        return True
    if one.at.sentence != one.to.sentence:
        return False
    inside = things.inside[one.at.sentence]
    between = (m for m, _ in inside if one.at.mention.span.end <= m.span.start < one.to.mention.span.start)
    return any(m.readings[0].type in relation.domain for m in between)


def _extraction(one: Candidate, confidence: float, things: Things) -> Extraction | None:
    relation = things.rules.ontology.relation(one.relation)
    types = object_types(things.rules.patterns, relation.name, relation.range, relation.datatype)
    subject = end_of(one.at.mention, relation.domain, things.sentences[one.at.sentence], things.text)
    obj = end_of(one.to.mention, types, things.sentences[one.to.sentence], things.text)
    if subject is None or obj is None or (obj[0].value is None and key(subject[0].name) == key(obj[0].name)):
        return None
    first, last = sorted((one.at, one.to), key=lambda p: p.mention.span)
    words = things.sentences[last.sentence].span
    near = last.mention.span.start - first.mention.span.end <= _QUOTED
    return Extraction(
        predicate=one.relation,
        subject=subject[0],
        object=obj[0],
        span=Span(first.mention.span.start, last.mention.span.end) if near else words,
        stance=_stance(first, last, things),
        confidence=confidence,
        extractor="links",
        attribution=stance.attribution(things.text[words.start : words.end]),
    )


def _stance(first: Place, last: Place, things: Things) -> Stance:
    """How the clauses of both places stand to what they say: the first that is not plainly asserted."""
    for place in (last, first):
        sight, places = things.sight(place.sentence)
        at = places[place.mention.span]
        told = stance.of_stretch(sight.skeleton, at, stance.clause_end(sight.skeleton, sight.ends[at]))
        if told is not Stance.ASSERTED:
            return told
    return Stance.ASSERTED


class Features:
    """The features of the candidates of one document."""

    def __init__(self, things: Things) -> None:
        self._things = things
        self._locals: dict[Place, tuple[str, ...]] = {}

    def of(self, one: Candidate) -> list[int]:
        """The hashed features of a candidate."""
        things = self._things
        kind = f"{one.relation}|{one.subject.best.type}|{one.object.best.type}"
        told = [*self._places(one), *self._said(one), *self._names(one), *self._pronouns(one)]
        same = one.at.sentence == one.to.sentence
        side = ("=" if one.at.mention.span < one.to.mention.span else "~") if same else "/"
        told += [f"{side}m{x}" for x in self._local(one.at)] + [f"{side}n{x}" for x in self._local(one.to)]
        hashed = {zlib.crc32(f"{kind}|{x}".encode()) % _HALF for x in told}
        hashed |= {zlib.crc32(f"{one.relation}|{x}".encode()) % _HALF for x in told}
        if same:
            sight, places = things.sight(one.at.sentence)
            at, to = places.get(one.at.mention.span), places.get(one.to.mention.span)
            if at is not None and to is not None:
                pair = Pair(one.relation, one.at.mention, one.to.mention, at, to)
                hashed |= {_HALF + place for place in sight.features(pair)}
        return sorted(hashed)

    def _places(self, one: Candidate) -> Iterator[str]:
        """How far apart they stand, what stands nearer, and what the text is about there."""
        things, relation = self._things, self._things.rules.ontology.relation(one.relation)
        domain = frozenset(relation.domain)
        range_ = frozenset(object_types(things.rules.patterns, relation.name, relation.range, relation.datatype))
        here, there = one.at.mention.span, one.to.mention.span
        low, high = sorted((here, there))
        apart = one.at.sentence - one.to.sentence
        side = ("=" if here < there else "~") if apart == 0 else ">" if apart > 0 else "<"
        far = f"{side}{min(3, abs(apart))}"
        lines = "\n" in things.text[low.end : high.start]
        yield from ("", far, f"p{lines}", f"{far}p{lines}", f"D{_bucket(high.start - low.end, _GAPS)}{side}")
        between: tuple[set[str], set[str]] = set(), set()
        nearer: tuple[set[str], set[str]] = set(), set()
        for mention, name in self._rivals(one):
            if name not in (one.subject.key, one.object.key):
                type_, start = things.all[name].best.type, mention.span.start
                for kind, types, place in ((0, range_, here), (1, domain, there)):
                    if type_ in types:
                        if low.end <= start < high.start:
                            between[kind].add(name)
                        if abs(start - place.start) < abs(there.start - here.start):
                            nearer[kind].add(name)
        yield f"k{far}{min(3, len(nearer[0]))}"
        yield f"K{far}{min(3, len(nearer[1]))}"
        yield f"x{far}{min(2, len(between[0]))}{min(2, len(between[1]))}"
        agrees = things.agrees(one)
        yield from (f"A{agrees}", f"A{agrees}{far}", f"A{agrees}x{min(2, len(between[0]))}")
        objects, subjects = things.named(one.at.sentence, range_), things.named(one.to.sentence, domain)
        yield f"I{far}{min(2, len(objects) - (one.subject.key in objects))}{one.object.key in objects}"
        yield f"J{far}{min(2, len(subjects) - (one.object.key in subjects))}{one.subject.key in subjects}"
        topics, matter = things.about(one.at.sentence, range_)
        topic = one.object.key in topics
        yield from (f"T{topic}M{one.object.key in matter}{far}", f"T{topic}k{min(2, len(nearer[0]))}{far}")
        yield f"M{bool(matter)}{one.object.key in matter}"
        topics, matter = things.about(one.to.sentence, domain)
        yield f"t{one.subject.key in topics}m{one.subject.key in matter}{far}"
        share = int(5 * len(one.object.places) / max(1, things.count[one.object.best.type]))
        yield from (f"s{share}", f"s{share}{far}")
        if one.to.mention.readings[0].type == DATE:
            header = things.sentences[one.to.sentence].header_date
            yield f"bg{background(things.text, one.to.mention)}h{header is not None and header.span == there}"
        sight, _ = things.sight(one.to.sentence)
        yield from (f"E{min(1, abs(apart))}{name}" for name in sorted({name for name, _, _ in sight.events}))

    def _rivals(self, one: Candidate) -> Iterator[tuple[Mention, str]]:
        """The mentions not far from both places that are no farther from either than they from one another."""
        places = (one.at.mention.span.start, one.to.mention.span.start)
        far = abs(places[0] - places[1])
        near = {n + step for n in (one.at.sentence, one.to.sentence) for step in range(-_AROUND, _AROUND + 1)}
        for number in sorted(n for n in near if 0 <= n < len(self._things.inside)):
            inside, starts = self._things.inside[number], self._things.starts[number]
            yield from inside[bisect_left(starts, min(places) - far) : bisect_right(starts, max(places) + far)]

    def _said(self, one: Candidate) -> Iterator[str]:
        """What has been found to be said of both."""
        things, a, b = self._things, one.subject.key, one.object.key
        others = len(things.subjects[one.relation, b] - {a})
        has = len(things.objects[one.relation, a] - {b})
        yield from (f"g{min(3, others)}", f"has{min(2, has)}", f"has{min(2, has)}g{min(3, others)}")
        for relation in things.rules.ontology.relations:
            name = relation.name
            other = name != one.relation
            if other and things.objects[name, a]:
                yield f"Sa{name}"
            if things.subjects[name, a]:
                yield f"So{name}"
            if things.objects[name, b]:
                yield f"Oa{name}"
            if other and things.subjects[name, b]:
                yield f"Oo{name}"
            if other and b in things.objects[name, a]:
                yield f"AB{name}"
            if a in things.objects[name, b]:
                yield f"BA{name}"
        yield f"tk{bool(things.taken[one.to.mention.span] - {a})}"

    def _names(self, one: Candidate) -> Iterator[str]:
        """How sure the names are, how often they come, and what they have in common."""
        things, relation = self._things, one.relation
        ranks = [min(3, things.ranks[t.best.type][t.key]) for t in (one.subject, one.object)]
        yield f"n{min(4, len(things.ranks[one.object.best.type]))}r{ranks[1]}"
        yield f"m{min(4, len(one.subject.places))}R{ranks[0]}"
        yield f"o{min(4, len(one.object.places))}"
        yield f"sc{one.subject.best.score:.1f}l{bool(one.subject.best.entity)}"
        yield f"oc{one.object.best.score:.1f}l{bool(one.object.best.entity)}"
        mine, other = one.subject.name, one.object.name
        if mine and other:
            yield f"f{min(4, _common(mine, other))}"
            if _common(mine, other) >= ALIKE:
                yield f"F{mine.startswith(other)}{other.startswith(mine)}"
        alike = [t for t in things.alike[mine[:ALIKE]] if t is not one.subject] if len(mine) >= ALIKE else []
        made = things.subjects[relation, one.object.key]
        yield f"kin{_two(t for t in alike if t.key in made)}"
        others = (t for t in alike if t.best.type == one.subject.best.type)
        yield f"okin{_two(t for t in others if things.objects[relation, t.key] - {one.object.key})}"

    def _pronouns(self, one: Candidate) -> Iterator[str]:
        """The pronouns in either's sentence that may stand for the other, and whether they do."""
        things, relation = self._things, self._things.rules.ontology.relation(one.relation)
        for side, place, types, other in (
            ("P", one.at, relation.range, one.object.key),
            ("Q", one.to, relation.domain, one.subject.key),
        ):
            sentence = things.sentences[place.sentence]
            for mention in sentence.mentions:
                if mention.recognizer == "pronoun" and mention.reading(*types):
                    who = end_of(mention, types, sentence, things.text)
                    same = (who[0].entity or things.key_of(who[0].name)) == other if who else None
                    where = "<" if mention.span.end <= place.mention.span.start else ">"
                    gap = _bucket(abs(mention.span.start - place.mention.span.start), _PRONOUN_GAPS)
                    yield from (f"{side}{same}{where}", f"{side}{same}{where}{gap}")
                    yield f"{side}{same}{mention.text.lower()}"

    def _local(self, place: Place) -> tuple[str, ...]:
        """What stands around a mention in its sentence."""
        if place not in self._locals:
            self._locals[place] = tuple(sorted(set(self._around(place))))
        return self._locals[place]

    def _around(self, place: Place) -> Iterator[str]:
        things = self._things
        sight, places = things.sight(place.sentence)
        at = places.get(place.mention.span)
        if at is None:
            return
        seen, end = sight.skeleton, sight.ends[at]
        chinese = seen.language == "zh"
        before, behind = seen.words(max(0, at - _STRETCH), at), seen.words(end, end + _STRETCH)
        for n in (1, 2, 3, 4):
            yield from (f"l{' '.join(before[-n:])}", f"r{' '.join(behind[:n])}")
        width = _CHARACTERS if chinese else _WORDS
        for side, tokens in (("L", before[-width:]), ("R", behind[:width])):
            stems = tokens if chinese else [_stem(t) for t in tokens]
            yield from (f"{side}{one} {two}" for one, two in pairwise(stems))
            if not chinese:
                yield from (f"{side}{one}" for one in stems)
        yield from (f"v{'p' if start <= at else 'q'}{name}" for name, start, _ in sight.events)
        sentence = things.sentences[place.sentence]
        begins = discourse.begins_clause(things.text, sentence.span, place.mention)
        yield from (f"M{sight.marks[at]}", f"T{sight.stances[at]}", f"B{begins}", f"0{at < 4}", f"H{sentence.heading}")


def _two(found: Iterable[object]) -> int:
    """How many there are, at most two."""
    return len(list(islice(found, 2)))


def _bucket(length: int, limits: Sequence[int]) -> int:
    return sum(length > limit for limit in limits)


def _common(one: str, two: str) -> int:
    """The characters that two names begin with alike."""
    return next((n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))


def _stem(word: str) -> str:
    ending = next((e for e in _ENDINGS if word.endswith(e) and len(word) - len(e) > 2), "")
    return word.removesuffix(ending)
