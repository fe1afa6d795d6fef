"""The visible text of an HTML page, line by line.

A block element ends the line, a heading begins with `#` marks, a list item with `- `, a row of a data table is
`| a | b |`.  Everything that a browser does not show is left out; nothing else is: navigation and advertising are for
`clean` to judge, which gets the markup too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.read.tables import is_data, rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SILENT_TAGS = """
    head script style template noscript iframe object embed svg canvas audio video map select datalist textarea rt rp
"""
_SILENT = frozenset(_SILENT_TAGS.split())
"""Elements whose content a browser does not show as text of the page; `rt` is the reading above a ruby character."""

_BLOCK_TAGS = """
    address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre section summary table tbody td tfoot
    th thead tr ul
"""
_BLOCKS = frozenset(_BLOCK_TAGS.split())
"""Elements that begin and end a line."""

_HEADINGS = {f"h{level}": "#" * level + " " for level in range(1, 7)}

_NO_DISPLAY = re.compile(r"display\s*:\s*none", re.I)
_NOT_VISIBLE = re.compile(r"visibility\s*:\s*hidden", re.I)

_WIDE = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
_BREAK_INSIDE_CHINESE = re.compile(rf"(?<={_WIDE})[ \t\r\f]*\n\s*(?={_WIDE})")
_SPACES = re.compile(r"[ \t\n\r\f]+")


def parse(markup: str) -> Any:
    """The tree of a page.

    lxml's limits stay on (256 levels, 10 MB in one text), no DTD is fetched and HTML knows no entity of its own making,
    so a hostile page costs no more than its size.  Raises `InputError` for a page beyond the limits: the parser drops
    what lies there, and half a page is worse than a clear word.
    """
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    try:
        root = html.document_fromstring(markup.encode("utf-8"), parser=parser)
    except etree.LxmlError as error:
        raise _empty() from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise InputError(
            "the page goes beyond the limits of the HTML parser (256 elements inside one another, 10 MB in one text). "
            "Save it as text"
        )
    return root


def visible(root: Any) -> str:
    """The visible text of the page under `root`.  Raises `InputError` if there is none."""
    text = "\n".join(_lines(root, cache(partial(_weight, root))))
    if not text.strip():
        raise _empty()
    return text


def _empty() -> InputError:
    return InputError(
        "the page has no visible text. If a script draws it, open it in a browser and save what is shown as text"
    )


@dataclass(slots=True)
class _Page:
    """The lines so far, and the line that is being written."""

    lines: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    mark: str = ""
    """What the next line begins with."""
    preformatted: int = 0

    def add(self, text: str | None) -> None:
        if not text:
            return
        if not self.preformatted:
            self.line.append(text)
            return
        first, *others = text.split("\n")
        self.line.append(first)
        for other in others:
            self.end()
            self.line.append(other)

    def end(self) -> None:
        text = "".join(self.line)
        self.line.clear()
        if not self.preformatted:
            # Where the source of a page breaks a line inside Chinese text there is no space.
            text = _SPACES.sub(" ", _BREAK_INSIDE_CHINESE.sub("", text)).strip(" ")
        if text.strip():
            self.lines.append(self.mark + text.rstrip())
            self.mark = ""


def _lines(top: Any, total: Callable[[], int]) -> list[str]:
    """The lines of the element `top`, in a page with `total` characters."""
    from lxml import etree

    page = _Page()
    walker = etree.iterwalk(top, events=("start", "end"))
    for event, element in walker:
        tag = element.tag
        if event == "start":
            if tag in _SILENT or not isinstance(tag, str) or _hidden(element, total):
                walker.skip_subtree()
            elif tag == "table" and element is not top and is_data(element):
                page.end()
                page.lines.extend(rows(element, lambda cell: " ".join(_lines(cell, total))))
                walker.skip_subtree()
            else:
                _open(page, element, tag)
            continue
        if tag in _BLOCKS:
            page.end()
            page.mark = "" if tag == "li" or tag in _HEADINGS else page.mark
            if tag == "pre":
                page.preformatted = max(0, page.preformatted - 1)
        if element is not top:
            page.add(element.tail)
    page.end()
    return page.lines


def _open(page: _Page, element: Any, tag: str) -> None:
    """Begin `element`: end the line that it breaks, and mark its own."""
    if tag == "br":
        # A heading stays one line.
        page.add(" ") if page.mark.startswith("#") else page.end()
    elif tag in _BLOCKS:
        page.end()
        if tag == "li":
            page.mark = "- "
        page.mark = _HEADINGS.get(tag, page.mark)
        page.preformatted += tag == "pre"
    page.add(element.text)


def _hidden(element: Any, total: Callable[[], int]) -> bool:
    """Whether a browser shows nothing of `element`.

    Pages of one large publisher write their whole article invisible and let a script show it: an invisible element
    that holds more than half of the page's text is that article.  The page as a whole is never hidden, for that is how
    scripts keep pages out of frames.
    """
    if element.tag in ("html", "body"):
        return False
    if element.get("hidden") is not None or (element.tag == "dialog" and element.get("open") is None):
        return True
    style = element.get("style")
    if not style:
        return False
    if _NO_DISPLAY.search(style):
        return True
    return bool(_NOT_VISIBLE.search(style)) and 2 * _weight(element) <= total()


def _weight(element: Any) -> int:
    """The characters of text in `element`, without what is silent."""
    return sum(len(text.strip()) for text in _texts(element))


def _texts(top: Any) -> Iterator[str]:
    from lxml import etree

    walker = etree.iterwalk(top, events=("start", "end"))
    for event, element in walker:
        if event == "start":
            if element.tag in _SILENT:
                walker.skip_subtree()
            elif element.text:
                yield element.text
        elif element is not top and element.tail:
            yield element.tail
