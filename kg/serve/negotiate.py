"""Which format a client gets: the `Accept` header of RFC 9110 (12.5.1) against what there is.

An offer is a media type with other names for the same.  Ranges may have parameters; only `q` counts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

LONGEST = 8_192
"""Characters of an `Accept` header that are read."""


_QUALITY = re.compile(r"(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)\Z")


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write an answer."""

    name: str
    media: str
    """What the response calls it."""
    aliases: tuple[str, ...] = ()
    """Other media types that ask for it."""
    extension: str = ""

    @property
    def content_type(self) -> str:
        """The value of `Content-Type`: texts say that they are UTF-8."""
        return f"{self.media}; charset=utf-8" if self.media.startswith("text/") else self.media


RESULTS = (
    Format("json", "application/sparql-results+json", ("application/json",), "srj"),
    Format("xml", "application/sparql-results+xml", ("application/xml", "text/xml"), "srx"),
    Format("csv", "text/csv", (), "csv"),
    Format("tsv", "text/tab-separated-values", (), "tsv"),
)
"""How rows and truth values are written; the first is for clients that do not care."""

GRAPHS = (
    Format("turtle", "text/turtle", ("application/x-turtle", "application/turtle"), "ttl"),
    Format("ntriples", "application/n-triples", ("text/plain",), "nt"),
    Format("jsonld", "application/ld+json", ("application/json",), "jsonld"),
    Format("rdfxml", "application/rdf+xml", ("application/xml", "text/xml"), "rdf"),
)
"""How triples are written."""

DATASETS = (
    Format("trig", "application/trig", ("application/x-trig",), "trig"),
    Format("nquads", "application/n-quads", ("text/x-nquads", "text/plain"), "nq"),
    Format("jsonld", "application/ld+json", ("application/json",), "jsonld"),
)
"""How triples with their graphs are written."""


def choose(accept: str | None, offers: Sequence[Format]) -> Format | None:
    """The offer that the header likes best, of equals the first, under the name that was asked for; None if it takes
    none of them.

    Of ranges that fit an offer the most exact one counts: `text/turtle;q=0, */*` is anything but Turtle.
    """
    if accept is None or not accept.strip():
        return offers[0]
    ranges = _ranges(accept[:LONGEST])
    best, found = 0.0, None
    for offer in offers:
        media, liked = _liked(offer, ranges)
        if liked > best:
            best, found = liked, replace(offer, media=media)
    return found


def _liked(offer: Format, ranges: dict[str, float]) -> tuple[str, float]:
    """The name of the offer that is liked best, and how much; stars mean the first name only."""
    exact = next((one for one in (offer.media, offer.media.partition("/")[0] + "/*", "*/*") if one in ranges), None)
    names = {offer.media: ranges[exact] if exact else 0.0}
    names |= {alias: ranges[alias] for alias in offer.aliases if alias in ranges}
    return max(names.items(), key=lambda item: item[1])


def _ranges(accept: str) -> dict[str, float]:
    """The quality of each media range; of a repeated one the highest."""
    found: dict[str, float] = {}
    for part in accept.split(","):
        media, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if media.count("/") == 1:
            found[media] = max(found.get(media, 0.0), _q(parameters))
    return found


def _q(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            return float(value) if _QUALITY.match(value.strip()) else 0.0
    return 1.0
