"""`patterns.yaml`: what it may say, how its mistakes are told, and that a new relation or domain is an edit of data."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from reading import document, rules, triples

from kg import annotate, lexicon, ontology, patternfile
from kg.annotate import Rules
from kg.errors import OntologyError
from kg.extract import extract

TURTLE = """
@prefix bread: <https://kg.example.org/ontology/bread#> .
@prefix kg: <https://kg.example.org/ontology/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix vann: <http://purl.org/vocab/vann/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://kg.example.org/ontology/bread> a owl:Ontology ;
    vann:preferredNamespacePrefix "bread" ; vann:preferredNamespaceUri "https://kg.example.org/ontology/bread#" .
bread:Loaf a owl:Class ; kg:idPrefix "loaf" ; rdfs:label "loaf"@en, "面包"@zh .
bread:Bakery a owl:Class ; kg:idPrefix "bakery" ; rdfs:label "bakery"@en, "面包房"@zh .
bread:bakedBy a owl:ObjectProperty ; rdfs:domain bread:Loaf ; rdfs:range bread:Bakery .
bread:kneadedIn a owl:ObjectProperty ; rdfs:domain bread:Loaf ; rdfs:range bread:Bakery .
bread:firstBaked a owl:DatatypeProperty ; rdfs:domain bread:Loaf ; rdfs:range xsd:date .
"""

PATTERNS = """
names:
  heads:
    Loaf: ['面包', ' loaf\\b']
  suffixes:
    Bakery: ['面包房']
  latin_suffixes:
    Bakery: ['Bakery']
  versioned: [Loaf]
  stoppers: '出自|在'
cues:
  bake: '烤出|烘焙'
events:
  - name: bake
    triggers:
      transitive: ['烤出了?']
      transitive_en: ['\\bbaked\\b']
    agent: [Bakery]
    theme: [Loaf]
    time: Date
    states:
      - {relation: bakedBy, subject: theme, object: agent, confidence: 0.9}
      - {relation: firstBaked, subject: theme, object: time, confidence: 0.9}
patterns:
  - name: made-in
    zh: '{s:Loaf}~4~出自{o:Bakery}'
    en: '{s:Loaf+} comes? from {o:Bakery}'
    states: [{bakedBy: [s, o]}]
    confidence: 0.9
columns:
  key: {Loaf: ['面包']}
  values: {bakedBy: ['面包房']}
