"""Sentences of gold documents with their names marked, for a recogniser of names to learn from beside the corpus.

The gold says which names take part in facts; the others are marked where the lists and the surest rules tell them.  A
sentence with a name that may be one or not is left out: it would teach what nobody has said.  What a trained recogniser
finds does not count, or it would learn from itself.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from kg import gold as golds
from kg.annotate import Rules
from kg.annotate.lexicon import LexiconAnnotator
from kg.annotate.occurrences import occurrences
from kg.corpus import Marked, Sentence
from kg.gold import Gold, Rule
from kg.model import Annotated, Mention, Span
from kg.train import documents
from kg.train.documents import Folders

_SURE = 0.8
"""The score from which a name that no list holds is one."""
_LONGEST, _LONGEST_HAN = 300, 14
"""Characters of a sentence, and of a Han name: a longer one describes."""
_EMPTY = 0.35
"""The share of the sentences without a name that is kept: most of a text names nothing."""


def sentences(folders: Folders, rules: Rules) -> Iterator[Sentence]:
    """The sentences in the order of the documents; raises as `kg.train.documents.read`."""
    annotator = LexiconAnnotator(rules)
    for annotated, gold in documents.read(folders, rules, annotator):
        yield from _marked(annotated, _named(gold, rules), gold.document)


def _named(gold: Gold, rules: Rules) -> dict[str, str]:
    """What the gold names, in facts and traps, each with its class."""
    found: dict[str, str] = {}
    for fact in (*gold.facts, *gold.traps):
        relation = rules.ontology.relation(fact.predicate)
        for name in fact.subject:
            found.setdefault(name, relation.domain[0])
        if golds.rule_of(relation, rules.ontology) is Rule.NAME:
            for other in fact.object:
                found.setdefault(str(other), relation.range[0])
    return {name: type_ for name, type_ in found.items() if len(name) > 1}


def _marked(annotated: Annotated, named: dict[str, str], document: str) -> Iterator[Sentence]:
    text = annotated.document.text
    known = {name.casefold() for name in named}
    names = [m for m in annotated.mentions if m.name and m.readings[0].value is None and m.recognizer != "pronoun"]
    taken = {at for m in names for at in range(m.span.start, m.span.end)}
    marks = [_mark(m) for m in names if _is_sure(m, known)]
    unsure = [m.span for m in names if not _is_sure(m, known)]
    for name, places in occurrences(text, named).items():
        marks += [Marked(named[name], p, name, name) for p in places if taken.isdisjoint(range(p.start, p.end))]
    marks.sort(key=lambda mark: mark.span)
    for number, span in enumerate(annotated.sentences, 1):
        inside = [mark for mark in marks if mark.span.overlaps(span)]
        if len(span) > _LONGEST or any(place.overlaps(span) for place in unsure):
            continue
        if all(span.covers(m.span) and not _describes(m) for m in inside) and (inside or _kept(text, span)):
            yield Sentence(
                text[span.start : span.end],
                tuple(Marked(m.type, _moved(m.span, span.start), m.text, m.name) for m in inside),
                (),
                (),
                "document",
                document,
                number,
            )


def _is_sure(mention: Mention, known: set[str]) -> bool:
    best = mention.readings[0]
    said = mention.name.casefold() in known or mention.text.casefold() in known
    return best.entity is not None or best.score >= _SURE or said


def _mark(mention: Mention) -> Marked:
    name = mention.name if mention.name in mention.text else mention.text
    return Marked(mention.readings[0].type, mention.span, mention.text, name)


def _describes(mark: Marked) -> bool:
    return len(mark.text) > _LONGEST_HAN and not mark.text.isascii()


def _kept(text: str, span: Span) -> bool:
    return zlib.crc32(text[span.start : span.end].encode()) % 100 < _EMPTY * 100


def _moved(span: Span, start: int) -> Span:
    return Span(span.start - start, span.end - start)
