"""`kg stats`: how much a graph holds."""

from __future__ import annotations

from pathlib import Path

import click

from kg.commands import options, printing


@click.command()
@click.option("--unread", is_flag=True, help="Sentences with known names of which nothing was understood.")
@options.as_json
@options.graph
def stats(unread: bool, as_json: bool, folder: Path) -> None:
    """Count what the graph holds."""
    from kg import report
    from kg import stats as counting
    from kg.tables import visible

    graph = options.opened(folder)
    if unread:
        sentences = report.unread(report.load(graph.folder))
        if as_json:
            printing.out_json([{"document": document, "sentence": sentence} for document, sentence in sentences])
        else:
            printing.out("".join(f"{visible(document)}: {visible(sentence)}\n" for document, sentence in sentences))
        return
    counts = counting.stats(graph)
    if as_json:
        printing.out_json(counts.as_json())
    else:
        printing.show(counting.rendered(counts))
