"""GeoJSON as geometry: closed rings, direction, place, region codes."""

from __future__ import annotations

import json

import pytest

from ckanext.satudatatrenggalek.conformity.geometry import geometry_problem

from .conftest import codes, only

SQUARE = [[111.5, -8.1], [111.6, -8.1], [111.6, -8.0], [111.5, -8.0], [111.5, -8.1]]


def polygon(*rings):
    return {"type": "Polygon", "coordinates": list(rings)}


def features(*geometries, **properties):
    named = properties or {"kode_wilayah": "35.03.01", "luas": 12.5}
    return json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {"type": "Feature", "properties": {**named, "nomor": f"F{n}"}, "geometry": g}
                for n, g in enumerate(geometries)
            ],
        }
    )


def said(check, *geometries, **properties):
    return check(features(*geometries, **properties), name="peta.geojson")


def test_a_clean_map_of_several_types(check):
    point = {"type": "Point", "coordinates": [111.7, -8.05]}
    line = {"type": "LineString", "coordinates": [[111.7, -8.05], [111.8, -8.1]]}
    assert codes(said(check, polygon(SQUARE), point, line)) == []


@pytest.mark.parametrize(
    ("geometry", "problem"),
    [
        (polygon(SQUARE[:4]), "tidak tertutup"),
        (polygon([SQUARE[0], SQUARE[1], SQUARE[0]]), "kurang dari empat titik"),
        ({"type": "Point", "coordinates": [-8.05, 111.7]}, "tertukar"),
        ({"type": "Point", "coordinates": [560000, 9100000]}, "UTM"),
        ({"type": "Point", "coordinates": ["111", "-8"]}, "bukan angka"),
        ({"type": "Circle", "coordinates": [1, 2]}, "tidak dikenal"),
        ({"type": "GeometryCollection", "geometries": [polygon(SQUARE[:4])]}, "tidak tertutup"),
        ({"type": "GeometryCollection", "geometries": None}, "tidak dikenal"),
        (None, "tidak punya geometri"),
    ],
)
def test_what_a_map_cannot_draw(check, geometry, problem):
    assert problem in geometry_problem(geometry)
    finding = only(said(check, polygon(SQUARE), geometry), "geometry")
    assert (finding.row, finding.severity) == (3, "error")


def test_places_far_away_are_one_warning(check):
    rembang = {"type": "Point", "coordinates": [111.34, -6.7]}
    finding = only(said(check, rembang, rembang, polygon(SQUARE)), "geometry-far")
    assert (finding.row, finding.severity) == (2, "warning")
    assert "(2 fitur)" in finding.message


def test_an_outline_running_clockwise(check):
    assert only(said(check, polygon(SQUARE[::-1])), "geometry-turned").severity == "warning"
    hole = [[111.52, -8.08], [111.52, -8.02], [111.58, -8.02], [111.52, -8.08]]
    assert codes(said(check, polygon(SQUARE, hole))) == []


def test_a_map_without_region_codes(check):
    finding = only(said(check, polygon(SQUARE), kecamatan="Panggul"), "geometry-no-code")
    assert "`kode_wilayah`" in finding.remedy
