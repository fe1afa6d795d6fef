"""Profiles: what the items of a section are to whom the document is about."""

from __future__ import annotations

from reading import facts

COMPANY = """Ashgrove Speech Ltd - company profile

Industry: speech software

Products

* Cadence - call transcription for councils.
* wrenasr - a 600M parameter speech recognition model.

People

Priya Menon - chief executive
Owen Hadley - CTO, joined from Meta in 2021

News

* Larkspur - a rival of ours - was shut down.
"""
HOUSE = """武汉柏岭科技有限公司

【主要产品】

观湖遥感云平台
一站式遥感数据处理，用户很多。

【管理团队】

董事长：刘荣先（兼任腾讯副总裁）
总经理：蒋晓雯

【合作伙伴】

听雪大模型
"""


def test_products_and_people_of_a_company() -> None:
    found = facts(COMPANY)
    assert {s for s, p, o in found if p == "developedBy" and "Ashgrove Speech" in str(o)} == {"Cadence", "wrenasr"}
    assert {s for s, p, o in found if p == "worksFor" and "Ashgrove Speech" in str(o)} == {"Priya Menon", "Owen Hadley"}


def test_marked_headings_in_chinese() -> None:
    found = facts(HOUSE)
    assert {s for s, p, o in found if p == "developedBy"} == {"观湖遥感"}
    assert {"刘荣先", "蒋晓雯"} <= {s for s, p, o in found if p == "worksFor" and "柏岭" in str(o)}


def test_an_article_is_no_profile() -> None:
    text = COMPANY.replace("Ashgrove Speech Ltd - company profile", "Ashgrove Speech Ltd raised money last week")
    assert not {s for s, p, o in facts(text) if s == "Cadence" and p == "developedBy"}
