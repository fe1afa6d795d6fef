"""Pictures as PNG, drawn by resvg with a Chinese font of this machine.  The one place that knows resvg."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg import fonts
from kg.errors import GraphError

if TYPE_CHECKING:
    from kg.view.svg import Drawing

ZOOM = 2.0
"""Pixels of the file for each pixel of the picture: sharp on a slide."""
_LARGEST = 12_000
"""Pixels of the longer side of a file; a picture that would be larger is drawn smaller."""


def png(drawing: Drawing) -> bytes:
    """The picture as PNG.  Raises GraphError without resvg or without a font that has Chinese characters."""
    try:
        from resvg_py import svg_to_bytes
    except ImportError as error:
        raise GraphError(
            "PNG needs resvg; pip install 'knowledge-graph-builder[pictures]', or take --format svg"
        ) from error
    font = fonts.chinese()
    if font is None:
        raise GraphError(f"no font with Chinese characters was found, and names would be boxes; {fonts.ADVICE}")
    zoom = min(ZOOM, _LARGEST / max(drawing.width, drawing.height))
    # One font and no others: what is drawn does not depend on what else is installed.
    made: bytes = svg_to_bytes(
        svg_string=drawing.svg(), zoom=zoom, background="#ffffff", skip_system_fonts=True, font_files=[str(font)]
    )
    return bytes(made)
