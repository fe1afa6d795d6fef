"""Claims as lines of JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from hand_built import KNOWLEDGE
from reading import read, resolved, rules

from kg import claimlines, reconcile
from kg.model import Knowledge, Merge

HAND_BUILT = replace(KNOWLEDGE, claims=tuple(c for c in KNOWLEDGE.claims if c.predicate != "tier"))
"""Less the claim whose object it leaves to the ontology."""


def known(*texts: str) -> Knowledge:
    found = resolved(*texts)
    documents = tuple(read(text, id=f"d{n:02}").document for n, text in enumerate(texts))
    weighed = reconcile.reconcile(found.claims, documents, (), rules())
    return Knowledge(documents, found.entities, weighed.claims, weighed.facts, found.merges)


def lines(*texts: str, everything: bool = False) -> list[dict[str, Any]]:
    return list(claimlines.lines(known(*texts), everything=everything))


def one(relation: str, *texts: str) -> dict[str, Any]:
    [line] = [line for line in lines(*texts) if line["predicate"] == relation]
    return line


def test_a_line_is_as_the_design_fixes_it() -> None:
    text = "百度于2023年3月16日发布了文心一言。"
    line = one("releasedOn", text)
    assert list(line) == ["doc", "predicate", "stance", "confidence", "extractor", "subject", "object", "evidence"]
    assert line["doc"] == "d00"
    assert line["stance"] == "asserted"
    assert list(line["subject"]) == ["id", "type", "label", "mention", "names"]
    assert line["subject"]["id"] == "model:ernie-bot"
    assert {"文心一言", "ERNIE Bot"} <= set(line["subject"]["names"])
    assert line["object"] == {
        "value": "2023-03-16",
        "datatype": "xsd:date",
        "earliest": "2023-03-16",
        "latest": "2023-03-16",
    }
    evidence = line["evidence"]
    assert text[evidence["start"] : evidence["end"]] == evidence["exact"]
    assert evidence["quote"] in text


def test_coarse_dates_have_their_datatype_and_interval() -> None:
    month = one("releasedOn", "百度于2023年3月发布了文心一言。")["object"]
    assert month == {"value": "2023-03", "datatype": "xsd:gYearMonth", "earliest": "2023-03-01", "latest": "2023-03-31"}
    assert one("releasedOn", "百度于2023年发布了文心一言。")["object"]["datatype"] == "xsd:gYear"


def test_an_object_that_is_an_entity_has_the_subject_s_form() -> None:
    maker = one("developedBy", "文心一言由百度研发。")["object"]
    assert list(maker) == ["id", "type", "label", "mention", "names"]
    assert (maker["id"], maker["type"]) == ("org:baidu", "Organization")


def test_a_tier_a_size_and_a_title_are_values() -> None:
    assert one("tier", "百度属于第一梯队。")["object"] == {"value": 1}
    assert one("parameterCount", "GPT-3拥有1750亿参数。")["object"]["value"] == 175_000_000_000
    assert one("hasTitle", "百度CTO王海峰到场。")["object"] == {"value": "CTO"}


def test_names_are_those_of_the_seeds_and_of_the_text() -> None:
    line = one("releasedOn", "“砚池”大模型（英文名Yanchi）由启衡智能研发。2024年5月8日，Yanchi正式上线。")
    assert {"砚池", "Yanchi"} <= set(line["subject"]["names"])
    assert len(line["subject"]["names"]) == len(set(line["subject"]["names"]))


def test_who_says_so() -> None:
    said = one("developedBy", "据《华东早报》报道，百度推出了文心一言。")
    assert "华东早报" in said["attribution"]
    assert "attribution" not in one("developedBy", "百度推出了文心一言。")


def test_what_makes_no_fact_is_printed_only_when_asked_for() -> None:
    text = "据传GPT-5参数量为17万亿。百度没有发布文心一言。文心一言由百度研发。"
    assert {line["stance"] for line in lines(text)} == {"asserted"}
    assert {line["stance"] for line in lines(text, everything=True)} == {"asserted", "denied", "rumoured"}


def test_lines_come_in_the_order_of_documents_and_places() -> None:
    texts = ("文心一言由百度研发。讯飞星火由科大讯飞研发。", "GPT-4由OpenAI研发。")
    order = [(line["doc"], line["evidence"]["start"]) for line in lines(*texts)]
    assert order == sorted(order)
    assert [line["doc"] for line in lines(*texts)] == ["d00", "d00", "d01"]


def test_the_order_of_claims_changes_nothing() -> None:
    given = known("文心一言由百度研发。讯飞星火由科大讯飞研发。", "GPT-4由OpenAI研发。")
    backwards = replace(given, claims=given.claims[::-1], entities=given.entities[::-1], merges=given.merges[::-1])
    first = [(line["doc"], line["subject"]["id"]) for line in claimlines.lines(given)]
    assert first == [(line["doc"], line["subject"]["id"]) for line in claimlines.lines(backwards)]


def test_a_line_is_one_line_whatever_the_document_holds() -> None:
    for line in claimlines.lines(HAND_BUILT, everything=True):
        line["evidence"]["exact"] += "a\u2028b\u2029c\x85d\r\n\x0b\x0c\x1c"
        text = claimlines.dumped(line)
        assert len(text.splitlines()) == 1
        assert json.loads(text) == line


def test_hostile_names_come_through() -> None:
    found = [json.loads(claimlines.dumped(line)) for line in claimlines.lines(HAND_BUILT)]
    assert len(found) == sum(c.accepted for c in HAND_BUILT.claims)
    labels = {line["subject"]["label"] for line in found}
    assert {
        e.label for e in HAND_BUILT.entities if e.id in {c.subject for c in HAND_BUILT.claims if c.accepted}
    } == labels


def test_a_merge_is_a_name() -> None:
    given = known("文心一言由百度研发。")
    more = replace(given, merges=(*given.merges, Merge("小文", "model:ernie-bot", "a test")))
    [line] = claimlines.lines(more)
    assert "小文" in line["subject"]["names"]


def test_nothing_known_no_lines() -> None:
    assert list(claimlines.lines(Knowledge(), everything=True)) == []
