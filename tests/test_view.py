from __future__ import annotations

import base64
import hashlib
import itertools
import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import hand_built
import pyoxigraph as ox
import pytest
import synthetic

from kg import ontology, view
from kg.errors import GraphError
from kg.networks import read
from kg.ontology import Ontology
from kg.view import groups, landscape, lanes, layout
from kg.view.letters import LINE, LONGEST, broken, label_width
from kg.view.marks import GAP
from kg.view.scene import Dot, scene

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


def test_the_policy_allows_the_scripts_and_the_style_and_no_more(page: str) -> None:
    _policy_is_exact(page)


def test_the_policy_of_a_large_page_names_the_bundle_too(ai: Ontology, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.view.page.bundle", lambda: "globalThis.kgWeb = {};")
    _policy_is_exact(view.render(synthetic.store(600), ai))


def _policy_is_exact(page: str) -> None:
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
    said = {text for fact in seen.data("details")["facts"] for _, text, _ in fact["q"]}
    assert f"百度昨天发布{hostile}" in said


def test_the_scripts_set_text_and_never_markup() -> None:
    scripts = sorted((Path(view.__file__).parent / "assets").glob("*.js"))
    assert len(scripts) == 10
    for script in scripts:
        text = script.read_text(encoding="utf-8")
        forbidden = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|Function\(|\.href|\.src\b"
        assert not re.search(forbidden, text), script
        # The one address that is made is of a blob of the page's own.
        assert text.count('"href"') == (script.name == "save.js"), script
        assert "localStorage" not in text
        assert not re.search(r"\bfetch\(|XMLHttpRequest|WebSocket|import\(", text), script


def test_the_legend_has_kinds_and_relations_in_both_languages(page: str) -> None:
    details = Page(page).data("details")
    kinds = {kind["name"]: kind["labels"] for kind in details["kinds"]}
    assert kinds["Model"] == {"zh": "模型", "en": "model"}
    assert kinds["date"] == {"zh": "日期", "en": "date"}
    relations = {relation["name"]: relation["labels"] for relation in details["relations"]}
    assert relations["developedBy"] == {"zh": "开发者", "en": "developed by"}
    assert {kind["name"]: kind["count"] for kind in details["kinds"]} == {
        "Model": 2, "Organization": 1, "Person": 1, "Tier": 1, "date": 2,
    }  # fmt: skip


def test_kinds_differ_in_colour_and_shape(store: ox.Store, ai: Ontology) -> None:
    kinds = scene(read(store, ai), ai, limit=300, summary=500).kinds
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
    assert [name["label"] for name in names[: len(seen.data("nodes"))]] == [n["label"] for n in seen.data("nodes")]
    # But the panel shows them.
    assert ("parameterCount", "260000000000") in {(relations[f["r"]], names[f["o"]]["label"]) for f in facts}
    # Two facts between the same two nodes are two arrows side by side.
    pairs = [(edge["from"], edge["to"]) for edge in seen.data("edges")]
    assert len(pairs) == 7
    assert sum("bend" in edge for edge in seen.data("edges")) == 1


def test_every_quote_is_there_with_its_document_and_date(page: str) -> None:
    details = Page(page).data("details")
    quotes = {(text, doc) for fact in details["facts"] for doc, text, _ in fact["q"]}
    assert len(quotes) == 3
    place = {document["id"]: at for at, document in enumerate(details["documents"])}
    assert ("百度昨天发布文心一言", place["d01"]) in quotes
    assert details["documents"][place["d01"]] == {
        "id": "d01",
        "title": "春季发布会侧记",
        "publisher": "测试周刊",
        "published": "2023-03-17",
        "url": "javascript:alert(1)",
    }


def test_what_contradicts_a_fact_is_beside_it(tmp_path: Path) -> None:
    graph = hand_built.build(tmp_path)
    seen = Page(view.render(graph.store, graph.ontology))
    details = seen.data("details")
    disputed = [fact for fact in details["facts"] if "x" in fact]
    assert [(details["names"][f["s"]]["id"], details["names"][f["o"]]["label"]) for f in disputed] == [
        ("model:言海", "2023-04-11")
    ]
    assert [(value, text) for value, _, text in disputed[0]["x"]] == [("2023-05-02", "on 2 May")]


def test_names_can_be_found_by_pinyin(page: str) -> None:
    names = {name["id"]: name for name in Page(page).data("details")["names"]}
    assert {"wenxinyiyan", "wxyy", "wenxin", "wx"} <= set(names["model:wenxin"]["typed"].split())
    assert names["model:wenxin"]["also"] == ["文心"]


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
    assert seen.data("details")["counts"]["left"] == left
    names = seen.data("details")["names"]
    shown = {names[node["id"]]["id"] for node in seen.data("nodes")}
    assert {f"org:o{number}" for number in range(7)} <= shown
    # A model that is shown brings its date.
    assert {f"date:{1000 + int(i[7:])}" for i in shown if i.startswith("model:")} <= shown
    assert Page(view.render(models(20), ai)).data("details")["counts"]["left"] == 0


def test_a_limit_below_one_is_refused(ai: Ontology) -> None:
    with pytest.raises(ValueError, match="at least one node"):
        view.render(ox.Store(), ai, limit=0)


def test_an_empty_graph_is_a_page_too(ai: Ontology) -> None:
    assert Page(view.render(ox.Store(), ai)).data("nodes") == []


def test_no_two_labels_overlap_at_150_nodes(ai: Ontology) -> None:
    seen = scene(read(synthetic.store(150), ai), ai, limit=300, summary=500)
    assert 140 < len(seen.dots) < 160
    for one, other in itertools.combinations(seen.dots, 2):
        apart_x, apart_y = abs(one.x - other.x), abs(_label_y(one) - _label_y(other))
        wide = (_label_width(one) + _label_width(other)) / 2
        high = (_label_height(one) + _label_height(other)) / 2
        assert apart_x >= wide - 2 or apart_y >= high - 2, (one.label, other.label)


def _label_y(dot: Dot) -> float:
    """Where the middle of a label is: in a date's chip, else below the shape."""
    return dot.y if dot.node.is_value else dot.y + dot.size + GAP + _label_height(dot) / 2


def _label_width(dot: Dot) -> float:
    return max(label_width(label, dot.font) for label in (dot.label, dot.english))


def _label_height(dot: Dot) -> float:
    return LINE * dot.font * max(label.count("\n") + 1 for label in (dot.label, dot.english))


def test_no_two_nodes_overlap(ai: Ontology) -> None:
    boxes = {f"n{number}": (40.0 + 10 * (number % 5), 30.0) for number in range(60)}
    pairs = [(f"n{number}", f"n{number // 3}") for number in range(1, 45)]
    places = layout.positions(list(boxes), pairs, boxes)
    assert places == layout.positions(list(boxes), pairs, boxes)
    for one, other in itertools.combinations(boxes, 2):
        apart = [abs(a - b) for a, b in zip(places[one], places[other], strict=True)]
        need = [(a + b) / 2 for a, b in zip(boxes[one], boxes[other], strict=True)]
        assert apart[0] >= need[0] - 2 or apart[1] >= need[1] - 2, (one, other)


@pytest.fixture(scope="module")
def thousand(ai: Ontology) -> str:
    return view.render(synthetic.store(1000), ai)


def test_a_thousand_nodes_take_less_than_two_megabytes(thousand: str) -> None:
    assert 950 < len(Page(thousand).data("nodes")) < 1050
    assert len(thousand.encode()) < 2_000_000


def test_a_large_graph_opens_on_its_communities(thousand: str) -> None:
    details, nodes = Page(thousand).data("details"), Page(thousand).data("nodes")
    assert details["summary"] == "communities"
    assert details["modularity"] >= groups.CLEAR
    counts = [group["count"] for group in details["groups"]]
    assert counts == sorted(counts, reverse=True)
    ranks = [node for node in nodes if node["group"] == "Tier"]
    assert sum(counts) + len(ranks) == len(nodes)
    assert all("k" not in node for node in ranks)
    # A community is called by its most central maker.
    assert {nodes[group["hub"]]["group"] for group in details["groups"] if group["count"] > 3} == {"Organization"}
    # Members stand in their community's disc, and no two of the first discs overlap.
    for node in nodes:
        if "k" in node:
            group = details["groups"][node["k"]]
            assert (node["x"] - group["x"]) ** 2 + (node["y"] - group["y"]) ** 2 <= (group["r"] + 30) ** 2
    for one, other in itertools.combinations(details["groups"], 2):
        assert (one["x"] - other["x"]) ** 2 + (one["y"] - other["y"]) ** 2 >= (one["r"] + other["r"]) ** 2


def test_without_clear_communities_the_most_central_come_first(ai: Ontology) -> None:
    store = ox.Store()
    based, model = ox.NamedNode(AI + "basedOn"), ox.NamedNode(ID + "model/m")
    for number in range(600):  # all on one
        store.add(ox.Quad(ox.NamedNode(f"{ID}model/m{number:04}"), based, model))
    details = Page(view.render(store, ai)).data("details")
    assert details["summary"] == "central"
    assert [group["count"] for group in details["groups"]] == [601]
    assert details["names"][0]["id"] == "model:m"


def test_a_small_graph_has_no_second_renderer(page: str, thousand: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Page(page).data("details")["summary"] == ""
    assert len([1 for tag, a in Page(page).elements if tag == "script" and "type" not in a]) == 2


def test_a_landscape_has_a_band_a_rank_and_time_from_left_to_right(ai: Ontology) -> None:
    network = read(synthetic.store(150), ai)
    labels = {node.id: (node.label,) for node in network.nodes}
    seen = landscape.landscape(network, ai, labels=labels)
    assert [band.rank for band in seen.bands] == ["tier:1", "tier:2", ""]
    assert all(one.bottom <= other.top for one, other in itertools.pairwise(seen.bands))
    tiers = {edge.source: edge.target for edge in network.edges if edge.relation == "tier"}
    bands = {band.rank: band for band in seen.bands}
    for model, maker in seen.makers.items():
        band = bands[tiers.get(maker, "")]
        assert band.top <= seen.places[maker][1] <= band.bottom
        assert band.top <= seen.places[model][1] <= band.bottom
    ordered = sorted(seen.dates, key=lambda node_id: seen.places[node_id][0])
    assert [seen.dates[node_id] for node_id in ordered] == sorted(seen.dates.values())
    assert [tick.label for tick in seen.ticks] == sorted({day[:4] for day in seen.dates.values()})
    # No name in a lane is written over another.
    dated = sorted(seen.dates, key=lambda node_id: (seen.places[node_id][1], seen.places[node_id][0]))
    for one, other in itertools.pairwise(dated):
        if seen.places[one][1] == seen.places[other][1]:
            room = seen.places[other][0] - seen.places[one][0]
            assert room >= sum(label_width(labels[i][0], lanes.FONT) for i in (one, other)) / 2


def test_what_is_ranked_itself_stands_in_its_own_band_and_its_maker_is_named_there(ai: Ontology) -> None:
    store = ox.Store()

    def fact(subject: str, relation: str, value: ox.NamedNode | ox.Literal) -> None:
        store.add(ox.Quad(ox.NamedNode(ID + subject), ox.NamedNode(AI + relation), value))

    for model, day, rank in (("model/a", "2021-05-01", "tier/1"), ("model/b", "2023-05-01", "tier/2")):
        fact(model, "developedBy", ox.NamedNode(ID + "org/o"))
        fact(model, "releasedOn", ox.Literal(day))
        fact(model, "tier", ox.NamedNode(ID + rank))
        store.add(ox.Quad(ox.NamedNode(ID + rank), ox.NamedNode(synthetic.RDF + "type"), ox.NamedNode(AI + "Tier")))
    network = read(store, ai)
    seen = landscape.landscape(network, ai, labels={node.id: (node.label,) for node in network.nodes})
    first, second = seen.bands
    assert (first.rank, second.rank) == ("tier:1", "tier:2")
    assert first.top < seen.places["model:a"][1] < first.bottom
    assert second.top < seen.places["model:b"][1] < second.bottom
    # The maker is one node: it stands in its first band, and in the other there is its name.
    assert first.top < seen.places["org:o"][1] < first.bottom
    assert [maker for y, maker in seen.signs if second.top < y < second.bottom] == ["org:o"]
    # 2021 and 2023 are named before the quiet year between them.
    assert {"2021", "2023"} <= {tick.label for tick in seen.ticks}


def test_things_without_a_date_stand_beside_one_another(ai: Ontology) -> None:
    store = ox.Store()
    for number in range(12):
        model = ox.NamedNode(f"{ID}model/m{number:02}")
        store.add(ox.Quad(model, ox.NamedNode(AI + "developedBy"), ox.NamedNode(ID + "org/o")))
    network = read(store, ai)
    labels = {node.id: (node.label,) for node in network.nodes}
    seen = landscape.landscape(network, ai, labels=labels)
    rows: dict[int, list[int]] = {}
    for node_id, (x, y) in seen.places.items():
        if node_id.startswith("model:"):
            rows.setdefault(y, []).append(x)
    assert 2 <= len(rows) <= 6
    for across in rows.values():
        ordered = sorted(across)
        assert all(b - a >= label_width("m00", lanes.FONT) for a, b in itertools.pairwise(ordered))
    assert seen.undated is not None


def test_a_landscape_of_nothing_is_none(ai: Ontology) -> None:
    assert Page(view.render(ox.Store(), ai)).data("details")["landscape"] is None


@pytest.mark.parametrize("text", ["2023-02-31", "2023-13", "0000", "20233", "-0044-03-15", "2023"])
def test_odd_dates_break_no_landscape(ai: Ontology, text: str) -> None:
    store = models(1)
    store.add(ox.Quad(ox.NamedNode(ID + "model/m0000"), ox.NamedNode(AI + "betaOn"), ox.Literal(text)))
    view.render(store, ai)


def test_long_labels_are_cut_in_the_picture_only(ai: Ontology) -> None:
    store = models(1)
    label = ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
    store.add(ox.Quad(ox.NamedNode(ID + "model/m0000"), label, ox.Literal("长\n" * 4000, language="zh")))
    seen = Page(view.render(store, ai))
    label = next(node["label"] for node in seen.data("nodes") if node["label"].startswith("长"))
    assert label.count("\n") == 1
    assert label.endswith("…")
    assert label_width(label, 1) <= LONGEST + 1
    assert "长\n" * 4000 in {name["label"] for name in seen.data("details")["names"]}


@pytest.mark.parametrize(
    ("label", "drawn"),
    [
        ("通义千问", "通义千问"),
        ("腾讯云与智慧产业事业群", "腾讯云与智\n慧产业事业群"),
        ("Technology Innovation Institute", "Technology\nInnovation Institute"),
        ("DeepSeek-R1-Distill-Qwen", "DeepSeek-R1-\nDistill-Qwen"),
        ("Supercalifragilisticexpialidocious", "Supercalifragilisti…"),
        ("一行\r\n又\x00一行", "一行 又 一行"),
        ("", ""),
    ],
)
def test_a_long_label_has_two_lines(label: str, drawn: str) -> None:
    assert broken(label) == drawn


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
