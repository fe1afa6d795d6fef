"""The winner rule: which of several values that cannot hold together is held."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from kg.model import Claim
from kg.reconcile.sources import Sources
from kg.reconcile.values import width

NEVER = 10**7
"""A day after all days, for documents without a date: they come after those with one."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value with every claim that supports it, those of its coarser forms too."""

    said: str
    """What the value is compared by (`kg.reconcile.values.said`)."""
    claims: tuple[Claim, ...]
    """First a claim of the value itself."""


def winner(candidates: Sequence[Candidate], sources: Sources) -> tuple[str, str]:
    """The value that is held, and the step that decided, in words.

    Each step keeps the best of what the steps before it left, until one value is left:

    0. a person accepted or corrected a claim for it (`decisions.csv`);
    1. an official source of the entity or its maker states it;
    2. more independent origins state it, reposts of one text being one origin;
    3. it is more exact;
    4. its publisher is trusted more (`sources.csv`);
    5. it was published first;
    6. its words are surer;
    7. its hash is smaller: a claim's id is a hash of what it says and where, so the order of files decides nothing.
    """
    steps: tuple[tuple[str, Callable[[Candidate], Any]], ...] = (
        ("a person decided so", lambda c: any(k.decision is not None for k in c.claims)),
        ("an official source states it", lambda c: any(sources.is_official(k) for k in c.claims)),
        ("more independent origins state it", lambda c: len({sources.origin(k) for k in c.claims})),
        ("it is more exact", lambda c: -width(c.claims[0])),
        ("its publisher is trusted more", lambda c: max(sources.trust(k) for k in c.claims)),
        ("it was published first", lambda c: -min(_day(sources.published(k)) for k in c.claims)),
        ("its words are surer", lambda c: max(k.confidence for k in c.claims)),
    )
    left = list(candidates)
    for words, measure in steps:
        measures = [measure(candidate) for candidate in left]
        best = max(measures)
        left = [candidate for candidate, found in zip(left, measures, strict=True) if found == best]
        if len(left) == 1:
            return left[0].said, words
    return min(left, key=lambda c: min(k.id for k in c.claims)).said, "a stable choice between equals"


def _day(published: int | None) -> int:
    return NEVER if published is None else published
