"""The words of the line: what flows from stage to stage.

    Source → Document → Annotated → Extraction ‖ Entity, Claim → Fact

Three of them keep three degrees of knowing apart.  An `Extraction` is what a sentence seems to say about two spans of
text.  A `Claim` is what a source says about two entities.  A `Fact` is what we hold after weighing the claims, with all
of them attached.

Every value here is frozen and holds tuples, so a stage returns new values and never adjusts what it was given.  Offsets
are code points.  `Span`s without another word are offsets into the *cleaned* text of a document; only `Evidence` speaks
of the raw text, which is the text as it was decoded (for HTML the visible text, for PDF the page text).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.clean.offsets import OffsetMap
    from kg.dates import When


class Stance(StrEnum):
    """How a source stands to what it says.  Only what is asserted becomes a fact."""

    ASSERTED = "asserted"
    PLANNED = "planned"
    RUMOURED = "rumoured"
    DENIED = "denied"


class Rank(StrEnum):
    """Wikidata's three ranks of a claim: the one we hold, one that agrees with it, and one that we do not hold."""

    PREFERRED = "preferred"
    NORMAL = "normal"
    DEPRECATED = "deprecated"


class Standing(StrEnum):
    """How a claim stands to what we hold of the same entity and property."""

    SAME = "same value"
    """It states the value that we hold."""
    REFINEMENT = "refinement"
    """One of the two is a more exact form of the other: 2023-04 and 2023-04-11, a company and its part."""
    EVENT = "different event"
    """Its date is that of another event of the same thing: a test, an opening to all, an open-sourcing."""
    SCOPE = "different scope"
    """Its value is that of a version, a size or a part of the thing."""
    SUPERSEDED = "superseded"
    """The same source corrected it later, or it was a plan that has been carried out."""
    CONFLICT = "conflict"
    """Both cannot hold."""
    ASIDE = "no part"
    """Not asserted, not sure enough, or rejected: it is not weighed."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about a claim in `decisions.csv`; the next build obeys it."""

    claim: str
    """The claim's id, without its prefix."""
    verdict: str
    """`accept`, `reject` or `correct`."""
    who: str
    why: str
    value: str = ""
    """Of `correct`: what holds, as the row has it."""
    stated: str | Value | None = None
    """Of `correct`: what the claim itself says."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of text, `text[start:end]`, counted in code points."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Note:
    """Something that a reader of the report wants to know: what was removed, repaired, doubted or dropped, and why."""

    code: str
    """A short fixed word, such as `spam`, `pinyin`, `repeat`, `damaged`."""
    message: str
    count: int = 1
    span: Span | None = None
    """Where in the raw text, if it is one place."""


@dataclass(frozen=True, slots=True)
class Source:
    """A document as it was read: decoded, not interpreted."""

    id: str
    text: str
    """The raw text: what offsets of evidence count in."""
    media_type: str = "text/plain"
    markup: str | None = None
    """The HTML that `text` is the visible text of, for the body to be found in."""
    published: str | None = None
    """The publication date as the metadata wrote it, such as `2023-11-08`."""
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A cleaned document: simplified characters, no spam, no page furniture, one body."""

    id: str
    raw: str
    text: str
    offsets: OffsetMap
    published: When | None = None
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    notes: tuple[Note, ...] = ()

    def evidence(self, span: Span) -> Evidence:
        """The raw characters that the cleaned characters of `span` came from."""
        raw = self.offsets.to_raw(span)
        exact, quote = self.raw[raw.start : raw.end], self.text[span.start : span.end]
        # Mostly nothing was changed, and then there is one text and one place in memory and not two.
        raw, quote = span if raw == span else raw, exact if exact == quote else quote
        return Evidence(raw.start, raw.end, exact, quote, span)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that state a claim.  `exact` is `raw[start:end]`, `quote` the cleaned words that came from there."""

    start: int
    end: int
    exact: str
    quote: str
    cleaned: Span


@dataclass(frozen=True, slots=True)
class Value:
    """A literal: a date, a number, a rank, a text.

    `lexical` is its RDF lexical form, `datatype` a local name of XML Schema (`date`, `gYearMonth`, `gYear`, `integer`,
    `string`).  `when` is there for dates.
    """

    lexical: str
    datatype: str = "string"
    when: When | None = None

    @property
    def python(self) -> str | int:
        """The value as JSON writes it."""
        return int(self.lexical) if self.datatype == "integer" else self.lexical


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a mention: a type of the ontology, and the entity or value if it is known."""

    type: str
    entity: str | None = None
    """A seed id such as `org:alibaba`; None for a name that no list holds."""
    value: Value | None = None
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names something, with every reading that it allows, best first."""

    span: Span
    text: str
    readings: tuple[Reading, ...]
    name: str = ""
    """The name inside the mention, without heads and quotes: 甲乙 in “甲乙”系统."""
    recognizer: str = "lexicon"
    inward: bool = False
    """A pronoun for what the whole text is about: 公司, 我们."""

    def reading(self, *types: str) -> Reading | None:
        """The best reading of one of `types`."""
        return next((r for r in self.readings if r.type in types), None)


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name that a document gives to something: 甲乙（Jiayi）, 甲乙集团（以下简称甲乙）."""

    name: str
    alias: str
    type: str
    span: Span
    """The parenthesis or the words that say so; empty for a short form, which the text just uses."""


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document with its sentences and mentions, both in order of their offsets; tokens, and what is said of them,
    only where an annotator has them."""

    document: Document
    sentences: tuple[Span, ...]
    mentions: tuple[Mention, ...]
    tokens: tuple[Span, ...] = ()
    tags: tuple[str, ...] = ()
    """The part of speech of each token, as the annotator's engine calls it; none where it has none."""
    dependencies: tuple[Dependency, ...] = ()
    frames: tuple[Frame, ...] = ()
    aliases: tuple[Alias, ...] = ()
    annotator: str = "lexicon"


