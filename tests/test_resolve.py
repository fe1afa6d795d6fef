"""Which names are one entity: the pairs of `tests/pairs`, names that a document explains, and what a merge records."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from reading import document, read, resolved, rules

from kg.annotate import Rules
from kg.model import Alias, Claim, End, Extraction, Span, Stance, Value
from kg.resolve import THRESHOLD, Read, resolve

PAIRS = Path(__file__).parent / "pairs"


# pairs ---------------------------------------------------------------------------------------------------------------


def said_of(type_: str, name: str, place: int) -> list[str]:
    """Lines of a document that name something of that type; `place` is 0 or 1 and makes the rest differ."""
    if type_ == "Model":
        return ["| 模型 | 发布时间 |", "|---|---|", f"| {name} | 2024-0{place + 3}-05 |", ""]
    if type_ == "Product":
        return [f"{name}接入了{('混元大模型', 'Gemini 1.5 Pro')[place]}。"]
    if type_ == "Organization":
        return ["| 模型 | 公司 |", "|---|---|", f"| {('Rushlight-1', 'Rushlight-2')[place]} | {name} |", ""]
    if type_ == "Person":
        return [f"{('百度', '腾讯')[place]}CEO{name}出席了会议。"]
    if any("\u4e00" <= char <= "\u9fff" for char in name):
        return [f"{('百度', '腾讯')[place]}属于{name}。"]
    return [f"{('Baidu', 'Tencent')[place]} is in the {name}."]


ENDS = {
    "Model": ("releasedOn", "subject"),
    "Product": ("integrates", "subject"),
    "Organization": ("developedBy", "object"),
    "Person": ("worksFor", "subject"),
    "Tier": ("tier", "object"),
}


def entities_of(type_: str, *texts: str) -> list[str]:
    """The entities of that type, in the order in which the documents name them; one for each place."""
    relation, end = ENDS[type_]
    found: dict[tuple[str, int], Claim] = {}
    for claim in sorted(resolved(*texts).claims, key=lambda c: (c.document, c.evidence.start, c.subject_text)):
        if claim.predicate == relation:
            line = texts[int(claim.document[1:])][: claim.evidence.start].count("\n")
            last = found.get((claim.document, line))
            if last is None or claim.evidence.quote.rfind(claim.object_text) > last.evidence.quote.rfind(
                last.object_text
            ):
                found[claim.document, line] = claim
    return [str(getattr(claim, end)) for claim in found.values()]


def both_ways(type_: str, one: str, other: str) -> tuple[list[str], list[str]]:
    """The two names' entities when one document has both, and when two documents have one each."""
    first, second = said_of(type_, one, 0), said_of(type_, other, 1)
    together = entities_of(type_, "\n".join([*first, "", *second]))
    return together, entities_of(type_, "\n".join(first), "\n".join(second))


def pairs(file: str) -> list[object]:
    """The rows of a file: type, one name, other name and, where the builder errs today, `fails` and why."""
    with (PAIRS / file).open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE) if row]
    return [
        pytest.param(
            *row[:3],
            id=f"{row[1]}={row[2]}",
            marks=[pytest.mark.xfail(reason=row[4], strict=True)] if row[3:4] == ["fails"] else [],
        )
        for row in rows[1:]
    ]


@pytest.mark.parametrize(("type_", "one", "other"), pairs("merge.tsv"))
def test_names_of_one_thing(type_: str, one: str, other: str) -> None:
    for entities in both_ways(type_, one, other):
        assert len(entities) == 2
        assert entities[0] == entities[1]


@pytest.mark.parametrize(("type_", "one", "other"), pairs("keep-apart.tsv"))
def test_names_of_two_things(type_: str, one: str, other: str) -> None:
    for entities in both_ways(type_, one, other):
        assert len(entities) == 2
        assert entities[0] != entities[1]


def test_there_are_enough_pairs_and_none_stands_twice() -> None:
    for file in ("merge.tsv", "keep-apart.tsv"):
        with (PAIRS / file).open(encoding="utf-8", newline="") as lines:
            rows = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
        assert len(rows) >= 200
        assert len({(row[0], *sorted(row[1:3])) for row in rows}) == len(rows)
        assert all(len(row) == 3 or (len(row) == 5 and row[3] == "fails" and row[4]) for row in rows)


# names that a document explains --------------------------------------------------------------------------------------


def ids(*texts: str) -> set[tuple[str, str, str]]:
    return {(c.subject, c.predicate, c.object) for c in resolved(*texts).claims if isinstance(c.object, str)}


