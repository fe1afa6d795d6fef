"""Reading as a whole: every format, ids and their clashes, order, and everything that can be wrong with a document."""

from __future__ import annotations

import builtins
import io
import json
import os
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from kg.errors import InputError
from kg.model import Failure, Source
from kg.read import files, listing, read

from .pdfs import encrypted, pdf

WORDS = "城里的公园今天开放了，门票免费。"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: str, content: str | bytes = WORDS) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_bytes(content.encode() if isinstance(content, str) else content)


def lines(*records: dict[str, Any] | str) -> str:
    return "".join((r if isinstance(r, str) else json.dumps(r, ensure_ascii=False)) + "\n" for r in records)


def sources(*inputs: str, stdin: bytes | None = None) -> dict[str, Source]:
    results = list(read(inputs, stdin=io.BytesIO(stdin) if stdin is not None else None))
    assert not [r for r in results if isinstance(r, Failure)]
    return {r.id: r for r in results if isinstance(r, Source)}


def failures(inputs: Sequence[str], *, stdin: bytes | None = None) -> dict[str, str]:
    results = read(inputs, stdin=io.BytesIO(stdin) if stdin is not None else None)
    return {r.source: r.message for r in results if isinstance(r, Failure)}


# Formats


def test_every_format() -> None:
    page = f"<html><head><title>t</title></head><body><h1>开放</h1><p>{WORDS}</p></body></html>"
    for name in ("a.txt", "b.text", "c.unknown", "d"):
        write(f"docs/{name}")
    write("docs/e.md", f"---\ntitle: T\ndate: 2023-01-02\nsource: 晚报\n---\n# {WORDS}")
    write("docs/f.markdown", f"---\nurl: https://e.org\n---\n{WORDS}")
    for name in ("g.html", "h.htm", "i.xhtml", "j.saved"):
        write(f"docs/{name}", page)
    write("docs/k.pdf", pdf("Words", Title="P"))
    write("docs/l.bin", pdf("Words"))
    write("docs/m.jsonl", lines({"text": WORDS, "title": "J"}))
    write("docs/n.ndjson", lines({"id": "n1", "text": WORDS}, {"id": "n2", "html": page}))
    write("docs/o.json", json.dumps([{"id": "o1", "text": WORDS}, {"text": WORDS}], indent=1))
    write("docs/p.json", json.dumps({"text": WORDS, "published": "2023"}, indent=1))
    write("docs/q.json", lines({"id": "q1", "text": WORDS}, {"id": "q2", "text": WORDS}))
    found = sources("docs")
    assert list(found) == [*"abcdefghijklm", "n1", "n2", "o-2", "o1", "p", "q1", "q2"]
    assert found["e"] == Source("e", f"# {WORDS}", "text/markdown", None, "2023-01-02", "T", None, "晚报")
    assert found["f"].url == "https://e.org"
    for id in ("g", "h", "i", "j", "n2"):
        assert (found[id].media_type, found[id].markup, found[id].title) == ("text/html", page, "t")
        assert found[id].text == f"# 开放\n{WORDS}"
    assert (found["k"].text, found["k"].title, found["k"].media_type) == ("Words", "P", "application/pdf")
    assert found["l"].media_type == "application/pdf"
    assert (found["m"].text, found["m"].title, found["p"].published) == (WORDS, "J", "2023")


def test_text_stays_as_it_is() -> None:
    text = "  １．全角\r\n\u200b零宽\ufeff e\u0301 🙂\u2028行\t\n\n"
    write("a.txt", b"\xef\xbb\xbf" + text.encode())
    assert sources("a.txt")["a"].text == text


def test_pages_in_other_codes() -> None:
    page = "<html><head><meta charset={}></head><body><p>城裡的公園今天開放了。</p></body></html>"
    write("gb.html", page.format("gb2312").encode("gbk"))
    write("big5.html", page.format("big5").encode("big5"))
    write("wrong.html", page.format("gb2312").encode("utf-8"))
    write("wide.saved", page.format("utf-8").encode("utf-16"))
    for source in sources("gb.html", "big5.html", "wrong.html", "wide.saved").values():
        assert source.text == "城裡的公園今天開放了。"


