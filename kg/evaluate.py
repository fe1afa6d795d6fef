"""How good the extraction is: claims against gold facts, as precision, recall and F1.

A claim is right when its relation is a gold fact's, its subject has one of the accepted names, and so has its object
(or its value is equal; `kg.gold.Rule` says how each kind of value is compared).  A coarser, consistent date is half
right.
Claims of one document that state the same triple are one prediction with all their names.  A prediction finds at most
one gold fact and a fact is found once, in the way that finds the most; to find it again is neither right nor wrong.
What matches a trap counts as wrong and is listed as such.  Only asserted claims are scored.

The relations, and which of them are the core ones, come from the ontology.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import gold as golds
from kg import matching

if TYPE_CHECKING:
    from rich.console import RenderableType

    from kg.gold import Gold, Rule
    from kg.matching import Prediction
    from kg.ontology import Ontology


@dataclass(frozen=True, slots=True)
class Row:
    """The measures of one relation, or of several together; numbers count facts and may be halves."""

    name: str
    precision: float
    recall: float
    f1: float
    gold: float
    found: float
    wrong: float


@dataclass(frozen=True, slots=True)
class Wrong:
    """A prediction that is in no gold."""

    document: str
    subject: str
    predicate: str
    object: str
    quote: str
    trap: bool
    """The gold warns of it."""


@dataclass(frozen=True, slots=True)
class Missed:
    """A gold fact that no prediction states fully."""

    document: str
    subject: str
    predicate: str
    object: str
    evidence: str
    half: bool
    """A coarser date was found."""


@dataclass(frozen=True, slots=True)
class Scores:
    """The result: rows for `all`, `core` and each relation, core relations first."""

    rows: tuple[Row, ...]
    wrong: tuple[Wrong, ...]
    missed: tuple[Missed, ...]
    strangers: tuple[str, ...]
    """Documents with claims and without gold; they are not scored."""

    @property
    def traps(self) -> int:
        """How many traps were taken."""
        return sum(wrong.trap for wrong in self.wrong)

    def row(self, name: str) -> Row:
        """The row of that name; KeyError if there is none."""
        for row in self.rows:
            if row.name == name:
                return row
        raise KeyError(name)

    def as_json(self) -> dict[str, Any]:
        """The measures as JSON writes them: `relations` by name, and the number of `traps` taken."""
        return {
            "relations": {
                row.name: {
                    "precision": row.precision,
                    "recall": row.recall,
                    "f1": row.f1,
                    "gold": row.gold,
                    "found": row.found,
                    "wrong": row.wrong,
                }
                for row in self.rows
            },
            "traps": self.traps,
        }


@dataclass(slots=True)
class _Tally:
    """Counts of one relation, growing while documents are scored."""

    found: float = 0.0
    wrong: float = 0.0
    missed: float = 0.0


def score(gold: Path, claims: Iterable[Mapping[str, Any]], ontology: Ontology) -> Scores:
    """The scores of claims, given as claim lines, against the gold files of a folder.

    Raises GoldError for gold that does not fit its schema, InputError for a claim without a document.
    """
    rules = {relation.name: golds.rule_of(relation, ontology) for relation in ontology.relations}
    by_document = matching.predictions(claims, rules)
    tallies = {name: _Tally() for name in rules}
    wrong: list[Wrong] = []
    missed: list[Missed] = []
    known: set[str] = set()
    for document in golds.read(gold, ontology):
        known.add(document.document)
        found = [prediction for _, prediction in sorted(by_document.get(document.document, {}).items())]
        _score(document, found, rules, tallies, wrong, missed)
    core = [relation.name for relation in ontology.relations if relation.core]
    names = core + [name for name in rules if name not in core]
    rows = [_row("all", [tallies[name] for name in names]), _row("core", [tallies[name] for name in core])]
    rows += [_row(name, [tallies[name]]) for name in names]
    return Scores(
        tuple(rows),
        # Traps last, each list by document.
        tuple(sorted(wrong, key=lambda one: one.trap)),
        tuple(missed),
        tuple(sorted(by_document.keys() - known)),
    )


def judged(gold: Path, claims: Iterable[Mapping[str, Any]], ontology: Ontology) -> Iterator[tuple[float, bool]]:
    """(confidence, right) of every asserted claim of a document with gold; a half right date is right."""
    rules = {relation.name: golds.rule_of(relation, ontology) for relation in ontology.relations}
    facts = {document.document: document.facts for document in golds.read(gold, ontology)}
    for claim in claims:
        for document, found in matching.predictions([claim], rules).items():
            for one in found.values() if document in facts else ():
                yield float(claim["confidence"]), any(matching.credit(one, f, rules) for f in facts[document])


def render(scores: Scores, *, wrong: bool = False, missed: bool = False) -> RenderableType:
    """The scores as a table for the terminal; before it, where asked for, the wrong and the missed ones."""
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    parts: list[RenderableType] = []
    if wrong:
        parts += [
            Text(_line("trap" if w.trap else "wrong", w.document, w.subject, w.predicate, w.object, w.quote))
            for w in scores.wrong
        ]
    if missed:
        parts += [
            Text(_line("half" if m.half else "missed", m.document, m.subject, m.predicate, m.object, m.evidence))
            for m in scores.missed
        ]
    table = Table(box=None, pad_edge=False)
    table.add_column("relation")
    for heading in ("P", "R", "F1", "gold", "found", "wrong"):
        table.add_column(heading, justify="right")
    for row in scores.rows:
        measures = (f"{row.precision:.3f}", f"{row.recall:.3f}", f"{row.f1:.3f}")
        table.add_row(Text(row.name), *measures, f"{row.gold:g}", f"{row.found:g}", f"{row.wrong:g}")
    parts += [table, Text(f"traps taken: {scores.traps}")]
    if scores.strangers:
        more = " …" if len(scores.strangers) > 5 else ""
        parts.append(Text(f"not scored, since there is no gold: {_visible(', '.join(scores.strangers[:5]))}{more}"))
    return Group(*parts)


def _score(
    document: Gold,
    predictions: list[Prediction],
    rules: dict[str, Rule],
    tallies: dict[str, _Tally],
    wrong: list[Wrong],
    missed: list[Missed],
) -> None:
    """Score one document's predictions; what is found goes into the last three."""
    required = [fact for fact in document.facts if not fact.optional]
    optional = [fact for fact in document.facts if fact.optional]
    credits = [[matching.credit(one, fact, rules) for fact in required] for one in predictions]
    owners = matching.assigned(credits)
    best = [credits[owners[place]][place] if place in owners else 0.0 for place in range(len(required))]
    for number, one in enumerate(predictions):
        beside = max((matching.credit(one, fact, rules) for fact in optional), default=0.0)
        if any(credits[number]):
            # Right, or half right, or a fact again that another prediction has found.
            half = any(owner == number and best[place] < 1 for place, owner in owners.items())
            if half and beside < 1:
                tallies[one.predicate].wrong += 0.5
        elif not beside:
            tallies[one.predicate].wrong += 1
            trap = any(matching.credit(one, fact, rules) == 1 for fact in document.traps)
            wrong.append(Wrong(document.document, one.subject.shown, one.predicate, one.object.shown, one.quote, trap))
    for fact, credit in zip(required, best, strict=True):
        tallies[fact.predicate].found += credit
        tallies[fact.predicate].missed += 1 - credit
        if credit < 1:
            ends = (fact.subject[0], fact.predicate, str(fact.object[0]))
            missed.append(Missed(document.document, *ends, fact.evidence, half=credit > 0))


def _row(name: str, tallies: list[_Tally]) -> Row:
    found = sum((tally.found for tally in tallies), 0.0)
    wrong = sum((tally.wrong for tally in tallies), 0.0)
    missed = sum((tally.missed for tally in tallies), 0.0)
    precision = found / (found + wrong) if found + wrong else 0.0
    recall = found / (found + missed) if found + missed else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Row(name, round(precision, 4), round(recall, 4), round(f1, 4), found + missed, found, wrong)


def _line(word: str, document: str, subject: str, predicate: str, target: str, quote: str) -> str:
    return _visible(f"{word:<7} {document}  {subject} {predicate} {target}   «{quote}»")


def _visible(text: str) -> str:
    """Text from a document on one line, without anything that drives a terminal."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" if c != "\n" else " " for c in text)
