"""YAML front matter: the block between `---` lines with which Markdown and text may begin."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.model import Note

_LIMIT = 100_000
"""Characters in which the closing line must come: what is longer is a text that begins with a rule."""

_OPENING = re.compile(r"---[ \t]*\r?\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.M)

_KEYS = (("published", "date"), ("title",), ("url", "link"), ("source", "publisher", "author site"))
"""For the date, the title, the address and the publisher: the keys that give it, the first one there counts."""


_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
"""How YAML writes that there is no value."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the block says, with every value as it was written, and the text after it."""

    text: str
    published: str | None = None
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    notes: tuple[Note, ...] = ()


def split(text: str) -> FrontMatter:
    """Cut the front matter off `text`.

    The block is no part of what the document says, so no evidence may come from it: it leaves the text, and from here
    on offsets count in the text after it.  A block that is no YAML mapping stays text, with a note.
    """
    opening = _OPENING.match(text)
    if not opening:
        return FrontMatter(text)
    closing = _CLOSING.search(text, opening.end(), opening.end() + _LIMIT)
    if not closing:
        return _kept(text, "no closing --- line")
    block, problem = _mapping(text[opening.end() : closing.start()])
    if block is None:
        return _kept(text, problem)
    published, title, url, publisher = (next((block[k] for k in keys if k in block), None) for keys in _KEYS)
    return FrontMatter(text[closing.end() :], published, title, url, publisher)


def _kept(text: str, problem: str) -> FrontMatter:
    return FrontMatter(text, notes=(Note("front-matter", f"the text begins like front matter and is kept: {problem}"),))


def _mapping(block: str) -> tuple[dict[str, str] | None, str]:
    """The texts of a YAML mapping by their keys in lower case, or None and what is wrong."""
    import yaml

    try:
        # The base loader is the safest: it builds dicts, lists and strings only, so a date stays as it was written.
        value = yaml.load(block, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        # The opening line is line 1 of the document, and the mark counts from 0.
        return None, f"not YAML{f' at line {mark.line + 2}' if mark else ''}"
    except (RecursionError, ValueError) as error:
        return None, f"not YAML ({type(error).__name__})"
    if not isinstance(value, dict):
        return None, "not a YAML mapping"
    return {
        re.sub(r"[\s_-]+", " ", key).strip().lower(): text.strip()
        for key, text in value.items()
        if isinstance(key, str) and isinstance(text, str) and text.strip() not in _NOTHING
    }, ""
