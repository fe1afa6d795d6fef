"""The spaCy annotator: the shipped pipeline, a user's own, and what is done with their names."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from kg import corpus, lexicon, ontology, patternfile
from kg.annotate import Rules
from kg.annotate.characters import COMPONENT, CharacterNames, Size
from kg.annotate.engine import Names, classes, trimmed
from kg.annotate.spacy import SpacyAnnotator
from kg.clean import clean
from kg.errors import AnnotatorError
from kg.model import Annotated, Source, Span
from kg.train.parts import split
from kg.train.spacy import score

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def rules() -> Rules:
    loaded = ontology.load("ai-models")
    return Rules(loaded, patternfile.load(loaded), lexicon.load(loaded))


@pytest.fixture(scope="module")
def shipped(rules: Rules) -> SpacyAnnotator:
    return SpacyAnnotator(rules)


def read(annotator: SpacyAnnotator, text: str) -> Annotated:
    return annotator(clean(Source("d", text)))


def named(annotated: Annotated) -> dict[str, str]:
    return {m.name: m.readings[0].type for m in annotated.mentions if m.name}


FLOOR = 0.63
"""Of the shipped pipeline, for all classes, on the sentences that training never sees; 0.650 when it was trained."""


def test_how_good_the_shipped_pipeline_is(shipped: SpacyAnnotator, rules: Rules) -> None:
    component = shipped.nlp.get_pipe(COMPONENT)
    assert isinstance(component, CharacterNames)
    scores = {s.label: s for s in score(component, split(corpus.read(rules.ontology, rules.patterns)).testing)}
    assert scores["all"].f1 >= FLOOR
    assert scores["all"].gold > 500
    assert set(scores) == {"Model", "Organization", "Person", "Product", "all"}


def test_names_that_no_list_holds_are_found(shipped: SpacyAnnotator) -> None:
    assert named(read(shipped, "衡远智算推出了大模型拾贝，由衡远智算独立训练。"))["衡远智算"] == "Organization"
    assert named(read(shipped, "Wolds & Reed said its model passed the exam."))["Wolds & Reed"] == "Organization"


def test_a_series_is_what_a_name_is_of_and_no_part_of_it(rules: Rules) -> None:
    names = Names(rules, classes(rules), "spacy")
    told = "观微系列模型与盘古E系列都到了。"
    found = names.mentions(told, [(0, 6, [("Model", 0.9)]), (7, 12, [("Model", 0.9)])])
    assert [m.name for m in found] == ["观微", "盘古E系列"]


def test_what_is_told_of_them(shipped: SpacyAnnotator) -> None:
    annotated = read(shipped, "衡远智算推出了大模型拾贝，拾贝由衡远智算独立训练。")
    own = [m for m in annotated.mentions if m.recognizer == "spacy"]
    assert own
    for mention in own:
        assert annotated.document.text[mention.span.start : mention.span.end] == mention.text
        assert 0.0 < mention.readings[0].score <= 1.0
        assert mention.name
    assert annotated.annotator == "spacy"


def test_known_names_come_first(shipped: SpacyAnnotator) -> None:
    annotated = read(shipped, "阿里云在2023年4月11日发布了通义千问。")
    by_name = {m.name: m for m in annotated.mentions}
    assert by_name["阿里云"].readings[0].entity == "org:alibaba-cloud"
    assert by_name["通义千问"].readings[0].entity == "model:tongyi-qianwen"


def test_words_that_the_ontology_calls_none_are_none(shipped: SpacyAnnotator) -> None:
    annotated = read(shipped, "通用大模型和行业大模型都要用GPU训练，AI公司看重的是token。\n大模型时代，AI芯片很贵。")
    assert not [m.text for m in annotated.mentions if m.recognizer == "spacy"]


@pytest.mark.parametrize(
    ("text", "span", "left"),
    [
        ("“远帆”大模型", (0, 7), "“远帆”大模型"),
        ("“远帆”", (0, 4), "“远帆”"),
        ("“远帆", (0, 3), "远帆"),
        ("（远帆", (0, 3), "远帆"),
        (" 远帆 ", (0, 4), "远帆"),
        ("远帆”，", (0, 3), "远帆"),
        ("远帆（新版）", (0, 6), "远帆（新版）"),
        ("”“", (0, 2), None),
    ],
)
def test_ends_are_trimmed(text: str, span: tuple[int, int], left: str | None) -> None:
    found = trimmed(text, Span(*span))
    assert (text[found.start : found.end] if found else None) == left


def test_speed_with_the_rules(shipped: SpacyAnnotator) -> None:
    """A floor far below what an idle machine does, so that a busy one passes: ten times slower is a defect."""
    text = "墨川科技今天发布了新一代模型霜序，写作工具也向公众开放，昨天风很大，湖边没有人。\n" * 100
    document = clean(Source("d", text))
    shipped(document)
    start = time.process_time()
    shipped(document)
    assert len(document.text) / (time.process_time() - start) > 2_000


def test_no_shipped_pipeline_is_told(rules: Rules, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "ontologies", tmp_path / "ontologies")
    loaded = ontology.load(str(tmp_path / "ontologies" / "ai-models"))
    with pytest.raises(AnnotatorError, match="kg train spacy"):
        SpacyAnnotator(Rules(loaded, rules.patterns, rules.lexicon))


def test_a_broken_pipeline_is_told(rules: Rules, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "ontologies", tmp_path / "ontologies")
    folder = tmp_path / "seeds" / "ai-models" / "models" / "spacy"
    folder.mkdir(parents=True)
    (folder / "config.cfg").write_text("[nlp]\n", encoding="utf-8")
    loaded = ontology.load(str(tmp_path / "ontologies" / "ai-models"))
    with pytest.raises(AnnotatorError, match="does not load"):
        SpacyAnnotator(Rules(loaded, rules.patterns, rules.lexicon))


def test_an_unknown_pipeline_is_told(rules: Rules) -> None:
    with pytest.raises(AnnotatorError, match=r"'zh_nowhere' does not load .* leave it out for the shipped one"):
        SpacyAnnotator(rules, model="zh_nowhere")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A user's pipeline, with labels of its own."""
    import spacy

    nlp = spacy.blank("zh")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "ORG", "pattern": "碧落湾"}, {"label": "GPE", "pattern": "合肥"}])  # type: ignore[attr-defined]
    nlp.to_disk(tmp_path / "own")
    return tmp_path / "own"


