"""Graphs of any size for the tests of pictures: makers with families of models, dates, tiers, people, and a claim each.

Everything follows from the size: no chance, no clock.
"""

from __future__ import annotations

import pyoxigraph as ox

AI = "https://kg.example.org/ontology/ai-models#"
CORE = "https://kg.example.org/ontology/core#"
ID = "https://kg.example.org/id/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
OA = "http://www.w3.org/ns/oa#"
PROV = "http://www.w3.org/ns/prov#"
XSD = "http://www.w3.org/2001/XMLSchema#"

_SYLLABLES = "云海星辰知行千问文心悟道天工百川智谱紫东盘古混元书生日新风华玄思明见"


def store(nodes: int) -> ox.Store:
    """A graph with about `nodes` nodes in the picture, of entities and dates."""
    quads: list[ox.Quad] = []
    documents = max(nodes // 20, 3)
    for number in range(documents):
        document = _node(f"{ID}doc/d{number:05}")
        quads += [
            _quad(document, "http://purl.org/dc/terms/title", _text(f"第{number}号报道"), claims=True),
            _quad(document, "http://purl.org/dc/terms/publisher", _text(f"{_name(number)}日报"), claims=True),
            _quad(document, "https://schema.org/datePublished", _date(number), claims=True),
        ]
    for rank in (1, 2, 3):
        quads += _entity("tier", str(rank), "Tier", ("第一梯队", "第二梯队", "第三梯队")[rank - 1])
    made = 3
    maker = 0
    facts = 0
    days = set[str]()
    while made + len(days) < nodes - 8:
        family = 1 + (maker * 7 + 3) % 9
        org = _node(f"{ID}org/o{maker:05}")
        quads += _entity("org", f"o{maker:05}", "Organization", f"{_name(maker)}科技")
        made += 1
        if maker % 5 == 4:
            facts += 1
            quads += _fact(org, "subOrganizationOf", _node(f"{ID}org/o{maker // 5:05}"), facts, documents, "隶属于集团")
        if maker % 3 != 2:
            facts += 1
            quads += _fact(org, "tier", _node(f"{ID}tier/{1 + maker % 3}"), facts, documents, f"{_name(maker)}位列梯队")
        if maker % 4 == 0:
            person = _node(f"{ID}person/p{maker:05}")
            quads += _entity("person", f"p{maker:05}", "Person", f"王{_name(maker)[0]}{maker}")
            facts += 1
            made += 1
            quads += _fact(person, "worksFor", org, facts, documents, f"王{_name(maker)[0]}任职于{_name(maker)}科技")
        head = None
        for number in range(family):
            model = _node(f"{ID}model/m{maker:05}-{number}")
            label = f"{_name(maker)}{number + 1}.0"
            quads += _entity("model", f"m{maker:05}-{number}", "Model", label)
            facts += 1
            quads += _fact(model, "developedBy", org, facts, documents, f"{_name(maker)}科技发布{label}")
            facts += 1
            day = _date(maker * 31 + number * 97)
            days.add(day.value)
            quads += _fact(model, "releasedOn", day, facts, documents, f"{label}发布")
            made += 1
            if maker % 6 == 5:
                facts += 1
                base = _node(f"{ID}model/m{maker // 12:05}-0")
                quads += _fact(model, "basedOn", base, facts, documents, f"{label}基于开源模型")
            if head is not None and number % 2:
                facts += 1
                quads += _fact(model, "versionOf", head, facts, documents, f"{label}是新版本")
            head = head or model
        maker += 1
    built = ox.Store()
    built.bulk_extend(quads)
    return built


def _name(number: int) -> str:
    first, rest = number % len(_SYLLABLES), number // len(_SYLLABLES)
    return _SYLLABLES[first] + _SYLLABLES[(first * 7 + rest * 3 + 1) % len(_SYLLABLES)] + (str(rest) if rest else "")


def _node(address: str) -> ox.NamedNode:
    return ox.NamedNode(address)


def _text(value: str) -> ox.Literal:
    return ox.Literal(value)


def _date(number: int) -> ox.Literal:
    number %= 5 * 12 * 28
    text = f"{2020 + number // 336}-{1 + number // 28 % 12:02}-{1 + number % 28:02}"
    return ox.Literal(text, datatype=_node(XSD + "date"))


def _quad(subject: ox.NamedNode, predicate: str, value: ox.NamedNode | ox.Literal, *, claims: bool = False) -> ox.Quad:
    return ox.Quad(subject, _node(predicate), value, _node(CORE + "claims") if claims else ox.DefaultGraph())


def _entity(kind: str, name: str, cls: str, label: str) -> list[ox.Quad]:
    node = _node(f"{ID}{kind}/{name}")
    return [
        _quad(node, RDF + "type", _node(AI + cls)),
        _quad(node, SKOS + "prefLabel", ox.Literal(label, language="zh")),
        _quad(node, SKOS + "altLabel", ox.Literal(f"{label}（{name}）")),
    ]


def _fact(
    subject: ox.NamedNode, relation: str, value: ox.NamedNode | ox.Literal, number: int, documents: int, words: str
) -> list[ox.Quad]:
    claim, evidence = _node(f"{ID}claim/c{number:06}"), _node(f"{ID}evidence/c{number:06}")
    selector = _node(f"{ID}evidence/c{number:06}-position")
    about = [
        (claim, RDF + "subject", subject),
        (claim, RDF + "predicate", _node(AI + relation)),
        (claim, RDF + "object", value),
        (claim, CORE + "stance", _text("asserted")),
        (claim, CORE + "rank", _text("preferred")),
        (claim, CORE + "confidence", ox.Literal("0.9", datatype=_node(XSD + "decimal"))),
        (claim, CORE + "quote", _text(f"记者获悉，{words}，业内对此表示关注。")),
        (claim, PROV + "wasDerivedFrom", evidence),
        (evidence, OA + "hasSource", _node(f"{ID}doc/d{number % documents:05}")),
        (evidence, OA + "hasSelector", selector),
        (selector, OA + "start", ox.Literal("1", datatype=_node(XSD + "integer"))),
    ]
    return [
        _quad(subject, AI + relation, value),
        *(_quad(one, predicate, target, claims=True) for one, predicate, target in about),
    ]
