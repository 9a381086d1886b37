"""Row C8: to whoever may not know of it, a private dataset answers as one that is not there."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import Any

import pytest

from ..world import CSV, upload
from .town import WORKING, Placed, Town

NOWHERE = Placed(
    "00000000-1111-4222-8333-444444444444",
    "tidak-pernah-ada",
    "00000000-1111-4222-8333-555555555555",
    "00000000-1111-4222-8333-666666666666",
    "00000000-1111-4222-8333-777777777777",
)
STATES = ("draft", "awaiting_check", "awaiting_release", "discarded", *WORKING)
PEOPLE = ("produsen_lain", "warga", None)

PAGES = (
    "/dataset/{id}",
    "/dataset/{name}",
    "/dataset/edit/{id}",
    "/dataset/resources/{id}",
    "/dataset/delete/{id}",
    "/dataset/groups/{id}",
    "/dataset/activity/{id}",
    "/dataset/changes/{id}",
    "/dataset/followers/{id}",
    "/dataset/collaborators/{id}",
    "/dataset/collaborators/{id}/new",
    "/dataset/{id}/resource/{resource}",
    "/dataset/{name}/resource/{resource}",
    "/dataset/{id}/resource/{resource}/download",
    "/dataset/{id}/resource/{resource}/download/posyandu.csv",
    "/dataset/{id}/resource/{resource}/edit",
    "/dataset/{id}/resource/{resource}/delete",
    "/dataset/{id}/resource/new",
    "/dataset/{id}/resource/{resource}/views",
    "/dataset/{id}/resource/{resource}/view",
    "/dataset/{id}/resource/{resource}/view/{view}",
    "/dataset/{id}/resource/{resource}/new_view",
    "/dataset/{id}/resource/{resource}/edit_view/{view}",
    "/dataset/{id}/resource/{resource}/validation",
    "/dataset/{name}/resource/{resource}/validation/kemajuan",
    "/dataset/{id}/resource/{resource}/validation/laporan.json",
    "/dataset/{id}/resource/{resource}/validation/temuan.csv",
    "/dataset/{id}/resource/{resource}/validation/temuan.xlsx",
    "/dataset/{id}/resource_data/{resource}",
    "/dataset/{id}/delete-datastore/{resource}",
    "/dataset/{id}/dictionary/{resource}",
    "/dataset/{id}/dictionary_download/{resource}",
    "/datastore/dump/{resource}",
    "/datastore/api_info/{resource}",
    "/datatables/ajax/{view}",
    "/datatables/filtered-download/{view}",
    "/dataset/{id}.ttl",
    "/dataset/{id}.rdf",
    "/dataset/{id}.xml",
    "/dataset/{id}.jsonld",
    "/dataset/{name}.ttl",
    "/dataset/{id}/croissant.jsonld",
    "/harvest/{id}",
    "/feeds/custom.atom?q=id:{id}",
    "/dataset/{name}/edisi/1",
    "/dataset/{id}/edisi/1/berkas/{resource}",
    "/dataset/{name}/edisi/banding",
    "/dataset/{id}/edisi/banding/{resource}.csv",
    "/meja/periksa/{submission}",
    "/meja/dataset/{submission}",
    "/meja/dataset/{id}",
    "/meja/dataset/{id}/rapi/{resource}",
    "/meja/dataset/{submission}/rapi/{resource}/csv",
    "/meja/dataset/{id}/rapi/{resource}/log",
    "/meja/dataset/{submission}/bertanda/{resource}",
    "/meja/dataset/{id}/kolom/{resource}",
)
POSTS = (
    "/dataset/edit/{id}",
    "/dataset/delete/{id}",
    "/dataset/follow/{id}",
    "/dataset/unfollow/{id}",
    "/dataset/publish/{id}",
    "/dataset/unpublish/{id}",
    "/dataset/{id}/resource/new",
    "/dataset/{id}/resource/{resource}/edit",
    "/dataset/{id}/resource/{resource}/delete",
    "/dataset/{id}/resource/{resource}/new_view",
    "/dataset/{id}/resource_data/{resource}",
    "/dataset/{id}/delete-datastore/{resource}",
    "/dataset/{id}/dictionary/{resource}",
    "/datatables/ajax/{view}",
    "/meja/langkah/{submission}",
    "/meja/dataset/{submission}/rapi/{resource}",
    "/meja/dataset/{id}/kolom/{resource}",
    "/meja/dataset/{id}/skema/{resource}",
)
_FORM = {"step": "submit", "save": "go-metadata", "id": "", "title": "x"}
_BY_PACKAGE = (
    "package_show",
    "package_patch",
    "package_update",
    "package_delete",
    "dataset_purge",
    "package_resource_reorder",
    "package_owner_org_update",
    "package_activity_list",
    "package_relationships_list",
    "package_collaborator_list",
    "package_collaborator_create",
    "package_collaborator_delete",
    "follow_dataset",
    "unfollow_dataset",
    "am_following_dataset",
    "dataset_follower_count",
    "dataset_follower_list",
    "dcat_dataset_show",
    "satudata_submission_show",
    "satudata_edition_list",
    "satudata_desk_claim",
    "satudata_desk_unclaim",
)
_BY_RESOURCE = (
    "resource_show",
    "resource_patch",
    "resource_update",
    "resource_delete",
    "resource_view_list",
    "datastore_info",
)
_BY_RESOURCE_ID = (
    "datastore_search",
    "datastore_upsert",
    "datastore_create",
    "datastore_delete",
    "datastore_records_delete",
    "datastore_run_triggers",
    "resource_view_create",
    "resource_validation_run",
    "resource_validation_show",
    "resource_validation_delete",
    "xloader_submit",
    "xloader_status",
    "satudata_conformity_show",
    "satudata_conformity_table",
    "satudata_schema_accept",
    "satudata_schema_show",
    "satudata_marked_file",
    "satudata_marked_prepare",
    "satudata_marked_show",
    "satudata_tidied_accept",
    "satudata_tidied_file",
    "satudata_tidied_prepare",
    "satudata_tidied_show",
)
_BY_VIEW = ("resource_view_show", "resource_view_update", "resource_view_delete")


def _calls(town: Town, p: Placed) -> list[tuple[str, dict[str, Any]]]:
    view = {"title": "x", "view_type": "text_view"}
    other = town.placed["published"].id
    return [
        *((name, {"id": p.id}) for name in _BY_PACKAGE),
        *((name, {"id": p.name}) for name in ("package_show", "package_patch", "package_delete")),
        *((name, {"id": p.resource_id}) for name in _BY_RESOURCE),
        *((name, {"resource_id": p.resource_id}) for name in _BY_RESOURCE_ID),
        *((name, {"id": p.view_id, **view}) for name in _BY_VIEW),
        ("package_revise", {"match": {"id": p.id}, "update": {"title": "x"}}),
        ("package_revise", {"match__id": p.id, "update__title": "x"}),
        ("package_update", {"id": p.id, "private": False, "title": "x"}),
        ("package_patch", {"id": p.id, "private": False, "state": "draft"}),
        ("package_patch", {"id": p.id, "resources": [{"id": other, "url": "https://a.b"}]}),
        ("resource_create", {"package_id": p.id, "name": "x"}),
        ("resource_create", {"package_id": p.id, "id": other, "url": "https://a.b"}),
        ("resource_create", {"package_id": p.id, "upload": upload(CSV)}),
        ("resource_update", {"id": p.resource_id, "upload": upload(CSV)}),
        ("resource_view_reorder", {"id": p.resource_id, "order": [p.view_id]}),
        ("resource_view_create", {"resource_id": p.resource_id, **view}),
        ("datastore_search", {"id": p.resource_id, "resource_id": p.resource_id}),
        ("datastore_create", {"resource": {"package_id": p.id}, "records": []}),
        ("package_relationships_list", {"id": other, "id2": p.id}),
        ("package_relationship_create", {"subject": other, "object": p.id, "type": "child_of"}),
        ("task_status_show", {"entity_id": p.resource_id, "task_type": "x", "key": "x"}),
        ("xloader_hook", {"metadata": {"resource_id": p.resource_id}, "status": "complete"}),
        ("bulk_update_public", {"org_id": town.world.office["id"], "datasets": [p.id]}),
        ("satudata_step_take", {"id": p.id, "step": "submit"}),
        ("satudata_step_take", {"id": p.submission_id, "step": "approve"}),
        ("satudata_submission_show", {"id": p.submission_id}),
        ("satudata_submission_show", {"id": p.name}),
        ("satudata_edition_show", {"id": p.id, "number": 1}),
        ("satudata_edition_file", {"id": p.id, "number": 1, "resource_id": p.resource_id}),
        ("satudata_edition_diff", {"id": p.id}),
        ("satudata_edition_diff", {"id": p.name, "from": 1}),
        ("satudata_edition_diff_rows", {"id": p.id, "resource_id": p.resource_id}),
        ("satudata_step_take", {"id": p.id, "step": "revise"}),
        ("satudata_finding_mend", {"id": p.submission_id}),
        ("satudata_desk_claim", {"id": p.submission_id}),
        ("activity_create", {"object_id": p.id, "activity_type": "new package"}),
    ]


@dataclass(frozen=True)
class Answer:
    """What an outsider can compare: status, place it leads to, body."""

    status: int
    place: str
    body: str


def _hide(text: str, p: Placed) -> str:
    """The answer without what the caller sent and what differs each time."""
    for key in (p.id, p.name, p.resource_id, p.view_id, p.submission_id):
        text = text.replace(key, "@")
    return re.sub(
        r'_csrf_token" (value|content)="[^"]*"|nonce="[^"]*"|\d{4}-\d\d-\d\dT[\d:.Z+]+', "", text
    )


def _page(town: Town, by: str | None, method: str, url: str, p: Placed) -> Answer:
    keys = {"id": p.id, "name": p.name, "resource": p.resource_id, "view": p.view_id}
    asked = url.format(**keys, submission=p.submission_id)
    answer = town.page(by, asked, method, **(_FORM if method == "POST" else {}))
    place = _hide(answer.headers.get("Location", ""), p)
    return Answer(answer.status_code, place, _hide(answer.get_data(as_text=True), p))


def _call(town: Town, by: str | None, name: str, data: dict[str, Any], p: Placed) -> Answer:
    status, body = town.api(by, name, **data)
    return Answer(status, "", _hide(json.dumps(body, sort_keys=True), p))


def _compare(asked: str, here: Answer, nowhere: Answer) -> list[str]:
    if here == nowhere and here.status < 500:
        return []
    return [f"{asked}: {here.status} {here.body[:160]!r} / {nowhere.status} {nowhere.body[:160]!r}"]


def _secret(town: Town, state: str) -> Placed:
    """What outsiders must not learn of; everybody knows the submission of a released edition."""
    placed = town.placed[state]
    if state == "working_released":
        return replace(placed, submission_id=NOWHERE.submission_id)
    return placed


@pytest.mark.parametrize("by", PEOPLE)
@pytest.mark.parametrize("state", STATES)
def test_C8_pages_of_private_and_missing_are_the_same(
    town: Town, by: str | None, state: str
) -> None:
    found: list[str] = []
    for method, urls in (("GET", PAGES), ("POST", POSTS)):
        for url in urls if state == "draft" else urls[::3]:
            here = _page(town, by, method, url, _secret(town, state))
            nowhere = _page(town, by, method, url, NOWHERE)
            found += _compare(f"{method} {url}", here, nowhere)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("by", PEOPLE)
@pytest.mark.parametrize("state", STATES)
def test_C8_actions_on_private_and_missing_are_the_same(
    town: Town, by: str | None, state: str
) -> None:
    found: list[str] = []
    here_calls, other_calls = _calls(town, _secret(town, state)), _calls(town, NOWHERE)
    for (name, mine), (_name, none) in zip(here_calls, other_calls, strict=True):
        here = _call(town, by, name, mine, town.placed[state])
        nowhere = _call(town, by, name, none, NOWHERE)
        found += _compare(f"{name} {sorted(mine)}", here, nowhere)
    assert not found, "\n".join(found)


def test_C8_what_everybody_may_know_is_refused_as_not_allowed(town: Town) -> None:
    """A public dataset is no secret: the wrong role is 403 there, not 404."""
    placed = town.placed["published"]
    for by in ("produsen_lain", "warga"):
        assert town.api(by, "package_patch", id=placed.id, title="x")[0] == 403
        sent = {"id": placed.id, "step": "retract", "comment": "x"}
        assert town.api(by, "satudata_step_take", **sent)[0] == 403
        assert town.api(by, "satudata_submission_show", id=placed.id)[0] == 200
