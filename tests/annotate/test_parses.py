"""Answers of HanLP's multi-task models, by hand and in their form, as characters of the text."""

from __future__ import annotations

from typing import Any

import pytest
from reading import annotated, rules, triples

from kg.annotate.engine import OWN_SCORE
from kg.annotate.hanlp import with_parses
from kg.annotate.parses import BOTH_SCORE, Answer, Parse, aligned, parse
from kg.extract import extract
from kg.model import Dependency, Frame, Span

TEXT = "据悉，百度去年三月在北京发布了文心一言。"
WORDS = ["据悉", "，", "百度", "去年", "三月", "在", "北京", "发布", "了", "文心", "一言", "。"]
ANSWER: dict[str, Any] = {
    "tok/fine": WORDS,
    "tok/coarse": ["据悉", "，", "百度", "去年三月", "在", "北京", "发布", "了", "文心一言", "。"],
    "pos/ctb": ["VV", "PU", "NR", "NT", "NT", "P", "NR", "VV", "AS", "NN", "NN", "PU"],
    "pos/pku": ["v", "w", "nt", "t", "t", "p", "ns", "v", "u", "nz", "nz", "w"],
    "ner/msra": [("百度", "ORGANIZATION", 2, 3), ("去年三月", "DATE", 3, 5), ("北京", "LOCATION", 6, 7)],
    "ner/pku": [("百度", "nt", 2, 3)],
    "ner/ontonotes": [("百度", "ORG", 2, 3), ("文心一言", "PRODUCT", 9, 11)],
    "srl": [
        [
            ("百度", "ARG0", 2, 3),
            ("去年三月", "ARGM-TMP", 3, 5),
            ("在北京", "ARGM-LOC", 5, 7),
            ("发布", "PRED", 7, 8),
            ("文心一言", "ARG1", 9, 11),
        ]
    ],
    "dep": [
        (8, "dep"), (8, "punct"), (8, "nsubj"), (5, "nn"), (8, "tmod"), (8, "prep"), (6, "pobj"), (0, "root"),
        (8, "asp"), (11, "nn"), (8, "dobj"), (8, "punct"),
    ],
}  # fmt: skip


def read(text: str, answer: Answer) -> Parse:
    return parse(text, Span(0, len(text)), answer)


def shown(text: str, span: Span) -> str:
    return text[span.start : span.end]


def test_tokens_and_parts_of_speech() -> None:
    found = read(TEXT, ANSWER)
    assert [shown(TEXT, t) for t in found.tokens] == WORDS
    assert found.tags == tuple(ANSWER["pos/ctb"])


def test_offsets_are_the_document_s() -> None:
    text = f"前一句。{TEXT}后一句。"
    found = parse(text, Span(4, 4 + len(TEXT)), ANSWER)
    assert [shown(text, t) for t in found.tokens] == WORDS
    assert shown(text, found.frames[-1].predicate) == "发布"
    assert {text[start:end] for start, end, _ in found.entities} == {"百度", "去年三月", "北京", "文心一言"}


def test_entities_of_several_tasks() -> None:
    found = {TEXT[start:end]: dict(likely) for start, end, likely in read(TEXT, ANSWER).entities}
    assert found == {
        "百度": {"ORG": BOTH_SCORE},
        "去年三月": {"DATE": OWN_SCORE},
        "北京": {"LOC": OWN_SCORE},
        "文心一言": {"PRODUCT": OWN_SCORE},
    }


def test_of_entities_that_overlap_the_agreed_one_stands_else_the_longer() -> None:
    words = ["甲", "乙", "丙"]
    said = {"tok": words, "ner/msra": [("甲乙", "PERSON", 0, 2)], "ner/ontonotes": [("乙丙", "ORG", 1, 3)]}
    assert [(s, e) for s, e, _ in read("甲乙丙", said).entities] == [(0, 2)]
    said = {**said, "ner/pku": [("乙丙", "nt", 1, 3)]}
    assert [(s, e) for s, e, _ in read("甲乙丙", said).entities] == [(1, 3)]
    said = {"tok": words, "ner/msra": [("乙", "PERSON", 1, 2)], "ner/ontonotes": [("乙丙", "ORG", 1, 3)]}
    assert [(s, e) for s, e, _ in read("甲乙丙", said).entities] == [(1, 3)]