def test_what_json_says_counts_before_what_its_page_says() -> None:
    page = "<title>page</title><meta property='og:site_name' content='site'><p>words</p>"
    write("a.jsonl", lines({"id": "x", "html": page, "text": "other", "title": "json"}))
    source = sources("a.jsonl")["x"]
    assert (source.title, source.publisher, source.text, source.markup) == ("json", "site", "words", page)


def test_json_lines_end_at_line_feeds_only() -> None:
    text = "一\u2028二\u2029三\x85四"
    write(
        "a.jsonl",
        b"\xef\xbb\xbf" + lines({"id": 1, "text": text}, "", {"id": 2, "text": text}).replace("\n", "\r\n").encode(),
    )
    assert {id: source.text for id, source in sources("a.jsonl").items()} == {"1": text, "2": text}


def test_json_lines_in_utf16() -> None:
    write("a.jsonl", lines({"id": "a", "text": WORDS}, {"id": "b", "text": "上中下"}).encode("utf-16"))
    assert {id: source.text for id, source in sources("a.jsonl").items()} == {"a": WORDS, "b": "上中下"}


def test_half_a_surrogate_pair_is_replaced_and_noted() -> None:
    write("a.jsonl", '{"id": "x\\ud83d", "text": "a\\ud83db", "title": "t\\ude00"}\n')
    (source,) = sources("a.jsonl").values()
    assert (source.id, source.text, source.title) == ("x\\ud83d", "a\ufffdb", "t\ufffd")
    assert [note.code for note in source.notes] == ["damaged"]


# Standard input


def test_standard_input_as_text_lines_and_page() -> None:
    assert sources("-", stdin=WORDS.encode())["stdin"].text == WORDS
    assert list(sources("-", stdin=b"\n  " + lines({"id": "a", "text": "x"}, {"text": "y"}).encode())) == [
        "a",
        "stdin-3",
    ]
    assert list(sources("-", stdin=lines({"text": "x"}).encode("utf-16"))) == ["stdin"]
    assert sources("-", stdin=b"<!DOCTYPE html><p>words</p>")["stdin"].text == "words"
    assert sources("-", stdin=WORDS.encode("gbk"))["stdin"].text == WORDS
    write("a.txt")
    assert list(sources("-", "a.txt", stdin=b"words")) == ["a", "stdin"]


def test_bad_standard_input() -> None:
    assert failures(["-"], stdin=b"") == {"stdin": "the document is empty"}
    assert "not JSON" in failures(["-"], stdin=b'{"text": "a"}\n{bad\n')["stdin line 2"]
    assert "not decodable" in failures(["-"], stdin=b"\xff\xfe" + '{"'.encode("utf-16-le") + b"x")["stdin"]


# Ids and order


def test_stems_that_clash_give_way_to_relative_paths() -> None:
    for path in ("d/x/a.txt", "d/y/a.txt", "d/y/b.txt", "d/c.txt", "d/c.md"):
        write(path)
    assert list(sources("d")) == ["b", "c.md", "c.txt", "x/a", "y/a"]
    assert list(sources("d/y", "d/x")) == ["b", "x/a", "y/a"]


def test_a_given_id_has_the_first_right_to_it() -> None:
    write("d/a.txt")
    write("d/b.jsonl", lines({"id": "a", "text": "given"}))
    found = sources("d")
    assert {id: source.text for id, source in found.items()} == {"a": "given", "a.txt": WORDS}


def test_records_without_an_id_have_the_stem_and_their_line() -> None:
    write("d/x/a.jsonl", lines({"text": "1"}, "", {"text": "2"}))
    write("d/y/a.jsonl", lines({"text": "3"}, {"text": "4"}))
    write("d/y/b.ndjson", lines({"text": "5"}))
    assert {id: source.text for id, source in sources("d").items()} == {
        "x/a-1": "1", "a-3": "2", "y/a-1": "3", "a-2": "4", "b": "5",
    }  # fmt: skip


def test_one_id_with_the_same_text_is_read_once() -> None:
    write("a.jsonl", lines({"id": 1, "text": "same", "title": "first"}, {"id": "1", "text": "same"}))
    write("b.jsonl", lines({"id": "1", "text": "same"}))
    assert [(s.id, s.title) for s in sources("b.jsonl", "a.jsonl").values()] == [("1", "first")]


