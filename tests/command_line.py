"""The command `kg` as a user runs it: another process, in a folder of the test's own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "seeds" / "ai-models" / "documents"
SHARED = ROOT.parent / "shared"
FILES = ("claims.ttl", "documents.jsonl", "graph.html", "kg.trig", "kg.ttl", "report.json")
"""What a build writes beside `store/` and the workspace: the same bytes every time."""
WORKSPACE = "workspace.sqlite"


def environment(**more: str) -> dict[str, str]:
    """The environment of a child: this checkout's `kg`, warnings as they are for users, a terminal of 100 columns."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "PYTHON", "COV"))}
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    return kept | {"PYTHONPATH": path, "COLUMNS": "100", "PYTHONUTF8": "1"} | more


def kg(
    *arguments: str | Path,
    cwd: Path | None = None,
    stdin: bytes = b"",
    timeout: float = 120,
    **variables: str,
) -> subprocess.CompletedProcess[str]:
    """Run `kg` to its end; stdout and stderr as text."""
    done = subprocess.run(
        [sys.executable, "-m", "kg", *map(str, arguments)],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        timeout=timeout,
        env=environment(**variables),
        check=False,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def digests(folder: Path) -> dict[str, str]:
    """By name, the digest of every file of a build that must be the same each time."""
    import hashlib

    found = {path.name for path in folder.iterdir() if path.is_file()}
    assert found == {*FILES, WORKSPACE}, found
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES}
