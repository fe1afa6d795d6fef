"""A server as a user starts it: another process, found by the line that it prints."""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from command_line import environment
from pyoxigraph import Quad, RdfFormat, Store, serialize

JSON = "application/sparql-results+json"
FORM = "application/x-www-form-urlencoded"


class Running:
    """A running `kg serve`."""

    def __init__(self, process: subprocess.Popen[bytes], address: str) -> None:
        self.process, self.address = process, address
        self.http = httpx.Client(base_url=address, timeout=60, trust_env=False)

    def query(self, text: str, accept: str | None = JSON, **parameters: str) -> httpx.Response:
        headers = {} if accept is None else {"Accept": accept}
        return self.http.post("/sparql", data={"query": text, **parameters}, headers=headers)

    def rows(self, text: str) -> list[dict[str, str]]:
        response = self.query(text)
        assert response.status_code == 200, response.text
        return [{k: v["value"] for k, v in row.items()} for row in response.json()["results"]["bindings"]]

    def ask(self, text: str) -> bool:
        return bool(self.query(text).json()["boolean"])

    def children(self) -> set[int]:
        """The workers' process numbers."""
        found = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return {int(one) for one in found.split()}

    def healthy(self, workers: int, seconds: float = 90) -> dict[str, object]:
        """What /healthz says as soon as all workers are idle."""
        end = time.monotonic() + seconds
        while True:
            said = self.http.get("/healthz").json()
            if said["idle"] == workers == said["workers"]:
                return dict(said)
            assert time.monotonic() < end, said
            time.sleep(0.05)


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[Running]:
    """A server over the graph in a folder; ended with a signal, and without a traceback."""
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "serve", "--graph", str(folder), "--port", "0", *options],
        stderr=subprocess.PIPE,
        env=environment(),
    )
    assert process.stderr is not None
    try:
        assert select.select([process.stderr], [], [], 60)[0], "the server does not start"
        line = os.read(process.stderr.fileno(), 4096).decode()
        found = re.search(r"serving at (http://\S+/) ", line)
        assert found, line
        running = Running(process, found[1])
        with running.http:
            yield running
    finally:
        process.terminate()
        try:
            process.wait(20)
        finally:
            process.kill()
            said = process.stderr.read().decode()
            process.stderr.close()
    assert "Traceback" not in said, said


def folder_of(quads: Iterable[Quad], folder: Path) -> Path:
    """A graph of any quads, as a build would leave it."""
    found = list(quads)
    folder.mkdir(parents=True, exist_ok=True)
    store = Store(str(folder / "store"))
    store.bulk_extend(found)
    store.flush()
    (folder / "kg.trig").write_bytes(serialize(found, format=RdfFormat.TRIG) or b"")
    return folder
