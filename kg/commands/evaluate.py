"""`kg evaluate`: how good the extraction is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kg.commands import options, printing


@click.command()
@click.argument("gold", type=click.Path(path_type=Path), required=False)
@click.option("--documents", metavar="DIR", type=click.Path(path_type=Path), help="The texts that the gold is of.")
@click.option(
    "--claims", metavar="FILE", type=click.Path(path_type=Path), help="Score these claim lines; no text is read."
)
@click.option("--corpus", is_flag=True, help="Score on the corpus's sentences that training never sees, without GOLD.")
@click.option("--reliability", is_flag=True, help="Show how many claims of each confidence are right.")
@click.option("--wrong", is_flag=True, help="List claims that no gold fact supports.")
@click.option("--missed", is_flag=True, help="List gold facts that were not found.")
@options.reading
@options.hiding
@options.as_json
@click.pass_context
def evaluate(
    ctx: click.Context,
    /,
    gold: Path | None,
    documents: Path | None,
    claims: Path | None,
    corpus: bool,
    reliability: bool,
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
    from kg import measure, trial
    from kg import reliability as trust

    settings = options.settings(**reading)
    if corpus:
        if gold is not None or documents is not None or claims is not None:
            raise click.UsageError("--corpus is its own gold; leave out GOLD, --documents and --claims")
        tried = trial.run(settings)
        if as_json:
            printing.out_json(tried.as_json())
        else:
            printing.show(trial.render(tried))
        return
    if gold is None:
        raise click.UsageError("name a folder of GOLD facts, or give --corpus")
    if reliability and documents is None:
        raise click.UsageError("--reliability needs the unsure claims too, so the texts: give --documents DIR")
    if documents is not None and claims is None:
        measured = measure.of_documents(gold, documents, settings)
    elif claims is not None and documents is None:
        measured = measure.of_claims(gold, claims, settings)
    else:
        raise click.UsageError("give --documents DIR to read the texts, or --claims FILE to score what was extracted")
    printing.say_failures(measured.failures)
    if as_json:
        more = trust.as_json(measured.reliability) if reliability else {}
        printing.out_json({**measured.scores.as_json(), **more})
    else:
        printing.show(evaluating.render(measured.scores, wrong=wrong, missed=missed))
        if reliability:
            printing.show(trust.render(measured.reliability))
    ctx.exit(1 if measured.failures else 0)
