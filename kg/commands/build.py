"""`kg build`: documents become a graph in a folder."""

from __future__ import annotations

import shlex
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.commands import options, printing

if TYPE_CHECKING:
    from kg.output import Built

_LONGEST_NAME = 40
"""Characters of a document's id beside the progress bar."""


@click.command()
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    type=click.Path(path_type=Path),
    default="output",
    show_default=True,
    help="The folder to write to.",
)
@click.option("--to", metavar="URL", help="Send the graph to a store too, such as sparql+http://localhost:7878.")
@options.reading
@options.weighing
@options.as_json
@click.pass_context
def build(
    ctx: click.Context, /, inputs: tuple[str, ...], output: Path, to: str | None, as_json: bool, **reading: Any
) -> None:
    """Read documents and write their graph to a folder.

    INPUT is a file, a folder, a glob such as 'docs/**/*.txt', or - for standard input. Text, Markdown, HTML, PDF and
    JSON Lines are read. The folder gets kg.ttl, claims.ttl, kg.trig, store/, graph.html and report.json, all of them
    or, if anything goes wrong, none. The graph is of the inputs alone; what an earlier build there has read, and what
    did not change since, is not read again.
    """
    from kg import output as outputs

    settings = options.settings(**reading)
    send = _sender(to) if to is not None else None
    run(ctx, lambda progress: outputs.build(inputs, output, settings, progress=progress), as_json=as_json, send=send)


def run(
    ctx: click.Context,
    building: Callable[[Callable[[int, str], None] | None], Built],
    *,
    as_json: bool,
    send: Callable[[Built], None] | None = None,
) -> None:
    """Build, say what came out, send it on where asked for, and leave with the exit code."""
    began = time.monotonic()
    with _progress() as progress:
        built = building(progress)
    printing.say_failures(built.failures)
    for notice in built.notices:
        printing.say(notice)
    seconds = time.monotonic() - began
    if as_json:
        printing.out_json(_as_json(built, seconds))
    else:
        printing.out(_summary(built, seconds))
    if send is not None and built.written:
        send(built)
    ctx.exit(1 if built.failures else 0)


def _sender(address: str) -> Callable[[Built], None]:
    """What sends a graph to the store at an address, which is tried now, before the documents are read."""
    from kg.remote import sending

    to = sending.target(address)
    sending.check(to)

    def send(built: Built) -> None:
        count = sending.send(built.graph.store, to)
        printing.say(f"{count:,} triples sent to {to.name}")

    return send


def _as_json(built: Built, seconds: float) -> dict[str, Any]:
    return {
        "folder": str(built.folder),
        "written": built.written,
        **dict(built.counts),
        "changes": {
            "added": list(built.changes.added),
            "changed": list(built.changes.changed),
            "removed": list(built.changes.removed),
            "kept": built.changes.kept,
        },
        "seconds": round(seconds, 1),
        "failed": [{"source": f.source, "message": f.message} for f in built.failures],
    }


def _summary(built: Built, seconds: float) -> str:
    """The last lines: the numbers, and what to run next."""
    counts = ", ".join(f"{number} {what if number != 1 else what[:-1]}" for what, number in built.counts)
    lines = [f"{counts}, {seconds:.1f} seconds"]
    if said := _changes(built):
        lines.append(f"since the last build: {said}")
    if not built.written:
        return f"{lines[0]}\nNothing was written, since no document could be read; {built.folder} is as it was.\n"
    graph = built.graph
    where = "" if str(built.folder) == "output" else f" --graph {shlex.quote(str(built.folder))}"
    first = _first_query(graph.ontology.queries)
    lines.append(f"next:  kg query {first}{where}" if first else f"next:  kg stats{where}")
    lines.append(f"       kg explain NAME{where}")
    lines.append(f"       open {built.folder / 'graph.html'} in a browser")
    return "\n".join(lines) + "\n"


def _changes(built: Built) -> str:
    """How the documents differ from those of the last build; nothing if there was none, or if they are the same."""
    changes = built.changes
    if changes.first:
        return ""
    numbers = ((len(changes.added), "added"), (len(changes.changed), "changed"), (len(changes.removed), "removed"))
    return ", ".join(f"{number} {what}" for number, what in numbers if number)


def _first_query(folder: Path) -> str | None:
    """The first saved query that can be run as it is."""
    from kg.query import header

    for file in sorted(folder.glob("*.rq")):
        _, parameters = header(file.read_text(encoding="utf-8-sig"), file.name)
        if all(parameter.optional for parameter in parameters):
            return file.stem
    return None


@contextmanager
def _progress() -> Iterator[Callable[[int, str], None] | None]:
    """A bar on stderr if that is a terminal; None if not."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
    from rich.text import Text

    from kg.tables import visible

    columns = (
        SpinnerColumn(),
        BarColumn(),
        TextColumn("{task.completed} documents"),
        TimeElapsedColumn(),
        TextColumn("{task.fields[id]}", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, id="")

        def progress(done: int, id: str) -> None:
            bar.update(task, completed=done, id=Text(visible(id)[:_LONGEST_NAME]).plain)

        yield progress
