"""`/api/…`: what the page asks, against the graph of the sample documents and the hand-built one."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hand_built import FORMULA, HOSTILE, HOSTILE_ID, KNOWLEDGE, build

from kg import texts
from kg.explore import listing, view
from kg.model import Standing
from tests.serve.running import Running, serving

HTML = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.fixture(scope="module")
def samples(sample: Path) -> Iterator[Running]:
    with serving(sample, "--workers", "2") as running:
        yield running


def get(server: Running, path: str, **parameters: str) -> Any:
    response = server.http.get(f"/api/{path}", params=parameters)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/json"
    return response.json()


# --- Finding -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("通义千问", "model:tongyi-qianwen"),
        ("tongyi qianwen", "model:tongyi-qianwen"),
        ("TONGYIQIANWEN", "model:tongyi-qianwen"),
        ("tyqw", "model:tongyi-qianwen"),
        ("Ｑｗｅｎ", "model:tongyi-qianwen"),
        ("阿里", "org:alibaba"),
        ("albb", "org:alibaba"),
    ],
)
def test_a_thing_is_found_by_any_of_its_names(samples: Running, typed: str, found: str) -> None:
    assert found in [one["id"] for one in get(samples, "search", q=typed)["found"]][:3]


def test_whole_names_come_before_beginnings(samples: Running) -> None:
    found = get(samples, "search", q="通义")["found"]
    assert found[0]["labels"]["zh"] == "通义"
    assert "通义千问" in [one["labels"].get("zh") for one in found]
    only = get(samples, "search", q="阿里", type="Organization", most="2")["found"]
    assert 0 < len(only) <= 2
    assert {one["type"] for one in only} == {"Organization"}
    assert get(samples, "search", q="")["found"] == []
    assert get(samples, "search", q="不存在的名字")["found"] == []


def test_documents_are_found_by_their_titles(samples: Running) -> None:
    found = get(samples, "search", q="阿里云推出大模型")["found"]
    assert [(one["id"], one["type"]) for one in found] == [("launch-tongyi-qianwen", "Document")]


# --- Things --------------------------------------------------------------------------------------


def test_a_thing_comes_with_its_claims_and_their_words(samples: Running) -> None:
    thing = get(samples, "entity", id="model:tongyi-qianwen")
    assert thing["type"] == "Model"
    (released,) = [one for one in thing["values"] if one["relation"] == "releasedOn"]
    assert (released["value"]["text"], released["held"]) == ("2023-04-11", True)
    claim = released["claims"][0]
    marked = {which: claim["quote"][start:end] for start, end, which in claim["marks"]}
    assert marked["object"] == "4月11日"
    assert "通义千问" in marked["subject"]
    assert claim["document"]["id"] == "launch-tongyi-qianwen"
    assert claim["document"]["publisher"]
    assert {one["subject"]["id"] for one in thing["incoming"]} >= {"product:dingtalk"}
    assert [event["value"] for event in thing["events"]] == sorted(event["value"] for event in thing["events"])


def test_versions_and_conflicts(samples: Running) -> None:
    family = get(samples, "entity", id="model:baichuan-13b")
    disputed = get(samples, "conflicts")["conflicts"]
    assert disputed
    for case in disputed:
        assert len(case["sides"]) > 1
        assert all(side["claims"] and side["claims"][0]["quote"] for side in case["sides"])
    thing = get(samples, "entity", id=disputed[0]["thing"]["id"])
    assert any(one["conflicts"] for one in thing["values"])
    assert family["claims"]["values"] > 0


def test_a_thing_that_is_not_there(samples: Running) -> None:
    for path, parameters, status in (
        ("entity", {"id": "org:nobody"}, 404),
        ("entity", {"id": "no id"}, 404),
        ("entity", {"id": "org:x> ; DROP"}, 404),
        ("entity", {}, 400),
        ("entity", {"id": "org:alibaba", "start": "-1"}, 400),
        ("around", {"id": "org:nobody"}, 404),
        ("document", {"id": "../../etc/passwd"}, 404),
        ("table", {"name": "../tiers"}, 404),
        ("table", {"name": "landscape", "maker": "nobody at all"}, 404),
        ("search", {"q": "x" * 3_000}, 400),
        ("nothing", {}, 404),
    ):
        response = samples.http.get(f"/api/{path}", params=parameters)
        assert response.status_code == status, (path, parameters, response.text)
        assert response.headers["content-type"].startswith("text/plain")


def test_what_stands_around_a_thing(samples: Running) -> None:
    found = get(samples, "around", id="org:alibaba-cloud")
    ids = {node["id"] for node in found["nodes"]}
    assert {"org:alibaba-cloud", "model:tongyi-qianwen"} <= ids
    for edge in found["edges"]:
        assert {edge["source"], edge["target"]} <= ids
        assert "org:alibaba-cloud" in (edge["source"], edge["target"])
        assert edge["sources"]
    assert found["total"] == len(found["edges"])


# --- Documents -----------------------------------------------------------------------------------


def test_a_document_comes_with_its_text_and_what_was_found_in_it(samples: Running, sample: Path) -> None:
    doc = get(samples, "document", id="launch-tongyi-qianwen")
    words = {doc["text"][start:end]: entity for start, end, _, entity in doc["mentions"]}
    assert words["阿里云"] == "org:alibaba-cloud"
    quotes = {f"claim:{claim}": doc["text"][start:end] for start, end, claim in doc["spans"]}
    assert quotes == {claim["id"]: claim["quote"] for claim in doc["claims"]}
    assert doc["report"]["id"] == doc["id"]
    assert set(doc["things"]) == {entity for entity in words.values() if entity}
    ids = [json.loads(line)["id"] for line in (sample / texts.NAME).read_text(encoding="utf-8").splitlines()]
    assert ids == sorted(ids) == sorted(one["id"] for one in get(samples, "documents")["documents"])


def test_a_build_without_texts_is_served_too(server: Running) -> None:
    doc = get(server, "document", id="d01")
    assert doc["text"] is None
    assert {claim["id"] for claim in doc["claims"]} >= {"claim:c01", "claim:c02"}
    assert get(server, "document", id="d04")["origin"] == "d01"


# --- All at once ---------------------------------------------------------------------------------


def test_the_board_says_who_says_so(samples: Running) -> None:
    first = get(samples, "board")["tiers"][0]
    assert (first["id"], first["rank"]) == ("tier:1", 1)
    held = {thing["id"]: thing for thing in first["things"] if thing["held"]}
    assert {"org:alibaba", "org:baidu"} <= set(held)
    assert all(claim["quote"] and claim["document"]["id"] for thing in held.values() for claim in thing["claims"])


def test_the_first_view_has_something_of_each(samples: Running) -> None:
    found = get(samples, "overview")
    counts, listed = found["counts"], get(samples, "documents")["documents"]
    assert counts["documents"] == len(listed)
    assert counts["claims"] == sum(one["claims"] for one in listed)
    assert found["first"]["id"] == "tier:1"
    assert found["first"]["total"] >= len(found["first"]["things"]) > 3
    days = [event["earliest"] for event in found["latest"]]
    assert days == sorted(days, reverse=True)
    assert days[0] == max(event["earliest"] for event in get(samples, "timeline")["events"])
    assert found["disputes"] == len(get(samples, "conflicts")["conflicts"])
    claims = [one["claims"] for one in found["top"]]
    assert claims == sorted(claims, reverse=True)
    assert get(samples, "entity", id=found["examples"]["family"]["id"])["versions"]


def test_differences_that_are_no_conflicts_say_why(tmp_path: Path) -> None:
    away = {"conflicts_with": (), "standing": Standing.EVENT, "because": "its words speak of another event: beta"}
    claims = tuple(
        replace(one, **away) if one.id == "c04" else replace(one, conflicts_with=()) for one in KNOWLEDGE.claims
    )
    graph = build(tmp_path / "output", replace(KNOWLEDGE, claims=claims))
    found = listing.conflicts(view.of_graph(graph))
    assert found["conflicts"] == []
    (case,) = found["explained"]
    assert (case["thing"]["id"], case["relation"]) == ("model:言海", "releasedOn")
    assert [value["text"] for value in case["held"]] == ["2023-04-11"]
    (said,) = case["claims"]
    assert (said["value"]["text"], said["claim"]["id"]) == ("2023-05-02", "claim:c04")
    assert (said["claim"]["standing"], said["claim"]["because"]) == ("different event", away["because"])


def test_the_timeline_is_in_order(samples: Running) -> None:
    events = get(samples, "timeline")["events"]
    assert [event["earliest"] for event in events] == sorted(event["earliest"] for event in events)
    (event,) = [e for e in events if e["thing"]["id"] == "model:tongyi-qianwen" and e["relation"] == "releasedOn"]
    assert [maker["id"] for maker in event["makers"]] == ["org:alibaba-cloud"]


def test_the_landscape_as_a_table_and_as_csv(samples: Running) -> None:
    table = get(samples, "table", name="landscape")
    assert table["columns"] == ["company", "model", "released", "tier", "sources"]
    assert table["links"]["通义千问"] == "model:tongyi-qianwen"
    response = samples.http.get("/api/table", params={"name": "landscape", "format": "csv"})
    assert response.headers["content-disposition"] == 'attachment; filename="landscape.csv"'
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))
    assert rows == [table["columns"], *[[cell or "" for cell in row] for row in table["rows"]]]
    one = get(samples, "table", name="landscape", maker="阿里巴巴")
    assert {row[0] for row in one["rows"]} < {row[0] for row in table["rows"]}


def test_hostile_names_are_values(server: Running) -> None:
    thing = get(server, "entity", id=HOSTILE_ID)
    assert thing["labels"]["en"] == HOSTILE
    assert get(server, "search", q=HOSTILE)["found"][0]["id"] == HOSTILE_ID
    people = server.http.get("/api/table", params={"name": "people", "format": "csv"})
    cells = [cell for row in csv.reader(io.StringIO(people.content.decode("utf-8-sig"), newline="")) for cell in row]
    assert f"'{FORMULA}" in cells
    assert FORMULA not in cells


# --- The page ------------------------------------------------------------------------------------


def test_browsers_get_a_page_and_programs_do_not(samples: Running) -> None:
    page = samples.http.get("/", headers=HTML)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "http:" not in policy
    assert samples.http.get("/").headers["content-type"].startswith("text/plain")
    thing = samples.http.get("/id/org/alibaba", headers=HTML)
    assert (thing.status_code, thing.headers["location"]) == (303, "/#/entity/org%3Aalibaba")
    assert samples.http.get("/id/org/alibaba").headers["content-type"].startswith("text/turtle")
    for name, kind in (("app.js", "text/javascript"), ("page.css", "text/css")):
        assert samples.http.get(f"/page/{name}").headers["content-type"].startswith(kind)
    for name in ("page.html", "..%2fsrc%2feditor.js", "%2e%2e/package.json", "nothing.js", "webgl.js"):
        assert samples.http.get(f"/page/{name}").status_code == 404


# --- Deciding ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def editing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Running, Path]]:
    """A server that takes decisions, over an ontology of its own, so that nobody's seeds are touched."""
    from kg import ontology

    place = tmp_path_factory.mktemp("editing")
    ai = ontology.load()
    shutil.copytree(ai.folder, place / "ontologies" / "ai-models")
    folder = place / "output"
    build(folder)
    report = {"ontology": str(place / "ontologies" / "ai-models"), "documents": []}
    (folder / "report.json").write_text(json.dumps(report), encoding="utf-8")
    with serving(folder, "--workers", "1", "--edit") as running:
        yield running, place


