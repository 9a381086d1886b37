"""Working copies of next editions: nobody outside learns of them, no door makes them public."""

from __future__ import annotations

import json
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from ckan import model

from ckanext.satudatatrenggalek.model import files
from ckanext.satudatatrenggalek.model.tripwire import GateBroken

from ..world import CSV, upload
from .town import SECRET, WORKING, Placed, Town, indexed, machine, refused, served, unchanged

OPEN = ("working", "working_awaiting_check")
OUTSIDE = ("produsen_lain", "warga", None)
OTHER = CSV.replace("64", "46")


def _public(town: Town, kind: str) -> Placed:
    return town.public_of[town.placed[kind].id]


@pytest.mark.parametrize("by", ["produsen", "admin"])
@pytest.mark.parametrize("kind", WORKING)
def test_no_write_makes_a_working_copy_public(town: Town, by: str, kind: str) -> None:
    placed = town.placed[kind]
    attacks: list[tuple[str, dict[str, Any]]] = [
        ("package_patch", {"id": placed.id, "private": False}),
        ("package_patch", {"id": placed.id, "private": ""}),
        ("package_patch", {"id": placed.id, "state": "draft"}),
        ("package_patch", {"id": placed.id, "owner_org": town.world.other_office["id"]}),
        ("package_patch", {"id": placed.id, "name": "nama-lain"}),
        ("package_revise", {"match": {"id": placed.id}, "update": {"private": False}}),
        ("package_delete", {"id": placed.id}),
        ("dataset_purge", {"id": placed.id}),
        (
            "package_owner_org_update",
            {"id": placed.id, "organization_id": town.world.other_office["id"]},
        ),
    ]
    public = _public(town, kind)
    with unchanged(placed.id, public.id):
        for action, sent in attacks:
            sent = {**sent, "notes": "x"} if sent.get("private") == "" else sent
            if sent.get("private") == "" and kind == "working":
                continue  # an empty value keeps it private: an edit like any other
            status, body = town.api(by, action, **sent)
            assert status in (403, 404, 409), (action, sent, status, body)


@pytest.mark.parametrize("kind", OPEN)
def test_a_working_copy_takes_no_resource_of_the_public_one(town: Town, kind: str) -> None:
    placed, public = town.placed[kind], _public(town, kind)
    stolen = {"id": public.resource_id, "url": "posyandu.csv", "url_type": "upload", "name": "x"}
    with unchanged(placed.id, public.id):
        for by in ("produsen", "admin"):
            refused(town.api(by, "package_patch", id=placed.id, resources=[stolen]))
            sent = {"package_id": placed.id, "id": public.resource_id, "upload": upload(OTHER)}
            refused(town.api(by, "resource_create", **sent))


@pytest.mark.parametrize("kind", WORKING)
def test_the_public_copy_is_written_by_nobody_meanwhile(town: Town, kind: str) -> None:
    public = _public(town, kind)
    with unchanged(public.id, town.placed[kind].id):
        for by in ("produsen", "admin"):
            refused(town.api(by, "package_patch", id=public.id, title="x"), "published")
            sent = {"id": public.resource_id, "upload": upload(OTHER)}
            refused(town.api(by, "resource_patch", **sent), "published")
            refused(town.api(by, "resource_delete", id=public.resource_id), "published")


@pytest.mark.parametrize("kind", WORKING)
def test_nobody_writes_rows_of_either(town: Town, kind: str) -> None:
    for resource_id in (town.placed[kind].resource_id, _public(town, kind).resource_id):
        key = {"resource_id": resource_id, "force": True}
        for action, sent in (
            ("datastore_upsert", {**key, "method": "insert", "records": [{"tahun": "1"}]}),
            ("datastore_create", {**key, "records": [{"tahun": "1"}]}),
            ("datastore_delete", key),
            ("datastore_records_delete", {**key, "filters": {}}),
        ):
            for by in ("produsen", "admin", "penyetuju", None):
                assert town.api(by, action, **sent)[0] in (403, 404), (action, by)


