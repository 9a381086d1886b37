"""Rings that cross themselves, and those that only touch themselves."""

from __future__ import annotations

import json
from math import cos, pi, sin
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckanext.satudatatrenggalek.conformity import geometry
from ckanext.satudatatrenggalek.conformity.crossings import Room, TooMany, crossing

from .conftest import find
from .test_geometry import SQUARE, polygon, said

BOW = [[111.5, -8.1], [111.6, -8.0], [111.6, -8.1], [111.5, -8.0], [111.5, -8.1]]


def ring(*points):
    return [*points, points[0]]


def place(points):
    return crossing(points, Room(10**6))


def star(number, jag, seed=1):
    """An outline of so many points around a centre, never crossing itself."""
    random = Random(seed)
    angles = [2 * pi * i / number for i in range(number)]
    radii = [0.2 + jag * random.random() for _ in angles]
    return ring(
        *([111.7 + r * cos(a), -8.1 + r * sin(a)] for a, r in zip(angles, radii, strict=True))
    )


def test_a_bow_tie_is_told_with_its_place(check):
    found = find(said(check, polygon(SQUARE), polygon(BOW)), "geometry-crosses")
    assert [(f.row, f.severity) for f in found] == [(3, "warning")]
    assert "fitur ke-2" in found[0].message
    assert "111.550000, -8.050000" in found[0].message
    assert "QGIS" in found[0].remedy


def test_a_hole_and_a_part_of_several_are_looked_at(check):
    hole = [[x * 0.5 + 55.76, y * 0.5 - 4.03] for x, y in BOW]
    several = {"type": "MultiPolygon", "coordinates": [[SQUARE], [BOW]]}
    collection = {"type": "GeometryCollection", "geometries": [polygon(SQUARE, hole)]}
    report = said(check, several, collection)
    assert [f.row for f in find(report, "geometry-crosses")] == [2, 3]


@pytest.mark.parametrize(
    ("points", "where"),
    [
        # through a point that lies on another edge
        (ring((0, 0), (4, 0), (4, 2), (2, 0), (1, -2), (0, -2)), (2, 0)),
        # through a point that stands twice, the lines changing sides
        (ring((0, 0), (2, 2), (4, 4), (4, 0), (2, 2), (0, 4)), (2, 2)),
        (ring((0, 0), (10, 0), (10, 5), (5, 5), (5, -1), (0, -1)), (5, 0)),
    ],
)
def test_crossings_at_points_and_edges(points, where):
    turned = [(y, x) for x, y in points]
    assert place(points) == pytest.approx(where)
    assert place(turned) == pytest.approx(where[::-1])
    assert place(points[::-1]) == pytest.approx(where)


@pytest.mark.parametrize(
    "points",
    [
        SQUARE,
        ring((0, 0), (4, 0), (4, 4), (2, 0), (0, 4)),  # touches an edge with a point
        ring((0, 0), (2, 2), (0, 4), (4, 4), (2, 2), (4, 0)),  # touches itself at a point
        ring((0, 0), (4, 0), (4, 0), (4, 4), (0, 4)),  # a point stands twice in a row
        ring((0, 0), (4, 0), (4, 4), (2, 4), (2, 6), (2, 4), (0, 4)),  # goes out and back
        ring((0, 0), (0, 0), (0, 0)),
        star(3_000, 0.1),
    ],
)
def test_what_only_touches_itself_does_not_cross(points):
    assert place(points) is None


@given(
    points=st.lists(
        st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=4, max_size=9, unique=True
    )
)
@settings(max_examples=400, deadline=None, derandomize=True)
def test_no_crossing_inside_edges_is_overlooked(points):
    """Against every edge with every other, in whole numbers."""

    def side(a, b, p):
        return (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])

    edges = list(zip(points, [*points[1:], points[0]], strict=True))
    crossed = any(
        side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0
        for a, b in edges
        for c, d in edges
    )
    if crossed:
        assert place(ring(*points)) is not None
    if place(ring(*points)) is None:
        assert not crossed


def test_an_outline_of_a_hundred_thousand_points_is_compared_within_bounds():
    outline = star(100_000, 0.00002)
    assert crossing(outline, Room(5_000_000)) is None
    outline[70_000], outline[70_003] = outline[70_003], outline[70_000]
    assert crossing(outline, Room(5_000_000)) is not None


def test_a_ring_made_to_be_slow_is_given_up_and_said_so(check, monkeypatch):
    # A comb whose teeth lie aslant: they are side by side whichever way one looks.
    teeth = [(0.3 * (i // 2 % 2 ^ i % 2), 1e-7 * i) for i in range(4_000)]
    comb = ring(*((111.5 + long + wide, -8.1 + long - wide) for long, wide in teeth))
    with pytest.raises(TooMany):
        crossing(comb, Room(100_000))
    monkeypatch.setattr(geometry, "_COMPARED", 100_000)
    report = said(check, polygon(SQUARE), json.loads(json.dumps(polygon(comb))))
    (finding,) = find(report, "geometry-uncompared")
    assert (finding.row, finding.severity) == (3, "warning")
