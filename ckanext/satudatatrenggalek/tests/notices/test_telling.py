"""Who is told of which step: written with the step, read by nobody who may not read the dataset."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from ckan import model
from sqlalchemy import event

from ckanext.satudatatrenggalek import clock, jobs
from ckanext.satudatatrenggalek.logic import steps
from ckanext.satudatatrenggalek.model.notices import NoticeRecord

from ..world import World

SECRET = "Angka Panggul rahasia"
EVERYBODY = (
    "produsen",
    "produsen_lain",
    "pendukung",
    "pemeriksa",
    "penyetuju",
    "penyetuju_lain",
    "pembina",
    "forum",
    "sekretariat",
    "pimpinan",
    "warga",
    "admin",
)


def heads(world: World, name: str) -> list[str]:
    listed = world.call("satudata_notice_list", name)["results"]
    return [row["head"].split(":")[0] for row in listed]


def told(world: World) -> dict[str, list[str]]:
    """Everybody who has notices, with their headlines, newest first."""
    return {name: said for name in EVERYBODY if (said := heads(world, name))}


def test_submitting_tells_those_who_may_check(world: World) -> None:
    world.at("awaiting_check")
    assert told(world) == {"pendukung": ["Perlu diperiksa"], "pemeriksa": ["Perlu diperiksa"]}
    row = world.call("satudata_notice_list", "pemeriksa")["results"][0]
    assert row["title"] == "Jumlah Posyandu"
    assert row["office"] == "Dinas Kesehatan"
    assert row["happened"] == "Produsen mengajukan dataset ini."
    assert row["to_do"].startswith("Periksa enam butirnya")
    assert row["due_text"].endswith("WIB")
    assert row["link"] == f"/meja/periksa/{row['submission_id']}"
    assert world.call("satudata_me_show", "pemeriksa")["unread"] == 1


def test_returning_tells_the_producers_with_the_notes_and_nobody_else(world: World) -> None:
    shown = world.at("awaiting_check")
    finding = {"item": "standard", "row": 3, "column": "jumlah_posyandu", "text": SECRET}
    world.step(shown["id"], "return", "pemeriksa", findings=[finding], comment=SECRET)
    assert told(world)["produsen"] == ["Perlu perbaikan"]
    row = world.call("satudata_notice_list", "produsen")["results"][0]
    assert row["findings"] == [f"Standar Data (baris 3, kolom jumlah_posyandu): {SECRET}"]
    assert row["note"] == SECRET
    assert row["link"] == f"/meja/dataset/{shown['id']}"
    assert SECRET not in row["brief"] + row["head"] + row["happened"]
    for name in set(EVERYBODY) - {"produsen"}:
        assert SECRET not in str(world.call("satudata_notice_list", name)), name


def test_the_whole_way_to_the_public(world: World) -> None:
    world.at("published")
    assert told(world) == {
        "produsen": ["Sudah terbit", "Disetujui", "Dinyatakan sesuai"],
        "pendukung": ["Perlu diperiksa"],
        "pemeriksa": ["Perlu diperiksa"],
        "penyetuju": ["Sudah terbit", "Perlu keputusan Anda"],
        "penyetuju_lain": ["Sudah terbit", "Perlu keputusan Anda"],
    }


def test_retracting_tells_the_office_and_the_walidata(world: World) -> None:
    world.at("retracted")
    first = {name: said[0] for name, said in told(world).items()}
    retracted = {name for name, said in first.items() if said == "Ditarik dari publik"}
    assert retracted == {"produsen", "pendukung", "pemeriksa", "penyetuju_lain"}


def test_priority_goes_to_the_supervisor(world: World) -> None:
    shown = world.at("awaiting_check", prioritas_tahun="2026")
    shown = world.step(shown["id"], "conform", "pemeriksa")
    assert shown["state"] == "awaiting_supervisor"
    assert told(world)["pembina"] == ["Perlu keputusan Anda"]
    assert "penyetuju" not in told(world)
    world.step(shown["id"], "endorse", "pembina")
    assert told(world)["penyetuju"] == ["Perlu persetujuan Anda"]


def test_work_on_a_desk_is_told_to_that_person_alone(world: World) -> None:
    shown = world.at("awaiting_check")
    world.call("satudata_desk_claim", "pendukung", id=shown["id"])
    world.step(shown["id"], "return", "pendukung")
    world.step(shown["id"], "submit", "produsen")
    assert heads(world, "pendukung") == ["Perlu diperiksa"] * 2
    assert heads(world, "pemeriksa") == ["Perlu diperiksa"]


def test_whoever_prepared_it_is_not_asked_to_check_it(world: World) -> None:
    grant = {"user": "pemeriksa", "role": "producer", "decree": "SK 2/2026"}
    world.call("satudata_appointment_grant", "admin", office=world.office["id"], **grant)
    package = world.draft()
    world.call("package_patch", "pemeriksa", id=package["dataset_id"], satuan="Posyandu")
    jobs.work()
    world.step(package["id"], "submit", "produsen")
    assert set(told(world)) == {"pendukung"}


def test_what_may_no_longer_be_read_is_told_no_longer(world: World) -> None:
    """Visibility at reading: a draft is its office's own, whatever was told before."""
    shown = world.at("awaiting_check")
    key = world.call("satudata_notice_list", "pemeriksa")["results"][0]["id"]
    world.step(shown["id"], "withdraw", "produsen")
    assert told(world) == {}
    assert world.call("satudata_me_show", "pemeriksa")["unread"] == 0
    with pytest.raises(tk.ObjectNotFound):
        world.call("satudata_notice_read", "pemeriksa", id=key)
    world.step(shown["id"], "submit", "produsen")
    assert heads(world, "pemeriksa") == ["Perlu diperiksa"] * 2
    [grant] = world.call("satudata_appointment_list", "admin", user="pendukung")
    world.call("satudata_appointment_revoke", "penyetuju", id=grant["id"])
    assert heads(world, "pendukung") == []


