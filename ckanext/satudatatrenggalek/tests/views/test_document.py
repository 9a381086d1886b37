"""Issued documents: numbered without gaps, kept as issued, verified by anybody."""

import hashlib
from collections.abc import Iterator
from datetime import datetime, timezone
from io import BytesIO
from typing import Any

import ckan.plugins.toolkit as tk
import openpyxl
import pytest
import sqlalchemy as sa
from ckan import model
from sqlalchemy.orm import Session

from ckanext.satudatatrenggalek.domain.figures import Figures, digest
from ckanext.satudatatrenggalek.model import document
from ckanext.satudatatrenggalek.model.tables import StayRecord

from ..model.month import Month
from ..world import World
from .report_month import recorded, soup_of

PERIOD = {"from": "01-11-2033", "to": "30-11-2033"}
FORM = {"dari": "01-11-2033", "sampai": "30-11-2033"}


@pytest.fixture
def month(world: World) -> Iterator[Month]:
    with recorded() as written:
        yield written


@pytest.fixture
def issued(world: World, month: Month) -> dict[str, Any]:
    return world.call("satudata_report_issue", "sekretariat", **PERIOD)


def test_the_button_issues_and_leads_to_the_document(
    portal: Any, world: World, month: Month
) -> None:
    page = portal.post("/meja/laporan/terbitkan", data=FORM, headers=world.headers("penyetuju"))
    assert page.status_code == 200
    text = soup_of(page).get_text()
    assert "LAP-SDT/2033/12/001" in text
    assert "1 sampai 30 November 2033" in text


def test_numbers_follow_each_other(world: World, issued: dict[str, Any]) -> None:
    second = world.call("satudata_report_issue", "pemeriksa", **PERIOD)
    assert [issued["number"], second["number"]] == ["LAP-SDT/2033/12/001", "LAP-SDT/2033/12/002"]
    listed = world.call("satudata_document_list", "pimpinan")
    assert [row["number"] for row in listed] == [second["number"], issued["number"]]


def test_a_number_that_was_not_used_is_given_again(portal: Any) -> None:
    at = datetime(2034, 1, 31, 18, tzinfo=timezone.utc)
    assert document.next_number(model.Session(), "report", at) == (1, "LAP-SDT/2034/02/001")
    model.Session.rollback()
    assert document.next_number(model.Session(), "report", at) == (1, "LAP-SDT/2034/02/001")


def test_two_at_once_wait_for_each_other(portal: Any) -> None:
    at = datetime(2034, 1, 31, 18, tzinfo=timezone.utc)
    document.next_number(model.Session(), "report", at)
    with Session(model.meta.engine) as other:
        other.execute(sa.text("SET LOCAL lock_timeout = '200ms'"))
        with pytest.raises(sa.exc.OperationalError, match="lock timeout"):
            document.next_number(other, "report", at)


def test_numbers_begin_again_each_year(world: World, issued: dict[str, Any]) -> None:
    at = datetime(2034, 1, 2, 3, tzinfo=timezone.utc)
    assert document.next_number(model.Session(), "report", at) == (1, "LAP-SDT/2034/01/001")


def test_what_is_kept_is_what_was_counted(world: World, issued: dict[str, Any]) -> None:
    record = document.find(model.Session(), issued["id"])
    assert record is not None
    assert digest(record.figures) == record.figures_sha256 == issued["figures_sha256"]
    frozen = Figures.from_dict(record.figures)
    assert (frozen.total.submitted, frozen.total.published, frozen.total.late) == (4, 2, 2)
    assert [row.title for row in frozen.listing] != []


def test_a_document_stays_as_issued(world: World, issued: dict[str, Any]) -> None:
    before = world.call("satudata_document_file", "pimpinan", id=issued["id"], format="pdf")
    model.Session.query(StayRecord).delete()
    model.Session.commit()
    after = world.call("satudata_document_file", "pimpinan", id=issued["id"], format="pdf")
    assert after == before
    assert world.call("satudata_document_show", None, id=issued["id"])["files"] == issued["files"]


