"""What names say by themselves: versions and sizes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from reading import FOUND, annotated, extractions, facts, rules, triples

from kg.extract import extract
from kg.model import Stance


def said(text: str) -> set[tuple[str, str, str]]:
    """What is said without links, which may see a family where these rules see none."""
    return triples(extract(annotated(text), replace(rules(), links=None)), Stance.ASSERTED, threshold=FOUND)


def test_a_size_in_a_name() -> None:
    found = said("拂晓科技发布了Fuxiao-7B和Fuxiao-1.8B。")
    assert ("Fuxiao-7B", "parameterCount", "7000000000") in found
    assert ("Fuxiao-1.8B", "parameterCount", "1800000000") in found


def test_a_sized_thing_s_edition_says_nothing_of_its_size() -> None:
    assert not [t for t in said("拂晓科技发布了Fuxiao-7B-Chat。") if t[1] == "parameterCount"]


def test_a_version_of_what_the_document_names() -> None:
    found = said("Corvane Labs released Halberd in 2022. Corvane Labs released Halberd 2 in 2024.")
    assert ("Halberd 2", "versionOf", "Halberd") in found
    found = said("启衡智能发布了“砚池”大模型。启衡智能还发布了“砚池2.0”大模型。")
    assert ("砚池2.0", "versionOf", "砚池") in found


def test_a_version_of_something_that_the_document_does_not_name() -> None:
    assert not [t for t in said("Corvane Labs released Halberd 2 in 2024.") if t[1] == "versionOf"]


def test_numbers_that_are_no_sizes() -> None:
    for name in ("Halberd-128K", "Halberd-2", "Halberd-2024", "Halberd 3.5"):
        assert not [t for t in facts(f"Corvane Labs released {name}.") if t[1] == "parameterCount"], name


def test_nothing_is_a_version_of_itself() -> None:
    text = "Corvane Labs released Halberd 2. Corvane Labs released Halberd-2 in May 2024. Halberd 2.0 is free."
    assert not [t for t in said(text) if t[1] == "versionOf" and t[0].casefold() == t[2].casefold()]


def test_a_name_of_which_nothing_is_said_says_nothing() -> None:
    assert not facts("昨天的会上有人提到Fuxiao-7B。")


def versions(text: str) -> set[tuple[str, str]]:
    return {(subject, obj) for subject, predicate, obj in said(text) if predicate == "versionOf"}


def test_the_members_of_a_series_need_no_number() -> None:
    seals = "Corvane Labs在2024年5月发布了Wrenfield-seal。"
    assert versions(f"Wrenfield系列很受欢迎。{seals}") == {("Wrenfield-seal", "Wrenfield")}
    assert versions(f"Wrenfield很受欢迎。{seals}") == set()
    gulls = "澄岸科技在2024年5月发布了“听潮-海鸥”大模型。"
    assert versions(f"“听潮”系列大模型很受欢迎。{gulls}") == {("听潮-海鸥", "听潮")}
    assert versions(f"“听潮”大模型很受欢迎。{gulls}") == set()


def test_a_sized_member_is_one_where_there_is_a_series() -> None:
    sized = "Corvane Labs released Halberd-7B in June 2024."
    assert versions(f"Corvane Labs showed the Halberd series. {sized}") == {("Halberd-7B", "Halberd")}
    assert versions(f"Corvane Labs showed Halberd. {sized}") == set()


def test_a_family_is_known_by_any_of_its_names() -> None:
    text = "阿里云发布了通义千问。阿里云于2024年5月发布了Qwen-9。"
    assert versions(text) == {("Qwen-9", "model:tongyi-qianwen")}
    assert versions("百度发布了文心一言。阿里云于2024年5月发布了Qwen-9。") == set()


def test_an_edition_of_a_numbered_version() -> None:
    text = "Corvane Labs released Halberd 2 in May. Corvane Labs released Halberd 2 Medium, which has 9B parameters."
    assert ("Halberd 2 Medium", "Halberd 2") in versions(text)
    text = "Corvane Labs released Halberd in May. Corvane Labs released Halberd 2.5 Turbo in June."
    assert ("Halberd 2.5 Turbo", "Halberd") in versions(text)


def test_a_size_is_no_edition() -> None:
    assert not versions("Corvane Labs released Halberd 2. Corvane Labs released Halberd 2-7B-Chat.")


@pytest.mark.parametrize(("said", "believed"), [("130亿", False), ("70亿", True), ("69亿", True)])
def test_a_size_that_the_name_gives_the_lie_to(said: str, believed: bool) -> None:
    found = [
        e
        for e in extractions(f"澄岸科技发布听潮-7B，参数量为{said}。")
        if e.predicate == "parameterCount" and not e.extractor.startswith("families")
    ]
    assert found
    assert all((e.confidence >= 0.5) is believed for e in found)


def test_a_kind_of_things_has_no_size() -> None:
    found = extractions("It is a dense Transformer of 35M parameters. Tarn-7 has 13 billion parameters.")
    sizes = {e.subject.name for e in found if e.predicate == "parameterCount" and e.confidence >= 0.5}
    assert sizes == {"Tarn-7"}
