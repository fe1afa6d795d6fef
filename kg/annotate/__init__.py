"""Annotate: find a document's sentences and the mentions of names and values in it.

An annotator is a callable `Document -> Annotated`.  It is made once for a build and called for every document, so
what is slow to load is loaded when it is made.  Whatever engine works inside, the contract (tests/contracts) is one:
sentences and mentions come in the order of their offsets and do not overlap, offsets count code points of the cleaned
text, `mention.text` is the text at its span, and every reading's type is a class of the ontology or a kind of value
of its patterns.

Adapters differ in what they find: `lexicon` knows the seeds' names and the marks of names in `patterns.yaml`; `spacy`
adds the entities of a spaCy pipeline to that, `hanlp` those of a HanLP model, and `spacy+hanlp` what the two find
together.  Of HanLP's multi-task models come tokens, parts of speech, dependencies and semantic roles too.
"""

from __future__ import annotations

import difflib
import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import AnnotatorError
from kg.model import Annotated, Document

if TYPE_CHECKING:
    from kg.annotate.ordinary import Ordinary
    from kg.extract.plausible import NameModel
    from kg.extract.weights import Calibrated
    from kg.lexicon import Lexicon
    from kg.ontology import Ontology
    from kg.patterns import Patterns

Annotator = Callable[[Document], Annotated]

ANNOTATORS = {
    "hanlp": "kg.annotate.hanlp:HanlpAnnotator",
    "lexicon": "kg.annotate.lexicon:LexiconAnnotator",
    "spacy": "kg.annotate.spacy:SpacyAnnotator",
    "spacy+hanlp": "kg.annotate.both:BothAnnotator",
}
"""Short names, and the classes that they stand for: imported when first used."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a build knows before it reads the first document."""

    ontology: Ontology
    patterns: Patterns
    lexicon: Lexicon
    pairs: Calibrated | None = None
    """The learned likelihood of relations, where the seeds have one."""
    plausible: NameModel | None = None
    """The learned plausibility of names that no list holds, where the seeds have it."""
    ordinary: Ordinary | None = None
    """The pairs of characters that ordinary text has, where the seeds have them."""
    links: Calibrated | None = None
    """The learned likelihood that a document relates two of its things, where the seeds have it."""


def default(rules: Rules) -> str:
    """The annotator that finds most of what this ontology is about: the trained one, if its seeds have a pipeline."""
    return "spacy" if (rules.ontology.seeds / "models" / "spacy").is_dir() else "lexicon"


def make(name: str, rules: Rules, *, model: str | None = None, hanlp_model: str | None = None) -> Annotator:
    """The annotator of that short name.

    `model` names a pipeline of spaCy's (an installed package or a folder), `hanlp_model` one of HanLP's (a name of
    `hanlp.pretrained` or a folder); without one, an engine takes the model that is shipped.  An unknown name, an
    engine that is not installed, and a model of an engine that the annotator does not have, is an `AnnotatorError`.
    """
    if name not in ANNOTATORS:
        near = difflib.get_close_matches(name, ANNOTATORS, 1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise AnnotatorError(f"there is no annotator {name!r}{hint}; known: {', '.join(sorted(ANNOTATORS))}")
    module, attribute = ANNOTATORS[name].split(":")
    given = {"spacy": ("model", model), "hanlp": ("hanlp_model", hanlp_model)}
    models = {option: value for engine, (option, value) in given.items() if engine in name.split("+") and value}
    if strange := [engine for engine, (option, value) in given.items() if value and option not in models]:
        raise AnnotatorError(f"the annotator {name!r} has no model of {strange[0]}; leave it out")
    annotator: Annotator = getattr(importlib.import_module(module), attribute)(rules, **models)
    return annotator
