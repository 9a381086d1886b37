"""What no caller should send: for every parameter, and for those read as more than a word."""

from __future__ import annotations

from typing import Any

from . import people_calls

# For every parameter of every action.
NASTY: tuple[Any, ...] = (
    "",
    "a\0b",
    "\ud800",
    "²",
    "9" * 5000,
    10**30,
    1.5,
    [None, "x", {}],
    {"a": 1},
)
# For the parameters that are read as more than one word.
_DAYS = ("0001-01-01", "9999-12-31", "31-02-2026")
_MOMENTS = ("0001-01-01", "9999-12-31T23:59:59+00:00", "besok", True)
MORE: dict[str, tuple[Any, ...]] = {
    **dict.fromkeys(("from", "to", "valid_from", "valid_until", "day"), _DAYS),
    "release_at": _MOMENTS,
    "rows": people_calls.ROWS,
    "before": ("1~bukan-waktu~x", "2~~x", "~"),
    "after": ("1~bukan-waktu~x", "2~~x", "1~2026-01-01~x", "~"),
    "figure": ("rounds.²", f"rounds.{'9' * 5000}", "late.", "reason.x"),
    "schema": (
        "{",
        "[" * 100_000,
        {"fields": [{"name": "a", "constraints": {"pattern": "a{99999999999999}"}}]},
        '{"fields": [{"name": "\\u0000"}]}',
        {"fields": [{"name": "\ud800"}]},
        {"fields": [{"name": "a", "type": ["x"], "constraints": 3}], "primaryKey": 5},
        {"fields": [{"name": "a", "constraints": {"enum": 5}, "satuan": [1]}], "missingValues": 1},
        {"fields": [{"name": "a", "type": "integer", "constraints": {"enum": [{}]}}]},
    ),
    "answers": ("{", "[1]", "[" * 90_000, {"x": {"y": 1}}, {"\ud800": "a"}),
    "year": ("0000", "0001", "9999"),
    "preferences": ({"task": ["mail"]}, {"task": "\0"}, {"\ud800": "mail"}, {"task": None}),
    "findings": (
        [{"text": {"a": 1}}],
        [{"text": "x", "row": 10**30}],
        [{"text": "x", "row": "²"}],
        [{"text": "x", "item": ["standard"]}],
        [{"text": "x", "column": "\0"}],
    ),
    "checklist": (
        {"standard": None},
        {"standard": {"verdict": ["conform"]}},
        {"standard": {"verdict": "conform", "note": {"a": 1}}},
        {"bukan": {"verdict": "conform"}},
    ),
}
