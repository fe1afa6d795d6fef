"""Names in small letters."""

from __future__ import annotations

import pytest
from reading import annotated


def small(text: str) -> dict[str, str]:
    """The names that only their place shows, with their classes."""
    return {m.name: m.readings[0].type for m in annotated(text).mentions if m.recognizer == "lowercase"}


@pytest.mark.parametrize(
    ("text", "name", "type_"),
    [
        ("wrenlm is a small language model.", "wrenlm", "Model"),
        ("- wrenbox - a writing assistant for lawyers", "wrenbox", "Product"),
        ("# wrenlm\n\nwrenlm is a small family of Dutch and German language models.", "wrenlm", "Model"),
        ("Tarn-7 was made by glasfern, a three-person lab in Wales.", "glasfern", "Organization"),
    ],
)
def test_what_a_line_says_of_its_first_word(text: str, name: str, type_: str) -> None:
    assert small(text).get(name) == type_


def test_it_is_a_name_wherever_it_stands() -> None:
    text = "wrenlm is a small language model.\n\nWe tested wrenlm and wrenlm-2."
    assert [m.text for m in annotated(text).mentions if m.recognizer == "lowercase"] == ["wrenlm", "wrenlm"]


@pytest.mark.parametrize(
    "text",
    [
        "this is a small language model.",
        "- training is a matter of days",
        "It was made by hand, a slow process.",
        "the model - a small one - was late",
    ],
)
def test_ordinary_words_are_no_names(text: str) -> None:
    assert not small(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Penfold is a code editor by Rook Labs.", "Penfold"),
        ("Rook Labs switched on wren-asr, a 600M-parameter speech recogniser.", "wren-asr"),
        ("The group reported on hazel, a 350M-parameter model.", "hazel"),
        ("Releases · acmeworks/quillet\n\nOld configs of quillet will not load.", "quillet"),
    ],
)
def test_names_that_begin_a_sentence_follow_a_verb_or_title_a_repository(text: str, name: str) -> None:
    assert name in small(text)


def test_a_word_that_the_text_has_in_small_letters_is_none() -> None:
    assert not small("Speed is a tool by which speed is measured.")
