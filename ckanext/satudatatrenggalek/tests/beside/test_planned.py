"""Planned release and hold; Pembina by kind of data, and what happens where there is none."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from ckanext.satudatatrenggalek import clock, jobs

from ..views.meja_visitor import Visitor, content, refusal
from ..world import World
from .caller import appoint, post

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=timezone.utc)  # 09.00 WIB
THURSDAY = datetime(2026, 11, 26, 1, 0, tzinfo=timezone.utc)  # 08.00 WIB
HOUR = timedelta(hours=1)


def test_a_planned_release_waits_counts_from_its_time_and_comes(world: World) -> None:
    with clock.at(MONDAY):
        key = world.at("awaiting_approval")["dataset_id"]
        shown = world.step(key, "approve", "penyetuju", release_at=THURSDAY.isoformat())
        assert shown["release_at"] == THURSDAY.isoformat()
        assert datetime.fromisoformat(shown["due"]) == THURSDAY + HOUR
        jobs.work()
        assert world.show(key)["state"] == "awaiting_release"
    with clock.at(THURSDAY - timedelta(minutes=1)):
        jobs.work()
        assert world.show(key)["state"] == "awaiting_release"
        with pytest.raises(Exception, match="too_early"):
            world.step(key, "release", "penyetuju")
    with clock.at(THURSDAY):
        jobs.work()
        assert world.show(key)["state"] == "published"


def test_hold_takes_a_planned_release_back(world: World) -> None:
    with clock.at(MONDAY):
        key = world.at("awaiting_approval")["dataset_id"]
        world.step(key, "approve", "penyetuju", release_at=THURSDAY.isoformat())
        shown = world.step(key, "hold", "penyetuju", comment="Tunggu rilis BPS.")
        assert (shown["state"], shown["release_at"]) == ("awaiting_approval", None)
    with clock.at(THURSDAY + HOUR):
        jobs.work()
        assert world.show(key)["state"] == "awaiting_approval"


def test_the_form_takes_a_time_and_the_pages_show_it(portal: Any, world: World) -> None:
    with clock.at(MONDAY):
        key = world.at("awaiting_approval")["id"]
        approver = Visitor(portal, world, "penyetuju")
        page = approver.open(f"/meja/periksa/{key}")
        late = approver.press(page, "Setujui", 409, release_at="20-11-2026 08.00")
        assert "sudah lewat" in refusal(late)
        approver.press(late, "Setujui", release_at="26-11-2026 08.00")
        planned = "Kamis, 26 November 2026 08.00 WIB"
        for who, address in (("penyetuju", "periksa"), ("produsen", "dataset")):
            seen = content(Visitor(portal, world, who).open(f"/meja/{address}/{key}"))
            assert planned in seen, who


def _priority(world: World, **more: Any) -> dict[str, Any]:
    shown = world.draft(prioritas_tahun="2026", **more)
    world.step(shown["id"], "submit", "produsen")
    return world.step(shown["id"], "conform", "pemeriksa")


def test_pembina_answers_for_their_kind_of_data_alone(portal: Any, world: World) -> None:
    for row in world.call("satudata_appointment_list", "penyetuju", role="supervisor"):
        world.call("satudata_appointment_revoke", "penyetuju", id=row["id"])
    appoint(world, "bps", "supervisor", None, kind="statistik")
    appoint(world, "simpul", "supervisor", None, kind="geospasial")
    shown = _priority(world)
    assert (shown["state"], shown["supervisor_missing"]) == ("awaiting_supervisor", False)
    sent = {"id": shown["id"], "step": "endorse", "content_hash": shown["content_hash"]}
    assert post(portal, world, "simpul", "satudata_step_take", **sent)[0] == 404
    status, after = post(portal, world, "bps", "satudata_step_take", **sent)
    assert (status, after["state"]) == (200, "awaiting_approval")


def test_without_a_pembina_it_waits_says_so_and_is_skipped_only_after_the_clock(
    portal: Any, world: World
) -> None:
    with clock.at(MONDAY):
        for row in world.call("satudata_appointment_list", "penyetuju", role="supervisor"):
            world.call("satudata_appointment_revoke", "penyetuju", id=row["id"])
        shown = _priority(world)
        assert shown["state"] == "awaiting_supervisor"
        assert world.show(shown["id"])["supervisor_missing"] is True
        page = Visitor(portal, world, "penyetuju").open(f"/meja/periksa/{shown['id']}")
        assert "Belum ada Pembina Data yang ditunjuk" in content(page)
        sent = {"id": shown["id"], "step": "skip_supervisor", "comment": "Tidak ada Pembina."}
        status, error = post(portal, world, "penyetuju", "satudata_step_take", **sent)
        assert (status, error["reason"]) == (409, "clock_running")
    with clock.at(MONDAY + timedelta(days=3)):
        status, after = post(portal, world, "penyetuju", "satudata_step_take", **sent)
        assert (status, after["state"]) == (200, "awaiting_approval")
