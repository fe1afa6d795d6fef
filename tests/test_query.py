from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hand_built import ENTITIES, FORMULA, HOSTILE, HOSTILE_ID, KNOWLEDGE, build
from pyoxigraph import Literal, NamedNode

from kg import iri, lookup, query, tables
from kg.errors import QueryError
from kg.graph import KnowledgeGraph
from kg.query import Term


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    return build(tmp_path_factory.mktemp("graph"))


def values(graph: KnowledgeGraph, text: str, **parameters: object) -> list[tuple[str | None, ...]]:
    return [tuple(cell and cell.value for cell in row) for row in graph.query(text, **parameters).rows]


# --- Forms ---------------------------------------------------------------------------------------


def test_select_knows_the_prefixes(graph: KnowledgeGraph) -> None:
    result = graph.query("SELECT ?o ?d WHERE { model:言海 ai:developedBy ?o OPTIONAL { ?o ai:nothing ?d } }")
    assert result.columns == ("o", "d")
    assert result.rows == ((Term("iri", iri.iri("org:lingxi")), None),)


def test_terms_are_plain(graph: KnowledgeGraph) -> None:
    ((count, label),) = graph.query("SELECT ?n ?l { model:言海 ai:parameterCount ?n ; skos:prefLabel ?l }").rows
    assert count is not None
    assert label is not None
    assert (count.python, label.python, label.language) == (7_000_000_000, "言海", "zh")
    assert Term("literal", "many", "http://www.w3.org/2001/XMLSchema#integer").python == "many"


def test_ask_construct_describe(graph: KnowledgeGraph) -> None:
    assert graph.query("ASK { model:言海 a ai:Person }").truth is False
    made = graph.query("CONSTRUCT { ?o ai:develops ?m } WHERE { ?m ai:developedBy ?o }")
    assert made.is_graph
    assert len(made.rows) == 3
    assert made.rows == tuple(sorted(made.rows))
    assert graph.query("DESCRIBE model:言海").rows[0][0] == Term("iri", iri.iri("model:言海"))


def test_rows_without_an_order_are_sorted(graph: KnowledgeGraph) -> None:
    names = [row[0] for row in values(graph, "SELECT ?m { ?m a ai:Model }")]
    assert names == sorted(names, key=str)
    counted = values(graph, "SELECT ?d { ?c prov:wasDerivedFrom ?e . GRAPH kg:claims { ?d a kg:Document } }")
    assert counted == []
    backwards = values(graph, "SELECT ?m { ?m a ai:Model } ORDER BY DESC(?m)")
    assert [row[0] for row in backwards] == names[::-1]


def test_claims_are_in_their_graph(graph: KnowledgeGraph) -> None:
    assert len(values(graph, "SELECT ?c { GRAPH kg:claims { ?c a kg:Claim } }")) == 11
    assert values(graph, "SELECT ?c { ?c a kg:Claim }") == []


# --- What goes wrong -----------------------------------------------------------------------------


def test_a_syntax_error_has_its_place(graph: KnowledgeGraph) -> None:
    with pytest.raises(QueryError) as caught:
        graph.query("SELECT *\nWHERE { 言 }")
    assert str(caught.value).startswith("line 2, column ")
    assert "\n  WHERE { 言 }\n" in str(caught.value)
    assert str(caught.value).endswith("^")


def test_a_syntax_error_in_a_query_with_parameters_speaks_of_what_was_written(graph: KnowledgeGraph) -> None:
    with pytest.raises(QueryError, match=r"^line 1, column 31: ") as caught:
        graph.query("SELECT ?m { ?m ai:developedBy }", m="org:lingxi")
    assert "urn:" not in str(caught.value)


def test_an_unknown_prefix_is_named(graph: KnowledgeGraph) -> None:
    with pytest.raises(QueryError, match=r"line 1, column 15: the prefix foo: is not declared"):
        graph.query("SELECT * { ?s foo:bar ?o }")


