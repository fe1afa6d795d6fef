"""Questions to a graph: SPARQL text and saved queries, with parameters that are bound as terms.

A saved query is a file `queries/NAME.rq` of the ontology whose first comment lines a program reads:

    # title: What somebody made
    # param who: entity — the maker, by name, alias, id or IRI
    # param since?: date — only what came out since then

Types are `entity`, `text`, `integer` and `date`; a `?` after the name means that it may be left out.  A parameter that
the text does not describe is read as an entity if the graph has one of that name, else as an integer, a date or a text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Store,
    Triple,
    Variable,
)

from kg import lookup, sparql
from kg.errors import QueryError
from kg.statements import XSD

if TYPE_CHECKING:
    import pandas

    from kg.graph import KnowledgeGraph
    from kg.ontology import Ontology

_PARAM = re.compile(r"#\s*param\s+(\w+)(\?)?\s*:\s*(\w+)\s*(?:[—–:-]+\s*(.*))?$")
_TITLE = re.compile(r"#\s*title(?:@([A-Za-z-]+))?\s*:\s*(.*)$")
_TYPES = ("entity", "text", "integer", "date")
_DATE = re.compile(r"(\d{4})(-\d{2})?(-\d{2})?\Z", re.ASCII)
_MONTH, _DAY = 7, 10


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """One RDF term of an answer, without the engine behind it."""

    kind: str
    """`iri`, `literal` or `blank`."""
    value: str
    datatype: str = ""
    """IRI of a literal's datatype; empty for plain text and for text with a language."""
    language: str = ""

    def __str__(self) -> str:
        return self.value

    @property
    def python(self) -> str | int | float | bool:
        """The value as Python has it: numbers and truth values as such, anything else as its text."""
        try:
            if self.datatype == XSD + "integer":
                return int(self.value)
            if self.datatype in {XSD + "decimal", XSD + "double", XSD + "float"}:
                return float(self.value)
        except ValueError:
            return self.value  # such as "many"^^xsd:integer, which RDF allows
        return self.value == "true" if self.datatype == XSD + "boolean" else self.value


@dataclass(frozen=True, slots=True)
class Result:
    """An answer: rows under columns for SELECT, truth for ASK, triples for CONSTRUCT and DESCRIBE."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Term | None, ...], ...] = ()
    """A cell is None where nothing is bound.  Of CONSTRUCT and DESCRIBE each row is a triple, sorted."""
    truth: bool | None = None
    """The answer to ASK; None for the other forms."""
    is_graph: bool = False
    prefixes: tuple[tuple[str, str], ...] = field(default=(), compare=False, repr=False)
    """What a notebook shortens IRIs by: (prefix, namespace)."""

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a table, cells as Python values.  Raises GraphError where pandas is not installed."""
        from kg import notebook

        return notebook.frame(self)

    def _repr_html_(self) -> str:
        from kg import notebook

        return notebook.result(self)


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a saved query wants to be told."""

    name: str
    type: str
    optional: bool
    description: str


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A query with a name."""

    name: str
    text: str
    titles: tuple[tuple[str, str], ...] = ()
    """(language, title), sorted; language `en` where the file names none."""
    parameters: tuple[Parameter, ...] = ()


def run(
    store: Store, text: str, parameters: Mapping[str, NamedNode | Literal] | None = None, *, prefixes: Mapping[str, str]
) -> Result:
    """Run SPARQL text on a store; `parameters` are terms for its variables, by name without the `?`.

    Rows come in the query's order, or sorted if it asks for none.  `prefixes` need not be declared in the text.
    Raises QueryError for text that does not parse (with line, column and the line), for updates and `SERVICE`, and for
    a parameter that the text has no variable for.
    """
    parameters = dict(sorted((parameters or {}).items()))
    found = sparql.check(text)
    known(found, parameters)
    _parse(text, found, prefixes)
    bound = sparql.bind(text, parameters)
    functions = {NamedNode(sparql.PARAMETER + name): _giving(term) for name, term in parameters.items()}
    try:
        answer = store.query(
            bound.text,
            prefixes=dict(prefixes),
            substitutions={Variable(name): parameters[name] for name in bound.substituted},
            custom_functions=functions,
        )
        if isinstance(answer, QueryTriples):
            return of_triples(answer)
        return result(answer, bound.hidden, ordered=sparql.orders(found))
    except SyntaxError as error:
        names = ", ".join(f"?{name}" for name in parameters)
        raise QueryError(f"the query gives values to {names} itself, so no parameter can ({error})") from error
    except (RuntimeError, OSError) as error:
        raise QueryError(f"the query could not be answered: {error}") from error


