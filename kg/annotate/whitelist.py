"""Known names for a HanLP component: its trie, with word boundaries for Latin names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hanlp_trie.dictionary import TrieDict

from kg.lexicon import cuts_word


class Whitelist(TrieDict):  # type: ignore[misc]
    """Names with their labels, longest first; HanLP saves it in a component's `config.json` and restores it.

    HanLP's own knows no words: it finds Abc in XyzAbc4.  Here a Latin name is found only where its letters or digits
    do not go on.
    """

    def tokenize(self, text: str | Sequence[str]) -> list[tuple[int, int, Any]]:
        """The names in a text, as (start, end, label), in order; they do not overlap."""
        words = "".join(text)
        found: list[tuple[int, int, Any]] = []
        at = 0
        while at < len(words):
            ends = [(end, label) for end, label in self._ends(words, at) if not cuts_word(words, at, end)]
            if ends:
                end, label = ends[-1]
                found.append((at, end, label))
                at = end
            else:
                at += 1
        return found

    def _ends(self, words: str, at: int) -> list[tuple[int, Any]]:
        """Where the names that begin at a place end, shortest first."""
        ends = []
        state = self.transit(words[at])
        end = at + 1
        while state:
            if state._value is not None:
                ends.append((end, state._value))
            state = state.transit(words[end]) if end < len(words) else None
            end += 1
        return ends
