"""The names that are known beforehand: the seeds' entities, a user's own names, and how a text is searched for them.

A name is compared by its `key`: width, case, spaces, hyphens, underscores and middle dots do not count, digits and dots
between digits do.  So `Abc-4`, `abc 4` and `ＡＢＣ４` are one name, and `Abc2` and `Abc2.5` are two.
"""

from __future__ import annotations

import csv
import difflib
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import OntologyError
from kg.model import Entity, Span

if TYPE_CHECKING:
    from kg.ontology import Ontology

_SKIPPED = re.compile(r"[\s\-‐‑–—_·・’'`¯]")
_DASH = re.compile(r"[–—―]{2,}|--+|(?<=\s)[-–—](?=\s)")
"""What stands between two names and in none."""
_PLAIN_COLUMNS = ("id", "type", "zh", "en", "aliases", "weak", "same_as", "note")
_LATIN = re.compile(r"[A-Za-z0-9\u00c0-\u024f]")


@lru_cache(1 << 16)
def key(name: str) -> str:
    """What two spellings of one name have in common."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    folded = _SKIPPED.sub("", folded)
    return re.sub(r"(?<!\d)\.(?!\d)|(?<=\d)\.(?!\d)|(?<!\d)\.(?=\d)", "", folded)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entity with what the seeds say about it beforehand: names and relations, never facts of the graph."""

    entity: Entity
    weak: tuple[str, ...] = ()
    """Names that are ordinary words too: they count only with support from what stands around them."""
    relations: tuple[tuple[str, str], ...] = ()
    """(relation, entity id): background that helps to read a text."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A known name found in a text."""

    span: Span
    entities: tuple[str, ...]
    """Ids of the entities that have this name, at most one of each type."""
    weak: bool


@dataclass(frozen=True)
class Lexicon:
    """All known names."""

    entries: Mapping[str, Entry]
    not_same: frozenset[tuple[str, str, str]] = frozenset()
    """(key of a name, type, entity id) that must not be taken for one another."""
    decided: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict, repr=False)
    """(key of a name, type) → the entity that `same-as.csv` says it is, and who says so and why."""
    _names: dict[str, tuple[tuple[str, bool], ...]] = field(default_factory=dict, repr=False)
    _trie: Any = field(default=None, repr=False)

    def entity(self, entity_id: str) -> Entity:
        return self.entries[entity_id].entity

    def lookup(self, name: str, type: str | None = None) -> str | None:
        """The entity of that name, of that type if one is given; None for an unknown or weak name."""
        found = [e for e, weak in self._names.get(key(name), ()) if not weak]
        found = [e for e in found if type is None or self.entries[e].entity.type == type]
        return found[0] if len(found) == 1 else None

    def names(self, name: str, entity: str) -> bool:
        """Whether an entity has this name, weak ones counted."""
        return any(e == entity for e, _ in self._names.get(key(name), ()))

    def related(self, subject: str, relation: str) -> tuple[str, ...]:
        """What the seeds say that `subject` has this relation to, nearest first, up the chain."""
        seen: list[str] = []
        todo = [subject]
        while todo:
            entry = self.entries.get(todo.pop(0))
            for name, target in entry.relations if entry else ():
                if name == relation and target not in seen:
                    seen.append(target)
                    todo.append(target)
        return tuple(seen)

    def find(self, text: str) -> Iterator[Hit]:
        """Every known name in a text, longest first at each place, in order.

        A Latin name is found only where its letters do not go on: no `Abc` inside `XyzAbc4`.
        """
        if self._trie is None:
            return
        folded, places = _fold(text)
        at = 0
        while at < len(folded):
            for end, names in self._prefixes(folded, at):
                start, stop = places[at], places[end - 1] + 1
                if not cuts_word(text, start, stop):
                    yield Hit(Span(start, stop), tuple(e for e, _ in names), all(weak for _, weak in names))
                    at = end - 1
                    break
            at += 1

    def _prefixes(self, folded: str, at: int) -> list[tuple[int, tuple[tuple[str, bool], ...]]]:
        """The names that begin at a place, as (end, entities), longest first."""
        found = []
        state = self._trie.transit(folded[at])
        end = at + 1
        while state:
            if state._value is not None:
                found.append((end, state._value))
            state = state.transit(folded[end]) if end < len(folded) else None
            end += 1
        return found[::-1]


