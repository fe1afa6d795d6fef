"""spaCy and HanLP together: the written rule, case by case, and as an annotator."""

from __future__ import annotations

import pytest
from reading import document

from kg import pipeline
from kg.annotate.both import ALONE, BothAnnotator, merge
from kg.annotate.engine import LEAST
from kg.model import Mention, Reading, Span


def mention(start: int, end: int, recognizer: str = "spacy", **scores: float) -> Mention:
    readings = tuple(Reading(t, score=s) for t, s in scores.items())
    return Mention(Span(start, end), "x" * (end - start), readings, "x" * (end - start), recognizer)


def scores(found: Mention) -> dict[str, float]:
    return {r.type: r.score for r in found.readings}


def test_agreement_makes_surer_than_each_is() -> None:
    [found] = merge([mention(0, 2, Model=0.7)], [mention(0, 2, "hanlp", Model=0.75)])
    assert 0.75 < found.readings[0].score < 1
    assert found.recognizer == "spacy+hanlp"


def test_two_sure_ones_are_not_less_sure_together() -> None:
    for p in (0.5, 0.7, 0.9, 0.99, 1.0):
        [found] = merge([mention(0, 2, Model=p)], [mention(0, 2, "hanlp", Model=p)])
        assert found.readings[0].score >= p


def test_doubts_of_both_may_be_enough_together() -> None:
    [found] = merge([mention(0, 2, Model=0.65)], [mention(0, 2, "hanlp", Model=0.65)])
    assert found.readings[0].score > LEAST


def test_a_name_of_one_alone_is_worth_less() -> None:
    for one, other in (([mention(0, 2, Model=0.8)], []), ([], [mention(0, 2, "hanlp", Model=0.8)])):
        [found] = merge(one, other)
        assert found.readings[0].score == pytest.approx(0.8 * ALONE)


def test_of_two_that_overlap_the_likelier_stands() -> None:
    spacy, hanlp = mention(0, 4, Model=0.8), mention(2, 6, "hanlp", Model=0.9)
    assert [m.span for m in merge([spacy], [hanlp])] == [Span(2, 6)]
    assert [m.span for m in merge([mention(0, 4, Model=0.95)], [hanlp])] == [Span(0, 4)]


def test_of_equally_likely_ones_the_longer_then_the_first() -> None:
    assert [m.span for m in merge([mention(1, 3, Model=0.9)], [mention(0, 4, Model=0.9)])] == [Span(0, 4)]
    assert [m.span for m in merge([mention(2, 4, Model=0.9)], [mention(1, 3, Model=0.9)])] == [Span(1, 3)]


def test_classes_are_weighed_each_by_itself() -> None:
    [found] = merge([mention(0, 2, Model=0.6, Organization=0.3)], [mention(0, 2, "hanlp", Organization=0.7, Model=0.2)])
    assert found.readings[0].type == "Organization"
    assert scores(found) == {"Organization": pytest.approx(0.69), "Model": pytest.approx(0.575)}


def test_they_come_in_order_and_do_not_overlap() -> None:
    found = merge(
        [mention(8, 9, Model=0.9), mention(0, 3, Model=0.9)], [mention(2, 5, Model=0.8), mention(5, 8, Model=0.2)]
    )
    assert [m.span for m in found] == [Span(0, 3), Span(5, 8), Span(8, 9)]
    assert merge([], []) == []


def test_the_annotator() -> None:
    annotator = BothAnnotator(pipeline.rules(pipeline.Settings()))
    annotated = annotator(document("衡远智算推出了大模型拾贝，由衡远智算独立训练。阿里云发布了通义千问。"))
    assert annotated.annotator == "spacy+hanlp"
    types = {m.name: m.readings[0].type for m in annotated.mentions if m.name}
    assert types["衡远智算"] == "Organization"
    assert any(m.recognizer == "spacy+hanlp" for m in annotated.mentions)
    assert {r.entity for m in annotated.mentions for r in m.readings} >= {"org:alibaba-cloud", "model:tongyi-qianwen"}
