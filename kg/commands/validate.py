"""`kg validate`: whether a graph is what it should be."""

from __future__ import annotations

from pathlib import Path

import click

from kg.commands import options, printing


@click.command()
@options.as_json
@options.graph
@click.pass_context
def validate(ctx: click.Context, as_json: bool, folder: Path) -> None:
    """Check the graph against its shapes and rules.

    The exit code is 1 if there are findings.
    """
    from kg import validate as validating

    findings = validating.validate(options.opened(folder))
    if as_json:
        printing.out_json(validating.as_json(findings))
    elif findings:
        printing.show(validating.rendered(findings))
    else:
        printing.out("no findings\n")
    ctx.exit(1 if findings else 0)
