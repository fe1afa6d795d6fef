"""`kg view`: the graph as a page to look at, or as a picture."""

from __future__ import annotations

from pathlib import Path

import click

from kg.commands import options, printing

_NAMES = {("network", "html"): "graph.html"}
"""The file's name where it is not that of the kind."""


@click.command()
@click.option(
    "--kind",
    type=click.Choice(["network", "timeline", "tiers"]),
    default="network",
    show_default=True,
    help="The graph, what came out when, or who is put in which tier.",
)
@click.option(
    "--format",
    type=click.Choice(["html", "svg", "png"]),
    help="A page, or a picture for papers and slides. Default: as the file's name ends, else html.",
)
@click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Default: in DIR, by the kind.")
@click.option("--title", metavar="TEXT", help="The heading.")
@click.option(
    "--limit",
    metavar="N",
    type=click.IntRange(1),
    help="The most nodes to show, the most central ones. Default: 20,000 in the page, 300 in a picture.",
)
@options.graph
def view(
    kind: str, format: str | None, output: Path | None, title: str | None, limit: int | None, folder: Path
) -> None:
    """Draw the graph: a page that needs no network, or a picture."""
    from kg import view as viewing

    graph = options.opened(folder)
    if format is None:
        ending = output.suffix.removeprefix(".").lower() if output else ""
        format = ending if ending in viewing.FORMATS else "html"
    path = viewing.write(
        graph.store,
        graph.ontology,
        output or graph.folder / _NAMES.get((kind, format), f"{kind}.{format}"),
        kind=kind,
        format=format,
        title=title or viewing.TITLE,
        limit=limit,
    )
    printing.out(f"{path}\n")
