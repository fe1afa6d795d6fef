"""The page of `kg serve` in a real browser: what a reader does, and what a hostile text cannot."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hand_built import HOSTILE, build

from kg import ontology
from tests.serve.running import Running, serving
from tests.serve.visiting import Visitor

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(sample: Path) -> Iterator[Running]:
    with serving(sample, "--workers", "2", "--timeout", "60") as running:
        yield running


@pytest.fixture
def visitor(chromium: Any, site: Running) -> Iterator[Visitor]:
    made = Visitor(chromium, site)
    yield made
    made.close()


def test_search_suggests_and_opens(visitor: Visitor) -> None:
    page = visitor.open("#/")
    page.keyboard.press("/")
    page.keyboard.type("tyqw")
    page.wait_for_selector("#suggestions li[role=option]")
    assert "通义千问" in page.inner_text("#suggestions li >> nth=0")
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#q", "aria-activedescendant") == "s0"
    page.keyboard.press("Enter")
    visitor.shows("#/entity/model%3Atongyi-qianwen")
    assert page.inner_text("h1").strip() == "通义千问"


def test_a_thing_shows_who_says_what(visitor: Visitor) -> None:
    page = visitor.open("#/entity/model%3Atongyi-qianwen")
    released = page.locator("section[data-relation=releasedOn]").first
    assert "2023-04-11" in released.inner_text()
    assert released.locator("mark.object").first.inner_text() == "4月11日"
    rows = visitor.saved("button.csv >> nth=0")
    assert any("4月11日" in row[5] for row in rows)
    released.locator("blockquote a").first.click()
    page.wait_for_selector(".text .here")
    assert "4月11日" in "".join(page.locator(".text .here").all_inner_texts())
    assert page.locator(".text a.m", has_text="阿里云").count() > 0


def test_the_graph_grows_and_is_filtered(visitor: Visitor) -> None:
    page = visitor.open("#/entity/model%3Atongyi-qianwen")
    page.click("#part-around summary")
    nodes = page.locator("svg.graph [data-id]")
    before = nodes.count()
    page.locator('svg.graph [data-id="org:alibaba-cloud"]').focus()
    page.keyboard.press("Enter")
    page.wait_for_selector('svg.graph [data-id="org:alibaba-cloud"]:not(.closed)')
    assert nodes.count() > before
    grown = nodes.count()
    page.select_option(".filters select[name=type]", "Product")
    assert 0 < nodes.count() < grown
    page.select_option(".filters select[name=type]", "")
    page.select_option(".filters select[name=relation]", "integrates")
    assert set(page.eval_on_selector_all("svg.graph [data-relation]", "all => all.map(a => a.dataset.relation)")) == {
        "integrates"
    }


def test_tables_are_sorted_filtered_and_saved(visitor: Visitor) -> None:
    page = visitor.open("#/landscape")
    page.click("th:nth-child(3) button")
    assert page.get_attribute("th:nth-child(3)", "aria-sort") == "ascending"
    dates = [text for text in page.locator("td:nth-child(3)").all_inner_texts() if text]
    assert dates == sorted(dates)
    page.fill("main input[type=search]", "阿里云")
    shown = page.locator("tbody tr").count()
    rows = visitor.saved("button.csv")
    assert len(rows) == shown + 1
    assert all("阿里云" in row for row in rows[1:])


@pytest.mark.parametrize(
    ("view", "words"),
    [
        ("#/", "393"), ("#/board", "第一梯队"), ("#/timeline", "GPT-3"), ("#/conflicts", "采信"),
        ("#/documents", "阿里云推出大模型"), ("#/search/%E9%98%BF%E9%87%8C", "阿里巴巴"),
    ],
)  # fmt: skip
def test_every_view_is_drawn(visitor: Visitor, view: str, words: str) -> None:
    visitor.open(view)
    assert words in visitor.text() or words.isdigit()


def test_sparql_is_asked_saved_and_shared(visitor: Visitor) -> None:
    page = visitor.open("#/sparql?query=ASK%20%7B%20org%3Aalibaba%20%3Fp%20%3Fo%20%7D")
    page.wait_for_selector("#answer b")
    assert page.inner_text("#answer b") == "是"
    bundled = page.evaluate("fetch('/api/site').then(r => r.json()).then(s => s.editor)")
    assert bundled or not os.environ.get("CI"), "make test bundles the editor"
    assert page.locator(".CodeMirror").count() == (1 if bundled else 0)
    assert (page.locator(".note").count() == 0) is bundled
    page.select_option("main select", "otiers")
    page.click("#run")
    page.wait_for_selector("#answer tbody tr")
    page.fill("main .tools input", "mine")
    page.click("button.save")
    assert page.input_value("main select") == "mmine"
    page.reload()
    page.wait_for_selector("option[value=mmine]", state="attached")


def test_an_error_in_a_query_is_shown(visitor: Visitor) -> None:
    page = visitor.open("#/sparql?query=SELECT%20*%20%7B")
    page.wait_for_selector("#answer .error")
    assert "line 1" in page.inner_text("#answer .error")
    assert len(visitor.said) == 1  # the browser's own word about status 400
    assert "400" in visitor.said.pop()


def test_language_and_theme(visitor: Visitor) -> None:
    page = visitor.open("#/board")
    page.click("#language")
    page.wait_for_selector("h1:has-text('Tiers')")
    assert page.get_attribute("html", "lang") == "en"
    assert "first tier" in visitor.text()
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click("#theme")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    page.reload()
    page.wait_for_selector("h1:has-text('Tiers')")
    assert page.get_attribute("html", "data-theme") == "dark"


@pytest.mark.parametrize(
    "view",
    [
        *("#/", "#/entity/model%3Atongyi-qianwen", "#/document/launch-tongyi-qianwen", "#/board", "#/landscape"),
        *(
            "#/timeline",
            "#/conflicts",
            "#/documents",
            "#/search/GPT",
            "#/sparql?query=SELECT%20*%20%7B%3Fs%20%3Fp%20%3Fo%7D%20LIMIT%205",
        ),
    ],
)
def test_a_phone_need_not_scroll_sideways(chromium: Any, site: Running, view: str) -> None:
    phone = Visitor(chromium, site, width=390)
    page = phone.open(view)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    phone.close()


def test_hostile_names_stay_text_and_decisions_are_taken(chromium: Any, tmp_path: Path) -> None:
    ai = ontology.load()
    shutil.copytree(ai.folder, tmp_path / "ontologies" / "ai-models")
    build(tmp_path / "output")
    report = {"ontology": str(tmp_path / "ontologies" / "ai-models"), "documents": []}
    (tmp_path / "output" / "report.json").write_text(json.dumps(report), encoding="utf-8")
    with serving(tmp_path / "output", "--workers", "1", "--timeout", "60", "--edit") as server:
        visitor = Visitor(chromium, server)
        page = visitor.open("#/")
        page.fill("#q", 'a "b"')
        page.wait_for_selector("#suggestions li[role=option]")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_selector("section[data-relation]")
        assert "<script>" in page.inner_text("h1")
        assert page.locator("main script").count() == 0
        for view in ("#/documents", "#/timeline", "#/landscape", "#/conflicts"):
            visitor.open(view)
            assert page.locator("main script").count() == 0
            assert page.locator("a[href^='javascript:']").count() == 0
        assert HOSTILE.split("\n")[0][:12] in visitor.page.evaluate(
            "fetch('/api/search?q=a').then(r => r.text()).then(t => JSON.parse(t).found.map(f => f.matched).join('|'))"
        )
        page = visitor.open("#/entity/model%3A%E8%A8%80%E6%B5%B7")
        claim = page.locator("blockquote[data-claim='claim:c04']")
        claim.locator("button.reject").click()
        claim.locator("input[name=who]").fill("李")
        claim.locator("input[name=why]").fill("another model")
        claim.locator("form button.main").click()
        claim.locator(".waiting").wait_for()
        (file,) = tmp_path.rglob("decisions.csv")
        assert "c04,reject,,李,another model" in file.read_text(encoding="utf-8")
        visitor.close()


_LINES = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const data = "[dir=auto], a[href*='#/entity'], a[href*='#/document'], code, pre, mark, script, noscript, option, svg,"
    + " .text, .CodeMirror, #language";
  const found = [];
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim();
    if (text && !walker.currentNode.parentElement.closest(data)) found.push(text);
  }
  const named = [...document.querySelectorAll("[placeholder], [aria-label]")].filter((one) => !one.closest("svg"));
  return [...found, ...named.flatMap((one) => [one.placeholder, one.getAttribute("aria-label")]).filter(Boolean)];
}"""
"""Every line of the interface itself: names, titles and quotes of documents are left out."""


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
def test_the_interface_speaks_one_language(chromium: Any, site: Running, language: str) -> None:
    visitor = Visitor(chromium, site, locale=language)
    for view in (
        *("#/", "#/board", "#/timeline", "#/landscape", "#/conflicts", "#/documents", "#/sparql"),
        *("#/entity/model%3Atongyi-qianwen", "#/entity/model%3A%E4%B9%8C%E6%9C%89", "#/entity/org%3Aalibaba-cloud"),
        *("#/document/news-xinghuo", "#/document/repost-tongyi-qianwen", "#/entity/org%3Anobody"),
    ):
        page = visitor.open(view)
        for folded in page.query_selector_all("main details:not([open]) > summary"):
            folded.click()
        lines = page.evaluate(_LINES)
        assert len(lines) > 10
        for line in lines:
            foreign = r"[a-z]+ [a-z]+ [a-z]+" if language == "zh-CN" else r"[\u3400-\u9fff]"
            assert not re.search(foreign, line), (view, line)
        reasons = page.locator(".standing").all_inner_texts()
        assert all(re.search(r"[\u3400-\u9fff]", reason) for reason in reasons) or language != "zh-CN"
    visitor.said = [line for line in visitor.said if "404" not in line]  # the browser's word about what is not there
    visitor.close()


