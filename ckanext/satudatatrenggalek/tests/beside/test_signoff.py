"""The head of an office signs off what they see; a later edit makes it void."""

from __future__ import annotations

from typing import Any

import pytest
from ckan import model

from ckanext.satudatatrenggalek.model import audit

from ..logic.test_substitutes import substitute
from ..world import World, upload
from .caller import appoint, post


@pytest.fixture
def strict(world: World) -> World:
    """An office that has its head sign off."""
    appoint(world, "kepala", "office_head", world.office["id"])
    appoint(world, "kepala_lain", "office_head", world.other_office["id"])
    world.call("satudata_office_signoff_set", "kepala", office=world.office["id"], required=True)
    return world


def submit(portal: Any, world: World, key: str) -> tuple[int, Any]:
    return post(portal, world, "produsen", "satudata_step_take", id=key, step="submit")


def sign(portal: Any, world: World, key: str, by: str = "kepala", **more: Any) -> tuple[int, Any]:
    sent = {"content_hash": world.show(key)["content_hash"], **more}
    return post(portal, world, by, "satudata_submission_sign_off", id=key, **sent)


def test_without_it_nothing_is_submitted_with_it_it_is(portal: Any, strict: World) -> None:
    key = strict.draft()["id"]
    status, error = submit(portal, strict, key)
    assert (status, error["reason"]) == (409, "missing_signoff")
    status, shown = sign(portal, strict, key)
    assert status == 200, shown
    assert (shown["signoff"]["required"], shown["signoff"]["signed"]) == (True, "valid")
    assert shown["signoff"]["by"]["name"] == "kepala"
    row = audit.history(model.Session, [key])[0]
    assert (row.step, row.role, row.content_hash) == (
        "sign_off",
        "office_head",
        shown["content_hash"],
    )
    assert submit(portal, strict, key)[1]["state"] == "awaiting_check"


@pytest.mark.parametrize("what", ["metadata", "file"])
def test_an_edit_makes_it_void(portal: Any, strict: World, what: str) -> None:
    shown = strict.draft()
    assert sign(portal, strict, shown["id"])[0] == 200
    if what == "metadata":
        strict.call("package_patch", "produsen", id=shown["dataset_id"], notes="Lain.")
    else:
        strict.file(shown["dataset_id"], "tahun,kode_wilayah\n2025,35.03.01\n")
    assert strict.show(shown["id"])["signoff"]["signed"] == "stale"
    status, error = submit(portal, strict, shown["id"])
    assert (status, error["reason"]) == (409, "stale_signoff")
    assert sign(portal, strict, shown["id"])[0] == 200
    assert submit(portal, strict, shown["id"])[0] == 200


def test_it_is_bound_to_what_was_seen(portal: Any, strict: World) -> None:
    shown = strict.draft()
    strict.show(shown["id"], "kepala")  # looked at, so what changes since can be named
    post(portal, strict, "kepala", "satudata_submission_show", id=shown["id"])
    strict.call("package_patch", "produsen", id=shown["dataset_id"], satuan="Orang")
    seen = {"content_hash": shown["content_hash"]}
    status, error = sign(portal, strict, shown["id"], **seen)
    assert (status, error["reason"]) == (409, "stale_hash")
    assert "Satuan" in error["message"]
    assert "«Unit»" in error["message"]
    status, error = sign(portal, strict, shown["id"], content_hash="")
    assert (status, error["reason"]) == (409, "missing_hash")
    assert strict.show(shown["id"])["signoff"]["signed"] == "none"


def test_while_the_machine_still_checks_nobody_signs(portal: Any, strict: World) -> None:
    shown = strict.draft()
    resource = shown["resources"][0]["id"]
    strict.call("resource_patch", "produsen", id=resource, upload=upload("tahun\n2025\n"))
    status, error = sign(portal, strict, shown["id"])
    assert (status, error["reason"]) == (409, "signoff_check_unfinished")


