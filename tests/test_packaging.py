"""The wheel: what is in it, and that the `kg` it installs works in an empty folder."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest
from command_line import FILES, ROOT

pytest.importorskip("hatchling", reason="the test extra has it: pip install '.[test]'")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    code = f"import hatchling.build; print(hatchling.build.build_wheel({str(folder)!r}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return next(folder.glob("*.whl"))


def test_all_data_travels_and_the_corpus_stays(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    data = {path.relative_to(ROOT) for path in (ROOT / "kg").rglob("*") if path.is_file() and path.suffix != ".pyc"}
    assert {p.as_posix() for p in data if "data" not in p.parts} <= names
    for folder in ("ontologies", "seeds"):
        for path in (ROOT / folder).rglob("*"):
            place = path.relative_to(ROOT)
            if path.is_file() and "corpus" not in place.parts:
                assert f"kg/data/{place.as_posix()}" in names
    assert "kg/py.typed" in names
    assert not [name for name in names if "corpus/" in name and name.startswith("kg/data")]
    assert not [name for name in names if name.split("/")[0] not in {"kg"} and ".dist-info/" not in name]
    assert [name for name in names if name.endswith("LICENSE")]


def test_it_says_what_it_needs() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["license"] == "Apache-2.0"
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").split()[:2] == ["Apache", "License"]
    assert project["scripts"] == {"kg": "kg.commands:main"}


def test_every_package_of_the_doctor_is_required() -> None:
    import re

    from kg.doctor import PACKAGES

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    required = {re.split(r"[<>=!~\[ ]", one)[0] for one in project["dependencies"]}
    assert required == {name for name, _, _ in PACKAGES}


@pytest.mark.slow
def test_the_installed_command_works_in_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "venv"
    venv.create(home, with_pip=False, symlinks=True)
    site = Path(sysconfig.get_path("purelib", "venv", {"base": str(home), "platbase": str(home)}))
    # What it depends on is taken from here; what is tested must come from the wheel.
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    empty = tmp_path / "empty"
    empty.mkdir()

    def kg(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        code = "import sys; from kg.commands import main; sys.argv[0] = 'kg'; main()"
        return subprocess.run(
            [str(home / "bin" / "python"), "-c", code, *arguments],
            cwd=empty,
            input=stdin,
            capture_output=True,
            timeout=120,
            env={"PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"},
            check=False,
        )

    done = kg("build", "-", stdin="百度于2023年3月16日发布文心一言。".encode())
    assert done.returncode == 0, done.stderr.decode()
    assert {path.name for path in (empty / "output").iterdir()} == {*FILES, "store", "workspace.sqlite"}
    assert "文心一言" in kg("query", "landscape").stdout.decode()
    assert kg("validate").returncode == 0
    where = kg("--debug", "build", "nowhere").stderr.decode()
    assert str(site) in where, "the tested kg is not the installed one"
