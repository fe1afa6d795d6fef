"""Training: hidden names are never seen, what is for testing stays out, the same seed gives the same bytes."""

from __future__ import annotations

import random
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from kg import annotate, corpus, lexicon, ontology, patternfile, train
from kg.annotate import Rules
from kg.annotate.characters import Size
from kg.corpus import Sentence
from kg.errors import AnnotatorError, OntologyError
from kg.train import marked
from kg.train.documents import Folders
from kg.train.parts import split
from kg.train.spacy import Course
from kg.train.spacy import train as train_spacy
from kg.train.substitution import HIDDEN, Invented, Substitution

ROOT = Path(__file__).resolve().parent.parent.parent

SMALL = """[青禾智能|Organization]发布了[“远帆”大模型|Model:远帆]，[3月6日|Date]起开放。
[林若水|Person]是[青禾智能|Organization]的[CTO|Title]。
昨天风很大，湖边没有人。
[Oriole Labs|Organization] put [Kestrel-7B|Model] on its site in May.
[写手助手|Product]换上了[远帆|Model]，用的人多了三成。
A long queue formed outside the shop, and nobody knew why.
"""
TINY = Course(epochs=2, characters=120, size=Size(width=8, depth=1, rows=(50,) * 9))


@pytest.fixture(scope="module")
def rules() -> Rules:
    loaded = ontology.load("ai-models")
    return Rules(loaded, patternfile.load(loaded), lexicon.load(loaded))


@pytest.fixture(scope="module")
def sentences(rules: Rules) -> tuple[Sentence, ...]:
    return corpus.read(rules.ontology, rules.patterns)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Rules:
    """The ontology with a corpus of a few sentences."""
    folder = tmp_path_factory.mktemp("tiny")
    shutil.copytree(ROOT / "ontologies", folder / "ontologies")
    seeds = folder / "seeds" / "ai-models"
    shutil.copytree(ROOT / "seeds" / "ai-models" / "entities", seeds / "entities")
    (seeds / "corpus").mkdir()
    shutil.copy(ROOT / "seeds" / "ai-models" / "corpus" / "names.yaml", seeds / "corpus")
    (seeds / "corpus" / "a.txt").write_text(SMALL, encoding="utf-8")
    loaded = ontology.load(str(folder / "ontologies" / "ai-models"))
    return Rules(loaded, patternfile.load(loaded), lexicon.load(loaded))


def test_the_same_seed_gives_the_same_bytes(tiny: Rules, tmp_path: Path) -> None:
    lines: list[str] = []
    first = train_spacy(tiny, tmp_path / "1", seed=5, progress=lines.append, course=TINY)
    train_spacy(tiny, tmp_path / "2", seed=5, course=TINY)
    train_spacy(tiny, tmp_path / "3", seed=6, course=TINY)

    def files(name: str) -> dict[str, bytes]:
        return {
            str(p.relative_to(tmp_path / name)): p.read_bytes() for p in (tmp_path / name).rglob("*") if p.is_file()
        }

    assert files("1") == files("2")
    assert files("1") != files("3")
    assert {"config.cfg", "meta.json", "character_names.npz"} <= set(files("1"))
    assert str(tmp_path).encode() not in b"".join(files("1").values())
    assert len(lines) == TINY.epochs + 1, "one for each epoch, and the development cut"
    assert [score.label for score in first.scores] == ["Model", "Organization", "Person", "Product", "all"]


def test_what_was_trained_is_loaded(tiny: Rules, tmp_path: Path) -> None:
    train_spacy(tiny, tmp_path, course=TINY)
    annotator = annotate.make("spacy", tiny, model=str(tmp_path))
    assert annotator.name == "spacy"  # type: ignore[attr-defined]


def test_it_is_written_where_the_annotator_looks(tiny: Rules) -> None:
    with pytest.raises(AnnotatorError, match="kg train spacy"):
        annotate.make("spacy", tiny)
    trained = train_spacy(tiny, tiny.ontology.seeds / "models" / "spacy", course=TINY)
    assert trained.folder == tiny.ontology.seeds / "models" / "spacy"
    annotate.make("spacy", tiny)


def test_nothing_to_train_is_told(rules: Rules, tmp_path: Path) -> None:
    with pytest.raises(AnnotatorError, match=r"'spaci'; did you mean 'spacy'\?; known: .*spacy"):
        train.train("spaci", rules, tmp_path)


def test_the_parts_share_nothing(sentences: tuple[Sentence, ...]) -> None:
    parts = split(sentences)
    masked = [{s.masked for s in part} for part in (parts.learning, parts.development, parts.testing)]
    assert not masked[0] & masked[1]
    assert not masked[0] & masked[2]
    assert not masked[1] & masked[2]
    assert all(s.held_out for s in parts.testing)
    assert sum(len(part) for part in masked) > 0.95 * len(sentences)