def _fold(text: str) -> tuple[str, list[int]]:
    """A text as keys are written, and where each of its characters stands in the text."""
    chars: list[str] = []
    places: list[int] = []
    dashes = {at for dash in _DASH.finditer(text) for at in range(*dash.span())}
    for place, char in enumerate(text):
        if (char != "\n" and place not in dashes and _SKIPPED.match(char)) or (
            char == "." and not (text[place - 1 : place].isdigit() and text[place + 1 : place + 2].isdigit())
        ):
            continue
        for folded in unicodedata.normalize("NFKC", char).casefold():
            chars.append(folded)
            places.append(place)
    return "".join(chars), places


_POST = re.compile(r"(?:CEO|CTO|COO|CFO|CMO|CPO)(?![A-Za-z])")
"""A post that Chinese texts write without a blank behind a company's Latin name."""


def cuts_word(text: str, start: int, stop: int) -> bool:
    """Whether a stretch of text begins or ends inside a Latin word or number."""
    if _LATIN.match(text[start]) and start and _LATIN.match(text[start - 1]):
        return True
    if not _LATIN.match(text[stop - 1]):
        return False
    if _POST.match(text, stop):
        return False
    after = text[stop : stop + 2]
    if after[:1] == "." and after[1:].isdigit() and text[stop - 1].isdigit():
        return True
    return bool(_LATIN.match(after[:1] or " "))


def hidden(entity_id: str, share: float) -> bool:
    """Whether an entity belongs to the fixed part of all entities that is left out for a measure."""
    return int(hashlib.sha256(entity_id.encode()).hexdigest()[:8], 16) / 0x1_0000_0000 < share


def build(
    entries: Iterable[Entry],
    *,
    also: Iterable[tuple[str, str]] = (),
    not_same: frozenset[tuple[str, str, str]] = frozenset(),
    decided: Mapping[tuple[str, str], tuple[str, str]] | None = None,
) -> Lexicon:
    """A lexicon of these entries; `also` are further (name, entity id) pairs."""
    from hanlp_trie.dictionary import TrieDict

    by_id = {entry.entity.id: entry for entry in sorted(entries, key=lambda e: e.entity.id)}
    names: dict[str, dict[str, bool]] = {}
    for entry in by_id.values():
        weak = {key(n) for n in entry.weak}
        for name in (*entry.entity.names, *entry.weak):
            if (k := key(name)) and (k, entry.entity.type, entry.entity.id) not in not_same:
                names.setdefault(k, {})[entry.entity.id] = k in weak
    for name, entity_id in also:
        if entity_id in by_id:
            names.setdefault(key(name), {})[entity_id] = False
    table = {k: tuple(sorted(v.items())) for k, v in sorted(names.items())}
    return Lexicon(by_id, not_same, decided or {}, table, TrieDict(table) if table else None)


def load(ontology: Ontology, *, own: Path | None = None, hide: float = 0.0) -> Lexicon:
    """The seeds of an ontology, and a user's own names (`own`: a TSV with the seeds' columns, or name and type only).

    `hide` leaves out that share of the seeded entities, always the same ones: the measure for names never seen.
    """
    folder = ontology.seeds
    entries: dict[str, Entry] = {}
    for path in sorted((folder / "entities").glob("*.csv")):
        for entry in _entries(path, ontology, delimiter=","):
            if entry.entity.id in entries:
                raise OntologyError(f"{path.name}: {entry.entity.id} stands in the seeds twice")
            entries[entry.entity.id] = entry
    if hide:
        entries = {i: e for i, e in entries.items() if not hidden(i, hide)}
    for member in ontology.members:
        entries.setdefault(member.id, Entry(member))
    if own is not None:
        for entry in _entries(own, ontology, delimiter="\t"):
            entries[entry.entity.id] = entry
    same = _decisions(folder / "same-as.csv", ontology, entries, hide=bool(hide))
    apart = _decisions(folder / "not-same-as.csv", ontology, entries, hide=bool(hide))
    return build(
        entries.values(),
        also=[(name, entity_id) for name, _, entity_id, _ in same],
        not_same=frozenset((key(name), type_, entity_id) for name, type_, entity_id, _ in apart),
        decided={(key(name), type_): (entity_id, why) for name, type_, entity_id, why in same},
    )


