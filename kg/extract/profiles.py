"""Profiles: what the items of a section are to whom the document is about, as its heading says: products, people.

Only documents whose title is a name, alone or called a profile, and only items that name nobody else it could be.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from kg.annotate import Rules
from kg.annotate.tails import head_behind
from kg.extract import makers
from kg.extract.ends import named
from kg.model import Annotated, Extraction, Mention, Span, Stance
from kg.patterns import Section

_HEADING = re.compile(
    r"(?m)^[ \t]*(?P<mark>[【■▍◆●▶#*\[]*)[ \t]*(?P<words>[^\n。，,；;：:！？!?|【】#*]{2,24}?)[ \t]*[】\]*#:：]*[ \t]*$"
)
_BEGINS = re.compile(r"[ \t]*(?:(?:[-–*•·▪◦►]|\d{1,2}[.、)）])[ \t]*)?[“「《*`]*")
_GOES_ON = re.compile(r"[”」》*`]*(?:系列)?(?:[ \t]*(?:$|[-–—：:|（(，,]|是)|[ \t]{2,})", re.MULTILINE)
_POST = re.compile(r"[ \t]*(?:[-–*•·▪◦►][ \t]*)?[^\n：:，,。]{1,24}[：:][ \t]*$")
_CONFIDENCE = 0.68
_LINE = 400
"""Characters of a line that is looked at."""
_LISTED = 0.78
"""The least that the place of a name in such a list tells of its class."""


def extract(annotated: Annotated, said: Sequence[Extraction], rules: Rules) -> Iterator[Extraction]:
    """What the sections of a profile say of their items."""
    text = annotated.document.text
    starts = [m.span.start for m in annotated.mentions]
    for section in rules.patterns.sections:
        relation = rules.ontology.relation(section.relation)
        whose = makers.title(annotated, relation.range)
        if whose is None:
            continue
        people = rules.patterns.names.titled in section.types  # who may work for two houses
        told = {e.subject.span for e in said if e.predicate == relation.name and not people}
        obj = named(whose, relation.range)
        for span in _bodies(text, section, starts):
            inside = annotated.mentions[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
            for mention in _items(inside, text, section, rules):
                if mention.span not in told:
                    end = Span(mention.span.start, _line_end(text, mention.span.end))
                    subject = named(mention, section.types)
                    yield Extraction(
                        relation.name,
                        subject,
                        obj,
                        end,
                        Stance.ASSERTED,
                        _CONFIDENCE * max(_LISTED, subject.score),
                        "profiles",
                    )


def _bodies(text: str, section: Section, starts: Sequence[int]) -> Iterator[Span]:
    """The stretches under headings of a kind: up to the next heading with such a mark, or that stands by itself or
    begins a paragraph and names nothing."""
    headings = list(_HEADING.finditer(text))
    for number, heading in enumerate(headings):
        if not section.heading.fullmatch(heading["words"].strip()):
            continue
        ends = (
            other.start()
            for other in headings[number + 1 :]
            if (other["mark"][:1] == heading["mark"][:1] if heading["mark"] else _apart(text, other, starts))
        )
        yield Span(heading.end(), next(ends, len(text)))


def _apart(text: str, heading: re.Match[str], starts: Sequence[int]) -> bool:
    """Whether a line stands between empty ones, or behind one without naming anything."""
    behind = text[max(0, heading.start() - 2) : heading.start()] == "\n\n"
    names = bisect_left(starts, heading.start()) < bisect_left(starts, heading.end())
    return behind and (not names or text.startswith("\n\n", heading.end()))


def _items(inside: Sequence[Mention], text: str, section: Section, rules: Rules) -> Iterator[Mention]:
    """Of the mentions of a stretch, the names that its lines begin with, or that stand behind the label of a post."""
    names = rules.patterns.names
    titled = {_line_end(text, m.span.end) for m in inside if m.reading(names.title or "")}
    for mention in inside:
        if not mention.name or mention.readings[0].type not in section.types:
            continue
        start = text.rfind("\n", max(0, mention.span.start - _LINE), mention.span.start) + 1
        begins = _BEGINS.fullmatch(text, start, mention.span.start)
        if names.titled in section.types:
            posted = begins or _POST.fullmatch(text, start, mention.span.start)
            if posted and _line_end(text, mention.span.end) in titled:
                yield mention
        elif begins and _GOES_ON.match(text, head_behind(text, mention.span.end, names)[1]):
            yield mention


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at, at + _LINE)
    return end if end >= 0 else min(len(text), at + _LINE)
