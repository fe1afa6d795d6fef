"""Which texts are reposts of one another."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import document

from kg import origins as module
from kg.model import Document
from kg.origins import copies, origins

REPORT = (
    "启衡智能今天在杭州湾新区办了一场不到两百人的发布会，把憋了半年的“砚池”大模型端了出来。公司方面说，这一代砚池在写代码和"
    "算账两件事上长进最大，客服场景里的误答率比上一代少了差不多一半。现场没有邀请明星，演示全程由三位工程师轮流操作，其中一次还"
    "因为网络断线重来了一遍。负责产品的同事在茶歇时提到，砚池先向老客户开放，普通用户要等到秋天。有分析人士认为，在价格战打了"
    "一年之后，买家更在意交付是否靠得住，而不是榜单上多出来的那两分。启衡智能没有透露本轮投入了多少算力，只说机房是自己搭的。"
)
OTHER_REPORT = (
    "周二下午，做企业软件起家的启衡智能拿出了自己的新模型，名字叫砚池。记者在现场看到，演示内容以财务对账和代码补全为主，中途"
    "因断网停了几分钟。按照公司的安排，签过约的老主顾可以马上用，个人用户的入口秋天才开。多位到场的采购负责人告诉记者，他们如今"
    "挑供应商先看服务能不能跟上，分数高低排在后面。至于花了多少钱训练、用了多少块卡，公司一概不谈，机房据称为自建。"
)
ENGLISH = (
    "Corvane Labs opened its spring meeting in a converted ferry terminal and used the afternoon to show Halberd-2, a "
    "model that its engineers had been teasing since the winter. The demonstrations were short and mostly about spread"
    "sheets. A bug in the projector forced a second run of the longest one, which the audience seemed to enjoy. "
    "Customers with a contract may call the model at once; everybody else waits until the autumn. The company declined "
    "to say how much the training had cost, or which machines it had run on."
)


def doc(id: str, text: str, published: date | None = None) -> Document:
    return document(text, id=id, published=published)


def test_one_text_twice() -> None:
    assert origins([doc("a", REPORT), doc("b", REPORT)]) == (("b", "a"),)


def test_the_first_published_is_the_origin() -> None:
    early, late = date(2024, 3, 5), date(2024, 3, 6)
    assert origins([doc("a", REPORT, late), doc("b", REPORT, early)]) == (("a", "b"),)
    assert origins([doc("a", REPORT), doc("b", REPORT, late)]) == (("a", "b"),)


def test_a_new_headline_and_a_signature() -> None:
    repost = f"重磅！国产大模型又有新面孔\n\n{REPORT}\n\n（责任编辑：小鹿）"
    assert origins([doc("a", REPORT), doc("b", repost)]) == (("b", "a"),)
    assert origins([doc("a", ENGLISH), doc("b", f"You will not believe this model\n\n{ENGLISH}")]) == (("b", "a"),)


def test_a_text_cut_by_a_third() -> None:
    assert origins([doc("a", REPORT), doc("b", REPORT[: len(REPORT) * 2 // 3])]) == (("b", "a"),)
    assert origins([doc("a", REPORT), doc("b", REPORT[len(REPORT) // 3 :])]) == (("b", "a"),)


def test_other_punctuation_and_white_space() -> None:
    changed = REPORT.replace("，", ",").replace("。", " 。\n\n").replace("“", "「").replace("”", "」")
    assert origins([doc("a", REPORT), doc("b", changed)]) == (("b", "a"),)
    assert origins([doc("a", ENGLISH), doc("b", ENGLISH.upper())]) == (("b", "a"),)


def test_another_report_of_the_same_event() -> None:
    assert origins([doc("a", REPORT), doc("b", OTHER_REPORT)]) == ()


def test_a_report_that_quotes_a_sentence() -> None:
    quoted = REPORT.split("。")[0] + "。"
    assert origins([doc("a", REPORT), doc("b", OTHER_REPORT + quoted)]) == ()


def test_short_texts_are_no_reposts() -> None:
    assert origins([doc("a", "百度发布了文心一言。"), doc("b", "百度发布了文心一言。")]) == ()
    assert origins([doc("a", ""), doc("b", "")]) == ()


def test_a_chain_of_reposts_has_one_origin() -> None:
    first, second = f"快讯\n{REPORT}", f"快讯\n{REPORT}\n转自快讯"
    found = dict(
        origins(
            [doc("a", second, date(2024, 3, 7)), doc("b", REPORT, date(2024, 3, 5)), doc("c", first, date(2024, 3, 6))]
        )
    )
    assert found == {"a": "b", "c": "b"}


def test_two_stories_in_one_page_are_not_one_story() -> None:
    found = origins([doc("a", REPORT), doc("b", ENGLISH), doc("c", OTHER_REPORT)])
    assert found == ()


def test_many_documents_in_little_time() -> None:
    texts = [doc(f"d{n:03}", f"第{n}条：" + REPORT if n % 2 else OTHER_REPORT + f"第{n}条。") for n in range(60)]
    assert len(origins(texts)) == 58


@settings(max_examples=30, deadline=None)
@given(st.permutations(["a", "b", "c", "d", "e"]))
def test_the_order_of_documents_is_irrelevant(order: list[str]) -> None:
    texts = {"a": REPORT, "b": OTHER_REPORT, "c": f"快讯\n{REPORT}", "d": ENGLISH, "e": ENGLISH[40:]}
    assert origins([doc(name, texts[name]) for name in order]) == (("c", "a"), ("e", "d"))


QUOTING = OTHER_REPORT + REPORT[40:120]
STORIES = (REPORT, OTHER_REPORT, ENGLISH, QUOTING, f"快讯\n{REPORT}", "", "百度发布了文心一言。", f"{ENGLISH}{QUOTING}")
corpora = st.lists(
    st.tuples(st.sampled_from(STORIES), st.none() | st.dates(date(2024, 3, 1), date(2024, 3, 4))), max_size=6
).map(lambda chosen: [doc(f"d{number}", text, published) for number, (text, published) in enumerate(chosen)])


@settings(max_examples=150, deadline=None)
@given(corpora, corpora)
def test_what_was_worked_out_changes_nothing(before: list[Document], now: list[Document]) -> None:
    fresh = copies(now)
    found = copies(now, copies(before).worked)
    assert found == fresh
    assert found.worked == fresh.worked, "and nothing is left of what is gone"


def test_texts_are_compared_once(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [doc("a", REPORT), doc("b", QUOTING), doc("c", ENGLISH)]
    first = copies(texts)
    assert [(p.document, p.origin) for p in first.passages] == [("b", "a")]
    monkeypatch.setattr(module, "_hashes", None)  # nothing can be compared from now on
    assert copies(texts[::-1], first.worked) == first
    with pytest.raises(TypeError):
        copies([*texts, doc("d", OTHER_REPORT)], first.worked)


@pytest.mark.parametrize("data", [b"", b"[]", b"7", b"[9,[]]", b"[null,[[0,1,9]]]", b"[null,7]", b"\xff", b'["a",[]]'])
def test_what_is_damaged_is_worked_out_anew(data: bytes) -> None:
    texts = [doc("a", REPORT), doc("b", QUOTING), doc("c", f"快讯\n{REPORT}")]
    first = copies(texts)
    assert copies(texts, dict.fromkeys(first.worked, data)) == first