def labelled(rules: Rules, folder: Path, table: str) -> Rules:
    """The rules with a table of labels."""
    shutil.copytree(ROOT / "ontologies", folder / "ontologies")
    path = folder / "ontologies" / "ai-models" / "patterns.yaml"
    lines = path.read_text(encoding="utf-8").split("\n")
    kept = [line for line in lines if not line.startswith("spacy_labels:")]
    path.write_text("\n".join(kept) + f"\nspacy_labels: {table}\n", encoding="utf-8")
    return Rules(ontology.load(str(path.parent)), rules.patterns, rules.lexicon)


def test_a_users_own_pipeline(rules: Rules, own: Path, tmp_path: Path) -> None:
    annotator = SpacyAnnotator(labelled(rules, tmp_path, "{ORG: Organization}"), model=str(own))
    annotated = read(annotator, "总部在合肥的碧落湾没有回应。")
    assert named(annotated) == {"碧落湾": "Organization"}


def test_a_pipeline_without_our_classes_is_told(rules: Rules, own: Path, tmp_path: Path) -> None:
    with pytest.raises(AnnotatorError, match="its labels: GPE, ORG"):
        SpacyAnnotator(labelled(rules, tmp_path, "{PER: Person}"), model=str(own))


def test_the_component_travels_as_bytes() -> None:
    import numpy as np

    np.random.seed(1)
    one = CharacterNames()
    one.shape(("Thing", "Place"), Size(width=8, depth=1, rows=(40,) * 9))
    other = CharacterNames().from_bytes(one.to_bytes())
    assert other.to_bytes() == one.to_bytes()
    assert other.labels == ("Thing", "Place")
    texts = ["", "远帆", "A long queue formed outside.", "远"]
    assert other.predict(texts) == [found for (found,) in map(other.predict, ([t] for t in texts))], (
        "batches change nothing"
    )
