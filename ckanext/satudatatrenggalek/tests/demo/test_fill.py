"""A small demo stands there: states, people, times, marks, and what the public sees."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from ckan import model

from ckanext.satudatatrenggalek import working_time
from ckanext.satudatatrenggalek.demo import accounts, catalogue, fill, offices, stories
from ckanext.satudatatrenggalek.demo.schedule import schedule_of
from ckanext.satudatatrenggalek.model.audit import AuditRecord
from ckanext.satudatatrenggalek.model.tables import StayRecord, SubmissionRecord

from .conftest import PASSWORD, STORIES, Demo, chosen


def _show(name: str, by: str = "admin") -> dict[str, Any]:
    return tk.get_action("satudata_submission_show")(accounts.acting_as(by), {"id": name})


def test_every_dataset_reaches_the_state_of_its_story(demo: Demo) -> None:
    found = {spec.story: _show(spec.name)["state"] for spec in demo.specs}
    assert found == STORIES


def test_a_second_run_changes_nothing(demo: Demo) -> None:
    before = _everything()
    again = demo.again()
    assert again.events == 0
    assert _everything() == before


def _everything() -> list[Any]:
    model.Session.rollback()
    tables = (
        "satudata_audit",
        "satudata_submission",
        "satudata_appointment",
        "satudata_outbox",
        "package",
        "resource",
        '"group"',
        '"user"',
        "member",
        "activity",
    )
    query = "SELECT count(*), md5(string_agg(t::text, '' ORDER BY t::text)) FROM {} t"
    return [model.Session.execute(sa.text(query.format(table))).one() for table in tables]


def test_offices_accounts_and_appointments_are_there(demo: Demo) -> None:
    assert demo.filled[0].offices == 40
    listed = tk.get_action("organization_list")({"ignore_auth": True}, {"limit": 100})
    assert {office.name for office in offices.read().values()} <= set(listed)
    new = tk.get_action("organization_show")({}, {"id": "dinas-peternakan-dan-perikanan"})
    assert new["pendahulu"] == ["dinas-peternakan", "dinas-perikanan"]
    assert new["tahun_mulai_berlaku"] == "2026"
    held = tk.get_action("satudata_appointment_list")(accounts.acting_as("admin"), {})
    roles = {(row["user"]["name"], row["role"]) for row in held}
    assert {(a.name, a.role) for a in accounts.ACCOUNTS if a.role} <= roles
    assert not any(name == "warga" for name, _role in roles)
    assert all(is_marked for is_marked in map(accounts.is_demo, _people()))


def test_an_office_was_dissolved_and_somebody_stands_in(demo: Demo) -> None:
    show = tk.get_action("satudata_office_show")
    successor = offices.read()["disnakkan"]
    shown = show({"user": ""}, {"id": successor.name})
    assert sorted(row["name"] for row in shown["predecessors"]) == sorted(successor.pendahulu)
    assert all(not show({"user": ""}, {"id": name})["in_force"] for name in successor.pendahulu)
    admin = accounts.acting_as("admin")
    rows = tk.get_action("satudata_appointment_list")(admin, {"user": accounts.DEPUTY})
    assert [row["replaces"]["name"] for row in rows] == [accounts.HEAD]


def _people() -> list[model.User]:
    names = [account.name for account in accounts.ACCOUNTS]
    found = model.Session.query(model.User).filter(model.User.name.in_(names)).all()
    assert len(found) == len(names) == 11
    return found


def test_the_record_tells_the_plan_with_its_times_and_people(demo: Demo) -> None:
    admin = model.User.by_name("admin")
    assert admin is not None
    anchor = admin.created.replace(tzinfo=timezone.utc)
    schedule = schedule_of(anchor, working_time.calendar(frozenset()))
    who = {
        "claim": "pemeriksa",
        "conform": "pemeriksa",
        "skip_supervisor": "penyetuju",
        "approve": "penyetuju",
        "retract": "penyetuju",
    }
    for event in stories.plan(demo.specs, schedule):
        row = _row(event)
        assert row is not None, event
        assert row.at < anchor
        named = who.get(event.verb)
        if named:
            assert row.actor_id == model.User.by_name(named).id
        if event.verb in ("create", "submit", "mend_file", "discard"):
            assert row.actor_id == model.User.by_name(accounts.producer_of(event.spec.office)).id
        if event.verb == "release":
            assert (row.step, row.actor_name) == ("release", "Portal")


def _row(event: stories.Event) -> Any:
    package = model.Package.by_name(event.spec.name)
    query = sa.select(AuditRecord).where(
        AuditRecord.dataset_id == package.id, AuditRecord.at == event.at
    )
    if event.verb == "release":
        query = sa.select(AuditRecord).where(
            AuditRecord.dataset_id == package.id, AuditRecord.step == "release"
        )
    return model.Session.execute(query).scalar_one_or_none()


def test_clocks_stop_at_the_told_times(demo: Demo) -> None:
    names = {spec.story: spec.name for spec in demo.specs}
    late = model.Package.by_name(names["late_release"])
    query = sa.select(StayRecord).where(
        StayRecord.dataset_id == late.id, StayRecord.state == "awaiting_release"
    )
    stay = model.Session.execute(query).scalar_one()
    assert stay.left_at > stay.due_at
    skipped = _show(names["priority_skipped"])["history"]
    assert next(e for e in skipped if e["step"] == "skip_supervisor")["note"]


def test_a_planned_release_still_lies_ahead(demo: Demo) -> None:
    (name,) = demo.names("awaiting_release")
    moment = datetime.fromisoformat(_show(name)["release_at"])
    assert moment > datetime.now(timezone.utc)


def test_findings_name_field_row_and_column_and_stay_after_mending(demo: Demo) -> None:
    names = {spec.story: spec.name for spec in demo.specs}
    open_ones = _show(names["needs_correction"])["findings"]
    assert {"reference_codes", "standard"} <= {f["item"] for f in open_ones}
    assert any(f["row"] == 4 and f["column"] == "kode_wilayah" for f in open_ones)
    assert any(f["field"] == "satuan" for f in open_ones)
    assert not any(f["mended"] for f in open_ones)
    shown = _show(names["corrected_twice"])
    assert shown["round"] == 3
    assert {f["round"] for f in shown["findings"]} == {1, 2}
    assert all(f["mended"] for f in shown["findings"])


def test_what_is_published_has_no_machine_errors_and_complete_metadata(demo: Demo) -> None:
    for name in demo.names("published"):
        shown = _show(name)
        assert (shown["machine"]["errors"], shown["machine"]["pending"]) == (0, 0)
        assert shown["missing"] == []


def test_everything_says_that_it_is_an_example(demo: Demo) -> None:
    for spec in demo.specs:
        package = tk.get_action("package_show")({"ignore_auth": True}, {"id": spec.name})
        assert package["title"].endswith(catalogue.MARK)
        assert catalogue.NOTE in package["notes"]
        assert "data contoh" in [tag["name"] for tag in package["tags"]]
        assert all(r["description"] == catalogue.NOTE for r in package["resources"])


def test_the_public_sees_what_is_published_and_nothing_else(demo: Demo) -> None:
    answer = demo.app.get("/api/3/action/package_search?rows=1000").json["result"]
    public = demo.names("published")
    assert {row["name"] for row in answer["results"]} == public
    for spec in demo.specs:
        status = demo.app.get(f"/dataset/{spec.name}").status_code
        assert (status == 200) == (spec.name in public), spec.name


def test_no_work_is_left_over(demo: Demo) -> None:
    """What has its day still to come (a Plh. that ends) is not left over."""
    waiting = sa.text(
        "SELECT count(*) FROM satudata_outbox"
        " WHERE done_at IS NULL AND (not_before IS NULL OR not_before <= now())"
    )
    assert model.Session.execute(waiting).scalar_one() == 0


def test_a_run_that_was_cut_off_is_finished_by_the_next(
    portal: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    specs = chosen("plain", "needs_correction")
    played: list[stories.Event] = []

    def cut_off(event: stories.Event, stage: Any) -> None:
        if len(played) == 4:
            raise KeyboardInterrupt
        played.append(event)
        uncut(event, stage)

    uncut = fill.play
    monkeypatch.setattr(fill, "play", cut_off)
    with pytest.raises(KeyboardInterrupt):
        fill.fill(PASSWORD, specs)
    monkeypatch.setattr(fill, "play", uncut)

    rest = fill.fill(PASSWORD, specs)
    assert rest.events > 0
    assert [_show(spec.name)["state"] for spec in specs] == ["published", "needs_correction"]
    assert model.Session.query(SubmissionRecord).count() == 2
    assert fill.fill(PASSWORD, specs).events == 0
