"""What differs between two graphs: two builds, or two files of RDF.

A fact is a triple of the default graph, without those that only describe something (types, names): these are compared
apart.  Where each graph has exactly one value of a property for a thing and the two are not the same, or are not the
same days, the fact has changed; any other is added or removed.  Where both graphs have their claims with them (a build,
a TriG file), the claims are compared too: a property that is in conflict in the second and was not in the first is
newly in conflict, and one the other way round is settled.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, DefaultGraph, Literal, NamedNode, RdfFormat, parse

from kg import record, store
from kg.errors import GraphError
from kg.header import VOID
from kg.statements import OWL, RDF, RDFS, SKOS
from kg.tables import shortened, visible
from kg.triples import CLAIMS, CORE

if TYPE_CHECKING:
    from rich.console import Group

FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".trig": RdfFormat.TRIG,
    ".nq": RdfFormat.N_QUADS,
    ".rdf": RdfFormat.RDF_XML,
    ".xml": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
}
"""Files that can be compared, by the end of their names."""

_DESCRIBES = frozenset({RDF + "type", OWL + "sameAs", RDFS + "label", SKOS + "prefLabel", SKOS + "altLabel"})
_BESIDE = re.compile(r"(?:Earliest|Latest)\Z")
_NAMES = (SKOS + "prefLabel", RDFS + "label")
_LANGUAGES = ("zh", "en")

Pair = tuple[str, str]
"""(subject, predicate), as IRIs or `_:id`."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference; `before` and `after` are values of one property of one thing, empty where there is none."""

    kind: str
    """One of `KINDS`."""
    subject: str
    """An IRI."""
    subject_label: str
    predicate: str
    before: tuple[str, ...]
    """As labels, sorted; an IRI without a label as it is."""
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs; empty for two graphs that say the same."""

    changes: tuple[Change, ...]
    counts: tuple[tuple[str, int], ...]
    """(kind, how many) for each of `KINDS`, then claims that only the second and only the first has."""
    same: bool
    """The two graphs have the same triples, but for the names of blank nodes."""

    def as_json(self) -> dict[str, Any]:
        """The same as plain dicts and lists."""
        changes = [asdict(change) for change in self.changes]
        return {"same": self.same, "counts": dict(self.counts), "changes": changes}


KINDS = ("added", "removed", "changed", "in conflict", "settled", "described")
"""What can have become of a fact, or of a thing."""


def diff(before: str | Path, after: str | Path) -> Difference:
    """How the graph `after` differs from the graph `before`; each is a build's folder or a file of `FORMATS`.

    Raises GraphError for what is not there or cannot be read.
    """
    one, two = _load(Path(before)), _load(Path(after))
    names = {**one.names, **two.names}
    changes: list[Change] = []
    touched: set[str] = set()
    for pair in sorted({*one.facts, *two.facts}):
        was, now = one.facts.get(pair, set()), two.facts.get(pair, set())
        if was != now:
            changes.extend(_changes(pair, was, now, names))
            touched.update((pair[0], *(_text(term) for term in was ^ now)))
        elif one.days.get(pair) != two.days.get(pair):
            sides = (tuple(sorted(side.days.get(pair, ()))) for side in (one, two))
            changes.append(Change("changed", pair[0], _name(pair[0], names), pair[1], *sides))
    for kind, pairs in (("in conflict", two.conflicts - one.conflicts), ("settled", one.conflicts - two.conflicts)):
        for pair in pairs if one.claims is not None and two.claims is not None else ():
            sides = (_labels(side.facts.get(pair, set()), names) for side in (one, two))
            changes.append(Change(kind, pair[0], _name(pair[0], names), pair[1], *sides))
    for subject in {*one.descriptions, *two.descriptions}:
        of, to = one.descriptions.get(subject, set()), two.descriptions.get(subject, set())
        if of != to and ((of and to) or subject not in touched):
            sides = (tuple(sorted(_shown(t, names) for t in side)) for side in (of - to, to - of))
            changes.append(Change("described", subject, _name(subject, names), "", *sides))
    changes.sort(key=lambda c: (KINDS.index(c.kind), c.subject, c.predicate, c.before, c.after))
    counts = [(kind, sum(c.kind == kind for c in changes)) for kind in KINDS]
    same = one.plain == two.plain
    if one.claims is not None and two.claims is not None:
        counts += [("claims added", len(two.claims - one.claims)), ("claims removed", len(one.claims - two.claims))]
        same = same and one.beside == two.beside
    return Difference(tuple(changes), tuple(counts), same)


def rendered(difference: Difference) -> Group:
    """The difference for a terminal; prints with rich."""
    from rich.console import Group
    from rich.text import Text

    marks = {
        "added": ("+", "green"),
        "removed": ("-", "red"),
        "changed": ("~", "yellow"),
        "in conflict": ("!", "magenta"),
        "settled": ("=", "magenta"),
        "described": ("·", "dim"),
    }
    lines = [Text(", ".join(f"{number} {kind}" for kind, number in difference.counts))]
    for change in difference.changes:
        mark, style = marks[change.kind]
        sides = [", ".join(shortened(visible(value)) for value in side) for side in (change.before, change.after)]
        values = " → ".join(side for side in sides if side) if change.kind != "described" else _both(sides)
        predicate = f" {record.local(change.predicate)}" if change.predicate else ""
        conflict = {"in conflict": "  newly in conflict", "settled": "  no longer in conflict"}.get(change.kind, "")
        words = f"{mark} {shortened(visible(change.subject_label))}{visible(predicate)} {values}{conflict}"
        lines.append(Text(words, style=style))
    return Group(*lines)


def _both(sides: list[str]) -> str:
    return "; ".join(f"{word} {side}" for word, side in zip(("no longer", "now"), sides, strict=True) if side)


@dataclass
class _Loaded:
    """A graph, ready to be compared."""

    facts: dict[Pair, set[Any]] = field(default_factory=dict)
    descriptions: dict[str, set[tuple[str, Any]]] = field(default_factory=dict)
    days: dict[Pair, set[str]] = field(default_factory=dict)
    """For a date, the properties that hold its first and its last day, with these days."""
    plain: set[Any] = field(default_factory=set)
    """All of its default graph."""
    beside: set[Any] = field(default_factory=set)
    """All of its graph of claims."""
    claims: set[str] | None = None
    """IRIs of its claims; None where it has none with it."""
    conflicts: set[Pair] = field(default_factory=set)
    names: dict[str, str] = field(default_factory=dict)


def _load(path: Path) -> _Loaded:
    quads = _quads(path)
    loaded = _Loaded()
    labels: dict[str, dict[str, str]] = {}
    claims: dict[Any, dict[str, Any]] = {}
    against: set[Any] = set()
    for quad in quads:
        predicate = quad.predicate.value
        subject = _text(quad.subject)
        if quad.graph_name == CLAIMS:
            loaded.beside.add(quad)
            if predicate == CORE + "conflictsWith":
                against.add(quad.subject)
            elif predicate in (RDF + "subject", RDF + "predicate"):
                claims.setdefault(quad.subject, {})[predicate] = _text(quad.object)
        elif isinstance(quad.graph_name, DefaultGraph):
            loaded.plain.add(quad)
            if predicate.startswith(VOID):
                continue  # how much a graph holds follows from what it holds
            if predicate in _DESCRIBES:
                loaded.descriptions.setdefault(subject, set()).add((predicate, quad.object))
            else:
                loaded.facts.setdefault((subject, predicate), set()).add(quad.object)
        if predicate in _NAMES and isinstance(quad.object, Literal):
            labels.setdefault(subject, {})[quad.object.language or ""] = quad.object.value
    for subject, predicate in [pair for pair in loaded.facts if _BESIDE.search(pair[1])]:
        main = (subject, _BESIDE.sub("", predicate))
        if main in loaded.facts:
            days = loaded.facts.pop((subject, predicate))
            loaded.days.setdefault(main, set()).update(f"{record.local(predicate)} {_text(day)}" for day in days)
    loaded.claims = {_text(claim) for claim in claims} if loaded.beside else None
    for claim in against:
        said = claims.get(claim, {})
        if len(said) == 2:
            loaded.conflicts.add((said[RDF + "subject"], said[RDF + "predicate"]))
    for subject, by_language in labels.items():
        best = next((by_language[tag] for tag in _LANGUAGES if tag in by_language), None)
        loaded.names[subject] = best or by_language[min(by_language)]
    return loaded


def _quads(path: Path) -> Iterable[Any]:
    """The quads of a build or file, blank nodes under names that two equal graphs have in common."""
    file = path / store.DATASET if path.is_dir() else path
    if not file.is_file():
        what = f"no graph here; run: kg build INPUT -o {path}" if path.is_dir() else "no such file or folder"
        raise GraphError(f"{path}: {what}")
    form = FORMATS.get(file.suffix.lower())
    if form is None:
        raise GraphError(f"{path}: not a build's folder nor a file of RDF; files end in {', '.join(sorted(FORMATS))}")
    try:
        quads = list(parse(file.read_bytes(), form, base_iri="https://kg.example.org/"))
    except (OSError, SyntaxError) as error:
        raise GraphError(f"{path}: cannot be read ({error})") from error
    if any(isinstance(q.subject, BlankNode) or isinstance(q.object, BlankNode) for q in quads):
        dataset = Dataset(quads)
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
        return dataset
    return quads


def _changes(pair: Pair, was: set[Any], now: set[Any], names: dict[str, str]) -> Iterable[Change]:
    gone, come = was - now, now - was
    subject, predicate = pair
    if len(was) == len(now) == 1 and gone:
        yield Change("changed", subject, _name(subject, names), predicate, _labels(was, names), _labels(now, names))
        return
    for value in come:
        yield Change("added", subject, _name(subject, names), predicate, (), _labels({value}, names))
    for value in gone:
        yield Change("removed", subject, _name(subject, names), predicate, _labels({value}, names), ())


def _labels(terms: set[Any], names: dict[str, str]) -> tuple[str, ...]:
    return tuple(sorted(_label(term, names) for term in terms))


def _label(term: Any, names: dict[str, str]) -> str:
    return _name(term.value, names) if isinstance(term, NamedNode) else _text(term)


def _shown(description: tuple[str, Any], names: dict[str, str]) -> str:
    predicate, term = description
    language = f"@{term.language}" if isinstance(term, Literal) and term.language else ""
    return f"{record.local(predicate)} {_label(term, names)}{language}"


def _name(address: str, names: dict[str, str]) -> str:
    return names.get(address) or address


def _text(term: Any) -> str:
    return f"_:{term.value}" if isinstance(term, BlankNode) else str(getattr(term, "value", term))
