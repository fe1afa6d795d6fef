"""The files of a build: what `pipeline` knows, written into a folder, all of it or nothing.

    kg.ttl  claims.ttl  kg.trig  store/     the graph (`kg.store`)
    graph.html                              the picture (`kg.view`)
    documents.jsonl                         the cleaned texts with their mentions and claims (`kg.texts`)
    report.json                             per document what was read, found and rejected, what failed, and the hashes
                                            of the other files; replaced last, so they are of one build if they agree
    ontology/NAME/                          only for an ontology that has no known name: a copy, for queries to find it
    workspace.sqlite                        what the next build need not do again (`kg.workspace`)

The same inputs give the same bytes, all but those of `store/` and the workspace, whatever was built there before.
"""

from __future__ import annotations

import difflib
import json
import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from kg import ontology, pipeline, texts, weigh, workspace
from kg.errors import GraphError, OntologyError
from kg.model import Failure
from kg.ontology import Ontology
from kg.pipeline import DEFAULTS, Progress, Settings
from kg.weigh import Build
from kg.workspace import UNCHANGED, Changes, Workspace

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

PICTURE = "graph.html"
_COPY = "ontology"
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
    """False when no document at all could be read: then the graph in the folder is as it was."""
    changes: Changes = UNCHANGED
    """How the documents differ from those of the build before."""
    notices: tuple[str, ...] = ()
    """What a user should know of a build that went well: decisions about claims that are not there."""

    @property
    def graph(self) -> KnowledgeGraph:
        """The graph, opened.  Raises GraphError if there is none in the folder."""
        from kg import graph

        return graph.open(self.folder)


@pipeline.collecting_seldom()
def build(
    inputs: str | Path | Sequence[str | Path],
    output: str | Path = "output",
    settings: Settings = DEFAULTS,
    *,
    stdin: BinaryIO | None = None,
    progress: Progress | None = None,
) -> Built:
    """Build the graph of the documents in `inputs` and write it into the folder `output`, which is made if missing.

    Inputs are files, folders, globs and `-` (standard input, which is `stdin` where given); the graph is of them and of
    nothing else, whatever was in the folder.  Documents that an earlier build there has read by the same rules are not
    read again.  A document that fails is among the failures and the others are built.  Raises `KGError` for inputs or
    settings that are not there and for a folder that cannot be written; the graph in it is then as it was.
    """
    given = [inputs] if isinstance(inputs, str | Path) else list(inputs)
    folder = Path(output)
    _check(folder, [str(one) for one in given])
    with workspace.opened(folder) as memory:
        named = [str(one) for one in given]
        return _written(
            folder,
            lambda: pipeline.build(named, settings, stdin=stdin, progress=progress, workspace=memory),
            memory,
        )


@pipeline.collecting_seldom()
def remove(documents: Sequence[str], output: str | Path = "output", *, progress: Progress | None = None) -> Built:
    """Take documents, named by their ids, out of a graph, and their texts out of its workspace.

    The graph is then the one that a build of the others gives, by the ontology and the seeds as they are now; the
    inputs of the build are not needed.  Raises GraphError, with nothing changed, for an id that the graph does not have
    and for a folder whose workspace is missing.
    """
    folder = Path(output)
    with workspace.opened(folder) as memory:
        known = memory.remembered()
        if known is None:
            raise GraphError(f"{folder}: no workspace of a build here; run: kg build INPUT -o {folder}")
        for document in documents:
            if document not in known.ids:
                near = difflib.get_close_matches(document, known.ids, n=1)
                hint = f"; did you mean {near[0]}?" if near else "; report.json lists those that it has"
                raise GraphError(f"{folder}: the graph has no document {document!r}{hint}")
        if known.settings.get("extractors"):
            raise GraphError(
                f"{folder}: this graph was built in Python with extractors of its own, which only its program has; "
                "build it again there, without the document"
            )
        left = [id for id in known.ids if id not in set(documents)]
        return _written(
            folder,
            lambda: pipeline.build_of(
                lambda _: chain(known.failures, map(memory.source, left)),
                _settings(known.settings),
                progress=progress,
                workspace=memory,
            ),
            memory,
            empty=True,
        )


