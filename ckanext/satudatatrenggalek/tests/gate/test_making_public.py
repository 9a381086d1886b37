"""Rows A1-A10 of the gate: nothing becomes public without an approval, whoever asks."""

from __future__ import annotations

import uuid
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from ckan import model

from ckanext.satudatatrenggalek.model.tripwire import GateBroken

from .town import Town, indexed, machine, refused, rows, unchanged

WRITERS = ("produsen", "admin")
HIDDEN = ("draft", "awaiting_check", "awaiting_release", "retracted", "discarded")


def new_dataset(town: Town, **more: Any) -> dict[str, Any]:
    town.made += 1
    office = town.world.office["id"]
    return {"name": f"baru-{town.made}", "title": "Baru", "owner_org": office, **more}


def is_private(package_id: str) -> None:
    kept = rows(package_id)
    assert [(p["private"], p["state"]) for p in kept["package"]] == [(True, "active")]
    assert [d["public_state"] for d in kept["satudata_dataset"]] == ["none"]
    assert [doc["public"] for doc in indexed(package_id)] == [0]


@pytest.mark.parametrize("by", WRITERS)
@pytest.mark.parametrize("private", ["missing", False, "", "False", 0, None, "bukan", []])
def test_A1_A2_a_new_dataset_lands_private(town: Town, by: str, private: Any) -> None:
    sent = new_dataset(town) if private == "missing" else new_dataset(town, private=private)
    status, body = town.api(by, "package_create", **sent)
    assert status == 200, body
    assert body["result"]["private"] is True
    is_private(body["result"]["id"])
    assert town.page(None, f"/dataset/{sent['name']}").status_code == 404


def test_A1_a_new_dataset_with_links_lands_private(town: Town) -> None:
    """*package_create by anyone lands private whatever is sent*: a link waits for its file."""
    sent = new_dataset(
        town, private=False, resources=[{"name": "a", "url": "https://example.org/a.csv"}]
    )
    status, body = town.api("produsen", "package_create", **sent)
    assert status == 200, body
    is_private(body["result"]["id"])


@pytest.mark.parametrize("by", WRITERS)
@pytest.mark.parametrize("state", HIDDEN)
@pytest.mark.parametrize("action", ["package_patch", "package_update", "package_revise"])
def test_A3_private_false_is_refused(town: Town, by: str, state: str, action: str) -> None:
    placed = town.placed[state]
    whole = town.world.call("package_show", "admin", id=placed.id)
    sent: dict[str, Any] = {
        "package_patch": {"id": placed.id, "private": False},
        "package_update": {**whole, "private": False},
        "package_revise": {"match": {"id": placed.id}, "update": {"private": False}},
    }[action]
    with unchanged(placed.id):
        refused(town.api(by, action, **sent))


def test_A3_revise_with_flattened_keys_is_refused(town: Town) -> None:
    placed = town.placed["draft"]
    sent = {"match__id": placed.id, "update__private": False}
    with unchanged(placed.id):
        refused(town.api("produsen", "package_revise", **sent), "not_by_hand")


@pytest.mark.parametrize("private", ["", None])
def test_A2_an_empty_private_on_update_changes_nothing_of_it(town: Town, private: Any) -> None:
    placed = town.draft()
    sent = {"id": placed.id, "private": private, "title": "Judul lain"}
    status, body = town.api("produsen", "package_patch", **sent)
    assert status == 200, body
    is_private(placed.id)


@pytest.mark.parametrize("action", ["bulk_update_public", "bulk_update_private"])
@pytest.mark.parametrize("state", ["draft", "published"])
def test_A4_bulk_update_is_refused(town: Town, action: str, state: str) -> None:
    placed = town.placed[state]
    sent = {"org_id": town.world.office["id"], "datasets": [placed.id]}
    with unchanged(placed.id):
        refused(town.api("admin", action, **sent), "not_by_hand")
        assert town.api("produsen", action, **sent)[0] == 403
        assert town.api(None, action, **sent)[0] == 403


@pytest.mark.parametrize("by", WRITERS)
@pytest.mark.parametrize("state", ["draft", "deleted", "", None, "x"])
def test_A5_a_new_dataset_is_active_and_private(town: Town, by: str, state: Any) -> None:
    status, body = town.api(by, "package_create", **new_dataset(town, state=state, private=False))
    assert status == 200, body
    is_private(body["result"]["id"])


@pytest.mark.parametrize("by", WRITERS)
@pytest.mark.parametrize("sent", ["draft", "deleted", "x"])
@pytest.mark.parametrize("state", ["draft", "awaiting_approval", "published"])
def test_A5_the_state_of_a_dataset_is_not_changed_by_hand(
    town: Town, by: str, sent: str, state: str
) -> None:
    placed = town.placed[state]
    with unchanged(placed.id):
        refused(town.api(by, "package_patch", id=placed.id, state=sent))


@pytest.mark.parametrize("button", ["publish", "unpublish"])
def test_A5_the_buttons_of_the_edit_page_change_nothing(town: Town, button: str) -> None:
    placed = town.placed["draft"]
    with unchanged(placed.id):
        town.page("produsen", f"/dataset/{button}/{placed.id}", "POST")
        town.page("admin", f"/dataset/{button}/{placed.id}", "POST")


