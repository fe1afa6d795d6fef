"""Weighing: what agrees, what refines, what conflicts, and who wins, step by step."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import document, rules

from kg.dates import When
from kg.errors import KGError
from kg.model import Claim, Decision, Document, Evidence, Fact, Rank, Span, Stance, Standing, Value
from kg.reconcile import Publisher, Weighed, publishers, reconcile

MODEL = "model:ernie-bot"
"""By Baidu, whose official source is `百度官网`."""


def day(text: str) -> Value:
    return dated(When.day(date.fromisoformat(text)))


def dated(when: When) -> Value:
    return Value(when.value, when.datatype, when)


def number(value: int) -> Value:
    return Value(str(value), "integer")


def claim(name: str, value: str | Value, *, of: str = "a", predicate: str = "releasedOn", **more: object) -> Claim:
    about: dict[str, object] = {
        "subject": MODEL,
        "stance": Stance.ASSERTED,
        "confidence": 0.8,
        "extractor": "test",
        "evidence": Evidence(0, 1, "x", "x", Span(0, 1)),
        **more,
    }
    return Claim(name, of, predicate, object=value, **about)  # type: ignore[arg-type]


def doc(name: str, published: str | None = "2023-05-01", publisher: str | None = None) -> Document:
    when = date.fromisoformat(published) if published else None
    return document("x", id=name, published=when, publisher=publisher)  # type: ignore[arg-type]


def weighed(*claims: Claim, documents: tuple[Document, ...] = (), reposts: tuple[tuple[str, str], ...] = ()) -> Weighed:
    known = documents or tuple(doc(name) for name in sorted({c.document for c in claims}))
    return reconcile(claims, known, reposts, rules())


def by_id(found: Weighed) -> dict[str, Claim]:
    return {c.id: c for c in found.claims}


def the_fact(found: Weighed) -> Fact:
    [fact] = found.facts
    return fact


def held(fact: Fact) -> str:
    return fact.object if isinstance(fact.object, str) else fact.object.lexical


EARLY, LATE = day("2023-03-16"), day("2023-04-01")
MONTH, YEAR = dated(When.month(2023, 3)), dated(When.year(2023))


# agreement -----------------------------------------------------------------------------------------------------------


def test_one_claim_is_a_fact() -> None:
    found = weighed(claim("c1", EARLY))
    fact = the_fact(found)
    assert (fact.subject, fact.predicate, held(fact), fact.claims) == (MODEL, "releasedOn", "2023-03-16", ("c1",))
    assert (fact.sources, fact.confidence) == (1, 0.8)
    assert by_id(found)["c1"].rank is Rank.PREFERRED
    assert found.conflicts == 0


def test_two_sources_that_agree_are_surer_than_one() -> None:
    fact = the_fact(weighed(claim("c1", EARLY), claim("c2", EARLY, of="b")))
    assert fact.sources == 2
    assert fact.confidence == 0.96
    assert fact.claims == ("c1", "c2")


def test_one_source_twice_is_no_surer() -> None:
    fact = the_fact(weighed(claim("c1", EARLY), claim("c2", EARLY, confidence=0.6)))
    assert (fact.sources, fact.confidence) == (1, 0.8)


def test_a_repost_is_no_second_source() -> None:
    claims = claim("c1", EARLY), claim("c2", EARLY, of="b")
    fact = the_fact(weighed(*claims, reposts=(("b", "a"),)))
    assert (fact.sources, fact.confidence) == (1, 0.8)
    assert {c.independent_sources for c in weighed(*claims, reposts=(("b", "a"),)).claims} == {1}
    assert {c.independent_sources for c in weighed(*claims).claims} == {2}


# refinement ----------------------------------------------------------------------------------------------------------


def test_a_day_refines_its_month_and_year() -> None:
    found = weighed(claim("c1", YEAR), claim("c2", MONTH, of="b"), claim("c3", EARLY, of="c"))
    fact = the_fact(found)
    assert held(fact) == "2023-03-16"
    assert fact.claims == ("c1", "c2", "c3")
    assert fact.sources == 3
    claims = by_id(found)
    assert claims["c1"].refined_by == ("c2", "c3")
    assert claims["c2"].refined_by == ("c3",)
    assert claims["c3"].refined_by == ()
    assert (claims["c1"].rank, claims["c2"].rank, claims["c3"].rank) == (Rank.NORMAL, Rank.NORMAL, Rank.PREFERRED)
    assert found.conflicts == 0


def test_a_part_refines_its_whole() -> None:
    found = weighed(
        claim("c1", "org:alibaba", predicate="developedBy", subject="model:tongyi-qianwen"),
        claim("c2", "org:alibaba-cloud", of="b", predicate="developedBy", subject="model:tongyi-qianwen"),
    )
    assert by_id(found)["c1"].refined_by == ("c2",)
    assert by_id(found)["c2"].refined_by == ()
    assert not any(c.conflicts_with for c in found.claims)


# conflict ------------------------------------------------------------------------------------------------------------


def test_two_days_conflict() -> None:
    found = weighed(claim("c1", EARLY), claim("c2", LATE, of="b"))
    claims = by_id(found)
    assert claims["c1"].conflicts_with == ("c2",)
    assert claims["c2"].conflicts_with == ("c1",)
    assert sorted(c.rank for c in found.claims) == [Rank.DEPRECATED, Rank.PREFERRED]
    assert len(found.facts) == 1
    assert found.conflicts == 1


def test_a_day_conflicts_with_another_month() -> None:
    found = weighed(claim("c1", LATE), claim("c2", MONTH, of="b"))
    assert by_id(found)["c1"].conflicts_with == ("c2",)


def test_two_sizes_conflict() -> None:
    sizes = [claim(f"c{n}", number(v), of=d, predicate="parameterCount") for n, v, d in ((1, 7, "a"), (2, 13, "b"))]
    assert weighed(*sizes).conflicts == 1


def test_a_tier_holds_by_the_word_of_its_source() -> None:
    tiers = [claim(f"c{n}", f"tier:{n}", of=d, predicate="tier", subject="org:baidu") for n, d in ((1, "a"), (2, "b"))]
    found = weighed(*tiers)
    assert found.conflicts == 0
    assert {held(f) for f in found.facts} == {"tier:1", "tier:2"}


def test_several_makers_do_not_conflict() -> None:
    makers = [
        claim("c1", "org:tencent", predicate="developedBy"),
        claim("c2", "org:tsinghua", predicate="developedBy", of="b"),
    ]
    found = weighed(*makers)
    assert found.conflicts == 0
    assert {held(f) for f in found.facts} == {"org:tencent", "org:tsinghua"}
    assert {c.rank for c in found.claims} == {Rank.PREFERRED}


# the winner rule, step by step ---------------------------------------------------------------------------------------


def test_first_an_official_source() -> None:
    """One official source against three others, though they came first and are more exact."""
    fact = the_fact(
        weighed(
            claim("c1", dated(When.month(2023, 4)), of="o"),
            *(claim(f"d{n}", EARLY, of=f"n{n}") for n in range(3)),
            documents=(doc("o", "2023-09-01", "百度官网"), *(doc(f"n{n}", "2023-03-17") for n in range(3))),
        )
    )
    assert (held(fact), fact.rule) == ("2023-04", "an official source states it")


def test_an_official_source_of_somebody_else_is_not_official_here() -> None:
    fact = the_fact(
        weighed(
            claim("c1", LATE, of="o"),
            *(claim(f"d{n}", EARLY, of=f"n{n}") for n in range(2)),
            documents=(doc("o", publisher="OpenAI Blog"), doc("n0"), doc("n1")),
        )
    )
    assert held(fact) == "2023-03-16"


def test_then_more_independent_origins() -> None:
    claims = claim("c1", EARLY, of="a"), claim("c2", LATE, of="b"), claim("c3", LATE, of="c")
    fact = the_fact(weighed(*claims, documents=(doc("a", "2023-01-01"), doc("b"), doc("c"))))
    assert (held(fact), fact.rule, fact.sources) == ("2023-04-01", "more independent origins state it", 2)


def test_reposts_do_not_outvote() -> None:
    claims = claim("c1", EARLY, of="a"), claim("c2", LATE, of="b"), claim("c3", LATE, of="c")
    documents = (doc("a", "2023-01-01"), doc("b"), doc("c"))
    fact = the_fact(weighed(*claims, documents=documents, reposts=(("c", "b"),)))
    assert (held(fact), fact.rule) == ("2023-03-16", "it was published first")


def test_the_coarser_value_s_origins_count_for_the_finer() -> None:
    claims = claim("c1", EARLY, of="a"), claim("c2", MONTH, of="b"), claim("c3", LATE, of="c")
    fact = the_fact(weighed(*claims))
    assert (held(fact), fact.rule, fact.claims) == ("2023-03-16", "more independent origins state it", ("c1", "c2"))


def test_then_the_more_exact() -> None:
    claims = claim("c1", dated(When.month(2023, 5)), of="a"), claim("c2", EARLY, of="b")
    fact = the_fact(weighed(*claims, documents=(doc("a", "2023-01-01", "Nature"), doc("b", "2023-09-01"))))
    assert (held(fact), fact.rule) == ("2023-03-16", "it is more exact")


def test_then_the_better_trusted_publisher() -> None:
    trusted, doubted = "Nature", "A5创业网"
    known = publishers(rules().ontology)
    assert known[trusted].trust > known[doubted].trust
    claims = claim("c1", EARLY, of="a"), claim("c2", LATE, of="b")
    fact = the_fact(weighed(*claims, documents=(doc("a", "2023-01-01", doubted), doc("b", "2023-09-01", trusted))))
    assert (held(fact), fact.rule) == ("2023-04-01", "its publisher is trusted more")


def test_then_the_first_published() -> None:
    claims = claim("c1", EARLY, of="a"), claim("c2", LATE, of="b")
    fact = the_fact(weighed(*claims, documents=(doc("a", "2023-05-02"), doc("b", "2023-05-01"))))
    assert (held(fact), fact.rule) == ("2023-04-01", "it was published first")


def test_a_document_without_a_date_comes_after_those_with_one() -> None:
    claims = claim("c1", EARLY, of="a"), claim("c2", LATE, of="b")
    fact = the_fact(weighed(*claims, documents=(doc("a", None), doc("b", "2099-01-01"))))
    assert held(fact) == "2023-04-01"


def test_last_the_smaller_hash() -> None:
    for first, second, expected in (("c1", "c2", "2023-03-16"), ("c2", "c1", "2023-04-01")):
        fact = the_fact(weighed(claim(first, EARLY, of="a"), claim(second, LATE, of="b")))
        assert (held(fact), fact.rule) == (expected, "a stable choice between equals")


def test_publishers_have_all_their_names() -> None:
    known = publishers(rules().ontology)
    assert known["百度官网"].official_for >= {"org:baidu"}
    for name, publisher in known.items():
        assert isinstance(publisher, Publisher)
        assert 0.0 <= publisher.trust <= 1.0, name


# what is no conflict -------------------------------------------------------------------------------------------------


def standings(found: Weighed) -> dict[str, Standing]:
    return {c.id: c.standing for c in found.claims}


def words(quote: str, at: int = 0) -> Evidence:
    return Evidence(at, at + len(quote), quote, quote, Span(at, at + len(quote)))


def size(name: str, value: int, text: str = "", of: str = "a", **more: object) -> Claim:
    return claim(name, number(value), of=of, predicate="parameterCount", object_text=text, **more)


@pytest.mark.parametrize(
    ("fine", "coarse"),
    [
        ((6_200_000_000, "62亿"), (6_000_000_000, "6B")),
        ((7_700_000_000, "7.7B"), (7_000_000_000, "7B")),
        ((6_740_000_000, "6.74 billion"), (7_000_000_000, "7B")),
        ((65_200_000_000, "652亿"), (60_000_000_000, "超过600亿")),
        ((130_000_000_001, "130000000001"), (130_000_000_000, "1300亿")),
    ],
)
def test_a_rounded_size_is_refined(fine: tuple[int, str], coarse: tuple[int, str]) -> None:
    found = weighed(size("c1", *fine), size("c2", *coarse, of="b"), size("c3", *coarse, of="c"))
    assert standings(found) == {"c1": Standing.SAME, "c2": Standing.REFINEMENT, "c3": Standing.REFINEMENT}
    assert (held(the_fact(found)), the_fact(found).sources, found.conflicts) == (str(fine[0]), 3, 0)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ((7_000_000_000, "7B"), (13_000_000_000, "13B")),
        ((6_000_000_000, "60.0亿"), (6_200_000_000, "62亿")),
        ((100_000_000_000, "100B"), (130_000_000_000, "130B")),
        ((7_000_000_000, "7B"), (9_000_000_000, "9B")),
        ((7_000_000_000, ""), (7_700_000_000, "7.7B")),
    ],
)
def test_sizes_that_are_no_rounding_conflict(one: tuple[int, str], two: tuple[int, str]) -> None:
    assert weighed(size("c1", *one), size("c2", *two, of="b")).conflicts == 1


def test_a_date_that_is_another_event_s() -> None:
    """Three say 16 March; one calls the day of the test, which a fourth knows as such, the release."""
    found = weighed(
        claim("c1", EARLY),
        claim("c2", EARLY, of="b"),
        claim("c3", LATE, of="c"),
        claim("c4", LATE, of="d", predicate="betaOn"),
    )
    assert standings(found)["c3"] is Standing.EVENT
    assert by_id(found)["c3"].because == "it is the date of betaOn"
    assert by_id(found)["c3"].rank is Rank.NORMAL
    assert found.conflicts == 0


def test_two_dates_that_are_other_events_conflict() -> None:
    found = weighed(
        claim("c1", EARLY),
        claim("c2", LATE, of="b"),
        claim("c3", LATE, of="c", predicate="betaOn"),
        claim("c4", EARLY, of="d", predicate="openSourcedOn"),
    )
    assert found.conflicts == 1


@pytest.mark.parametrize("quote", ["8月31日，文心一言向全社会全面开放", "ernie-bot became generally available"])
def test_words_of_another_event(quote: str) -> None:
    found = weighed(claim("c1", EARLY), claim("c2", EARLY, of="b"), claim("c3", LATE, of="c", evidence=words(quote)))
    assert standings(found)["c3"] is Standing.EVENT
    assert "another event" in by_id(found)["c3"].because
    assert found.conflicts == 0


def test_words_of_another_event_on_both_sides_explain_nothing() -> None:
    opened = words("全面开放")
    assert weighed(claim("c1", EARLY, evidence=opened), claim("c2", LATE, of="b", evidence=opened)).conflicts == 1


def test_a_latin_cue_is_a_word_of_its_own() -> None:
    inside = words("the alphabeta model was released")
    assert weighed(claim("c1", EARLY), claim("c2", LATE, of="b", evidence=inside)).conflicts == 1


def test_a_family_comes_out_no_later_than_its_versions() -> None:
    """Two sources give the day of a version as that of the family: its own, earlier day is held all the same."""
    found = weighed(
        claim("c1", EARLY, subject="model:qwen"),
        claim("c2", LATE, of="b", subject="model:qwen"),
        claim("c3", LATE, of="c", subject="model:qwen"),
        claim("c4", LATE, of="c", subject="model:乙"),
        claim("c5", "model:qwen", of="c", subject="model:乙", predicate="versionOf"),
    )
    assert standings(found)["c2"] is Standing.SCOPE
    assert by_id(found)["c2"].because == "it is the value of model:乙"
    assert {held(f) for f in found.facts if f.subject == "model:qwen"} == {"2023-03-16"}
    assert found.conflicts == 0


def test_the_first_version_s_day_is_the_family_s() -> None:
    found = weighed(
        claim("c1", EARLY, subject="model:qwen"),
        claim("c2", EARLY, of="b", subject="model:乙"),
        claim("c3", "model:qwen", of="b", subject="model:乙", predicate="versionOf"),
        claim("c4", LATE, of="c", subject="model:qwen"),
        claim("c5", EARLY, of="d", subject="model:qwen"),
    )
    assert {held(f) for f in found.facts if f.subject == "model:qwen"} == {"2023-03-16"}


def test_sizes_in_one_sentence_are_of_several_versions() -> None:
    sentence = "有7B和14B"
    found = weighed(size("c1", 7, evidence=words(sentence)), size("c2", 14, evidence=words(sentence)))
    assert sorted(standings(found).values()) == [Standing.SCOPE, Standing.SAME]
    assert found.conflicts == 0


def test_sizes_of_parts() -> None:
    found = weighed(
        size("c1", 671), size("c2", 671, of="b"), size("c3", 37, of="c", evidence=words("每次激活370亿参数"))
    )
    assert standings(found)["c3"] is Standing.SCOPE
    assert found.conflicts == 0


def test_words_that_name_something_narrower() -> None:
    found = weighed(size("c1", 7), size("c2", 7, of="b"), size("c3", 72, of="c", subject_text="文心一言4.5"))
    assert (standings(found)["c3"], by_id(found)["c3"].because) == (Standing.SCOPE, "its words name 文心一言4.5")


def test_a_version_right_behind_the_name() -> None:
    """One source tells of the version before: its day is not the family's, however sure its words are."""
    before = claim(
        "c1", EARLY, of="a", subject_text="文心一言", evidence=words("文心一言 2 于去年面世"), confidence=0.9
    )
    found = weighed(before, claim("c2", LATE, of="b", subject_text="文心一言", evidence=words("带来了文心一言")))
    assert (held(the_fact(found)), by_id(found)["c1"].because) == ("2023-04-01", "its words name 文心一言 2")
    assert found.conflicts == 0
    for quote in ("文心一言3月16日发布", "文心一言 2023年发布", "文心一言 7B", "文心一言 10 亿参数", "文心一言 4 款"):
        found = weighed(
            claim("c1", EARLY, subject_text="文心一言", evidence=words(quote)),
            claim("c2", LATE, of="b", subject_text="文心一言", evidence=words("文心一言")),
        )
        assert found.conflicts == 1, quote


