"""The HanLP annotator: the lexicon and the rules, and beside them the names of a HanLP model.

The model is the one that `kg train hanlp` made of the annotated corpus and that is shipped with the seeds; or one of
HanLP's own, by its name or its folder: an entity recogniser, or a multi-task model that has tokens, parts of speech,
dependencies and semantic roles too.  To expect of the shipped one: about the names that spaCy's finds, by another
network, so that the two together know more than each (`kg.annotate.both`); a second more to load.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from kg.annotate import Rules, engine, published
from kg.annotate.lexicon import annotate
from kg.annotate.parses import LABELS, Parse, parse
from kg.annotate.sentences import sentences
from kg.annotate.tails import tail_pattern
from kg.errors import AnnotatorError
from kg.model import Annotated, Document, Mention, Span

_UNUSED = ("con", "sdp", "lem", "fea", "amr")
"""Tasks of multi-task models whose answers nothing reads."""
_BATCH = 64
"""Sentences that a multi-task model reads at once."""


class HanlpAnnotator:
    """Finds what the lexicon annotator finds, and the names that a HanLP model knows by what stands around them."""

    name = "hanlp"

    def __init__(self, rules: Rules, *, hanlp_model: str | None = None) -> None:
        """Load the model; AnnotatorError if it is not there, does not load, or finds no names of our classes."""
        self.rules = rules
        self.tails = tail_pattern(rules.patterns.names)
        classes = engine.classes(rules)
        if hanlp_model is None:
            self.component = _shipped(rules.ontology.seeds / "models" / "hanlp")
        else:
            self.component = published.load(hanlp_model)
            classes |= engine.labels(rules)
            engine.check_labels(_labels(self.component, hanlp_model), f"the HanLP model {hanlp_model!r}", classes)
        if hasattr(self.component, "dict_whitelist") and hasattr(self.component, "names"):
            self.component.dict_whitelist = known(rules)  # the names of this build, not those of the training
        self.names = engine.Names(rules, classes, self.name)

    def __call__(self, document: Document) -> Annotated:
        text = document.text
        found, parses = self.read(text, sentences(text))
        annotated = annotate(document, self.rules, self.tails, extra=engine.steady(text, found), name=self.name)
        return with_parses(annotated, parses)

    def read(self, text: str, spans: Sequence[Span]) -> tuple[list[Mention], list[Parse]]:
        """The model's names in the sentences of a text, likely or not, and what else it says of them."""
        if hasattr(self.component, "tasks"):
            parses = list(self._parses(text, spans))
            told = [entity for one in parses for entity in one.entities]
        else:
            parses, told = [], list(self._told(text, spans))
        return list(self.names.mentions(text, told)), parses

    def _told(self, text: str, spans: Sequence[Span]) -> Iterator[engine.Told]:
        pieces = [text[s.start : s.end] for s in spans]
        if hasattr(self.component, "names"):
            for span, found in zip(spans, self.component.names(pieces), strict=True):
                for name in found:
                    yield span.start + name.start, span.start + name.end, name.labels
        elif pieces:
            for span, answer in zip(spans, self.component([list(piece) for piece in pieces]), strict=True):
                for _, label, start, end in answer:
                    yield span.start + start, span.start + end, ((LABELS.get(label, label), engine.OWN_SCORE),)

    def _parses(self, text: str, spans: Sequence[Span]) -> Iterator[Parse]:
        unused = [task for task in self.component.tasks if task.split("/")[0] in _UNUSED]
        for first in range(0, len(spans), _BATCH):
            batch = spans[first : first + _BATCH]
            answers = self.component([text[s.start : s.end] for s in batch], skip_tasks=unused)
            for number, span in enumerate(batch):
                yield parse(text, span, {task: said[number] for task, said in answers.items()})


def known(rules: Rules) -> dict[str, str]:
    """The names of the lexicon that are of one class and no ordinary words, with their class."""
    classes: dict[str, set[str]] = {}
    weak: set[str] = set()
    for entry in rules.lexicon.entries.values():
        weak |= set(entry.weak)
        for name in entry.entity.names:
            classes.setdefault(name, set()).add(entry.entity.type)
    ours = engine.classes(rules)
    return {n: one for n, (one, *more) in sorted(classes.items()) if not more and n not in weak and one in ours}


def with_parses(annotated: Annotated, parses: Sequence[Parse]) -> Annotated:
    """A document with the tokens, and what is said of them, of its sentences."""
    return replace(
        annotated,
        tokens=tuple(t for one in parses for t in one.tokens),
        tags=tuple(t for one in parses for t in one.tags) if all(len(p.tags) == len(p.tokens) for p in parses) else (),
        dependencies=tuple(d for one in parses for d in one.dependencies),
        frames=tuple(f for one in parses for f in one.frames),
    )


def _shipped(folder: Path) -> Any:
    published.require()
    if not (folder / "config.json").is_file():
        raise AnnotatorError(f"{folder}: the HanLP annotator has no trained model there; make it: kg train hanlp")
    try:
        return published.loaded(folder, f"{folder}: the model")
    except AnnotatorError as error:
        raise AnnotatorError(f"{str(error).split(';')[0]}; make it anew: kg train hanlp") from error


def _labels(component: Any, model: str) -> set[str]:
    """The labels of the names that a component finds; AnnotatorError for one that finds none."""
    tasks = getattr(component, "tasks", None)
    vocabs = (
        [component.vocabs]
        if tasks is None
        else [task.vocabs for name, task in tasks.items() if name.split("/")[0] == "ner"]
    )
    tags = {str(tag) for one in vocabs if "tag" in one for tag in one["tag"].idx_to_token}
    labels = {tag.split("-", 1)[1] for tag in tags if "-" in tag}
    if not labels:
        raise AnnotatorError(
            f"the HanLP model {model!r} ({type(component).__name__}) finds no names; take a multi-task model or one "
            "for entities (NER)"
        )
    return {LABELS.get(label, label) for label in labels}
