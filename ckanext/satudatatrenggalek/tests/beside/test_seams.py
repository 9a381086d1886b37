"""Where letters, transfers, levels and appointments meet: nobody gains by going between them."""

from __future__ import annotations

from typing import Any

import pytest

from ckanext.satudatatrenggalek import jobs

from ..world import PATHS, World
from .caller import appoint, post
from .test_on_behalf import LETTER
from .test_transfer import move


def test_a_letter_opens_nothing_once_the_dataset_is_anothers(portal: Any, world: World) -> None:
    draft = world.draft()
    key = draft["dataset_id"]
    status, _ = post(portal, world, "pemeriksa", "satudata_on_behalf_open", dataset=key, **LETTER)
    assert status == 200
    assert post(portal, world, "pemeriksa", "package_show", id=key)[0] == 200
    assert move(portal, world, draft["id"], "penyetuju")[0] == 200
    assert post(portal, world, "pemeriksa", "package_show", id=key)[0] == 404
    resource = draft["resources"][0]["id"]
    assert post(portal, world, "pemeriksa", "resource_show", id=resource)[0] == 404
    assert post(portal, world, "produsen_lain", "package_show", id=key)[0] == 200


@pytest.mark.parametrize("limited", [{"kind": "geospasial"}, {"office": "dinas-pertanian"}])
def test_an_approver_of_a_part_manages_nobody(
    portal: Any, world: World, limited: dict[str, str]
) -> None:
    appoint(world, "sebagian", "approver", limited.get("office"), limited.get("kind"))
    grant = {"user": "sebagian", "role": "approver", "decree": "SK 9/2026"}
    assert post(portal, world, "sebagian", "satudata_appointment_grant", **grant)[0] == 403
    assert post(portal, world, "penyetuju", "satudata_appointment_grant", **grant)[0] == 200


def test_a_hash_of_another_dataset_tells_nothing_of_it(portal: Any, world: World) -> None:
    other = world.at("published", "lain", notes="Rahasia perusahaan.")
    own = world.at("awaiting_check")
    items = ("standard", "metadata", "interoperability", "reference_codes", "as_planned")
    checklist = {item: {"verdict": "conform"} for item in (*items, "personal_data")}
    asked = {"id": own["dataset_id"], "step": "conform", "checklist": checklist}
    status, error = post(
        portal,
        world,
        "pemeriksa",
        "satudata_step_take",
        content_hash=other["content_hash"],
        **asked,
    )
    assert (status, error["reason"]) == (409, "stale_hash")
    assert not error.get("changes")
    assert "Rahasia perusahaan" not in str(error)


def test_lists_of_the_report_do_not_name_drafts(portal: Any, world: World) -> None:
    world.draft("belum-diajukan", title="Judul Rahasia Draf")
    period = {"from": "2026-01-01", "to": "2026-12-31"}
    for figure in ("metadata_datasets", "late.draft"):
        for reader in ("pimpinan", "forum", "pemeriksa", "penyetuju"):
            status, found = post(
                portal, world, reader, "satudata_report_drill", figure=figure, **period
            )
            assert status == 200, found
            assert "Judul Rahasia Draf" not in str(found), (figure, reader)
            assert "belum-diajukan" not in str(found), (figure, reader)


def test_lists_of_the_report_tell_no_notes_to_who_does_not_read_them(
    portal: Any, world: World
) -> None:
    key = world.draft("dikembalikan", title="Judul Rahasia")["id"]
    world.step(key, "submit", "produsen")
    world.step(key, "return", "pemeriksa", comment="Catatan rahasia.")
    period = {"from": "2026-01-01", "to": "2026-12-31"}
    for figure in ("returns", "returned", "submitted", "reason.standard"):
        for reader in ("pimpinan", "forum", "sekretariat", "penyetuju", "produsen"):
            asked = {"figure": figure, **period}
            found = post(portal, world, reader, "satudata_report_drill", **asked)[1]
            assert found["total"] == 1, (figure, reader)
            told = reader in ("penyetuju", "produsen")
            assert ("Judul Rahasia" in str(found)) == told, (figure, reader)
            assert ("Catatan rahasia" in str(found)) == (told and figure.startswith("return"))


def test_the_report_quotes_findings_of_what_was_released(portal: Any, world: World) -> None:
    key = world.at("needs_correction")["id"]

    def quoted() -> tuple[int, bool]:
        period = {"from": "2026-01-01", "to": "2026-12-31"}
        found = post(portal, world, "pimpinan", "satudata_report_figures", **period)[1]
        reason = next(row for row in found["reasons"] if row["item"] == "standard")
        return reason["returns"], "Perbaiki satuannya." in str(found)

    assert quoted() == (1, False)
    for step, by in PATHS["published"]:
        world.step(key, step, by)
    jobs.work()
    assert quoted() == (1, True)


def test_a_letter_for_one_dataset_shows_nobodys_requests(portal: Any, world: World) -> None:
    public = world.at("published", "tampil")
    asked = {"name": "Siti", "email": "siti@contoh.ac.id", "message": "Baris 3 keliru."}
    key = public["dataset_id"]
    assert (
        post(portal, world, None, "satudata_request_create", id=key, kind="error", **asked)[0]
        == 200
    )
    appoint(world, "petapeta", "checker", None, "geospasial")
    draft = world.draft("peta", jenis="geospasial")
    opened = post(
        portal, world, "petapeta", "satudata_on_behalf_open", dataset=draft["dataset_id"], **LETTER
    )
    assert opened[0] == 200, opened
    status, found = post(portal, world, "petapeta", "satudata_request_list")
    assert status in (200, 403)
    assert "siti@contoh.ac.id" not in str(found)
    assert "siti@contoh.ac.id" in str(post(portal, world, "pemeriksa", "satudata_request_list"))


def test_choosing_fields_of_a_search_escapes_no_look_after_it(portal: Any, world: World) -> None:
    world.at("published", "tampil")
    status, found = post(portal, world, None, "package_search", fl="title,notes")
    assert status == 200
    assert [row["title"] for row in found["results"]] == ["Jumlah Posyandu"]
    assert all(row["id"] and row["capacity"] == "public" for row in found["results"])


def test_another_name_beside_a_hidden_one_tells_nothing(portal: Any, world: World) -> None:
    public, hidden = world.at("published", "tampil"), world.draft("tersembunyi")
    asked = {"name": public["name"]} if "name" in public else {"name": "tampil"}
    for key in (hidden["dataset_id"], "tersembunyi", "tidak-ada-sama-sekali"):
        status, _ = post(portal, world, None, "package_show", name_or_id=key, **asked)
        assert status == 404, key
