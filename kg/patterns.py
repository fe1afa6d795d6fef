"""How a domain speaks: what an ontology's `patterns.yaml` holds, compiled.  `kg.patternfile` reads it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

OPEN, CLOSE, TOPIC, PRONOUN = "\ue000", "\ue001", "\ue002", "\ue003"
"""In a skeleton: the marks around a mention's types, the place of a topic that is left out, and what `OPEN` is for a
pronoun (gaps may cross pronouns, not names)."""
SLOT = f"[{OPEN}{PRONOUN}][^{CLOSE}]*{CLOSE}"
"""A regular expression for any mention in a skeleton."""
BRACKETED = r"(?:\s?[（(][^（()）。；;\n]{1,40}[)）])?"
"""What a list may tell of a member before it goes on: 甲-2B（20亿参数）、甲-7B."""
COMMA_CLAUSE = rf"，\s?{SLOT}[^、，,。；;！？!?）)和与及等{OPEN}\s]"
"""A comma with a name behind it that goes on as a clause of its own, and joins no list: 基于甲，乙用的是丙."""
LISTED = (
    rf"(?:(?:、|，?以及|及|和|与)[^{OPEN}{CLOSE}{PRONOUN}，,。；;：:、的\s]{{1,10}}?"
    r"|,? and (?:an?|its|the|their) [\w -]{2,40}?,? )"
)
"""What joins a list whose members say what they are: 教学系统甲、检索工具乙; X and a smaller sibling, Y."""


@dataclass(frozen=True, slots=True)
class ValueRule:
    """How a kind of value is recognised: by its own patterns, or as a quantity with words around it."""

    type: str
    ordered: bool
    patterns: tuple[re.Pattern[str], ...] = ()
    numbers: Mapping[str, int] | None = None
    areas: str = ""
    quantity: bool = False
    units: re.Pattern[str] | None = None
    before: re.Pattern[str] | None = None
    after: re.Pattern[str] | None = None
    not_before: re.Pattern[str] | None = None
    not_after: re.Pattern[str] | None = None

    def whole(self, words: str) -> bool:
        """Whether words are such a value from end to end."""
        return any(pattern.fullmatch(words) for pattern in self.patterns)


@dataclass(frozen=True, slots=True)
class NameRules:
    """What marks names that no list holds."""

    heads: tuple[tuple[str, re.Pattern[str]], ...]
    """(class, what follows the name and is no part of it)."""
    leading: tuple[tuple[str, re.Pattern[str]], ...]
    """(class, what stands right before the name)."""
    apposed: tuple[tuple[str, re.Pattern[str]], ...]
    """(class, what says right behind the name what it is): Lumi, the citizen assistant."""
    defined: tuple[tuple[str, re.Pattern[str]], ...]
    """(class, how a sentence that begins with a name goes on that says what it is): 云帆是甲公司推出的工具."""
    gathered: tuple[tuple[str, re.Pattern[str]], ...]
    """(class, how a list goes on behind its last item that says what they all are): 甲、乙等三款产品."""
    called: tuple[tuple[str, re.Pattern[str]], ...]
    """(class, the words that give one of its things a Han name, with the name)."""
    suffixes: tuple[tuple[str, re.Pattern[str]], ...]
    """(class, the end of a Han name that marks it)."""
    weak_suffixes: tuple[tuple[str, re.Pattern[str]], ...]
    latin_suffixes: tuple[tuple[str, re.Pattern[str]], ...]
    shapes: tuple[tuple[str, re.Pattern[str]], ...]
    """(class, the shape of a Latin name that tells it)."""
    descriptors: re.Pattern[str]
    stoppers: frozenset[str]
    fields: re.Pattern[str]
    """What a thing may be for."""
    deeds: re.Pattern[str]
    """What only those do who make things."""
    common: frozenset[str]
    """The descriptors and stop words of more than one character."""
    tails: re.Pattern[str]
    not_names: frozenset[str]
    not_heads: re.Pattern[str]
    not_endings: frozenset[str]
    not_shapes: re.Pattern[str]
    not_leading: re.Pattern[str]
    unmarked_before: re.Pattern[str]
    """What stands right before a Han name that nothing marks…"""
    unmarked_behind: re.Pattern[str]
    """… and right behind it,"""
    unmarked_holder: tuple[re.Pattern[str], re.Pattern[str]]
    """What right before and right behind such a name tells that it is a maker's."""
    unmarked_thing: tuple[re.Pattern[str], re.Pattern[str]]
    """… and that it is a thing's."""
    unmarked_never: re.Pattern[str]
    """and what none holds."""
    bare_versions: tuple[re.Pattern[str], ...]
    """Where the number alone (`version`) of a version stands."""
    naming: re.Pattern[str]
    alias: re.Pattern[str]
    dropped: Mapping[str, re.Pattern[str]]
    """Parts of a class's names that name nothing: they do not count when names are compared."""
    versioned: tuple[str, ...]
    """Classes whose names go on with versions and sizes."""
    titled: str | None
    """The class whose names stand beside titles: people."""
    title: str | None
    """The kind of value that those titles are."""
    holder: str | None
    outsiders: re.Pattern[str]
    """Titles of those who speak about others: whoever the text is about is not whom they work for."""
    """The class of what stands right before a title."""


