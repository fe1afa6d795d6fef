"""Events: a trigger such as 发布 with its roles, found clause by clause.

For a trigger whose theme comes behind it: the theme is the first name behind it in its clause that is not only
compared with, with the list that the name begins; the agent is the nearest name before it in its clause, else the
first one of the nearest clause before, else the topic.  For a trigger whose theme comes before it (M 正式上线): the
nearest list of names before it.  The time is the nearest date before the trigger in its clause, else behind it, else
in the nearest clause before that no other event stands in, else the date of the list or heading that the sentence
stands under.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg import languages
from kg.annotate import Rules
from kg.annotate.values import DATE
from kg.extract.discourse import Sentence, oblique
from kg.extract.ends import end_of
from kg.extract.skeleton import Skeleton
from kg.extract.stance import clause_end, clause_start, of_stretch
from kg.model import End, Extraction, Mention, Span
from kg.patterns import CLOSE, OPEN, SLOT, Event

_EARLIER_CLAUSE = 0.95
_TOPIC = 0.78
_HEADER = 0.95
_REACH = 48
"""Skeleton characters between a trigger and its theme: longer ones are other sentences' matter."""


@dataclass(frozen=True, slots=True)
class _Trigger:
    event: Event
    start: int
    end: int
    before: bool
    """Its theme comes before it."""


def extract(sentence: Sentence, skeleton: Skeleton, text: str, rules: Rules) -> Iterator[Extraction]:
    """What the events of one sentence state."""
    triggers = _triggers(skeleton, rules.patterns.events)
    separator = languages.load().list_separator
    for trigger in triggers:
        themes = (
            _theme_before(trigger, skeleton, text, separator)
            if trigger.before
            else _theme_after(trigger, triggers, skeleton, text, separator)
        )
        if not themes and not trigger.before and any(t.before and t.start == trigger.start for t in triggers):
            continue
        factor = 1.0
        if (
            not themes
            and trigger.before
            and not _candidates(skeleton, 0, len(skeleton.text), trigger.event.theme, text)
        ):
            topic = sentence.topic(*trigger.event.theme)
            themes, factor = ([topic], _TOPIC) if topic else ([], 1.0)
        if not themes:
            continue
        agent = () if trigger.before else _agent(trigger, themes, sentence, skeleton, text, separator)
        time = _time(trigger, triggers, sentence, skeleton, text)
        stance = of_stretch(skeleton, trigger.start, trigger.end)
        places = [skeleton_at for skeleton_at, m in skeleton.mentions.items() if m in themes]
        span = skeleton.span(
            min([trigger.start, *places]), max([trigger.end, *(skeleton.text.index(CLOSE, p) + 1 for p in places)])
        )
        roles: dict[str, list[tuple[End, float]]] = {
            "theme": [(e, s * factor) for e, s in _ends(themes, trigger.event.theme, sentence, text)],
            "agent": [(e, s * f) for m, f in agent for e, s in _ends([m], trigger.event.agent, sentence, text)],
            "time": [(e, s * f) for m, f in time for e, s in _ends([m], (DATE,), sentence, text)],
        }
        for statement in trigger.event.states:
            for subject, subject_score in roles[statement.subject]:
                for obj, object_score in roles[statement.object]:
                    if subject.entity and subject.entity == obj.entity:
                        continue
                    if subject.type not in rules.ontology.relation(statement.relation).domain:
                        continue
                    yield Extraction(
                        predicate=statement.relation,
                        subject=subject,
                        object=obj,
                        span=_with(span, obj, sentence),
                        stance=stance,
                        confidence=statement.confidence * subject_score * object_score,
                        extractor=f"events:{trigger.event.name}",
                    )


def _with(span: Span, end: End, sentence: Sentence) -> Span:
    """The words of the event and of what it relates, where both stand in the sentence."""
    if end.span and sentence.span.covers(end.span):
        return Span(min(span.start, end.span.start), max(span.end, end.span.end))
    return span


