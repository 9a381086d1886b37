"""Clocks: nobody resets one, and what the desk shows is what the report counts."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from ckan import model

from ckanext.satudatatrenggalek import clock, jobs
from ckanext.satudatatrenggalek.model.tables import StayRecord, SubmissionRecord

from ..world import NEEDS, World

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=timezone.utc)  # 09.00 WIB


def _stay(key: str, state: str) -> StayRecord:
    rows = model.Session.query(StayRecord).filter_by(submission_id=key, state=state)
    return rows.order_by(StayRecord.entered_at.desc()).first()  # pyright: ignore


def _due(key: str) -> datetime | None:
    record = model.Session.get(SubmissionRecord, key)
    assert record is not None
    return record.due_at


def test_a_planned_date_set_later_is_counted_by_the_report_too(world: World) -> None:
    with clock.at(MONDAY):
        shown = world.draft()
        world.call(
            "package_patch", "produsen", id=shown["dataset_id"], tanggal_pengumpulan="2026-11-24"
        )
    due = _due(shown["id"])
    assert due is not None
    assert _stay(shown["id"], "draft").due_at == due


def test_a_draft_that_is_late_stays_late(world: World) -> None:
    with clock.at(MONDAY):
        shown = world.draft(tanggal_pengumpulan="2026-11-23")
    due = _due(shown["id"])
    with clock.at(MONDAY + timedelta(days=7)):
        world.call(
            "package_patch", "produsen", id=shown["dataset_id"], tanggal_pengumpulan="2026-12-24"
        )
        assert _due(shown["id"]) == due
        assert world.show(shown["id"])["clock"]["kind"] == "late"


def test_withdrawing_does_not_take_the_draft_clock_away(world: World) -> None:
    with clock.at(MONDAY):
        shown = world.draft(tanggal_pengumpulan="2026-11-23")
        due = _due(shown["id"])
        world.step(shown["id"], "submit", "produsen")
        world.step(shown["id"], "withdraw", "produsen")
    assert due is not None
    assert _due(shown["id"]) == due
    assert _stay(shown["id"], "draft").due_at == due


def test_the_walidata_s_clock_stands_still_while_the_producer_corrects(world: World) -> None:
    with clock.at(MONDAY):
        shown = world.at("awaiting_check")
    with clock.at(MONDAY + timedelta(hours=2)):
        world.step(shown["id"], "return", "pemeriksa")
    with clock.at(MONDAY + timedelta(days=10)):
        assert _stay(shown["id"], "awaiting_check").working_seconds == 2 * 3600
        assert world.show(shown["id"])["clock"]["kind"] == "late"
        counts = world.call("satudata_desk_list", "pemeriksa")["counts"]
        assert {row["state"]: row["late"] for row in counts}["awaiting_check"] == 0


def test_waiting_for_a_planned_release_is_nobody_s_working_time(world: World) -> None:
    later = MONDAY + timedelta(days=3)
    with clock.at(MONDAY):
        shown = world.at("awaiting_approval")
        world.step(shown["id"], "approve", "penyetuju", release_at=later.isoformat())
    with clock.at(later + timedelta(minutes=10)):
        jobs.work()
    stay = _stay(shown["id"], "awaiting_release")
    assert stay.left_step == "release"
    assert stay.working_seconds == 600


@pytest.mark.parametrize(
    ("access", "before", "after"),
    [
        ("terbuka", "published", "retracted"),
        ("terbatas", "published", "retracted"),
        ("tertutup", "none", "none"),
    ],
)
def test_what_was_never_public_is_not_named_when_it_is_retracted(
    world: World, access: str, before: str, after: str
) -> None:
    more: dict[str, Any] = {"accessRights": access, **NEEDS[access]}
    shown = world.at("published", **more)
    assert shown["public_state"] == before
    shown = world.step(shown["id"], "retract", "penyetuju", comment="Angka keliru.")
    assert (shown["state"], shown["public_state"]) == ("retracted", after)
    shown = world.step(shown["id"], "reinstate", "penyetuju_lain", comment="Sudah benar.")
    assert (shown["state"], shown["public_state"]) == ("published", before)
