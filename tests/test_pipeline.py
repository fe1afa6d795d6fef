"""The line from end to end: documents in, a graph out, every claim with its words."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import ROOT, SAMPLES, SHARED

import kg
from kg import claimlines, pipeline
from kg.model import Claim, Document, Failure, Stance
from kg.pipeline import Build, Settings
from kg.read import read

TEXT = "百度于2023年3月16日发布文心一言。百度位列第一梯队。"


@pytest.fixture(scope="module")
def samples() -> Build:
    return pipeline.build([str(SAMPLES)])


def held(build: Build, predicate: str) -> set[tuple[str, str]]:
    """(subject, object) of the facts with that predicate."""
    found = [fact for fact in build.knowledge.facts if fact.predicate == predicate]
    return {(f.subject, f.object if isinstance(f.object, str) else f.object.lexical) for f in found}


def written(folder: Path, *texts: str) -> list[str]:
    folder.mkdir(exist_ok=True)
    for number, text in enumerate(texts):
        (folder / f"d{number}.txt").write_text(text, encoding="utf-8")
    return [str(folder)]


def test_a_sentence_becomes_facts(tmp_path: Path) -> None:
    build = pipeline.build(written(tmp_path, TEXT))
    assert {maker for _, maker in held(build, "developedBy")} == {"org:baidu"}
    assert {value for _, value in held(build, "releasedOn")} == {"2023-03-16"}
    assert held(build, "tier") == {("org:baidu", "tier:1")}
    assert pipeline.counts(build) == {"documents": 1, "claims": 3, "facts": 3, "conflicts": 0, "failures": 0}


def test_contradictions_stay_visible(samples: Build) -> None:
    claims = [c for c in samples.knowledge.claims if c.subject == "model:乌有" and c.predicate == "releasedOn"]
    days = {c.object.lexical for c in claims if not isinstance(c.object, str)}
    assert {"2024-03-12", "2024-03-20"} <= days
    assert sum(bool(c.conflicts_with) for c in claims) >= 2
    assert len([f for f in samples.knowledge.facts if f.subject == "model:乌有" and f.predicate == "releasedOn"]) == 1


def test_a_repost_is_no_further_source(samples: Build) -> None:
    assert dict(samples.knowledge.origins)["repost-tongyi-qianwen"] == "launch-tongyi-qianwen"


def test_plans_and_rumours_are_no_facts(samples: Build) -> None:
    unsure = {c.id for c in samples.knowledge.claims if c.stance != Stance.ASSERTED}
    assert unsure
    assert not unsure & {claim for fact in samples.knowledge.facts for claim in fact.claims}


def test_every_fact_has_claims_and_every_claim_a_document(samples: Build) -> None:
    claims = {c.id: c for c in samples.knowledge.claims}
    documents = {d.id for d in samples.knowledge.documents}
    for fact in samples.knowledge.facts:
        assert fact.claims
        assert all(claims[one].accepted for one in fact.claims)
    assert {c.document for c in claims.values()} <= documents


def assert_exact(claims: tuple[Claim, ...], documents: dict[str, Document]) -> None:
    for claim in claims:
        document, evidence = documents[claim.document], claim.evidence
        assert evidence.exact
        assert document.raw[evidence.start : evidence.end] == evidence.exact
        assert document.text[evidence.cleaned.start : evidence.cleaned.end] == evidence.quote


def test_evidence_of_the_samples_is_exact(samples: Build) -> None:
    assert_exact(samples.knowledge.claims, {d.id: d for d in samples.knowledge.documents})


@pytest.mark.skipif(not SHARED.is_dir(), reason="no folder ../shared with real documents")
@pytest.mark.parametrize("name", ["seeds", "dev/docs"])
def test_evidence_of_real_documents_is_exact(name: str) -> None:
    build = pipeline.build([str(SHARED / name)])
    assert not build.knowledge.failures
    assert build.knowledge.claims
    assert_exact(build.knowledge.claims, {d.id: d for d in build.knowledge.documents})


HOSTILE = (
    "😀\r\n\ufeff百度\u200b于２０２３年３月１６日发布了文心一言\u3000e\u0301。\r\n",
    "\u202e百度於2023年3月16日發(fā)布了文心一言。\x0b\x85\u2028百度位列第一梯隊。",
    "百度于2023年3月16日发布文心一言？?/span>百度位列第一梯队。\t\n" * 3,
    "𠮷野家😀百度发布了文心一言👨‍👩‍👧，它有2600亿参数。",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_evidence_of_hostile_text_is_exact(tmp_path: Path, text: str) -> None:
    (tmp_path / "d.txt").write_bytes(text.encode("utf-8"))
    build = pipeline.build([str(tmp_path)])
    assert build.knowledge.claims
    assert_exact(build.knowledge.claims, {d.id: d for d in build.knowledge.documents})


def test_claim_lines_hold_what_other_programs_read() -> None:
    for result in pipeline.extracted(read([str(SAMPLES / "launch-tongyi-qianwen.md")])):
        assert not isinstance(result, Failure)
        knowledge, document = result
        lines = list(claimlines.lines(knowledge))
        assert lines
        for line in lines:
            assert json.loads(claimlines.dumped(line)) == line
            assert line["stance"] == "asserted"
            assert document.raw[line["evidence"]["start"] : line["evidence"]["end"]] == line["evidence"]["exact"]
            assert line["subject"]["label"] in line["subject"]["names"]


def test_a_defect_in_one_document_costs_no_other(tmp_path: Path) -> None:
    inputs = written(tmp_path, TEXT, "", "百川智能发布了Baichuan-7B。")
    build = pipeline.build(inputs)
    assert [f.source.rpartition("/")[2] for f in build.knowledge.failures] == ["d1.txt"]
    assert [d.id for d in build.knowledge.documents] == ["d0", "d2"]


def test_progress_counts_every_document(tmp_path: Path) -> None:
    seen: list[tuple[int, str]] = []
    pipeline.build(written(tmp_path, TEXT, TEXT + "二", TEXT + "三"), progress=lambda n, id: seen.append((n, id)))
    assert seen == [(1, "d0"), (2, "d1"), (3, "d2")]


def test_settings_are_looked_up_before_the_first_document(tmp_path: Path) -> None:
    def never() -> Iterator[Failure]:
        raise AssertionError("a document was asked for")
        yield

    for settings, error in (
        (Settings(ontology="nothing"), kg.OntologyError),
        (Settings(annotator="nothing"), kg.AnnotatorError),
        (Settings(lexicon=tmp_path / "nothing.tsv"), kg.OntologyError),
    ):
        with pytest.raises(error):
            next(pipeline.extracted(never(), settings))


def test_own_names(tmp_path: Path) -> None:
    own = tmp_path / "my.tsv"
    own.write_text("name\ttype\taliases\n澄海\tModel\t澄海一号\n", encoding="utf-8")
    build = pipeline.build(written(tmp_path / "in", "澄海一号由百度研发。"), Settings(lexicon=own))
    assert held(build, "developedBy") == {("model:澄海", "org:baidu")}


def test_built_is_written_and_opened(tmp_path: Path) -> None:
    built = kg.build(written(tmp_path / "in", TEXT), tmp_path / "out")
    assert built.written
    assert dict(built.counts)["facts"] == 3
    assert [str(cell) for cell in built.graph.query("landscape").rows[0] if cell][1] == "文心一言"
    assert len(kg.open(tmp_path / "out").dataset) > 3


def test_a_path_alone_is_an_input_too(tmp_path: Path) -> None:
    file = Path(written(tmp_path / "in", TEXT)[0]) / "d0.txt"
    assert dict(kg.build(file, tmp_path / "out").counts)["documents"] == 1


@pytest.fixture
def workshop(tmp_path: Path) -> Path:
    """A folder with an ontology `mine`, which is the packaged one with one more relation, and its seeds."""
    folder = tmp_path / "elsewhere"
    shutil.copytree(ROOT / "ontologies" / "ai-models", folder / "ontologies" / "mine")
    shutil.copytree(ROOT / "seeds" / "ai-models", folder / "seeds" / "mine", ignore=shutil.ignore_patterns("corpus"))
    ontology = folder / "ontologies" / "mine" / "ontology.ttl"
    with ontology.open("a", encoding="utf-8") as file:
        file.write(
            "\nai:rivals a owl:ObjectProperty ;\n    rdfs:domain ai:Organization ;\n    rdfs:range ai:Organization ;\n"
            '    rdfs:label "rivals"@en, "对手"@zh .\n'
        )
    patterns = folder / "ontologies" / "mine" / "patterns.yaml"
    text = patterns.read_text(encoding="utf-8")
    rule = "{name: rival, zh: '{s:Organization}视{o:Organization}为对手', states: [{rivals: [s, o]}], confidence: 0.9}"
    new = f"\npatterns:\n  - {rule}\n"
    patterns.write_text(text.replace("\npatterns:\n", new), encoding="utf-8")
    return folder


def test_a_relation_is_data(workshop: Path) -> None:
    mine = str(workshop / "ontologies" / "mine")
    inputs = written(workshop / "in", "百度视腾讯为对手。" + TEXT)
    assert not held(pipeline.build(inputs), "rivals")
    built = kg.build(inputs, workshop / "out", Settings(ontology=mine))
    assert "ai:rivals org:tencent" in (workshop / "out" / "kg.ttl").read_text(encoding="utf-8")
    rows = built.graph.query("SELECT ?o WHERE { ?s ai:rivals ?o }").rows
    assert [str(row[0]).rpartition("/")[2] for row in rows if row[0]] == ["tencent"]


def test_a_graph_takes_an_ontology_without_a_known_name_along(workshop: Path, tmp_path: Path) -> None:
    inputs = written(workshop / "in", "百度视腾讯为对手。")
    kg.build(inputs, workshop / "out", Settings(ontology=str(workshop / "ontologies" / "mine")))
    report = (workshop / "out" / "report.json").read_text(encoding="utf-8")
    assert json.loads(report)["ontology"] == "mine"
    assert str(tmp_path) not in report
    moved = tmp_path / "moved"
    shutil.move(workshop / "out", moved)
    shutil.rmtree(workshop)
    graph = kg.open(moved)
    assert graph.ontology.relation("rivals")
    assert graph.query("landscape").columns
    from kg.validate import validate

    assert not validate(graph)


def test_the_next_build_forgets_that_ontology(workshop: Path) -> None:
    inputs = written(workshop / "in", TEXT)
    kg.build(inputs, workshop / "out", Settings(ontology=str(workshop / "ontologies" / "mine")))
    kg.build(inputs, workshop / "out")
    assert kg.open(workshop / "out").ontology.name == "ai-models"