@pytest.mark.parametrize("by", OUTSIDE)
@pytest.mark.parametrize("kind", WORKING)
def test_no_list_names_a_working_copy(town: Town, by: str | None, kind: str) -> None:
    placed, secret = town.placed[kind], SECRET[kind]
    words = (placed.id, placed.resource_id, placed.name, placed.submission_id)
    if kind != "working_released":
        words = (*words, secret)
    for action, sent in (
        ("package_search", {"q": "*:*", "rows": 1000}),
        ("package_search", {"q": secret, "include_private": True, "include_deleted": True}),
        ("package_list", {}),
        ("resource_search", {"query": "name:Posyandu"}),
        ("package_autocomplete", {"q": placed.name[:12], "limit": 100}),
        ("tag_list", {}),
        ("current_package_list_with_resources", {"limit": 1000}),
        ("satudata_home_show", {}),
        ("satudata_edition_list", {"id": _public(town, kind).id}),
        ("satudata_submission_show", {"id": _public(town, kind).id}),
        ("package_show", {"id": _public(town, kind).id}),
        ("recently_changed_packages_activity_list", {"limit": 100}),
        ("user_activity_list", {"id": "produsen", "limit": 100}),
        ("organization_activity_list", {"id": town.world.office["name"], "limit": 100}),
        ("package_activity_list", {"id": _public(town, kind).id, "limit": 100}),
    ):
        said = json.dumps(town.api(by, action, **sent)[1])
        for word in words:
            if word == placed.submission_id and kind == "working_released":
                continue  # the edition everybody knows is named by it
            assert word not in said, (action, by, word)
    public = _public(town, kind)
    for url in (
        "/catalog.ttl",
        "/feeds/dataset.atom",
        "/dataset/",
        f"/dataset/{public.name}",
        f"/dataset/{public.name}.ttl",
        f"/dataset/{public.name}/edisi/1",
    ):
        said = town.page(by, url).get_data(as_text=True)
        assert not [w for w in words if w in said and w != placed.submission_id], (url, by)


def test_staff_read_a_working_copy_as_the_table_says(town: Town) -> None:
    draft, checked = town.placed["working"], town.placed["working_awaiting_check"]
    for by, placed, may in (
        ("produsen", draft, True),
        ("pemeriksa", draft, False),
        ("penyetuju", draft, False),
        ("pemeriksa", checked, True),
        ("pendukung", checked, True),
        ("penyetuju", checked, True),
        ("pimpinan", checked, False),
    ):
        expected = 200 if may else 404
        assert town.api(by, "package_show", id=placed.id)[0] == expected, (by, placed.name)
        assert town.api(by, "satudata_submission_show", id=placed.id)[0] == expected
        opened = town.api(by, "satudata_submission_show", id=town.public_of[placed.id].id)[1]
        assert bool(opened["result"].get("open_submission")) is may, (by, placed.name)


def test_the_public_copy_is_what_it_was(town: Town) -> None:
    placed = town.placed["working"]
    public = town.public_of[placed.id]
    shown = town.api(None, "package_show", id=public.id)[1]["result"]
    assert shown["notes"] != SECRET["working"]
    (document,) = indexed(public.id)
    assert SECRET["working"] not in document["validated_data_dict"]
    assert document["public"] == 1
    assert served(public.resource_id) == served(placed.resource_id)
    bound = files.of_resource(model.Session, placed.resource_id)
    assert bound is not None


def test_a_put_away_copy_serves_nothing_and_opens_to_nobody(town: Town) -> None:
    placed = town.placed["working_released"]
    for by in ("produsen", "pemeriksa", "penyetuju", *OUTSIDE):
        assert town.api(by, "package_show", id=placed.id)[0] == 404, by
        assert town.api(by, "datastore_search", resource_id=placed.resource_id)[0] == 404
        address = f"/dataset/{placed.name}/resource/{placed.resource_id}/download"
        assert town.page(by, address).status_code == 404
    assert indexed(placed.id) == []
    assert served(placed.resource_id) == ""


def test_layer_3_keeps_the_public_copy_and_the_working_one(town: Town) -> None:
    """Core's own code, past the chained actions."""
    from ckan.logic.action.update import package_update

    placed = town.placed["working"]
    for key, sent in (
        (placed.id, {"private": False}),
        (town.public_of[placed.id].id, {"title": "x"}),
    ):
        whole = tk.get_action("package_show")(machine(), {"id": key})
        with unchanged(key):
            context: Any = {**machine(), "model": model, "session": model.Session}
            with pytest.raises(GateBroken):
                package_update(context, {**whole, **sent})
            model.Session.rollback()
