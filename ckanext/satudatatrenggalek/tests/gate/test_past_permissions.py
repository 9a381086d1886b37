"""Rows A11-A14 of the gate: nor does it past permissions, by direct writes or by tokens."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from ckan import model
from ckan.logic.schema import default_create_package_schema, default_update_package_schema

from ckanext.satudatatrenggalek.model.tripwire import GateBroken

from .test_making_public import HIDDEN, is_private, new_dataset
from .town import Town, machine, refused, rows, unchanged


def _bare_create() -> dict[str, Any]:
    schema = default_create_package_schema()
    return {key: value for key, value in schema.items() if key not in ("private", "state")}


def _bare_update() -> dict[str, Any]:
    schema = default_update_package_schema()
    return {key: value for key, value in schema.items() if key not in ("private", "state")}


@pytest.mark.parametrize("schema", [None, "default", "bare"])
def test_A11_ignore_auth_and_an_own_schema_land_private(town: Town, schema: str | None) -> None:
    made = {"default": default_create_package_schema(), "bare": _bare_create()}
    context = machine() if schema is None else {**machine(), "schema": made[schema]}
    created = tk.get_action("package_create")(
        context, new_dataset(town, private=False, state="draft")
    )
    is_private(created["id"])


@pytest.mark.parametrize("state", ["draft", "awaiting_approval", "published", "retracted"])
@pytest.mark.parametrize("own", [False, True])
def test_A11_ignore_auth_and_an_own_schema_change_no_visibility(
    town: Town, state: str, own: bool
) -> None:
    placed = town.placed[state]
    context = {**machine(), "schema": _bare_update()} if own else machine()
    flipped = not rows(placed.id)["package"][0]["private"]
    for sent in ({"private": flipped}, {"state": "draft"}, {"owner_org": ""}, {"title": "x"}):
        if sent in ({"title": "x"}, {"owner_org": ""}) and state == "draft":
            continue
        whole = tk.get_action("package_show")(machine(), {"id": placed.id})
        unasked = sent == {"owner_org": ""}
        with unchanged(placed.id):
            if unasked:
                tk.get_action("package_update")(dict(context), {**whole, **sent})
            else:
                with pytest.raises(tk.ValidationError):
                    tk.get_action("package_update")(dict(context), {**whole, **sent})
            model.Session.rollback()


def test_A11_context_keys_open_nothing(town: Town) -> None:
    placed = town.placed["awaiting_approval"]
    keys = ("allow_state_change", "allow_partial_update", "satudata_passage", "passage", "for_edit")
    context = {**machine(), **dict.fromkeys(keys, True)}
    for sent in ({"private": False}, {"state": "draft"}, {"title": "x"}):
        with unchanged(placed.id):
            with pytest.raises(tk.ValidationError):
                tk.get_action("package_patch")(dict(context), {"id": placed.id, **sent})
            model.Session.rollback()


@pytest.mark.parametrize("state", HIDDEN)
def test_A12_a_direct_write_of_private_breaks(town: Town, state: str) -> None:
    placed = town.placed[state]
    with unchanged(placed.id):
        package = model.Package.get(placed.id)
        assert package is not None
        package.private = False
        with pytest.raises(GateBroken):
            model.Session.commit()
        model.Session.rollback()


def test_A12_a_new_public_row_breaks(town: Town) -> None:
    for kind in ("dataset", "showcase", None):
        model.Session.add(model.Package(name="tulis-langsung", private=False, type=kind))
        with pytest.raises(GateBroken):
            model.Session.commit()
        model.Session.rollback()
    assert model.Package.get("tulis-langsung") is None


def test_A12_changing_the_type_first_does_not_help(town: Town) -> None:
    placed = town.placed["draft"]
    with unchanged(placed.id):
        package = model.Package.get(placed.id)
        assert package is not None
        package.type, package.private = "showcase", False
        with pytest.raises(GateBroken):
            model.Session.commit()
        model.Session.rollback()


@pytest.mark.parametrize("state", ["draft", "published"])
@pytest.mark.parametrize("change", [{"private": False}, {"owner_org": ""}, None])
def test_A12_a_bulk_write_through_the_session_breaks(town: Town, state: str, change: Any) -> None:
    placed = town.placed[state]
    with unchanged(placed.id):
        # Made inside: the session before it was put away, and would keep its lock on failure.
        query = model.Session.query(model.Package).filter_by(id=placed.id)
        with pytest.raises(GateBroken):
            _ = query.delete() if change is None else query.update(change)
        model.Session.rollback()


def test_A13_no_field_of_the_dataset_carries_the_procedure(town: Town) -> None:
    placed = town.draft()
    forged = {"public_state": "published", "satudata_state": "published", "state_label": "x"}
    extras = [{"key": key, "value": value} for key, value in forged.items()]
    town.api("produsen", "package_patch", id=placed.id, extras=extras)
    town.api("produsen", "package_patch", id=placed.id, **forged)
    is_private(placed.id)
    assert town.world.show(placed.id)["state"] == "draft"
    assert town.api(None, "package_show", id=placed.id)[0] == 404


def test_A14_steps_by_token_are_taken_only_where_allowed_and_recorded(
    town: Town, ckan_config: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    placed = town.fresh("awaiting_approval")
    shown = town.world.show(placed.id)
    sent = {"id": placed.id, "step": "approve", "content_hash": shown["content_hash"]}
    sent["release_at"] = "2030-01-01T00:00"
    setting = "ckanext.satudatatrenggalek.token_steps"
    monkeypatch.setitem(ckan_config, setting, "false")
    with unchanged(placed.id):
        refused(town.api("penyetuju", "satudata_step_take", **sent), "token_refused")
    monkeypatch.setitem(ckan_config, setting, "true")
    for by in ("produsen", "produsen_lain", "pemeriksa", "warga", "sekretariat", "admin", None):
        assert town.api(by, "satudata_step_take", **sent)[0] in (403, 404), by
    status, body = town.api("penyetuju", "satudata_step_take", **sent)
    assert status == 200, body
    newest = body["result"]["history"][0]
    assert (newest["step"], newest["auth_method"]) == ("approve", "token")
