"""GeoJSON geometry: present, of a known type, in degrees (WGS 84), closed, not crossing itself,
in Trenggalek.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from .collect import Collector
from .crossings import Room, TooMany, crossing
from .regions import is_code_column
from .report import WARNING

_DEPTH = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}
_COMPARED = 10_000_000  # pairs of edges of all features together, some seconds
_AREAS = ("Polygon", "MultiPolygon")
# Kabupaten Trenggalek with a little of its neighbours and of the sea, in degrees.
WEST, EAST, SOUTH, NORTH = 111.35, 112.0, -8.6, -7.8


@dataclass
class _Met:
    """Findings of one kind: how many features, and the first of them."""

    count: int = 0
    feature: int = 0

    def meet(self, feature: int) -> None:
        self.count += 1
        self.feature = self.feature or feature


def report_geometries(
    geometries: Sequence[Any], found: Collector, labels: Sequence[str] = ()
) -> None:
    """Findings about the features of a GeoJSON file. Row 2 is the first feature.

    labels: of the properties. What a map could not draw is told feature by feature, the rest once.
    """
    far, turned, uncompared = _Met(), _Met(), _Met()
    room = Room(_COMPARED)
    for number, geometry in enumerate(geometries, start=1):
        if problem := geometry_problem(geometry):
            found.add("geometry", row=number + 1, feature=number, problem=problem)
            continue
        _report_crossing(geometry, number, found, room, uncompared)
        if not _near(geometry):
            far.meet(number)
        if _turned(geometry):
            turned.meet(number)
    kinds = {"far": far, "turned": turned, "uncompared": uncompared}
    for code, met in kinds.items():
        if met.count:
            more = f" ({met.count} fitur)" if met.count > 1 else ""
            found.add(
                f"geometry-{code}", WARNING, row=met.feature + 1, feature=met.feature, more=more
            )
    if geometries and not any(is_code_column(label) for label in labels):
        found.add("geometry-no-code", WARNING)


def _report_crossing(
    geometry: dict[str, Any], number: int, found: Collector, room: Room, uncompared: _Met
) -> None:
    """The first place where an outline of a feature, or a hole in it, crosses itself."""
    rings = (ring for part in _parts(geometry) for _, ring in _rings(part))
    try:
        place = next((place for ring in rings if (place := crossing(ring, room))), None)
    except TooMany:
        uncompared.meet(number)
        return
    if place:
        where = f"{place[0]:.6f}, {place[1]:.6f}"
        found.add("geometry-crosses", WARNING, row=number + 1, feature=number, place=where)


def geometry_problem(geometry: Any) -> str:
    """What is wrong with a geometry, in words; "" when nothing is."""
    if not isinstance(geometry, dict):
        return "tidak punya geometri"
    return next((problem for part in _parts(geometry) if (problem := _simple(part))), "")


def _parts(geometry: dict[str, Any]) -> list[Any]:
    if geometry.get("type") != "GeometryCollection":
        return [geometry]
    parts = geometry.get("geometries")
    return parts if isinstance(parts, list) else [None]


def _simple(geometry: Any) -> str:
    if not isinstance(geometry, dict) or geometry.get("type") not in _DEPTH:
        return "jenis geometrinya tidak dikenal"
    points = list(_points(geometry.get("coordinates"), _DEPTH[geometry["type"]]))
    if not points:
        return "tidak punya koordinat"
    for point in points:
        if problem := _point_problem(point):
            return problem
    return _ring_problem(geometry)


def _points(coordinates: Any, depth: int) -> Iterator[Any]:
    if depth == 0:
        yield coordinates
    elif isinstance(coordinates, list):
        for part in coordinates:
            yield from _points(part, depth - 1)
    else:
        yield None


def _point_problem(point: Any) -> str:
    if not isinstance(point, list) or len(point) < 2:
        return "susunan koordinatnya keliru"
    x, y = point[:2]
    if not all(isinstance(v, (int, float)) and not isinstance(v, bool) for v in (x, y)):
        return "koordinatnya bukan angka"
    if SOUTH <= x <= NORTH and WEST <= y <= EAST:
        return "bujur dan lintangnya tertukar (bujur, sekitar 111, ditulis lebih dulu)"
    if not (-180 <= x <= 180 and -90 <= y <= 90):
        return "koordinatnya bukan derajat bujur dan lintang (mungkin masih UTM)"
    return ""


def _rings(geometry: dict[str, Any]) -> Iterator[tuple[bool, list[Any]]]:
    """(is the outline, ring) of every ring of an area."""
    if geometry["type"] not in _AREAS:
        return
    polygons = geometry["coordinates"]
    for polygon in [polygons] if geometry["type"] == "Polygon" else polygons:
        for index, ring in enumerate(polygon):
            yield index == 0, ring


def _ring_problem(geometry: dict[str, Any]) -> str:
    for _, ring in _rings(geometry):
        if len(ring) < 4:
            return "garis batasnya kurang dari empat titik"
        if ring[0] != ring[-1]:
            return "garis batasnya tidak tertutup (titik terakhir harus sama dengan titik pertama)"
    return ""


def _near(geometry: dict[str, Any]) -> bool:
    """Whether any point lies in or beside Trenggalek."""
    return any(
        WEST <= point[0] <= EAST and SOUTH <= point[1] <= NORTH
        for part in _parts(geometry)
        for point in _points(part["coordinates"], _DEPTH[part["type"]])
    )


def _turned(geometry: dict[str, Any]) -> bool:
    """Whether an outline runs clockwise or a hole does not: some maps then fill the outside."""
    return any(
        (_area(ring) > 0) != outline
        for part in _parts(geometry)
        for outline, ring in _rings(part)
        if _area(ring)
    )


def _area(ring: list[Any]) -> float:
    """Twice the area, positive when the ring runs against the clock."""
    x0, y0 = ring[0][:2]
    return sum(
        (a[0] - x0) * (b[1] - y0) - (b[0] - x0) * (a[1] - y0)
        for a, b in zip(ring, ring[1:], strict=False)
    )
