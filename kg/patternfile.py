"""An ontology's `patterns.yaml`, checked against the ontology and compiled.

The file itself explains its parts.  Every list entry is a regular expression; a part that names an unknown class or
relation, or an expression that does not compile, is an `OntologyError` that says where.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import yaml

from kg import languages
from kg.errors import OntologyError
from kg.patterns import (
    BRACKETED,
    CLOSE,
    COMMA_CLAUSE,
    LISTED,
    OPEN,
    PRONOUN,
    SLOT,
    TOPIC,
    Columns,
    Event,
    Families,
    NameRules,
    Pattern,
    Patterns,
    Pronoun,
    Section,
    Slot,
    Statement,
    ValueRule,
)

if TYPE_CHECKING:
    from kg.ontology import Ontology

_PREPOSITION = "[以于用在比较超由从]"
"""A name behind one of these is no subject."""


def load(ontology: Ontology) -> Patterns:
    """The patterns of an ontology; an ontology without the file finds known names only."""
    path = ontology.folder / "patterns.yaml"
    try:
        data = yaml.safe_load(path.read_text("utf-8")) if path.is_file() else {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise OntologyError(f"{path.name} of ontology {ontology.name}: {error}") from error
    try:
        return _Loader(ontology, data or {}).load()
    except (re.error, KeyError, TypeError, AttributeError, ValueError) as error:
        raise OntologyError(f"{path.name} of ontology {ontology.name}: {type(error).__name__}: {error}") from error


class _Loader:
    """Turns the YAML into compiled rules."""

    def __init__(self, ontology: Ontology, data: Mapping[str, Any]) -> None:
        self.ontology = ontology
        self.data = data
        self.separator = languages.load().list_separator
        values = list(data.get("values", {}))
        types = [c.name for c in ontology.classes if c.kind and c.name not in values] + values + ["Date"]
        self.letters = {name: chr(0xE010 + i) for i, name in enumerate(types)}
        self.named = "".join(letter for name, letter in self.letters.items() if name not in (*values, "Date"))
        """The letters of what has names, and is no value."""
        self.cues = {name: _group(cue) for name, cue in data.get("cues", {}).items()}

    def load(self) -> Patterns:
        columns = self.data.get("columns", {})
        return Patterns(
            values=tuple(self.value(name, rule) for name, rule in self.data.get("values", {}).items()),
            names=self.names(self.data.get("names", {})),
            pronouns=tuple(
                Pronoun(re.compile(p["text"]), self.types(p["types"]), bool(p.get("inward")))
                for p in self.data.get("pronouns", ())
            ),
            events=tuple(self.event(event) for event in self.data.get("events", ())),
            patterns=tuple(p for entry in self.data.get("patterns", ()) for p in self.pattern(entry)),
            columns=Columns(
                tuple((self.type(n), _any(words, re.IGNORECASE)) for n, words in columns.get("key", {}).items()),
                tuple((self.relation(n), _any(words, re.IGNORECASE)) for n, words in columns.get("values", {}).items()),
                tuple(self.relation(n) for n in columns.get("caption", ())),
                tuple(self.relation(n) for n in columns.get("contents", ())),
                re.compile(columns.get("others", r"(?!)"), re.IGNORECASE),
                re.compile(columns.get("undecided", r"(?!)"), re.IGNORECASE),
                tuple((self.relation(n), _any(words, re.IGNORECASE)) for n, words in columns.get("states", {}).items()),
            ),
            sections=tuple(
                Section(re.compile(entry["heading"]), self.relation(entry["relation"]), self.types(entry["types"]))
                for entry in self.data.get("sections", ())
            ),
            families=self.families(self.data["families"]) if "families" in self.data else None,
            letters=self.letters,
        )

    def families(self, rule: Mapping[str, Any]) -> Families:
        return Families(
            version=self.relation(rule["version"]) if "version" in rule else None,
            family=self.types(rule.get("family", [])),
            size=self.relation(rule["size"]) if "size" in rule else None,
            size_type=self.type(rule["size_type"]) if "size_type" in rule else "",
            maker=self.relation(rule["maker"]) if "maker" in rule else None,
            kinds=re.compile(rule.get("kinds", r"(?!)"), re.IGNORECASE),
            confidence=float(rule["confidence"]),
        )

    def type(self, name: str) -> str:
        if name not in self.letters:
            raise OntologyError(f"patterns.yaml names {name!r}, which is no class, and no kind of value there")
        return name

    def types(self, names: list[str]) -> tuple[str, ...]:
        return tuple(self.type(name) for name in names)

    def relation(self, name: str) -> str:
        return self.ontology.relation(name).name

    def value(self, name: str, rule: Mapping[str, Any]) -> ValueRule:
        around = {
            part: re.compile(("(?:%s)$" if part.endswith("before") else "(?:%s)") % "|".join(rule[part]), re.IGNORECASE)
            for part in ("before", "not_before", "after", "not_after", "units")
            if part in rule
        }
        return ValueRule(
            type=name,
            ordered=bool(rule.get("ordered")),
            patterns=tuple(re.compile(p, re.IGNORECASE) for p in rule.get("patterns", ())),
            numbers=rule.get("numbers"),
            areas=rule.get("areas", ""),
            quantity=bool(rule.get("quantity")),
            **around,
        )

    def names(self, names: Mapping[str, Any]) -> NameRules:
        def typed(part: str, end: str = "") -> tuple[tuple[str, re.Pattern[str]], ...]:
            return tuple(
                (self.type(name), re.compile(languages.alternatives(words) + end))
                for name, words in names.get(part, {}).items()
            )

        tails = "|".join(sorted((re.escape(str(t)) for t in names.get("tails", ())), key=len, reverse=True)) or r"(?!)"
        fields, unmarked = names.get("fields", ""), names.get("unmarked", {})
        described = [w for w in (names.get("descriptors", "") + "|" + fields).split("|") if w]
        descriptors = "|".join(sorted(described, key=len, reverse=True))
        return NameRules(
            heads=typed("heads"),
            leading=typed("leading", r"[\s“\"‘「《：:]*$"),
            apposed=typed("apposed"),
            defined=typed("defined"),
            gathered=typed("gathered"),
            called=typed("called", _HAN_NAME),
            suffixes=typed("suffixes"),
            weak_suffixes=typed("weak_suffixes"),
            latin_suffixes=typed("latin_suffixes"),
            shapes=typed("shapes"),
            descriptors=re.compile(f"(?:{descriptors}|[0-9]+)+" if descriptors else r"(?!)"),
            fields=re.compile(fields or r"(?!)"),
            deeds=re.compile(names.get("deeds", r"(?!)")),
            stoppers=frozenset(names.get("stoppers", "").split("|")) - {""},
            common=frozenset(
                w for part in ("stoppers", "descriptors") for w in names.get(part, "").split("|") if len(w) > 1
            ),
            tails=re.compile(tails),
            not_names=frozenset(str(n).casefold() for n in names.get("not_names", ())) | languages.load().places,
            not_heads=re.compile(rf"\s?(?:{names.get('not_heads', '(?!)')})"),
            not_endings=frozenset(map(str, names.get("not_endings", ()))),
            not_leading=re.compile(rf"(?:{names.get('not_leading', '(?!)')})[\s“\"]*$"),
            unmarked_before=re.compile(rf"(?:{unmarked.get('before', '(?!)')})$"),
            unmarked_behind=re.compile(unmarked.get("behind", "(?!)")),
            unmarked_holder=_beside(unmarked, "holder"),
            unmarked_thing=_beside(unmarked, "thing"),
            unmarked_never=re.compile(unmarked.get("never", "(?!)")),
            bare_versions=tuple(re.compile(p) for p in names.get("bare_versions", ())),
            not_shapes=re.compile(names.get("not_shapes", "(?!)")),
            naming=re.compile(rf"(?:{names.get('naming', '(?!)')})[\s“\"‘「《：:]*$"),
            alias=re.compile(f"(?:{names.get('alias', '(?!)')})", re.IGNORECASE),
            dropped={self.type(n): re.compile(p, re.IGNORECASE) for n, p in names.get("dropped", {}).items()},
            versioned=self.types(names.get("versioned", [])),
            titled=self.type(names["titled"]["class"]) if "titled" in names else None,
            title=self.type(names["titled"]["title"]) if "titled" in names else None,
            outsiders=re.compile(names.get("titled", {}).get("outsiders", r"(?!)")),
            holder=self.type(names["titled"]["holder"]) if "holder" in names.get("titled", {}) else None,
        )

    def event(self, event: Mapping[str, Any]) -> Event:
        triggers = event["triggers"]
        time = event.get("time")
        return Event(
            name=event["name"],
            transitive=(_maybe(triggers.get("transitive")), _maybe(triggers.get("transitive_en"))),
            intransitive=(_maybe(triggers.get("intransitive")), _maybe(triggers.get("intransitive_en"))),
            agent=self.types(event["agent"]),
            theme=self.types(event["theme"]),
            time=self.type(time) if time else None,
            states=tuple(
                Statement(self.relation(s["relation"]), s["subject"], s["object"], float(s["confidence"]))
                for s in event["states"]
            ),
        )

    def pattern(self, entry: Mapping[str, Any]) -> Iterator[Pattern]:
        confidence = float(entry["confidence"])
        states = tuple(
            Statement(self.relation(relation), subject, obj, confidence)
            for state in entry["states"]
            for relation, (subject, obj) in state.items()
        )
        requires = entry.get("requires", ())
        for language in ("zh", "en"):
            if language in entry:
                regex, slots = self.compile(entry[language], language)
                yield Pattern(
                    entry["name"],
                    language,
                    regex,
                    slots,
                    states,
                    (requires,) if isinstance(requires, str) else tuple(requires),
                    bool(entry.get("paired")),
                    bool(entry.get("presupposed")),
                    bool(entry.get("inward")),
                    bool(entry.get("entitled")),
                )

    def compile(self, text: str, language: str) -> tuple[re.Pattern[str], tuple[Slot, ...]]:
        """A pattern's text as a regular expression over skeletons, and its slots."""
        slots: list[Slot] = []
        stop, comma = ("。；;！？!?\n", "，,、：:") if language == "zh" else (".;!?\n", ",:")

        def slot(match: re.Match[str]) -> str:
            name, types = match["name"], self.types(match["types"].split(","))
            letters = "".join(self.letters[t] for t in types)
            one = f"[{OPEN}{PRONOUN}][^{CLOSE}]*[{letters}][^{CLOSE}]*{CLOSE}"
            many, topic = match["many"] == "+", match["many"] == "^"
            dates = self.letters["Date"]
            member = SLOT if "Date" in types else rf"[{OPEN}{PRONOUN}][^{CLOSE}{dates}]*{CLOSE}"
            told = rf"(?:(?!\s?[（(][^）)]*[{self.named}]){BRACKETED})"
            whole = (
                rf"{one}(?:{told}(?:\s?(?!{COMMA_CLAUSE}){self.separator}\s?(?:{one})?{member}|{LISTED}{one}))*"
                if many
                else one
            )
            if topic:
                whole = f"(?:{TOPIC}|{whole})"
            if name == "any":
                return f"(?:{whole})"
            slots.append(Slot(name, types, many, topic))
            return f"(?P<{name}>{whole})"

        def gap(match: re.Match[str]) -> str:
            if len(match["kind"]) == 4:
                first = "".join(self.letters[t] for t in slots[0].types)
                owned = rf"(?<={_PREPOSITION}){OPEN}[^{CLOSE}]*{CLOSE}的?{OPEN}"
                other = rf"{owned}|(?<={_PREPOSITION}){OPEN}|{OPEN}(?![^{CLOSE}]*[{first}])"
                return rf"(?:[^{OPEN}{stop}]|{other}){{0,{match['size']}}}?"
            excluded = {1: OPEN + stop + comma, 2: OPEN + stop, 3: stop}[len(match["kind"])]
            return rf"[^{excluded}]{{0,{match['size']}}}?"

        text = re.sub(r"<(?P<cue>\w+)>", lambda m: self.cues[m["cue"]], text)
        text = re.sub(r"\{(?P<name>\w+):(?P<types>[A-Za-z,]+)(?P<many>[+^]?)\}", slot, text)
        text = re.sub(r"(?P<kind>~{1,4})(?P<size>\d+)~", gap, text)
        return re.compile(text, re.IGNORECASE if language == "en" else 0), tuple(slots)


def _group(text: str) -> str:
    return f"(?:{text})"


def _any(words: list[str], flags: int = 0) -> re.Pattern[str]:
    return re.compile(languages.alternatives(words), flags)


_HAN_NAME = rf"(?P<name>[{languages.HAN}]{{2,5}}?)(?=[，,。；;、！!？?：:（(\n]|$)"
"""A name of Han characters up to the next mark."""


def _beside(words: Mapping[str, str], what: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands right before and right behind a name of a kind."""
    before, behind = words.get(f"{what}_before", "(?!)"), words.get(f"{what}_behind", "(?!)")
    return re.compile(f"(?:{before})$"), re.compile(behind)


def _maybe(words: list[str] | None) -> re.Pattern[str] | None:
    return _any(words) if words else None
