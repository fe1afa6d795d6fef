"""Pairs: how likely a sentence relates two of its mentions, learned from the annotated corpus and documents with gold.

A logistic regression over hashed features of the words around and between two mentions, one weight vector for all
relations (each feature carries its relation's name).  It finds wordings that no pattern foresees; names play no part
in it, since a skeleton shows only their types.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.annotate import Rules
from kg.annotate.values import DATE
from kg.extract import weights
from kg.extract.discourse import Sentence
from kg.extract.ends import end_of
from kg.extract.roles import ABOUT, OF_VERSION, triggers
from kg.extract.skeleton import Skeleton
from kg.extract.stance import of_stretch
from kg.extract.standing import background, compared, oblique
from kg.extract.weights import Calibrated
from kg.lexicon import key
from kg.model import Extraction, Mention, Stance
from kg.patterns import CLOSE, Patterns

FOLDER, FILE = Path("models") / "pairs", "weights.npz"
"""Where an ontology's seeds keep the weights."""
BITS = 18
"""Features are hashed to this many bits: some fifty thousand of them collide seldom in a quarter of a million
places."""
_FARTHEST = 68
"""Skeleton characters from one mention to the other: what is farther apart is hardly ever one statement."""
_NEIGHBOURS = 8
"""Mentions to each side of a mention that are looked at: the work must not grow with the square of a long list."""
_BESIDE, _MIDDLE = 24, 40
"""Characters to each side of a pair, and words between, that are looked at."""
_SHORT = 12
"""Characters between two mentions that are a feature as a whole."""
_COMMAS = re.compile("[，,、；;]")
_LEAST = 0.35
"""Likelihoods below this are not worth a claim, not even one that makes no fact."""
_SURE = 0.85
"""From this likelihood on a second object is believed."""
_ABOUT = re.compile(ABOUT)
_OF_THESE = re.compile(r"其中|(?i:\bof (?:which|them|these)\b)")
"""What follows is one of those that were just named, and not what they were named beside."""
_RELATIVE = re.compile(r",? (?:which|that|whose)\b|，(?:它|后者)")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two mentions of a sentence that a relation may hold between, with their places in the skeleton."""

    relation: str
    subject: Mention
    object: Mention
    subject_at: int
    object_at: int


def load(seeds: Path) -> Calibrated | None:
    """The weights that travel with an ontology's seeds, if it has any."""
    return weights.read(seeds / FOLDER / FILE, BITS)


def object_types(patterns: Patterns, relation: str, range_: tuple[str, ...], datatype: str | None) -> tuple[str, ...]:
    """The types of mentions that can be the object of a relation: its range, or the values that its patterns name."""
    if range_:
        return range_
    if datatype == "date":
        return (DATE,)
    named = {
        type_
        for pattern in patterns.patterns
        for statement in pattern.states
        if statement.relation == relation
        for slot in pattern.slots
        if slot.name == statement.object
        for type_ in slot.types
    }
    return tuple(sorted(named))


