"""Row B7 of the gate: the portal's own jobs pass, and nobody passes as one of them."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
import pytest
from ckan import model

from ckanext.satudatatrenggalek import loading
from ckanext.satudatatrenggalek.model import files
from ckanext.xloader.utils import set_resource_metadata

from .town import Town, machine, refused, unchanged

FIXED = ("awaiting_check", "awaiting_approval", "awaiting_release", "published", "retracted")


def test_B7_the_portals_own_jobs_pass_everywhere(town: Town) -> None:
    for state in FIXED:
        placed = town.placed[state]
        before = town.world.show(placed.id)["content_hash"]
        set_resource_metadata({"resource_id": placed.resource_id, "datastore_active": True})
        patch = {"id": placed.resource_id, "last_modified": "2026-01-02T03:04:05"}
        tk.get_action("resource_patch")(machine(), patch)
        after = town.world.show(placed.id)["content_hash"]
        assert after == before, state


def test_B7_loading_after_submitting_passes_and_changes_no_content(town: Town) -> None:
    placed = town.draft()
    bound = files.of_resource(model.Session, placed.resource_id)
    assert bound is not None
    bound.table_id = None
    resource = model.Session.get(model.Resource, placed.resource_id)
    assert resource is not None
    resource.extras = {k: v for k, v in resource.extras.items() if k in ("schema", "schema_source")}
    model.Session.commit()
    town.world.step(placed.id, "submit", "produsen")
    before = town.world.show(placed.id)["content_hash"]
    assert loading.load_resource(model.Session, placed.resource_id) is True
    assert town.world.show(placed.id)["content_hash"] == before
    shown = town.world.call("resource_show", "produsen", id=placed.resource_id)
    assert shown["datastore_active"] is True


@pytest.mark.parametrize("state", ["awaiting_approval", "published"])
def test_B7_the_site_user_changes_no_content(town: Town, state: str) -> None:
    placed = town.placed[state]
    whole = tk.get_action("package_show")(machine(), {"id": placed.id})
    bare = {key: value for key, value in whole.items() if key not in ("notes", "konsep")}
    resource = whole["resources"][0]
    poor = {k: v for k, v in resource.items() if k != "schema"}
    with unchanged(placed.id):
        for sent in (
            {**whole, "title": "Judul lain"},
            bare,
            {**whole, "resources": []},
            {**whole, "resources": [poor]},
            {**whole, "resources": [{**resource, "name": "x"}]},
            {**whole, "tags": []},
        ):
            with pytest.raises(tk.ValidationError):
                tk.get_action("package_update")(machine(), sent)
            model.Session.rollback()


def test_B7_whoever_signs_in_as_the_site_user_is_no_machine(town: Town) -> None:
    placed, site = town.placed["published"], tk.config["ckan.site_id"]
    name = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    town.world.users[site] = {"id": model.User.get(name).id, "name": name}
    whole = tk.get_action("resource_show")(machine(), {"id": placed.resource_id})
    with unchanged(placed.id):
        refused(town.api(site, "resource_update", **{**whole, "last_modified": "2020-01-01"}))
    del town.world.users[site]


@pytest.mark.parametrize("name", ["satudatatrenggalek_test", "Satudatatrenggalek_test"])
def test_B7_nobody_takes_the_name_of_the_site_user(town: Town, name: str) -> None:
    warga = town.world.users["warga"]
    answer = town.api("warga", "user_patch", id=warga["id"], name=name)
    assert answer[0] in (403, 409)
    assert model.User.get(warga["id"]).name == "warga"


@pytest.mark.parametrize("by", ["produsen", "admin"])
def test_B7_load_states_are_not_written_by_people(town: Town, by: str) -> None:
    placed = town.placed["published"]
    state = {
        "entity_id": placed.resource_id,
        "entity_type": "resource",
        "task_type": "xloader",
        "key": "xloader",
        "value": "{}",
        "state": "error",
        "last_updated": "2026-01-01T00:00:00",
    }
    hook = {"metadata": {"resource_id": placed.resource_id}, "status": "complete"}
    with unchanged(placed.id):
        for action, sent in (
            ("task_status_update", state),
            ("task_status_update_many", {"data": [state]}),
            ("xloader_submit", {"resource_id": placed.resource_id}),
            ("xloader_hook", hook),
        ):
            status, body = town.api(by, action, **sent)
            assert status in (403, 409), (action, body)
    assert model.Session.query(model.TaskStatus).count() == 0
