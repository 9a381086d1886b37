"""Who asked is forgotten a time after the request is closed: nothing anywhere tells it any more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from ckan import model

from ckanext.satudatatrenggalek import clock, heads, jobs
from ckanext.satudatatrenggalek.model import chain
from ckanext.satudatatrenggalek.model.audit import AuditRecord
from ckanext.satudatatrenggalek.model.notices import NoticeRecord
from ckanext.satudatatrenggalek.model.requests import RequestRecord
from ckanext.satudatatrenggalek.reconcile import nightly

from ..notices.post_office import PostOffice, serving
from ..world import World
from .levels import Placed, Visitor, place

MARK = "zulaikhah"
ASK = {
    "kind": "files",
    "name": f"Nur {MARK.title()}",
    "email": f"{MARK}@contoh.ac.id",
    "message": f"Untuk skripsi saya, {MARK} dari kampus.",
}
GRANT = {"outcome": "granted", "answer": f"Silakan, Ibu {MARK.title()}."}
DAY = timedelta(days=1)


@pytest.fixture
def restricted(world: World, ckan_config: Any, monkeypatch: Any, tmp_path: Any) -> Placed:
    monkeypatch.setitem(
        ckan_config, "ckanext.satudatatrenggalek.audit.head_file", str(tmp_path / "kepala.txt")
    )
    return place(world, "terbatas")


@pytest.fixture
def refusing(ckan_config: Any, monkeypatch: Any) -> Iterator[None]:
    """A mail server that knows no such address, and says it."""
    office = PostOffice(refused={ASK["email"]: "550 no such mailbox here"})
    with serving(office) as port:
        monkeypatch.setitem(ckan_config, "smtp.server", f"127.0.0.1:{port}")
        monkeypatch.setitem(ckan_config, "smtp.mail_from", "portal@contoh.go.id")
        yield


def _places() -> set[str]:
    """Tables of the whole database with a row that tells who asked."""
    found = set()
    for table in sa.inspect(model.meta.engine).get_table_names():
        query = sa.text(f'SELECT count(*) FROM "{table}" AS row WHERE row::text ILIKE :mark')
        if model.Session.execute(query, {"mark": f"%{MARK}%"}).scalar():
            found.add(table)
    model.Session.rollback()
    return found


def _night(days: int) -> None:
    """The night so many days from now, by the worker."""
    with clock.at(clock.now() + days * DAY):
        nightly.plan(model.Session, clock.now())
        jobs.work()


def _granted(world: World, portal: Any, placed: Placed) -> dict[str, Any]:
    made = Visitor(world, portal, None).api("satudata_request_create", id=placed.id, **ASK)[1]
    answered = Visitor(world, portal, "produsen").api(
        "satudata_request_answer", id=made["id"], **GRANT
    )
    assert answered[0] == 200
    return made


def test_nothing_tells_who_asked_a_year_after_the_files_were_closed(
    world: World, portal: Any, restricted: Placed, refusing: None
) -> None:
    made = _granted(world, portal, restricted)
    jobs.work()
    with clock.at(clock.now() + 16 * DAY):
        jobs.work()  # given up: what the server said of the address stands in the outbox
    anybody, producer = Visitor(world, portal, None), Visitor(world, portal, "produsen")
    anybody.page(f"/permintaan/{made['token']}/berkas/{restricted.resource}")
    assert _places() == {"satudata_request", "satudata_outbox"}
    before = heads.keep(model.Session, clock.now())
    _night(378)  # the files were open for fourteen days
    assert _places() == {"satudata_request", "satudata_outbox"}
    assert anybody.status(f"/permintaan/{made['token']}") == 200
    _night(380)
    assert _places() == set()
    assert anybody.status(f"/permintaan/{made['token']}") == 404
    assert anybody.api("satudata_request_show", token=made["token"])[0] == 404
    report = chain.verify(model.Session, [before])
    assert (report.broken_at, report.missing) == (None, ())
    (row,) = model.Session.query(AuditRecord).filter_by(step="requests_emptied")
    assert (row.details, row.auth_method) == ({"count": 1}, "system")
    (kept,) = producer.api("satudata_request_list", status="answered")[1]["results"]
    assert (kept["id"], kept["outcome"], kept["name"]) == (made["id"], "granted", "")
    page = _page(world, portal, f"/meja/permintaan/{made['id']}")
    assert "dihapus" in page
    assert "mailto:" not in page


def _page(world: World, portal: Any, url: str) -> str:
    """A page as the producer gets it."""
    answer = portal.get(url, headers=world.headers("produsen"))
    assert answer.status_code == 200
    return str(answer.body)


def test_what_nobody_has_answered_waits_with_its_asker(
    world: World, portal: Any, restricted: Placed
) -> None:
    made = Visitor(world, portal, None).api("satudata_request_create", id=restricted.id, **ASK)[1]
    _night(800)
    row = model.Session.get(RequestRecord, made["id"])
    assert row is not None
    assert (row.email, row.emptied_at) == (ASK["email"], None)
    model.Session.execute(sa.update(RequestRecord).values(dataset_id="a dataset that was purged"))
    model.Session.commit()
    _night(801)
    assert "satudata_request" not in _places()


def test_the_time_is_a_setting_and_is_told_where_it_is_asked(
    world: World, portal: Any, restricted: Placed, ckan_config: Any, monkeypatch: Any
) -> None:
    monkeypatch.setitem(ckan_config, "ckanext.satudatatrenggalek.request.keep_days", 30)
    page = portal.get(f"/dataset/{restricted.name}/minta/berkas")
    assert "dihapus 30 hari setelah" in " ".join(page.body.split())
    made = Visitor(world, portal, None).api("satudata_request_create", id=restricted.id, **ASK)[1]
    refused = {"outcome": "refused", "answer": "Memuat nama orang."}
    Visitor(world, portal, "produsen").api("satudata_request_answer", id=made["id"], **refused)
    page = portal.get(f"/permintaan/{made['token']}")
    assert "Halaman ini ditutup" in page.body
    _night(31)
    assert _places() == set()
    assert Visitor(world, portal, None).status(f"/permintaan/{made['token']}") == 404


def test_notices_that_were_read_are_let_go_and_no_others(world: World) -> None:
    world.at("needs_correction")
    names = ("pemeriksa", "pendukung", "produsen")
    assert all(world.call("satudata_notice_list", name)["unread"] for name in names)
    world.call("satudata_notice_read", "pemeriksa", all=True)
    model.Session.execute(sa.update(NoticeRecord).values(mail="", mailed_at=None))
    waiting = world.users["pendukung"]["id"]
    world.call("satudata_notice_read", "pendukung", all=True)
    model.Session.execute(
        sa.update(NoticeRecord)
        .where(NoticeRecord.user_id == waiting)
        .values(mail="mail", mail_after=clock.now() + 500 * DAY, mail_stopped_at=None)
    )
    model.Session.commit()
    _night(179)
    everything = model.Session.query(NoticeRecord).count()
    _night(181)
    left = {row.user_id for row in model.Session.query(NoticeRecord)}
    assert model.Session.query(NoticeRecord).count() < everything
    assert left == {world.users[name]["id"] for name in ("pendukung", "produsen")}