@pytest.mark.parametrize("by", WRITERS)
@pytest.mark.parametrize("state", ["draft", "awaiting_approval", "published", "discarded"])
@pytest.mark.parametrize("action", ["package_delete", "dataset_purge"])
def test_A6_deleting_is_refused(town: Town, by: str, state: str, action: str) -> None:
    placed = town.placed[state]
    with unchanged(placed.id):
        answer = town.api(by, action, id=placed.id)
        if (by, action) == ("produsen", "dataset_purge"):
            assert answer[0] == 403
        else:
            refused(answer, "not_by_hand")


def test_A6_a_deleted_dataset_does_not_come_back(town: Town) -> None:
    placed = town.draft()
    package = model.Package.get(placed.id)
    assert package is not None
    package.state = "deleted"
    model.Session.commit()
    with unchanged(placed.id):
        refused(town.api("admin", "package_patch", id=placed.id, state="active"), "deleted")
        answer = town.api("produsen", "package_patch", id=placed.id, state="active")
        assert answer[0] in (403, 404, 409)


@pytest.mark.parametrize("kind", ["showcase", "Dataset", "", " dataset", ["dataset"], {"a": 1}])
@pytest.mark.parametrize("by", WRITERS)
def test_A7_another_type_is_refused_or_governed(town: Town, by: str, kind: Any) -> None:
    sent = new_dataset(town, type=kind, private=False)
    status, body = town.api(by, "package_create", **sent)
    if status == 200:
        assert body["result"]["type"] == "dataset"
        is_private(body["result"]["id"])
    else:
        refused((status, body), "unknown_type")
        assert model.Package.get(sent["name"]) is None


def test_A7_the_type_of_a_dataset_cannot_be_changed(town: Town) -> None:
    placed = town.draft()
    status, _body = town.api("admin", "package_patch", id=placed.id, type="harvest", title="Lain")
    assert status in (200, 409)
    assert rows(placed.id)["package"][0]["type"] == "dataset"


def test_A7_a_package_of_an_allowed_type_lands_private_and_stays_so(town: Town) -> None:
    url = f"https://example.org/{uuid.uuid4()}"
    sent = new_dataset(town, source_type="ckan", url=url, private=False)
    key = tk.get_action("harvest_source_create")(machine(), sent)["id"]
    assert rows(key)["package"][0]["private"] is True
    refused(town.api("admin", "package_patch", id=key, private=False))
    package = model.Package.get(key)
    assert package is not None
    package.private = False
    with pytest.raises(GateBroken):
        model.Session.commit()
    model.Session.rollback()
    assert rows(key)["package"][0]["private"] is True


def test_A8_nobody_creates_an_office_to_publish_in(town: Town) -> None:
    for by in ("produsen", "warga"):
        assert town.api(by, "organization_create", name="kantor-baru")[0] == 403
        assert town.api(by, "group_create", name="grup-baru")[0] == 403
        assert town.api(by, "package_create", name="tanpa-kantor", title="x")[0] in (403, 409)
    assert town.api("warga", "package_create", **new_dataset(town))[0] == 403
    other = new_dataset(town, owner_org=town.world.other_office["id"])
    assert town.api("produsen", "package_create", **other)[0] in (403, 409)
    assert model.Package.get(other["name"]) is None


@pytest.mark.parametrize("by", WRITERS)
@pytest.mark.parametrize("state", ["draft", "published"])
def test_A9_the_office_of_a_dataset_is_not_changed_by_hand(town: Town, by: str, state: str) -> None:
    placed, other = town.placed[state], town.world.other_office["id"]
    with unchanged(placed.id):
        refused(town.api(by, "package_patch", id=placed.id, owner_org=other), "not_by_hand")
        sent = {"id": placed.id, "organization_id": other}
        for data in (sent, {"id": placed.id}):
            answer = town.api(by, "package_owner_org_update", **data)
            assert answer[0] == 403 if by == "produsen" else refused(answer, "not_by_hand") is None


def test_A10_there_are_no_collaborators(town: Town) -> None:
    placed, warga = town.placed["draft"], town.world.users["warga"]["id"]
    for by in WRITERS:
        sent = {"id": placed.id, "user_id": warga, "capacity": "editor"}
        status, _body = town.api(by, "package_collaborator_create", **sent)
        assert status in (403, 404, 409)
    assert not model.Session.query(model.PackageMember).filter_by(package_id=placed.id).count()


def test_A10_a_collaborator_row_opens_nothing(town: Town) -> None:
    placed = town.draft()
    member = model.PackageMember(
        package_id=placed.id, user_id=town.world.users["warga"]["id"], capacity="editor"
    )
    model.Session.add(member)
    model.Session.commit()
    assert town.api("warga", "package_show", id=placed.id)[0] == 404
    assert town.api("warga", "package_patch", id=placed.id, title="x")[0] == 404


def test_A_organization_with_datasets_is_neither_deleted_nor_purged(town: Town) -> None:
    placed, office = town.placed["published"], town.world.office["id"]
    with unchanged(placed.id):
        for action in ("organization_delete", "organization_purge"):
            assert town.api("admin", action, id=office)[0] == 409
            assert town.api("produsen", action, id=office)[0] == 403
