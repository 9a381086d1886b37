"""The demo's catalogue, tables and plan, without a portal behind them."""

from __future__ import annotations

from datetime import date, datetime, timezone
from pathlib import Path

import pytest

from ckanext.satudatatrenggalek.conformity import ERROR, Expectation, check_file
from ckanext.satudatatrenggalek.demo import catalogue, files, offices, play, rows, stories
from ckanext.satudatatrenggalek.demo.address import is_local
from ckanext.satudatatrenggalek.demo.schedule import schedule_of
from ckanext.satudatatrenggalek.domain.deadlines import WIB, WorkCalendar

SPECS = catalogue.read()
PERSONAL = ("nama", "nik")  # columns of the tables about people
CALENDAR = WorkCalendar(frozenset({date(2026, 8, 17), date(2026, 5, 1)}))
ANCHORS = [
    datetime(2026, 11, 22, 13, tzinfo=timezone.utc),  # a Sunday
    datetime(2026, 11, 24, 1, tzinfo=timezone.utc),
    datetime(2027, 3, 9, 23, tzinfo=timezone.utc),
]


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:5000",
        "http://portal.localhost",
        "https://LOCALHOST.",
        "http://127.0.0.1:5000",
        "http://127.8.0.1",
        "http://[::1]:5000",
    ],
)
def test_loopback_names_are_local(url: str) -> None:
    assert is_local(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://satudata.trenggalekkab.go.id",
        "http://192.168.1.10:5000",
        "http://10.0.0.1",
        "http://portal.test",
        "http://localhost.trenggalekkab.go.id",
        "http://127.0.0.1.nip.io",
        "http://0.0.0.0:5000",
        "localhost",
        "",
    ],
)
def test_everything_else_is_not(url: str) -> None:
    assert not is_local(url)


def test_forty_offices_name_those_they_replaced() -> None:
    found = offices.read()
    assert len({office.name for office in found.values()}) == 40
    new = [office for office in found.values() if office.tahun_mulai_berlaku == "2026"]
    assert len(new) == 8
    assert all(office.pendahulu for office in new)
    assert found["disnakkan"].pendahulu == ("dinas-peternakan", "dinas-perikanan")


def test_every_dataset_has_its_own_address_a_known_office_and_a_story() -> None:
    assert len({spec.name for spec in SPECS}) == len(SPECS) >= 40
    assert {spec.office for spec in SPECS} <= set(offices.read())
    assert {spec.story for spec in SPECS} == set(stories.STORIES)


def test_every_verb_can_be_played() -> None:
    verbs = {verb for story in stories.STORIES.values() for verb in story.split()[::2]}
    assert verbs == set(play._HANDLERS)


@pytest.mark.parametrize("anchor", ANCHORS)
def test_the_plan_keeps_to_working_time_and_ends_before_its_day(anchor: datetime) -> None:
    plan = stories.plan(SPECS, schedule_of(anchor, CALENDAR))
    for event in plan:
        local = event.at.astimezone(WIB)
        opens, closes = CALENDAR.hours_of(local.date())
        assert CALENDAR.is_working_day(local.date())
        assert opens <= local < closes
        assert event.at < anchor
    assert plan == stories.plan(SPECS, schedule_of(anchor, CALENDAR))


@pytest.mark.parametrize("anchor", ANCHORS)
def test_a_story_is_told_in_its_order_with_no_two_events_at_once(anchor: datetime) -> None:
    plan = stories.plan(SPECS, schedule_of(anchor, CALENDAR))
    for spec in SPECS:
        told = [event for event in plan if event.spec == spec]
        order = stories.STORIES[spec.story].split()[::2]
        assert [e.verb for e in told] == [v for v in order if v in {e.verb for e in told}]
        assert len({e.at for e in told}) == len(told)


@pytest.mark.parametrize("anchor", ANCHORS)
def test_nothing_else_releases_what_is_to_be_released_late(anchor: datetime) -> None:
    plan = stories.plan(SPECS, schedule_of(anchor, CALENDAR))
    late = [event for event in plan if event.spec.story == "late_release"]
    approved = next(event.at for event in late if event.verb == "approve")
    released = next(event.at for event in late if event.verb == "release")
    between = [event for event in plan if approved < event.at < released]
    assert between == []
    assert CALENDAR.between(approved, released) > CALENDAR.day_length / 8.5


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.slug)
def test_tables_conform_unless_they_show_a_mistake(spec: catalogue.Spec, tmp_path: Path) -> None:
    errors = sorted(_errors(spec, tmp_path, faulty=False))
    personal = [("personal-data", 2, column) for column in PERSONAL]
    assert errors == (personal if spec.rows == "orang" else [])
    if spec.defects:
        found = {row for _code, row, _column in _errors(spec, tmp_path, faulty=True)}
        assert found == {defect["row"] for defect in spec.defects}


def _errors(spec: catalogue.Spec, folder: Path, faulty: bool) -> list[tuple[str, int | None, str]]:
    table = rows.table_of(spec, faulty)
    path = folder / f"berkas.{spec.format}"
    path.write_bytes(files.upload_of(spec, table).stream.read())
    expectation = Expectation(
        name=path.name,
        format=spec.format,
        table_schema=files.table_schema(table),
        period=spec.period,
        access=spec.access,
    )
    found = check_file(path, expectation).findings
    return [(f.code, f.row, f.column) for f in found if f.severity == ERROR]


def test_people_in_tables_say_that_they_are_nobody() -> None:
    for spec in SPECS:
        if spec.rows == "orang":
            table = rows.table_of(spec)
            at = table.labels.index("nama")
            assert all(row[at].startswith("Nama Contoh") for row in table.rows)
            assert not spec.story.startswith(("plain", "late", "corrected"))


def test_figures_are_the_same_at_every_run() -> None:
    assert all(rows.table_of(spec) == rows.table_of(spec) for spec in SPECS)


def test_an_unknown_column_is_named() -> None:
    spec = catalogue.Spec(**{**vars(SPECS[0]), "columns": ("tahun", "entah")})
    with pytest.raises(ValueError, match="'entah'"):
        rows.table_of(spec)
