from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from command_line import SAMPLES
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg import origins, packed, pipeline, workspace
from kg.dates import When
from kg.model import Failure, Note, Source, Span, Stance, Value
from kg.pipeline import Line, Result, Settings
from kg.read import read
from kg.resolve import Read
from kg.workspace import Corpus, Given

SETTINGS = Settings(annotator="lexicon")
TEXT = "百度于2023年3月16日发布文心一言。百度位列第一梯队。"


@pytest.fixture(scope="module")
def results() -> list[tuple[Source, tuple[Read, dict[str, int]]]]:
    """What the line finds in the sample documents."""
    ready = pipeline.line(SETTINGS)
    sources = [source for source in read([str(SAMPLES)]) if isinstance(source, Source)]
    found = [(source, pipeline._one(ready, source)) for source in sources]
    return [(source, result) for source, result in found if not isinstance(result, Failure)]


def written(folder: Path, number: int) -> Path:
    folder.mkdir(exist_ok=True)
    for at in range(number):
        (folder / f"d{at}.txt").write_text(f"{TEXT}第{at}条。", encoding="utf-8")
    return folder


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the documents that go through the line from now on."""
    seen: list[str] = []
    one = pipeline._one

    def watched(ready: Line, source: Source) -> Result:
        seen.append(source.id)
        return one(ready, source)

    monkeypatch.setattr(pipeline, "_one", watched)
    return seen


def test_what_is_packed_comes_back(results: list[tuple[Source, tuple[Read, dict[str, int]]]]) -> None:
    assert len(results) > 10
    for source, (found, _) in results:
        assert packed.unpack(Read, packed.pack(Read, found)) == found
        assert packed.unpack(Source, packed.pack(Source, source)) == source


@given(st.text(), st.none() | st.text(), st.integers(0), st.none() | st.builds(Span, st.integers(), st.integers()))
def test_any_text_comes_back(text: str, title: str | None, count: int, span: Span | None) -> None:
    source = Source("d", text, title=title, notes=(Note("code", text, count, span),))
    assert packed.unpack(Source, packed.pack(Source, source)) == source
    when = When("2023", date(2023, 1, 1), date(2023, 3, 31))
    value = Value(text, "gYear", when)
    assert packed.unpack(Value, packed.pack(Value, value)) == value


@pytest.mark.parametrize("data", [b"", b"[1]", b"[1,2,3]", b"7", b"{}", b'["a",null]', b"\xff"])
def test_what_was_not_packed_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        packed.unpack(Span if data != b'["a",null]' else Read, data)


def test_what_cannot_be_packed_is_said() -> None:
    with pytest.raises(TypeError, match="cannot be packed"):
        packed.pack(complex, 1j)
    assert packed.unpack(Stance, packed.pack(Stance, Stance.DENIED)) is Stance.DENIED


def test_only_what_changed_is_read(tmp_path: Path, line: list[str]) -> None:
    inputs, out = written(tmp_path / "in", 4), tmp_path / "out"
    first = kg.build(inputs, out, SETTINGS)
    assert first.changes.first
    assert line == ["d0", "d1", "d2", "d3"]
    line.clear()
    assert kg.build(inputs, out, SETTINGS).changes.kept == 4
    assert line == []
    (inputs / "d1.txt").write_text(TEXT, encoding="utf-8")
    (inputs / "d2.txt").unlink()
    (inputs / "d3.txt").rename(inputs / "e.txt")
    (inputs / "new.txt").write_text(TEXT + "新。", encoding="utf-8")
    changes = kg.build(inputs, out, SETTINGS).changes
    assert (changes.added, changes.changed, changes.removed, changes.kept) == (("e", "new"), ("d1",), ("d2", "d3"), 1)
    assert line == ["d1", "new"], "a document with another name is the same document"


def test_another_annotator_reads_again(tmp_path: Path, line: list[str]) -> None:
    inputs, out = written(tmp_path / "in", 1), tmp_path / "out"
    for settings in (SETTINGS, replace(SETTINGS, hide=0.5), replace(SETTINGS, lexicon=tmp_path / "my.tsv"), SETTINGS):
        (tmp_path / "my.tsv").write_text("name\ttype\n澄海\tModel\n", encoding="utf-8")
        kg.build(inputs, out, settings)
    assert line == ["d0"] * 4


def test_a_killed_build_is_taken_up(tmp_path: Path, line: list[str]) -> None:
    inputs, out = written(tmp_path / "in", 6), tmp_path / "out"

    def stop(done: int, _: str) -> None:
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        kg.build(inputs, out, SETTINGS, progress=stop)
    assert [p.name for p in out.iterdir()] == [workspace.FILE]
    line.clear()
    kg.build(inputs, out, SETTINGS)
    assert line == ["d3", "d4", "d5"]


def test_removed_text_is_gone_from_the_disk(tmp_path: Path) -> None:
    inputs, out = written(tmp_path / "in", 2), tmp_path / "out"
    (inputs / "secret.txt").write_text("机密：" + TEXT, encoding="utf-8")
    kg.build(inputs, out, SETTINGS)
    assert "机密".encode() in (out / workspace.FILE).read_bytes()
    kg.remove(["secret"], out)
    assert "机密".encode() not in b"".join(p.read_bytes() for p in out.rglob("*") if p.is_file())


def test_a_failure_is_no_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What failed inside is tried again, and what could not be read stays a failure after a removal."""
    inputs, out = written(tmp_path / "in", 3), tmp_path / "out"
    (inputs / "empty.txt").touch()
    one = pipeline._one
    monkeypatch.setattr(pipeline, "_one", lambda r, s: Failure(s.id, "broken") if s.id == "d1" else one(r, s))
    assert [f.source for f in kg.build(inputs, out, SETTINGS).failures] == ["d1", "empty.txt"]
    monkeypatch.undo()
    built = kg.remove(["d0"], out)
    assert [f.source for f in built.failures] == ["empty.txt"]
    assert dict(built.counts)["documents"] == 2


