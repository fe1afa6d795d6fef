"""The spaCy annotator: the lexicon and the rules, and beside them the entities of a spaCy pipeline.

The pipeline is the one that `kg train spacy` made of the annotated corpus and that is shipped with the seeds, or one
that a user has installed.  Its names stand where no surer one does: names of the lexicon, dates and values come
first.  To expect of it: more names that no list holds, each with a score that says how often such a name is right;
some seconds to load.
"""

from __future__ import annotations

import re
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from kg.annotate import Rules, names
from kg.annotate.lexicon import annotate
from kg.annotate.sentences import sentences
from kg.errors import AnnotatorError
from kg.model import Annotated, Document, Mention, Reading, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

LEAST = 0.7
"""Names less likely than this are left out: whole documents name less than the sentences of the corpus, so that the
scores, right there, are too high here.  Chosen, as the next two, by F1 on documents with half of the known names
hidden."""
LEAST_READING = 0.05
"""What else a name may be is told from here on: which class a name has is decided by what is said of it."""
OTHER_READING = 0.6
"""The least score of such a reading: that of a name with no mark in the rules."""
SPREADS = 0.8
"""A name as likely as this is marked wherever the document has it."""
OWN_SCORE = 0.75
"""The score of the entities of a user's own pipeline, which tells none: as sure as a name with a mark of the rules."""

LEAST_SHARE = 0.34
"""What is taken for a name at fewer of its places in a text is none."""

_BATCH = 256
"""Sentences that are read at once."""
_OPENING, _CLOSING = "“‘「『《【\"'（([", "”’」』》】\"'）)]"
_BLANK = " \t\u3000\u00a0"


class SpacyAnnotator:
    """Finds what the lexicon annotator finds, and the names that a spaCy pipeline knows by what stands around them."""

    name = "spacy"

    def __init__(self, rules: Rules, *, model: str | None = None) -> None:
        """Load the pipeline; AnnotatorError if it is not there, does not load, or has none of our classes."""
        self.rules = rules
        self.tails = names.tail_pattern(rules.patterns.names)
        self.classes = {c.name: c.name for c in rules.ontology.classes if c.kind and not c.ordered}
        if model is None:
            self.nlp = _shipped(rules.ontology.seeds / "models" / "spacy")
        else:
            self.nlp = _own(model)
            self.classes |= _labels(rules)
            _check_labels(self.nlp, model, self.classes)

    def __call__(self, document: Document) -> Annotated:
        told = [m for m in self._entities(document.text) if m.readings[0].score >= LEAST]
        found = _steady(document.text, told)
        return annotate(document, self.rules, self.tails, extra=found, name=self.name)

    def _entities(self, text: str) -> Iterator[Mention]:
        """The pipeline's names in a text, read sentence by sentence."""
        spans = sentences(text)
        pieces = ((text[s.start : s.end], s.start) for s in spans)
        for doc, start in self.nlp.pipe(pieces, as_tuples=True, batch_size=_BATCH):
            for first, last, likely in _told(doc):
                readings = _readings(likely, self.classes)
                span = trimmed(text, Span(start + first, start + last))
                if readings and span:
                    words = text[span.start : span.end]
                    name = self._bare(words, readings[0].type)
                    if self._names_something(text, span, name):
                        yield Mention(span, words, readings, name, self.name)

    def _bare(self, words: str, type_: str) -> str:
        """The name in a mention, without the quotes and the head of its class, which may stand inside the quotes."""
        bare = re.sub('[“”「」『』《》【】"]', "", words).strip(_BLANK)
        for class_, head in self.rules.patterns.names.heads:
            if class_ == type_:
                ends = [m.start() for m in head.finditer(bare) if m.end() == len(bare)]
                return bare[: min(ends, default=len(bare))].strip(_BLANK)
        return bare

    def _names_something(self, text: str, span: Span, name: str) -> bool:
        """Whether what the ontology says of names that are none leaves it one."""
        rules = self.rules.patterns.names
        return (
            len(name) > 1
            and name.casefold() not in rules.not_names
            and name not in rules.stoppers
            and name not in rules.common
            and rules.descriptors.fullmatch(name) is None
            and name.split()[-1] not in rules.not_endings
            and rules.not_heads.match(text, span.end) is None
        )


