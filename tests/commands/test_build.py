"""`kg build`."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from command_line import FILES, WORKSPACE, environment, kg

GOOD = "百度于2023年3月16日发布文心一言。\n"


def test_the_last_lines_say_what_came_out_and_what_to_do_next(tmp_path: Path) -> None:
    done = kg("build", "-", cwd=tmp_path, stdin=GOOD.encode())
    assert done.returncode == 0
    assert not done.stderr
    first, *rest = done.stdout.splitlines()
    assert first.startswith("1 document, 2 claims, 2 facts, 0 conflicts, 0 failures, ")
    assert first.endswith(" seconds")
    assert rest[0] == "next:  kg query landscape"
    assert {path.name for path in (tmp_path / "output").iterdir()} == {*FILES, WORKSPACE, "store"}


def test_what_to_do_next_names_another_folder(tmp_path: Path) -> None:
    done = kg("build", "-", "-o", "a b", cwd=tmp_path, stdin=GOOD.encode())
    assert "kg query landscape --graph 'a b'" in done.stdout


def test_json(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    done = kg("build", "-", "empty.txt", "--json", cwd=tmp_path, stdin=GOOD.encode())
    assert done.returncode == 1
    said = json.loads(done.stdout)
    assert (said["documents"], said["facts"], said["failures"], said["written"]) == (1, 2, 1, True)
    assert [one["source"] for one in said["failed"]] == ["empty.txt"]


def test_every_kind_of_input_at_once(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one.md").write_text("---\ntitle: 一\n---\n\n" + GOOD, encoding="utf-8")
    (tmp_path / "a" / "two.html").write_text(f"<html><body><p>{GOOD}</p></body></html>", encoding="utf-8")
    (tmp_path / "three.txt").write_text(GOOD, encoding="gb18030")
    (tmp_path / "four.jsonl").write_text(json.dumps({"id": "four", "text": GOOD}) + "\n", encoding="utf-8")
    done = kg("build", "a", "*.txt", "four.jsonl", "-", cwd=tmp_path, stdin=GOOD.encode("utf-16"))
    assert done.returncode == 0, done.stderr
    report = json.loads((tmp_path / "output" / "report.json").read_text(encoding="utf-8"))
    assert [document["id"] for document in report["documents"]] == ["four", "one", "stdin", "three", "two"]


def read_to_the_end(terminal: int, into: list[bytes]) -> None:
    """Read what comes out of a terminal until its other side is closed, which Linux tells as an error."""
    with contextlib.suppress(OSError):
        while piece := os.read(terminal, 1 << 16):
            into.append(piece)


def test_a_bar_on_a_terminal_and_none_in_a_pipe(tmp_path: Path) -> None:
    leader, follower = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-m", "kg", "build", "-"],
        cwd=tmp_path,
        env=environment(TERM="xterm"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=follower,
    )
    os.close(follower)
    shown: list[bytes] = []
    reader = threading.Thread(target=read_to_the_end, args=(leader, shown))  # a terminal that nobody reads holds up
    reader.start()
    out, _ = child.communicate(GOOD.encode(), timeout=120)
    reader.join()
    os.close(leader)
    assert child.returncode == 0
    assert b"documents" in b"".join(shown)
    assert b"\x1b" not in out


def test_spacy_model_is_for_spacy(tmp_path: Path) -> None:
    done = kg("build", "-", "--annotator", "lexicon", "--spacy-model", "mine", cwd=tmp_path, stdin=GOOD.encode())
    assert done.returncode == 2
    assert "--spacy-model" in done.stderr


def test_a_spacy_model_that_is_not_there(tmp_path: Path) -> None:
    pytest.importorskip("kg.annotate.spacy")
    done = kg("build", "-", "--spacy-model", "no_such_pipeline", cwd=tmp_path, stdin=GOOD.encode())
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "no_such_pipeline" in done.stderr


def test_what_it_writes_is_read_by_rdflib_and_by_pyoxigraph(sample: Path) -> None:
    import pyoxigraph
    import rdflib

    for name in ("kg.ttl", "claims.ttl"):
        theirs = rdflib.Graph().parse(sample / name)
        ours = list(pyoxigraph.parse((sample / name).read_bytes(), pyoxigraph.RdfFormat.TURTLE))
        assert len(theirs) == len(ours) > 100
        assert not [node for triple in theirs for node in triple if isinstance(node, rdflib.BNode)]


def test_the_picture_needs_no_network(sample: Path) -> None:
    page = (sample / "graph.html").read_text(encoding="utf-8")
    assert "<script src=" not in page
    assert "<link" not in page or 'href="http' not in page.split("<link", 1)[1].split(">", 1)[0]
