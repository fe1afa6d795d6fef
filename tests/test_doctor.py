from __future__ import annotations

import io
import json
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from rich.console import Console

from kg import doctor
from kg.doctor import Line, Report, State

PROJECT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def report() -> Report:
    return doctor.check()


def line(report: Report, name: str) -> Line:
    return next(one for one in report.lines if one.name == name)


def test_every_dependency_is_looked_at() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {wanted.split(">")[0].split("=")[0].split("<")[0].lower() for wanted in project["dependencies"]}
    assert {name.lower() for name, _, _ in doctor.PACKAGES} == needed
    assert project["name"] == doctor.DISTRIBUTION


def test_what_is_installed_is_ok(report: Report) -> None:
    assert line(report, "python").state is State.OK
    assert line(report, "pyoxigraph").version.startswith("0.5.")
    assert {one.state for one in report.lines if one.name in {name for name, _, _ in doctor.PACKAGES}} == {State.OK}
    assert line(report, "sqlite").state is State.OK
    assert "relations" in line(report, "ontology ai-models").version


def test_every_annotator_has_a_line(report: Report) -> None:
    from kg.annotate import ANNOTATORS

    assert {f"annotator {name}" for name in ANNOTATORS} <= {one.name for one in report.lines}


def test_every_trouble_comes_with_advice(report: Report) -> None:
    assert all(one.advice for one in report.lines if one.state is not State.OK)


def test_what_is_not_installed_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "PACKAGES", (("no-such-thing", "no_such_thing", ""),))
    found = line(doctor.check(), "no-such-thing")
    assert (found.state, found.advice) == (State.MISSING, "pip install --upgrade knowledge-graph-builder")


def test_a_wrong_version_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "PACKAGES", (("rdflib", "rdflib", "99."),))
    found = line(doctor.check(), "rdflib")
    assert (found.state, "needs version 99" in found.advice) == (State.BROKEN, True)


def test_a_library_that_cannot_be_imported_is_broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "torn_apart.py").write_text("raise RuntimeError('built for\\nanother machine')", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(doctor, "PACKAGES", (("rdflib", "torn_apart", ""),))
    report = doctor.check()
    found = line(report, "rdflib")
    assert found.state is State.BROKEN
    assert found.advice.startswith("RuntimeError: built for another machine; try: ")
    assert not report.healthy


def test_a_broken_annotator_is_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    table = ModuleType("kg.annotate")
    table.ANNOTATORS = {"a": "no_such_module:A", "b": "json:no_such_attribute", "c": "json:loads"}  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "kg.annotate", table)
    report = doctor.check()
    assert [line(report, f"annotator {name}").state for name in "abc"] == [State.BROKEN, State.BROKEN, State.OK]


def test_a_check_that_fails_is_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing() -> Iterator[Line]:
        yield Line("first", State.OK)
        raise OSError("the disk is gone")

    assert doctor._reported("disk", failing) == [
        Line("first", State.OK),
        Line(
            "disk", State.BROKEN, advice="OSError: the disk is gone; try: pip install --upgrade knowledge-graph-builder"
        ),
    ]


def test_a_missing_annotator_table_is_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "kg.annotate", None)
    assert line(doctor.check(), "annotators").state is State.BROKEN


def test_a_broken_ontology_is_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "ontologies" / "torn"
    folder.mkdir(parents=True)
    (folder / "ontology.ttl").write_text("@prefix", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    found = line(doctor.check(), "ontology torn")
    assert found.state is State.BROKEN
    assert "ontology.ttl" in found.advice


def test_a_terminal_that_cannot_show_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="ascii"))
    found = line(doctor.check(), "terminal")
    assert (found.state, found.version, found.optional) == (State.BROKEN, "ascii", True)


def test_fonts_are_found_by_their_file_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.fonts._FOLDERS", (str(tmp_path / "missing"), str(tmp_path)))
    assert line(doctor.check(), "chinese font").state is State.MISSING
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "NotoSansCJK-Regular.ttc").write_bytes(b"")
    assert line(doctor.check(), "chinese font").version == "NotoSansCJK-Regular.ttc"


