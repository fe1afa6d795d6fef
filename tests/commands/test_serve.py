"""`kg serve`; what it answers is in `tests/serve`."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from command_line import kg

from tests.serve.running import serving


def test_the_sample_graph_is_served(sample: Path) -> None:
    with serving(sample, "--workers", "1") as running:
        assert running.http.get("/healthz").json()["status"] == "ok"
        assert running.ask("ASK { ?m ai:developedBy ?o }")
        local = kg(
            "query",
            "-q",
            "SELECT ?m ?n { ?m ai:parameterCount ?n } ORDER BY ?m ?n",
            "--format",
            "csv",
            "--graph",
            sample,
        )
        served = running.query("SELECT ?m ?n { ?m ai:parameterCount ?n } ORDER BY ?m ?n", "text/csv")
        assert served.content.decode().replace("\r\n", "\n") == local.stdout.replace("\r\n", "\n")
        running.process.send_signal(signal.SIGINT)
        assert running.process.wait(20) == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--graph", "nowhere"], "no graph here; run: kg build INPUT -o nowhere"),
        (["--host", "192.0.2.77"], "choose another with --port"),
        (["--host", "no such host"], "no such address"),
        (["--port", "70000"], "70000 is not in the range"),
        (["--timeout", "0"], "0.0 is not in the range"),
    ],
)
def test_what_cannot_be_served_is_said_in_a_line(sample: Path, arguments: list[str], message: str) -> None:
    graph = () if "--graph" in arguments else ("--graph", sample)
    done = kg("serve", *arguments, *graph)
    assert done.returncode == 2
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_damaged_store_is_said(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "CURRENT").write_text("MANIFEST-000001\n", encoding="utf-8")
    (tmp_path / "kg.trig").write_text("", encoding="utf-8")
    done = kg("serve", "--graph", tmp_path, "--port", "0")
    assert done.returncode == 2
    assert "cannot be opened" in done.stderr
    assert "Traceback" not in done.stderr
