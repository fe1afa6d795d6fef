"""What each annotator finds, how quickly and in how much memory: names and facts, on sentences and on documents.

    python tests/benchmarks/engines.py [--shared DIR] [--hide SHARE] [--annotator NAME]... [--json]

Sentences are those of the corpus that training never sees.  Documents are DIR/seeds with DIR/gold, and DIR/dev.  Names
count when class and words are right: on sentences each mention, on documents each entity once, by any of its names.
Facts of sentences are relations between the marked mentions; those of documents are scored as `kg evaluate` does.
`--hide` leaves out that share of the known names.

Every annotator runs in a process of its own with one thread: `cold` is from the start of that process to the first
answer, `peak` its greatest memory, and characters per second those of annotating the documents after a first round.
Times under load mean little; the order of the rows does.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

START = time.perf_counter()
ROOT = Path(__file__).resolve().parents[2]
NAMES = ("lexicon", "spacy", "hanlp", "spacy+hanlp")
LEAST = 0.5
"""The confidence from which an extraction makes a fact."""


class Counts:
    """How many were right, said and there."""

    def __init__(self) -> None:
        self.right = self.said = self.gold = 0

    def add(self, right: int, said: int, gold: int) -> None:
        """Count one sentence or document."""
        self.right += right
        self.said += said
        self.gold += gold

    @property
    def f1(self) -> float:
        """F1, to four places."""
        return round(2 * self.right / max(1, self.said + self.gold), 4)


def of_sentences(line: Any) -> dict[str, float]:
    """F1 of names and of relations on the corpus' test sentences."""
    from kg import corpus
    from kg.extract import extract
    from kg.model import Stance
    from kg.train.parts import split

    rules = line.rules
    classes = {c.name for c in rules.ontology.classes if c.kind and not c.ordered}
    names, facts = Counts(), Counts()
    for sentence in split(corpus.read(rules.ontology, rules.patterns)).testing:
        annotated = line.annotator(document(sentence.text))
        gold = Counter((m.type, m.name) for m in sentence.mentions if m.type in classes)
        said = Counter((m.readings[0].type, m.name) for m in named(annotated, classes))
        names.add((gold & said).total(), said.total(), gold.total())
        stated = {(r.relation, r.subject, r.object) for r in sentence.relations if r.stance is Stance.ASSERTED}
        found = set()
        for e in extract(annotated, rules):
            if e.stance is Stance.ASSERTED and e.confidence >= LEAST:
                found.add((e.predicate, place(e.subject.span, sentence), place(e.object.span, sentence)))
        facts.add(len(stated & found), len(found), len(stated))
    return {"names": names.f1, "facts": facts.f1}


def document(text: str) -> Any:
    """A sentence as a document, as it stands."""
    from kg.clean.offsets import OffsetMap
    from kg.model import Document

    return Document("sentence", text, text, OffsetMap.identity(len(text)))


def named(annotated: Any, classes: Iterable[str]) -> Iterator[Any]:
    """The mentions that name something of these classes."""
    for mention in annotated.mentions:
        if mention.name and mention.recognizer != "pronoun" and mention.readings[0].type in classes:
            yield mention


def place(span: Any, sentence: Any) -> int:
    """Which of a sentence's marked mentions a span is; -1 for none."""
    if span is not None:
        for number, mention in enumerate(sentence.mentions):
            if mention.span.overlaps(span):
                return number
    return -1


def of_documents(line: Any, gold: Path, texts: Path) -> float:
    """F1 of the entities of gold documents: each once, by any of its names."""
    from kg import gold as golds
    from kg.clean import clean
    from kg.lexicon import key

    rules = line.rules
    classes = {c.name for c in rules.ontology.classes if c.kind and not c.ordered}
    counts = Counts()
    for source in golds.sources(golds.gold_documents(gold, texts, rules.ontology)):
        data = json.loads((gold / f"{source.id}.json").read_text(encoding="utf-8"))
        there: list[tuple[str, frozenset[str]]] = []
        for entity in data.get("entities", ()):
            type_ = str(entity["type"]).capitalize()
            if type_ in classes:
                names = (entity["name"], *entity.get("aliases", ()), *entity.get("other_names", ()))
                there.append((type_, frozenset(key(n) for n in names)))
        said = {(m.readings[0].type, key(m.name)) for m in named(line.annotator(clean(source)), classes)}
        right = sum(any((type_, name) in said for name in names) for type_, names in there)
        known = {(type_, name) for type_, names in there for name in names}
        wrong = sum(one not in known for one in said)
        counts.add(right, right + wrong, len(there))
    return counts.f1


def speed(line: Any, folder: Path) -> tuple[int, float]:
    """Characters of the cleaned documents of a folder, and seconds of annotating them."""
    from kg.clean import clean
    from kg.model import Failure
    from kg.read import read

    documents = [clean(source) for source in read([str(folder)]) if not isinstance(source, Failure)]
    for one in documents[:2]:
        line.annotator(one)
    begin = time.perf_counter()
    for one in documents:
        line.annotator(one)
    return sum(len(one.text) for one in documents), time.perf_counter() - begin


def measured(name: str, shared: Path, hide: float) -> dict[str, Any]:
    """All measures of one annotator, in this process."""
    from kg import measure, pipeline

    settings = pipeline.Settings(annotator=name, hide=hide)
    line = pipeline.line(settings)
    line.annotator(document("百度发布了文心一言。"))
    row: dict[str, Any] = {"annotator": name, "cold": round(time.perf_counter() - START, 1)}
    row |= {f"test {what}": f1 for what, f1 in of_sentences(line).items()}
    for label, gold, texts in (
        ("seeds", shared / "gold", shared / "seeds"),
        ("dev", shared / "dev" / "gold", shared / "dev" / "docs"),
    ):
        if gold.is_dir() and texts.is_dir():
            row[f"{label} names"] = of_documents(line, gold, texts)
            row[f"{label} facts"] = round(measure.of_documents(gold, texts, settings).scores.row("all").f1, 4)
    folder = shared / "dev" / "docs"
    characters, seconds = speed(line, folder if folder.is_dir() else ROOT / "seeds" / "ai-models" / "documents")
    row["characters"] = characters
    row["characters/s"] = round(characters / seconds)
    row["peak MB"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return row


def table(rows: Iterable[dict[str, Any]]) -> str:
    """The rows as Markdown."""
    rows = list(rows)
    columns = list(dict.fromkeys(column for row in rows for column in row))
    lines = [columns, ["---"] * len(columns), *([str(row.get(c, "")) for c in columns] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def main() -> None:
    """Measure each annotator in a process of its own, and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--hide", type=float, default=0.0)
    parser.add_argument("--annotator", action="append", choices=NAMES)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(measured(given.one, given.shared, given.hide)))
        return
    rows = []
    for name in given.annotator or NAMES:
        command = [sys.executable, __file__, "--one", name, "--shared", str(given.shared), "--hide", str(given.hide)]
        threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
        done = subprocess.run(command, env=os.environ | threads, stdout=subprocess.PIPE, check=True)
        rows.append(json.loads(done.stdout))
    print(json.dumps(rows, indent=1) if given.json else table(rows))


if __name__ == "__main__":
    main()
