"""Fonts with Chinese characters: where this machine has one."""

from __future__ import annotations

from pathlib import Path

_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.fonts",
    "~/.local/share/fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "~/Library/Fonts",
    "C:/Windows/Fonts",
)
_NAMES = ("cjk", "sourcehan", "wqy", "droidsansfallback", "pingfang", "hiragino", "stheiti", "msyh", "simsun")
"""What the file names of fonts with Chinese characters hold, in lower case."""
_PLAIN = ("sans", "regular")
"""What the file name of the better one holds, where there are several: pictures have no serifs."""

ADVICE = "install one, such as fonts-noto-cjk (apt) or google-noto-sans-cjk-fonts (dnf)"


def chinese() -> Path | None:
    """A font file with Chinese characters: the first of the first folder that has one, plain before serif or bold."""
    for folder in (Path(place).expanduser() for place in _FOLDERS):
        found = [
            path
            for path in (sorted(folder.rglob("*.[tToO][tT][fFcC]")) if folder.is_dir() else [])
            if any(word in path.name.lower() for word in _NAMES)
        ]
        if found:
            return min(found, key=lambda path: (-sum(word in path.name.lower() for word in _PLAIN), str(path)))
    return None
