"""What several test files share."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from command_line import SAMPLES

import kg

# Whoever starts the tests in the background may have interrupts ignored, and so would every command that a test starts.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A browser of the machine, without a window."""
    from browser import browser

    with browser() as started:
        yield started


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a graph built of the sample documents; not to be written to."""
    folder = tmp_path_factory.mktemp("sample") / "output"
    built = kg.build(SAMPLES, folder)
    assert not built.failures
    return folder
