"""What a worker does with a question: from a store to the status, media type and bytes of an answer.

Each operation takes the store, the request's fields and the bounds, and returns an `Answer`; it never raises for what
a client did.  Statuses follow the SPARQL 1.1 Protocol (2.1.4 to 2.1.6): 400 for what is no query, 406 for a format that
there is not; 403 for a query that is refused, 507 for an answer that is too long.  An answer is whole or an error: it
never begins well and ends in a message.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg import sparql
from kg.errors import QueryError, RefusedError
from kg.serve.negotiate import DATASETS, GRAPHS, RESULTS, Format, choose
from kg.statements import RDF

if TYPE_CHECKING:
    from kg.serve.limits import Limits

Fields = dict[str, Any]

TRUNCATED = "KG-Truncated"
"""The header of an answer that was cut at the most rows a server gives."""

_RESULTS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
_RDF = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
}
_NOT_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_PROV, _OA = "http://www.w3.org/ns/prov#", "http://www.w3.org/ns/oa#"


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP response without the server around it."""

    status: int
    content_type: str
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()


class _TooLongError(Exception):
    pass


class _Bounded:
    """A file that holds so many bytes and no more."""

    def __init__(self, most: int) -> None:
        self._most, self._size, self._parts = most, 0, list[bytes]()

    def write(self, data: bytes) -> int:
        self._size += len(data)
        if self._size > self._most:
            raise _TooLongError
        self._parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits."""

    def bytes(self) -> bytes:
        return b"".join(self._parts)


def message(status: int, text: str) -> Answer:
    """An error, as text."""
    return Answer(status, "text/plain; charset=utf-8", f"{text}\n".encode())


def answer(store: ox.Store, operation: str, fields: Fields, limits: Limits) -> Answer:
    """Do one of `OPERATIONS`."""
    try:
        return OPERATIONS[operation](store, fields, limits)
    except RefusedError as error:
        return message(403, str(error))
    except QueryError as error:
        return message(400, str(error))
    except _TooLongError:
        return message(
            507,
            f"the answer is longer than {limits.result_bytes:,} bytes, the most there is; ask for less, or LIMIT it",
        )


def query(store: ox.Store, fields: Fields, limits: Limits) -> Answer:
    """A query of SPARQL 1.1.

    Fields: `query`; `accept`, the header or None; `prefixes`, which need no declaration; `default_graphs` and
    `named_graphs`, the dataset of the protocol, which counts instead of the query's own (2.1.4).
    """
    text, prefixes = fields["query"], fields["prefixes"]
    found = sparql.check(text)
    form = sparql.form(found)
    format = choose(fields["accept"], RESULTS if form in {"SELECT", "ASK", ""} else GRAPHS)
    dataset = _dataset(store, text, found, fields)
    if format is None:
        _run(ox.Store(), text, text, prefixes, None)  # what does not parse is wrong in every format
        return _not_acceptable(RESULTS if form in {"SELECT", "ASK"} else GRAPHS)
    limited = sparql.limited(text, found, limits.rows)
    result = _run(store, text, limited, prefixes, dataset)
    if isinstance(result, ox.QueryTriples):
        return graph(result, format, prefixes, limits)
    out = _Bounded(limits.result_bytes)
    result.serialize(out, format=_RESULTS[format.name])
    body = out.bytes()
    cut = limited != text and _rows(body, format.name, limits.rows) >= limits.rows
    return _cut(_finished(body, format), limits.rows, "rows") if cut else _finished(body, format)


def graph(triples: Iterable[ox.Triple], format: Format, prefixes: dict[str, str], limits: Limits) -> Answer:
    """Triples in one of `GRAPHS`; more than the most rows are cut, and the answer says so."""
    rest = iter(triples)
    out = _Bounded(limits.result_bytes)
    ox.serialize(islice(rest, limits.rows), out, format=_RDF[format.name], prefixes=_for(format, prefixes))  # type: ignore[arg-type]
    done = _finished(out.bytes(), format)
    return _cut(done, limits.rows, "triples") if next(rest, None) is not None else done


def stored(store: ox.Store, fields: Fields, limits: Limits) -> Answer:
    """A graph, whole (Graph Store HTTP Protocol, 5.2).

    Fields: `graph`, its IRI, empty for the default graph, None for all graphs together; `accept`; `prefixes`.
    """
    name = fields["graph"]
    offers = DATASETS if name is None else GRAPHS
    source: ox.NamedNode | ox.DefaultGraph = ox.DefaultGraph()
    if name:
        source = _node(name)
        if not store.contains_named_graph(source):
            return message(404, f"no graph here is called <{name}>")
    format = choose(fields["accept"], offers)
    if format is None:
        return _not_acceptable(offers)
    out = _Bounded(limits.result_bytes)
    prefixes = _for(format, fields["prefixes"])
    if name is None:
        store.dump(out, _RDF[format.name], prefixes=prefixes)  # type: ignore[arg-type]
    else:
        store.dump(out, _RDF[format.name], from_graph=source, prefixes=prefixes)  # type: ignore[arg-type]
    return _finished(out.bytes(), format)


def thing(store: ox.Store, fields: Fields, limits: Limits) -> Answer:
    """What the graph says about one IRI: the facts it stands in, what it is called, and for a claim its evidence.

    Fields: `iri`; `accept`; `prefixes`.
    """
    node = _node(fields["iri"])
    triples = tuple(dict.fromkeys(_about(store, node)))
    if not triples:
        return message(404, f"nothing in the graph has the IRI <{fields['iri']}>")
    format = choose(fields["accept"], GRAPHS)
    if format is None:
        return _not_acceptable(GRAPHS)
    return graph(triples, format, fields["prefixes"], limits)


def graphs(store: ox.Store, fields: Fields, limits: Limits) -> Answer:
    """The IRIs of the named graphs, one a line, sorted."""
    names = sorted(node.value for node in store.named_graphs() if isinstance(node, ox.NamedNode))
    return Answer(200, "text/plain; charset=utf-8", "".join(f"{name}\n" for name in names).encode())


def page(store: ox.Store, fields: Fields, limits: Limits) -> Answer:
    """What the page asks (`kg.serve.pages`)."""
    from kg.serve import pages

    return pages.page(store, fields, limits)


Operation = Callable[[ox.Store, Fields, "Limits"], Answer]

OPERATIONS: dict[str, Operation] = {"graphs": graphs, "page": page, "query": query, "stored": stored, "thing": thing}
"""What a worker can be asked, by name."""


def _dataset(
    store: ox.Store, text: str, found: tuple[sparql.Token, ...], fields: Fields
) -> tuple[list[ox.NamedNode], list[ox.NamedNode]] | None:
    """The default and the named graphs that the request chose; None if it did not.  All of them must be here."""
    default: list[ox.NamedNode] = []
    named: list[ox.NamedNode] = []
    for parameter, of in (("default-graph-uri", default), ("named-graph-uri", named)):
        for name in fields[parameter.replace("-graph-uri", "_graphs")]:
            of.append(_node(name))
            if not store.contains_named_graph(of[-1]):
                raise RefusedError(f"{parameter}: no graph of this dataset is called <{name}>; nothing is fetched")
    if default or named:
        return default, named
    for name, is_named, token in sparql.graphs(found, fields["prefixes"]):
        try:
            node = ox.NamedNode(name)
        except ValueError:
            continue  # no IRI, which the engine says better
        (named if is_named else default).append(node)
        if not store.contains_named_graph(node):
            words = f"FROM: no graph of this dataset is called <{name}>; nothing is fetched"
            raise RefusedError(sparql.pointed(text, *sparql.place(text, token.start), words))
    return (default, named) if default or named else None


def _run(
    store: ox.Store,
    text: str,
    limited: str,
    prefixes: dict[str, str],
    dataset: tuple[list[ox.NamedNode], list[ox.NamedNode]] | None,
) -> Any:
    chosen: dict[str, Any] = {"default_graph": dataset[0], "named_graphs": dataset[1]} if dataset else {}
    try:
        return store.query(limited, prefixes=prefixes, **chosen)
    except SyntaxError as error:
        raise _syntax(text, error, prefixes) from error
    except (RuntimeError, OSError, ValueError) as error:
        raise QueryError(f"the query could not be answered: {error}") from error


def _syntax(text: str, error: SyntaxError, prefixes: dict[str, str]) -> QueryError:
    """The parser's message about the text as it was sent, with its place."""
    try:
        ox.Store().query(text, prefixes=prefixes)
    except SyntaxError as of_the_text:
        error = of_the_text
    match = re.match(r"error at (\d+):(\d+): (.*)", str(error), re.DOTALL)
    if match is None:
        return QueryError(f"the query does not parse: {error}")
    return QueryError(sparql.pointed(text, int(match[1]), int(match[2]), match[3]))


