"""An ontology as the builder uses it: which classes and relations there are, and what each relation may hold.

An ontology is a folder with `ontology.ttl` (OWL), `shapes.ttl` (SHACL), `patterns.yaml` and `queries/*.rq`.  What OWL
has no words for (the kind in ids, the order of an ordered class, the interval beside a date …) the Turtle says with the
annotation properties of the core ontology, so that a new relation is an edit of the folder and of no code.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from kg import iri
from kg.errors import OntologyError
from kg.model import Entity
from kg.statements import OWL, RDF, RDFS, SKOS, XSD, Statements

_CORE_NAME = "core"
_DATES = frozenset({"date", "gYearMonth", "gYear", "dateTime"})
_INTEGERS = frozenset({"integer", "nonNegativeInteger", "positiveInteger", "int", "long"})
_LANGUAGES = ("zh", "en")
"""Which label is shown first where one has to do."""


@dataclass(frozen=True, slots=True)
class Class:
    """A class of things that claims are about."""

    name: str
    """Its local name, such as `Thing`."""
    iri: str
    kind: str
    """What ids of its members begin with; empty for a class that no entity has (`kg:idPrefix` is missing)."""
    labels: tuple[tuple[str, str], ...] = ()
    """(language, label), sorted."""
    parents: tuple[str, ...] = ()
    """Local names of classes of this ontology, whole IRIs of others; sorted."""
    ordered: bool = False
    """Its members are ranks, and claim lines write them as their number."""
    rank_property: str | None = None
    """IRI of the property that holds that number."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A property that claims may state."""

    name: str
    iri: str
    domain: tuple[str, ...] = ()
    """Names of the classes that its subjects have, one of them; sorted."""
    range: tuple[str, ...] = ()
    """Names of the classes that its objects have, one of them; empty where the object is a literal."""
    datatype: str | None = None
    """`date` (which stands for dates, months and years), `integer`, `string` or another local name of XML Schema; None
    where the object is an entity."""
    functional: bool = False
    """Two values for one subject contradict each other."""
    scoped: bool = False
    """It holds by the word of one document, so that values of two documents never contradict each other."""
    rises_along: str | None = None
    """Name of the relation up which a coarser object is the same answer."""
    scoped_along: str | None = None
    """Name of the relation from a version to what it is a version of: a version's value is not the whole's."""
    event_cues: tuple[str, ...] = ()
    """Words, in lower case, with which a date is that of another event; sorted."""
    scope_cues: tuple[str, ...] = ()
    """Words, in lower case, with which a value is that of one version, size or part; sorted."""
    earliest: str | None = None
    """IRI of the property that holds the first day of a date's interval."""
    latest: str | None = None
    headline: int | None = None
    """Its place in tables and views; None for those that come after."""
    core: bool = False
    labels: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Ontology:
    """A loaded ontology."""

    name: str
    folder: Path
    seeds: Path
    """Where its seeds are; the folder may be missing."""
    iri: str
    prefix: str
    """The prefix that its Turtle gives to its own namespace."""
    namespace: str
    classes: tuple[Class, ...]
    relations: tuple[Relation, ...]
    """Those with a headline in that order, then the others by name."""
    members: tuple[Entity, ...] = ()
    """The individuals that the ontology declares, by id."""

    @property
    def shapes(self) -> tuple[Path, ...]:
        """The shapes files that exist: the core's (the one beside this ontology, else the packaged one), its own."""
        places = (self.folder.parent, *folders())
        core = (p for place in places if (p := place / _CORE_NAME / "shapes.ttl").is_file())
        own = self.folder / "shapes.ttl"
        return tuple(p for p in (next(core, None), own if own.is_file() else None) if p is not None)

    @property
    def queries(self) -> Path:
        """The folder of its saved queries."""
        return self.folder / "queries"

    @property
    def kinds(self) -> tuple[str, ...]:
        """What ids begin with, sorted."""
        return tuple(sorted({c.kind for c in self.classes if c.kind}))

    def cls(self, name: str) -> Class:
        """The class of that local name; OntologyError with the nearest spelling for an unknown one."""
        return _named(self.classes, name, "class", self.name)

    def relation(self, name: str) -> Relation:
        """The relation of that local name; OntologyError with the nearest spelling for an unknown one."""
        return _named(self.relations, name, "relation", self.name)

    def is_a(self, name: str, ancestor: str) -> bool:
        """Whether the class `name` is `ancestor` (a local name, or an IRI of another ontology) or below it."""
        parents = {c.name: c.parents for c in self.classes}
        seen: set[str] = set()
        todo = [name]
        while todo:
            here = todo.pop()
            if here == ancestor:
                return True
            if here not in seen:
                seen.add(here)
                todo.extend(parents.get(here, ()))
        return False

    def of_kind(self, kind: str) -> Class | None:
        """The class whose ids begin with `kind`."""
        return next((c for c in self.classes if c.kind == kind), None)

    def member(self, entity_id: str) -> Entity | None:
        """The declared individual of that id."""
        return next((m for m in self.members if m.id == entity_id), None)


