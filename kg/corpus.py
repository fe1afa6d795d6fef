"""The annotated corpus: sentences with their mentions marked, and the relations that each of them states.

A file is plain text, made to be read and extended by people (`README.md` beside the files says how):

    # genre: wire news
    [Acme|Organization] released [the “Plum” series|Model:Plum] on [May 3|Date].
      madeBy(2, 1)
      outOn(2, 3)

Types are the classes of the ontology and the kinds of values of its patterns; `-` marks words that look like a mention
and are none.  A fixed part of the sentences, chosen by a hash of what stands around the names, is for testing: training
never sees it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import OntologyError
from kg.model import Span, Stance

if TYPE_CHECKING:
    from kg.ontology import Ontology
    from kg.patterns import Patterns

TEST_SHARE = 0.15
"""The part of the sentences that is kept for testing: enough for a score per class, little enough to train on the
rest."""
MASK = "□"
TRAP = "-"
"""The type of what looks like a mention and is none."""

_GENRE = re.compile(r"#\s*genre:\s*(?P<genre>.*\S)")
_PLAIN = r"(?:[^\[\]|\\]|\\.)+"
_MENTION = re.compile(rf"\[(?P<text>{_PLAIN})\|(?P<type>[A-Za-z]+|-)(?::(?P<name>{_PLAIN}))?\]")
_ESCAPED = re.compile(r"\\(.)")
_RELATION = re.compile(r"  (?P<name>\w+)\((?P<subject>\d+), ?(?P<object>\d+)\)(?: (?P<stance>\w+))?\s*")


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked stretch of a sentence."""

    type: str
    span: Span
    """Where it stands in the sentence's text."""
    text: str
    name: str
    """The bare name inside it, without quotes and head; the text itself where the file gives none."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A relation between two mentions of one sentence, by their places in `Sentence.mentions`."""

    relation: str
    subject: int
    object: int
    stance: Stance


@dataclass(frozen=True, slots=True)
class Sentence:
    """One line of the corpus."""

    text: str
    mentions: tuple[Marked, ...]
    """In order; without the traps."""
    relations: tuple[Stated, ...]
    traps: tuple[Span, ...]
    genre: str
    file: str
    line: int

    @property
    def masked(self) -> str:
        """The text with one character, `MASK`, in the place of each mention: what is left when the names are gone."""
        parts, at = [], 0
        for mention in self.mentions:
            parts += [self.text[at : mention.span.start], MASK]
            at = mention.span.end
        return "".join([*parts, self.text[at:]])

    @property
    def held_out(self) -> bool:
        """Whether it is for testing.  Names do not count, so that a sentence with another name stays on its side."""
        digest = hashlib.sha256(self.masked.encode()).hexdigest()
        return int(digest[:8], 16) / 0x1_0000_0000 < TEST_SHARE


def read(ontology: Ontology, patterns: Patterns) -> tuple[Sentence, ...]:
    """The corpus of an ontology, `corpus/*.txt` beside its seeds, in the order of files and lines.

    Raises OntologyError, with file and line, for a file that cannot be read or does not follow the format, for an
    unknown type or relation, and for a relation whose ends it cannot have; and if there is no corpus.
    """
    folder = ontology.seeds / "corpus"
    files = sorted(folder.glob("*.txt"))
    if not files:
        raise OntologyError(
            f"{folder}: no annotated sentences (*.txt); they stand in the project's source tree, "
            "not in the installed package"
        )
    return tuple(sentence for path in files for sentence in _file(path, ontology, frozenset(patterns.letters)))


def _file(path: Path, ontology: Ontology, types: Set[str]) -> Iterator[Sentence]:
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise OntologyError(f"{path}: cannot be read: {error}") from error
    for sentence in parse(text, file=path.name, types=types):
        for stated in sentence.relations:
            _fits(stated, sentence, ontology)
        yield sentence


def parse(text: str, *, file: str = "corpus", types: Set[str] | None = None) -> Iterator[Sentence]:
    """The sentences of a file's text; types are checked where `types` says which there are.

    Raises OntologyError, with file and line, for what does not follow the format.
    """
    genre = ""
    open_sentence: Sentence | None = None
    for number, line in enumerate(text.split("\n"), 1):
        where = f"{file}, line {number}"
        if line.startswith("#"):
            if found := _GENRE.match(line):
                genre = found["genre"]
        elif line.startswith(" "):
            if open_sentence is None:
                raise OntologyError(f"{where}: a relation stands below its sentence, and there is none above")
            relation = _relation(line, open_sentence, where)
            open_sentence = _with(open_sentence, relation)
        elif line.strip():
            if open_sentence is not None:
                yield open_sentence
            open_sentence = _sentence(line, genre, file, number, types)
    if open_sentence is not None:
        yield open_sentence