def _rows(body: bytes, format: str, most: int) -> int:
    """How many rows a SELECT's answer has; of one that cannot have `most` something below `most`."""
    if format == "xml":
        return body.count(b"<result>") + body.count(b"<result/>")
    if format == "tsv":
        return body.count(b"\n") - 1
    if format == "csv":  # a line break inside quotes is no end of a row
        return sum(part.count(b"\n") for part in body.split(b'"')[::2]) - 1
    rows = body.count(b"},{") + 1  # at least: a text may hold these characters too
    if rows < most:
        return rows
    import json

    return len(json.loads(body)["results"]["bindings"])


def _cut(whole: Answer, most: int, what: str) -> Answer:
    """An answer that says that it was cut, in a header and, where the format has a place for it, in itself."""
    words = f"cut after {most} {what}, the most that this server gives"
    body = whole.body
    media = whole.content_type.partition(";")[0]
    if media.endswith("json") and body.startswith(b'{"head":{'):
        # The results format's own place for what is to be known beside the rows (3.1.2): an IRI.
        body = body.replace(b'{"head":{', b'{"head":{"link":["urn:kg:cut-after:%d"],' % most, 1)
    elif media.endswith("xml") and b"</head>" in body:
        body = body.replace(b"</head>", b'<link href="urn:kg:cut-after:%d"/></head>' % most, 1)
    elif media in {"text/turtle", "application/n-triples"}:
        body += f"# {words}\n".encode()
    return Answer(whole.status, whole.content_type, body, (*whole.headers, (TRUNCATED, words)))


