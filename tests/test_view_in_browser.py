"""The pages of `kg view` in a real browser with the network off: what a reader does, and what a hostile text cannot."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hand_built
import pyoxigraph as ox
import pytest
import rdflib
import synthetic
from browser import Tab

from kg import graph, ontology, view
from kg.view.page import bundle

pytestmark = pytest.mark.slow
LANDSCAPE = Path(__file__).parent / "fixtures" / "landscape.trig"
HOSTILE = "<img src=x onerror=alert(1)></script><script>alert(2)</script>"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Path:
    """A folder of pages: the sample documents', a hostile one, a conflict, a large graph."""
    folder = tmp_path_factory.mktemp("pages")
    built, ai = graph.open(sample), ontology.load()
    view.write(built.store, ai, folder / "sample.html")
    for kind in ("timeline", "tiers"):
        view.write(built.store, ai, folder / f"{kind}.html", kind=kind)
    evil = ox.Store()
    evil.load(LANDSCAPE.read_text(encoding="utf-8").replace("文心一言", HOSTILE), format=ox.RdfFormat.TRIG)
    for kind, name in (("network", "evil"), ("timeline", "evil-timeline"), ("tiers", "evil-tiers")):
        view.write(evil, ai, folder / f"{name}.html", kind=kind, title=HOSTILE)
    conflict = hand_built.build(folder / "conflict")
    view.write(conflict.store, conflict.ontology, folder / "conflict.html")
    view.write(synthetic.store(1000), ai, folder / "large.html")
    return folder


@pytest.fixture
def tab(chromium: Any, pages: Path) -> Iterator[Tab]:
    opened = Tab(chromium, pages / "sample.html")
    yield opened
    assert not opened.said, opened.said
    opened.close()


def test_nothing_is_asked_of_the_network(chromium: Any, pages: Path) -> None:
    for name in ("sample", "large", "timeline", "tiers"):
        context = chromium.new_context(offline=True)
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.goto((pages / f"{name}.html").as_uri())
        page.wait_for_timeout(300)
        assert [address for address in asked if not address.startswith("file:")] == []
        context.close()


def test_it_opens_on_all_of_a_small_graph(tab: Tab) -> None:
    assert tab.evaluate("document.body.dataset.renderer") == "vis-network"
    assert tab.evaluate("KG.seen().shown.length === KG.model.dots.length")
    assert "第一梯队" in tab.text("#panel")
    assert "模型" in tab.text("#legend")
    assert "model" in tab.text("#legend")


def test_search_by_name_alias_and_pinyin(tab: Tab) -> None:
    for words in ("通义千问", "tongyi", "tyqw", "tongyiqianwen"):
        tab.page.fill("#words", words)
        assert "通义千问" in tab.text("#hits"), words
    tab.page.fill("#words", "tyqw")
    tab.page.press("#words", "Enter")
    assert tab.text("#panel h2") == "通义千问"
    assert "阿里云" in tab.text("#panel")
    assert tab.evaluate("decodeURIComponent(location.hash)") == "#at=model:tongyi-qianwen"
    tab.page.fill("#words", "没有这个名字")
    assert tab.text("#hits") == "没有找到"


def test_a_click_on_a_node_and_on_a_line_shows_the_words(tab: Tab) -> None:
    spot = tab.evaluate(
        "(() => { const { x, y } = KG.stage.onScreen(KG.model.idOf.get('model:tongyi-qianwen'));"
        " const { left, top } = document.getElementById('graph').getBoundingClientRect();"
        " return { x: x + left, y: y + top }; })()"
    )
    tab.page.mouse.click(spot["x"], spot["y"])
    tab.page.wait_for_function("document.querySelector('#panel h2').textContent === '通义千问'")
    assert "阿里云正式发布大语言模型" in tab.text("#panel")
    fact = tab.evaluate("KG.seen().edges[0].id")
    tab.evaluate(f"KG.page.set({{ edge: {fact}, at: null }})")
    assert "→" in tab.text("#panel h2")
    assert tab.page.locator("#panel .quote").count() >= 1


