"""Which things have a name like that: by label, alias or pinyin, best first."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import islice, product
from typing import Any

from pyoxigraph import Literal, NamedNode, Store

from kg import lookup, record
from kg.explore.view import View
from kg.statements import RDF, SKOS
from kg.triples import CLAIMS

MOST = 50
_TOP = 12
_LONGEST = 200
"""Characters of what is looked for."""
_TYPE = NamedNode(RDF + "type")
_HAN = re.compile(r"[\u3400-\u9fff]")
_SPELLINGS = 4
"""Ways to read a name aloud that are tried: 行 is hang and xing."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a thing, ready to be compared."""

    node: str
    text: str
    folded: str
    pinyin: tuple[str, ...]
    preferred: bool


@dataclass(frozen=True, slots=True)
class Index:
    """All names of a store, and how often claims speak of each thing."""

    store: Store
    names: tuple[Name, ...]
    spoken: Counter[str]
    documents: int
    claims: int
    facts: int


_kept: list[Index] = []


def index(view: View) -> Index:
    """The index of a store, made once for as long as it is open."""
    if not _kept or _kept[0].store is not view.store:
        _kept[:] = [_made(view)]
    return _kept[0]


def find(view: View, text: str, *, most: int = 12, type: str = "") -> dict[str, Any]:
    """Things and documents with such a name: whole names before beginnings before middles, labels before aliases
    before pinyin, and of equals what more claims speak of."""
    wanted = lookup.folded(text[:_LONGEST])
    kept = index(view)
    best: dict[str, tuple[int, Name]] = {}
    if wanted:
        for name in kept.names:
            score = _score(name, wanted)
            if score is not None and (name.node not in best or score < best[name.node][0]):
                best[name.node] = (score, name)
    ranked = sorted(
        best.items(),
        key=lambda item: (item[1][0], -kept.spoken[item[0]], len(item[1][1].folded), item[1][1].folded, item[0]),
    )
    found = []
    for node, (_, name) in ranked:
        shown = _shown(view, node)
        if not type or shown["type"] == type:
            found.append({**shown, "matched": name.text, "claims": kept.spoken[node]})
        if len(found) >= min(most, MOST):
            break
    return {"query": text, "found": found, "total": len(best)}


def counts(view: View) -> dict[str, Any]:
    """How much there is, and what is spoken of most."""
    kept = index(view)
    ranked = sorted(kept.spoken.items(), key=lambda item: (-item[1], item[0]))
    top = [view.ref(node) for node, _ in ranked[: _TOP * 4] if view.type(node) and view.rank(node) is None]
    return {"documents": kept.documents, "claims": kept.claims, "facts": kept.facts, "top": top[:_TOP]}


def spelled(name: str) -> tuple[str, ...]:
    """How a Chinese name is typed on a Latin keyboard, whole and by initials; empty without Chinese characters.

    By characters, each looked up once: looking for words in every name takes minutes for the names of a large graph.
    """
    if not _HAN.search(name):
        return ()
    parts = [_readings(char) if _HAN.match(char) else (char,) for char in lookup.folded(name)]
    wholes = ["".join(one) for one in islice(product(*parts), _SPELLINGS)]
    initials = [
        "".join(part[:1] if len(part) > 1 else part for part in one) for one in islice(product(*parts), _SPELLINGS)
    ]
    return tuple(dict.fromkeys([*wholes, *initials]))


@cache
def _readings(char: str) -> tuple[str, ...]:
    """The pinyin of a character without tones, the usual one first."""
    from pypinyin import Style, pinyin

    found = pinyin(char, style=Style.NORMAL, heteronym=True)[0]
    return tuple(dict.fromkeys(reading.casefold() for reading in found))[:2] or (char,)


def _score(name: Name, wanted: str) -> int | None:
    if name.folded == wanted:
        return 0 if name.preferred else 1
    if name.folded.startswith(wanted):
        return 2 if name.preferred else 3
    if wanted in name.pinyin:
        return 4
    if any(spelled.startswith(wanted) for spelled in name.pinyin):
        return 5
    if wanted in name.folded:
        return 6
    return 7 if len(wanted) > 2 and any(wanted in spelled for spelled in name.pinyin[:1]) else None


def _shown(view: View, node: str) -> dict[str, Any]:
    shown = view.ref(node)
    if shown["type"]:
        return shown
    document = record.document(view.store, NamedNode(node))
    return {"id": document.id, "type": "Document", "labels": {"": document.name}}


def _made(view: View) -> Index:
    store = view.store
    classes = {NamedNode(iri) for iri in view.words["classes"]}
    of_class = {
        quad.subject.value
        for cls in classes
        for quad in store.quads_for_pattern(None, _TYPE, cls, None)
        if isinstance(quad.subject, NamedNode)
    }
    preferred = {
        (quad.subject.value, quad.object.value)
        for quad in store.quads_for_pattern(None, NamedNode(SKOS + "prefLabel"), None, None)
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal)
    }
    seen = {(node.value, text) for node, text in lookup.labels(store) if node.value in of_class}
    documents = record.documents(store)
    seen |= {(document.iri, document.name) for document in documents}
    names = tuple(
        Name(node, text, lookup.folded(text), spelled(text), (node, text) in preferred) for node, text in sorted(seen)
    )
    spoken: Counter[str] = Counter()
    for end in ("subject", "object"):
        for quad in store.quads_for_pattern(None, NamedNode(RDF + end), None, CLAIMS):
            if isinstance(quad.object, NamedNode):
                spoken[quad.object.value] += 1
    claims = sum(1 for _ in store.quads_for_pattern(None, NamedNode(RDF + "subject"), None, CLAIMS))
    facts = sum(1 for iri in view.relations for _ in view.facts(None, iri))
    return Index(store, names, spoken, len(documents), claims, facts)
