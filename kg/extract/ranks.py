"""Ranks: lists under a heading that is a rank, as rankings have them: a line with 一等 alone, and names below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

from kg.annotate import Rules
from kg.extract import cells, stance
from kg.extract.ends import named
from kg.model import Annotated, Extraction, Mention, Span, Stance

_LINE = re.compile(r"^.*$", re.MULTILINE)
_ASIDE = re.compile(r"[（(][^（()）\n]{0,40}[)）]")
_BEGINS = re.compile(r"[ \t]*(?:(?:[-–*•·▪◆●▶◦►]|\d{1,2}[.、)）]?|#{1,6})[ \t]*)?[“「《*`]*")
_SENTENCE = re.compile(r"[。！？!?；;]")
_HEADING, _BESIDE = 40, 10
"""Characters of the longest line that is a heading, and of what may stand there beside the rank: 企业, 阵营."""
_ITEM = 80
"""Characters of the longest line that is an item and has no mark."""
_QUOTED = 200
"""Characters from a rank to a name up to which all between them is quoted."""
_SEPARATOR = re.compile(r"\s?[、，,/]\s?|\s{1,3}")
_CONFIDENCE = 0.78


def extract(annotated: Annotated, rules: Rules) -> Iterator[Extraction]:
    """What the headings of lists say of the names that the lines below begin with."""
    ranks = {c.name for c in rules.ontology.classes if c.ordered}
    for relation in rules.ontology.relations:
        if not ranks.isdisjoint(relation.range):
            for rank, item in _listed(annotated, relation.domain, ranks):
                near = item.span.end - rank.span.start <= _QUOTED
                yield Extraction(
                    relation.name,
                    named(item, relation.domain),
                    named(rank, relation.range),
                    Span(rank.span.start, item.span.end) if near else item.span,
                    Stance.ASSERTED,
                    _CONFIDENCE,
                    "ranks",
                )


def _listed(annotated: Annotated, types: Sequence[str], ranks: Set[str]) -> Iterator[tuple[Mention, Mention]]:
    """Each item of such lists behind the rank that heads it."""
    text = annotated.document.text
    rank: Mention | None = None
    begun = False
    for line in _LINE.finditer(text):
        inside = [m for m in cells.mentions(Span(*line.span()), annotated) if m.recognizer != "pronoun"]
        if heading := _heading(line[0], inside, types, ranks):
            rank, begun = heading, False
        elif rank is not None and (line[0].strip() or begun):
            items = _items(text, line, inside, types)
            yield from ((rank, item) for item in items)
            rank, begun = (rank if items else None), True


def _heading(line: str, inside: Sequence[Mention], types: Sequence[str], ranks: Set[str]) -> Mention | None:
    """The rank that a line is, with hardly anything beside it."""
    found = [m for m in inside if m.readings[0].type in ranks and m.readings[0].entity]
    if len(found) != 1 or len(line) > _HEADING or stance.states_nothing(line):
        return None
    others = any(m.name and m.reading(*types) for m in inside if m is not found[0])
    rest = _ASIDE.sub("", line).replace(found[0].text, "", 1)
    ends = _SENTENCE.search(rest) is not None
    return None if others or ends or sum(map(str.isalnum, rest)) > _BESIDE else found[0]


def _items(text: str, line: re.Match[str], inside: Sequence[Mention], types: Sequence[str]) -> list[Mention]:
    """The names that a line of a list begins with: the last of several that stand side by side, 甲集团乙云."""
    able = [m for m in inside if m.name and m.readings[0].type in types]
    mark = _BEGINS.match(text, line.start(), line.end())
    begins = mark.end() if mark else line.start()
    if not able or able[0].span.start > begins or (_SENTENCE.search(line[0]) and len(line[0]) > _ITEM):
        return []
    found = [able[0]]
    for mention in able[1:]:
        between = text[found[-1].span.end : mention.span.start]
        if not between:
            found[-1] = mention
        elif _SEPARATOR.fullmatch(between):
            found.append(mention)
        else:
            break
    return found