def test_filters_leave_what_was_asked_for(tab: Tab) -> None:
    everything = tab.shown()
    tab.page.locator("#kinds input").nth(2).uncheck()  # people
    assert not {one for one in tab.shown() if one.startswith("person:")}
    tab.page.click("#reset")
    assert tab.shown() == everything
    tab.page.fill("#from", "2023-03")
    tab.page.press("#from", "Enter")
    tab.page.fill("#to", "2023-03")
    tab.page.press("#to", "Enter")
    dates = {one for one in tab.shown() if one.startswith("date:")}
    assert dates
    # A date that says less, such as 2023, can mean that month.
    assert all(one.startswith("date:2023-03") or "date:2023-03".startswith(one) for one in dates)
    assert "date:2023-03-16" in dates
    tab.page.click("#reset")
    tab.page.locator("#tiers button").first.click()
    assert "tier:1" in tab.shown()
    assert "tier:2" not in tab.shown()
    assert "model:wenxin" in tab.shown() or "org:baidu" in tab.shown()
    tab.page.click("#reset")
    tab.page.check("#conflicts")
    assert "model:乌有" in tab.shown()
    assert len(tab.shown()) < 12
    tab.page.click("#reset")
    source = tab.evaluate("document.querySelector('#source').options[1].value")
    tab.page.select_option("#source", source)
    assert 0 < len(tab.shown()) < len(everything)
    tab.page.fill("#from", "gestern")
    tab.page.press("#from", "Enter")
    assert tab.page.get_attribute("#from", "aria-invalid") == "true"


def test_focus_expand_hide_pin_and_back(tab: Tab) -> None:
    everything = tab.shown()
    tab.evaluate("KG.page.focus(KG.model.idOf.get('org:alibaba-cloud'))")
    near = tab.shown()
    assert "model:tongyi-qianwen" in near
    assert len(near) < len(everything) / 3
    tab.evaluate("KG.page.expand(KG.model.idOf.get('org:alibaba'))")
    assert near < tab.shown()
    tab.evaluate("KG.page.hide(KG.model.idOf.get('model:tongyi-qianwen'))")
    assert "model:tongyi-qianwen" not in tab.shown()
    for _ in range(3):
        tab.page.click("#back")
        tab.page.wait_for_timeout(100)
    assert tab.shown() == everything
    tab.evaluate("KG.page.pin(KG.model.idOf.get('org:alibaba'), { x: 5, y: 7 })")
    assert "pins=org:alibaba@5,7" in tab.evaluate("location.hash")


def test_the_address_shows_the_same_to_another(tab: Tab, chromium: Any, pages: Path) -> None:
    tab.evaluate("KG.page.focus(KG.model.idOf.get('org:alibaba-cloud'))")
    tab.evaluate("KG.page.set({ relations: ['worksFor'], groups: true, lang: 'en', theme: 'dark' })")
    other = Tab(chromium, pages / "sample.html", tab.evaluate("location.hash"))
    assert other.shown() == tab.shown()
    assert other.evaluate("document.documentElement.dataset.theme") == "dark"
    assert other.text("#reset") == "clear filters"
    other.close()


@pytest.mark.parametrize(
    "address", ["#org:alibaba", "#at=nobody", "#%E4%B8", "#pins=org:alibaba@x,1~@@&open=1&more=-1", "#edge=a~b~c"]
)
def test_old_and_odd_addresses_break_nothing(chromium: Any, pages: Path, address: str) -> None:
    opened = Tab(chromium, pages / "sample.html", address)
    assert not opened.said
    assert bool(opened.evaluate("KG.page.state.at !== null")) == (address == "#org:alibaba")
    opened.close()


def test_keys(tab: Tab) -> None:
    tab.page.keyboard.press("ArrowRight")
    first = tab.evaluate("KG.page.state.at")
    assert first is not None
    for key in ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"):
        tab.page.keyboard.press(key)
    assert tab.evaluate("KG.page.state.at") is not None
    tab.page.keyboard.press("f")
    assert tab.evaluate("KG.page.state.focus.length") == 1
    tab.page.keyboard.press("Escape")
    assert tab.evaluate("KG.page.state.focus.length") == 0
    tab.page.keyboard.press("l")
    assert tab.evaluate("KG.page.state.layout") == "landscape"
    tab.page.keyboard.press("d")
    assert tab.evaluate("document.documentElement.dataset.theme") == "dark"
    tab.page.keyboard.press("/")
    assert tab.evaluate("document.activeElement.id") == "words"
    tab.page.keyboard.type("f")
    assert tab.evaluate("KG.page.state.focus.length") == 0