def test_decisions_are_written(editing: tuple[Running, Path]) -> None:
    server, place = editing
    token = server.http.get("/api/site").json()["edit"]
    headers = {"X-KG-Token": token, "Origin": server.address.rstrip("/")}
    row = {"claim": "claim:c02", "decision": "reject", "value": "", "who": "李", "why": 'not "this", one'}
    assert server.http.post("/api/decisions", json=row, headers=headers).status_code == 201
    second = {**row, "claim": "c04", "decision": "correct", "value": "2023-04-11"}
    assert server.http.post("/api/decisions", json=second, headers=headers).status_code == 201
    assert server.http.post("/api/decisions", json={**row, "decision": "accept"}, headers=headers).status_code == 201
    (file,) = place.rglob("decisions.csv")
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [(r["claim"], r["decision"], r["value"]) for r in rows] == [
        ("c02", "accept", ""),
        ("c04", "correct", "2023-04-11"),
    ]
    assert rows[0]["why"] == row["why"]
    before = file.read_bytes()
    for change, more, status in (
        ({}, {"X-KG-Token": "x"}, 403),
        ({}, {"Origin": "http://evil.example"}, 403),
        ({}, {"Origin": "null"}, 403),
        ({"claim": "none"}, {}, 404),
        ({"claim": "../c01"}, {}, 400),
        ({"decision": "delete"}, {}, 400),
        ({"decision": "correct"}, {}, 400),
        ({"value": "2023"}, {}, 400),
        ({"who": ""}, {}, 400),
        ({"why": "two\nlines"}, {}, 400),
        ({"why": "x" * 600}, {}, 400),
        ({"why": 7}, {}, 400),
    ):
        response = server.http.post("/api/decisions", json={**row, **change}, headers={**headers, **more})
        assert response.status_code == status, (change, more, response.text)
    without = {"X-KG-Token": token}
    assert server.http.post("/api/decisions", json=row, headers=without).status_code == 403
    text = {**headers, "Content-Type": "text/plain"}
    assert server.http.post("/api/decisions", content=json.dumps(row), headers=text).status_code == 415
    assert file.read_bytes() == before


