"""What works on this machine, what is missing, and how to get it.

Nothing here raises for something that is broken: that is what the report is for.
"""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module, metadata
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import fonts
from kg.errors import KGError

if TYPE_CHECKING:
    from rich.console import RenderableType

DISTRIBUTION = "knowledge-graph-builder"
_INSTALL = f"pip install --upgrade {DISTRIBUTION}"
_HANLP = f"pip install '{DISTRIBUTION}[hanlp]'"

PACKAGES: tuple[tuple[str, str, str], ...] = (
    ("charset-normalizer", "charset_normalizer", ""),
    ("click", "click", ""),
    ("hanlp-trie", "hanlp_trie", ""),
    ("httpx", "httpx", ""),
    ("igraph", "igraph", ""),
    ("jinja2", "jinja2", ""),
    ("lxml", "lxml.html", ""),
    ("lxml_html_clean", "lxml_html_clean", ""),
    ("networkx", "networkx", ""),
    ("numpy", "numpy", ""),
    ("opencc", "opencc", ""),
    ("pypdf", "pypdf", ""),
    ("pypinyin", "pypinyin", ""),
    ("pyoxigraph", "pyoxigraph", "0.5."),
    ("pyshacl", "pyshacl", ""),
    ("pyvis", "pyvis.network", "0.3.2"),
    ("pyyaml", "yaml", ""),
    ("rdflib", "rdflib", "7."),
    ("rich", "rich", ""),
    ("spacy", "spacy", "3.8."),
    ("starlette", "starlette", ""),
    ("trafilatura", "trafilatura", ""),
    ("uvicorn", "uvicorn", ""),
)
"""Distribution, the module that is imported of it, and what its version must begin with where that matters."""

_HANLP_PARTS = (
    ("hanlp", "hanlp", "nothing of HanLP works without it"),
    ("hanlp: torch", "torch", "no model works without it"),
    ("hanlp: recogniser", "kg.annotate.recurrent", "--annotator hanlp and kg train hanlp need it"),
    ("hanlp: transformers", "transformers", "HanLP's published models need it, the shipped one does not"),
)
"""What is looked at, the module that is imported, and what it is for."""

_FEWEST_SQLITE = (3, 24)
"""The first SQLite with `ON CONFLICT DO UPDATE`."""


class State(StrEnum):
    """What a check found."""

    OK = "ok"
    MISSING = "missing"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Line:
    """One check."""

    name: str
    state: State
    version: str = ""
    """The version, or what was found."""
    advice: str = ""
    """What to do; empty if there is nothing to do."""
    optional: bool = False
    """A build works without it."""


@dataclass(frozen=True, slots=True)
class Report:
    """All checks, in a fixed order."""

    lines: tuple[Line, ...]

    @property
    def healthy(self) -> bool:
        """Whether everything that a build needs is there."""
        return all(line.state is State.OK or line.optional for line in self.lines)

    def as_json(self) -> dict[str, Any]:
        """The report as JSON writes it."""
        return {
            "healthy": self.healthy,
            "checks": [
                {
                    "name": line.name,
                    "state": line.state.value,
                    "version": line.version,
                    "advice": line.advice,
                    "optional": line.optional,
                }
                for line in self.lines
            ],
        }


def check() -> Report:
    """Look at everything once.  It imports every library, so it takes some seconds."""
    checks: tuple[tuple[str, Callable[[], Iterator[Line]]], ...] = (
        ("python", _python),
        ("packages", _packages),
        ("ontologies", _ontologies),
        ("annotators", _annotators),
        ("hanlp", _hanlp),
        ("sqlite", _sqlite),
        ("chinese font", _font),
        ("pictures", _pictures),
        ("terminal", _terminal),
    )
    return Report(tuple(line for name, lines in checks for line in _reported(name, lines)))


