"""What a document relates over its sentences: which things may be, and what the learned weights make of them."""

from __future__ import annotations

import functools
from dataclasses import replace

import numpy
import pytest
from reading import document, triples

from kg import pipeline
from kg.extract import extract
from kg.extract.links import BITS, Features
from kg.extract.things import Candidate, Things
from kg.extract.weights import Calibrated
from kg.model import Annotated, Extraction, Stance

CHINESE = "澄岸科技总部在杭州，2019年成立。\n它做过不少行业软件。今年的新产品是大模型“听潮”，参数为70亿。"
RELATIONS = ("developedBy", "basedOn", "versionOf", "parameterCount", "releasedOn", "worksFor", "subOrganizationOf")


@functools.cache
def line() -> pipeline.Line:
    return pipeline.line(pipeline.Settings(annotator="spacy"))


def annotated(text: str) -> Annotated:
    return line().annotator(document(text))


def found(text: str, model: Calibrated | None) -> list[Extraction]:
    """What links find in a text, with no other learned part beside them."""
    rules = replace(line().rules, pairs=None, plausible=None, links=model)
    return [e for e in extract(annotated(text), rules) if e.extractor == "links"]


def opinion(bias: float) -> Calibrated:
    """Weights that find everything equally likely."""
    return Calibrated(numpy.zeros(1 << BITS, dtype=numpy.float32), bias, offsets=dict.fromkeys(RELATIONS, 0.0))


def candidates(text: str) -> list[Candidate]:
    return list(Things(annotated(text), (), line().rules).candidates())


def pairs(text: str) -> set[tuple[str, str, str]]:
    return {(c.subject.name, c.relation, c.object.name) for c in candidates(text)}


def test_two_sentences_may_tell_one_thing() -> None:
    assert ("听潮", "developedBy", "澄岸科技") in pairs(CHINESE)
    assert ("澄岸科技", "developedBy", "听潮") not in pairs(CHINESE)


def test_things_far_apart_are_not_related() -> None:
    between = "\n".join(f"第{n}个城市的天气很好，大家都去了公园。" for n in range(9))
    text = f"澄岸科技总部在杭州。\n{between}\n腾讯发布了混元大模型，阿里发布了通义千问。\n大模型“听潮”有70亿参数。"
    assert not {c for c in candidates(text) if c.subject.name == "听潮" and c.object.name == "澄岸科技"}


@pytest.mark.parametrize("text", ["澄岸科技会不会推出大模型“听潮”？", "| 澄岸科技 | 听潮大模型 |"])
def test_questions_and_rows_are_not_asked(text: str) -> None:
    assert not candidates(text)


def test_without_weights_there_are_no_links() -> None:
    assert not found(CHINESE, None)


def test_what_is_unlikely_makes_no_claim() -> None:
    assert not found(CHINESE, opinion(-3.0))


def test_a_subject_has_one_object_of_a_relation() -> None:
    text = "澄岸科技与拂晓科技都在杭州。\n大模型“听潮”有70亿参数。"
    makers = [e for e in found(text, opinion(3.0)) if e.predicate == "developedBy" and e.subject.name == "听潮"]
    assert len(makers) == 1


def test_what_a_document_says_is_not_said_again() -> None:
    text = "澄岸科技发布了大模型“听潮”。\n拂晓科技也在杭州，听潮有不少用户。"
    assert ("听潮", "developedBy", "澄岸科技") in triples(extract(annotated(text), line().rules))
    assert "developedBy" not in {e.predicate for e in found(text, opinion(3.0)) if e.subject.name == "听潮"}


def test_what_the_seeds_know_otherwise_is_not_asked() -> None:
    """Everybody knows whose GPT-4 is."""
    text = "澄岸科技总部在杭州。\n大家都在用GPT-4。"
    assert "developedBy" not in {e.predicate for e in found(text, opinion(3.0))}


def test_what_is_only_compared_with_is_not_asked() -> None:
    text = "澄岸科技总部在杭州。\n它的成绩超过了听潮大模型。"
    assert not [e for e in found(text, opinion(3.0)) if e.subject.name == "听潮"]


def test_a_plan_stays_a_plan() -> None:
    text = "澄岸科技总部在杭州。\n大模型“听潮”计划明年发布，参数为70亿。"
    assert {e.stance for e in found(text, opinion(3.0)) if e.predicate == "developedBy"} <= {Stance.PLANNED}


def test_evidence_holds_both_ends_where_they_are_near() -> None:
    (maker,) = [e for e in found(CHINESE, opinion(3.0)) if e.predicate == "developedBy" and e.subject.name == "听潮"]
    words = CHINESE[maker.span.start : maker.span.end]
    assert "澄岸科技" in words
    assert "听潮" in words


def test_names_are_no_features() -> None:
    """Another name in the same place looks the same, so that a model cannot learn a list of names."""
    one, two = (
        [Features(things).of(c) for c in things.candidates()]
        for things in (Things(annotated(text), (), line().rules) for text in (CHINESE, CHINESE.replace("听潮", "墨海")))
    )
    assert one == two


def test_the_shipped_weights_read_over_sentences() -> None:
    text = (
        "Corvane Labs is a start-up of nineteen people in Leeds. Last spring the company moved to a former mill.\n"
        "Its first model, Fuxiao-7B, came out in May 2024. Fuxiao-7B is small."
    )
    said = triples(extract(annotated(text), line().rules), Stance.ASSERTED)
    assert {o for s, p, o in said if s == "Fuxiao-7B" and p == "developedBy"} == {"Corvane Labs"}


def test_those_of_one_list_are_not_related_to_one_another() -> None:
    text = "澄岸科技发布了听潮大模型、墨海大模型和砚池大模型。"
    assert {c.object.name for c in candidates(text)} == {"澄岸科技"}


def test_the_work_does_not_grow_with_the_square_of_a_list() -> None:
    few, many = (
        len(candidates("澄岸科技说，" + "，".join(f"Fuxiao{n}-7B很快" for n in range(count)) + "。"))
        for count in (40, 80)
    )
    assert many <= 2.5 * few
