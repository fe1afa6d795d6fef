"""The Turtle, the shapes and the saved queries of `ontologies/`, and the sample documents of `seeds/`.

The data that queries and shapes run on are written by hand here, in the form in which a build writes them.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, QuerySolutions, RdfFormat, Store, Variable, parse
from pyshacl import validate
from rdflib.compare import isomorphic
from rdflib.namespace import OWL, RDF, RDFS, SKOS, XSD

ROOT = Path(__file__).resolve().parent.parent
ONTOLOGIES = ROOT / "ontologies"
QUERIES = ONTOLOGIES / "ai-models" / "queries"
DOCUMENTS = ROOT / "seeds" / "ai-models" / "documents"
AI = rdflib.Namespace("https://kg.example.org/ontology/ai-models#")
KG = rdflib.Namespace("https://kg.example.org/ontology/core#")
CLAIMS = KG["claims"]
OWN = "https://kg.example.org/"

BUILTIN = ((RDF.type, "type"), (RDFS.label, "label"), (OWL.Class, "Class"), (XSD.date, "date"))

PREFIXES = """\
@prefix ai: <https://kg.example.org/ontology/ai-models#> .
@prefix kg: <https://kg.example.org/ontology/core#> .
@prefix org: <https://kg.example.org/id/org/> .
@prefix model: <https://kg.example.org/id/model/> .
@prefix product: <https://kg.example.org/id/product/> .
@prefix person: <https://kg.example.org/id/person/> .
@prefix tier: <https://kg.example.org/id/tier/> .
@prefix doc: <https://kg.example.org/id/doc/> .
@prefix claim: <https://kg.example.org/id/claim/> .
@prefix evidence: <https://kg.example.org/id/evidence/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

FACTS = """\
org:ali a ai:Organization ; rdfs:label "阿里巴巴"@zh, "Alibaba"@en ; skos:prefLabel "阿里巴巴"@zh, "Alibaba"@en ;
    skos:altLabel "阿里" ; ai:tier tier:1, tier:2 .
org:ali-cloud a ai:Organization ; rdfs:label "阿里云"@zh ; skos:prefLabel "阿里云"@zh ; ai:subOrganizationOf org:ali .
org:lab a ai:Organization ; rdfs:label "Quiet Lab"@en ; skos:prefLabel "Quiet Lab"@en ; ai:tier tier:2 .
model:qianwen a ai:Model ; rdfs:label "通义千问"@zh, "Qwen"@en ; skos:prefLabel "通义千问"@zh, "Qwen"@en ;
    ai:developedBy org:ali-cloud ; ai:releasedOn "2023-04-11"^^xsd:date ;
    ai:releasedOnEarliest "2023-04-11"^^xsd:date ; ai:releasedOnLatest "2023-04-11"^^xsd:date .
model:qianwen-2 a ai:Model ; rdfs:label "通义千问2.0"@zh ; skos:prefLabel "通义千问2.0"@zh ;
    ai:versionOf model:qianwen ; ai:releasedOn "2023-10"^^xsd:gYearMonth ;
    ai:releasedOnEarliest "2023-10-01"^^xsd:date ; ai:releasedOnLatest "2023-10-31"^^xsd:date .
model:murmur a ai:Model ; rdfs:label "Murmur"@en, "Gemurmel"@de ; skos:prefLabel "Murmur"@en, "Gemurmel"@de ;
    ai:developedBy org:lab, org:ali ; ai:tier tier:3 ; ai:parameterCount 7000000000 ; ai:basedOn model:qianwen ;
    ai:releasedOn "2023"^^xsd:gYear ;
    ai:releasedOnEarliest "2023-01-01"^^xsd:date ; ai:releasedOnLatest "2023-12-31"^^xsd:date ;
    ai:openSourcedOn "2023-08-03"^^xsd:date ;
    ai:openSourcedOnEarliest "2023-08-03"^^xsd:date ; ai:openSourcedOnLatest "2023-08-03"^^xsd:date .
model:hauch a ai:Model ; rdfs:label "Hauch"@de ; skos:prefLabel "Hauch"@de ; ai:developedBy org:lab .
model:waise a ai:Model ; rdfs:label "孤儿"@zh ; skos:prefLabel "孤儿"@zh .
product:ding a ai:Product ; rdfs:label "钉钉"@zh ; skos:prefLabel "钉钉"@zh ; ai:integrates model:qianwen ;
    ai:developedBy org:ali ; ai:betaOn "2023-05"^^xsd:gYearMonth ;
    ai:betaOnEarliest "2023-05-01"^^xsd:date ; ai:betaOnLatest "2023-05-31"^^xsd:date .
person:zhou a ai:Person ; rdfs:label "周靖人"@zh ; skos:prefLabel "周靖人"@zh ;
    ai:worksFor org:ali-cloud ; ai:hasTitle "CTO", "首席技术官" .
person:li a ai:Person ; rdfs:label "李某"@zh ; skos:prefLabel "李某"@zh ; ai:hasTitle "顾问" .
tier:1 a ai:Tier ; ai:rank 1 ; rdfs:label "第一梯队"@zh, "first tier"@en ;
    skos:prefLabel "第一梯队"@zh, "first tier"@en .
tier:2 a ai:Tier ; ai:rank 2 ; rdfs:label "第二梯队"@zh, "second tier"@en ;
    skos:prefLabel "第二梯队"@zh, "second tier"@en .
tier:3 a ai:Tier ; ai:rank 3 ; rdfs:label "third tier"@en ; skos:prefLabel "third tier"@en .
"""

