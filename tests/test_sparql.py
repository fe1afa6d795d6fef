from __future__ import annotations

import time
from contextlib import suppress

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import sparql
from kg.errors import QueryError
from kg.remote import writing

X = "http://x.example/"


def kinds(text: str) -> list[tuple[str, str]]:
    return [(token.kind, token.text) for token in sparql.tokens(text)]


def test_tokens() -> None:
    assert kinds("?s a:b \"x\\\"#y\"@zh # ?c\n <http://a#b>.'z'") == [
        ("variable", "?s"), ("name", "a:b"), ("string", '"x\\"#y"'), ("language", "@zh"),
        ("iri", "<http://a#b>"), ("sign", "."), ("string", "'z'"),
    ]  # fmt: skip
    assert kinds('"""a "quoted" word\n"""') == [("string", '"""a "quoted" word\n"""')]
    assert kinds("_:b a:长~x model:a\\~22\\~") == [("blank", "_:b"), ("name", "a:长"), ("sign", "~"), ("word", "x"),
                                                  ("name", "model:a\\~22\\~")]  # fmt: skip
    assert kinds("?a<?b") == [("variable", "?a"), ("sign", "<"), ("variable", "?b")]


@given(st.text(max_size=200))
def test_every_text_has_tokens(text: str) -> None:
    for token in sparql.tokens(text):
        assert text[token.start : token.end] == token.text


@pytest.mark.parametrize("piece", ['\\"', "\\'", "a.", "a-", "1.e", "'", "'''a", "<a", ";", "#\n", "a:\\'"])
def test_reading_takes_time_in_proportion_to_the_text(piece: str) -> None:
    """Seconds of this process's own work, so that a busy machine changes nothing; it was minutes for some of these."""
    start = time.process_time()
    with suppress(QueryError):
        sparql.check(f"SELECT {piece[-1]}{piece * (250_000 // len(piece))}")
    assert time.process_time() - start < 10


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://evil.example/> { ?s ?p ?o } }",
        "select * { service silent <http://evil.example/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p 'x'.SERVICE<http://evil.example/>{ ?s ?p ?o } }",
        "SELECT * { ?s ?p '#' . # it's a comment\n SERVICE ?s { ?s ?p ?o } }",
        "SELECT * { ?s ?p '''it's''' SERVICE ?s { ?s ?p ?o } }",
        'SELECT * { ?s ?p """a"b""" SERVICE ?s { ?s ?p ?o } }',
        "SELECT * { ?s ?p <http://x#y> SERVICE ?s { ?s ?p ?o } #> }",
        "SELECT * { FILTER(?a<?b)SERVICE ?x{?s ?p ?o}FILTER(?c>?d) }",
        "SELECT * { \\u0053ERVICE <http://evil.example/> { ?s ?p ?o } }",
        'SELECT * { FILTER(?a<b:c#>"""\n?z)SERVICE ex:x{?s ?p ?o}#"""\n}',
        "SELECT * { FILTER(?a<?b)SERVICE#>\n?x{ ?s ?p ?o } }",
    ],
)
def test_service_is_refused_wherever_it_hides(text: str) -> None:
    with pytest.raises(QueryError):
        sparql.check(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service { ?service ?p 'SERVICE <x>' } # SERVICE",
        "SELECT * { <http://x.example/service#a> ?p ?o }",
        "PREFIX service: <http://x.example/> SELECT * { service:SERVICE ?p ?o }",
        'SELECT * { ?s ?p """SERVICE""" }',
        "SELECT * { ?s <urn:x#y> ?o }",
        'SELECT * { ?s ?p "\\u0053ERVICE" , <http://x.example/\\u4e2d> }',
    ],
)
def test_the_word_alone_is_no_call(text: str) -> None:
    sparql.check(text)
    list(ox.Store().query(text))


@pytest.mark.parametrize(
    "word",
    [
        "INSERT DATA { <a:b> <a:b> <a:b> }",
        "LOAD <http://x/>",
        "DROP ALL",
        "clear all",
        "PREFIX a: <a:b>\nDELETE WHERE { ?s ?p ?o }",
        "WITH <a:b> DELETE {} WHERE {}",
    ],
)
def test_updates_are_refused(word: str) -> None:
    with pytest.raises(QueryError, match="is refused: queries read and change nothing"):
        sparql.check(word)


def test_a_refusal_shows_the_place() -> None:
    with pytest.raises(QueryError) as caught:
        sparql.check("SELECT *\n{ 言 SERVICE <x:y> { } }")
    assert str(caught.value).splitlines()[0].startswith("line 2, column 5: SERVICE is refused")
    assert str(caught.value).splitlines()[1:] == ["  { 言 SERVICE <x:y> { } }", "       ^"]


