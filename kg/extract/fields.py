"""Records: lines of a label and a value below the name of the thing that they describe, as model cards, infoboxes and
lists of products have them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg import languages
from kg.annotate import Rules
from kg.extract import cells, stance
from kg.model import Annotated, End, Extraction, Span

_FIELD = re.compile(
    r"[\s>*•·●▪–-]*【?(?P<label>[^\s:：【】|。，,；;][^:：【】|。，,；;\n]{0,23}?)"
    r"(?:】\s*[:：]?|\s*\*{0,2}\s*[:：])[\s*]*(?P<value>[^\s*].*?)?[\s*]*$"
)
_SPACED = re.compile(r"(?P<label>[\u4e00-\u9fff]{2,6}) (?P<value>[^\s。；！？!?][^\n。；！？!?]{0,59})$")
"""A field that only a blank parts from its label, as infoboxes have them, several on lines that follow one another."""
_BOX = 3
_PARTS = re.compile(
    r"(?<![ \u3000])[ \u3000]+(?=(?:\*\*|【)?[\u4e00-\u9fff]{2,8}(?:\*\*)?[:：】])|(?<=\S)\s[|｜]\s(?=\S)"
)
"""What keeps several fields of one line apart."""
_LABEL = 12
"""Characters of a line that is a label whose value stands on the line below."""
_VALUE = 80
"""Characters of a value: longer ones are prose."""
_LINE = 400
"""… and of a line with several fields."""
_PROSE = re.compile(r"[。！？；]|[.!?]\s+[A-Z]")
_LISTING = re.compile(r"[、，,]")
_FOUND, _BELOW = 0.88, 0.8
"""The confidence of a field, and of one whose value stands on the line below."""
_LEAST = 2
"""So many of its lines must say something known before lines are a record."""
_VERSION = re.compile(r"[vV]?[0-9][0-9.]*$")
_FRONT = re.compile(r"---\n.*?\n---(?:\n|$)", re.DOTALL)
"""What a model card begins with: fields about what its first heading names."""
_ACCOUNT = re.compile(r"[A-Za-z0-9][\w.-]*/(?=[A-Za-z0-9])")
_LATEST = re.compile(r"(?:最新|当前|现行|稳定)|(?i:latest|current|stable)")
"""What a label begins with that names one version of a thing, not the thing."""
_NAMES = re.compile(r"(?i:名称?|名字| ?names?| ?id)")
_NAME = 24
"""Characters of a name that nothing but its field shows to be one."""
_ABOVE = 3
"""The name that heads a record stands at most so many lines above it."""
_HEADINGS = 4
"""… or in one of so many headings above, or in the first line of the text."""
_TITLE = re.compile(r"^#.*", re.MULTILINE)
_MARKS = re.compile(r"^[\s#>*=【\[0-9.、）)•·-]+|[\s】\]*=:：]+$")


@dataclass(frozen=True, slots=True)
class _Field:
    label: str
    value: Span
    line: Span
    below: bool
    """Whether the value stands on the line below its label."""


def extract(annotated: Annotated, rules: Rules) -> tuple[list[Extraction], list[Span]]:
    """What the records of a document state, and the stretches that they were read from, in order."""
    found: list[Extraction] = []
    read: set[Span] = set()
    titles = _titles(annotated.document.text)
    starts = [m.span.start for m in annotated.mentions]
    front = matter.end() if (matter := _FRONT.match(annotated.document.text)) else 0
    below = [title for title in titles if title.start >= front][:1]
    for block in _blocks(annotated.document.text, rules):
        card = block[0].line.start < front
        above = below if card else _above(annotated.document.text, block[0].line.start, titles)
        for record in _records(block):
            read_at = sorted({*above, Span(record[0].line.start, record[-1].line.end)})
            near = [annotated.mentions[bisect_left(starts, p.start) : bisect_left(starts, p.end)] for p in read_at]
            local = replace(annotated, mentions=tuple(dict.fromkeys(m for mentions in near for m in mentions)))
            told = list(_record(record, above, local, rules, 1 if card else _LEAST))
            found += [extraction for extraction, _ in told]
            read |= {field.line for _, field in told}
    return found, sorted(read)


def _titles(text: str) -> list[Span]:
    """The lines that are headings, and the first line of all."""
    first = re.match(r"\s*(?P<line>[^\n]+)", text)
    heads = [Span(m.start(), m.end()) for m in _TITLE.finditer(text)]
    return sorted({*heads, *([Span(*first.span("line"))] if first else [])})


def _above(text: str, start: int, titles: Sequence[Span]) -> list[Span]:
    """The lines above a place that may name what stands there: the nearest, the last headings, the first line."""
    before = titles[: bisect_left(titles, Span(start, start))]
    lines: list[Span] = []
    end = start
    while end > 0 and len(lines) < _ABOVE:
        begin = text.rfind("\n", 0, end - 1) + 1
        if text[begin:end].strip():
            lines.append(Span(begin, begin + len(text[begin:end].rstrip("\n"))))
        end = begin
    return [*lines, *before[: -_HEADINGS - 1 : -1], *before[:1]]


def _blocks(text: str, rules: Rules) -> Iterator[list[_Field]]:
    """Fields on consecutive lines; an empty line between two does not part them."""
    block: list[_Field] = []
    at = empty = 0
    lines = text.split("\n")
    boxed = _boxed(lines)
    skip = False
    for number, words in enumerate([*lines, "", ""]):
        if number in boxed and (field := _SPACED.match(words)):
            value = Span(at + field.start("value"), at + field.end("value"))
            block.append(_Field(field["label"], value, Span(at, value.end), False))
            at += len(words) + 1
            continue
        fields = [] if skip else _fields(at, words, lines[number + 1] if number + 1 < len(lines) else "", rules)
        skipped, skip = skip, bool(fields and fields[-1].below)
        block += fields
        empty = 0 if words.strip() else empty + 1
        if block and not fields and not skipped and (words.strip() or empty > 1):
            yield block
            block = []
        at += len(words) + 1
    if block:
        yield block


def _boxed(lines: Sequence[str]) -> set[int]:
    """The numbers of the lines of boxes in which only a blank parts each value from its label."""
    found: set[int] = set()
    run: list[int] = []
    for number, line in enumerate([*lines, ""]):
        if _SPACED.match(line):
            run.append(number)
            continue
        found |= set(run if len(run) >= _BOX else ())
        run = []
    return found


def _fields(at: int, line: str, following: str, rules: Rules) -> list[_Field]:
    """The fields of a line; the value of a label that stands alone is the line below."""
    if len(line) > _LINE or line.lstrip().startswith("|"):
        return []
    found, start = [], 0
    first = min((at for at in map(line.find, ":：】") if at >= 0), default=len(line))
    for gap in [*(m for m in _PARTS.finditer(line) if m.start() > first), None]:
        end = gap.start() if gap else len(line)
        match = _FIELD.match(line, start, end)
        if match is None and line[start:end].strip():
            break
        if match and match["value"] and len(match["value"]) <= _VALUE and not _PROSE.search(match["value"]):
            value = Span(at + match.start("value"), at + match.end("value"))
            found.append(_Field(match["label"], value, Span(at + match.start("label"), value.end), False))
        start = gap.end() if gap else end
    label = line.strip()
    alone = label.rstrip(":：")
    if found or not alone or len(alone) > _LABEL + 8 * alone.isascii() or not _relations(alone, rules):
        return found
    words = following.strip()
    if not words or len(words) > _VALUE or _PROSE.search(words) or _FIELD.match(following):
        return []
    begin = at + len(line) + 1 + following.index(words)
    return [_Field(alone, Span(begin, begin + len(words)), Span(at, begin + len(words)), True)]


def _relations(label: str, rules: Rules) -> list[str]:
    """The relations that a label may tell of."""
    label = label.replace("_", " ")
    return [relation for relation, words in rules.patterns.columns.values if words.search(label)]


def _records(block: list[_Field]) -> Iterator[list[_Field]]:
    """The records of a block: each label stands once in a record."""
    record: dict[str, _Field] = {}
    for field in block:
        if field.label in record:
            yield list(record.values())
            record = {}
        record[field.label] = field
    yield list(record.values())


def _record(
    record: Sequence[_Field], above: Sequence[Span], annotated: Annotated, rules: Rules, least: int
) -> Iterator[tuple[Extraction, _Field]]:
    """What the fields of one record say of the thing that one of them or a line above them names."""
    if any(languages.load().masthead.search(field.label) for field in record):
        return
    headed = _heading(above, annotated, rules)
    profile = bool(headed) and headed[0].type == rules.patterns.names.holder
    naming = None if profile else next(((f, ends) for f in record if (ends := _named(f, annotated, rules))), None)
    keyed = naming[0] if naming else None
    telling = [f for f in record if f is not keyed and _relations(f.label, rules)]
    if (len(record) if profile else len(telling) + (keyed is not None)) < least or not (telling or profile):
        return
    subjects = naming[1] if naming else headed
    if profile:
        yield from _made(record, headed[0], annotated, rules)
    for subject in subjects:
        for field in telling:
            relation = next(
                (r for r in _relations(field.label, rules) if subject.type in rules.ontology.relation(r).domain), None
            )
            if relation is None:
                continue
            if rules.ontology.relation(relation).datatype == "date":
                relation = cells.told(annotated.document.text[field.value.start : field.value.end], rules) or relation
            for obj in cells.objects(field.value, relation, annotated, rules, unit=cells.unit(field.label)):
                if not obj.entity and not obj.value and not _is_name(obj, field, annotated):
                    continue
                of = _other(subject, field, annotated) if obj.value and obj.value.when else None
                obj = _in_hub(obj) if obj.type in rules.patterns.names.versioned else obj
                found = cells.stated(relation, of or subject, obj, field.line, _BELOW if field.below else _FOUND)
                yield replace(found, extractor="fields", stance=stance.of_words(obj.text)), field


def _in_hub(end: End) -> End:
    """A thing without the account that a hub keeps it in: acme/model-7b."""
    found = _ACCOUNT.match(end.name) if not end.entity else None
    return replace(end, name=end.name[found.end() :]) if found else end


def _made(
    record: Sequence[_Field], maker: End, annotated: Annotated, rules: Rules
) -> Iterator[tuple[Extraction, _Field]]:
    """What the fields of a maker's record say that it makes: 产品 甲、乙."""
    relation = rules.patterns.families.maker if rules.patterns.families else None
    labels = [section.heading for section in rules.patterns.sections if section.relation == relation]
    for field in record:
        if relation and any(label.fullmatch(field.label) for label in labels):
            for thing in cells.things(field.value, rules.patterns.names.versioned, annotated, rules):
                if thing.entity or _is_name(thing, field, annotated):
                    found = cells.stated(relation, thing, maker, field.line, _BELOW)
                    yield replace(found, extractor="fields"), field


