"""Row C1 of the gate: an id of a file is the portal's to give, and serves nothing once removed."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib import uploader

from ckanext.satudatatrenggalek import jobs

from ..world import CSV, upload
from .town import Town, machine, refused, rows, served, state_of, unchanged

FIXED = ("awaiting_check", "awaiting_approval", "awaiting_release", "published", "retracted")


def test_C1_the_id_of_another_file_is_refused(town: Town) -> None:
    mine = town.draft()
    gone = town.draft()
    taken = [town.placed["published"].resource_id, town.placed["draft"].resource_id]
    assert town.api("produsen", "resource_delete", id=gone.resource_id)[0] == 200
    assert served(gone.resource_id) == ""
    taken += [gone.resource_id, "11111111-2222-3333-4444-555555555555"]
    for key in taken:
        with unchanged(mine.id, town.placed["published"].id):
            for by in ("produsen", "admin"):
                sent = {"package_id": mine.id, "id": key, "name": "x", "upload": upload(CSV)}
                refused(town.api(by, "resource_create", **sent), "foreign_id")
                sent = {"id": mine.id, "resources": [{"id": key, "name": "x"}]}
                refused(town.api(by, "package_patch", **sent), "foreign_id")
        new = {"name": "pengenal-asing", "title": "x", "owner_org": town.world.office["id"]}
        sent = {**new, "resources": [{"id": key, "name": "x"}]}
        refused(town.api("produsen", "package_create", **sent), "foreign_id")
        assert model.Package.get("pengenal-asing") is None


def test_C1_a_removed_file_is_served_nowhere(town: Town) -> None:
    placed = town.draft()
    assert town.api("produsen", "package_patch", id=placed.id, resources=[])[0] == 200
    assert served(placed.resource_id) == ""
    jobs.work()
    for by in ("produsen", "warga", None):
        for action, key in (
            ("resource_show", "id"),
            ("datastore_search", "resource_id"),
            ("datastore_info", "id"),
            ("resource_view_list", "id"),
            ("satudata_conformity_show", "resource_id"),
        ):
            assert town.api(by, action, **{key: placed.resource_id})[0] in (403, 404), action
        url = f"/dataset/{placed.id}/resource/{placed.resource_id}/download"
        assert town.page(by, url).status_code == 404
    assert state_of(placed.id)["bytes"] == {placed.resource_id: ""}


def test_C1_the_harvesters_ids_are_replaced(town: Town) -> None:
    key = town.placed["published"].resource_id
    town.made += 1
    sent = {
        "name": f"panen-{town.made}",
        "title": "x",
        "owner_org": town.world.office["id"],
        "resources": [{"id": key, "url": "https://example.org/a.csv"}],
    }
    created = tk.get_action("package_create")(machine(), sent)
    assert created["private"] is True
    assert created["resources"][0]["id"] != key
    assert rows(created["id"])["package"][0]["private"] is True
    path = uploader.get_resource_uploader({"id": created["resources"][0]["id"]})
    assert path.get_path(created["resources"][0]["id"]).endswith("none")
