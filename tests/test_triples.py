from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hand_built import CLAIMS, DAY, ENTITIES, FACTS, FIRST, HOSTILE, HOSTILE_ID, KNOWLEDGE, THIRD, dated
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from kg import iri, ontology, triples
from kg.errors import GraphError, OntologyError
from kg.model import Entity, Fact, Knowledge, Value

AI = "https://kg.example.org/ontology/ai-models#"
KG = "https://kg.example.org/ontology/core#"
XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.fixture(scope="module")
def onto() -> ontology.Ontology:
    return ontology.load()


@pytest.fixture(scope="module")
def facts(onto: ontology.Ontology) -> tuple[Quad, ...]:
    return triples.facts(KNOWLEDGE, onto)


@pytest.fixture(scope="module")
def claims(onto: ontology.Ontology) -> tuple[Quad, ...]:
    return triples.claims(KNOWLEDGE, onto)


def said(quads: tuple[Quad, ...], entity_id: str, predicate: str) -> list[NamedNode | Literal]:
    """What `quads` say of an id: the objects of one predicate."""
    node = NamedNode(iri.iri(entity_id))
    return [q.object for q in quads if q.subject == node and q.predicate.value == predicate]


def typed(text: str, datatype: str) -> Literal:
    return Literal(text, datatype=NamedNode(XSD + datatype))


def test_a_fact_is_one_plain_triple_in_the_default_graph(facts: tuple[Quad, ...]) -> None:
    assert said(facts, "model:言海", AI + "developedBy") == [NamedNode(iri.iri("org:lingxi"))]
    assert said(facts, "model:言海", AI + "parameterCount") == [typed("7000000000", "integer")]
    assert {q.graph_name for q in facts} == {DefaultGraph()}


def test_a_date_has_its_interval_beside_it(onto: ontology.Ontology, facts: tuple[Quad, ...]) -> None:
    assert said(facts, "model:言海", AI + "releasedOn") == [typed("2023-04-11", "date")]
    month = dated(replace(DAY, value="2023-04", latest=DAY.latest.replace(day=30)))
    known = replace(KNOWLEDGE, facts=(Fact("model:言海", "releasedOn", month, ("c03",), 0.9, 1, "only"),))
    quads = triples.facts(known, onto)
    assert said(quads, "model:言海", AI + "releasedOn") == [typed("2023-04", "gYearMonth")]
    assert said(quads, "model:言海", AI + "releasedOnEarliest") == [typed("2023-04-11", "date")]
    assert said(quads, "model:言海", AI + "releasedOnLatest") == [typed("2023-04-30", "date")]


def test_labels_have_languages(facts: tuple[Quad, ...]) -> None:
    skos, rdfs = "http://www.w3.org/2004/02/skos/core#", "http://www.w3.org/2000/01/rdf-schema#"
    both = [Literal("Lingxi", language="en"), Literal("灵犀科技", language="zh")]
    assert said(facts, "org:lingxi", skos + "prefLabel") == said(facts, "org:lingxi", rdfs + "label") == both
    assert said(facts, "model:言海", skos + "prefLabel") == [Literal("言海", language="zh")]
    assert said(facts, HOSTILE_ID, skos + "prefLabel") == [Literal(HOSTILE, language="en")]
    aliases = [Literal("Yanhai", language="en"), Literal("言海模型", language="zh")]
    assert said(facts, "model:言海", skos + "altLabel") == aliases


def test_only_things_of_facts_are_described(facts: tuple[Quad, ...], claims: tuple[Quad, ...]) -> None:
    subjects = {q.subject for q in (*facts, *claims)}
    assert NamedNode(iri.iri("org:unused")) not in subjects
    assert NamedNode(iri.iri("tier:2")) not in subjects
    assert said(facts, "tier:1", AI + "rank") == [typed("1", "integer")]
    assert said(claims, "org:murmur", "http://www.w3.org/2004/02/skos/core#prefLabel")


def test_same_as_comes_from_seeds_only(facts: tuple[Quad, ...]) -> None:
    same = [q for q in facts if q.predicate.value.endswith("owl#sameAs")]
    assert [q.subject.value for q in same] == [iri.iri("org:lingxi")]
    assert same[0].object == NamedNode("https://www.wikidata.org/entity/Q1")


def test_a_claim_carries_its_evidence(claims: tuple[Quad, ...]) -> None:
    rdf, oa = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/ns/oa#"
    assert said(claims, "claim:c02", rdf + "type") == [NamedNode(rdf + "Statement"), NamedNode(KG + "Claim")]
    assert said(claims, "claim:c02", rdf + "object") == [typed("2023-04-11", "date")]
    assert said(claims, "claim:c02", KG + "stance") == [Literal("asserted")]
    assert said(claims, "claim:c02", KG + "confidence") == [typed("0.95", "decimal")]
    assert said(claims, "claim:c05", KG + "confidence") == [typed("1", "decimal")]
    assert said(claims, "claim:c03", KG + "refinedBy") == [NamedNode(iri.iri("claim:c02"))]
    assert said(claims, "evidence:c02", oa + "hasSource") == [NamedNode(iri.iri("doc:d01"))]
    selectors = said(claims, "evidence:c02", oa + "hasSelector")
    assert selectors == [NamedNode(iri.iri("evidence:c02") + part) for part in ("#position", "#quote")]
    exact = [q.object for q in claims if q.subject == selectors[1] and q.predicate.value == oa + "exact"]
    assert exact == [Literal(CLAIMS[1].evidence.exact)]
    start = [q.object for q in claims if q.subject == selectors[0] and q.predicate.value == oa + "start"]
    assert start == [typed("0", "integer")]