def test_decisions_are_read_and_withdrawn(editing: tuple[Running, Path]) -> None:
    server, place = editing
    headers = {"X-KG-Token": server.http.get("/api/site").json()["edit"], "Origin": server.address.rstrip("/")}
    first = {"claim": "c02", "decision": "accept", "value": "", "who": "李", "why": "x"}
    assert server.http.post("/api/decisions", json=first, headers=headers).status_code == 201
    (file,) = place.rglob("decisions.csv")
    file.write_text('claim,decision,value,who,why\nclaim:c02,accept,,李,"a, b"\ngone,reject,,李,x\n', encoding="utf-8")
    rows = get(server, "decisions")["decisions"]
    assert [(row["claim"], row["decision"], row["why"]) for row in rows] == [
        ("c02", "accept", "a, b"),
        ("gone", "reject", "x"),
    ]
    out = {"claim": "gone", "decision": "withdraw"}  # also of a claim that the graph no longer has
    assert server.http.post("/api/decisions", json=out, headers={**headers, "X-KG-Token": "x"}).status_code == 403
    assert server.http.post("/api/decisions", json=out, headers=headers).status_code == 201
    assert server.http.post("/api/decisions", json=out, headers=headers).status_code == 201  # it is out already
    assert file.read_text(encoding="utf-8") == 'claim,decision,value,who,why\nc02,accept,,李,"a, b"\n'
    file.write_bytes(b"claim,decision,value,who,why\n\xff\xfe\n")
    response = server.http.get("/api/decisions")
    assert (response.status_code, "cannot be read" in response.text) == (409, True)


