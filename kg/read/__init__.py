"""The first stage: files, folders, patterns and standard input become `Source`s.

Nothing is interpreted here.  A document is decoded, its metadata is copied as it was written, and a page or a PDF gives
its visible text.  What cannot be read becomes a `Failure` in the same stream, and reading goes on.

    paths          which files the inputs mean            →  File
    corpus         which documents they hold, their ids   →  Source | Failure, by id
    files          one file by its format                 →  Source
      decoding, plausibility, frontmatter, page, page_metadata, tables, pdf, records
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from kg.model import Failure, Source
from kg.read.corpus import documents
from kg.read.files import Parse, from_bytes
from kg.read.paths import find

__all__ = ["Parse", "from_bytes", "read"]


def read(
    inputs: Sequence[str], *, stdin: BinaryIO | None = None, parse: Parse = from_bytes
) -> Iterator[Source | Failure]:
    """Every document of `inputs` once, in the order of the document ids, whatever the order of the inputs.

    An input is a file, a folder (read with its subfolders; hidden files left out), a glob (`**` too) or `-` for
    standard input, which is `stdin` where given.  Standard input holds JSON Lines if its first visible character is
    `{`, else one document with the id `stdin`.

    An id is what JSON gives, else the file's stem; stems that clash give way to the relative paths without suffix
    (from the deepest folder that holds all inputs).  One id with two different texts is a `Failure`, with the same text
    it is read once.  A `Failure` names the path as given, in JSON Lines with its line.

    The paths are looked up at once, and `InputError` is raised here when one leads to nothing; documents are read one
    by one as the iterator is walked, so only one text is in memory at a time.  `parse` makes a document of a file, for
    callers who remember what came of the same bytes.
    """
    found = find(inputs)
    standard_input = (sys.stdin.buffer if stdin is None else stdin) if found.standard_input else None
    return documents(found, standard_input, parse)
