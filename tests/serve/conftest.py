"""Servers that several tests ask."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hand_built import build

from tests.serve.running import Running, serving


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The hand-built graph, two workers, two seconds a query."""
    folder = tmp_path_factory.mktemp("served") / "output"
    build(folder)
    with serving(folder, "--workers", "2", "--timeout", "2") as running:
        yield running
