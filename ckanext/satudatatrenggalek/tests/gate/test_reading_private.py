"""Rows C2-C10 of the gate: what is not public is read, found or counted by nobody else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ckan import model

from ckanext.satudatatrenggalek.domain.sop import VISIBLE_TO, Role, State

from .town import SECRET, STATES, Town

# Who holds what for the office of the town's datasets; the demo's names.
HOLDS = {
    "produsen": Role.PRODUCER,
    "pendukung": Role.SUPPORTING_CHECKER,
    "pemeriksa": Role.CHECKER,
    "penyetuju": Role.APPROVER,
    "pembina": Role.SUPERVISOR,
    "forum": Role.FORUM,
    "sekretariat": Role.SECRETARIAT,
    "pimpinan": Role.LEADERSHIP,
    "produsen_lain": None,
    "warga": None,
    None: None,
}
PRIVATE = tuple(state for state in STATES if state != "published")


def _may_see(by: str | None, state: str) -> bool:
    role = HOLDS[by]
    return state == "published" or (role is not None and role in VISIBLE_TO[State(state)])


@pytest.mark.parametrize("by", HOLDS)
def test_C2_each_role_reads_what_the_table_says(town: Town, by: str | None) -> None:
    for state in STATES:
        placed, may = town.placed[state], _may_see(by, state)
        assert (town.api(by, "package_show", id=placed.id)[0] == 200) is may, state
        assert (town.api(by, "resource_show", id=placed.resource_id)[0] == 200) is may, state
        url = f"/dataset/{placed.name}/resource/{placed.resource_id}/download"
        assert (town.page(by, url).status_code == 200) is may, state
        key = {"resource_id": placed.resource_id}
        assert (town.api(by, "datastore_search", **key)[0] == 200) is may, state


@pytest.mark.parametrize("by", HOLDS)
def test_C2_each_role_finds_what_the_table_says(town: Town, by: str | None) -> None:
    wide = {"include_private": True, "include_drafts": True, "include_deleted": True}
    for query in ({}, wide, {**wide, "fq": "+state:(active OR draft OR deleted)"}):
        found = town.api(by, "package_search", q="rahasia", rows=1000, **query)[1]["result"]
        names = {row["name"] for row in found["results"]}
        for state in STATES:
            may = _may_see(by, state) and (bool(query) or state == "published")
            assert (SECRET[state] in names) is may, (state, query)


def test_C2_a_member_of_the_office_without_appointment_sees_nothing(town: Town) -> None:
    from ckan.tests import factories

    if "anggota" not in town.world.users:
        town.world.users["anggota"] = factories.User(name="anggota")
    for capacity in ("member", "editor", "admin"):
        town.world.call(
            "organization_member_create",
            "admin",
            id=town.world.office["id"],
            username="anggota",
            role=capacity,
        )
        for state in PRIVATE:
            placed = town.placed[state]
            assert town.api("anggota", "package_show", id=placed.id)[0] == 404
            assert town.api("anggota", "package_patch", id=placed.id, title="x")[0] == 404
        assert town.api("anggota", "package_patch", id=public_id(town), title="x")[0] == 403
        found = town.api("anggota", "package_search", include_private=True, rows=1000)
        assert secrets_in(json.dumps(found)) == set()


def public_id(town: Town) -> str:
    return town.placed["published"].id


def secrets_in(text: str) -> set[str]:
    return {state for state in PRIVATE if SECRET[state] in text}


def outsiders_read(town: Town, action: str, **data: Any) -> dict[str, Any]:
    """Call as everybody without a role in the office; nothing private may be said."""
    answer: dict[str, Any] = {}
    for by in ("produsen_lain", "warga", None):
        status, answer = town.api(by, action, **data)
        said = json.dumps(answer)
        assert secrets_in(said) == set(), (action, data, by)
        for state in PRIVATE:
            placed = town.placed[state]
            for key in (placed.id, placed.resource_id):
                assert key not in said or key in json.dumps(data), (action, by, status)
    return answer


def test_C3_activities_name_no_private_dataset(town: Town) -> None:
    office, producer = town.world.office["id"], town.world.users["produsen"]["id"]
    for action, data in (
        ("recently_changed_packages_activity_list", {"limit": 100}),
        ("organization_activity_list", {"id": office, "limit": 100}),
        ("user_activity_list", {"id": producer, "limit": 100}),
        ("dashboard_activity_list", {"limit": 100}),
        ("dashboard_new_activities_count", {}),
    ):
        outsiders_read(town, action, **data)
    for state in PRIVATE:
        placed = town.placed[state]
        for by in ("produsen_lain", "warga", None):
            assert town.api(by, "package_activity_list", id=placed.id)[0] == 404


def test_C5_relationships_name_no_private_dataset(town: Town) -> None:
    public = town.placed["published"]
    for by in ("produsen", "admin", None):
        sent = {"subject": public.id, "object": town.placed["draft"].id, "type": "depends_on"}
        assert town.api(by, "package_relationship_create", **sent)[0] in (403, 409)
        assert town.api(by, "package_relationship_update", **sent)[0] in (403, 409)
        assert town.api(by, "package_relationship_delete", **sent)[0] in (403, 409)
    row = model.PackageRelationship(
        subject_package_id=public.id,
        object_package_id=town.placed["draft"].id,
        type="depends_on",
    )
    model.Session.add(row)
    model.Session.commit()
    try:
        outsiders_read(town, "package_show", id=public.id)
        outsiders_read(town, "package_relationships_list", id=public.id)
        outsiders_read(town, "package_search", q="*:*", rows=1000)
    finally:
        model.Session.delete(row)
        model.Session.commit()


def test_C6_words_used_only_in_private_data_stay_private(town: Town) -> None:
    for action, data in (
        ("tag_list", {}),
        ("tag_list", {"query": "rahasia"}),
        ("tag_list", {"all_fields": True}),
        ("tag_search", {"query": "kata"}),
        ("tag_autocomplete", {"query": "kata"}),
        ("format_autocomplete", {"q": "c"}),
        ("package_autocomplete", {"q": "rahasia"}),
        ("package_search", {"facet.field": ["tags", "name"], "rows": 0}),
        ("vocabulary_list", {}),
    ):
        outsiders_read(town, action, **data)
    word = f"kata-{SECRET['draft']}"
    known = town.api(None, "tag_show", id=f"kata-{SECRET['published']}")
    assert known[0] == 200
    assert town.api(None, "tag_show", id=word)[0] == 404
    found = town.api(None, "tag_list")[1]["result"]
    assert f"kata-{SECRET['published']}" in found
    for url in ("/api/2/util/tag/autocomplete?incomplete=kata", f"/dataset?tags={word}"):
        shown = town.page(None, url).get_data(as_text=True)
        assert secrets_in(shown.replace(word, "")) == set()


def test_C7_the_table_of_tables_is_closed(town: Town) -> None:
    for name in ("_table_metadata", "pg_class", "_table_stats"):
        for by in ("produsen", "produsen_lain", "warga", None):
            assert town.api(by, "datastore_search", resource_id=name)[0] in (403, 404), name
            assert town.api(by, "datastore_info", id=name)[0] in (403, 404), name
    url = "/datastore/dump/_table_metadata"
    assert town.page(None, url).status_code == 404
    assert town.api(None, "datastore_search_sql", sql="SELECT 1")[0] in (400, 404)


def test_C9_a_public_flag_alone_shows_nothing(town: Town) -> None:
    """Labels without ``private`` and ``private`` without labels: each of them hides."""
    for action, data in (
        ("package_list", {}),
        ("current_package_list_with_resources", {"limit": 100}),
        ("resource_search", {"query": "name:Posyandu"}),
        ("resource_search", {"query": "url:posyandu"}),
    ):
        outsiders_read(town, action, **data)
    assert SECRET["published"] in town.api(None, "package_list")[1]["result"]
    found = town.api(None, "resource_search", query="name:Posyandu")[1]["result"]
    assert town.placed["published"].resource_id in {row["id"] for row in found["results"]}
    assert found["count"] == len(found["results"])


def test_C10_nothing_internal_is_in_what_everybody_gets(town: Town) -> None:
    key = public_id(town)
    shown = town.world.show(key)
    internal = [shown["id"], "satudata-", "claimed_", "findings", "approved_", "Angka keliru"]
    internal += [town.world.users[name]["id"] for name in ("pemeriksa", "penyetuju")]
    for action, data in (
        ("package_show", {"id": key}),
        ("package_search", {"q": f"id:{key}"}),
        ("package_search", {"q": f"id:{key}", "use_default_schema": True}),
        ("resource_show", {"id": town.placed["published"].resource_id}),
        ("dcat_dataset_show", {"id": key}),
    ):
        said = json.dumps(town.api(None, action, **data)[1]["result"])
        for word in internal:
            assert word not in said, (action, word)


def test_C10_fields_of_the_index_are_not_handed_out(town: Town) -> None:
    for data in (
        {"fl": "permission_labels,data_dict,validated_data_dict"},
        {"facet.field": ["permission_labels"], "rows": 0},
        {"facet.field": ["capacity"], "rows": 0},
    ):
        said = json.dumps(outsiders_read(town, "package_search", q="*:*", **data))
        assert "satudata-" not in said, data
