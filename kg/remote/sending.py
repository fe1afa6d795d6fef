"""A graph sent into another store, whole or not at all.

The quads go in batches into graphs with names of their own (Graph Store HTTP Protocol, 5.5: POST merges), are counted
there, and take the place of what was there in one update (SPARQL 1.1 Update, 3.2.5: MOVE).  Until that last request the
store's own graphs are as they were; if anything fails before it, what had arrived is dropped, and if even that cannot
be done the error names what is left.  The names come from the content, so that a second run cleans up after a first.

    sparql+http://localhost:7878                            /query, /update and /store below it, as Oxigraph has them
    sparql+http://localhost:3030/ds?store=data              other names for them, as Fuseki has them
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from pyoxigraph import DefaultGraph, NamedNode, Quad, QueryResultsFormat, QuerySolutions, RdfFormat, parse_query_results
from pyoxigraph import serialize as written

from kg.errors import RemoteError
from kg.remote.client import Client, shown
from kg.triples import ordered

BATCH = 5_000
"""Triples of a request."""
ARRIVING = "urn:kg:arriving:"
"""What the names begin with of graphs that are not yet whole."""
SCHEME = "sparql+"


@dataclass(frozen=True, slots=True)
class Target:
    """A store: where it is asked, changed and given graphs."""

    query: str
    update: str
    store: str

    @property
    def name(self) -> str:
        """What messages call it."""
        return shown(self.store)


@dataclass(frozen=True, slots=True)
class _Part:
    """The triples for one graph."""

    graph: NamedNode | DefaultGraph
    arriving: str
    quads: tuple[Quad, ...]

    @property
    def where(self) -> str:
        """The graph as SPARQL Update names it."""
        return "DEFAULT" if isinstance(self.graph, DefaultGraph) else f"GRAPH {self.graph}"


def target(address: str) -> Target:
    """The store that `sparql+http://…` names.  Raises RemoteError for what is no such address."""
    try:
        parts = urlsplit(address.removeprefix(SCHEME))
        names = dict(parse_qsl(parts.query, strict_parsing=True)) if parts.query else {}
        named_right = set(names) <= {"query", "update", "store"} and parts.scheme in {"http", "https"}
        fits = address.startswith(SCHEME) and named_right and bool(parts.hostname) and parts.port != 0
    except ValueError:
        fits = False
    if not fits:
        raise RemoteError(f"{shown(address)}: no address of a store; write it as {SCHEME}http://HOST:PORT/PATH")

    def at(name: str) -> str:
        return urlunsplit((parts.scheme, parts.netloc, f"{parts.path.rstrip('/')}/{names.get(name, name)}", "", ""))

    return Target(at("query"), at("update"), at("store"))


def check(to: Target, *, client: Client | None = None) -> None:
    """Raise RemoteError if no store answers there: before hours of work, not after."""
    with client or Client() as connection:
        connection.post(to.query, form={"query": "ASK {}"}, headers={"Accept": QueryResultsFormat.JSON.media_type})


def send(quads: Iterable[Quad], to: Target, *, batch: int = BATCH, client: Client | None = None) -> int:
    """Put these quads in the place of the store's default graph and of each graph that they name; how many there are.

    Blank nodes are not allowed in them.  Raises RemoteError when it cannot be done, with what became of the store.
    """
    parts = tuple(_parts(ordered(quads)))
    with client or Client() as connection:
        try:
            _arrive(connection, to, parts, batch)
        except (RemoteError, KeyboardInterrupt) as error:
            left = _cleared(connection, to, parts)
            raise RemoteError(f"{error or 'interrupted'}; {left}") from error
        _take_place(connection, to, parts)
    return sum(len(part.quads) for part in parts)


def _parts(quads: tuple[Quad, ...]) -> Iterator[_Part]:
    digest = hashlib.sha256(b"".join(f"{quad}\n".encode() for quad in quads)).hexdigest()[:16]
    graphs = dict.fromkeys([DefaultGraph(), *(quad.graph_name for quad in quads)])
    for number, graph in enumerate(graphs):
        if not isinstance(graph, NamedNode | DefaultGraph):
            raise RemoteError(f"the graph {graph} has no name that another store could know")
        yield _Part(graph, f"{ARRIVING}{digest}:{number}", tuple(q for q in quads if q.graph_name == graph))


def _arrive(connection: Client, to: Target, parts: tuple[_Part, ...], batch: int) -> None:
    """Bring everything into the store, beside what is there, and count it."""
    _update(connection, to, _dropping(parts))
    for part in parts:
        for at in range(0, len(part.quads), batch):
            lines = written((quad.triple for quad in part.quads[at : at + batch]), format=RdfFormat.N_TRIPLES)
            connection.post(
                to.store,
                content=lines,
                parameters={"graph": part.arriving},
                headers={"Content-Type": RdfFormat.N_TRIPLES.media_type},
            )
        arrived = _count(connection, to, f"GRAPH <{part.arriving}>")
        if arrived != len(part.quads):
            raise RemoteError(f"{to.name}: of {len(part.quads):,} triples only {arrived:,} have arrived")


def _take_place(connection: Client, to: Target, parts: tuple[_Part, ...]) -> None:
    """The one request that changes the store's own graphs."""
    full = [part for part in parts if part.quads]
    steps = [f"MOVE GRAPH <{part.arriving}> TO {part.where}" for part in full]
    steps += [f"CLEAR SILENT {part.where}" for part in parts if not part.quads]
    try:
        # One try: after a lost answer a second MOVE would move nothing over everything.
        _update(connection, to, " ;\n".join(steps), tries=1)
    except RemoteError as error:
        _was_done_all_the_same(connection, to, parts, error)
    for part in full:
        there = _count(connection, to, "" if isinstance(part.graph, DefaultGraph) else part.where)
        if there < len(part.quads):
            raise RemoteError(
                f"{to.name}: {part.where.lower()} has {there:,} triples instead of {len(part.quads):,}; "
                "something else writes there; send the graph again"
            )


