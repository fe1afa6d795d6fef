"""The annotator without a model: known names, the marks of unknown ones, dates and values."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg import languages
from kg.annotate import Rules, names, values
from kg.annotate.enumerations import listed_names
from kg.annotate.sentences import sentences
from kg.languages import HAN
from kg.lexicon import key
from kg.model import Alias, Annotated, Document, Mention, Reading, Span, Value

_PARENTHESIS = re.compile(r"\s?[（(](?P<inside>[^（）()\n]{1,40})[）)]")
_PART = re.compile(r"[，,；;、/|]")
_SUPPORT = re.compile(r"[“\"‘「『《]$")
_TIGHT = re.compile(rf"^(?:[A-Za-z0-9][\w.\-+ ]{{0,30}}|[{HAN}A-Za-z0-9·\-.+ ]{{2,12}})$")


class LexiconAnnotator:
    """Knows the seeds' names and the marks of names in `patterns.yaml`; needs no library but a trie."""

    name = "lexicon"

    def __init__(self, rules: Rules, *, model: str | None = None) -> None:
        self.rules = rules
        self.tails = names.tail_pattern(rules.patterns.names)

    def __call__(self, document: Document) -> Annotated:
        return annotate(document, self.rules, self.tails, extra=())


def annotate(
    document: Document,
    rules: Rules,
    tails: re.Pattern[str],
    *,
    extra: Iterable[Mention],
    name: str = "lexicon",
) -> Annotated:
    """A document with its mentions; `extra` are those of an engine, which stand where nothing surer does."""
    text = document.text
    spans = sentences(text)
    known = _known_names(text, rules, tails)
    dates = list(values.date_mentions(text, document.published))
    taken = _settle([known, dates])
    plain = [m for rule in rules.patterns.values for m in values.value_mentions(text, rule, _kind(rules, rule.type))]
    titles = [m for m in plain if m.reading(rules.patterns.names.title or "")]
    plain = [m for m in plain if m not in titles]
    taken = _settle([taken, plain])
    occupied = [m.span for m in taken]
    untitled = _masked(text, titles)
    unknown: list[Mention] = []
    for span in spans:
        english = not languages.has_han(text[span.start : span.end])
        words = untitled[span.start : span.end]
        unknown += names.latin_names(words, rules.patterns.names, tails, english=english, base=span.start)
    unknown += names.quoted_names(text, rules.patterns.names)
    taken = _settle([taken, [*unknown, *extra]], longest=True)
    occupied = [m.span for m in taken]
    taken = _settle([taken, list(names.han_names(text, rules.patterns.names, occupied))])
    classes = [c.name for c in rules.ontology.classes if c.kind and not c.ordered]
    taken = _settle([taken, list(listed_names(text, taken, rules.patterns.names, classes))], replace=lambda m: True)
    taken = _with_titles(text, taken, titles, rules)
    title_spans = [m.span for m in taken if m.reading(rules.patterns.names.title or "")]
    taken = _settle([taken, list(names.people(text, title_spans, rules.patterns.names))], replace=_weak_names)
    taken, aliases = _aliases(text, taken, rules)
    taken = _settle([taken, _pronouns(text, rules)])
    return Annotated(document, spans, tuple(taken), aliases=aliases, annotator=name)


def _masked(text: str, mentions: list[Mention]) -> str:
    """A text in which these mentions are no words, so that no name runs through them."""
    parts, at = [], 0
    for mention in sorted(mentions, key=lambda m: m.span):
        if mention.span.start >= at:
            parts += [text[at : mention.span.start], "|" * len(mention.span)]
            at = mention.span.end
    return "".join([*parts, text[at:]])


def _kind(rules: Rules, type_: str) -> str | None:
    return next((c.kind for c in rules.ontology.classes if c.name == type_), None)


def _known_names(text: str, rules: Rules, tails: re.Pattern[str]) -> list[Mention]:
    """The lexicon's names with their versions, each with a reading for every class that has the name."""
    found: list[tuple[Mention, bool]] = []
    end_of_last = 0
    for hit in rules.lexicon.find(text):
        start, end = hit.span.start, hit.span.end
        if start < end_of_last:
            continue
        types = {rules.lexicon.entity(e).type: e for e in hit.entities}
        versioned = [t for t in types if t in rules.patterns.names.versioned]
        outer_start, outer_end, name, typed = start, end, text[start:end], None
        supported = not hit.weak or _beside_event(text, start, end, rules)
        if _inside_word(text, start, end, rules):
            continue
        if versioned:
            outer_start, outer_end, name, typed = names.with_tails(text, start, end, rules.patterns.names, tails)
            supported = supported or typed is not None or name != text[start:end] or outer_start != start
        if rules.patterns.names.not_heads.match(text, outer_end) and hit.weak:
            continue
        readings: list[Reading] = []
        if name != text[start:end]:
            for type_ in versioned:
                readings.append(Reading(type_, rules.lexicon.lookup(name, type_), score=1.0 - 0.1 * len(readings)))
        elif typed is not None and typed in types:
            readings = [Reading(typed, types[typed])]
        elif typed is not None and versioned and typed in rules.patterns.names.versioned:
            entity = rules.lexicon.lookup(text[start:outer_end], typed)
            readings = [Reading(typed, entity, score=0.9), *(Reading(t, types[t], score=0.85) for t in versioned)]
        else:
            readings = [Reading(t, e) for t, e in sorted(types.items())]
        mention = Mention(Span(outer_start, outer_end), text[outer_start:outer_end], tuple(readings), name)
        found += [(part, supported) for part in _parts(mention, text, rules)]
        end_of_last = outer_end
    return _with_support(text, found, rules)


