"""What changed among people and offices: two offices dissolved into one, a Plh. for some days."""

from datetime import date
from typing import Any

import ckan.plugins.toolkit as tk

from .accounts import DEPUTY, HEAD, acting_as
from .offices import Office
from .schedule import Schedule

_SUCCESSOR = "disnakkan"
_DECREE = "Perda Perangkat Daerah 2025 (contoh)"
_LAST = date(2025, 12, 31)
_AWAY = 9  # working days the head of the office is away


def dissolve(offices: dict[str, Office]) -> None:
    """The offices of animals and of fish, gone since 2026 into one; does nothing where written."""
    successor = offices[_SUCCESSOR]
    known = {row["name"]: row for row in _ask("satudata_office_list", {})}
    for name in successor.pendahulu:
        if name not in known:
            title = name.replace("-", " ").title()
            fields = {"name": name, "title": title, "tahun_berakhir": str(_LAST.year)}
            tk.get_action("organization_create")({"user": "admin"}, fields)
        if name not in known or not known[name]["valid_until"]:
            end = {"id": name, "valid_until": _LAST.isoformat(), "decree": _DECREE}
            _ask("satudata_office_update", end)
    if not known.get(successor.name, {}).get("predecessors"):
        begin = {
            "id": successor.name,
            "decree": _DECREE,
            "predecessors": list(successor.pendahulu),
        }
        _ask("satudata_office_update", begin)


def stand_in(schedule: Schedule) -> None:
    """The secretary of the first office is Plh. of its head for some days from the anchor on."""
    if _ask("satudata_appointment_list", {"user": DEPUTY, "include_past": True}):
        return
    (held,) = _ask("satudata_appointment_list", {"user": HEAD})
    substitute = {
        "id": held["id"],
        "user": DEPUTY,
        "valid_from": schedule.past[-1].isoformat(),
        "valid_until": schedule.coming[_AWAY].isoformat(),
        "decree": "800.1.11.1/211/406.001.3/2026 (contoh)",
    }
    _ask("satudata_appointment_substitute", substitute)


def _ask(action: str, data: dict[str, Any]) -> Any:
    return tk.get_action(action)(acting_as("admin"), data)
