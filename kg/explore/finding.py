"""Which things have a name like that: by label, alias or pinyin, best first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice, product
from typing import Any

from pyoxigraph import Literal, NamedNode, Store

from kg import lookup, record
from kg.explore.view import View
from kg.statements import RDF, SKOS
from kg.triples import CLAIMS, CORE

MOST = 50
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
class Spoken:
    """How often the claims of a store speak of each thing, and how many claims there are."""

    store: Store
    times: Counter[str]
    claims: int


_names: list[tuple[Store, tuple[Name, ...]]] = []
_spoken: list[Spoken] = []
_making: list[tuple[Store, Iterator[None]]] = []
_FEW = 500
_AT_ONCE = 200
"""Names that `making` adds in one step, in about a hundredth of a second."""


def names(view: View) -> tuple[Name, ...]:
    """All names of a store, made once for as long as it is open."""
    for _ in making(view.store):
        pass
    return _names[0][1]


def making(store: Store) -> Iterator[None]:
    """Make the names of a store and count what is spoken of, in small steps, so that it can be done while nobody asks.

    It may be left at any time, and the next call goes on from there; when they are made there are no steps.
    """
    if _names and _names[0][0] is store:
        return iter(())
    if not _making or _making[0][0] is not store:
        _making[:] = [(store, _steps(store))]
    return _making[0][1]


def spoken(view: View) -> Spoken:
    """How often claims speak of each thing, counted once for as long as the store is open."""
    if not _spoken or _spoken[0].store is not view.store:
        _spoken[:] = [_counted(view.store)]
    return _spoken[0]


def times(view: View, things: Collection[str]) -> Mapping[str, int]:
    """How often claims speak of these things; of a few of them without counting all the others."""
    if len(things) > _FEW or (_spoken and _spoken[0].store is view.store):
        return spoken(view).times
    found: Counter[str] = Counter()
    for thing in things:
        for end in ("subject", "object"):
            quads = view.store.quads_for_pattern(None, NamedNode(RDF + end), NamedNode(thing), CLAIMS)
            found[thing] += sum(1 for _ in quads)
    return found


def find(view: View, text: str, *, most: int = 12, type: str = "") -> dict[str, Any]:
    """Things and documents with such a name: whole names before beginnings before middles, labels before aliases
    before pinyin, and of equals what more claims speak of."""
    wanted = lookup.folded(text[:_LONGEST])
    times = spoken(view).times
    best: dict[str, tuple[int, Name]] = {}
    if wanted:
        for name in names(view):
            score = _score(name, wanted)
            if score is not None and (name.node not in best or score < best[name.node][0]):
                best[name.node] = (score, name)
    ranked = sorted(
        best.items(),
        key=lambda item: (item[1][0], -times[item[0]], len(item[1][1].folded), item[1][1].folded, item[0]),
    )
    found = []
    total = len(best)
    for node, (_, name) in ranked:
        shown = _shown(view, node)
        if shown is None:
            total -= 1
        elif not type or shown["type"] == type:
            found.append({**shown, "matched": name.text, "claims": times[node]})
        if len(found) >= min(most, MOST):
            break
    return {"query": text, "found": found, "total": total}


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


def _shown(view: View, node: str) -> dict[str, Any] | None:
    """A thing or document as a list shows it; None for what is neither, such as a class that has a label."""
    shown = view.ref(node)
    if shown["type"]:
        return shown
    quads = view.store.quads_for_pattern(NamedNode(node), _TYPE, NamedNode(CORE + "Document"), CLAIMS)
    if next(quads, None) is None:
        return None
    document = record.document(view.store, NamedNode(node))
    return {"id": document.id, "type": "Document", "labels": {"": document.name}}


def _steps(store: Store) -> Iterator[None]:
    try:
        yield from _made(store)
    except Exception:
        _making.clear()  # the next question begins anew
        raise


def _counted(store: Store) -> Spoken:
    times: Counter[str] = Counter()
    claims = 0
    for end in ("subject", "object"):
        for quad in store.quads_for_pattern(None, NamedNode(RDF + end), None, CLAIMS):
            claims += end == "subject"
            if isinstance(quad.object, NamedNode):
                times[quad.object.value] += 1
    return Spoken(store, times, claims)


def _made(store: Store) -> Iterator[None]:
    if not _spoken or _spoken[0].store is not store:
        _spoken[:] = [_counted(store)]
    yield
    preferred = {
        (quad.subject.value, quad.object.value)
        for quad in store.quads_for_pattern(None, NamedNode(SKOS + "prefLabel"), None, None)
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal)
    }
    yield
    seen = {(node.value, text) for node, text in lookup.labels(store)}
    yield
    seen |= {(document.iri, document.name) for document in record.documents(store)}
    yield
    found = []
    for at, (node, text) in enumerate(sorted(seen)):
        found.append(Name(node, text, lookup.folded(text), spelled(text), (node, text) in preferred))
        if at % _AT_ONCE == 0:
            yield
    _names[:] = [(store, tuple(found))]
    _making.clear()