def test_languages_and_colours_follow_the_reader(chromium: Any, pages: Path) -> None:
    opened = Tab(chromium, pages / "sample.html", dark=True, language="en-US")
    assert opened.text("#reset") == "clear filters"
    assert opened.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 25, 31)"
    opened.page.click("#language")
    assert opened.text("#reset") == "清除筛选"
    opened.page.click("#theme")
    assert opened.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert not opened.said
    opened.close()


def test_what_is_seen_can_be_saved(tab: Tab, sample: Path) -> None:
    def saved(button: str) -> bytes:
        with tab.page.expect_download() as download:
            tab.page.click(button)
        return Path(download.value.path()).read_bytes()

    assert saved("#png").startswith(b"\x89PNG")
    table = list(csv.DictReader(io.StringIO(saved("#csv").decode("utf-8-sig"))))
    assert len(table) == tab.evaluate("KG.seen().edges.length")
    assert {"subject": "通义千问", "relation": "developedBy", "object": "阿里云"}.items() <= next(
        row for row in table if row["subject_id"] == "model:tongyi-qianwen" and row["relation"] == "developedBy"
    ).items()
    ai = rdflib.Namespace("https://kg.example.org/ontology/ai-models#")
    mine = rdflib.Graph().parse(data=saved("#ttl").decode(), format="turtle")
    held = rdflib.Graph().parse(sample / "kg.ttl")
    facts = {triple for triple in mine if str(triple[1]).startswith(str(ai))}
    assert len(facts) == len(table)
    assert facts <= set(held)


@pytest.mark.parametrize("name", ["evil", "evil-timeline", "evil-tiers"])
def test_a_hostile_name_runs_nothing(chromium: Any, pages: Path, name: str) -> None:
    context = chromium.new_context(offline=True, locale="zh-CN", accept_downloads=True)
    page = context.new_page()
    said: list[str] = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda message: said.append(message.text))
    page.goto((pages / f"{name}.html").as_uri())
    page.wait_for_timeout(300)
    if name == "evil":
        page.wait_for_selector("body[data-drawn]")
        page.fill("#words", "onerror")
        page.press("#words", "Enter")
        assert page.inner_text("#panel h2") == HOSTILE
        page.evaluate("KG.page.set({ edge: 0, at: null })")
        page.evaluate("KG.page.set({ layout: 'landscape', edge: null })")
        for button in ("#csv", "#ttl"):
            with page.expect_download():
                page.click(button)
    assert page.evaluate("document.images.length") == 0
    assert page.inner_text("h1") == HOSTILE
    assert not said
    context.close()


def test_a_conflict_shows_both_sides(chromium: Any, pages: Path) -> None:
    opened = Tab(chromium, pages / "conflict.html", "#model:言海")
    panel = opened.text("#panel")
    assert "说法冲突" in panel
    assert "2023-05-02" in panel
    assert "on 2 May" in panel
    # A name with every hostile character, and the Turtle of it, which another program can read.
    with opened.page.expect_download() as download:
        opened.page.click("#ttl")
    written = Path(download.value.path()).read_text(encoding="utf-8")
    held = rdflib.Graph().parse(pages / "conflict" / "kg.ttl")
    ai = "https://kg.example.org/ontology/ai-models#"
    facts = {triple for triple in rdflib.Graph().parse(data=written, format="turtle") if str(triple[1]).startswith(ai)}
    assert facts
    assert facts <= set(held)
    assert not opened.said
    opened.close()


