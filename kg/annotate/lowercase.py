"""Names in small letters, or in the capitals of any word that begins a sentence, which their place shows: where a line
begins with one that it then says what it is, and where somebody is introduced.

`wrenlm is a small language model`, `- wrenlm - a 600M speech model`, `made by glasfern, a three-person lab`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.annotate import Rules
from kg.annotate.context import apposed
from kg.annotate.names import mention
from kg.annotate.occurrences import occurrences
from kg.model import Mention, Reading

_WORD = r"[a-z][a-z0-9]{3,}(?:[-_.][A-Za-z0-9]+)*"
_SUBJECT = re.compile(
    rf"(?m)^[ \t]*(?:(?:[-*•]|\d{{1,2}}[.)]|#{{1,6}})[ \t]+)?[`*]*(?P<name>{_WORD})[`*]*"
    r"(?=(?: \([^()\n]{1,40}\))?(?: (?:is|was) (?:an?|the|our|one)\b|,? ?[-–—:] (?:an?|the|our) |, (?:an?|the|our) ))"
)
_OPENING = re.compile(
    r"(?m)(?:^|(?<=[.!?] ))(?P<name>[A-Z][a-z]{2,}\d{0,2})(?= (?:is|was) (?:an?|the|our|one)\b[^.\n]{0,80}?"
    r" (?:by|from|developed|built|made|created|trained|released|launched|published|open-sourced)\b)"
)
"""A sentence that begins with a name, in capitals as any word there, and says what it is and whose."""
_MAKER = re.compile(rf"\b(?:by|from|at|of) [`*]*(?P<name>{_WORD})(?=[`*]*, (?:an?|the) )")
_REPOSITORY = re.compile(
    r"\A[\s#]*(?:(?:GitHub|Releases?|Release notes|Tags|Issues)\s*[-·:|]\s*)?"
    r"(?P<owner>[A-Za-z][\w-]*)/(?P<name>[A-Za-z][\w.-]*)[ \t]*(?:[:·|]|-[ \t]|$)",
    re.MULTILINE,
)
"""A title that names a repository and its owner: Releases · acme/quillet."""
_OBJECT = re.compile(
    r"\b(?:released|launched|unveiled|introduced|announced|published|built|made|trained|shipped|open-sourced|on|out|called|named)"
    r" (?P<name>[a-z][a-z0-9]*(?:[-_.][A-Za-z0-9]+)+|[a-z]{3,}\d+|[a-z]{4,}(?=, an? \d+(?:\.\d+)?[MB]\b))"
    r"(?=, (?:an?|the|its|our|their) )"
)
_PLAIN = re.compile(r"\b[a-z]{3,}\b")
"""Words that a text has in small letters, too."""
_MARKS = re.compile(r"[`*]*(?: \([^()\n]{1,40}\))?")
_DASH = re.compile(r",? ?[-–—:] (?=an? |the |our )")
_SCORE = 0.8


def names(text: str, rules: Rules) -> Iterator[Mention]:
    """The names of a text that their letters do not show, wherever it has them."""
    found: dict[str, Reading] = {}
    plain = frozenset(_PLAIN.findall(text))
    for pattern in (_SUBJECT, _OPENING, _OBJECT, _MAKER):
        for match in pattern.finditer(text):
            name = match["name"]
            word = name.casefold()
            if name in found or word in rules.patterns.names.not_names or word in _POINTING:
                continue
            if pattern is _OPENING and word in plain:
                continue
            behind = _MARKS.sub("", text[match.end("name") : match.end("name") + _AHEAD], count=1)
            words = name + _DASH.sub(", ", behind, count=1)
            type_ = apposed(words, mention(words, 0, len(name), name, [], "lowercase"), rules)
            if type_ and (type_ == rules.patterns.names.holder) == (pattern is _MAKER):
                found[name] = Reading(type_, score=_SCORE)
    if repository := _REPOSITORY.match(text):
        classes = rules.patterns.names
        if classes.holder and classes.versioned:
            found.setdefault(repository["owner"], Reading(classes.holder, score=_SCORE))
            found.setdefault(repository["name"], Reading(classes.versioned[-1], score=_SCORE))
    for name, places in occurrences(text, found).items():
        for place in places:
            behind = text[place.end : place.end + 1]
            if behind not in ("-", "_", "@") and (repository or behind != "/"):
                yield mention(text, place.start, place.end, name, [found[name]], "lowercase")


_AHEAD = 160
"""Characters behind a name in which the word stands that says what it is."""
_POINTING = frozenset(
    ("this", "that", "there", "here", "what", "which", "these", "those", "where", "when", "everything", "something")
)
"""Words that a line begins with that point at something, and name nothing."""