def ask(graph: KnowledgeGraph, text_or_name: str, parameters: Mapping[str, object]) -> Result:
    """Run SPARQL text, a file of it, or a saved query of the graph's ontology, with parameters as a user writes them.

    A parameter that the query's header describes is no column of the answer.
    """
    query = find(graph.ontology, text_or_name)
    terms = bind(graph.store, query, parameters, graph.prefixes)
    answer = without_parameters(run(graph.store, query.text, terms, prefixes=graph.prefixes), query)
    return replace(answer, prefixes=tuple(graph.prefixes.items()))


def known(found: tuple[sparql.Token, ...], parameters: Collection[str]) -> None:
    """Raise QueryError for a parameter that a query has no variable for."""
    unknown = sorted(set(parameters) - sparql.variables(found))
    if unknown:
        has = ", ".join(f"?{name}" for name in sorted(sparql.variables(found))) or "none"
        raise QueryError(f"the query has no variable ?{unknown[0]} for the parameter {unknown[0]}; it has {has}")


def without_parameters(result: Result, query: SavedQuery) -> Result:
    """The answer without the columns that are parameters of the query's header."""
    described = {p.name for p in query.parameters}
    kept = [at for at, column in enumerate(result.columns) if column not in described]
    if result.is_graph or len(kept) == len(result.columns):
        return result
    rows = tuple(tuple(row[at] for at in kept) for row in result.rows)
    return replace(result, columns=tuple(result.columns[at] for at in kept), rows=rows)


def saved(ontology: Ontology) -> tuple[SavedQuery, ...]:
    """The saved queries of an ontology, by name.  Raises QueryError for a file whose header cannot be read."""
    return tuple(_read(file) for file in sorted(ontology.queries.glob("*.rq")))


def find(ontology: Ontology, text_or_name: str) -> SavedQuery:
    """A saved query by name, a file with a query, or the text itself.

    Raises QueryError, with the names there are, for a single word that is none of them.
    """
    wanted = text_or_name.strip()
    if re.search(r"[\s{]", wanted):
        return SavedQuery("", text_or_name, *header(text_or_name, "the query"))
    known = {file.stem: file for file in sorted(ontology.queries.glob("*.rq"))}
    if wanted in known:
        return _read(known[wanted])
    if Path(wanted).is_file():
        return _read(Path(wanted))
    import difflib

    near = difflib.get_close_matches(wanted, known, n=1)
    hint = f"; did you mean {near[0]}?" if near else ""
    raise QueryError(f"no query or file is called {wanted!r}; saved queries: {', '.join(known) or 'none'}{hint}")


def header(text: str, where: str) -> tuple[tuple[tuple[str, str], ...], tuple[Parameter, ...]]:
    """The titles and parameters in the comment lines that a query begins with."""
    titles: dict[str, str] = {}
    parameters: list[Parameter] = []
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        words = line.strip()
        if words and not words.startswith("#"):
            break
        if title := _TITLE.match(words):
            titles[title[1] or "en"] = title[2]
        elif param := _PARAM.match(words):
            if param[3] not in _TYPES:
                raise QueryError(f"{where}, line {number}: {param[3]} is no type; types are {', '.join(_TYPES)}")
            parameters.append(Parameter(param[1], param[3], bool(param[2]), param[4] or ""))
        elif re.match(r"#\s*param\b", words):
            raise QueryError(f"{where}, line {number}: write it as # param NAME: TYPE — what it is")
    return tuple(sorted(titles.items())), tuple(parameters)


def bind(
    store: Store, query: SavedQuery, given: Mapping[str, object], prefixes: Mapping[str, str]
) -> dict[str, NamedNode | Literal]:
    """The terms that parameters as a user writes them stand for.  Raises QueryError for a missing or unfit one."""
    types = {p.name: p.type for p in query.parameters}
    for name in given:
        if types and name not in types:
            raise QueryError(f"{query.name or 'the query'} has no parameter {name}; it has {', '.join(types)}")
    for parameter in query.parameters:
        if not parameter.optional and parameter.name not in given:
            about = f": {parameter.description}" if parameter.description else ""
            raise QueryError(f"{query.name or 'the query'} needs --param {parameter.name}=…{about}")
    return {name: _term(store, name, value, types.get(name), prefixes) for name, value in given.items()}


