"""What the model sees of characters."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.annotate.shapes import COLUMNS, columns


@given(st.text(max_size=60))
def test_every_character_has_its_columns(text: str) -> None:
    table = columns(text)
    assert table.shape == (len(text), COLUMNS)
    assert (table == columns(text)).all()
    assert (table != 0).all(), "0 stands for what training hides"


def test_a_latin_word_is_seen_whole() -> None:
    table = columns("the Kestrel-2 model")
    word = slice(4, 13)
    assert len(set(table[word, 1].tolist())) == 1, "the word"
    assert len(set(table[word, 8].tolist())) == 3, "its shape, at its begin, inside, at its end"


def test_quotes_are_seen_as_far_as_they_are_near() -> None:
    plain, quoted = columns("远帆很快"), columns("“远帆”很快")
    assert plain[0, 8] != quoted[1, 8]
    assert plain[3, 8] == quoted[5, 8]
    far = columns("“" + "远" * 60 + "”")
    assert far[30, 8] == columns("远" * 60)[29, 8]


def test_hashes_are_fixed() -> None:
    """The shipped weights belong to these numbers: another hash needs another training."""
    assert columns("A")[0].tolist() == [
        15265406731790975042,
        11200428676758110476,
        9031405797828919512,
        2087922506160865567,
        8134409462966976695,
        10692694191523823813,
        4856713395863224399,
        6879990674309448205,
        16825196441204228350,
    ]
