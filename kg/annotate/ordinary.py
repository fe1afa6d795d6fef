"""Names that only their characters show: pairs of Han characters that ordinary text never has side by side.

A name of two or three characters needs no mark in Chinese, and no list holds it; but whoever makes up a name takes
characters that do not stand together in words, 岚溪 or 瑾枢.  Where a run of such pairs has edges that words have, it
is taken for a name (new-word detection by a background corpus, after Peng, Feng and McCallum 2004).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg import languages
from kg.annotate.names import mention, names_something
from kg.annotate.occurrences import occurrences
from kg.languages import HAN
from kg.model import Mention, Reading
from kg.patterns import NameRules

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

FOLDER, FILE = Path("models") / "words", "pairs.npz"
"""Where an ontology's seeds keep the pairs."""
_FIRST, _SPAN = 0x3000, 0x7000
"""Before the first Han character, and how many there may be from there on."""
_RUN = re.compile(f"[{HAN}]{{2,}}")
_LEAST, _MOST = 2, 4
"""Characters of such a name."""
_BEFORE = 12
"""Characters before a name in which what leads to it stands."""
_SCORE, _LED = 0.6, 0.72
"""The score of such a name, and where the words before it say what it is."""
_VOTED, _OUTVOTED = 0.72, 0.5
"""The scores of the class that a name's places tell, and of the others."""
_REST = re.compile(
    r"-?(?!X[^A-Za-z0-9])[A-Za-z][A-Za-z0-9]*(?:[-.][A-Za-z0-9]+)*版?"
    r"|-\d+(?:\.\d+)?[BbMT](?![A-Za-z])(?:-[A-Za-z0-9]+)*|\d{1,2}(?:\.\d{1,2})+(?![\d.%％])"
)
"""What a name goes on with: Latin letters, a size, a version."""
_WHOSE = re.compile("的?")
_PERSON = 3
"""Characters of a name that is a person's if it begins with a family name."""


@dataclass(frozen=True)
class Ordinary:
    """The pairs of Han characters that ordinary text has."""

    pairs: NDArray[numpy.int32]
    """Each as a number, in order."""

    def strange(self, run: str) -> list[bool]:
        """For each two characters that follow one another in a run of Han characters: whether no text has them so."""
        import numpy

        wanted = numpy.array([_code(run[at : at + 2]) for at in range(len(run) - 1)], dtype=numpy.int32)
        places = numpy.searchsorted(self.pairs, wanted)
        places[places == len(self.pairs)] = 0
        return [bool(different) for different in self.pairs[places] != wanted]


def learned(texts: Iterable[str]) -> Ordinary:
    """The pairs of texts without names."""
    import numpy

    found = {
        _code(run[0][at : at + 2]) for text in texts for run in _RUN.finditer(text) for at in range(len(run[0]) - 1)
    }
    return Ordinary(numpy.array(sorted(found), dtype=numpy.int32))


def load(seeds: Path) -> Ordinary | None:
    """The pairs that travel with an ontology's seeds, if they do."""
    path = seeds / FOLDER / FILE
    if not path.is_file():
        return None
    import numpy

    with numpy.load(path) as data:
        return Ordinary(numpy.cumsum(data["steps"], dtype=numpy.int32))


def save(ordinary: Ordinary, folder: Path) -> None:
    """Write the pairs: the steps from each to the next, which take less room."""
    import numpy

    numpy.savez_compressed(folder / FILE, steps=numpy.diff(ordinary.pairs, prepend=numpy.int32(0)))


def _code(pair: str) -> int:
    return (ord(pair[0]) - _FIRST) * _SPAN + ord(pair[1]) - _FIRST


def names(text: str, ordinary: Ordinary, rules: NameRules, taken: Sequence[Mention]) -> list[Mention]:
    """The names of a text that are strange to ordinary text, where `taken` ones leave room and have not found them:
    all places of a name, of the class that what stands beside them tells."""
    found = list(_shown(text, ordinary, rules, taken))
    occupied = bytearray(len(text))
    for other in (*taken, *found):
        occupied[other.span.start : other.span.end] = b"\1" * len(other.span)
    named = {m.name: m for m in reversed(found) if _RUN.fullmatch(m.name)}
    for name, places in occurrences(text, named).items():
        again = [p for p in places if not any(occupied[p.start : p.end])]
        found += [replace(named[name], span=place, text=name) for place in again]
    titles = {m.span.start for m in taken if m.readings[0].type == rules.title}
    votes: Counter[str] = Counter()
    for one in found:
        votes[one.name] += _vote(text, one, titles, rules)
    return [_of_class(m, votes[m.name], rules) for m in found]