_Thing = TypeVar("_Thing", Class, Relation)


def folders() -> tuple[Path, ...]:
    """The folders that ontologies are looked for in by name, first one first; those that exist."""
    here = Path(__file__).resolve().parent
    places = [Path.cwd() / "ontologies", here / "data" / "ontologies", here.parent / "ontologies"]
    return tuple(dict.fromkeys(p for p in places if p.is_dir()))


def known() -> dict[str, Path]:
    """The ontologies that can be loaded by name, sorted: name → folder."""
    found: dict[str, Path] = {}
    for place in folders():
        for file in sorted(place.glob("*/ontology.ttl")):
            if file.parent.name != _CORE_NAME:
                found.setdefault(file.parent.name, file.parent)
    return dict(sorted(found.items()))


def load(name: str = "ai-models") -> Ontology:
    """The ontology of that name, or in that folder.

    Raises OntologyError for an unknown name (listing the known ones), Turtle that does not parse (file, line, column),
    and statements that the builder cannot use.
    """
    folder = Path(name)
    if not (folder / "ontology.ttl").is_file():
        found = known()
        if name not in found:
            raise OntologyError(_unknown(name, folder, found))
        folder = found[name]
    folder = Path(os.path.abspath(folder))
    return _ontology(Statements(folder / "ontology.ttl"), folder)


def _unknown(name: str, folder: Path, found: dict[str, Path]) -> str:
    if folder.is_dir():
        return f"{name}: no ontology.ttl in this folder; known by name: {', '.join(found) or 'none'}"
    near = difflib.get_close_matches(name, found, n=1)
    hint = f"; did you mean {near[0]}?" if near else ""
    return f"no ontology named {name!r}; known: {', '.join(found) or 'none'}{hint}"


def _named(things: Sequence[_Thing], name: str, what: str, ontology: str) -> _Thing:
    for thing in things:
        if thing.name == name:
            return thing
    by_name = [thing.name for thing in things]
    near = difflib.get_close_matches(name, by_name, n=1)
    hint = f"; did you mean {near[0]}?" if near else f"; it has {', '.join(sorted(by_name))}"
    raise OntologyError(f"the ontology {ontology} has no {what} {name!r}{hint}")


def _ontology(said: Statements, folder: Path) -> Ontology:
    headers = said.subjects.get((RDF + "type", OWL + "Ontology"), [])
    if len(headers) != 1:
        raise OntologyError(f"{said.file}: needs one owl:Ontology, has {len(headers)}")
    address = headers[0].rstrip("#/")
    namespace = f"{address}#"
    prefix = next((p for p, ns in sorted(said.prefixes.items()) if ns == namespace and p), None)
    if prefix is None:
        raise OntologyError(f"{said.file}: needs a @prefix for its own namespace, <{namespace}>")
    classes = tuple(_class(said, c, namespace) for c in _declared(said, namespace, OWL + "Class"))
    return Ontology(
        name=folder.name,
        folder=folder,
        seeds=folder.parent.parent / "seeds" / folder.name,
        iri=address,
        prefix=prefix,
        namespace=namespace,
        classes=classes,
        relations=_relations(said, namespace, classes),
        members=_members(said, classes),
    )


def _declared(said: Statements, namespace: str, *types: str) -> list[str]:
    found = {s for t in types for s in said.subjects.get((RDF + "type", t), ()) if s.startswith(namespace)}
    return sorted(found)


def _class(said: Statements, address: str, namespace: str) -> Class:
    parents = {p.removeprefix(namespace) for p in said.all(address, RDFS + "subClassOf") if not p.startswith("_:")}
    return Class(
        name=address.removeprefix(namespace),
        iri=address,
        kind=said.text(address, iri.CORE + "idPrefix") or "",
        labels=said.labels(address, RDFS + "label"),
        parents=tuple(sorted(parents)),
        ordered=said.true(address, iri.CORE + "ordered"),
        rank_property=said.one(address, iri.CORE + "rankProperty"),
    )


