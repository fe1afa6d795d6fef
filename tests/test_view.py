from __future__ import annotations

import base64
import hashlib
import html as markup
import itertools
import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg import ontology, view
from kg.errors import GraphError
from kg.networks import read
from kg.ontology import Ontology
from kg.view import layout
from kg.view.scene import scene

LANDSCAPE = Path(__file__).parent / "fixtures" / "landscape.trig"
AI = "https://kg.example.org/ontology/ai-models#"
ID = "https://kg.example.org/id/"
HOSTILE = (
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    "<!--",
    "{{ 7 * 7 }}",
)


class Page(HTMLParser):
    """The elements of a page as a browser would see them: what stands in scripts is text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self._open = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._open = tag
        if tag in {"script", "style"}:
            self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open in {"script", "style"}:
            self.texts[self._open][-1] += data
        elif self._open:
            self.texts.setdefault(self._open, []).append(data)

    def data(self, name: str) -> Any:
        scripts = [attrs for tag, attrs in self.elements if tag == "script"]
        place = next(i for i, attrs in enumerate(scripts) if attrs.get("id") == name)
        return json.loads(self.texts["script"][place])


@pytest.fixture(scope="module")
def ai() -> Ontology:
    return ontology.load("ai-models")


@pytest.fixture(scope="module")
def store() -> ox.Store:
    store = ox.Store()
    store.load(LANDSCAPE.read_text(encoding="utf-8"), format=ox.RdfFormat.TRIG)
    return store


@pytest.fixture(scope="module")
def page(store: ox.Store, ai: Ontology) -> str:
    return view.render(store, ai)


def models(count: int) -> ox.Store:
    """A store with one maker of `count` models, each with a date of its own."""
    store = ox.Store()
    for number in range(count):
        model = ox.NamedNode(f"{ID}model/m{number:04}")
        store.add(ox.Quad(model, ox.NamedNode(AI + "developedBy"), ox.NamedNode(ID + f"org/o{number % 7}")))
        store.add(ox.Quad(model, ox.NamedNode(AI + "releasedOn"), ox.Literal(f"{1000 + number}")))
    return store


def test_nothing_is_fetched_from_anywhere(page: str) -> None:
    for tag, attributes in Page(page).elements:
        assert tag not in {"link", "base", "iframe", "object", "embed", "img"}
        assert not {"src", "href", "srcset", "action", "background"} & attributes.keys()
        assert not [name for name in attributes if name.startswith("on")]
    assert not re.search(r"(src|href)\s*=\s*[\"']?\s*(https?:)?//", page, re.IGNORECASE)
    assert not re.search(r"url\(\s*[\"']?\s*(https?:)?//|@import|\bimport\s*\(?[\"']", page, re.IGNORECASE)
    assert "cdnjs" not in page
    assert "jsdelivr" not in page


def test_the_policy_allows_the_two_scripts_and_the_style_and_no_more(page: str) -> None:
    seen = Page(page)
    policy = next(a["content"] for t, a in seen.elements if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy

    def allowed(texts: list[str]) -> list[str]:
        return [f"'sha256-{base64.b64encode(hashlib.sha256(t.encode()).digest()).decode()}'" for t in texts]

    kinds = [attributes.get("type") for tag, attributes in seen.elements if tag == "script"]
    run = [text for kind, text in zip(kinds, seen.texts["script"], strict=True) if kind is None]
    assert re.search(r"script-src ([^;]*);", policy)[1].split() == allowed(run)  # type: ignore[index]
    assert re.search(r"style-src ([^;]*);", policy)[1].split() == allowed(seen.texts["style"])  # type: ignore[index]
    assert not [tag for tag, attributes in seen.elements if "style" in attributes]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_names_stay_text(store: ox.Store, ai: Ontology, hostile: str) -> None:
    text = LANDSCAPE.read_text(encoding="utf-8").replace("文心一言", hostile)
    evil = ox.Store()
    evil.load(text, format=ox.RdfFormat.TRIG)
    written = view.render(evil, ai, title=hostile)
    seen, clean = Page(written), Page(view.render(store, ai))
    # A browser sees the same elements as without them.
    assert [tag for tag, _ in seen.elements] == [tag for tag, _ in clean.elements]
    assert seen.texts["h1"][0] == hostile
    labels = {name["id"]: name["label"] for name in seen.data("details")["names"]}
    assert labels["model:wenxin"] == hostile
    assert hostile in {
        quote["text"].removeprefix("百度昨天发布") for f in seen.data("details")["facts"] for quote in f["quotes"]
    }


def test_the_script_sets_text_and_never_markup() -> None:
    script = (Path(view.__file__).parent / "page.js").read_text(encoding="utf-8")
    assert "textContent" in script
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|Function\(|\.href|\.src\b", script
    )


def test_the_legend_names_kinds_and_relations_in_both_languages(page: str) -> None:
    legend = page[page.index('id="legend"') : page.index("</nav>")]
    for word in ("模型", "机构", "人物", "梯队", "日期", "date", "开发者", "发布日期"):
        assert f">{word}<" in legend
    text = markup.unescape(re.sub(r"<[^>]*>", " ", legend)).lower()
    assert "organization" in text
    assert "developed by" in text


def test_kinds_differ_in_colour_and_shape(store: ox.Store, ai: Ontology) -> None:
    kinds = scene(read(store, ai), ai, limit=300).kinds
    assert [kind.name for kind in kinds] == ["Model", "Organization", "Person", "Tier", "date"]
    assert len({kind.colour for kind in kinds}) == len({kind.shape for kind in kinds}) == len(kinds)


def test_makers_models_ranks_and_dates_are_nodes_and_numbers_are_not(page: str) -> None:
    seen = Page(page)
    assert {node["label"] for node in seen.data("nodes")} == {
        "文心一言", "云雀", "百度", "李某", "第一梯队", "2023-03-16", "2023-08",
    }  # fmt: skip
    relations = [relation["name"] for relation in seen.data("details")["relations"]]
    facts = seen.data("details")["facts"]
    names = seen.data("details")["names"]
    # But the panel shows them.
    assert ("parameterCount", "260000000000") in {(relations[f["r"]], names[f["o"]]["label"]) for f in facts}
    # Two facts between the same two nodes are two arrows side by side.
    pairs = [(edge["from"], edge["to"]) for edge in seen.data("edges")]
    assert len(pairs) == 7
    assert sum("smooth" in edge for edge in seen.data("edges")) == 1


def test_every_quote_is_there_with_its_document_and_date(page: str) -> None:
    facts = Page(page).data("details")["facts"]
    quotes = [quote for fact in facts for quote in fact["quotes"]]
    assert {
        "text": "百度昨天发布文心一言",
        "document": "d01",
        "title": "春季发布会侧记",
        "publisher": "测试周刊",
        "published": "2023-03-17",
        "url": "javascript:alert(1)",
    } in quotes
    assert len(quotes) == 3


def test_physics_is_off_and_places_are_given(page: str) -> None:
    seen = Page(page)
    assert seen.data("options")["physics"] == {"enabled": False}
    assert all(isinstance(node["x"], int) and isinstance(node["y"], int) for node in seen.data("nodes"))


def test_the_same_bytes_whatever_the_hash_seed_and_the_order(tmp_path: Path, store: ox.Store, ai: Ontology) -> None:
    code = (
        "import sys, pathlib, pyoxigraph as ox; from kg import ontology, view; s = ox.Store();"
        "s.load(pathlib.Path(sys.argv[1]).read_text(encoding='utf-8'), format=ox.RdfFormat.TRIG);"
        "view.write(s, ontology.load('ai-models'), pathlib.Path(sys.argv[2]))"
    )
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-c", code, str(LANDSCAPE), str(tmp_path / seed)],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(view.__file__).parents[2])},
            cwd=Path(view.__file__).parents[2],
            check=True,
        )
    backwards = ox.Store()
    for quad in sorted(store, key=str, reverse=True):
        backwards.add(quad)
    view.write(backwards, ai, tmp_path / "3")
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes() == (tmp_path / "3").read_bytes()


def test_above_the_limit_the_most_central_are_shown_and_the_rest_is_counted(ai: Ontology) -> None:
    written = view.render(models(200), ai, limit=50)
    seen = Page(written)
    assert 45 <= len(seen.data("nodes")) <= 50
    left = 200 * 2 + 7 - len(seen.data("nodes"))
    assert f"另有 {left} 个未画出" in written
    assert f"{left} more are not shown" in written
    names = seen.data("details")["names"]
    shown = {names[place]["id"] for place in seen.data("details")["dots"]}
    assert {f"org:o{number}" for number in range(7)} <= shown
    # A model that is shown brings its date.
    assert {f"date:{1000 + int(i[7:])}" for i in shown if i.startswith("model:")} <= shown
    assert 'id="left-out"' not in view.render(models(20), ai)


def test_a_limit_below_one_is_refused(ai: Ontology) -> None:
    with pytest.raises(ValueError, match="at least one node"):
        view.render(ox.Store(), ai, limit=0)


def test_an_empty_graph_is_a_page_too(ai: Ontology) -> None:
    assert Page(view.render(ox.Store(), ai)).data("nodes") == []


def test_no_two_nodes_overlap(ai: Ontology) -> None:
    boxes = {f"n{number}": (40.0 + 10 * (number % 5), 30.0) for number in range(60)}
    pairs = [(f"n{number}", f"n{number // 3}") for number in range(1, 45)]
    places = layout.positions(list(boxes), pairs, boxes)
    assert places == layout.positions(list(boxes), pairs, boxes)
    for one, other in itertools.combinations(boxes, 2):
        apart = [abs(a - b) for a, b in zip(places[one], places[other], strict=True)]
        need = [(a + b) / 2 for a, b in zip(boxes[one], boxes[other], strict=True)]
        assert apart[0] >= need[0] - 2 or apart[1] >= need[1] - 2, (one, other)


def test_long_labels_are_cut_in_the_picture_only(ai: Ontology) -> None:
    store = models(1)
    label = ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
    store.add(ox.Quad(ox.NamedNode(ID + "model/m0000"), label, ox.Literal("长\n" * 4000, language="zh")))
    seen = Page(view.render(store, ai))
    assert max(len(node["label"]) for node in seen.data("nodes")) == 26
    assert "长\n" * 4000 in {name["label"] for name in seen.data("details")["names"]}


def test_write_is_whole_or_not_at_all(
    tmp_path: Path, store: ox.Store, ai: Ontology, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "graph.html"
    assert view.write(store, ai, path) == path
    before = path.read_bytes()
    assert b"\r" not in before

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(GraphError, match=r"graph\.html: the view cannot be written \(No space left on device\)"):
        view.write(store, ai, path, title="another")
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["graph.html"]


def test_a_folder_that_is_not_there_is_one_clear_error(tmp_path: Path, store: ox.Store, ai: Ontology) -> None:
    with pytest.raises(GraphError, match="cannot be written"):
        view.write(store, ai, tmp_path / "missing" / "graph.html")
