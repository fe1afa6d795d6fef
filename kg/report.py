"""`report.json` read back: what a build says about itself, beside its graph."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kg.errors import GraphError

NAME = "report.json"


def load(folder: Path) -> dict[str, Any]:
    """The report of the build in `folder`.  Raises GraphError for one that is missing or cannot be read."""
    file = folder / NAME
    try:
        report = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise GraphError(f"{file}: cannot be read ({error}); build the graph again") from error
    if not isinstance(report, dict) or not isinstance(report.get("documents"), list):
        raise GraphError(f"{file}: is no report of a build; build the graph again")
    return report


def unread(report: dict[str, Any]) -> list[tuple[str, str]]:
    """(document id, sentence): sentences with known names of which nothing was understood, in the documents' order.

    They show which wordings the patterns lack.
    """
    return [(document["id"], sentence) for document in report["documents"] for sentence in document.get("unread", ())]
