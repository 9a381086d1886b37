"""Days off of the regency: entered ahead, on the record, moving what runs and nothing else."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from ckan import model

from ckanext.satudatatrenggalek import clock
from ckanext.satudatatrenggalek.model.audit import AuditRecord
from ckanext.satudatatrenggalek.model.tables import StayRecord, SubmissionRecord

from ..world import World

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=timezone.utc)  # 09.00 WIB
DAY = timedelta(days=1)
TUESDAY = {"day": "2026-11-24", "reason": "Hari Jadi Trenggalek", "decree": "SK 188/2026"}


def _refused(world: World, by: str, **data: Any) -> str:
    with pytest.raises(tk.ValidationError) as refusal:
        world.call("satudata_holiday_add", by, **data)
    return refusal.value.error_dict["message"]


def _stays(key: str) -> list[tuple[Any, ...]]:
    rows = model.Session.query(StayRecord).filter_by(submission_id=key)
    ordered = rows.order_by(StayRecord.entered_at, StayRecord.due_at)
    return [(row.state, row.due_at, row.left_at, row.working_seconds) for row in ordered]


def _due(key: str) -> datetime | None:
    record = model.Session.get(SubmissionRecord, key)
    assert record is not None
    return record.due_at


def test_a_day_off_moves_what_runs_and_no_figure_of_the_past(world: World) -> None:
    with clock.at(MONDAY):
        closed = world.at("awaiting_approval", "lama")
        running = world.at("awaiting_check")
    past = [row for row in _stays(closed["id"]) if row[2] is not None]
    assert past
    with clock.at(MONDAY + timedelta(hours=3)):
        assert _due(running["id"]) == MONDAY + DAY
        added = world.call("satudata_holiday_add", "pemeriksa", **TUESDAY)
        assert added["moved"] == 2
        model.Session.expire_all()
        assert _due(running["id"]) == MONDAY + 2 * DAY
        assert [row[1] for row in _stays(running["id"]) if row[2] is None] == [MONDAY + 2 * DAY]
        assert [row for row in _stays(closed["id"]) if row[2] is not None] == past
        # A clock that begins later goes by the new day too.
        world.step(running["id"], "conform", "pemeriksa")
        assert _due(running["id"]) == MONDAY + 2 * DAY + timedelta(hours=3)
    noted = model.Session.query(AuditRecord).filter_by(step="add_holiday").one()
    assert noted.details == {"day": "2026-11-24", "decree": "SK 188/2026", "clocks_moved": 2}


def test_taken_back_before_it_begins_the_clocks_are_where_they_were(world: World) -> None:
    with clock.at(MONDAY):
        shown = world.at("awaiting_check")
        draft = world.draft("nanti", tanggal_pengumpulan="2026-11-24")
        before = _due(shown["id"]), _due(draft["id"])
        added = world.call("satudata_holiday_add", "penyetuju", **TUESDAY)
        model.Session.expire_all()
        assert (_due(shown["id"]), _due(draft["id"])) == (
            before[0] + DAY,  # type: ignore[operator]
            before[1] + DAY,  # type: ignore[operator]
        )
        gone = world.call(
            "satudata_holiday_remove", "pemeriksa", id=added["id"], reason="Acara dibatalkan."
        )
        assert gone["moved"] == 2
        model.Session.expire_all()
        assert (_due(shown["id"]), _due(draft["id"])) == before
        listed = world.call("satudata_holiday_list", "produsen", year="2026")["local"]
        assert [row["removed_reason"] for row in listed] == ["Acara dibatalkan."]
        again = world.call("satudata_holiday_add", "penyetuju", **TUESDAY)
        assert again["id"] != added["id"]
    with clock.at(MONDAY + DAY), pytest.raises(tk.ValidationError) as refusal:
        world.call("satudata_holiday_remove", "pemeriksa", id=again["id"], reason="Terlambat.")
    assert "sudah dihitung dan dilaporkan" in refusal.value.error_dict["message"]


def test_a_clock_that_begins_after_the_day_is_left_alone(world: World) -> None:
    release = datetime(2026, 12, 10, 1, 0, tzinfo=timezone.utc)  # 08.00 WIB
    with clock.at(MONDAY):
        draft = world.draft("nanti", tanggal_pengumpulan="2026-11-26")
        planned = world.at("awaiting_approval", "rencana")
        world.step(planned["id"], "approve", "penyetuju", release_at=release.isoformat())
        before = _due(draft["id"]), _due(planned["id"])
        assert before == (datetime(2026, 11, 26, 9, tzinfo=timezone.utc), release + DAY / 24)
        assert world.call("satudata_holiday_add", "penyetuju", **TUESDAY)["moved"] == 0
        model.Session.expire_all()
        assert (_due(draft["id"]), _due(planned["id"])) == before
        # A day on which they begin moves them by what they have: to the opening of the next.
        for day in ("2026-11-26", "2026-12-10"):
            world.call("satudata_holiday_add", "penyetuju", **{**TUESDAY, "day": day})
        model.Session.expire_all()
        opening = datetime(2026, 12, 11, 0, 30, tzinfo=timezone.utc)
        assert _due(draft["id"]) == datetime(2026, 11, 27, 9, tzinfo=timezone.utc)
        assert _due(planned["id"]) == opening + DAY / 24


def test_a_clock_that_has_ended_stays_ended(world: World) -> None:
    with clock.at(MONDAY):
        shown = world.at("awaiting_check")
    due = _due(shown["id"])
    with clock.at(MONDAY + 3 * DAY):
        added = world.call("satudata_holiday_add", "pemeriksa", **{**TUESDAY, "day": "2026-11-27"})
    assert added["moved"] == 0
    model.Session.expire_all()
    assert _due(shown["id"]) == due


def test_what_is_refused_and_to_whom(world: World) -> None:
    with clock.at(MONDAY):
        assert "Tulis tanggal" in _refused(world, "pemeriksa", reason="x", decree="y")
        assert "keterangannya" in _refused(world, "pemeriksa", **{**TUESDAY, "reason": " "})
        assert "nomor surat" in _refused(world, "pemeriksa", **{**TUESDAY, "decree": ""})
        for day in ("2026-11-20", "2026-11-23"):
            assert "sudah dihitung" in _refused(world, "pemeriksa", **{**TUESDAY, "day": day})
        for day in ("2026-11-28", "2026-12-25"):
            assert "bukan hari kerja" in _refused(world, "pemeriksa", **{**TUESDAY, "day": day})
        assert "tidak terbaca" in _refused(world, "pemeriksa", **{**TUESDAY, "day": "besok"})
        world.call("satudata_holiday_add", "pemeriksa", **TUESDAY)
        assert "bukan hari kerja" in _refused(world, "penyetuju", **TUESDAY)
        for who in ("produsen", "pendukung", "pembina", "forum", "pimpinan", "warga"):
            with pytest.raises(tk.NotAuthorized):
                world.call("satudata_holiday_add", who, **{**TUESDAY, "day": "2026-11-25"})
        for nobody in ("warga", None):
            with pytest.raises(tk.NotAuthorized):
                world.call("satudata_holiday_list", nobody)


def test_the_library_says_for_which_years_it_is_complete(world: World) -> None:
    listed = world.call("satudata_holiday_list", "produsen", year="2026")
    assert listed["complete"]
    christmas = {"day": "2026-12-25", "name": "Hari Raya Natal", "kind": "national"}
    assert christmas in listed["national"]
    assert any(row["kind"] == "joint_leave" for row in listed["national"])
    far = world.call("satudata_holiday_list", "produsen", year="2039")
    assert not far["complete"]
    with clock.at(MONDAY):
        known = world.at("awaiting_check")["clock"]
    with clock.at(datetime(2039, 3, 1, 2, 0, tzinfo=timezone.utc)):
        unknown = world.at("awaiting_check", "jauh")["clock"]
    assert (known["unsure"], unknown["unsure"]) == (False, True)
