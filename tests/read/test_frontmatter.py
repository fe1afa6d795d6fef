"""Front matter of Markdown and text."""

from __future__ import annotations

import pytest

from kg.read.frontmatter import split


def test_the_block_gives_metadata_as_written_and_leaves_the_text() -> None:
    front = split(
        "---\ntitle: 春天的公园\ndate: 2023-04-05\nlink: https://news.example.org/a\nauthor_site: 河边日报\n"
        "tags: [a, b]\n---\n# 正文\n\n第一段。"
    )
    assert front.text == "# 正文\n\n第一段。"
    assert (front.title, front.published) == ("春天的公园", "2023-04-05")
    assert (front.url, front.publisher, front.notes) == ("https://news.example.org/a", "河边日报", ())


@pytest.mark.parametrize(
    "written", ["2023-04-05", "2023/4/5", "2023年4月", "20230405", "1.10", "2023-04-05T08:00:00Z", "yes"]
)
def test_values_stay_as_they_were_written(written: str) -> None:
    assert split(f"---\npublished: {written}\n---\nx").published == written


def test_the_better_key_counts_and_null_is_nothing() -> None:
    front = split("---\ndate: 2022-01-01\nPublished: 2023-01-01\ntitle: null\nurl: ~\nsource:\npublisher: 晚报\n---\nx")
    assert (front.published, front.title, front.url, front.publisher) == ("2023-01-01", None, None, "晚报")


def test_windows_line_ends_and_a_closing_of_dots() -> None:
    front = split("---\r\ntitle: a\r\n...\r\nbody\r\n")
    assert (front.title, front.text) == ("a", "body\r\n")


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: [unclosed\n---\nbody",
        "---\n\tbad: tab\n---\nbody",
        "---\njust a sentence between rules\n---\nbody",
        "---\n- a\n- b\n---\nbody",
        "---\nno end",
        "---\n" + "[" * 5000 + "\n---\nbody",
        "---\n" + "a: b\n" * 30_000 + "---\nbody",
    ],
)
def test_a_bad_block_stays_text_with_a_note(text: str) -> None:
    front = split(text)
    assert front.text == text
    assert [note.code for note in front.notes] == ["front-matter"]
    assert front.title is None


@pytest.mark.parametrize("text", ["body", "", "----\na: b\n----\n", "words\n---\na: b\n---\n", " ---\na: b\n---\n"])
def test_other_text_is_left_alone(text: str) -> None:
    assert split(text).text == text
    assert split(text).notes == ()


def test_anchors_that_multiply_are_harmless() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    front = split("---\n" + "\n".join(lines) + "\ntitle: here\n---\nbody")
    assert (front.title, front.text) == ("here", "body")
