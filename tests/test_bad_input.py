"""Bad input, from end to end: one clear line, the right exit code, no traceback, and nothing damaged."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import SAMPLES, digests, environment, kg

GOOD = "百度于2023年3月16日发布文心一言。\n"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a good document `good.txt`, to be built with a bad one."""
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    return tmp_path


def one_line(done: subprocess.CompletedProcess[str], code: int, *words: str) -> None:
    """That a run said one thing, in one line with these words, and left with this code."""
    lines = done.stderr.splitlines()
    assert done.returncode == code, done.stderr
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("kg: ")
    assert "Traceback" not in done.stderr + done.stdout
    for word in words:
        assert word in lines[0], lines[0]


def failed(place: Path, name: str, *words: str) -> None:
    """That of good.txt and `name` the first is built and the second is reported."""
    done = kg("build", "good.txt", name, "-o", "output", cwd=place)
    one_line(done, 1, name.split("/")[0].strip("*"), *words)
    assert "1 document," in done.stdout
    assert "1 failure" in done.stdout
    assert len(digests(place / "output")) == 6


def test_missing_path(place: Path) -> None:
    one_line(kg("build", "good.txt", "nowhere.txt", cwd=place), 2, "nowhere.txt", "no such file")
    assert not (place / "output").exists()


def test_missing_path_leaves_the_old_graph_alone(place: Path) -> None:
    assert kg("build", "good.txt", cwd=place).returncode == 0
    before = digests(place / "output")
    one_line(kg("build", "nowhere.txt", cwd=place), 2, "nowhere.txt")
    assert digests(place / "output") == before


def test_nothing_to_read(place: Path) -> None:
    one_line(kg("build", cwd=place), 2, "INPUT", "kg build --help")
    (place / "empty").mkdir()
    one_line(kg("build", "empty", cwd=place), 2, "empty", "without documents")
    one_line(kg("build", "*.pdf", cwd=place), 2, "*.pdf", "matches no document")


def test_empty_file(place: Path) -> None:
    (place / "empty.txt").write_bytes(b"\xef\xbb\xbf \n")
    failed(place, "empty.txt", "empty")


def test_binary_file(place: Path) -> None:
    (place / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    failed(place, "picture.txt")


def test_undecodable_file(place: Path) -> None:
    (place / "noise.txt").write_bytes(bytes(0x80 + (n * 37) % 0x80 if n % 3 else 0xFF for n in range(6000)))
    failed(place, "noise.txt")


def test_json_lines_with_a_bad_line(place: Path) -> None:
    good = '{"id": "one", "text": "百川智能发布了Baichuan-7B。"}\n'
    (place / "wires.jsonl").write_text(good + '{"id": "two", "text": \n', encoding="utf-8")
    done = kg("build", "good.txt", "wires.jsonl", cwd=place)
    one_line(done, 1, "wires.jsonl", "2")
    assert "2 documents," in done.stdout


def test_html_without_a_body(place: Path) -> None:
    (place / "page.html").write_text("<html><head><title>百度</title></head></html>", encoding="utf-8")
    failed(place, "page.html")


def test_encrypted_pdf(place: Path) -> None:
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="AES-256")
    with (place / "locked.pdf").open("wb") as file:
        writer.write(file)
    failed(place, "locked.pdf", "password")


def test_directory_loop(place: Path) -> None:
    folder = place / "texts"
    folder.mkdir()
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    (folder / "again").symlink_to(folder, target_is_directory=True)
    done = kg("build", "texts", cwd=place)
    one_line(done, 1, "again", "link")
    assert "1 document," in done.stdout


def test_file_without_permission(place: Path) -> None:
    locked = place / "locked.txt"
    locked.write_text(GOOD, encoding="utf-8")
    locked.chmod(0)
    done = run(place, ["build", "good.txt", "locked.txt"], before=_as_anybody)
    locked.chmod(0o600)
    if "2 documents" in done.stdout:
        pytest.skip("this user reads every file, and the system lets nobody give that up")
    one_line(done, 1, "locked.txt", "permission")


def test_link_to_nowhere(place: Path) -> None:
    (place / "texts").mkdir()
    (place / "texts" / "gone.txt").symlink_to("nowhere")
    (place / "texts" / "good.txt").write_text(GOOD, encoding="utf-8")
    one_line(kg("build", "texts", cwd=place), 1, "gone.txt")


