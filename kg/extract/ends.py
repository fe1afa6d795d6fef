"""From a mention to one end of an extraction."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.antecedents import antecedent
from kg.extract.discourse import Sentence
from kg.model import End, Mention

_SURER, _DOUBT = 0.12, 0.8
"""By how much another class must be surer for this one to be doubted, and what that costs."""


def end_of(mention: Mention, types: tuple[str, ...], sentence: Sentence, text: str) -> tuple[End, float] | None:
    """A mention read as one of `types`, with the score of that reading; a pronoun as the name that it stands for.

    Of readings that are as sure, the one that `types` names first.
    """
    if mention.recognizer == "pronoun":
        for type_ in types:
            if mention.reading(type_) and (named := antecedent(sentence, mention, type_, text)):
                return end_of(named, (type_,), sentence, text)
        return None
    able = [r for r in mention.readings if r.type in types]
    reading = max(able, key=lambda r: (r.score, -types.index(r.type)), default=None)
    if (
        reading is None
        or (not reading.value and not mention.name)
        or (reading.type == "Date" and reading.value is None)
    ):
        return None
    best = mention.readings[0]
    doubt = _DOUBT if best.type not in types and best.score - reading.score > _SURER else 1.0
    end = End(
        reading.type, mention.text, mention.name, reading.entity, reading.value, mention.span, min(1.0, reading.score)
    )
    return end, reading.score * doubt


def named(mention: Mention, types: Sequence[str]) -> End:
    """A mention as one end, read as one of `types` or else as what it surely is."""
    reading = mention.reading(*types) or mention.readings[0]
    return End(
        reading.type, mention.text, mention.name, reading.entity, reading.value, mention.span, min(1.0, reading.score)
    )