DOCUMENTS_OF_CLAIMS = """\
doc:d01 a kg:Document, schema:CreativeWork ; dct:title "阿里发布大模型" ; schema:datePublished "2023-04-12"^^xsd:date ;
    dct:publisher "甲日报" ; schema:url "https://news.example.org/1" .
doc:d02 a kg:Document, schema:CreativeWork ; dct:publisher "乙周刊" ; schema:datePublished "2023-11"^^xsd:gYearMonth .
doc:d03 a kg:Document, schema:CreativeWork .
"""


def claim(name: str, triple: str, doc: str, *, stance: str = "asserted", sources: int = 1, more: str = "") -> str:
    """A claim with its evidence, as a build writes it; `triple` is subject, predicate and object in Turtle."""
    subject, predicate, obj = triple.split(" ", 2)
    return f"""\
claim:{name} a kg:Claim, rdf:Statement ; rdf:subject {subject} ; rdf:predicate {predicate} ; rdf:object {obj} ;
    kg:stance "{stance}" ; kg:rank "preferred" ; kg:confidence 0.93 ; kg:extractor "patterns" ; kg:quote "引文{name}" ;
    kg:independentSources {sources} ; prov:wasDerivedFrom evidence:{name} {more}.
evidence:{name} a oa:SpecificResource ; oa:hasSource doc:{doc} ;
    oa:hasSelector <https://kg.example.org/id/evidence/{name}#position>,
        <https://kg.example.org/id/evidence/{name}#quote> .
<https://kg.example.org/id/evidence/{name}#position> a oa:TextPositionSelector ; oa:start 118 ; oa:end 143 .
<https://kg.example.org/id/evidence/{name}#quote> a oa:TextQuoteSelector ; oa:exact "原文{name}" .
"""


CLAIM_NODES = DOCUMENTS_OF_CLAIMS + "".join(
    [
        claim("c1", "model:qianwen ai:developedBy org:ali-cloud", "d01", sources=2),
        claim("c2", "model:qianwen ai:developedBy org:ali-cloud", "d02", sources=2),
        claim("c3", 'model:qianwen ai:releasedOn "2023-04-11"^^xsd:date', "d01"),
        claim("c4", "org:ali ai:tier tier:1", "d01"),
        claim("c5", "org:ali ai:tier tier:2", "d02"),
        claim("c6", "org:lab ai:tier tier:1", "d02", stance="rumoured"),
        claim("c7", "org:lab ai:tier tier:1", "d02", more="; kg:accepted false "),
        claim("c8", "org:lab ai:tier tier:2", "d03", sources=3),
        claim("c9", "person:zhou ai:worksFor org:ali-cloud", "d01"),
        claim("c10", 'model:qianwen ai:releasedOn "2023-04"^^xsd:gYearMonth', "d02", more="; kg:refinedBy claim:c3 "),
        claim("c11", "model:murmur ai:developedBy org:lab", "d02", sources=4),
    ]
)
TRIG = f"{PREFIXES}\n{FACTS}\nkg:claims {{\n{CLAIM_NODES}}}\n"


def entity(prefixed: str) -> NamedNode:
    kind, local = prefixed.split(":")
    return NamedNode(f"https://kg.example.org/id/{kind}/{local}")


def day(value: str) -> Literal:
    return Literal(value, datatype=NamedNode(str(XSD.date)))


@pytest.fixture(scope="module")
def store() -> Store:
    filled = Store()
    filled.load(TRIG.encode(), RdfFormat.TRIG)
    return filled


def run(store: Store, name: str, **params: NamedNode | Literal) -> list[tuple[str | None, ...]]:
    """The rows of a saved query as text, without the columns of its parameters."""
    text = (QUERIES / f"{name}.rq").read_text(encoding="utf-8")
    result = store.query(text, substitutions={Variable(k): v for k, v in params.items()} or None)
    assert isinstance(result, QuerySolutions)
    hidden = set(parameters(text))
    columns = [v.value for v in result.variables if v.value not in hidden]
    return [tuple(None if row[c] is None else row[c].value for c in columns) for row in result]


