"""Requests of the public: asked by anybody, answered by the office or the walidata, in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from ckan import model

from ckanext.satudatatrenggalek import clock, jobs
from ckanext.satudatatrenggalek.domain.sop import ANSWERS_REQUESTS
from ckanext.satudatatrenggalek.model import audit, days_off
from ckanext.satudatatrenggalek.model.requests import RequestRecord
from ckanext.satudatatrenggalek.model.tables import OutboxRecord

from ..world import CSV, World
from .levels import Placed, Visitor, place, relevel
from .post_office import PostOffice, opened

ASK = {
    "name": "Siti Rahma",
    "email": "Siti@Contoh.ac.id",
    "message": "Untuk skripsi tentang gizi.\nSaya butuh angka per desa.",
}
GRANT = {"outcome": "granted", "answer": "Silakan, sebutkan sumbernya."}
ANSWERERS = ("produsen", "pemeriksa", "penyetuju")
OTHERS = ("produsen_lain", "pendukung", "pembina", "forum", "sekretariat", "pimpinan", "warga")


@pytest.fixture
def restricted(world: World) -> Placed:
    """A public dataset whose files are restricted."""
    return place(world, "terbatas")


def _ask(world: World, portal: Any, placed: Placed, by: str | None = None, **more: Any) -> Any:
    sent = {"id": placed.id, "kind": "files", **ASK, **more}
    status, made = Visitor(world, portal, by).api("satudata_request_create", **sent)
    assert status == 200, made
    return made


def test_the_answerers_of_this_test_are_those_of_the_table() -> None:
    assert {role.value for role in ANSWERS_REQUESTS} == {"producer", "checker", "approver"}


@pytest.mark.parametrize("by", [None, "warga"])
def test_anybody_may_ask_and_reads_the_answer_by_the_secret(
    world: World, portal: Any, restricted: Placed, by: str | None
) -> None:
    made = _ask(world, portal, restricted, by)
    assert (made["status"], made["outcome"], made["files"]) == ("new", None, [])
    anybody = Visitor(world, portal, None)
    assert anybody.status(f"/permintaan/{made['token']}") == 200
    for wrong in (made["id"], made["token"][:-1] + "x", f"{made['id']}.", "x.y"):
        assert anybody.status(f"/permintaan/{wrong}") == 404, wrong
        assert anybody.api("satudata_request_show", token=wrong)[0] == 404
    shown = Visitor(world, portal, "produsen").api("satudata_request_show", id=made["id"])[1]
    assert (shown["name"], shown["email"]) == ("Siti Rahma", "siti@contoh.ac.id")
    assert (shown["user"] or {}).get("name") == by
    assert shown["clock"]["text"]


def test_ten_working_days_to_answer(world: World, portal: Any, restricted: Placed) -> None:
    made = _ask(world, portal, restricted)
    row = model.Session.get(RequestRecord, made["id"])
    assert row is not None
    calendar = days_off.calendar(model.Session)
    assert calendar.between(row.created_at, row.due_at) == calendar.day_length * 10
    other = _ask(world, portal, restricted, kind="error")
    row = model.Session.get(RequestRecord, other["id"])
    assert calendar.between(row.created_at, row.due_at) == calendar.day_length * 5


def test_only_the_office_and_the_walidata_read_and_answer(
    world: World, portal: Any, restricted: Placed
) -> None:
    made = _ask(world, portal, restricted)
    for name in (*OTHERS, None):
        who = Visitor(world, portal, name)
        assert who.api("satudata_request_show", id=made["id"])[0] == 404, name
        status, found = who.api("satudata_request_list")
        assert status == 403 or found["results"] == [], name
        assert who.api("satudata_request_answer", id=made["id"], **GRANT)[0] in (403, 404), name
    assert Visitor(world, portal, "admin").api("satudata_request_answer", id=made["id"])[0] == 403
    for name in ANSWERERS:
        (row,) = Visitor(world, portal, name).api("satudata_request_list")[1]["results"]
        assert row["id"] == made["id"], name


@pytest.mark.parametrize("by", ANSWERERS)
def test_a_granted_request_opens_the_files_for_a_time(
    world: World, portal: Any, restricted: Placed, by: str
) -> None:
    made = _ask(world, portal, restricted)
    anybody = Visitor(world, portal, None)
    file = f"/permintaan/{made['token']}/berkas/{restricted.resource}"
    assert anybody.status(file) == 404
    answered = Visitor(world, portal, by).api("satudata_request_answer", id=made["id"], **GRANT)
    assert answered[0] == 200
    shown = anybody.api("satudata_request_show", token=made["token"])[1]
    assert (shown["outcome"], shown["is_open"], shown["edition"]) == ("granted", True, 1)
    assert [f["sha256"] for f in shown["files"]] == [restricted.sha256]
    assert world.users[by]["id"] not in str(shown)
    page = anybody.page(file)
    assert (page.status_code, page.data) == (200, CSV.encode())
    assert page.headers["Cache-Control"] == "no-store, private"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert anybody.status(f"/permintaan/{made['token']}/berkas/lain") == 404
    assert anybody.status(f"/dataset/{restricted.name}/edisi/1/berkas/{restricted.resource}") == 404
    query = sa.select(audit.AuditRecord).where(
        audit.AuditRecord.step.like("request_%"), audit.AuditRecord.dataset_id == restricted.id
    )
    rows = model.Session.execute(query.order_by(audit.AuditRecord.seq)).scalars().all()
    assert [row.step for row in rows] == ["request_answer", "request_download"]
    assert "siti" not in str([(row.actor_name, row.note, row.details) for row in rows]).lower()
    with clock.at(clock.now() + timedelta(days=15)):
        assert anybody.status(file) == 404
        late = anybody.api("satudata_request_show", token=made["token"])[1]
        assert (late["is_open"], late["files"], late["answer"]) == (False, [], GRANT["answer"])


def test_what_was_granted_is_closed_with_the_dataset(
    world: World, portal: Any, restricted: Placed
) -> None:
    made = _ask(world, portal, restricted)
    Visitor(world, portal, "produsen").api("satudata_request_answer", id=made["id"], **GRANT)
    anybody = Visitor(world, portal, None)
    file = f"/permintaan/{made['token']}/berkas/{restricted.resource}"
    world.step(restricted.id, "retract", "penyetuju", comment="Angka keliru.")
    assert anybody.status(file) == 404
    assert anybody.status(f"/permintaan/{made['token']}") == 200
    world.step(restricted.id, "reinstate", "penyetuju_lain", comment="Sudah benar.")
    assert anybody.status(file) == 200
    relevel(world, restricted, "tertutup")
    assert anybody.status(file) == 404


def test_an_answer_is_given_once_and_whole(world: World, portal: Any, restricted: Placed) -> None:
    made = _ask(world, portal, restricted)
    who = Visitor(world, portal, "produsen")
    for sent in ({"outcome": "granted"}, {"answer": "Ya."}, {"outcome": "ya", "answer": "Ya."}):
        status, error = who.api("satudata_request_answer", id=made["id"], **sent)
        assert (status, bool(error["message"])) == (409, True), sent
    refused = {"outcome": "refused", "answer": "Memuat nama orang."}
    assert who.api("satudata_request_answer", id=made["id"], **refused)[0] == 200
    status, error = who.api("satudata_request_answer", id=made["id"], **GRANT)
    assert (status, error["reason"]) == (409, "answered")
    shown = Visitor(world, portal, None).api("satudata_request_show", token=made["token"])[1]
    assert (shown["outcome"], shown["is_open"]) == ("refused", False)


def test_what_may_be_asked_of_which_dataset(world: World, portal: Any) -> None:
    opened, closed = place(world, "terbuka"), place(world, "tertutup", "posyandu-rahasia")
    draft = world.draft("posyandu-draf")
    who = Visitor(world, portal, None)
    status, error = who.api("satudata_request_create", id=opened.id, kind="files", **ASK)
    assert (status, error["reason"]) == (409, "not_offered")
    assert who.api("satudata_request_create", id=opened.id, kind="error", **ASK)[0] == 200
    for key in (closed.id, draft["dataset_id"], draft["id"], "tidak-ada"):
        for kind in ("files", "error"):
            assert who.api("satudata_request_create", id=key, kind=kind, **ASK)[0] == 404, key
    for name in (closed.name, "posyandu-draf", "tidak-ada"):
        assert who.status(f"/dataset/{name}/minta/kesalahan") == 404
    assert who.status(f"/dataset/{opened.name}/minta/berkas") == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"email": "siti"},
        {"email": "siti@contoh.id\nBcc: lain@contoh.id"},
        {"email": "sīti@contoh.id"},
        {"email": ",@a.b,("},
        {"email": "siti@contoh.id,lain@contoh.id"},
        {"email": '"siti"@contoh.id'},
        {"email": "siti@contoh..id"},
        {"message": " "},
        {"website": "http://iklan.contoh"},
        {"kind": "lain"},
    ],
)
def test_what_is_refused_stores_nothing(
    world: World, portal: Any, restricted: Placed, wrong: dict[str, str]
) -> None:
    sent = {"id": restricted.id, "kind": "files", **ASK, **wrong}
    status, error = Visitor(world, portal, None).api("satudata_request_create", **sent)
    assert (status, bool(error["message"])) == (409, True)
    assert model.Session.query(RequestRecord).count() == 0


def test_nobody_floods_an_office(world: World, portal: Any, restricted: Placed) -> None:
    for number in range(10):
        _ask(world, portal, restricted, email=f"a{number}@contoh.id")
    who = Visitor(world, portal, None)
    sent = {"id": restricted.id, "kind": "files", **ASK}
    status, error = who.api("satudata_request_create", **sent)
    assert (status, error["reason"]) == (409, "too_often")
    with clock.at(clock.now() + timedelta(hours=2)):
        assert who.api("satudata_request_create", **sent)[0] == 200


@pytest.fixture
def post(ckan_config: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[PostOffice]:
    """The mail server of the portal."""
    with opened() as office:
        port = office.server_address[1]
        monkeypatch.setitem(ckan_config, "smtp.server", f"127.0.0.1:{port}")
        monkeypatch.setitem(ckan_config, "smtp.mail_from", "portal@contoh.go.id")
        yield office


def test_the_asker_is_mailed_twice_without_anything_they_typed(
    world: World, portal: Any, restricted: Placed, post: PostOffice
) -> None:
    made = _ask(world, portal, restricted, name="IKLAN MURAH", message="Beli di sini")
    jobs.work()
    Visitor(world, portal, "produsen").api("satudata_request_answer", id=made["id"], **GRANT)
    jobs.work()
    jobs.work()
    assert [mail["To"].addresses[0].addr_spec for mail in post.mails] == ["siti@contoh.ac.id"] * 2
    for mail in post.mails:
        text = mail.get_content()
        assert made["token"] in text
        assert "Jumlah Posyandu" in mail["Subject"]
        assert not {"IKLAN", "Beli", "Silakan"} & set((text + str(mail)).split())
    assert "dikabulkan" in post.mails[1].get_content()


def test_what_a_closed_edition_is_called_is_for_staff(
    world: World, portal: Any, restricted: Placed, post: PostOffice
) -> None:
    made = _ask(world, portal, restricted)
    relevel(world, restricted, "tertutup", title="Zamrud Keempat")
    anybody, producer = Visitor(world, portal, None), Visitor(world, portal, "produsen")
    shown = anybody.api("satudata_request_show", token=made["token"])[1]
    assert shown["dataset"]["title"] == "Jumlah Posyandu"
    assert b"Zamrud" not in anybody.page(f"/permintaan/{made['token']}").data
    known = producer.api("satudata_request_show", id=made["id"])[1]
    assert known["dataset"]["title"] == "Zamrud Keempat"
    refused = {"outcome": "refused", "answer": "Sudah ditutup."}
    assert producer.api("satudata_request_answer", id=made["id"], **refused)[0] == 200
    jobs.work()
    mails = [m for m in post.mails if m["To"].addresses[0].addr_spec == "siti@contoh.ac.id"]
    assert [mail["Subject"].split(":")[0] for mail in mails][-1] == "Dijawab"
    assert not any("Zamrud" in mail["Subject"] + mail.get_content() for mail in mails)


def test_mail_waits_for_its_server(
    world: World, portal: Any, restricted: Placed, post: PostOffice
) -> None:
    port = post.server_address[1]
    post.shutdown()
    post.server_close()
    _ask(world, portal, restricted)
    start = clock.now()
    for number in range(30):
        with clock.at(start + timedelta(minutes=11 * number)):
            jobs.work()
    query = model.Session.query(OutboxRecord).filter_by(kind="request_mail", done_at=None)
    assert query.count() == 1
    with opened(port) as again, clock.at(start + timedelta(days=1)):
        jobs.work()
    to = [mail["To"].addresses[0].addr_spec for mail in again.mails]
    assert to.count("siti@contoh.ac.id") == 1  # staff get their digests by then
    assert query.count() == 0


def test_the_pages_tell_the_whole_story(world: World, portal: Any, restricted: Placed) -> None:
    dataset = BeautifulSoup(portal.get(f"/dataset/{restricted.name}").body, "html.parser")
    (link,) = [a["href"] for a in dataset.select("a") if a.get_text(strip=True) == "Minta berkas"]
    form = portal.get(link)
    assert form.status_code == 200
    back = portal.post(link, data={**ASK, "email": "siti"}, status=409)
    kept = BeautifulSoup(back.body, "html.parser")
    assert kept.select_one("#name")["value"] == ASK["name"]
    assert ASK["message"] in kept.select_one("#message").get_text()
    done = portal.post(link, data={**ASK, "website": ""}, follow_redirects=False, status=302)
    secret = done.headers["Location"]
    assert "Menunggu jawaban" in portal.get(secret).get_data(as_text=True)
    desk = world.headers("produsen")
    listed = BeautifulSoup(portal.get("/meja/permintaan", headers=desk).body, "html.parser")
    (row,) = listed.select("td a.t")
    shown = portal.get(row["href"], headers=desk).get_data(as_text=True)
    assert "Siti Rahma" in shown
    assert "Kirim jawaban" in shown
    again = portal.post(row["href"], data={"answer": "Silakan."}, headers=desk, status=409)
    assert "Silakan." in again.get_data(as_text=True)
    portal.post(row["href"], data=GRANT, headers=desk, status=302, follow_redirects=False)
    answered = portal.get("/meja/permintaan?status=answered", headers=desk)
    assert "Dikabulkan" in answered.get_data(as_text=True)
    page = BeautifulSoup(portal.get(secret).body, "html.parser")
    (file,) = [a["href"] for a in page.select("a.sd-title")]
    assert portal.get(file).data == CSV.encode()
    assert portal.get("/meja/permintaan", status=302, follow_redirects=False)