def render(report: Report) -> RenderableType:
    """The report as a table for the terminal."""
    from rich.table import Table
    from rich.text import Text

    styles = {State.OK: "green", State.MISSING: "yellow", State.BROKEN: "red"}
    table = Table(box=None, pad_edge=False)
    for heading in ("what", "state", "found", "what to do"):
        table.add_column(heading, overflow="fold")
    for line in report.lines:
        state = f"{line.state.value} (optional)" if line.optional and line.state is not State.OK else line.state.value
        table.add_row(Text(line.name), Text(state, styles[line.state]), Text(line.version), Text(line.advice))
    return table


def _reported(name: str, lines: Callable[[], Iterator[Line]]) -> list[Line]:
    """The lines of one check; what goes wrong in it becomes a line after those that it gave."""
    found: list[Line] = []
    try:
        found.extend(lines())
    except Exception as error:  # anything may be broken here, and saying so is the purpose
        found.append(Line(name, State.BROKEN, advice=f"{_cause(error)}; try: {_INSTALL}"))
    return found


def _python() -> Iterator[Line]:
    version = ".".join(str(part) for part in sys.version_info[:3])
    new_enough = sys.version_info >= (3, 11)
    yield Line(
        "python", State.OK if new_enough else State.BROKEN, version, "" if new_enough else "use Python 3.11 or newer"
    )


def _packages() -> Iterator[Line]:
    for distribution, module, wanted in PACKAGES:
        try:
            version = metadata.version(distribution)
        except metadata.PackageNotFoundError:
            yield Line(distribution, State.MISSING, advice=_INSTALL)
            continue
        if trouble := _import_trouble(module):
            yield Line(
                distribution, State.BROKEN, version, f"{trouble}; try: pip install --force-reinstall {distribution}"
            )
        elif not version.startswith(wanted):
            yield Line(distribution, State.BROKEN, version, f"needs version {wanted.rstrip('.')}; {_INSTALL}")
        else:
            yield Line(distribution, State.OK, version)


def _ontologies() -> Iterator[Line]:
    from kg import ontology

    found = ontology.known()
    if not found:
        yield Line("ontologies", State.MISSING, advice=f"no folder ontologies/NAME with ontology.ttl; {_INSTALL}")
    for name in found:
        try:
            loaded = ontology.load(name)
        except KGError as error:
            yield Line(f"ontology {name}", State.BROKEN, advice=str(error))
            continue
        yield Line(f"ontology {name}", State.OK, f"{len(loaded.classes)} classes, {len(loaded.relations)} relations")
        lists = sorted(loaded.seeds.glob("entities/*.csv"))
        advice = "" if lists else f"add lists of known names as seeds/{name}/entities/*.csv, or {_INSTALL}"
        yield Line(f"seeds {name}", State.OK if lists else State.MISSING, f"{len(lists)} lists", advice, optional=True)


def _annotators() -> Iterator[Line]:
    from kg.annotate import ANNOTATORS

    for name, place in ANNOTATORS.items():
        module, _, attribute = place.partition(":")
        of_hanlp = "hanlp" in name.split("+")
        if of_hanlp and find_spec("hanlp") is None:
            yield Line(f"annotator {name}", State.MISSING, advice=_HANLP, optional=True)
            continue
        trouble = _import_trouble(module, attribute)
        advice = f"{trouble}; try: {_HANLP if of_hanlp else _INSTALL}" if trouble else ""
        yield Line(f"annotator {name}", State.BROKEN if trouble else State.OK, advice=advice, optional=of_hanlp)


def _hanlp() -> Iterator[Line]:
    """Each part of HanLP by itself: a build with `--annotator hanlp` needs the first three and the shipped model."""
    if find_spec("hanlp") is None:
        yield Line("hanlp", State.MISSING, advice=f"for its annotator: {_HANLP}", optional=True)
        return
    for name, module, what in _HANLP_PARTS:
        yield _part(name, module, what)
    if find_spec("pkg_resources") is None:
        advice = (
            "kg does without; for errors of your own scripts with HanLP to be readable: pip install 'setuptools<81'"
        )
        yield Line("hanlp: pkg_resources", State.MISSING, advice=advice, optional=True)
    yield from _shipped_models()
    home = Path(os.environ.get("HANLP_HOME") or Path.home() / ".hanlp")
    models = sorted(path.parent.name for path in home.glob("*/*/config.json")) if home.is_dir() else []
    advice = "" if models else "put models below $HANLP_HOME, or let HanLP fetch one while there is a network"
    yield Line("hanlp models", State.OK if models else State.MISSING, ", ".join(models), advice, optional=True)


