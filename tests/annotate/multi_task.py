"""Stands in for HanLP's multi-task models: loaded by `hanlp.load` as they are, and answering in their form.

A saved one is a `config.json` with this class's path and the answers that it gives, sentence by sentence.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from hanlp.common.component import Component

LABELS = ("PERSON", "ORGANIZATION", "PRODUCT")


class MultiTask(Component):
    """A component with tasks; it knows the sentences of its file and finds nothing in others."""

    def __init__(self, **kwargs: Any) -> None:
        self.config: dict[str, Any] = {}
        self.answers: dict[str, dict[str, Any]] = {}
        self.skipped: list[str] = []
        vocab = SimpleNamespace(idx_to_token=[f"S-{label}" for label in LABELS])
        self.tasks = {
            name: SimpleNamespace(vocabs={"tag": vocab}) for name in ("tok/fine", "pos/ctb", "ner/msra", "srl", "con")
        }

    def load(self, save_dir: str, **kwargs: Any) -> None:
        """Read the answers."""
        self.config = json.loads(Path(save_dir, "config.json").read_text(encoding="utf-8"))
        self.answers = self.config.pop("answers")

    def predict(self, *args: Any, **kwargs: Any) -> Any:
        """HanLP's way in."""
        return self(*args, **kwargs)

    def __call__(self, sentences: Sequence[str], skip_tasks: Sequence[str] = (), **kwargs: Any) -> dict[str, list[Any]]:
        self.skipped = list(skip_tasks)
        empty: dict[str, Any] = {}
        return {
            task: [self.answers.get(sentence, empty).get(task, []) for sentence in sentences]
            for task in self.tasks
            if task not in skip_tasks
        }


def save(folder: Path, answers: dict[str, dict[str, Any]]) -> None:
    """Write one that gives these answers."""
    folder.mkdir(parents=True)
    config = {"classpath": f"{__name__}.MultiTask", "hanlp_version": "2.1.5", "answers": answers}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