def test_calls_and_updates_are_refused(graph: KnowledgeGraph) -> None:
    with pytest.raises(QueryError, match="SERVICE is refused"):
        graph.query("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
    with pytest.raises(QueryError, match="INSERT is refused"):
        graph.query("INSERT DATA { model:a a ai:Model }")
    assert values(graph, "SELECT ?s FROM <file:///etc/hostname> { ?s ?p ?o }") == []


def test_a_name_that_is_no_query_lists_them(graph: KnowledgeGraph) -> None:
    with pytest.raises(QueryError, match=r"no query or file is called 'landscap'; .*did you mean landscape\?"):
        graph.query("landscap")


# --- Parameters ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "company",
    [
        "org:lingxi",
        iri.iri("org:lingxi"),
        f"<{iri.iri('org:lingxi')}>",
        "灵犀科技",
        "灵犀",
        "LINGXI",
        "Ｌｉｎｇ　ｘｉ",
        " lingxi ",
    ],
)
def test_an_entity_by_any_of_its_names(graph: KnowledgeGraph, company: str) -> None:
    result = graph.query("models-of", company=company)
    assert "company" not in result.columns
    assert [row[0] and row[0].value for row in result.rows] == ["言海"]


def test_a_query_without_a_header_guesses(graph: KnowledgeGraph) -> None:
    assert values(graph, "SELECT ?m { ?m ai:developedBy ?who }", who="灵犀") == [(iri.iri("model:言海"),)]
    assert len(values(graph, "SELECT ?m { ?m ai:parameterCount ?n FILTER(?n >= ?least) }", least=7)) == 1
    assert len(values(graph, "SELECT ?m { ?m ai:releasedOnEarliest ?d FILTER(?d < ?end) }", end="2023-05")) == 1
    assert len(values(graph, "SELECT ?m { ?m ai:releasedOnEarliest ?d FILTER(?d < ?end) }", end=date(2023, 1, 1))) == 0
    text = "SELECT ?m { ?m skos:prefLabel ?l FILTER(CONTAINS(STR(?l), ?part)) }"
    assert values(graph, text, part="海") == [(iri.iri("model:言海"),)]
    assert values(graph, text, part=Literal("海")) == [(iri.iri("model:言海"),)]


@pytest.mark.parametrize("attack", ['x" } UNION { ?s ?p ?o } #', "> ?x . ?s ?p ?o #", "\\", "'''", HOSTILE])
def test_a_value_is_never_part_of_the_text(graph: KnowledgeGraph, attack: str) -> None:
    text = "# param part: text — words\nSELECT ?l { ?m skos:prefLabel ?l FILTER(STR(?l) = ?part) }"
    found = [(HOSTILE,)] if attack == HOSTILE else []
    assert values(graph, text, part=attack) == found


def test_hostile_names_are_found_too(graph: KnowledgeGraph) -> None:
    node = lookup.entity(graph.store, HOSTILE, graph.prefixes)
    assert lookup.shortened(node.value, graph.prefixes) == HOSTILE_ID


def test_unknown_and_ambiguous_names(graph: KnowledgeGraph, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match=r"nothing in the graph is called '灵犀科枝'; nearest: 灵犀科技"):
        graph.query("models-of", company="灵犀科枝")
    with pytest.raises(QueryError, match=r"nothing in the graph has the id org:lingxy; nearest: org:lingxi"):
        graph.query("models-of", company="org:lingxy")
    with pytest.raises(QueryError, match=r"nothing in the graph has the IRI https://x\.example/"):
        graph.query("models-of", company="https://x.example/")
    twins = (*ENTITIES[:-1], replace(ENTITIES[-1], aliases=(FORMULA,)))
    with_twins = build(tmp_path, replace(KNOWLEDGE, entities=twins))
    with pytest.raises(QueryError, match=r"is the name of 2 things; say which: model:长.*, person:王五"):
        with_twins.query("models-of", company=FORMULA)


