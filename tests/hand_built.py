"""Knowledge built by hand, for the tests of everything that comes after `reconcile`.

Two makers, a family of models, a person and a tier; a date that one document has exactly, another coarsely and a third
differently; a rumour; and one model whose name and document attack every format they are written in.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kg import graph, ontology, store
from kg.clean.offsets import OffsetMap
from kg.dates import When
from kg.graph import KnowledgeGraph
from kg.iri import local_name
from kg.model import Claim, Document, Entity, Evidence, Fact, Knowledge, Rank, Span, Stance, Value

HOSTILE = 'a "b" \\ [c](d) <script>{|}^`\n\t\x1b[31m😀\u202e\u200f end.'
"""Quotes, backslash, brackets, markup, a line break, an escape sequence, an emoji, direction marks, a final dot."""
HOSTILE_ID = f"model:{local_name(HOSTILE)}"
LONG = "长" * 4_000
LONG_ID = f"model:{local_name(LONG)}"
FORMULA = '=HYPERLINK("http://x.example","click")'

DAY = When.day(date(2023, 4, 11))
OTHER_DAY = When.day(date(2023, 5, 2))
MONTH = When.month(2023, 4)


def document(name: str, text: str, **about: str | When) -> Document:
    return Document(id=name, raw=text, text=text, offsets=OffsetMap.identity(len(text)), **about)  # type: ignore[arg-type]


def dated(when: When) -> Value:
    return Value(when.value, when.datatype, when)


def evidence(of: Document, words: str) -> Evidence:
    start = of.text.index(words)
    return of.evidence(Span(start, start + len(words)))


FIRST = document(
    "d01",
    "灵犀科技在4月11日发布了言海模型，它由灵犀科技研发。言海有七十亿参数。",
    published=When.day(date(2023, 4, 12)),
    title="灵犀科技发布言海",
    publisher="早报",
    url="https://news.example.org/1?a=1&b=2",
)
SECOND = document("d02", "言海模型于2023年4月问世，灵犀科技位列第一梯队。", publisher="晚报")
THIRD = document("d 03/<x>", f"{HOSTILE} was made by Murmur Lab on 2 May. {FORMULA}", title=HOSTILE, url="not a url <>")
REPOST = document("d04", FIRST.text, publisher="转载网", published=When.day(date(2023, 4, 13)))

ENTITIES = (
    Entity(HOSTILE_ID, "Model", HOSTILE),
    Entity(LONG_ID, "Model", LONG, aliases=("长长", FORMULA)),
    Entity("model:言海", "Model", "言海", aliases=("言海模型", "Yanhai")),
    Entity("org:lingxi", "Organization", "灵犀科技", (("en", "Lingxi"), ("zh", "灵犀科技")), ("灵犀",), seeded=True,
           same_as=("https://www.wikidata.org/entity/Q1",)),
    Entity("org:murmur", "Organization", "Murmur Lab", (("en", "Murmur Lab"),), seeded=True),
    Entity("org:unused", "Organization", "从未提到", seeded=True),
    Entity("person:王五", "Person", "王五"),
)  # fmt: skip


def claim(
    name: str, of: Document, subject: str, predicate: str, value: str | Value, words: str, **more: object
) -> Claim:
    settings: dict[str, object] = {"stance": Stance.ASSERTED, "confidence": 0.9, "extractor": "patterns", **more}
    return Claim(name, of.id, predicate, subject, value, evidence=evidence(of, words), **settings)  # type: ignore[arg-type]


CLAIMS = (
    claim("c01", FIRST, "model:言海", "developedBy", "org:lingxi", "它由灵犀科技研发", rank=Rank.PREFERRED,
          object_text="灵犀科技"),
    claim("c02", FIRST, "model:言海", "releasedOn", dated(DAY), "灵犀科技在4月11日发布了言海模型", rank=Rank.PREFERRED,
          subject_text="言海模型", object_text="4月11日", confidence=0.95, conflicts_with=("c04",)),
    claim("c03", SECOND, "model:言海", "releasedOn", dated(MONTH), "言海模型于2023年4月问世", refined_by=("c02",),
          conflicts_with=("c04",)),
    claim("c04", THIRD, "model:言海", "releasedOn", dated(OTHER_DAY), "on 2 May", rank=Rank.DEPRECATED, confidence=0.6,
          conflicts_with=("c02", "c03")),
    claim("c05", SECOND, "org:lingxi", "tier", "tier:1", "灵犀科技位列第一梯队", rank=Rank.PREFERRED, confidence=1.0),
    claim("c06", FIRST, "model:言海", "parameterCount", Value("7000000000", "integer"), "言海有七十亿参数",
          rank=Rank.PREFERRED),
    claim("c07", THIRD, HOSTILE_ID, "developedBy", "org:murmur", THIRD.text, rank=Rank.PREFERRED, subject_text=HOSTILE),
    claim("c08", THIRD, LONG_ID, "developedBy", "org:murmur", FORMULA, rank=Rank.PREFERRED),
    claim("c09", SECOND, "person:王五", "hasTitle", Value(FORMULA), "言海", rank=Rank.PREFERRED),
    claim("c10", FIRST, "model:言海", "developedBy", "org:murmur", "研发", stance=Stance.RUMOURED, accepted=False,
          attribution="某人士"),
    claim("c11", REPOST, "model:言海", "developedBy", "org:lingxi", "它由灵犀科技研发", object_text="灵犀科技"),
)  # fmt: skip

FACTS = (
    Fact("model:言海", "developedBy", "org:lingxi", ("c01", "c11"), 0.9, 1, "the only value"),
    Fact("model:言海", "releasedOn", dated(DAY), ("c02", "c03"), 0.97, 2, "more independent sources"),
    Fact("model:言海", "parameterCount", Value("7000000000", "integer"), ("c06",), 0.9, 1, "the only value"),
    Fact("org:lingxi", "tier", "tier:1", ("c05",), 1.0, 1, "the only value"),
    Fact(HOSTILE_ID, "developedBy", "org:murmur", ("c07",), 0.9, 1, "the only value"),
    Fact(LONG_ID, "developedBy", "org:murmur", ("c08",), 0.9, 1, "the only value"),
    Fact("person:王五", "hasTitle", Value(FORMULA), ("c09",), 0.9, 1, "the only value"),
)

KNOWLEDGE = Knowledge(
    documents=(FIRST, SECOND, THIRD, REPOST),
    entities=ENTITIES,
    claims=CLAIMS,
    facts=FACTS,
    origins=(("d04", "d01"),),
)


def build(folder: Path, knowledge: Knowledge = KNOWLEDGE) -> KnowledgeGraph:
    """The graph of `knowledge`, written into `folder` and opened."""
    store.write(knowledge, ontology.load(), folder)
    return graph.open(folder)
