"""Each of the four layers alone: attacked with the three others switched off."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from ckan import authz, logic, model
from ckan.lib import search
from ckan.logic.action import create as core_create
from ckan.logic.action import update as core_update

from ckanext.satudatatrenggalek.implementations.visibility import Visibility
from ckanext.satudatatrenggalek.logic.auth import dataset as our_permissions
from ckanext.satudatatrenggalek.model import tripwire
from ckanext.satudatatrenggalek.model.tripwire import GateBroken

from .town import Town, machine, refused, rows, state_of, unchanged

CORE = {
    "package_create": core_create.package_create,
    "package_update": core_update.package_update,
    "resource_update": core_update.resource_update,
    "resource_create": core_create.resource_create,
    "package_owner_org_update": core_update.package_owner_org_update,
}


@pytest.fixture
def no_actions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Layer 1 off: core's own write actions, as if nothing were chained."""
    logic.get_action("package_show")
    for name, action in CORE.items():
        monkeypatch.setitem(logic._actions, name, _plain(action))


def _plain(action: Any) -> Any:
    def run(context: Any = None, data_dict: Any = None) -> Any:
        context = {} if context is None else context
        context.setdefault("model", model)
        context.setdefault("session", model.Session)
        context.setdefault("user", "")
        return action(context, {} if data_dict is None else data_dict)

    return run


@pytest.fixture
def no_labels(town: Town) -> Iterator[None]:
    """Layer 2 off: everybody holds the label everything has."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Visibility, "get_dataset_labels", lambda self, dataset: ["public"])
        patch.setattr(Visibility, "get_user_dataset_labels", lambda self, user: ["public"])
        yield
    model.Session.rollback()
    for placed in town.placed.values():
        search.rebuild(placed.id)


@pytest.fixture
def no_tripwire() -> Iterator[None]:
    """Layer 3 off."""
    tripwire.disarm()
    yield
    model.Session.rollback()
    tripwire.arm()


@pytest.fixture
def no_permissions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Layer 4 off, and every other permission of ours with it."""
    monkeypatch.setattr(authz, "is_authorized", lambda *a, **k: {"success": True})
    monkeypatch.setattr(logic, "check_access", lambda *a, **k: True)
    monkeypatch.setattr(tk, "check_access", lambda *a, **k: True)


@contextmanager
def _raw(package_id: str, **columns: Any) -> Iterator[None]:
    """Write a package row by SQL, past every session; undone afterwards."""
    pairs = ", ".join(f"{name} = :{name}" for name in columns)
    back = dict(rows(package_id)["package"][0])
    with model.meta.engine.begin() as connection:
        query = f"UPDATE package SET {pairs} WHERE id = :id"
        connection.execute(sa.text(query), {"id": package_id, **columns})
    search.rebuild(package_id)
    try:
        yield
    finally:
        model.Session.remove()
        old = {name: back[name] for name in columns}
        with model.meta.engine.begin() as connection:
            query = f"UPDATE package SET {pairs} WHERE id = :id"
            connection.execute(sa.text(query), {"id": package_id, **old})
        search.rebuild(package_id)


@pytest.mark.usefixtures("no_labels", "no_tripwire", "no_permissions")
def test_layer_1_alone_refuses_every_write(town: Town) -> None:
    for state in ("draft", "awaiting_approval", "published"):
        placed = town.placed[state]
        flipped = not rows(placed.id)["package"][0]["private"]
        attacks: list[tuple[str, dict[str, Any]]] = [
            ("package_patch", {"id": placed.id, "private": flipped}),
            ("package_patch", {"id": placed.id, "state": "draft"}),
            ("package_patch", {"id": placed.id, "owner_org": town.world.other_office["id"]}),
            ("package_delete", {"id": placed.id}),
            ("dataset_purge", {"id": placed.id}),
            ("bulk_update_public", {"org_id": town.world.office["id"], "datasets": [placed.id]}),
        ]
        if state != "draft":
            attacks += [
                ("package_patch", {"id": placed.id, "title": "x"}),
                ("resource_delete", {"id": placed.resource_id}),
                ("resource_view_delete", {"id": placed.view_id}),
            ]
        before = rows(placed.id)
        for action, sent in attacks:
            with pytest.raises(tk.ValidationError):
                tk.get_action(action)({"ignore_auth": True, "user": "admin"}, sent)
            model.Session.rollback()
            assert rows(placed.id) == before, action


@pytest.mark.usefixtures("no_actions", "no_tripwire")
def test_layer_2_alone_hides_a_row_made_public_by_hand(town: Town) -> None:
    for state in ("draft", "awaiting_release", "retracted"):
        placed = town.placed[state]
        with _raw(placed.id, private=False):
            # At the address of what was public once stands why it went (ADR 11).
            _hidden(town, placed, own_page=410 if state == "retracted" else 404)