def test_hidden_names_are_never_seen(rules: Rules, sentences: tuple[Sentence, ...]) -> None:
    learning = split(sentences).learning
    substitution = Substitution(rules.ontology, learning, random.Random(1))
    hidden = [e for i, e in rules.lexicon.entries.items() if lexicon.hidden(i, HIDDEN)]
    strong = {n for e in hidden for n in e.entity.names if n not in e.weak}
    was_there = 0
    for sentence in learning[::3]:
        was_there += any(m.name in strong for m in sentence.mentions)
        changed = substitution(sentence)
        assert not {m.name for m in changed.mentions} & strong
        assert not any(substitution.hides(m.text) for m in changed.mentions), changed.text
    assert was_there > 50, "and they stand in the corpus"


def test_names_change_and_what_stands_around_them_stays(rules: Rules, sentences: tuple[Sentence, ...]) -> None:
    learning = split(sentences).learning
    substitution = Substitution(rules.ontology, learning, random.Random(2))
    changed = 0
    for sentence in learning[:200]:
        new = substitution(sentence)
        kept = [m for m in sentence.mentions if m.type in substitution.types]
        assert [m.type for m in new.mentions] == [m.type for m in kept]
        assert all(new.text[m.span.start : m.span.end] == m.text for m in new.mentions)
        changed += new.text != sentence.text
    assert changed > 60


def test_a_version_stays_a_version_of_its_family(rules: Rules) -> None:
    text = "[Oriole|Model]之后是[Oriole-2|Model]。"
    sentence = next(corpus.parse(text))
    substitution = Substitution(rules.ontology, [sentence], random.Random(3))
    for _ in range(20):
        first, second = substitution(sentence).mentions
        if first.text.isascii() and "Oriole" not in first.text + second.text:
            assert second.text == first.text + "-2"


def test_invented_names_follow_their_forms() -> None:
    parts = {"syllable": ["ka", "ro"], "word": ["{syllable}{syllable}"]}
    invented = Invented(parts, {"Thing": {"zh": ["{word}"], "en": ["{Word} {WORD}-1"]}})
    name = invented.name(random.Random(0), "Thing", han=False)
    assert name[0].isupper()
    assert name.split()[1].removesuffix("-1").isupper()
    endless = Invented({"a": ["{a}"]}, {"Thing": {"zh": ["{a}"], "en": []}})
    with pytest.raises(OntologyError, match="leads back to itself"):
        endless.name(random.Random(0), "Thing", han=True)
    missing = Invented({}, {"Thing": {"zh": ["{b}"], "en": []}})
    with pytest.raises(OntologyError, match="'b'"):
        missing.name(random.Random(0), "Thing", han=True)


GOLD = """{"doc": "a", "published": null,
 "facts": [{"s": ["远帆"], "p": "developedBy", "o": ["青禾智能"], "evidence": "青禾智能做的远帆"}], "not": []}"""
TEXT = "说说青禾智能做的远帆，它是去年的。\n\n有人把它和 Zorblat 比，没有结果。\n\n天气很好。\n"


def test_documents_teach_names_too(rules: Rules, tmp_path: Path) -> None:
    (tmp_path / "gold").mkdir()
    (tmp_path / "docs").mkdir()
    (tmp_path / "gold" / "a.json").write_text(GOLD, encoding="utf-8")
    (tmp_path / "docs" / "a.txt").write_text(TEXT, encoding="utf-8")
    found = list(marked.sentences(Folders(tmp_path / "gold", tmp_path / "docs"), rules))
    named = [[(m.text, m.type) for m in s.mentions if m.type != "Date"] for s in found if s.mentions]
    assert named == [[("青禾智能", "Organization"), ("远帆", "Model")]]
    assert not any("Zorblat" in s.text for s in found), "whether it is a name, nobody has said"


def test_the_corpus_is_learned_from_with_documents(tiny: Rules, rules: Rules, tmp_path: Path) -> None:
    (tmp_path / "gold").mkdir()
    (tmp_path / "docs").mkdir()
    (tmp_path / "gold" / "a.json").write_text(GOLD, encoding="utf-8")
    (tmp_path / "docs" / "a.txt").write_text(TEXT, encoding="utf-8")
    folders = Folders(tmp_path / "gold", tmp_path / "docs")
    course = replace(TINY, read=1)
    alone = train_spacy(tiny, tmp_path / "1", seed=5, course=course)
    both = train_spacy(tiny, tmp_path / "2", seed=5, course=course, folders=folders)
    assert both.learned > alone.learned
