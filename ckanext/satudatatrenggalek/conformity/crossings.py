"""Where a closed line crosses itself: a sweep over its edges in the order of one axis.

Only edges that lie beside each other on that axis are compared. The outline of a region has few
of them at any place; a line made to have many is given up after so many comparisons.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import atan2, hypot

Point = tuple[float, float]

_APART = 1e-9  # degrees, a tenth of a millimetre: nearer than this, points touch


class TooMany(Exception):
    """There are more edges side by side than `room` allows to be compared."""


class Room:
    """How many pairs of edges may still be compared."""

    def __init__(self, pairs: int) -> None:
        self._left = pairs

    def take(self, pairs: int) -> None:
        """Use some. Raises TooMany when they are used up."""
        self._left -= pairs
        if self._left < 0:
            raise TooMany


def crossing(ring: Sequence[Sequence[float]], room: Room) -> Point | None:
    """The first place found where a ring crosses itself; None when it does nowhere.

    ring: points of degrees, the last equal to the first. A ring that only touches itself, at a
    point or along an edge, does not cross itself. Raises TooMany.
    """
    points = _different([(float(p[0]), float(p[1])) for p in ring])
    if len(points) < 4:
        return None
    along = _longer_axis(points)
    across = 1 - along
    spans = [
        (*sorted((a[along], b[along])), *sorted((a[across], b[across])))
        for a, b in zip(points, [*points[1:], points[0]], strict=True)
    ]
    beside: list[tuple[float, float, float, int]] = []
    for index in sorted(range(len(spans)), key=spans.__getitem__):
        begin, end, low, high = spans[index]
        beside = [other for other in beside if other[0] >= begin - _APART]
        room.take(len(beside) + 1)
        for _, least, most, other in beside:
            apart = least > high + _APART or most < low - _APART
            if not apart and (place := _cross(points, index, other)):
                return place
        beside.append((end, low, high, index))
    return None


def _different(points: list[Point]) -> list[Point]:
    """Without the last point and any that stands twice in a row."""
    kept = [p for p, before in zip(points, [points[-1], *points], strict=False) if p != before]
    return kept or points[:1]


def _longer_axis(points: Sequence[Point]) -> int:
    """The axis on which fewer edges lie beside each other: their lengths fill it less often."""

    def filled(axis: int) -> float:
        values = [point[axis] for point in points]
        width = max(values) - min(values)
        steps = sum(abs(a - b) for a, b in zip(values, [*values[1:], values[0]], strict=True))
        return steps / width if width else float(len(values))

    return 0 if filled(0) <= filled(1) else 1


def _cross(points: Sequence[Point], one: int, two: int) -> Point | None:
    a, b = points[one], points[(one + 1) % len(points)]
    c, d = points[two], points[(two + 1) % len(points)]
    if (one + 1) % len(points) == two or (two + 1) % len(points) == one:
        return None  # neighbours share a point
    of_c, of_d = _side(a, b, c), _side(a, b, d)
    of_a, of_b = _side(c, d, a), _side(c, d, b)
    if _opposite(of_a, of_b) and _opposite(of_c, of_d):
        share = of_a / (of_a - of_b)
        return a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])
    for vertex, distance, begin, end, other in ((one, of_a, c, d, two), (two, of_c, a, b, one)):
        if abs(distance) <= _APART and _passes(points, vertex, begin, end, other):
            return points[vertex]
    return None


def _side(a: Point, b: Point, p: Point) -> float:
    """How far p lies from the line through a and b, positive on its left."""
    x, y = b[0] - a[0], b[1] - a[1]
    return (x * (p[1] - a[1]) - y * (p[0] - a[0])) / hypot(x, y)


def _opposite(one: float, two: float) -> bool:
    return (one > _APART and two < -_APART) or (one < -_APART and two > _APART)


def _passes(points: Sequence[Point], vertex: int, begin: Point, end: Point, edge: int) -> bool:
    """Whether the line changes sides where one of its points lies on another edge of it."""
    here = points[vertex]
    before, after = points[vertex - 1], points[(vertex + 1) % len(points)]
    if _near(here, begin):
        return _alternate(here, (before, after), (points[edge - 1], end))
    if _near(here, end):
        return _alternate(here, (before, after), (begin, points[(edge + 2) % len(points)]))
    if not _between(here, begin, end):
        return False
    return _opposite(_side(begin, end, before), _side(begin, end, after))


def _near(one: Point, two: Point) -> bool:
    return hypot(one[0] - two[0], one[1] - two[1]) <= _APART


def _between(p: Point, a: Point, b: Point) -> bool:
    return (p[0] - a[0]) * (p[0] - b[0]) + (p[1] - a[1]) * (p[1] - b[1]) < 0


def _alternate(here: Point, one: tuple[Point, Point], two: tuple[Point, Point]) -> bool:
    """Whether two lines through a point lie between each other all around it."""
    angles = [
        (atan2(point[1] - here[1], point[0] - here[0]), line)
        for line, ends in enumerate((one, two))
        for point in ends
    ]
    if len({round(angle, 9) for angle, _ in angles}) < len(angles):
        return False  # they run along each other
    order = [line for _, line in sorted(angles)]
    return order[0] == order[2]
