"""The languages of the running portal: ours over CKAN's in Indonesian, CKAN's own in English."""

import json

import ckan.plugins as p
import ckan.plugins.toolkit as tk
import pytest
from ckan.lib.i18n import build_js_translations

pytestmark = pytest.mark.usefixtures("loaded")


@pytest.fixture
def speaking(loaded):
    """Gives gettext as a page of the named language has it."""

    def inside(language: str):
        return loaded.flask_app.test_request_context(environ_overrides={"CKAN_LANG": language})

    return inside


@pytest.mark.parametrize(
    ("english", "indonesian"),
    [
        # CKAN's own catalogue says "Kumpulan data", "Pratayang", "Organisasi", "Sumberdaya".
        ("Datasets", "Dataset"),
        ("Preview", "Pratinjau"),
        ("Organization", "Perangkat daerah"),
        ("Resources", "Berkas"),
        # CKAN's own catalogue says nothing.
        ("Log in", "Masuk"),
        ("Visibility", "Visibilitas"),
        # Missing from CKAN's template.
        ("Manage resource: {name}", "Kelola berkas: {name}"),
        # An extension that ships no Indonesian.
        ("Select at least one", "Pilih sedikitnya satu"),
    ],
)
def test_our_words_win(speaking, english, indonesian):
    with speaking("id"):
        assert tk._(english) == indonesian


@pytest.mark.parametrize("number", [0, 1, 2, 5])
def test_every_number_takes_the_one_form(speaking, number):
    with speaking("id"):
        found = tk.ungettext("{number} dataset found", "{number} datasets found", number)
    assert found.format(number=number) == f"{number} dataset ditemukan"


@pytest.mark.parametrize("text", ["Datasets", "Preview", "Organization", "Select at least one"])
def test_english_is_untouched(speaking, text):
    with speaking("en"):
        assert tk._(text) == text


def test_english_keeps_its_plural(speaking):
    with speaking("en"):
        assert tk.ungettext("{number} dataset found", "{number} datasets found", 1).endswith(
            "dataset found"
        )
        assert tk.ungettext("{number} dataset found", "{number} datasets found", 2).endswith(
            "datasets found"
        )


def test_a_page_in_each_language(loaded):
    # /en and /id are CKAN's own addresses of a language; without one the portal's own holds.
    indonesian, english = loaded.get("/id/user/login").body, loaded.get("/en/user/login").body
    assert "Nama pengguna atau email" in indonesian
    assert "Username or Email" not in indonesian
    assert "Username or Email" in english
    assert "Kata sandi" not in english


def test_the_invitation_keeps_its_lines(speaking):
    names = (
        "user_name",
        "site_title",
        "group_type",
        "group_title",
        "role_name",
        "reset_link",
        "site_url",
    )
    with speaking("id"):
        mail = tk.render("emails/invite_user.txt", {name: f"[{name}]" for name in names})
    assert mail.count("\n") > 8
    assert "   [reset_link]\n" in mail


def test_no_plugin_before_ours_translates_indonesian():
    others = [
        plugin.i18n_domain()
        for plugin in p.PluginImplementations(p.ITranslation)
        if "id" in plugin.i18n_locales() and plugin.i18n_domain() != "ckanext-satudatatrenggalek"
    ]
    assert others == []


def test_scripts_speak_indonesian(tmp_path, monkeypatch, ckan_config):
    monkeypatch.setitem(ckan_config, "ckan.storage_path", str(tmp_path))
    build_js_translations()
    words = json.loads((tmp_path / "i18n" / "js" / "id.js").read_text(encoding="utf-8"))
    assert words["Are you sure you want to perform this action?"] == [
        None,
        "Lanjutkan tindakan ini?",
    ]
    assert words["Data Schema URL"] == [None, "URL skema data"]
    assert words[""]["plural-forms"] == "nplurals=1; plural=0;"