@dataclass(frozen=True, slots=True)
class Sight:
    """A sentence with everything that features are made of, looked up once."""

    skeleton: Skeleton
    places: tuple[int, ...]
    """Where mentions stand in the skeleton, in order."""
    ends: Mapping[int, int]
    """Where they end there."""
    events: tuple[tuple[str, int, int], ...]
    """(event, start, end) of every trigger."""
    marks: Mapping[int, str]
    """For each mention: `x` if it is only compared with, `y` if only a means, `b` for a date that is of no event."""
    stances: Mapping[int, Stance]
    """The stance of what is said up to each mention."""

    def candidates(self, rules: Rules) -> Iterator[Pair]:
        """Every pair of mentions, not too far from one another, that some relation may hold between."""
        for relation in rules.ontology.relations:
            objects = object_types(rules.patterns, relation.name, relation.range, relation.datatype)
            for number, one in enumerate(self.places):
                subject = self.skeleton.mentions[one]
                if not subject.reading(*relation.domain):
                    continue
                for two in self.places[max(0, number - _NEIGHBOURS) : number + _NEIGHBOURS + 1]:
                    obj = self.skeleton.mentions[two]
                    if one != two and abs(one - two) <= _FARTHEST and obj.reading(*objects):
                        yield Pair(relation.name, subject, obj, one, two)

    def features(self, pair: Pair) -> list[int]:
        """The hashed features of a pair."""
        text = self.skeleton.text
        first, second = sorted((pair.subject_at, pair.object_at))
        between, behind = text[self.ends[first] : second], self.ends[second]
        before, after = (
            self.skeleton.words(max(0, first - _BESIDE), first),
            self.skeleton.words(behind, behind + _BESIDE),
        )
        middle = self.skeleton.words(self.ends[first], second)
        inside = {_type(self.skeleton.mentions[at]) for at in self.places if first < at < second}
        found = [
            "",
            f"d{_bucket(len(between))}",
            f"n{min(3, sum(first < at < second for at in self.places))}",
            f"c{min(3, len(_COMMAS.findall(between)))}",
            f"k{self.rivals(pair.subject_at, pair.object_at)}{self.rivals(pair.object_at, pair.subject_at)}",
            f"t{self.stances[second]}{self.stances[first]}",
            f"S{self.marks[pair.subject_at]}",
            f"O{self.marks[pair.object_at]}",
        ]
        found += [f"i{type_}" for type_ in inside]
        found += [f"b{gram}" for gram in _grams(middle[:_MIDDLE])]
        found += [f"L{gram}" for gram in _grams(before)] + [f"R{gram}" for gram in _grams(after)]
        found += [f"l{' '.join(before[-n:])}" for n in (1, 2, 3, 4) if len(before) >= n]
        found += [f"r{' '.join(after[:n])}" for n in (1, 2, 3, 4) if len(after) >= n]
        found += [f"s{' '.join(middle[:n])}" for n in (1, 2, 3)] + [f"e{' '.join(middle[-n:])}" for n in (1, 2, 3)]
        if len(between) <= _SHORT:
            found.append(f"w{between}")
        for name, start, end in self.events:
            where = "p" if end <= first else "q" if start >= behind else "m"
            found.append(f"v{where}{name}")
        kind = f"{pair.relation}|{'>' if pair.subject_at < pair.object_at else '<'}"
        kind += f"|{_type(pair.subject)}|{_type(pair.object)}"
        return sorted({zlib.crc32(f"{kind}|{feature}".encode()) & ((1 << BITS) - 1) for feature in found})

    def followed(self, pair: Pair) -> bool:
        """Whether another of the subject's type stands right behind the object, whose it then is: CTO乙 is not 甲's."""
        after = self.skeleton.mentions.get(self.ends[pair.object_at])
        return after is not None and after is not pair.subject and after.reading(_type(pair.subject)) is not None

    def rivals(self, mine: int, other: int) -> int:
        """How many other mentions of a mention's type stand nearer to the pair's other end, at most two."""
        type_ = _type(self.skeleton.mentions[mine])
        nearer = (at for at in self.places if at != other and abs(at - other) < abs(mine - other))
        return min(2, sum(self.skeleton.mentions[at].reading(type_) is not None for at in nearer))


def look(skeleton: Skeleton, text: str, rules: Rules) -> Sight:
    """A sentence as the features see it."""
    places = tuple(sorted(skeleton.mentions))
    ends = {at: skeleton.text.index(CLOSE, at) + 1 for at in places}
    return Sight(
        skeleton,
        places,
        ends,
        tuple((t.event.name, t.start, t.end) for t in triggers(skeleton, rules.patterns.events)),
        {at: _mark(text, skeleton.mentions[at], tuple(skeleton.mentions.values())) for at in places},
        {at: of_stretch(skeleton, at, ends[at]) for at in places},
    )


def _mark(text: str, mention: Mention, others: Sequence[Mention]) -> str:
    if mention.readings[0].type == DATE:
        return "b" if background(text, mention) else ""
    if not mention.name or not oblique(text, mention, others):
        return ""
    return "x" if compared(text, mention, others) else "y"


def _type(mention: Mention) -> str:
    return mention.readings[0].type


def _bucket(length: int) -> int:
    return next((n for n, limit in enumerate((0, 1, 2, 4, 8, 16, 32)) if length <= limit), 7)


def _grams(words: Sequence[str]) -> list[str]:
    return [" ".join(words[i : i + n]) for n in (1, 2, 3) for i in range(len(words) - n + 1)]


