"""Mail over a real SMTP server: nothing lost, nothing twice, one address stops no other."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Any

import ckan.plugins as p
import pytest
from ckan import model

from ckanext.satudatatrenggalek import clock, jobs
from ckanext.satudatatrenggalek.cli import satudata
from ckanext.satudatatrenggalek.model import notices, outbox
from ckanext.satudatatrenggalek.model.notices import NoticeRecord
from ckanext.satudatatrenggalek.notices import mailing

from ..world import World
from .post_office import PostOffice, html_of, serving, text_of

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=timezone.utc)  # 09.00 WIB
HOUR = timedelta(hours=1)


def test_a_letter_names_what_why_what_to_do_and_until_when(world: World, post: PostOffice) -> None:
    with clock.at(MONDAY):
        shown = world.at("awaiting_check", title="Jumlah <Posyandu> & Kader")
        finding = {"item": "standard", "row": 3, "text": "Satuannya <b>unit</b>."}
        world.step(shown["id"], "return", "pemeriksa", findings=[finding], comment="Lihat catatan.")
        jobs.work()
    [letter] = [each for each in post.of("produsen") if "perbaikan" in str(each["Subject"])]
    assert letter["Subject"] == "Perlu perbaikan: Jumlah <Posyandu> & Kader"
    assert world.users["produsen"]["email"] in letter["To"]
    assert letter["Auto-Submitted"] == "auto-generated"
    text = text_of(letter)
    for said in (
        "Yth. Produsen,",
        "Dinas Kesehatan",
        "Pemeriksa mengembalikan dataset ini dengan catatan.",
        "Catatan: Lihat catatan.",
        "1. Standar Data (baris 3): Satuannya <b>unit</b>.",
        "Yang perlu dilakukan: Perbaiki setiap catatan",
        "Tenggat: Kamis, 26 November 2026 09.00 WIB",
        f"/meja/dataset/{shown['id']}",
        "/meja/pemberitahuan/pengaturan",
    ):
        assert said in text
    html = html_of(letter)
    assert "Satuannya &lt;b&gt;unit&lt;/b&gt;." in html
    assert "<b>" not in html


def test_each_is_mailed_once_and_the_row_says_when(world: World, post: PostOffice) -> None:
    world.at("awaiting_check")
    jobs.work()
    jobs.work()
    assert sorted(str(each["To"]).split()[0] for each in post.letters) == ["Pemeriksa", "Pendukung"]
    assert all(row.mailed_at for row in model.Session.query(NoticeRecord))
    ids = [each["Message-ID"] for each in post.letters]
    assert len(set(ids)) == 2


def test_two_workers_never_mail_the_same_person_at_once(world: World, post: PostOffice) -> None:
    world.at("awaiting_check")
    key = zlib.crc32(world.users["pemeriksa"]["id"].encode())
    with outbox.hold(key, mailing.LOCK_SPACE) as held:
        assert held
        jobs.work()
        assert [post.of("pemeriksa"), len(post.of("pendukung"))] == [[], 1]
    jobs.work()
    assert len(post.of("pemeriksa")) == 1


def test_a_server_that_is_away_loses_nothing(world: World, ckan_config: Any) -> None:
    office = PostOffice()
    with serving(office) as port:
        ckan_config["smtp.server"] = f"127.0.0.1:{port}"
        ckan_config["smtp.mail_from"] = "portal@data.example.org"
    with clock.at(MONDAY):
        world.at("awaiting_check")
        jobs.work()
        assert jobs.sweep()
    assert office.letters == []
    tried = [row.mail_attempts for row in model.Session.query(NoticeRecord)]
    assert sorted(tried) == [0, 1]  # nobody else's letter was spent on a closed door
    with serving(office, port), clock.at(MONDAY + HOUR):
        jobs.work()
        jobs.work()
        assert len(office.letters) == 2
        assert not jobs.sweep()


def test_hanging_up_in_the_middle_sends_it_again_and_once(world: World, post: PostOffice) -> None:
    post.break_off = True
    with clock.at(MONDAY):
        world.at("awaiting_check")
        jobs.work()
    assert post.letters == []
    post.break_off = False
    with clock.at(MONDAY + HOUR):
        jobs.work()
        jobs.work()
    assert len(post.letters) == 2


@pytest.mark.parametrize("answer", ["550 no such user", "451 later"])
def test_one_refused_address_stops_nobody(world: World, post: PostOffice, answer: str) -> None:
    post.refused[world.users["pemeriksa"]["email"]] = answer
    with clock.at(MONDAY):
        world.at("awaiting_check")
        jobs.work()
    assert [str(each["To"]).split()[0] for each in post.letters] == ["Pendukung"]
    for hours in range(1, 12):
        with clock.at(MONDAY + hours * HOUR):
            jobs.work()
    row = model.Session.query(NoticeRecord).filter_by(mailed_at=None).one()
    assert (row.mail_stopped_at is not None) is answer.startswith("550")
    post.refused.clear()
    with clock.at(MONDAY + 20 * HOUR):
        jobs.work()
    assert len(post.of("pemeriksa")) == (0 if answer.startswith("550") else 1)


def test_the_unreachable_are_skipped_and_listed(
    world: World, post: PostOffice, portal: Any, cli: Any
) -> None:
    with clock.at(MONDAY):
        shown = world.at("awaiting_check")
        pendukung = model.User.get("pendukung")
        assert pendukung is not None
        pendukung.email = None
        model.Session.commit()
        world.step(shown["id"], "withdraw", "produsen")  # a draft is no reading for checkers
        jobs.work()
    assert post.letters == []
    said = {name: row.mail_error for row, name in notices.not_mailed(model.Session)}
    assert said == {"pendukung": "no address", "pemeriksa": "may no longer read it"}
    listed = cli.invoke(satudata, ["unmailed"])
    assert "pemeriksa" in listed.output, listed.output
    assert "no address" in listed.output


def test_without_a_mail_server_notices_stay_in_the_portal(world: World, ckan_config: Any) -> None:
    assert not ckan_config.get("smtp.mail_from")
    world.at("awaiting_check")
    jobs.work()
    assert {row.mail_error for row in model.Session.query(NoticeRecord)} == {
        "no mail is set up (smtp.server, smtp.mail_from)"
    }
    assert world.call("satudata_notice_list", "pemeriksa")["unread"] == 1


def test_a_digest_is_one_letter_on_the_next_working_morning(world: World, post: PostOffice) -> None:
    friday = MONDAY - timedelta(days=3)
    with clock.at(friday):
        world.call(
            "satudata_notice_preferences_update", "pemeriksa", preferences={"task": "digest"}
        )
        world.at("awaiting_check")
        world.at("awaiting_check", "kedua", title="Jumlah Kader")
        jobs.work()
    assert post.of("pemeriksa") == []
    assert len(post.of("pendukung")) == 2
    with clock.at(friday + timedelta(days=1)):
        jobs.work()
        assert post.of("pemeriksa") == []
    for hours in (0, 1):
        with clock.at(MONDAY + hours * HOUR):
            jobs.work()
    [digest] = post.of("pemeriksa")
    assert digest["Subject"] == "Ringkasan pemberitahuan: 2 hal"
    assert "Jumlah Posyandu" in text_of(digest)
    assert "Jumlah Kader" in text_of(digest)


def test_portal_only_sends_no_mail(world: World, post: PostOffice) -> None:
    world.call("satudata_notice_preferences_update", "pemeriksa", preferences={"task": "portal"})
    world.at("awaiting_check")
    jobs.work()
    assert post.of("pemeriksa") == []
    assert world.call("satudata_notice_list", "pemeriksa")["unread"] == 1


class Messenger(p.SingletonPlugin):
    """What a plugin for another channel looks like: CKAN's own interface, nothing of ours."""

    p.implements(p.INotifier, inherit=True)
    taken: list[tuple[str, str, str]] = []

    def notify_recipient(
        self,
        already_notified: bool,
        recipient_name: str,
        recipient_email: str,
        subject: str,
        body: str,
        body_html: Any = None,
        headers: Any = None,
        attachments: Any = None,
    ) -> bool:
        """Carry it, and say so: then no mail is sent."""
        if recipient_name != "Pemeriksa":
            return already_notified
        self.taken.append((recipient_email, subject, headers["X-Satu-Data-Event"]))
        return True


@pytest.fixture
def messenger(provide_plugin: Any) -> Iterator[list[tuple[str, str, str]]]:
    Messenger.taken.clear()
    provide_plugin("messenger", Messenger)
    with p.use_plugin("messenger"):
        yield Messenger.taken


def test_another_channel_carries_notices_through_inotifier(
    world: World, messenger: list[tuple[str, str, str]], post: PostOffice
) -> None:
    world.at("awaiting_check")
    jobs.work()
    address = world.users["pemeriksa"]["email"]
    assert messenger == [(address, "Perlu diperiksa: Jumlah Posyandu", "submit")]
    assert [str(each["To"]).split()[0] for each in post.letters] == ["Pendukung"]
    assert all(row.mailed_at for row in model.Session.query(NoticeRecord))
