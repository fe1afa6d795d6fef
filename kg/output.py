"""The files of a build: what `pipeline` knows, written into a folder, all of it or nothing.

    kg.ttl  claims.ttl  kg.trig  store/     the graph (`kg.store`)
    graph.html                              the picture (`kg.view`)
    documents.jsonl                         the cleaned texts with their mentions and claims (`kg.texts`)
    report.json                             per document what was read, found and rejected, and what failed
    ontology/NAME/                          only for an ontology that has no known name: a copy, for queries to find it

The same inputs give the same bytes, all but those of `store/`.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kg import ontology, pipeline, texts
from kg.errors import GraphError, OntologyError
from kg.model import Failure
from kg.ontology import Ontology
from kg.pipeline import DEFAULTS, Build, Progress, Settings

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

PICTURE = "graph.html"
_PARTS = ("ontology.ttl", "shapes.ttl", "patterns.yaml")
"""The files of an ontology that a graph may be asked for; its saved queries come with them."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build gave."""

    folder: Path
    counts: tuple[tuple[str, int], ...]
    """(what, how many): documents, claims, facts, conflicts and failures, in this order."""
    failures: tuple[Failure, ...]
    """The documents that could not be read or built."""
    written: bool
    """False when no document at all could be read: then the folder is as it was."""

    @property
    def graph(self) -> KnowledgeGraph:
        """The graph, opened.  Raises GraphError if there is none in the folder."""
        from kg import graph

        return graph.open(self.folder)


def build(
    inputs: str | Path | Sequence[str | Path],
    output: str | Path = "output",
    settings: Settings = DEFAULTS,
    *,
    stdin: BinaryIO | None = None,
    progress: Progress | None = None,
) -> Built:
    """Build the graph of the documents in `inputs` and write it into the folder `output`, which is made if missing.

    Inputs are files, folders, globs and `-` (standard input, which is `stdin` where given).  A document that fails is
    among the failures and the others are built.  Raises `KGError` for inputs or settings that are not there and for a
    folder that cannot be written; what was in it is then as it was.
    """
    given = [inputs] if isinstance(inputs, str | Path) else list(inputs)
    folder = Path(output)
    _check(folder, [str(one) for one in given])
    built = pipeline.build([str(one) for one in given], settings, stdin=stdin, progress=progress)
    counts = tuple(pipeline.counts(built).items())
    if not built.knowledge.documents:
        return Built(folder, counts, built.knowledge.failures, written=False)
    write(built, folder)
    return Built(folder, counts, built.knowledge.failures, written=True)


def write(built: Build, folder: str | Path) -> None:
    """Write a build into a folder.  Raises GraphError, with the old files as they were, if that cannot be done."""
    from pyoxigraph import Store

    from kg import store, view
    from kg.graph import REPORT

    loaded = ontology.load(built.settings.ontology)
    report = pipeline.report(replace(built, settings=replace(built.settings, ontology=loaded.name)))
    with store.building(folder) as new:
        store.fill(built.knowledge, loaded, new)
        view.write(Store.read_only(str(new / store.STORE)), loaded, new / PICTURE)
        if not _has_name(loaded):
            report = {"ontology_folder": f"ontology/{loaded.name}", **report}
            _copy(loaded, new / "ontology" / loaded.name)
        texts.write(new / texts.NAME, texts.lines(built.knowledge, built.marks, report["documents"]))
        text = json.dumps(report, ensure_ascii=False, indent=1)
        (new / REPORT).write_text(text + "\n", encoding="utf-8", newline="\n")


def _check(folder: Path, inputs: Sequence[str]) -> None:
    """Raise GraphError, before anything is read, for a folder that cannot be the output of these inputs."""
    if folder.exists() and not folder.is_dir():
        raise GraphError(f"{folder}: this is a file, and the graph needs a folder; name another with -o")
    if not folder.is_dir() or not any(folder.glob("[!.]*")):
        return
    own = folder.resolve()
    for given in inputs:
        around = Path(given)
        if given != "-" and around.is_dir() and own.is_relative_to(around.resolve()):
            raise GraphError(
                f"{folder}: lies inside the input {given}, so its files would be read as documents; "
                "name the documents' own folder, or another output with -o"
            )


def _has_name(loaded: Ontology) -> bool:
    """Whether `ontology.load` finds this folder by its name."""
    place = ontology.known().get(loaded.name)
    return place is not None and place.resolve() == loaded.folder.resolve()


def _copy(loaded: Ontology, into: Path) -> None:
    """Copy what a graph needs of its ontology, so that both can be moved together."""
    into.mkdir(parents=True)
    files = [*(loaded.folder / part for part in _PARTS), *sorted(loaded.queries.glob("*.rq"))]
    for file in files:
        if file.is_file():
            place = into / file.relative_to(loaded.folder)
            place.parent.mkdir(exist_ok=True)
            try:
                shutil.copyfile(file, place)
            except PermissionError as error:
                raise OntologyError(f"{file}: no permission to read it") from error
