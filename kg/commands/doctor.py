"""`kg doctor`: what works here."""

from __future__ import annotations

import click

from kg.commands import options, printing


@click.command()
@options.as_json
@click.pass_context
def doctor(ctx: click.Context, as_json: bool) -> None:
    """Say what works here and what is missing.

    The exit code is 1 if a build cannot work.
    """
    from kg import doctor as examining

    report = examining.check()
    if as_json:
        printing.out_json(report.as_json())
    else:
        printing.show(examining.render(report))
    ctx.exit(0 if report.healthy else 1)
