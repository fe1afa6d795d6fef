"""Whether confidences mean what they say: claims by their confidence, and how many of them are right.

A reliability table after DeGroot and Fienberg (1983), “The comparison and evaluation of forecasters”: of the claims
told with a confidence of about 0.8, about 80 % should be right.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import RenderableType

WIDTH = 0.1
"""How much confidence one row of the table spans."""


@dataclass(frozen=True, slots=True)
class Bin:
    """The claims with a confidence from `low` up to, but without, `low + WIDTH`; 1 belongs to the last."""

    low: float
    claims: int
    confidence: float
    """The mean of what they say of themselves."""
    right: float
    """The share that is right."""


def table(judged: Iterable[tuple[float, bool]]) -> tuple[Bin, ...]:
    """The rows for (confidence, right), lowest first; rows without a claim are left out."""
    rows: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in judged:
        rows.setdefault(min(int(confidence / WIDTH + 1e-9), round(1 / WIDTH) - 1), []).append((confidence, right))
    return tuple(
        Bin(
            round(number * WIDTH, 3),
            len(row),
            round(fsum(c for c, _ in row) / len(row), 3),
            round(sum(r for _, r in row) / len(row), 3),
        )
        for number, row in sorted(rows.items())
    )


def error(bins: Iterable[Bin]) -> float:
    """The expected calibration error: how far confidence and truth are apart, in the mean over all claims."""
    bins = list(bins)
    claims = sum(b.claims for b in bins)
    return round(fsum(b.claims * abs(b.confidence - b.right) for b in bins) / claims, 4) if claims else 0.0


def as_json(bins: Iterable[Bin]) -> dict[str, object]:
    """The table, and the error, as JSON writes them."""
    bins = list(bins)
    rows = [{"from": b.low, "claims": b.claims, "confidence": b.confidence, "right": b.right} for b in bins]
    return {"reliability": rows, "calibration_error": error(bins)}


def render(bins: tuple[Bin, ...]) -> RenderableType:
    """A reliability table for the terminal."""
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for heading in ("confidence", "claims", "mean", "right"):
        table.add_column(heading, justify="right")
    for b in bins:
        span = f"{b.low:.1f}–{b.low + WIDTH:.1f}"
        table.add_row(span, str(b.claims), f"{b.confidence:.3f}", f"{b.right:.3f}")
    return Group(table, Text(f"confidence and truth are {error(bins):.3f} apart in the mean"))
