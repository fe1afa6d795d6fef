"""Predicate–argument frames of an annotator with semantic roles, read by the same events as plain text.

The predicate is a trigger if an event's trigger matches its words; A0 is the agent, A1 the theme, ARGM-TMP the time
(PropBank's names).  Annotators without frames give nothing here.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.annotate import Rules
from kg.model import Annotated, End, Extraction, Frame, Mention, Span, Stance
from kg.patterns import Event

_ROLES = {"A0": "agent", "ARG0": "agent", "A1": "theme", "ARG1": "theme", "ARGM-TMP": "time", "TMP": "time"}


def extract(annotated: Annotated, rules: Rules) -> Iterator[Extraction]:
    """What the frames of a document state."""
    text = annotated.document.text
    for frame in annotated.frames:
        words = text[frame.predicate.start : frame.predicate.end]
        for event in rules.patterns.events:
            if any(p and p.search(words) for p in (*event.transitive, *event.intransitive)):
                yield from _states(event, frame, annotated.mentions, rules)


def _states(event: Event, frame: Frame, mentions: tuple[Mention, ...], rules: Rules) -> Iterator[Extraction]:
    types = {"agent": event.agent, "theme": event.theme, "time": (event.time,) if event.time else ()}
    roles: dict[str, list[tuple[End, float]]] = {"agent": [], "theme": [], "time": []}
    spans = [frame.predicate]
    for label, span in frame.arguments:
        role = _ROLES.get(label)
        if role is None:
            continue
        spans.append(span)
        for mention in mentions:
            reading = mention.reading(*types[role]) if span.covers(mention.span) else None
            if reading and (reading.value or mention.name):
                end = End(reading.type, mention.text, mention.name, reading.entity, reading.value, mention.span)
                roles[role].append((end, reading.score))
    whole = Span(min(s.start for s in spans), max(s.end for s in spans))
    for statement in event.states:
        for subject, subject_score in roles[statement.subject]:
            for obj, object_score in roles[statement.object]:
                if subject.type in rules.ontology.relation(statement.relation).domain:
                    yield Extraction(
                        statement.relation,
                        subject,
                        obj,
                        whole,
                        Stance.ASSERTED,
                        statement.confidence * subject_score * object_score,
                        f"frames:{event.name}",
                    )
