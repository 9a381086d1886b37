"""What a file is held against: the edition before and the tables its foreign keys refer to."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ckan import model

from ckanext.satudatatrenggalek import checking, jobs
from ckanext.satudatatrenggalek.conformity.apart import Reference
from ckanext.satudatatrenggalek.model import basis, blobs, files

from ..world import CSV, METADATA, SCHEMA, World, upload


def _next_edition(world: World, published: dict[str, Any]) -> tuple[str, str]:
    """A working copy of a published dataset, and its resource, with other bytes than before."""
    opened = world.step(published["dataset_id"], "revise", "produsen")
    copy = world.call("package_show", "produsen", id=opened["working_copy_id"])
    resource_id = copy["resources"][0]["id"]
    new = upload(CSV.replace("78", "79"))
    world.call("resource_patch", "produsen", id=resource_id, upload=new)
    jobs.work()
    return copy["id"], resource_id


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


def test_the_edition_before_is_found_by_the_file_it_stands_for(world: World) -> None:
    published = world.at("published")
    first = files.of_resource(model.Session, published["resources"][0]["id"])
    assert first is not None
    copy_id, resource_id = _next_edition(world, published)
    previous = _expected(resource_id).previous
    assert previous.path == blobs.path_of(first.sha256)
    assert (previous.name, previous.period) == ("posyandu.csv", "2025")
    assert previous.table_schema == SCHEMA
    world.call("resource_patch", "produsen", id=resource_id, name="Nama baru")
    assert _expected(resource_id).previous == previous
    assert world.show(copy_id)["machine"]["pending"] == 0

    # A further file of another name is held against nothing, one of the same name against it.
    further = _other_file(world, copy_id)
    assert _expected(further["id"]).previous is None
    named = world.file(copy_id)
    assert _expected(named["id"]).previous == previous


def test_a_file_put_in_the_place_of_the_only_one_is_held_against_it(world: World) -> None:
    published = world.at("published")
    copy_id, resource_id = _next_edition(world, published)
    previous = _expected(resource_id).previous
    world.call("resource_delete", "produsen", id=resource_id)
    other = _other_file(world, copy_id)
    assert _expected(other["id"]).previous == previous


def test_bytes_that_are_gone_are_no_edition_before(world: World) -> None:
    _, resource_id = _next_edition(world, world.at("published"))
    before = _expected(resource_id).previous.path
    before.rename(before.with_suffix(".away"))
    assert _expected(resource_id).previous is None
    before.with_suffix(".away").rename(before)


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


def _other_file(world: World, package_id: str) -> dict[str, Any]:
    return world.call(
        "resource_create",
        "produsen",
        package_id=package_id,
        name="Lain",
        format="CSV",
        upload=upload(CSV),
    )


def _upload(content: str) -> Any:
    return upload(content, "kecamatan.csv")
