"""What a reading depends on besides its document, as one hash: when it changes, documents must be read anew.

That is the code of the package, the libraries that read, the files of the ontology and the seeds that are used left of
the bar, what was trained on the corpus, a user's own names, and the settings.  Shapes, saved queries, the trust in
publishers and other files that only weigh claims are left out: they change a graph without reading a document again.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import platform
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kg.ontology import Ontology

LIBRARIES = (
    "charset-normalizer",
    "hanlp",
    "hanlp-trie",
    "lxml",
    "lxml_html_clean",
    "numpy",
    "opencc",
    "pypdf",
    "pypinyin",
    "pyyaml",
    "spacy",
    "torch",
    "trafilatura",
    "transformers",
)
"""What reads, cleans and annotates; another version of it may read otherwise."""

_READ_BY = ("ontology.ttl", "patterns.yaml")
_KNOWN_BY = ("same-as.csv", "not-same-as.csv")


def fingerprint(
    ontology: Ontology,
    annotator: str,
    *,
    models: tuple[str | None, ...] = (),
    lexicon: Path | None = None,
    hide: float = 0.0,
) -> bytes:
    """The hash for an annotator of that name with a user's own models, names in `lexicon` and a share hidden."""
    total = hashlib.sha256()
    said = [annotator, *models, hide, sys.version, platform.machine(), unicodedata.unidata_version]
    total.update(json.dumps([*said, [_version(name) for name in LIBRARIES]]).encode())
    total.update(_code())
    seeds = ontology.seeds
    for folder, names in ((ontology.folder, _READ_BY), (seeds, _KNOWN_BY)):
        for name in names:
            _add(total, name, folder / name)
    for file in sorted((seeds / "entities").glob("*.csv")):
        _add(total, file.name, file)
    if lexicon is not None:
        _add(total, "lexicon", lexicon)
    for place in (seeds / "models", *(place for model in models for place in _places(model))):
        for file in _files(place):
            _add(total, file.relative_to(place).as_posix(), file)
    return total.digest()


def _add(total: hashlib._Hash, name: str, file: Path) -> None:
    """Add a file's name and bytes; a missing file is another thing than an empty one."""
    data = file.read_bytes() if file.is_file() else None
    total.update(json.dumps([name, None if data is None else len(data)]).encode())
    total.update(data or b"")


def _places(model: str | None) -> tuple[Path, ...]:
    """The folders that a pipeline of that name is loaded from: a folder, or an installed package."""
    if model is None:
        return ()
    if Path(model).is_dir():
        return (Path(model),)
    try:
        spec = importlib.util.find_spec(model)
    except (ImportError, ValueError):
        return ()
    return tuple(Path(place) for place in spec.submodule_search_locations or ()) if spec else ()


def _files(folder: Path) -> Iterator[Path]:
    yield from sorted(p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts)


@cache
def _code() -> bytes:
    """The hash of this package's own code and of the tables that travel inside it."""
    total = hashlib.sha256()
    here = Path(__file__).resolve().parent
    for file in _files(here):
        if file.suffix in {".py", ".yaml"} and file.relative_to(here).parts[0] != "data":
            _add(total, file.relative_to(here).as_posix(), file)
    return total.digest()


@cache
def _version(library: str) -> str | None:
    try:
        return version(library)
    except PackageNotFoundError:
        return None
