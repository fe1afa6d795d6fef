"""Answers for people and programs: a table for a terminal, and JSON, CSV, TSV and Turtle.

JSON, CSV and TSV are the W3C's formats for SPARQL results.  In tables for a terminal nothing that a document says can
drive the terminal: control characters, escape sequences and direction marks are shown, not sent.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING

from kg import lookup, turtle
from kg.errors import QueryError
from kg.statements import XSD

if TYPE_CHECKING:
    from rich.table import Table

    from kg.query import Result, Term

FORMATS = ("table", "json", "csv", "tsv", "ttl")
"""What `text` can write."""

LONGEST = 300
"""Characters of a cell in a table for a terminal."""

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_PICTURES = 0x2400
"""Unicode's pictures of the 32 control characters begin here, in the same order."""


def text(result: Result, format: str, prefixes: Mapping[str, str], *, width: int | None = None) -> str:
    """The answer in one of `FORMATS`, ending in a line break; a table is fitted to `width` columns.

    Raises QueryError for an unknown format, and for `ttl` of an answer that is no graph.
    """
    writers = {"json": _json, "csv": _csv, "tsv": _tsv}
    if format == "table":
        return _printed(result, prefixes, width)
    if format == "ttl":
        return _turtle(result, prefixes)
    if format not in writers:
        raise QueryError(f"{format!r} is no format of answers; formats are {', '.join(FORMATS)}")
    return writers[format](result)


def table(result: Result, prefixes: Mapping[str, str], *, labels: Mapping[str, str] | None = None) -> Table:
    """The answer as a table of rich: IRIs as labels where `labels` (label by IRI) has one, else as prefixed names."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    made = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    if result.truth is not None:
        made.add_column("answer")
        made.add_row("yes" if result.truth else "no")
        return made
    for at, column in enumerate(result.columns):
        cells = [row[at] for row in result.rows if row[at] is not None]
        numbers = bool(cells) and all(_is_number(cell) for cell in cells if cell is not None)
        made.add_column(Text(visible(column)), justify="right" if numbers else "left", overflow="fold")
    for row in result.rows:
        made.add_row(*(Text(_cell(cell, prefixes, labels or {})) for cell in row))
    return made


def visible(words: str) -> str:
    """Words on one line, with what cannot be seen made visible: ESC is ␛, a direction mark <U+202E>."""
    line = re.sub(r"[ \t]*[\n\r]+\s*", " ", words)
    return "".join(_shown(char) if unicodedata.category(char) in _UNSEEN else char for char in line)


def shortened(words: str) -> str:
    """Words as long as a cell of a table can be; programs get the whole by `json`, `csv` and `tsv`."""
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"


def _shown(char: str) -> str:
    code = ord(char)
    if code < 0x20:
        return chr(_PICTURES + code)
    return "␡" if code == 0x7F else f"<U+{code:04X}>"


def _is_number(term: Term) -> bool:
    return term.datatype in {XSD + "integer", XSD + "decimal", XSD + "double", XSD + "float"}


def _cell(term: Term | None, prefixes: Mapping[str, str], labels: Mapping[str, str]) -> str:
    if term is None:
        return ""
    if term.kind == "iri":
        return shortened(visible(labels.get(term.value) or lookup.shortened(term.value, prefixes)))
    return shortened(visible(f"_:{term.value}" if term.kind == "blank" else term.value))


def _printed(result: Result, prefixes: Mapping[str, str], width: int | None) -> str:
    from rich.console import Console

    console = Console(file=io.StringIO(), width=width, color_system=None, highlight=False, legacy_windows=False)
    with console.capture() as captured:
        console.print(table(result, prefixes))
    return "".join(f"{line.rstrip()}\n" for line in captured.get().strip("\n").split("\n"))


def _json(result: Result) -> str:
    if result.truth is not None:
        return _dumped({"head": {}, "boolean": result.truth})
    bindings = [
        {name: _bound(term) for name, term in zip(result.columns, row, strict=True) if term is not None}
        for row in result.rows
    ]
    return _dumped({"head": {"vars": list(result.columns)}, "results": {"bindings": bindings}})


def _dumped(answer: object) -> str:
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"


def _bound(term: Term) -> dict[str, str]:
    found = {"type": {"iri": "uri", "blank": "bnode"}.get(term.kind, "literal"), "value": term.value}
    if term.language:
        found["xml:lang"] = term.language
    if term.datatype:
        found["datatype"] = term.datatype
    return found


def _csv(result: Result) -> str:
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    if result.truth is not None:
        rows.writerow(["true" if result.truth else "false"])
        return out.getvalue()
    rows.writerow(result.columns)
    rows.writerows([_plain(term) for term in row] for row in result.rows)
    return out.getvalue()


def _plain(term: Term | None) -> str:
    if term is None:
        return ""
    return f"_:{term.value}" if term.kind == "blank" else term.value


def _tsv(result: Result) -> str:
    if result.truth is not None:
        return "true\n" if result.truth else "false\n"
    lines = ["\t".join(f"?{column}" for column in result.columns)]
    lines += ["\t".join("" if term is None else _ntriples(term) for term in row) for row in result.rows]
    return "".join(f"{line}\n" for line in lines)


def _ntriples(term: Term) -> str:
    if term.kind == "iri":
        return f"<{term.value}>"
    if term.kind == "blank":
        return f"_:{term.value}"
    datatype = f"^^<{term.datatype}>" if term.datatype else ""
    return turtle.quoted(term.value) + (f"@{term.language}" if term.language else datatype)


def _turtle(result: Result, prefixes: Mapping[str, str]) -> str:
    if not result.is_graph:
        raise QueryError("only CONSTRUCT and DESCRIBE give a graph that can be written as ttl; use json, csv or tsv")
    from pyoxigraph import RdfFormat, parse

    from kg.triples import ordered

    lines = "".join(f"{' '.join(_ntriples(term) for term in row if term is not None)} .\n" for row in result.rows)
    quads = ordered(parse(lines.encode("utf-8"), RdfFormat.N_TRIPLES))
    used = {name: space for name, space in prefixes.items() if any(f"<{space}" in line for line in lines.split("\n"))}
    return "".join(turtle.turtle(quads, used))