def _part(name: str, module: str, what: str) -> Line:
    """A part of HanLP: whether it is there and can be imported."""
    try:
        version = metadata.version(name.split(": ")[-1])
    except metadata.PackageNotFoundError:
        version = ""
    if trouble := _import_trouble(module):
        return Line(name, State.BROKEN, version, f"{trouble}; {what}; try: {_HANLP}", optional=True)
    return Line(name, State.OK, version, optional=True)


def _shipped_models() -> Iterator[Line]:
    """The HanLP model of each ontology, loaded."""
    from kg import ontology
    from kg.annotate import published

    for name in ontology.known():
        folder = ontology.load(name).seeds / "models" / "hanlp"
        if not folder.is_dir():
            yield Line(f"hanlp model {name}", State.MISSING, advice="make it: kg train hanlp", optional=True)
            continue
        try:
            component = published.loaded(folder, "it")
        except KGError as error:
            advice = f"{str(error).split(';')[0]}; make it anew: kg train hanlp"
            yield Line(f"hanlp model {name}", State.BROKEN, advice=advice, optional=True)
        else:
            yield Line(f"hanlp model {name}", State.OK, ", ".join(component.labels), optional=True)


def _sqlite() -> Iterator[Line]:
    import sqlite3

    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE TABLE probe (id TEXT PRIMARY KEY)")
    finally:
        connection.close()
    new_enough = sqlite3.sqlite_version_info >= _FEWEST_SQLITE
    advice = "" if new_enough else f"use a Python with SQLite {'.'.join(map(str, _FEWEST_SQLITE))} or newer"
    yield Line("sqlite", State.OK if new_enough else State.BROKEN, sqlite3.sqlite_version, advice)


def _font() -> Iterator[Line]:
    """A font with Chinese characters: browsers need one to draw labels, and so do pictures."""
    found = fonts.chinese()
    if found:
        yield Line("chinese font", State.OK, found.name, optional=True)
    else:
        yield Line("chinese font", State.MISSING, advice=f"for labels in pictures {fonts.ADVICE}", optional=True)


def _pictures() -> Iterator[Line]:
    """What draws PNG files, and what draws large graphs in WebGL."""
    from kg.view.page import bundle

    trouble = _import_trouble("resvg_py")
    advice = f"for kg view --format png: pip install '{DISTRIBUTION}[pictures]'" if trouble else ""
    yield Line("png pictures", State.MISSING if trouble else State.OK, advice=advice, optional=True)
    there = bundle() is not None
    advice = "" if there else "for large graphs in WebGL: install Node and run make web"
    yield Line("web bundle", State.OK if there else State.MISSING, advice=advice, optional=True)


def _terminal() -> Iterator[Line]:
    encoding = getattr(sys.stdout, "encoding", None) or "unknown"
    try:
        "知识图谱".encode(encoding)
    except (LookupError, UnicodeError):
        yield Line("terminal", State.BROKEN, encoding, "it cannot show Chinese; set PYTHONUTF8=1", optional=True)
    else:
        yield Line("terminal", State.OK, encoding, optional=True)


def _import_trouble(module: str, attribute: str = "") -> str:
    """What goes wrong when `module` is imported and `attribute` is looked up in it; empty if nothing does."""
    try:
        with warnings.catch_warnings():
            # A library's own deprecations say nothing about whether it works.
            warnings.simplefilter("ignore")
            loaded = import_module(module)
            if attribute:
                getattr(loaded, attribute)
    except Exception as error:  # a broken library raises what it likes; the report shows it
        return _cause(error)
    return ""


def _cause(error: Exception) -> str:
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
