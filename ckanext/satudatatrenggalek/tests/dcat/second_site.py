"""A second, plain CKAN that harvests a portal; run as a program, in a process of its own.

    python -m ckanext.satudatatrenggalek.tests.dcat.second_site INI PORTAL_URL

Runs the CKAN harvester and the DCAT RDF harvester through gather, fetch and import, and prints
one line of JSON: by harvester, ``{"errors": [...], "packages": [package_show, ...]}``.
"""

from __future__ import annotations

import json
import sys
from typing import Any

SOURCES = {"ckan": "/", "dcat_rdf": "/catalog.ttl"}


def start(ini: str) -> Any:
    """The second site's application, its own index emptied."""
    from ckan.cli import CKANConfigLoader
    from ckan.config.middleware import make_app
    from ckan.lib import search

    app = make_app(CKANConfigLoader(ini).get_config())
    search.clear_all()
    return app._wsgi_app


def office() -> tuple[str, str]:
    """A harvesting sysadmin (name), and an organization (id) that what is harvested goes to."""
    import ckan.plugins.toolkit as tk

    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    made = tk.get_action("organization_create")({"user": user}, {"name": "pusat"})
    return user, made["id"]


def harvest(kind: str, url: str, user: str, owner: str) -> dict[str, Any]:
    """Run one harvester to its end."""
    import ckan.plugins.toolkit as tk

    from ckanext.harvest import queue
    from ckanext.harvest.model import HarvestGatherError, HarvestJob, HarvestObject

    source = tk.get_action("harvest_source_create")(
        {"user": user},
        {"name": kind.replace("_", "-"), "title": kind, "url": url, "source_type": kind}
        | {"owner_org": owner},
    )
    made = tk.get_action("harvest_job_create")({"user": user}, {"source_id": source["id"]})
    job = HarvestJob.get(made["id"])
    job.status = "Running"
    job.save()
    harvester = queue.get_harvester(kind)
    objects = [HarvestObject.get(key) for key in queue.gather_stage(harvester, job) or []]
    for each in objects:
        queue.fetch_and_import_stages(harvester, each)
    failed = [error.message for each in objects for error in each.errors]
    from ckan import model

    query = model.Session.query(HarvestGatherError).filter_by(harvest_job_id=job.id)
    show = tk.get_action("package_show")
    return {
        "errors": [*failed, *(error.message for error in query)],
        "packages": [
            show({"ignore_auth": True}, {"id": each.package_id})
            for each in objects
            if each.package_id
        ],
    }


def main(ini: str, portal: str) -> None:
    """See the module."""
    app = start(ini)
    with app.test_request_context():
        user, owner = office()
        found = {kind: harvest(kind, portal + path, user, owner) for kind, path in SOURCES.items()}
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
