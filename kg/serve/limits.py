"""What a server allows, each bound with its reason."""

from __future__ import annotations

import os
from dataclasses import dataclass


def _workers() -> int:
    return max(2, min(4, os.cpu_count() or 2))


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of every question and of all of them together."""

    timeout: float = 10.0
    """Seconds that a question may run; its worker is killed then.  Also how long it may wait for a free worker."""
    sending: float = 10.0
    """Seconds that a client may take to send a request's body; longer is status 408."""
    query_bytes: int = 256 * 1024
    """Of a query's text in UTF-8; more is status 413."""
    rows: int = 100_000
    """Rows of a SELECT, triples of a CONSTRUCT or DESCRIBE; an answer cut there says so."""
    result_bytes: int = 64 * 1024 * 1024
    """Of one answer; a longer one is an error, since half a document is none."""
    held_bytes: int = 256 * 1024 * 1024
    """Of all answers that clients have not yet taken."""
    memory: int = 2 * 1024 * 1024 * 1024
    """Bytes of address space of a worker."""
    workers: int = _workers()
    """Questions that run at the same time, each in a process of its own."""
    waiting: int = 64
    """Questions that wait for a worker; the next one is told to come later."""
    connections: int = 512
    """Open connections; the next one gets status 503."""