def test_a_parenthesis_gives_a_second_name() -> None:
    found = resolved("“砚池”大模型（英文名Yanchi）由启衡智能研发。2024年5月8日，Yanchi正式上线。")
    assert {c.subject for c in found.claims} == {"model:砚池"}
    assert "Yanchi" in next(e for e in found.entities if e.id == "model:砚池").names
    merge = next(m for m in found.merges if m.name == "Yanchi")
    assert merge.entity == "model:砚池"
    assert "砚池" in merge.reason


def test_an_abbreviation_that_the_text_introduces() -> None:
    found = ids("启衡智能（以下简称启衡）发布了“砚池”大模型。“墨海”大模型也由启衡研发。")
    assert {obj for _, _, obj in found} == {"org:启衡智能"}


def test_an_explained_name_holds_for_its_document_only() -> None:
    explained = "“砚池”大模型（英文名Yanchi）由启衡智能研发。2024年5月8日，Yanchi正式上线。"
    other = "| 模型 | 发布时间 |\n|---|---|\n| Yanchi | 2019-01-02 |\n"
    claims = resolved(explained, other).claims
    assert {c.subject for c in claims if c.document == "d00"} == {"model:砚池"}
    assert {c.subject for c in claims if c.document == "d01"} == {"model:Yanchi"}


def test_two_known_things_in_parentheses_stay_two() -> None:
    assert not read("百度（阿里云）发布了“砚池”大模型。").aliases
    assert not read("GPT-4（GPT-4o）由OpenAI研发。").aliases


# extractions by hand -------------------------------------------------------------------------------------------------


def model(name: str, entity: str | None = None) -> End:
    return End("Model", name, name, entity, None, Span(0, 1))


def made(
    subject: End, maker: str = "org:baidu", *, confidence: float = 0.9, stance: Stance = Stance.ASSERTED
) -> Extraction:
    obj = End("Organization", "百度", "百度", maker, None, Span(2, 3))
    return Extraction("developedBy", subject, obj, Span(0, 5), stance, confidence, "test")


def sized(subject: End, count: int) -> Extraction:
    obj = End("Size", str(count), str(count), None, Value(str(count), "integer"), Span(2, 3))
    return Extraction("parameterCount", subject, obj, Span(0, 5), Stance.ASSERTED, 0.9, "test")


def one_read(*found: Extraction, id: str = "d", aliases: tuple[Alias, ...] = ()) -> Read:
    return Read(document("一二三四五六七八九十", id=id), found, aliases)


def subjects(*reads: Read) -> set[str]:
    return {c.subject for c in resolve(reads, rules()).claims}


def test_spellings_of_an_unlisted_name_are_one_across_documents() -> None:
    spellings = ("Halberd-2", "halberd 2", "HALBERD_2", "Ｈａｌｂｅｒｄ－２", "Halberd·2", "Halberd2")
    assert len(subjects(*(one_read(made(model(s)), id=f"d{n}") for n, s in enumerate(spellings)))) == 1


def test_the_spelling_used_most_names_the_entity() -> None:
    reads = [one_read(made(model(s)), id=f"d{n}") for n, s in enumerate(("halberd2", "Halberd-2", "Halberd-2"))]
    [entity] = [e for e in resolve(reads, rules()).entities if e.type == "Model"]
    assert (entity.id, entity.label) == ("model:Halberd-2", "Halberd-2")
    assert entity.names == ("Halberd-2", "halberd2")
    assert not entity.seeded


def test_a_digit_or_a_dot_more_is_another_entity() -> None:
    names = ("Halberd", "Halberd 1", "Halberd 1.1", "Halberd 11", "Halberd 1.1.1", "Halberd 0.1", "Halberd 1B")
    assert len(subjects(one_read(*(made(model(name)) for name in names)))) == len(names)


def test_a_version_mark_stands_for_the_one_name_that_it_ends() -> None:
    assert subjects(one_read(made(model("Halberd R2")), sized(model("R2"), 7000))) == {"model:Halberd_R2"}


def test_a_version_mark_that_could_be_two_stays_by_itself() -> None:
    assert len(subjects(one_read(made(model("Halberd R2")), made(model("Lumora R2")), sized(model("R2"), 7000)))) == 3


def test_a_version_mark_of_another_document_is_not_taken() -> None:
    first, second = one_read(made(model("Halberd R2")), id="a"), one_read(sized(model("R2"), 7000), id="b")
    assert len(subjects(first, second)) == 2


