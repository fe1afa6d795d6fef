"""A knowledge graph from documents, in which every triple leads to the words that state it.

    import kg

    built = kg.build(["documents/"], "output")
    for row in built.graph.query("landscape").rows:
        print(*row)

    graph = kg.open("output")           # later, without building
    graph.dataset                       # the same as an rdflib Dataset

Every verb of the command line is one function over a graph: `kg.explain.explain`, `kg.stats.stats`, `kg.export.export`,
`kg.validate.validate`, `kg.view.write`.  The words that they speak are in `kg.model`, what can go wrong in `kg.errors`.
Nothing heavy is imported before it is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.errors import (
        AnnotatorError,
        GoldError,
        GraphError,
        InputError,
        KGError,
        OntologyError,
        QueryError,
    )
    from kg.graph import KnowledgeGraph, open
    from kg.output import Built, build, remove
    from kg.pipeline import Settings

__version__ = "0.1.0"

__all__ = [
    "AnnotatorError",
    "Built",
    "GoldError",
    "GraphError",
    "InputError",
    "KGError",
    "KnowledgeGraph",
    "OntologyError",
    "QueryError",
    "Settings",
    "__version__",
    "build",
    "open",
    "remove",
]

_HOMES = {
    "AnnotatorError": "kg.errors",
    "Built": "kg.output",
    "GoldError": "kg.errors",
    "GraphError": "kg.errors",
    "InputError": "kg.errors",
    "KGError": "kg.errors",
    "KnowledgeGraph": "kg.graph",
    "OntologyError": "kg.errors",
    "QueryError": "kg.errors",
    "Settings": "kg.pipeline",
    "build": "kg.output",
    "open": "kg.graph",
    "remove": "kg.output",
}
"""Where each public name lives: imported when it is first asked for."""


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    found = getattr(import_module(_HOMES[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
