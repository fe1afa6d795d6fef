"""What names say by themselves: `X 2.0` is a version of `X`, `X-7B` has seven billion of what `B` counts; `X-7B` and
`X-lite` are versions of `X` too where the document calls `X` a series or family.

Only where the name itself goes on with a version and the shorter name stands in the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg import quantities
from kg.annotate import Rules
from kg.annotate.tails import tail_pattern
from kg.annotate.versions import SIZED
from kg.lexicon import key
from kg.model import Annotated, End, Extraction, Mention, Span, Stance, Value

_SIZE = re.compile(r"(?<![A-Za-z0-9.])(\d+(?:\.\d+)?[BbT])(?![A-Za-z0-9])")
_NUMBER = re.compile(
    r"[\s\-–_·]?(?:[vV]?\d+(?:\.\d+)*(?![\d.]*[BbTMKk](?![A-Za-z]))|[A-Z]\d(?:\.\d)?|第?[二三四五六七八九]代)"
)
_NUMBERED = re.compile(rf"(?:{_NUMBER.pattern})(?:[\s\-–_](?:[A-Z][a-z]{{2,}}|mini|nano|lite))?")
_VERSIONED = re.compile(r"\d$")
_EDITION = re.compile(r"[\s\-–_]?[A-Z][a-z]{2,}|[\s\-–_](?:mini|nano|lite)")
_LIE, _ROUNDED = 0.5, 0.35
"""What is left of the confidence in a size that is not the name's, and how far off, in parts of it, one still is."""
_TRIM = " -–_·"
_SERIES = re.compile(r"系列|家族|(?i:\b(?:series|family|lineup)\b)")
_MEMBER = re.compile(r"[-–·](?:[a-z]{3,10}|[A-Z][A-Za-z]{2,10}|[\u4e00-\u9fff]{2,4})")
"""What a family's members are told apart by, where it is no number and no word of `tails`."""


def extract(annotated: Annotated, said: Sequence[Extraction], rules: Rules) -> Iterator[Extraction]:
    """The families and sizes that names tell, of the things that the document says something about (`said`)."""
    rule = rules.patterns.families
    if rule is None:
        return
    tails = tail_pattern(rules.patterns.names)
    named: dict[str, Mention] = {}
    """Mentions by name, and by entity."""
    series: set[str] = set()
    bases: dict[Span, Mention] = {}
    """For each name that is only a size in a list, the name that the list begins with."""
    base = None
    for mention in annotated.mentions:
        if mention.name and (mention.readings[0].type in rules.patterns.names.versioned):
            if mention.recognizer != SIZED:
                base = mention
            elif base:
                bases[mention.span] = base
            named.setdefault(key(mention.name), mention)
            if entity := mention.readings[0].entity:
                named.setdefault(entity, mention)
            if _SERIES.search(annotated.document.text, mention.span.start + 1, mention.span.end + 10):
                series.add(key(mention.name))
    listed = {*bases.values(), *(m for m in annotated.mentions if m.span in bases)}
    """Those in lists of sizes: the text calls each by what they have in common."""
    about = {key(e.subject.name) for e in said}
    about |= {k for k, m in named.items() if m.span in bases and key(bases[m.span].name) in about}
    stated = {(e.predicate, key(e.subject.name)) for e in said}
    for name_key in sorted(named.keys() & about, key=lambda k: named[k].span):
        mention = named[name_key]
        reading = mention.readings[0]
        told = _SIZE.sub("", mention.name).strip(_TRIM) if mention in listed else mention.text
        subject = End(reading.type, told, mention.name, reading.entity, None, mention.span)
        words = Span(bases.get(mention.span, mention).span.start, mention.span.end)
        if (
            rule.version
            and reading.type in rules.ontology.relation(rule.version).domain
            and (family := _base(mention.name, named, series, tails, rules) or _headed(mention, tails, rules))
            and (family.entity is None or family.entity != subject.entity)
        ):
            yield _extraction(rule.version, subject, family, words, rule.confidence, "version")
        if (rule.size, name_key) in stated:
            continue  # the text gives the exact number
        size = _SIZE.search(mention.name)
        if size and size.end() != len(mention.name):
            continue  # -7B-Chat: the text speaks of a sized thing's edition
        if rule.size and size and reading.type in rules.ontology.relation(rule.size).domain:
            found = quantities.parse(size[1])
            if found:
                value = Value(str(int(found)), "integer")
                end = End(rule.size_type, size[1], size[1], None, value, mention.span)
                yield _extraction(rule.size, subject, end, words, rule.confidence, "size")


