"""Nodes with their labels side by side: none over another, and no more empty space than it takes.

A force-directed layout knows points; here each point is a box.  Boxes that overlap push one another apart, and a
picture that is drawn together a little in each round while they do so fills its holes as grain fills a sack: the
neighbours stay neighbours, and names can be twice as large on the screen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy

    from kg.view.packing import Size

    Points = numpy.ndarray[Any, Any]
    """Centres, one row a point, x and y."""

GAP = 6.0
"""The least free space between two nodes with their labels, in pixels."""
ROUNDS = 400
"""Rounds of pushing apart; it ends early when nothing overlaps."""
DRAWN = 0.02
"""How much a picture is drawn together in a round: more of it tears neighbours apart, less does not reach the holes."""
_PUSH = 0.35
"""How much of an overlap a push takes away: with all of it, three boxes in a row would swing for ever."""
_AGAIN = 5
"""After so many rounds it is asked anew who is near whom, in pictures of more than `_FEW` nodes."""
_FEW = 120
_NEAR = 30.0
"""How near two boxes are whose overlap is watched meanwhile, in pixels."""


def untangled(points: Points, boxes: Sequence[Size]) -> Points:
    """The points moved as little as it takes for no two boxes to overlap."""
    pushing = _Pushing(boxes)
    for turn in range(ROUNDS):
        points, moved = pushing.once(points, turn)
        if not moved:
            break
    return points


def compacted(points: Points, boxes: Sequence[Size], *, aspect: float, rounds: int) -> Points:
    """Points whose boxes do not overlap, drawn together for so many rounds towards a picture of that aspect."""
    import numpy as np

    if len(points) < 3:
        return untangled(points, boxes)
    pushing = _Pushing(boxes)
    half = np.array(boxes, dtype=float) / 2
    for turn in range(rounds):
        low, high = (points - half).min(axis=0), (points + half).max(axis=0)
        wide, tall = high - low
        # The side that is too long is drawn together more.
        shares = np.clip(np.array([wide / (tall * aspect), tall * aspect / wide]), 0.4, 1.6)
        middle = (low + high) / 2
        points = middle + (points - middle) * (1 - DRAWN * shares * (1 - turn / rounds))
        points, _ = pushing.once(points, turn)
    return untangled(points, boxes)


class _Pushing:
    """Boxes that push one another apart, and who is near whom."""

    def __init__(self, boxes: Sequence[Size]) -> None:
        import numpy as np

        self._half = np.array(boxes, dtype=float).reshape(-1, 2) / 2 + GAP / 2
        self._pairs = np.triu_indices(len(boxes), 1)
        self._one, self._other = self._pairs

    def once(self, points: Points, turn: int) -> tuple[Points, bool]:
        """The points after one round, and whether any box overlapped another."""
        import numpy as np

        count = len(points)
        if count > _FEW and turn % _AGAIN == 0:
            one, other = self._pairs
            room = self._half[one] + self._half[other] + _NEAR
            near = (np.abs(points[one] - points[other]) < room).all(axis=1)
            self._one, self._other = one[near], other[near]
        one, other = self._one, self._other
        apart = points[one] - points[other]
        need = self._half[one] + self._half[other]
        lack = need - np.abs(apart)
        clash = (lack > 0.5).all(axis=1)
        if not clash.any():
            if count > _FEW and turn % _AGAIN:
                return self.once(points, 0)  # those that came near since
            return points, False
        one, other, apart, need, lack = one[clash], other[clash], apart[clash], need[clash], lack[clash]
        # Along the side where less is missing, but labels are wide and low, and pushing them only up and down would
        # make a tower of every crowd.
        along_x = lack[:, 0] / np.sqrt(need[:, 0]) < lack[:, 1] / np.sqrt(need[:, 1])
        # Of two nodes in one place, the earlier one goes up and to the left.
        push = _PUSH * lack * np.where(apart < 0, -1.0, np.where(apart > 0, 1.0, -1.0))
        push[:, 0] *= along_x
        push[:, 1] *= ~along_x
        moved = [np.bincount(one, push[:, axis], count) - np.bincount(other, push[:, axis], count) for axis in (0, 1)]
        return points + np.stack(moved, axis=1), True
