"""`kg view`: the graph as a page to look at."""

from __future__ import annotations

from pathlib import Path

import click

from kg.commands import options, printing


@click.command()
@click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Default: graph.html in DIR.")
@click.option("--title", metavar="TEXT", help="The page's heading.")
@click.option(
    "--limit", metavar="N", type=click.IntRange(1), help="The most nodes to show, the most central ones. Default: 20,000."
)
@options.graph
def view(output: Path | None, title: str | None, limit: int | None, folder: Path) -> None:
    """Draw the graph as one HTML page that needs no network."""
    from kg import view as viewing

    graph = options.opened(folder)
    path = viewing.write(
        graph.store,
        graph.ontology,
        output or graph.folder / "graph.html",
        title=title or viewing.TITLE,
        limit=limit or viewing.LIMIT,
    )
    printing.out(f"{path}\n")
