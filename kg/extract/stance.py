"""How a sentence stands to what it says: asserted, planned, rumoured, denied; and who says it."""

from __future__ import annotations

import re
from functools import lru_cache

from kg import languages
from kg.extract.skeleton import Skeleton
from kg.model import Document, Span, Stance
from kg.patterns import OPEN

_CONJOINED = re.compile(r"(?:并(?!未|非|不|没)|且(?!不)|以及)|\s?(?:with|including|featuring)\b")
"""What begins a clause that goes on with the verb before it, or a phrase that only looks like a clause."""
_DESCRIBING = re.compile(
    rf"(?:还|尚)?(?:没有?|未|不)(?![^，,。；;{OPEN}]{{0,12}}(?:发布|推出|上线|开源|公布|公开|面世))[^，,。；;{OPEN}]{{1,12}}的(?={OPEN})"
)
"""What only describes the name behind it, and denies nothing of what it does: 没有什么人认识的甲公司."""
_HEADING = re.compile(
    r"(?m)^[ \t]*+(?P<mark>(?:#{1,6}|\*\*|[■▍◆●▶►【\[—])?)[ \t■▍◆●🚀📅🗓️📌✨🔮]*+"
    r"(?P<words>[^\s#*■▍◆●【】\[\]—：:][^\n#*■▍◆●【】\[\]—：:]{1,23}?)[ \t】\]—：:*]*$"
)
_DONE = re.compile(r"\s*[-*+] \[[xX]\]")
_PRIORITY = (Stance.DENIED, Stance.RUMOURED, Stance.PLANNED)


def of_document(document: Document) -> Stance:
    """The stance that one sentence gives to the whole document: “none of this has been confirmed”."""
    return next(
        (c.stance for c in languages.load().stances if c.document and c.document.search(document.text)), Stance.ASSERTED
    )


def of_sections(text: str) -> list[tuple[Span, Stance]]:
    """The sections whose headings give them a stance (即将上线, Roadmap): up to the next heading of the kind, or to a
    blank line where no mark shows it."""
    found: list[tuple[Span, Stance]] = []
    for heading in _HEADING.finditer(text):
        stances = (c.stance for c in languages.load().stances if c.section and c.section.fullmatch(heading["words"]))
        if (stance := next(stances, None)) is not None:
            mark = heading["mark"].strip()[:1]
            ends = re.compile(rf"\n\s*{re.escape(mark)}(?!\s*\[)" if mark else r"\n\s*\n").search(text, heading.end())
            found.append((Span(heading.end(), ends.start() if ends else len(text)), stance))
    return found


def is_done(line: str) -> bool:
    """Whether an item of a list of things to do is ticked off."""
    return _DONE.match(line) is not None


def states_nothing(sentence: str) -> bool:
    """Whether a sentence only asks or supposes."""
    words = languages.load()
    asks = words.question.search(sentence) and not words.asks_about.search(sentence)
    return bool(asks or words.hypothetical.match(sentence))


def of_words(words: str) -> Stance:
    """The stance of a few words that stand by themselves, such as a table's cell: 预计 2026 年, or a question mark."""
    if re.search(r"[?？]", words):
        return Stance.RUMOURED
    cues = languages.load().stances
    return next(
        (c.stance for s in _PRIORITY for c in cues if c.stance is s and c.before.search(words)), Stance.ASSERTED
    )


def clause_start(skeleton: Skeleton, at: int) -> int:
    """Where the clause that holds this place of the skeleton begins."""
    return max((m.end() for m in _clause_ends(skeleton.text) if m.end() <= at), default=0)


def clause_starts(skeleton: Skeleton) -> tuple[int, ...]:
    """Where the clauses of a sentence begin, but for the first."""
    return tuple(m.end() for m in _clause_ends(skeleton.text) if m.end() < len(skeleton.text))


def clause_end(skeleton: Skeleton, at: int) -> int:
    """Where the clause that holds this place of the skeleton ends."""
    return min((m.start() for m in _clause_ends(skeleton.text) if m.start() >= at), default=len(skeleton.text))


@lru_cache(maxsize=512)
def _clause_ends(text: str) -> tuple[re.Match[str], ...]:
    return tuple(languages.load().clause_end.finditer(text))


def of_stretch(skeleton: Skeleton, start: int, end: int) -> Stance:
    """The stance of what `skeleton.text[start:end]` says.

    A cue counts in the last clause of the stretch, where its verb stands, from the clause's beginning on, and in those
    that the clause goes on from (并把……); some cues count for all that stands behind them, some for the whole sentence.
    """
    begins = clause_start(skeleton, max(start, end - 1))
    while begins > 0 and _CONJOINED.match(skeleton.text, begins):
        begins = clause_start(skeleton, begins - 1)
    stretch = _DESCRIBING.sub("", skeleton.text[begins:end])
    return max(
        (
            cues.stance
            for cues in languages.load().stances
            if cues.before.search(stretch)
            or (cues.onward and cues.onward.search(skeleton.text, 0, end))
            or (cues.sentence and cues.sentence.search(skeleton.text))
        ),
        key=lambda s: -_PRIORITY.index(s),
        default=Stance.ASSERTED,
    )


def attribution(sentence: str) -> str | None:
    """Who says so, if the sentence names somebody."""
    for pattern in languages.load().attribution:
        if found := pattern.search(sentence):
            return found["who"].strip() or None
    return None
