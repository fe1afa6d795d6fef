"""Turtle and TriG for people: prefixes on top, one subject a block, one order, nothing that a reader cannot see.

pyoxigraph's own writer puts a subject's triples in the order they come and leaves direction marks and zero-width
characters raw in the text; rdflib's refuses a whole graph for one bad IRI and is slow.  Both read what this one writes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg import iri
from kg.statements import RDF, XSD

_TYPE = RDF + "type"
_STRING, _BOOLEAN_TYPE = XSD + "string", XSD + "boolean"
_INTEGER_TYPE, _DECIMAL_TYPE = XSD + "integer", XSD + "decimal"
_INDENT = "    "
_MOST_NAMES = 20_000
"""How many IRIs are remembered at a time: enough for every predicate and what is spoken of most."""
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp"})
_INTEGER = re.compile(r"[+-]?[0-9]+\Z")
_DECIMAL = re.compile(r"[+-]?[0-9]*\.[0-9]+\Z")


def turtle(quads: Iterable[Quad], prefixes: Mapping[str, str]) -> Iterator[str]:
    """The lines of a Turtle file for `quads`, which are all in one graph and in the order of `kg.triples.ordered`."""
    yield header(prefixes)
    for _, block in Blocks(prefixes).each(quads):
        yield block


def trig(quads: Iterable[Quad], prefixes: Mapping[str, str]) -> Iterator[str]:
    """The lines of a TriG file for `quads` in the order of `kg.triples.ordered`: the default graph, then the others."""
    yield header(prefixes)
    blocks = Blocks(prefixes)
    for graph, members in groupby(quads, key=lambda quad: quad.graph_name):
        if isinstance(graph, DefaultGraph):
            yield from (block for _, block in blocks.each(members))
        else:
            yield blocks.opening(graph)
            yield from (indented(block) for _, block in blocks.each(members))
            yield CLOSING


CLOSING = "}\n"
"""What ends a named graph in TriG; `Blocks.opening` begins it."""


def header(prefixes: Mapping[str, str]) -> str:
    """The first lines of a file."""
    return "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in sorted(prefixes.items()))


def indented(block: str) -> str:
    """A block as it stands inside a named graph; no literal goes over a line, so every line break is the block's."""
    return block[:-1].replace("\n", f"\n{_INDENT}") + "\n"


class Blocks:
    """Quads as blocks of Turtle, one for each subject."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._terms = _Terms(prefixes)

    def opening(self, graph: object) -> str:
        """What begins a named graph in TriG."""
        return f"\n{self._terms.text(graph)} {{\n"

    def each(self, quads: Iterable[Quad]) -> Iterator[tuple[str, str]]:
        """(subject, block) for quads of one graph that come subject by subject."""
        for _, about in groupby(quads, key=lambda quad: quad.subject):
            yield from self.of(about)

    def of(self, quads: Iterable[Quad]) -> Iterator[tuple[str, str]]:
        """(subject, block) for quads of one graph in any order, in the order of `kg.triples.ordered`."""
        terms = self._terms
        for subject, about in groupby(sorted({_row(quad) for quad in quads}), key=itemgetter(0)):
            lines = []
            for predicate, said in groupby(about, key=itemgetter(2)):
                verb = "a" if predicate == _TYPE else terms.name(predicate)
                lines.append(f"{verb} {', '.join([terms.end(row) for row in said])}")
            yield subject, f"\n{terms.subject(subject)} {f' ;{chr(10)}{_INDENT}'.join(lines)} .\n"


_Row = tuple[str, bool, str, int, str, str, str]
"""A quad without its graph as texts, which sort as `kg.triples.ordered` does: subject, whether the predicate is not
`rdf:type`, predicate, 1 for a literal and else 0, the object's text, its language, its datatype."""


def _row(quad: Quad) -> _Row:
    subject, predicate, end = quad.subject, quad.predicate.value, quad.object
    about = subject.value if isinstance(subject, NamedNode) else str(subject)
    if isinstance(end, Literal):
        return about, predicate != _TYPE, predicate, 1, end.value, end.language or "", end.datatype.value
    return about, predicate != _TYPE, predicate, 0, str(end), "", ""


def quoted(text: str) -> str:
    """A string between quotes as Turtle and SPARQL write it; what cannot be seen is written as its number."""
    if text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return '"' + "".join(_ESCAPES.get(char) or _number(char) for char in text) + '"'


class _Terms:
    """Terms as Turtle writes them under some prefixes; IRIs that come again are worked out once."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        namespaces = sorted(((ns, prefix) for prefix, ns in prefixes.items()), key=lambda p: (-len(p[0]), p))
        # No local name holds a slash or a hash, so one of these namespaces ends at the last of them in an address.
        self._prefixes = dict(reversed([(ns, prefix) for ns, prefix in namespaces if ns.endswith(("/", "#"))]))
        self._others = [(ns, prefix) for ns, prefix in namespaces if not ns.endswith(("/", "#"))]
        self._names: dict[str, str] = {}

    def text(self, term: object) -> str:
        return self.name(term.value) if isinstance(term, NamedNode) else str(term)

    def subject(self, text: str) -> str:
        """A subject of a row; a file has most of them once, so they are not kept."""
        return text if text.startswith("_:") else self._shortened(text)

    def end(self, row: _Row) -> str:
        """The object of a row."""
        text, language, datatype = row[4:]
        if not row[3]:
            return self.name(text[1:-1]) if text.startswith("<") else text
        if language:
            return f"{quoted(text)}@{language}"
        if datatype == _STRING:
            return quoted(text)
        bare = (
            (datatype == _INTEGER_TYPE and _INTEGER.match(text))
            or (datatype == _DECIMAL_TYPE and _DECIMAL.match(text))
            or (datatype == _BOOLEAN_TYPE and text in {"true", "false"})
        )
        return text if bare else f"{quoted(text)}^^{self.name(datatype)}"

    def name(self, address: str) -> str:
        known = self._names.get(address)
        if known is None:
            if len(self._names) >= _MOST_NAMES:
                self._names.clear()
            known = self._names[address] = self._shortened(address)
        return known

    def _shortened(self, address: str) -> str:
        end = max(address.rfind("/"), address.rfind("#")) + 1
        if address[:end] in self._prefixes and iri.is_local(address[end:]):
            return f"{self._prefixes[address[:end]]}:{address[end:].replace('~', chr(92) + '~')}"
        for namespace, prefix in self._others:
            if address.startswith(namespace) and iri.is_local(address[len(namespace) :]):
                return f"{prefix}:{address[len(namespace) :].replace('~', chr(92) + '~')}"
        return f"<{address}>"


def _number(char: str) -> str:
    if unicodedata.category(char) not in _UNSEEN:
        return char
    return f"\\u{ord(char):04X}" if ord(char) <= 0xFFFF else f"\\U{ord(char):08X}"
