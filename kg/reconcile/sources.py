"""Who publishes: how far a publisher is trusted, and whose own voice it is (the seeds' `sources.csv`)."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.annotate import Rules
from kg.errors import OntologyError
from kg.model import Claim, Document, Span
from kg.ontology import Ontology

DEFAULT_TRUST = 0.5
"""The trust in a publisher that `sources.csv` does not name."""


@dataclass(frozen=True, slots=True)
class Publisher:
    name: str
    trust: float
    """From 0 to 1."""
    official_for: frozenset[str]
    """Ids of the organizations whose own voice it is."""


def publishers(ontology: Ontology) -> dict[str, Publisher]:
    """Publishers by each of their names, from the seeds' `sources.csv`; a row that cannot be used is an
    `OntologyError` that names its line."""
    path = ontology.seeds / "sources.csv"
    found: dict[str, Publisher] = {}
    if path.is_file():
        try:
            with path.open(encoding="utf-8-sig", newline="") as lines:
                rows = list(csv.DictReader(lines, strict=True))
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise OntologyError(f"{path.name}: cannot be read: {error}") from error
        for number, row in enumerate(rows, 2):
            publisher = _publisher(row, f"{path.name}, line {number}")
            for name in (publisher.name, *filter(None, (row.get("aliases") or "").split(";"))):
                found[name] = publisher
    return found


def _publisher(row: Mapping[str, str | None], where: str) -> Publisher:
    name, trust = (row.get("name") or "").strip(), (row.get("trust") or "").strip()
    if not name:
        raise OntologyError(f"{where}: a publisher needs a name; columns: name, aliases, trust, official_for")
    try:
        number = float(trust)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise OntologyError(f"{where}: the trust in {name} is {trust!r}, not a number from 0 to 1")
    return Publisher(name, number, frozenset(filter(None, (row.get("official_for") or "").split(";"))))


class Sources:
    """What is known of the documents that claims come from."""

    def __init__(
        self,
        rules: Rules,
        documents: Mapping[str, Document],
        origins: Mapping[str, str],
        passages: Sequence[tuple[str, int, int, str]] = (),
    ) -> None:
        self.rules = rules
        self.documents = documents
        self.origins = origins
        self.passages: dict[str, list[tuple[Span, str]]] = {}
        for document, start, end, origin in passages:
            self.passages.setdefault(document, []).append((Span(start, end), origin))
        self.known = publishers(rules.ontology)
        self._quoted: dict[str, str | None] = {}
        self._makers: dict[str, frozenset[str]] = {}
        self._relations = sorted({name for entry in rules.lexicon.entries.values() for name, _ in entry.relations})

    def publisher(self, claim: Claim) -> Publisher | None:
        document = self.documents.get(claim.document)
        return self.known.get(document.publisher) if document and document.publisher else None

    def is_official(self, claim: Claim) -> bool:
        """Whether the claim's publisher is the voice of the subject, or of somebody that the seeds put above it."""
        publisher = self.publisher(claim)
        return publisher is not None and bool(self._above(claim.subject) & publisher.official_for)

    def trust(self, claim: Claim) -> float:
        publisher = self.publisher(claim)
        return publisher.trust if publisher else DEFAULT_TRUST

    def origin(self, claim: Claim) -> str:
        """The document that the claim's words come from: of a repost or a quotation, the text that it repeats."""
        return self.quoted(claim) or self.origins.get(claim.document, claim.document)

    def quoted(self, claim: Claim) -> str | None:
        """The document that had the claim's words before, if the claim stands in a quotation."""
        if claim.id not in self._quoted:
            passages = self.passages.get(claim.document, ())
            found = (origin for span, origin in passages if span.covers(claim.evidence.cleaned))
            self._quoted[claim.id] = next(found, None)
        return self._quoted[claim.id]

    def published(self, claim: Claim) -> int | None:
        """The day of publication as an ordinal; None where it is not known."""
        document = self.documents.get(claim.document)
        return document.published.earliest.toordinal() if document and document.published else None

    def title(self, claim: Claim) -> str:
        document = self.documents.get(claim.document)
        return (document.title if document else None) or ""

    def _above(self, subject: str) -> frozenset[str]:
        if subject not in self._makers:
            related = (self.rules.lexicon.related(subject, name) for name in self._relations)
            self._makers[subject] = frozenset({subject}.union(*related))
        return self._makers[subject]
