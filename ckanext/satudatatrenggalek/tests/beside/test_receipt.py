"""The receipt: what was submitted, by whom and when, on one page, for those who may read it."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path
from typing import Any

import pytest

from ..world import CSV, World
from .caller import post


def test_it_names_files_hash_and_person(portal: Any, world: World) -> None:
    shown = world.at("awaiting_check")
    status, receipt = post(portal, world, "produsen", "satudata_receipt_show", id=shown["id"])
    assert status == 200, receipt
    facts = {row["label"]: row["text"] for row in receipt["facts"]}
    assert facts["Dataset"] == "Jumlah Posyandu"
    assert facts["Diajukan oleh"] == "Produsen"
    assert facts["Pengajuan ke-"] == "1"
    assert receipt["content_hash"] == shown["content_hash"] == facts["Sidik isi (SHA-256)"]
    [file] = receipt["files"]
    assert file["sha256"] == hashlib.sha256(CSV.encode()).hexdigest()
    assert receipt["address"].endswith(f"/meja/dataset/{shown['id']}")


def test_it_stays_what_was_submitted_while_the_draft_is_mended(portal: Any, world: World) -> None:
    shown = world.at("needs_correction")
    before = post(portal, world, "produsen", "satudata_receipt_show", id=shown["id"])[1]
    world.call("package_patch", "produsen", id=shown["dataset_id"], title="Judul lain")
    assert post(portal, world, "produsen", "satudata_receipt_show", id=shown["id"])[1] == before


def test_a_draft_has_none(portal: Any, world: World) -> None:
    key = world.draft()["id"]
    status, error = post(portal, world, "produsen", "satudata_receipt_show", id=key)
    assert (status, error["reason"]) == (409, "wrong_state")


@pytest.mark.parametrize(("by", "status"), [("produsen_lain", 404), ("warga", 404), (None, 403)])
def test_strangers_get_none(portal: Any, world: World, by: str | None, status: int) -> None:
    key = world.at("awaiting_check")["id"]
    assert post(portal, world, by, "satudata_receipt_show", id=key)[0] == status


def test_the_pdf_is_one_page_and_says_the_same(portal: Any, world: World, tmp_path: Path) -> None:
    shown = world.at("awaiting_check")
    page = portal.get(
        f"/meja/dataset/{shown['id']}/tanda-terima", headers=world.headers("produsen")
    )
    assert shown["content_hash"] in page.body
    answer = portal.get(
        f"/meja/dataset/{shown['id']}/tanda-terima.pdf", headers=world.headers("produsen")
    )
    pdf = tmp_path / "t.pdf"
    pdf.write_bytes(answer.data)
    told = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    assert "Pages:           1" in told
    text = subprocess.run(
        ["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True
    ).stdout
    assert "Tanda Terima Pengajuan Data" in text
    assert shown["content_hash"][:32] in text
    assert "Jumlah Posyandu" in text