def parameters(text: str) -> dict[str, tuple[str, bool]]:
    """Name → (type, optional) of the parameters in a query's header."""
    found = re.findall(r"^# param (\w+)(\??): (\w+) — \S.*$", text, re.MULTILINE)
    return {name: (kind, bool(optional)) for name, optional, kind in found}


# --- The Turtle ------------------------------------------------------------------------------------------------------

TURTLE = sorted(ONTOLOGIES.glob("*/*.ttl"))


def graph(*paths: Path) -> rdflib.Graph:
    whole = rdflib.Graph()
    for path in paths:
        whole.parse(path, format="turtle")
    return whole


def subjects_of(name: str) -> list[rdflib.URIRef]:
    """What the ontology `name` describes: every IRI of ours that it has as a subject, itself apart."""
    whole = graph(ONTOLOGIES / name / "ontology.ttl")
    header = whole.value(None, RDF.type, OWL.Ontology)
    ours = {s for s in whole.subjects() if isinstance(s, rdflib.URIRef) and str(s).startswith(OWN) and s != header}
    assert len(ours) > 20
    return sorted(ours)


@pytest.mark.parametrize("path", TURTLE, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_both_parsers_read_the_same(path: Path) -> None:
    ours = rdflib.Graph()
    for triple in parse(path=str(path), format=RdfFormat.TURTLE):
        ours.parse(data=f"{triple.subject} {triple.predicate} {triple.object} .", format="nt", bnode_context={})
    theirs = graph(path)
    assert len(ours) == len(theirs)
    plain = [rdflib.Graph(), rdflib.Graph()]
    for source, target in zip((ours, theirs), plain, strict=True):
        for s, p, o in source:
            if not isinstance(s, rdflib.BNode) and not isinstance(o, rdflib.BNode):
                target.add((s, p, o))
    assert isomorphic(*plain)


@pytest.mark.parametrize("name", ["core", "ai-models"])
def test_everything_has_labels_and_definitions_in_both_languages(name: str) -> None:
    whole = graph(ONTOLOGIES / name / "ontology.ttl")
    for subject in subjects_of(name):
        for prop in (RDFS.label, SKOS.definition):
            assert sorted(o.language or "" for o in whole.objects(subject, prop) if isinstance(o, rdflib.Literal)) == [
                "en",
                "zh",
            ], (subject, prop)


def test_no_term_is_undefined() -> None:
    whole = graph(ONTOLOGIES / "core" / "ontology.ttl", ONTOLOGIES / "ai-models" / "ontology.ttl")
    builtin = tuple(str(term).removesuffix(end) for term, end in BUILTIN)
    defined = set(whole.subjects(RDF.type, None))
    used = {t for triple in whole for t in triple if isinstance(t, rdflib.URIRef)}
    addresses = {
        o for p in ("license", "title") for o in whole.objects(None, rdflib.URIRef(f"http://purl.org/dc/terms/{p}"))
    }
    addresses |= set(whole.objects(None, OWL.versionIRI))
    assert {t for t in used - defined - addresses if not str(t).startswith(builtin)} == set()


def test_shapes_and_queries_use_defined_terms_only() -> None:
    whole = graph(ONTOLOGIES / "core" / "ontology.ttl", ONTOLOGIES / "ai-models" / "ontology.ttl")
    defined = {str(s) for s in whole.subjects(RDF.type, None)}
    texts = [p.read_text(encoding="utf-8") for p in (*ONTOLOGIES.glob("*/shapes.ttl"), *QUERIES.glob("*.rq"))]
    for text in texts:
        body = re.sub(r"^#.*$|@prefix.*$", "", text, flags=re.MULTILINE)
        names = {str(AI) + n for n in re.findall(r"\bai:(\w+)", body)} | {
            str(KG) + n for n in re.findall(r"\bkg:(\w+)", body)
        }
        names |= set(re.findall(r"https://kg\.example\.org/ontology/(?:core|ai-models)#\w+", body))
        assert names <= defined


def test_functional_are_dates_and_the_parameter_count_only() -> None:
    whole = graph(ONTOLOGIES / "ai-models" / "ontology.ttl")
    dates = {f"{d}{end}" for d in ("releasedOn", "betaOn", "openSourcedOn") for end in ("", "Earliest", "Latest")}
    functional = {str(s).removeprefix(str(AI)) for s in whole.subjects(RDF.type, OWL.FunctionalProperty)}
    assert functional == dates | {"parameterCount"}


def test_the_vocabulary_is_there() -> None:
    whole = graph(ONTOLOGIES / "ai-models" / "ontology.ttl")
    kinds = {str(s).removeprefix(str(AI)): str(o) for s, o in whole.subject_objects(KG.idPrefix)}
    assert kinds == {"Organization": "org", "Model": "model", "Product": "product", "Person": "person", "Tier": "tier"}
    order = sorted((int(str(o)), str(s).removeprefix(str(AI))) for s, o in whole.subject_objects(KG.headline))
    assert [name for _, name in order] == [
        *("developedBy", "releasedOn", "betaOn", "openSourcedOn", "tier", "parameterCount", "versionOf", "basedOn"),
        *("integrates", "subOrganizationOf", "worksFor", "hasTitle"),
    ]
    assert [n for n, _ in order] == list(range(1, 13))
    core = {str(s).removeprefix(str(AI)) for s in whole.subjects(KG.core, rdflib.Literal(True))}
    assert core == {"developedBy", "releasedOn", "tier", "parameterCount"}
    assert set(whole.subjects(KG.scopedByDocument, rdflib.Literal(True))) == {AI.tier}
    assert whole.value(AI.developedBy, KG.risesAlong) == AI.subOrganizationOf
    assert whole.value(AI.develops, OWL.inverseOf) == AI.developedBy
    superproperties = {
        "basedOn": "isBasedOn",
        "developedBy": "creator",
        "hasTitle": "jobTitle",
        "releasedOn": "datePublished",
        "subOrganizationOf": "parentOrganization",
        "worksFor": "worksFor",
    }
    for name, above in superproperties.items():
        assert whole.value(AI[name], RDFS.subPropertyOf) == rdflib.URIRef(f"https://schema.org/{above}")


def test_the_tiers_are_ranked_and_named() -> None:
    whole = graph(ONTOLOGIES / "ai-models" / "ontology.ttl")
    for number, zh, en in zip(
        range(1, 7), "一二三四五六", ["first", "second", "third", "fourth", "fifth", "sixth"], strict=True
    ):
        tier = rdflib.URIRef(f"https://kg.example.org/id/tier/{number}")
        assert whole.value(tier, AI.rank) == rdflib.Literal(number)
        assert set(whole.objects(tier, SKOS.prefLabel)) == {
            rdflib.Literal(f"第{zh}梯队", "zh"),
            rdflib.Literal(f"{en} tier", "en"),
        }
        assert whole.value(tier, SKOS.inScheme) == AI.tiers
    names = [str(o) for o in whole.objects(None, SKOS.altLabel)]
    assert len(names) == len(set(names))


# --- The shapes ------------------------------------------------------------------------------------------------------

FACT_SHAPES = graph(ONTOLOGIES / "ai-models" / "shapes.ttl")
CLAIM_SHAPES = graph(ONTOLOGIES / "core" / "shapes.ttl")
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")


def findings(data: str, shapes: rdflib.Graph) -> list[str]:
    """The English messages of what the shapes find in some Turtle, each of which has a Chinese one beside it."""
    _, report, _ = validate(rdflib.Graph().parse(data=PREFIXES + data, format="turtle"), shacl_graph=shapes)
    found: set[str] = set()
    for result in report.subjects(RDF.type, SH.ValidationResult):
        # pyshacl drops the language tags of messages of SPARQL constraints, so the script tells them apart.
        zh, en = sorted((str(m) for m in report.objects(result, SH.resultMessage)), key=str.isascii)
        assert not zh.isascii()
        assert en.isascii()
        found.add(en)
    return sorted(found)


def test_good_facts_and_claims_conform() -> None:
    assert findings(FACTS, FACT_SHAPES) == []
    assert findings(CLAIM_NODES, CLAIM_SHAPES) == []


NAME = 'rdfs:label "N"@en ; skos:prefLabel "N"@en'
RELEASED = 'ai:releasedOnEarliest "2023-01-01"^^xsd:date ; ai:releasedOnLatest "2023-12-31"^^xsd:date'


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ('model:x a ai:Model ; rdfs:label "x"@en .', "has a preferred label"),
        ('model:x a ai:Model ; skos:prefLabel "x"@en .', "has a label"),
        ('model:x a ai:Model ; rdfs:label "x" ; skos:prefLabel "x"@en .', "has a label"),
        ('model:x a ai:Model ; rdfs:label "x"@en ; skos:prefLabel "x"@en, "y"@en .', "has a preferred label"),
        ('model:x a ai:Model ; rdfs:label " "@en ; skos:prefLabel "x"@en .', "has a label"),
        (f'model:x a ai:Model ; {NAME} ; skos:altLabel "\\n" .', "An alias is"),
        (f"[] a ai:Model ; {NAME} .", "A thing has an IRI"),
        (f"org:x a ai:Organization ; {NAME} ; ai:developedBy org:ali .", "What is developed is"),
        (f"model:x a ai:Model ; {NAME} ; ai:developedBy model:x .", "A developer is"),
        (f"model:x a ai:Model ; {NAME} ; ai:developedBy org:unknown .", "A developer is"),
        (f"person:x a ai:Person ; {NAME} ; ai:tier tier:1 .", "What stands in a tier is"),
        (f"model:x a ai:Model ; {NAME} ; ai:tier 1 .", "is a tier."),
        (f"model:x a ai:Model ; {NAME} ; ai:versionOf org:ali .", "is a version of is a model"),
        (f"model:x a ai:Model ; {NAME} ; ai:versionOf model:x .", "a version of itself"),
        (f"model:x a ai:Model ; {NAME} ; ai:basedOn model:x .", "based on itself"),
        (f"product:x a ai:Product ; {NAME} ; ai:basedOn product:ding .", "is based on is a model"),
        (f"model:x a ai:Model ; {NAME} ; ai:integrates model:qianwen .", "What integrates a model is"),
        (f"product:x a ai:Product ; {NAME} ; ai:integrates product:ding .", "What is integrated is"),
        (f"org:x a ai:Organization ; {NAME} ; ai:subOrganizationOf org:x .", "part of itself"),
        (f"org:x a ai:Organization ; {NAME} ; ai:subOrganizationOf model:qianwen .", "organization is part of is"),
        (f"org:x a ai:Organization ; {NAME} ; ai:worksFor org:ali .", "Who works for"),
        (f"person:x a ai:Person ; {NAME} ; ai:worksFor person:x .", "What a person works for is"),
        (f'org:x a ai:Organization ; {NAME} ; ai:hasTitle "CTO" .', "Who has a title is"),
        (f'person:x a ai:Person ; {NAME} ; ai:hasTitle "CTO"@en .', "A title is a text"),
        (f"product:x a ai:Product ; {NAME} ; ai:parameterCount 7 .", "What has a parameter count is"),
        (f"model:x a ai:Model ; {NAME} ; ai:parameterCount 7, 8 .", "parameter count is held once"),
        (f'model:x a ai:Model ; {NAME} ; ai:parameterCount "7B" .', "parameter count is held once"),
        (f"model:x a ai:Model ; {NAME} ; ai:parameterCount 0 .", "parameter count is held once"),
        (f'org:x a ai:Organization ; {NAME} ; ai:releasedOn "2023"^^xsd:gYear ; {RELEASED} .', "date of release is a"),
        (f'model:x a ai:Model ; {NAME} ; ai:releasedOn "2023-04" ; {RELEASED} .', "date of release is held once"),
        (
            f'model:x a ai:Model ; {NAME} ; ai:releasedOn "2023"^^xsd:gYear, "2024"^^xsd:gYear ; {RELEASED} .',
            "held once",
        ),
        (f"model:x a ai:Model ; {NAME} ; {RELEASED} .", "date of release is held once"),
        (f'model:x a ai:Model ; {NAME} ; ai:releasedOn "2023"^^xsd:gYear .', "exactly one earliest day"),
        (f'model:x a ai:Model ; {NAME} ; ai:releasedOn "2023"^^xsd:gYear .', "exactly one latest day"),
        (
            f'model:x a ai:Model ; {NAME} ; ai:betaOn "2023"^^xsd:gYear ; ai:betaOnEarliest "2023-12-31"^^xsd:date ;'
            ' ai:betaOnLatest "2023-01-01"^^xsd:date .',
            "earliest day of testing is not after",
        ),
        (
            f'product:x a ai:Product ; {NAME} ; ai:openSourcedOn "2023"^^xsd:gYear ;'
            ' ai:openSourcedOnEarliest "2023-01-01"^^xsd:date ; ai:openSourcedOnLatest "2023-12-31"^^xsd:date .',
            "date of opening is a model",
        ),
        (f"tier:9 a ai:Tier ; {NAME} .", "exactly one rank"),
        (f"tier:9 a ai:Tier ; {NAME} ; ai:rank 0 .", "exactly one rank"),
    ],
)
def test_each_violation_of_facts_is_found(data: str, message: str) -> None:
    found = findings(FACTS + data, FACT_SHAPES)
    assert any(message in text for text in found), found
    assert len(found) <= 3


