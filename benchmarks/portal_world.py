"""What is measured: the tests' regency, a published dataset, one that waits, some approved ones."""

from __future__ import annotations

import os
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.cli.db import _run_migrations
from ckan.lib import search
from ckan.model import repo

from ckanext.satudatatrenggalek import jobs
from ckanext.satudatatrenggalek.model import blobs, files
from ckanext.satudatatrenggalek.tests import world as worlds

FILES = 10
FILE_BYTES = 30 * 1024 * 1024
APPROVED = 20  # editions approved and not yet released
_MIGRATED = ("activity", "harvest", "satudatatrenggalek")


def prepare() -> dict[str, Any]:
    """Everything small; names, ids, tokens and fields for whoever measures."""
    repo.rebuild_db()
    for plugin in _MIGRATED:
        _run_migrations(plugin, "head", True)
    search.clear_all()
    world = worlds.build()
    template = world.at("published", "templat-satu-data")
    waiting = world.at("awaiting_check", "menunggu-satu-data")
    fields = {"title": "Baru", **worlds.METADATA, **worlds._schema_minimum()}
    # All are drafted first: the machine releases what is approved whenever it works.
    drafts = [world.draft(f"disetujui-{n}")["dataset_id"] for n in range(APPROVED)]
    heavy = _heavy(world)
    for dataset_id in (*drafts, heavy):
        for step, by in worlds.PATHS["awaiting_release"]:
            world.step(dataset_id, step, by)
    model.Session.commit()
    return {
        "template": template["dataset_id"],
        "waiting": waiting["dataset_id"],
        "fields": {**fields, "owner_org": world.office["id"]},
        "tokens": {n: world.headers(n)["Authorization"] for n in ("pemeriksa", "produsen")},
        "approved": drafts,
        "heavy": heavy,
        "files": _paths(heavy),
    }


def _heavy(world: worlds.World) -> str:
    """A draft of ten large files that are no tables."""
    package = world.dataset("berat")
    context: Any = world.context("produsen")
    for number in range(FILES):
        tk.get_action("resource_create")(
            context,
            {
                "package_id": package["id"],
                "name": f"Peta {number}",
                "format": "PDF",
                "upload": worlds.upload(
                    b"%PDF-1.4\n" + os.urandom(FILE_BYTES), f"peta{number}.pdf"
                ),
            },
        )
    jobs.work()
    return package["id"]


def _paths(package_id: str) -> list[str]:
    bound = files.of_package(model.Session, package_id)
    return [str(blobs.path_of(file.sha256)) for file in bound.values()]
