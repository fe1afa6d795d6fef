"""The line on gold documents: what it extracts, scored against what a careful reader found.

`kg.evaluate` scores claim lines, wherever they are from; this runs the line to get them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg import claimlines, evaluate, gold, ontology, pipeline, reliability
from kg.errors import InputError
from kg.evaluate import Scores
from kg.model import Failure
from kg.pipeline import DEFAULTS, Settings
from kg.reliability import Bin
from kg.resolve import THRESHOLD


@dataclass(frozen=True, slots=True)
class Measured:
    """Scores, and the documents that could not be read for them."""

    scores: Scores
    failures: tuple[Failure, ...] = ()
    reliability: tuple[Bin, ...] = ()
    """By confidence, also of the claims that are too unsure to make a fact: empty for claims that come as lines."""


def of_documents(folder: Path, documents: Path, settings: Settings = DEFAULTS) -> Measured:
    """Read the texts that the gold in `folder` is of, each by itself and as of its gold date, and score the claims.

    Raises `KGError` for gold that does not fit its schema, a document without a text, and wrong settings.
    """
    loaded = ontology.load(settings.ontology)
    sources = gold.sources(gold.gold_documents(folder, documents, loaded))
    claims: list[dict[str, Any]] = []
    failures: list[Failure] = []
    for result in pipeline.extracted(sources, settings):
        if isinstance(result, Failure):
            failures.append(result)
        else:
            claims.extend(claimlines.lines(result[0], everything=True))
    accepted = [claim for claim in claims if claim["confidence"] >= THRESHOLD]
    bins = reliability.table(evaluate.judged(folder, claims, loaded))
    return Measured(evaluate.score(folder, accepted, loaded), tuple(failures), bins)


def of_claims(folder: Path, claims: Path, settings: Settings = DEFAULTS) -> Measured:
    """Score the claim lines of a file.  Raises `KGError` for a file that cannot be read and a line that is none."""
    return Measured(evaluate.score(folder, _lines(claims), ontology.load(settings.ontology)))


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    try:
        with file.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _claim(line, f"{file}, line {number}")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file}: cannot be read as UTF-8 text ({error})") from error


def _claim(line: str, where: str) -> dict[str, Any]:
    try:
        claim = json.loads(line)
    except ValueError as error:
        raise InputError(f"{where}: no JSON ({error})") from error
    if not isinstance(claim, dict):
        raise InputError(f"{where}: no claim line, since it is no JSON object; see kg extract --format jsonl")
    return claim