def test_a_size_in_the_name_is_the_size() -> None:
    sizes = size("c1", 72_000_000_000, "72b"), size("c2", 14_000_000_000, "14B", of="b")
    found = weighed(*(replace(c, subject="model:qwen-14b") for c in sizes))
    assert (held(the_fact(found)), by_id(found)["c1"].because) == ("14000000000", "its name says 14B")
    assert found.conflicts == 0
    rounded = size("c1", 7_720_000_000, "77.2亿"), size("c2", 14_000_000_000, "14B", of="b")
    assert held(the_fact(weighed(*(replace(c, subject="model:甲-7B") for c in rounded)))) == "7720000000"
    neither = size("c1", 13_000_000_000), size("c2", 14_000_000_000, of="b")
    assert weighed(*(replace(c, subject="model:甲-7B") for c in neither)).conflicts == 1


def test_a_correction_supersedes() -> None:
    documents = doc("a", "2023-03-17", "Nature"), doc("b", "2023-03-20", "Nature"), doc("c", "2023-03-01")
    later = claim("c2", LATE, of="b", evidence=words("更正：文心一言于4月1日发布"))
    found = weighed(claim("c1", EARLY, of="a"), later, documents=documents)
    assert held(the_fact(found)) == "2023-04-01"
    assert standings(found) == {"c1": Standing.SUPERSEDED, "c2": Standing.SAME}
    assert by_id(found)["c1"].rank is Rank.DEPRECATED
    assert found.conflicts == 0
    alone = weighed(claim("c1", EARLY, of="a"), claim("c2", LATE, of="b"), documents=documents)
    assert alone.conflicts == 1, "a later date alone is no correction"
    other = weighed(claim("c1", EARLY, of="c"), later, documents=documents)
    assert other.conflicts == 1, "nobody corrects somebody else"


