"""The annotator without a model: known names, the marks of unknown ones, dates and values."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from kg import languages
from kg.annotate import Rules, context, latin, lowercase, names, ordinary, placed, short, values, versions
from kg.annotate.aliases import alias_mentions, aliases
from kg.annotate.enumerations import gathered_names, headed_names, listed_names
from kg.annotate.known import known_names
from kg.annotate.people import before_degree, people
from kg.annotate.sentences import sentences
from kg.annotate.tails import tail_pattern
from kg.model import Annotated, Document, Mention, Reading, Span, Value

_SURE = 0.7
"""From this score on one mention of a name tells the class of the others."""

_WHOLLY_HAN = re.compile(f"[{languages.HAN}]{{2,8}}")
_ROLE = 0.84
"""The score of a name beside a post, as a person's."""


class LexiconAnnotator:
    """Knows the seeds' names and the marks of names in `patterns.yaml`; needs no library but a trie."""

    name = "lexicon"

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.tails = tail_pattern(rules.patterns.names)

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
    known = known_names(text, rules, tails)
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
        unknown += latin.latin_names(words, rules.patterns.names, tails, english=english, base=span.start)
    unknown += latin.of_names(untitled, rules.patterns.names)
    unknown += names.seated_names(text, rules.patterns.names, [m.span for m in known])
    unknown += names.quoted_names(text, rules.patterns.names, tails)
    unknown += (m for m in extra if not versions.heads_log(text, m))
    taken = _settle([taken, unknown], longest=True)
    occupied = [m.span for m in taken]
    taken = _joined(text, _settle([taken, list(names.han_names(text, rules.patterns.names, tails, taken))]))
    occupied = [m.span for m in taken if not _is_latin(m)]
    taken = _settle([taken, list(names.tailed_names(text, rules.patterns.names, tails, occupied))], replace=_is_latin)
    classes = [c.name for c in rules.ontology.classes if c.kind and not c.ordered]
    taken = _settle([taken, list(listed_names(text, taken, rules.patterns.names, classes))], replace=lambda m: True)
    gathered = gathered_names(text, taken, rules.patterns.names, rules.ordinary)
    taken = _settle([taken, list(gathered)], replace=lambda m: not m.readings[0].entity)
    taken = _settle(
        [taken, list(versions.listed(text, taken, rules.patterns.names))], replace=lambda m: not m.readings[0].entity
    )
    taken = _settle([taken, list(versions.sized(text, taken, rules))], replace=versions.is_size)
    taken = _settle([taken, list(headed_names(text, taken, rules.patterns.names))])
    taken = _with_titles(text, taken, titles, rules)
    title_spans = [m.span for m in taken if m.reading(rules.patterns.names.title or "")]
    occupied = [m.span for m in taken]
    taken = _settle([taken, list(names.holders(text, title_spans, rules.patterns.names, occupied))])
    taken = _settle([taken, list(people(text, title_spans, rules.patterns.names))], replace=_less_than_a_role)
    others = aliases(text, taken, rules)
    taken = _settle([taken, alias_mentions(text, others)], replace=_weak_names)
    taken = _consistent(context.typed(text, taken, rules))
    taken = _settle([taken, list(context.elsewhere(text, taken, rules))])
    shorts, short_names = short.short_forms(text, taken, rules, tails)
    taken, others = _settle([taken, shorts], replace=_weak_names), (*others, *short_names)
    taken = _settle(
        [taken, list(versions.numbered(text, taken, rules, tails))], replace=lambda m: m.recognizer == "short"
    )
    taken = _settle(
        [
            taken,
            list(placed.actors(text, taken, rules)),
            list(placed.defined(text, rules)),
            list(placed.called(text, rules)),
            list(lowercase.names(text, rules)),
            list(placed.entitled(text, taken, rules)),
        ]
    )
    if rules.ordinary is not None:
        sure = [m for m in taken if not _is_latin(m)]
        unmarked = ordinary.names(text, rules.ordinary, rules.patterns.names, sure)
        taken = _settle([taken, unmarked], replace=lambda m: _is_latin(m) or m.recognizer == "values")
    taken = _settle([taken, list(versions.alone(text, taken, rules))], replace=versions.is_number)
    taken = _settle([taken, _pronouns(text, rules, taken)])
    return Annotated(document, spans, tuple(taken), aliases=others, annotator=name)


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
    kept: dict[int, Mention] = {}
    """Those that stay, by where they begin."""
    owner: dict[int, int] = {}
    """Where the one begins that a character belongs to."""
    for number, layer in enumerate(layers):
        for mention in sorted(layer, key=lambda m: (-len(m.span), m.span, -m.readings[0].score)):
            places = range(mention.span.start, mention.span.end)
            others = [kept[start] for start in dict.fromkeys(owner[at] for at in places if at in owner)]
            better = number and (
                (longest and _one_name(mention, others)) or (callable(replace) and all(replace(m) for m in others))
            )
            if others and not better:
                continue
            for other in others:
                del kept[other.span.start]
                for at in range(other.span.start, other.span.end):
                    del owner[at]
            kept[mention.span.start] = mention
            owner.update(dict.fromkeys(places, mention.span.start))
    return sorted(kept.values(), key=lambda m: m.span)


def _one_name(whole: Mention, parts: list[Mention]) -> bool:
    return (len(parts) == 1 or _hyphened(whole, parts)) and all(_goes_on(whole, part) for part in parts)


