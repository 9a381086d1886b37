"""What a file is held against: the edition before and the tables its foreign keys refer to."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ckan import model
from sqlalchemy import text

from ckanext.satudatatrenggalek import checking, jobs
from ckanext.satudatatrenggalek.conformity.apart import Reference
from ckanext.satudatatrenggalek.model import basis, blobs, files
from ckanext.satudatatrenggalek.model.tables import WorkingResourceRecord

from ..world import CSV, METADATA, SCHEMA, World, upload


def _working_copy(world: World, published: dict[str, Any]) -> dict[str, Any]:
    """A draft that edits the next edition of a published dataset."""
    copy = world.dataset("kerja")
    model.Session.execute(
        text("UPDATE satudata_submission SET dataset_id = :of WHERE working_copy_id = :copy"),
        {"of": published["dataset_id"], "copy": copy["id"]},
    )
    model.Session.commit()
    return copy


def _task(resource_id: str) -> checking.Task:
    task = checking.prepare(model.Session, resource_id)
    assert task is not None
    return task


def _expected(resource_id: str) -> Any:
    return _task(resource_id).expectation


def test_what_the_dataset_says_is_expected(world: World) -> None:
    resource = world.file(world.dataset()["id"])
    expected = _expected(resource["id"])
    assert (expected.frequency, expected.unit) == ("tahunan", METADATA["satuan"])
    assert (expected.period, expected.access, expected.name) == ("2025", "terbuka", "posyandu.csv")
    assert expected.previous is None
    assert expected.table_schema == SCHEMA


@pytest.mark.parametrize("field", ["periode", "accessRights", "accrualPeriodicity", "satuan"])
def test_each_of_them_makes_the_check_stale(world: World, field: str) -> None:
    package = world.dataset()
    world.file(package["id"])
    other = {"accessRights": "terbatas", "accrualPeriodicity": "bulanan"}.get(field, "2024")
    world.call("package_patch", "produsen", id=package["id"], **{field: other})
    assert world.show(package["id"])["machine"]["pending"] == 1
    jobs.work()
    assert world.show(package["id"])["machine"]["pending"] == 0


def test_the_first_edition_has_nothing_before_it_also_after_release(world: World) -> None:
    published = world.at("published")
    assert _expected(published["resources"][0]["id"]).previous is None


def test_the_edition_before_is_found_by_the_map_the_name_or_because_it_is_the_only(
    world: World,
) -> None:
    published = world.at("published")
    public_id = published["resources"][0]["id"]
    first = files.of_resource(model.Session, public_id)
    assert first is not None
    copy = _working_copy(world, published)
    resource = world.file(copy["id"], CSV.replace("78", "79"))
    previous = _expected(resource["id"]).previous
    assert previous.path == blobs.path_of(first.sha256)
    assert (previous.name, previous.period) == ("posyandu.csv", "2025")
    assert previous.table_schema == SCHEMA
    # Another name: it is the only file of the edition, so it is that one.
    world.call("resource_patch", "produsen", id=resource["id"], name="Nama baru")
    assert _expected(resource["id"]).previous == previous
    stands_for = WorkingResourceRecord(
        working_resource_id=resource["id"],
        public_resource_id="another-file",
        submission_id=published["id"],
    )
    model.Session.add(stands_for)
    model.Session.flush()
    assert _expected(resource["id"]).previous == previous
    assert world.show(copy["id"])["machine"]["pending"] == 0


def test_bytes_that_are_gone_are_no_edition_before(world: World) -> None:
    published = world.at("published")
    copy = _working_copy(world, published)
    resource = world.file(copy["id"], CSV.replace("78", "79"))
    before = _expected(resource["id"]).previous
    before.path.rename(before.path.with_suffix(".away"))
    assert _expected(resource["id"]).previous is None
    before.path.with_suffix(".away").rename(before.path)


def test_a_table_referred_to_is_part_of_the_judgement(world: World) -> None:
    package = world.dataset()
    codes = world.call(
        "resource_create",
        "produsen",
        package_id=package["id"],
        name="kecamatan",
        format="CSV",
        upload=_upload("kode\n35.03.01\n35.03.02\n35.03.03\n"),
    )
    reference = {"resource": "kecamatan", "fields": "kode"}
    schema = {**SCHEMA, "foreignKeys": [{"fields": "kode_wilayah", "reference": reference}]}
    resource = world.file(package["id"])
    world.call("resource_patch", "produsen", id=resource["id"], schema=json.dumps(schema))
    task = _task(resource["id"])
    bound = files.of_resource(model.Session, codes["id"])
    assert bound is not None
    wanted = Reference(blobs.path_of(bound.sha256), bound.filename)
    assert task.references == {"kecamatan": wanted}
    world.call(
        "resource_patch", "produsen", id=codes["id"], upload=_upload("kode\n35.03.01\n35.03.02\n")
    )
    assert _task(resource["id"]).mark != task.mark
    jobs.work()
    check = world.call("satudata_conformity_show", "produsen", resource_id=resource["id"])
    assert "foreign-key" in {finding["code"] for finding in check["findings"]}


def test_names_of_sheets_are_read_from_options_of_old_and_new_kind(ckan_config: Any) -> None:
    assert basis.sheet_of(None) == ""
    assert basis.sheet_of('{"sheet": "Data"}') == "Data"
    assert basis.sheet_of({"dialect": {"ods": {"sheet": "Isi"}}}) == "Isi"
    for nonsense in ("bukan json", "[1]", {"sheet": 2}, {"dialect": "x"}):
        assert basis.sheet_of(nonsense) == ""
    ckan_config["ckanext.validation.default_validation_options"] = '{"sheet": "Utama"}'
    assert basis.sheet_of(None) == "Utama"
    assert basis.sheet_of('{"sheet": "Data"}') == "Data"


def _upload(content: str) -> Any:
    return upload(content, "kecamatan.csv")
