"""Everything that can go wrong, as a tree.

    KGError                 something a user can mend; its text says what happened, where, and what to do next
    ├── InputError          a document, folder or line that cannot be read
    ├── OntologyError       an ontology, its patterns or its seeds are missing or wrong
    ├── AnnotatorError      an annotator is unknown, or needs something that is not installed
    ├── GraphError          a folder holds no built graph, or the graph cannot be written
    ├── QueryError          SPARQL that does not parse, or a saved query or parameter that is not known
    │   └── RefusedError    SPARQL that must not run: an update, a call of another server, a graph that is not here
    ├── RemoteError         another server is not there, refuses, or breaks off
    ├── ServeError          a server cannot be started
    └── GoldError           a gold file that does not fit the schema

The command line prints the message on one line and ends with exit code 2; a failed document inside a build becomes a
`kg.model.Failure` instead and the build goes on.
"""

from __future__ import annotations


class KGError(Exception):
    """Something a user can mend."""


class InputError(KGError):
    """A document, folder or line that cannot be read."""


class OntologyError(KGError):
    """An ontology, its patterns or its seeds are missing or wrong."""


class AnnotatorError(KGError):
    """An annotator is unknown, or needs something that is not installed."""


class GraphError(KGError):
    """A folder holds no built graph, or the graph cannot be written."""


class QueryError(KGError):
    """SPARQL that does not parse, or a saved query or parameter that is not known."""


class RefusedError(QueryError):
    """SPARQL that must not run: an update, a call of another server, a graph that is not here."""


class RemoteError(KGError):
    """Another server is not there, refuses, or breaks off."""


class ServeError(KGError):
    """A server cannot be started."""


class GoldError(KGError):
    """A gold file that does not fit the schema."""