def test_missing_and_unknown_parameters(graph: KnowledgeGraph) -> None:
    with pytest.raises(QueryError, match=r"models-of needs --param company=…: the maker"):
        graph.query("models-of")
    with pytest.raises(QueryError, match=r"models-of has no parameter compny; it has company"):
        graph.query("models-of", compny="灵犀", company="灵犀")
    with pytest.raises(QueryError, match=r"no variable \?x for the parameter x; it has \?m"):
        graph.query("SELECT ?m { ?m a ai:Model }", x="灵犀")
    with pytest.raises(QueryError, match=r"--param rank=best: not a whole number"):
        graph.query("tiers", rank="best")
    with pytest.raises(QueryError, match=r"--param d=2023-02-30: not a date"):
        graph.query("# param d: date — a day\nSELECT ?d { ?m ai:releasedOnEarliest ?d }", d="2023-02-30")
    with pytest.raises(QueryError, match=r"the query gives values to \?m itself"):
        graph.query("SELECT ?m { BIND(1 AS ?m) }", m="2")


# --- Saved queries -------------------------------------------------------------------------------


def test_headers_are_read() -> None:
    lines = ["# title: Models", "# title@zh: 模型", "#", "# param company: entity — the maker", "# param since?: date"]
    text = "\n".join([*lines, "SELECT ?company {}", "# param late: entity — no longer the header"])
    titles, parameters = query.header(text, "x.rq")
    assert len(parameters) == 2
    assert titles == (("en", "Models"), ("zh", "模型"))
    assert parameters[0] == query.Parameter("company", "entity", False, "the maker")
    assert parameters[1] == query.Parameter("since", "date", True, "")


