from __future__ import annotations

from pathlib import Path

import pytest

from kg import ontology
from kg.errors import OntologyError

TURTLE = """\
@prefix zoo: <https://kg.example.org/ontology/zoo#> .
@prefix kg: <https://kg.example.org/ontology/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://kg.example.org/ontology/zoo> a owl:Ontology .
zoo:Animal a owl:Class ; kg:idPrefix "animal" ; rdfs:label "animal"@en, "动物"@zh ; rdfs:subClassOf skos:Concept .
zoo:Cat a owl:Class ; kg:idPrefix "cat" ; rdfs:subClassOf zoo:Animal .
zoo:Grade a owl:Class ; kg:idPrefix "grade" ; kg:ordered true ; kg:rankProperty zoo:number .
zoo:number a owl:DatatypeProperty ; rdfs:domain zoo:Grade ; rdfs:range xsd:integer .
zoo:eats a owl:ObjectProperty ; rdfs:domain [ owl:unionOf ( zoo:Cat zoo:Animal ) ] ; rdfs:range zoo:Animal ;
    kg:headline 2 ; kg:risesAlong zoo:kindOf .
zoo:eatenBy a owl:ObjectProperty ; owl:inverseOf zoo:eats ; rdfs:domain zoo:Animal ; rdfs:range zoo:Animal .
zoo:kindOf a owl:ObjectProperty ; rdfs:domain zoo:Animal ; rdfs:range zoo:Animal .
zoo:bornOn a owl:DatatypeProperty, owl:FunctionalProperty ; rdfs:domain zoo:Animal ; kg:headline 1 ; kg:core true ;
    rdfs:range [ a rdfs:Datatype ; owl:unionOf ( xsd:date xsd:gYear ) ] ;
    kg:earliest zoo:bornOnEarliest ; kg:latest zoo:bornOnLatest .
zoo:bornOnEarliest a owl:DatatypeProperty ; rdfs:range xsd:date .
zoo:bornOnLatest a owl:DatatypeProperty ; rdfs:range xsd:date .
zoo:grade a owl:ObjectProperty ; rdfs:domain zoo:Animal ; rdfs:range zoo:Grade ; kg:scopedByDocument true .
zoo:name a owl:DatatypeProperty ; rdfs:domain zoo:Animal ; rdfs:range xsd:string .
zoo:legs a owl:DatatypeProperty ; rdfs:domain zoo:Animal ; rdfs:range xsd:integer .
<https://kg.example.org/id/grade/1> a zoo:Grade ; zoo:number 1 ; skos:prefLabel "best"@en, "最好"@zh ;
    skos:altLabel "A"@en .
"""


def made(folder: Path, text: str = TURTLE, name: str = "zoo") -> Path:
    here = folder / "ontologies" / name
    here.mkdir(parents=True)
    (here / "ontology.ttl").write_text(text, encoding="utf-8")
    return here


@pytest.fixture
def zoo(tmp_path: Path) -> ontology.Ontology:
    return ontology.load(str(made(tmp_path)))


def test_classes(zoo: ontology.Ontology) -> None:
    animal = zoo.cls("Animal")
    assert (animal.kind, animal.labels) == ("animal", (("en", "animal"), ("zh", "动物")))
    assert zoo.is_a("Cat", "Cat")
    assert zoo.is_a("Cat", "Animal")
    assert zoo.is_a("Cat", "http://www.w3.org/2004/02/skos/core#Concept")
    assert not zoo.is_a("Animal", "Cat")
    grade = zoo.of_kind("grade")
    assert grade is not None
    assert grade.ordered
    assert grade.rank_property == zoo.namespace + "number"
    assert zoo.kinds == ("animal", "cat", "grade")


def test_relations_come_in_headline_order_without_what_stands_beside_them(zoo: ontology.Ontology) -> None:
    assert [r.name for r in zoo.relations] == ["bornOn", "eats", "grade", "kindOf", "legs", "name"]


def test_what_a_relation_says(zoo: ontology.Ontology) -> None:
    born, eats = zoo.relation("bornOn"), zoo.relation("eats")
    assert (born.datatype, born.range, born.functional, born.core, born.headline) == ("date", (), True, True, 1)
    assert (born.earliest, born.latest) == (zoo.namespace + "bornOnEarliest", zoo.namespace + "bornOnLatest")
    assert (eats.datatype, eats.range, eats.domain) == (None, ("Animal",), ("Animal", "Cat"))
    assert (eats.rises_along, eats.functional, eats.scoped) == ("kindOf", False, False)
    assert zoo.relation("grade").scoped
    assert (zoo.relation("name").datatype, zoo.relation("legs").datatype) == ("string", "integer")


