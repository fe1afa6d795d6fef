"""`kg query`: a question to a built graph."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.commands import options, printing

if TYPE_CHECKING:
    from kg.ontology import Ontology


def _parameters(ctx: click.Context, option: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not equals or not re.fullmatch(r"[A-Za-z_]\w*", name):
            raise click.BadParameter(f"{one!r} is not NAME=VALUE", ctx, option)
        if name in found:
            raise click.BadParameter(f"{name} is given twice", ctx, option)
        found[name] = value
    return found


@click.command()
@click.argument("question", metavar="[NAME|FILE|-]", required=False)
@click.option("-q", "--text", metavar="SPARQL", help="The query itself.")
@click.option(
    "--param",
    "parameters",
    metavar="NAME=VALUE",
    multiple=True,
    callback=_parameters,
    help="A value for a variable of the query; an entity by name, alias or id.",
)
@click.option(
    "--format",
    type=click.Choice(["table", "json", "csv", "tsv", "ttl"]),
    default="table",
    show_default=True,
    help="json, csv and tsv are the W3C's; ttl is for CONSTRUCT.",
)
@click.option("--endpoint", metavar="URL", help="Ask this SPARQL endpoint instead of a graph on disk.")
@options.graph
def query(
    question: str | None,
    text: str | None,
    parameters: dict[str, str],
    format: str,
    endpoint: str | None,
    folder: Path,
) -> None:
    """Ask the graph, by a saved query or SPARQL.

    The query is a saved one by its name, a file, - for standard input, or text with -q. Without any of them, the
    saved queries are listed with their parameters.
    """
    from kg import tables
    from kg.query import ask

    if question is not None and text is not None:
        raise click.UsageError("give a name or file, or a text with -q, not both")
    wanted = text if text is not None else _text(question)
    if endpoint is None:
        graph = options.opened(folder)
        ontology, prefixes = graph.ontology, graph.prefixes
    else:
        from kg.remote import asking

        ontology, prefixes = asking.vocabulary(folder)
    if wanted is None:
        printing.out(_saved(ontology))
        return
    if endpoint is None:
        result = ask(graph, wanted, parameters)
    else:
        result = asking.ask(endpoint, ontology, wanted, parameters, prefixes)
    answer = tables.text(result, format, prefixes, width=printing.width())
    if result.truth is None and not result.rows and format == "table":
        printing.say("no rows: the graph holds nothing that the query asks for")
    if format == "table":
        sys.stdout.write(answer)
    else:
        printing.out(answer)


def _text(question: str | None) -> str | None:
    """The text of standard input, or of a file whose name has spaces; a name or another file as it is."""
    from kg.errors import QueryError

    if question == "-":
        return sys.stdin.read()
    if question is None or not question.strip():
        return None
    if re.search(r"[\s{]", question) and Path(question).is_file():
        try:
            return Path(question).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise QueryError(f"{question}: cannot be read as UTF-8 text ({error})") from error
    return question


def _saved(ontology: Ontology) -> str:
    from kg.query import saved

    lines = []
    for one in saved(ontology):
        titles = dict(one.titles)
        lines.append(f"{one.name:<12} {titles.get('en') or next(iter(titles.values()), '')}".rstrip())
        for parameter in one.parameters:
            mark = " (may be left out)" if parameter.optional else ""
            about = f" {parameter.description}" if parameter.description else ""
            lines.append(f"{'':<12}   --param {parameter.name}={parameter.type.upper()}{about}{mark}")
    return "\n".join(lines or ["no saved queries"]) + "\n"
