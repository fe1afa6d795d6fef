"""`documents.jsonl`: the documents of a build as they were read, one a line, for pages that show them.

    {"id": "d01", "text": "…", "mentions": [[0, 4, "Organization", "org:acme"]], "claims": [[0, 20, "4f1a…"]], …}

`text` is the cleaned text; mentions and claims are stretches of it in code points, in order: (start, end, type, the
entity's id or null) and (start, end, the claim's id).  `report` is what the build's report says about the document.
The id stands first, so that a reader can find a line without reading the others whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.model import Annotated, Claim, Entity, Knowledge

NAME = "documents.jsonl"
_START = '{"id": '


def marks(annotated: Annotated) -> str:
    """The mentions of a document, each by its best reading, as JSON: start, end, type, name, and the entity that a list
    of names gives it.

    Many claims have ten times as many mentions, and nobody looks at them before the end: a text takes least room.
    """
    found = []
    for mention in annotated.mentions:
        if mention.readings:
            best = mention.readings[0]
            found.append((mention.span.start, mention.span.end, best.type, mention.name or mention.text, best.entity))
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def lines(knowledge: Knowledge, mentions: Mapping[str, str], report: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The lines of the file, in the order of the documents' ids; `mentions` are what `marks` gave for each."""
    names = _names(knowledge.entities)
    known = {entity.id for entity in knowledge.entities}
    claims: dict[str, list[Claim]] = {}
    for claim in knowledge.claims:
        claims.setdefault(claim.document, []).append(claim)
    about = {entry["id"]: entry for entry in report}
    for document in sorted(knowledge.documents, key=lambda one: one.id):
        spans = sorted((c.evidence.cleaned.start, c.evidence.cleaned.end, c.id) for c in claims.get(document.id, ()))
        line = {
            "id": document.id,
            "text": document.text,
            "mentions": [
                [start, end, type_, entity if entity in known else names.get((type_, name))]
                for start, end, type_, name, entity in json.loads(mentions.get(document.id, "[]"))
            ],
            "claims": [list(span) for span in spans],
            "report": about.get(document.id, {}),
        }
        yield json.dumps(line, ensure_ascii=False) + "\n"


def write(file: Path, written: Iterable[str]) -> None:
    """Write lines; a lone surrogate, which UTF-8 cannot hold, becomes U+FFFD."""
    with file.open("w", encoding="utf-8", errors="surrogatepass", newline="\n") as out:
        for line in written:
            out.write("".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in line))


class Texts:
    """The file of a build, opened: each document is read when it is asked for."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._places: dict[str, int] = {}
        decode = json.JSONDecoder().raw_decode
        at = 0
        with file.open("rb") as lines_:
            for line in lines_:
                head = line[:4_096].decode("utf-8", "replace")
                if head.startswith(_START):
                    self._places[decode(head, len(_START))[0]] = at
                at += len(line)

    def get(self, document: str) -> dict[str, Any] | None:
        """The line of a document, parsed; None where there is none.  Raises OSError for a file that has gone."""
        place = self._places.get(document)
        if place is None:
            return None
        with self._file.open("rb") as lines_:
            lines_.seek(place)
            found: dict[str, Any] = json.loads(lines_.readline())
        return found if found.get("id") == document else None


def _names(entities: Sequence[Entity]) -> dict[tuple[str, str], str]:
    """The entity of each type and name that only one entity has."""
    found: dict[tuple[str, str], str] = {}
    twice: set[tuple[str, str]] = set()
    for entity in entities:
        for name in entity.names:
            if found.setdefault((entity.type, name), entity.id) != entity.id:
                twice.add((entity.type, name))
    return {key: entity for key, entity in found.items() if key not in twice}
