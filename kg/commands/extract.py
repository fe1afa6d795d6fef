"""`kg extract`: documents become claim lines, each document by itself."""

from __future__ import annotations

from typing import Any

import click

from kg.commands import options, printing


@click.command()
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
@click.option("--format", type=click.Choice(["jsonl"]), default="jsonl", show_default=True, help="One claim a line.")
@click.option("--all", "everything", is_flag=True, help="Also claims that are planned, rumoured, denied or unsure.")
@options.reading
@options.hiding
@click.pass_context
def extract(ctx: click.Context, /, inputs: tuple[str, ...], format: str, everything: bool, **reading: Any) -> None:
    """Print what each document claims, as JSON lines.

    INPUT is what it is for kg build. Every claim carries the words that state it: exact is the slice of the raw text
    from start to end, quote the same words cleaned.
    """
    from kg import claimlines, pipeline
    from kg.model import Failure
    from kg.read import read

    failures = []
    for result in pipeline.extracted(read(inputs), options.settings(**reading)):
        if isinstance(result, Failure):
            printing.say_failures([result])
            failures.append(result)
            continue
        for line in claimlines.lines(result[0], everything=everything):
            printing.out(claimlines.dumped(line) + "\n")
    ctx.exit(1 if failures else 0)
