"""CKAN's own forms lead to the submission page: locked ones at once, those of a file afterwards."""

from __future__ import annotations

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup

from ckanext.satudatatrenggalek import jobs

from ..world import SCHEMA, World, upload
from .meja_visitor import Visitor, content

FORMS = ("/dataset/edit/{id}", "/dataset/{id}/resource/new", "/dataset/{id}/resource/{file}/edit")


def _leads(portal: Any, world: World, who: str | None, url: str) -> tuple[int, str]:
    answer = portal.get(url, headers=world.headers(who), follow_redirects=False)
    return answer.status_code, str(answer.headers.get("Location", "")).partition("#")[0]


@pytest.mark.parametrize("form", FORMS)
def test_a_locked_one_opens_no_form(portal: Any, world: World, form: str) -> None:
    shown = world.at("awaiting_check")
    url = form.format(id=shown["name"], file=shown["resources"][0]["id"])
    status, target = _leads(portal, world, "produsen", url)
    assert (status, target.endswith(f"/meja/dataset/{shown['id']}")) == (302, True)
    page = Visitor(portal, world, "produsen").open(f"/meja/dataset/{shown['id']}")
    assert page.select("h1")
    for who in ("produsen_lain", "warga", None):
        assert _leads(portal, world, who, url)[0] in (302, 403, 404), who
        assert "/meja/" not in _leads(portal, world, who, url)[1], who
    world.step(shown["id"], "withdraw", "produsen")
    assert _leads(portal, world, "produsen", url)[0] == 200
    assert _leads(portal, world, "admin", url)[0] == 200


def test_the_sentence_says_why(portal: Any, world: World) -> None:
    shown = world.at("awaiting_check")
    answer = portal.get(
        f"/dataset/edit/{shown['name']}", headers=world.headers("produsen"), follow_redirects=True
    )
    page = BeautifulSoup(answer.body, "html.parser")
    assert "terkunci selama statusnya menunggu pemeriksaan" in content(page)


def test_what_is_public_leads_to_the_edition_in_work(portal: Any, world: World) -> None:
    shown = world.at("published")
    url = f"/dataset/edit/{shown['name']}"
    status, target = _leads(portal, world, "produsen", url)
    assert (status, target.endswith(f"/meja/dataset/{shown['id']}")) == (302, True)
    opened = world.step(shown["dataset_id"], "revise", "produsen")
    jobs.work()
    assert _leads(portal, world, "produsen", url)[1].endswith(f"/meja/dataset/{opened['id']}")
    copy = f"/dataset/edit/{opened['working_copy_id']}"
    assert _leads(portal, world, "produsen", copy)[0] == 200


def _send(portal: Any, world: World, url: str, **more: Any) -> str:
    sent = {"id": "", "name": "Posyandu", "format": "CSV", "schema": json.dumps(SCHEMA), **more}
    file = upload("tahun,kode_wilayah,kecamatan,jumlah_posyandu\n2025,35.03.01,Panggul,78\n")
    answer = portal.post(
        url,
        data={**sent, "upload": (file.stream, "posyandu.csv")},
        headers=world.headers("produsen"),
        follow_redirects=False,
    )
    assert answer.status_code == 302, answer.body
    return str(answer.headers["Location"])


def test_after_a_file_was_sent_its_check_is_next(portal: Any, world: World) -> None:
    shown = world.draft()
    new = f"/dataset/{shown['name']}/resource/new"
    page = f"/meja/dataset/{shown['id']}#berkas"
    assert _send(portal, world, new, save="go-metadata").endswith(page)
    assert _send(portal, world, new, save="again").endswith(new)
    (first, *_) = world.show(shown["id"])["resources"]
    edit = f"/dataset/{shown['name']}/resource/{first['id']}/edit"
    assert _send(portal, world, edit, save="").endswith(page)
