"""ckanext-validation's face on our check: badge, report page, actions."""

from __future__ import annotations

import io
import json
from typing import Any

import openpyxl
from bs4 import BeautifulSoup
from ckan import model

from ckanext.satudatatrenggalek import checking, clock, jobs, progress
from ckanext.satudatatrenggalek.model import checks

from ..world import BAD_CSV, World, upload

PERSONAL = "nama,nik,jumlah\nSiti Aminah,3503014107850001,1\nBudi,3503010101900002,dua\n"


def test_report_page_and_badge_speak_of_the_check(portal: Any, world: World) -> None:
    package = world.dataset()
    resource = world.file(package["id"], BAD_CSV)
    shown = world.call("resource_validation_show", "produsen", resource_id=resource["id"])
    assert shown["status"] == "failure"
    report = shown["report"]
    report = json.loads(report) if isinstance(report, str) else report
    assert report["valid"] is False
    assert report["tasks"][0]["errors"][0]["rowNumber"] == 4

    headers = world.headers("produsen")
    for name in (package["name"], package["id"]):
        page = portal.get(f"/dataset/{name}/resource/{resource['id']}/validation", headers=headers)
        assert page.status_code == 200
        assert "35.03.03" in page.body
        assert "Ada temuan mesin" in page.body
        assert "Validation Report" not in page.body
    address = f"/dataset/{package['name']}/resource/{resource['id']}"
    assert "Ada temuan mesin" in portal.get(address, headers=headers).body
    assert portal.get(f"{address}/validation", status=404).status_code == 404
    wrong = f"/dataset/bukan-ini/resource/{resource['id']}/validation"
    assert portal.get(wrong, headers=headers).status_code == 404


def test_the_public_sees_the_badge_and_no_findings(portal: Any, world: World) -> None:
    submission = world.at("published")
    jobs.work()
    resource = submission["resources"][0]
    page = portal.get(f"/dataset/{submission['name']}/resource/{resource['id']}/validation")
    assert "Lolos pemeriksaan mesin" in page.body
    assert "Rincian temuan hanya untuk petugas." in page.body


def _page(portal: Any, address: str, headers: dict[str, str]) -> BeautifulSoup:
    return BeautifulSoup(portal.get(address, headers=headers).body, "html.parser")


def test_findings_stand_by_column_and_kind_with_their_rows(portal: Any, world: World) -> None:
    package = world.dataset()
    rows = "2025,35.03.3,Pule,59\n" * 15 + "2025,35.03.04,Dongko,banyak\n"
    resource = world.file(package["id"], BAD_CSV + rows)
    address = f"/dataset/{package['name']}/resource/{resource['id']}/validation"
    page = _page(portal, address, world.headers("produsen"))
    titles = [h3.get_text(" ", strip=True) for h3 in page.select("article h3")]
    assert any(title.startswith("Kolom kode_wilayah : 16 temuan") for title in titles), titles
    assert len(titles) == len(set(titles)) or len(page.select("article")) < 16
    wrong = [td.get_text(" ", strip=True) for td in page.select("td:is(.bad, .sus)")]
    assert "Sel ini: 35.03.3" in wrong
    assert "Sel ini: banyak" in wrong
    assert page.select("#h-ringkas")


def test_what_is_taken_away_says_the_same_and_hides_persons(portal: Any, world: World) -> None:
    package = world.dataset()
    resource = world.file(package["id"], PERSONAL)
    address = f"/dataset/{package['name']}/resource/{resource['id']}/validation"
    headers = world.headers("produsen")
    check = world.call("satudata_conformity_show", "produsen", resource_id=resource["id"])
    assert check["findings"]

    report = portal.get(f"{address}/laporan.json", headers=headers)
    assert report.headers["Content-Disposition"].startswith("attachment")
    assert json.loads(report.body) == check["report"]
    table = portal.get(f"{address}/temuan.csv", headers=headers)
    assert len(table.body.splitlines()) >= len(check["findings"])
    book = portal.get(f"{address}/temuan.xlsx", headers=headers)
    sheet = openpyxl.load_workbook(io.BytesIO(book.data)).worksheets[0]
    assert sheet.max_row == len(check["findings"]) + 1
    page = portal.get(address, headers=headers)
    cells = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    for text in (report.body, table.body, cells, page.body):
        assert "3503014107850001" not in text
    for ending in ("laporan.json", "temuan.csv", "temuan.xlsx", "kemajuan"):
        for other in (None, "produsen_lain", "warga"):
            portal.get(f"{address}/{ending}", headers=world.headers(other), status=404)


