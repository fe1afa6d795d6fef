"""A built graph, opened: the noun that `query`, `explain`, `stats`, `export` and `validate` are verbs of.

graph = kg.graph.open("output")
graph.query("SELECT ?s WHERE { ?s a ?class }").rows
"""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import iri, ontology, store, triples
from kg.errors import GraphError, OntologyError
from kg.ontology import Ontology
from kg.statements import XSD

if TYPE_CHECKING:
    import networkx
    import pandas
    import pyoxigraph
    import rdflib

    from kg.notebook import Page, Picture
    from kg.query import Result

REPORT = "report.json"
"""Of this file a graph uses four keys: `ontology`, a name or folder, `ontology_folder`, where beside this file a copy
of it lies (only if it has no known name), `base`, what IRIs begin with, and `on_conflict`, what is held of values that
conflict."""


class KnowledgeGraph:
    """A graph on disk, read only: its store, its ontology, and the same data for rdflib."""

    def __init__(
        self, folder: Path, ontology: Ontology, base: str = iri.BASE, *, holds_conflicts: bool = False
    ) -> None:
        self.folder = folder
        self.ontology = ontology
        self.base = base
        self.holds_conflicts = holds_conflicts
        """Whether values that conflict are all held (`--on-conflict all`)."""

    @cached_property
    def store(self) -> pyoxigraph.Store:
        """The store that queries run on; facts in the default graph, claims in `kg:claims`.

        Raises GraphError when the store on disk cannot be read.
        """
        from pyoxigraph import Store

        try:
            return Store.read_only(str(store.place(self.folder)))
        except (OSError, RuntimeError) as error:
            raise GraphError(
                f"{self.folder / store.STORE}: cannot be opened ({error}); build the graph again"
            ) from error

    @cached_property
    def dataset(self) -> rdflib.Dataset:
        """All quads of `kg.trig` as an rdflib `Dataset`, read once (about 3 s for 100,000 triples).

        Raises GraphError when the file cannot be read.
        """
        import rdflib
        from pyoxigraph import DefaultGraph, RdfFormat, parse

        dataset = rdflib.Dataset()
        for prefix, namespace in self.prefixes.items():
            dataset.bind(prefix, namespace, replace=True)
        graphs: dict[Any, rdflib.Graph] = {DefaultGraph(): dataset.default_graph}
        file = self.folder / store.DATASET
        try:
            # rdflib's own reader of TriG takes twice as long and uses what rdflib itself calls deprecated.
            for quad in parse(file.read_bytes(), RdfFormat.TRIG):
                if quad.graph_name not in graphs:
                    graphs[quad.graph_name] = dataset.graph(_term(quad.graph_name))
                graphs[quad.graph_name].add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
        except (OSError, SyntaxError) as error:
            raise GraphError(f"{file}: cannot be read ({error}); build the graph again") from error
        return dataset

    @property
    def prefixes(self) -> dict[str, str]:
        """The prefixes that queries may use without declaring them."""
        return triples.prefixes(self.ontology, self.base)

    def query(self, text_or_name: str, **parameters: object) -> Result:
        """Run SPARQL text or a saved query; parameters are bound as RDF terms.  Raises QueryError; see `kg.query`."""
        from kg import query

        return query.ask(self, text_or_name, parameters)

    def to_networkx(self, *, values: bool = False) -> networkx.MultiDiGraph:
        """The facts as a networkx graph: nodes are entities by id, an edge's key is its relation.

        Dates, sizes and titles are attributes of nodes, or with `values` nodes of their own; see
        `kg.networks.to_networkx` for all attributes and their types.
        """
        from kg import networks

        return networks.to_networkx(self.store, self.ontology, values=values)

    def to_pandas(self) -> pandas.DataFrame:
        """The facts as a table: one row a fact, with its best quote and where that stands (`kg.notebook.COLUMNS`).

        Raises GraphError where pandas is not installed.
        """
        from kg import notebook

        return notebook.facts(self)

    def page(self, *, height: int = 640) -> Page:
        """The picture to explore, for a notebook: it shows itself in a frame `height` pixels high."""
        from kg import notebook, view

        return notebook.Page(view.render(self.store, self.ontology), height)

    def picture(self, kind: str = "network", *, limit: int = 60) -> Picture:
        """A picture that stands still, for a notebook: `network`, `timeline` or `tiers`."""
        from kg import notebook, view

        return notebook.Picture(view.picture(self.store, self.ontology, kind, limit=limit))

    def _repr_html_(self) -> str:
        from kg import notebook

        return notebook.graph(self)

    def __repr__(self) -> str:
        return f"<KnowledgeGraph {self.folder}>"


def open(folder: str | Path = "output") -> KnowledgeGraph:
    """The graph that `kg build` wrote into `folder`.

    Raises GraphError when there is none, and OntologyError when its ontology can no longer be found.
    """
    folder = Path(folder)
    if not (folder / store.STORE).is_dir() or not (folder / store.DATASET).is_file():
        raise GraphError(f"{folder}: no graph here; run: kg build INPUT -o {folder}")
    report = _report(folder / REPORT)
    name = report.get("ontology", "ai-models")
    kept = report.get("ontology_folder")
    place = str(folder / str(kept)) if kept else str(name)
    try:
        return KnowledgeGraph(
            folder,
            ontology.load(place),
            str(report.get("base", iri.BASE)),
            holds_conflicts=report.get("on_conflict") == "all",
        )
    except OntologyError as error:
        raise OntologyError(f"{folder}: was built with the ontology {name}; {error}") from error


def _term(of: Any) -> Any:
    """A term of pyoxigraph as one of rdflib."""
    import rdflib
    from pyoxigraph import Literal

    if not isinstance(of, Literal):
        return rdflib.URIRef(of.value)  # nothing in a graph of ours is without a name
    if of.language:
        return rdflib.Literal(of.value, lang=of.language)
    # To rdflib a text with and one without the datatype string are two things; Turtle writes it without.
    plain = of.datatype.value == XSD + "string"
    return rdflib.Literal(of.value, datatype=None if plain else rdflib.URIRef(of.datatype.value))


def _report(file: Path) -> dict[str, Any]:
    if not file.is_file():
        return {}
    try:
        report = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise GraphError(f"{file}: cannot be read ({error}); build the graph again") from error
    if not isinstance(report, dict):
        raise GraphError(f"{file}: is no report; build the graph again")
    return report
