"""Which entity of a graph somebody means: by id, IRI, label or alias."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from kg import iri
from kg.errors import QueryError
from kg.statements import RDFS, SKOS

if TYPE_CHECKING:
    from pyoxigraph import NamedNode, Store

_PREDICATES = (SKOS + "prefLabel", RDFS + "label", SKOS + "altLabel")
_SHOWN = 8
"""How many candidates an error message lists."""


def entity(store: Store, wanted: str, prefixes: Mapping[str, str]) -> NamedNode:
    """The node that `wanted` names: an id (`org:acme`), an IRI (with or without `<>`), or any label or alias.

    Names are compared as they stand first, then without regard to case, width of letters and spaces.  Raises
    QueryError when two things have the name (listing them) and when none has (with the nearest names).
    """
    node = _addressed(store, wanted.strip(), prefixes)
    if node is not None:
        return node
    names = tuple(labels(store))
    for key in (_exact, folded):
        found = sorted({node for node, name in names if key(name) == key(wanted)}, key=lambda node: node.value)
        if len(found) == 1:
            return found[0]
        if found:
            raise QueryError(f"{wanted!r} is the name of {len(found)} things; say which: {_listed(found, prefixes)}")
    raise QueryError(f"nothing in the graph is called {wanted!r}{_near(wanted, [name for _, name in names])}")


def labels(store: Store) -> Iterator[tuple[NamedNode, str]]:
    """Every entity with each of its labels and aliases, those that only claims mention too."""
    from pyoxigraph import DefaultGraph, Literal, NamedNode

    for predicate in _PREDICATES:
        for graph in (DefaultGraph(), NamedNode(iri.CLAIMS)):
            for quad in store.quads_for_pattern(None, NamedNode(predicate), None, graph):
                if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
                    yield quad.subject, quad.object.value


def folded(name: str) -> str:
    """A name without regard to case, width and spaces; versions and punctuation stay."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def shortened(address: str, prefixes: Mapping[str, str]) -> str:
    """An IRI as a prefixed name where a prefix fits, else as it is; `org:acme` is the id of what it names."""
    for prefix, namespace in sorted(prefixes.items(), key=lambda item: (-len(item[1]), item[0])):
        if address.startswith(namespace) and iri.is_local(address[len(namespace) :]):
            return f"{prefix}:{address[len(namespace) :]}"
    return address


def expanded(name: str, prefixes: Mapping[str, str]) -> NamedNode | None:
    """The IRI that `<…>`, an absolute `https://…` or a prefixed name stands for; None for anything else."""
    from pyoxigraph import NamedNode

    prefix, colon, local = name.partition(":")
    if name.startswith("<") and name.endswith(">"):
        address = name[1:-1]
    elif colon and local.startswith("//"):
        address = name
    elif colon and prefix in prefixes:
        address = prefixes[prefix] + local.replace("\\~", "~")
    else:
        return None
    try:
        return NamedNode(address)
    except ValueError:
        return None  # no IRI: it may still be a name, such as `model: the next`


def _addressed(store: Store, wanted: str, prefixes: Mapping[str, str]) -> NamedNode | None:
    node = expanded(wanted, prefixes)
    if node is None:
        return None
    known = next(store.quads_for_pattern(node, None, None, None), None) or next(
        store.quads_for_pattern(None, None, node, None), None
    )
    if known is not None:
        return node
    ids = (shortened(other.value, prefixes) for other, _ in labels(store))
    if wanted.startswith("<") or "://" in wanted:
        raise QueryError(f"nothing in the graph has the IRI {wanted}")
    named = any(_exact(name) == _exact(wanted) for _, name in labels(store))
    if named:
        return None
    raise QueryError(f"nothing in the graph has the id {wanted}{_near(wanted, list(ids))}")


def _exact(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _listed(found: list[NamedNode], prefixes: Mapping[str, str]) -> str:
    names = [shortened(node.value, prefixes) for node in found[:_SHOWN]]
    return ", ".join(names) + (" …" if len(found) > _SHOWN else "")


def _near(wanted: str, names: list[str]) -> str:
    by_key: dict[str, str] = {}
    for name in sorted(names):
        by_key.setdefault(folded(name), name)
    near = difflib.get_close_matches(folded(wanted), list(by_key), n=5, cutoff=0.5)
    inside = [key for key in by_key if folded(wanted) and folded(wanted) in key]
    best = list(dict.fromkeys([*near, *sorted(inside, key=lambda key: (len(key), key))]))[:5]
    if not best:
        return "; kg export --format csv -o FILE lists what it has"
    return f"; nearest: {', '.join(by_key[key] for key in best)}"