def test_a_name_never_stands_for_another_type() -> None:
    product = replace(model("Fennel"), type="Product")
    assert subjects(one_read(made(model("Fennel")), made(product))) == {"model:Fennel", "product:Fennel"}


def test_aliases_in_a_circle_do_no_harm() -> None:
    aliases = (Alias("Aaa", "Bbb", "Model", Span(0, 1)), Alias("Bbb", "Aaa", "Model", Span(0, 1)))
    assert subjects(one_read(made(model("Aaa")), made(model("Bbb")), aliases=aliases))


def test_an_alias_of_a_seeded_name_is_the_seed() -> None:
    alias = Alias("文心一言", "Wenny", "Model", Span(0, 1))
    found = resolve([one_read(made(model("Wenny")), aliases=(alias,))], rules())
    assert {c.subject for c in found.claims} == {"model:ernie-bot"}
    assert ("Wenny", "model:ernie-bot") in {(m.name, m.entity) for m in found.merges}


# claims --------------------------------------------------------------------------------------------------------------


def test_one_document_says_a_thing_once_and_the_surest_words_are_kept() -> None:
    claims = resolve([one_read(made(model("Lumora"), confidence=0.6), made(model("Lumora")))], rules()).claims
    assert [c.confidence for c in claims] == [0.9]


def test_a_stance_of_its_own_is_a_claim_of_its_own() -> None:
    claims = resolve([one_read(made(model("Lumora")), made(model("Lumora"), stance=Stance.DENIED))], rules()).claims
    assert {c.stance: c.accepted for c in claims} == {Stance.ASSERTED: True, Stance.DENIED: False}


@pytest.mark.parametrize(("confidence", "accepted"), [(THRESHOLD, True), (THRESHOLD - 0.001, False), (1.4, True)])
def test_only_what_is_sure_enough_is_accepted(confidence: float, accepted: bool) -> None:
    [claim] = resolve([one_read(made(model("Lumora"), confidence=confidence))], rules()).claims
    assert claim.accepted is accepted
    assert 0 <= claim.confidence <= 1


def test_nothing_is_related_to_itself() -> None:
    itself = replace(made(model("Lumora")), predicate="versionOf", object=model("lumora"))
    assert not resolve([one_read(itself)], rules()).claims


def test_evidence_is_the_text_at_its_place() -> None:
    read_ = read("启衡智能发布了“砚池”大模型。\n\n文心一言由百度研发。")
    claims = resolve([read_], rules()).claims
    assert claims
    for claim in claims:
        assert claim.evidence.exact == read_.document.raw[claim.evidence.start : claim.evidence.end]
        assert claim.evidence.quote in read_.document.text


def test_the_order_of_documents_changes_nothing() -> None:
    texts = (
        "启衡智能发布了“砚池”大模型。",
        "文心一言由百度研发。",
        "| 模型 | 公司 |\n|---|---|\n| yanchi 2 | 启衡智能有限公司 |\n",
    )
    reads = [read(text, id=f"d{n}") for n, text in enumerate(texts)]
    assert resolve(reads, rules()) == resolve(reads[::-1], rules())


def test_ids_of_claims_are_stable_and_differ() -> None:
    reads = [one_read(made(model("Lumora")), sized(model("Lumora"), 7000), id=i) for i in ("a", "b")]
    once, again = resolve(reads, rules()).claims, resolve(reads, rules()).claims
    assert [c.id for c in once] == [c.id for c in again]
    assert len({c.id for c in once}) == 4


def test_not_same_as_keeps_a_name_from_a_seed() -> None:
    known: Rules = rules()
    assert known.lexicon.lookup("通义千问2.5", "Model") != known.lexicon.lookup("Qwen2.5", "Model")
    assert known.lexicon.lookup("阿里云", "Organization") != known.lexicon.lookup("阿里", "Organization")


def test_every_claim_is_about_known_entities() -> None:
    found = resolved(
        "启衡智能发布了“砚池”大模型。", "第一梯队包括百度、腾讯和启衡智能。", "Maren Okafor is the CTO of OpenAI."
    )
    known = {e.id for e in found.entities}
    for claim in found.claims:
        assert claim.subject in known
        assert not isinstance(claim.object, str) or claim.object in known
    assert list(found.entities) == sorted(found.entities, key=lambda e: e.id)


def test_nothing_in_nothing_out() -> None:
    assert resolve([], rules()).claims == ()
    assert resolve([one_read()], rules()).entities == ()
