"""`kg evaluate`: how good the extraction is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kg.commands import options, printing


@click.command()
@click.argument("gold", type=click.Path(path_type=Path))
@click.option("--documents", metavar="DIR", type=click.Path(path_type=Path), help="The texts that the gold is of.")
@click.option(
    "--claims", metavar="FILE", type=click.Path(path_type=Path), help="Score these claim lines; no text is read."
)
@click.option("--wrong", is_flag=True, help="List claims that no gold fact supports.")
@click.option("--missed", is_flag=True, help="List gold facts that were not found.")
@options.reading
@options.hiding
@options.as_json
@click.pass_context
def evaluate(
    ctx: click.Context,
    /,
    gold: Path,
    documents: Path | None,
    claims: Path | None,
    wrong: bool,
    missed: bool,
    as_json: bool,
    **reading: Any,
) -> None:
    """Score the extraction against gold facts.

    GOLD is a folder with one JSON file a document.
    Give --documents to read the texts, or --claims with what kg extract printed.
    """
    from kg import evaluate as evaluating
    from kg import measure

    settings = options.settings(**reading)
    if documents is not None and claims is None:
        measured = measure.of_documents(gold, documents, settings)
    elif claims is not None and documents is None:
        measured = measure.of_claims(gold, claims, settings)
    else:
        raise click.UsageError("give --documents DIR to read the texts, or --claims FILE to score what was extracted")
    printing.say_failures(measured.failures)
    if as_json:
        printing.out_json(measured.scores.as_json())
    else:
        printing.show(evaluating.render(measured.scores, wrong=wrong, missed=missed))
    ctx.exit(1 if measured.failures else 0)