def _hyphened(whole: Mention, parts: list[Mention]) -> bool:
    """Whether hyphens join the parts of a name to one: MiniA-LlamaB-V."""
    parts = sorted(parts, key=lambda m: m.span)
    gaps = (
        whole.text[one.span.end - whole.span.start : two.span.start - whole.span.start] for one, two in pairwise(parts)
    )
    return all(gap in ("-", "–", "_") for gap in gaps)


def _goes_on(longer: Mention, shorter: Mention) -> bool:
    if not longer.span.covers(shorter.span) or longer.span == shorter.span:
        return False
    if shorter.recognizer in ("dates", "values"):
        return longer.recognizer != "quoted"
    if longer.recognizer.startswith("quoted") and {r.type for r in longer.readings}.isdisjoint(
        r.type for r in shorter.readings
    ):
        return longer.name.startswith(shorter.name)  # “联通小盾”: what is named after somebody
    if longer.recognizer.startswith("quoted") and _WHOLLY_HAN.fullmatch(longer.name):
        return longer.name.endswith(shorter.name)  # “云启千问”: another thing than what its name ends with
    return longer.name != shorter.name and longer.recognizer in (
        "latin",
        "latin-head",
        "latin-version",
        "latin-shape",
        "latin-led",
        "latin-suffix",
        "quoted-head",
    )


def _joined(text: str, mentions: list[Mention]) -> list[Mention]:
    """The mentions; a name that only a suffix shows and the one of its class right before it are one: 甲大学乙学院."""
    found: list[Mention] = []
    for mention in mentions:
        before = found[-1] if found else None
        type_ = mention.readings[0].type
        marked = mention.recognizer in ("suffix", names.LEGAL) and mention.readings[0].score >= _SURE
        if marked and before and before.span.end == mention.span.start and before.reading(type_):
            span = Span(before.span.start, mention.span.end)
            words = text[span.start : span.end]
            found[-1] = Mention(span, words, mention.readings, words, "suffix")
        else:
            found.append(mention)
    return found


def _is_latin(mention: Mention) -> bool:
    """Whether nothing but the shape of Latin words made a name."""
    return (mention.recognizer or "").startswith("latin") and not mention.readings[0].entity


def _weak_names(mention: Mention) -> bool:
    return mention.recognizer in ("latin", "quoted", "head", "suffix", names.LEGAL)


def _less_than_a_role(mention: Mention) -> bool:
    """Whether a name tells less of its class than a post beside it does."""
    unlisted = mention.name and not any(r.entity or r.value for r in mention.readings)
    return _weak_names(mention) or bool(unlisted and mention.readings[0].score < _ROLE)


def _with_titles(text: str, taken: list[Mention], titles: list[Mention], rules: Rules) -> list[Mention]:
    """The titles, widened by the field that they name, among the other mentions."""
    rule = next((v for v in rules.patterns.values if v.type == rules.patterns.names.title), None)
    if rule is None:
        return taken
    kept = list(taken)
    for title in sorted(titles, key=lambda m: (m.span.start, -m.span.end)):
        inside = [m for m in kept if m.span.overlaps(title.span)]
        head = next((m for m in inside if m.span.start < title.span.start < m.span.end < title.span.end), None)
        if head and rule.whole(text[head.span.end : title.span.end]):  # 甲集团董事长: the group is the name's
            title = replace(title, span=Span(head.span.end, title.span.end))
            inside = [m for m in inside if m is not head]
        if any(not title.span.covers(m.span) or m.readings[0].type == rule.type for m in inside):
            continue
        kept = [m for m in kept if m not in inside]
        start = title.span.start
        if before_degree(text, start, rules.patterns.names) is None:
            start = values.widen_title(text, start, rule, kept, rules.patterns.names.versioned)
        kept = [m for m in kept if not m.span.overlaps(Span(start, title.span.end))]
        words = text[start : title.span.end]
        value = Value(words)
        kept.append(Mention(Span(start, title.span.end), words, (Reading(rule.type, value=value),), words, "values"))
        kept.sort(key=lambda m: m.span)
    return kept


def _consistent(mentions: list[Mention]) -> list[Mention]:
    """The mentions with each reading of an unknown name as sure as where the document shows it best.

    A name that stands once beside a head is of the head's class everywhere.
    """
    best: dict[tuple[str, str], float] = {}
    for mention in mentions:
        for reading in mention.readings:
            if mention.name and not reading.entity and not reading.value:
                best[mention.name, reading.type] = max(best.get((mention.name, reading.type), 0.0), reading.score)
    sure = {name for (name, _), score in best.items() if score >= _SURE}
    classes: dict[str, list[str]] = {}
    for name, type_ in sorted(best, key=lambda pair: (-best[pair], pair[1])):
        classes.setdefault(name, []).append(type_)
    found = []
    for mention in mentions:
        if mention.name in sure and not any(r.entity or r.value for r in mention.readings):
            readings = tuple(Reading(t, score=best[mention.name, t]) for t in classes[mention.name])
            mention = replace(mention, readings=readings)
        found.append(mention)
    return found


def _pronouns(text: str, rules: Rules, mentions: list[Mention]) -> list[Mention]:
    """Words that stand for a name; right behind a name of their class they only say what it is: 甲公司."""
    found = []
    ends = {m.span.end: {r.type for r in m.readings} for m in mentions}
    for pronoun in rules.patterns.pronouns:
        for match in pronoun.pattern.finditer(text):
            before = match.start() - (text[match.start() - 1 : match.start()] == " ")
            if not ends.get(before, set()).isdisjoint(pronoun.types):
                continue
            readings = tuple(Reading(t, score=0.85) for t in pronoun.types)
            found.append(Mention(Span(*match.span()), match[0], readings, "", "pronoun", pronoun.inward))
    return found