GOOD = claim("x", "model:qianwen ai:tier tier:1", "d01")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('kg:stance "asserted"', 'kg:stance "hoped"', "stance is one of"),
        ('kg:stance "asserted" ;', "", "stance is one of"),
        ('kg:rank "preferred"', 'kg:rank "best"', "rank is one of"),
        ('kg:rank "preferred"', 'kg:rank "normal", "preferred"', "rank is one of"),
        ("0.93", "1.01", "confidence is one decimal"),
        ("0.93", "-0.1", "confidence is one decimal"),
        ("0.93", '"0.93"', "confidence is one decimal"),
        ("0.93", "9.3e-1", "confidence is one decimal"),
        ('kg:extractor "patterns" ;', "", "names its extractor"),
        ('kg:quote "引文x"', 'kg:quote ""', "one quote"),
        ("kg:independentSources 1", "kg:independentSources 0", "independent sources is one integer"),
        ("rdf:subject model:qianwen ;", "", "exactly one subject"),
        ("rdf:subject model:qianwen ;", 'rdf:subject "x" ;', "exactly one subject"),
        ("rdf:predicate ai:tier ;", "", "exactly one predicate"),
        ("rdf:object tier:1", "rdf:object tier:1, tier:2", "exactly one object"),
        ("rdf:object tier:1 ;", "", "exactly one object"),
        ("rdf:object tier:1", "rdf:object []", "exactly one object"),
        ("prov:wasDerivedFrom evidence:x ", "", "exactly one piece of evidence"),
        ("oa:hasSource doc:d01 ;", "", "exactly one source"),
        ("oa:hasSource doc:d01", "oa:hasSource doc:d01, doc:d02", "exactly one source"),
        ("oa:hasSource doc:d01", "oa:hasSource doc:d99", "exactly one source"),
        (",\n        <https://kg.example.org/id/evidence/x#quote>", "", "exactly two selectors"),
        ("a oa:TextQuoteSelector", "a oa:FragmentSelector", "says the words themselves"),
        ("a oa:TextPositionSelector", "a oa:FragmentSelector", "says the position"),
        ("oa:start 118", "oa:start 143", "starts before it ends"),
        ("oa:start 118", 'oa:start "118"', "exactly one start"),
        ("oa:start 118", "oa:start -1", "exactly one start"),
        ("; oa:end 143", "", "exactly one end"),
        ('; oa:exact "原文x"', "", "exact raw words"),
        ("kg:independentSources 1 ;", "kg:independentSources 1 ; kg:refinedBy model:qianwen ;", "What refines a claim"),
        ("kg:independentSources 1 ;", "kg:independentSources 1 ; kg:conflictsWith doc:d01 ;", "What conflicts with"),
        ("kg:independentSources 1 ;", "kg:independentSources 1 ; kg:conflictsWith claim:x ;", "conflicts with itself"),
        ("kg:independentSources 1 ;", 'kg:independentSources 1 ; kg:accepted "no" ;', "is accepted is one boolean"),
        ("kg:independentSources 1 ;", 'kg:independentSources 1 ; kg:attributedTo "" ;', "An attribution is"),
        (
            "kg:independentSources 1 ;",
            'kg:independentSources 1 ; kg:objectEarliest "2023-02-01"^^xsd:date ;'
            ' kg:objectLatest "2023-01-01"^^xsd:date ;',
            "date is not after",
        ),
        (
            "kg:independentSources 1 ;",
            'kg:independentSources 1 ; kg:objectEarliest "2023" ;',
            "earliest day of a claim's date is one",
        ),
        (
            "kg:independentSources 1 ;",
            'kg:independentSources 1 ; kg:objectLatest "2023-02"^^xsd:gYearMonth ;',
            "latest day of a claim's date is one",
        ),
        ("kg:independentSources 1 ;", 'kg:independentSources 1 ; kg:rule "" ;', "rule that holds"),
        (
            "kg:independentSources 1 ;",
            "kg:independentSources 1 ; kg:factConfidence 1.5 ;",
            "confidence of a claim's fact",
        ),
    ],
)
def test_each_violation_of_claims_is_found(old: str, new: str, message: str) -> None:
    assert old in GOOD
    found = findings(DOCUMENTS_OF_CLAIMS + GOOD.replace(old, new, 1), CLAIM_SHAPES)
    assert any(message in text for text in found), found
    assert len(found) <= 3


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ('doc:d a kg:Document ; dct:title "a", "b" .', "at most one title"),
        ('doc:d a kg:Document ; schema:datePublished "gestern" .', "at most one publication date"),
        ("doc:d a kg:Document ; dct:publisher org:ali .", "at most one publisher"),
        ('doc:d a kg:Document ; schema:url "a", "b" .', "at most one address"),
        ("[] a kg:Document .", "document has an IRI"),
    ],
)
def test_each_violation_of_documents_is_found(data: str, message: str) -> None:
    found = findings(data, CLAIM_SHAPES)
    assert [message in text for text in found] == [True]


