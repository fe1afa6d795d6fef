"""Which claims state which gold facts: what `kg.evaluate` counts.

Claims of one document that state the same triple are one prediction with all their names.  A prediction finds at most
one gold fact, and a fact is found once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from kg.errors import InputError
from kg.gold import GoldFact, Rule
from kg.model import Stance

_IGNORED = re.compile(r"[\s\-–—_·・\"'“”‘’「」『』《》()]")
"""What names may differ by and still be the same."""


@dataclass(frozen=True, slots=True)
class End:
    """One end of a prediction."""

    key: str
    """The same for two wordings of the same thing."""
    names: frozenset[str]
    value: Any
    rank: Any
    shown: str
    structured: bool
    """It was an object with names, so that another wording may add its own."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """What one or more claims of a document state."""

    subject: End
    predicate: str
    object: End
    quote: str


def normal(name: object) -> str:
    """A name as it is compared: without width, case, spaces, dashes, quotes and round brackets."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", str(name)).casefold())


def credit(one: Prediction, fact: GoldFact, rules: dict[str, Rule]) -> float:
    """How far a prediction states a gold fact: 0, 0.5 (a coarser, consistent date) or 1."""
    if one.predicate != fact.predicate or not one.subject.names & _accepted(fact.subject):
        return 0.0
    if not fact.object:
        return 1.0
    rule, said = rules[fact.predicate], one.object
    if rule is Rule.DATE:
        right = {str(fact.object[0]), *fact.accept}
        if str(said.value) in right:
            return 1.0
        return 0.5 if any(date.startswith(f"{said.value}-") for date in right) else 0.0
    if rule is Rule.NUMBER:
        number = said.value if said.value is not None else said.rank
        try:
            return float(round(float(number)) == round(float(fact.object[0])))
        except (TypeError, ValueError, OverflowError):
            # A value that is no number is wrong, and no mistake of the one who asks for scores.
            return 0.0
    names = said.names | ({normal(said.value)} if said.value is not None else frozenset())
    accepted = _accepted(fact.object)
    if rule is Rule.TEXT:
        # A single character is contained in too much.
        pairs = ((one_of, other) for one_of in names for other in accepted if min(len(one_of), len(other)) > 1)
        return float(any(one_of in other or other in one_of for one_of, other in pairs))
    return float(bool(names & accepted))


def _accepted(names: tuple[str | int | float, ...]) -> frozenset[str]:
    return frozenset(normal(name) for name in names) - {""}


def assigned(matrix: list[list[float]]) -> dict[int, int]:
    """Fact → prediction: as many whole matches as can be, then as many half ones; `matrix` has a row a prediction.

    Each finds at most one.  So a prediction about an entity that merges ten versions, with all their names, finds one
    version's fact and not ten.
    """
    owner: dict[int, int] = {}
    placed: set[int] = set()

    def place(number: int, level: float, seen: set[int]) -> bool:
        for fact, reached in enumerate(matrix[number]):
            if reached == level and fact not in seen:
                seen.add(fact)
                holder = owner.get(fact)
                if holder is None or (matrix[holder][fact] == level and place(holder, level, seen)):
                    owner[fact] = number
                    return True
        return False

    for level in (1.0, 0.5):
        for number in range(len(matrix)):
            if number not in placed and place(number, level, set()):
                placed.add(number)
    return owner


def predictions(
    claims: Iterable[Mapping[str, Any]], rules: dict[str, Rule]
) -> dict[str, dict[tuple[str, str, str], Prediction]]:
    """By document and triple, what the asserted claims state."""
    found: dict[str, dict[tuple[str, str, str], Prediction]] = {}
    for number, claim in enumerate(claims, 1):
        if not isinstance(claim, Mapping) or "doc" not in claim:
            raise InputError(f"claim {number}: no claim line, since it names no doc; see kg extract --format jsonl")
        predicate = claim.get("predicate")
        if claim.get("stance", Stance.ASSERTED.value) != Stance.ASSERTED.value:
            continue
        if not isinstance(predicate, str) or predicate not in rules:
            continue
        evidence = claim.get("evidence")
        quote = str(evidence.get("quote", "")) if isinstance(evidence, Mapping) else ""
        new = Prediction(_end(claim.get("subject")), predicate, _end(claim.get("object")), quote)
        of_document = found.setdefault(str(claim["doc"]), {})
        key = (new.subject.key, predicate, new.object.key)
        of_document[key] = _joined(of_document[key], new) if key in of_document else new
    return found


def _end(given: Any) -> End:
    if not isinstance(given, Mapping):
        names = frozenset({normal(given)} if given is not None else ()) - {""}
        return End(normal(given), names, given, None, str(given), structured=False)
    label = given.get("label") or given.get("value")
    texts = [given.get("label"), given.get("mention"), *(given.get("names") or ())]
    return End(
        key=str(given.get("id") or normal(label)),
        names=frozenset(normal(text) for text in texts if text is not None) - {""},
        value=given.get("value"),
        rank=given.get("rank"),
        shown=str(label),
        structured=True,
    )


def _joined(kept: Prediction, again: Prediction) -> Prediction:
    """The same triple in another wording: its names count as well."""

    def end(one: End, two: End) -> End:
        return replace(one, names=one.names | two.names) if one.structured and two.structured else one

    return replace(kept, subject=end(kept.subject, again.subject), object=end(kept.object, again.object))
