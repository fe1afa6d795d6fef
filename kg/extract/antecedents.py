"""What a pronoun stands for: the name before it in its sentence, the topic of the text before, or what the whole text
is about."""

from __future__ import annotations

import re

from kg import languages
from kg.extract.discourse import Sentence, begins_clause, identity
from kg.extract.standing import oblique
from kg.model import Mention, Span

_ITS = re.compile(r"its|our", re.IGNORECASE)
_US = re.compile(r"we|our|我们", re.IGNORECASE)
_GENERIC = ("公司",)
"""What stands for the whole text's subject unless its own paragraph tells about another."""
_RATHER = 1.5
"""A pronoun stands for a thing of another type whose topic weighs so many times more."""
_CLEARLY = 0.12
"""By how much surer another class of a name must be for it to be no antecedent of this class."""


def _speaks(text: str, mention: Mention) -> bool:
    """Whether a name only says whose words follow: 林晚：他是……"""
    start, end = mention.span.start, mention.span.end
    return text[end : end + 1] in ("：", ":") and not text[text.rfind("\n", 0, start) + 1 : start].strip()


def antecedent(sentence: Sentence, pronoun: Mention, type_: str, text: str) -> Mention | None:
    """What a pronoun stands for when it is read as `type_`: the nearest name before it, in its sentence or as the
    topic."""
    if pronoun.inward and (main := dict(sentence.matter).get(type_)):
        near = sentence.topic(type_) if pronoun.text in _GENERIC else None
        return near if near and _heads_paragraph(text, near, pronoun, main) else main
    if pronoun.inward and _US.fullmatch(pronoun.text):
        return None  # who speaks, the text does not say
    start = pronoun.span.start
    if len(pronoun.text) > 1:  # 该产品, this product: not what its own clause has just named
        clause = list(languages.load().clause_end.finditer(text, sentence.span.start, start))
        start = clause[-1].end() if clause else sentence.span.start
    words = languages.load()
    contrasted = words.former.fullmatch(pronoun.text) or words.latter.fullmatch(pronoun.text)
    before = [
        m
        for m in sentence.mentions
        if m.span.end <= start
        and m.name
        and (reading := m.reading(type_))
        and m.readings[0].score - reading.score <= _CLEARLY
        and m.recognizer != "pronoun"
        and (contrasted or not oblique(text, m))
        and not _speaks(text, m)
        and not (_owns(text, pronoun) and text[m.span.end : pronoun.span.start] == ", ")  # X, its research arm
    ]
    if contrasted:
        named = list({identity(m): m for m in before}.values())
        if not named:
            named = [m for m in sentence.couple if m.reading(type_)]
        if words.former.fullmatch(pronoun.text):
            return named[-2] if len(named) > 1 else None
        if len(named) > 1:
            return named[-1]
    return before[-1] if before else None if _another(sentence, pronoun, type_) else sentence.topic(type_)


def _heads_paragraph(text: str, near: Mention, pronoun: Mention, main: Mention) -> bool:
    """Whether the paragraph of a pronoun tells about `near`, and has not named what the whole text is about."""
    line = Span(text.rfind("\n", 0, pronoun.span.start) + 1, pronoun.span.start)
    if not line.covers(near.span) or main.text in text[line.start : line.end]:
        return False
    return pronoun.span.start - near.span.end <= 1 or begins_clause(text, line, near)


def _owns(text: str, pronoun: Mention) -> bool:
    """Whether a pronoun says whose something is: its, the company's."""
    return bool(_ITS.fullmatch(pronoun.text)) or text.startswith(("'s ", "’s "), pronoun.span.end)


def _another(sentence: Sentence, pronoun: Mention, type_: str) -> bool:
    """Whether a pronoun rather stands for a thing of another class, of which the text before has said more."""
    mine = sentence.weights.get(type_)
    others = [sentence.weights.get(r.type, 0.0) for r in pronoun.readings if r.type != type_]
    return mine is not None and max(others, default=0.0) > _RATHER * mine