def _relations(said: Statements, namespace: str, classes: tuple[Class, ...]) -> tuple[Relation, ...]:
    properties = _declared(said, namespace, OWL + "ObjectProperty", OWL + "DatatypeProperty")
    # What is written beside a relation's value is no relation, nor is the other direction of one.
    beside = {c.rank_property for c in classes}
    for address in properties:
        beside.update((said.one(address, iri.CORE + "earliest"), said.one(address, iri.CORE + "latest")))
    inverses = {a: said.one(a, OWL + "inverseOf") for a in properties}
    beside.update(a for a, other in inverses.items() if other in properties and inverses[other] is None)
    relations = [_relation(said, a, namespace) for a in properties if a not in beside]
    names = {r.name for r in relations}
    for relation in relations:
        if relation.rises_along is not None and relation.rises_along not in names:
            raise OntologyError(f"{said.file}: {relation.name} rises along {relation.rises_along}, no relation of it")
        if relation.scoped_along is not None and relation.scoped_along not in names:
            raise OntologyError(
                f"{said.file}: {relation.name} is scoped along {relation.scoped_along}, no relation of it"
            )
    return tuple(sorted(relations, key=lambda r: (r.headline is None, r.headline or 0, r.name)))


def _relation(said: Statements, address: str, namespace: str) -> Relation:
    name = address.removeprefix(namespace)
    types = said.all(address, RDF + "type")
    ranges = said.union(said.all(address, RDFS + "range"))
    classes = tuple(sorted(r.removeprefix(namespace) for r in ranges if r.startswith(namespace)))
    literal = OWL + "DatatypeProperty" in types
    if not literal and not classes:
        raise OntologyError(f"{said.file}: {name} is an owl:ObjectProperty without an rdfs:range of this ontology")
    rises = said.one(address, iri.CORE + "risesAlong")
    versions = said.one(address, iri.CORE + "scopedAlong")
    return Relation(
        name=name,
        iri=address,
        domain=tuple(sorted(d.removeprefix(namespace) for d in said.union(said.all(address, RDFS + "domain")))),
        range=() if literal else classes,
        datatype=_datatype(ranges) if literal else None,
        functional=OWL + "FunctionalProperty" in types,
        scoped=said.true(address, iri.CORE + "scopedByDocument"),
        rises_along=rises.removeprefix(namespace) if rises else None,
        scoped_along=versions.removeprefix(namespace) if versions else None,
        event_cues=_cues(said, address, "otherEventCue"),
        scope_cues=_cues(said, address, "scopeCue"),
        earliest=said.one(address, iri.CORE + "earliest"),
        latest=said.one(address, iri.CORE + "latest"),
        headline=_number(said, address, iri.CORE + "headline", "kg:headline"),
        core=said.true(address, iri.CORE + "core"),
        labels=said.labels(address, RDFS + "label"),
    )


def _cues(said: Statements, address: str, name: str) -> tuple[str, ...]:
    return tuple(sorted({text.casefold() for _, text in said.texts.get((address, iri.CORE + name), ())}))


def _members(said: Statements, classes: tuple[Class, ...]) -> tuple[Entity, ...]:
    found: list[Entity] = []
    for cls in classes:
        start = f"{iri.BASE}id/{cls.kind}/"
        addresses = said.subjects.get((RDF + "type", cls.iri), ()) if cls.kind else ()
        found.extend(_member(said, address, cls) for address in sorted(addresses) if address.startswith(start))
    return tuple(sorted(found, key=lambda e: e.id))


def _member(said: Statements, address: str, cls: Class) -> Entity:
    labels = said.labels(address, SKOS + "prefLabel") or said.labels(address, RDFS + "label")
    if not labels:
        raise OntologyError(f"{said.file}: <{address}> has no skos:prefLabel")
    try:
        entity_id = iri.entity_id(address)
    except ValueError as error:
        raise OntologyError(f"{said.file}: {error}") from error
    by_language = dict(labels)
    aliases = {text for _, text in said.texts.get((address, SKOS + "altLabel"), ())}
    return Entity(
        id=entity_id,
        type=cls.name,
        label=next((by_language[tag] for tag in _LANGUAGES if tag in by_language), labels[0][1]),
        labels=labels,
        aliases=tuple(sorted(aliases)),
        seeded=True,
        same_as=tuple(sorted(said.all(address, OWL + "sameAs"))),
        rank=_number(said, address, cls.rank_property, "rank") if cls.rank_property else None,
    )


def _number(said: Statements, address: str, predicate: str, what: str) -> int | None:
    text = said.text(address, predicate)
    if text is None:
        return None
    try:
        return int(text)
    except ValueError as error:
        raise OntologyError(f"{said.file}: <{address}>: its {what} is {text!r}, not a whole number") from error


def _datatype(ranges: Iterable[str]) -> str:
    """The family that literals of these datatypes belong to."""
    names = {r.removeprefix(XSD) for r in ranges if r.startswith(XSD)}
    if names & _DATES:
        return "date"
    if names & _INTEGERS:
        return "integer"
    return min(names, default="string")
