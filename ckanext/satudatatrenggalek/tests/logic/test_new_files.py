"""The format of a file that takes another one's place is its own, not the old one's."""

import io
from typing import Any

import openpyxl
import pytest

from ckanext.satudatatrenggalek import jobs

from ..world import CSV, World, upload


def workbook() -> Any:
    book, stream = openpyxl.Workbook(), io.BytesIO()
    for line in CSV.splitlines():
        book.active.append(line.split(","))
    book.save(stream)
    return upload(stream.getvalue(), "posyandu_bertanda.xlsx")


@pytest.mark.parametrize("sent", [{}, {"format": "CSV"}, {"format": "csv"}, {"format": ""}])
def test_a_workbook_in_place_of_a_csv_is_a_workbook(world: World, sent: dict[str, str]) -> None:
    package = world.dataset()
    old = world.file(package["id"])
    new = world.call("resource_patch", "produsen", id=old["id"], upload=workbook(), **sent)
    assert new["format"] == "XLSX"
    jobs.work()
    check = world.call("satudata_conformity_show", "produsen", resource_id=old["id"])
    assert "isinya Excel" not in str(check["findings"])


def test_by_the_form(portal: Any, world: World) -> None:
    package = world.dataset()
    old = world.file(package["id"])
    address = f"/dataset/{package['id']}/resource/{old['id']}/edit"
    form = {"save": "", "id": old["id"], "name": old["name"], "format": "CSV", "url": old["url"]}
    sent = workbook()
    sent_file = (sent.stream, sent.filename)
    portal.post(
        address,
        data={**form, "upload": sent_file},
        headers=world.headers("produsen"),
        follow_redirects=False,
    )
    assert world.call("resource_show", "produsen", id=old["id"])["format"] == "XLSX"


def test_of_the_next_edition(world: World) -> None:
    published = world.at("published")
    next_one = world.step(published["dataset_id"], "revise", "produsen")
    old = next_one["resources"][0]
    new = world.call(
        "resource_patch", "produsen", id=old["id"], format=old["format"], upload=workbook()
    )
    assert (old["format"], new["format"]) == ("CSV", "XLSX")


def test_what_somebody_claims_of_it_stays(world: World) -> None:
    package = world.dataset()
    old = world.file(package["id"])
    new = world.call("resource_patch", "produsen", id=old["id"], upload=workbook(), format="ODS")
    assert new["format"] == "ODS"


def test_a_file_of_the_same_kind_keeps_what_was_said_of_it(world: World) -> None:
    package = world.dataset()
    old = world.file(package["id"])
    world.call("resource_patch", "produsen", id=old["id"], format="TSV")
    new = world.call("resource_patch", "produsen", id=old["id"], upload=upload(CSV, "lain.csv"))
    assert new["format"] == "TSV"
