"""`kg train`: make the models from the annotated corpus."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.commands import options, printing


@click.command()
@click.argument("name", metavar="[spacy|hanlp|pairs|names|links|words]")
@click.option("--ontology", metavar="NAME", default="ai-models", show_default=True, help="A name or a folder.")
@click.option("-o", "--output", "folder", metavar="DIR", type=click.Path(path_type=Path), help="Where to write it.")
@click.option("--gold", metavar="DIR", type=click.Path(path_type=Path), help="Gold files to learn from: all but hanlp.")
@click.option("--documents", metavar="DIR", type=click.Path(path_type=Path), help="The texts of the gold files.")
@click.option("--seed", metavar="N", type=int, default=0, show_default=True, help="The same seed, the same model.")
@options.as_json
def train(
    name: str,
    ontology: str,
    folder: Path | None,
    gold: Path | None,
    documents: Path | None,
    seed: int,
    as_json: bool,
) -> None:
    """Train a model on the ontology's annotated corpus.

    spacy and hanlp find names by what stands around them; pairs tells which of them a sentence relates; names tells
    which new names hardly name anything, links what a whole document relates beside what its sentences say, words what
    ordinary words are made of, which names are not: these three learn it from documents with gold, spacy and pairs from
    them too.  The scores are those on what training has not seen.

    \b
    kg train pairs
    """
    from kg import pipeline
    from kg import train as training
    from kg.train.documents import Folders

    if (gold is None) != (documents is None):
        raise click.UsageError("--gold and --documents go together: gold files and the texts that they are of")
    folders = Folders(gold, documents) if gold and documents else None
    rules = pipeline.rules(pipeline.Settings(ontology=ontology), trained=False)
    progress = printing.say if sys.stderr.isatty() else None
    trained = training.train(name, rules, folder, seed=seed, progress=progress, folders=folders)
    if as_json:
        rows = {
            s.label: {"precision": round(s.precision, 4), "recall": round(s.recall, 4), "f1": round(s.f1, 4)}
            for s in trained.scores
        }
        printing.out_json({"folder": str(trained.folder), trained.unit: trained.learned, "scores": rows})
        return
    for s in trained.scores:
        printing.out(f"{s.label:<20} P {s.precision:.3f}  R {s.recall:.3f}  F1 {s.f1:.3f}  of {s.gold}\n")
    printing.out(f"{trained.learned} {trained.unit}; written to {trained.folder}\n")