def test_a_cell_that_could_run_does_not_run_in_what_is_taken_away(
    portal: Any, world: World
) -> None:
    package = world.dataset()
    evil = '=HYPERLINK("http://jahat")'
    quoted = evil.replace('"', '""')
    resource = world.file(package["id"], BAD_CSV.replace("59", f'"{quoted}"'))
    address = f"/dataset/{package['name']}/resource/{resource['id']}/validation"
    table = portal.get(f"{address}/temuan.csv", headers=world.headers("produsen"))
    assert "'=HYPERLINK" in table.body
    book = portal.get(f"{address}/temuan.xlsx", headers=world.headers("produsen"))
    sheet = openpyxl.load_workbook(io.BytesIO(book.data)).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=")]
    assert [cell.data_type for cell in cells] == ["s"] * len(cells)
    assert cells


def test_progress_is_shown_and_the_page_asks_again_by_itself(portal: Any, world: World) -> None:
    package = world.dataset()
    resource = world.call(
        "resource_create",
        "produsen",
        package_id=package["id"],
        name="Posyandu",
        format="CSV",
        upload=upload(BAD_CSV),
    )
    headers = world.headers("produsen")
    address = f"/dataset/{package['name']}/resource/{resource['id']}"
    page = _page(portal, f"{address}/validation", headers)
    assert "Berkas menunggu giliran diperiksa." in page.get_text()
    assert page.select('noscript meta[http-equiv="refresh"]')
    assert page.select_one("[hx-get]")["hx-get"].endswith("/validation/kemajuan?segarkan=1")

    progress.begin(resource["id"], clock.now(), 60)
    progress.tell(resource["id"], 30, 120)
    shown = world.call("satudata_conformity_show", "produsen", resource_id=resource["id"])
    told = shown["progress"]
    assert (told["done"], told["total"], told["percent"]) == (30, 120, 25)
    for where in (f"{address}/validation", address, f"/meja/dataset/{package['name']}"):
        assert "Berkas sedang diperiksa: 25%." in _page(portal, where, headers).get_text(), where
    part = portal.get(f"{address}/validation/kemajuan?segarkan=1", headers=headers)
    assert "25%" in part.body
    assert "HX-Refresh" not in part.headers

    progress.tell(resource["id"], 12_000, 0)
    part = portal.get(f"{address}/validation/kemajuan", headers=headers)
    assert "sudah 12.000 baris." in part.body

    jobs.work()
    assert progress.of(resource["id"]) is None
    part = portal.get(f"{address}/validation/kemajuan?segarkan=1", headers=headers)
    assert (part.headers["HX-Refresh"], "Pemeriksaan selesai." in part.body) == ("true", True)
    part = portal.get(f"{address}/validation/kemajuan", headers=headers)
    assert "HX-Refresh" not in part.headers
    page = _page(portal, f"{address}/validation", headers)
    assert not page.select('noscript meta[http-equiv="refresh"]')


def test_why_a_file_could_not_be_checked_is_said_wherever_its_result_stands(
    portal: Any, world: World
) -> None:
    package = world.dataset()
    resource = world.file(package["id"])
    at = clock.now()
    checking.give_up(model.Session, resource["id"], at)
    model.Session.commit()
    assert checks.of_resources(model.Session, [resource["id"]])[resource["id"]].status == "error"
    address = f"/dataset/{package['name']}/resource/{resource['id']}"
    for where in (f"{address}/validation", address, f"/meja/dataset/{package['name']}"):
        page = _page(portal, where, world.headers("produsen"))
        assert "Portal berkali-kali gagal memeriksa berkas ini." in page.get_text(), where
    table = world.call("satudata_conformity_table", "produsen", resource_id=resource["id"])
    assert table["columns"] == []
