"""Somebody new is invited by real mail, sets a password, signs in and finds their task."""

from __future__ import annotations

import email
import re
import socket
from collections.abc import Iterator
from email import policy
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from ckan import model

from ..world import World
from .test_substitutes import _editor, last_event

NEW = {
    "email": "tini@example.org",
    "fullname": "Tini Suhartini",
    "role": "producer",
    "office": "dinas-kesehatan",
    "decree": "SK 8/2026",
}


class Letters(Message):
    """Keeps what arrives."""

    def __init__(self) -> None:
        super().__init__()
        self.got: list[Any] = []

    def handle_message(self, message: Any) -> None:
        self.got.append(email.message_from_bytes(bytes(message), policy=policy.default))


@pytest.fixture
def letters(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """A mail server of its own."""
    handler = Letters()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(handler, hostname="127.0.0.1", port=port)
    server.start()
    monkeypatch.setitem(tk.config, "smtp.server", f"127.0.0.1:{port}")
    monkeypatch.setitem(tk.config, "smtp.mail_from", "portal@example.org")
    yield handler.got
    server.stop()


def invite(portal: Any, world: World, by: str = "penyetuju", **more: Any) -> tuple[int, Any]:
    """Invite over HTTP; status, and the result or the error."""
    url = "/api/3/action/satudata_person_invite"
    answer = portal.post(url, json={**NEW, **more}, headers=world.headers(by))
    model.Session.remove()
    return answer.status_code, answer.json.get("result") or answer.json["error"]


def _link(letter: Any) -> str:
    found = re.search(r"https?://\S+(/user/reset/\S+)", letter.get_content())
    assert found, letter.get_content()
    return found.group(1)


def test_from_the_letter_to_the_first_task(portal: Any, world: World, letters: list[Any]) -> None:
    status, row = invite(portal, world)
    assert status == 200, row
    assert (row["user"]["title"], row["role"], row["valid"]) == ("Tini Suhartini", "producer", True)
    (letter,) = letters
    assert letter["To"].addresses[0].addr_spec == "tini@example.org"
    said = letter.get_content()
    assert said.startswith("Yth. Tini Suhartini,\n\nAnda diundang ke ")
    assert "\nPeran: Produsen Data\nPerangkat daerah: Dinas Kesehatan\n" in said
    assert "\nKeputusan: SK 8/2026\nBerlaku: sejak " in said
    name = row["user"]["name"]
    user = model.User.get(name)
    assert user is not None
    assert user.state == "pending"
    assert last_event("invite").details["user_id"] == user.id
    word = {"password1": "Rahasia-2026", "password2": "Rahasia-2026"}
    portal.post(_link(letter), data=word, follow_redirects=False)
    model.Session.remove()
    assert model.User.get(name).state == "active"  # type: ignore[union-attr]
    world.users["tini"] = {"id": row["user"]["id"], "name": name}
    assert _editor(world, "tini")
    me = world.call("satudata_me_show", "tini")
    assert me["roles"] == ["producer"]
    assert world.dataset("milik-tini", by="tini")["owner_org"] == world.office["id"]
    # A forgotten password is set again the same way.
    portal.post("/user/reset", data={"user": name}, follow_redirects=False)
    assert len(letters) == 2
    assert "/user/reset/" in letters[1].get_content()


def test_who_serves_the_whole_regency_belongs_to_no_office(
    portal: Any, world: World, letters: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(tk.config, "ckanext.satudatatrenggalek.walidata_office", "dinas-kominfo")
    status, row = invite(portal, world, role="checker", office="")
    assert (status, row["office"]) == (200, None)
    members = tk.get_action("member_list")(
        {"ignore_auth": True}, {"id": "dinas-kominfo", "object_type": "user"}
    )
    assert row["user"]["id"] not in {member[0] for member in members}
    assert len(letters) == 1


def test_a_letter_that_does_not_go_out_leaves_nobody(
    portal: Any, world: World, letters: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    works = tk.config["smtp.server"]
    monkeypatch.setitem(tk.config, "smtp.server", "127.0.0.1:1")
    for sender in ("", "portal@example.org"):
        monkeypatch.setitem(tk.config, "smtp.mail_from", sender)
        status, error = invite(portal, world)
        assert (status, error["reason"]) == (409, "mail_failed")
    left = model.User.by_email("tini@example.org")
    assert left is None or left.state == "deleted"
    assert letters == []
    rows = world.call("satudata_appointment_list", "penyetuju", office="dinas-kesehatan")
    assert {row["user"]["name"] for row in rows} == {"produsen", "pendukung"}
    monkeypatch.setitem(tk.config, "smtp.server", works)
    assert invite(portal, world)[0] == 200
    assert len(letters) == 1


def test_what_makes_no_invitation_is_refused_before_an_account_is_made(
    portal: Any, world: World, letters: list[Any]
) -> None:
    before = model.Session.query(model.User).count()
    taken = world.users["warga"]["email"]
    for more in (
        {"decree": ""},
        {"fullname": ""},
        {"email": "bukan-alamat"},
        {"email": taken},
        {"office": ""},
        {"valid_until": "2020-01-01"},
    ):
        status, error = invite(portal, world, **more)
        assert (status, error["reason"]) == (409, "bad_input"), more
    for nobody in ("pemeriksa", "produsen", "sekretariat", "warga"):
        assert invite(portal, world, nobody)[0] == 403
    assert model.Session.query(model.User).count() == before
    assert letters == []