def test_depth_and_length_are_bounded() -> None:
    with pytest.raises(QueryError, match="more than 200 brackets"):
        sparql.check("SELECT * { FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }")
    with pytest.raises(QueryError, match="1,000,000 is the most"):
        sparql.check("#" * 1_000_001)


@pytest.mark.parametrize("text", ['"' * 300_000, "<" * 300_000, "'''" + "\\a" * 200_000, "a" * 500_000, "?" * 500_000])
def test_ugly_texts_are_read_to_their_end(text: str) -> None:
    sparql.tokens(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT * { ?s ?p ?o }", "SELECT * { ?s ?p ?o } LIMIT 7 "),
        ("SELECT * { ?s ?p ?o } # LIMIT 3", "SELECT * { ?s ?p ?o } LIMIT 7  # LIMIT 3"),
        ("SELECT * { ?s ?p 'LIMIT 3' } LIMIT 9 OFFSET 2", "SELECT * { ?s ?p 'LIMIT 3' } LIMIT 7 OFFSET 2"),
        ("SELECT * { ?s ?p ?o } LIMIT 3", "SELECT * { ?s ?p ?o } LIMIT 3"),
        ("SELECT * { ?s ?p ?o } limit 99999999999999999999999", "SELECT * { ?s ?p ?o } limit 7"),
        ("SELECT * { ?s ?p ?o } OFFSET 2", "SELECT * { ?s ?p ?o } OFFSET 2 LIMIT 7 "),
        ("SELECT * { ?s ?p ?o } VALUES ?s { 1 }", "SELECT * { ?s ?p ?o } LIMIT 7  VALUES ?s { 1 }"),
        ("SELECT * { VALUES ?s { 1 } }", "SELECT * { VALUES ?s { 1 } } LIMIT 7 "),
        ("SELECT * { { SELECT * { ?s ?p ?o } LIMIT 9 } }", "SELECT * { { SELECT * { ?s ?p ?o } LIMIT 9 } } LIMIT 7 "),
        ("ASK { ?s ?p ?o }", "ASK { ?s ?p ?o }"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"),
    ],
)
def test_rows_are_limited_in_the_query(text: str, expected: str) -> None:
    limited = sparql.limited(text, sparql.check(text), 7)
    assert limited == expected
    ox.Store().query(limited)


def test_the_dataset_of_a_query() -> None:
    text = """BASE <http://x.example/a/> PREFIX p: <q#> SELECT * # FROM <urn:no>
    FROM <http://y.example/\\u0061> FROM NAMED p:n\\~m FROM <b> FROM k:z FROM unknown:z { ?s ?p 'FROM <urn:no>' }"""
    found = [(name, named) for name, named, _ in sparql.graphs(sparql.tokens(text), {"k": "urn:k:"})]
    assert found == [
        ("http://y.example/a", False), ("http://x.example/a/q#n~m", True), ("http://x.example/a/b", False),
        ("urn:k:z", False),
    ]  # fmt: skip


def test_the_form_of_a_query() -> None:
    forms = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
    texts = ("PREFIX ask: <urn:a> select * {}", "ASK {}", "CONSTRUCT { ?s ?p 'SELECT' } WHERE {}", "DESCRIBE <urn:a>")
    assert tuple(sparql.form(sparql.tokens(text)) for text in texts) == forms
    assert sparql.form(sparql.tokens("CLEAR ALL")) == ""


def test_undeclared_prefixes_are_found() -> None:
    found = sparql.tokens("PREFIX a: <http://a/> SELECT * { a:b c:d _:e, e:f }")
    token = sparql.undeclared(found, {"e"})
    assert token is not None
    assert token.text == "c:d"
    assert sparql.undeclared(found, {"c", "e"}) is None