def test_files_are_those_of_the_hashes(portal: Any, world: World, issued: dict[str, Any]) -> None:
    for extension, begins in (("pdf", b"%PDF-1.7"), ("xlsx", b"PK")):
        url = f"/dokumen/{issued['id']}/berkas.{extension}"
        response = portal.get(url, headers=world.headers("sekretariat"))
        assert response.data.startswith(begins)
        assert hashlib.sha256(response.data).hexdigest() == issued["files"][extension]
        name = f"LAP-SDT-2033-12-001.{extension}"
        assert name in response.headers["Content-Disposition"]
    book = openpyxl.load_workbook(BytesIO(response.data))
    assert [row for row in book["Ringkasan"].values if row[0] == "Terbit"][0][1] == 2


def test_the_public_may_verify_but_not_download(
    portal: Any, world: World, issued: dict[str, Any]
) -> None:
    page = portal.get(f"/dokumen/{issued['id']}")
    text = soup_of(page).get_text()
    for words in (issued["number"], issued["title"], *issued["files"].values()):
        assert words in text
    assert issued["figures_sha256"] in text
    assert "Unduh" not in text
    assert "Sekretariat" not in text.replace("Sekretariat DPRD", "")
    url = f"/dokumen/{issued['id']}/berkas.pdf"
    response = portal.get(url, follow_redirects=False)
    assert (response.status_code, "/user/login" in response.headers["Location"]) == (302, True)


@pytest.mark.parametrize("who", ["warga", "produsen", "pendukung", "pembina"])
def test_who_may_not_download(portal: Any, world: World, issued: dict[str, Any], who: str) -> None:
    portal.get(f"/dokumen/{issued['id']}/berkas.xlsx", headers=world.headers(who), status=403)


@pytest.mark.parametrize(
    "who", ["warga", "produsen", "pendukung", "pembina", "forum", "pimpinan", None]
)
def test_who_may_not_issue(world: World, month: Month, who: str | None) -> None:
    with pytest.raises(tk.NotAuthorized):
        world.call("satudata_report_issue", who, **PERIOD)
    assert document.newest(model.Session(), 10) == []


def test_a_period_that_cannot_be_read_is_not_issued(
    portal: Any, world: World, month: Month
) -> None:
    form = {"dari": "30-11-2033", "sampai": "01-11-2033"}
    page = portal.post(
        "/meja/laporan/terbitkan",
        data=form,
        headers=world.headers("penyetuju"),
        follow_redirects=False,
    )
    assert page.status_code == 302
    assert document.newest(model.Session(), 10) == []


def test_a_fingerprint_is_compared(portal: Any, world: World, issued: dict[str, Any]) -> None:
    url = f"/dokumen/{issued['id']}"
    for sha, words in (
        (issued["files"]["pdf"].upper(), "milik berkas PDF"),
        (issued["files"]["xlsx"], "milik berkas Excel"),
        (issued["figures_sha256"], "milik angka laporan"),
        ("0" * 64, "Tidak cocok"),
    ):
        assert words in portal.post(url, data={"sidik": f" {sha} "}).body


def test_a_file_is_compared(portal: Any, world: World, issued: dict[str, Any]) -> None:
    url = f"/dokumen/{issued['id']}"
    content = portal.get(f"{url}/berkas.pdf", headers=world.headers("admin")).data
    for data, words in ((content, "milik berkas PDF"), (content + b" ", "Tidak cocok")):
        form = {"berkas": (BytesIO(data), "salinan.pdf"), "sidik": ""}
        page = portal.post(url, data=form, content_type="multipart/form-data")
        assert words in page.body


def test_an_unknown_document_is_not_found(portal: Any, world: World) -> None:
    portal.get("/dokumen/tidak-ada", status=404)
    url = "/dokumen/tidak-ada/berkas.pdf"
    portal.get(url, headers=world.headers("admin"), status=404)
