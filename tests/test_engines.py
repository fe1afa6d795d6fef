"""The same questions to two engines: what `kg query` answers, and what rdflib answers on `graph.dataset`.

They are of every kind that people ask of such a graph: joins, OPTIONAL, aggregates, paths, dates of mixed precision by
their first and last days, negation, claims in their GRAPH, text, CONSTRUCT and ASK.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest
import rdflib
from hand_built import CLAIMS, ENTITIES, FACTS, FIRST, KNOWLEDGE, build, claim, dated

from kg.dates import When
from kg.graph import KnowledgeGraph
from kg.model import Claim, Entity, Fact, Knowledge, Value
from kg.query import Term

MAKERS, MODELS = 6, 24


def wide() -> Knowledge:
    """The hand-built knowledge and, beside it, six makers in a row of owners and two dozen models in families, with
    dates of three precisions."""
    entities, facts, claims = list(ENTITIES), list(FACTS), list(CLAIMS)
    for maker in range(MAKERS):
        labels = (("en", f"Maker {maker}"), ("zh", f"甲{maker}公司"))
        entities.append(Entity(f"org:maker-{maker}", "Organization", f"甲{maker}公司", labels, (f"M{maker}",)))
        if maker:
            stated(f"org:maker-{maker}", "subOrganizationOf", f"org:maker-{maker // 2}", facts, claims)
        if maker % 2:
            stated(f"org:maker-{maker}", "tier", f"tier:{1 + maker // 2}", facts, claims)
    for model in range(MODELS):
        id = f"model:m{model:02}"
        entities.append(Entity(id, "Model", f"M-{model}", (("zh", f"模型{model}"),), (f"M-{model}",)))
        if model % 5 != 4:
            stated(id, "developedBy", f"org:maker-{model % MAKERS}", facts, claims)
        if model > 3:
            stated(id, "versionOf", f"model:m{model - 4:02}", facts, claims)
        if model % 3:
            stated(id, "parameterCount", Value(str(10**9 * (1 + model * model)), "integer"), facts, claims)
        stated(id, "releasedOn", dated(when(model)), facts, claims)
    return Knowledge(KNOWLEDGE.documents, tuple(entities), tuple(claims), tuple(facts), origins=KNOWLEDGE.origins)


def when(model: int) -> When:
    exact = date(2022 + model % 3, 1 + model % 12, 1 + model)
    kinds = (When.day(exact), When.month(exact.year, exact.month), When.year(exact.year))
    return kinds[model % 4] if model % 4 < 3 else kinds[0]


def stated(subject: str, predicate: str, value: str | Value, facts: list[Fact], claims: list[Claim]) -> None:
    name = f"x{len(claims):03}"
    confidence = round(0.5 + len(claims) % 50 / 100, 3)
    claims.append(claim(name, FIRST, subject, predicate, value, "言海", confidence=confidence))
    facts.append(Fact(subject, predicate, value, (name,), confidence, 1, "the only value"))


QUESTIONS = Path(__file__).parent / "fixtures" / "questions.rq"
QUERIES = dict(re.findall(r"^## (.+)\n((?:.+\n)+)", QUESTIONS.read_text(encoding="utf-8"), re.M))
"""By name, the questions."""

# rdflib's own engine uses what rdflib calls deprecated.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    return build(tmp_path_factory.mktemp("engines"), wide())


def ours(graph: KnowledgeGraph, text: str) -> object:
    result = graph.query(text)
    if result.truth is not None:
        return result.truth
    return [tuple(None if cell is None else _plain(cell) for cell in row) for row in result.rows]


def theirs(graph: KnowledgeGraph, text: str) -> object:
    result = graph.dataset.query(text, initNs=dict(graph.prefixes))
    if result.type == "ASK":
        return result.askAnswer
    if result.type == "CONSTRUCT":
        assert result.graph is not None
        return [tuple(map(_term, triple)) for triple in result.graph]
    return list(_rows(result))


def _rows(result: rdflib.query.Result) -> Iterator[tuple[object, ...]]:
    assert result.vars is not None
    for binding in result.bindings:
        yield tuple(_term(binding[name]) if name in binding else None for name in result.vars)


def _plain(term: Term) -> tuple[str, ...]:
    return (term.kind, _value(term.value, term.datatype), term.language.lower(), _kind(term.datatype))


def _term(term: object) -> tuple[str, ...]:
    if isinstance(term, rdflib.Literal):
        datatype = str(term.datatype or "").removesuffix(str(rdflib.XSD.string))
        return ("literal", _value(str(term), datatype), (term.language or "").lower(), _kind(datatype))
    assert isinstance(term, rdflib.URIRef)
    return ("iri", str(term), "", "")


def _value(text: str, datatype: str) -> str:
    """Numbers by their value: engines write them differently, and divide to another number of places."""
    if _kind(datatype) != "number":
        return text
    try:
        return f"{Decimal(text).quantize(Decimal('1e-6')):f}"
    except InvalidOperation:
        return text


def _kind(datatype: str) -> str:
    return "number" if datatype.rpartition("#")[2] in {"integer", "decimal", "double"} else datatype


def test_there_are_enough() -> None:
    assert len(QUERIES) >= 60
    assert len(set(QUERIES.values())) == len(QUERIES)


@pytest.mark.parametrize("name", QUERIES)
def test_both_engines_say_the_same(graph: KnowledgeGraph, name: str) -> None:
    text = QUERIES[name]
    one, other = ours(graph, text), theirs(graph, text)
    if isinstance(one, list) and isinstance(other, list):
        empty = name in {"nothing", "no claims outside"}
        assert bool(one) is not empty
        if "ORDER BY" not in text:
            assert Counter(one) == Counter(other)
            return
    assert one == other
