"""The contract of annotators: whatever engine works inside, every adapter gives a document back in one form.

Each entry of `kg.annotate.ANNOTATORS` is run through all of it; `make test` installs every engine.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from command_line import SAMPLES

from kg import annotate, pipeline
from kg.annotate import ANNOTATORS, Annotator, Rules
from kg.clean import clean
from kg.errors import AnnotatorError
from kg.model import Annotated, Document, Failure, Source, Span
from kg.pipeline import Settings
from kg.read import read

HOSTILE = (
    "",
    "\n",
    "。",
    "😀百度发布文心一言👨‍👩‍👧。",
    "百度于２０２３年３月发布ＥＲＮＩＥ　４．０。",
    "e\u0301\u200b百度\u202e",
    "OpenAI released GPT-4 on March 14, 2023.\r\n百度发布了文心一言。",
    "（（（“《百度》”）））",
    "百度" * 300,
    "第一梯队：百度、阿里巴巴；第二梯队：科大讯飞\n| 模型 | 公司 |\n|---|---|\n| 文心一言 | 百度 |\n",
)


@pytest.fixture(scope="module")
def rules() -> Rules:
    return pipeline.rules(Settings())


@pytest.fixture(scope="module", params=sorted(ANNOTATORS))
def annotator(request: pytest.FixtureRequest, rules: Rules) -> Annotator:
    return annotate.make(request.param, rules)


@pytest.fixture(scope="module")
def documents() -> tuple[Document, ...]:
    samples = [source for source in read([str(SAMPLES)]) if not isinstance(source, Failure)]
    assert len(samples) > 10
    return tuple(clean(source) for source in [*samples, *(Source(f"h{n}", text) for n, text in enumerate(HOSTILE))])


@pytest.fixture(scope="module")
def annotated(annotator: Annotator, documents: tuple[Document, ...]) -> tuple[Annotated, ...]:
    return tuple(annotator(document) for document in documents)


def inside(span: Span, text: str) -> bool:
    return 0 <= span.start < span.end <= len(text)


def in_order(spans: tuple[Span, ...]) -> bool:
    return all(a.end <= b.start for a, b in pairwise(spans))


def test_the_document_is_given_back(annotated: tuple[Annotated, ...], documents: tuple[Document, ...]) -> None:
    assert tuple(one.document for one in annotated) == documents


def test_mentions_come_in_order_and_do_not_overlap(annotated: tuple[Annotated, ...]) -> None:
    for one in annotated:
        assert in_order(tuple(m.span for m in one.mentions)), one.document.id


def test_a_mention_is_the_text_at_its_place(annotated: tuple[Annotated, ...]) -> None:
    for one in annotated:
        text = one.document.text
        for mention in one.mentions:
            assert inside(mention.span, text)
            assert mention.text == text[mention.span.start : mention.span.end]


def test_every_reading_is_of_a_known_type(annotated: tuple[Annotated, ...], rules: Rules) -> None:
    types = {c.name for c in rules.ontology.classes} | {v.type for v in rules.patterns.values} | {"Date"}
    for one in annotated:
        for mention in one.mentions:
            assert mention.readings
            assert {r.type for r in mention.readings} <= types
            assert all(0 < r.score <= 1 for r in mention.readings)


def test_a_known_entity_has_the_type_of_its_reading(annotated: tuple[Annotated, ...], rules: Rules) -> None:
    for one in annotated:
        for reading in (r for m in one.mentions for r in m.readings if r.entity):
            assert rules.lexicon.entity(str(reading.entity)).type == reading.type


def test_sentences_come_in_order_and_hold_every_mention(annotated: tuple[Annotated, ...]) -> None:
    for one in annotated:
        assert in_order(one.sentences), one.document.id
        assert all(inside(s, one.document.text) for s in one.sentences)
        for mention in one.mentions:
            assert any(s.covers(mention.span) for s in one.sentences), (one.document.id, mention.text)


def test_tokens_if_there_are_any_come_in_order(annotated: tuple[Annotated, ...]) -> None:
    for one in annotated:
        assert in_order(one.tokens)
        assert all(inside(t, one.document.text) for t in one.tokens)
        assert len(one.tags) in (0, len(one.tokens))
        assert {d.dependent for d in one.dependencies} <= set(one.tokens)
        assert {d.head for d in one.dependencies} <= {None, *one.tokens}


def test_seeded_names_are_found(annotator: Annotator) -> None:
    one = annotator(clean(Source("d", "百度发布了文心一言。")))
    assert "org:baidu" in {r.entity for m in one.mentions for r in m.readings}


def test_the_same_document_gives_the_same_answer(annotator: Annotator, documents: tuple[Document, ...]) -> None:
    for document in documents[-6:]:
        assert annotator(document) == annotator(document)


def test_documents_do_not_know_of_one_another(annotator: Annotator, documents: tuple[Document, ...]) -> None:
    first = annotator(documents[0])
    for document in documents[1:4]:
        annotator(document)
    assert annotator(documents[0]) == first


def test_an_unknown_name_is_said_with_the_nearest(rules: Rules) -> None:
    make: Callable[..., Annotator] = annotate.make
    with pytest.raises(AnnotatorError, match="did you mean 'lexicon'"):
        make("lexicn", rules)
