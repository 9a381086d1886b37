"""JSON read as a table where it is one: a list of flat objects, or the properties of GeoJSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .source import READ_ERRORS, Row, Sheet, Source, Unreadable
from .text import detect_encoding


def open_json(path: Path, format: str) -> Source:
    """A JSON or GeoJSON file; without sheets when it is no table. Raises Unreadable."""
    try:
        content = json.loads(path.read_text(encoding=detect_encoding(path)))
    except READ_ERRORS as error:
        raise Unreadable("format-error", format=format.upper()) from error
    if isinstance(content, dict) and content.get("type") in ("FeatureCollection", "Feature"):
        return _geojson(content)
    if format == "geojson":
        raise Unreadable("format-error", format="GeoJSON")
    source = Source("json", [])
    if isinstance(content, list) and content and all(isinstance(i, dict) for i in content):
        source.sheets.append(_sheet(content))
    return source


def _geojson(content: dict[str, Any]) -> Source:
    features = content.get("features") if content["type"] == "FeatureCollection" else [content]
    if not isinstance(features, list) or not all(isinstance(f, dict) for f in features):
        raise Unreadable("format-error", format="GeoJSON")
    source = Source("geojson", [], geometries=[f.get("geometry") for f in features])
    properties = [p if isinstance(p := f.get("properties"), dict) else {} for f in features]
    if any(properties):
        source.sheets.append(_sheet(properties))
    return source


def _sheet(objects: list[dict[str, Any]]) -> Sheet:
    names = list(dict.fromkeys(name for item in objects for name in item))
    table: list[Row] = [list(names)]
    table += [[_scalar(item.get(name)) for name in names] for item in objects]
    return Sheet("", lambda: iter(table))


def _scalar(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else value