def test_one_id_with_two_texts_is_a_failure_that_names_both_places() -> None:
    write("a.jsonl", lines({"id": "1", "text": "one"}, {"id": "2", "text": "fine"}))
    write("b.jsonl", lines({"id": "1", "text": "other"}))
    results = list(read(["b.jsonl", "a.jsonl"]))
    assert isinstance(results[0], Failure)
    assert results[0].source == "a.jsonl line 1"
    assert "the id 1 stands for two different texts, here and in b.jsonl line 1" in results[0].message
    assert [r.id for r in results[1:] if isinstance(r, Source)] == ["2"]
    assert len(results) == 2


def test_the_order_is_by_id_whatever_the_order_of_the_inputs() -> None:
    write("d/b.txt")
    write("d/z.jsonl", lines({"id": "a", "text": "1"}, "{bad", {"id": "c", "text": "2"}))
    write("d/empty.txt", "")
    write("d/m.json", json.dumps([{"id": "ab", "text": "3"}]))
    inputs = ["d/b.txt", "d/z.jsonl", "d/m.json", "d/empty.txt", "-"]
    expected = list(read(inputs, stdin=io.BytesIO(b"words")))
    order = [r.id if isinstance(r, Source) else r.source for r in expected]
    assert order == ["a", "ab", "b", "c", "d/z.jsonl line 2", "d/empty.txt", "stdin"]
    for seed in range(5):
        shuffled = random.Random(seed).sample(inputs, len(inputs))
        assert list(read(shuffled, stdin=io.BytesIO(b"words"))) == expected


# Bad input


def test_wrong_use_is_raised_before_anything_is_read() -> None:
    write("a.txt")
    with pytest.raises(InputError, match="'missing'"):
        read(["a.txt", "missing"])


def test_documents_that_cannot_be_read_are_failures_and_the_rest_is_read() -> None:
    write("d/blank.txt", " \r\n\t ")
    write("d/bom.txt", b"\xef\xbb\xbf\n")
    write("d/empty.pdf", b"")
    write("d/front.md", "---\ntitle: only this\n---\n\n")
    write("d/good.txt")
    write("d/picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0")
    write("d/program.txt", b"MZ\x90\0\x03\0\0\0" + bytes(200))
    write("d/broken.txt", WORDS.encode() + b"\xff" + WORDS.encode())
    write("d/broken.html", b"<p>" + WORDS.encode() + b"\xff</p>")
    write("d/nothing.html", "<html><body><script>draw()</script></body></html>")
    write("d/locked.pdf", encrypted(pdf("Words"), "secret", "AES-256"))
    write("d/scan.pdf", pdf("", ""))
    write("d/fake.pdf", "words")
    write("d/none.jsonl", "\n\n")
    write("d/array.json", "[]")
    write("d/bad.json", "[{]")
    write("d/mixed.json", json.dumps([{"text": "fine"}, {"title": "no text"}, {"text": " "}]))
    results = list(read(["d"]))
    found = {r.source.removeprefix("d/"): r.message for r in results if isinstance(r, Failure)}
    assert [r.id for r in results if isinstance(r, Source)] == ["good", "mixed-1"]
    for name, message in {
        "blank.txt": "empty",
        "bom.txt": "empty",
        "empty.pdf": "empty",
        "front.md": "empty",
        "picture.png": "not a text document: a PNG image",
        "program.txt": "not a text document",
        "broken.txt": f"offset {len(WORDS.encode())}",
        "broken.html": f"offset {len(WORDS.encode()) + 3}",
        "nothing.html": "no visible text",
        "locked.pdf": "needs a password",
        "scan.pdf": "scanned",
        "fake.pdf": "not a PDF",
        "none.jsonl": "empty",
        "array.json": "empty",
        "bad.json": "not JSON",
        "mixed.json record 2": "no 'text'",
        "mixed.json record 3": "empty",
    }.items():
        assert message in found.pop(name), name
    assert not found


def test_a_bad_line_is_reported_by_its_number_and_the_rest_is_read() -> None:
    write("d/n.jsonl", lines({"id": "a", "text": "x"}, "{bad", "", {"id": "b"}, {"id": "c", "text": "z"}))
    results = list(read(["d/n.jsonl"]))
    assert [r.id for r in results if isinstance(r, Source)] == ["a", "c"]
    assert [r.source for r in results if isinstance(r, Failure)] == ["d/n.jsonl line 2", "d/n.jsonl line 4"]


