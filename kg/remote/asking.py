"""Questions to a SPARQL endpoint: the query operation of the SPARQL 1.1 Protocol (2.1.2).

What `kg.query` does with a store it cannot do from afar, so a parameter is written into the query, as an escaped term
in the place of each variable token; an entity's name is looked up among the labels that the endpoint has.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import (
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
    parse,
    parse_query_results,
)

from kg import query, sparql
from kg.errors import GraphError, RemoteError
from kg.remote import writing
from kg.remote.client import Client, shown
from kg.statements import RDFS, SKOS

if TYPE_CHECKING:
    from kg.ontology import Ontology
    from kg.query import Result

_ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9, text/turtle;q=0.8"
_LABELS = f"""
CONSTRUCT {{ ?s ?p ?l }} WHERE {{
  VALUES ?p {{ <{SKOS}prefLabel> <{RDFS}label> <{SKOS}altLabel> }}
  {{ ?s ?p ?l }} UNION {{ GRAPH ?g {{ ?s ?p ?l }} }}
}}"""


def vocabulary(folder: Path) -> tuple[Ontology, dict[str, str]]:
    """The ontology and prefixes to ask with: those of the graph in the folder, if there is one, else the default's."""
    from kg import graph, ontology, triples

    try:
        opened = graph.open(folder)
    except GraphError:
        loaded = ontology.load()
        return loaded, triples.prefixes(loaded)
    return opened.ontology, opened.prefixes


def ask(
    endpoint: str,
    ontology: Ontology,
    text_or_name: str,
    parameters: Mapping[str, object],
    prefixes: Mapping[str, str],
    *,
    client: Client | None = None,
) -> Result:
    """Run SPARQL text, a file of it or a saved query of the ontology at an endpoint; as `kg.query.ask` does here.

    Raises QueryError for a query or parameter that is wrong, and RemoteError when the endpoint is not there, refuses,
    or answers with something else than SPARQL results.
    """
    wanted = query.find(ontology, text_or_name)
    found = sparql.check(wanted.text)
    query.known(found, parameters)
    with client or Client() as connection:
        text = wanted.text
        if parameters:
            terms = query.bind(_names(connection, endpoint, wanted, parameters), wanted, parameters, prefixes)
            text = writing.written(text, {name: str(term) for name, term in terms.items()})
        else:
            query.bind(Store(), wanted, {}, prefixes)
        answer = _answer(connection, endpoint, _declared(text, prefixes))
    if isinstance(answer, list):
        return query.of_triples(answer)
    return query.without_parameters(query.result(answer, ordered=sparql.orders(found)), wanted)


def _answer(connection: Client, endpoint: str, text: str) -> QuerySolutions | QueryBoolean | list[Triple]:
    response = connection.post(endpoint, form={"query": text}, headers={"Accept": _ACCEPT})
    media = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    try:
        if media in {"application/sparql-results+json", "application/json"}:
            return parse_query_results(response.content, QueryResultsFormat.JSON)
        format = RdfFormat.from_media_type(media)
        if format is not None:
            return [quad.triple for quad in parse(response.content, format, base_iri=endpoint)]
    except (SyntaxError, ValueError) as error:
        raise RemoteError(f"{shown(endpoint)}: the answer is broken ({error})") from error
    kind = media or "nothing that has a media type"
    raise RemoteError(f"{shown(endpoint)}: the answer is {kind}, not SPARQL results; is this a SPARQL endpoint?")


def _names(connection: Client, endpoint: str, wanted: query.SavedQuery, parameters: Mapping[str, object]) -> Store:
    """A store with the labels that the endpoint has, if a parameter may be a name."""
    names = Store()
    types = {parameter.name: parameter.type for parameter in wanted.parameters}
    if all(types.get(name) in {"text", "integer", "date"} for name in parameters):
        return names
    labels = _answer(connection, endpoint, _LABELS)
    if not isinstance(labels, list):
        raise RemoteError(f"{shown(endpoint)}: rows came where triples were asked for; is this a SPARQL endpoint?")
    names.extend(Quad(*triple) for triple in labels)
    return names


def _declared(text: str, prefixes: Mapping[str, str]) -> str:
    """The query with the prefixes that it uses and does not declare, on its first line, so that lines keep their
    numbers in messages."""
    found = sparql.tokens(text)
    missing: dict[str, str] = {}
    while (token := sparql.undeclared(found, missing)) is not None:
        prefix = token.text.partition(":")[0]
        missing[prefix] = prefixes.get(prefix, "")
    known = {prefix: namespace for prefix, namespace in missing.items() if namespace}
    return "".join(f"PREFIX {prefix}: <{namespace}> " for prefix, namespace in sorted(known.items())) + text
