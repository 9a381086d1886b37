"""Where the demo and its accounts are refused."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from ckan import model
from ckan.tests import factories

from ckanext.satudatatrenggalek import cli as commands
from ckanext.satudatatrenggalek.demo import accounts

from .conftest import PASSWORD

PUBLIC = "https://satudata.trenggalekkab.go.id"
_PEOPLE = tuple(a for a in accounts.ACCOUNTS if a.name in ("produsen", "warga"))


def _token(name: str) -> dict[str, str]:
    context = {"ignore_auth": True, "user": name}
    made = tk.get_action("api_token_create")(context, {"user": name, "name": "uji"})
    return {"Authorization": made["token"]}


def test_the_command_is_refused_in_one_sentence(
    portal: Any, cli: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(tk.config, "ckan.site_url", PUBLIC)
    result = cli.invoke(commands.satudata, ["demo"])
    assert result.exit_code == 1
    assert result.output.strip().count("\n") == 0
    assert "Peragaan hanya untuk portal di komputer sendiri" in result.output
    assert PUBLIC in result.output
    assert model.User.by_name("produsen") is None


def test_a_portal_with_people_of_its_own_is_left_alone(portal: Any, cli: Any) -> None:
    factories.Sysadmin(name="admin", password="rahasia-sekali")
    result = cli.invoke(commands.satudata, ["demo"])
    assert result.exit_code == 1
    assert "Akun 'admin' sudah ada" in result.output
    assert model.User.by_name("admin").validate_password("rahasia-sekali")
    assert model.User.by_name("produsen") is None


def test_a_new_password_reaches_the_named_accounts(portal: Any) -> None:
    accounts.ensure(_PEOPLE, PASSWORD)
    accounts.ensure(_PEOPLE, "kata-sandi-lain")
    assert all(model.User.by_name(p.name).validate_password("kata-sandi-lain") for p in _PEOPLE)


def test_demo_accounts_work_at_a_local_address(portal: Any) -> None:
    accounts.ensure(_PEOPLE, PASSWORD)
    form = {"login": "produsen", "password": PASSWORD}
    assert portal.post("/user/login", data=form, follow_redirects=False).status_code == 302
    answer = portal.get("/api/3/action/satudata_me_show", headers=_token("warga"))
    assert answer.json["result"]["user"] == "warga"


@pytest.mark.parametrize("login", ["produsen", "produsen@contoh.trenggalek.test"])
def test_nobody_signs_in_as_a_demo_account_elsewhere(
    portal: Any, monkeypatch: pytest.MonkeyPatch, login: str
) -> None:
    accounts.ensure(_PEOPLE, PASSWORD)
    monkeypatch.setitem(tk.config, "ckan.site_url", PUBLIC)
    form = {"login": login, "password": PASSWORD}
    answer = portal.post("/user/login", data=form, follow_redirects=False)
    assert answer.status_code == 200
    assert "Akun peragaan hanya berlaku" in answer.body


def test_a_token_of_a_demo_account_opens_nothing_elsewhere(
    portal: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    accounts.ensure(_PEOPLE, PASSWORD)
    headers = _token("produsen")
    monkeypatch.setitem(tk.config, "ckan.site_url", PUBLIC)
    for path in ("/api/3/action/satudata_me_show", "/dataset/", "/meja"):
        answer = portal.get(path, headers=headers, follow_redirects=False)
        assert answer.status_code == 403, path
        assert "Akun peragaan" in answer.body


def test_a_session_from_before_ends_when_the_address_changes(
    portal: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    accounts.ensure(_PEOPLE, PASSWORD)
    browser = portal.flask_app.test_client(use_cookies=True)
    browser.post("/user/login", data={"login": "produsen", "password": PASSWORD})
    assert browser.get("/user/edit").status_code == 200
    monkeypatch.setitem(tk.config, "ckan.site_url", PUBLIC)
    assert browser.get("/dataset/").status_code == 403
    assert browser.get("/dataset/").status_code == 200
    assert browser.get("/user/edit").status_code != 200


def test_other_accounts_sign_in_everywhere(portal: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    factories.User(name="pegawai", password="rahasia-sekali")
    monkeypatch.setitem(tk.config, "ckan.site_url", PUBLIC)
    form = {"login": "pegawai", "password": "rahasia-sekali"}
    assert portal.post("/user/login", data=form, follow_redirects=False).status_code == 302
    answer = portal.get("/api/3/action/satudata_me_show", headers=_token("pegawai"))
    assert answer.json["result"]["user"] == "pegawai"
