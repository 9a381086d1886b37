"""Each edition keeps the reports of its files: for staff, for ever, in bounds."""

from __future__ import annotations

from ckan import model

from ckanext.satudatatrenggalek import checking, clock, jobs
from ckanext.satudatatrenggalek.logic import kept_reports
from ckanext.satudatatrenggalek.model import checks

from ..world import BAD_CSV, CSV, World, upload


def test_an_edition_shows_staff_the_reports_it_was_released_with(world: World) -> None:
    submission = world.at("published")
    resource_id = submission["resources"][0]["id"]
    for by in ("pemeriksa", "penyetuju", "produsen", "admin"):
        edition = world.call("satudata_edition_show", by, id=submission["name"], number=1)
        report = edition["check_report"][resource_id]
        assert (report["valid"], report["tasks"][0]["stats"]["rows"]) == (True, 3)
        assert report["satudata"]["labels"][0] == "tahun"
    public = world.call("satudata_edition_show", None, id=submission["name"], number=1)
    assert "check_report" not in public


def test_a_report_too_large_to_keep_loses_findings_and_says_so(world: World) -> None:
    package = world.dataset()
    rows = "".join(f"2025,35.03.{n % 90 + 10},Kecamatan {n},{n}x\n" for n in range(300))
    resource = world.file(package["id"], CSV + rows)
    row = checks.validation_of(model.Session, resource["id"])
    whole = kept_reports.kept(row)
    assert whole is not None
    assert "shortened" not in whole["satudata"]
    short = kept_reports.kept(row, largest=60_000)
    assert short is not None
    assert kept_reports._size(short) <= 60_000
    assert short["satudata"]["shortened"] is True
    assert 0 < len(short["satudata"]["findings"]) < len(whole["satudata"]["findings"])
    assert short["stats"] == whole["stats"]


def test_a_file_that_could_not_be_checked_keeps_the_reason(world: World) -> None:
    package = world.dataset()
    resource = world.file(package["id"], BAD_CSV)
    world.call("resource_patch", "produsen", id=resource["id"], schema="", upload=upload(BAD_CSV))
    jobs.work()
    checking.give_up(model.Session, resource["id"], clock.now())
    report = kept_reports.of_files(model.Session, [resource["id"]])[resource["id"]]
    assert report is not None
    assert report["valid"] is False
    assert "unggah lagi" in report["errors"][0]["message"]
