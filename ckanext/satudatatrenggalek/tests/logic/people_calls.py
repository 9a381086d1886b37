"""The actions about people and many at once, as ``test_bad_input`` asks them."""

from __future__ import annotations

from typing import Any

from ..world import CHECKLIST

_DAYS = ("valid_from", "valid_until")
_APPOINTMENT = ("role", "office", "kind", *_DAYS, "decree")

ROWS: tuple[Any, ...] = (
    [{"id": {"a": 1}}],
    [{"id": "a\0b"}],
    [{"id": "posyandu", "content_hash": [1]}],
    [{"id": "posyandu", "checklist": "x"}],
    [{"id": "posyandu", "comment": "\ud800"}],
    [{"content_hash": "x"}],
)

CALLS: dict[str, tuple[str, dict[str, Any], tuple[str, ...]]] = {
    "satudata_checklist_keep": (
        "pemeriksa",
        {"id": "posyandu", "content_hash": "lain", "checklist": CHECKLIST},
        ("id", "content_hash", "checklist"),
    ),
    "satudata_step_take_many": (
        "penyetuju",
        {"step": "approve", "rows": [{"id": "posyandu", "content_hash": "lain"}]},
        ("step", "rows"),
    ),
    "satudata_desk_load": ("penyetuju", {}, ()),
    "satudata_desk_hand_over": (
        "penyetuju",
        {"from_user": "pemeriksa", "to_user": "pemeriksa", "reason": "Cuti."},
        ("from_user", "to_user", "reason"),
    ),
    "satudata_appointment_end": (
        "penyetuju",
        {"id": "none"},
        ("id", "valid_until", "reason"),
    ),
    "satudata_appointment_substitute": (
        "penyetuju",
        {"id": "none", "user": "warga", "valid_until": "2026-12-01", "decree": "SK"},
        ("id", "user", *_DAYS, "decree"),
    ),
    "satudata_appointment_settle": ("penyetuju", {}, ()),
    "satudata_office_list": ("penyetuju", {}, ("include_past",)),
    "satudata_office_show": ("penyetuju", {}, ("id",)),
    "satudata_office_update": (
        "penyetuju",
        {"id": "dinas-pertanian", "decree": "", "valid_until": "2030-01-01"},
        ("id", *_DAYS, "decree", "predecessors"),
    ),
    "satudata_person_invite": (
        "penyetuju",
        {"email": "tini@example.org", "fullname": "Tini", "role": "checker", "decree": ""},
        ("email", "fullname", *_APPOINTMENT),
    ),
    "satudata_person_show": ("penyetuju", {}, ("id",)),
    "satudata_person_list_unappointed": (
        "penyetuju",
        {},
        ("members_only", "after", "limit"),
    ),
}
