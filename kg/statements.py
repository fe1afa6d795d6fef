"""The statements of a Turtle file, to be asked: what `kg.ontology` reads an ontology from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from kg.errors import OntologyError

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
XSD = "http://www.w3.org/2001/XMLSchema#"


class Statements:
    """The statements of one Turtle file.

    Terms are plain strings here: an IRI, `_:id` for a blank node, and for a literal its text.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self.objects: dict[tuple[str, str], list[str]] = {}
        self.texts: dict[tuple[str, str], list[tuple[str, str]]] = {}
        self.subjects: dict[tuple[str, str], list[str]] = {}
        self.prefixes: dict[str, str] = {}
        self._read()

    def _read(self) -> None:
        from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

        def plain(term: object) -> str:
            return f"_:{term.value}" if isinstance(term, BlankNode) else str(getattr(term, "value", term))

        try:
            quads = parse(self.file.read_bytes(), RdfFormat.TURTLE, base_iri="https://kg.example.org/")
            for quad in quads:
                subject, predicate, object_ = plain(quad.subject), quad.predicate.value, plain(quad.object)
                if isinstance(quad.object, Literal):
                    self.texts.setdefault((subject, predicate), []).append((quad.object.language or "", object_))
                elif isinstance(quad.object, NamedNode | BlankNode):
                    self.objects.setdefault((subject, predicate), []).append(object_)
                    self.subjects.setdefault((predicate, object_), []).append(subject)
            self.prefixes = dict(quads.prefixes)
        except SyntaxError as error:
            message, details = error.args[0], error.args[1]
            line, column = details[1], details[2]
            raise OntologyError(f"{self.file}, line {line}, column {column}: {_cause(message)}") from error
        except OSError as error:
            raise OntologyError(f"{self.file}: {error.strerror or error}") from error

    def all(self, subject: str, predicate: str) -> list[str]:
        return self.objects.get((subject, predicate), [])

    def one(self, subject: str, predicate: str) -> str | None:
        return min(self.all(subject, predicate), default=None)

    def text(self, subject: str, predicate: str) -> str | None:
        return min((text for _, text in self.texts.get((subject, predicate), ())), default=None)

    def true(self, subject: str, predicate: str) -> bool:
        return self.text(subject, predicate) in {"true", "1"}

    def labels(self, subject: str, predicate: str) -> tuple[tuple[str, str], ...]:
        return tuple(sorted((tag, text) for tag, text in self.texts.get((subject, predicate), ()) if tag))

    def union(self, nodes: Iterable[str]) -> list[str]:
        """The classes or datatypes that `nodes` name, those inside unions too."""
        found: list[str] = []
        for node in nodes:
            if not node.startswith("_:"):
                found.append(node)
                continue
            at = self.one(node, OWL + "unionOf")
            while at is not None and at != RDF + "nil":
                found.extend(self.all(at, RDF + "first"))
                at = self.one(at, RDF + "rest")
        return found


def _cause(message: str) -> str:
    """The parser's message without the place, which we give ourselves."""
    return re.sub(r"^Parser error at .*?: |\s*\(line \d+\)$", "", message)
