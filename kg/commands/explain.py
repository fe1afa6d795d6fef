"""`kg explain`: who says so, in which words."""

from __future__ import annotations

from pathlib import Path

import click

from kg.commands import options, printing


@click.command()
@click.argument("entity")
@click.argument("property", required=False)
@click.option("--history", "as_history", is_flag=True, help="A table: when each value was claimed, and by whom.")
@options.as_json
@options.graph
def explain(entity: str, property: str | None, as_history: bool, as_json: bool, folder: Path) -> None:
    """Show the words behind every value of an entity.

    ENTITY is a name, an alias, an id or an IRI; PROPERTY narrows it to one relation, by name or label. What is held is
    marked ✓, with the rule that decided; below each claim stands what it is to the held value, and its id.
    """
    from kg import explain as explaining
    from kg import history

    explanation = explaining.explain(options.opened(folder), entity, property)
    if as_history:
        seen = history.history(explanation)
        if as_json:
            printing.out_json(history.as_json(seen))
        else:
            printing.show(history.rendered(seen, explanation.entity))
    elif as_json:
        printing.out_json(explanation.as_json())
    else:
        printing.show(explaining.rendered(explanation, property))