def _ends(
    mentions: Sequence[Mention], types: tuple[str, ...], sentence: Sentence, text: str
) -> list[tuple[End, float]]:
    return [found for m in mentions if (found := end_of(m, types, sentence, text))]


def _triggers(skeleton: Skeleton, events: Sequence[Event]) -> list[_Trigger]:
    language = 0 if skeleton.language == "zh" else 1
    found = []
    for event in events:
        for before, pattern in ((False, event.transitive[language]), (True, event.intransitive[language])):
            if pattern:
                found += [_Trigger(event, m.start(), m.end(), before) for m in pattern.finditer(skeleton.text)]
    return sorted(found, key=lambda t: (t.start, t.before, t.event.name))


def _candidates(
    skeleton: Skeleton, start: int, end: int, types: tuple[str, ...], text: str
) -> list[tuple[int, Mention]]:
    """The names in a stretch that can have one of these types and are not only compared with, with their places."""
    return [
        (at, m)
        for at, m in sorted(skeleton.mentions.items())
        if start <= at < end
        and m.reading(*types)
        and not (m.name and oblique(text, m, list(skeleton.mentions.values())))
    ]


def _list_from(skeleton: Skeleton, at: int, separator: str) -> list[Mention]:
    """The list of names that begins at a place."""
    found = re.compile(rf"{SLOT}(?:\s?{separator}\s?{SLOT})*").match(skeleton.text, at)
    return skeleton.within(at, found.end()) if found else []


def _list_to(skeleton: Skeleton, at: int, separator: str) -> list[Mention]:
    """The list of names that ends with the one at a place."""
    mentions = [skeleton.mentions[at]]
    end = at
    while before := re.compile(rf"{SLOT}\s?{separator}\s?$").search(skeleton.text[:end]):
        end = before.start()
        mentions.insert(0, skeleton.mentions[end])
    return mentions


def _theme_after(
    trigger: _Trigger, triggers: list[_Trigger], skeleton: Skeleton, text: str, separator: str
) -> list[Mention]:
    limit = min(len(skeleton.text), trigger.end + _REACH)
    for at, found in _candidates(skeleton, trigger.end, limit, trigger.event.theme, text):
        gap = skeleton.text[trigger.end : at]
        if found.recognizer == "pronoun":
            continue
        if re.search(r"[。；;！？!?]", gap) or (
            re.search(
                r"[，,：:](?!\s?(?:即|名为|叫做|包括|分别(?:是|为)|如|例如|比如|像|其中包括|——))",
                re.sub(r"——|：|:", "", gap),
            )
            and trigger.event.theme
        ):
            return []
        if any(
            t.start > trigger.end
            and t.end <= at
            and not t.before
            and t.event.name != trigger.event.name
            and "的" not in skeleton.text[t.end : at][:1]
            for t in triggers
        ) and re.search(r"[，,]", gap):
            return []
        if _passed_on(skeleton, at):
            continue
        return [
            m for m in _list_from(skeleton, at, separator) if m.reading(*trigger.event.theme) and not oblique(text, m)
        ] or [found]
    return []


_OF = re.compile(rf"(?:的(?!(?:[^，,。；;]{{0,8}})(?:版本|版|系列|模型|升级|能力版))|['’]s )(?!{OPEN})")


def _passed_on(skeleton: Skeleton, at: int) -> bool:
    """Whether the name only belongs to what the event is about: 发布了 M 的技术报告."""
    close = skeleton.text.index(CLOSE, at) + 1
    return _OF.match(skeleton.text, close) is not None


