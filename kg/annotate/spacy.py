"""The spaCy annotator: the lexicon and the rules, and beside them the entities of a spaCy pipeline.

The pipeline is the one that `kg train spacy` made of the annotated corpus and that is shipped with the seeds, or one
that a user has installed.  Its names stand where no surer one does: names of the lexicon, dates and values come
first.  To expect of it: more names that no list holds, each with a score that says how often such a name is right;
some seconds to load.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.annotate import Rules, engine
from kg.annotate.lexicon import annotate
from kg.annotate.sentences import sentences
from kg.annotate.tails import tail_pattern
from kg.errors import AnnotatorError
from kg.model import Annotated, Document, Mention, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_BATCH = 256
"""Sentences that are read at once."""


class SpacyAnnotator:
    """Finds what the lexicon annotator finds, and the names that a spaCy pipeline knows by what stands around them."""

    name = "spacy"

    def __init__(self, rules: Rules, *, model: str | None = None) -> None:
        """Load the pipeline; AnnotatorError if it is not there, does not load, or has none of our classes."""
        self.rules = rules
        self.tails = tail_pattern(rules.patterns.names)
        classes = engine.classes(rules)
        if model is None:
            self.nlp = _shipped(rules.ontology.seeds / "models" / "spacy")
        else:
            self.nlp = _own(model)
            classes |= engine.labels(rules)
            theirs = {label for pipe in self.nlp.pipe_names for label in getattr(self.nlp.get_pipe(pipe), "labels", ())}
            engine.check_labels(theirs, f"the spaCy pipeline {model!r}", classes)
        self.names = engine.Names(rules, classes, self.name)

    def __call__(self, document: Document) -> Annotated:
        found = engine.steady(document.text, self.found(document.text, sentences(document.text)))
        return annotate(document, self.rules, self.tails, extra=found, name=self.name)

    def found(self, text: str, spans: Sequence[Span]) -> list[Mention]:
        """The pipeline's names in the sentences of a text, likely or not."""
        return list(self.names.mentions(text, self._told(text, spans)))

    def _told(self, text: str, spans: Sequence[Span]) -> Iterator[engine.Told]:
        pieces = ((text[s.start : s.end], s.start) for s in spans)
        for doc, start in self.nlp.pipe(pieces, as_tuples=True, batch_size=_BATCH):
            for first, last, likely in _told(doc):
                yield start + first, start + last, likely


def _told(doc: Doc) -> Iterator[engine.Told]:
    """A pipeline's names as (start, end, labels with their scores); ours tells scores, another's entities have one."""
    from kg.annotate.characters import SPANS

    if SPANS in doc.spans and "readings" in doc.spans[SPANS].attrs:
        for span, likely in zip(doc.spans[SPANS], doc.spans[SPANS].attrs["readings"], strict=True):
            yield span.start_char, span.end_char, likely
    else:
        for entity in doc.ents:
            yield entity.start_char, entity.end_char, ((entity.label_, engine.OWN_SCORE),)


def _shipped(folder: Path) -> Language:
    import spacy

    import kg.annotate.characters  # noqa: F401 - tells spaCy of the component

    if not (folder / "config.cfg").is_file():
        raise AnnotatorError(f"{folder}: the spaCy annotator has no trained pipeline there; make it: kg train spacy")
    try:
        return spacy.load(folder)
    except (OSError, ValueError, KeyError) as error:
        raise AnnotatorError(f"{folder}: the pipeline does not load ({error}); make it anew: kg train spacy") from error


def _own(model: str) -> Language:
    import spacy

    import kg.annotate.characters  # noqa: F401 - a user's folder may hold what `kg train` made

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # of a pipeline made with another version, which mostly works
        try:
            return spacy.load(model)
        except (OSError, ValueError, ImportError, KeyError) as error:
            installed = ", ".join(sorted(spacy.util.get_installed_models())) or "none"
            raise AnnotatorError(
                f"the spaCy pipeline {model!r} does not load ({str(error).splitlines()[0]}); name a folder or an "
                f"installed package (installed: {installed}), or leave it out for the shipped one"
            ) from error
