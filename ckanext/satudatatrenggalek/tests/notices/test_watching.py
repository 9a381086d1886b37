"""Clocks watched: a reminder before the end, an escalation after, each once for a stay."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from ckan import model
from sqlalchemy import text

from ckanext.satudatatrenggalek import clock, jobs
from ckanext.satudatatrenggalek.model.notices import NoticeRecord
from ckanext.satudatatrenggalek.model.tables import StayRecord
from ckanext.satudatatrenggalek.notices import watching

from ..world import World
from .test_telling import told

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=timezone.utc)  # 09.00 WIB
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def _watch(at: datetime) -> int:
    with clock.at(at):
        return watching.watch(model.Session, at)


def _events() -> list[tuple[str, str]]:
    rows = model.Session.query(NoticeRecord, model.User.name).join(
        model.User, model.User.id == NoticeRecord.user_id
    )
    watched = [(name, row.event) for row, name in rows if row.event in ("remind", "escalate")]
    return sorted(watched)


def test_reminded_in_the_last_three_working_hours_and_escalated_after(world: World) -> None:
    with clock.at(MONDAY):
        world.at("awaiting_check")  # due on Tuesday at 09.00
    assert _watch(MONDAY + 4 * HOUR) == 0
    assert _watch(MONDAY + 6 * HOUR) == 1  # 15.00: one hour today, one and a half tomorrow
    assert _watch(MONDAY + 6 * HOUR) == 0
    assert _events() == [("pemeriksa", "remind"), ("pendukung", "remind")]
    assert _watch(MONDAY + DAY) == 0  # not late in its last moment
    assert _watch(MONDAY + DAY + HOUR) == 1
    assert _watch(MONDAY + 9 * DAY) == 0
    late = [name for name, event in _events() if event == "escalate"]
    assert late == ["pemeriksa", "pendukung", "penyetuju", "penyetuju_lain"]
    with clock.at(MONDAY + 9 * DAY):
        row = world.call("satudata_notice_list", "penyetuju")["results"][0]
    assert row["head"] == "Lewat tenggat: Jumlah Posyandu"
    assert row["happened"] == "Langkah «Menunggu pemeriksaan» belum selesai pada waktunya."
    assert row["to_do"] == ""


def test_a_standstill_over_both_moments_escalates_once_and_reminds_no_more(world: World) -> None:
    with clock.at(MONDAY):
        world.at("awaiting_check")
    assert _watch(MONDAY + 30 * DAY) == 1
    assert {event for _, event in _events()} == {"escalate"}
    assert _watch(MONDAY + 30 * DAY) == 0


def test_a_clock_set_back_repeats_nothing(world: World) -> None:
    with clock.at(MONDAY):
        world.at("awaiting_check")
    _watch(MONDAY + 6 * HOUR)
    _watch(MONDAY + 2 * DAY)
    once = _events()
    for back in (MONDAY, MONDAY + 6 * HOUR, MONDAY + 2 * DAY):
        assert _watch(back) == 0
    assert _events() == once


def test_an_end_that_moves_later_is_reminded_of_again_and_one_that_moves_earlier_is_not(
    world: World,
) -> None:
    with clock.at(MONDAY):
        world.at("awaiting_check")  # due on Tuesday at 09.00
    _watch(MONDAY + 6 * HOUR)
    with clock.at(MONDAY + 6 * HOUR):
        off = {"day": "2026-11-24", "reason": "Hari jadi", "decree": "SE 1/2026"}
        world.call("satudata_holiday_add", "penyetuju", **off)
    assert _watch(MONDAY + 7 * HOUR) == 1  # Wednesday at 09.00 now: still the last working hours
    assert _watch(MONDAY + DAY + 6 * HOUR) == 0
    reminded = [name for name, event in _events() if event == "remind"]
    assert reminded == ["pemeriksa", "pemeriksa", "pendukung", "pendukung"]
    model.Session.query(StayRecord).update({"due_at": StayRecord.due_at - HOUR})
    model.Session.commit()
    assert _watch(MONDAY + 2 * DAY - 2 * HOUR) == 0
    assert _watch(MONDAY + 3 * DAY) == 1
    assert {event for _, event in _events()} == {"remind", "escalate"}


def test_each_stay_has_its_own_reminder_and_those_that_were_left_none(world: World) -> None:
    with clock.at(MONDAY):
        shown = world.at("awaiting_check")
    _watch(MONDAY + 6 * HOUR)
    with clock.at(MONDAY + 7 * HOUR):
        world.step(shown["id"], "return", "pemeriksa")  # three days for the producer
    assert _watch(MONDAY + 2 * DAY) == 0
    assert _watch(MONDAY + 3 * DAY + 6 * HOUR) == 1
    assert ("produsen", "remind") in _events()
    assert _watch(MONDAY + 4 * DAY) == 1
    late = {name for name, event in _events() if event == "escalate"}
    assert late == {"produsen", "pemeriksa", "penyetuju", "penyetuju_lain"}


def test_an_office_s_late_draft_is_told_to_its_head_and_never_to_the_walidata(world: World) -> None:
    grant = {"user": "warga", "role": "office_head", "decree": "SK 3/2026"}
    with clock.at(MONDAY):
        world.call("satudata_appointment_grant", "admin", office=world.office["id"], **grant)
        world.draft(tanggal_pengumpulan="2026-11-24")
    with clock.at(MONDAY + 3 * DAY + 5 * HOUR):
        assert watching.watch(model.Session, clock.now()) == 1
        assert told(world) == {"produsen": ["Lewat tenggat"], "warga": ["Lewat tenggat"]}


def test_the_supervisor_s_lateness_is_told_to_the_approver(world: World) -> None:
    with clock.at(MONDAY):
        shown = world.at("awaiting_check", prioritas_tahun="2026")
        world.step(shown["id"], "conform", "pemeriksa")
    _watch(MONDAY + 3 * DAY)
    late = [name for name, event in _events() if event == "escalate"]
    assert late == ["pembina", "penyetuju", "penyetuju_lain"]


def test_work_on_a_desk_reminds_that_person_alone(world: World) -> None:
    with clock.at(MONDAY):
        shown = world.at("awaiting_check")
        world.call("satudata_desk_claim", "pendukung", id=shown["id"])
    _watch(MONDAY + 6 * HOUR)
    assert _events() == [("pendukung", "remind")]


def test_two_workers_at_once_tell_once(world: World) -> None:
    with clock.at(MONDAY):
        for number in range(4):
            world.at("awaiting_check", f"data-{number}")
    at, gate = MONDAY + 2 * DAY, threading.Barrier(3)

    def run() -> int:
        gate.wait()
        try:
            return watching.watch(model.Session, at)
        finally:
            model.Session.remove()

    model.Session.commit()
    with ThreadPoolExecutor(3) as workers:
        counts = [each.result() for each in [workers.submit(run) for _ in range(3)]]
    assert sum(counts) == 4
    assert len(_events()) == 4 * 4


def test_killed_before_the_commit_it_was_not_told_and_is_told_once(
    world: World, monkeypatch: Any
) -> None:
    class Killed(BaseException):
        pass

    def die(*_args: Any, **_more: Any) -> None:
        raise Killed

    with clock.at(MONDAY):
        world.at("awaiting_check")
    monkeypatch.setattr(model.Session, "commit", die)
    with pytest.raises(Killed):
        _watch(MONDAY + 2 * DAY)
    monkeypatch.undo()
    model.Session.rollback()
    assert _events() == []
    assert _watch(MONDAY + 2 * DAY) == 1
    assert len(_events()) == 4


def test_a_release_refused_for_changed_content_is_told_once(world: World, caplog: Any) -> None:
    submission = world.at("awaiting_release")
    model.Session.execute(
        text("UPDATE package SET notes = 'lain' WHERE id = :id"), {"id": submission["dataset_id"]}
    )
    model.Session.commit()
    for _ in range(3):
        jobs.work()
    refused = [row for row in model.Session.query(NoticeRecord) if row.event == "release_refused"]
    assert len(refused) == 2
    said = [record for record in caplog.records if submission["id"] in record.getMessage()]
    assert len(said) == 1
    row = world.call("satudata_notice_list", "penyetuju")["results"][0]
    assert row["head"] == "Belum bisa diterbitkan: Jumlah Posyandu"
    assert "Tahan dataset ini" in row["to_do"]


@pytest.mark.parametrize("back", [HOUR, 3 * DAY])
def test_a_clock_set_back_between_two_steps_keeps_every_figure_whole(
    world: World, back: timedelta
) -> None:
    with clock.at(MONDAY):
        shown = world.at("awaiting_check")
    with clock.at(MONDAY - back):
        shown = world.step(shown["id"], "conform", "pemeriksa")
    stays: Callable[[], list[StayRecord]] = lambda: (  # noqa: E731
        model.Session.query(StayRecord).filter_by(submission_id=shown["id"]).all()
    )
    rows = {row.state: row for row in stays()}
    assert set(rows) == {"draft", "awaiting_check", "awaiting_approval"}
    for row in rows.values():
        assert row.left_at is None or row.left_at >= row.entered_at
        assert row.working_seconds is None or row.working_seconds >= 0
    assert rows["awaiting_approval"].entered_at >= rows["awaiting_check"].entered_at
    assert rows["awaiting_approval"].due_at == MONDAY + DAY
    history = shown["history"]
    assert [event["step"] for event in history if event["step"] in ("submit", "conform")] == [
        "conform",
        "submit",
    ]