def test_the_editor_completes_words_of_the_graph(visitor: Visitor) -> None:
    page = visitor.open("#/sparql?query=ASK%20%7B%7D")
    if page.locator(".CodeMirror").count() == 0:
        assert not os.environ.get("CI"), "make test bundles the editor"
        pytest.skip("the editor is not bundled")
    for typed, chosen, name in (
        ("ai:rel", "ai:releasedOn", "发布日期"),
        ("releas", "ai:releasedOn", "发布日期"),
        ("发布", "ai:releasedOn", "发布日期"),
        ("skos:pref", "skos:prefLabel", ""),
        ("ai:Mod", "ai:Model", "模型"),
        ("sko", "skos:", "http://www.w3.org/2004/02/skos/core#"),
    ):
        page.evaluate("document.querySelector('.CodeMirror').CodeMirror.setValue('')")
        page.click(".CodeMirror-lines")
        page.keyboard.type("SELECT * { ?m " + typed)
        hint = page.wait_for_selector(f".CodeMirror-hint:first-child:has-text('{chosen}')")
        assert hint.inner_text().split() == [chosen, name][: 2 if name else 1]
        page.wait_for_timeout(300)  # the list may be drawn once more after the last key
        page.keyboard.press("Enter")
        assert page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()").endswith("?m " + chosen)
        page.keyboard.press("Escape")
    page.evaluate("document.querySelector('.CodeMirror').CodeMirror.setValue('')")
    page.click(".CodeMirror-lines")
    page.keyboard.type("ASK { org:alibaba ?p ?o }")
    page.keyboard.press("Escape")
    page.click(".CodeMirror-lines")
    page.keyboard.press("Control+Enter")  # the editor's own key would ask another host; `close` says which were asked
    page.wait_for_selector("#answer b")
    assert page.inner_text("#answer b") == "是"
    assert page.locator("text=/Press CTRL/").count() == 0


