"""How quick the annotators are: characters a second on one core, beside the bare spaCy pipeline on the same texts.

    python tests/benchmarks/annotators.py [FOLDER] [--characters N] [--runs N]

FOLDER holds text files (the sample documents without one); they are repeated to N characters.  Times are medians of
the runs in this process and mean nothing across machines; the ratios to the bare pipeline do.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from kg import annotate, pipeline
from kg.annotate.sentences import sentences
from kg.clean import clean
from kg.extract import extract
from kg.model import Document, Failure
from kg.read import read

T = TypeVar("T")
SAMPLES = Path(__file__).parents[2] / "seeds" / "ai-models" / "documents"


def documents(folder: Path, characters: int) -> list[Document]:
    """The cleaned documents of a folder, repeated until they have so many characters."""
    once = [clean(source) for source in read([str(folder)]) if not isinstance(source, Failure)]
    found: list[Document] = []
    while sum(len(d.text) for d in found) < characters:
        found += once
    return found


def seconds(runs: int, work: Callable[[], T]) -> tuple[float, T]:
    """The median time of a piece of work, and what came out of it."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        made = work()
        times.append(time.perf_counter() - start)
    return statistics.median(times), made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=SAMPLES)
    parser.add_argument("--characters", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    texts = documents(given.folder, given.characters)
    length = sum(len(d.text) for d in texts)
    rules = pipeline.rules(pipeline.Settings())
    trained = annotate.make("spacy", rules)
    parts = [d.text[s.start : s.end] for d in texts for s in sentences(d.text)]
    print(f"{length:,} characters of {len(texts)} documents, one core", flush=True)
    bare, _ = seconds(given.runs, lambda: list(trained.nlp.pipe(parts, batch_size=256)))  # type: ignore[attr-defined]

    def show(name: str, took: float) -> None:
        print(f"{name:<24}{length / took:>12,.0f} characters/s{took / bare:>8.2f} × bare", flush=True)

    show("bare spaCy pipeline", bare)
    for name in sorted(annotate.ANNOTATORS):
        annotator = annotate.make(name, rules)
        annotator(texts[0])  # what is loaded at first use is no part of it
        took, annotated = seconds(given.runs, lambda annotator=annotator: [annotator(d) for d in texts])
        show(f"annotate: {name}", took)
        took, _ = seconds(given.runs, lambda annotated=annotated: [extract(a, rules) for a in annotated])
        show(f"extract: {name}", took)


if __name__ == "__main__":
    main()
