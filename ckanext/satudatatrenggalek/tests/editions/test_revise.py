"""*Perbarui*: a next edition is written beside the public one, and takes its place at once."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from ckan import model

from ckanext.satudatatrenggalek import jobs
from ckanext.satudatatrenggalek.model import copies, datastore, files

from ..world import World
from .book import NEXT_CSV, changed, released, rows_of


def test_the_public_dataset_stays_while_the_next_edition_is_written(world: World) -> None:
    first = world.at("published")
    before = world.call("package_show", None, id=first["dataset_id"])
    opened = world.step(first["dataset_id"], "revise", "produsen")
    assert (opened["state"], opened["edition"]) == ("draft", None)
    assert opened["dataset_id"] == first["dataset_id"] != opened["working_copy_id"]
    copy = world.call("package_show", "produsen", id=opened["working_copy_id"])
    assert copy["private"] is True
    assert copy["owner_org"] == before["owner_org"]
    assert copy["name"] != before["name"]
    assert copy["resources"][0]["id"] != before["resources"][0]["id"]
    assert copy["resources"][0]["schema"] == before["resources"][0]["schema"]
    changed(world, opened)
    after = world.call("package_show", None, id=first["dataset_id"])
    assert after == before
    assert rows_of(world, before["resources"][0]["id"]) == [78, 64, 59]
    shown = world.show(first["dataset_id"], by="produsen")
    assert shown["state"] == "published"
    assert shown["open_submission"]["id"] == opened["id"]
    assert "revise" not in [step["name"] for step in shown["available_steps"]]


def test_the_next_edition_takes_its_place_under_the_same_ids(world: World, portal: Any) -> None:
    first = world.at("published")
    before = world.call("package_show", None, id=first["dataset_id"])
    resource_id = before["resources"][0]["id"]
    second = released(world, first["dataset_id"])
    after = world.call("package_show", None, id=before["name"])
    assert after["id"] == before["id"]
    assert after["name"] == before["name"]
    assert after["notes"] == "Edisi kedua."
    assert [r["id"] for r in after["resources"]] == [resource_id]
    assert after["resources"][0]["url"] == before["resources"][0]["url"]
    assert portal.get(after["resources"][0]["url"]).data == NEXT_CSV.encode()
    assert rows_of(world, resource_id) == [80, 64, 59, 41]
    shown = world.show(second["id"], by="produsen")
    assert (shown["state"], shown["edition"]) == ("published", 2)
    assert world.show(first["id"], by="produsen")["state"] == "superseded"
    assert world.show(after["id"], by=None)["edition"] == 2
    events = [event["step"] for event in shown["history"]]
    assert events.count("release") == 1
    assert events[-1] == "revise"


def test_what_was_approved_has_one_hash_wherever_it_lies(world: World) -> None:
    first = world.at("published")
    opened = world.step(first["dataset_id"], "revise", "produsen")
    changed(world, opened)
    approved = world.show(opened["id"])["content_hash"]
    released_one = released(world, first["dataset_id"], opened)
    assert world.show(released_one["id"])["content_hash"] == approved
    (second, one) = world.call("satudata_edition_list", None, id=first["dataset_id"])
    assert (second["number"], second["content_hash"]) == (2, approved)
    assert one["content_hash"] == first["content_hash"]


def test_new_files_get_ids_of_their_own_and_removed_ones_are_gone(world: World) -> None:
    first = world.at("published")
    old = world.call("package_show", None, id=first["dataset_id"])["resources"][0]["id"]
    opened = world.step(first["dataset_id"], "revise", "produsen")
    added = world.file(opened["working_copy_id"], NEXT_CSV, by="produsen")
    working = world.call("package_show", "produsen", id=opened["working_copy_id"])
    gone = next(r["id"] for r in working["resources"] if r["id"] != added["id"])
    world.call("resource_delete", "produsen", id=gone)
    released(world, first["dataset_id"], opened)
    (now,) = world.call("package_show", None, id=first["dataset_id"])["resources"]
    assert now["id"] not in (old, added["id"], gone)
    assert rows_of(world, now["id"]) == [80, 64, 59, 41]
    for hidden in (old, gone, added["id"]):
        for action, name in (("resource_show", "id"), ("datastore_search", "resource_id")):
            with pytest.raises(tk.ObjectNotFound):
                world.call(action, None, **{name: hidden})
    assert files.of_resource(model.Session, old) is None
    assert copies.public_ids(model.Session, opened["id"])[gone] == old


def test_a_discarded_copy_leaves_the_public_one_alone(world: World) -> None:
    first = world.at("published")
    before = world.call("package_show", None, id=first["dataset_id"])
    opened = world.step(first["dataset_id"], "revise", "produsen")
    changed(world, opened)
    world.step(opened["id"], "discard", "produsen")
    jobs.work()
    assert world.call("package_show", None, id=first["dataset_id"]) == before
    assert rows_of(world, before["resources"][0]["id"]) == [78, 64, 59]
    package = model.Package.get(opened["working_copy_id"])
    assert package is not None
    assert package.state == "deleted"
    again = world.step(first["dataset_id"], "revise", "produsen")
    assert again["id"] != opened["id"]


def test_what_stays_the_same_is_not_loaded_again(world: World) -> None:
    first = world.at("published")
    old = world.call("package_show", None, id=first["dataset_id"])["resources"][0]["id"]
    table = files.of_resource(model.Session, old).table_id
    opened = world.step(first["dataset_id"], "revise", "produsen")
    world.call("package_patch", "produsen", id=opened["working_copy_id"], notes="Edisi kedua.")
    released(world, first["dataset_id"], opened)
    assert files.of_resource(model.Session, old).table_id == table
    assert datastore.exists(table)


def test_one_edition_at_a_time(world: World) -> None:
    first = world.at("published")
    world.step(first["dataset_id"], "revise", "produsen")
    with pytest.raises(tk.ValidationError) as refusal:
        world.step(first["id"], "revise", "produsen")
    assert refusal.value.error_dict["reason"] == "open_submission"


def test_a_retracted_dataset_comes_back_as_a_next_edition(world: World) -> None:
    first = world.at("retracted")
    released(world, first["dataset_id"])
    assert world.show(first["dataset_id"], by=None)["public_state"] == "published"
    assert world.call("package_show", None, id=first["dataset_id"])["notes"] == "Edisi kedua."


def test_content_changed_after_the_approval_is_not_released(world: World) -> None:
    first = world.at("published")
    opened = world.step(first["dataset_id"], "revise", "produsen")
    changed(world, opened)
    for step, by in (("submit", "produsen"), ("conform", "pemeriksa"), ("approve", "penyetuju")):
        world.step(opened["id"], step, by)
    by_hand = sa.text("UPDATE package SET title = 'Diam-diam' WHERE id = :id")
    with model.meta.engine.begin() as connection:
        connection.execute(by_hand, {"id": opened["working_copy_id"]})
    with pytest.raises(tk.ValidationError) as refusal:
        world.step(opened["id"], "release", "penyetuju")
    assert refusal.value.error_dict["reason"] == "stale_hash"
    jobs.work()
    assert world.show(opened["id"])["state"] == "awaiting_release"
    assert world.show(first["dataset_id"], by=None)["edition"] == 1


def test_who_prepared_the_former_file_does_not_check_it_again(world: World) -> None:
    first = world.at("published")
    grant = {"user": "produsen", "role": "checker", "decree": "SK 3/2026"}
    world.call("satudata_appointment_grant", "admin", **grant)
    other = {"user": "warga", "role": "producer", "office": world.office["id"], "decree": "SK 4"}
    world.call("satudata_appointment_grant", "admin", **other)
    opened = world.step(first["dataset_id"], "revise", "warga")
    jobs.work()
    world.step(opened["id"], "submit", "warga")
    with pytest.raises(tk.ValidationError) as refusal:
        world.step(opened["id"], "conform", "produsen")
    assert refusal.value.error_dict["reason"] == "same_person"