def _decisions(
    path: Path, ontology: Ontology, entries: Mapping[str, Entry], *, hide: bool
) -> list[tuple[str, str, str, str]]:
    """The rows of `same-as.csv` or `not-same-as.csv`: (name, type, entity id, who and why).

    The entity is a seed's, or one that the documents name, by the id that the graph gives it.  An unknown class, an id
    that cannot be, and one that looks like a slip of the pen for a seed's is an `OntologyError` that names the line.
    """
    from kg.iri import is_local

    try:
        rows = _rows(path)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise OntologyError(f"{path.name}: cannot be read: {error}") from error
    found: list[tuple[str, str, str, str]] = []
    for number, row in enumerate(rows, 2):
        where = f"{path.name}, line {number}"
        name, type_, entity_id = (row.get(column, "") for column in ("name", "type", "entity"))
        if not (name and type_ and entity_id):
            raise OntologyError(f"{where}: a row needs name, type and entity; columns: name, type, entity, who, why")
        kind = _class_kind(ontology, type_, where)
        if not (entity_id.startswith(f"{kind}:") and is_local(entity_id.removeprefix(f"{kind}:"))):
            raise OntologyError(f"{where}: {entity_id!r} is no id of a {type_}; those begin with {kind}:")
        if entity_id not in entries and not hide:
            near = difflib.get_close_matches(entity_id, entries, n=1, cutoff=0.85)
            if near:
                raise OntologyError(f"{where}: no seed names {entity_id}; did you mean {near[0]}?")
        why = ": ".join(row[column] for column in ("who", "why") if row.get(column))
        found.append((name, type_, entity_id, f"{path.name}: {why}" if why else path.name))
    return found


def _rows(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return [
            {k: (v or "").strip() for k, v in row.items() if k}
            for row in csv.DictReader(lines, delimiter=delimiter, strict=True)
        ]


def _entries(path: Path, ontology: Ontology, *, delimiter: str) -> Iterator[Entry]:
    """The entries of a table; an unknown class, relation or column is an `OntologyError` that names the line."""
    from kg.iri import local_name

    try:
        rows = _rows(path, delimiter)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise OntologyError(f"{path.name}: cannot be read: {error}") from error
    for number, row in enumerate(rows, 2):
        where = f"{path.name}, line {number}"
        name = row.get("name") or row.get("zh") or row.get("en") or ""
        if not name or "type" not in row:
            raise OntologyError(f"{where}: a row needs a name (or zh, or en) and a type; columns: id, type, zh, en …")
        kind = _class_kind(ontology, row["type"], where)
        relations = []
        for column, cell in row.items():
            if column in _PLAIN_COLUMNS or column == "name" or not cell:
                continue
            ontology.relation(column)
            relations += [(column, target.strip()) for target in cell.split(";") if target.strip()]
        labels = tuple((language, row[language]) for language in ("en", "zh") if row.get(language))
        entity = Entity(
            id=row.get("id") or f"{kind}:{local_name(name)}",
            type=row["type"],
            label=row.get("zh") or row.get("en") or name,
            labels=labels,
            aliases=_split(row.get("aliases", "")),
            seeded=True,
            same_as=_split(row.get("same_as", "")),
        )
        yield Entry(entity, _split(row.get("weak", "")), tuple(sorted(relations)))


def _class_kind(ontology: Ontology, name: str, where: str) -> str:
    try:
        return ontology.cls(name).kind
    except OntologyError as error:
        raise OntologyError(f"{where}: {error}") from error


def _split(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in cell.split(";") if part.strip()))
