"""Where a tidied copy covers an original, the copy is what the public reads, everywhere."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from bs4 import BeautifulSoup
from rdflib import DCAT, DCTERMS, Graph, URIRef

from ckanext.satudatatrenggalek import jobs
from ckanext.satudatatrenggalek.tests.views.test_meja_tidied import MESSY, Draft, take

from ..world import CSV, ITEMS, World, upload


class Published:
    """A dataset of one messy file, published with the tidied copy of it."""

    def __init__(self, world: World) -> None:
        self.world, self.draft = world, Draft(world)
        self.copy = take(self.draft, "zero")["id"]
        self.original = self.draft.resource
        self.id = self.draft.package["id"]
        self.release(self.draft.key)

    def release(self, key: str) -> None:
        for step, by in (
            ("submit", "produsen"),
            ("conform", "pemeriksa"),
            ("approve", "penyetuju"),
        ):
            self.world.step(key, step, by)
        jobs.work()

    def shown(self, by: str | None = None) -> dict[str, Any]:
        return self.world.call("package_show", by, id=self.id)

    def rows(self, key: str) -> list[dict[str, Any]]:
        return self.world.call("datastore_search", None, resource_id=key)["records"]


@pytest.fixture
def published(world: World) -> Published:
    return Published(world)


def says_which_is_which(published: Published) -> None:
    copy, original = published.shown()["resources"]
    assert (copy["id"], original["id"]) == (published.copy, published.original)
    assert copy["tidied_role"] == "copy"
    assert copy["tidied_from"] == original["id"]
    assert original["tidied_role"] == "original"
    assert original["tidied_copy"] == copy["id"]
    assert copy["validation_status"] == "success"
    assert "validation_status" not in original
    assert (copy["datastore_active"], original["datastore_active"]) == (True, False)


def reads_the_copy_alone(published: Published) -> None:
    rows = published.rows(published.copy)
    assert [row["jumlah_posyandu"] for row in rows] == [78, 0, 59]
    with pytest.raises(tk.ObjectNotFound):
        published.rows(published.original)


def test_by_api(published: Published) -> None:
    says_which_is_which(published)
    reads_the_copy_alone(published)
    found = published.world.call("package_search", None, q="id:" + published.id)["results"][0]
    assert [r["tidied_role"] for r in found["resources"]] == ["copy", "original"]


def test_on_the_pages(portal: Any, published: Published) -> None:
    page = BeautifulSoup(portal.get(f"/dataset/{published.id}").body, "html.parser")
    first, second = page.select(".sd-downloads a.resource-url-analytics")
    assert published.copy in str(first["href"])
    assert "btn-primary" in first["class"]
    assert published.original in str(second["href"])
    assert "berkas asli" in second.get_text()
    assert "berkas asli" not in first.get_text()
    assert "Munjungan" in page.select_one("table.sd-table").get_text()
    assert "JUMLAH POSYANDU TAHUN" not in page.get_text()
    assert published.copy in page.select_one("#api").get_text()
    assert published.original not in page.select_one("#api").get_text()

    address = f"/dataset/{published.draft.package['name']}/resource/{published.original}"
    page = BeautifulSoup(portal.get(address).body, "html.parser")
    said = page.select_one("[role=main]").get_text()
    assert "Berkas asli" in said
    assert "Ada temuan mesin" not in said
    assert page.select("table") == []
    assert page.select_one("#api") is None
    assert page.select_one(f"[role=main] a[href$='/resource/{published.copy}']") is not None
    served = portal.get(f"{address}/download/x.csv")
    assert served.get_data() == MESSY.encode(), "the original stays to be downloaded"


def test_in_the_feed(portal: Any, published: Published) -> None:
    graph = Graph().parse(data=portal.get(f"/dataset/{published.id}.ttl").body, format="turtle")
    said = {
        str(graph.value(ref, DCTERMS.title)): str(graph.value(ref, DCTERMS.description))
        for ref in graph.objects(None, DCAT.distribution)
        if isinstance(ref, URIRef)
    }
    assert set(said) == {"Posyandu (salinan rapi)", "Posyandu (berkas asli)"}
    assert "disetujui: Posyandu (salinan rapi)." in said["Posyandu (berkas asli)"]


def test_in_the_next_edition_too(published: Published) -> None:
    world = published.world
    opened = world.step(published.id, "revise", "produsen")
    copy, original = opened["resources"]
    assert original["tidied_role"] == "original"
    new = upload(MESSY.replace(";78", ";80"), "posyandu.csv")
    world.call("resource_patch", "produsen", id=original["id"], upload=new)
    jobs.work()
    asked = {"resource_id": original["id"]}
    questions = world.call("satudata_tidied_show", "produsen", **asked)["questions"]
    asked["answers"] = {question["key"]: "zero" for question in questions}
    world.call("satudata_tidied_prepare", "produsen", **asked)
    jobs.work()
    assert world.call("satudata_tidied_accept", "produsen", **asked)["id"] == copy["id"]
    jobs.work()
    published.release(opened["id"])
    says_which_is_which(published)
    rows = published.rows(published.copy)
    assert [row["jumlah_posyandu"] for row in rows] == [80, 0, 59]


def test_an_original_that_was_read_alone_until_now(world: World) -> None:
    """The first edition has no copy; the second one brings it: table and preview change hands."""
    draft = Draft(world)
    aside = {
        item: {"verdict": "overridden", "note": "Dibenahi di edisi berikut."} for item in ITEMS
    }
    world.step(draft.key, "submit", "produsen")
    world.step(draft.key, "conform", "pemeriksa", checklist=aside)
    world.step(draft.key, "approve", "penyetuju")
    jobs.work()
    original = {"resource_id": draft.resource}
    assert world.call("datastore_search", None, **original)["records"]
    assert world.call("resource_view_list", None, id=draft.resource)

    opened = world.step(draft.package["id"], "revise", "produsen")
    jobs.work()
    draft.resource = opened["resources"][0]["id"]
    take(draft, "zero")
    for step, by in (("submit", "produsen"), ("conform", "pemeriksa"), ("approve", "penyetuju")):
        world.step(opened["id"], step, by)
    jobs.work()
    copy, left = world.call("package_show", None, id=draft.package["id"])["resources"]
    assert left["id"] == original["resource_id"]
    assert left["tidied_copy"] == copy["id"]
    assert world.call("datastore_search", None, resource_id=copy["id"])["records"]
    with pytest.raises(tk.ObjectNotFound):
        world.call("datastore_search", None, **original)
    assert world.call("resource_view_list", None, id=left["id"]) == []


def test_an_original_is_read_again_once_its_copy_is_gone(world: World) -> None:
    draft = Draft(world)
    copy = take(draft, "zero")["id"]
    asked = {"resource_id": draft.resource}
    with pytest.raises(tk.ObjectNotFound):
        world.call("datastore_search", "produsen", **asked)
    world.call("resource_delete", "produsen", id=copy)
    jobs.work()
    assert world.call("datastore_search", "produsen", **asked)["records"]
    (left,) = draft.files()
    assert "tidied_role" not in left
    assert left["datastore_active"]


def test_a_claim_alone_puts_no_file_behind(world: World) -> None:
    """Only the portal's own copy stands for its original."""
    draft = Draft(world)
    sha = world.call("satudata_tidied_show", "produsen", resource_id=draft.resource)["sha256"]
    claim = {"tidied_from": draft.resource, "tidied_sha256": sha, "tidied_seal": "0" * 64}
    world.call(
        "resource_create",
        "produsen",
        package_id=draft.package["id"],
        name="Bukan salinan",
        upload=upload(CSV),
        tidied_role="copy",
        **claim,
    )
    jobs.work()
    assert all("tidied_role" not in file for file in draft.files())
    assert world.call("datastore_search", "produsen", resource_id=draft.resource)["records"]