@dataclass(frozen=True, slots=True)
class Dependency:
    """A word, the word that it hangs on (None for a sentence's root), and how (`nsubj`, `dobj` …, as the engine calls
    it)."""

    dependent: Span
    head: Span | None
    relation: str


@dataclass(frozen=True, slots=True)
class Frame:
    """A predicate with its arguments, from an annotator that knows semantic roles (PropBank's A0, A1, ARGM-TMP …)."""

    predicate: Span
    arguments: tuple[tuple[str, Span], ...]


@dataclass(frozen=True, slots=True)
class End:
    """One end of an extraction: a mention of the text read as a type, or a value."""

    type: str
    text: str
    name: str
    entity: str | None = None
    value: Value | None = None
    span: Span | None = None
    score: float = field(default=1.0, compare=False)
    """How sure the reading of the mention is."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """What a sentence seems to say about two spans of text."""

    predicate: str
    subject: End
    object: End
    span: Span
    """The words that say it, in the cleaned text."""
    stance: Stance
    confidence: float
    extractor: str
    attribution: str | None = None
    """Who says so, where the sentence names somebody (据…称)."""


@dataclass(frozen=True, slots=True)
class Merge:
    """Why a name stands for an entity: a decision that the report shows and that `same-as.csv` can undo."""

    name: str
    entity: str
    reason: str


@dataclass(frozen=True, slots=True)
class Entity:
    """Something that claims are about."""

    id: str
    """A prefixed name, `kind:local`, such as `org:alibaba` or `model:甲乙`."""
    type: str
    label: str
    labels: tuple[tuple[str, str], ...] = ()
    """(language, preferred label), such as `("zh", "甲公司")`; sorted."""
    aliases: tuple[str, ...] = ()
    seeded: bool = False
    same_as: tuple[str, ...] = ()
    """IRIs that a seed declares to be the same thing."""
    rank: int | None = None
    """For members of an ordered scheme (a tier): its rank."""

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys([self.label, *(text for _, text in self.labels), *self.aliases]))


@dataclass(frozen=True, slots=True)
class Claim:
    """What a source says about two entities, or about an entity and a value."""

    id: str
    """A hash of what the claim says and where: stable from build to build."""
    document: str
    predicate: str
    subject: str
    object: str | Value
    """An entity's id, or a value."""
    stance: Stance
    confidence: float
    extractor: str
    evidence: Evidence
    subject_text: str = ""
    object_text: str = ""
    attribution: str | None = None
    accepted: bool = True
    """Asserted, and confident enough to make a fact."""
    rank: Rank = Rank.NORMAL
    refined_by: tuple[str, ...] = ()
    """Ids of claims that say the same more exactly."""
    conflicts_with: tuple[str, ...] = ()
    """Ids of claims that cannot hold beside this one."""
    independent_sources: int = 1
    """How many origins, reposts counted once, state this claim's triple."""
    standing: Standing = Standing.SAME
    """How it stands to the value that is held."""
    because: str = ""
    """Why `standing` is what it is, in words, where that needs saying."""
    decision: Decision | None = None
    """What a person decided about it."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What we hold: a triple, with every claim that states it."""

    subject: str
    predicate: str
    object: str | Value
    claims: tuple[str, ...]
    """Ids of the claims that state it or a coarser form of it, sorted."""
    confidence: float
    sources: int
    """The number of independent origins."""
    rule: str
    """The step of the winner rule that decided, in words."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be read or built: what happened, where, and what to do next."""

    source: str
    message: str


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything a build knows, in sorted order: what `triples` writes and the ends read."""

    documents: tuple[Document, ...] = ()
    entities: tuple[Entity, ...] = ()
    claims: tuple[Claim, ...] = ()
    facts: tuple[Fact, ...] = ()
    merges: tuple[Merge, ...] = ()
    origins: tuple[tuple[str, str], ...] = ()
    """(document id, id of the earliest document with the same text), for reposts only."""
    passages: tuple[tuple[str, int, int, str], ...] = ()
    """(document id, start, end, id of the document that had it before) of quotations; offsets are of cleaned text."""
    failures: tuple[Failure, ...] = ()
    dropped: tuple[tuple[str, str, int], ...] = field(default=())
    """(document id, reason, count) of extractions that made no claim."""
    decisions: tuple[tuple[Decision, bool], ...] = ()
    """Every row of `decisions.csv`, and whether there is a claim of that id."""
