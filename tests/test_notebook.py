"""How graphs, answers and explanations show themselves, and the tables that other tools get."""

from __future__ import annotations

import re
from pathlib import Path

import hand_built
import networkx
import pytest
from hand_built import FORMULA, HOSTILE, HOSTILE_ID

from kg import notebook
from kg.errors import GraphError
from kg.explain import explain
from kg.graph import KnowledgeGraph

pytest.importorskip("pandas", reason="pip install '.[test]'")


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    return hand_built.build(tmp_path_factory.mktemp("graph"))


def safe(html: str) -> bool:
    """Whether no element came from a document and nothing is fetched."""
    tags = set(re.findall(r"<([a-zA-Z]+)", html))
    known = {"b", "circle", "div", "iframe", "path", "polygon", "rect", "span", "svg", "table", "tbody", "td", "text"}
    return tags <= known | {"th", "thead", "title", "tr"} and not re.search(r'(?:src|href)="', html)


def test_facts_as_a_table(graph: KnowledgeGraph) -> None:
    table = graph.to_pandas()
    assert tuple(table.columns) == notebook.COLUMNS
    row = table[(table.subject_id == "model:言海") & (table.relation == "releasedOn")].iloc[0]
    assert (row.object, row.object_id, row.sources, row.published) == ("2023-04-11", "", 2, "2023-04-12")
    size = table[table.relation == "parameterCount"].iloc[0].object
    assert size == 7_000_000_000
    assert isinstance(size, int)


def test_as_networkx(graph: KnowledgeGraph) -> None:
    made = graph.to_networkx()
    assert isinstance(made, networkx.MultiDiGraph)
    assert made.has_edge("model:言海", "org:lingxi", key="developedBy")
    assert made.nodes["model:言海"]["parameterCount"] == 7_000_000_000
    assert made.edges["model:言海", "org:lingxi", "developedBy"]["confidence"] == 0.9
    assert "date:2023-04-11" in graph.to_networkx(values=True)


def test_an_answer_is_a_table_in_a_notebook_and_in_pandas(graph: KnowledgeGraph) -> None:
    answer = graph.query("SELECT ?model ?size WHERE { ?model a ai:Model OPTIONAL { ?model ai:parameterCount ?size } }")
    assert safe(answer._repr_html_())
    assert ">model:言海<" in answer._repr_html_()  # as `kg query` prints it
    table = answer.to_pandas()
    assert "https://kg.example.org/id/model/言海" in set(table["model"])
    assert list(table.columns) == ["model", "size"]
    assert table["size"].max() == 7_000_000_000
    labels = graph.query("SELECT ?name WHERE { ?thing skos:prefLabel ?name }")
    assert "&lt;script&gt;" in labels._repr_html_()
    assert safe(labels._repr_html_())
    assert graph.query("ASK { ?s a ai:Model }")._repr_html_() == "<b>true</b>"


def test_a_long_answer_shows_its_first_rows(graph: KnowledgeGraph) -> None:
    long = graph.query("SELECT * WHERE { GRAPH kg:claims { ?s ?p ?o } }")
    assert long._repr_html_().count("<tr>") == notebook.ROWS + 1
    assert f"{notebook.ROWS} of {len(long.rows)} rows" in long._repr_html_()


@pytest.mark.parametrize("name", ["model:言海", HOSTILE_ID, "person:王五"])
def test_an_explanation_shows_both_sides_and_escapes(graph: KnowledgeGraph, name: str) -> None:
    html = explain(graph, name)._repr_html_()
    assert safe(html)
    if name == "model:言海":
        assert "2023-04-11" in html
        assert "conflicts with 2023-05-02" in html
    if name == "person:王五":
        assert FORMULA.replace('"', "&quot;") in html


@pytest.mark.parametrize("kind", ["network", "timeline", "tiers"])
def test_pictures_carry_no_markup_of_documents(graph: KnowledgeGraph, kind: str) -> None:
    html = graph.picture(kind)._repr_html_()
    assert html.startswith("<svg")
    assert safe(html)
    assert "<script" not in html


def test_a_graph_shows_its_numbers_and_a_picture(graph: KnowledgeGraph) -> None:
    html = graph._repr_html_()
    assert "4 documents" in html
    assert "<svg" in html
    assert safe(html)
    assert len(html) < 60_000


def test_the_page_s_frame_holds_all_of_it(graph: KnowledgeGraph) -> None:
    html = graph.page(height=300)._repr_html_()
    assert html.count("<") == 2, "a frame and its end, and nothing that escapes from its attribute"
    assert "height:300px" in html
    assert HOSTILE not in html


def test_without_pandas_it_says_what_to_install(graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pandas", None)
    with pytest.raises(GraphError, match=r"pip install 'knowledge-graph-builder\[notebooks\]'"):
        graph.to_pandas()


def test_files_of_every_kind(graph: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from xml.etree import ElementTree

    from kg import fonts, view

    for kind in view.KINDS:
        svg = view.file(graph.store, graph.ontology, kind=kind, format="svg", title=HOSTILE)
        assert ElementTree.fromstring(svg).tag == "{http://www.w3.org/2000/svg}svg"
        assert svg == view.file(graph.store, graph.ontology, kind=kind, format="svg", title=HOSTILE)
        page = view.file(graph.store, graph.ontology, kind=kind, format="html").decode()
        assert "default-src &#39;none&#39;" in page
    assert "on 2 May" not in view.file(graph.store, graph.ontology, kind="timeline").decode()
    if fonts.chinese():
        png = view.file(graph.store, graph.ontology, kind="tiers", format="png")
        assert png.startswith(b"\x89PNG")
    monkeypatch.setattr("kg.fonts._FOLDERS", (str(tmp_path),))
    with pytest.raises(GraphError, match="no font with Chinese characters was found"):
        view.file(graph.store, graph.ontology, kind="tiers", format="png")
    monkeypatch.setitem(__import__("sys").modules, "resvg_py", None)
    with pytest.raises(GraphError, match=r"\[pictures\]"):
        view.file(graph.store, graph.ontology, kind="tiers", format="png")
    with pytest.raises(ValueError, match="kinds are network, timeline, tiers"):
        view.file(graph.store, graph.ontology, kind="cake")
