"""SPARQL as text: its tokens, what is refused before it runs, and where a parameter is let in.

A parameter's value never becomes text.  `bind` only lets the engine reach the variable: it names the variable in the
projection, where the engine's own substitution looks for it, and binds it at the start of the pattern to a call of a
function that gives the value, so that `BOUND(?x)` is true as well.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urljoin

from kg.errors import RefusedError

LONGEST = 1_000_000
"""Characters of a query.  More is no query that anybody wrote."""

DEEPEST = 200
"""Brackets inside one another.  The engine's parser is recursive, and a few thousand end the process."""

PARAMETER = "urn:kg:parameter:"
"""What the names of the functions begin with that give the values of parameters."""

# The bound of a prefix's length keeps reading linear: `a.a.a…` could be one up to the last character.
_TOKEN = re.compile(
    r"""
      (?P<space>[\s\ufeff]+)
    | (?P<comment>\#[^\r\n]*)
    | (?P<iri><(?:[^\x00-\x20<>"{}|^`\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
    | (?P<string>\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*'{3}
                | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*')
    | (?P<variable>[?$]\w+)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<blank>_:[\w.-]*)
    | (?P<name>(?:[^\W\d_][\w.-]{0,255})?:(?:[\w:.%-]|\\[_~.\-!$&'()*+,;=/?\#@%])*)
    | (?P<word>[^\W\d]\w*)
    | (?P<number>[0-9][0-9.]*(?:[eE][+-]?[0-9]+)?)
    | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})
_FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_AGGREGATES = frozenset({"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"})
_OPEN, _CLOSE = frozenset("{(["), frozenset("})]")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query; `start` counts code points."""

    kind: str
    text: str
    start: int
    depth: int = 0
    """How many brackets are open around it; a bracket counts itself."""

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def keyword(self) -> str:
        """The word in capitals; empty for what is no word."""
        return self.text.upper() if self.kind == "word" else ""


@dataclass(frozen=True, slots=True)
class Bound:
    """A query that parameters can reach."""

    text: str
    substituted: tuple[str, ...]
    """The variables that the engine's substitution finds."""
    hidden: tuple[str, ...]
    """Columns that were not asked for."""


def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of a query, without spaces and comments."""
    return tuple(_read(text))


def _read(text: str) -> Iterator[Token]:
    depth = 0
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "sign"
        if kind in {"space", "comment"}:
            continue
        sign = match[0] if kind == "sign" else ""
        depth += sign in _OPEN if sign else 0
        yield Token(kind, match[0], match.start(), depth)
        depth -= sign in _CLOSE if sign else 0


def place(text: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset, both from 1, the column in code points."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def pointed(text: str, line: int, column: int, message: str) -> str:
    """A message with the line that it is about and a caret under the place."""
    from rich.cells import cell_len

    lines = text.split("\n")
    words = lines[line - 1].rstrip("\r") if 0 < line <= len(lines) else ""
    words = "".join(char if char.isprintable() else " " for char in words)
    return f"line {line}, column {column}: {message}\n  {words}\n  {' ' * cell_len(words[: column - 1])}^"


def check(text: str) -> tuple[Token, ...]:
    """The tokens of a query that may be run.

    Raises RefusedError for what must not be: updates, `SERVICE` (it would call another server), brackets nested beyond
    `DEEPEST`, texts beyond `LONGEST`, and numeric escapes of characters outside strings and IRIs: SPARQL 1.1 (19.2)
    reads them before anything else, so a word could hide behind one.
    """
    if len(text) > LONGEST:
        raise RefusedError(f"the query has {len(text):,} characters; {LONGEST:,} is the most")
    read: list[Token] = []
    for token in _read(text):  # refused at the first reason: after a stray backslash, strings could take hours to read
        if token.text == "\\":
            raise _refused(text, token.start, "write the character itself instead of a backslash and its number")
        if token.depth > DEEPEST:
            raise _refused(text, token.start, f"more than {DEEPEST} brackets inside one another")
        if token.keyword == "SERVICE":
            raise _refused(text, token.start, "SERVICE is refused: a query runs on this graph alone and calls nobody")
        read.append(token)
    found = tuple(read)
    if "service" in text.lower():
        _refuse_ambiguous(text, found)
    form = _form(found)
    if form is not None and found[form].keyword in _UPDATES:
        raise _refused(text, found[form].start, f"{found[form].keyword} is refused: queries read and change nothing")
    return found


def form(found: tuple[Token, ...]) -> str:
    """`SELECT`, `ASK`, `CONSTRUCT` or `DESCRIBE`; empty for what is no query."""
    at = _form(found)
    return found[at].keyword if at is not None and found[at].keyword in _FORMS else ""


def graphs(found: tuple[Token, ...], known: Mapping[str, str]) -> tuple[tuple[str, bool, Token], ...]:
    """What `FROM` and `FROM NAMED` say: (IRI, whether it is named, token), in the query's order.

    `known` are prefixes that need no declaration.  A relative IRI stays so unless the query has a `BASE`; a name whose
    prefix nobody knows is left to the parser.
    """
    prefixes, base, dataset = dict(known), "", []
    for at, token in enumerate(found):
        if token.depth == 0 and token.keyword == "BASE" and at + 1 < len(found):
            base = _resolved(base, found[at + 1])
        elif token.depth == 0 and token.keyword == "PREFIX" and at + 2 < len(found):
            prefixes[found[at + 1].text.partition(":")[0]] = _resolved(base, found[at + 2])
        elif token.depth == 0 and token.keyword == "FROM":
            named = at + 1 < len(found) and found[at + 1].keyword == "NAMED"
            source = found[at + 1 + named] if at + 1 + named < len(found) else token
            prefix, _, local = source.text.partition(":")
            if source.kind == "iri":
                dataset.append((_resolved(base, source), named, source))
            elif source.kind == "name" and prefix in prefixes:
                dataset.append((prefixes[prefix] + re.sub(r"\\(.)", r"\1", local), named, source))
    return tuple(dataset)


def limited(text: str, found: tuple[Token, ...], rows: int) -> str:
    """A SELECT that gives no more than `rows` rows: its own `LIMIT` lowered, or one added.  Other forms stay."""
    at = _form(found)
    if at is None or found[at].keyword != "SELECT":
        return text
    own = next((i for i in range(at, len(found) - 1) if found[i].keyword == "LIMIT" and found[i].depth == 0), None)
    if own is not None:
        number = found[own + 1]
        too_many = number.text.isascii() and number.text.isdigit() and int(number.text[:20]) > rows
        return f"{text[: number.start]}{rows}{text[number.end :]}" if too_many else text
    last = next((i for i in range(at, len(found)) if found[i].keyword == "VALUES" and found[i].depth == 0), len(found))
    end = found[last - 1].end
    return f"{text[:end]} LIMIT {rows} {text[end:]}"


def undeclared(found: tuple[Token, ...], known: Collection[str]) -> Token | None:
    """The first prefixed name whose prefix the query does not declare and nobody knows."""
    declared = {b.text.partition(":")[0] for a, b in pairwise(found) if a.keyword == "PREFIX"}
    return next((t for t in found if t.kind == "name" and t.text.partition(":")[0] not in {*declared, *known}), None)


def variables(found: tuple[Token, ...]) -> frozenset[str]:
    """The names of all variables."""
    return frozenset(token.text[1:] for token in found if token.kind == "variable")


def orders(found: tuple[Token, ...]) -> bool:
    """Whether the query itself, and not only a part of it, puts its rows in order."""
    return any(token.keyword == "ORDER" and token.depth == 0 for token in found)


def bind(text: str, names: Collection[str]) -> Bound:
    """Let parameters reach the variables `names` of a query that `check` has passed and that uses them all."""
    found = tokens(text)
    form = _form(found)
    if form is None or not names:
        return Bound(text, tuple(names), ())
    inserts: list[tuple[int, str]] = []
    substituted, hidden = list(names), list[str]()
    body = next((i for i in range(form, len(found)) if found[i].text == "{"), None)
    keyword = found[form].keyword
    if keyword == "CONSTRUCT" and body == form + 1:
        body = next((i for i in range(_closing(found, body), len(found)) if found[i].text == "{"), None)
    elif keyword == "CONSTRUCT":  # the short form takes nothing but triples
        body = None
    elif keyword == "DESCRIBE" and body is not None:
        shown = {token.text[1:] for token in found[form:body] if token.kind == "variable"}
        substituted = [name for name in names if name in shown]
    if keyword == "SELECT" and body is not None:
        asked, inserts = _project(found, form, body, names)
        substituted = [name for name in names if name in asked or inserts]
        hidden = [name for name in substituted if name not in asked]
    if body is not None:
        binds = "".join(f" BIND(<{PARAMETER}{name}>() AS ?{name})" for name in names)
        inside = body + 1 < len(found) and found[body + 1].keyword == "SELECT"  # a group that is a query takes no BIND
        inserts.append((found[body].end, f"{binds} {{ " if inside else f"{binds} "))
        if inside:
            inserts.append((found[_closing(found, body)].start, " }"))
    for at, words in sorted(inserts, reverse=True):
        text = text[:at] + words + text[at:]
    return Bound(text, tuple(substituted), tuple(hidden))


def _project(
    found: tuple[Token, ...], form: int, body: int, names: Collection[str]
) -> tuple[set[str], list[tuple[int, str]]]:
    """The parameters that a SELECT shows, and what has to be written where for it to show the others too."""
    head, tail = found[form + 1 : body], found[_closing(found, body) :]
    everything = any(token.text == "*" and token.depth == 0 for token in head)
    columns = {token.text[1:] for token in head if token.kind == "variable" and token.depth == 0}
    asked = {name for name in names if everything or name in columns}
    missing = "".join(f" ?{name}" for name in names if name not in asked)
    group = next((i for i, t in enumerate(tail) if t.keyword == "GROUP" and t.depth == 0), None)
    aggregates = any(t.keyword in _AGGREGATES for t in head) or any(t.keyword == "HAVING" for t in tail)
    # One group over everything has a row even when nothing matches; grouping by the parameter would lose it.
    if not missing or (aggregates and group is None):
        return asked, []
    first = found[form + 1] if found[form + 1].keyword in {"DISTINCT", "REDUCED"} else found[form]
    inserts = [(first.end, missing + " ")]
    if group is not None:
        inserts.append((tail[group + 1].end, missing + " "))
    return asked, inserts


def _resolved(base: str, token: Token) -> str:
    """The IRI of a token against the base; an absolute one stays as it is."""
    address = _unescaped(token.text[1:-1])
    if re.match(r"[A-Za-z][\w+.-]*:", address):
        return address
    joined = urljoin(base, address)
    return joined + "#" if address.endswith("#") and not joined.endswith("#") else joined


def _unescaped(text: str) -> str:
    """An IRI without its numeric escapes."""
    return re.sub(r"\\(?:u(.{4})|U(.{8}))", lambda m: _character(int(m[1] or m[2], 16)), text)


def _character(number: int) -> str:
    return chr(number) if number < 0x110000 else "\ufffd"


def _form(found: tuple[Token, ...]) -> int | None:
    """Which token says what kind of query it is."""
    return next((i for i, t in enumerate(found) if t.keyword in _FORMS | _UPDATES), None)


def _closing(found: tuple[Token, ...], opening: int) -> int:
    """Which token closes the bracket; the last one if none does."""
    depth = found[opening].depth
    after = range(opening + 1, len(found))
    return next((i for i in after if found[i].text in _CLOSE and found[i].depth == depth), len(found) - 1)


def _refuse_ambiguous(text: str, found: tuple[Token, ...]) -> None:
    # `?a<b:c#>` is an IRI to a reader of tokens and a comparison with a comment to a parser.  Only a text that begins
    # like `https://` cannot be read as the second, so SERVICE cannot stand unseen behind one.
    for token in found:
        if token.kind == "iri" and re.search("[#)]", token.text) and not re.match(r"<[A-Za-z][\w+.-]*://", token.text):
            raise _refused(text, token.start, f"{token.text} could be read in two ways; declare a prefix for it")


def _refused(text: str, offset: int, message: str) -> RefusedError:
    return RefusedError(pointed(text, *place(text, offset), message))