# --- The queries -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(QUERIES.glob("*.rq")), ids=lambda p: p.stem)
def test_every_query_has_a_header_and_projects_its_parameters(path: Path, store: Store) -> None:
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    assert re.fullmatch(r"# title: [A-Z].+", lines[0])
    assert re.fullmatch(r"# title@zh: .*[\u4e00-\u9fff].*", lines[1])
    declared = parameters(text)
    assert len(declared) == text.count("# param ")
    assert {kind for kind, _ in declared.values()} <= {"entity", "text", "integer", "date"}
    result = store.query(text)
    assert isinstance(result, QuerySolutions)
    columns = [v.value for v in result.variables]
    assert columns[len(columns) - len(declared) :] == list(declared)
    assert len(set(columns)) == len(columns)


def test_there_are_the_six_queries() -> None:
    names = [p.stem for p in sorted(QUERIES.glob("*.rq"))]
    assert names == ["history", "landscape", "models-of", "people", "sources", "tiers", "timeline"]


LANDSCAPE = [
    # A date of a whole year stands at the year's first day.  Labels: zh, else en, else any.
    ("Quiet Lab", "Murmur", "2023", "third tier", "4"),
    ("Quiet Lab", "Hauch", None, "第二梯队", None),
    # The maker has no tier and shows that of the organization it belongs to, from both sources.
    ("阿里云", "通义千问", "2023-04-11", "第一梯队 / 第二梯队", "2"),
    ("阿里云", "通义千问2.0", "2023-10", "第一梯队 / 第二梯队", None),
    ("阿里巴巴", "Murmur", "2023", "third tier", "4"),
    (None, "孤儿", None, None, None),
]


