"""Turtle and TriG for people: prefixes on top, one subject a block, one order, nothing that a reader cannot see.

pyoxigraph's own writer puts a subject's triples in the order they come and leaves direction marks and zero-width
characters raw in the text; rdflib's refuses a whole graph for one bad IRI and is slow.  Both read what this one writes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg import iri
from kg.statements import RDF, XSD

_TYPE = RDF + "type"
_INDENT = "    "
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp"})
_INTEGER = re.compile(r"[+-]?[0-9]+\Z")
_DECIMAL = re.compile(r"[+-]?[0-9]*\.[0-9]+\Z")


def turtle(quads: Iterable[Quad], prefixes: Mapping[str, str]) -> Iterator[str]:
    """The lines of a Turtle file for `quads`, which are all in one graph and in the order of `kg.triples.ordered`."""
    yield from _header(prefixes)
    yield from _blocks(quads, _Terms(prefixes), "")


def trig(quads: Iterable[Quad], prefixes: Mapping[str, str]) -> Iterator[str]:
    """The lines of a TriG file for `quads` in the order of `kg.triples.ordered`: the default graph, then the others."""
    yield from _header(prefixes)
    terms = _Terms(prefixes)
    for graph, members in groupby(quads, key=lambda quad: quad.graph_name):
        if isinstance(graph, DefaultGraph):
            yield from _blocks(members, terms, "")
        else:
            yield f"\n{terms.text(graph)} {{\n"
            yield from _blocks(members, terms, _INDENT)
            yield "}\n"


def quoted(text: str) -> str:
    """A string between quotes as Turtle and SPARQL write it; what cannot be seen is written as its number."""
    return '"' + "".join(_ESCAPES.get(char) or _number(char) for char in text) + '"'


class _Terms:
    """Terms as Turtle writes them under some prefixes; each IRI is worked out once."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._namespaces = sorted(((ns, prefix) for prefix, ns in prefixes.items()), key=lambda p: (-len(p[0]), p))
        self._names: dict[str, str] = {}

    def text(self, term: object) -> str:
        if isinstance(term, NamedNode):
            return self.name(term.value)
        if isinstance(term, Literal):
            return self.literal(term)
        return str(term)

    def name(self, address: str) -> str:
        if address not in self._names:
            self._names[address] = self._shortened(address)
        return self._names[address]

    def _shortened(self, address: str) -> str:
        for namespace, prefix in self._namespaces:
            if address.startswith(namespace) and iri.is_local(address[len(namespace) :]):
                return f"{prefix}:{address[len(namespace) :].replace('~', chr(92) + '~')}"
        return f"<{address}>"

    def literal(self, term: Literal) -> str:
        if term.language:
            return f"{quoted(term.value)}@{term.language}"
        datatype = term.datatype.value
        if datatype == XSD + "string":
            return quoted(term.value)
        bare = (
            (datatype == XSD + "integer" and _INTEGER.match(term.value))
            or (datatype == XSD + "decimal" and _DECIMAL.match(term.value))
            or (datatype == XSD + "boolean" and term.value in {"true", "false"})
        )
        return term.value if bare else f"{quoted(term.value)}^^{self.name(datatype)}"


def _header(prefixes: Mapping[str, str]) -> Iterator[str]:
    for prefix, namespace in sorted(prefixes.items()):
        yield f"@prefix {prefix}: <{namespace}> .\n"


def _blocks(quads: Iterable[Quad], terms: _Terms, indent: str) -> Iterator[str]:
    for subject, about in groupby(quads, key=lambda quad: quad.subject):
        lines = []
        for predicate, said in groupby(about, key=lambda quad: quad.predicate.value):
            verb = "a" if predicate == _TYPE else terms.name(predicate)
            lines.append(f"{verb} {', '.join(terms.text(quad.object) for quad in said)}")
        body = f" ;\n{indent}{_INDENT}".join(lines)
        yield f"\n{indent}{terms.text(subject)} {body} .\n"


def _number(char: str) -> str:
    if unicodedata.category(char) not in _UNSEEN:
        return char
    return f"\\u{ord(char):04X}" if ord(char) <= 0xFFFF else f"\\U{ord(char):08X}"