def _hidden(town: Town, placed: Any, own_page: int = 404) -> None:
    for by in ("warga", "produsen_lain", None):
        assert town.api(by, "package_show", id=placed.id)[0] == 404
        assert town.api(by, "resource_show", id=placed.resource_id)[0] == 404
        assert town.api(by, "datastore_search", resource_id=placed.resource_id)[0] == 404
        for action, data in (
            ("package_search", {"q": "*:*", "rows": 1000}),
            ("package_list", {}),
            ("resource_search", {"query": "name:Posyandu"}),
            ("package_autocomplete", {"q": placed.name}),
            ("tag_list", {}),
            ("current_package_list_with_resources", {"limit": 1000}),
            ("satudata_home_show", {}),
        ):
            said = json.dumps(town.api(by, action, **data)[1])
            for word in (placed.name, placed.id, placed.resource_id):
                assert word not in said, (action, by)
        for url in (f"/dataset/{placed.name}", f"/dataset/{placed.name}.ttl"):
            answer = town.page(by, url)
            assert answer.status_code == own_page, url
            assert placed.resource_id not in answer.get_data(as_text=True), url
        for url in (
            f"/dataset/{placed.name}/resource/{placed.resource_id}/download",
            f"/datastore/dump/{placed.resource_id}",
        ):
            assert town.page(by, url).status_code == 404, url
        for url in ("/catalog.ttl", "/feeds/dataset.atom", "/dataset/"):
            assert placed.name not in town.page(by, url).get_data(as_text=True), url


@pytest.mark.usefixtures("no_actions", "no_labels", "no_permissions")
def test_layer_3_alone_stops_cores_own_actions(town: Town) -> None:
    office = town.world.office["id"]
    new = {"name": "lewat-core", "title": "x", "owner_org": office, "private": False}
    with pytest.raises(GateBroken):
        tk.get_action("package_create")(machine(), new)
    model.Session.rollback()
    assert model.Package.get("lewat-core") is None
    for state in ("draft", "awaiting_approval", "published", "retracted"):
        placed = town.placed[state]
        before = state_of(placed.id)
        whole = tk.get_action("package_show")(machine(), {"id": placed.id})
        attacks = [{"private": not whole["private"]}, {"owner_org": town.world.other_office["id"]}]
        if state == "published":
            attacks += [{"title": "x"}, {"tags": [{"name": "baru"}]}, {"resources": []}]
        for sent in attacks:
            with pytest.raises(GateBroken):
                tk.get_action("package_update")(machine(), {**whole, **sent})
            model.Session.rollback()
        after = state_of(placed.id)
        assert (after["rows"], after["bytes"]) == (before["rows"], before["bytes"])


@pytest.mark.usefixtures("no_labels")
def test_layer_3_alone_wants_an_approval_even_from_the_workflow(town: Town) -> None:
    from ckanext.satudatatrenggalek import clock
    from ckanext.satudatatrenggalek.logic import release
    from ckanext.satudatatrenggalek.model import submissions

    placed = town.placed["awaiting_approval"]
    before = rows(placed.id)
    with pytest.raises(GateBroken):
        release.set_private(placed.id, False, clock.now())
    model.Session.rollback()
    record = submissions.dataset(model.Session, placed.id)
    assert record is not None
    record.public_state, record.published_submission_id = "published", placed.submission_id
    with pytest.raises(GateBroken):
        model.Session.commit()
    model.Session.rollback()
    assert rows(placed.id) == before


@pytest.mark.usefixtures("no_actions", "no_labels", "no_tripwire")
def test_layer_4_alone_keeps_the_datastore(town: Town) -> None:
    placed = town.placed["published"]
    key = {"resource_id": placed.resource_id, "force": True}
    before = _table(town, placed.resource_id)
    assert before
    for by in ("produsen", "admin", "penyetuju", None):
        for action, sent in (
            ("datastore_upsert", {**key, "method": "insert", "records": [{"tahun": "1"}]}),
            ("datastore_create", {**key, "records": [{"tahun": "1"}]}),
            ("datastore_delete", key),
            ("datastore_records_delete", {**key, "filters": {}}),
        ):
            assert town.api(by, action, **sent)[0] == 403, (by, action)
    assert _table(town, placed.resource_id) == before


def _table(town: Town, resource_id: str) -> Any:
    return town.api("admin", "datastore_search", resource_id=resource_id)[1]["result"]["records"]


def test_layer_4_names_every_write_of_the_datastore() -> None:
    """A write action that a new CKAN brings must be added here and there."""
    writes = {
        name
        for name in logic._actions
        if name.startswith("datastore_")
        and not getattr(logic._actions[name], "side_effect_free", False)
    }
    sysadmin_only = {"datastore_function_create", "datastore_function_delete", "datastore_analyze"}
    covered = set(our_permissions.functions())
    assert writes - sysadmin_only <= covered, writes - sysadmin_only - covered


def test_layers_stand_together_again(town: Town) -> None:
    placed = town.placed["draft"]
    with unchanged(placed.id):
        refused(town.api("admin", "package_patch", id=placed.id, private=False), "not_by_hand")
