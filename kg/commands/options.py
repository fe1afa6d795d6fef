"""Options that several commands have."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.pipeline import Settings

Command = Callable[..., Any]

_READING = (
    click.option("--ontology", metavar="NAME", default="ai-models", show_default=True, help="A name or a folder."),
    click.option(
        "--annotator",
        metavar="NAME",
        help="What finds names: spacy (the default), hanlp, spacy+hanlp, or lexicon, quicker.",
    ),
    click.option("--spacy-model", metavar="NAME", help="Your own spaCy pipeline, a package or a folder; for spacy."),
    click.option("--hanlp-model", metavar="NAME", help="One of HanLP's own models, by name or as a folder; for hanlp."),
    click.option(
        "--lexicon",
        metavar="TSV",
        type=click.Path(path_type=Path),
        help="Your own names: tab-separated, with the columns name and type.",
    ),
    click.option("--workers", metavar="N", type=click.IntRange(1), default=1, show_default=True, help="Processes."),
)
_HIDE = click.option(
    "--hide-names",
    metavar="SHARE",
    type=click.FloatRange(0, 1),
    default=0.0,
    help="Leave out this share of the known names, to measure names never seen: 0 to 1.",
)


def reading(command: Command) -> Command:
    """The options that say how documents are read; `settings` makes them into one value."""
    for option in reversed(_READING):
        command = option(command)
    return command


def hiding(command: Command) -> Command:
    """`--hide-names`, for measures."""
    return _HIDE(command)


def weighing(command: Command) -> Command:
    """`--on-conflict`: what becomes of values that conflict."""
    return click.option(
        "--on-conflict",
        type=click.Choice(["best", "omit", "all"]),
        default="best",
        show_default=True,
        help="Of values that conflict hold the best, none, or all.",
    )(command)


def graph(command: Command) -> Command:
    """`--graph`: the folder of a built graph."""
    return click.option(
        "--graph",
        "folder",
        metavar="DIR",
        type=click.Path(path_type=Path),
        default="output",
        show_default=True,
        help="The folder that kg build wrote.",
    )(command)


def as_json(command: Command) -> Command:
    """`--json`: print for a program."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(command)


def settings(
    *,
    ontology: str,
    annotator: str | None,
    spacy_model: str | None,
    hanlp_model: str | None,
    lexicon: Path | None,
    workers: int,
    hide_names: float = 0.0,
    on_conflict: str = "best",
) -> Settings:
    """The settings that the options of `reading` and `hiding` mean.  Raises click.UsageError if they contradict."""
    from kg.pipeline import Settings

    engines = [engine for engine, model in (("spacy", spacy_model), ("hanlp", hanlp_model)) if model is not None]
    for engine in engines:
        if annotator is not None and engine not in annotator.split("+"):
            raise click.UsageError(f"--{engine}-model is for --annotator {engine}, not for {annotator}")
    return Settings(
        ontology=ontology,
        annotator=annotator or "+".join(engines) or None,
        model=spacy_model,
        hanlp_model=hanlp_model,
        lexicon=lexicon,
        workers=workers,
        hide=hide_names,
        on_conflict=on_conflict,
    )


def opened(folder: Path) -> KnowledgeGraph:
    """The graph in the folder that `--graph` names."""
    from kg import graph

    return graph.open(folder)