def test_landscape(store: Store) -> None:
    assert run(store, "landscape") == LANDSCAPE


def test_landscape_of_one_maker(store: Store) -> None:
    assert run(store, "landscape", maker=entity("org:ali")) == LANDSCAPE[2:5]
    assert run(store, "landscape", maker=entity("org:ali-cloud")) == LANDSCAPE[2:4]
    assert run(store, "landscape", maker=entity("org:nobody")) == []


TIMELINE = [
    ("2023", "发布", "Murmur", "Quiet Lab / 阿里巴巴"),
    ("2023-04-11", "发布", "通义千问", "阿里云"),
    ("2023-05", "测试", "钉钉", "阿里巴巴"),
    ("2023-08-03", "开源", "Murmur", "Quiet Lab / 阿里巴巴"),
    ("2023-10", "发布", "通义千问2.0", "阿里云"),
]


def test_timeline(store: Store) -> None:
    assert run(store, "timeline") == TIMELINE


def test_timeline_between_two_days(store: Store) -> None:
    assert run(store, "timeline", since=day("2023-05-20")) == [TIMELINE[i] for i in (0, 2, 3, 4)]
    assert run(store, "timeline", since=day("2024-01-01")) == []
    assert run(store, "timeline", until=day("2023-04-30")) == TIMELINE[:2]
    assert run(store, "timeline", since=day("2023-05-31"), until=day("2023-05-31")) == [TIMELINE[0], TIMELINE[2]]
    may, year = (Literal(v, datatype=NamedNode(str(XSD[t]))) for v, t in (("2023-05", "gYearMonth"), ("2023", "gYear")))
    assert run(store, "timeline", until=may) == TIMELINE[:3]
    assert run(store, "timeline", since=may, until=may) == [TIMELINE[0], TIMELINE[2]]
    assert run(store, "timeline", since=year, until=year) == TIMELINE


