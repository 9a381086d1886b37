"""Before an appointment, a Plh.'s time or an office ends, its people and who renews it are told."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from ckan import model
from ckan.lib.jobs import Worker

from ckanext.satudatatrenggalek import clock, minute
from ckanext.satudatatrenggalek.domain.deadlines import WIB
from ckanext.satudatatrenggalek.model.notices import NoticeRecord
from ckanext.satudatatrenggalek.notices import ending

from ..world import FOUNDED, World
from .post_office import PostOffice, text_of

LAST = date(2026, 12, 31)
RENEW = {"penyetuju", "penyetuju_lain", "admin"}
LEADS = "ckanext.satudatatrenggalek.notice.ending_days"


def _at(before: int, hour: int = 3) -> datetime:
    """So many days before the last day."""
    return datetime(2026, 12, 31, hour, tzinfo=WIB) - timedelta(days=before)


def _watch(before: int, hour: int = 3) -> int:
    at = _at(before, hour)
    with clock.at(at):
        return ending.watch(model.Session, at)


def _told(event: str) -> list[str]:
    """Who was told of an event, by account, oldest first."""
    rows = model.Session.query(NoticeRecord, model.User.name)
    rows = rows.join(model.User, model.User.id == NoticeRecord.user_id).order_by(NoticeRecord.id)
    return [name for row, name in rows if row.event == event]


def _appoint(world: World, user: str = "warga", **more: Any) -> dict[str, Any]:
    given = {
        "user": user,
        "role": "producer",
        "office": world.office["id"],
        "decree": "SK 9/2026",
        "valid_until": LAST.isoformat(),
    }
    with clock.at(FOUNDED):
        return world.call("satudata_appointment_grant", "admin", **{**given, **more})


def test_told_thirty_and_seven_days_before_once_each(world: World) -> None:
    _appoint(world)
    assert _watch(31) == 0
    assert _watch(30) == 1
    assert _watch(30, 9) == _watch(8) == 0
    assert _told("appointment_ends") == ["warga"]
    assert sorted(_told("appointments_end")) == sorted(RENEW)
    assert _watch(7) == 1
    assert [_watch(before) for before in (6, 1, 0, -1, -40)] == [0] * 5
    assert _told("appointment_ends") == ["warga", "warga"]
    with clock.at(_at(7)):
        row = world.call("satudata_notice_list", "warga")["results"][0]
        renewed = world.call("satudata_notice_list", "penyetuju")["results"][0]
    assert row["head"] == "Penunjukan Anda segera berakhir: Produsen Data"
    assert row["office"] == "Dinas Kesehatan"
    said = "Tugas Anda menurut keputusan SK 9/2026 berlaku sampai Kamis, 31 Desember 2026."
    assert row["happened"] == said
    assert renewed["head"] == "Penunjukan segera berakhir: 1 penunjukan"
    (line,) = renewed["findings"]
    assert line == ("Warga, Produsen Data, Dinas Kesehatan: sampai 31 Desember 2026 (SK 9/2026)")


@pytest.mark.parametrize(("first", "then"), [(12, 7), (5, None), (0, None)])
def test_after_a_standstill_only_the_nearest_is_told(
    world: World, first: int, then: int | None
) -> None:
    _appoint(world)
    assert _watch(first) == 1
    assert _watch(first) == 0
    if then is not None:
        assert _watch(then) == 1
    assert len(_told("appointment_ends")) == (2 if then is not None else 1)


def test_never_once_it_is_over_revoked_or_renewed(world: World) -> None:
    over = _appoint(world)
    assert _watch(-1) == 0
    _appoint(world, valid_from="2027-01-01", valid_until="", decree="SK 1/2027")
    assert _watch(30) == 0
    other = _appoint(world, "produsen_lain")
    with clock.at(_at(40)):
        world.call("satudata_appointment_revoke", "penyetuju", id=other["id"])
    assert _watch(30) == 0
    assert over["valid_until"] == LAST.isoformat()


def test_an_end_that_is_moved_is_told_again(world: World) -> None:
    made = _appoint(world)
    assert _watch(30) == 1
    with clock.at(_at(28)):
        world.call("satudata_appointment_end", "penyetuju", id=made["id"], valid_until="2026-12-08")
    assert _watch(28) == 1  # five days are left: told at once, and not of thirty days too
    assert _watch(27) == 0
    assert _told("appointment_ends") == ["warga", "warga"]


def test_a_short_time_is_told_of_only_as_far_as_it_reaches(world: World, ckan_config: Any) -> None:
    _appoint(world, valid_from="2026-12-11")
    assert _watch(20) == 0
    assert _watch(7) == 1
    with clock.at(_at(4)):
        held = world.call("satudata_appointment_list", "admin", user="pemeriksa")[0]
        world.call(
            "satudata_appointment_substitute",
            "penyetuju",
            id=held["id"],
            user="pendukung",
            valid_until=LAST.isoformat(),
            decree="SP 4/2026",
        )
    assert _watch(3) == 0
    ckan_config[LEADS] = "30 7 1"
    try:
        assert _watch(1) == 2
    finally:
        ckan_config[LEADS] = "30 7"
    with clock.at(_at(1)):
        row = world.call("satudata_notice_list", "pendukung")["results"][0]
    assert row["happened"].startswith("Tugas Anda sebagai Plh. Pemeriksa menurut keputusan SP 4")


def test_a_substitute_ends_with_whom_it_stands_for(world: World) -> None:
    held = _appoint(world, "warga", role="checker", office="")
    with clock.at(_at(60)):
        world.call(
            "satudata_appointment_substitute",
            "penyetuju",
            id=held["id"],
            user="pendukung",
            valid_until=LAST.isoformat(),
            decree="SP 4/2026",
        )
        world.call("satudata_appointment_end", "penyetuju", id=held["id"], valid_until="2026-12-20")
    assert _watch(41) == 2  # the twentieth is thirty days away
    assert sorted(_told("appointment_ends")) == ["pendukung", "warga"]


def test_an_office_s_people_are_told_and_not_twice(world: World) -> None:
    _appoint(world)
    with clock.at(_at(90)):
        world.call(
            "satudata_office_update",
            "penyetuju",
            id=world.office["id"],
            valid_until=LAST.isoformat(),
            decree="Perda 5/2026",
        )
    assert _watch(31) == 0
    assert _watch(30) == 1
    assert sorted(_told("office_ends")) == sorted({"produsen", "pendukung", "warga"} | RENEW)
    assert _told("appointment_ends") == []
    with clock.at(_at(30)):
        row = world.call("satudata_notice_list", "produsen")["results"][0]
        todo = world.call("satudata_notice_list", "penyetuju")["results"][0]
    assert row["head"] == "Perangkat daerah segera berakhir: Dinas Kesehatan"
    assert "Kamis, 31 Desember 2026 menurut Perda 5/2026" in row["happened"]
    assert todo["link"].endswith(f"/perangkat-daerah/{world.office['name']}")
    with clock.at(_at(29)):
        world.call(
            "satudata_office_update",
            "penyetuju",
            id=world.office["id"],
            valid_until="2027-06-30",
            decree="Perda 6/2026",
        )
    assert _watch(29) == 1  # the appointment ends by itself now
    assert _told("appointment_ends") == ["warga"]
    assert _watch(-181 + 30) == 1
    assert len(_told("office_ends")) == 5 + 6  # one of them is appointed no more


def test_many_ends_of_one_day_are_one_notice_to_who_renews(world: World) -> None:
    for name in ("warga", "pembina", "forum", "pimpinan"):
        _appoint(world, name)
    assert _watch(30) == 4
    assert sorted(_told("appointments_end")) == sorted(RENEW)
    assert len(_told("appointment_ends")) == 4
    with clock.at(_at(30)):
        row = world.call("satudata_notice_list", "admin")["results"][0]
    assert (row["title"], len(row["findings"])) == ("4 penunjukan", 4)


def test_two_workers_at_once_tell_once(world: World) -> None:
    for name in ("warga", "pembina", "forum"):
        _appoint(world, name)
    gate, at = threading.Barrier(3), _at(30)

    def run() -> int:
        gate.wait()
        try:
            return ending.watch(model.Session, at)
        finally:
            model.Session.remove()

    model.Session.commit()
    with ThreadPoolExecutor(3) as workers:
        counts = [each.result() for each in [workers.submit(run) for _ in range(3)]]
    assert sum(counts) == 3
    assert sorted(_told("appointment_ends")) == ["forum", "pembina", "warga"]


def test_killed_before_the_commit_it_was_not_told_and_is_told_once(
    world: World, monkeypatch: Any
) -> None:
    class Killed(BaseException):
        pass

    def die(*_args: Any, **_more: Any) -> None:
        raise Killed

    _appoint(world)
    monkeypatch.setattr(model.Session, "commit", die)
    with pytest.raises(Killed):
        _watch(30)
    monkeypatch.undo()
    model.Session.rollback()
    assert _told("appointment_ends") == []
    assert _watch(30) == 1
    assert _told("appointment_ends") == ["warga"]


def test_the_worker_s_minute_tells_and_mails(world: World, post: PostOffice) -> None:
    last = clock.today() + timedelta(days=20)
    _appoint(world, valid_until=last.isoformat())
    for _ in range(2):
        past = clock.now() - timedelta(minutes=2)
        tk.get_job_queue().enqueue_at(past, minute.run, result_ttl=0)
        model.Session.remove()
        Worker().work(burst=True, with_scheduler=True)
    (letter,) = post.of("warga")
    assert str(letter["Subject"]) == "Penunjukan Anda segera berakhir: Produsen Data"
    assert "SK 9/2026" in text_of(letter)
    (other,) = post.of("penyetuju")
    assert "Yang berakhir:\n1. Warga, Produsen Data, Dinas Kesehatan" in text_of(other)