def test_a_plan_is_superseded_by_what_came_of_it() -> None:
    plan = claim("c1", LATE, stance=Stance.PLANNED, accepted=False)
    assert standings(weighed(plan, claim("c2", EARLY, of="b")))["c1"] is Standing.SUPERSEDED
    assert standings(weighed(plan))["c1"] is Standing.ASIDE


def test_one_day_in_two_time_zones() -> None:
    there = words("当地时间3月14日")
    found = weighed(claim("c1", day("2023-03-14"), evidence=there), claim("c2", day("2023-03-15"), of="b"))
    assert (found.conflicts, set(standings(found).values())) == (0, {Standing.SAME})
    assert weighed(claim("c1", day("2023-03-13"), evidence=there), claim("c2", day("2023-03-15"), of="b")).conflicts
    assert weighed(claim("c1", day("2023-03-14")), claim("c2", day("2023-03-15"), of="b")).conflicts
    morning = claim("c1", day("2023-03-15"), evidence=words("15日凌晨发布"))
    assert not weighed(morning, claim("c2", day("2023-03-14"), of="b")).conflicts


def test_a_conflict_says_what_decided() -> None:
    found = weighed(claim("c1", EARLY), claim("c2", LATE, of="b"), claim("c3", LATE, of="c"))
    assert by_id(found)["c1"].because == "against 2023-04-01: more independent origins state it"


