"""The name lists of `seeds/ai-models/`: their form, their references, and that every name is clear."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from kg import lexicon, ontology
from kg.lexicon import key

SEEDS = Path(__file__).resolve().parent.parent / "seeds" / "ai-models"
PLAIN = ["id", "type", "zh", "en", "aliases", "weak", "same_as", "note"]

FILES = {
    # file: (kind of id, type, relation columns, least number of rows)
    "organizations": ("org", "Organization", ["subOrganizationOf"], 1250),
    "models": ("model", "Model", ["developedBy", "versionOf"], 1750),
    "products": ("product", "Product", ["developedBy", "versionOf"], 560),
    "persons": ("person", "Person", ["worksFor"], 340),
}
RANGES = {
    "subOrganizationOf": "Organization",
    "developedBy": "Organization",
    "versionOf": "Model",
    "worksFor": "Organization",
}
OTHERS = {
    "sources": ["name", "aliases", "trust", "official_for"],
    "same-as": ["name", "type", "entity", "who", "why"],
    "not-same-as": ["name", "type", "entity", "who", "why"],
    "decisions": ["claim", "decision", "value", "who", "why"],
}
FIXED = {
    "org:alibaba",
    "org:alibaba-cloud",
    "org:damo-academy",
    "org:tencent",
    "org:baidu",
    "org:huawei",
    "org:huawei-cloud",
    "org:bytedance",
    "org:openai",
    "org:google",
    "org:deepmind",
    "model:tongyi-qianwen",
    "model:tongyi",
    "model:hunyuan",
    "model:ernie-bot",
    "model:ernie",
    "model:pangu",
    "model:gpt-4",
    "model:chatgpt",
    "product:dingtalk",
    "person:zhou-jingren",
}
HAN = re.compile(r"[\u3400-\u9fff]")
NUMBER = re.compile(r"\d+(?:\.\d+)?(?!D)")
NUMBERED_IN_AN_ALIAS = {
    # the number is a size, a count of languages, a part of the maker's name, or the first version named afterwards
    "model:dall-e",
    "model:gemini-pro",
    "model:gemini-ultra",
    "model:gpt-j",
    "model:gpt-neox",
    "model:nllb",
    "model:sagegpt",
}

Row = dict[str, str]


def path(name: str) -> Path:
    return SEEDS / "entities" / f"{name}.csv" if name in FILES else SEEDS / f"{name}.csv"


def rows(name: str) -> list[Row]:
    with path(name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, strict=True))


def split(cell: str) -> list[str]:
    return cell.split(";") if cell else []


def names(row: Row) -> list[str]:
    return [name for name in (row["zh"], row["en"], *split(row["aliases"])) if name]


def chain(start: str, parents: dict[str, list[str]]) -> Iterator[str]:
    """What stands above `start`; the same thing twice means a circle."""
    todo = list(parents[start])
    while todo:
        above = todo.pop()
        yield above
        if above != start:
            todo += parents[above]


@pytest.fixture(scope="module")
def everything() -> dict[str, Row]:
    return {row["id"]: row for name in FILES for row in rows(name)}


@pytest.mark.parametrize("name", [*FILES, *OTHERS])
def test_file_is_plain_sorted_and_minimally_quoted(name: str) -> None:
    raw = path(name).read_bytes()
    text = raw.decode("utf-8")
    assert not text.startswith("\ufeff")
    assert text.endswith("\n")
    assert "\r" not in text
    assert [c for c in text if unicodedata.category(c).startswith("C") and c != "\n"] == []
    table = list(csv.reader(text.splitlines(), strict=True))
    assert table[0] == ([*PLAIN, *FILES[name][2]] if name in FILES else OTHERS[name])
    assert {len(line) for line in table} == {len(table[0])}, "every line has every column"
    body = table[1:]
    keyed = [line[0] for line in body] if name in FILES or name == "sources" else body
    assert keyed == sorted(keyed)
    assert [cell for line in body for cell in line if cell != cell.strip()] == []
    again = [",".join(f'"{c}"' if "," in c or '"' in c else c for c in line) for line in table]
    assert text.splitlines() == again, "quotes only where a comma needs them"


@pytest.mark.parametrize("name", FILES)
def test_ids_are_well_formed_and_of_the_kind(name: str) -> None:
    kind, type_, _, least = FILES[name]
    table = rows(name)
    assert len(table) >= least
    form = re.compile(rf"{kind}:[a-z0-9]+(?:[-.][a-z0-9]+)*")
    assert [row["id"] for row in table if not form.fullmatch(row["id"])] == []
    assert {row["type"] for row in table} == {type_}
    assert len({row["id"] for row in table}) == len(table)


def test_ids_that_others_build_on_are_there(everything: dict[str, Row]) -> None:
    assert set(everything) >= FIXED
    assert everything["model:ernie"]["zh"] == "文心大模型"
    assert everything["model:ernie-bot"]["zh"] == "文心一言"


def test_relations_lead_to_entities_of_the_right_type(everything: dict[str, Row]) -> None:
    wrong = [
        (row["id"], column, target)
        for name, (_, _, columns, _) in FILES.items()
        for row in rows(name)
        for column in columns
        for target in split(row[column])
        if target not in everything or everything[target]["type"] != RANGES[column] or target == row["id"]
    ]
    assert wrong == []


@pytest.mark.parametrize(("name", "relation"), [("organizations", "subOrganizationOf"), ("models", "versionOf")])
def test_nothing_is_a_part_or_version_of_itself(name: str, relation: str) -> None:
    parents = {row["id"]: split(row[relation]) for row in rows(name)}
    assert [start for start in parents if start in set(chain(start, parents))] == []


@pytest.mark.parametrize("name", FILES)
def test_no_name_leads_to_two_entities_of_a_type(name: str) -> None:
    strong: dict[str, list[str]] = defaultdict(list)
    for row in rows(name):
        weak = {key(alias) for alias in split(row["weak"])}
        for folded in {key(alias) for alias in names(row)} - weak:
            strong[folded].append(row["id"])
    assert {folded: ids for folded, ids in strong.items() if len(ids) > 1} == {}


@pytest.mark.parametrize("name", FILES)
def test_labels_and_aliases_say_something(name: str) -> None:
    table = rows(name)
    assert [row["id"] for row in table if not (row["zh"] or row["en"])] == []
    assert [n for row in table for n in names(row) if not key(n) or n != n.strip()] == []
    twice = [row["id"] for row in table if len({key(n) for n in names(row)}) != len(names(row))]
    assert twice == [], "variants that the search folds need no row of their own"
    assert [row["id"] for row in table if not set(split(row["weak"])) <= set(names(row))] == []
    assert [row["en"] for row in table if HAN.search(row["en"])] == []
    assert [row["zh"] for row in table if row["zh"] and not HAN.search(row["zh"])] == []


def test_organizations_have_labels_for_people(everything: dict[str, Row]) -> None:
    organizations = [row for row in everything.values() if row["type"] == "Organization"]
    assert [row["id"] for row in organizations if not row["en"]] == []
    both = re.compile(r"[（(].*[A-Za-z]{2}.*[）)]")
    assert [row["zh"] for row in organizations if both.search(row["zh"])] == [], "two languages in one label"
    assert [row["en"] for row in organizations if row["en"].islower() and len(row["en"].split()) > 1] == []


def test_families_and_versions_share_no_name() -> None:
    """A number in an alias that no label has would be a version's name on the family's row."""
    found: dict[str, list[str]] = {}
    for row in rows("models"):
        known = set(NUMBER.findall(f"{row['zh']} {row['en']}"))
        known |= {f"{number}.0" for number in known}
        extra = [alias for alias in split(row["aliases"]) if set(NUMBER.findall(alias)) - known]
        if extra and row["id"] not in NUMBERED_IN_AN_ALIAS:
            found[row["id"]] = extra
    assert found == {}


def test_same_as_is_an_entity_of_wikidata(everything: dict[str, Row]) -> None:
    iris = [iri for row in everything.values() for iri in split(row["same_as"])]
    assert [iri for iri in iris if not re.fullmatch(r"http://www\.wikidata\.org/entity/Q[1-9]\d*", iri)] == []
    assert len(set(iris)) == len(iris)


def test_sources_have_trust_and_known_makers(everything: dict[str, Row]) -> None:
    table = rows("sources")
    assert len(table) >= 150
    trust = {row["trust"] for row in table}
    assert all(0 < float(level) <= 1 for level in trust)
    assert len(trust) <= 10
    assert [row["name"] for row in table if row["official_for"] and float(row["trust"]) != 1] == []
    for row in table:
        for target in split(row["official_for"]):
            assert everything[target]["type"] == "Organization", row["name"]
    spoken = [key(name) for row in table for name in (row["name"], *split(row["aliases"]))]
    assert sorted(k for k in set(spoken) if spoken.count(k) > 1) == []


@pytest.mark.parametrize("name", ["same-as", "not-same-as"])
def test_overrides_name_known_entities(name: str, everything: dict[str, Row]) -> None:
    for row in rows(name):
        assert everything[row["entity"]]["type"] == row["type"], row["name"]
        assert row["who"]
        assert row["why"]


def test_overrides_do_not_contradict_the_lists(everything: dict[str, Row]) -> None:
    merged = {(key(row["name"]), row["entity"]) for row in rows("same-as")}
    apart = {(key(row["name"]), row["entity"]) for row in rows("not-same-as")}
    assert not merged & apart
    assert [(folded, entity) for folded, entity in apart if folded in {key(n) for n in names(everything[entity])}] == []


@pytest.fixture(scope="module")
def known() -> lexicon.Lexicon:
    return lexicon.load(ontology.load("ai-models"))


def test_every_seed_is_loaded(known: lexicon.Lexicon, everything: dict[str, Row]) -> None:
    assert set(everything) <= set(known.entries)


@pytest.mark.parametrize(
    ("name", "type_", "entity"),
    [
        ("阿里", "Organization", "org:alibaba"),
        ("Ａlibaba", "Organization", "org:alibaba"),
        ("阿里云", "Organization", "org:alibaba-cloud"),
        ("千问", "Model", "model:tongyi-qianwen"),
        ("qwen", "Model", "model:tongyi-qianwen"),
        ("Qwen 2.5", "Model", "model:qwen-2.5"),
        ("Qwen2", "Model", "model:qwen-2"),
        ("gpt 4", "Model", "model:gpt-4"),
        ("GPT-4o mini", "Model", "model:gpt-4o-mini"),
        ("文心一言", "Model", "model:ernie-bot"),
        ("文心大模型", "Model", "model:ernie"),
        ("文心大模型4.0", "Model", "model:ernie-4.0"),
        ("DeepSeek", "Organization", "org:deepseek"),
        ("DeepSeek", "Model", "model:deepseek"),
        ("淘宝", "Product", "product:taobao"),
        ("马斯克", "Person", "person:elon-musk"),
    ],
)
def test_names_lead_where_a_reader_expects(known: lexicon.Lexicon, name: str, type_: str, entity: str) -> None:
    assert known.lookup(name, type_) == entity


@pytest.mark.parametrize(
    "name", ["Gemini", "Yi", "Phi", "Command", "星火", "豆包", "商量", "日日新", "文心", "盘古", "Sora"]
)
def test_ordinary_words_are_weak(known: lexicon.Lexicon, name: str) -> None:
    assert known.lookup(name, "Model") is None


def test_ordinary_sentences_name_nothing_surely(known: lexicon.Lexicon) -> None:
    sentences: Iterable[str] = (
        "这一架构可灵活部署，有助于提高通用能力，也方便构建行业应用。",
        "数字化浪潮源于多年的积累，使用友好的界面让人联想到从前。",
        "Run the command a second time; step 2 and step 3 are optional.",
    )
    assert [hit for sentence in sentences for hit in known.find(sentence) if not hit.weak] == []
