"""Other names for the sentences of a corpus: so that a model learns what stands around names, and not a list of them.

A name gives way to one of the seeds, to one of another sentence, or to an invented one.  The seeds' entities that
`kg.lexicon.hidden` hides for the measure of unknown names are never used: neither put in nor left in.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from kg import languages, lexicon
from kg.corpus import Marked, Sentence
from kg.errors import OntologyError
from kg.lexicon import Lexicon
from kg.model import Span
from kg.ontology import Ontology

HIDDEN = 0.5
"""The share of the seeds' entities whose names training must not see: what `--hide-names 0.5` leaves out."""

_PART = re.compile(r"\{(\w+)\}")
_DEEPEST = 30
"""How often parts may lead to parts: a part that holds itself is a mistake."""


@dataclass(frozen=True, slots=True)
class Odds:
    """How often a sentence is changed, and how."""

    keeps: float = 0.3
    """A sentence keeps the names it has, where they may be seen."""
    keeps_one: float = 0.15
    """… and so does a single name of a sentence whose names are changed."""
    seeded: float = 0.4
    """A new name is one of the seeds."""
    elsewhere: float = 0.25
    """It is one of another sentence; else it is invented."""
    other_script: float = 0.15
    """A name in Latin letters takes the place of a Han name, or the other way."""
    rewrapped: float = 0.4
    """A new Han name gets other quotes or another head."""
    noise: float = 0.06
    """Each kind of noise: spaces between Han and Latin, lower case, half width, no quotation marks."""


class Invented:
    """A generator of names that nobody has given yet, after the forms of a `names.yaml`."""

    def __init__(self, parts: Mapping[str, Sequence[str]], forms: Mapping[str, Mapping[str, Sequence[str]]]) -> None:
        self.parts = parts
        self.forms = forms

    def name(self, chance: random.Random, type_: str, *, han: bool) -> str:
        """A name for a class, with Han characters or in Latin letters."""
        return self._filled(chance, chance.choice(self.forms[type_]["zh" if han else "en"]), _DEEPEST)

    def _filled(self, chance: random.Random, form: str, depth: int) -> str:
        if depth == 0:
            raise OntologyError(f"names.yaml: {form!r} leads back to itself")

        def part(found: re.Match[str]) -> str:
            word = found[1]
            if word.lower() not in self.parts:
                raise OntologyError(f"names.yaml: {form!r} names the part {word!r}, which there is not")
            text = self._filled(chance, chance.choice(self.parts[word.lower()]), depth - 1)
            if word.islower():
                return text
            return text.upper() if word.isupper() and len(word) > 1 else text[:1].upper() + text[1:]

        return _PART.sub(part, form)