def test_a_file_without_read_permission(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.txt", "b.txt", "c.jsonl"):
        write(name)
    opened = builtins.open

    def refuse(path: Any, *args: Any, **options: Any) -> Any:
        if os.fspath(path) in ("b.txt", "c.jsonl"):
            raise PermissionError(13, "Permission denied", path)
        return opened(path, *args, **options)

    monkeypatch.setattr(builtins, "open", refuse)
    results = list(read(["a.txt", "b.txt", "c.jsonl"]))
    assert [r.id for r in results if isinstance(r, Source)] == ["a"]
    assert [r.source for r in results if isinstance(r, Failure)] == ["b.txt", "c.jsonl"]
    assert all("no permission" in r.message for r in results if isinstance(r, Failure))


def test_a_file_that_is_gone_when_its_turn_comes() -> None:
    write("a.txt")
    results = read(["a.txt"])
    os.remove("a.txt")
    assert [type(r) for r in results] == [Failure]


def test_a_file_that_changes_while_it_is_read() -> None:
    write("a.jsonl", lines({"id": "a", "text": "one"}, {"id": "b", "text": "two"}))
    results = read(["a.jsonl"])
    assert isinstance(next(results), Source)
    write("a.jsonl", lines({"id": "a", "text": "one"}, {"id": "b", "text": "six"}))
    (failure,) = results
    assert isinstance(failure, Failure)
    assert "was changed" in failure.message


@pytest.mark.parametrize("name", ["a\nb.txt", "red\x1b[31m.txt", "it's.txt"])
def test_strange_names_are_shown_on_one_printable_line(name: str) -> None:
    write(f"d/{name}", "")
    assert list(failures(["d"])) == [repr(f"d/{name}")]
    with pytest.raises(InputError) as raised:
        read([name])
    assert str(raised.value).isprintable()


def test_a_name_that_is_not_utf8_has_an_id_that_can_be_written() -> None:
    write(os.fsdecode(b"d/\xd6\xd0.txt"))
    (id,) = sources("d")
    assert id == "\\xd6\\xd0"


def test_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    assert files.LIMIT == 64 * 1024 * 1024
    monkeypatch.setattr(files, "LIMIT", 2 << 20)
    monkeypatch.setattr(listing, "LIMIT", 2 << 20)
    large = "x" * (2 << 20)
    write("d/fits.txt", large)
    write("d/large.txt", large + "x")
    write("d/large.json", json.dumps([{"text": large}]))
    write("d/large.jsonl", lines({"id": "a", "text": "x"}, {"id": "b", "text": large}, {"id": "c", "text": "x"}))
    results = list(read(["d", "-"], stdin=io.BytesIO(large.encode() + b"x")))
    assert [r.id for r in results if isinstance(r, Source)] == ["a", "c", "fits"]
    bad = {r.source: r.message for r in results if isinstance(r, Failure)}
    assert sorted(bad) == ["d/large.json", "d/large.jsonl line 2", "d/large.txt", "stdin"]
    assert all("2 MiB" in message for message in bad.values())


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_fifty_megabytes_in_one_line(encoding: str) -> None:
    unit = WORDS.encode(encoding)
    count = (50 << 20) // len(unit)
    write("a.txt", unit * count)
    assert sources("a.txt")["a"].text == WORDS * count


def test_fifty_megabytes_in_one_record() -> None:
    count = (50 << 20) // len(WORDS.encode())
    write("a.jsonl", b'{"id": "a", "text": "' + WORDS.encode() * count + b'"}\n')
    assert len(sources("a.jsonl")["a"].text) == len(WORDS) * count


def test_an_iterator_that_is_left_closes_what_it_opened() -> None:
    results = read(["-"], stdin=io.BytesIO(lines({"id": 1, "text": "a"}, {"id": 2, "text": "b"}).encode()))
    assert isinstance(next(results), Source)
    del results


def test_the_documents_of_the_project_are_read() -> None:
    folder = Path(__file__).parents[3] / "shared" / "seeds"
    if not folder.is_dir():
        pytest.skip("the shared seeds are not here")
    found = sources(str(folder))
    assert len(found) == 5
    for path in folder.glob("*.txt"):
        assert found[path.stem].text == path.read_bytes().decode("utf-8")
