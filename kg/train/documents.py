"""What documents with gold facts teach of pairs: which mentions of a sentence a careful reader relates, and which not.

Documents tell what sentences of a corpus cannot: how seldom two names that stand together are related.  Of dates,
numbers and ranks they tell nothing here: in most texts they belong to what stands beside them, and only the corpus has
enough of the sentences where they do not (plans, prices, reports about a thing, what it is only compared with).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg import gold, matching
from kg.annotate import Rules
from kg.clean import clean
from kg.errors import InputError
from kg.extract import discourse, pairs, skeleton, stance
from kg.gold import Gold, GoldFact, Rule
from kg.matching import End, Prediction
from kg.model import Annotated, Document, Failure, Mention, Span

Labelled = tuple[str, list[int], bool]
"""(relation, features, related) of a pair."""


_TAUGHT = frozenset({Rule.NAME, Rule.TEXT})
"""The kinds of objects that documents teach of."""


@dataclass(frozen=True, slots=True)
class Folders:
    """Where the gold files and their texts are, as `kg evaluate` takes them."""

    gold: Path
    documents: Path


def labelled(
    folders: Folders, rules: Rules, annotate: Callable[[Document], Annotated]
) -> Iterator[tuple[str, list[Labelled]]]:
    """(document, its pairs) for every gold document, in their order.

    Left out are pairs of which nobody can say: a fact that may be found or not, and the two names of a fact where the
    gold has it from other words.  Raises GoldError as `kg.gold.read`, InputError for a text that cannot be read.
    """
    for annotated, told in read(folders, rules, annotate):
        yield told.document, list(_pairs(annotated, told, rules))


def read(folders: Folders, rules: Rules, annotate: Callable[[Document], Annotated]) -> Iterator[tuple[Annotated, Gold]]:
    """The gold documents with what is said of them, in their order; raises as `labelled`."""
    ontology = rules.ontology
    known = {g.document: g for g in gold.read(folders.gold, ontology)}
    for source in gold.sources(gold.gold_documents(folders.gold, folders.documents, ontology)):
        if isinstance(source, Failure):
            raise InputError(f"{source.source}: {source.message}")
        yield annotate(clean(source)), known[source.id]


def _pairs(annotated: Annotated, told: Gold, rules: Rules) -> Iterator[Labelled]:
    text = annotated.document.text
    hidden = [a.span for a in annotated.aliases if len(a.span)]
    facts = [(fact, _evidence(text, fact)) for fact in told.facts]
    kinds = {r.name: gold.rule_of(r, rules.ontology) for r in rules.ontology.relations}
    for sentence in discourse.sentences(annotated, rules.patterns.names.versioned):
        if not sentence.mentions or stance.states_nothing(text[sentence.span.start : sentence.span.end]):
            continue
        seen = skeleton.build(text, sentence.span, sentence.mentions, hidden, rules.patterns.letters)
        sight = pairs.look(seen, text, rules)
        for pair in pairs.sayable(sight, rules):
            if kinds[pair.relation] not in _TAUGHT:
                continue
            one = Prediction(_end(pair.subject), pair.relation, _end(pair.object), "")
            stated = [(fact, place) for fact, place in facts if matching.credit(one, fact, kinds) == 1]
            right = any(place and not fact.optional and _in(place, pair) for fact, place in stated)
            if right or not stated:
                yield pair.relation, sight.features(pair), right


def _evidence(text: str, fact: GoldFact) -> Span | None:
    at = text.find(fact.evidence) if fact.evidence else -1
    return Span(at, at + len(fact.evidence)) if at >= 0 else None


def _in(place: Span, pair: pairs.Pair) -> bool:
    """Whether the words that state a fact hold one end of a pair: what a pronoun or a list leaves out may be before."""
    return place.covers(pair.subject.span) or place.covers(pair.object.span)


def _end(mention: Mention) -> End:
    names = frozenset(matching.normal(name) for name in (mention.name, mention.text) if name)
    value = next((r.value.lexical for r in mention.readings if r.value), None)
    return End("", names, value, None, "", structured=False)
