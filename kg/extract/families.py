"""What names say by themselves: `X 2.0` is a version of `X`, `X-7B` has seven billion of what `B` counts.

Only where the name itself goes on with a version and the shorter name is known, or stands in the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg import quantities
from kg.annotate import Rules
from kg.annotate.names import tail_pattern
from kg.lexicon import key
from kg.model import Annotated, End, Extraction, Mention, Span, Stance, Value

_SIZE = re.compile(r"(?<![A-Za-z0-9.])(\d+(?:\.\d+)?[BbT])(?![A-Za-z0-9])")
_NUMBER = re.compile(r"[\s\-–_·]?(?:[vV]?\d+(?:\.\d+)*(?![\d.]*[BbTMKk](?![A-Za-z]))|[A-Z]\d)")
_TRIM = " -–_·"


def extract(annotated: Annotated, said: Sequence[Extraction], rules: Rules) -> Iterator[Extraction]:
    """The families and sizes that names tell, of the things that the document says something about (`said`)."""
    rule = rules.patterns.families
    if rule is None:
        return
    tails = tail_pattern(rules.patterns.names)
    named: dict[str, Mention] = {}
    for mention in annotated.mentions:
        if mention.name and (mention.readings[0].type in rules.patterns.names.versioned):
            named.setdefault(key(mention.name), mention)
    about = {key(e.subject.name) for e in said}
    stated = {(e.predicate, key(e.subject.name)) for e in said}
    for name_key in sorted(named.keys() & about, key=lambda k: named[k].span):
        mention = named[name_key]
        reading = mention.readings[0]
        subject = End(reading.type, mention.text, mention.name, reading.entity, None, mention.span)
        if (
            rule.version
            and reading.type in rules.ontology.relation(rule.version).domain
            and (base := _base(mention.name, named, tails, rules))
            and (base.entity is None or base.entity != subject.entity)
        ):
            yield _extraction(rule.version, subject, base, mention.span, rule.confidence, "version")
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
                yield _extraction(rule.size, subject, end, mention.span, rule.confidence, "size")


def _extraction(relation: str, subject: End, obj: End, span: Span, confidence: float, kind: str) -> Extraction:
    return Extraction(relation, subject, obj, span, Stance.ASSERTED, confidence, f"families:{kind}")


def _base(name: str, named: dict[str, Mention], tails: re.Pattern[str], rules: Rules) -> End | None:
    """The longest shorter name in the document that this one goes on from with a version number."""
    for cut in range(len(name) - 1, 1, -1):
        if not tails.fullmatch(name[cut:]) or not _NUMBER.fullmatch(name[cut:]):
            continue
        shorter = name[:cut].strip(_TRIM)
        if len(shorter) < 2 or shorter[-1] == "." or (shorter[-1].isdigit() and name[cut].isdigit()):
            continue
        if (found := named.get(key(shorter))) and (
            reading := found.reading(*rules.patterns.families.family if rules.patterns.families else ())
        ):
            return End(reading.type, found.text, found.name, reading.entity, None, found.span)
    return None