def test_a_repost_says_so() -> None:
    found = weighed(claim("c1", EARLY), claim("c2", EARLY, of="b"), reposts=(("b", "a"),))
    assert (by_id(found)["c2"].standing, by_id(found)["c2"].because) == (Standing.SAME, "a repost of a")


# what is held where values conflict ----------------------------------------------------------------------------------


def treated(on_conflict: str, *claims: Claim) -> Weighed:
    known = tuple(doc(name) for name in sorted({c.document for c in claims}))
    return reconcile(claims, known, (), rules(), on_conflict)


def test_omit_holds_nothing_that_is_denied() -> None:
    found = treated("omit", claim("c1", EARLY), claim("c2", LATE, of="b"))
    assert found.facts == ()
    assert found.conflicts == 1
    assert {c.rank for c in found.claims} == {Rank.NORMAL}
    assert set(standings(found).values()) == {Standing.CONFLICT}


def test_omit_holds_what_both_sides_agree_on() -> None:
    found = treated("omit", claim("c1", EARLY), claim("c2", LATE, of="b"), claim("c3", YEAR, of="c"))
    assert (held(the_fact(found)), the_fact(found).rule) == ("2023", "what the claims that conflict agree on")
    assert by_id(found)["c3"].rank is Rank.PREFERRED
    month = treated("omit", claim("c1", EARLY), claim("c2", LATE, of="b"), claim("c3", MONTH, of="c"))
    assert month.facts == (), "March is what one side says, less exactly"


