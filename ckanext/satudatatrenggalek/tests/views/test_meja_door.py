"""Who gets in at ``/meja``: the login for strangers, 403 or 404 for people without the task."""

from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from ..world import World
from .meja_visitor import Visitor, button_of, content, controls

UNKNOWN = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def submission(world: World) -> dict[str, Any]:
    return world.at("awaiting_check")


def test_strangers_go_to_the_login_whether_or_not_the_thing_exists(
    portal: Any, world: World, submission: dict[str, Any]
) -> None:
    stranger = Visitor(portal, world, None)
    for path in (
        "/meja",
        "/meja/tugas",
        "/meja/penunjukan",
        "/meja/laporan",
        "/meja/tidak/ada/sama/sekali",
        f"/meja/dataset/{submission['id']}",
        f"/meja/dataset/{UNKNOWN}",
        f"/meja/periksa/{submission['id']}?tabel=x:1",
        f"/meja/periksa/{UNKNOWN}",
        f"/meja/langkah/{submission['id']}",
    ):
        answer = stranger.answer(path, 302)
        place = answer.headers["Location"]
        assert "/user/login?came_from=" in place
        assert path.partition("?")[0] in place
    for path in (f"/meja/langkah/{submission['id']}", f"/meja/ambil/{UNKNOWN}"):
        answer = portal.post(path, data={"step": "conform"}, status=302, follow_redirects=False)
        assert answer.headers["Location"].endswith("/user/login?came_from=/meja")
    assert world.show(submission["id"])["state"] == "awaiting_check"


def test_the_door_is_only_that_of_the_work_rooms(portal: Any, world: World) -> None:
    portal.get("/mejamakan", status=404)
    portal.get("/dataset", status=200)


def test_the_login_leads_back_to_where_a_person_wanted_to_go(
    portal: Any, world: World, submission: dict[str, Any]
) -> None:
    world.call("user_patch", "admin", id="pemeriksa", password="correct-horse-2026")
    address = f"/meja/periksa/{submission['id']}"
    login = portal.get(address, status=302, follow_redirects=False).headers["Location"]
    sent = {"login": "pemeriksa", "password": "correct-horse-2026"}
    answer = portal.post(login, data=sent, status=302, follow_redirects=False)
    assert answer.headers["Location"].endswith(address)
    assert "Periksa: Jumlah Posyandu" in portal.get(address, status=200).body


def test_people_without_an_appointment_are_told_so(
    portal: Any, world: World, submission: dict[str, Any]
) -> None:
    citizen = Visitor(portal, world, "warga")
    for path in ("/meja", "/meja/tugas", "/meja/penunjukan"):
        page = citizen.open(path, 403)
        assert "untuk petugas yang ditunjuk" in content(page)
    for key in (submission["id"], UNKNOWN):
        for path in ("/meja/dataset/", "/meja/periksa/", "/meja/langkah/"):
            citizen.open(path + key, 404)
    page = Visitor(portal, world, "produsen").open("/meja/penunjukan", 403)
    assert "untuk petugas yang ditunjuk" in content(page)


def test_another_office_learns_nothing(
    portal: Any, world: World, submission: dict[str, Any]
) -> None:
    other = Visitor(portal, world, "produsen_lain")
    assert "Jumlah Posyandu" not in content(other.open("/meja/tugas"))
    for key in (submission["id"], UNKNOWN):
        said = content(other.open(f"/meja/dataset/{key}", 404))
        assert "Jumlah Posyandu" not in said
        for path in (f"langkah/{key}", f"ambil/{key}", f"dataset/{key}/temuan/{UNKNOWN}"):
            answer = portal.post(
                f"/meja/{path}", data={"step": "withdraw"}, headers=world.headers(other.who)
            )
            assert answer.status_code == 404
            assert "Tidak ada yang disimpan" in answer.body
    assert world.show(submission["id"])["state"] == "awaiting_check"


def test_what_is_public_does_not_open_the_work_pages(portal: Any, world: World) -> None:
    published = world.at("published")
    for who in ("warga", "produsen_lain"):
        Visitor(portal, world, who).open(f"/meja/dataset/{published['id']}", 404)


@pytest.mark.ckan_config("WTF_CSRF_ENABLED", True)
def test_a_form_without_its_token_is_refused_even_after_a_call_by_api_token(
    portal: Any, world: World
) -> None:
    submission = world.at("awaiting_check")
    address = f"/meja/langkah/{submission['id']}"
    by_token = portal.post(address, data={"step": "conform"}, headers=world.headers("pendukung"))
    assert by_token.status_code == 409
    portal.set_session_user(world.users["pemeriksa"]["id"])
    findings = {"step": "return", "halaman": "periksa", "lain": "1", "lain-0-text": "Palsu."}
    assert portal.post(address, data=findings).status_code == 400
    assert world.show(submission["id"])["state"] == "awaiting_check"
    page = BeautifulSoup(portal.get(f"/meja/periksa/{submission['id']}").body, "html.parser")
    form = button_of(page, "Tidak sesuai").find_parent("form")
    assert isinstance(form, Tag)
    assert portal.post(address, data={**controls(form), **findings}).status_code == 200
    assert world.show(submission["id"])["state"] == "needs_correction"


@pytest.mark.ckan_config("WTF_CSRF_ENABLED", True)
def test_the_api_by_session_needs_the_form_token_even_after_a_call_by_api_token(
    portal: Any, world: World
) -> None:
    package = world.dataset()
    address = "/api/3/action/package_patch"
    change = {"id": package["id"], "notes": "Lewat token."}
    by_token = portal.post(address, json=change, headers=world.headers("produsen"))
    assert by_token.status_code == 200
    portal.set_session_user(world.users["produsen"]["id"])
    forged = portal.post(address, json={**change, "notes": "Palsu."})
    assert forged.status_code == 400
    shown = world.call("package_show", "admin", id=package["id"])
    assert shown["notes"] == "Lewat token."
