"""Claims by their confidence: how many of them are right, and how far the two are apart."""

from __future__ import annotations

import io
import random

import pytest
from rich.console import Console

from kg import reliability
from kg.reliability import WIDTH, Bin


def test_a_row_counts_its_claims() -> None:
    rows = reliability.table([(0.81, True), (0.85, True), (0.89, False), (0.82, True), (0.31, False)])
    assert rows == (Bin(0.3, 1, 0.31, 0.0), Bin(0.8, 4, 0.843, 0.75))


def test_the_ends_of_the_scale_belong_to_the_first_and_the_last_row() -> None:
    assert reliability.table([(0.0, False)]) == (Bin(0.0, 1, 0.0, 0.0),)
    assert reliability.table([(1.0, True)]) == (Bin(0.9, 1, 1.0, 1.0),)
    assert reliability.table([(0.95, True), (1.0, True)]) == (Bin(0.9, 2, 0.975, 1.0),)


@pytest.mark.parametrize("tenth", range(10))
def test_every_tenth_begins_a_row(tenth: int) -> None:
    (row,) = reliability.table([(tenth / 10, True)])
    assert row.low == pytest.approx(tenth * WIDTH)
    (row,) = reliability.table([(tenth / 10 + 0.0999, True)])
    assert row.low == pytest.approx(tenth * WIDTH)


def test_nothing_judged_is_an_empty_table_without_error() -> None:
    assert reliability.table([]) == ()
    assert reliability.error([]) == 0.0


def test_the_error_is_a_mean_over_claims_and_not_over_rows() -> None:
    assert reliability.error([Bin(0.9, 3, 0.95, 0.95), Bin(0.5, 1, 0.55, 0.15)]) == pytest.approx(0.1)
    assert reliability.error([Bin(0.0, 2, 0.0, 1.0)]) == 1.0
    assert reliability.error(reliability.table([(1.0, True), (0.0, False)])) == 0.0


def test_the_error_does_not_forgive_a_row_for_being_too_modest() -> None:
    assert (
        reliability.error([Bin(0.5, 1, 0.5, 0.7)]) == reliability.error([Bin(0.5, 1, 0.5, 0.3)]) == pytest.approx(0.2)
    )


def test_claims_come_in_any_order() -> None:
    rows = reliability.table([(0.75, True), (0.25, False), (0.8125, True), (0.25, True)])
    assert [(row.low, row.claims) for row in rows] == [(0.2, 2), (0.7, 1), (0.8, 1)]
    assert reliability.error(rows) == reliability.error(reversed(rows))


def test_the_order_of_claims_changes_nothing() -> None:
    judged = [(n / 40, n % 3 == 0) for n in range(41)]
    shuffled = random.Random(7).sample(judged, len(judged))
    assert reliability.table(iter(judged)) == reliability.table(shuffled)
    assert sum(row.claims for row in reliability.table(judged)) == 41


def test_the_table_is_shown_with_its_error() -> None:
    out = io.StringIO()
    rows = reliability.table([(0.95, True), (1.0, False)])
    Console(file=out, width=100).print(reliability.render(rows))
    lines = [line.split() for line in out.getvalue().splitlines()]
    assert lines[0] == ["confidence", "claims", "mean", "right"]
    assert lines[1] == ["0.9–1.0", "2", "0.975", "0.500"]
    assert "0.475" in lines[2]
