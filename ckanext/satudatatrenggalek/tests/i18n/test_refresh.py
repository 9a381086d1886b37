"""Renewing the catalogue: what it keeps, what it names, when it refuses."""

import pytest

from ckanext.satudatatrenggalek.i18n import refresh


@pytest.fixture
def copy(tmp_path, monkeypatch):
    """The catalogue's files in a folder where they may be spoiled."""
    for name in ("POT", "PO", "MO"):
        path = getattr(refresh, name)
        target = tmp_path / path.name
        target.write_bytes(path.read_bytes())
        monkeypatch.setattr(refresh, name, target)
    return tmp_path


def spoil(text: str, instead: str) -> None:
    before = refresh.PO.read_text(encoding="utf-8")
    assert text in before
    refresh.PO.write_text(before.replace(text, instead), encoding="utf-8")


def test_a_string_without_words_is_named_and_fails(copy, capsys):
    spoil('msgstr "Pratinjau"', 'msgstr ""')
    assert refresh.main(["--check"]) == 1
    assert "untranslated: 'Preview'" in capsys.readouterr().out


def test_check_writes_nothing(copy, capsys):
    spoil('msgstr "Pratinjau"', 'msgstr "Tinjauan"')
    mo = refresh.MO.read_bytes()
    assert refresh.main(["--check"]) == 1
    assert f"stale: {refresh.MO.name}" in capsys.readouterr().out
    assert refresh.MO.read_bytes() == mo


def test_a_changed_word_reaches_the_compiled_file(copy):
    spoil('msgstr "Pratinjau"', 'msgstr "Tinjauan"')
    assert refresh.main([]) == 0
    assert b"Tinjauan" in refresh.MO.read_bytes()
    assert refresh.main(["--check"]) == 0


def test_a_string_no_source_has_is_dropped(copy):
    before = refresh.PO.read_text(encoding="utf-8")
    refresh.PO.write_text(before + '\nmsgid "Gone for ever"\nmsgstr "Hilang"\n', encoding="utf-8")
    assert refresh.main([]) == 0
    assert "Gone for ever" not in refresh.PO.read_text(encoding="utf-8")


def test_without_a_catalogue_every_string_is_asked_for(copy, capsys):
    refresh.PO.unlink()
    assert refresh.main([]) == 1
    assert capsys.readouterr().out.count("untranslated: ") > 1200
    assert refresh.PO.exists()


def test_a_missing_package_is_named():
    with pytest.raises(SystemExit, match="ckanext_absent is not installed"):
        refresh.folder_of("ckanext_absent")
