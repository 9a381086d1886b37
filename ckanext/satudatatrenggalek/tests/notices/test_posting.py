"""One letter over a real SMTP server: what becomes of it, and where letters say the portal is."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import ckan.plugins as p
import pytest

from ckanext.satudatatrenggalek import heads, posting
from ckanext.satudatatrenggalek.model import chain
from ckanext.satudatatrenggalek.posting import Letter, NotPosted, Outcome

from .post_office import PostOffice

LETTER = Letter("Perihal", "Isi.")
HEADS = "ckanext.satudatatrenggalek.audit.head_mail"


def _post(address: str = "siti@contoh.id") -> Outcome:
    return posting.post("Siti", address, LETTER).outcome


def test_a_silent_server_holds_nobody_for_long(
    portal: Any, post: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting, "_PATIENCE", 0.3)
    post.hold = True
    before = time.monotonic()
    assert _post() is Outcome.AWAY
    assert time.monotonic() - before < 5
    post.hold = False
    assert _post() is Outcome.SENT


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [("550 no", Outcome.REFUSED), ("451 later", Outcome.LATER), ("421 closed", Outcome.AWAY)],
)
def test_what_a_server_says_is_understood(
    portal: Any, post: PostOffice, answer: str, outcome: Outcome
) -> None:
    post.refused["siti@contoh.id"] = answer
    assert _post() is outcome
    assert post.letters == []


def test_without_a_server_or_a_sender_it_waits(portal: Any, ckan_config: Any) -> None:
    answer = posting.post("Siti", "siti@contoh.id", LETTER)
    assert (answer.outcome, answer.said) == (Outcome.AWAY, posting.NO_SENDER)
    ckan_config["smtp.server"] = "127.0.0.1:9"
    assert _post() is Outcome.AWAY
    ckan_config["smtp.mail_from"] = "portal@contoh.id"
    assert _post() is Outcome.AWAY


def test_a_user_without_a_password_is_a_missing_setting(
    portal: Any, post: PostOffice, ckan_config: Any
) -> None:
    ckan_config["smtp.user"] = "portal"
    ckan_config["smtp.password"] = ""
    assert _post() is Outcome.AWAY
    assert post.letters == []


def test_what_cannot_be_written_is_refused(portal: Any, post: PostOffice) -> None:
    answer = posting.post("Siti", "siti@contoh.id", Letter("Dua\nbaris", "Isi."))
    assert answer.outcome is Outcome.REFUSED
    assert post.letters == []


def test_one_refused_keeps_it_from_nobody_else(portal: Any, post: PostOffice) -> None:
    post.refused["arsip@contoh.id"] = "550 no such user"
    with pytest.raises(NotPosted, match=r"arsip@contoh\.id.*no such user"):
        posting.post_all("Penyimpan", ["arsip@contoh.id", "siti@contoh.id"], LETTER)
    assert [str(each["To"]) for each in post.letters] == ["Penyimpan <siti@contoh.id>"]


class Carrier(p.SingletonPlugin):
    """Carries every letter."""

    p.implements(p.INotifier, inherit=True)
    taken: list[str] = []

    def notify_recipient(self, *letter: Any, **more: Any) -> bool:
        """Take it, and say so: then no mail is sent."""
        self.taken.append(letter[3])
        return True


@pytest.fixture
def carrier(provide_plugin: Any) -> Iterator[list[str]]:
    Carrier.taken.clear()
    provide_plugin("carrier", Carrier)
    with p.use_plugin("carrier"):
        yield Carrier.taken


def test_a_plugin_carries_all_mail_where_none_is_set_up(
    portal: Any, carrier: list[str], ckan_config: Any
) -> None:
    assert not ckan_config.get("smtp.mail_from")
    ckan_config[HEADS] = "arsip@contoh.id"
    from ckan import model

    from ckanext.satudatatrenggalek import clock

    assert heads.mail(chain.head(model.Session, clock.now())) == ("arsip@contoh.id",)
    [subject] = carrier
    assert subject.startswith("Kepala catatan Satu Data, ")


@pytest.mark.parametrize(("root", "path"), [("", ""), ("/data/{{LANG}}", "/data")])
def test_letters_know_the_path_the_portal_lives_under(
    ckan_config: Any, root: str, path: str
) -> None:
    ckan_config["ckan.site_url"] = "https://data.contoh.id/"
    ckan_config["ckan.root_path"] = root
    assert posting.site() == f"https://data.contoh.id{path}"
