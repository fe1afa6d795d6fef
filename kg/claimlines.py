"""Claim lines: a claim as one JSON object, the form in which `kg extract` prints claims and other programs score
them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from kg.model import Claim, Entity, Knowledge, Value
from kg.resolve import with_names


def lines(knowledge: Knowledge, *, everything: bool = False) -> Iterator[dict[str, Any]]:
    """The accepted claims of what is known, in sorted order; with `everything` also those that make no fact."""
    entities = {e.id: e for e in knowledge.entities}
    spoken: dict[str, dict[str, None]] = {}
    for merge in knowledge.merges:
        spoken.setdefault(merge.entity, {})[merge.name] = None
    for claim in knowledge.claims:
        for entity, text in ((claim.subject, claim.subject_text), (claim.object, claim.object_text)):
            if isinstance(entity, str) and text:
                spoken.setdefault(entity, {})[text] = None
    for claim in sorted(knowledge.claims, key=lambda c: (c.document, c.evidence.start, c.predicate, c.id)):
        if everything or claim.accepted:
            yield _line(claim, entities, spoken)


def dumped(line: dict[str, Any]) -> str:
    """A claim line as text, on one line whatever the document holds."""
    return (
        json.dumps(line, ensure_ascii=False)
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
        .replace("\x85", "\\u0085")
    )


def _line(claim: Claim, entities: dict[str, Entity], spoken: dict[str, dict[str, None]]) -> dict[str, Any]:
    evidence = claim.evidence
    line: dict[str, Any] = {
        "doc": claim.document,
        "predicate": claim.predicate,
        "stance": str(claim.stance),
        "confidence": claim.confidence,
        "extractor": claim.extractor,
        "subject": _end(entities[claim.subject], claim.subject_text, spoken),
        "object": _object(claim, entities, spoken),
        "evidence": {
            "start": evidence.start,
            "end": evidence.end,
            "exact": evidence.exact,
            "quote": evidence.quote,
        },
    }
    if claim.attribution:
        line["attribution"] = claim.attribution
    return line


def _object(claim: Claim, entities: dict[str, Entity], spoken: dict[str, dict[str, None]]) -> dict[str, Any]:
    if isinstance(claim.object, Value):
        return _value(claim.object)
    entity = entities[claim.object]
    return {"value": entity.rank} if entity.rank is not None else _end(entity, claim.object_text, spoken)


def _value(value: Value) -> dict[str, Any]:
    said: dict[str, Any] = {"value": value.python}
    if value.when:
        said |= {
            "datatype": f"xsd:{value.datatype}",
            "earliest": value.when.earliest.isoformat(),
            "latest": value.when.latest.isoformat(),
        }
    elif value.datatype != "string":
        said["datatype"] = f"xsd:{value.datatype}"
    return said


def _end(entity: Entity, mention: str, spoken: dict[str, dict[str, None]]) -> dict[str, Any]:
    named = with_names(entity, spoken.get(entity.id, ()))
    return {"id": entity.id, "type": entity.type, "label": entity.label, "mention": mention, "names": list(named.names)}