def test_a_large_graph_opens_on_its_summary_and_unfolds(chromium: Any, pages: Path) -> None:
    opened = Tab(chromium, pages / "large.html")
    assert opened.evaluate("document.body.dataset.renderer") == ("sigma" if bundle() else "vis-network")
    assert opened.evaluate("KG.seen().bubbles.length") >= 60
    assert len(opened.shown()) < 10
    assert "先看概览" in opened.text("#notice")
    assert ("make web" in opened.text("#notice")) == (bundle() is None)
    opened.evaluate("KG.page.openGroup(0)")
    assert len(opened.shown()) > 20
    assert opened.evaluate("KG.page.state.open.size") == 1
    opened.evaluate("KG.page.focus(KG.model.idOf.get('org:o00003'))")
    assert "org:o00003" in opened.shown()
    opened.page.click("#landscape")
    assert opened.evaluate("KG.seen().shown.every((dot) => KG.model.dots[dot].u !== undefined)")
    with opened.page.expect_download() as download:
        opened.page.click("#png")
    assert Path(download.value.path()).stat().st_size > 5_000
    assert not opened.said
    opened.close()


@pytest.mark.parametrize("name", ["sample", "large"])
def test_physics_moves_a_graph_and_keeps_it_together(chromium: Any, pages: Path, name: str) -> None:
    opened = Tab(chromium, pages / f"{name}.html")
    script = "KG.seen().shown.concat(KG.seen().bubbles.map(([g]) => `g${g}`)).map((id) => KG.stage.onScreen(id))"
    before = opened.evaluate(script)
    opened.page.click("#physics")
    opened.page.wait_for_timeout(1500)
    opened.page.click("#physics")
    opened.page.wait_for_timeout(300)
    after = opened.evaluate(script)
    moved = [max(abs(a["x"] - b["x"]), abs(a["y"] - b["y"])) for a, b in zip(before, after, strict=True)]
    assert sum(one > 2 for one in moved) > len(moved) / 4
    assert max(moved) < 1_500
    opened.page.wait_for_timeout(300)
    assert opened.evaluate(script) == after
    opened.page.click("#landscape")
    assert not opened.page.is_visible("#physics")
    assert not opened.said
    opened.close()


def test_a_picture_of_nothing_says_so(chromium: Any, pages: Path, tmp_path: Path) -> None:
    view.write(ox.Store(), ontology.load(), tmp_path / "empty.html")
    empty = Tab(chromium, tmp_path / "empty.html")
    assert "还没有事实" in empty.text("#empty")
    assert not empty.said
    empty.close()
    opened = Tab(chromium, pages / "sample.html", "#from=1999&to=1999")
    assert opened.text("#empty") == "没有符合筛选条件的节点"
    opened.page.click("#reset")
    assert not opened.page.is_visible("#empty")
    opened.close()


def test_without_the_bundle_the_summary_is_drawn_by_vis_network(
    chromium: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.view.page.bundle", lambda: None)
    view.write(synthetic.store(700), ontology.load(), tmp_path / "plain.html")
    opened = Tab(chromium, tmp_path / "plain.html")
    assert opened.evaluate("document.body.dataset.renderer") == "vis-network"
    assert "make web" in opened.text("#notice")
    assert opened.evaluate("KG.seen().bubbles.length") > 20
    opened.evaluate("KG.page.openGroup(0)")
    assert len(opened.shown()) > 20
    assert not opened.said
    opened.close()


def test_in_a_notebook_s_frame_it_works_too(chromium: Any, pages: Path, sample: Path, tmp_path: Path) -> None:
    place = tmp_path / "notebook.html"
    place.write_text(f"<!doctype html><meta charset=utf-8>{graph.open(sample).page()._repr_html_()}", encoding="utf-8")
    context = chromium.new_context(offline=True, locale="zh-CN")
    page = context.new_page()
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda message: said.append(message.text))
    page.goto(place.as_uri())
    frame = page.frames[1]
    frame.wait_for_selector("body[data-drawn]")
    frame.evaluate("KG.page.focus(KG.model.idOf.get('org:alibaba-cloud'))")
    assert frame.inner_text("#panel h2") == "阿里云"
    frame.click("#back")
    assert frame.evaluate("KG.page.state.at") is None
    assert not said
    context.close()
