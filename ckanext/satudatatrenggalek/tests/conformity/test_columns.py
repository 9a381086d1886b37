"""The table of columns: every mistake at its cell, every difference in words."""

import pytest

from ckanext.satudatatrenggalek.conformity.columns import mistakes
from ckanext.satudatatrenggalek.conformity.schema_changes import against_file, changes, words_of


def table(*fields, **more):
    return {"fields": list(fields), **more}


def column(name, kind="string", **more):
    return {"name": name, "type": kind, **more}


def places(schema):
    return [(m.column, m.part) for m in mistakes(schema)]


def test_a_usable_table_has_no_mistake():
    schema = table(
        column("tahun", "year"),
        column("kode_wilayah", constraints={"required": True, "enum": ["35.03.01"]}),
        column("jumlah", "integer", satuan="orang", constraints={"enum": ["1", "2"]}),
        column("apa", "any"),
        primaryKey=["tahun", "kode_wilayah"],
        missingValues=["", "-"],
    )
    assert mistakes(schema) == ()


@pytest.mark.parametrize(
    ("schema", "found"),
    [
        (table(), [(None, "")]),
        (table(column("")), [(1, "name")]),
        (table(column("x" * 201)), [(1, "name")]),
        (table(column("a"), column("b"), column("a")), [(3, "name")]),
        (table(column("a"), column("b", "angka")), [(2, "type")]),
        (table(column("a", "integer", constraints={"enum": ["1", "dua"]})), [(1, "enum")]),
        (table(column("a", "boolean", constraints={"enum": ["true"]})), [(1, "enum")]),
        (table(column("a", constraints={"minimum": 3})), [(1, "rules")]),
        (table(column("a", "integer", constraints={"minimum": "tiga"})), [(1, "rules")]),
        (table(column("a"), primaryKey=["b"]), [(None, "key")]),
        (table(column("a"), missingValues=[1]), [(None, "missing")]),
        (table(column(""), column("b", "angka")), [(1, "name"), (2, "type")]),
        (table(column("a"), foreignKeys=[{"fields": "z"}]), [(None, "")]),
    ],
)
def test_each_mistake_stands_at_its_cell(schema, found):
    assert places(schema) == found


def test_sentences_name_the_value_and_what_to_do():
    schema = table(column("a", "integer", constraints={"enum": ["1", "dua"]}), column("a"))
    first, second = (m.message for m in mistakes(schema))
    assert first.startswith("`dua` bukan bilangan bulat")
    assert second.startswith("Nama `a` sudah dipakai kolom 1.")


def test_differences_from_the_edition_before():
    before = table(
        column("tahun", "year"),
        column("jml_posyandu", "integer", title="Jumlah posyandu"),
        column("kecamatan", constraints={"required": True}),
        column("luas", "number", satuan="ha"),
        column("jenis", constraints={"enum": ["A", "B"]}),
        column("petugas"),
        primaryKey="tahun",
    )
    after = table(
        column("tahun", "string"),
        column("jumlah_posyandu", "integer", title="Jumlah Posyandu"),
        column("luas", "number", satuan="m2"),
        column("kecamatan"),
        column("jenis", constraints={"enum": ["A", "C", "D"]}),
        column("zona", "integer"),
        primaryKey=["tahun", "kecamatan"],
    )
    assert [(c.kind, c.column) for c in changes(before, after)] == [
        ("type", "tahun"),
        ("renamed", "jumlah_posyandu"),
        ("unit", "luas"),
        ("required", "kecamatan"),
        ("codes", "jenis"),
        ("lost", "petugas"),
        ("new", "zona"),
        ("key", ""),
        ("order", ""),
    ]
    said = {c.kind: c.text for c in changes(before, after)}
    assert said["type"] == "Jenis isi kolom `tahun` berubah dari tahun menjadi teks."
    assert said["renamed"] == "Kolom `jml_posyandu` sekarang bernama `jumlah_posyandu`."
    assert (
        said["codes"] == "Daftar isi kolom `jenis` berubah: 2 pilihan ditambah, 1 pilihan dihapus."
    )
    assert said["unit"] == "Satuan kolom `luas` berubah dari ha menjadi m2."


def test_the_same_table_has_no_difference():
    schema = table(column("a"), column("b"), primaryKey="a")
    assert changes(schema, {**schema, "primaryKey": ["a"]}) == ()


def test_a_renamed_key_is_still_the_key():
    before = table(column("kode_kec"), primaryKey="kode_kec")
    after = table(column("kode_kecamatan"), primaryKey=["kode_kecamatan"])
    assert [c.kind for c in changes(before, after)] == ["renamed"]


def test_differences_from_the_file():
    schema = table(column("tahun"), column("kecamatan"), column("jumlah"))
    found = against_file(schema, ("Kecamatan", "tahun", "catatan", ""))
    assert [(c.kind, c.column) for c in found] == [
        ("extra", "catatan"),
        ("absent", "jumlah"),
        ("relabelled", "kecamatan"),
        ("order", ""),
    ]
    assert against_file(schema, ()) == ()
    assert found[0].text == "Kolom 3 di berkas, `catatan`, belum ada di tabel ini."


def test_types_in_words():
    assert words_of("date") == "tanggal"
    assert words_of("any") == "apa saja"
    assert words_of("year") == "tahun"


def test_a_column_that_has_no_name_yet_is_not_spoken_of():
    schema = table(column("", title="Jumlah nelayan"))
    assert [c.kind for c in against_file(schema, ("Jumlah nelayan",))] == []


@pytest.mark.parametrize("pattern", ["a{99999999999999}", "(" * 3000 + ")" * 3000])
def test_a_pattern_no_machine_can_read_is_a_mistake(pattern):
    field = {"name": "kode", "type": "string", "constraints": {"pattern": pattern}}
    (mistake,) = mistakes({"fields": [field]})
    assert mistake.part == "rules"
