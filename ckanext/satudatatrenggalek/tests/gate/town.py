"""A regency with one dataset in every state, to attack; and what "nothing changed" means."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from ckan import model
from ckan.lib import search, uploader

from ckanext.satudatatrenggalek import jobs

from ..world import PATHS, World, build

STATES = (
    "draft",
    "awaiting_check",
    "needs_correction",
    "awaiting_approval",
    "awaiting_release",
    "published",
    "retracted",
    "discarded",
)
# Working copies of next editions; each beside a public dataset of its own.
WORKING = ("working", "working_awaiting_check", "working_discarded", "working_released")
SECRET = {state: f"rahasia-{state.replace('_', '-')}" for state in STATES}
SECRET.update({kind: f"rahasia-{kind.replace('_', '-')}-salinan" for kind in WORKING})
_WAY = {
    "working": (),
    "working_awaiting_check": (("submit", "produsen"),),
    "working_discarded": (("discard", "produsen"),),
    "working_released": (
        ("submit", "produsen"),
        ("conform", "pemeriksa"),
        ("approve", "penyetuju"),
    ),
}
_ROWS = {
    "package": "id",
    "resource": "package_id",
    "package_tag": "package_id",
    "satudata_dataset": "dataset_id",
    "satudata_submission": "dataset_id",
    "satudata_file": "package_id",
}


@dataclass(frozen=True)
class Placed:
    """One dataset of the town."""

    id: str
    name: str
    resource_id: str
    view_id: str
    submission_id: str


@dataclass
class Town:
    """The small regency with its datasets by state, and a client to attack it with."""

    world: World
    portal: Any
    placed: dict[str, Placed] = field(default_factory=dict)
    public_of: dict[str, Placed] = field(default_factory=dict)
    made: int = 0

    def api(self, by: str | None, action: str, **data: Any) -> tuple[int, dict[str, Any]]:
        """Call an action over HTTP, signed in by API token; status and body."""
        headers = self.world.headers(by)
        files = {k: v for k, v in data.items() if hasattr(v, "stream")}
        sent: dict[str, Any] = {"data": data} if files else {"json": data}
        url = f"/api/3/action/{action}"
        answer = self.portal.post(url, headers=headers, follow_redirects=False, **sent)
        model.Session.remove()
        try:
            return answer.status_code, json.loads(answer.body)
        except ValueError:
            return answer.status_code, {"error": {"text": answer.body[:500]}}

    def page(self, by: str | None, url: str, method: str = "GET", **data: Any) -> Any:
        """Ask for a page, signed in by API token."""
        ask = self.portal.post if method == "POST" else self.portal.get
        more: dict[str, Any] = {"data": data} if method == "POST" else {}
        answer = ask(url, headers=self.world.headers(by), follow_redirects=False, **more)
        model.Session.remove()
        return answer

    def draft(self, **more: Any) -> Placed:
        """One more draft with a file, of its own name."""
        self.made += 1
        return self._place(f"draf-{self.made}", "draft", **more)

    def fresh(self, state: str) -> Placed:
        """One more dataset in a state, of its own name."""
        self.made += 1
        return self._place(f"baru-{self.made}", state)

    def settle(self) -> None:
        """One dataset in every state."""
        for state in STATES:
            tag = f"kata-{SECRET[state]}"
            more = {"tags": [{"name": tag}], "notes": SECRET[state]}
            self.placed[state] = self._place(SECRET[state], state, **more)
        for kind in WORKING:
            self.placed[kind] = self.revised(f"umum-{kind.replace('_', '-')}", kind)

    def revised(self, name: str, kind: str) -> Placed:
        """A public dataset with a next edition in the making; gives its working copy."""
        public = self._place(name, "published")
        world = self.world
        opened = world.step(public.id, "revise", "produsen")
        words = {"notes": SECRET[kind], "tags": [{"name": f"kata-{SECRET[kind]}"}]}
        world.call("package_patch", "produsen", id=opened["working_copy_id"], **words)
        resource = opened["resources"][0]
        jobs.work()
        for step, by in _WAY[kind]:
            world.step(opened["id"], step, by)
        jobs.work()
        query = model.Session.query(model.ResourceView).filter_by(resource_id=resource["id"])
        view = query.first()
        working = model.Package.get(opened["working_copy_id"])
        assert working is not None
        self.public_of[working.id] = public
        return Placed(
            working.id, working.name, resource["id"], view.id if view else "-", opened["id"]
        )

    def _place(self, name: str, state: str, **more: Any) -> Placed:
        world = self.world
        package = world.dataset(name, title=f"Judul {name}", **more)
        resource = world.file(package["id"])
        view = world.call(
            "resource_view_create",
            "produsen",
            resource_id=resource["id"],
            title="Pratinjau",
            view_type="text_view",
        )
        for step, by in PATHS[state]:
            later = {"release_at": "2030-01-01T00:00"} if state == "awaiting_release" else {}
            world.step(package["id"], step, by, **(later if step == "approve" else {}))
        if state in ("published", "retracted"):
            jobs.work()
        if state == "retracted":
            world.step(package["id"], "retract", "penyetuju", comment="Angka keliru.")
        shown = world.show(package["id"])
        assert shown["state"] == state
        return Placed(package["id"], package["name"], resource["id"], view["id"], shown["id"])


def settle(portal: Any) -> Town:
    """Build the regency and its datasets on an empty portal."""
    town = Town(build(), portal)
    town.settle()
    return town


def rows(package_id: str) -> dict[str, list[dict[str, Any]]]:
    """What the database has committed about a package, table by table."""
    found: dict[str, list[dict[str, Any]]] = {}
    with model.meta.engine.connect() as connection:
        for table, column in _ROWS.items():
            query = sa.text(f'SELECT * FROM "{table}" WHERE {column} = :id ORDER BY 1')
            result = connection.execute(query, {"id": package_id})
            found[table] = [dict(row) for row in result.mappings()]
        query = sa.text(
            "SELECT v.* FROM resource_view v JOIN resource r ON r.id = v.resource_id"
            " WHERE r.package_id = :id ORDER BY v.id"
        )
        views = connection.execute(query, {"id": package_id}).mappings()
        found["resource_view"] = [dict(row) for row in views]
    return found


def served(resource_id: str) -> str:
    """The sha256 of the bytes a resource serves."""
    path = uploader.get_resource_uploader({"id": resource_id}).get_path(resource_id)
    model.Session.rollback()
    return hashlib.sha256(Path(path).read_bytes()).hexdigest() if Path(path).exists() else ""


def indexed(package_id: str) -> list[dict[str, Any]]:
    """What the search index holds of a package."""
    solr = search.make_connection()
    keep = ("id", "title", "capacity", "state", "validated_data_dict")
    result = solr.search(f'id:"{package_id}"', fl=",".join(keep))
    public = solr.search(f'id:"{package_id}" AND permission_labels:public').hits
    return [{**{key: doc.get(key) for key in keep}, "public": public} for doc in result.docs]


def state_of(package_id: str) -> dict[str, Any]:
    """Everything that must not change: rows, bytes, index."""
    model.Session.remove()
    kept = rows(package_id)
    files = {row["id"]: served(row["id"]) for row in kept["resource"]}
    return {"rows": kept, "bytes": files, "index": indexed(package_id)}


@contextmanager
def unchanged(*package_ids: str) -> Iterator[None]:
    """Nothing of these packages may change inside: not their rows, bytes or index."""
    before = {key: state_of(key) for key in package_ids}
    yield
    for key in package_ids:
        assert state_of(key) == before[key]


def refused(answer: tuple[int, dict[str, Any]], reason: str | None = None) -> None:
    """The answer is a 409 that says why, in words."""
    status, body = answer
    assert status == 409, (status, body)
    assert body["error"]["message"], body
    if reason:
        assert body["error"]["reason"] == reason, body


def machine() -> dict[str, Any]:
    """The context of the portal's own jobs outside the workflow: xloader, harvesters, CLI."""
    return {"ignore_auth": True, "user": tk.config["ckan.site_id"]}
