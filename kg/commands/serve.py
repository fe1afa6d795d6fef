"""`kg serve`: a built graph over HTTP."""

from __future__ import annotations

from pathlib import Path

import click

from kg.commands import options, printing


@click.command()
@click.option("--host", metavar="ADDRESS", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option("--port", type=click.IntRange(0, 65_535), default=8000, show_default=True, help="0 takes a free one.")
@click.option(
    "--timeout",
    metavar="SECONDS",
    type=click.FloatRange(0.1, 3600),
    default=10.0,
    show_default=True,
    help="How long a query may run.",
)
@click.option("--workers", metavar="N", type=click.IntRange(1), help="Queries at the same time.  [default: 2 to 4]")
@click.option("--rows", metavar="N", type=click.IntRange(1), help="The most rows of an answer.  [default: 100000]")
@click.option("--memory", metavar="MIB", type=click.IntRange(256), help="Of a query, in MiB.  [default: 2048]")
@click.option("--allow-host", "hosts", metavar="NAME", multiple=True, help="Another name that the server goes by.")
@click.option("--cors", "origins", metavar="ORIGIN", multiple=True, help="A site whose pages may ask; * for all.")
@click.option("--edit", is_flag=True, help="Let the page write decisions about claims into the seeds.")
@options.graph
def serve(
    host: str,
    port: int,
    timeout: float,
    workers: int | None,
    rows: int | None,
    memory: int | None,
    hosts: tuple[str, ...],
    origins: tuple[str, ...],
    edit: bool,
    folder: Path,
) -> None:
    """Serve the graph over HTTP: a page to explore it, and a SPARQL endpoint.

    The page is at / in a browser, SPARQL at /sparql, whole graphs at /store, each thing at the path of its IRI, the
    health at /healthz. Nothing is ever written but decisions, and those with --edit only; no query reaches a file or
    another server, and each is stopped when its time is up. The server listens to this machine alone unless --host
    says otherwise. A new build is served without a restart.
    """
    from dataclasses import replace

    from kg.serve import server
    from kg.serve.limits import Limits

    given = {"workers": workers, "rows": rows, "memory": memory << 20 if memory else None}
    limits = replace(Limits(timeout=timeout), **{name: value for name, value in given.items() if value is not None})
    server.run(folder, host=host, port=port, limits=limits, hosts=hosts, origins=origins, edit=edit, ready=_ready)


def _ready(address: str, decisions: Path | None) -> None:
    printing.say(f"serving at {address} (SPARQL at {address}sparql); Ctrl-C ends it")
    if decisions is not None:
        printing.say(f"decisions made in the page go to {decisions}; the next kg build obeys them")
