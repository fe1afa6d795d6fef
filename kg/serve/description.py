"""What the endpoint says about itself: SPARQL 1.1 Service Description (3.2 to 3.4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from kg.serve.negotiate import GRAPHS, choose
from kg.serve.site import Site, failed
from kg.statements import RDF

if TYPE_CHECKING:
    from pyoxigraph import NamedNode, Triple

SD = "http://www.w3.org/ns/sparql-service-description#"
FORMATS = "http://www.w3.org/ns/formats/"

_RESULTS = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "JSON-LD", "RDF_XML"),
)
"""Local names of https://www.w3.org/ns/formats/ for what the endpoint writes."""


async def respond(request: Request, site: Site) -> Response:
    """The description in the format that the client likes best."""
    format = choose(request.headers.get("accept"), GRAPHS)
    if format is None:
        offers = ", ".join(offer.media for offer in GRAPHS)
        return PlainTextResponse(f"the description of this service is there as {offers}; or give a query\n", 406)
    try:
        names = (await site.data("graphs", {})).body.decode().split()
    except Exception as error:
        return failed(error, site.limits)
    from pyoxigraph import RdfFormat, serialize

    formats = {
        "turtle": RdfFormat.TURTLE,
        "ntriples": RdfFormat.N_TRIPLES,
        "jsonld": RdfFormat.JSON_LD,
        "rdfxml": RdfFormat.RDF_XML,
    }
    address = str(request.url.replace(query="", fragment=""))
    written = serialize(
        triples(address, names),
        format=formats[format.name],
        prefixes={"sd": SD, "formats": FORMATS} if format.name in {"turtle", "rdfxml"} else None,
    )
    return Response(written, media_type=format.content_type)


def triples(address: str, named_graphs: list[str]) -> Iterator[Triple]:
    """The description of the service at `address`, whose dataset has a default graph and these named ones."""
    from pyoxigraph import BlankNode, NamedNode, Triple

    def sd(name: str) -> NamedNode:
        return NamedNode(SD + name)

    a = NamedNode(RDF + "type")
    service, dataset, default = BlankNode("service"), BlankNode("dataset"), BlankNode("default")
    yield Triple(service, a, sd("Service"))
    yield Triple(service, sd("endpoint"), NamedNode(address))
    yield Triple(service, sd("supportedLanguage"), sd("SPARQL11Query"))
    for name in _RESULTS:
        yield Triple(service, sd("resultFormat"), NamedNode(FORMATS + name))
    yield Triple(service, sd("defaultDataset"), dataset)
    yield Triple(dataset, a, sd("Dataset"))
    yield Triple(dataset, sd("defaultGraph"), default)
    yield Triple(default, a, sd("Graph"))
    for number, name in enumerate(named_graphs):
        graph, content = BlankNode(f"named{number}"), BlankNode(f"content{number}")
        yield Triple(dataset, sd("namedGraph"), graph)
        yield Triple(graph, a, sd("NamedGraph"))
        yield Triple(graph, sd("name"), NamedNode(name))
        yield Triple(graph, sd("graph"), content)
        yield Triple(content, a, sd("Graph"))