def extract(
    sentence: Sentence, skeleton: Skeleton, text: str, said: Sequence[Extraction], rules: Rules
) -> Iterator[Extraction]:
    """What the learned weights find in one sentence, beside what the patterns have `said` of it.

    A subject has one object of a relation, and a value that is no date or rank has one subject, unless the words make
    more of them very likely: the likelier pair comes first, and what patterns have found comes before all, as does how
    they found it to be meant.
    """
    if rules.pairs is None:
        return
    subjects = {(e.predicate, e.subject.span) for e in said}
    objects = {(e.predicate, e.object.span) for e in said}
    dated = {(e.subject.span, e.object.span) for e in said if e.object.value and e.object.value.when}
    stances = {(e.predicate, e.subject.span, e.object.span): e.stance for e in said}
    model, sight = rules.pairs, look(skeleton, text, rules)
    likely = sorted(
        ((model.likelihood(sight.features(pair)), pair) for pair in sayable(sight, rules)),
        key=lambda found: (-found[0], found[1].subject_at, found[1].object_at, found[1].relation),
    )
    for likelihood, pair in likely:
        if likelihood < _LEAST:
            break
        relation = rules.ontology.relation(pair.relation)
        ends = (relation.name, pair.subject.span), (relation.name, pair.object.span)
        alone = relation.datatype in ("integer", "string")
        if (pair.subject.span, pair.object.span) in dated:
            continue  # the date is known to be another event's
        if sentence.header_date is not None and sentence.header_date.span == pair.object.span:
            continue  # the events of a line tell what the date at its head dates
        if relation.rises_along and (relation.rises_along, pair.object.span) in objects:
            continue  # the sentence names a part of it, which is more exact: 甲集团旗下的乙公司发布了
        if ends[1] in objects and sight.rivals(pair.subject_at, pair.object_at):
            continue  # it is said of another, which stands nearer
        if relation.datatype == "integer" and _passed(pair, sight, relation.domain):
            continue  # it is another's
        if relation.domain == relation.range and _side_by_side(pair, sight, rules):
            continue  # 甲公司乙公司
        if relation.range and _listed(pair, sight):
            continue  # 甲公司、乙产品
        if pair.subject_at < pair.object_at and _OF_THESE.search(sight.skeleton.text, *_between(pair, sight)):
            continue  # 甲发布四个小模型，其中7B版本基于
        if relation.datatype == "date" and OF_VERSION.search(skeleton.text, *sorted((pair.subject_at, pair.object_at))):
            continue  # it is a version's: 其V4.5版本上线
        if likelihood < _SURE and (ends[0] in subjects or (alone and ends[1] in objects)):
            continue
        subjects.add(ends[0])
        objects.add(ends[1])
        types = object_types(rules.patterns, relation.name, relation.range, relation.datatype)
        subject, obj = end_of(pair.subject, relation.domain, sentence, text), end_of(pair.object, types, sentence, text)
        if subject is None or obj is None or (obj[0].value is None and key(subject[0].name) == key(obj[0].name)):
            continue
        start, end = sorted((pair.subject_at, pair.object_at))
        end = skeleton.text.index(CLOSE, end) + 1
        yield Extraction(
            predicate=pair.relation,
            subject=subject[0],
            object=obj[0],
            span=skeleton.span(start, end),
            stance=stances.get((pair.relation, subject[0].span, obj[0].span), of_stretch(skeleton, start, end)),
            confidence=model.confidence(pair.relation, likelihood) * subject[1] * obj[1],
            extractor="pairs",
        )


def _side_by_side(pair: Pair, sight: Sight, rules: Rules) -> bool:
    """Whether two names of ours stand next to one another that the seeds do not relate."""
    first, second = sorted((pair.subject_at, pair.object_at))
    known = pair.subject.readings[0].entity, pair.object.readings[0].entity
    if sight.ends[first] != second or known[0] is None or known[1] is None:
        return False
    return known[1] not in rules.lexicon.related(known[0], pair.relation)


def _listed(pair: Pair, sight: Sight) -> bool:
    """Whether two names stand beside one another in a list."""
    start, end = _between(pair, sight)
    return sight.skeleton.text[start:end].strip() == "、"


def _between(pair: Pair, sight: Sight) -> tuple[int, int]:
    """The stretch of the skeleton between the mentions of a pair."""
    first, second = sorted((pair.subject_at, pair.object_at))
    return sight.ends[first], second


def _passed(pair: Pair, sight: Sight, types: Sequence[str]) -> bool:
    """Whether the words before the object go on about a thing of these types behind the subject: X beats Y, which has
    7 billion."""
    between = [at for at in sight.places if pair.subject_at < at < pair.object_at]
    nearest = next((at for at in reversed(between) if sight.skeleton.mentions[at].readings[0].type in types), None)
    return nearest is not None and _RELATIVE.match(sight.skeleton.text, sight.ends[nearest]) is not None


def sayable(sight: Sight, rules: Rules) -> Iterator[Pair]:
    """The pairs of which the sentence can say something: not of what it only compares with, nor of pronouns."""
    for pair in sight.candidates(rules):
        marks = sight.marks[pair.subject_at], sight.marks[pair.object_at]
        if "x" in marks or "pronoun" in (pair.subject.recognizer, pair.object.recognizer):
            continue
        if marks[0] or marks[1] == "b":
            continue
        datatype = rules.ontology.relation(pair.relation).datatype
        if datatype == "string" and sight.followed(pair):
            continue
        if datatype and _ABOUT.match(sight.skeleton.text, sight.ends[pair.subject_at]):
            continue
        yield pair