def test_timeline_of_one_maker(store: Store) -> None:
    mine = run(store, "timeline", maker=entity("org:ali"), until=day("2023-09-30"))
    assert mine == [(*row[:3], row[3].removeprefix("Quiet Lab / ")) for row in TIMELINE[:4]]


TIERS = [
    ("第一梯队", "阿里巴巴", "阿里发布大模型", "甲日报", "2023-04-12", "引文c4"),
    ("第二梯队", "Quiet Lab", "d03", None, None, "引文c8"),
    ("第二梯队", "阿里巴巴", "d02", "乙周刊", "2023-11", "引文c5"),
]


def test_tiers_are_what_documents_assert(store: Store) -> None:
    assert run(store, "tiers") == TIERS


def test_one_tier(store: Store) -> None:
    two = Literal("2", datatype=NamedNode(str(XSD.integer)))
    assert run(store, "tiers", rank=two) == TIERS[1:]


def test_models_of_a_company_and_of_what_belongs_to_it(store: Store) -> None:
    rows = run(store, "models-of", company=entity("org:ali"))
    assert rows == [
        ("Murmur", "阿里巴巴", "2023", "7000000000", None, "4"),
        ("通义千问", "阿里云", "2023-04-11", None, None, "2"),
        ("通义千问2.0", "阿里云", "2023-10", None, "通义千问", None),
    ]
    assert [r[0] for r in run(store, "models-of", company=entity("org:lab"))] == ["Murmur", "Hauch"]


