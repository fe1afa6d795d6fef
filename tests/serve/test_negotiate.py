from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.serve.negotiate import DATASETS, GRAPHS, RESULTS, choose


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (None, "text/turtle"),
        ("", "text/turtle"),
        ("*/*", "text/turtle"),
        ("text/*", "text/turtle"),
        ("application/*", "application/n-triples"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("APPLICATION/RDF+XML ; Q=0.3", "application/rdf+xml"),
        ("text/turtle;q=0.1, application/ld+json;q=0.2", "application/ld+json"),
        ("text/turtle;q=0, */*", "application/n-triples"),
        ("text/turtle;q=0, text/*", None),
        ("text/html, application/xhtml+xml, */*;q=0.8", "text/turtle"),
        ("application/ld+json;profile=\"http://www.w3.org/ns/json-ld#flattened\"", "application/ld+json"),
        ("application/xml", "application/xml"),
        ("text/plain", "text/plain"),
        ("text/html", None),
        ("text/turtle;q=2", None),
        ("text/turtle;q=nan", None),
        ("text/turtle;q=-1", None),
        ("turtle", None),
        (",,;;==", None),
    ],
)  # fmt: skip
def test_what_a_client_likes_best(accept: str | None, media: str | None) -> None:
    found = choose(accept, GRAPHS)
    assert (found and found.media) == media


def test_texts_say_that_they_are_utf8() -> None:
    types = {format.media: format.content_type for format in (*RESULTS, *GRAPHS, *DATASETS)}
    assert types["text/csv"] == "text/csv; charset=utf-8"
    assert types["application/sparql-results+json"] == "application/sparql-results+json"


@given(st.text(max_size=300))
def test_any_header_is_read(accept: str) -> None:
    found = choose(accept, RESULTS)
    assert found is None or found.name in {"json", "xml", "csv", "tsv"}
