"""Two engines together: spaCy's names and HanLP's, as one.

The rule, for what the two say of one text, each name with a score that is right as often as it says:

1.  A name that both find at the same place is likelier than each says alone: what both doubt, p and q, is doubted as
    if the two were half independent.  The classes that it may have are weighed so each by itself.
2.  A name that one finds and the other does not is as likely as the one says, times `ALONE`.
3.  Of names that overlap, the likelier stands; of equally likely ones the longer, then the first.

What is then likely enough is borne out by the document as for one engine (`kg.annotate.engine.steady`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.annotate import Rules, engine
from kg.annotate.hanlp import HanlpAnnotator, with_parses
from kg.annotate.lexicon import annotate
from kg.annotate.sentences import sentences
from kg.annotate.spacy import SpacyAnnotator
from kg.annotate.tails import tail_pattern
from kg.model import Annotated, Document, Mention, Reading

ALONE = 0.8
"""What a name's score is worth that the other engine does not find."""
DEPENDENT = 0.6
"""The power of the product of both doubts: 1 if the engines were independent, 0.5 if they were one."""


class BothAnnotator:
    """Finds what the lexicon annotator finds, and the names of the spaCy pipeline and the HanLP model."""

    name = "spacy+hanlp"

    def __init__(self, rules: Rules, *, model: str | None = None, hanlp_model: str | None = None) -> None:
        """Load both; AnnotatorError as each of them."""
        self.rules = rules
        self.tails = tail_pattern(rules.patterns.names)
        self.spacy = SpacyAnnotator(rules, model=model)
        self.hanlp = HanlpAnnotator(rules, hanlp_model=hanlp_model)

    def __call__(self, document: Document) -> Annotated:
        text = document.text
        spans = sentences(text)
        found, parses = self.hanlp.read(text, spans)
        merged = engine.steady(text, merge(self.spacy.found(text, spans), found))
        return with_parses(annotate(document, self.rules, self.tails, extra=merged, name=self.name), parses)


def merge(ones: Iterable[Mention], others: Iterable[Mention]) -> list[Mention]:
    """The names of two engines as one list, by the rule above, in order; they do not overlap."""
    by_place = {m.span: m for m in ones}
    candidates = []
    for other in others:
        one = by_place.pop(other.span, None)
        candidates.append(_agreed(one, other) if one else _alone(other))
    candidates += [_alone(one) for one in by_place.values()]
    kept: list[Mention] = []
    for mention in sorted(candidates, key=lambda m: (-m.readings[0].score, -len(m.span), m.span)):
        if not any(mention.span.overlaps(other.span) for other in kept):
            kept.append(mention)
    return sorted(kept, key=lambda m: m.span)


def _agreed(one: Mention, other: Mention) -> Mention:
    """A name that both find; both doubt a class that only one of them tells as much as its score leaves."""
    scores: dict[str, list[float]] = {}
    for reading in (*one.readings, *other.readings):
        scores.setdefault(reading.type, []).append(reading.score)
    readings = [Reading(type_, score=_sure(said)) for type_, said in scores.items()]
    readings.sort(key=lambda r: (-r.score, r.type))
    best = one if one.readings[0].type == readings[0].type else other
    return replace(best, readings=tuple(readings), recognizer=f"{one.recognizer}+{other.recognizer}")


def _sure(said: Sequence[float]) -> float:
    if len(said) == 1:
        return said[0] * ALONE
    doubt = math.pow((1 - said[0]) * (1 - said[1]), DEPENDENT)
    return round(1 - doubt, 3)


def _alone(mention: Mention) -> Mention:
    readings = tuple(replace(r, score=round(r.score * ALONE, 3)) for r in mention.readings)
    return replace(mention, readings=readings)
