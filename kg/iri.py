"""Names of things as IRIs: entity ids such as `org:acme`, and local names for things that no seed names.

An id is `kind:local`; its IRI is `BASE + "id/" + kind + "/" + local`.  A local name that this module makes stands in
Turtle and SPARQL behind a prefix, is a valid IRI segment for rdflib and for pyoxigraph, reads like the name it was made
from, and never belongs to two names (names are compared in Unicode's composed form, NFC):

    北极星         → 北极星
    Acme 34       → Acme_34
    Acme_34       → Acme~5F~34
    a/b (c)       → a~2F~b_~28~c~29~

The rule: a space becomes `_`; any other character that Turtle's prefixed names or IRIs cannot hold, or that nobody
could see, becomes `~HEX~`, and so do `_`, `~` and `:` themselves.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

BASE = "https://kg.example.org/"
"""What the IRIs of entities, documents and claims begin with, unless a setting moves them."""

CORE = "https://kg.example.org/ontology/core#"
"""The namespace `kg:`, which no setting moves."""

CLAIMS = CORE + "claims"
"""The named graph that holds the claims."""

LONGEST = 160
"""Code points of a local name.  A longer one is cut and ends in `~x` and 32 hex digits of its hash, because file names,
terminals and web servers begin to fail at 255 bytes of a segment."""

_KIND = re.compile(r"[a-z][a-z0-9-]*\Z")
_EMPTY = "~~"

# PN_CHARS_BASE of Turtle 1.1, less what RFC 3987 forbids in an IRI (plane-14 tags; noncharacters fall to `_visible`).
_LETTERS = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U000dffff"
)
_MARKS = "\u00b7\u0300-\u036f\u203f\u2040"
_FIRST = re.compile(f"[0-9{_LETTERS}]")
_INSIDE = re.compile(f"[0-9{_LETTERS}{_MARKS}.-]")
_LOCAL = re.compile(f"[0-9_~{_LETTERS}](?:[0-9_~{_LETTERS}{_MARKS}.-]*[0-9_~{_LETTERS}{_MARKS}-])?\\Z")
_INVISIBLE = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})


def _visible(char: str) -> bool:
    """Whether a character can be seen, and is one at all (the last two code points of each plane are none)."""
    return unicodedata.category(char) not in _INVISIBLE and ord(char) & 0xFFFE != 0xFFFE


@lru_cache(1 << 14)
def local_name(name: str) -> str:
    """The local name of something called `name`: readable, valid behind a Turtle prefix, different for different names.

    Accepts any string, the empty one and lone surrogates too.  The result has at most `LONGEST` code points.
    """
    text = unicodedata.normalize("NFC", name)
    if not text:
        return _EMPTY
    pieces: list[str] = []
    last = len(text) - 1
    for at, char in enumerate(text):
        allowed = _FIRST if at == 0 else _INSIDE
        if char == " ":
            pieces.append("_")
        elif allowed.match(char) and _visible(char) and not (char == "." and at == last):
            pieces.append(char)
        else:
            pieces.append(f"~{ord(char):X}~")
    whole = "".join(pieces)
    if len(whole) <= LONGEST:
        return whole
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    room = LONGEST - len(digest) - 2
    kept, length = [], 0
    for piece in pieces:  # whole pieces only, so that no escape is cut in two
        length += len(piece)
        if length > room:
            break
        kept.append(piece)
    return f"{''.join(kept)}~x{digest}"


def is_local(text: str) -> bool:
    """Whether `text` can stand behind a prefix: every result of `local_name` can, and so can the ids in seeds."""
    return bool(_LOCAL.match(text)) and (text.isascii() or all(_visible(char) for char in text))


def name(local: str) -> str:
    """The name that `local_name` made `local` from; of a name that was cut, its beginning and `…`."""
    if local == _EMPTY:
        return ""
    cut = local.count("~") % 2 == 1  # the tildes of escapes come in pairs
    head = local.rpartition("~x")[0] if cut else local
    text = re.sub(r"~([0-9A-F]+)~|_", lambda m: chr(int(m[1], 16)) if m[1] else " ", head)
    return text + "…" if cut else text


def iri(entity_id: str, base: str = BASE) -> str:
    """The IRI of `kind:local`, so `org:acme` → `https://kg.example.org/id/org/acme`.

    Raises ValueError for what is not an id: such a name has to go through `local_name` first.
    """
    kind, colon, local = entity_id.partition(":")
    if not (colon and _KIND.match(kind) and is_local(local)):
        raise ValueError(f"{entity_id!r} is not an id of the form kind:local; local names come from kg.iri.local_name")
    return f"{base}id/{kind}/{local}"


def document(document_id: str, base: str = BASE) -> str:
    """The IRI of a document, whose id may be any text."""
    return iri(f"doc:{local_name(document_id)}", base)


def entity_id(address: str, base: str = BASE) -> str:
    """The id that `iri` made the IRI `address` of: the way back.  Raises ValueError for IRIs of other things."""
    kind, slash, local = address.removeprefix(f"{base}id/").partition("/")
    if not (address.startswith(f"{base}id/") and slash and _KIND.match(kind) and is_local(local)):
        raise ValueError(f"<{address}> is not the IRI of anything under {base}id/")
    return f"{kind}:{local}"
