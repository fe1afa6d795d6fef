"""`kg init`: the project that it writes builds at once, and is changed as its README says."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import kg

from kg import starter
from kg.errors import InputError


def test_the_project_builds_at_once(tmp_path: Path) -> None:
    done = kg("init", "mine", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    written = done.stdout.splitlines()
    assert "mine/ontologies/books/ontology.ttl" in written
    assert len([name for name in written if "/documents/" in name]) == 2
    assert "kg build documents --ontology books" in done.stdout
    place = tmp_path / "mine"
    built = kg("build", "documents", "--ontology", "books", "-o", "output", cwd=place)
    assert built.returncode == 0, built.stderr
    assert kg("validate", cwd=place).returncode == 0
    asked = kg("query", "books", "--format", "csv", cwd=place)
    assert "远山,青石出版社,2024-05-16" in asked.stdout
    assert "沼河,北岸书局,2024-04-02" in asked.stdout
    assert "Harbour Lights,Tidal Press,2023-03-09" in asked.stdout
    page = (place / "output" / "graph.html").read_text(encoding="utf-8")
    assert "出版社" in page


def test_nothing_that_is_there_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="is there already, and nothing was written"):
        starter.copy(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["README.md"]
    done = kg("init", str(tmp_path))
    assert done.returncode == 2
    assert "name a new folder" in done.stderr


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="this is a file"):
        starter.copy(tmp_path / "file")


def test_an_ontology_without_versions_reads_names_with_numbers(tmp_path: Path) -> None:
    starter.copy(tmp_path)
    text = "Qingshi Press published Distant Hills on 16 May 2024, and Catalogue 7 of Tidal Press came later."
    done = kg("extract", "-", "--ontology", "books", cwd=tmp_path, stdin=text.encode())
    assert done.returncode == 0, done.stderr
