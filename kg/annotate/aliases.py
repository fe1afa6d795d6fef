"""Second names that a document gives in parentheses behind a first one, and where they stand again."""

from __future__ import annotations

import re

from kg.annotate import Rules
from kg.languages import HAN
from kg.lexicon import key
from kg.model import Alias, Mention, Reading, Span

_PARENTHESIS = re.compile(r"\s?[（(](?P<inside>[^（）()\n]{1,40})[）)]")
_MEMBERS = re.compile(r"、.*[^、]|等\s*$")
"""What a parenthesis with members has, as 甲系列（甲-7B、甲-14B 等）: they are not other names."""
_NEARLY = 0.2
"""How much less sure than its best reading one is that still counts."""
_PART = re.compile(r"[，,；;、/|]")
_TIGHT = re.compile(rf"^(?:[A-Za-z0-9][\w.\-+ ]{{0,30}}|[{HAN}A-Za-z0-9·\-.+ ]{{2,12}})$")


def aliases(text: str, mentions: list[Mention], rules: Rules) -> tuple[Alias, ...]:
    """Other names in parentheses behind a name, and their mentions in the rest of the document."""
    found: list[Alias] = []
    by_end = {m.span.end: m for m in mentions if m.name and m.recognizer not in ("dates", "values", "pronoun")}
    starts = {m.span.start: m for m in mentions}
    for end, named in sorted(by_end.items()):
        match = _PARENTHESIS.match(text, end)
        if not match:
            continue
        if _MEMBERS.search(match["inside"]):
            continue
        at = match.start("inside")
        for part in _PART.split(match["inside"]):
            part_at, stripped = at, part.strip()
            at += len(part) + 1
            cue = rules.patterns.names.alias.match(stripped)
            alias = stripped[cue.end() :].strip(' “”"‘’「」') if cue else stripped
            inside = starts.get(part_at + part.find(alias)) if alias else None
            if not alias or key(alias) == key(named.name) or alias in rules.patterns.names.common:
                continue  # 以下简称“公司”: a word that stands for a name, and none itself
            if cue:
                if _TIGHT.match(alias):
                    found.append(Alias(named.name, alias, named.readings[0].type, Span(*match.span())))
                continue
            same = inside is not None and inside.span == Span(
                part_at + part.find(alias), part_at + part.find(alias) + len(alias)
            )
            if same and inside is not None and (shared := _shared(named, inside)):
                found.append(Alias(named.name, alias, shared, Span(*match.span())))
    return tuple(found)


def _shared(one: Mention, two: Mention) -> str | None:
    """The class that both are read as, or nearly, unless they are known to be two things."""
    least, other_least = one.readings[0].score - _NEARLY, two.readings[0].score - _NEARLY
    for reading in one.readings:
        other = two.reading(reading.type)
        if (
            other
            and reading.score >= least
            and other.score >= other_least
            and not (reading.entity and other.entity and reading.entity != other.entity)
        ):
            return reading.type
    return None


def alias_mentions(text: str, aliases: tuple[Alias, ...]) -> list[Mention]:
    """Mentions of the aliases that nothing else has found, everywhere in the document."""
    return [
        Mention(Span(*match.span()), match[0], (Reading(alias.type, score=0.9),), alias.alias, "alias")
        for alias in aliases
        for match in re.finditer(rf"(?<![A-Za-z0-9]){re.escape(alias.alias)}(?![A-Za-z0-9]|-[A-Za-z])", text)
    ]
