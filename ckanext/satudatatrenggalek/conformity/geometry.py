"""GeoJSON geometry: present, of a known type, coordinates in degrees (WGS 84)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from .collect import Collector

_DEPTH = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}


def report_geometries(geometries: Sequence[Any], found: Collector) -> None:
    """One finding per feature whose geometry a map could not draw. Row 2 is the first feature."""
    for number, geometry in enumerate(geometries, start=1):
        if problem := geometry_problem(geometry):
            found.add("geometry", row=number + 1, feature=number, problem=problem)


def geometry_problem(geometry: Any) -> str:
    """What is wrong with a geometry, in words; "" when nothing is."""
    if not isinstance(geometry, dict):
        return "tidak punya geometri"
    if geometry.get("type") == "GeometryCollection":
        parts = geometry.get("geometries")
        parts = parts if isinstance(parts, list) else [None]
        return next((problem for part in parts if (problem := _simple(part))), "")
    return _simple(geometry)


def _simple(geometry: Any) -> str:
    if not isinstance(geometry, dict) or geometry.get("type") not in _DEPTH:
        return "jenis geometrinya tidak dikenal"
    points = list(_points(geometry.get("coordinates"), _DEPTH[geometry["type"]]))
    if not points:
        return "tidak punya koordinat"
    for point in points:
        if problem := _point_problem(point):
            return problem
    return ""


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
    if not (-180 <= x <= 180 and -90 <= y <= 90):
        return "koordinatnya bukan derajat bujur dan lintang (mungkin masih UTM)"
    return ""