def _other(subject: End, field: _Field, annotated: Annotated) -> End | None:
    """The thing that a date's own field names: Stable release: X 2 / 3 May 2024."""
    for mention in annotated.mentions:
        if field.value.covers(mention.span) and mention.name and (reading := mention.reading(subject.type)):
            return End(reading.type, mention.text, mention.name, reading.entity, reading.value, mention.span)
    return None


def _named(field: _Field, annotated: Annotated, rules: Rules) -> list[End]:
    """The things that a field names as those of the record."""
    text = annotated.document.text
    words = text[field.value.start : field.value.end]
    type_ = next((t for t, titles in rules.patterns.columns.key if _ends(field.label, titles)), None)
    if (
        type_ is None
        or field.below
        or _LATEST.match(field.label)
        or _relations(field.label, rules)
        or _VERSION.match(words)
    ):
        return []
    ends = cells.things(field.value, (type_, *rules.patterns.names.versioned), annotated, rules)
    return [end for end in ends if end.entity or _is_name(end, field, annotated)]


def _ends(label: str, titles: re.Pattern[str]) -> bool:
    """Whether a label ends with one of the words: 产品名称, not 产品经理."""
    return any(match.end() == len(label) or _NAMES.fullmatch(label, match.end()) for match in titles.finditer(label))


