"""JSON read as a table where it is one: a list of flat objects, or the properties of GeoJSON.

APIs wrap such a list ({"data": [...]}, {"result": {"records": [...]}}); it is looked for inside.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .source import READ_ERRORS, Row, Sheet, Source, Unreadable
from .text import detect_encoding

_DEEPEST_WRAPPER = 3


def open_json(path: Path, format: str) -> Source:
    """A JSON or GeoJSON file; without sheets when it is no table. Raises Unreadable."""
    encoding = detect_encoding(path)
    try:
        content = json.loads(path.read_text(encoding=encoding))
    except READ_ERRORS as error:
        raise Unreadable("format-error", format=format.upper()) from error
    if isinstance(content, dict) and content.get("type") in ("FeatureCollection", "Feature"):
        return _geojson(content, encoding)
    if format == "geojson":
        raise Unreadable("format-error", format="GeoJSON")
    source = Source("json", [], encoding=encoding)
    if objects := _records(content):
        source.sheets.append(_sheet(objects))
    return source


def _records(content: Any, depth: int = 0) -> list[dict[str, Any]]:
    """The longest list of objects: the content itself, or what an API wraps it in."""
    if isinstance(content, list):
        return content if content and all(isinstance(item, dict) for item in content) else []
    if not isinstance(content, dict) or depth >= _DEEPEST_WRAPPER:
        return []
    return max((_records(value, depth + 1) for value in content.values()), key=len, default=[])


def _geojson(content: dict[str, Any], encoding: str) -> Source:
    features = content.get("features") if content["type"] == "FeatureCollection" else [content]
    if not isinstance(features, list) or not all(isinstance(f, dict) for f in features):
        raise Unreadable("format-error", format="GeoJSON")
    geometries = [feature.get("geometry") for feature in features]
    source = Source("geojson", [], encoding=encoding, geometries=geometries)
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
