"""The pairs of texts that the detector of reposts is scored on: read, and made as `origins.yaml` says."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import opencc
import yaml

HERE = Path(__file__).resolve().parent
LAST_TUNED = "e08z"
"""Articles up to here may be looked at when a threshold is chosen."""


@dataclass(frozen=True)
class Pair:
    one: str
    two: str
    same: bool
    kind: str
    name: str
    tuned: bool
    """Of the half that thresholds may be chosen with."""


def articles() -> dict[str, tuple[str, ...]]:
    """The paragraphs of each article."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in (HERE / "origins-articles.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            name = line[3:]
            found[name] = []
        elif line and not line.startswith("#"):
            found[name].append(line)
    return {name: tuple(lines) for name, lines in found.items()}


def pairs() -> list[Pair]:
    texts = articles()
    rows = yaml.safe_load((HERE / "origins.yaml").read_text(encoding="utf-8"))
    return [_pair(row, texts, number) for number, row in enumerate(rows)]


def _pair(row: dict[str, Any], texts: dict[str, tuple[str, ...]], number: int) -> Pair:
    one = list(texts[row["of"]])
    two = [row["text"]] if "text" in row else list(texts[row.get("two", row["of"])])
    changed = one if "two" in row else two
    if "keep" in row:
        changed[:] = [changed[at] for at in row["keep"]]
    for before, after in row.get("replace", {}).items():
        assert any(before in paragraph for paragraph in changed) or "keep" in row, (row["of"], before)
        changed[:] = [paragraph.replace(before, after) for paragraph in changed]
    if "within" in row:
        around = texts[row["within"]]
        two = [*around[:2], *two, *around[2:]]
    if "both" in row:
        one, two = [*one, row["both"]], [*two[:1], row["both"], *two[1:]]
    if "passage" in row:
        two.insert(2, texts[row["of"]][row["passage"]])
    two = [
        *(row[part] for part in ("headline", "before") if part in row),
        *two,
        *([row["after"]] if "after" in row else []),
    ]
    if row.get("script") == "traditional":
        two = [opencc.OpenCC("s2t").convert(paragraph) for paragraph in two]
    return Pair(
        one="\n\n".join(one),
        two="\n\n".join(two),
        same=row["same"],
        kind=row["kind"],
        name=f"{number:02} {row['kind']} {row['of']}",
        tuned=max(row["of"], row.get("two", "")) <= LAST_TUNED,
    )
