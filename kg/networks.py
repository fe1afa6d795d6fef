"""The held graph as nodes and edges: what pictures are drawn from, and what graph tools import.

`read` takes the facts out of a store together with the words that state them; `to_networkx` gives the same as a
`networkx.MultiDiGraph` whose attributes are all strings, integers or floats, so that GraphML and GEXF can hold it:

    >>> graph = to_networkx(store, ontology)                         # doctest: +SKIP
    >>> graph.nodes["org:acme"]["label"]                             # doctest: +SKIP
    'Acme'

A fact here is a triple of the default graph whose predicate is a relation of the ontology.  Its quotes are those of the
asserted claims that state it, and of the asserted claims that those refine (a coarser date supports the exact one).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg import quotes
from kg.quotes import Quote, Rival

if TYPE_CHECKING:
    import networkx
    import pyoxigraph

    from kg.ontology import Class, Ontology, Relation
    from kg.quotes import Description, Term

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_XSD = "http://www.w3.org/2001/XMLSchema#"

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML 1.0 document can hold, not even escaped."""
_RESERVED = frozenset({"aliases", "end", "id", "label", "labels", "parents", "pid", "start", "type", "viz"})
"""Attribute names with a meaning of their own here or in GEXF; a relation of that name gets its prefix in front."""
_LONG = 2**63
"""GraphML and GEXF know 64-bit integers at most; a larger one is written as a string."""


@dataclass(frozen=True, slots=True)
class Node:
    """An entity, or a value that stands as a node of its own."""

    id: str
    """A prefixed name such as `org:acme`; for a value its datatype and lexical form, such as `date:2023-04`."""
    type: str
    """A class name of the ontology, or for a value the datatype of its relation; empty where neither is known."""
    label: str
    labels: tuple[tuple[str, str], ...] = ()
    """(language, preferred label), sorted."""
    aliases: tuple[str, ...] = ()
    is_value: bool = False
    iri: str = ""
    """The whole IRI of an entity; empty for a value."""
    datatype: str = ""
    """IRI of the datatype of a value as the graph has it; empty for an entity."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A fact: from an entity, along a relation, to an entity or a value, with every quote for it, best first."""

    source: str
    relation: str
    target: str
    """A node's id."""
    quotes: tuple[Quote, ...] = ()
    rivals: tuple[Rival, ...] = ()
    """What other claims state in its place."""

    @property
    def confidence(self) -> float:
        """The fact's, or where the graph does not give it, the highest of its claims'; 0 if there is no claim."""
        held = [quote.fact_confidence for quote in self.quotes if quote.fact_confidence is not None]
        return max(held, default=max((quote.confidence for quote in self.quotes), default=0.0))

    @property
    def sources(self) -> int:
        """How many independent origins state the fact."""
        return max((quote.sources for quote in self.quotes), default=0)


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes and edges, both in sorted order; entities come before values."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def read(store: pyoxigraph.Store, ontology: Ontology) -> Network:
    """The entities, values and facts of `store`, each fact with its quotes.

    Entities are the subjects and objects of facts, so a thing with a label and no fact is not there.  Edges are sorted
    by subject, then relation in the ontology's order, then object.
    """
    import pyoxigraph as ox

    facts = quotes.descriptions(store, ox.DefaultGraph())
    support = quotes.support(store)
    relations = {relation.iri: relation for relation in ontology.relations}
    order = {relation.name: place for place, relation in enumerate(relations.values())}
    classes = {cls.iri: cls for cls in ontology.classes}
    nodes: dict[str, Node] = {}
    edges: list[Edge] = []
    entities: dict[Term, Node] = {}

    def entity(term: Term) -> Node:
        if term not in entities:
            entities[term] = _entity(term, facts.get(term, {}), classes, ontology)
        return entities[term]

    for subject, description in facts.items():
        for predicate, relation in relations.items():
            for target in description.get(predicate, ()):
                start = entity(subject)
                end = _value(target, relation) if isinstance(target, ox.Literal) else entity(target)
                nodes[start.id], nodes[end.id] = start, end
                stated = (subject, predicate, target)
                said, against = support.quotes.get(stated, ()), support.rivals.get(stated, ())
                edges.append(Edge(start.id, relation.name, end.id, said, against))
    return Network(
        tuple(sorted(nodes.values(), key=lambda node: (node.is_value, node.id))),
        tuple(sorted(edges, key=lambda edge: (edge.source, order[edge.relation], edge.target))),
    )