def test_members(zoo: ontology.Ontology) -> None:
    best = zoo.member("grade:1")
    assert best is not None
    assert (best.type, best.label, best.rank, best.seeded, best.aliases) == ("Grade", "最好", 1, True, ("A",))
    assert zoo.member("grade:2") is None


def test_prefix_and_places(zoo: ontology.Ontology, tmp_path: Path) -> None:
    assert (zoo.name, zoo.prefix, zoo.namespace) == ("zoo", "zoo", "https://kg.example.org/ontology/zoo#")
    assert zoo.seeds == tmp_path / "seeds" / "zoo"
    assert zoo.queries == zoo.folder / "queries"


def test_a_name_is_looked_up_in_the_working_folder_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(tmp_path)
    made(tmp_path, name="ai-models")
    monkeypatch.chdir(tmp_path)
    assert {"zoo", "ai-models"} <= set(ontology.known())
    assert ontology.load("zoo").folder == tmp_path / "ontologies" / "zoo"
    assert ontology.load().prefix == "zoo"


def test_the_packaged_ontology_is_found_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    loaded = ontology.load("ai-models")
    assert loaded.relation("developedBy").rises_along == "subOrganizationOf"
    assert loaded.relation("tier").range == ("Tier",)
    assert [m.rank for m in loaded.members if m.type == "Tier"] == [1, 2, 3, 4, 5, 6]
    assert "develops" not in [r.name for r in loaded.relations]
    assert "core" not in ontology.known()


def test_a_folder_alone_uses_the_packaged_shapes_of_the_core(zoo: ontology.Ontology) -> None:
    assert [file.parent.name for file in zoo.shapes] == ["core"]


def test_unknown_names_list_the_known_ones(zoo: ontology.Ontology, tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r"known: ai-models.*did you mean ai-models\?"):
        ontology.load("ai-model")
    with pytest.raises(OntologyError, match=r"no ontology\.ttl in this folder"):
        ontology.load(str(tmp_path))
    with pytest.raises(OntologyError, match=r"no class 'Anmal'; did you mean Animal\?"):
        zoo.cls("Anmal")
    with pytest.raises(OntologyError, match=r"no relation 'xyz'; it has bornOn, eats"):
        zoo.relation("xyz")


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ("@prefix a: <http://a/> .\na:b a:c a:d\na:e", r"ontology\.ttl, line 3, column \d+: \w.*"),
        (b"\xff\xfe\x00", r"ontology\.ttl, line \d+, column \d+"),
        ("", "needs one owl:Ontology, has 0"),
        ("<https://x.example/o> a <http://www.w3.org/2002/07/owl#Ontology> .", "needs a @prefix"),
        (TURTLE.replace("kg:risesAlong zoo:kindOf", "kg:risesAlong zoo:nothing"), "eats rises along nothing"),
        (TURTLE.replace("kg:headline 2", 'kg:headline "two"'), "its kg:headline is 'two', not a whole number"),
        (
            TURTLE.replace("rdfs:range zoo:Animal ;\n    kg:headline 2", "kg:headline 2"),
            "eats is an owl:ObjectProperty without",
        ),
        (TURTLE.replace('skos:prefLabel "best"@en, "最好"@zh', 'skos:note "x"'), "has no skos:prefLabel"),
        (TURTLE.replace("zoo:number 1 ;", 'zoo:number "one" ;'), "its rank is 'one', not a whole number"),
    ],
)
def test_what_cannot_be_used_is_said_with_its_place(tmp_path: Path, broken: str | bytes, message: str) -> None:
    folder = made(tmp_path, "")
    (folder / "ontology.ttl").write_bytes(broken if isinstance(broken, bytes) else broken.encode("utf-8"))
    with pytest.raises(OntologyError, match=message):
        ontology.load(str(folder))


def test_a_new_relation_is_an_edit_of_the_turtle_only(tmp_path: Path) -> None:
    added = "zoo:sleepsIn a owl:ObjectProperty ; rdfs:domain zoo:Animal ; rdfs:range zoo:Den .\n"
    den = 'zoo:Den a owl:Class ; kg:idPrefix "den" .\n'
    loaded = ontology.load(str(made(tmp_path, TURTLE + added + den)))
    assert loaded.relation("sleepsIn").range == ("Den",)
    assert "den" in loaded.kinds