def trimmed(text: str, span: Span) -> Span | None:
    """A span without blanks and without quotation marks or brackets whose other half it does not hold; None if none
    is left."""
    start, end = span.start, span.end
    while start < end:
        first, last = text[start], text[end - 1]
        if first in _BLANK or (first in _CLOSING and first not in _OPENING):
            start += 1
        elif last in _BLANK or (last in _OPENING and last not in _CLOSING):
            end -= 1
        elif first in _OPENING and _CLOSING[_OPENING.index(first)] not in text[start + 1 : end]:
            start += 1
        elif last in _CLOSING and _OPENING[_CLOSING.index(last)] not in text[start : end - 1]:
            end -= 1
        else:
            return Span(start, end)
    return None


def _told(doc: Doc) -> Iterator[tuple[int, int, Iterable[tuple[str, float]]]]:
    """A pipeline's names as (start, end, labels with their scores); ours tells scores, another's entities have one."""
    from kg.annotate.characters import SPANS

    if SPANS in doc.spans and "readings" in doc.spans[SPANS].attrs:
        for span, likely in zip(doc.spans[SPANS], doc.spans[SPANS].attrs["readings"], strict=True):
            yield span.start_char, span.end_char, likely
    else:
        for entity in doc.ents:
            yield entity.start_char, entity.end_char, ((entity.label_, OWN_SCORE),)


def _readings(likely: Iterable[tuple[str, float]], classes: Mapping[str, str]) -> tuple[Reading, ...]:
    return tuple(
        Reading(classes[label], score=max(score, OTHER_READING) if number else score)
        for number, (label, score) in enumerate(likely)
        if label in classes and (number == 0 or score >= LEAST_READING)
    )


def _steady(text: str, told: list[Mention]) -> list[Mention]:
    """The names that a text bears out, at all their places.

    What is taken for a name at few of the places where it stands is a common word; what surely is one somewhere is one
    at its other places too.
    """
    taken = {at for m in told for at in range(m.span.start, m.span.end)}
    by_name: dict[str, list[Mention]] = defaultdict(list)
    for mention in told:
        by_name[mention.name].append(mention)
    found: list[Mention] = []
    for name, mentions in sorted(by_name.items()):
        places = [m.span() for m in re.finditer(rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])", text)]
        others = [Span(*place) for place in places if taken.isdisjoint(range(*place))]
        if len(mentions) < LEAST_SHARE * (len(mentions) + len(others)):
            continue
        found += mentions
        best = max(mentions, key=lambda m: (m.readings[0].score, -m.span.start))
        if best.readings[0].score >= SPREADS:
            found += [Mention(s, text[s.start : s.end], best.readings, name, best.recognizer) for s in others]
    return found


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


def _labels(rules: Rules) -> dict[str, str]:
    """What the labels of other pipelines mean here: `spacy_labels` of the ontology's `patterns.yaml`."""
    path = rules.ontology.folder / "patterns.yaml"
    data = yaml.safe_load(path.read_text("utf-8")) if path.is_file() else {}
    table = (data or {}).get("spacy_labels", {})
    return {str(label): rules.ontology.cls(str(name)).name for label, name in table.items()}


def _check_labels(nlp: Language, model: str, classes: Mapping[str, str]) -> None:
    labels = {label for pipe in nlp.pipe_names for label in getattr(nlp.get_pipe(pipe), "labels", ())}
    if labels.isdisjoint(classes):
        theirs = ", ".join(sorted(labels)) or "none"
        raise AnnotatorError(
            f"the spaCy pipeline {model!r} finds none of our classes; its labels: {theirs}; "
            f"known: {', '.join(sorted(classes))} (spacy_labels in patterns.yaml)"
        )