def _vote(text: str, name: Mention, titles: Set[int], rules: NameRules) -> int:
    """What stands beside a name at a place: more than 0 for a maker's, less for a thing's."""
    before = text[max(0, name.span.start - _BEFORE) : name.span.start]
    end = name.span.end
    holds = end in titles or rules.deeds.match(text, end) or rules.unmarked_holder[1].match(text, end)
    holder = bool(holds) + bool(rules.unmarked_holder[0].search(before))
    thing = bool(rules.unmarked_thing[1].match(text, end)) + bool(rules.unmarked_thing[0].search(before))
    return holder - thing


def _of_class(name: Mention, vote: int, rules: NameRules) -> Mention:
    """A name of a class that its places tell, unless the words before it have said which."""
    if name.recognizer != "unmarked" or not vote or rules.holder is None:
        return name
    things = [r for r in name.readings if r.type != rules.holder]
    holder = [Reading(rules.holder, score=_VOTED if vote > 0 else _OUTVOTED)]
    if vote > 0:
        return replace(name, readings=(*holder, *(replace(r, score=_OUTVOTED) for r in things)))
    return replace(name, readings=(*(replace(r, score=_VOTED - 0.01 * n) for n, r in enumerate(things)), *holder))


def _shown(text: str, ordinary: Ordinary, rules: NameRules, taken: Sequence[Mention]) -> Iterator[Mention]:
    """The names of a text at the places that show them."""
    free = bytearray(b"\1" * (len(text) + 1))
    for other in taken:
        free[other.span.start : other.span.end] = bytes(len(other.span))
    things = {*rules.versioned, rules.holder}
    ends = {m.span.end for m in taken if m.readings[0].type not in things}
    made = {m.span.start for m in taken if m.readings[0].type in rules.versioned}
    known = {m.name for m in taken}
    for run in _RUN.finditer(text):
        strange = ordinary.strange(run[0])
        end = run.start()
        for at in range(run.start(), run.end() - 1):
            if at < end or not strange[at - run.start()] or not free[at]:
                continue
            led = rules.unmarked_before.search(text, max(0, at - _BEFORE), at)
            if not (at in ends or led):
                continue
            if led and led.lastgroup == "weak" and at > run.start() and not strange[at - 1 - run.start()]:
                continue  # the end of a word, 户 in 用户
            for stop in range(at + _LEAST, min(at + _MOST, run.end()) + 1):
                if not free[stop - 1] or not strange[stop - 2 - run.start()]:
                    break
                if not free[stop] or rules.unmarked_behind.match(text, stop):
                    makes = _WHOSE.match(text, stop)
                    holder = makes is not None and makes.end() in made
                    if text[at:stop] not in known and (found := _name(text, at, stop, rules, holder=holder)):
                        yield found
                        end = found.span.end
                    break


def _name(text: str, start: int, end: int, rules: NameRules, *, holder: bool) -> Mention | None:
    """The name at a place, with the Latin letters that it goes on with; a `holder` has what stands behind it."""
    name = text[start:end]
    if name in rules.common or rules.unmarked_never.search(name) or not names_something(name, rules):
        return None
    if len(name) == _PERSON and name[0] in languages.load().surnames:
        return None  # a person, whom a role shows
    before = text[max(0, start - _BEFORE) : start]
    if rules.not_leading.search(before):
        return None
    if rest := _REST.match(text, end):
        end, name = rest.end(), text[start : rest.end()]
    if led := next((type_ for type_, leading in rules.leading if leading.search(before)), None):
        return mention(text, start, end, name, [Reading(led, score=_LED)], "unmarked-led")
    if holder and rules.holder:
        return mention(text, start, end, name, [Reading(rules.holder, score=_LED)], "unmarked-led")
    types = (*rules.versioned, *((rules.holder,) if rules.holder else ()))
    readings = [Reading(type_, score=_SCORE - 0.01 * place) for place, type_ in enumerate(types)]
    return mention(text, start, end, name, readings, "unmarked")