def _sentence(line: str, genre: str, file: str, number: int, types: Set[str] | None) -> Sentence:
    mentions: list[Marked] = []
    traps: list[Span] = []
    text, at = "", 0
    for found in _MENTION.finditer(line):
        text += _plain(line[at : found.start()], file, number)
        words = _unescaped(found["text"])
        span = Span(len(text), len(text) + len(words))
        name = _unescaped(found["name"] or found["text"])
        if found["type"] == TRAP:
            traps.append(span)
        elif types is not None and found["type"] not in types:
            raise OntologyError(
                f"{file}, line {number}: {found['type']!r} is no type; there are {', '.join(sorted(types))}"
            )
        elif name not in words:
            raise OntologyError(f"{file}, line {number}: the name {name!r} does not stand in {words!r}")
        else:
            mentions.append(Marked(found["type"], span, words, name))
        text += words
        at = found.end()
    text += _plain(line[at:], file, number)
    return Sentence(text, tuple(mentions), (), tuple(traps), genre, file, number)


def _plain(text: str, file: str, number: int) -> str:
    """Text outside mentions, without its escapes."""
    if stray := re.search(r"[\[\]|]", _ESCAPED.sub("", text)):
        raise OntologyError(
            f"{file}, line {number}: {stray[0]!r} belongs to no mention [text|Type]; "
            f"in the text itself write \\{stray[0]}"
        )
    return _unescaped(text)


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(r"\1", text)


def _relation(line: str, sentence: Sentence, where: str) -> Stated:
    found = _RELATION.fullmatch(line)
    if found is None:
        raise OntologyError(f"{where}: a relation is written '  relation(subject, object)', with the mentions' numbers")
    subject, obj = int(found["subject"]), int(found["object"])
    for end in (subject, obj):
        if not 1 <= end <= len(sentence.mentions) + len(sentence.traps):
            raise OntologyError(f"{where}: the sentence has no mention {end}")
    try:
        stance = Stance(found["stance"] or Stance.ASSERTED)
    except ValueError:
        raise OntologyError(f"{where}: {found['stance']!r} is no stance; there are {', '.join(Stance)}") from None
    return Stated(found["name"], _place(subject, sentence, where), _place(obj, sentence, where), stance)


def _place(number: int, sentence: Sentence, where: str) -> int:
    """The place in `mentions` of the mark with that number: marks are counted with the traps, as a reader counts."""
    marks = sorted([*(m.span for m in sentence.mentions), *sentence.traps])
    if marks[number - 1] in sentence.traps:
        raise OntologyError(f"{where}: mark {number} is no mention ({TRAP!r})")
    return [m.span for m in sentence.mentions].index(marks[number - 1])


def _with(sentence: Sentence, stated: Stated) -> Sentence:
    return Sentence(
        sentence.text,
        sentence.mentions,
        (*sentence.relations, stated),
        sentence.traps,
        sentence.genre,
        sentence.file,
        sentence.line,
    )


def _fits(stated: Stated, sentence: Sentence, ontology: Ontology) -> None:
    where = f"{sentence.file}, line {sentence.line}"
    try:
        relation = ontology.relation(stated.relation)
    except OntologyError as error:
        raise OntologyError(f"{where}: {error}") from error
    subject, obj = sentence.mentions[stated.subject], sentence.mentions[stated.object]
    if not any(ontology.is_a(subject.type, name) for name in relation.domain):
        raise OntologyError(f"{where}: {subject.text!r} is a {subject.type}, and {relation.name} is not said of one")
    entities = {c.name for c in ontology.classes if c.kind}
    fits = (
        any(ontology.is_a(obj.type, name) for name in relation.range)
        if relation.range
        else obj.type not in entities and (obj.type == "Date") == (relation.datatype == "date")
    )
    if not fits:
        raise OntologyError(f"{where}: {obj.text!r} is a {obj.type}, and no object of {relation.name} is one")