def _was_done_all_the_same(connection: Client, to: Target, parts: tuple[_Part, ...], error: RemoteError) -> None:
    """Look what became of the last request after its answer was lost.  Raises RemoteError unless it was carried out."""
    try:
        waiting = [part for part in parts if part.quads and _count(connection, to, f"GRAPH <{part.arriving}>")]
    except RemoteError:
        unknown = f"whether the graph was replaced is not known; {_names(parts)} are still there if it was not"
        raise RemoteError(f"{error}; {unknown}") from error
    if waiting or not any(part.quads for part in parts):
        raise RemoteError(f"{error}; {_cleared(connection, to, parts)}") from error


def _cleared(connection: Client, to: Target, parts: tuple[_Part, ...]) -> str:
    """Drop what has arrived; what can be said of the store then."""
    try:
        _update(connection, to, _dropping(parts))
    except RemoteError:
        return f"the store's own graphs are as they were, but parts may be left in {_names(parts)}"
    return "the store is as it was"


def _names(parts: tuple[_Part, ...]) -> str:
    return ", ".join(f"<{part.arriving}>" for part in parts)


def _dropping(parts: tuple[_Part, ...]) -> str:
    return " ;\n".join(f"DROP SILENT GRAPH <{part.arriving}>" for part in parts)


def _update(connection: Client, to: Target, text: str, *, tries: int | None = None) -> None:
    headers = {"Content-Type": "application/sparql-update"}
    connection.post(to.update, content=text.encode(), headers=headers, tries=tries)


def _count(connection: Client, to: Target, where: str) -> int:
    pattern = f"{where} {{ ?s ?p ?o }}" if where else "?s ?p ?o"
    response = connection.post(
        to.query,
        form={"query": f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}"},
        headers={"Accept": QueryResultsFormat.JSON.media_type},
    )
    try:
        answer = parse_query_results(response.content, QueryResultsFormat.JSON)
        if isinstance(answer, QuerySolutions):
            return int(next(answer)["n"].value)
    except (SyntaxError, ValueError, KeyError, AttributeError, StopIteration):
        pass  # said below, with the address
    raise RemoteError(f"{shown(to.query)}: the answer is no count; is this a SPARQL endpoint?")
