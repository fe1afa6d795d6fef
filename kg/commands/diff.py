"""`kg diff`: what differs between two graphs."""

from __future__ import annotations

from pathlib import Path

import click

from kg.commands import options, printing


@click.command()
@click.argument("before", metavar="A", type=click.Path(path_type=Path))
@click.argument("after", metavar="B", type=click.Path(path_type=Path))
@options.as_json
@click.pass_context
def diff(ctx: click.Context, before: Path, after: Path, as_json: bool) -> None:
    """Compare two builds, or two files of RDF.

    A and B are folders that kg build wrote, or Turtle, TriG, N-Triples, N-Quads, RDF/XML or JSON-LD files. Shown are
    facts that were added, removed or changed, properties that are newly in conflict, and things that are named or typed
    otherwise. The exit code is 1 if there is any difference.
    """
    from kg import diff as comparing

    found = comparing.diff(before, after)
    if as_json:
        printing.out_json(found.as_json())
    elif found.same:
        printing.out("no difference\n")
    else:
        printing.show(comparing.rendered(found))
    ctx.exit(0 if found.same else 1)
