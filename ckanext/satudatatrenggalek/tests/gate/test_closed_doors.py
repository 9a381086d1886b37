"""Row C12 of the gate: pages, feeds, queries, counts and bytes that must stay closed."""

from __future__ import annotations

from ckan import model

from ckanext.satudatatrenggalek.model import files

from .test_reading_private import PRIVATE, outsiders_read, public_id, secrets_in
from .town import Town

CLOSED_PAGES = (
    "/",
    "/dataset/",
    "/dataset/?q=rahasia",
    "/dataset/?include_private=True&include_drafts=True",
    "/dataset/?fq=capacity:private",
    "/organization/",
    "/organization/{office}",
    "/organization/{office}?q=rahasia&include_private=True",
    "/organization/activity/{office}",
    "/organization/about/{office}",
    "/group/",
    "/user/produsen",
    "/user/activity/produsen",
    "/feeds/dataset.atom",
    "/feeds/custom.atom?q=rahasia",
    "/feeds/organization/{office}.atom",
    "/feeds/tag/kata-rahasia-draft.atom",
    "/catalog.ttl",
    "/catalog.rdf",
    "/catalog.xml",
    "/catalog.jsonld",
    "/sitemap.xml",
    "/robots.txt",
    "/harvest",
)


def test_C12_lists_feeds_and_catalogues_name_no_private_dataset(town: Town) -> None:
    office = town.world.office["name"]
    for url in CLOSED_PAGES:
        for by in ("produsen_lain", "warga", None):
            text = town.page(by, url.format(office=office)).get_data(as_text=True)
            text = text.replace("kata-rahasia-draft", "") if "feeds/tag" in url else text
            assert secrets_in(text) == set(), (url, by)


def test_C12_queries_reach_no_private_dataset(town: Town) -> None:
    for query in (
        {"q": "*:*"},
        {"fq": "+state:draft"},
        {"fq": "capacity:private"},
        {"fq": "+capacity:private", "include_private": True},
        {"fq_list": ["+state:active", "+capacity:private"]},
        {"q": "*:* OR permission_labels:*"},
        {"fq": 'permission_labels:"satudata-producer-*-*"'},
        {"q": "{!lucene}*:*", "include_private": True},
        {"q": "*:*) OR (*:*", "include_private": True},
        {"q": "*:*", "include_private": True, "sort": "permission_labels asc"},
        {"q": "*:*", "facet.field": ["title_string", "name", "id"], "facet.limit": -1},
        {"q": "*:*", "extras": {"permission_labels": "x"}},
    ):
        outsiders_read(town, "package_search", rows=1000, **query)


def test_C12_offices_and_people_count_only_what_is_public(town: Town) -> None:
    office = town.world.office["id"]
    public = town.api(None, "package_search", fq=f"owner_org:{office}")[1]["result"]["count"]
    for action, data in (
        ("organization_show", {"id": office, "include_datasets": True}),
        ("organization_list", {"all_fields": True, "include_dataset_count": True}),
        ("organization_list_for_user", {"include_dataset_count": True}),
        ("user_show", {"id": "produsen", "include_datasets": True}),
        ("user_list", {"all_fields": True}),
        ("satudata_home_show", {}),
        ("group_list", {"all_fields": True}),
        ("status_show", {}),
        ("harvest_source_list", {}),
        ("dcat_catalog_show", {}),
        ("dcat_catalog_search", {"q": "rahasia"}),
        ("resource_validation_run_batch", {}),
        ("job_list", {}),
    ):
        outsiders_read(town, action, **data)
    shown = town.api("produsen_lain", "organization_show", id=office)[1]["result"]
    assert shown["package_count"] == public
    rows = town.api("warga", "organization_list", all_fields=True)[1]["result"]
    assert {r["package_count"] for r in rows if r["id"] == office} == {public}
    assert town.api(None, "satudata_home_show")[1]["result"]["totals"]["published"] == public
    status, body = town.api("warga", "user_show", id="produsen")
    assert status != 200 or (body["result"].get("number_created_packages") or 0) <= public


def test_C12_bytes_are_served_only_through_their_resource(town: Town) -> None:
    bound = files.of_resource(model.Session, town.placed["draft"].resource_id)
    assert bound is not None
    sha = bound.sha256
    for url in (
        f"/blobs/{sha[:2]}/{sha[2:4]}/{sha}",
        f"/uploads/blobs/{sha[:2]}/{sha[2:4]}/{sha}",
        f"/uploads/../blobs/{sha[:2]}/{sha[2:4]}/{sha}",
        f"/file/public-download/resources/{sha}",
        f"/file/public-download/default/blobs/{sha[:2]}/{sha[2:4]}/{sha}",
        f"/file/download/{sha}",
        "/dataset/{public}/resource/{draft}/download",
        "/dataset/{public}/resource/{draft}",
    ):
        draft, public = town.placed["draft"], town.placed["published"]
        asked = url.format(public=public.id, draft=draft.resource_id)
        answer = town.page(None, asked)
        assert answer.status_code == 404, url
        assert "Munjungan" not in answer.get_data(as_text=True)


def test_C12_a_download_leaves_under_its_own_name(town: Town) -> None:
    placed = town.placed["published"]
    start = f"/dataset/{placed.id}/resource/{placed.resource_id}/download"
    for url in (start, f"{start}/posyandu.csv", f"{start}/halaman.html"):
        answer = town.page(None, url)
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"] == "attachment; filename=posyandu.csv"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "html" not in answer.headers["Content-Type"]


def test_C12_following_is_for_who_may_read(town: Town) -> None:
    for state in PRIVATE:
        key = town.placed[state].id
        for by in ("produsen_lain", "warga"):
            assert town.api(by, "follow_dataset", id=key)[0] == 404
            assert town.api(by, "am_following_dataset", id=key)[0] in (403, 404)
            assert town.api(by, "dataset_follower_count", id=key)[0] == 404
    assert town.api("warga", "follow_dataset", id=public_id(town))[0] == 200
    outsiders_read(town, "followee_list", id="warga")
    assert town.api("warga", "unfollow_dataset", id=public_id(town))[0] == 200
