"""Names that hardly name anything: what the learned judge doubts, and whose names it judges."""

from __future__ import annotations

import functools
from dataclasses import replace
from pathlib import Path

import numpy
import pytest
from reading import document

from kg import pipeline
from kg.extract import extract, plausible
from kg.extract.plausible import BITS, NameModel
from kg.lexicon import key
from kg.model import Annotated, Extraction


@functools.cache
def line() -> pipeline.Line:
    """The stages with the trained annotator, whose names the shipped weights know."""
    return pipeline.line(pipeline.Settings(annotator="spacy"))


def annotated(text: str) -> Annotated:
    return line().annotator(document(text))


def judged(text: str) -> dict[str, float]:
    model = line().rules.plausible
    assert model is not None
    return {name: model.likelihood(features) for name, features in plausible.looks(annotated(text))}


def made(text: str, model: NameModel | None) -> list[Extraction]:
    found = extract(annotated(text), replace(line().rules, plausible=model))
    return [e for e in found if e.predicate == "developedBy"]


def everything(bias: float, annotator: str = "spacy") -> NameModel:
    """A judge of one opinion."""
    return NameModel(numpy.zeros(1 << BITS, dtype=numpy.float32), bias, annotator)


@pytest.mark.parametrize("name", ["澄岸科技", "听潮"])
def test_what_a_text_tells_about_is_plausible(name: str) -> None:
    text = "澄岸科技今天发布了大模型“听潮”。听潮有70亿参数。澄岸科技总部在杭州。"
    assert judged(text)[key(name)] > 0.5


def test_what_only_looks_like_a_name_is_less_so() -> None:
    text = "澄岸科技今天发布了大模型“听潮”。大多数科技公司都需要海量数据，这是一块“试验田”。"
    said = judged(text)
    junk = [p for name, p in said.items() if name not in (key("澄岸科技"), key("听潮"))]
    assert junk
    assert max(junk) < min(said[key("澄岸科技")], said[key("听潮")])


TEXT = "Corvane Labs released Fuxiao-7B in May."


def test_doubt_takes_from_the_confidence_and_nothing_else() -> None:
    (plain,), (doubted,), (believed,) = (made(TEXT, m) for m in (None, everything(-9.0), everything(9.0)))
    assert believed == plain
    assert doubted == replace(plain, confidence=doubted.confidence)
    assert 0.5 * plain.confidence < doubted.confidence < 0.8 * plain.confidence


def test_it_judges_no_other_annotator_s_names() -> None:
    assert made(TEXT, everything(-9.0, "hanlp")) == made(TEXT, None)


def test_a_list_with_one_of_ours_vouches_for_a_name() -> None:
    beside = "百度、腾讯、澄岸科技发布了Fuxiao-7B。Fuxiao-7B很快。"
    plain, doubted = ({e.object.name: e.confidence for e in made(beside, m)} for m in (None, everything(-9.0)))
    assert plain
    fuxiao_is_doubted = {name: confidence for name, confidence in doubted.items() if confidence < plain[name]}
    assert fuxiao_is_doubted == doubted  # the subject stands in no list
    assert key("澄岸科技") in plausible._vouched(annotated(beside), line().rules)


@pytest.mark.parametrize("annotator", ["spacy", "hanlp"])
def test_a_version_by_itself_is_doubted(annotator: str) -> None:
    whole = annotated("听潮大模型V3.0来了。这一次的V3.0，澄岸科技称其很强。澄岸科技发布V3.0。")
    found = extract(whole, replace(line().rules, plausible=everything(9.0, annotator)))
    assert not [e for e in found if e.subject.name == "V3.0" and e.confidence >= plausible._DOUBT]


def test_names_of_the_lists_are_never_judged() -> None:
    assert key("百度") not in judged("百度发布了文心一言。")


def test_no_weights_no_doubt(tmp_path: Path) -> None:
    assert plausible.load(tmp_path) is None


def test_a_long_text_of_new_names_is_judged_in_one_pass() -> None:
    text = " ".join(f"Fuxiao-{n}B and Quillon{n} Labs." for n in range(2000))
    assert len(list(plausible.looks(annotated(text)))) > 1000