@pytest.mark.parametrize(
    ("by", "status"), [("produsen", 403), ("kepala_lain", 404), ("pemeriksa", 404), ("admin", 403)]
)
def test_only_the_offices_own_head_signs(portal: Any, strict: World, by: str, status: int) -> None:
    key = strict.draft()["id"]
    assert sign(portal, strict, key, by)[0] == status
    assert strict.show(key)["signoff"]["signed"] == "none"


def test_nothing_is_signed_once_it_is_submitted(portal: Any, strict: World) -> None:
    key = strict.draft()["id"]
    assert sign(portal, strict, key)[0] == 200
    submit(portal, strict, key)
    status, error = sign(portal, strict, key)
    assert (status, error["reason"]) == (409, "wrong_state")


def test_a_head_who_uploaded_signs_too_and_the_record_says_so(portal: Any, strict: World) -> None:
    appoint(strict, "kepala", "producer", strict.office["id"])
    package = strict.dataset("sendiri", by="kepala")
    strict.file(package["id"], by="kepala")
    key = strict.show(package["id"])["id"]
    assert sign(portal, strict, key)[0] == 200
    assert audit.history(model.Session, [key])[0].details["own_work"] is True


def test_whoever_signed_off_does_not_check(portal: Any, strict: World) -> None:
    appoint(strict, "kepala", "checker", None)
    key = strict.draft()["id"]
    assert sign(portal, strict, key)[0] == 200
    submit(portal, strict, key)
    status, error = post(
        portal,
        strict,
        "kepala",
        "satudata_step_take",
        id=key,
        step="return",
        findings=[{"text": "Salah."}],
    )
    assert (status, error["reason"]) == (409, "same_person")


def test_what_a_plh_signed_off_the_head_does_not_check_either(portal: Any, strict: World) -> None:
    appoint(strict, "kepala", "checker", None)
    substitute(strict, "kepala", "warga", role="office_head")
    key = strict.draft()["id"]
    assert sign(portal, strict, key, "warga")[0] == 200
    event = strict.show(key)["history"][0]
    assert (event["step"], event["in_name_of"]["name"]) == ("sign_off", "kepala")
    submit(portal, strict, key)
    returned = {"step": "return", "findings": [{"text": "Salah."}]}
    status, error = post(portal, strict, "kepala", "satudata_step_take", id=key, **returned)
    assert (status, error["reason"]) == (409, "same_person")


@pytest.mark.ckan_config("ckanext.satudatatrenggalek.office_head_signoff", "true")
def test_the_regencys_setting_holds_until_an_office_chooses(portal: Any, world: World) -> None:
    appoint(world, "kepala", "office_head", world.office["id"])
    first = world.draft("satu")["id"]
    assert submit(portal, world, first)[1]["reason"] == "missing_signoff"
    choose = "satudata_office_signoff_set"
    for by in ("produsen", "pemeriksa", "admin"):
        assert post(portal, world, by, choose, office="dinas-kesehatan", required=False)[0] == 403
    status, kept = post(portal, world, "kepala", choose, office="dinas-kesehatan", required=False)
    assert (status, kept["required"], kept["own"]) == (200, False, False)
    assert submit(portal, world, first)[0] == 200
    back = post(portal, world, "penyetuju", choose, office="dinas-kesehatan", required="default")
    assert (back[1]["required"], back[1]["own"]) == (True, None)
    assert submit(portal, world, world.draft("dua")["id"])[1]["reason"] == "missing_signoff"


def test_the_head_of_another_office_chooses_nothing_here(portal: Any, strict: World) -> None:
    status, _ = post(
        portal,
        strict,
        "kepala_lain",
        "satudata_office_signoff_set",
        office="dinas-kesehatan",
        required=False,
    )
    assert status == 403
    assert submit(portal, strict, strict.draft()["id"])[0] == 409
