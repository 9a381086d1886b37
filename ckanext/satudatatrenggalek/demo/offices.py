"""The regency's present offices, from ``offices.csv``, with the offices they replaced in 2026.

Facts of the regency's own performance system; predecessors are named, not created.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

import ckan.plugins.toolkit as tk
from ckan import model

_FILE = Path(__file__).with_name("offices.csv")


@dataclass(frozen=True)
class Office:
    """One office. ``key`` is the demo's own short name of it."""

    key: str
    name: str
    title: str
    singkatan: str
    jenis: str
    tahun_mulai_berlaku: str
    pendahulu: tuple[str, ...]


def read() -> dict[str, Office]:
    """All offices by key."""
    text = _FILE.read_text("utf-8")
    found = {}
    for row in csv.DictReader(text.splitlines()):
        before = tuple(name for name in row["pendahulu"].split(";") if name)
        found[row["key"]] = Office(**{**row, "pendahulu": before})
    return found


def ensure(offices: dict[str, Office], by: str) -> None:
    """Create the offices that are missing; those that exist are left as they are."""
    names = [office.name for office in offices.values()]
    query = model.Session.query(model.Group.name).filter(model.Group.name.in_(names))
    known = {name for (name,) in query}
    for office in offices.values():
        if office.name not in known:
            tk.get_action("organization_create")({"user": by}, _fields(office))


def _fields(office: Office) -> dict[str, object]:
    fields = {
        "name": office.name,
        "title": office.title,
        "singkatan": office.singkatan,
        "jenis": office.jenis,
        "tahun_mulai_berlaku": office.tahun_mulai_berlaku,
        "pendahulu": list(office.pendahulu),
    }
    return {name: value for name, value in fields.items() if value}
