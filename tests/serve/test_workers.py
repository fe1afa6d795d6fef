"""The processes that questions run in: what they may do, how they end, and which store they read."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from command_line import environment
from hand_built import KNOWLEDGE, build

from kg.errors import ServeError
from kg.serve.limits import Limits
from kg.serve.pool import BusyError, OutOfTimeError, Pool, WorkerDiedError
from tests.serve.running import Running, folder_of, serving

LIMITS = Limits(timeout=1, workers=1, waiting=1, memory=768 << 20)
FIELDS = {"accept": None, "prefixes": {}, "default_graphs": [], "named_graphs": []}
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
DEEP = f"SELECT * {{ FILTER({'!' * 50_000}true) }}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    quads = [ox.Quad(ox.NamedNode(f"urn:s{n}"), ox.NamedNode("urn:p"), ox.Literal(n)) for n in range(300)]
    return folder_of(quads, tmp_path_factory.mktemp("workers") / "output")


def with_pool(folder: Path, limits: Limits, work: Callable[[Pool], Awaitable[None]]) -> None:
    async def run() -> None:
        pool = Pool(folder / "store", limits)
        await pool.open()
        try:
            await work(pool)
        finally:
            await pool.close()
        assert pool.state.workers == 0

    asyncio.run(run())


async def fine(pool: Pool) -> bool:
    """Whether a question is answered, after a while for a new worker to start."""
    for _ in range(100):
        try:
            return (await pool.ask("query", FIELDS, "ASK { ?s ?p ?o }")).status == 200
        except (BusyError, OutOfTimeError):  # on a busy machine even this may not end in time
            await asyncio.sleep(0.05)
    return False


@pytest.mark.parametrize(
    ("text", "timeout", "error", "words"),
    [
        (ENDLESS, 1, OutOfTimeError, None),
        (DEEP, 60, WorkerDiedError, "nests too deeply"),
        (f"{ENDLESS[:-1]} }} GROUP BY ?a ?b ?c ?d ?e ?f ?g ?h ?i ?j ?k ?l", 1, (OutOfTimeError, WorkerDiedError), None),
    ],
)
def test_a_worker_that_ends_is_replaced(
    folder: Path, text: str, timeout: float, error: type[Exception] | tuple[type[Exception], ...], words: str | None
) -> None:
    async def work(pool: Pool) -> None:
        with pytest.raises(error, match=words):
            await pool.ask("query", FIELDS, text)
        assert await fine(pool)

    with_pool(folder, replace(LIMITS, timeout=timeout), work)


def test_memory_is_bounded(folder: Path) -> None:
    doubling = "".join(f" BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(50))

    async def work(pool: Pool) -> None:
        with pytest.raises(WorkerDiedError, match="memory"):
            await pool.ask("query", FIELDS, f'SELECT * {{ BIND("0123456789" AS ?x0){doubling} }}')
        assert await fine(pool)

    with_pool(folder, replace(LIMITS, timeout=60), work)


def test_those_who_wait_are_few_and_do_not_wait_long(folder: Path) -> None:
    async def work(pool: Pool) -> None:
        running = asyncio.create_task(pool.ask("query", FIELDS, ENDLESS))
        await asyncio.sleep(0.1)
        waiting = asyncio.create_task(fine(pool))
        await asyncio.sleep(0.05)
        with pytest.raises(BusyError):
            await pool.ask("query", FIELDS, "ASK {}")
        with pytest.raises(OutOfTimeError):
            await running
        assert await waiting

    with_pool(folder, LIMITS, work)


def test_nobody_works_for_a_client_that_has_left(folder: Path) -> None:
    async def work(pool: Pool) -> None:
        running = asyncio.create_task(pool.ask("query", FIELDS, ENDLESS))
        await asyncio.sleep(0.2)
        assert pool.state.idle == 0
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        assert await fine(pool)

    with_pool(folder, replace(LIMITS, timeout=60), work)


def test_a_store_that_cannot_be_opened_is_said(tmp_path: Path) -> None:
    with pytest.raises(ServeError, match="cannot be opened"):
        with_pool(tmp_path, LIMITS, fine)  # type: ignore[arg-type]


def test_a_worker_holds_no_socket_and_cannot_write(server: Running) -> None:
    server.healthy(2)
    for child in server.children():
        held = [os.readlink(one) for one in Path(f"/proc/{child}/fd").iterdir()]
        assert not [one for one in held if one.startswith("socket:")]
        limits = Path(f"/proc/{child}/limits").read_text()
        assert [line.split()[3:5] for line in limits.splitlines() if line.startswith("Max file size")] == [["0", "0"]]
        assert "Max address space" in limits
        assert str(2 << 30) in limits


def test_a_worker_has_no_network_where_the_system_allows_it(server: Running) -> None:
    alone = server.healthy(2)["network"] == "none"
    own = os.readlink(f"/proc/{server.process.pid}/ns/net")
    for child in server.children():
        assert (os.readlink(f"/proc/{child}/ns/net") != own) is alone
    able = subprocess.run(["unshare", "--user", "--net", "true"], capture_output=True, check=False).returncode == 0
    assert alone or not able


def test_workers_end_with_their_server(folder: Path) -> None:
    with serving(folder, "--timeout", "60", "--workers", "2") as running:
        running.healthy(2)
        children = running.children()
        with (
            httpx.Client(base_url=running.address, timeout=0.3, trust_env=False) as http,
            pytest.raises(httpx.TimeoutException),
        ):
            http.post("/sparql", data={"query": ENDLESS})
        running.process.send_signal(signal.SIGKILL)
        running.process.wait(10)
        end = time.monotonic() + 10
        while any(Path(f"/proc/{child}").exists() for child in children):
            assert time.monotonic() < end
            time.sleep(0.05)


def test_a_new_build_is_served_without_a_restart(tmp_path: Path) -> None:
    folder = tmp_path / "output"
    build(folder)
    with serving(folder, "--workers", "2") as running:
        assert running.ask("ASK { model:言海 ai:developedBy org:lingxi }")
        for facts in (KNOWLEDGE.facts[:1], KNOWLEDGE.facts, KNOWLEDGE.facts[1:2]):
            build(folder, replace(KNOWLEDGE, facts=facts))
            answers = {running.rows("SELECT (COUNT(*) AS ?n) { ?s ai:developedBy ?o }")[0]["n"] for _ in range(6)}
            assert answers == {str(sum(fact.predicate == "developedBy" for fact in facts))}


def test_two_servers_cannot_have_one_port(folder: Path) -> None:
    with serving(folder, "--workers", "1") as running:
        port = running.address.rstrip("/").rpartition(":")[2]
        done = subprocess.run(
            [sys.executable, "-m", "kg", "serve", "--graph", str(folder), "--port", port],
            capture_output=True, env=environment(), timeout=60, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert "something is listening there already; choose another with --port" in done.stderr.decode()
