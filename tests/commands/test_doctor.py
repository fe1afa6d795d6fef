"""`kg doctor`."""

from __future__ import annotations

import json

from command_line import kg


def test_every_part_is_named() -> None:
    done = kg("doctor")
    assert not done.stderr
    for part in ("python", "spacy", "pyoxigraph", "annotator lexicon", "ontology ai-models", "sqlite"):
        assert part in done.stdout


def test_json_and_the_exit_code_agree() -> None:
    done = kg("doctor", "--json")
    assert done.returncode == (0 if json.loads(done.stdout)["healthy"] else 1)
