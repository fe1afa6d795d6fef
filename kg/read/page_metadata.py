"""What a page says about itself: title, publication date, address and publisher, each as it was written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kg.model import Note

_PUBLISHED = (
    "article:published_time",
    "og:published_time",
    "og:release_date",
    "bytedance:published_time",
    "datepublished",
    "publishdate",
    "pubdate",
    "publish_date",
    "publication_date",
    "dc.date",
    "dcterms.created",
)
"""Names of `<meta>` for the date of publication: the standard ones, then those that news sites use."""


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What a page says about itself; None where it says nothing."""

    title: str | None = None
    published: str | None = None
    url: str | None = None
    publisher: str | None = None
    notes: tuple[Note, ...] = ()


def metadata(root: Any) -> PageMetadata:
    """The metadata of the page under `root`.

    The date comes from the `<meta>` names above, else JSON-LD, `itemprop`, `<time datetime>`; an address only if it is
    a full one.
    """
    meta = _meta(root)
    linked, notes = _linked_data(root)
    return PageMetadata(
        title=meta.get("og:title") or _line("".join(_texts(root, "title"))),
        published=next((meta[name] for name in _PUBLISHED if name in meta), None)
        or _first(linked, "datePublished")
        or _property(root)
        or _time(root),
        url=next((url for url in (_canonical(root), meta.get("og:url")) if url and "://" in url), None),
        publisher=meta.get("og:site_name") or _publisher(linked),
        notes=notes,
    )


def _line(text: Any) -> str | None:
    """`text` on one line, or None where there is none."""
    return (" ".join(text.split()) or None) if isinstance(text, str) else None


def _texts(root: Any, tag: str) -> list[str]:
    """The text of the first element `tag` that is not part of a drawing."""
    found = (e for e in root.iter(tag) if not any(a.tag == "svg" for a in e.iterancestors()))
    return next((list(element.itertext()) for element in found), [])


def _meta(root: Any) -> dict[str, str]:
    """`<meta>` by `property` or `name` in lower case; the first of a name counts."""
    values: dict[str, str] = {}
    for element in root.iter("meta"):
        name = (element.get("property") or element.get("name") or "").strip().lower()
        content = _line(element.get("content"))
        if name and content:
            values.setdefault(name, content)
    return values


def _canonical(root: Any) -> str | None:
    links = (e for e in root.iter("link") if "canonical" in (e.get("rel") or "").lower().split())
    return next((url for e in links if (url := _line(e.get("href")))), None)


def _property(root: Any) -> str | None:
    for element in root.iter():
        if element.get("itemprop") == "datePublished":
            written = element.get("content") or element.get("datetime") or "".join(element.itertext())
            if date := _line(written):
                return date
    return None


def _time(root: Any) -> str | None:
    """The first `<time datetime>`, one that is marked as the date of publication before the others."""
    times = [(e.get("pubdate") is None, date) for e in root.iter("time") if (date := _line(e.get("datetime")))]
    return min(times, key=lambda marked: marked[0])[1] if times else None


def _linked_data(root: Any) -> tuple[list[Any], tuple[Note, ...]]:
    """The JSON-LD blocks of the page, and a note for those that are no JSON."""
    blocks, broken = [], 0
    for script in root.iter("script"):
        if (script.get("type") or "").split(";")[0].strip().lower() != "application/ld+json":
            continue
        try:
            blocks.append(json.loads(script.text or "", strict=False))
        except (ValueError, RecursionError):
            broken += 1
    notes = (Note("metadata", "JSON-LD of the page is not JSON and was left aside", broken),) if broken else ()
    return blocks, notes


def _objects(linked: list[Any]) -> Iterator[dict[str, Any]]:
    """All JSON objects of `linked`, the outer before the inner, in the order of the page."""
    level = linked
    while level:
        inner: list[Any] = []
        for value in level:
            if isinstance(value, dict):
                yield value
                inner.extend(value.values())
            elif isinstance(value, list):
                inner.extend(value)
        level = inner


def _first(linked: list[Any], key: str) -> str | None:
    return next((text for value in _objects(linked) if (text := _line(value.get(key)))), None)


def _publisher(linked: list[Any]) -> str | None:
    for value in _objects(linked):
        publisher = value.get("publisher")
        if name := _line(publisher.get("name") if isinstance(publisher, dict) else publisher):
            return name
    return None