def _written(folder: Path, make: Callable[[], Build], memory: Workspace, *, empty: bool = False) -> Built:
    """Make a build and write it, and have the workspace remember it: first the workspace, so that what a kill leaves
    half done the next build or removal does whole.  Without `empty`, a build of no document is not written."""
    built = make()
    if not empty and not built.knowledge.documents:
        return _built(folder, built, UNCHANGED, written=False)
    changes = memory.changes(built.corpus)
    memory.settle(built.corpus, _plain(built.settings))
    result = _built(folder, built, changes, written=True)
    waiting = [built]
    del built
    write(waiting.pop, folder)
    return result


def _built(folder: Path, built: Build, changes: Changes, *, written: bool) -> Built:
    notices = tuple(
        f"decisions.csv: no claim has the id {decision.claim}; the row has no effect"
        for decision, applied in built.knowledge.decisions
        if not applied
    )
    counts = tuple(weigh.counts(built).items())
    return Built(folder, counts, built.knowledge.failures, written, changes, notices if written else ())


def _plain(settings: Settings) -> dict[str, Any]:
    """The settings of a build as the workspace keeps them; places in full, for a removal may start elsewhere."""
    loaded = ontology.load(settings.ontology)
    return {
        "ontology": loaded.name,
        "ontology_folder": str(loaded.folder),
        "annotator": settings.annotator,
        "model": os.path.abspath(settings.model)
        if settings.model and Path(settings.model).is_dir()
        else settings.model,
        "lexicon": os.path.abspath(settings.lexicon) if settings.lexicon else None,
        "hide": settings.hide,
        "on_conflict": settings.on_conflict,
        "hanlp_model": settings.hanlp_model,
        "extractors": bool(settings.extractors),
    }


def _settings(plain: Mapping[str, Any]) -> Settings:
    folder = Path(plain["ontology_folder"])
    return Settings(
        ontology=str(folder) if (folder / _PARTS[0]).is_file() else plain["ontology"],
        annotator=plain["annotator"],
        model=plain["model"],
        lexicon=Path(plain["lexicon"]) if plain["lexicon"] else None,
        hide=plain["hide"],
        on_conflict=plain["on_conflict"],
        hanlp_model=plain["hanlp_model"],
    )


def write(take: Callable[[], Build], folder: str | Path) -> None:
    """Write the build that `take` gives into a folder.  Raises GraphError, with the old files as they were, if that
    cannot be done.

    The picture is drawn from the store, and last: if nobody but `take` held the build, it is gone by then, and memory
    has room for one of the two at a time.
    """
    from pyoxigraph import Store

    from kg import store, view
    from kg.graph import REPORT

    with store.building(folder, last=REPORT) as new:
        loaded = _say(take(), new)
        view.write(Store.read_only(str(store.place(new))), loaded, new / PICTURE)
        found = (file for file in store.files(new) if file != new / REPORT)
        files = {file.relative_to(new).as_posix(): store.digest(file) for file in found}
        with (new / REPORT).open("r+", encoding="utf-8", newline="\n") as out:
            # The hashes are the last of what it says: they stand where its last bracket was.
            out.seek(out.seek(0, os.SEEK_END) - len("\n}"))
            out.write("," + json.dumps({"files": files}, ensure_ascii=False, indent=1).removeprefix("{") + "\n")


def _say(built: Build, new: Path) -> Ontology:
    """Write all of a build but its picture into a new folder, its report without the hashes; gives its ontology."""
    from kg import store
    from kg.graph import REPORT

    loaded = ontology.load(built.settings.ontology)
    store.fill(built.knowledge, loaded, new)
    report = weigh.report(replace(built, settings=replace(built.settings, ontology=loaded.name)))
    if not _has_name(loaded):
        report = {"ontology_folder": f"{_COPY}/{loaded.name}", **report}
        _copy(loaded, new / _COPY / loaded.name)
    mentions = {id: noted.mentions for id, noted in built.noted.items()}
    texts.write(new / texts.NAME, texts.lines(built.knowledge, mentions, report["documents"]))
    with (new / REPORT).open("w", encoding="utf-8", newline="\n") as out:
        json.dump(report, out, ensure_ascii=False, indent=1)
    return loaded


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
