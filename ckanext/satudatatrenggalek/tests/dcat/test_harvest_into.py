"""What the portal itself harvests lands as a private draft (gate row A11)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from threading import Thread
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from ckan import model
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from ckanext.harvest import queue
from ckanext.harvest.model import HarvestJob, HarvestObject

from ..world import World

RDF = """
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix eu: <http://publications.europa.eu/resource/authority/> .
<http://lain.example.org> a dcat:Catalog ; dcat:dataset <http://lain.example.org/dataset/1> .
<http://lain.example.org/dataset/1> a dcat:Dataset ;
    dct:title "Data Portal Lain" ; dct:description "Dari portal lain." ;
    dct:accrualPeriodicity <http://publications.europa.eu/resource/authority/frequency/MONTHLY> ;
    dcat:theme <http://publications.europa.eu/resource/authority/data-theme/HEAL> ;
    dct:accessRights <http://publications.europa.eu/resource/authority/access-right/PUBLIC> ;
    dct:temporal [ a dct:PeriodOfTime ; dcat:startDate "2025-01-01T00:00:00" ] ;
    dcat:distribution <http://lain.example.org/dataset/1/resource/1> .
<http://lain.example.org/dataset/1/resource/1> a dcat:Distribution ;
    dct:title "Tabel" ; dcat:downloadURL <http://lain.example.org/tabel.csv> .
"""
PACKAGE = {
    "id": "0d8a2f2e-5c86-4f0e-9c6c-2f8f3f1b7a11",
    "name": "data-portal-lain",
    "title": "Data Portal Lain",
    "notes": "Dari portal lain.",
    "type": "dataset",
    "private": False,
    "state": "active",
    "tags": [],
    "extras": [],
    "resources": [{"name": "Tabel", "url": "http://lain.example.org/tabel.csv", "format": "CSV"}],
}


@Request.application
def other_portal(request: Request) -> Response:
    """The two pages harvesters ask of another portal."""
    if request.path == "/catalog.ttl":
        return Response(RDF, mimetype="text/turtle")
    first = request.args.get("start") == "0"
    result = {"count": 1, "results": [PACKAGE] if first else []}
    return Response(json.dumps({"success": True, "result": result}), mimetype="application/json")


@pytest.fixture
def other_address() -> Iterator[str]:
    server = make_server("127.0.0.1", 0, other_portal)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


def run(world: World, kind: str, url: str) -> list[HarvestObject]:
    """One harvest into this portal, as the worker does it."""
    admin = {"user": world.users["admin"]["name"]}
    source = tk.get_action("harvest_source_create")(
        dict(admin),
        {"name": "sumber", "title": "Sumber", "url": url, "source_type": kind}
        | {"owner_org": world.office["id"]},
    )
    made = tk.get_action("harvest_job_create")(dict(admin), {"source_id": source["id"]})
    job = HarvestJob.get(made["id"])
    job.status = "Running"
    job.save()
    harvester = queue.get_harvester(kind)
    objects = [HarvestObject.get(key) for key in queue.gather_stage(harvester, job)]
    for each in objects:
        queue.fetch_and_import_stages(harvester, each)
    assert [error.message for each in objects for error in each.errors] == []
    return objects


@pytest.mark.parametrize(("kind", "path"), [("ckan", "/"), ("dcat_rdf", "/catalog.ttl")])
def test_a_harvested_dataset_is_a_private_draft(
    world: World, portal: Any, other_address: str, kind: str, path: str
) -> None:
    (brought,) = run(world, kind, other_address + path)
    package = model.Package.get(brought.package_id)
    assert package is not None
    assert package.private is True
    portal.get(f"/dataset/{package.name}", status=404)
    shown = world.show(package.id)
    assert (shown["state"], shown["public_state"]) == ("draft", "none")
    read = world.call("package_show", "produsen", id=package.id)
    assert read["title"] == "Data Portal Lain"
    # A link is enough to land; before it is submitted the office uploads the file (gate row B4).
    assert [r["url"] for r in read["resources"]] == ["http://lain.example.org/tabel.csv"]
    if kind == "dcat_rdf":
        assert read["accrualPeriodicity"] == "bulanan"
        assert read["theme"] == "perlindungan-sosial-dan-kesehatan"
        assert read["temporal_start"] == "2025-01-01"
