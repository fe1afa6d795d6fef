"""Build knowledge graphs from documents; every triple leads to the words that state it."""