STORE = ox.Store()
STORE.extend(
    ox.Quad(ox.NamedNode(f"{X}m{n}"), ox.NamedNode(f"{X}{p}"), o)
    for n in range(6)
    for p, o in (("by", ox.NamedNode(f"{X}c{n % 2}")), ("size", ox.Literal(n)))
)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("SELECT ?m { ?m x:by ?c }", 3),
        ("SELECT ?m ?c { ?m x:by ?c }", 3),
        ("SELECT * { ?m x:by ?c }", 3),
        ("SELECT DISTINCT ?m WHERE { ?m x:by ?d FILTER(?d = ?c) }", 3),
        ("SELECT ?m { ?m x:by ?d FILTER(!BOUND(?c) || ?d = ?c) }", 3),
        ("SELECT ?m ?c { ?m x:by ?d FILTER(!BOUND(?c) || ?d = ?c) }", 3),
        ("SELECT ?m { { ?m x:by ?c } UNION { ?m x:size ?n FILTER(?c = x:c9) } }", 3),
        ("SELECT ?m { ?m x:size ?n FILTER EXISTS { ?m x:by ?c } }", 3),
        ("SELECT ?m ?c { { SELECT ?m ?c { ?m x:by ?c } } ?m x:size ?n }", 3),
        ("SELECT ?m ?c { SELECT ?m ?c { ?m x:by ?c } }", 3),
        ("SELECT (COUNT(*) AS ?n) { ?m x:by ?c } GROUP BY ?m", 3),
        ("SELECT ?m (COUNT(*) AS ?n) { ?m x:by ?c } GROUP BY ?m HAVING(COUNT(*) > 0) ORDER BY ?m", 3),
        ("SELECT (COUNT(*) AS ?n) { ?m x:by ?c }", 1),
        ("SELECT ?m { ?m x:size ?n OPTIONAL { ?m x:none ?c } }", 6),
        ("CONSTRUCT { ?m x:p ?c } WHERE { ?m x:by ?c }", 3),
        ("CONSTRUCT WHERE { ?m x:by ?c }", 3),
        ("DESCRIBE ?m { ?m x:by ?c }", 6),
    ],
)
def test_a_bound_parameter_reaches_every_part(text: str, rows: int) -> None:
    text = f"PREFIX x: <{X}> {text}"
    value = ox.NamedNode(f"{X}c1")
    bound = sparql.bind(text, ["c"])
    answer = STORE.query(
        bound.text,
        substitutions={ox.Variable(name): value for name in bound.substituted},
        custom_functions={ox.NamedNode(f"{sparql.PARAMETER}c"): lambda: value},
    )
    assert len(list(answer)) == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("SELECT ?m { ?m x:by ?c }", 3),
        ("SELECT ?m ?c { ?m x:by ?c }", 3),
        ("SELECT ?c { ?c ^x:by ?m }", 3),
        ("SELECT ?m ?c { ?m x:by ?d FILTER(!BOUND(?c) || ?d = ?c) }", 3),
        ("SELECT ?m { { SELECT ?m ?c { ?m x:by ?c } } ?m x:size ?n }", 3),
        ("SELECT ?m ?c { { SELECT ?c { ?m x:by ?c } } ?m x:size 1 }", 3),
        ("SELECT ?c (COUNT(*) AS ?n) { ?m x:by ?c } GROUP BY ?c", 1),
        ("SELECT ?m (COUNT(?c) AS ?n) { ?m x:by ?c } GROUP BY ?m ?c ORDER BY ?c ?m", 3),
        ("SELECT ?m { VALUES ?n { 1 3 } ?m x:size ?n ; x:by ?c } ORDER BY DESC(?c)", 2),
        ("SELECT ?m { VALUES (?n ?k) { (1 1) (3 3) } ?m x:size ?n ; x:by ?c }", 2),
        ("CONSTRUCT { ?m x:p ?c } WHERE { ?m x:by ?c }", 3),
        ("DESCRIBE ?m { ?m x:by ?c }", 6),
        ("SELECT ?m { ?m x:size ?n FILTER EXISTS { ?m x:by ?c } }", 3),
    ],
)
def test_a_term_can_be_written_in_the_place_of_a_variable(text: str, rows: int) -> None:
    written = writing.written(f"PREFIX x: <{X}> {text}", {"c": f"<{X}c1>"})
    answer = STORE.query(written)
    assert len(list(answer)) == rows
    if isinstance(answer, ox.QuerySolutions) and text.startswith("SELECT ?m ?c"):
        assert [v.value for v in answer.variables] == ["m", "c"]


@pytest.mark.parametrize(
    "text", ["SELECT ?c { BIND(1 AS ?c) }", "SELECT (1 AS ?c) {}", "SELECT * { VALUES ?c { 1 } }",
             "SELECT * { VALUES (?a ?c) { (1 2) } }"]
)  # fmt: skip
def test_a_variable_with_a_value_of_its_own_takes_no_other(text: str) -> None:
    with pytest.raises(QueryError, match=r"gives values to \?c itself"):
        writing.written(text, {"c": "1"})


def test_counting_nothing_is_still_a_row() -> None:
    bound = sparql.bind(f"SELECT (COUNT(*) AS ?n) {{ ?m <{X}by> ?c }}", ["c"])
    functions = {ox.NamedNode(f"{sparql.PARAMETER}c"): lambda: ox.NamedNode(f"{X}none")}
    (row,) = STORE.query(bound.text, custom_functions=functions)
    assert row["n"] == ox.Literal(0)