"""


def made(folder: Path, text: str = PATTERNS) -> Path:
    here = folder / "ontologies" / "bread"
    here.mkdir(parents=True)
    (here / "ontology.ttl").write_text(TURTLE, encoding="utf-8")
    (here / "patterns.yaml").write_text(text, encoding="utf-8")
    return here


def loaded(folder: Path) -> Rules:
    known = ontology.load(str(folder))
    return Rules(known, patternfile.load(known), lexicon.load(known))


def said(text: str, known: Rules) -> set[tuple[str, str, str]]:
    return triples(extract(annotate.make("lexicon", known)(document(text)), known))


# another domain ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“麦浪”面包出自南门面包房。", ("麦浪", "bakedBy", "南门面包房")),
        ("南门面包房在2024年3月5日烤出了“麦浪”面包。", ("麦浪", "firstBaked", "2024-03-05")),
        ("南门面包房在2024年3月5日烤出了“麦浪”面包。", ("麦浪", "bakedBy", "南门面包房")),
        ("Harbour Bakery baked Rustica-2 on 5 March 2024.", ("Rustica-2", "bakedBy", "Harbour Bakery")),
        ("| 面包 | 面包房 |\n|---|---|\n| 麦浪 | 南门面包房 |", ("麦浪", "bakedBy", "南门面包房")),
    ],
)
def test_another_domain_needs_no_code(tmp_path: Path, text: str, expected: tuple[str, str, str]) -> None:
    assert expected in said(text, loaded(made(tmp_path)))


def test_stances_come_with_the_language_and_not_with_the_domain(tmp_path: Path) -> None:
    known = loaded(made(tmp_path))
    marked = annotate.make("lexicon", known)(document("南门面包房计划在2024年9月烤出“麦浪”面包。"))
    assert {e.stance for e in extract(marked, known)} == {"planned"}


def test_a_domain_without_patterns_finds_nothing_and_does_not_fail(tmp_path: Path) -> None:
    folder = made(tmp_path)
    (folder / "patterns.yaml").unlink()
    assert said("南门面包房烤出了面包。", loaded(folder)) == set()


def test_empty_patterns(tmp_path: Path) -> None:
    assert said("南门面包房烤出了面包。", loaded(made(tmp_path, ""))) == set()


def test_a_relation_more_is_an_edit_of_data(tmp_path: Path) -> None:
    text = PATTERNS.replace(
        "columns:",
        "  - name: kneaded\n    zh: '{s:Loaf}~4~在{o:Bakery}揉制'\n    states: [{kneadedIn: [s, o]}]\n"
        "    confidence: 0.8\ncolumns:",
    )
    assert ("麦浪", "kneadedIn", "南门面包房") in said("“麦浪”面包在南门面包房揉制。", loaded(made(tmp_path, text)))


def test_a_relation_more_in_the_real_ontology(tmp_path: Path) -> None:
    folder = tmp_path / "ontologies" / "ai-models"
    shutil.copytree(rules().ontology.folder, folder)
    with (folder / "ontology.ttl").open("a", encoding="utf-8") as file:
        file.write("\nai:mascotOf a owl:ObjectProperty ; rdfs:domain ai:Product ; rdfs:range ai:Organization .\n")
    whole = (folder / "patterns.yaml").read_text("utf-8")
    entry = (
        "patterns:\n  - name: mascot\n    zh: '{s:Product}是{o:Organization}的吉祥物'\n"
        "    states: [{mascotOf: [s, o]}]\n    confidence: 0.9\n"
    )
    (folder / "patterns.yaml").write_text(re.sub(r"^patterns:\n", entry, whole, flags=re.MULTILINE), encoding="utf-8")
    known = loaded(folder)
    known = Rules(known.ontology, known.patterns, rules().lexicon)
    assert ("product:dingtalk", "mascotOf", "org:alibaba") in said("钉钉是阿里巴巴的吉祥物。", known)


# mistakes ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "right", "says"),
    [
        ("{s:Laof}", "{s:Loaf}", "Laof"),
        ("theme: [Lofa]", "theme: [Loaf]", "Lofa"),
        ("relation: bakdBy", "relation: bakedBy", "bakdBy.*did you mean bakedBy"),
        ("[{bakedBi: [s, o]}]", "[{bakedBy: [s, o]}]", "bakedBi"),
        ("['烤出了?(']", "['烤出了?']", "patterns.yaml"),
        ("confidence: high", "confidence: 0.9", "high"),
        ("key: {Roll: ['面包']}", "key: {Loaf: ['面包']}", "Roll"),
        ("values: {bakedOn: ['面包房']}", "values: {bakedBy: ['面包房']}", "bakedOn"),
        ("heads: {Loaf: [", "heads:", "patterns.yaml"),
        ("zh: '<kneed>'", "zh: '{s:Loaf}~4~出自{o:Bakery}'", "kneed"),
        ("Barkery: ['面包房']", "Bakery: ['面包房']", "Barkery"),
    ],
)
def test_a_mistake_says_where_it_is(tmp_path: Path, wrong: str, right: str, says: str) -> None:
    assert right in PATTERNS
    folder = made(tmp_path, PATTERNS.replace(right, wrong, 1))
    with pytest.raises(OntologyError, match=says):
        patternfile.load(ontology.load(str(folder)))


def test_a_file_that_is_not_utf_8(tmp_path: Path) -> None:
    folder = made(tmp_path)
    (folder / "patterns.yaml").write_bytes(b"names: \xff")
    with pytest.raises(OntologyError, match="bread"):
        patternfile.load(ontology.load(str(folder)))


# the real file -------------------------------------------------------------------------------------------------------


def test_every_relation_of_the_ontology_is_spoken_of() -> None:
    known = rules()
    stated = {s.relation for p in known.patterns.patterns for s in p.states}
    stated |= {s.relation for e in known.patterns.events for s in e.states}
    assert stated == {r.name for r in known.ontology.relations}


def test_every_relation_has_words_in_both_languages() -> None:
    known = rules()
    for relation in known.ontology.relations:
        spoken = {p.language for p in known.patterns.patterns if relation.name in {s.relation for s in p.states}}
        for event in known.patterns.events:
            if relation.name in {s.relation for s in event.states}:
                spoken |= {"zh"} if any((event.transitive[0], event.intransitive[0])) else set()
                spoken |= {"en"} if any((event.transitive[1], event.intransitive[1])) else set()
        assert spoken == {"zh", "en"}, relation.name


def test_statements_fit_their_relations() -> None:
    known = rules()
    for pattern in known.patterns.patterns:
        slots = {slot.name: set(slot.types) for slot in pattern.slots}
        for statement in pattern.states:
            relation = known.ontology.relation(statement.relation)
            assert slots[statement.subject] & set(relation.domain), pattern.name
            assert not relation.range or slots[statement.object] & set(relation.range), pattern.name
            assert 0.0 < statement.confidence < 1.0


def test_no_pattern_matches_nothing() -> None:
    for pattern in rules().patterns.patterns:
        assert pattern.regex.search("") is None, pattern.name
        assert pattern.regex.search("今天天气很好，我们去公园。It is a fine day.") is None, pattern.name


# gaps ----------------------------------------------------------------------------------------------------------------

KNEADED = PATTERNS.replace("'出自|在'", "'出自|揉自|在'")
GAP = """  - name: far
    zh: '{s:Loaf}~~~~30~揉自{o:Bakery}'
    en: '{s:Loaf}~~~~60~kneaded at {o:Bakery}'
    states: [{kneadedIn: [s, o]}]
    confidence: 0.8
