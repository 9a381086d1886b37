"""Whatever a caller sends, the answer is a sentence: never HTTP 500, never an empty refusal."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from ckanext.satudatatrenggalek import plugin
from ckanext.satudatatrenggalek.implementations.logic import ACTIONS
from ckanext.satudatatrenggalek.model import basis
from ckanext.satudatatrenggalek.model.tidied_columns import answers_of

from ..world import CHECKLIST, World
from . import people_calls
from .nasty import MORE, NASTY

PERIOD = {"from": "2026-11-01", "to": "2026-11-30"}
APPOINTMENT = {"user": "warga", "role": "checker", "decree": "SK 2/2026", "kind": "x"}
DAY_OFF = {"day": "2026-01-02", "reason": "Upacara", "decree": "SK 3/2026"}
STEP = {"step": "conform", "content_hash": "lain", "checklist": CHECKLIST}

# For each action: who asks, and what they send with it when only one parameter is wrong. The
# calls that would change something are refused for another reason even then.
CALLS: dict[str, tuple[str, dict[str, Any], tuple[str, ...]]] = {
    **people_calls.CALLS,
    "satudata_request_create": (
        "warga",
        {"id": "posyandu", "kind": "error", "name": "A", "email": "a@contoh.id", "message": "x"},
        ("id", "kind", "name", "email", "message", "website"),
    ),
    "satudata_request_list": ("pemeriksa", {}, ("status", "after", "limit")),
    "satudata_request_show": ("pemeriksa", {"id": "x"}, ("id", "token")),
    "satudata_request_answer": (
        "pemeriksa",
        {"id": "x", "answer": "y"},
        ("id", "answer", "outcome"),
    ),
    "satudata_request_file": ("warga", {"token": "x.y"}, ("token", "resource_id")),
    "satudata_tombstone_list": ("warga", {}, ("limit", "after")),
    "satudata_tombstone_show": ("warga", {}, ("id",)),
    "satudata_audit_list": (
        "penyetuju",
        {},
        ("from", "to", "step", "actor", "dataset", "office", "after", "limit"),
    ),
    "satudata_reconcile_list": ("admin", {}, ("limit",)),
    "satudata_waiting_list": ("admin", {}, ("limit",)),
    "satudata_submission_show": ("pemeriksa", {}, ("id",)),
    "satudata_step_take": (
        "pemeriksa",
        {"id": "posyandu", **STEP},
        (
            *("id", "step", "comment", "checklist", "findings", "content_hash", "release_at"),
            *("office", "decree", "decree_file"),
        ),
    ),
    "satudata_finding_mend": ("pemeriksa", {"id": "finding"}, ("id", "mended")),
    "satudata_edition_list": ("pemeriksa", {}, ("id",)),
    "satudata_edition_show": ("pemeriksa", {"id": "posyandu", "number": 1}, ("id", "number")),
    "satudata_edition_file": (
        "pemeriksa",
        {"id": "posyandu", "number": 1},
        ("id", "number", "resource_id"),
    ),
    "satudata_edition_diff": ("pemeriksa", {"id": "posyandu", "from": 1}, ("id", "from", "to")),
    "satudata_edition_diff_rows": (
        "pemeriksa",
        {"id": "posyandu", "from": 1, "resource_id": "resource"},
        ("id", "from", "to", "resource_id"),
    ),
    "satudata_desk_list": (
        "pemeriksa",
        {},
        (
            *("state", "office", "kind", "priority", "urgent", "late", "q", "machine", "claimed"),
            *("holder", "after", "before", "limit"),
        ),
    ),
    "satudata_desk_claim": ("pemeriksa", {}, ("id",)),
    "satudata_desk_unclaim": ("pemeriksa", {}, ("id",)),
    "satudata_me_show": ("pemeriksa", {}, ()),
    "satudata_home_show": ("pemeriksa", {}, ()),
    "satudata_conformity_show": ("pemeriksa", {}, ("resource_id",)),
    "satudata_conformity_table": (
        "pemeriksa",
        {"resource_id": "resource"},
        ("resource_id", "offset", "limit"),
    ),
    "satudata_schema_show": ("produsen", {"resource_id": "other"}, ("resource_id", "schema")),
    "satudata_schema_accept": ("produsen", {"resource_id": "other"}, ("resource_id", "schema")),
    **{
        f"satudata_tidied_{name}": ("produsen", {"resource_id": "other"}, ("resource_id", *more))
        for name, more in (
            ("show", ("answers",)),
            ("prepare", ("answers",)),
            ("accept", ("answers", "sha256")),
            ("file", ("answers", "part")),
        )
    },
    **{
        f"satudata_marked_{name}": ("pemeriksa", {"resource_id": "resource"}, ("resource_id",))
        for name in ("show", "prepare", "file")
    },
    "satudata_appointment_list": (
        "penyetuju",
        {},
        ("id", "role", "office", "user", "include_past", "ending", "after", "limit"),
    ),
    "satudata_appointment_grant": (
        "penyetuju",
        APPOINTMENT,
        ("user", "role", "office", "kind", "valid_from", "valid_until", "decree"),
    ),
    "satudata_appointment_revoke": ("penyetuju", {"id": "none"}, ("id", "reason")),
    "satudata_submission_sign_off": ("produsen", {"id": "draf"}, ("id", "content_hash")),
    "satudata_submission_ask_urgent": ("pemeriksa", {"id": "posyandu"}, ("id", "reason")),
    "satudata_submission_urge": (
        "pemeriksa",
        {"id": "posyandu", "urgent": False},
        ("id", "urgent", "reason"),
    ),
    "satudata_talk_list": ("pemeriksa", {}, ("id",)),
    "satudata_talk_add": ("pemeriksa", {"id": "posyandu"}, ("id", "text")),
    "satudata_office_signoff_show": ("pemeriksa", {}, ("office",)),
    "satudata_office_signoff_set": (
        "penyetuju",
        {"office": "dinas-kominfo", "required": "default"},
        ("office", "required"),
    ),
    "satudata_office_transfer": (
        "pemeriksa",
        {"from": "dinas-kominfo", "to": "dinas-pertanian", "decree": "SK 2/2026"},
        ("from", "to", "decree", "decree_file", "limit", "after"),
    ),
    "satudata_on_behalf_open": (
        "pemeriksa",
        {"office": "dinas-kominfo", "sender": "Camat"},
        ("office", "dataset", "sender", "letter", "letter_date", "letter_file"),
    ),
    "satudata_on_behalf_close": ("pemeriksa", {}, ("id",)),
    "satudata_on_behalf_list": ("pemeriksa", {}, ()),
    "satudata_paper_show": ("pemeriksa", {}, ("id",)),
    "satudata_receipt_show": ("pemeriksa", {}, ("id",)),
    "satudata_submission_changes": ("pemeriksa", {}, ("id",)),
    "satudata_check_report": ("pemeriksa", {}, ("id",)),
    "satudata_holiday_list": ("pemeriksa", {}, ("year",)),
    "satudata_holiday_add": ("pemeriksa", DAY_OFF, ("day", "reason", "decree")),
    "satudata_holiday_remove": ("pemeriksa", {"id": "none"}, ("id", "reason")),
    "satudata_notice_list": ("pemeriksa", {}, ("unread", "after", "limit")),
    "satudata_notice_read": ("pemeriksa", {"id": "0"}, ("id", "all")),
    "satudata_notice_preferences_show": ("pemeriksa", {}, ()),
    "satudata_notice_preferences_update": ("pemeriksa", {}, ("preferences",)),
    "satudata_report_figures": ("sekretariat", PERIOD, ("from", "to", "office")),
    "satudata_report_drill": (
        "sekretariat",
        {**PERIOD, "figure": "published"},
        ("from", "to", "office", "figure", "limit", "offset"),
    ),
    "satudata_report_issue": (
        "sekretariat",
        {"from": "2026-11-30", "to": "2026-11-01"},
        ("from", "to"),
    ),
    "satudata_document_list": ("sekretariat", {}, ()),
    "satudata_document_show": ("sekretariat", {}, ("id",)),
    "satudata_document_file": ("sekretariat", {"id": "none"}, ("id", "format")),
}


def _answer(portal: Any, headers: dict[str, str], action: str, data: Any) -> tuple[int, str]:
    """HTTP status and the sentence of the refusal, if it is one."""
    sent = portal.post(
        f"/api/3/action/{action}",
        data=json.dumps(data),
        headers={**headers, "Content-Type": "application/json"},
    )
    body = sent.json
    return sent.status_code, "" if body["success"] else str(body["error"].get("message", ""))


def _is_sentence(text: str) -> bool:
    return bool(text.strip()) and "Missing value" not in text and "Traceback" not in text


def test_every_action_is_asked() -> None:
    assert plugin.SatuDataTrenggalekPlugin
    offered = {name for module in ACTIONS for name in module.__all__}
    assert {name for name in offered if name.startswith("satudata_")} == set(CALLS)


def test_nothing_a_caller_sends_breaks_an_action(world: World, portal: Any) -> None:
    submission = world.at("awaiting_check")
    draft = world.draft("draf")
    known = {"resource": submission["resources"][0]["id"], "other": draft["resources"][0]["id"]}
    wrong: list[Any] = []
    for action, (by, base, names) in CALLS.items():
        base = {k: known.get(v, v) if isinstance(v, str) else v for k, v in base.items()}
        for name in names:
            for value in (*NASTY, *MORE.get(name, ())):
                status, text = _answer(portal, world.headers(by), action, {**base, name: value})
                fine = status == 200 or (status in (403, 404, 409) and _is_sentence(text))
                if not fine:
                    wrong.append((action, name, str(value)[:40], status, text[:80]))
        status, text = _answer(portal, world.headers(by), action, {})
        if status != 200 and not (status in (403, 404, 409) and _is_sentence(text)):
            wrong.append((action, "nothing sent", "", status, text))
    assert wrong == []
    assert world.show(submission["id"])["state"] == "awaiting_check"


@pytest.mark.parametrize(
    ("action", "data", "word"),
    [
        ("satudata_desk_list", {"machine": "rusak"}, "machine"),
        ("satudata_desk_list", {"claimed": "siapa"}, "claimed"),
        ("satudata_desk_list", {"state": ["draft", "tayang"]}, "tayang"),
        ("satudata_desk_list", {"limit": "banyak"}, "limit"),
        ("satudata_step_take", {"id": "x\0"}, "id"),
        ("satudata_submission_show", {}, "id"),
    ],
)
def test_the_sentence_names_what_is_wrong(
    world: World, portal: Any, action: str, data: dict[str, Any], word: str
) -> None:
    status, text = _answer(portal, world.headers("pemeriksa"), action, data)
    assert status == 409
    assert word in text


def test_an_appointment_for_an_unknown_kind_is_refused(world: World, portal: Any) -> None:
    status, text = _answer(
        portal, world.headers("penyetuju"), "satudata_appointment_grant", APPOINTMENT
    )
    assert status == 409
    assert "kind" in text


def test_a_file_where_text_is_expected_is_refused(world: World, portal: Any) -> None:
    sent = portal.post(
        "/api/3/action/satudata_submission_show",
        data={"id": (io.BytesIO(b"x"), "x.txt")},
        headers=world.headers("pemeriksa"),
        content_type="multipart/form-data",
    )
    assert sent.status_code == 409
    assert sent.json["error"]["reason"] == "bad_input"


@pytest.mark.parametrize(
    "address",
    [
        "/meja?sesudah=1~x~y",
        "/meja?mesin=rusak&status=tayang",
        "/meja/tugas?sesudah=x",
        "/meja?q=%00",
        "/meja/laporan?dari=0001-01-01&sampai=9999-12-31",
        "/meja/laporan/rounds.%C2%B2",
        "/meja/periksa/%00",
        "/meja/pemberitahuan?sesudah=%C2%B2&baru=x",
        "/meja/hari-libur?tahun=0001",
        "/meja/hari-libur?tahun=%00",
    ],
)
def test_no_address_breaks_a_page(world: World, portal: Any, address: str) -> None:
    answer = portal.get(address, headers=world.headers("pemeriksa"))
    assert answer.status_code in (200, 400, 404, 409)


def test_what_is_nested_without_end_is_nothing_on_any_page() -> None:
    """It is kept as it was sent, in fields that nobody validates, and read by every page."""
    assert basis.read_json("[" * 100_000) is None
    assert answers_of("[" * 100_000) == {}