def _is_name(end: End, field: _Field, annotated: Annotated) -> bool:
    """Whether what a field holds is a name: found as one, or short words without a comma on the label's own line."""
    place = end.span
    if place is None or any(m.span.covers(place) for m in annotated.mentions):
        return True
    mentioned = any(place.covers(m.span) for m in annotated.mentions)
    return (mentioned or not field.below) and len(end.text) <= _NAME and not _LISTING.search(end.text)


def _heading(above: Sequence[Span], annotated: Annotated, rules: Rules) -> list[End]:
    """The thing that a line above a record names by itself."""
    text = annotated.document.text
    for line in above:
        words = _MARKS.sub("", text[line.start : line.end])
        begin = text.index(words, line.start) if words else line.start
        span = Span(begin, begin + len(words))
        inside = [m for m in annotated.mentions if m.name and span.covers(m.span) and m.recognizer != "pronoun"]
        if not inside:
            continue
        first = inside[0]
        rest = words[: first.span.start - begin] + words[first.span.end - begin :]
        for class_, head in rules.patterns.names.heads:
            rest = re.sub(rf"\b{class_}s?\b", " ", head.sub(" ", rest), flags=re.IGNORECASE)
        rest = rest.strip(" .,·|–—-")
        if rest and not languages.load().headed.fullmatch(rest):
            continue
        if reading := first.reading(*(t for _, t in _domains(rules))):
            return [End(reading.type, first.text, first.name or first.text, reading.entity, reading.value, first.span)]
    return []


def _domains(rules: Rules) -> list[tuple[str, str]]:
    """The relations that labels tell of with each class of their subjects."""
    return [(r, t) for r, _ in rules.patterns.columns.values for t in rules.ontology.relation(r).domain]
