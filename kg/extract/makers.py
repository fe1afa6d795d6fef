"""Who makes a thing, where the document never says it: who makes what it is a version of, whose name it begins with,
else whom the document is about.

360智脑 is 360's; and where a report on one company tells of another release without saying whose, it is that company's.
Only for things of which the document tells something, and of which it says of nobody that he makes them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.annotate import Rules
from kg.extract import discourse
from kg.languages import HAN
from kg.lexicon import key
from kg.model import Annotated, End, Extraction, Mention, Span, Stance

_SURE = 0.7
"""The least score of a name that others are named after."""
_NAMESAKE = 2
"""… and the least number of its characters."""
_SURELY = 0.6
"""How sure it must be who made a family for its versions to be theirs."""
_NAMED_AFTER, _ABOUT, _HEIR = ("named-after", 0.7), ("main", 0.56), ("family", 0.6)
"""How a maker was found, and how sure that is."""


_HEADING = re.compile(r"\s*#{1,6}\s")
_PROFILE = re.compile(
    r"(?i:(?:(?:company|corporate) )?(?:profile|overview)|about)|(?:公司|企业)?(?:简介|介绍|概况|档案)|关于"
    r"|(?:股份|集团|控股)*有限(?:责任)?公司"
)
_TITLE = 80
"""Characters of a first line that is no more than a title."""
_PLACE = re.compile(rf"[{HAN}]{{0,3}}")
"""What a registered name begins with that its short form leaves out: 武汉."""
_BRACKETS = re.compile(r"[（(][^（()）\n]{0,40}[）)]")


def extract(annotated: Annotated, said: Sequence[Extraction], rules: Rules) -> Iterator[Extraction]:
    """The makers that `said`, what else the document states, leaves open."""
    rule = rules.patterns.families
    if rule is None or rule.maker is None:
        return
    relation = rules.ontology.relation(rule.maker)
    made = {key(e.subject.name) for e in said if e.predicate == relation.name}
    dated = {s.relation for event in rules.patterns.events if event.time for s in event.states if s.object == "time"}
    makers: dict[str, dict[str, Mention]] = {}
    """Those who make things, by the beginnings of their names and by their names."""
    for m in annotated.mentions:
        reading = m.reading(*relation.range)
        sure = reading is not None and reading.score >= _SURE and (reading.entity or reading == m.readings[0])
        if sure and len(m.name) >= _NAMESAKE:
            makers.setdefault(m.name[:_NAMESAKE], {}).setdefault(m.name, m)
    main = discourse.main(annotated)
    heads = _heads(annotated, rules)
    titles = list(_titles(annotated, relation.range))
    yield from _kin(said, made, relation.name, rules)
    for e in said:
        name = key(e.subject.name)
        if name in made or e.subject.type not in relation.domain or e.subject.span is None:
            continue
        alike = makers.get(e.subject.name[:_NAMESAKE], {}).values()
        namesake = max((m for m in alike if _begins(e.subject.name, m.name)), key=lambda m: len(m.name), default=None)
        above = next((m for span, m in heads if span.covers(e.subject.span) and m.reading(*relation.range)), None)
        titled = next((m for m in reversed(titles) if m.span.end <= e.subject.span.start), None)
        about = above or titled or next((main[t] for t in relation.range if t in main), None)
        if namesake:
            yield _made(e.subject, namesake, relation.name, e, _NAMED_AFTER, rules)
        elif (
            about
            and not _anothers(e.subject, about, relation.name, rules)
            and e.predicate in dated
            and e.stance is Stance.ASSERTED
            and e.extractor != "pairs"
        ):
            yield _made(e.subject, about, relation.name, e, _ABOUT, rules)
        else:
            continue
        made.add(name)


def _heads(annotated: Annotated, rules: Rules) -> list[tuple[Span, Mention]]:
    """The sentences of lines that begin with a name as their label, with that name."""
    return [(s.span, s.lead) for s in discourse.sentences(annotated, rules.patterns.names.versioned) if s.lead]


def title(annotated: Annotated, types: Sequence[str]) -> Mention | None:
    """The name of these types that a document's first line holds alone, or calls a profile of it."""
    text = annotated.document.text
    end = text.find("\n")
    for mention in annotated.mentions:
        if not 0 < end <= _TITLE or mention.span.end > end:
            break
        rest = _BRACKETS.sub("", text[: mention.span.start] + text[mention.span.end : end])
        left = "".join(filter(str.isalnum, _PROFILE.sub("", rest)))
        if mention.name and mention.reading(*types) and _PLACE.fullmatch(left):
            return mention
    return None


def _titles(annotated: Annotated, types: Sequence[str]) -> Iterator[Mention]:
    """The names that headings, or the first line, hold alone: whom what follows is about, as in a profile."""
    text = annotated.document.text
    for mention in annotated.mentions:
        start = text.rfind("\n", 0, mention.span.start) + 1
        end = text.find("\n", mention.span.end)
        if mention.readings[0].type not in types or not (_HEADING.match(text, start) or start == 0):
            continue
        rest = text[start : mention.span.start] + text[mention.span.end : end if end >= 0 else len(text)]
        if mention.name and not any(map(str.isalnum, _BRACKETS.sub("", rest))):
            yield mention


def _anothers(subject: End, maker: Mention, relation: str, rules: Rules) -> bool:
    """Whether the seeds know another maker of a thing: whom a text is about is too little against that."""
    known = rules.lexicon.related(subject.entity, relation) if subject.entity else ()
    return bool(known) and not any(reading.entity in known for reading in maker.readings)


def _kin(said: Sequence[Extraction], made: set[str], relation: str, rules: Rules) -> Iterator[Extraction]:
    """The makers of versions of which the document says only who makes what they are versions of."""
    version = rules.patterns.families.version if rules.patterns.families else None
    asserted = [e for e in said if e.stance is Stance.ASSERTED]
    told = {key(e.subject.name): e for e in reversed(asserted) if e.predicate == relation and e.confidence >= _SURELY}
    for e in asserted:
        family = told.get(key(e.object.name))
        if e.predicate == version and key(e.subject.name) not in made and family:
            how, confidence = _HEIR
            yield Extraction(
                relation, e.subject, family.object, family.span, Stance.ASSERTED, confidence, f"makers:{how}"
            )
            made.add(key(e.subject.name))


def _begins(name: str, maker: str) -> bool:
    """Whether a name is that of a maker and something more."""
    rest = name[len(maker) :]
    goes_on = rest[:1].islower() and maker[-1].isascii()
    return bool(rest) and name.startswith(maker) and not goes_on


def _made(
    subject: End, maker: Mention, relation: str, told: Extraction, how: tuple[str, float], rules: Rules
) -> Extraction:
    reading = maker.reading(*rules.ontology.relation(relation).range) or maker.readings[0]
    obj = End(reading.type, maker.text, maker.name, reading.entity, None, maker.span)
    return Extraction(relation, subject, obj, told.span, Stance.ASSERTED, how[1], f"makers:{how[0]}")
