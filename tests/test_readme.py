"""The README: every command in it runs, what it shows is what is printed, and every command has its section.

`python tests/test_readme.py` runs the commands and writes what they print into the README.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from command_line import ROOT, environment

from kg.commands import COMMANDS

README = ROOT / "README.md"
REFRESH = "python tests/test_readme.py writes it anew"
MORE = "…"
"""A line that stands for what is left out."""
HELD_ELSEWHERE = ("make test", "pip install .")
"""What a test must not run inside itself: `make test` is dry-run, the installed package is `test_packaging`."""
LONG = (
    "kg train spacy --gold tests/gold/tune/gold --documents tests/gold/tune/docs -o my-model",
    "kg train links --gold tests/gold/tune/gold --documents tests/gold/tune/docs -o my-links",
)
NOT_RUN = ("pip install .", "kg serve", *LONG)
"""The first for that reason, the second because it never ends: `tests/serve` starts it; the others because they take
minutes: `tests/train` and `tests/commands/test_train.py` train them on a few documents."""


@dataclass
class Command:
    """A command of the README, with the lines that are shown below it."""

    text: str
    line: int
    shown: list[str] = field(default_factory=list)


def fences(language: str) -> Iterator[tuple[int, list[str]]]:
    """(line number, lines) of every fenced block of that language."""
    lines = README.read_text(encoding="utf-8").splitlines()
    start = None
    for number, line in enumerate(lines):
        if start is None and line == f"```{language}":
            start = number + 1
        elif start is not None and line == "```":
            yield start, lines[start:number]
            start = None


def commands() -> list[Command]:
    found: list[Command] = []
    for start, lines in fences("console"):
        for number, line in enumerate(lines, start + 1):
            if line.startswith("$ "):
                found.append(Command(line[2:], number))
            else:
                assert found, f"README, line {number}: output without a command"
                found[-1].shown.append(line)
    return found


def workshop(folder: Path) -> dict[str, str]:
    """A copy of what the commands read, with the README's own relation added, and the environment to run them in."""
    for name in ("seeds", "ontologies"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copytree(ROOT / "tests" / "gold", folder / "tests" / "gold")
    shutil.copy(ROOT / "Makefile", folder)
    shutil.copy(ROOT / "pyproject.toml", folder)
    venv = folder / ".venv"
    (venv / "bin").mkdir(parents=True)
    for name, arguments in (("kg", "-m kg"), ("python", "")):
        shim = venv / "bin" / name
        shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" {arguments} "$@"\n', encoding="utf-8")
        shim.chmod(0o755)
    for stamp in (".installed", ".installed-test", ".web", ".browser"):
        (venv / stamp).touch()
    return environment(PATH=f"{venv / 'bin'}:{environment()['PATH']}", COLUMNS="100")


def add_relation(folder: Path) -> None:
    """What the section on adding a relation says, done."""
    (_, turtle), (_, pattern) = next(f for f in fences("turtle") if "investedIn" in "".join(f[1])), next(fences("yaml"))
    ontology = folder / "ontologies" / "ai-models" / "ontology.ttl"
    ontology.write_text(ontology.read_text(encoding="utf-8") + "\n".join(["", *turtle, ""]), encoding="utf-8")
    patterns = folder / "ontologies" / "ai-models" / "patterns.yaml"
    text = patterns.read_text(encoding="utf-8")
    assert text.count("\npatterns:\n") == 1
    new = "\n".join(["", "patterns:", *pattern, ""])
    patterns.write_text(text.replace("\npatterns:\n", new), encoding="utf-8")


def run(command: Command, folder: Path, env: dict[str, str]) -> str:
    """What a command prints, blank lines at the ends removed, seconds as a dot."""
    text = command.text.replace("make test", "make --dry-run test")
    done = subprocess.run(["bash", "-ec", text], cwd=folder, env=env, capture_output=True, timeout=600, check=False)
    out, err = done.stdout.decode(), done.stderr.decode()
    fine = {0, 1} if command.text == "kg doctor" else {0}  # what it finds here is no matter of the README
    assert done.returncode in fine, f"README, line {command.line}: {command.text}\n{out}\n{err}"
    assert not err, f"README, line {command.line}: {command.text} says on stderr: {err}"
    return out.strip("\n")


def timeless(line: str) -> str:
    """A line without what differs from run to run; of the line with seconds no number counts."""
    return re.sub(r"[0-9.]+", "…", line.rstrip()) if line.endswith(" seconds") else line.rstrip()


@pytest.mark.slow
def test_every_command_runs_and_prints_what_is_shown(tmp_path: Path) -> None:
    env = workshop(tmp_path)
    for command in commands():
        if command.text in NOT_RUN:
            continue
        if "投资" in command.text:
            add_relation(tmp_path)
        printed = [timeless(line) for line in run(command, tmp_path, env).split("\n")]
        at = 0
        for line in command.shown:
            if line == MORE or not line:
                continue
            where = f"README, line {command.line}: {command.text}"
            assert timeless(line) in printed[at:], f"{where} does not print {line!r}; {REFRESH}"
            at = printed.index(timeless(line), at) + 1
        if "投资" in command.text:
            assert "investedIn" in printed[0]


def test_python_runs(tmp_path: Path) -> None:
    env = workshop(tmp_path)
    for start, lines in fences("python"):
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", "\n".join(lines)],
            cwd=tmp_path,
            env=env,
            capture_output=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, f"README, line {start}: {done.stderr.decode()}"
        assert "文心一言" in done.stdout.decode()


def test_what_is_not_run_here_is_known() -> None:
    unrun = [c.text for c in commands() if c.text.startswith(("make", "pip"))]
    assert unrun == ["make demo", *HELD_ELSEWHERE]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_section_with_an_example(name: str) -> None:
    text = README.read_text(encoding="utf-8")
    section = re.search(rf"^### kg {name}$(.*?)(?=^##)", text, re.M | re.S)
    assert section, f"the README has no section '### kg {name}'"
    assert re.search(rf"^\$ .*\bkg {name}\b", section[1], re.M), f"the section on kg {name} has no example"


def test_every_section_is_of_a_command() -> None:
    assert set(re.findall(r"^### kg (\w+)$", README.read_text(encoding="utf-8"), re.M)) == set(COMMANDS)


def test_the_turtle_parses() -> None:
    import rdflib

    from kg import ontology, triples

    prefixes = "".join(f"@prefix {p}: <{n}> .\n" for p, n in triples.prefixes(ontology.load()).items())
    prefixes += "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
    blocks = list(fences("turtle"))
    assert len(blocks) == 3
    for _, lines in blocks:
        assert len(rdflib.Graph().parse(data=prefixes + "\n".join(lines), format="turtle")) > 2


def test_the_facts_shown_are_in_the_sample_graph(sample: Path) -> None:
    import rdflib

    from kg import ontology, triples

    graph = rdflib.Graph().parse(sample / "kg.ttl").parse(sample / "claims.ttl")
    prefixes = "".join(f"@prefix {p}: <{n}> .\n" for p, n in triples.prefixes(ontology.load()).items())
    for _, lines in list(fences("turtle"))[:2]:
        shown = rdflib.Graph().parse(data=prefixes + "\n".join(lines), format="turtle")
        assert not set(shown) - set(graph), "the README's Turtle is not in the graph any more; copy it again"


def test_nothing_in_it_is_of_one_machine() -> None:
    text = README.read_text(encoding="utf-8")
    assert not re.search(r"/(?:home|work|root|tmp)/|pypi\.org|localhost", text)


def refresh(folder: Path) -> None:
    """Write what the commands print below them: as many lines as are shown now, then the line `…`."""
    env = workshop(folder)
    lines = README.read_text(encoding="utf-8").split("\n")
    shift = 0
    for command in commands():
        if command.text in NOT_RUN:
            continue
        if "投资" in command.text:
            add_relation(folder)
        printed = run(command, folder, env).split("\n")
        if not command.shown:
            continue
        if MORE in command.shown:
            count = command.shown.index(MORE)
            printed = [*printed[:count], *([MORE] if len(printed) > count else [])]
        start = command.line + shift
        lines[start : start + len(command.shown)] = [line.rstrip() for line in printed]
        shift += len(printed) - len(command.shown)
    README.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as place:
        refresh(Path(place))
