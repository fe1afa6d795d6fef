"""What HanLP's multi-task models say of a sentence, as ours: tokens, parts of speech, entities, dependencies, roles.

Such a model answers with one entry for each task, `tok/fine`, `pos/ctb`, `ner/msra`, `srl`, `dep` …: lists of words, of
tags, of (words, label, first token, end token), of one such list for each predicate, of (head, relation).  It counts in
tokens and may write a token otherwise than the text does (width, case, blanks); here all is characters of the text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.annotate.engine import OWN_SCORE, Told
from kg.model import Dependency, Frame, Span

Answer = Mapping[str, Sequence[Any]]
"""A model's answer for one sentence: what each of its tasks says."""

BOTH_SCORE = 0.85
"""The score of an entity that two tasks see alike, such as MSRA's and OntoNotes'."""
PREDICATE = "PRED"
"""HanLP's role of the predicate among its arguments."""

_TOKENS = ("tok/fine", "tok", "tok/coarse")
_TAGS = ("pos/ctb", "pos", "pos/pku", "pos/863", "ud/upos")
_DEPENDENCIES = ("dep", "ud/deps")
LABELS = {
    "ORGANIZATION": "ORG",
    "nt": "ORG",
    "LOCATION": "LOC",
    "ns": "GPE",
    "PERSON": "PERSON",
    "nr": "PERSON",
}
"""MSRA's and the People's Daily's names of what OntoNotes, and with it spaCy, has a name for."""

_VERB_TAGS = frozenset({"VV", "VE", "VC", "v", "VERB", "vn"})
_ROLES = {
    **dict.fromkeys(("nsubj", "top"), "A0"),
    **dict.fromkeys(("dobj", "obj", "nsubjpass", "nsubj:pass"), "A1"),
    **dict.fromkeys(("tmod", "obl:tmod", "nmod:tmod", "npadvmod:tmod"), "ARGM-TMP"),
}
"""The roles that Stanford's and Universal Dependencies' relations mostly stand for."""


@dataclass(frozen=True, slots=True)
class Parse:
    """A sentence as a model reads it; offsets are those of the document."""

    tokens: tuple[Span, ...] = ()
    tags: tuple[str, ...] = ()
    entities: tuple[Told, ...] = ()
    dependencies: tuple[Dependency, ...] = ()
    frames: tuple[Frame, ...] = ()


def parse(text: str, sentence: Span, answer: Answer) -> Parse:
    """What an answer says of a sentence of the text; nothing where its tokens are not the sentence's words."""
    words = next((answer[key] for key in _TOKENS if answer.get(key)), ())
    tokens = aligned(text, sentence, words)
    if not tokens:
        return Parse()
    tags = next((tuple(map(str, answer[k])) for k in _TAGS if len(answer.get(k, ())) == len(tokens)), ())
    heads = next((answer[key] for key in _DEPENDENCIES if len(answer.get(key, ())) == len(tokens)), ())
    dependencies = tuple(
        Dependency(token, tokens[head - 1] if 0 < head <= len(tokens) else None, str(relation))
        for token, (head, relation) in zip(tokens, heads, strict=False)
    )
    said = [frame for one in answer.get("srl", ()) if (frame := _frame(one, tokens))]
    predicates = {frame.predicate for frame in said}
    said += [f for f in frames(dependencies, tags) if f.predicate not in predicates]
    ordered = sorted(said, key=lambda f: (f.predicate, f.arguments))
    return Parse(tokens, tags, _entities(answer, tokens), dependencies, tuple(ordered))


def aligned(text: str, sentence: Span, words: Sequence[str]) -> tuple[Span, ...]:
    """Where the words stand in the sentence, one after the other; () if they are not its words.

    Blanks do not count, neither do width and case: a model may have changed both.
    """
    at, found = sentence.start, []
    for word in words:
        start = -1
        for char in word:
            if char.isspace():
                continue
            while at < sentence.end and text[at].isspace():
                at += 1
            if at >= sentence.end or not _alike(text[at], char):
                return ()
            start = at if start < 0 else start
            at += 1
        if start >= 0:
            found.append(Span(start, at))
    return tuple(found) if len(found) == len(words) else ()


def _alike(one: str, two: str) -> bool:
    return one == two or unicodedata.normalize("NFKC", one).casefold() == unicodedata.normalize("NFKC", two).casefold()


def _entities(answer: Answer, tokens: Sequence[Span]) -> tuple[Told, ...]:
    """The entities of all tasks that find some: likelier where two tasks agree, the longer where they do not."""
    said: dict[tuple[Span, str], int] = {}
    for task in sorted(answer):
        if task == "ner" or task.startswith("ner/"):
            for _, label, first, end in answer[task]:
                if 0 <= first < end <= len(tokens):
                    key = Span(tokens[first].start, tokens[end - 1].end), LABELS.get(label, str(label))
                    said[key] = said.get(key, 0) + 1
    kept: list[tuple[Span, str]] = []
    for span, label in sorted(said, key=lambda key: (-said[key], -len(key[0]), key)):
        if not any(span.overlaps(other) for other, _ in kept):
            kept.append((span, label))
    return tuple(
        (span.start, span.end, ((label, BOTH_SCORE if said[span, label] > 1 else OWN_SCORE),))
        for span, label in sorted(kept)
    )


def _frame(roles: Sequence[Any], tokens: Sequence[Span]) -> Frame | None:
    """A predicate's list of (words, role, first token, end token) as a frame."""
    spans = [
        (str(role), Span(tokens[first].start, tokens[end - 1].end))
        for _, role, first, end in roles
        if 0 <= first < end <= len(tokens)
    ]
    predicate = next((span for role, span in spans if role == PREDICATE), None)
    return Frame(predicate, tuple(pair for pair in spans if pair[0] != PREDICATE)) if predicate else None


def frames(dependencies: Sequence[Dependency], tags: Sequence[str] = ()) -> list[Frame]:
    """The frames that a tree of dependencies shows: each verb with its subject, object and time.

    Without tags, a word with a subject or an object is taken for a verb.  An argument is the whole branch below its
    word; a passive's subject is what is done.  Verbs without arguments give none.
    """
    below: dict[Span, list[Dependency]] = {}
    for one in dependencies:
        if one.head is not None:
            below.setdefault(one.head, []).append(one)
    found = []
    for number, verb in enumerate(dependencies):
        if tags and tags[number] not in _VERB_TAGS:
            continue
        arguments = [
            (_ROLES[one.relation], _branch(one.dependent, below))
            for one in below.get(verb.dependent, ())
            if one.relation in _ROLES
        ]
        if arguments:
            found.append(Frame(verb.dependent, tuple(arguments)))
    return found


def _branch(word: Span, below: Mapping[Span, Sequence[Dependency]]) -> Span:
    """From the first to the last character of a word and all that hangs on it."""
    todo, seen = [word], {word}
    while todo:
        for one in below.get(todo.pop(), ()):
            if one.dependent not in seen:  # a model's heads may run in a circle
                seen.add(one.dependent)
                todo.append(one.dependent)
    return Span(min(span.start for span in seen), max(span.end for span in seen))
