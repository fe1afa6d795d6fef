from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from command_line import ROOT

from kg import fingerprint, ontology
from kg.fingerprint import fingerprint as mark


@pytest.fixture
def workshop(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "ontologies" / "ai-models", tmp_path / "ontologies" / "mine")
    shutil.copytree(ROOT / "seeds" / "ai-models", tmp_path / "seeds" / "mine", ignore=shutil.ignore_patterns("corpus"))
    return tmp_path


def of(workshop: Path, annotator: str = "lexicon", **options: object) -> bytes:
    loaded = ontology.load(str(workshop / "ontologies" / "mine"))
    if "model" in options:
        options["models"] = (options.pop("model"),)
    return mark(loaded, annotator, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "file",
    [
        "ontologies/mine/ontology.ttl",
        "ontologies/mine/patterns.yaml",
        "seeds/mine/entities/models.csv",
        "seeds/mine/entities/more.csv",
        "seeds/mine/same-as.csv",
        "seeds/mine/not-same-as.csv",
        "seeds/mine/models/pairs/weights.npz",
        "seeds/mine/models/spacy/config.cfg",
    ],
)
def test_what_a_reading_depends_on(workshop: Path, file: str) -> None:
    before = of(workshop)
    assert of(workshop) == before
    with (workshop / file).open("ab") as data:
        data.write(b"\n# more\n" if file.endswith("ttl") else b"\n")
    assert of(workshop) != before


@pytest.mark.parametrize(
    "file",
    [
        "ontologies/mine/shapes.ttl",
        "ontologies/mine/queries/landscape.rq",
        "seeds/mine/sources.csv",
        "seeds/mine/decisions.csv",
        "seeds/mine/documents/new.md",
    ],
)
def test_what_weighs_only(workshop: Path, file: str) -> None:
    before = of(workshop)
    with (workshop / file).open("ab") as data:
        data.write(b"\n")
    assert of(workshop) == before


def test_settings_and_versions_count(workshop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (workshop / "my.tsv").write_text("name\ttype\n", encoding="utf-8")
    (workshop / "pipeline").mkdir()
    (workshop / "pipeline" / "weights").write_bytes(b"1")
    marks = [
        of(workshop),
        of(workshop, "spacy"),
        of(workshop, hide=0.3),
        of(workshop, lexicon=workshop / "my.tsv"),
        of(workshop, model="no_such_pipeline"),
        of(workshop, model="no.such.pipeline"),
        of(workshop, model=str(workshop / "pipeline")),
    ]
    (workshop / "pipeline" / "weights").write_bytes(b"2")
    marks.append(of(workshop, model=str(workshop / "pipeline")))
    (workshop / "my.tsv").write_text("name\ttype\na\tModel\n", encoding="utf-8")
    marks.append(of(workshop, lexicon=workshop / "my.tsv"))
    monkeypatch.setattr(fingerprint, "_version", lambda name: "99")
    marks.append(of(workshop))
    monkeypatch.setattr(fingerprint, "_code", lambda: b"other code")
    marks.append(of(workshop))
    assert len(set(marks)) == len(marks)


def test_a_model_may_be_an_installed_package(workshop: Path) -> None:
    assert fingerprint._places("kg.clean") == (ROOT / "kg" / "clean",)
