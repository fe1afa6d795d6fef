"""A build that is killed leaves every file whole, and the next one makes the same graph as if nothing had happened."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest
from command_line import FILES, ROOT, environment

from kg import store

KILLS = 44
DOCUMENTS = 8


class Builds:
    """Builds in processes of their own (`killable.py`)."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "tests" / "killable.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment(),
        )
        assert self.answer() == "ready"

    def answer(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def run(self, inputs: Path, folder: Path, *, at: int | None = None, after: float | None = None) -> bool:
        """Build; whether it came to its end.  For `at` and `after` see `killable.py`."""
        assert self.process.stdin
        asked = {"inputs": str(inputs), "output": str(folder), "at": at, "after": after}
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        status = int(self.answer())
        assert status in (0, signal.SIGKILL)
        return status == 0

    def close(self) -> None:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.close()
        self.process.wait(timeout=60)
        self.process.stdout.close()


@pytest.fixture(scope="module")
def builds() -> Iterator[Builds]:
    made = Builds()
    yield made
    made.close()


@dataclass(frozen=True)
class World:
    """Two states of the same documents, and what an uninterrupted build makes of each."""

    inputs: tuple[Path, Path]
    whole: tuple[dict[str, str], dict[str, str]]
    quads: frozenset[int]
    seconds: float

    def check(self, folder: Path) -> None:
        """That every file is whole: it is that of one state or the other, and if the report says so, all are of one."""
        found = hashes(folder)
        assert set(found) == set(FILES)
        for name, digest in found.items():
            assert digest in {whole[name] for whole in self.whole}, name
        said = json.loads((folder / "report.json").read_text(encoding="utf-8"))["files"]
        if all(found[name] == digest for name, digest in said.items()):
            assert found in self.whole
        assert len(ox.Store.read_only(str(store.place(folder)))) in self.quads


def hashes(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir() if p.name in FILES}


@pytest.fixture(scope="module")
def world(builds: Builds, tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("crash")
    inputs = []
    for day in (16, 17):
        inputs.append(folder / f"in-{day}")
        inputs[-1].mkdir()
        for at in range(DOCUMENTS):
            text = f"百度于2023年3月{day if at % 2 else 1}日发布文心一言。百度研发了“文心{at}号”大模型。"
            (inputs[-1] / f"d{at:02}.txt").write_text(text + "据悉，百度位列第一梯队。" * (day - 16), encoding="utf-8")
    whole, quads, seconds = [], set(), []
    for one in inputs:
        out = folder / f"whole-{one.name}"
        began = time.monotonic()
        assert builds.run(one, out)
        seconds.append(time.monotonic() - began)
        whole.append(hashes(out))
        quads.add(len(ox.Store.read_only(str(store.place(out)))))
    assert not set(whole[0].values()) & set(whole[1].values())
    return World((inputs[0], inputs[1]), (whole[0], whole[1]), frozenset(quads), min(seconds))


@pytest.mark.slow
def test_killed_at_random_moments(builds: Builds, world: World, tmp_path: Path) -> None:
    moments = random.Random(5)
    out = tmp_path / "out"
    assert builds.run(world.inputs[0], out)
    killed, seconds = 0, world.seconds
    for number in range(6 * KILLS):
        # Every other one late, where the files take their places.
        after = seconds * (moments.uniform(0, 1) if number % 2 else moments.uniform(0.5, 1))
        began = time.monotonic()
        if builds.run(world.inputs[(number + 1) % 2], out, after=after):
            seconds = min(seconds, time.monotonic() - began)  # the machine was slower when it was measured
        else:
            killed += 1
        world.check(out)
        if killed == KILLS:
            break
    assert killed == KILLS
    for inputs, whole in zip(world.inputs, world.whole, strict=True):
        assert builds.run(inputs, out)
        assert hashes(out) == whole
    assert sorted(p.name for p in out.iterdir()) == sorted([*FILES, "store", "workspace.sqlite"])
    assert sorted((out / "store").iterdir()) == sorted([out / "store" / "current", store.place(out)])


@pytest.mark.slow
def test_killed_before_every_change_on_the_disk(builds: Builds, world: World, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert builds.run(world.inputs[0], out)
    at = 0
    while not builds.run(world.inputs[(at + 1) % 2], out, at=at):
        world.check(out)
        at += 1
    assert at > 15
    assert hashes(out) == world.whole[(at + 1) % 2]
    shutil.rmtree(out)
    for at in range(0, 12, 3):  # and where nothing was before
        builds.run(world.inputs[0], out, at=at)
    assert builds.run(world.inputs[0], out)
    assert hashes(out) == world.whole[0]