def test_all_holds_every_side() -> None:
    found = treated("all", claim("c1", EARLY), claim("c2", LATE, of="b"), claim("c3", LATE, of="c"))
    assert {held(f): f.rule for f in found.facts} == {
        "2023-03-16": "all sides of a conflict are held; the rule prefers 2023-04-01",
        "2023-04-01": "more independent origins state it",
    }
    assert {c.id: c.rank for c in found.claims} == {"c1": Rank.NORMAL, "c2": Rank.PREFERRED, "c3": Rank.PREFERRED}


@pytest.mark.parametrize("on_conflict", ["best", "omit", "all"])
def test_without_a_conflict_all_ways_are_one(on_conflict: str) -> None:
    claims = claim("c1", EARLY), claim("c2", MONTH, of="b"), claim("c3", EARLY, of="c")
    assert treated(on_conflict, *claims) == treated("best", *claims)


def test_there_is_no_other_way() -> None:
    with pytest.raises(KGError, match="'some' is no way to treat conflicts; there are best, omit, all"):
        treated("some")


# what people decide --------------------------------------------------------------------------------------------------


def test_a_decision_goes_before_every_step() -> None:
    chosen = claim("c1", EARLY, decision=Decision("c1", "accept", "李", "看过原文"))
    others = [claim(f"d{n}", LATE, of=f"n{n}") for n in range(4)]
    found = weighed(chosen, *others)
    assert (held(the_fact(found)), the_fact(found).rule) == ("2023-03-16", "a person decided so")
    assert standings(found)["d0"] is Standing.SUPERSEDED
    assert by_id(found)["d0"].because == "李 decided: 看过原文"
    assert found.conflicts == 0, "what a person decided is no open conflict"