def doubted(found: Sequence[Extraction], rules: Rules) -> list[Extraction]:
    """The extractions, with less confidence in a size that the name of its thing gives the lie to, 140亿 of X-7B, or
    that is said of a kind of things: a 35M Transformer."""
    rule = rules.patterns.families
    if rule is None:
        return list(found)
    return [
        replace(e, confidence=e.confidence * _LIE)
        if e.predicate == rule.size and (not _fits(e) or rule.kinds.fullmatch(e.subject.name))
        else e
        for e in found
    ]


def _fits(said: Extraction) -> bool:
    """Whether a size is about that in the name of its thing, if there is one."""
    sizes = [float(size) for told in _SIZE.findall(said.subject.name) if (size := quantities.parse(told))]
    value = float(said.object.value.lexical) if said.object.value else 0.0
    return not sizes or any(abs(value - size) <= _ROUNDED * size for size in sizes)


def _headed(mention: Mention, tails: re.Pattern[str], rules: Rules) -> End | None:
    """The family that a name itself holds between it and its version: 甲系统2.0 is a version of 甲系统."""
    for type_, head in rules.patterns.names.heads:
        for found in head.finditer(mention.text):
            rest = mention.text[found.end() :]
            name = mention.text[: found.start()].strip('“”"「」《》 ')
            if name and rest and tails.fullmatch(rest) and _NUMBER.fullmatch(rest):
                whole = mention.text[: found.end()]
                entity = rules.lexicon.lookup(whole, type_) or rules.lexicon.lookup(name, type_)
                return End(type_, whole, name, entity, None, Span(mention.span.start, mention.span.start + found.end()))
    return None


def _extraction(relation: str, subject: End, obj: End, span: Span, confidence: float, kind: str) -> Extraction:
    return Extraction(relation, subject, obj, span, Stance.ASSERTED, confidence, f"families:{kind}")


def _base(name: str, named: dict[str, Mention], series: set[str], tails: re.Pattern[str], rules: Rules) -> End | None:
    """The longest shorter name in the document that this one goes on from with what tells versions apart."""
    for cut in range(len(name) - 1, 1, -1):
        shorter = name[:cut].strip(_TRIM)
        number = tails.fullmatch(name[cut:]) is not None and _NUMBERED.fullmatch(name[cut:]) is not None
        edition = _VERSIONED.search(shorter) is not None and _EDITION.fullmatch(name[cut:]) is not None
        if not (number or edition) and (key(shorter) not in series or _SIZE.search(shorter)):
            continue
        if not (tails.fullmatch(name[cut:]) or _MEMBER.fullmatch(name[cut:])):
            continue
        if len(shorter) < 2 or shorter[-1] == "." or (shorter[-1].isdigit() and name[cut].isdigit()):
            continue
        types = rules.patterns.families.family if rules.patterns.families else ()
        known = next((e for t in types if (e := rules.lexicon.lookup(shorter, t))), None)
        found = named.get(key(shorter)) or (named.get(known) if known else None)
        if found and key(shorter) not in series and any(r.type not in types and r.entity for r in found.readings):
            continue  # a company's name, which its thing goes on from
        if found and (reading := found.reading(*types)):
            return End(reading.type, found.text, found.name, reading.entity, None, found.span)
    return None
