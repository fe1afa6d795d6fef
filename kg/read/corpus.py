"""All documents of the inputs: listed in a first pass, given their ids, read one by one in a second.

The list holds of a document only its place and its names, in JSON Lines also a digest of its text, so a corpus of any
size is read with one text in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import BinaryIO

from kg.errors import InputError
from kg.model import Failure, Source
from kg.read.files import Parse
from kg.read.listing import Entry, entries, standard_input_entries
from kg.read.names import shown
from kg.read.paths import Found


def documents(found: Found, standard_input: BinaryIO | None, parse: Parse) -> Iterator[Source | Failure]:
    """Every document of `found` and of `standard_input`, by id; failures stand where their place would."""
    with ExitStack() as stack:
        listed: list[Entry] = []
        waiting: list[tuple[tuple[str, str, int], Failure | tuple[str, Entry]]] = [
            ((failure.source, failure.source, 0), failure) for failure in found.failures
        ]
        streams = [entries(file, stack, parse) for file in found.files]
        if standard_input is not None:
            streams.append(standard_input_entries(standard_input, stack))
        for stream in streams:
            for order, item in stream:
                if isinstance(item, Entry):
                    listed.append(item)
                else:
                    waiting.append(((order[0], *order), item))
        for id, group in _by_id(listed).items():
            group.sort(key=lambda entry: entry.order)
            waiting.append(((id, *group[0].order), _clash(id, group) or (id, group[0])))
        for _, document in sorted(waiting, key=lambda wait: wait[0]):
            yield document if isinstance(document, Failure) else _load(*document)


def _load(id: str, entry: Entry) -> Source | Failure:
    try:
        return entry.load(id)
    except InputError as error:
        return Failure(entry.place, str(error))


def _by_id(listed: Iterable[Entry]) -> dict[str, list[Entry]]:
    """The entries by their ids: given ids first, then of the others each by its first name that nobody else wants."""
    taken: dict[str, list[Entry]] = {}
    waiting: list[Entry] = []
    for entry in listed:
        if entry.given:
            taken.setdefault(entry.names[0], []).append(entry)
        else:
            waiting.append(entry)
    while waiting:
        wanted: dict[str, list[Entry]] = {}
        for entry in waiting:
            wanted.setdefault(entry.names[0], []).append(entry)
        waiting = []
        for name, group in wanted.items():
            disputed = len(group) > 1 or name in taken
            for entry in group:
                if disputed and len(entry.names) > 1:
                    waiting.append(replace(entry, names=entry.names[1:]))
                else:
                    taken.setdefault(name, []).append(entry)
    return taken


def _clash(id: str, group: list[Entry]) -> Failure | None:
    """The failure of an id that stands for several texts."""
    first, *others = group
    other = next((entry for entry in others if entry.digest is None or entry.digest != first.digest), None)
    if other is None:
        return None
    return Failure(
        first.place,
        f"the id {shown(id)} stands for two different texts, here and in {other.place}. Give each text its own id",
    )
