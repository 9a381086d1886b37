"""The Indonesian catalogue by itself: these tests need the installed packages, not the portal."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from ckanext.satudatatrenggalek.i18n import refresh

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sdir]|\{\w*!?\w*\}")
TAG = re.compile(r"<[^>]+>")
#: A tooltip inside a tag is words for people too.
TOOLTIP = re.compile(r' title="[^"]*"')

#: Words this portal does not use, and what it says instead (glossary in i18n/README.md).
OTHER_WORDS = {
    r"[Kk]umpulan data\b": "dataset",
    r"[Pp]ratayang": "pratinjau",
    r"[Ss]umber ?daya": "berkas",
    r"[Oo]rganisasi": "perangkat daerah",
    r"\b[Ii]nstansi": "perangkat daerah",
    r"\b[Pp]aket": "dataset",
    r"\b[Pp]assword": "kata sandi",
    r"\b[Uu]sername": "nama pengguna",
    r"\b[Tt]ag\b": "kata kunci",
    r"\b[Ee]dit\b": "ubah",
    r"\b[Ss]urel": "email",
    r"\b[Ss]ilahkan": "the sentence without it",
    r"[Tt]idak valid": "what is wrong, in words",
    r"\banda\b": "Anda",
    r"[Pp]erbaharui": "perbarui",
}


@pytest.fixture(scope="module")
def ours() -> Catalog:
    return refresh.read(refresh.PO)


def core(name: str) -> Catalog:
    with (refresh.folder_of("ckan") / "i18n" / name).open("rb") as file:
        return read_po(file)


def prose(text: str) -> str:
    """The text without placeholders and markup."""
    return TAG.sub("", PLACEHOLDER.sub("", text))


def pairs(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """(English, Indonesian) of every message; of a plural, the English form with the number."""
    for message in catalog:
        if message.id:
            yield refresh.forms(message.id)[-1], refresh.forms(message.string)[0]


def test_every_string_of_ckan_has_indonesian_words(ours):
    wanted, theirs = core("ckan.pot"), core("id/LC_MESSAGES/ckan.po")
    missing = [
        message.id
        for message in wanted
        if message.id
        and not any(
            found is not None and refresh.is_translated(found)
            for found in (ours.get(message.id), theirs.get(message.id))
        )
    ]
    assert len(wanted) > 1200
    assert missing == []


def test_the_files_agree_with_each_other_and_with_the_installed_sources(capsys):
    exit_code = refresh.main(["--check"])
    assert exit_code == 0, capsys.readouterr().out


def test_placeholders_are_kept(ours):
    wrong = [
        (english, indonesian)
        for english, indonesian in pairs(ours)
        if set(PLACEHOLDER.findall(english)) != set(PLACEHOLDER.findall(indonesian))
    ]
    assert wrong == []


def test_bare_placeholders_keep_their_number_and_order(ours):
    bare = re.compile(r"%[sdir]|\{\}")
    wrong = [
        (english, indonesian)
        for english, indonesian in pairs(ours)
        if bare.findall(english) != bare.findall(indonesian)
    ]
    assert wrong == []


def test_markup_is_kept(ours):
    def tags(text: str) -> Counter[str]:
        return Counter(TAG.findall(TOOLTIP.sub("", text)))

    wrong = [(english, words) for english, words in pairs(ours) if tags(english) != tags(words)]
    assert wrong == []


def test_space_at_the_edges_is_kept(ours):
    def edges(text: str) -> tuple[str, str]:
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]

    wrong = [(english, words) for english, words in pairs(ours) if edges(english) != edges(words)]
    assert wrong == []


def test_indonesian_has_one_plural_form(ours):
    plurals = [message for message in ours if len(refresh.forms(message.id)) == 2]
    assert ours.num_plurals == 1
    assert len(plurals) >= 19
    assert {len(refresh.forms(message.string)) for message in plurals} == {1}


def test_format_strings_pass_babels_own_checks(ours):
    assert [(message.id, errors) for message, errors in ours.check()] == []


def test_one_word_for_one_thing(ours):
    wrong = [
        (english, words, f"say: {instead}")
        for english, words in pairs(ours)
        for pattern, instead in OTHER_WORDS.items()
        if re.search(pattern, prose(words))
    ]
    assert wrong == []


def test_the_words_of_the_house(ours):
    said = dict(pairs(ours))
    assert said["Dataset"] == "Dataset"
    assert said["Preview"] == "Pratinjau"
    assert said["Organization"] == "Perangkat daerah"


def test_scripts_of_extensions_are_in_the_template():
    with refresh.POT.open("rb") as file:
        scripts = {
            name
            for message in read_po(file)
            for name, _ in message.locations
            if name.endswith(".js")
        }
    assert any(name.startswith("ckanext/validation/") for name in scripts)
    assert any(name.startswith("ckanext/datatablesview/") for name in scripts)


def test_indonesian_is_the_only_language_we_change():
    catalogues = sorted(path.relative_to(refresh.HERE) for path in refresh.HERE.rglob("*.mo"))
    assert [path.parts[0] for path in catalogues] == ["id"]
