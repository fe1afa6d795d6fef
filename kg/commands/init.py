"""`kg init`: a small project to begin with."""

from __future__ import annotations

from pathlib import Path

import click

from kg.commands import printing


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Write a small project into DIR, ready to build and to change.

    It has an ontology, patterns, known names and two documents.
    """
    from kg import starter

    for name in starter.copy(folder):
        printing.out(f"{folder / name}\n")
    printing.out(f"next:  cd {folder} && kg build documents --ontology {starter.ontology(folder)} -o output\n")
