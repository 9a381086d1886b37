"""Datasets of each access level, made through the procedure; and who reads what of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from ckan import model

from ckanext.satudatatrenggalek import jobs

from ..editions.book import released
from ..world import NEEDS, World

# Of the dataset's office or of all: who reads a released edition that is not public.
STAFF = ("produsen", "pendukung", "pemeriksa", "penyetuju", "pembina", "forum", "sekretariat",
         "pimpinan", "admin")  # fmt: skip
OUTSIDE = ("produsen_lain", "warga", None)


@dataclass
class Placed:
    """One dataset: its ids, and the secret words that stand in its file alone."""

    id: str
    name: str
    resource: str
    sha256: str


def place(world: World, level: str, name: str = "posyandu", **more: Any) -> Placed:
    """A released dataset of a level."""
    shown = world.at("published", name, accessRights=level, **NEEDS[level], **more)
    (file,) = world.call("satudata_edition_show", "admin", id=shown["dataset_id"], number=1)[
        "files"
    ]
    return Placed(shown["dataset_id"], name, file["resource_id"], file["sha256"])


def relevel(world: World, placed: Placed, level: str, **more: Any) -> dict[str, Any]:
    """A next edition of another level; ``more``: what else changes in it."""
    opened = world.step(placed.id, "revise", "produsen")
    jobs.work()
    key = opened["working_copy_id"]
    world.call("package_patch", "produsen", id=key, accessRights=level, **NEEDS[level], **more)
    return released(world, placed.id, opened)


@dataclass
class Visitor:
    """Somebody who asks over HTTP with an API token, or nobody."""

    world: World
    portal: Any
    name: str | None

    def api(self, action: str, **data: Any) -> tuple[int, Any]:
        """Call an action: status, and its result or error."""
        answer = self.portal.post(
            f"/api/3/action/{action}",
            json=data,
            headers=self.world.headers(self.name),
            follow_redirects=False,
        )
        model.Session.remove()
        body = json.loads(answer.body)
        return answer.status_code, body.get("result", body.get("error"))

    def page(self, url: str) -> Any:
        """Ask for a page."""
        answer = self.portal.get(url, headers=self.world.headers(self.name), follow_redirects=False)
        model.Session.remove()
        return answer

    def status(self, url: str) -> int:
        """How a page answers."""
        return self.page(url).status_code


# Everything of a dataset that names its files, or hands them out.
def of_files(placed: Placed) -> tuple[tuple[str, dict[str, Any]], ...]:
    """Actions that read a file."""
    key, row = placed.resource, {"resource_id": placed.resource}
    return (
        ("resource_show", {"id": key}),
        ("resource_view_list", {"id": key}),
        ("datastore_search", row),
        ("datastore_info", {"id": key}),
        ("satudata_edition_file", {"id": placed.id, "number": 1, **row}),
        ("resource_validation_show", row),
    )


def file_pages(placed: Placed) -> tuple[str, ...]:
    """Addresses that read a file."""
    base = f"/dataset/{placed.name}/resource/{placed.resource}"
    return (
        base,
        f"{base}/download",
        f"{base}/download/posyandu.csv",
        f"/datastore/dump/{placed.resource}",
        f"/dataset/{placed.name}/edisi/1/berkas/{placed.resource}",
    )


def listings(placed: Placed) -> tuple[tuple[str, dict[str, Any]], ...]:
    """Actions that could name a dataset, or a file of it, among others."""
    return (
        ("package_list", {}),
        ("current_package_list_with_resources", {"limit": 100}),
        ("package_search", {"q": "*:*", "rows": 100}),
        ("package_search", {"q": f"id:{placed.id}", "use_default_schema": True}),
        ("package_search", {"q": "posyandu", "include_private": True, "include_drafts": True}),
        ("package_search", {"fq": "res_format:CSV"}),
        ("package_search", {"facet.field": ["res_format", "tags"], "rows": 0}),
        ("package_autocomplete", {"q": "posyandu"}),
        ("resource_search", {"query": "name:Posyandu"}),
        ("format_autocomplete", {"q": "c"}),
        ("organization_show", {"id": "dinas-kesehatan", "include_datasets": True}),
        ("recently_changed_packages_activity_list", {"limit": 100}),
        ("organization_activity_list", {"id": "dinas-kesehatan", "limit": 100}),
        ("user_activity_list", {"id": "produsen", "limit": 100}),
        ("satudata_home_show", {}),
        ("satudata_edition_list", {"id": placed.id}),
        ("satudata_submission_show", {"id": placed.id}),
        ("satudata_edition_show", {"id": placed.id, "number": 1}),
        ("package_show", {"id": placed.id}),
        ("dcat_dataset_show", {"id": placed.id}),
        ("dcat_catalog_show", {}),
    )


def catalogues(placed: Placed) -> tuple[str, ...]:
    """Addresses that could name a dataset, or a file of it, among others."""
    return (
        "/",
        "/dataset/",
        "/organization/dinas-kesehatan",
        "/feeds/dataset.atom",
        "/feeds/organization/dinas-kesehatan.atom",
        "/catalog.ttl",
        "/catalog.jsonld",
        "/catalog.rdf",
        f"/dataset/{placed.name}",
        f"/dataset/{placed.name}.ttl",
        f"/dataset/{placed.name}.jsonld",
        f"/dataset/{placed.name}/edisi/1",
        f"/dataset/activity/{placed.name}",
        "/sitemap.xml",
    )