@pytest.mark.parametrize(
    ("line", "message"),
    [("# param a: colour — x", "line 1: colour is no type"), ("# param a", "write it as # param NAME")],
)
def test_a_header_that_cannot_be_read_is_said(line: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        query.header(line, "x.rq")


def test_every_saved_query_of_the_ontology_runs(graph: KnowledgeGraph) -> None:
    found = query.saved(graph.ontology)
    assert {"landscape", "timeline", "tiers", "models-of", "people", "sources"} <= {q.name for q in found}
    for saved in found:
        given = {p.name: "灵犀" for p in saved.parameters if p.type == "entity" and not p.optional}
        assert graph.query(saved.name, **given).columns, saved.name
        assert dict(saved.titles)["en"]


def test_an_optional_parameter_may_be_left_out(graph: KnowledgeGraph) -> None:
    assert len(graph.query("landscape").rows) == 3
    assert len(graph.query("landscape", maker="灵犀").rows) == 1
    assert len(graph.query("tiers", rank=1).rows) == 1
    assert len(graph.query("tiers", rank="2").rows) == 0


def test_a_file_is_a_query(graph: KnowledgeGraph, tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text(
        "\ufeff# param who: entity — who\nSELECT ?m ?who { ?m ai:developedBy ?who }", encoding="utf-8"
    )
    assert values(graph, str(tmp_path / "mine.rq"), who="灵犀") == [(iri.iri("model:言海"),)]
    (tmp_path / "bad.rq").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(QueryError, match="cannot be read as UTF-8"):
        graph.query(str(tmp_path / "bad.rq"))


# --- Formats -------------------------------------------------------------------------------------

NAMES = """SELECT ?m ?l ?n {
  ?m skos:prefLabel ?l OPTIONAL { ?m ai:parameterCount ?n }
  FILTER(?m = model:言海 || STRSTARTS(?l, 'a'))
}"""


def test_json_is_the_standard_one(graph: KnowledgeGraph) -> None:
    answer = json.loads(tables.text(graph.query(NAMES), "json", graph.prefixes))
    assert answer["head"] == {"vars": ["m", "l", "n"]}
    hostile, known = answer["results"]["bindings"]
    assert hostile["l"] == {"type": "literal", "value": HOSTILE, "xml:lang": "en"}
    assert "n" not in hostile
    assert known["n"] == {
        "type": "literal",
        "value": "7000000000",
        "datatype": "http://www.w3.org/2001/XMLSchema#integer",
    }
    assert known["m"] == {"type": "uri", "value": iri.iri("model:言海")}
    assert json.loads(tables.text(graph.query("ASK {}"), "json", {})) == {"head": {}, "boolean": True}


def test_csv_and_tsv_hold_every_character(graph: KnowledgeGraph) -> None:
    import csv
    import io

    text = tables.text(graph.query(NAMES), "csv", graph.prefixes)
    assert text.startswith("m,l,n\r\n")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows[1][1] == HOSTILE
    lines = tables.text(graph.query(NAMES), "tsv", graph.prefixes).splitlines()
    assert lines[0] == "?m\t?l\t?n"
    assert lines[1].split("\t")[1].startswith('"a \\"b\\" \\\\ ')
    assert lines[2].endswith('"7000000000"^^<http://www.w3.org/2001/XMLSchema#integer>')
    assert tables.text(graph.query("ASK {}"), "csv", {}) == "true\r\n"
    assert tables.text(graph.query("ASK {}"), "tsv", {}) == "true\n"


def test_turtle_is_for_graphs(graph: KnowledgeGraph) -> None:
    text = tables.text(graph.query("CONSTRUCT WHERE { model:言海 ai:developedBy ?o }"), "ttl", graph.prefixes)
    assert "\nmodel:言海 ai:developedBy org:lingxi .\n" in text
    assert "@prefix skos" not in text
    assert "_:" in tables.text(graph.query("CONSTRUCT { [] a ai:Model } WHERE {}"), "ttl", graph.prefixes)
    with pytest.raises(QueryError, match="only CONSTRUCT and DESCRIBE"):
        tables.text(graph.query(NAMES), "ttl", graph.prefixes)
    with pytest.raises(QueryError, match="'xml' is no format"):
        tables.text(graph.query(NAMES), "xml", graph.prefixes)


def test_a_table_cannot_drive_the_terminal(graph: KnowledgeGraph) -> None:
    text = tables.text(graph.query(NAMES), "table", graph.prefixes, width=200)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "␛[31m😀<U+202E><U+200F> end." in text
    assert "model:言海" in text
    assert "[c](d)" in text
    assert tables.visible("a\x9bb\x7f\n c") == "a<U+009B>b␡ c"


def test_a_table_fits_its_width(graph: KnowledgeGraph) -> None:
    from rich.cells import cell_len

    text = tables.text(graph.query("SELECT ?m ?l { ?m skos:prefLabel ?l }"), "table", graph.prefixes, width=60)
    assert max(cell_len(line) for line in text.splitlines()) <= 60
    assert "…" in text
    assert tables.text(graph.query("ASK {}"), "table", {}, width=60).split() == ["answer", "──────", "yes"]


def test_iris_can_be_shown_as_labels(graph: KnowledgeGraph) -> None:
    from rich.console import Console

    result = graph.query("SELECT ?o { model:言海 ai:developedBy ?o }")
    console = Console(width=60)
    with console.capture() as captured:
        console.print(tables.table(result, graph.prefixes, labels={iri.iri("org:lingxi"): "灵犀科技"}))
    assert "灵犀科技" in captured.get()


def test_terms_can_be_given_as_they_are(graph: KnowledgeGraph) -> None:
    result = query.run(
        graph.store,
        "SELECT ?m { ?m ai:developedBy ?o }",
        {"o": NamedNode(iri.iri("org:lingxi"))},
        prefixes=graph.prefixes,
    )
    assert result.rows == ((Term("iri", iri.iri("model:言海")),),)
