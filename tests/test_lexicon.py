"""Known names: how spellings are compared, how a text is searched, what a user's own names do."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import rules

from kg import lexicon, ontology
from kg.errors import OntologyError
from kg.lexicon import Entry, Lexicon, key
from kg.model import Entity


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("GPT-4", "gpt 4"),
        ("GPT-4", "ＧＰＴ－４"),
        ("GPT-4", "GPT–4"),
        ("DALL·E 3", "DALL-E 3"),
        ("Halberd_2", "halberd2"),
        ("Q.A.", "QA"),
        ("阿里 云", "阿里云"),
        ("O'Neill", "O’Neill"),
    ],
)
def test_spellings_with_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Qwen2", "Qwen2.5"),
        ("Qwen2.5", "Qwen25"),
        ("GPT-4", "GPT-4o"),
        ("GPT-4.1", "GPT-41"),
        ("V1.1", "V11"),
        ("百度", "百度云"),
        ("Command R", "Command R+"),
    ],
)
def test_names_with_two_keys(one: str, other: str) -> None:
    assert key(one) != key(other)


@given(st.text(alphabet="aB25.+- _·–’阿里云大模型Ｑｗ９éß"))
def test_a_key_is_its_own_key(name: str) -> None:
    assert key(key(name)) == key(name)


def small(*entries: Entry, **more: object) -> Lexicon:
    return lexicon.build(entries, **more)  # type: ignore[arg-type]


def entry(id: str, type: str, label: str, *aliases: str, weak: tuple[str, ...] = (), **relations: str) -> Entry:
    return Entry(Entity(id, type, label, aliases=aliases, seeded=True), weak, tuple(sorted(relations.items())))


SMALL = small(
    entry("model:halberd", "Model", "Halberd", "长戟", madeBy="org:corvane"),
    entry("model:halberd-2", "Model", "Halberd-2"),
    entry("model:moss", "Model", "Moss", weak=("Moss",)),
    entry("org:corvane", "Organization", "Corvane Labs", "Corvane", partOf="org:nordhaven"),
    entry("org:nordhaven", "Organization", "Nordhaven", partOf="org:north"),
    entry("product:halberd", "Product", "Halberd"),
)


def found(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(text[hit.span.start : hit.span.end], hit.entities) for hit in SMALL.find(text)]


def test_the_longest_name_at_a_place() -> None:
    assert found("Halberd-2来了") == [("Halberd-2", ("model:halberd-2",))]
    assert found("用ＨＡＬＢＥＲＤ２") == [("ＨＡＬＢＥＲＤ２", ("model:halberd-2",))]
    assert found("Corvane Labs and Corvane") == [("Corvane Labs", ("org:corvane",)), ("Corvane", ("org:corvane",))]


def test_a_name_of_two_things() -> None:
    assert found("Halberd") == [("Halberd", ("model:halberd", "product:halberd"))]
    assert SMALL.lookup("Halberd") is None
    assert SMALL.lookup("halberd", "Product") == "product:halberd"


def test_no_name_inside_a_word_or_number() -> None:
    for text in ("Halberdier", "MyHalberd", "Halberd-2.5", "Halberd-22", "Halberd2x"):
        assert "model:halberd-2" not in [e for _, entities in found(text) for e in entities], text
    assert found("新长戟号") == [("长戟", ("model:halberd",))]


def test_no_name_runs_over_a_line_break() -> None:
    assert found("Corvane\nLabs") == [("Corvane", ("org:corvane",))]


def test_weak_names() -> None:
    [hit] = SMALL.find("Moss grows")
    assert hit.weak
    assert SMALL.lookup("Moss") is None
    assert SMALL.names("moss", "model:moss")
    assert not SMALL.names("moss", "model:halberd")


def test_relations_lead_up_the_chain() -> None:
    assert SMALL.related("org:corvane", "partOf") == ("org:nordhaven", "org:north")
    assert SMALL.related("model:halberd", "madeBy") == ("org:corvane",)
    assert SMALL.related("org:unknown", "partOf") == ()


def test_relations_in_a_circle_end() -> None:
    circle = small(
        entry("org:a", "Organization", "A1", partOf="org:b"), entry("org:b", "Organization", "B1", partOf="org:a")
    )
    assert set(circle.related("org:a", "partOf")) == {"org:a", "org:b"}


def test_a_name_may_be_taken_from_an_entity_and_given_to_another() -> None:
    known = small(
        entry("model:halberd", "Model", "Halberd", "长戟"),
        entry("model:lance", "Model", "Lance"),
        also=[("短枪", "model:lance"), ("nothing", "model:unknown")],
        not_same=frozenset({(key("长戟"), "Model", "model:halberd")}),
    )
    assert known.lookup("短枪") == "model:lance"
    assert known.lookup("长戟") is None
    assert known.lookup("nothing") is None


def test_an_empty_lexicon_finds_nothing() -> None:
    assert list(small().find("Halberd")) == []
    assert small().lookup("Halberd") is None
    assert list(SMALL.find("")) == []


@given(st.text(alphabet="Halberd-2 .·长戟Ｈ\n") | st.text())
def test_hits_stand_in_order_and_apart(text: str) -> None:
    end = 0
    for hit in SMALL.find(text):
        assert end <= hit.span.start < hit.span.end <= len(text)
        end = hit.span.end
        words = text[hit.span.start : hit.span.end]
        assert all(SMALL.names(words, entity) for entity in hit.entities)


# the seeds and a user's own names ------------------------------------------------------------------------------------


def load(own: Path | None = None, hide: float = 0.0) -> Lexicon:
    return lexicon.load(ontology.load(), own=own, hide=hide)


def test_own_names(tmp_path: Path) -> None:
    own = tmp_path / "my.tsv"
    own.write_text(
        "name\ttype\taliases\tdevelopedBy\n砚池\tModel\tYanchi;墨池\torg:baidu\n启衡\tOrganization\t\t\n",
        encoding="utf-8",
    )
    known = load(own)
    assert known.lookup("墨池", "Model") == known.lookup("砚池", "Model") == "model:砚池"
    assert known.related("model:砚池", "developedBy") == ("org:baidu",)
    assert known.lookup("百度", "Organization") == "org:baidu"


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("name\ttype\n砚池\tModle\n", "line 2.*Model"),
        ("name\ttype\n\tModel\n", "line 2"),
        ("name\ttype\tmadeBy\n砚池\tModel\torg:baidu\n", "madeBy"),
        ("name\n砚池\n", "type"),
    ],
)
def test_own_names_with_a_mistake(tmp_path: Path, rows: str, says: str) -> None:
    own = tmp_path / "my.tsv"
    own.write_text(rows, encoding="utf-8")
    with pytest.raises(OntologyError, match=says):
        load(own)


def test_own_names_that_cannot_be_read(tmp_path: Path) -> None:
    own = tmp_path / "my.tsv"
    own.write_bytes(b"name\ttype\n" + b"\xff\xfe\t\n")
    with pytest.raises(OntologyError, match=r"my\.tsv"):
        load(own)


def test_hiding_leaves_out_a_fixed_share() -> None:
    everything = set(load().entries)
    half, all_hidden = set(load(hide=0.5).entries), set(load(hide=1.0).entries)
    quarter_left = set(load(hide=0.75).entries)
    assert all_hidden < quarter_left < half < everything
    assert 0.4 < len(half) / len(everything) < 0.6
    assert half == set(load(hide=0.5).entries)
    assert all_hidden == {m.id for m in ontology.load().members}


def test_every_seeded_name_leads_to_its_entity_or_is_weak() -> None:
    known = rules().lexicon
    for entity_id, one in known.entries.items():
        weak = {key(name) for name in one.weak}
        for name in one.entity.names:
            if key(name) and key(name) not in weak and (key(name), one.entity.type, entity_id) not in known.not_same:
                assert known.names(name, entity_id), name


@pytest.mark.parametrize("between", ["——", " - ", " – ", "--"])
def test_a_dash_between_two_names_joins_them_to_none(between: str) -> None:
    text = f"元象{between}XVERSE-13B 开源"
    assert [text[hit.span.start : hit.span.end] for hit in rules().lexicon.find(text)][-1] == "XVERSE-13B"