def test_hanlp_is_optional_and_its_models_are_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "find_spec", lambda name: None)
    found = line(doctor.check(), "hanlp")
    assert (found.state, found.optional) == (State.MISSING, True)
    assert "pip install 'knowledge-graph-builder[hanlp]'" in found.advice

    monkeypatch.setattr(doctor, "find_spec", lambda name: object())
    monkeypatch.setattr(doctor.metadata, "version", lambda name: "2.1.1")
    monkeypatch.setattr(doctor, "_HANLP_PARTS", (("hanlp", "hanlp", ""), ("hanlp: torch", "json", "")))
    monkeypatch.setattr(doctor, "_shipped_models", lambda: iter(()))
    model = tmp_path / "mtl" / "small"
    model.mkdir(parents=True)
    (model / "config.json").write_text("{}", encoding="utf-8")
    monkeypatch.setenv("HANLP_HOME", str(tmp_path))
    report = Report(tuple(doctor._hanlp()))
    assert [one.version for one in report.lines] == ["2.1.1", "2.1.1", "small"]
    assert report.healthy


def test_each_part_of_hanlp_has_a_line(report: Report) -> None:
    found = {one.name: one for one in report.lines if one.name.startswith("hanlp") and one.name != "hanlp-trie"}
    for name in ("hanlp", "hanlp: torch", "hanlp: recogniser", "hanlp: transformers", "hanlp model ai-models"):
        assert found[name].state is State.OK, found[name]
    assert found["hanlp model ai-models"].version == "Model, Organization, Person, Product"
    assert all(one.optional for one in found.values())


def test_annotators_without_their_engine_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "find_spec", lambda name: None)
    found = {one.name: one for one in doctor._annotators()}
    for name in ("annotator hanlp", "annotator spacy+hanlp"):
        assert (found[name].state, found[name].optional) == (State.MISSING, True)
        assert "[hanlp]" in found[name].advice
    assert found["annotator spacy"].state is State.OK


def test_a_part_of_hanlp_that_is_broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "torn_torch.py").write_text("raise OSError('libtorch_cpu.so: no such file')", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    found = doctor._part("hanlp: torch", "torn_torch", "no model works without it")
    assert found.state is State.BROKEN
    assert found.advice.startswith(
        "OSError: libtorch_cpu.so: no such file; no model works without it; try: pip install"
    )
    assert found.version, "and which version it is"


def test_setuptools_without_pkg_resources_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    real = doctor.find_spec
    monkeypatch.setattr(doctor, "find_spec", lambda name: None if name == "pkg_resources" else real(name))
    monkeypatch.setattr(doctor, "_HANLP_PARTS", ())
    monkeypatch.setattr(doctor, "_shipped_models", lambda: iter(()))
    found = next(one for one in doctor._hanlp() if one.name == "hanlp: pkg_resources")
    assert (found.state, found.optional) == (State.MISSING, True)
    assert "setuptools<81" in found.advice


def test_a_hanlp_model_that_does_not_load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import shutil

    shutil.copytree(PROJECT / "ontologies", tmp_path / "ontologies")
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "seeds" / "ai-models" / "models" / "hanlp"
    advice = {one.name: one.advice for one in doctor._shipped_models()}
    assert advice["hanlp model ai-models"] == "make it: kg train hanlp"
    folder.mkdir(parents=True)
    (folder / "config.json").write_text("{", encoding="utf-8")
    [found] = [one for one in doctor._shipped_models() if one.name == "hanlp model ai-models"]
    assert found.state is State.BROKEN
    assert found.advice.endswith("; make it anew: kg train hanlp")


def test_only_what_a_build_needs_makes_it_unhealthy() -> None:
    optional = Line("extra", State.MISSING, advice="get it", optional=True)
    assert Report((Line("python", State.OK), optional)).healthy
    assert not Report((Line("sqlite", State.BROKEN, advice="mend it"),)).healthy


def test_rendering_and_json(report: Report) -> None:
    out = io.StringIO()
    shown = Report((Line("x", State.OK, "1"), Line("[y]", State.MISSING, advice="do [z]", optional=True)))
    Console(file=out, width=100).print(doctor.render(shown))
    assert "missing (optional)" in out.getvalue()
    assert "[y]" in out.getvalue()
    assert "do [z]" in out.getvalue()
    data = json.loads(json.dumps(report.as_json()))
    assert [check["name"] for check in data["checks"]] == [one.name for one in report.lines]
