"""How what several extractors find is weighed: support by other sentences, one subject a number, nearer subjects."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from reading import FOUND, annotated, extractions, rules, triples

from kg.extract import discourse, extract, pairs, skeleton, surface
from kg.model import Extraction, Stance

ERNIE, QWEN, GPT3 = "model:ernie-bot", "model:tongyi-qianwen", "model:gpt-3"


def confidence(text: str, subject: str, predicate: str) -> float:
    """… by what looks at one sentence: links look at all of a document."""
    found = extract(annotated(text), replace(rules(), links=None))
    return max(e.confidence for e in found if e.subject.name == subject and e.predicate == predicate)


# support -------------------------------------------------------------------------------------------------------------

MADE = "Nordhaven Research introduced Lumora."


def test_a_name_of_which_more_is_said_is_surer() -> None:
    more = f"{MADE} With 14 billion parameters, Lumora is small."
    assert confidence(more, "Lumora", "developedBy") > confidence(MADE, "Lumora", "developedBy")


@pytest.mark.parametrize(
    "more",
    [
        "Nordhaven Research launched Lumora.",
        "Yesterday the weather was better than Lumora.",
        "With 14 billion parameters, Fennel is small.",
    ],
)
def test_the_same_again_or_something_else_is_no_support(more: str) -> None:
    assert confidence(f"{MADE} {more}", "Lumora", "developedBy") == confidence(MADE, "Lumora", "developedBy")


def test_sure_names_need_no_support() -> None:
    alone = "OpenAI introduced GPT-4o."
    more = f"{alone} GPT-4o has 70 billion parameters."
    assert confidence(more, "GPT-4o", "developedBy") == confidence(alone, "GPT-4o", "developedBy")


def test_support_makes_nothing_surer_than_sure() -> None:
    text = f"{MADE} With 14 billion parameters, Lumora is small. The Lumora app uses GPT-4. Lumora is based on Llama 3."
    assert all(0.0 < e.confidence <= 1.0 for e in extractions(text))


# one subject a number ------------------------------------------------------------------------------------------------


def sized(text: str, threshold: float = FOUND) -> set[str]:
    return {s for s, p, _ in triples(extractions(text), Stance.ASSERTED, threshold=threshold) if p == "parameterCount"}


def by_surface(text: str) -> set[str]:
    """What the patterns alone say has a size, before anything is weighed."""
    marked = annotated(text)
    found: list[Extraction] = []
    for sentence in discourse.sentences(marked):
        seen = skeleton.build(text, sentence.span, sentence.mentions, (), rules().patterns.letters)
        found += surface.extract(sentence, seen, text, rules())
    return {s for s, p, _ in triples(found, threshold=FOUND) if p == "parameterCount"}


def test_a_number_is_said_of_one_thing() -> None:
    text = "文心一言对阵1000亿参数的通义千问。"
    assert by_surface(text) == {ERNIE, QWEN}, "both wordings match; which of them counts is weighed"
    assert sized(text) == {QWEN}


def test_each_number_has_its_own_subject() -> None:
    assert sized("1750亿参数的GPT-3对阵1000亿参数的通义千问。") == {GPT3, QWEN}


def test_the_same_words_may_say_it_of_several() -> None:
    text = "1000亿参数的文心一言。1000亿参数的通义千问。"
    assert sized(text) == {ERNIE, QWEN}, "two places are two numbers"


def test_a_tier_has_as_many_members_as_it_likes() -> None:
    found = triples(extractions("第一梯队包括百度和腾讯。阿里巴巴也位居第一梯队。"), Stance.ASSERTED)
    assert {s for s, p, _ in found if p == "tier"} == {"org:baidu", "org:tencent", "org:alibaba"}


# pairs ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Credulous:
    """A pair model that believes every pair equally."""

    known: dict[str, float]
    believes: float = 0.99

    def likelihood(self, features: list[int]) -> float:
        return self.believes

    def confidence(self, relation: str, likelihood: float) -> float:
        return self.known.get(relation, 0.0) * likelihood


def paired(text: str, *, told: set[str], believes: float = 0.99, relation: str = "parameterCount") -> set[str]:
    """What has a size (or another relation) by pairs alone, where patterns have `told` the size of these."""
    believing = replace(rules(), pairs=Credulous({relation: 1.0}, believes))  # type: ignore[arg-type]
    (sentence,) = discourse.sentences(annotated(text))
    seen = skeleton.build(text, sentence.span, sentence.mentions, (), rules().patterns.letters)
    patterns = [
        e
        for e in surface.extract(sentence, seen, text, rules())
        if e.predicate == "parameterCount" and e.subject.name in told
    ]
    assert {e.subject.name for e in patterns} == told
    found = pairs.extract(sentence, seen, text, patterns, believing)
    return {e.subject.name for e in found if e.predicate == relation and e.confidence > 0}


NEARER = "文心一言和老师们去看了一千次，1000亿参数的通义千问没有去。"


def test_an_object_said_of_a_nearer_one_is_not_taken() -> None:
    assert "文心一言" not in paired(NEARER, told={"通义千问"})


def test_nor_is_it_where_pairs_say_it_first() -> None:
    assert "文心一言" in paired(NEARER, told=set())


def test_an_unlikely_pair_is_none() -> None:
    assert paired(NEARER, told=set(), believes=0.1) == set()


def test_one_of_those_that_were_named_is_not_what_they_were_named_beside() -> None:
    assert paired("文心一言带来了四个小版本，7B版本最小。", told=set()) == {"文心一言"}
    assert paired("文心一言带来了四个小版本，其中7B版本最小。", told=set()) == set()


def test_neighbours_in_a_list_are_not_each_others() -> None:
    assert paired("到场的有百度的文心一言。", told=set(), relation="developedBy") == {"文心一言"}
    assert paired("到场的有百度、文心一言。", told=set(), relation="developedBy") == set()


def test_without_a_model_there_are_no_pairs() -> None:
    (sentence,) = discourse.sentences(annotated(NEARER))
    seen = skeleton.build(NEARER, sentence.span, sentence.mentions, (), rules().patterns.letters)
    assert list(pairs.extract(sentence, seen, NEARER, [], replace(rules(), pairs=None))) == []


def test_the_house_of_a_maker_is_not_the_maker() -> None:
    found = triples(extractions("阿里巴巴旗下的阿里云正式发布“听潮”大模型。"), Stance.ASSERTED)
    assert {o for s, p, o in found if (s, p) == ("听潮", "developedBy")} == {"org:alibaba-cloud"}
