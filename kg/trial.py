"""The line on the corpus's test part: names, relations, stance and confidence, on sentences that no training sees.

Every sentence is read as a document of its own.  A name is right when its class and both its ends are; a relation is
right when the sentence states it of mentions with these names; its stance counts apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg import corpus, pipeline, reliability
from kg.corpus import Sentence
from kg.model import Extraction, Mention, Source, Stance
from kg.pipeline import DEFAULTS, Settings
from kg.reliability import Bin
from kg.resolve import THRESHOLD
from kg.train import Score

if TYPE_CHECKING:
    from rich.console import RenderableType

READ_ON = "2025-06-30"
"""The day on which the sentences are read, so that dates without a year have one: the corpus gives none."""

_IGNORED = re.compile(r"[\s\-–—_·・\"'“”‘’「」『』《》()（）]")
Fact = tuple[str, int, int]
"""A relation between two of a sentence's mentions, by their places."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What came out, each list ending with `all`."""

    sentences: int
    entities: tuple[Score, ...]
    relations: tuple[Score, ...]
    """Of asserted relations, told with enough confidence to make a fact."""
    stances: tuple[Score, ...]
    """Relation and stance must be right."""
    reliability: tuple[Bin, ...]

    def as_json(self) -> dict[str, Any]:
        """The measures as JSON writes them."""

        def rows(scores: tuple[Score, ...]) -> dict[str, dict[str, float]]:
            return {
                s.label: {
                    "precision": round(s.precision, 4),
                    "recall": round(s.recall, 4),
                    "f1": round(s.f1, 4),
                    "gold": s.gold,
                }
                for s in scores
            }

        return {
            "sentences": self.sentences,
            "entities": rows(self.entities),
            "relations": rows(self.relations),
            "stances": rows(self.stances),
            **reliability.as_json(self.reliability),
        }


class _Tally:
    """Counts by label, growing while sentences are read."""

    def __init__(self) -> None:
        self.right, self.told, self.gold = Counter[str](), Counter[str](), Counter[str]()

    def scores(self, order: Iterable[str]) -> tuple[Score, ...]:
        rows = [Score(x, self.right[x], self.told[x], self.gold[x]) for x in order if self.gold[x] or self.told[x]]
        return (*rows, Score("all", self.right.total(), self.told.total(), self.gold.total()))


def run(settings: Settings = DEFAULTS) -> Trial:
    """Read the test part of the ontology's corpus with these settings and score what is found.

    Raises OntologyError for a corpus that cannot be read, AnnotatorError for an annotator that cannot be had.
    """
    ready = pipeline.line(settings)
    ontology = ready.rules.ontology
    held = [s for s in corpus.read(ontology, ready.rules.patterns) if s.held_out]
    classes = [c.name for c in ontology.classes if c.kind and not c.ordered]
    entities, relations, stances = _Tally(), _Tally(), _Tally()
    judged: list[tuple[float, bool]] = []
    for sentence in held:
        source = Source(f"{sentence.file}-{sentence.line}", sentence.text, published=READ_ON)
        read, annotated = ready(source)
        if annotated.document.text == sentence.text:  # where cleaning changes it, the places of its marks do not count
            _names(annotated.mentions, sentence, classes, entities)
        _relations(read.extractions, sentence, relations, stances, judged)
    return Trial(
        len(held),
        entities.scores(classes),
        relations.scores(r.name for r in ontology.relations),
        stances.scores(str(s) for s in Stance),
        reliability.table(judged),
    )


def _names(mentions: Iterable[Mention], sentence: Sentence, classes: list[str], tally: _Tally) -> None:
    gold = {(m.type, m.span) for m in sentence.mentions if m.type in classes}
    told = {
        (m.readings[0].type, m.span)
        for m in mentions
        if m.readings[0].type in classes and m.recognizer != "pronoun" and m.readings[0].value is None
    }
    for type_, _ in gold:
        tally.gold[type_] += 1
    for name in told:
        tally.told[name[0]] += 1
        tally.right[name[0]] += name in gold


def _relations(
    extractions: Iterable[Extraction],
    sentence: Sentence,
    relations: _Tally,
    stances: _Tally,
    judged: list[tuple[float, bool]],
) -> None:
    gold = {(r.relation, r.subject, r.object): r.stance for r in sentence.relations}
    for fact, stance in gold.items():
        stances.gold[str(stance)] += 1
        relations.gold[fact[0]] += stance is Stance.ASSERTED
    for (stance, known, words), confidence in sorted(_told(extractions, sentence, gold).items(), key=str):
        right = known is not None and gold[known] is stance
        predicate = words[0]
        if confidence >= THRESHOLD:
            stances.told[str(stance)] += 1
            stances.right[str(stance)] += right
        if stance is Stance.ASSERTED:
            judged.append((confidence, right))
            if confidence >= THRESHOLD:
                relations.told[predicate] += 1
                relations.right[predicate] += right


Told = tuple[Stance, Fact | None, tuple[str, str, str]]
"""What was said in which stance: one of the sentence's facts, or none of them; and in which words."""


def _told(extractions: Iterable[Extraction], sentence: Sentence, gold: Mapping[Fact, Stance]) -> dict[Told, float]:
    """What was extracted, each thing once, with the confidence of the surest."""
    names = [{_bare(m.name), _bare(m.text)} for m in sentence.mentions]
    found: dict[Told, float] = {}
    for e in extractions:
        subject, obj = ({_bare(end.name), _bare(end.text)} - {""} for end in (e.subject, e.object))
        fact = next(
            (f for f in sorted(gold) if f[0] == e.predicate and names[f[1]] & subject and names[f[2]] & obj), None
        )
        words = (e.predicate, "", "") if fact else (e.predicate, _bare(e.subject.name), _bare(e.object.name))
        told = (e.stance, fact, words)
        found[told] = max(found.get(told, 0.0), min(1.0, e.confidence))
    return found


def _bare(name: str) -> str:
    return _IGNORED.sub("", unicodedata.normalize("NFKC", name).casefold())


def render(trial: Trial) -> RenderableType:
    """The measures as tables for the terminal."""
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for heading in ("", "P", "R", "F1", "gold"):
        table.add_column(heading, justify="left" if not heading else "right")
    for title, scores in (("names", trial.entities), ("relations", trial.relations), ("stance", trial.stances)):
        table.add_row(Text(title, style="bold"))
        for s in scores:
            table.add_row(Text(s.label), f"{s.precision:.3f}", f"{s.recall:.3f}", f"{s.f1:.3f}", str(s.gold))
    return Group(
        Text(f"{trial.sentences} sentences that training never sees"), table, reliability.render(trial.reliability)
    )
