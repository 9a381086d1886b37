"""Rows B1-B6 and B8 of the gate: what is published or under check changes only by the procedure."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from ckan import model

from ckanext.satudatatrenggalek import clock
from ckanext.satudatatrenggalek.model import blobs, files
from ckanext.satudatatrenggalek.model.tripwire import GateBroken

from ..world import CSV, SCHEMA, upload
from .town import Placed, Town, machine, refused, unchanged

FIXED = ("awaiting_check", "awaiting_approval", "awaiting_release", "published", "retracted")
OTHER = CSV.replace("78", "87")


@pytest.mark.parametrize("state", ["draft", "awaiting_approval", "published"])
def test_B1_nobody_writes_the_datastore(town: Town, state: str) -> None:
    placed = town.placed[state]
    record = {"tahun": "2025", "kecamatan": "Palsu"}
    key = {"resource_id": placed.resource_id, "force": True}
    writes: list[tuple[str, dict[str, Any]]] = [
        ("datastore_upsert", {**key, "method": "insert", "records": [record]}),
        ("datastore_create", {**key, "records": [record], "aliases": "pintu-samping"}),
        ("datastore_create", {"resource": {"package_id": placed.id}, "records": [record]}),
        ("datastore_delete", dict(key)),
        ("datastore_records_delete", {**key, "filters": {}}),
        ("datastore_run_triggers", dict(key)),
    ]
    before = _rows_of_table(town, placed.resource_id)
    with unchanged(placed.id):
        for action, sent in writes:
            for by in ("produsen", "admin"):
                assert town.api(by, action, **sent)[0] == 403, (action, by)
            hidden = state != "published" and "resource_id" in sent
            assert town.api(None, action, **sent)[0] == (404 if hidden else 403), action
    assert _rows_of_table(town, placed.resource_id) == before != []


def _rows_of_table(town: Town, resource_id: str) -> Any:
    return town.api("admin", "datastore_search", resource_id=resource_id)[1]["result"]["records"]


@pytest.mark.parametrize("by", ["produsen", "admin"])
@pytest.mark.parametrize("state", FIXED)
def test_B2_a_file_sent_to_fixed_content_leaves_the_old_bytes(
    town: Town, by: str, state: str
) -> None:
    placed = town.placed[state]
    with unchanged(placed.id):
        for action in ("resource_update", "resource_patch"):
            sent = {"id": placed.resource_id, "upload": upload(OTHER), "name": "x"}
            answer = town.api(by, action, **sent)
            refused(answer, "locked" if state.startswith("awaiting") else "published")
        sent = {"package_id": placed.id, "upload": upload(OTHER), "name": "satu lagi"}
        refused(town.api(by, "resource_create", **sent))
        sent = {
            "match": json.dumps({"id": placed.id}),
            "update__resources__0__upload": upload(OTHER),
        }
        refused(town.api(by, "package_revise", **sent))
    assert not blobs.path_of(_sha(OTHER)).exists()


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("state", ["awaiting_approval", "published"])
def test_B2_the_site_user_brings_no_new_bytes(town: Town, state: str) -> None:
    placed = town.placed[state]
    whole = tk.get_action("resource_show")(machine(), {"id": placed.resource_id})
    with unchanged(placed.id):
        for action in ("resource_update", "resource_patch"):
            with pytest.raises(tk.ValidationError):
                tk.get_action(action)(machine(), {**whole, "upload": upload(OTHER)})
            model.Session.rollback()


@pytest.mark.parametrize("by", ["produsen", "admin"])
@pytest.mark.parametrize("state", FIXED)
def test_B3_metadata_links_order_and_removal_are_refused(town: Town, by: str, state: str) -> None:
    placed = town.placed[state]
    whole = town.world.call("package_show", "admin", id=placed.id)
    with unchanged(placed.id):
        for action, sent in (
            ("package_patch", {"id": placed.id, "title": "Judul lain"}),
            ("package_patch", {"id": placed.id, "name": "nama-lain"}),
            ("package_patch", {"id": placed.id, "tags": [{"name": "baru"}]}),
            ("package_patch", {"id": placed.id, "resources": []}),
            ("package_update", {**whole, "notes": "lain"}),
            ("package_revise", {"match": {"id": placed.id}, "update": {"title": "Judul lain"}}),
            ("package_resource_reorder", {"id": placed.id, "order": [placed.resource_id]}),
            ("resource_patch", {"id": placed.resource_id, "url": "https://example.org/x.csv"}),
            ("resource_patch", {"id": placed.resource_id, "schema": json.dumps(SCHEMA) + " "}),
            ("resource_patch", {"id": placed.resource_id, "name": "Nama lain"}),
            ("resource_delete", {"id": placed.resource_id}),
            ("satudata_schema_accept", {"resource_id": placed.resource_id, "schema": SCHEMA}),
        ):
            refused(town.api(by, action, **sent))


def test_B3_an_edit_after_submit_is_refused_and_after_withdraw_allowed(town: Town) -> None:
    placed = town.fresh("awaiting_check")
    with unchanged(placed.id):
        refused(town.api("produsen", "package_patch", id=placed.id, title="Lain"), "locked")
    town.world.step(placed.id, "withdraw", "produsen")
    assert town.api("produsen", "package_patch", id=placed.id, title="Lain")[0] == 200


def test_B4_a_link_is_refused_and_never_submitted(town: Town) -> None:
    placed = town.draft()
    link = {"name": "tautan", "url": "https://example.org/a.csv"}
    with unchanged(placed.id):
        refused(town.api("produsen", "resource_create", package_id=placed.id, **link))
        sent = {"id": placed.resource_id, "url": link["url"], "url_type": ""}
        refused(town.api("produsen", "resource_patch", **sent))
    sent = {**_complete(town), "name": f"tautan-{placed.name}", "resources": [link]}
    created = town.world.call("package_create", "produsen", **sent)
    town.world.file(created["id"])
    key = {"id": created["id"], "step": "submit"}
    with unchanged(created["id"]):
        refused(town.api("produsen", "satudata_step_take", **key), "missing_upload")


def _complete(town: Town) -> dict[str, Any]:
    whole = town.world.call("package_show", "admin", id=town.placed["draft"].id)
    drop = ("id", "name", "resources", "tags", "organization", "metadata_created")
    return {key: value for key, value in whole.items() if key not in drop}


def test_B5_no_file_is_hung_on_a_dataset_past_its_upload(town: Town) -> None:
    placed = town.placed["published"]
    sent = {"name": "titipan.csv", "upload": upload(OTHER, "titipan.csv"), "storage": "default"}
    for by in ("produsen", "warga", None):
        assert town.api(by, "file_create", **{**sent, "upload": upload(OTHER)})[0] == 403
    attached = {"owner_id": placed.id, "owner_type": "package", "id": "tidak-ada"}
    file = model.File(name="titipan.csv", storage="default", location=f"{uuid.uuid4()}.csv")
    model.Session.add(file)
    user = town.world.users["produsen"]["id"]
    model.Session.flush()
    model.Session.add(model.FileOwner(file_id=file.id, owner_id=user, owner_type="user"))
    model.Session.commit()
    attached["id"] = file.id
    with unchanged(placed.id):
        assert town.api("produsen", "file_ownership_transfer", **attached)[0] == 403
        refused(town.api("admin", "file_ownership_transfer", **attached), "not_by_hand")
        on_file = {**attached, "owner_id": placed.resource_id, "owner_type": "resource"}
        refused(town.api("admin", "file_ownership_transfer", **on_file), "not_by_hand")


def test_B6_approval_is_bound_to_what_was_seen(town: Town) -> None:
    placed = town.placed["awaiting_approval"]
    sent = {"id": placed.id, "step": "approve", "content_hash": "0" * 64}
    with unchanged(placed.id):
        refused(town.api("penyetuju", "satudata_step_take", **sent), "stale_hash")
        del sent["content_hash"]
        refused(town.api("penyetuju", "satudata_step_take", **sent), "missing_hash")


@pytest.mark.parametrize("by", ["produsen", "admin"])
@pytest.mark.parametrize("state", FIXED)
def test_B6_a_check_is_not_run_again_on_fixed_content(town: Town, by: str, state: str) -> None:
    placed = town.placed[state]
    before = town.world.show(placed.id)
    with unchanged(placed.id):
        for action in ("resource_validation_run", "resource_validation_delete"):
            refused(town.api(by, action, resource_id=placed.resource_id))
        town.api(by, "resource_validation_run_batch", dataset_ids=[placed.id])
    after = town.world.show(placed.id)
    assert after["content_hash"] == before["content_hash"]
    assert after["machine"] == before["machine"]


@pytest.mark.parametrize("by", ["produsen", "admin"])
@pytest.mark.parametrize("state", ["awaiting_check", "awaiting_approval", "published", "retracted"])
def test_B8_views_of_fixed_content_are_fixed(town: Town, by: str, state: str) -> None:
    placed, mine = town.placed[state], town.placed["draft"]
    view = {"id": placed.view_id, "title": "Lain", "view_type": "text_view"}
    new = {"resource_id": placed.resource_id, "title": "x", "view_type": "text_view"}
    with unchanged(placed.id, mine.id):
        refused(town.api(by, "resource_view_create", **new))
        refused(town.api(by, "resource_view_update", **view, resource_id=placed.resource_id))
        refused(town.api(by, "resource_view_update", **view))
        refused(town.api(by, "resource_view_update", **view, resource_id=mine.resource_id))
        refused(town.api(by, "resource_view_delete", id=placed.view_id))
        order = {"id": placed.resource_id, "order": [placed.view_id]}
        refused(town.api(by, "resource_view_reorder", **order))
        refused(town.api("admin", "resource_view_clear"))
        refused(town.api("admin", "resource_view_clear", view_types=["text_view"]))


def test_B8_views_of_a_draft_are_the_producers(town: Town) -> None:
    placed = town.draft()
    new = {"resource_id": placed.resource_id, "title": "x", "view_type": "text_view"}
    status, body = town.api("produsen", "resource_view_create", **new)
    assert status == 200, body
    order = {"id": placed.resource_id, "order": [body["result"]["id"], placed.view_id]}
    assert town.api("produsen", "resource_view_reorder", **order)[0] == 200
    assert town.api("produsen", "resource_view_delete", id=placed.view_id)[0] == 200


def _package(placed: Placed) -> Any:
    return model.Package.get(placed.id)


def _resource(placed: Placed) -> Any:
    return model.Session.get(model.Resource, placed.resource_id)


def _file(placed: Placed) -> Any:
    return files.of_resource(model.Session, placed.resource_id)


def _untag(placed: Placed) -> None:
    for row in model.Session.query(model.PackageTag).filter_by(package_id=placed.id):
        model.Session.delete(row)


DIRECT: dict[str, Callable[[Placed], Any]] = {
    "title": lambda placed: setattr(_package(placed), "title", "Lain"),
    "field": lambda placed: setattr(_package(placed), "extras", {"satuan": "lain"}),
    "private": lambda placed: setattr(_package(placed), "private", True),
    "state": lambda placed: setattr(_package(placed), "state", "deleted"),
    "purge": lambda placed: model.Session.delete(_package(placed)),
    "tag": lambda placed: _package(placed).add_tag_by_name("sisipan"),
    "untag": _untag,
    "address": lambda placed: setattr(_resource(placed), "url", "https://example.org"),
    "schema": lambda placed: setattr(_resource(placed), "extras", {"schema": "{}"}),
    "bytes": lambda placed: setattr(_file(placed), "sha256", "0" * 64),
    "unbind": lambda placed: files.unbind(model.Session, placed.resource_id, clock.now()),
    "query": lambda placed: model.Session.query(model.Resource).update({"url": "x"}),
}


def _write(attack: Callable[[Placed], Any], placed: Placed) -> None:
    attack(placed)
    model.Session.commit()


@pytest.mark.parametrize("name", DIRECT)
def test_B3_direct_writes_to_public_content_break(town: Town, name: str) -> None:
    placed = town.placed["published"]
    with unchanged(placed.id):
        with pytest.raises(GateBroken):
            _write(DIRECT[name], placed)
        model.Session.rollback()