@dataclass(frozen=True, slots=True)
class Pronoun:
    pattern: re.Pattern[str]
    types: tuple[str, ...]
    inward: bool = False
    """It stands for what the whole text is about, and not for what was named last: 公司, 我们."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A relation that a pattern or an event states between two of its slots."""

    relation: str
    subject: str
    object: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Slot:
    name: str
    types: tuple[str, ...]
    many: bool
    topic: bool


@dataclass(frozen=True, slots=True)
class Pattern:
    """A surface pattern over a skeleton."""

    name: str
    language: str
    regex: re.Pattern[str]
    slots: tuple[Slot, ...]
    states: tuple[Statement, ...]
    requires: tuple[str, ...]
    """Of these conditions one must hold: see `kg.extract.surface`."""
    paired: bool = False
    """The first subject goes with the first object, the second with the second: A和B分别有7B和13B."""
    presupposed: bool = False
    """What it states holds whatever the sentence says of it: plans and denials presuppose it."""
    inward: bool = False
    """A topic that it leaves out is what the whole text is about, and not what was named last."""
    entitled: bool = False
    """… or what a label or a title of its own says that the line is about."""
    needed: tuple[tuple[str, ...], ...] = field(init=False, compare=False)
    """The classes of which a sentence must name one each for the pattern to say anything of it."""

    def __post_init__(self) -> None:
        first = self.states[0]
        needed = (s.types for s in self.slots if s.name in (first.subject, first.object) and not s.topic)
        object.__setattr__(self, "needed", tuple(needed))


@dataclass(frozen=True, slots=True)
class Event:
    """A trigger with its roles."""

    name: str
    transitive: tuple[re.Pattern[str] | None, re.Pattern[str] | None]
    """For Chinese and for English: triggers whose theme comes behind them."""
    intransitive: tuple[re.Pattern[str] | None, re.Pattern[str] | None]
    """Triggers whose theme comes before them."""
    agent: tuple[str, ...]
    theme: tuple[str, ...]
    time: str | None
    states: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """What the header of a table column says."""

    key: tuple[tuple[str, re.Pattern[str]], ...]
    """(class, header words of the column that names the row's subject)."""
    values: tuple[tuple[str, re.Pattern[str]], ...]
    """(relation, header words of the column that holds its objects)."""
    caption: tuple[str, ...] = ()
    """Relations that the line above a table may state of all its rows."""
    contents: tuple[str, ...] = ()
    """Relations that a column may state by what it holds, whatever its title."""
    others: re.Pattern[str] = field(default=re.compile(r"(?!)"))
    """Titles of columns that hold such things and state something else."""
    undecided: re.Pattern[str] = field(default=re.compile(r"(?!)"))
    """Titles of dates that do not say of which event: 时间."""
    states: tuple[tuple[str, re.Pattern[str]], ...] = ()
    """(relation, what another cell of the row says for such a date to be of it): 内测."""


@dataclass(frozen=True, slots=True)
class Families:
    """What names say by themselves."""

    version: str | None
    """The relation from `X 2.0` to `X`."""
    family: tuple[str, ...]
    """The classes that `X` may have."""
    size: str | None
    """The relation from `X-7B` to its size."""
    size_type: str
    maker: str | None
    """The relation from `甲系统` to 甲, who makes it."""
    kinds: re.Pattern[str]
    """What looks like a name and is a kind of thing: a size said of it is that of a thing of the kind."""
    confidence: float


@dataclass(frozen=True, slots=True)
class Section:
    """What the items of a section are to whom a profile is about."""

    heading: re.Pattern[str]
    relation: str
    types: tuple[str, ...]
    """The classes of its items, which are the relation's subjects."""


@dataclass(frozen=True, slots=True)
class Patterns:
    values: tuple[ValueRule, ...]
    names: NameRules
    pronouns: tuple[Pronoun, ...]
    events: tuple[Event, ...]
    patterns: tuple[Pattern, ...]
    columns: Columns
    sections: tuple[Section, ...]
    families: Families | None
    letters: Mapping[str, str]
    """The character of each type in a skeleton."""
