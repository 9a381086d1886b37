"""Datasets of every level, and scans of letters: whole as they are released, told when damaged."""

from __future__ import annotations

from typing import Any

from ckan import model

from ckanext.satudatatrenggalek.model import blobs, files
from ckanext.satudatatrenggalek.model.papers import PaperRecord

from ..beside.caller import PDF, post_file
from ..beside.test_on_behalf import LETTER
from ..world import World
from .whole import id_of, sql, told


def test_every_level_and_every_scan_is_compared_and_found_whole(portal: Any, town: World) -> None:
    town.at("published", "sebagian", accessRights="terbatas")
    town.at("published", "rahasia", accessRights="tertutup")
    letter = {"office": "dinas-kesehatan", **LETTER}
    sent = ("letter_file", "surat.pdf", PDF)
    status, said = post_file(portal, town, "pemeriksa", "satudata_on_behalf_open", sent, **letter)
    assert status == 200, said
    assert not files.of_package(model.Session, id_of("sebagian"))
    assert told() == []
    (scan,) = [row.sha256 for row in model.Session.query(PaperRecord) if row.sha256]
    path = blobs.path_of(scan)
    path.chmod(0o644)
    path.write_bytes(b"%PDF-1.4 lain")
    moved = "UPDATE satudata_file SET package_id = :id WHERE package_id = :old"
    sql(moved, id=id_of("sebagian"), old=id_of("rahasia"))
    found = told()
    path.write_bytes(PDF)
    assert sorted(kind for kind, _ in found) == ["edition-served", "edition-served", "file-differs"]
    words = " ".join(said for _, said in found)
    assert "pindaian surat 045/12/2026" in words
    assert "sebagian menyajikan berkas lain daripada edisi 1" in words
    path.unlink()
    assert ("file-missing", "Berkas pindaian surat 045/12/2026 tidak ada di penyimpanan.") in told()
