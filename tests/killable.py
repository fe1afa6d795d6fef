"""Builds that can be killed, each a process of its own that begins with everything loaded.

    python tests/killable.py

Every line on standard input is JSON: `{"inputs": …, "output": …, "at": N, "after": SECONDS}`.  A child builds, and when
it has ended, its status is printed.  With `at` it kills itself before it makes a folder, renames or links a file or
removes a folder for the N-th time; with `after` it is killed when that time has passed.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time

from kg import export, output, pipeline, store, turtle, view  # noqa: F401  loaded once, for all children
from kg.pipeline import Settings
from kg.view import layout, page, scene  # noqa: F401

SETTINGS = Settings(annotator="lexicon")
TOUCHES = {"os.rename", "os.mkdir", "os.link", "shutil.rmtree"}


def build(inputs: str, folder: str, at: int | None) -> None:
    """Build, and end this process."""
    left = at

    def touched(event: str, _: object) -> None:
        nonlocal left
        if left is not None and event in TOUCHES:
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(touched)
    output.build(inputs, folder, SETTINGS)
    os._exit(0)


def main() -> None:
    ready = pipeline.line(SETTINGS)
    pipeline.line = lambda settings: ready  # what a kill while the names are loaded leaves is seen without one
    print("ready", flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if not child:
            build(asked["inputs"], asked["output"], asked["at"])
        if asked["after"] is not None:
            time.sleep(asked["after"])
            os.kill(child, signal.SIGKILL)  # it is waited for below, so nobody else has its id
        print(os.waitpid(child, 0)[1], flush=True)


if __name__ == "__main__":
    main()
