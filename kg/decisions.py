"""What people decided about claims: the seeds' `decisions.csv`, obeyed by the next build.

    claim,decision,value,who,why
    187e2863371092b5,reject,,Li,the sentence is about another model
    claim:4f1a…,correct,2023-04-11,Li,the page was amended

`accept` lets a claim take part whatever its stance and confidence, and holds its value against any other; `reject`
takes it out; `correct` puts `value` in the place of what it says, and holds that.  A claim keeps its words and its id,
so that everybody can see what was decided about what; removing the row undoes the decision.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from kg import quantities
from kg.annotate import Rules
from kg.dates import When
from kg.errors import OntologyError
from kg.model import Claim, Decision, Entity, Value

if TYPE_CHECKING:
    from kg.ontology import Ontology, Relation

NAME = "decisions.csv"
VERDICTS = ("accept", "reject", "correct")
_COLUMNS = "claim, decision, value, who, why"
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Decided:
    """Claims with the decisions about them, and the entities that they are about."""

    claims: tuple[Claim, ...]
    entities: tuple[Entity, ...]
    log: tuple[tuple[Decision, bool], ...]
    """Every decision, and whether there is a claim of that id."""


def load(ontology: Ontology) -> tuple[Decision, ...]:
    """The decisions in the seeds of an ontology, in the order of the file; none where there is no file.

    A row that cannot be used is an `OntologyError` that names its line.
    """
    path = ontology.seeds / NAME
    if not path.is_file():
        return ()
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise OntologyError(f"{NAME}: cannot be read: {error}") from error
    found: dict[str, Decision] = {}
    for number, row in enumerate(rows, 2):
        decision = _decision({k: (v or "").strip() for k, v in row.items() if k}, f"{NAME}, line {number}")
        if decision.claim in found:
            raise OntologyError(f"{NAME}, line {number}: claim {decision.claim} is decided about twice; keep one row")
        found[decision.claim] = decision
    return tuple(found.values())


def apply(claims: Sequence[Claim], entities: Sequence[Entity], decisions: Sequence[Decision], rules: Rules) -> Decided:
    """The claims as the decisions will have them, in the order that they came in.

    Raises OntologyError for a corrected value that does not fit its property.
    """
    wanted = {decision.claim: decision for decision in decisions}
    known = {entity.id: entity for entity in entities}
    used: set[str] = set()
    done = []
    for claim in claims:
        decision = wanted.get(claim.id)
        if decision is not None:
            used.add(claim.id)
            claim = _decided(claim, decision, known, rules)
            if isinstance(claim.object, str) and claim.object not in known:
                known[claim.object] = rules.lexicon.entity(claim.object)
        done.append(claim)
    log = tuple((decision, decision.claim in used) for decision in decisions)
    return Decided(tuple(done), tuple(known[i] for i in sorted(known)), log)


def _decision(row: Mapping[str, str], where: str) -> Decision:
    claim, verdict = row.get("claim", "").removeprefix("claim:"), row.get("decision", "")
    if not claim:
        raise OntologyError(f"{where}: names no claim; kg explain shows their ids; columns: {_COLUMNS}")
    if verdict not in VERDICTS:
        raise OntologyError(f"{where}: {verdict!r} is no decision; there are {', '.join(VERDICTS)}")
    value = row.get("value", "")
    if (verdict == "correct") != bool(value):
        needs = "needs a value: what holds" if verdict == "correct" else "has no value; only correct has one"
        raise OntologyError(f"{where}: {verdict} {needs}")
    for column in ("who", "why"):
        if not row.get(column):
            raise OntologyError(f"{where}: the column {column} is empty; a decision says who made it and why")
    return Decision(claim, verdict, row["who"], row["why"], value)


def _decided(claim: Claim, decision: Decision, known: Mapping[str, Entity], rules: Rules) -> Claim:
    if decision.verdict == "reject":
        return replace(claim, accepted=False, decision=decision)
    if decision.verdict == "accept":
        return replace(claim, accepted=True, decision=decision)
    relation = rules.ontology.relation(claim.predicate)
    holds = _value(decision.value, relation, known, rules)
    if holds is None or holds == claim.subject:
        raise OntologyError(
            f"{NAME}: claim {claim.id} is corrected to {decision.value!r}, which {_wanted(relation)}; "
            f"it is about {claim.predicate} of {claim.subject}"
        )
    return replace(claim, object=holds, accepted=True, decision=replace(decision, stated=claim.object))


def _value(text: str, relation: Relation, known: Mapping[str, Entity], rules: Rules) -> str | Value | None:
    """What the text of a row means as a value of the property; None where it means nothing."""
    if relation.datatype is None:
        return _entity(text, relation, known, rules)
    if relation.datatype == "date":
        when = _when(text)
        return Value(when.value, when.datatype, when) if when else None
    if relation.datatype == "integer":
        number = quantities.parse(text)
        return Value(str(int(number)), "integer") if number is not None and number == int(number) else None
    return Value(text)


def _entity(text: str, relation: Relation, known: Mapping[str, Entity], rules: Rules) -> str | None:
    """The entity of that id or name, of a class that the property may hold."""
    found = known.get(text) or (rules.lexicon.entity(text) if text in rules.lexicon.entries else None)
    if found is None:
        names = (rules.lexicon.lookup(text, type_) for type_ in relation.range)
        name = next((n for n in names if n), None)
        found = rules.lexicon.entity(name) if name else None
    if found is None or not any(rules.ontology.is_a(found.type, type_) for type_ in relation.range):
        return None
    return found.id


def _when(text: str) -> When | None:
    match = _DATE.match(text)
    if match is None:
        return None
    year, month, day = int(match[1]), match[2], match[3]
    try:
        if day:
            return When.day(date(year, int(month), int(day)))
        return When.month(year, int(month)) if month else When.year(year)
    except ValueError:
        return None


def _wanted(relation: Relation) -> str:
    if relation.datatype is None:
        return f"is no known {' or '.join(relation.range)}"
    return {
        "date": "is no date such as 2023-04-11, 2023-04 or 2023",
        "integer": "is no whole number",
    }.get(relation.datatype, "is no text")