columns:"""


@pytest.mark.parametrize(
    ("text", "loaves"),
    [
        ("“麦浪”面包很香，揉自南门面包房。", {"麦浪"}),
        ("“麦浪”面包在北门面包房卖，揉自南门面包房。", {"麦浪"}),
        ("“麦浪”面包在2024年3月5日得了奖，揉自南门面包房。", {"麦浪"}),
        ("“麦浪”面包比“云朵”面包香，揉自南门面包房。", {"麦浪"}),
        ("“麦浪”面包很香，“云朵”面包揉自南门面包房。", {"云朵"}),
        ("“麦浪”面包很香。揉自南门面包房。", set()),
        ("“麦浪”面包很香、很软、很白、很大、很便宜、很耐放、很好看、很出名、很抢手，揉自南门面包房。", set()),
        ("They say Rustica-2 was sold at Harbour Bakery, and kneaded at Southgate Bakery.", {"Rustica-2"}),
        ("They say Rustica-2 is dark, and Rustica-3 was kneaded at Southgate Bakery.", {"Rustica-3"}),
    ],
)
def test_a_gap_of_four_crosses_what_cannot_be_the_subject(tmp_path: Path, text: str, loaves: set[str]) -> None:
    known = loaded(made(tmp_path, KNEADED.replace("columns:", GAP)))
    assert {s for s, relation, _ in said(text, known) if relation == "kneadedIn"} == loaves


def test_a_gap_of_three_crosses_everything_but_the_end_of_a_sentence(tmp_path: Path) -> None:
    known = loaded(made(tmp_path, KNEADED.replace("columns:", GAP.replace("~~~~", "~~~"))))
    found = said("“麦浪”面包很香，“云朵”面包揉自南门面包房。", known)
    assert ("麦浪", "kneadedIn", "南门面包房") in found


def test_a_gap_of_two_crosses_commas_and_no_mention(tmp_path: Path) -> None:
    known = loaded(made(tmp_path, KNEADED.replace("columns:", GAP.replace("~~~~", "~~"))))
    assert ("麦浪", "kneadedIn", "南门面包房") in said("“麦浪”面包很香，揉自南门面包房。", known)
    crossed = said("“麦浪”面包在北门面包房卖，揉自南门面包房。", known)
    assert not [t for t in crossed if t[1] == "kneadedIn"]