@pytest.mark.slow
def test_a_single_line_of_50_megabytes(place: Path) -> None:
    line = GOOD.strip() * ((50 << 20) // len(GOOD.strip().encode()) + 1)
    (place / "long.txt").write_text(line, encoding="utf-8")
    began = time.monotonic()
    done = kg("build", "long.txt", cwd=place)
    assert done.returncode in {0, 1}, done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == done.returncode
    assert time.monotonic() - began < 60


def test_a_document_beyond_the_limit(place: Path) -> None:
    with (place / "huge.txt").open("wb") as file:
        file.truncate(65 << 20)
    failed(place, "huge.txt", "MiB")


def test_no_document_could_be_read(place: Path) -> None:
    assert kg("build", "good.txt", cwd=place).returncode == 0
    before = digests(place / "output")
    (place / "empty.txt").touch()
    done = kg("build", "empty.txt", cwd=place)
    one_line(done, 1, "empty.txt", "empty")
    assert "Nothing was written" in done.stdout
    assert digests(place / "output") == before


def test_unknown_ontology(place: Path) -> None:
    one_line(kg("build", "good.txt", "--ontology", "ai-modles", cwd=place), 2, "ai-modles", "did you mean ai-models")
    assert not (place / "output").exists()


def test_misspelt_annotator(place: Path) -> None:
    one_line(kg("extract", "good.txt", "--annotator", "lexicn", cwd=place), 2, "lexicn", "did you mean")


def test_a_typo_fails_before_the_first_document(place: Path) -> None:
    for number in range(2000):
        (place / f"{number}.txt").write_text(GOOD, encoding="utf-8")
    began = time.monotonic()
    one_line(kg("build", ".", "--annotator", "lexicn", cwd=place), 2, "lexicn")
    assert time.monotonic() - began < 4


def test_lexicon_that_is_missing_or_wrong(place: Path) -> None:
    one_line(kg("extract", "good.txt", "--lexicon", "nowhere.tsv", cwd=place), 2, "nowhere.tsv", "no such file")
    (place / "my.tsv").write_text("name\ttype\n澄海\tMadel\n", encoding="utf-8")
    one_line(kg("extract", "good.txt", "--lexicon", "my.tsv", cwd=place), 2, "my.tsv, line 2", "Madel")


def test_output_that_is_a_file(place: Path) -> None:
    (place / "output").write_text("mine", encoding="utf-8")
    one_line(kg("build", "good.txt", cwd=place), 2, "output", "file")
    assert (place / "output").read_text(encoding="utf-8") == "mine"


def test_output_inside_the_input(place: Path) -> None:
    assert kg("build", ".", cwd=place).returncode == 0
    before = digests(place / "output")
    one_line(kg("build", ".", cwd=place), 2, "output", "inside")
    assert digests(place / "output") == before


def test_full_disk(place: Path) -> None:
    assert kg("build", "good.txt", cwd=place).returncode == 0
    before = digests(place / "output")
    done = run(place, ["build", str(SAMPLES)], before=_small_disk)
    one_line(done, 2, "output", "could not be written")
    assert digests(place / "output") == before
    assert sorted(p.name for p in (place / "output").iterdir() if p.name.startswith(".")) == []
    assert kg("query", "landscape", cwd=place).returncode == 0


def test_full_disk_for_an_export(place: Path, sample: Path) -> None:
    (place / "facts.csv").write_text("old", encoding="utf-8")
    done = run(place, ["export", "--format", "csv", "-o", "facts.csv", "--graph", str(sample)], before=_small_disk)
    one_line(done, 2, "facts.csv")
    assert (place / "facts.csv").read_text(encoding="utf-8") == "old"
    assert sorted(p.name for p in place.iterdir()) == ["facts.csv", "good.txt"]


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_interrupt(place: Path, workers: int) -> None:
    """A terminal sends Ctrl-C to every process of the command."""
    assert kg("build", "good.txt", cwd=place).returncode == 0
    before = digests(place / "output")
    records = (f'{{"id": "d{n}", "text": "{"百度发布了文心一言。" * 50}第{n}条。"}}\n' for n in range(20_000))
    (place / "many.jsonl").write_text("".join(records), encoding="utf-8")
    child = subprocess.Popen(
        [sys.executable, "-m", "kg", "build", "many.jsonl", "--workers", str(workers)],
        cwd=place,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    time.sleep(3)
    started = time.monotonic()
    while workers > 1 and len(_group(child.pid)) <= workers:  # on a busy machine processes start late
        assert time.monotonic() - started < 60
        time.sleep(0.2)
    assert child.poll() is None, "it ended before it could be interrupted"
    os.killpg(child.pid, signal.SIGINT)
    out, err = child.communicate(timeout=90)
    one_line(subprocess.CompletedProcess([], child.returncode, out.decode(), err.decode()), 130, "interrupted")
    assert digests(place / "output") == before
    assert not [p.name for p in (place / "output").iterdir() if p.name.startswith(".")]
    deadline = time.monotonic() + 5
    while _group(child.pid) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not _group(child.pid)


def test_an_interrupt_inside_an_exec_has_its_code_too(place: Path) -> None:
    """Python dies of such an interrupt at its end, if nothing makes it forget; dataclasses are made by `exec`."""
    program = """
from kg import commands, output
output.build = lambda *_, **__: exec("raise KeyboardInterrupt")
commands.main(["build", "good.txt"])
"""
    (place / "interrupted.py").write_text(program, encoding="utf-8")
    command = [sys.executable, "-m", "interrupted"]
    done = subprocess.run(command, cwd=place, env=environment(), capture_output=True, text=True, check=False)
    one_line(done, 130, "interrupted")


def test_an_early_interrupt_is_quiet_too(place: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "kg", "build", "-"],
        cwd=place,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    time.sleep(3)  # on a busy machine Python itself takes a second to start
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=90)
    one_line(subprocess.CompletedProcess([], child.returncode, out.decode(), err.decode()), 130, "interrupted")
    assert not (place / "output" / "kg.ttl").exists()


def test_a_name_that_drives_the_terminal(place: Path) -> None:
    done = kg("build", "no\x1b[31msuch\n\u202efile", cwd=place)
    one_line(done, 2)
    assert "\x1b" not in done.stderr
    assert "\u202e" not in done.stderr


@pytest.mark.parametrize(
    "command", ["query landscape", "explain X", "stats", "validate", "view", "export --format ttl"]
)
def test_no_graph_yet(place: Path, command: str) -> None:
    one_line(kg(*command.split(), cwd=place), 2, "output", "no graph here", "kg build")


def test_questions_that_cannot_be_asked(sample: Path) -> None:
    at = ("--graph", sample)
    one_line(kg("query", "landscap", *at), 2, "landscap", "did you mean landscape")
    one_line(kg("query", "-q", "SELECT ?s WHERE { ?s a }", *at), 2, "line 1")
    one_line(kg("query", "landscape", "-q", "ASK {}", *at), 2, "not both")
    one_line(kg("query", "models-of", *at), 2, "company")
    one_line(kg("query", "models-of", "--param", "company", *at), 2, "NAME=VALUE")
    one_line(kg("query", "models-of", "--param", "company=没有这家", *at), 2, "没有这家")
    one_line(kg("query", "-q", "DELETE WHERE { ?s ?p ?o }", *at), 2)
    one_line(kg("explain", "没有这个", *at), 2, "没有这个")
    one_line(kg("export", "--format", "docx", *at), 2, "docx")


def test_wrong_use_of_the_command() -> None:
    one_line(kg("bild"), 2, "bild", "did you mean build")
    one_line(kg("build", "--outptu", "x"), 2, "--outptu", "kg build --help")
    one_line(kg("evaluate", "gold"), 2, "--documents", "--claims")
    one_line(kg("build", "x", "--workers", "0"), 2, "--workers")


def test_debug_shows_the_traceback(place: Path) -> None:
    done = kg("--debug", "build", "nowhere.txt", cwd=place)
    assert done.returncode == 1
    assert "Traceback" in done.stderr
    assert "InputError" in done.stderr


def run(place: Path, arguments: list[str], *, before: Callable[[], None]) -> subprocess.CompletedProcess[str]:
    """`kg` in a process where `before` has changed what the system allows."""
    done = subprocess.run(
        [sys.executable, "-m", "kg", *arguments],
        cwd=place,
        env=environment(),
        capture_output=True,
        timeout=60,
        preexec_fn=before,
        check=False,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def _small_disk() -> None:
    """No file can grow beyond 20 kB; the system then says so as it does for a full disk."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))


def _as_anybody() -> None:
    """Take from root, for the program that follows, the power to read what it has no permission for."""
    import ctypes

    drop_capability, read_and_write_all, read_all = 24, 1, 2
    process = ctypes.CDLL(None)
    process.prctl(drop_capability, read_and_write_all, 0, 0, 0)
    process.prctl(drop_capability, read_all, 0, 0, 0)


def _group(leader: int) -> list[int]:
    """The processes that a terminal would count to this one's command."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, group = entry.read_text(encoding="utf-8").rpartition(")")[2].split()[:3]
        except OSError:
            continue  # it has ended in between
        if int(group) == leader and state != "Z":
            found.append(int(entry.parent.name))
    return found