def test_a_rejected_claim_takes_no_part() -> None:
    wrong = claim("c1", EARLY, accepted=False, decision=Decision("c1", "reject", "李", "另一个模型"))
    found = weighed(wrong, claim("c2", LATE, of="b"))
    assert held(the_fact(found)) == "2023-04-01"
    assert (by_id(found)["c1"].rank, standings(found)["c1"]) == (Rank.DEPRECATED, Standing.ASIDE)
    assert by_id(found)["c1"].because == "李 rejected it: 另一个模型"


# what takes no part --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stance", [Stance.PLANNED, Stance.RUMOURED, Stance.DENIED])
def test_what_is_not_asserted_makes_no_fact_and_is_kept(stance: Stance) -> None:
    other = claim("c1", LATE, stance=stance, accepted=False)
    found = weighed(other, claim("c2", EARLY, of="b"))
    assert held(the_fact(found)) == "2023-03-16"
    assert by_id(found)["c2"].conflicts_with == ()
    assert by_id(found)["c1"].rank is (Rank.DEPRECATED if stance is Stance.DENIED else Rank.NORMAL)
    assert weighed(other).facts == ()


def test_nothing_in_nothing_out() -> None:
    assert reconcile([], [], [], rules()) == Weighed((), ())


# laws ----------------------------------------------------------------------------------------------------------------

