"""`kg remove`: documents leave a graph."""

from __future__ import annotations

from pathlib import Path

import click

from kg.commands import options


@click.command()
@click.argument("documents", metavar="DOC...", nargs=-1, required=True)
@options.graph
@options.as_json
@click.pass_context
def remove(ctx: click.Context, /, documents: tuple[str, ...], folder: Path, as_json: bool) -> None:
    """Take documents out of a graph.

    DOC is a document's id, as report.json and kg explain show it. The graph becomes the one that a build of the other
    documents gives, and the removed texts leave the workspace. The files that the graph was built of are not touched:
    the next kg build of them has the document again.
    """
    from kg import output as outputs
    from kg.commands import build

    build.run(ctx, lambda progress: outputs.remove(documents, folder, progress=progress), as_json=as_json)
