"""Parameters written into a query, for an engine that takes none: each variable's token gives way to a term."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import takewhile

from kg import sparql
from kg.errors import QueryError

_CLAUSES = frozenset({"SELECT", "WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES"})
_BRACKETS = frozenset("{([")


def written(text: str, terms: Mapping[str, str]) -> str:
    """A query with terms, as SPARQL writes them, in the place of variables, for an engine that takes no parameters.

    A column stays one: `?x` becomes `(term AS ?x)`; a query inside the query does not show it to the one around it,
    which has no variable of that name any more.  Raises QueryError where the query gives such a variable a value.
    """
    found = sparql.tokens(text)
    edits: list[tuple[int, int, str]] = []
    clause: dict[int, str] = {}
    for at, token in enumerate(found):
        before = found[at - 1] if at else token
        if token.text in _BRACKETS:
            clause[token.depth] = ""
            if token.text == "{":
                clause[token.depth - 1] = ""
        elif token.keyword in _CLAUSES:
            clause[token.depth] = token.keyword
        name = token.text[1:] if token.kind == "variable" else ""
        if name not in terms:
            continue
        inside = clause.get(token.depth, "")
        if before.keyword in {"AS", "VALUES"} or clause.get(token.depth - 1) == "VALUES":
            raise QueryError(f"the query gives values to ?{name} itself, so no parameter can")
        if before.text == "(" and found[at - 2].keyword == "BOUND":
            edits.append((found[at - 2].start, found[at + 1].end, "(true)"))
        elif inside == "SELECT" and token.depth == 0:
            edits.append((token.start, token.end, f"({terms[name]} AS ?{name})"))
        elif inside == "SELECT":
            alone = not _shows_more(found, at, terms)
            edits.append((token.start, token.end, f"({terms[name]} AS ?{name}__{token.start})" if alone else ""))
        elif inside in {"GROUP", "ORDER"}:
            edits.append((token.start, token.end, f"({terms[name]})"))
        else:
            edits.append((token.start, token.end, terms[name]))
    for start, end, words in reversed(edits):
        text = f"{text[:start]}{words}{text[end:]}"
    return text


def _shows_more(found: tuple[sparql.Token, ...], at: int, besides: Collection[str]) -> bool:
    """Whether the SELECT that shows the variable at `at` has another column than `besides`."""
    depth = found[at].depth
    first = next(i for i in range(at, -1, -1) if found[i].keyword == "SELECT" and found[i].depth == depth)
    head = takewhile(lambda token: token.text != "{", found[first:])
    return any(
        (token.kind == "variable" and token.depth == depth and token.text[1:] not in besides)
        or (token.text == "(" and token.depth == depth + 1)
        for token in head
    )
