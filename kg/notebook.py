"""How graphs, answers and explanations show themselves in a notebook: HTML with no script and no file beside it.

Everything that comes from documents is escaped.  A table shows its first rows and says how many there are: notebooks
are kept with their outputs.  pandas is optional (`pip install 'knowledge-graph-builder[notebooks]'`).
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from kg import lookup
from kg.errors import GraphError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas

    from kg.explain import ExplainedClaim, ExplainedValue, Explanation
    from kg.graph import KnowledgeGraph
    from kg.query import Result, Term

COLUMNS = (
    "subject", "relation", "object", "subject_id", "object_id", "confidence", "sources", "quote", "document", "title",
    "publisher", "published", "url",
)  # fmt: skip
"""Columns of the table of facts; `object` is a number where the relation's values are, `object_id` empty for values."""
ROWS = 50
"""The most rows that a table shows."""
_QUIET = "color:#6b7785;font-size:12px"
_STATES = {True: "✓", False: "·"}


@dataclass(frozen=True, slots=True)
class Page:
    """A whole page in a frame of its own, which carries all of it: no side file, no server."""

    html: str
    height: int = 640

    def _repr_html_(self) -> str:
        return (
            f'<iframe srcdoc="{escape(self.html)}" style="width:100%;height:{self.height}px;border:1px solid #d9e0e7" '
            'title="graph"></iframe>'
        )


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that stands still, as SVG."""

    svg: str

    def _repr_html_(self) -> str:
        return self.svg.partition("?>\n")[2]


def graph(of: KnowledgeGraph) -> str:
    """A graph in short: its numbers, and its most central part as a picture."""
    from kg import networks

    network = networks.read(of.store, of.ontology)
    documents = {quote.document for edge in network.edges for quote in edge.quotes}
    things = sum(not node.is_value for node in network.nodes)
    numbers = f"{things} things · {len(network.edges)} facts · {len(documents)} documents"
    head = f'<div><b>{escape(of.folder.name)}</b> <span style="{_QUIET}">{numbers}</span></div>'
    return head + of.picture()._repr_html_()


def result(of: Result) -> str:
    """An answer as a table; the answer to ASK in a word."""
    if of.truth is not None:
        return f"<b>{str(of.truth).lower()}</b>"
    prefixes = dict(of.prefixes)
    rows = [["" if term is None else _shown(term, prefixes) for term in row] for row in of.rows]
    return _table(of.columns, rows)


def explanation(of: Explanation) -> str:
    """Every value with its quotes, as `kg explain` prints them."""
    about = f'<span style="{_QUIET}">{escape(of.entity)} · {escape(of.type)}</span>'
    head = f'<div><b style="font-size:16px">{escape(of.label)}</b> {about}</div>'
    also = f'<div style="{_QUIET}">{escape("、".join(of.aliases))}</div>' if of.aliases else ""
    return head + also + "".join(_value(value, of.entity) for value in of.values)


def frame(of: Result) -> pandas.DataFrame:
    """An answer as a table of pandas."""
    rows = [[None if term is None else term.python for term in row] for row in of.rows]
    return _pandas().DataFrame(rows, columns=list(of.columns))


def facts(of: KnowledgeGraph) -> pandas.DataFrame:
    """The facts of a graph as a table of pandas, in the ontology's order of relations for each subject."""
    from kg import networks

    network = networks.read(of.store, of.ontology)
    nodes = {node.id: node for node in network.nodes}
    rows: list[list[Any]] = []
    for edge in network.edges:
        target = nodes[edge.target]
        best = edge.quotes[0] if edge.quotes else None
        words = [best.text, best.document, best.title, best.publisher, best.published, best.url] if best else [""] * 6
        value: Any = int(target.label) if target.type == "integer" and target.label.isdigit() else target.label
        rows.append(
            [
                nodes[edge.source].label,
                edge.relation,
                value,
                edge.source,
                "" if target.is_value else edge.target,
                edge.confidence,
                edge.sources,
                *words,
            ]
        )
    return _pandas().DataFrame(rows, columns=list(COLUMNS))


def _pandas() -> Any:
    try:
        import pandas
    except ImportError as error:
        raise GraphError("tables need pandas; pip install 'knowledge-graph-builder[notebooks]'") from error
    return pandas


def _table(columns: tuple[str, ...], rows: list[list[str]]) -> str:
    head = "".join(f'<th style="text-align:left">{escape(column)}</th>' for column in columns)
    body = "".join(
        f'<tr>{"".join(_cell(cell) for cell in row)}</tr>' for row in rows[:ROWS]
    )  # fmt: skip
    more = f'<div style="{_QUIET}">{ROWS} of {len(rows)} rows</div>' if len(rows) > ROWS else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def _shown(term: Term, prefixes: Mapping[str, str]) -> str:
    """A term as `kg query` prints it: `model:gpt-4` and not its whole IRI."""
    return lookup.shortened(term.value, prefixes) if term.kind == "iri" else term.value


def _cell(text: str) -> str:
    cut = text if len(text) <= 200 else text[:199] + "…"
    return f'<td style="text-align:left">{escape(cut)}</td>'


def _value(value: ExplainedValue, entity: str) -> str:
    subject = "" if value.subject == entity else f"{escape(value.subject_label)} "
    status = [f"held: {value.rule or 'the only value'}" if value.is_fact else "not held"]
    status.append(f"{value.sources} independent source{'s' if value.sources != 1 else ''}")
    if value.refined_by:
        status.append(f"said more exactly by {', '.join(value.refined_by)}")
    if value.conflicts_with:
        status.append(f"conflicts with {', '.join(value.conflicts_with)}")
    weight = "bold" if value.is_fact else "normal"
    return (
        f'<div style="margin-top:10px">{_STATES[value.is_fact]} {subject}{escape(value.relation_label)} '
        f'<span style="font-weight:{weight}">{escape(value.value_label)}</span> '
        f'<span style="{_QUIET}">{escape("; ".join(status))}</span></div>' + "".join(map(_claim, value.claims))
    )


def _claim(claim: ExplainedClaim) -> str:
    quote, at = "", 0
    for start, end, _ in claim.marks:
        quote += f"{escape(claim.quote[at:start])}<b>{escape(claim.quote[start:end])}</b>"
        at = end
    quote += escape(claim.quote[at:])
    who = " · ".join(part for part in (claim.publisher, claim.published, claim.title, claim.document) if part)
    return (
        f'<div style="margin:4px 0 0 18px;padding-left:8px;border-left:3px solid #e69f00">“{quote}”'
        f'<div style="{_QUIET}">{escape(who)} [{escape(claim.stance)}, {escape(claim.rank)}]</div></div>'
    )