def _term(
    store: Store, name: str, value: object, type_: str | None, prefixes: Mapping[str, str]
) -> NamedNode | Literal:
    if isinstance(value, NamedNode | Literal):
        return value
    text = value.isoformat() if isinstance(value, date) else str(value)
    if type_ == "entity":
        return lookup.entity(store, text, prefixes)
    if type_ == "text":
        return Literal(text)
    integer, day = _integer(text), _date(text)
    if type_ == "integer" or (type_ is None and integer is not None):
        if integer is None:
            raise QueryError(f"--param {name}={text}: not a whole number")
        return integer
    if type_ == "date" or (type_ is None and day is not None):
        if day is None:
            raise QueryError(f"--param {name}={text}: not a date such as 2023-04-11, 2023-04 or 2023")
        return day
    wanted = lookup.folded(text)
    if lookup.expanded(text, prefixes) or any(lookup.folded(label) == wanted for _, label in lookup.labels(store)):
        return lookup.entity(store, text, prefixes)
    return Literal(text)


def _integer(text: str) -> Literal | None:
    fits = re.fullmatch(r"[+-]?[0-9]{1,30}", text.strip())
    return Literal(str(int(text)), datatype=NamedNode(XSD + "integer")) if fits else None


def _date(text: str) -> Literal | None:
    """A day for every precision, the first one, so that it can be compared with the first days in the data."""
    match = _DATE.match(text.strip())
    if match is None:
        return None
    try:
        day = date.fromisoformat(f"{match[1]}{match[2] or '-01'}{match[3] or '-01'}")
    except ValueError:
        return None
    return Literal(day.isoformat(), datatype=NamedNode(XSD + "date"))


def _read(file: Path) -> SavedQuery:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{file}: cannot be read as UTF-8 text ({error})") from error
    return SavedQuery(file.stem, text, *header(text, file.name))


def _parse(text: str, found: tuple[sparql.Token, ...], prefixes: Mapping[str, str]) -> None:
    """Have the engine parse the text as it was written, so that its messages speak of that."""
    stranger = sparql.undeclared(found, prefixes)
    if stranger is not None:
        prefix = stranger.text.partition(":")[0]
        message = f"the prefix {prefix}: is not declared; known without that: {', '.join(prefixes)}"
        raise QueryError(sparql.pointed(text, *sparql.place(text, stranger.start), message))
    try:
        Store().query(text, prefixes=dict(prefixes))
    except SyntaxError as error:
        match = re.match(r"error at (\d+):(\d+): (.*)", str(error), re.DOTALL)
        if match is None:
            raise QueryError(f"the query does not parse: {error}") from error
        raise QueryError(sparql.pointed(text, int(match[1]), int(match[2]), match[3])) from error


def _giving(term: NamedNode | Literal) -> Any:
    return lambda: term


def result(answer: QuerySolutions | QueryBoolean, hidden: Collection[str] = (), *, ordered: bool) -> Result:
    """The engine's answer to SELECT or ASK, without the columns `hidden`; rows are sorted unless they are `ordered`."""
    if isinstance(answer, QueryBoolean):
        return Result(truth=bool(answer))
    columns = tuple(v.value for v in answer.variables if v.value not in hidden)
    rows: Iterable[tuple[Term | None, ...]] = (tuple(_plain(row[name]) for name in columns) for row in answer)
    return Result(columns, tuple(rows if ordered else sorted(rows, key=_key)))


def of_triples(triples: Iterable[Triple]) -> Result:
    """The answer to CONSTRUCT or DESCRIBE: each triple once, sorted."""
    rows = {(_plain(t.subject), _plain(t.predicate), _plain(t.object)) for t in triples}
    return Result(("subject", "predicate", "object"), tuple(sorted(rows, key=_key)), is_graph=True)


def _key(row: tuple[Term | None, ...]) -> tuple[tuple[bool, Term], ...]:
    return tuple((cell is not None, cell or Term("", "")) for cell in row)


def _plain(term: object) -> Term | None:
    if isinstance(term, NamedNode):
        return Term("iri", term.value)
    if isinstance(term, Literal):
        datatype = "" if term.language or term.datatype.value == XSD + "string" else term.datatype.value
        return Term("literal", term.value, datatype, term.language or "")
    if isinstance(term, BlankNode):
        return Term("blank", term.value)
    return None if term is None else Term("literal", str(term))