def test_roles_are_frames() -> None:
    [frame] = read(TEXT, {"tok": WORDS, "srl": ANSWER["srl"]}).frames
    assert shown(TEXT, frame.predicate) == "发布"
    assert [(role, shown(TEXT, span)) for role, span in frame.arguments] == [
        ("ARG0", "百度"),
        ("ARGM-TMP", "去年三月"),
        ("ARGM-LOC", "在北京"),
        ("ARG1", "文心一言"),
    ]


def test_dependencies() -> None:
    found = {shown(TEXT, d.dependent): d for d in read(TEXT, ANSWER).dependencies}
    assert found["发布"].head is None
    assert found["百度"].relation == "nsubj"
    assert found["百度"].head == found["发布"].dependent


def test_dependencies_make_the_frames_that_roles_do_not() -> None:
    found = read(TEXT, {k: v for k, v in ANSWER.items() if k != "srl"})
    [frame] = found.frames
    assert [(role, shown(TEXT, span)) for role, span in frame.arguments] == [
        ("A0", "百度"),
        ("ARGM-TMP", "去年三月"),
        ("A1", "文心一言"),
    ]
    assert len(read(TEXT, ANSWER).frames) == 1, "what has roles needs no dependencies"


def test_universal_dependencies_and_a_passive() -> None:
    words = ["GPT-4", "was", "released", "in", "March"]
    heads = [(3, "nsubj:pass"), (3, "aux:pass"), (0, "root"), (5, "case"), (3, "obl:tmod")]
    text = "GPT-4 was released in March"
    [frame] = read(text, {"tok": words, "dep": heads}).frames
    assert [(role, shown(text, span)) for role, span in frame.arguments] == [("A1", "GPT-4"), ("ARGM-TMP", "in March")]


def test_heads_in_a_circle_end() -> None:
    found = read("甲乙丙", {"tok": ["甲", "乙", "丙"], "dep": [(2, "nsubj"), (1, "dobj"), (9, "dep")]})
    assert len(found.dependencies) == 3
    assert found.dependencies[2].head is None


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("GPT-4 发布", ["GPT-4", "发布"], ["GPT-4", "发布"]),
        ("ＧＰＴ－４发布", ["GPT-4", "发布"], ["ＧＰＴ－４", "发布"]),
        ("New York Times", ["new york", "times"], ["New York", "Times"]),
        ("百度 发布", ["百 度", "发布"], ["百度", "发布"]),
        ("百度发布", ["百度", "推出"], []),
        ("百度", ["百度", "发布"], []),
        ("百度", [""], []),
        ("", [], []),
        ("😀百度", ["😀", "百度"], ["😀", "百度"]),
    ],
)
def test_words_are_found_again(text: str, words: list[str], expected: list[str]) -> None:
    assert [shown(text, t) for t in aligned(text, Span(0, len(text)), words)] == expected


def test_an_answer_that_is_not_of_the_sentence_says_nothing() -> None:
    assert read("另一句话。", ANSWER) == Parse()
    assert read(TEXT, {"tok/fine": WORDS, "pos": ["NN"], "dep": [(0, "root")]}).tags == ()
    assert (
        read(TEXT, {"tok/fine": WORDS, "ner": [("x", "ORG", 5, 99)], "srl": [[("x", "PRED", 40, 41)]]}).entities == ()
    )


def test_a_parse_states_what_the_sentence_says() -> None:
    marked = with_parses(annotated(TEXT), [read(TEXT, ANSWER)])
    assert marked.tokens
    assert len(marked.tags) == len(marked.tokens)
    assert triples(extract(marked, rules())) >= {
        ("model:ernie-bot", "developedBy", "org:baidu"),
        ("model:ernie-bot", "releasedOn", "2023-03"),
    }


def test_tags_are_there_for_all_tokens_or_for_none() -> None:
    one = Parse((Span(0, 1),), ("NN",))
    other = Parse((Span(1, 2),))
    assert with_parses(annotated("甲乙"), [one, other]).tags == ()
    assert with_parses(annotated("甲乙"), [one]).tags == ("NN",)


def test_frames_are_in_order_and_hashable() -> None:
    found = read(TEXT, ANSWER)
    assert hash(found)
    assert all(isinstance(d, Dependency) for d in found.dependencies)
    assert all(isinstance(f, Frame) for f in found.frames)
