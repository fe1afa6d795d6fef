"""How a sentence stands to what it says, and who says it."""

from __future__ import annotations

from datetime import date

import pytest
from reading import FOUND, document, extractions, triples

from kg.extract import stance
from kg.model import Stance

SAID = [
    ("启衡智能计划于2024年9月发布“砚池”大模型。", "releasedOn", Stance.PLANNED),
    ("“砚池”大模型很受欢迎。我们之后还会放出更大的 52B 版本。", "parameterCount", Stance.PLANNED),
    ("谈到“砚池”大模型，他说年底前会给社区一个小版本，参数大概2B。", "parameterCount", Stance.PLANNED),
    ("启衡智能将在下个月推出“砚池”大模型。", "releasedOn", Stance.PLANNED),
    ("启衡智能预计年底发布“砚池”大模型。", "releasedOn", Stance.PLANNED),
    ("“砚池”大模型有望在2024年第四季度上线。", "releasedOn", Stance.PLANNED),
    ("拂晓科技拟于7月开源Fuxiao-7B。", "openSourcedOn", Stance.PLANNED),
    ("“听潮”大模型预计7月开启内测。", "betaOn", Stance.PLANNED),
    ("启衡科技力争三年内进入第一梯队。", "tier", Stance.PLANNED),
    ("Corvane Labs plans to release Halberd-2 in September 2024.", "releasedOn", Stance.PLANNED),
    ("Corvane Labs will release Halberd-2 next month.", "releasedOn", Stance.PLANNED),
    ("网传“砚池”大模型参数量为3000亿。", "parameterCount", Stance.RUMOURED),
    ("知情人士称，“砚池”大模型参数达到3000亿。", "parameterCount", Stance.RUMOURED),
    ("有消息称GPT-5参数量高达17万亿。", "parameterCount", Stance.RUMOURED),
    ("疑似由澄岸科技研发的“听潮”大模型出现在榜单上。", "developedBy", Stance.RUMOURED),
    ("Halberd-2 reportedly has 900 billion parameters.", "parameterCount", Stance.RUMOURED),
    ("启衡智能没有发布“砚池”大模型。", "developedBy", Stance.DENIED),
    ("“砚池”大模型并非由启衡智能研发。", "developedBy", Stance.DENIED),
    ("启衡智能否认“砚池”大模型基于Llama 3打造。", "basedOn", Stance.DENIED),
    ("启衡科技不属于第一梯队。", "tier", Stance.DENIED),
    ("启衡科技还没有进入第一梯队。", "tier", Stance.DENIED),
    ("“鹿野”助手没有接入通义千问。", "integrates", Stance.DENIED),
    ("Corvane Labs has not released Halberd-2.", "developedBy", Stance.DENIED),
    ("Halberd-2 was not developed by Corvane Labs.", "developedBy", Stance.DENIED),
    ("Quillon AI is not in the first tier.", "tier", Stance.DENIED),
    ("Halberd-2 does not have 70 billion parameters.", "parameterCount", Stance.DENIED),
    ("Thistle Labs is no longer a subsidiary of Nordhaven Group.", "subOrganizationOf", Stance.DENIED),
    ("Bing does not use Halberd-2.", "integrates", Stance.DENIED),
    ("It is slower than Halberd-2, which Corvane Labs reportedly released in May 2024.", "releasedOn", Stance.RUMOURED),
    ("It is slower than Halberd-2, which Corvane Labs allegedly trained.", "developedBy", Stance.RUMOURED),
    ("Halberd-2, which Corvane Labs supposedly put out in March, is small.", "developedBy", Stance.RUMOURED),
    ("OpenAI's rumoured model Halberd-9 speaks Welsh.", "developedBy", Stance.RUMOURED),
    ("OpenAI's upcoming model Halberd-9 speaks Welsh.", "developedBy", Stance.PLANNED),
    ("It would be called Halberd-9, with 7 billion parameters.", "parameterCount", Stance.PLANNED),
    ("Corvane Labs released Halberd-9, with 7 billion parameters.", "parameterCount", Stance.ASSERTED),
    ("It is slower than Halberd-2, which Corvane Labs released in May 2024.", "releasedOn", Stance.ASSERTED),
    ("启衡智能发布了“砚池”大模型。", "developedBy", Stance.ASSERTED),
    ("启衡科技属于第一梯队。", "tier", Stance.ASSERTED),
    ("Quillon AI is in the first tier.", "tier", Stance.ASSERTED),
]


@pytest.mark.parametrize(("sentence", "relation", "expected"), SAID)
def test_the_stance_of_a_sentence(sentence: str, relation: str, expected: Stance) -> None:
    stances = {e.stance for e in extractions(sentence) if e.predicate == relation and e.confidence >= FOUND}
    assert stances == {expected}


def test_a_plan_in_one_clause_leaves_what_happened_in_the_other() -> None:
    found = extractions("2023年3月16日，百度推出文心一言，并计划于2024年12月发布文心大模型5.0。")
    assert ("model:ernie-bot", "developedBy", "org:baidu") in triples(found, Stance.ASSERTED)
    assert ("model:ernie-5.0", "releasedOn", "2024-12") in triples(found, Stance.PLANNED)


