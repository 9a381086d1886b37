"""Settings are written once, strangers' programs are left alone."""

import os
import re
import smtplib
import subprocess
import sys
import time
from email.message import EmailMessage
from pathlib import Path

import pytest

from launcher import ini
from launcher.checkout import Checkout, load_secrets, next_free_port, write_private
from launcher.process import Daemon

VALUES = {name: f"new-{name}" for name in ini.REFRESHED.values()}


def test_a_fresh_ini_has_secrets_and_no_gap(checkout: Checkout):
    text = ini.fresh(checkout, VALUES)
    assert not re.findall(r"\{[a-z_]+\}", text)
    assert load_secrets(checkout)["SECRET_KEY"] in text
    assert "solr_url = new-solr_url" in text


def test_secrets_are_made_once_and_kept_private(checkout: Checkout):
    first = load_secrets(checkout)
    assert load_secrets(checkout) == first
    assert (checkout.var / "secrets.json").stat().st_mode & 0o077 == 0


def test_refreshing_changes_addresses_and_keeps_what_people_wrote(checkout: Checkout):
    mine = ini.fresh(checkout, VALUES).replace(
        "ckan.site_title = Satu Data Trenggalek", "ckan.site_title = Judul saya"
    )
    moved = ini.refreshed(mine, {**VALUES, "redis_url": r"redis://:a\1b@127.0.0.1:7/0"})
    assert "ckan.site_title = Judul saya" in moved
    assert r"ckan.redis.url = redis://:a\1b@127.0.0.1:7/0" in moved
    assert ini.refreshed(moved, VALUES) == mine


def test_an_address_that_was_deleted_is_put_back(checkout: Checkout):
    text = ini.fresh(checkout, VALUES).replace("solr_url = new-solr_url\n", "")
    assert "\nsolr_url = new-solr_url\n" in ini.refreshed(text, VALUES)


@pytest.mark.parametrize(
    "name",
    [
        "ckan.auth.user_create_organizations",
        "ckan.auth.user_create_groups",
        "ckan.auth.create_unowned_dataset",
        "ckan.auth.anon_create_dataset",
        "ckan.auth.allow_dataset_collaborators",
        "ckan.auth.create_user_via_web",
        "ckan.datastore.sqlsearch.enabled",
    ],
)
def test_the_written_settings_are_the_careful_ones(checkout: Checkout, name: str):
    write_private(checkout.ini, ini.fresh(checkout, VALUES))
    assert ini.setting(checkout, name) == "false"


def test_forms_keep_their_token_outside_the_tests(checkout: Checkout):
    write_private(checkout.ini, ini.fresh(checkout, VALUES))
    assert ini.setting(checkout, "WTF_CSRF_ENABLED") == "true"
    assert ini.setting(checkout, "ckan.datastore.public_table_search") == ""


def test_a_started_program_is_known_again_and_stopped(checkout: Checkout):
    daemon = Daemon(checkout, "worker")
    daemon.start(["sleep", "60"])
    again = Daemon(checkout, "worker")
    assert again.pid() is not None
    assert again.stop()
    assert again.pid() is None
    assert not again.stop()


def test_a_program_that_will_not_end_is_ended(checkout: Checkout):
    daemon = Daemon(checkout, "worker")
    daemon.start(["sh", "-c", "trap '' TERM; touch ready; while :; do sleep 0.1; done"])
    daemon.wait((daemon.home / "ready").exists, 10, "")
    began = time.monotonic()
    assert daemon.stop(seconds=0.5)
    assert time.monotonic() - began < 5
    assert daemon.pid() is None


def test_a_stranger_with_a_recycled_number_is_left_alone(checkout: Checkout, tmp_path: Path):
    stranger = subprocess.Popen(["sleep", "60"], cwd=tmp_path)
    daemon = Daemon(checkout, "web")
    daemon.pid_file.parent.mkdir(parents=True, exist_ok=True)
    daemon.pid_file.write_text(str(stranger.pid))
    assert daemon.pid() is None
    assert not daemon.stop()
    os.kill(stranger.pid, 0)
    stranger.kill()
    stranger.wait()


def test_a_kept_program_is_started_again_and_ends_when_told(checkout: Checkout):
    keep = Path(__file__).resolve().parents[4] / "deploy" / "keep.py"
    daemon = Daemon(checkout, "worker")
    twice = "echo x >> runs; [ $(wc -l < runs) = 1 ] || exec sleep 60"
    daemon.start([sys.executable, str(keep), "sh", "-c", twice])
    runs = daemon.home / "runs"
    daemon.wait(lambda: runs.exists() and len(runs.read_text().split()) == 2, 20, "")
    began = time.monotonic()
    assert daemon.stop(seconds=20)
    assert time.monotonic() - began < 5


def test_a_mail_server_somebody_named_stays(checkout: Checkout):
    text = ini.fresh(checkout, {**VALUES, "mail_server": "127.0.0.1:8025"})
    assert "\nsmtp.server = 127.0.0.1:8025\nsmtp.mail_from = portal@localhost\n" in text
    moved = ini.refreshed(text, {**VALUES, "mail_server": "127.0.0.1:8099"})
    assert "\nsmtp.server = 127.0.0.1:8099\n" in moved
    theirs = text.replace("127.0.0.1:8025", "mail.trenggalekkab.go.id")
    assert ini.refreshed(theirs, VALUES) == ini.refreshed(theirs, {**VALUES, "mail_server": "x"})
    assert "\nsmtp.server = mail.trenggalekkab.go.id\n" in ini.refreshed(theirs, VALUES)


def test_without_a_mailbox_of_its_own_nothing_is_mailed(checkout: Checkout):
    values = {name: value for name, value in VALUES.items() if name != "mail_server"}
    text = ini.fresh(checkout, values)
    assert "\nsmtp.server = \nsmtp.mail_from = \n" in text
    assert ini.refreshed(text, values) == text


def test_the_mailbox_keeps_what_it_is_given_to_be_read(tmp_path: Path):
    port = next_free_port(18_025)
    program = Path(ini.__file__).parents[1] / "mailbox.py"
    box = subprocess.Popen([sys.executable, str(program), str(port), str(tmp_path)])
    try:
        letter = EmailMessage()
        letter["To"], letter["Subject"] = "Pemeriksa <p@contoh.test>", "Perlu diperiksa: Posyandu"
        letter.set_content("Yth. Pemeriksa,", cte="base64")
        letter.add_alternative("<p>Yth. Pemeriksa,</p>", subtype="html")
        _post(letter, port)
    finally:
        box.terminate()
        assert box.wait(10) == 0
    [text] = tmp_path.glob("*.txt")
    assert text.read_text() == "Yth. Pemeriksa,\n"
    assert "Perlu-diperiksa-Posyandu" in text.name
    assert len(list(tmp_path.glob("*.html"))) == len(list(tmp_path.glob("*.eml"))) == 1


def _post(letter: EmailMessage, port: int) -> None:
    for _ in range(100):
        try:
            with smtplib.SMTP("127.0.0.1", port) as server:
                server.sendmail("portal@contoh.test", ["p@contoh.test"], letter.as_bytes())
                return
        except ConnectionRefusedError:
            time.sleep(0.1)
    raise AssertionError("the mailbox does not answer")
