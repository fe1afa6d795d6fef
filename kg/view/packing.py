"""The connected parts of a graph side by side in one picture."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy

    Size = tuple[float, float]
    """Width and height in pixels."""

ASPECT = 1.05
"""Width to height of a picture: that of a laptop's screen less the columns beside the picture."""
MARGIN = 12.0
"""Free space around a node with its label towards another part, in pixels."""
_CELLS = 120
"""How fine the grid of packing is: about so many cells to a side of the picture."""
_CELL = 16
"""… but no cell is smaller than this, in pixels."""


@dataclass(frozen=True, slots=True)
class Part:
    """A connected part in its own coordinates."""

    names: list[str]
    points: numpy.ndarray[Any, Any]
    edges: list[tuple[int, int]]


def packed(parts: list[Part], boxes: Mapping[str, Size]) -> dict[str, tuple[int, int]]:
    """The parts side by side, the largest first, each as near to the middle as it goes without touching another.

    A small part may stand in a bay of a large one: what is kept free are the boxes and the lines of the parts, on a
    grid, and a whole picture has about the shape of a screen.
    """
    import numpy as np

    parts = sorted(parts, key=lambda part: (-len(part.names), part.names))
    if not parts:
        return {}
    area = sum((box[0] + MARGIN) * (box[1] + MARGIN) for box in boxes.values())
    cell = max(_CELL, round(math.sqrt(area) / _CELLS))
    masks = [_mask(part, boxes, cell) for part in parts]
    # A square that holds the largest part with all the others around it; powers of two make the search quick.
    widest = max(max(mask.shape) for _, mask in masks)
    side = 2 ** math.ceil(math.log2(2 * math.sqrt(sum(int(mask.size) for _, mask in masks)) + 2 * widest))
    taken = np.zeros((side, side))
    reach = 0.0
    found: dict[str, tuple[int, int]] = {}
    for part, (corner, mask) in zip(parts, masks, strict=True):
        high, wide = mask.shape
        # How many cells of the part would fall on taken ones, for every place at once.
        clash = np.fft.irfft2(np.fft.rfft2(taken) * np.conj(np.fft.rfft2(mask, s=taken.shape)), s=taken.shape)
        free = clash[: side - high, : side - wide] < 0.5
        middle = side / 2
        rows, columns = np.arange(free.shape[0]), np.arange(free.shape[1])
        reach_x = np.maximum(abs(columns - middle), abs(columns + wide - middle)) / ASPECT
        reach_y = np.maximum(abs(rows - middle), abs(rows + high - middle))
        # As little as possible beyond what the picture reaches already, then as near as possible to its middle.
        far = np.where(free, np.maximum(reach_x[None, :], reach_y[:, None]), np.inf)
        least = np.argwhere(far <= max(far.min(), reach) + 1e-6)
        near = np.hypot((least[:, 1] + wide / 2 - middle) / ASPECT, least[:, 0] + high / 2 - middle)
        row, column = (int(one) for one in least[int(np.argmin(np.round(near, 3)))])
        reach = max(reach, float(far[row, column]))
        taken[row : row + high, column : column + wide] += mask
        for name, point in zip(part.names, part.points, strict=True):
            at = (point - corner) + np.array([column, row]) * cell
            found[name] = (round(float(at[0])), round(float(at[1])))
    left, top = (min(place[axis] for place in found.values()) for axis in (0, 1))
    return {name: (x - left, y - top) for name, (x, y) in found.items()}


def _mask(part: Part, boxes: Mapping[str, Size], cell: int) -> tuple[numpy.ndarray[Any, Any], numpy.ndarray[Any, Any]]:
    """(the upper left corner of a part in pixels, the cells that its boxes and lines take)."""
    import numpy as np

    half = np.array([boxes[name] for name in part.names], dtype=float) / 2 + MARGIN
    low, high = part.points - half, part.points + half
    corner = low.min(axis=0)
    wide, tall = np.ceil((high.max(axis=0) - corner) / cell).astype(int) + 1
    mask = np.zeros((int(tall), int(wide)))
    for (x0, y0), (x1, y1) in zip((low - corner) / cell, (high - corner) / cell, strict=True):
        mask[int(y0) : math.ceil(y1), int(x0) : math.ceil(x1)] = 1
    for one, other in part.edges:
        start, end = part.points[one] - corner, part.points[other] - corner
        steps = int(np.abs(end - start).max() / cell * 2) + 2
        line = (start + (end - start) * np.linspace(0, 1, steps)[:, None]) / cell
        mask[line[:, 1].astype(int), line[:, 0].astype(int)] = 1
    return corner, mask
