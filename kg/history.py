"""When each value was claimed, and by whom: the claims of an explanation in the order in which they were made.

Two clocks are kept apart: `observed`, the day on which a document was published, and the date that a claim speaks of,
which is its value.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from kg.explain import ExplainedClaim, ExplainedValue, Explanation
from kg.tables import shortened, visible

if TYPE_CHECKING:
    from rich.table import Table


@dataclass(frozen=True, slots=True)
class Seen:
    """A value, said by somebody on some day."""

    observed: str
    """When it was said: the publication date of the document; empty if that is not known."""
    subject: str
    subject_label: str
    relation: str
    relation_label: str
    value: str
    value_label: str
    first: bool
    """Nobody with a date said so before."""
    is_fact: bool
    publisher: str
    document: str
    stance: str
    standing: str
    quote: str
    claim: str


def history(explanation: Explanation) -> tuple[Seen, ...]:
    """What an explanation has, by relation in its order, then by the day that it was said; undated ones at the end."""
    place = {relation: at for at, relation in enumerate(dict.fromkeys(v.relation for v in explanation.values))}
    said = [(value, claim) for value in explanation.values for claim in value.claims]
    said.sort(key=lambda s: (s[0].subject != explanation.entity, place[s[0].relation], s[0].subject, *_day(s[1])))
    known: set[tuple[str, str, str]] = set()
    found = []
    for value, claim in said:
        what = (value.subject, value.relation, value.value)
        found.append(_seen(value, claim, first=what not in known))
        known.add(what)
    return tuple(found)


def as_json(seen: tuple[Seen, ...]) -> list[dict[str, Any]]:
    """The same as plain dicts."""
    return [asdict(one) for one in seen]


def rendered(seen: tuple[Seen, ...], entity: str) -> Table:
    """The history as a table for a terminal; prints with rich.  What is held is marked ✓, what is new in bold.

    Where `entity`, the id asked for, is only the value, the property has its subject before it.
    """
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table("said on", "property", "", "value", "by", "how", "words", box=box.SIMPLE_HEAD, pad_edge=False)
    for one in seen:
        how = one.standing if one.stance == "asserted" else f"{one.stance}, {one.standing}"
        other = "" if one.subject == entity else f"{shortened(visible(one.subject_label))} "
        table.add_row(
            one.observed or "?",
            Text.assemble(other, (visible(one.relation_label), "cyan")),
            Text("✓" if one.is_fact else "", style="green"),
            Text(visible(one.value_label), style="bold" if one.first else ""),
            Text(visible(one.publisher or one.document)),
            Text(visible(how), style="dim"),
            Text(shortened(visible(one.quote)), overflow="fold"),
        )
    return table


def _day(claim: ExplainedClaim) -> tuple[bool, str, str, int, str]:
    return (not claim.published, claim.published, claim.document, claim.start, claim.id)


def _seen(value: ExplainedValue, claim: ExplainedClaim, *, first: bool) -> Seen:
    return Seen(
        observed=claim.published,
        subject=value.subject,
        subject_label=value.subject_label,
        relation=value.relation,
        relation_label=value.relation_label,
        value=value.value,
        value_label=value.value_label,
        first=first,
        is_fact=value.is_fact,
        publisher=claim.publisher,
        document=claim.document,
        stance=claim.stance,
        standing=claim.standing,
        quote=claim.quote,
        claim=claim.id,
    )
