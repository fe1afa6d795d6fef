"""Resolve: names of documents become entities, extractions become claims.

A name is an entity by the first of these that holds, and every such decision is a `Merge` in the report:

0. `same-as.csv` says so; and what `not-same-as.csv` keeps apart is an entity of its own, whatever follows;
1. a seed has the name, for a class that the mention may be of;
2. the document gives it as another name of something (甲乙（Jiayi）, 以下简称…);
3. it is the same name but for spelling, or for words that name nothing (系统, 有限公司);
4. it is the end or the beginning of one longer name in the same document that is followed by nothing but a legal form,
   or that a version mark (R2, T1) ends;
5. else it is an entity of its own.

Names are never merged because they look alike: a digit or a version more makes another entity.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from kg.annotate import Rules
from kg.iri import local_name
from kg.lexicon import key
from kg.model import Alias, Claim, Document, End, Entity, Extraction, Merge, Stance

THRESHOLD = 0.5
"""The confidence below which a claim is kept but makes no fact."""

_MARK = re.compile(r"^[A-Za-z]{0,2}\d[\w.]*$")
_NUMBER = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Read:
    """A document with what was extracted from it: what the part of the line left of the bar gives."""

    document: Document
    extractions: tuple[Extraction, ...]
    aliases: tuple[Alias, ...] = ()
    unread: tuple[str, ...] = ()
    """Sentences with a known name of which nothing was extracted."""
    mentions: str = "[]"
    """What was recognised, for those who show the text: what `kg.texts.marks` gives."""


@dataclass(frozen=True, slots=True)
class Resolved:
    claims: tuple[Claim, ...]
    entities: tuple[Entity, ...]
    merges: tuple[Merge, ...]


def resolve(reads: Iterable[Read], rules: Rules, names: Names | None = None) -> Resolved:
    """The claims and entities of all documents, whatever their order.

    With `names`, to which all of them were added, they are taken in the order of their ids, and each is let go of when
    its claims are made: for a caller that makes them one by one.
    """
    if names is None:
        names, reads = Names(rules), sorted(reads, key=lambda r: r.document.id)
        for read in reads:
            names.add(read)
    names.settle()
    claims: dict[str, Claim] = {}
    spoken: dict[str, Counter[str]] = defaultdict(Counter)
    types: dict[str, str] = {}
    merges: dict[tuple[str, str], Merge] = {}
    once: dict[Any, Any] = {}
    for read in reads:
        known = names.local.get(read.document.id, {})
        best: dict[tuple[str, str, str, Stance], tuple[Extraction, str, str | None]] = {}
        for extraction in read.extractions:
            subject = names.entity(extraction.subject, known)
            obj = names.entity(extraction.object, known) if _is_entity(extraction.object) else None
            for end, entity, reason in (
                (extraction.subject, subject[0], subject[1]),
                *(((extraction.object, *obj),) if obj else ()),
            ):
                types[entity] = end.type
                if end.name:
                    spoken[entity][end.name] += 1
                    if (end.name, entity) not in merges and key(end.name) != key(entity.split(":", 1)[1]):
                        merges[end.name, entity] = Merge(end.name, entity, reason)
            said = (
                obj[0]
                if obj
                else (extraction.object.value.lexical if extraction.object.value else extraction.object.name)
            )
            if obj and obj[0] == subject[0]:
                continue
            identity = (extraction.predicate, subject[0], said, extraction.stance)
            kept = best.get(identity)
            if kept is None or extraction.confidence > kept[0].confidence:
                best[identity] = (extraction, subject[0], obj[0] if obj else None)
        for extraction, subject_id, object_id in best.values():
            claim = _claim(read.document, extraction, subject_id, object_id, once)
            claims[claim.id] = claim
    entities = tuple(_entity(i, types[i], spoken[i], rules) for i in sorted(types))
    return Resolved(tuple(sorted(claims.values(), key=_order)), entities, tuple(merges[m] for m in sorted(merges)))


def _order(claim: Claim) -> tuple[str, str, str, str, str]:
    said = claim.object if isinstance(claim.object, str) else claim.object.lexical
    return claim.subject, claim.predicate, said, claim.document, claim.id


def _is_entity(end: End) -> bool:
    return end.value is None or end.entity is not None


def _claim(document: Document, extraction: Extraction, subject: str, obj: str | None, once: dict[Any, Any]) -> Claim:
    """A claim; of values that are equal it has the one in `once`, for there are few different ones."""
    evidence = document.evidence(extraction.span)
    value = extraction.object.value
    said = obj or value
    assert said is not None
    confidence = round(min(1.0, extraction.confidence), 3)
    same = once.setdefault
    words = "\x1f".join(
        (
            document.id,
            extraction.predicate,
            subject,
            obj or (value.lexical if value else ""),
            extraction.stance,
            str(evidence.start),
            str(evidence.end),
        )
    )
    return Claim(
        id=hashlib.sha256(words.encode()).hexdigest()[:16],
        document=document.id,
        predicate=same(extraction.predicate, extraction.predicate),
        subject=same(subject, subject),
        object=same(said, said),
        stance=extraction.stance,
        confidence=same(confidence, confidence),
        extractor=same(extraction.extractor, extraction.extractor),
        evidence=evidence,
        subject_text=same(extraction.subject.text, extraction.subject.text),
        object_text=same(extraction.object.text, extraction.object.text),
        attribution=extraction.attribution,
        accepted=extraction.stance is Stance.ASSERTED and confidence >= THRESHOLD,
    )


def _entity(entity_id: str, type_: str, spoken: Counter[str], rules: Rules) -> Entity:
    if entity_id in rules.lexicon.entries:
        return rules.lexicon.entity(entity_id)
    names = _by_use(spoken)
    return Entity(entity_id, type_, names[0] if names else entity_id.split(":", 1)[1], (), tuple(names[1:]))


def _by_use(spoken: Counter[str]) -> list[str]:
    """Names by how often they are used, then the shorter, then by the alphabet."""
    return [name for name, _ in sorted(spoken.items(), key=lambda item: (-item[1], len(item[0]), item[0]))]


class Names:
    """The names of all documents, and which of them are one."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.local: dict[str, dict[tuple[str, str], tuple[str, str, str]]] = {}
        """By document, (type, key) of a name → (type, key, reason) of the name that it stands for there."""
        self.uses: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self.bare = cache(self._bare)
        self._same = cache(self._named)

    def _bare(self, name: str, type_: str) -> str:
        """A name's key without the words that name nothing."""
        pattern = self.rules.patterns.names.dropped.get(type_)
        shorter = pattern.sub("", name) if pattern else name
        return key(shorter) or key(name)

    def add(self, read: Read) -> None:
        """Take note of the names in a document."""
        found: dict[tuple[str, str], str] = {}
        known: set[tuple[str, str]] = set()
        for extraction in read.extractions:
            for end in (extraction.subject, extraction.object):
                identity = end.type, self.bare(end.name, end.type)
                if end.name:
                    known.add(identity)
                if _is_entity(end) and end.entity is None:
                    self.uses[identity][end.name] += 1
                    found.setdefault(identity, end.name)
        stands: dict[tuple[str, str], tuple[str, str, str]] = {}
        for alias in read.aliases:
            of, other = self.bare(alias.name, alias.type), self.bare(alias.alias, alias.type)
            if of != other:
                stands[alias.type, other] = (alias.type, of, f"the document gives it as another name of {alias.name}")
        for (type_, short), name in sorted(found.items()):
            if (type_, short) in stands or not _MARK.match(name):
                continue
            longer = sorted(k for t, k in known if t == type_ and k != short and _ends_with(k, short))
            if len(longer) == 1:
                stands[type_, short] = (type_, longer[0], "the end of a longer name in the document")
        if stands:
            self.local[read.document.id] = stands

    def settle(self) -> None:
        """All documents were looked at: each unseeded name is known by the spelling that is used most."""
        self.labels = {identity: _by_use(spoken)[0] for identity, spoken in self.uses.items()}

    def entity(self, end: End, stands: dict[tuple[str, str], tuple[str, str, str]]) -> tuple[str, str]:
        """The id that an end's name stands for in a document, and why; what people decided goes before all else."""
        lexicon = self.rules.lexicon
        if (decided := lexicon.decided.get((key(end.name), end.type))) is not None:
            return decided
        found, reason = self._entity(end, stands)
        if (key(end.name), end.type, found) in lexicon.not_same:
            own = f"{self.rules.ontology.cls(end.type).kind}:{local_name(end.name)}"
            return own, f"not-same-as.csv: not {found}"
        return found, reason

    def _entity(self, end: End, stands: dict[tuple[str, str], tuple[str, str, str]]) -> tuple[str, str]:
        if end.entity is not None:
            return end.entity, "a name in the seeds"
        type_, bare, reason = end.type, self.bare(end.name, end.type), "the same name"
        for _ in range(3):
            if (type_, bare) not in stands:
                break
            type_, bare, reason = stands[type_, bare]
        return self._same(end.name, type_, bare, reason)

    def _named(self, name: str, type_: str, bare: str, reason: str) -> tuple[str, str]:
        """The entity of a name that stands for the one with the key `bare`, and why."""
        lexicon = self.rules.lexicon
        if known := lexicon.lookup(bare, type_) or (lexicon.lookup(name, type_) if reason == "the same name" else None):
            return known, "a name in the seeds" if reason == "the same name" else reason
        label = self.labels.get((type_, bare), name if reason == "the same name" else bare)
        kind = self.rules.ontology.cls(type_).kind
        return f"{kind}:{local_name(label)}", reason


def _ends_with(longer: str, short: str) -> bool:
    """Whether a name ends with a version mark, and not in the middle of a number."""
    return longer.endswith(short) and not longer[: -len(short)][-1:].isdigit()


def with_names(entity: Entity, texts: Iterable[str]) -> Entity:
    """An entity with what a document calls it among its names."""
    return replace(
        entity, aliases=tuple(dict.fromkeys([*entity.aliases, *(t for t in texts if t and t != entity.label)]))
    )
