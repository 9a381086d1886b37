"""Excel bertanda: fetched from the page, as an attachment, by those who may read the findings."""

import io
from typing import Any

import openpyxl

from ckanext.satudatatrenggalek import jobs
from ckanext.satudatatrenggalek.conformity import FINDINGS_SHEET
from ckanext.satudatatrenggalek.model import derived

from ..world import BAD_CSV, CSV, World, upload
from .meja_visitor import Visitor, content


def _draft(world: World, text: str = BAD_CSV) -> tuple[str, str]:
    package = world.dataset()
    resource = world.file(package["id"], text)
    return world.show(package["id"])["id"], resource["id"]


def test_it_is_fetched_and_shows_the_cell(portal: Any, world: World) -> None:
    key, file = _draft(world)
    producer = Visitor(portal, world, "produsen")
    page = producer.open(f"/meja/dataset/{key}")
    link = page.select_one(f"#berkas a[href$='/bertanda/{file}']")
    assert link is not None
    answer = producer.answer(str(link["href"]))
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "_bertanda.xlsx" in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    book = openpyxl.load_workbook(io.BytesIO(answer.get_data()))
    assert FINDINGS_SHEET in book.sheetnames
    sheet = book.worksheets[0]
    assert sheet["B4"].value == "35.03.3"
    assert "35.03.03" in sheet["B4"].comment.text
    assert sheet["B3"].comment is None


def test_it_is_made_when_it_is_asked_for_and_not_there(portal: Any, world: World) -> None:
    key, file = _draft(world)
    made = world.call("satudata_marked_file", "produsen", resource_id=file)
    assert made["filename"] == "posyandu_bertanda.xlsx"
    for folder in derived.path_of(file, "0").parent.iterdir():
        for name in folder.iterdir():
            name.unlink()
        folder.rmdir()
    checker = Visitor(portal, world, "pendukung")
    world.step(key, "submit", "produsen")
    page = checker.open(f"/meja/dataset/{key}/bertanda/{file}")
    assert "Excel bertanda sedang disiapkan dan terunduh sendiri" in content(page)
    jobs.work()
    assert checker.answer(f"/meja/dataset/{key}/bertanda/{file}").data[:2] == b"PK"
    Visitor(portal, world, "produsen_lain").answer(f"/meja/dataset/{key}/bertanda/{file}", 404)
    Visitor(portal, world, "warga").answer(f"/meja/dataset/{key}/bertanda/{file}", 404)


def test_it_follows_the_file(portal: Any, world: World) -> None:
    key, file = _draft(world)
    world.call("resource_patch", "produsen", id=file, upload=upload(CSV))
    producer = Visitor(portal, world, "produsen")
    waiting = producer.open(f"/meja/dataset/{key}/bertanda/{file}")
    assert "Berkas masih diperiksa mesin." in content(waiting)
    jobs.work()
    page = producer.open(f"/meja/dataset/{key}")
    assert page.select_one(f"a[href$='/bertanda/{file}']") is None, "nothing to mark"
