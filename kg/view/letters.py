"""How wide a text will be on the screen: what stands where must be known before any browser has drawn a letter.

Widths are those of Noto Sans CJK, or of Arial where that is wider, rounded up by classes of letters: whatever font a
reader has, a label is drawn no wider than the room it was given (`tests/test_labels_in_browser.py` measures it).
"""

from __future__ import annotations

import unicodedata

_CLASSES = (
    ("'|iIjl", 0.30),
    (" !()[]{},.:;-`/\\ft", 0.39),
    ('r"*^', 0.48),
    ("0123456789ckvxyzJsae+<>=_#$?", 0.57),
    ("bdghnopqu", 0.62),
    ("CDGHNOQRUVKXA&", 0.75),
    ("mMwW@%", 0.95),
)
"""Latin letters by their width, in parts of the font's size."""
_PLAIN = 0.67
"""Any other letter that is not as wide as a Chinese one: most capitals, letters with accents."""
_EM = {letter: width for letters, width in _CLASSES for letter in letters}
LINE = 1.25
"""From one line of a label to the next, in parts of the font's size."""
_MOST = 80
"""Characters of a label that are looked at: no more of the narrowest ones fit on two lines."""
LONGEST = 9.0
"""How wide a line of a label may be, in parts of the font's size; a longer label has two lines."""


def label_width(label: str, font: float) -> float:
    """How many pixels wide `label` is drawn at most, the widest of its lines, in a font of that size."""
    return font * max((_ems(line) for line in label.split("\n")), default=0.0)


def broken(label: str) -> str:
    """A label for the picture, of one line or, if it is long, of two; what is longer still ends in ….

    Chinese may be broken anywhere, Latin words only between them or after a hyphen, unless one word is too long.
    """
    line = " ".join("".join(c if c.isprintable() else " " for c in label).split())
    if _ems(line) <= LONGEST:
        return line
    line = line[:_MOST]
    half = _ems(line) / 2
    places = [at for at in range(1, len(line)) if _may_break(line[at - 1], line[at]) and _ems(line[:at]) <= LONGEST]
    # As even as it goes; a second line that is a little too long is cut.
    at = min(places, key=lambda at: (abs(_ems(line[:at]) - half), at), default=0)
    if not at or _ems(line[:at]) < LONGEST / 3:
        return _cut(line)
    return f"{line[:at].rstrip()}\n{_cut(line[at:].lstrip())}"


def _ems(line: str) -> float:
    return sum(_em(character) for character in line)


def _em(character: str) -> float:
    found = _EM.get(character)
    if found is not None:
        return found
    # Dots, dashes and quotation marks of "ambiguous" width are wide in Chinese fonts.
    if unicodedata.east_asian_width(character) in "WFA":
        return 1.0
    return 0.0 if unicodedata.combining(character) else _PLAIN


def _may_break(before: str, after: str) -> bool:
    if " " in (before, after) or before in "-·—–/":
        return True
    wide = [unicodedata.east_asian_width(one) in "WF" for one in (before, after)]
    return any(wide) and after not in "，。、：；！？）」』》】”’…" and before not in "（「『《【“‘"


def _cut(line: str) -> str:
    """The beginning of a line that fits, with … where it is cut."""
    if _ems(line) <= LONGEST + 1.0:
        return line
    while line and _ems(line) > LONGEST:
        line = line[:-1]
    return line.rstrip() + "…"
