"""What a producer writes in the table of columns is read by everybody: page, API, feed."""

from __future__ import annotations

import json
from typing import Any

from bs4 import BeautifulSoup
from rdflib import SKOS, Graph, Namespace

from ckanext.satudatatrenggalek import jobs
from ckanext.satudatatrenggalek.tests.views.test_meja_tidied import Draft, take

from ..world import PATHS, SCHEMA, World

SDMX = Namespace("http://purl.org/linked-data/sdmx/2009/attribute#")
WRITTEN = {
    "title": "Jumlah posyandu",
    "description": "Posyandu yang buka paling sedikit delapan kali setahun.",
    "satuan": "unit",
    "ukuran": "Jumlah",
    "konsep": "Posyandu",
}
TABLE = {
    "fields": [
        {**field, **(WRITTEN if field["name"] == "jumlah_posyandu" else {})}
        for field in SCHEMA["fields"]
    ]
}


def published(world: World) -> dict[str, Any]:
    package = world.dataset()
    resource = world.file(package["id"])
    asked = {"resource_id": resource["id"], "schema": TABLE}
    world.call("satudata_schema_accept", "produsen", **asked)
    jobs.work()
    for step, by in PATHS["published"]:
        world.step(package["id"], step, by)
    jobs.work()
    return package


def test_units_labels_and_definitions_are_public(portal: Any, world: World) -> None:
    package = published(world)
    by_api(world, package["id"])
    on_the_page(portal, package["name"])
    on_the_page_of_the_file(portal, world, package["id"])
    in_the_feed(portal, package["id"])


def by_api(world: World, key: str) -> None:
    (resource,) = world.call("package_show", None, id=key)["resources"]
    assert json.loads(resource["schema"])["fields"] == TABLE["fields"]
    assert [variable["nama"] for variable in resource["variabel"]] == [
        field["name"] for field in SCHEMA["fields"]
    ]
    assert resource["variabel"][0] == {"nama": "tahun", "tipe_data": "Integer"}
    assert resource["variabel"][3] == {
        "nama": "jumlah_posyandu",
        "tipe_data": "Integer",
        "alias": "Jumlah posyandu",
        "konsep": "Posyandu",
        "definisi": WRITTEN["description"],
        "ukuran": "Jumlah",
        "satuan": "unit",
    }


def on_the_page(portal: Any, name: str) -> None:
    page = BeautifulSoup(portal.get(f"/dataset/{name}?metadata=variabel").body, "html.parser")
    heading = page.select("table.sd-table")[0].select("thead th")[3]
    assert heading.get_text() == "Jumlah posyandu (unit)"
    assert heading["title"] == WRITTEN["description"]
    row = page.select_one("#metadata table").select("tbody tr")[3]
    said = {cell.get("data-label"): cell.get_text(" ") for cell in row.select("td")}
    assert said["Judul"] == "Jumlah posyandu"
    assert said["Satuan"] == "unit Ukuran: Jumlah"
    assert said["Definisi"] == WRITTEN["description"] + " Konsep: Posyandu"


def on_the_page_of_the_file(portal: Any, world: World, key: str) -> None:
    (resource,) = world.call("package_show", None, id=key)["resources"]
    page = BeautifulSoup(
        portal.get(f"/dataset/{key}/resource/{resource['id']}").body, "html.parser"
    )
    assert "satuan unit" in page.select_one("section[aria-labelledby=h-kolom]").get_text()


def in_the_feed(portal: Any, key: str) -> None:
    graph = Graph().parse(data=portal.get(f"/dataset/{key}.ttl").body, format="turtle")
    (column,) = (
        ref
        for ref, value in graph.subject_objects(SKOS.notation)
        if str(value) == "jumlah_posyandu"
    )
    assert str(graph.value(column, SDMX.unitMeasure)) == "unit"
    assert str(graph.value(column, SKOS.definition)) == WRITTEN["description"]


def test_a_renewed_copy_keeps_what_was_written_of_its_columns(world: World) -> None:
    draft = Draft(world)
    copy = take(draft, "zero")
    world.call("satudata_schema_accept", "produsen", resource_id=copy["id"], schema=TABLE)
    world.call("satudata_tidied_prepare", "produsen", resource_id=draft.resource)
    jobs.work()
    again = take(draft, "empty")
    assert again["id"] == copy["id"]
    field = json.loads(again["schema"])["fields"][3]
    assert {name: field[name] for name in WRITTEN} == WRITTEN
