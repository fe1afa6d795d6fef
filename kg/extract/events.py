"""Events: a trigger such as 发布 with its roles, and the relations that it states between them.

Which words are triggers, what their roles may be and what they state stands in `patterns.yaml`; `kg.extract.roles`
finds who fills the roles.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg import languages
from kg.annotate import Rules
from kg.annotate.values import DATE
from kg.extract.discourse import Sentence
from kg.extract.ends import end_of
from kg.extract.roles import Role, Scene, Trigger, triggers
from kg.extract.skeleton import Skeleton
from kg.extract.stance import of_stretch
from kg.lexicon import key
from kg.model import End, Extraction, Mention, Span
from kg.patterns import CLOSE

Filled = tuple[End, float]
"""One end of an extraction, with the factor that its reading is worth."""


def extract(sentence: Sentence, skeleton: Skeleton, text: str, rules: Rules) -> Iterator[Extraction]:
    """What the events of one sentence state."""
    scene = Scene(sentence, skeleton, text, triggers(skeleton, rules.patterns.events))
    told: set[tuple[str, int]] = set()
    """Events that have their theme behind them, by where their words begin."""
    for trigger in scene.triggers:
        themes = scene.themes(trigger)
        if themes and not (trigger.before and (trigger.event.name, trigger.start) in told):
            told.add((trigger.event.name, trigger.start))
            yield from _states(scene, trigger, themes, rules)


def _states(scene: Scene, trigger: Trigger, themes: Sequence[Role], rules: Rules) -> Iterator[Extraction]:
    event = trigger.event
    named = [m for m, _ in themes]
    stance = of_stretch(scene.skeleton, trigger.start, trigger.end)
    span = _words(scene.skeleton, trigger, named)
    roles = {
        "theme": _ends(scene, themes, event.theme),
        "agent": _ends(scene, scene.agents(trigger, named), event.agent),
        "time": _ends(scene, scene.times(trigger), (DATE,)),
    }
    for statement in event.states:
        domain = rules.ontology.relation(statement.relation).domain
        for (subject, subject_score), (obj, object_score) in _pairs(
            roles[statement.subject], roles[statement.object], scene.skeleton.text[: trigger.end]
        ):
            if (subject.entity and subject.entity == obj.entity) or subject.type not in domain:
                continue
            if not obj.value and not (subject.entity and obj.entity) and key(subject.name) == key(obj.name):
                continue
            yield Extraction(
                predicate=statement.relation,
                subject=subject,
                object=obj,
                span=_with(span, obj, scene.sentence),
                stance=stance,
                confidence=statement.confidence * subject_score * object_score,
                extractor=f"events:{event.name}",
            )


def _pairs(subjects: list[Filled], objects: list[Filled], before: str) -> list[tuple[Filled, Filled]]:
    """Which subject goes with which object: all with all, unless the words say that each has its own."""
    if len(subjects) == len(objects) > 1 and languages.load().respectively.search(before):
        return list(zip(subjects, objects, strict=True))
    return [(subject, obj) for subject in subjects for obj in objects]


def _ends(scene: Scene, roles: Sequence[Role], types: tuple[str, ...]) -> list[tuple[End, float]]:
    found = ((end_of(mention, types, scene.sentence, scene.text), factor) for mention, factor in roles)
    return [(end[0], end[1] * factor) for end, factor in found if end]


def _words(skeleton: Skeleton, trigger: Trigger, themes: Sequence[Mention]) -> Span:
    """The stretch of the document from the trigger to the themes that the sentence names."""
    places = [at for at, m in skeleton.mentions.items() if m in themes]
    ends = [skeleton.text.index(CLOSE, at) + 1 for at in places]
    return skeleton.span(min([trigger.start, *places]), max([trigger.end, *ends]))


def _with(span: Span, end: End, sentence: Sentence) -> Span:
    """The words of the event and of what it relates, where both stand in the sentence."""
    if end.span and sentence.span.covers(end.span):
        return Span(min(span.start, end.span.start), max(span.end, end.span.end))
    return span