def _inside_word(text: str, start: int, end: int, rules: Rules) -> bool:
    """Whether a Han name is only the end of a common word and what follows it: no 源 in 开源."""
    if start == 0 or not languages.has_han(text[start]):
        return False
    common = rules.patterns.names.common
    return any(text[start - n : start + 1] in common for n in (1, 2) if start >= n)


def _beside_event(text: str, start: int, end: int, rules: Rules) -> bool:
    """Whether a word for an event stands right before or behind a name, as it does for makers and what they make."""
    before = text[max(0, start - 6) : start].rstrip(' “「《"了')
    if rules.patterns.names.naming.search(text[max(0, start - 10) : start]):
        return True
    behind = text[end : end + 6].lstrip(' ”」》"')
    for event in rules.patterns.events:
        for trigger in (*event.transitive, *event.intransitive):
            if trigger and (trigger.match(behind) or any(m.end() == len(before) for m in trigger.finditer(before))):
                return True
    return False


def _parts(mention: Mention, text: str, rules: Rules) -> list[Mention]:
    """A name that begins with its maker's, 百度文心大模型, as the two names that it is; else the name alone."""
    reading = mention.readings[0]
    if reading.entity is None or len(mention.readings) > 1:
        return [mention]
    related = [e for _, e in _relations(rules, reading.entity)]
    related += [e for r in related for _, e in _relations(rules, r)]
    for maker in dict.fromkeys(related):
        names_of = rules.lexicon.entries[maker].entity.names if maker in rules.lexicon.entries else ()
        for name in sorted(names_of, key=len, reverse=True):
            rest = mention.name[len(name) :]
            if (
                mention.text.startswith(name)
                and languages.has_han(rest[:1])
                and rules.lexicon.names(rest, reading.entity)
            ):
                cut = mention.span.start + len(name)
                type_ = rules.lexicon.entity(maker).type
                return [
                    Mention(Span(mention.span.start, cut), name, (Reading(type_, maker),), name),
                    Mention(Span(cut, mention.span.end), text[cut : mention.span.end], mention.readings, rest),
                ]
    return [mention]


def _with_support(text: str, found: list[tuple[Mention, bool]], rules: Rules) -> list[Mention]:
    """Weak names stay only beside something that speaks for them, or where the document has named them surely."""
    sure = {r.entity for m, supported in found if supported for r in m.readings if r.entity}
    sure |= {maker for entity in sure for maker in _above(rules, entity)}
    kept = []
    for number, (mention, supported) in enumerate(found):
        before = found[number - 1][0].span.end if number else -1
        beside = 0 <= mention.span.start - before <= 1 and found[number - 1][1]
        made = {m for r in mention.readings if r.entity for m in _above(rules, r.entity)}
        if supported or beside or sure & made or any(r.entity in sure for r in mention.readings):
            kept.append(mention)
    return kept


def _above(rules: Rules, entity: str) -> set[str]:
    """What the seeds relate an entity to, and what they relate that to: its maker, and whose part the maker is."""
    near = {target for _, target in _relations(rules, entity)}
    return near | {target for one in near for _, target in _relations(rules, one)}


def _relations(rules: Rules, entity: str) -> tuple[tuple[str, str], ...]:
    entry = rules.lexicon.entries.get(entity)
    return entry.relations if entry else ()


def _settle(
    layers: list[list[Mention]],
    *,
    longest: bool = False,
    replace: object = None,
) -> list[Mention]:
    """Mentions that do not overlap, in order: earlier layers first, longer ones first inside a layer.

    With `longest`, a mention of the later layer that holds one of the earlier and goes on takes its place, unless it is
    made of several.  With `replace`, it takes the place of those for which the function says so.
    """
    kept: list[Mention] = []
    for number, layer in enumerate(layers):
        for mention in sorted(layer, key=lambda m: (-len(m.span), m.span, -m.readings[0].score)):
            others = [m for m in kept if m.span.overlaps(mention.span)]
            if not others:
                kept.append(mention)
            elif number and longest and len(others) == 1 and _goes_on(mention, others[0]):
                kept.remove(others[0])
                kept.append(mention)
            elif number and callable(replace) and all(replace(m) for m in others):
                kept = [m for m in kept if m not in others]
                kept.append(mention)
    return sorted(kept, key=lambda m: m.span)