def test_a_date_after_the_document_is_a_plan() -> None:
    sentence = "2024年6月25日，百度发布了文心一言。"
    for published, expected in ((date(2024, 6, 20), Stance.PLANNED), (date(2024, 6, 26), Stance.ASSERTED)):
        found = extractions(sentence, published=published)
        assert ("model:ernie-bot", "releasedOn", "2024-06-25") in triples(found, expected)


def test_one_sentence_colours_the_document() -> None:
    said = "百度发布了文心一言。"
    assert triples(extractions(said), Stance.ASSERTED)
    doubted = extractions(f"{said}上述消息尚未得到官方证实。")
    assert not triples(doubted, Stance.ASSERTED)
    assert triples(doubted, Stance.RUMOURED)
    english = extractions("Baidu released ERNIE Bot. So far, none of this has been confirmed.")
    assert not triples(english, Stance.ASSERTED)


@pytest.mark.parametrize(
    "words", ["你觉得呢？", "Is it?", "是吗？”", "如果可以的话，会更好。", "If so, it wins.", "假如明天下雨，就不去。"]
)
def test_questions_and_suppositions(words: str) -> None:
    assert stance.states_nothing(words)


@pytest.mark.parametrize("words", ["他问了一个问题。", "It rained.", "结果如果不好也没关系。", ""])
def test_statements(words: str) -> None:
    assert not stance.states_nothing(words)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2024年3月", Stance.ASSERTED),
        ("预计2024年底", Stance.PLANNED),
        ("2024年3月？", Stance.RUMOURED),
        ("并未发布", Stance.DENIED),
        ("", Stance.ASSERTED),
    ],
)
def test_a_few_words_by_themselves(words: str, expected: Stance) -> None:
    assert stance.of_words(words) is expected


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("据《华东早报》报道，启衡智能发布了“砚池”大模型。", "华东早报"),
        ("据知情人士透露，启衡智能发布了“砚池”大模型。", "知情人士"),
        ("王海峰表示，文心一言由百度研发。", "王海峰"),
        ("According to the Bergen Courier, Corvane Labs released Halberd-2.", "Bergen Courier"),
    ],
)
def test_who_says_so(sentence: str, who: str) -> None:
    named = {e.attribution for e in extractions(sentence)}
    assert any(name and who in name for name in named)
    assert who in str(stance.attribution(sentence))


def test_nobody_is_named() -> None:
    assert stance.attribution("百度发布了文心一言。") is None
    assert {e.attribution for e in extractions("百度发布了文心一言。")} == {None}


def test_a_document_without_a_doubt_is_asserted() -> None:
    assert stance.of_document(document("百度发布了文心一言。")) is Stance.ASSERTED
    assert stance.of_document(document("")) is Stance.ASSERTED


def test_a_rumour_reaches_onward_only() -> None:
    text = "GPT-4于2023年3月14日发布，官方未披露规模，市场传闻参数量约1.8万亿。"
    found = {(e.predicate, e.stance) for e in extractions(text) if e.confidence >= FOUND}
    assert ("releasedOn", Stance.ASSERTED) in found
    assert ("parameterCount", Stance.RUMOURED) in found
    text = "百度2023年3月16日发布文心一言，据传。"
    assert ("releasedOn", Stance.RUMOURED) in {(e.predicate, e.stance) for e in extractions(text)}


def test_an_aim_reaches_onward() -> None:
    found = [
        e for e in extractions("力争到今年底，“听潮”大模型参数规模突破1000亿。") if e.predicate == "parameterCount"
    ]
    assert {e.stance for e in found} <= {Stance.PLANNED}


def test_what_describes_a_maker_denies_nothing() -> None:
    found = extractions("2024年3月5日，还没有多少人认识的启衡智能推出“砚池”大模型。")
    assert Stance.ASSERTED in {e.stance for e in found if e.predicate == "releasedOn"}
    found = extractions("2024年3月5日，启衡智能没有推出“砚池”大模型。")
    assert {e.stance for e in found if e.predicate == "releasedOn"} <= {Stance.DENIED}


@pytest.mark.parametrize(
    "sentence",
    [
        "启衡智能没有公布“砚池”大模型的参数规模。",
        "启衡智能尚未披露“砚池”的上线时间。",
        "Corvane Labs did not disclose the size of Halberd-2.",
        "Corvane Labs has not shared Halberd-2's training data.",
    ],
)
def test_what_was_not_told_of_a_thing_is_no_denial_of_it(sentence: str) -> None:
    assert not [e for e in extractions(sentence) if e.stance is Stance.DENIED]


def test_what_is_denied_as_such_is_denied() -> None:
    assert Stance.DENIED in {e.stance for e in extractions("启衡智能没有公布“砚池”大模型。")}


def test_a_date_that_something_had_lasted_to_is_of_no_event() -> None:
    found = extractions("截至2024年3月底，“鹿野”助手已在14个城市上线。")
    assert not [e for e in found if e.predicate == "releasedOn"]