values = st.sampled_from(
    [EARLY, LATE, MONTH, YEAR, dated(When.month(2023, 4)), dated(When.year(2022)), day("2022-12-30")]
)
some_claims = st.lists(
    st.tuples(values, st.sampled_from("abcd"), st.sampled_from([0.5, 0.7, 0.9]), st.booleans()), min_size=1, max_size=9
).map(lambda rows: [claim(f"c{n}", v, of=d, confidence=c, accepted=a) for n, (v, d, c, a) in enumerate(rows)])
DOCUMENTS = (
    doc("a", None),
    doc("b", "2023-05-01", "Nature"),
    doc("c", "2023-04-01", "百度官网"),
    doc("d", "2023-04-01"),
)
REPOSTS = (("d", "a"),)


@settings(max_examples=200, deadline=None)
@given(some_claims, st.randoms(use_true_random=False))
def test_the_order_of_claims_and_documents_is_irrelevant(claims: list[Claim], order: object) -> None:
    shuffled, documents = list(claims), list(DOCUMENTS)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    order.shuffle(documents)  # type: ignore[attr-defined]
    assert reconcile(shuffled, documents, REPOSTS, rules()) == reconcile(claims, DOCUMENTS, REPOSTS, rules())


@settings(max_examples=200, deadline=None)
@given(some_claims)
def test_no_claim_is_lost_and_one_value_is_held(claims: list[Claim]) -> None:
    found = reconcile(claims, DOCUMENTS, REPOSTS, rules())
    assert {c.id for c in found.claims} == {c.id for c in claims}
    accepted = {c.id for c in claims if c.accepted}
    assert len(found.facts) == bool(accepted)
    for fact in found.facts:
        assert set(fact.claims) <= accepted
        assert fact.claims
        assert 0.0 < fact.confidence < 1.0
        assert 1 <= fact.sources <= 3
    known = by_id(found)
    for one in found.claims:
        assert one.id not in one.conflicts_with
        assert all(one.id in known[other].conflicts_with for other in one.conflicts_with)
        assert not set(one.conflicts_with) & set(one.refined_by)
        assert set(one.conflicts_with) | set(one.refined_by) <= accepted
    preferred = {held(f) for f in found.facts}
    assert all(
        (c.object.lexical if isinstance(c.object, Value) else c.object) in preferred
        for c in found.claims
        if c.rank is Rank.PREFERRED
    )


@settings(max_examples=100, deadline=None)
@given(some_claims)
def test_weighing_twice_is_weighing_once(claims: list[Claim]) -> None:
    once = reconcile(claims, DOCUMENTS, REPOSTS, rules())
    assert reconcile(once.claims, DOCUMENTS, REPOSTS, rules()) == once


def disputed(number: int, wrong: int) -> Weighed:
    """So many claims of one day, and against it others of as many days as there are of them."""
    right = [claim(f"r{n:04}", day("2023-03-16"), of=f"d{n:04}") for n in range(number)]
    others = [
        claim(f"w{n:04}", day(f"2022-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}"), of=f"e{n:04}") for n in range(wrong)
    ]
    return weighed(*right, *others)


def test_every_two_claims_that_conflict_are_linked() -> None:
    found = by_id(disputed(40, 10))
    assert found["r0000"].conflicts_with == tuple(f"w{n:04}" for n in range(10))
    assert len(found["w0000"].conflicts_with) == 49


@pytest.mark.parametrize("number", [100, 400])
def test_links_grow_with_the_claims_and_not_with_their_square(number: int) -> None:
    found = by_id(disputed(number, number // 5))
    assert sum(len(c.conflicts_with) for c in found.values()) <= 20 * len(found)
    assert all(one.id in found[other].conflicts_with for one in found.values() for other in one.conflicts_with)
    for one in found.values():
        assert {other[0] for other in one.conflicts_with} == {"w" if one.id.startswith("r") else "r"}
        assert one.standing is (Standing.CONFLICT if one.id.startswith("w") else Standing.SAME)


def test_a_coarse_value_is_linked_with_one_claim_of_each_finer_one() -> None:
    fine = [claim(f"f{n:04}", day(f"2023-0{n % 3 + 1}-16"), of=f"d{n:04}") for n in range(90)]
    found = by_id(weighed(*fine, claim("c", dated(When.year(2023)), of="x")))
    assert found["c"].refined_by == ("f0000", "f0001", "f0002")
    few = by_id(weighed(*fine[:30], claim("c", dated(When.year(2023)), of="x")))
    assert len(few["c"].refined_by) == 30
