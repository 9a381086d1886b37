"""Personal data: how much of it is found, how much else is blamed, and that none is ever shown."""

from __future__ import annotations

import json
import random
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ckanext.satudatatrenggalek.conformity import Expectation, check_file
from ckanext.satudatatrenggalek.conformity.masking import mask, show
from ckanext.satudatatrenggalek.conformity.personal_values import is_nik, is_office_phone

from .conftest import find, only
from .labelled import TABLES, email, nik, npwp, phone

KINDS = {"personal-data": "data", "personal-contact": "contact"}
ROWS = 40


def written(columns, rows=ROWS, seed=20261125):
    r = random.Random(seed)
    lines = [";".join(label for label, _, _ in columns)]
    lines += [";".join(make(r, n) for _, make, _ in columns) for n in range(rows)]
    return "\n".join(lines) + "\n"


def test_precision_and_recall_on_the_labelled_set(check, capsys):
    right, missed, wrong, kinds = 0, [], [], []
    for title, columns in TABLES.items():
        report = check(written(columns))
        found = {f.column: KINDS[f.code] for f in report.findings if f.code in KINDS}
        for label, _, holds in columns:
            if holds and label in found:
                right += 1
                kinds += [] if found[label] == holds else [f"{title}: {label} {found[label]}"]
            elif holds or label in found:
                (missed if holds else wrong).append(f"{title}: {label}")
    precision, recall = right / (right + len(wrong)), right / (right + len(missed))
    with capsys.disabled():
        total = sum(len(columns) for columns in TABLES.values())
        print(f"\npersonal data in {total} columns: precision {precision:.3f}, recall {recall:.3f}")
    assert precision >= 0.95, wrong
    assert recall >= 0.95, missed
    assert kinds == []


PERSONAL = st.integers(0, 2**32).map(random.Random)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(r=PERSONAL, spread=st.integers(0, 4), label=st.sampled_from(["nik", "kode", "n", "catatan"]))
def test_no_report_holds_a_whole_number_or_address(tmp_path, r, spread, label):
    """Wherever it stands, alone or in a text, in a column of numbers, dates, codes or words."""
    secrets = [make(r, n) for n, make in enumerate((nik, phone, email, npwp, nik, phone))]
    around = ["{}", "a.n. ({}) Siti", "hub. {}", "{}x", " {} "][spread]
    rows = [f"{around.format(secret)};{secret};{secret};{secret}" for secret in secrets]
    text = (
        f"{label};kode_wilayah;jumlah_orang;bulan\n" + "\n".join([*rows, rows[0], "a;b;c;d"]) + "\n"
    )
    path = tmp_path / "data.csv"
    path.write_text(text)
    schema = {
        "fields": [
            {"name": label, "type": "string", "constraints": {"enum": ["a"]}},
            {"name": "kode_wilayah", "type": "string", "constraints": {"pattern": "[a-z]"}},
            {"name": "jumlah_orang", "type": "integer", "constraints": {"minimum": 5}},
            {"name": "bulan", "type": "string", "constraints": {"maxLength": 3}},
        ],
        "primaryKey": [label],
    }
    for expected in (None, schema):
        report = check_file(
            path, Expectation(name="data.csv", table_schema=expected, period="2025")
        )
        assert report.findings
        said = json.dumps(
            [report.to_dict()["findings"], report.to_frictionless()], ensure_ascii=False
        )
        for secret in secrets:
            assert secret not in said
            plain = re.sub(r"\D", "", secret)
            assert len(plain) < 10 or plain not in re.sub(r"[ .()\-]", "", said)


@pytest.mark.parametrize(
    "text",
    [
        "3503015203850002",
        "3503 0152 0385 0002",
        "350301.520385.0002",
        "3503-0152-0385-0002",
        "3.503015203850002E+15",
        "0812-3456-7890",
        "+62 812 3456 7890",
        "(0812) 3456 7890",
        "0062 812 3456 7890",
        "0812.3456.7890",
        "01.234.567.8-901.000",
        "siti.contoh@contoh.go.id",
    ],
)
def test_masked_alone_and_in_a_sentence(text):
    for said in (mask(text), show(text), mask(f"a.n. Siti ({text}), Panggul")):
        assert text not in said
        assert text[-7:] not in said


@pytest.mark.parametrize(
    "text",
    ["14081.4", "35.03.01.2001", "2025-01-31", "0355-791234", "1.234.567.890", "12.345678901234"],
)
def test_other_numbers_stay_as_they_are(text):
    assert show(text) == mask(text) == text


def test_a_number_at_the_cut_is_not_shown_in_part():
    assert "35030152" not in show("a" * 310 + " 3503015203850002 ")


@pytest.mark.parametrize(
    "digits", ["0003015203850002", "3503015203850000", "3500015203850002", "3503013002850002"]
)
def test_a_nik_of_no_region_day_or_number(digits):
    assert is_nik(digits) is False


@pytest.mark.parametrize(
    ("text", "office"), [("0355-791234", True), ("(0355) 791234", True), ("0812-3456-7890", False)]
)
def test_landlines_are_offices(text, office):
    assert is_office_phone(text) is office


def test_a_nik_kept_as_a_number(check):
    text = "kode,n\n3503015203850002,1.5\n3503011203850003,2.5\n"
    assert only(check(text), "personal-data").column == "kode"


def test_long_codes_that_are_no_nik(check):
    rows = "".join(f"{9100000000000000 + n * 7919},{n}.5\n" for n in range(30))
    assert not find(check(f"nomor_tiket,n\n{rows}"), "personal-data")


def test_what_an_office_has_hidden_is_hidden(check):
    text = "nik,n\n350301**********,1.5\n350302xxxxxxxxxx,2.5\n"
    assert not find(check(text), "personal-data")


def test_coordinates_of_houses_beside_names(check):
    text = "nama_penghuni,lat,long\nSiti Contoh,-8.05,111.7\nBudi Contoh,-8.06,111.6\n"
    report = check(text)
    assert [f.column for f in find(report, "personal-data")] == ["nama_penghuni", "lat", "long"]
    assert "-8.05" not in json.dumps(report.to_dict())
