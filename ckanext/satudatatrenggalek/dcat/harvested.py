"""Reads the RDF of other portals back into the answers of our own schema.

ckanext-dcat leaves what it read in fields of the same name; a URI there is not an answer our
schema knows, and the whole dataset would be refused for it.
"""

import json
from typing import Any

from .terms import value_of_uri

# What the DCAT-AP profile calls it: what our schema calls it.
_CODED = {
    "theme": "theme",
    "frequency": "accrualPeriodicity",
    "access_rights": "accessRights",
}
_DAYS = ("temporal_start", "temporal_end")


def adapt(package: dict[str, Any]) -> None:
    """Replace URIs by our own answers; what has none stays as an extra under its old name."""
    for theirs, ours in _CODED.items():
        read = _take(package, theirs)
        values = _listed(read)
        known = [value for value in (value_of_uri(ours, uri) for uri in values) if value]
        if known:
            package[ours] = known[0]
        elif values and theirs != ours:
            package["extras"].append({"key": theirs, "value": read})
    for day in _DAYS:
        if package.get(day):
            package[day] = str(package[day])[:10]


def _take(package: dict[str, Any], key: str) -> Any:
    """The value of a field or an extra, taken out of the dataset."""
    if key in package:
        return package.pop(key)
    found = [extra for extra in package.get("extras", []) if extra["key"] == key]
    for extra in found:
        package["extras"].remove(extra)
    return found[0]["value"] if found else None


def _listed(value: Any) -> list[str]:
    """One URI, or a list of them as JSON text."""
    text = str(value or "")
    if text.startswith("["):
        return [str(item) for item in json.loads(text)]
    return [text] if text else []
