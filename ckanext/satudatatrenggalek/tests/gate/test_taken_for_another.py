"""Names that pass for an id, and keys that make a permission look at another package (row C8)."""

from __future__ import annotations

import uuid

import ckan.plugins.toolkit as tk
import pytest
from ckan import model

from ckanext.satudatatrenggalek import jobs
from ckanext.satudatatrenggalek.model import files

from .test_making_public import new_dataset
from .town import Town, machine, rows, unchanged

ACTIONS = ("package_show", "dataset_follower_count", "am_following_dataset", "package_update")


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("by", [None, "warga", "produsen_lain"])
def test_C8_another_datasets_id_beside_it_opens_nothing(
    town: Town, action: str, by: str | None
) -> None:
    hidden, public = town.placed["draft"], town.placed["published"]
    for key in ("name", "id"):
        told = town.api(by, action, id=getattr(hidden, key), update={"id": public.id})
        missing = town.api(by, action, id="tidak-ada-sama-sekali", update={"id": public.id})
        assert told[0] == missing[0] != 200, (action, by, told)
        assert hidden.id not in str(told) or key == "id"


def test_a_dataset_named_like_a_submission_does_not_take_its_place(town: Town) -> None:
    waiting = town.fresh("awaiting_approval")
    sent = new_dataset(town, name=waiting.submission_id)
    assert town.api("produsen", "package_create", **sent)[0] == 200
    shown = town.world.call("satudata_submission_show", "pemeriksa", id=waiting.submission_id)
    assert shown["dataset_id"] == waiting.id
    town.world.step(waiting.submission_id, "approve", "penyetuju")
    jobs.work()
    assert town.world.show(waiting.id)["state"] == "published"


def test_a_file_named_like_another_ones_table_opens_no_rows(town: Town) -> None:
    hidden, own = town.placed["awaiting_check"], town.draft()
    bound = files.of_resource(model.Session, hidden.resource_id)
    assert bound is not None
    for named in (bound.table_id or str(uuid.uuid4()), hidden.resource_id):
        town.world.call("resource_patch", "produsen", id=own.resource_id, name=named)
        for action in ("datastore_search", "datastore_info"):
            status, body = town.api("produsen_lain", action, resource_id=named, id=named)
            assert status == 404, (action, body)


def test_nobody_but_a_keeper_has_addresses_fetched_by_the_portal(town: Town) -> None:
    url = f"https://example.org/{uuid.uuid4()}"
    sent = new_dataset(town, source_type="ckan", url=url)
    for by in ("produsen", "pemeriksa", "warga", None):
        assert town.api(by, "harvest_source_create", **sent)[0] == 403
        assert town.api(by, "package_create", **{**sent, "type": "harvest"})[0] == 403


def test_no_source_of_harvesting_clears_datasets(town: Town) -> None:
    url = f"https://example.org/{uuid.uuid4()}"
    sent = new_dataset(town, source_type="ckan", url=url)
    key = tk.get_action("harvest_source_create")(machine(), sent)["id"]
    own = town.draft()
    with unchanged(own.id):
        assert town.api("admin", "harvest_source_clear", id=key)[0] == 409
        both = {"id": key, "update": {"id": own.id}}
        assert town.api("produsen", "harvest_source_clear", **both)[0] in (403, 404)
    assert rows(key)["package"][0]["state"] == "active"
