"""`kg conflicts`: what the sources contradict each other about."""

from __future__ import annotations

from pathlib import Path

import click

from kg.commands import options, printing


@click.command()
@click.option("--strict", is_flag=True, help="Exit with 1 if there is a conflict.")
@options.as_json
@options.graph
@click.pass_context
def conflicts(ctx: click.Context, strict: bool, as_json: bool, folder: Path) -> None:
    """List the true conflicts, with the words of every side.

    Values that are only less exact, of another event, of another version or corrected later are none; kg explain shows
    them.
    """
    from kg import conflicts as finding

    found = finding.conflicts(options.opened(folder))
    if as_json:
        printing.out_json(finding.as_json(found))
    elif found:
        printing.show(finding.rendered(found))
    else:
        printing.out("no conflicts\n")
    ctx.exit(1 if strict and found else 0)
