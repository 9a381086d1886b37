"""A next edition that changes nothing says so, to whoever reads it, and may still be submitted."""

from __future__ import annotations

from typing import Any

import pytest

from ckanext.satudatatrenggalek import jobs
from ckanext.satudatatrenggalek.tests.views.meja_visitor import Visitor, content

from ..world import CSV, PATHS, SCHEMA, World, upload

SAID = "Tidak ada perubahan."


@pytest.fixture
def opened(world: World) -> dict[str, Any]:
    """The next edition of a file nobody accepted a table of columns for."""
    package = world.dataset()
    plain = {"name": "Posyandu", "format": "CSV", "upload": upload(CSV)}
    world.call("resource_create", "produsen", package_id=package["id"], **plain)
    jobs.work()
    for step, by in PATHS["published"]:
        world.step(package["id"], step, by)
    jobs.work()
    begun = world.step(package["id"], "revise", "produsen")
    jobs.work()
    return world.show(begun["id"])


def test_it_is_the_same_in_every_part(world: World, opened: dict[str, Any]) -> None:
    diff = world.call("satudata_edition_diff", "produsen", id=opened["dataset_id"], **{"from": 1})
    assert diff["metadata"] == []
    (file,) = diff["files"]
    assert file["change"] == "same"
    assert file["schema"] == {"added": [], "removed": [], "changed": []}
    assert opened["unchanged_since"] == 1


def test_producer_and_checker_read_it_and_it_can_be_submitted(
    portal: Any, world: World, opened: dict[str, Any]
) -> None:
    producer = Visitor(portal, world, "produsen")
    page = content(producer.open(f"/meja/dataset/{opened['id']}"))
    assert SAID in page
    assert "sama persis dengan edisi ke-1" in page
    assert SAID in content(producer.open(f"/dataset/{opened['public_name']}/edisi/banding?dari=1"))
    world.step(opened["id"], "submit", "produsen")
    page = content(Visitor(portal, world, "pemeriksa").open(f"/meja/periksa/{opened['id']}"))
    assert "sama persis dengan edisi ke-1" in page


@pytest.mark.parametrize("what", ["metadata", "file", "columns"])
def test_what_changes_is_no_repetition(world: World, opened: dict[str, Any], what: str) -> None:
    resource = opened["resources"][0]["id"]
    if what == "metadata":
        copy = opened["working_copy_id"]
        world.call("package_patch", "produsen", id=copy, notes="Uraian yang dibetulkan.")
    elif what == "file":
        world.call("resource_patch", "produsen", id=resource, upload=upload(CSV + "\n"))
    else:
        world.call("satudata_schema_accept", "produsen", resource_id=resource)
    jobs.work()
    assert world.show(opened["id"])["unchanged_since"] is None


def test_a_unit_alone_is_told_where_changes_are(world: World) -> None:
    published = world.at("published")
    opened = world.step(published["dataset_id"], "revise", "produsen")
    fields = [*SCHEMA["fields"][:3], {**SCHEMA["fields"][3], "satuan": "unit"}]
    asked = {"resource_id": opened["resources"][0]["id"], "schema": {"fields": fields}}
    world.call("satudata_schema_accept", "produsen", **asked)
    jobs.work()
    told = world.call("satudata_submission_changes", "produsen", id=opened["id"])["edition"]
    assert [(row["label"], row["from"], row["to"]) for row in told["changes"]] == [
        ("Posyandu per kecamatan, kolom jumlah_posyandu, satuan", "", "unit")
    ]


def test_a_first_edition_repeats_nothing(world: World) -> None:
    assert world.draft()["unchanged_since"] is None