def test_people(store: Store) -> None:
    everybody = [("周靖人", "阿里云", "CTO / 首席技术官", "1"), ("李某", None, "顾问", None)]
    assert run(store, "people") == everybody
    assert run(store, "people", company=entity("org:ali")) == everybody[:1]
    assert run(store, "people", company=entity("org:lab")) == []


def test_sources(store: Store) -> None:
    assert run(store, "sources") == [
        ("d01", "阿里发布大模型", "甲日报", "2023-04-12", "4", "4", "https://news.example.org/1"),
        ("d02", None, "乙周刊", "2023-11", "6", "3", None),
        ("d03", None, None, None, "1", "1", None),
    ]


@pytest.mark.parametrize("name", ["landscape", "models-of", "people", "sources", "tiers", "timeline"])
def test_rows_do_not_depend_on_the_order_of_loading(name: str, store: Store) -> None:
    backwards = Store()
    backwards.extend(sorted(store, key=str, reverse=True))
    assert run(backwards, name) == run(store, name)


def test_queries_run_on_an_empty_graph() -> None:
    for path in QUERIES.glob("*.rq"):
        assert run(Store(), path.stem) == []


# --- The sample documents --------------------------------------------------------------------------------------------

FILES = sorted(DOCUMENTS.iterdir())


def sample(name: str, encoding: str = "utf-8") -> str:
    return (DOCUMENTS / name).read_text(encoding=encoding)


def test_every_sample_document_is_described_and_every_description_has_one() -> None:
    table = (DOCUMENTS.parent / "README-documents.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `([^`]+)` \|", table, re.MULTILINE) != []
    assert sorted(re.findall(r"^\| `([^`]+)` \|", table, re.MULTILINE)) == [f.name for f in FILES]
    assert len(FILES) >= 12


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_sample_documents_are_text_of_a_sensible_size(path: Path) -> None:
    text = path.read_bytes().decode("gb18030" if ".gb18030." in path.name else "utf-8")
    assert 300 <= len(text) <= 4000
    assert "\ufffd" not in text
    assert "\r" not in text
    assert text.endswith("\n")


def test_one_sample_is_gb18030_and_not_utf_8() -> None:
    with pytest.raises(UnicodeDecodeError):
        sample("wire-hunyuan.gb18030.txt")
    assert "混元大模型" in sample("wire-hunyuan.gb18030.txt", "gb18030")


def test_the_repost_has_the_body_of_the_launch_report_under_another_headline() -> None:
    launch, repost = sample("launch-tongyi-qianwen.md"), sample("repost-tongyi-qianwen.txt")
    paragraphs = [p for p in launch.split("\n\n") if p.startswith(("4月11日", "此前", "阿里在", "与会者", "放在"))]
    assert len(paragraphs) == 5
    assert all(p.strip() in repost for p in paragraphs)
    assert "转载自" in repost
    assert launch.split("\n# ", 1)[1].splitlines()[0] not in repost


def test_each_damage_is_there() -> None:
    pinyin = sample("pinyin-two-years.txt")
    assert len(re.findall(r"[\u4e00-\u9fff]\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+\)", pinyin)) > 100
    assert pinyin.count("?!?/span>") == 2
    assert pinyin.count("MOSS") == 2
    assert sample("spam-link-lists.txt").count("|") > 50
    assert max(map(len, sample("minute-tiers.txt").splitlines())) > 600
    assert "禁用了JavaScript" in sample("minute-tiers.txt")
    assert all(word in sample("taiwan-breeze.txt") for word in ("人工智慧", "軟體", "演算法", "晶片", "伺服器"))
    assert all(word in sample("news-xinghuo.html") for word in ('class="nav"', "相关阅读", "<footer>"))
    assert all(word in sample("plans-and-rumours.txt") for word in ("将于", "据传", "预计", "否认"))
    assert "2024年3月20日" in sample("contradiction-morning.txt")
    assert "2024年3月12日" in sample("contradiction-review.txt")
    assert "\n|---|" in sample("table-large-models.md")


def test_the_wires_are_json_lines() -> None:
    wires = [json.loads(line) for line in sample("wires.jsonl").splitlines()]
    assert [w["id"] for w in wires] == ["wire-gpt-4", "wire-claude-2", "wire-llama-3.1"]
    assert all(set(w) == {"id", "published", "title", "source", "url", "text"} for w in wires)