def test_a_first_view_leads_to_answers(visitor: Visitor) -> None:
    page = visitor.open("#/")
    questions = page.locator(".questions a")
    assert questions.count() == 5
    for number, words in enumerate(("第一梯队", "采信", "与上一版相比", "互相矛盾", "公司")):
        page = visitor.open("#/")
        questions.nth(number).click()
        page.wait_for_selector(".questions", state="detached")
        assert words in visitor.text()
    page = visitor.open("#/")
    page.fill("#q", "通义千问")
    page.wait_for_selector("#suggestions li[role=option]")
    page.keyboard.press("Enter")  # a whole name needs no choosing
    page.wait_for_selector("dl.glance")
    assert "2023-04-11" in page.inner_text("dl.glance")
    page.wait_for_selector("#part-versions .near a:has-text('Qwen-7B')")
    assert "没有文档提到它的其他版本" in page.inner_text("#part-versions")


def test_a_year_filters_the_timeline(visitor: Visitor) -> None:
    page = visitor.open("#/timeline")
    dates = page.locator("tbody td:nth-child(1)").all_inner_texts()
    years = [date[:4] for date in dates]
    assert years == sorted(years, reverse=True) != sorted(years)
    page.click(".years button[data-year='2021']")
    assert {text[:4] for text in page.locator("tbody td:nth-child(1)").all_inner_texts()} == {"2021"}
    page.click(".years button[data-year='2021']")
    assert page.locator("tbody tr").count() == len(dates)


def test_a_wrong_address_says_so_and_leads_back(visitor: Visitor) -> None:
    page = visitor.open("#/entity/org%3Anobody")
    assert "图谱里没有这一项" in page.inner_text("main .error")
    page.click("main a")
    page.wait_for_selector(".questions")
    assert all("404" in line for line in visitor.said)  # the browser's own word about each question
    visitor.said.clear()