def test_decisions_go_to_the_seeds_that_the_graph_was_built_with(tmp_path: Path) -> None:
    import kg
    from kg import graph, ontology
    from kg.errors import ServeError
    from kg.pipeline import Settings
    from kg.serve import decisions

    shutil.copytree(ontology.load().folder, tmp_path / "mine" / "ontologies" / "ai-models")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("灵犀科技发布了言海大模型。", encoding="utf-8")
    settings = Settings(ontology=str(tmp_path / "mine" / "ontologies" / "ai-models"), annotator="lexicon")
    kg.build(tmp_path / "in", tmp_path / "output", settings)
    built = graph.open(tmp_path / "output")
    assert built.ontology.folder.is_relative_to(tmp_path / "output")  # the copy beside the graph
    assert decisions.place(built) == tmp_path / "mine" / "seeds" / "ai-models" / "decisions.csv"
    shutil.rmtree(tmp_path / "mine")
    with pytest.raises(ServeError, match=r"--edit: the graph was built with the ontology in .*mine"):
        decisions.place(built)


def test_without_edit_nothing_is_written(samples: Running) -> None:
    assert samples.http.get("/api/site").json()["edit"] is None
    assert samples.http.get("/api/decisions").status_code == 404
    response = samples.http.post("/api/decisions", json={}, headers={"Origin": samples.address.rstrip("/")})
    assert response.status_code in {404, 405}