def test_nothing_is_left_behind_by_a_build_that_read_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    assert not kg.build(tmp_path / "empty.txt", tmp_path / "out", SETTINGS).written
    assert not (tmp_path / "out").exists()


def test_two_builds_at_once(tmp_path: Path) -> None:
    inputs, out = written(tmp_path / "in", 1), tmp_path / "out"
    kg.build(inputs, out, SETTINGS)
    with (
        workspace.opened(out),
        pytest.raises(kg.GraphError, match="another build is at work here"),
        workspace.opened(out),
    ):
        pass
    kg.build(inputs, out, SETTINGS)


@pytest.mark.parametrize("data", [b"", b"no database at all" * 100])
def test_a_spoilt_workspace_is_begun_anew(tmp_path: Path, data: bytes, line: list[str]) -> None:
    inputs, out = written(tmp_path / "in", 1), tmp_path / "out"
    kg.build(inputs, out, SETTINGS)
    (out / workspace.FILE).write_bytes(data)
    with pytest.raises(kg.GraphError, match="no workspace of a build here; run: kg build"):
        kg.remove(["d0"], out)
    assert kg.build(inputs, out, SETTINGS).changes.first
    assert line == ["d0", "d0"]


def test_a_spoilt_reading_is_read_again(tmp_path: Path, line: list[str]) -> None:
    inputs, out = written(tmp_path / "in", 2), tmp_path / "out"
    kg.build(inputs, out, SETTINGS)
    before = (out / "report.json").read_bytes()
    tables = sqlite3.connect(out / workspace.FILE)
    tables.execute("UPDATE reading SET data = x'5B5D'")
    tables.commit()
    tables.close()
    kg.build(inputs, out, SETTINGS)
    assert line == ["d0", "d1"] * 2
    assert (out / "report.json").read_bytes() == before


def test_what_is_as_it_was_is_neither_parsed_nor_compared_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs, out = written(tmp_path / "in", 3), tmp_path / "out"
    (inputs / "page.html").write_text(f"<html><body><p>{TEXT * 9}</p></body></html>", encoding="utf-8")
    parsed: list[str] = []
    compared: list[str] = []
    parse, compare = pipeline.from_bytes, origins._compared

    def parsing(data: bytes, id: str, media_type: str | None) -> Source:
        parsed.append(id)
        return parse(data, id, media_type)

    def comparing(text: Any, earlier: Any) -> Any:
        compared.append(text.id)
        return compare(text, earlier)

    monkeypatch.setattr(pipeline, "from_bytes", parsing)
    monkeypatch.setattr(origins, "_compared", comparing)
    kg.build(inputs, out, SETTINGS)
    assert (parsed, compared) == (["d0", "d1", "d2", "page"], ["d1", "d2", "page"])
    (inputs / "d2.txt").write_text(f"{TEXT}别的。", encoding="utf-8")
    (inputs / "page.html").rename(inputs / "other.htm")
    kg.build(inputs, out, SETTINGS)
    assert (parsed[4:], compared[3:]) == (["d2"], ["d2", "other"])
    kg.remove(["d1"], out)
    kg.build(inputs, out, replace(SETTINGS, hide=0.5))
    assert parsed[5:] == ["d0", "d1", "d2", "other"], "by other rules everything is read anew"
    tables = sqlite3.connect(out / workspace.FILE)
    assert tables.execute("SELECT count(*) FROM file").fetchone() == (4,)
    tables.close()


@pytest.mark.parametrize("table", ["file", "source", "copies"])
@pytest.mark.parametrize("data", ["x'5B5D'", "'text'", "7"])
def test_spoilt_rows_are_worked_out_anew(tmp_path: Path, table: str, data: str) -> None:
    inputs, out = written(tmp_path / "in", 2), tmp_path / "out"
    kg.build(inputs, out, SETTINGS)
    before = (out / "report.json").read_bytes()
    tables = sqlite3.connect(out / workspace.FILE)
    tables.execute(f"UPDATE {table} SET {'content' if table == 'file' else 'data'} = {data}")
    tables.commit()
    tables.close()
    kg.build(inputs, out, SETTINGS)
    assert (out / "report.json").read_bytes() == before


def test_a_workspace_of_another_format_is_begun_anew(tmp_path: Path) -> None:
    tables = sqlite3.connect(tmp_path / workspace.FILE)
    tables.executescript('CREATE TABLE "a""b" (x); PRAGMA user_version = 99')
    tables.close()
    with workspace.opened(tmp_path) as held:
        assert held.remembered() is None
        held.settle(Corpus((("d", b"1"),)), {"annotator": "lexicon"})
        known = held.remembered()
        assert known is not None
        assert known.ids == ("d",)
        assert json.dumps(known.settings) == '{"annotator": "lexicon"}'
        with pytest.raises(KeyError):
            held.source("e")


def test_a_content_is_all_but_the_id() -> None:
    source = Source("a", "text", title="t")
    assert Given.of(source).content == Given.of(replace(source, id="b")).content
    for other in (replace(source, text="text "), replace(source, title=None), replace(source, publisher="p")):
        assert Given.of(other).content != Given.of(source).content
