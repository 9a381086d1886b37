"""What people mistype is refused in their language, with what to write instead."""

import json

import ckan.plugins.toolkit as tk
import pytest

from ckanext.satudatatrenggalek.logic import validators


@pytest.mark.parametrize("typed", ["26-02-2027", "2027-02-26", "26/02/2027"])
def test_a_day_is_stored_as_iso(typed):
    assert validators.satudata_date(typed) == "2027-02-26"


@pytest.mark.parametrize("typed", ["31-02-2027", "minggu depan", "2027"])
def test_no_day_is_refused(typed):
    with pytest.raises(tk.Invalid, match="misalnya 26-02-2027"):
        validators.satudata_date(typed)


def test_a_year():
    assert validators.satudata_year(" 2026 ") == "2026"


@pytest.mark.parametrize("typed", ["26", "20266", "tahun ini", "3026"])
def test_no_year_is_refused(typed):
    with pytest.raises(tk.Invalid, match="misalnya 2026"):
        validators.satudata_year(typed)


@pytest.mark.parametrize(
    ("typed", "stored"), [("2025", "2025"), ("2025-s1", "2025-S1"), (" 2025-10 ", "2025-10")]
)
def test_a_period(typed, stored):
    assert validators.satudata_period(typed) == stored


@pytest.mark.parametrize("typed", ["2025-13", "semester 1", "2025-S3"])
def test_no_period_is_refused(typed):
    with pytest.raises(tk.Invalid, match="2025-S1"):
        validators.satudata_period(typed)


def test_a_table_schema_as_text_or_object_is_stored_as_text():
    schema = {"fields": [{"name": "tahun", "type": "year", "title": "Tahun"}]}
    assert json.loads(validators.satudata_table_schema(schema)) == schema
    assert json.loads(validators.satudata_table_schema(json.dumps(schema))) == schema


def test_broken_json_is_refused():
    with pytest.raises(tk.Invalid, match="bukan JSON"):
        validators.satudata_table_schema('{"fields": [')


@pytest.mark.parametrize("schema", [[], {}, {"fields": {}}, {"fields": [{"type": "year"}]}])
def test_a_schema_without_columns_is_refused(schema):
    with pytest.raises(tk.Invalid, match="fields"):
        validators.satudata_table_schema(schema)


@pytest.mark.parametrize(
    ("name", "url", "shown"),
    [
        ("", "padi_2025.csv", "padi_2025.csv"),
        ("", "https://contoh.go.id/berkas/padi.csv?unduh=1", "padi.csv"),
        ("Produksi padi 2025", "padi_2025.csv", "Produksi padi 2025"),
        ("", "", ""),
    ],
)
def test_a_file_without_a_name_is_called_as_it_was_uploaded(name, url, shown):
    data = {("resources", 0, "name"): name, ("resources", 0, "url"): url}
    validators.satudata_name_from_file(("resources", 0, "name"), data, {}, {})
    assert data[("resources", 0, "name")] == shown


def test_a_written_address_stays():
    data = {("name",): "padi", ("title",): "Produksi Padi"}
    validators.satudata_slug_from_title(("name",), data, {}, {})
    assert data[("name",)] == "padi"


def test_a_missing_title_is_said_at_the_title():
    data, errors = {("name",): "", ("title",): " "}, {("title",): []}
    with pytest.raises(tk.StopOnError):
        validators.satudata_slug_from_title(("name",), data, errors, {})
    assert errors[("title",)] == ["Judul belum diisi. Tulis nama datanya."]