def test_the_rule_stands_on_claims_of_exactly_the_fact(claims: tuple[Quad, ...]) -> None:
    ruled = {q.subject.value.rpartition("/")[2] for q in claims if q.predicate.value == KG + "rule"}
    assert ruled == {"c01", "c02", "c05", "c06", "c07", "c08", "c09", "c11"}
    assert said(claims, "claim:c02", KG + "factSources") == [typed("2", "integer")]


def test_documents(claims: tuple[Quad, ...]) -> None:
    assert said(claims, "doc:d01", "https://schema.org/datePublished") == [typed("2023-04-12", "date")]
    assert said(claims, "doc:d01", "http://purl.org/dc/terms/publisher") == [Literal("早报")]
    hostile = f"doc:{iri.local_name(THIRD.id)}"
    assert said(claims, hostile, "https://schema.org/url") == [typed("not a url <>", "anyURI")]
    assert said(claims, hostile, "http://purl.org/dc/terms/title") == [Literal(HOSTILE)]
    assert said(claims, "doc:d04", "http://purl.org/dc/terms/source") == [NamedNode(iri.iri("doc:d01"))]


def test_nothing_is_without_a_name(facts: tuple[Quad, ...], claims: tuple[Quad, ...]) -> None:
    assert not [q for q in (*facts, *claims) if isinstance(q.subject, BlankNode) or isinstance(q.object, BlankNode)]


def test_the_order_of_knowledge_changes_nothing(onto: ontology.Ontology) -> None:
    shuffle = random.Random(7)
    parts = {name: list(getattr(KNOWLEDGE, name)) for name in ("documents", "entities", "claims", "facts")}
    for part in parts.values():
        shuffle.shuffle(part)
    shuffled = Knowledge(**{name: tuple(part) for name, part in parts.items()}, origins=KNOWLEDGE.origins)  # type: ignore[arg-type]
    assert triples.facts(shuffled, onto) == triples.facts(KNOWLEDGE, onto)
    assert triples.claims(shuffled, onto) == triples.claims(KNOWLEDGE, onto)


def test_the_base_moves_things_and_not_the_vocabulary(onto: ontology.Ontology) -> None:
    quads = (
        *triples.facts(KNOWLEDGE, onto, "https://here.example/"),
        *triples.claims(KNOWLEDGE, onto, "https://here.example/"),
    )
    assert all(q.subject.value.startswith("https://here.example/id/") for q in quads)
    assert {q.graph_name for q in quads} == {DefaultGraph(), NamedNode(iri.CLAIMS)}
    assert triples.prefixes(onto, "https://here.example/")["model"] == "https://here.example/id/model/"
    assert triples.prefixes(onto)["ai"] == AI


def test_what_utf8_cannot_hold_keeps_its_place(onto: ontology.Ontology) -> None:
    entity = Entity("org:x", "Organization", "a\ud800b")
    known = Knowledge(entities=(entity,), facts=(Fact("org:x", "tier", "tier:1", (), 1.0, 1, ""),))
    assert Literal("a\ufffdb", language="en") in said(triples.facts(known, onto), "org:x", triples.RDFS + "label")


@pytest.mark.parametrize(
    ("fact", "error", "message"),
    [
        (
            Fact("model:无", "developedBy", "org:lingxi", (), 1.0, 1, ""),
            GraphError,
            "model:无, which is no known entity",
        ),
        (Fact("model:a b", "developedBy", "org:lingxi", (), 1.0, 1, ""), GraphError, "not an id of the form"),
        (Fact("model:言海", "devlopedBy", "org:lingxi", (), 1.0, 1, ""), OntologyError, r"did you mean developedBy\?"),
    ],
)
def test_what_cannot_be_written_is_said(onto: ontology.Ontology, fact: Fact, error: type, message: str) -> None:
    with pytest.raises(error, match=message):
        triples.facts(replace(KNOWLEDGE, facts=(fact,)), onto)


def test_a_same_as_that_is_no_iri_is_said(onto: ontology.Ontology) -> None:
    wrong = replace(ENTITIES[3], same_as=("no iri",))
    with pytest.raises(GraphError, match="org:lingxi is said to be the same as 'no iri'"):
        triples.facts(replace(KNOWLEDGE, entities=(wrong, *ENTITIES[:3])), onto)


def test_numbers_are_written_in_one_form(onto: ontology.Ontology) -> None:
    odd = Fact("model:言海", "parameterCount", Value("+007", "integer"), (), 1.0, 1, "")
    quads = triples.facts(replace(KNOWLEDGE, facts=(odd,)), onto)
    assert said(quads, "model:言海", AI + "parameterCount") == [typed("7", "integer")]


def test_every_fact_of_the_example_is_there(onto: ontology.Ontology, facts: tuple[Quad, ...]) -> None:
    relations = {relation.iri for relation in onto.relations}
    assert len([q for q in facts if q.predicate.value in relations]) == len(FACTS)
    assert FIRST.published is not None