def _goes_on(longer: Mention, shorter: Mention) -> bool:
    if not longer.span.covers(shorter.span) or longer.span == shorter.span:
        return False
    if shorter.recognizer in ("dates", "values"):
        return longer.recognizer != "quoted"
    return longer.name != shorter.name and longer.recognizer in (
        "latin",
        "latin-head",
        "latin-version",
        "latin-led",
        "latin-suffix",
        "quoted-head",
    )


def _weak_names(mention: Mention) -> bool:
    return mention.recognizer in ("latin", "quoted", "head", "suffix")


def _with_titles(text: str, taken: list[Mention], titles: list[Mention], rules: Rules) -> list[Mention]:
    """The titles, widened by the field that they name, among the other mentions."""
    rule = next((v for v in rules.patterns.values if v.type == rules.patterns.names.title), None)
    if rule is None:
        return taken
    kept = list(taken)
    for title in sorted(titles, key=lambda m: (m.span.start, -m.span.end)):
        inside = [m for m in kept if m.span.overlaps(title.span)]
        if any(not title.span.covers(m.span) or m.readings[0].type == rule.type for m in inside):
            continue
        kept = [m for m in kept if m not in inside]
        start = values.widen_title(text, title.span.start, rule, kept, rules.patterns.names.versioned)
        kept = [m for m in kept if not m.span.overlaps(Span(start, title.span.end))]
        words = text[start : title.span.end]
        value = Value(words)
        kept.append(Mention(Span(start, title.span.end), words, (Reading(rule.type, value=value),), words, "values"))
        kept.sort(key=lambda m: m.span)
    return kept


def _pronouns(text: str, rules: Rules) -> list[Mention]:
    found = []
    for pronoun in rules.patterns.pronouns:
        for match in pronoun.pattern.finditer(text):
            readings = tuple(Reading(t, score=0.85) for t in pronoun.types)
            found.append(Mention(Span(*match.span()), match[0], readings, "", "pronoun"))
    return found


def _aliases(text: str, mentions: list[Mention], rules: Rules) -> tuple[list[Mention], tuple[Alias, ...]]:
    """Other names in parentheses behind a name, and their mentions in the rest of the document."""
    found: list[Alias] = []
    by_end = {m.span.end: m for m in mentions if m.name and m.recognizer not in ("dates", "values", "pronoun")}
    starts = {m.span.start: m for m in mentions}
    for end, named in sorted(by_end.items()):
        match = _PARENTHESIS.match(text, end)
        if not match:
            continue
        at = match.start("inside")
        for part in _PART.split(match["inside"]):
            part_at, stripped = at, part.strip()
            at += len(part) + 1
            cue = rules.patterns.names.alias.match(stripped)
            alias = stripped[cue.end() :].strip(' “”"‘’「」') if cue else stripped
            inside = starts.get(part_at + part.find(alias)) if alias else None
            if not alias or key(alias) == key(named.name):
                continue
            if cue:
                if _TIGHT.match(alias):
                    found.append(Alias(named.name, alias, named.readings[0].type, Span(*match.span())))
                continue
            same = inside is not None and inside.span == Span(
                part_at + part.find(alias), part_at + part.find(alias) + len(alias)
            )
            if same and inside is not None and (shared := _shared(named, inside)):
                found.append(Alias(named.name, alias, shared, Span(*match.span())))
    return _mark_aliases(text, mentions, found), tuple(found)


def _shared(one: Mention, two: Mention) -> str | None:
    """The class that both may be read as, unless they are known to be two things."""
    for reading in one.readings:
        other = two.reading(reading.type)
        if other and not (reading.entity and other.entity and reading.entity != other.entity):
            return reading.type
    return None


def _mark_aliases(text: str, mentions: list[Mention], aliases: list[Alias]) -> list[Mention]:
    """Mentions of the aliases that nothing else has found, everywhere in the document."""
    extra = []
    for alias in aliases:
        for match in re.finditer(rf"(?<![A-Za-z0-9]){re.escape(alias.alias)}(?![A-Za-z0-9])", text):
            extra.append(
                Mention(Span(*match.span()), match[0], (Reading(alias.type, score=0.9),), alias.alias, "alias")
            )
    return _settle([mentions, extra], replace=_weak_names)