def to_networkx(store: pyoxigraph.Store, ontology: Ontology, *, values: bool = False) -> networkx.MultiDiGraph:
    """The facts of `store` as a networkx graph, the same from run to run.

    A node is an entity with `label`, `label_zh` and so on for each language, `type`, `aliases` (joined by ` | `), and
    one attribute for each relation to values, such as a date; several values are joined by ` | `, and an attribute is
    an integer where every node's is one.  With `values` they are nodes and edges as well.  An edge's key is its
    relation's name, and its attributes are `relation`, `label` (the relation's), `confidence`, `sources`, and `quote`,
    `document`, `published` of its best quote.  Characters that XML forbids are replaced by U+FFFD.
    """
    import networkx

    network = read(store, ontology)
    relations = {relation.name: relation for relation in ontology.relations}
    known = {node.id: node for node in network.nodes}
    attributes: dict[str, dict[str, Any]] = {
        node.id: {
            "label": node.label,
            "type": node.type,
            "aliases": " | ".join(node.aliases),
            **{f"label_{language}": text for language, text in node.labels if language},
        }
        for node in network.nodes
        if values or not node.is_value
    }
    for name, by_node in _value_attributes(network, known, relations).items():
        for node_id, value in by_node.items():
            attributes[node_id][f"{ontology.prefix}_{name}" if name in _RESERVED else name] = value
    graph = networkx.MultiDiGraph()
    for node_id, found in attributes.items():
        graph.add_node(_xml(node_id), **{_xml(name): _xml(value) for name, value in found.items()})
    for edge in network.edges:
        if edge.target in attributes:
            described = _described(edge, relations[edge.relation])
            graph.add_edge(_xml(edge.source), _xml(edge.target), key=edge.relation, **described)
    return graph


def label_in(labels: tuple[tuple[str, str], ...], *languages: str) -> str | None:
    """The first label in one of `languages`, else any label, else None."""
    by_language = dict(labels)
    return next((by_language[language] for language in languages if language in by_language), None) or next(
        iter(by_language.values()), None
    )


def _described(edge: Edge, relation: Relation) -> dict[str, Any]:
    best = edge.quotes[0] if edge.quotes else None
    found = {
        "relation": edge.relation,
        "label": label_in(relation.labels, "zh", "en") or edge.relation,
        "confidence": edge.confidence,
        "sources": edge.sources,
        "quote": best.text if best else "",
        "document": best.document if best else "",
        "published": best.published if best else "",
    }
    return {name: _xml(value) for name, value in found.items()}


def _value_attributes(
    network: Network, known: dict[str, Node], relations: dict[str, Relation]
) -> dict[str, dict[str, str | int]]:
    """By relation and node, what the relation says of the node: all integers, or all strings."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for edge in network.edges:
        if known[edge.target].is_value:
            found[edge.relation][edge.source].append(known[edge.target].label)
    result: dict[str, dict[str, str | int]] = {}
    for name, by_node in sorted(found.items()):
        numeric = relations[name].datatype == "integer" and all(
            len(texts) == 1 and re.fullmatch(r"[+-]?[0-9]{1,19}", texts[0]) and -_LONG <= int(texts[0]) < _LONG
            for texts in by_node.values()
        )
        result[name] = {node: int(texts[0]) if numeric else " | ".join(texts) for node, texts in by_node.items()}
    return result


def _xml(value: Any) -> Any:
    return _NOT_XML.sub("\ufffd", value) if isinstance(value, str) else value


def _entity(term: Term, description: Description, classes: dict[str, Class], ontology: Ontology) -> Node:
    node_id = quotes.entity_id(term.value)
    types = sorted(classes[t.value].name for t in description.get(_RDF + "type", ()) if t.value in classes)
    # An instance of a class and of its parent is shown as the former.
    narrowest = [t for t in types if not any(t != other and ontology.is_a(other, t) for other in types)]
    texts = [
        literal
        for predicate in (_SKOS + "prefLabel", _RDFS + "label")
        for literal in sorted(description.get(predicate, ()), key=str)
    ]
    # The first of a language is its label: prefLabel before label.
    labels = tuple(sorted({literal.language or "": literal.value for literal in reversed(texts)}.items()))
    return Node(
        id=node_id,
        type=next(iter(narrowest), ""),
        label=label_in(labels, "zh", "en") or node_id,
        labels=labels,
        aliases=tuple(sorted({alias.value for alias in description.get(_SKOS + "altLabel", ())})),
        iri=term.value,
    )


def _value(literal: Term, relation: Relation) -> Node:
    kind = relation.datatype or literal.datatype.value.removeprefix(_XSD)
    node_id = f"{kind}:{literal.value}"
    return Node(id=node_id, type=kind, label=literal.value, is_value=True, datatype=literal.datatype.value)