def _finished(body: bytes, format: Format) -> Answer:
    if format.name in {"turtle", "trig"}:
        body = _tidied(body)
    if format.name in {"xml", "rdfxml"}:
        # XML cannot hold most control characters, and reads a bare carriage return as a line feed.
        body = _NOT_XML.sub("\ufffd".encode(), body).replace(b"\r", b"&#13;")
    return Answer(200, format.content_type, body)


def _not_acceptable(offers: tuple[Format, ...]) -> Answer:
    return message(406, f"there is {', '.join(offer.media for offer in offers)}; ask for one of them with Accept")


def _tidied(body: bytes) -> bytes:
    """Turtle with only the prefixes that it uses, sorted: the engine writes all of them, each time in another order."""
    header: list[bytes] = []
    at = 0
    while body.startswith(b"@prefix ", at):
        end = body.index(b"\n", at) + 1
        header.append(body[at:end])
        at = end
    rest = body[at:]
    used = [line for line in header if line.split(b" ", 2)[1] in rest]
    return b"".join([*sorted(used), rest])


def _for(format: Format, prefixes: dict[str, str]) -> dict[str, str] | None:
    return prefixes if format.name in {"turtle", "trig"} else None


def _node(address: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(address)
    except ValueError as error:
        raise QueryError(f"{address!r} is no absolute IRI ({error})") from error


def _about(store: ox.Store, node: ox.NamedNode) -> Iterator[ox.Triple]:
    default = ox.DefaultGraph()
    for pattern in ((node, None, None, default), (None, None, node, default)):
        for quad in store.quads_for_pattern(*pattern):
            yield quad.triple
    for quad in store.quads_for_pattern(node, None, None, None):
        yield quad.triple
        if quad.predicate.value in {_PROV + "wasDerivedFrom", _OA + "hasSelector"} and isinstance(
            quad.object, ox.NamedNode
        ):
            yield from _evidence(store, quad.object)
    # The claims about it, by name only: each has an IRI of its own to ask for.
    for quad in store.quads_for_pattern(None, ox.NamedNode(RDF + "subject"), node, None):
        yield quad.triple


def _evidence(store: ox.Store, node: ox.NamedNode) -> Iterator[ox.Triple]:
    """A claim's evidence with its selectors, which mean nothing without it."""
    for quad in store.quads_for_pattern(node, None, None, None):
        yield quad.triple
        if quad.predicate.value == _OA + "hasSelector" and isinstance(quad.object, ox.NamedNode):
            for selector in store.quads_for_pattern(quad.object, None, None, None):
                yield selector.triple
