"""Gold facts: what a careful reader takes from a document, one JSON file a document, to measure extraction by.

    {"doc": "d01", "published": "2023-11-08",
     "facts": [{"s": ["Name", "Other name"], "p": "relation", "o": ["Name"], "evidence": "the words"}],
     "not":   [{"s": ["Name"], "p": "relation", "why": "planned only"}]}

`s` and `o` are accepted names, the best one first; an `o` that is no entity is a value.  A fact may be `optional` (it
counts neither way) and may `accept` further right dates.  An entry of `not` is a trap; without `o` it forbids any
object.  JSON files without `doc` and `facts`, such as an index, are passed over.
"""

from __future__ import annotations

import difflib
import json
import re
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import GoldError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Failure, Source
    from kg.ontology import Ontology, Relation

_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


class Rule(Enum):
    """How an object is compared with the gold: which rule holds follows from what the ontology says of the relation."""

    NAME = "name"
    """One of the names is an accepted one."""
    DATE = "date"
    """Equal and as exact; a coarser, consistent date is half right."""
    NUMBER = "number"
    """Equal as a number: integers, and members of an ordered class by their rank."""
    TEXT = "text"
    """One text contains the other: a title is worded more or less fully."""


@dataclass(frozen=True, slots=True)
class GoldFact:
    """A fact, or a trap."""

    subject: tuple[str, ...]
    """Accepted names, the best one first."""
    predicate: str
    object: tuple[str | int | float, ...]
    """Accepted names or values, the best one first; empty for a trap that forbids any object."""
    accept: tuple[str, ...] = ()
    """Further right dates."""
    optional: bool = False
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Gold:
    """The gold facts of one document."""

    document: str
    published: str | None
    """The document's own date, which relative dates are resolved against."""
    facts: tuple[GoldFact, ...]
    traps: tuple[GoldFact, ...]
    path: Path


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A text that has gold facts."""

    id: str
    path: Path
    published: str | None


def rule_of(relation: Relation, ontology: Ontology) -> Rule:
    """The rule for objects of `relation`."""
    if relation.datatype == "date":
        return Rule.DATE
    if relation.datatype == "integer" or any(cls.ordered for cls in ontology.classes if cls.name in relation.range):
        return Rule.NUMBER
    return Rule.NAME if relation.datatype is None else Rule.TEXT


def read(folder: Path, ontology: Ontology) -> tuple[Gold, ...]:
    """The gold of every document in `folder`, by file name.

    Raises GoldError, naming file and key, for what does not fit, and if there is no gold at all.
    """
    found: list[Gold] = []
    places: dict[str, Path] = {}
    for path in sorted(folder.glob("*.json")):
        data = _loaded(path)
        if not isinstance(data, dict) or not data.keys() & {"doc", "facts"}:
            continue
        gold = _gold(path, data, ontology)
        if gold.document in places:
            raise GoldError(f"{path}: doc {gold.document!r} has gold in {places[gold.document].name} too; keep one")
        places[gold.document] = path
        found.append(gold)
    if not found:
        raise GoldError(f"{folder}: no gold files here; expected one JSON file with doc and facts for each document")
    return tuple(found)


def gold_documents(gold: Path, documents: Path, ontology: Ontology) -> tuple[GoldDocument, ...]:
    """For each gold file of the folder `gold`, its text in the folder `documents`, with its publication date.

    A text belongs to a document if its name is the document's id, or begins with it (`000_3f2a.txt` with `000`, but not
    `d10.txt` with `d1`); `.txt` comes before other formats.  Raises GoldError for a document without a text.
    """
    files = sorted(
        (path for path in documents.glob("*") if path.is_file() and not path.name.startswith(".")),
        key=lambda path: (path.suffix.lower() != ".txt", path.name),
    )
    found = []
    for one in read(gold, ontology):
        fits = [(_fit(path, one.document), place) for place, path in enumerate(files) if path.suffix != ".json"]
        best = min(((fit, place) for fit, place in fits if fit is not None), default=None)
        if best is None:
            raise GoldError(
                f"{one.path}: doc {one.document!r} has no text in {documents}; expected {one.document}*.txt"
            )
        found.append(GoldDocument(one.document, files[best[1]], one.published))
    return tuple(found)


def sources(documents: tuple[GoldDocument, ...]) -> Iterator[Source | Failure]:
    """The documents as the line reads them, each under its gold id and, where the gold has one, with its gold date."""
    from kg.model import Source
    from kg.read import read as read_inputs

    for document in documents:
        for source in read_inputs([str(document.path)]):
            if isinstance(source, Source):
                yield replace(source, id=document.id, published=document.published or source.published)
            else:
                yield source


def _fit(path: Path, document: str) -> int | None:
    """How well a file's name fits a document's id, 0 best; None if it does not."""
    if path.stem == document or path.name == document:
        return 0
    if not path.name.startswith(document):
        return None
    following = path.name[len(document)]
    if not following.isalnum():
        return 1
    return None if following.isdigit() and document[-1:].isdigit() else 2


def _loaded(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise GoldError(f"{path}: not a JSON file in UTF-8 ({error})") from error


def _gold(path: Path, data: dict[str, Any], ontology: Ontology) -> Gold:
    if not isinstance(data.get("doc"), str | int):
        raise GoldError(f"{path}: doc: expected the document's id, found {_shown(data.get('doc'))}")
    published = data.get("published")
    if published is not None and not (isinstance(published, str) and _DATE.fullmatch(published)):
        raise GoldError(f"{path}: published: expected a date such as 2023-11-08 or null, found {_shown(published)}")
    if "facts" not in data:
        raise GoldError(f"{path}: facts: is missing; expected a list, which may be empty")
    return Gold(
        document=str(data["doc"]),
        published=published,
        facts=_facts(path, "facts", data["facts"], ontology),
        traps=_facts(path, "not", data.get("not", []), ontology),
        path=path,
    )


def _facts(path: Path, key: str, entries: Any, ontology: Ontology) -> tuple[GoldFact, ...]:
    if not isinstance(entries, list):
        raise GoldError(f"{path}: {key}: expected a list, found {_shown(entries)}")
    found = []
    for place, entry in enumerate(entries):
        where = f"{path}: {key}[{place}]"
        if not isinstance(entry, dict):
            raise GoldError(f"{where}: expected an object with s, p and o, found {_shown(entry)}")
        relation = _relation(where, entry.get("p"), ontology)
        given = entry.get("o")
        if given is None and key != "not":
            raise GoldError(f"{where}.o: is missing")
        accept = entry.get("accept") or []
        if not isinstance(accept, list) or not all(isinstance(date, str) for date in accept):
            raise GoldError(f"{where}.accept: expected a list of dates, found {_shown(accept)}")
        evidence = entry.get("evidence", "")
        found.append(
            GoldFact(
                subject=_names(f"{where}.s", entry.get("s")),
                predicate=relation.name,
                object=() if given is None else _object(f"{where}.o", given, rule_of(relation, ontology)),
                accept=tuple(accept),
                optional=bool(entry.get("optional")),
                evidence=evidence if isinstance(evidence, str) else "",
            )
        )
    return tuple(found)


def _relation(where: str, name: Any, ontology: Ontology) -> Relation:
    by_name = {relation.name: relation for relation in ontology.relations}
    if isinstance(name, str) and name in by_name:
        return by_name[name]
    near = difflib.get_close_matches(str(name), by_name, n=1)
    hint = f"; did you mean {near[0]}?" if near else f"; known: {', '.join(by_name)}"
    raise GoldError(f"{where}.p: {_shown(name)} is no relation of the ontology {ontology.name}{hint}")


def _names(where: str, given: Any) -> tuple[str, ...]:
    names = given if isinstance(given, list) else [given]
    if not names or not all(isinstance(name, str) and name.strip() for name in names):
        raise GoldError(f"{where}: expected a list of names, found {_shown(given)}")
    return tuple(names)


def _object(where: str, given: Any, rule: Rule) -> tuple[str | int | float, ...]:
    if rule in {Rule.NAME, Rule.TEXT}:
        return _names(where, given)
    if rule is Rule.DATE:
        if not _DATE.fullmatch(str(given)):
            raise GoldError(f"{where}: expected a date as YYYY, YYYY-MM or YYYY-MM-DD, found {_shown(given)}")
        return (str(given),)
    values = given if isinstance(given, list) else [given]
    if not values or any(isinstance(value, bool) or not isinstance(value, int | float) for value in values):
        raise GoldError(f"{where}: expected a number, found {_shown(given)}")
    return tuple(values)


def _shown(value: Any) -> str:
    text = "nothing" if value is None else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:59] + "…"
