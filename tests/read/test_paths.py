"""Which files the inputs mean."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.read.paths import find


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(*paths: str) -> None:
    for path in paths:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text("words", encoding="utf-8")


def names(*inputs: str) -> list[str]:
    return [file.shown for file in find(inputs).files]


def test_a_folder_is_read_with_its_subfolders_in_order_and_without_hidden_names(here: Path) -> None:
    write("docs/b.txt", "docs/a/c.md", "docs/.hidden.txt", "docs/.git/x.txt", "docs/z/y/x.html")
    assert names("docs") == ["docs/a/c.md", "docs/b.txt", "docs/z/y/x.html"]


def test_the_order_of_the_inputs_and_naming_a_file_twice_change_nothing(here: Path) -> None:
    write("docs/a.txt", "docs/b/c.txt")
    one = find(["docs", "docs/b/c.txt", "./docs/a.txt", "docs/b"])
    other = find(["docs/b", "./docs/a.txt", "docs", "docs/b/c.txt"])
    assert one == other
    assert [file.shown for file in one.files] == ["docs/a.txt", "docs/b/c.txt"]


def test_ids_come_from_the_deepest_folder_that_holds_all_inputs(here: Path) -> None:
    write("p/one/a.txt", "p/two/a.txt")
    for inputs in (["p"], ["p/one", "p/two"], ["p/one/a.txt", "p/two/a.txt"], ["p/*/a.txt"], [str(here / "p")]):
        assert [file.relative for file in find(inputs).files] == ["one/a.txt", "two/a.txt"], inputs


def test_an_absolute_path_is_not_shown_in_full(here: Path) -> None:
    write("docs/sub/a.txt")
    assert names(str(here / "docs")) == ["sub/a.txt"]
    assert names(str(here / "docs/sub/a.txt")) == ["a.txt"]


def test_globs_are_expanded_where_the_shell_did_not(here: Path) -> None:
    write("d/a.txt", "d/b.md", "d/s/c.txt", "d/s/t/e.txt", "d/.h.txt", "d/.h/i.txt", "top.txt")
    assert names("d/*.txt") == ["d/a.txt"]
    assert names("d/**/*.txt") == ["d/a.txt", "d/s/c.txt", "d/s/t/e.txt"]
    assert names("**/**/t/*.txt") == ["d/s/t/e.txt"]
    assert names("d/**") == ["d/a.txt", "d/b.md", "d/s/c.txt", "d/s/t/e.txt"]
    assert names("d/[ab].*") == ["d/a.txt", "d/b.md"]
    assert names("d/.h*.txt") == ["d/.h.txt"]
    assert names("?/s/*") == ["d/s/c.txt", "d/s/t/e.txt"]
    assert names("*.txt") == ["top.txt"]


def test_a_file_whose_name_looks_like_a_glob_is_a_file(here: Path) -> None:
    write("a[1].txt", "a1.txt")
    assert names("a[1].txt") == ["a[1].txt"]


@pytest.mark.parametrize("given", ["missing.txt", "no/such/folder", "*.pdf", "d/**/*.pdf", ""])
def test_an_input_that_leads_to_nothing_is_named(here: Path, given: str) -> None:
    write("d/a.txt")
    with pytest.raises(InputError) as raised:
        find(["d", given])
    assert repr(given) in str(raised.value)


def test_no_input_and_a_folder_without_documents_are_wrong_use(here: Path) -> None:
    with pytest.raises(InputError, match="nothing to read"):
        find([])
    Path("empty/inner").mkdir(parents=True)
    Path("empty/.hidden").write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match="'empty': a folder without documents"):
        find(["empty"])


def test_standard_input_stands_beside_files(here: Path) -> None:
    write("a.txt")
    assert find(["-"]).standard_input
    both = find(["-", "a.txt", "-"])
    assert both.standard_input
    assert [file.shown for file in both.files] == ["a.txt"]


def test_a_loop_of_folders_is_one_failure_and_the_rest_is_read(here: Path) -> None:
    write("docs/a.txt", "docs/sub/b.txt")
    os.symlink("..", "docs/sub/up")
    for inputs in (["docs"], ["docs/**/*.txt"], ["docs/**"], ["docs", "docs/**/*.txt"]):
        found = find(inputs)
        assert [file.shown for file in found.files] == ["docs/a.txt", "docs/sub/b.txt"], inputs
        assert [failure.source for failure in found.failures] == ["docs/sub/up"], inputs
        assert "link back" in found.failures[0].message


def test_a_loop_through_another_place_ends_too(here: Path) -> None:
    write("docs/a.txt", "else/b.txt")
    os.symlink(here / "else", "docs/out")
    os.symlink(here / "docs", "else/back")
    found = find(["docs"])
    assert [file.shown for file in found.files] == ["docs/a.txt", "docs/out/b.txt"]
    assert [failure.source for failure in found.failures] == ["docs/out/back"]


def test_links_that_multiply_the_ways_cost_nothing(here: Path) -> None:
    for level in range(30):
        Path(f"d/{level}").mkdir(parents=True)
    for level in range(29):
        os.symlink(here / f"d/{level + 1}", f"d/{level}/left")
        os.symlink(here / f"d/{level + 1}", f"d/{level}/right")
    write("d/29/end.txt")
    assert names("d") == ["d/29/end.txt"]
    assert names("d/**/*.txt") == ["d/29/end.txt"]
    assert len(names("d/0")) == 1


def test_a_linked_file_is_read_once_under_its_own_name(here: Path) -> None:
    write("docs/z.txt")
    os.symlink("z.txt", "docs/a.txt")
    assert names("docs") == ["docs/z.txt"]
    assert names("docs/a.txt") == ["docs/a.txt"]


def test_a_broken_link_in_a_folder_is_a_failure_and_as_an_input_wrong_use(here: Path) -> None:
    write("docs/a.txt")
    os.symlink("gone.txt", "docs/broken.txt")
    os.symlink("self", "docs/self")
    assert [failure.source for failure in find(["docs"]).failures] == ["docs/broken.txt", "docs/self"]
    with pytest.raises(InputError, match="broken"):
        find(["docs/broken.txt"])


def test_a_pipe_in_a_folder_is_not_waited_for(here: Path) -> None:
    write("docs/a.txt")
    os.mkfifo("docs/pipe")
    found = find(["docs"])
    assert [failure.source for failure in found.failures] == ["docs/pipe"]
    with pytest.raises(InputError, match="pipe"):
        find(["docs/pipe"])


def test_a_folder_that_cannot_be_listed_is_a_failure(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write("docs/a.txt", "docs/locked/b.txt")
    listdir = os.listdir

    def refuse(path: str) -> list[str]:
        if path.endswith("locked"):
            raise PermissionError(13, "Permission denied", path)
        return listdir(path)

    monkeypatch.setattr(os, "listdir", refuse)
    found = find(["docs"])
    assert [file.shown for file in found.files] == ["docs/a.txt"]
    assert [(f.source, f.message) for f in found.failures] == [
        ("docs/locked", "the folder cannot be listed: permission denied")
    ]


def test_a_very_deep_folder_is_walked(here: Path) -> None:
    levels = ["d"] * 1100
    try:
        for _ in levels:
            os.mkdir("d")
            os.chdir("d")
        Path("x.txt").write_text("words", encoding="utf-8")
        os.chdir(here)
        assert [file.relative for file in find(["d"]).files] == ["/".join([*levels[1:], "x.txt"])]
    finally:
        # pytest removes folders by recursion, and would not come to the end of this one.
        os.chdir(here.joinpath(*levels))
        Path("x.txt").unlink()
        for _ in levels:
            os.chdir("..")
            os.rmdir("d")
