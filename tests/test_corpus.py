"""The format of annotated sentences: what is read, what is refused and where, and which sentences are for testing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg import corpus, ontology, patternfile
from kg.corpus import Sentence
from kg.errors import OntologyError
from kg.model import Span, Stance

ROOT = Path(__file__).resolve().parent.parent

TEXT = """# Two sentences to read.
# genre: wire news
[青禾智能|Organization]发布了[“远帆”大模型|Model:远帆]，[3月6日|Date]起开放。
  developedBy(2, 1)
  releasedOn(2, 3) planned

[Kestrel \\[beta\\]|Model] has [a billion|-] users, says [Oriole Labs|Organization] in \\[brackets\\] \\| bars.
  developedBy(1, 3) rumoured
"""


def sentences(text: str) -> list[Sentence]:
    return list(corpus.parse(text, file="a.txt"))


def test_mentions_and_relations_are_read() -> None:
    first, second = sentences(TEXT)
    assert first.text == "青禾智能发布了“远帆”大模型，3月6日起开放。"
    assert [(m.type, m.text, m.name) for m in first.mentions] == [
        ("Organization", "青禾智能", "青禾智能"),
        ("Model", "“远帆”大模型", "远帆"),
        ("Date", "3月6日", "3月6日"),
    ]
    assert all(first.text[m.span.start : m.span.end] == m.text for m in first.mentions)
    assert [(r.relation, r.subject, r.object, r.stance) for r in first.relations] == [
        ("developedBy", 1, 0, Stance.ASSERTED),
        ("releasedOn", 1, 2, Stance.PLANNED),
    ]
    assert (first.genre, first.file, first.line) == ("wire news", "a.txt", 3)
    assert second.text == "Kestrel [beta] has a billion users, says Oriole Labs in [brackets] | bars."
    assert second.traps == (Span(19, 28),)
    assert [(r.subject, r.object) for r in second.relations] == [(0, 1)], "marks are counted with the traps"


def test_masking_leaves_no_name() -> None:
    assert [s.masked for s in sentences(TEXT)] == [
        "□发布了□，□起开放。",
        "□ has a billion users, says □ in [brackets] | bars.",
    ]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a\n  developedBy(1, 2)\n", 2, "no mention 1"),
        ("  developedBy(1, 2)\n", 1, "none above"),
        ("[a|Model] [b|Organization]\n  developedBy 1 2\n", 2, "relation(subject, object)"),
        ("[a|Model] [b|Organization]\n  developedBy(1, 2) hoped\n", 2, "no stance"),
        ("[a|Model] [b|-]\n  developedBy(1, 2)\n", 2, "no mention"),
        ("ok\n\n[a|Model\n", 3, "belongs to no mention"),
        ("a | b\n", 1, "belongs to no mention"),
        ("[a|Model:b]\n", 1, "does not stand in"),
    ],
)
def test_a_mistake_is_told_with_file_and_line(text: str, line: int, what: str) -> None:
    with pytest.raises(OntologyError, match=f"a.txt, line {line}:") as caught:
        sentences(text)
    assert what in str(caught.value)


def test_a_name_does_not_move_a_sentence_to_the_other_side() -> None:
    many = [f"[X|Model] number {n} of many sentences.\n" for n in range(400)]
    held = [next(corpus.parse(line)).held_out for line in many]
    assert 0.10 < sum(held) / len(held) < 0.20
    assert held == [next(corpus.parse(line.replace("X", "Another"))).held_out for line in many]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "ontologies", tmp_path / "ontologies")
    (tmp_path / "seeds" / "ai-models" / "corpus").mkdir(parents=True)
    return tmp_path


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("[a|Modle]", "'Modle' is no type"),
        ("[a|Model] [b|Organization]\n  inventedBy(1, 2)", "inventedBy"),
        ("[a|Model] [b|Organization]\n  developedBy(2, 1)", "'b' is a Organization"),
        ("[a|Model] [b|Model]\n  developedBy(1, 2)", "'b' is a Model"),
        ("[a|Model] [7B|Size]\n  releasedOn(1, 2)", "'7B' is a Size"),
    ],
)
def test_the_ontology_says_what_may_be_marked(small: Path, text: str, what: str) -> None:
    path = small / "seeds" / "ai-models" / "corpus" / "one.txt"
    path.write_text(text, encoding="utf-8")
    loaded = ontology.load(str(small / "ontologies" / "ai-models"))
    with pytest.raises(OntologyError, match=r"one\.txt, line 1:") as caught:
        corpus.read(loaded, patternfile.load(loaded))
    assert what in str(caught.value)


def test_no_corpus_is_told(small: Path) -> None:
    loaded = ontology.load(str(small / "ontologies" / "ai-models"))
    with pytest.raises(OntologyError, match="no annotated sentences"):
        corpus.read(loaded, patternfile.load(loaded))


def test_a_file_that_is_no_text_is_told(small: Path) -> None:
    (small / "seeds" / "ai-models" / "corpus" / "one.txt").write_bytes(b"\xff\xfe\x00")
    loaded = ontology.load(str(small / "ontologies" / "ai-models"))
    with pytest.raises(OntologyError, match=r"one\.txt: cannot be read"):
        corpus.read(loaded, patternfile.load(loaded))
