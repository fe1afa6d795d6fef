"""The line on the corpus's test part: what counts as right, as told and as missed."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from rich.console import Console

from kg import corpus, reliability, trial
from kg.errors import OntologyError
from kg.model import Stance
from kg.pipeline import Settings
from kg.train import Score
from kg.trial import Trial

ROOT = Path(__file__).resolve().parent.parent

FOUND = "[启衡智能|Organization]发布了[“砚池”大模型|Model:砚池]，排在第{n}页。\n  developedBy(2, 1)\n"
UNMARKED = "[启衡智能|Organization]推出了[“墨海”大模型|Model:墨海]，写在第{n}页。\n"
MISSED = "有人看过[“听潮”大模型|Model:听潮]和[“远帆”大模型|Model:远帆]，翻到第{n}页。\n  basedOn(1, 2)\n"
PLANNED = "[启衡智能|Organization]计划发布[“晨钟”大模型|Model:晨钟]，见第{n}页。\n  developedBy(2, 1) planned\n"
CALLED_PLANNED = "[拂晓科技|Organization]发布了[“拾贝”大模型|Model:拾贝]，记在第{n}页。\n  developedBy(2, 1) planned\n"
OTHER_NAME = "[启衡|Organization]智能开会，坐到第{n}排。\n"


def held(template: str) -> str:
    """The sentence with the first number that puts it on the test's side."""
    for number in range(200):
        lines = template.format(n=number)
        if next(corpus.parse(lines)).held_out:
            return lines
    raise AssertionError(template)


def kept_out(template: str) -> str:
    return next(t for n in range(200) if not next(corpus.parse(t := template.format(n=n))).held_out)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "ontologies", tmp_path / "ontologies")
    (tmp_path / "seeds" / "ai-models" / "corpus").mkdir(parents=True)
    return tmp_path


def tried(folder: Path, *sentences: str) -> Trial:
    (folder / "seeds" / "ai-models" / "corpus" / "one.txt").write_text("\n".join(sentences), encoding="utf-8")
    return trial.run(Settings(ontology=str(folder / "ontologies" / "ai-models"), annotator="lexicon"))


def row(scores: tuple[Score, ...], label: str) -> tuple[int, int, int]:
    """(right, told, gold) of a row."""
    return next((s.right, s.predicted, s.gold) for s in scores if s.label == label)


def test_a_sentence_that_is_read_rightly(folder: Path) -> None:
    found = tried(folder, held(FOUND))
    assert found.sentences == 1
    assert row(found.entities, "Organization") == row(found.entities, "Model") == (1, 1, 1)
    assert row(found.entities, "all") == (2, 2, 2)
    assert row(found.relations, "developedBy") == row(found.relations, "all") == (1, 1, 1)
    assert row(found.stances, Stance.ASSERTED) == row(found.stances, "all") == (1, 1, 1)
    assert [(b.claims, b.right) for b in found.reliability] == [(1, 1.0)]


def test_what_is_said_without_gold_is_wrong(folder: Path) -> None:
    found = tried(folder, held(UNMARKED))
    assert row(found.entities, "all") == (2, 2, 2)
    assert row(found.relations, "developedBy") == (0, 1, 0)
    assert row(found.stances, Stance.ASSERTED) == (0, 1, 0)
    assert [(b.claims, b.right) for b in found.reliability] == [(1, 0.0)]


def test_what_is_not_found_is_missed(folder: Path) -> None:
    found = tried(folder, held(MISSED))
    assert row(found.relations, "basedOn") == (0, 0, 1)
    assert row(found.stances, "all") == (0, 0, 1)
    assert found.reliability == ()
    assert reliability.error(found.reliability) == 0.0


def test_the_stance_counts_apart(folder: Path) -> None:
    found = tried(folder, held(PLANNED), held(CALLED_PLANNED))
    assert row(found.relations, "developedBy") == (0, 1, 0), "the planned one is told as planned, the other is not"
    assert row(found.stances, Stance.PLANNED) == (1, 1, 2)
    assert row(found.stances, Stance.ASSERTED) == (0, 1, 0)


def test_a_name_is_right_when_both_its_ends_are(folder: Path) -> None:
    assert row(tried(folder, held(OTHER_NAME)).entities, "Organization") == (0, 1, 1)


def test_only_the_test_s_sentences_are_read(folder: Path) -> None:
    found = tried(folder, kept_out(FOUND), held(UNMARKED), kept_out(PLANNED))
    assert found.sentences == 1
    assert row(found.stances, "all") == (0, 1, 0)


def test_relations_that_nobody_states_have_no_row(folder: Path) -> None:
    found = tried(folder, held(FOUND))
    assert [s.label for s in found.relations] == ["developedBy", "all"]
    assert [s.label for s in found.stances] == ["asserted", "all"]


def test_a_corpus_without_test_sentences_is_all_zeros(folder: Path) -> None:
    found = tried(folder, kept_out(FOUND))
    assert found.sentences == 0
    assert row(found.entities, "all") == row(found.relations, "all") == (0, 0, 0)
    assert found.as_json()["relations"]["all"]["f1"] == 0
    assert found.as_json()["calibration_error"] == 0


def test_without_a_corpus_there_is_no_trial(folder: Path) -> None:
    with pytest.raises(OntologyError, match="no annotated sentences"):
        trial.run(Settings(ontology=str(folder / "ontologies" / "ai-models"), annotator="lexicon"))


def test_the_same_sentences_in_another_order_give_the_same(folder: Path) -> None:
    sentences = [held(t) for t in (FOUND, UNMARKED, PLANNED, CALLED_PLANNED, OTHER_NAME)]
    assert tried(folder, *sentences).as_json() == tried(folder, *reversed(sentences)).as_json()


def test_what_is_shown_and_what_json_says_agree(folder: Path) -> None:
    found = tried(folder, held(FOUND), held(UNMARKED))
    written = found.as_json()
    assert written["sentences"] == 2
    assert written["relations"]["developedBy"] == {"precision": 0.5, "recall": 1.0, "f1": 0.6667, "gold": 1}
    assert sum(b["claims"] for b in written["reliability"]) == 2
    out = io.StringIO()
    Console(file=out, width=100).print(trial.render(found))
    lines = [line.split() for line in out.getvalue().splitlines()]
    assert lines[0][0] == "2"
    assert ["developedBy", "0.500", "1.000", "0.667", "1"] in lines


def test_the_shipped_corpus() -> None:
    found = trial.run(Settings(annotator="lexicon"))
    assert found.sentences > 400
    assert [s.label for s in found.entities] == ["Model", "Organization", "Person", "Product", "all"]
    assert found.relations[-1].gold > 400
    assert found.relations[-1].f1 > 0.3, "without the trained names about half of the relations are found"
    for scores in (found.entities, found.relations, found.stances):
        assert all(s.right <= min(s.predicted, s.gold) for s in scores)
        assert sum(s.predicted for s in scores[:-1]) == scores[-1].predicted
    asserted = next(s for s in found.stances if s.label == "asserted")
    assert asserted.predicted == found.relations[-1].predicted
    assert sum(b.claims for b in found.reliability) >= asserted.predicted
    assert all(0.0 <= b.right <= 1.0 and b.low <= b.confidence <= b.low + reliability.WIDTH for b in found.reliability)
