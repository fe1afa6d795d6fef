"""`kg export`: the graph in the formats of other tools."""

from __future__ import annotations

from pathlib import Path

import click

from kg.commands import options, printing


@click.command()
@click.option(
    "--format",
    type=click.Choice(["ttl", "ttl12", "trig", "nt", "nq", "jsonld", "rdfxml", "graphml", "gexf", "csv"]),
    required=True,
    help="csv is one fact a row, for spreadsheets; graphml and gexf are for Gephi and others.",
)
@click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Write to a file.")
@options.graph
def export(format: str, output: Path | None, folder: Path) -> None:
    """Write the graph in another format, to stdout or to a file.

    ttl, nt, jsonld and rdfxml hold the facts, trig and nq the claims too; ttl12 has both in one file, where a claim
    reifies its triple in the terms of RDF 1.2.
    """
    from kg import export as exporting

    data = exporting.export(options.opened(folder), format)
    if output is None:
        printing.out(data)
    else:
        printing.save(data, output)