def test_a_deleted_account_is_told_of_nothing(world: World) -> None:
    world.call("user_delete", "admin", id="pendukung")
    world.at("awaiting_check")
    named = {row.user_id for row in model.Session.query(NoticeRecord)}
    assert named == {world.users["pemeriksa"]["id"]}


def test_a_step_that_is_undone_tells_nobody(world: World, monkeypatch: Any) -> None:
    shown = world.draft()

    def lost(*_args: Any, **_more: Any) -> None:
        raise tk.ValidationError({"message": "lost"})

    monkeypatch.setattr(steps.outbox, "add", lost)
    with pytest.raises(tk.ValidationError):
        world.step(shown["id"], "submit", "produsen")
    model.Session.rollback()
    assert model.Session.query(NoticeRecord).count() == 0


def test_reading_marks_one_s_own_and_no_other_s(world: World) -> None:
    world.at("awaiting_check")
    world.at("awaiting_check", "kedua")
    mine = world.call("satudata_notice_list", "pemeriksa")
    theirs = world.call("satudata_notice_list", "pendukung")["results"][0]["id"]
    assert mine["unread"] == 2
    for key in (theirs, 0, 10**14):
        with pytest.raises(tk.ObjectNotFound):
            world.call("satudata_notice_read", "pemeriksa", id=key)
    assert world.call("satudata_notice_read", "pemeriksa", id=mine["results"][0]["id"]) == {
        "unread": 1,
        "link": mine["results"][0]["link"],
    }
    left = world.call("satudata_notice_list", "pemeriksa", unread=True)["results"]
    assert [row["id"] for row in left] == [mine["results"][1]["id"]]
    assert world.call("satudata_notice_read", "pemeriksa", all=True) == {"unread": 0}
    assert world.call("satudata_notice_list", "pendukung")["unread"] == 2
    with pytest.raises(tk.NotAuthorized):
        world.call("satudata_notice_list", None)


def test_pages_follow_each_other(world: World) -> None:
    for number in range(5):
        world.at("awaiting_check", f"data-{number}")
    seen: list[int] = []
    after = ""
    while after is not None:
        page = world.call("satudata_notice_list", "pemeriksa", limit=2, after=after)
        seen += [row["id"] for row in page["results"]]
        after = page["next"]
    assert len(seen) == 5
    assert seen == sorted(seen, reverse=True)


def test_the_number_in_the_header_takes_one_statement(world: World) -> None:
    world.at("awaiting_check")
    seen: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        seen.append(statement)

    event.listen(model.meta.engine, "before_cursor_execute", note)
    try:
        world.call("satudata_me_show", "pemeriksa")
    finally:
        event.remove(model.meta.engine, "before_cursor_execute", note)
    assert len([statement for statement in seen if "satudata_notice" in statement]) == 1


def test_preferences_are_one_s_own_and_checked(world: World) -> None:
    before = world.call("satudata_notice_preferences_show", "pemeriksa")
    chosen = {row["kind"]: row["channel"] for row in before["preferences"]}
    assert chosen == {"task": "mail", "result": "mail", "deadline": "mail", "public": "digest"}
    after = world.call(
        "satudata_notice_preferences_update",
        "pemeriksa",
        preferences={"task": "digest", "public": "portal"},
    )
    chosen = {row["kind"]: row["channel"] for row in after["preferences"]}
    assert chosen == {"task": "digest", "result": "mail", "deadline": "mail", "public": "portal"}
    assert (
        world.call("satudata_notice_preferences_show", "pendukung")["preferences"]
        == (before["preferences"])
    )
    for wrong in ({}, "mail", {"tugas": "mail"}, {"task": "merpati"}, {"task": ["mail"]}):
        with pytest.raises(tk.ValidationError):
            world.call("satudata_notice_preferences_update", "pemeriksa", preferences=wrong)
    world.at("awaiting_check")
    rows = {row.user_id: row for row in model.Session.query(NoticeRecord)}
    assert rows[world.users["pemeriksa"]["id"]].mail == "digest"
    assert rows[world.users["pemeriksa"]["id"]].mail_after > clock.now()
    assert rows[world.users["pendukung"]["id"]].mail == "mail"