class Substitution:
    """Changes the names of sentences.  One made with the same random state makes the same changes in the same order."""

    def __init__(self, ontology: Ontology, sentences: Iterable[Sentence], chance: random.Random) -> None:
        data = _read(ontology.seeds / "corpus" / "names.yaml")
        self.chance = chance
        self.odds = Odds()
        self.invented = Invented(data.get("parts", {}), data.get("names", {}))
        self.wraps: Mapping[str, Sequence[str]] = data.get("wraps", {})
        self.types = tuple(sorted(self.invented.forms))
        """The classes whose names are changed: what a model can learn to find."""
        known = lexicon.load(ontology)
        entries = [e for i, e in known.entries.items() if lexicon.hidden(i, HIDDEN)]
        self.hidden: Lexicon = lexicon.build(entries)
        self.seeded = {(t, han): self._seeded(known, t, han) for t in self.types for han in (False, True)}
        used = {
            (m.type, m.name) for s in sentences for m in s.mentions if m.type in self.types and not self.hides(m.text)
        }
        self.elsewhere = {
            (t, han): sorted(n for type_, n in used if type_ == t and languages.has_han(n) == han)
            for t in self.types
            for han in (False, True)
        }

    def hides(self, text: str) -> bool:
        """Whether a text holds a name of the hidden part."""
        return any(not hit.weak or len(hit.span) == len(text) for hit in self.hidden.find(text))

    def _seeded(self, known: Lexicon, type_: str, han: bool) -> list[str]:
        names = {
            name
            for entry in known.entries.values()
            if entry.entity.type == type_ and entry.entity.seeded
            for name in entry.entity.names
        }
        return sorted(n for n in names if languages.has_han(n) == han and not self.hides(n))

    def __call__(self, sentence: Sentence) -> Sentence:
        """The sentence with other names, perhaps with a little noise; only mentions of `types` are kept."""
        chance, odds = self.chance, self.odds
        keeps = chance.random() < odds.keeps
        chinese = languages.has_han(sentence.text)
        new: dict[tuple[str, str], str] = {}
        for mention in sorted(sentence.mentions, key=lambda m: (len(m.name), m.span)):
            if mention.type not in self.types or (mention.type, mention.name) in new:
                continue
            kept = not self.hides(mention.text) and (keeps or chance.random() < odds.keeps_one)
            new[mention.type, mention.name] = mention.name if kept else self._other(mention, new, chinese)
        pieces: list[tuple[str, str | None]] = []
        at = 0
        for mention in sentence.mentions:
            pieces.append((sentence.text[at : mention.span.start], None))
            at = mention.span.end
            if mention.type not in self.types:
                pieces.append((mention.text, None))
                continue
            name = new[mention.type, mention.name]
            pieces.append(
                (mention.text if name == mention.name else self._wrapped(mention, name, chinese), mention.type)
            )
        pieces.append((sentence.text[at:], None))
        return _joined(sentence, self._noisy(pieces))

    def _other(self, mention: Marked, new: Mapping[tuple[str, str], str], chinese: bool) -> str:
        """Another name; a version of a name in the same sentence becomes a version of that one's new name."""
        for (type_, old), name in new.items():
            rest = mention.name.removeprefix(old)
            if type_ == mention.type and rest not in (mention.name, "") and not rest[0].isalpha() and name != old:
                return name + rest
        han = languages.has_han(mention.name)
        if chinese and self.chance.random() < self.odds.other_script:
            han = not han
        for _ in range(20):
            name = self._drawn(mention.type, han)
            if name != mention.name and not self.hides(name):
                return name
        raise OntologyError(f"names.yaml: 20 names for {mention.type} in a row are hidden ones")

    def _drawn(self, type_: str, han: bool) -> str:
        drawn = self.chance.random()
        seeded, elsewhere = self.seeded[type_, han], self.elsewhere[type_, han]
        if drawn < self.odds.seeded and seeded:
            return self.chance.choice(seeded)
        if drawn < self.odds.seeded + self.odds.elsewhere and elsewhere:
            return self.chance.choice(elsewhere)
        return self.invented.name(self.chance, type_, han=han)

    def _wrapped(self, mention: Marked, name: str, chinese: bool) -> str:
        """A new name with the quotes and the head of the old one, or with others."""
        wraps = self.wraps.get(mention.type, ())
        if chinese and wraps and languages.has_han(name) and self.chance.random() < self.odds.rewrapped:
            return self.chance.choice(wraps).replace("{}", name)
        return mention.text.replace(mention.name, name, 1)

    def _noisy(self, pieces: list[tuple[str, str | None]]) -> list[tuple[str, str | None]]:
        """What happens to texts on their way: spaces, widths, quotation marks and capitals come and go."""
        odds, chance = self.odds.noise, self.chance
        if chance.random() < odds:
            pieces = _spaced(pieces)
        elif chance.random() < odds:
            pieces = [(re.sub(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])", "", text), type_) for text, type_ in pieces]
        if chance.random() < odds:
            pieces = [(text.translate(_HALF_WIDTH), type_) for text, type_ in pieces]
        if chance.random() < odds:
            pieces = [(re.sub("[“”「」]", "", text), type_) for text, type_ in pieces]
        if chance.random() < odds / 2:
            pieces = [(text.lower(), type_) for text, type_ in pieces]
        return [(text, type_) for text, type_ in pieces if text]


_HALF_WIDTH = str.maketrans("，：；！？（）“”", ',:;!?()""')
_MEETING = re.compile(rf"(?<=[{languages.HAN}])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[{languages.HAN}])")


def _spaced(pieces: list[tuple[str, str | None]]) -> list[tuple[str, str | None]]:
    """A space wherever Han characters meet Latin letters or digits, also between pieces."""
    spaced: list[tuple[str, str | None]] = []
    before = ""
    for text, type_ in pieces:
        if text and before and _MEETING.search(before + text[0]):
            spaced.append((" ", None))
        spaced.append((_MEETING.sub(" ", text), type_))
        before = text[-1:] or before
    return spaced


def _joined(sentence: Sentence, pieces: Iterable[tuple[str, str | None]]) -> Sentence:
    text, mentions = "", []
    for words, type_ in pieces:
        if type_ is not None:
            span = Span(len(text), len(text) + len(words))
            mentions.append(Marked(type_, span, words, words))
        text += words
    return replace(sentence, text=text, mentions=tuple(mentions), relations=(), traps=())


def _read(path: Path) -> Mapping[str, Any]:
    try:
        data = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise OntologyError(f"{path}: cannot be read: {error}") from error
    if not isinstance(data, dict) or not data.get("names"):
        raise OntologyError(f"{path}: needs `parts` and `names`")
    return data
