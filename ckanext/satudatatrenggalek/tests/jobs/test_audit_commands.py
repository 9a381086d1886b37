"""The record's head leaves the database, and `audit verify` compares with every head kept."""

from __future__ import annotations

import email
import email.policy
import socket
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from ckan import model
from ckan.tests.helpers import CKANCliRunner
from sqlalchemy import text

from ckanext.satudatatrenggalek import cli, clock, heads
from ckanext.satudatatrenggalek.model import chain

from ..world import World

FILE = "ckanext.satudatatrenggalek.audit.head_file"
MAIL = "ckanext.satudatatrenggalek.audit.head_mail"


def _run(*arguments: str) -> Any:
    return CKANCliRunner().invoke(cli.satudata, ["audit", *arguments])


@pytest.fixture
def kept(tmp_path: Path, ckan_config: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file the heads go to."""
    path = tmp_path / "luar" / "kepala.txt"
    monkeypatch.setitem(ckan_config, FILE, str(path))
    return path


def test_every_head_in_the_file_is_compared(world: World, kept: Path) -> None:
    assert "Utuh:" in _run("verify").output
    assert str(kept) in _run("head", "--write").output
    world.dataset("posyandu")
    assert _run("head", "--write").exit_code == 0
    first, second = heads.read(kept.read_text().splitlines())
    assert (first.rows or 0) < (second.rows or 0)
    assert second.hash == chain.head(model.Session, clock.now()).hash
    assert "2 kepala cocok" in _run("verify").output
    assert "3 kepala cocok" in _run("verify", "--against", first.hash).output

    _as_owner("DELETE FROM satudata_audit WHERE seq = (SELECT max(seq) FROM satudata_audit)")
    cut = _run("verify")
    assert cut.exit_code == 1
    assert second.hash in cut.output
    assert "1 dari 2 kepala hilang" in cut.output
    assert "pernah dipotong atau ditulis ulang" in cut.output


def test_a_file_elsewhere_or_one_hash_is_compared_too(
    world: World, kept: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "salinan.txt"
    copy.write_text(heads.line_of(chain.head(model.Session, clock.now())) + "\n")
    assert _run("verify", "--against", str(copy)).exit_code == 0
    lost = "f" * 64
    missing = _run("verify", "--against", str(copy), "--against", lost)
    assert missing.exit_code == 1
    assert lost in missing.output
    copy.write_text("bukan kepala\n")
    refused = _run("verify", "--against", str(copy))
    assert refused.exit_code == 1
    assert "baris 1 bukan kepala catatan" in refused.output


def test_a_sleeping_guard_fails_the_check(world: World, kept: Path) -> None:
    model.Session.execute(text("ALTER TABLE satudata_audit DISABLE TRIGGER USER"))
    model.Session.commit()
    asleep = _run("verify")
    model.Session.execute(text("ALTER TABLE satudata_audit ENABLE TRIGGER USER"))
    model.Session.commit()
    assert asleep.exit_code == 1
    assert "satudata_audit_rows" in asleep.output
    assert _run("verify").exit_code == 0


class _PostOffice:
    """What a real SMTP server was given: (recipients, letter)."""

    def __init__(self) -> None:
        self.letters: list[tuple[list[str], EmailMessage]] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append((envelope.rcpt_tos, letter))
        return "250 OK"


@pytest.fixture
def post_office(ckan_config: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[_PostOffice]:
    """An SMTP server on a free port, and the settings that lead there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    office = _PostOffice()
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    monkeypatch.setitem(ckan_config, "smtp.server", f"127.0.0.1:{port}")
    monkeypatch.setitem(ckan_config, "smtp.mail_from", "portal@example.org")
    yield office
    controller.stop()


def test_the_head_goes_out_by_mail(
    world: World,
    kept: Path,
    post_office: _PostOffice,
    ckan_config: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert "isi audit.head_mail" in _run("head", "--mail").output
    assert post_office.letters == []
    monkeypatch.setitem(ckan_config, MAIL, "arsip@example.org inspektorat@example.org")
    sent = _run("head", "--mail")
    assert "arsip@example.org, inspektorat@example.org" in sent.output
    to = [recipients for recipients, _ in post_office.letters]
    assert to == [["arsip@example.org"], ["inspektorat@example.org"]]
    letter = post_office.letters[0][1]
    body = letter.get_body()
    assert body is not None
    head = chain.head(model.Session, clock.now())
    assert f"ckan satudata audit verify --against {head.hash}" in body.get_content()
    assert letter["Subject"].startswith("Kepala catatan Satu Data, ")


def test_a_mail_server_that_is_away_is_said(
    world: World, kept: Path, ckan_config: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ckan_config, MAIL, "arsip@example.org")
    unset = _run("head", "--mail")
    assert unset.exit_code == 1
    assert "smtp.mail_from belum diisi" in unset.output
    monkeypatch.setitem(ckan_config, "smtp.mail_from", "portal@example.org")
    monkeypatch.setitem(ckan_config, "smtp.server", "127.0.0.1:9")
    refused = _run("head", "--write", "--mail")
    assert refused.exit_code == 1
    assert "Kepala belum tersimpan di luar" in refused.output
    assert len(kept.read_text().splitlines()) == 1, "the file has it all the same"


def _as_owner(statement: str) -> None:
    session = model.Session
    session.execute(text("ALTER TABLE satudata_audit DISABLE TRIGGER USER"))
    session.execute(text(statement))
    session.execute(text("ALTER TABLE satudata_audit ENABLE TRIGGER USER"))
    session.commit()