def _theme_before(trigger: _Trigger, skeleton: Skeleton, text: str, separator: str) -> list[Mention]:
    start = clause_start(skeleton, trigger.start)
    for back in (start, clause_start(skeleton, start - 1) if start else start):
        found = _candidates(skeleton, back, trigger.start, trigger.event.theme, text)
        if found:
            at, _ = found[-1] if back == start else found[0]
            if _passed_on(skeleton, at) and not skeleton.text[: trigger.start].endswith("的"):
                close = skeleton.text.index(CLOSE, at) + 1
                if close + 1 < trigger.start and skeleton.text[close] == "的" and trigger.start - close > 3:
                    return []
            listed = _list_to(skeleton, at, separator) if back == start else _list_from(skeleton, at, separator)
            return [m for m in listed if m.reading(*trigger.event.theme) and not oblique(text, m)]
    return []


def _agent(
    trigger: _Trigger, themes: Sequence[Mention], sentence: Sentence, skeleton: Skeleton, text: str, separator: str
) -> list[tuple[Mention, float]]:
    start = clause_start(skeleton, trigger.start)
    found = _candidates(skeleton, start, trigger.start, trigger.event.agent, text)
    if found:
        at, _ = found[-1]
        return [(m, 1.0) for m in _list_to(skeleton, at, separator) if m.reading(*trigger.event.agent)]
    others = [
        m
        for m in skeleton.within(start, trigger.start)
        if not m.reading(DATE) and m.readings[0].type in trigger.event.theme
    ]
    if others:
        return []
    while start > 0:
        earlier = clause_start(skeleton, start - 1)
        found = _candidates(skeleton, earlier, start, trigger.event.agent, text)
        if found:
            at, _ = found[0]
            return [
                (m, _EARLIER_CLAUSE) for m in _list_from(skeleton, at, separator) if m.reading(*trigger.event.agent)
            ]
        start = earlier if earlier < start else 0
    topic = sentence.topic(*trigger.event.agent)
    return [(topic, _TOPIC)] if topic and topic not in themes else []


def _dates(skeleton: Skeleton, start: int, end: int) -> list[tuple[int, Mention]]:
    return [
        (at, m)
        for at, m in sorted(skeleton.mentions.items())
        if start <= at < end and m.readings[0].type == DATE and m.readings[0].value
    ]


def _time(
    trigger: _Trigger, triggers: list[_Trigger], sentence: Sentence, skeleton: Skeleton, text: str
) -> list[tuple[Mention, float]]:
    if trigger.event.time is None:
        return []
    start, end = clause_start(skeleton, trigger.start), clause_end(skeleton, trigger.end)
    others = [t for t in triggers if abs(t.start - trigger.start) > 3]
    before = [
        (at, m)
        for at, m in _dates(skeleton, start, trigger.start)
        if not any(at < t.start and t.end <= trigger.start and _separate(skeleton, t, trigger) for t in others)
    ]
    if before:
        return [(before[-1][1], 1.0)]
    after = [
        (at, m) for at, m in _dates(skeleton, trigger.end, end) if not any(trigger.end < t.start < at for t in others)
    ]
    if after:
        return [(after[0][1], 0.98)]
    while start > 0:
        earlier = clause_start(skeleton, start - 1)
        found = _dates(skeleton, earlier, start)
        taken = any(earlier <= t.start < start for t in others)
        if found and not taken:
            return [(found[-1][1], _EARLIER_CLAUSE)]
        if found and taken and found[0][0] == earlier:
            return [(found[0][1], _EARLIER_CLAUSE * 0.9)]
        if earlier >= start:
            break
        start = earlier
    if skeleton.language == "en" and (found := _dates(skeleton, 0, len(skeleton.text))) and len(found) == 1:
        return [(found[0][1], 0.9)]
    if sentence.header_date and sentence.header_date not in sentence.mentions:
        return [(sentence.header_date, _HEADER)]
    return []


def _separate(skeleton: Skeleton, one: _Trigger, two: _Trigger) -> bool:
    """Whether two triggers of a clause are events of their own: a name stands between them."""
    return bool(skeleton.within(one.end, two.start))
