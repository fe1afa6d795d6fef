"""How two values compare: the same, one a more exact form of the other, or different.

A date means every day of its interval, and a number every number that would be written like it: 6B may be 6.2 billion,
rounded or cut off, and 62亿 may not be 6B said more coarsely.  So for both, one value refines another if what it can
mean lies inside what the other can mean.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from kg import quantities
from kg.annotate import Rules
from kg.dates import When
from kg.model import Claim, Value
from kg.ontology import Relation

_FIGURE = re.compile(r"[0-9][0-9,]*(?:\.([0-9]+))?")
ABOUT = (0.9, 1.2)
"""What "about" and "more than" allow, as factors: 超过600亿 is a coarse form of 652亿, and not of 1300亿."""


def said(claim: Claim) -> str:
    """What a claim's object is compared by: of dates also the interval, since early and late 2023 are both 2023."""
    if isinstance(claim.object, str):
        return claim.object
    when = claim.object.when
    return (
        f"{claim.object.lexical} {when.earliest.isoformat()} {when.latest.isoformat()}"
        if when
        else claim.object.lexical
    )


def shown(claim: Claim) -> str:
    """The object in words for people."""
    return claim.object if isinstance(claim.object, str) else claim.object.lexical


def when(claim: Claim) -> When | None:
    """The claim's date; None where it states something else."""
    return claim.object.when if isinstance(claim.object, Value) else None


def number(claim: Claim) -> int | None:
    """The claim's whole number; None where it states something else."""
    of = claim.object
    return int(of.lexical) if isinstance(of, Value) and of.datatype == "integer" else None


def width(claim: Claim) -> float:
    """How much a value leaves open: days of a date, the span of a number; 0 for what is exact."""
    dated = when(claim)
    if dated:
        return (dated.latest - dated.earliest).days
    meant = _meant(claim)
    return meant[1] - meant[0] if meant else 0


def refines(fine: Sequence[Claim], coarse: Sequence[Claim], relation: Relation, rules: Rules) -> bool:
    """Whether the value of the first claims says the same as that of the second, more exactly."""
    one, two = fine[0].object, coarse[0].object
    if isinstance(one, str) or isinstance(two, str):
        along = relation.rises_along
        return bool(
            along and isinstance(one, str) and isinstance(two, str) and two in rules.lexicon.related(one, along)
        )
    if one.when and two.when:
        return one.when.refines(two.when)
    inner, outer = _narrowest(fine), _narrowest(coarse)
    if inner is None or outer is None:
        return False
    value = int(one.lexical)
    return outer[0] <= value < outer[1] and inner[1] - inner[0] < outer[1] - outer[0]


def written_as(claims: Sequence[Claim], size: int) -> bool:
    """Whether a number can be the one that a name has as `size`, which names give rounded: 7.7 billion of Abc-7B."""
    value = number(claims[0])
    if value is None:
        return False
    place = int("1" + "0" * (len(str(size)) - len(str(size).rstrip("0"))))
    return 2 * size - place <= 2 * value < 2 * (size + place)


def meet(one: Claim, two: Claim) -> bool:
    """Whether two dates of which neither lies inside the other may still be one: early 2023, and spring of 2023."""
    first, second = when(one), when(two)
    return bool(first and second and first.value == second.value and first.compatible(second))


def next_to(one: Claim, two: Claim) -> bool:
    """Whether two dates are a day and the day before or after it."""
    first, second = when(one), when(two)
    if not first or not second or width(one) or width(two):
        return False
    return abs(first.earliest - second.earliest) == timedelta(days=1)


def before(one: Claim, two: Claim) -> bool:
    """Whether the first date is certainly earlier than the second."""
    first, second = when(one), when(two)
    return bool(first and second and first.latest < second.earliest)


def _narrowest(claims: Sequence[Claim]) -> tuple[float, float] | None:
    """What a number can mean by the most exact of the claims that state it."""
    meant = [found for claim in claims if (found := _meant(claim))]
    return min(meant, key=lambda m: (m[1] - m[0], m)) if meant else None


def _meant(claim: Claim) -> tuple[float, float] | None:
    """The numbers that would be written as the claim's words write theirs: from half a place below to a place above.

    The place is that of the last written digit: 1B of 6B, 0.1B of 62亿.  Without figures in the words it is exact.
    """
    value = number(claim)
    if value is None:
        return None
    for found in quantities.find(claim.object_text):
        if found.value == value:
            figure = _FIGURE.search(found.text)
            if found.approximate:
                return value * ABOUT[0], value * ABOUT[1]
            if figure:
                place = value / float(figure[0].replace(",", "")) / 10 ** len(figure[1] or "") if value else 0
                return value - place / 2, value + place
    return value, value + 1
