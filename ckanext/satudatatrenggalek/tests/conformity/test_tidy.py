"""The tidied copy: what is certain is changed, what is not is asked, the rest stays."""

from __future__ import annotations

import json

import pytest

from ckanext.satudatatrenggalek.conformity import Expectation, propose, write_tidied
from ckanext.satudatatrenggalek.conformity.messages.tidy import CHANGES, LOG_HEADER

from .conftest import PADI, table


def typed(kind, **more):
    return {
        "fields": [{"name": "wilayah", "type": "string"}, {"name": "nilai", "type": kind, **more}]
    }


def column(values):
    return "wilayah,nilai\n" + "".join(f'w{n},"{v}"\n' for n, v in enumerate(values))


def values(rows):
    return [row[1] for row in rows[1:]]


def test_a_tidy_file_is_copied_as_it_is(tidy):
    text = "tahun,kode_wilayah,kecamatan,produksi_ton\r\n2025,35.03.01,Panggul,14108.4\r\n"
    done, rows, log = tidy(text, table_schema=PADI)
    assert (done.total, done.questions, done.rows) == (0, (), 1)
    assert rows == [line.split(",") for line in text.split()]
    assert log == [list(LOG_HEADER)]


def test_bytes_of_the_copy(tidy, tmp_path):
    tidy("a;b\nPulé;1\n".encode("cp1252"))
    assert (tmp_path / "copy.csv").read_bytes() == "a,b\r\nPulé,1\r\n".encode()


def test_the_original_is_not_touched(tidy, tmp_path):
    text = "a;b\n 1 ;2\n"
    tidy(text)
    assert (tmp_path / "upload").read_text() == text


@pytest.mark.parametrize(
    ("kind", "given", "wanted"),
    [
        ("number", ["12,5", "1.234,5", "1.474"], ["12.5", "1234.5", "1474"]),
        ("number", ["12.5", "1,234.5", "1,474"], ["12.5", "1234.5", "1474"]),
        ("number", ["1.234.567", "12.500"], ["1234567", "12500"]),
        ("number", ["2 244", "2\u00a0244,5"], ["2244", "2244.5"]),
        ("number", ["70,00", " 7 "], ["70.00", "7"]),
        ("number", ["0,125", "0.125"], ["0.125", "0.125"]),
        ("integer", ["1.474", "686", "900.000"], ["1474", "686", "900000"]),
        ("integer", ["12.0", "7"], ["12", "7"]),
        ("integer", ["12.5", "7"], ["12.5", "7"]),
        ("number", ["Rp 1.500.000,-", "Rp 2.000,50"], ["Rp 1.500.000,-", "Rp 2.000,50"]),
        ("number", ["abc", "1e3", "#DIV/0!"], ["abc", "1e3", "#DIV/0!"]),
        ("number", ["1.2.3", "12,34,56", "1,2.3,4"], ["1.2.3", "12,34,56", "1,2.3,4"]),
        ("date", ["31/12/2023", "03/04/2023"], ["2023-12-31", "2023-04-03"]),
        ("date", ["12/31/2023", "03/04/2023"], ["2023-12-31", "2023-03-04"]),
        ("date", ["12 Januari 2023", "05-Mar-23"], ["2023-01-12", "2023-03-05"]),
        ("date", ["Senin, 2 Januari 2023", "2023/1/5"], ["2023-01-02", "2023-01-05"]),
        ("date", ["31/02/2023", "45291", "soon"], ["31/02/2023", "45291", "soon"]),
        ("date", ["2023-01-05 00:00:00"], ["2023-01-05"]),
        ("year", ["Tahun 2024", " 2024", "2024.0", "24"], ["2024", "2024", "2024", "24"]),
        ("yearmonth", ["Januari 2024", "02/2024"], ["2024-01", "2024-02"]),
        ("boolean", ["Ya", "tidak", "true"], ["true", "false", "true"]),
        ("string", [" a  b ", "x\ny", "m<sup>2</sup>", "-"], ["a b", "x y", "m2", "-"]),
        ("string", ["20541234.0", "1.0"], ["20541234", "1.0"]),
    ],
)
def test_what_is_certain_is_written_plainly(tidy, kind, given, wanted):
    done, rows, log = tidy(column(given), table_schema=typed(kind))
    assert values(rows) == wanted
    changed = sum(a != b for a, b in zip(given, wanted, strict=True))
    assert done.total == changed == len(log) - 1


@pytest.mark.parametrize(
    ("kind", "given", "question", "option", "wanted"),
    [
        ("number", ["1.474", "686"], "thousands-or-decimal", "thousands", ["1474", "686"]),
        ("number", ["1.470", "2.686"], "thousands-or-decimal", "decimal", ["1.47", "2.686"]),
        ("number", ["1,474", "686"], "comma-or-thousands", "decimal", ["1.474", "686"]),
        ("number", ["1,474", "686"], "comma-or-thousands", "thousands", ["1474", "686"]),
        ("integer", ["900.000", "5.000"], "thousands-or-decimal", "thousands", ["900000", "5000"]),
        ("number", ["12,5", "12.5", "1.474"], "thousands-or-decimal", "thousands",
         ["12.5", "12.5", "1474"]),
        ("number", ["5 kg", "7"], "unit-in-number:2:kg", "strip", ["5", "7"]),
        ("number", ["Rp 5", "7"], "unit-in-number:2:Rp", "strip", ["5", "7"]),
        ("number", ["-", "7"], "missing-marker:2:-", "empty", ["", "7"]),
        ("number", ["-", "7"], "missing-marker:2:-", "zero", ["0", "7"]),
        ("number", ["-", "7"], "missing-marker:2:-", "keep", ["-", "7"]),
        ("date", ["03/04/2025"], "date-order", "day-first", ["2025-04-03"]),
        ("date", ["03/04/2025"], "date-order", "month-first", ["2025-03-04"]),
        ("date", ["14-Oct-23"], "short-year", "2000", ["2023-10-14"]),
        ("date", ["-"], "missing-marker:2:-", "empty", [""]),
    ],
)  # fmt: skip
def test_what_is_ambiguous_is_asked_once_a_column(tidy, kind, given, question, option, wanted):
    key = question if question.count(":") else f"{question}:2"
    done, rows, _ = tidy(column(given), table_schema=typed(kind))
    asked = {q.key: q for q in done.open_questions}
    assert list(asked) == [key]
    left = [a for a, b in zip(values(rows), given, strict=True) if a == b]
    assert given[-1] in left or given[0] in left
    assert asked[key].text.endswith("?")
    assert option in {o.key for o in asked[key].options}
    done, rows, _ = tidy(column(given), {key: option}, table_schema=typed(kind))
    assert values(rows) == wanted
    assert done.open_questions == ()
    assert [q.answer for q in done.questions] == [option]


def test_answers_to_other_questions_are_passed_over(tidy):
    done, rows, _ = tidy(column(["-"]), {"missing-marker:2:-": "x", "y": "z"},
                         table_schema=typed("number"))  # fmt: skip
    assert values(rows) == ["-"]
    assert len(done.open_questions) == 1


def test_a_marker_the_schema_names_is_no_question(tidy):
    schema = {**typed("number"), "missingValues": ["", "-"]}
    done, rows, _ = tidy(column(["-", "7"]), table_schema=schema)
    assert (done.total, done.questions) == (0, ())
    assert values(rows) == ["-", "7"]


def test_a_column_that_states_its_own_writing_stays(tidy):
    done, rows, _ = tidy(column(["1.234,5"]), table_schema=typed("number", decimalChar=",",
                                                                 groupChar="."))  # fmt: skip
    assert (done.total, values(rows)) == (0, ["1.234,5"])


def test_rows_that_are_no_data_stand_in_the_log(tidy):
    text = "Judul\ntahun,wilayah,n\n2024,a,1\n\n2024,b,2\n,Jumlah,3\nSumber: BPS,,\n,,\n"
    done, rows, log = tidy(text)
    assert rows == [["tahun", "wilayah", "n"], ["2024", "a", "1"], ["2024", "b", "2"]]
    assert done.counts == {"title-row": 1, "blank-row": 2, "total-row": 1, "note-row": 1}
    assert ["6", "", "Jumlah | 3", ""] in [line[:4] for line in log]
    assert ["7", "", "Sumber: BPS", ""] in [line[:4] for line in log]


def test_columns_take_the_names_and_order_of_the_schema(tidy):
    text = "Produksi Ton,KECAMATAN,Tahun,kode_wilayah,,Column2\n1,Pule,2024,35.03.03,,\n"
    done, rows, _ = tidy(text, table_schema=PADI)
    assert rows == [
        ["tahun", "kode_wilayah", "kecamatan", "produksi_ton"],
        ["2024", "35.03.03", "Pule", "1"],
    ]
    assert done.counts == {"label": 3, "column-moved": 1, "junk-column": 2}


def test_cells_beyond_the_header_are_not_lost(tidy):
    done, rows, _ = tidy("a,b\n1,2,3\n4\n5,6,\n")
    assert rows[1:] == [["1", "2", "3"], ["4", ""], ["5", "6"]]
    assert done.counts == {"short-row": 1, "extra-blank": 1}


def test_years_become_rows_when_asked(tidy):
    text = 'wilayah,2022,2023,2024\na,"1,5",-,3\n'
    done, rows, _ = tidy(text)
    assert [q.kind for q in done.questions] == ["wide-years", "missing-marker"]
    assert rows[0] == ["wilayah", "2022", "2023", "2024"]
    answers = {"wide-years:2": "long", "missing-marker:2:-": "empty"}
    done, rows, _ = tidy(text, answers)
    assert rows == [
        ["wilayah", "tahun", "nilai"],
        ["a", "2022", "1.5"],
        ["a", "2023", ""],
        ["a", "2024", "3"],
    ]
    assert done.columns == ("wilayah", "tahun", "nilai")
    assert [f["name"] for f in done.table_schema["fields"]] == list(done.columns)


def test_years_that_become_rows_take_no_name_the_table_has(tidy):
    text = "wilayah,tahun,nilai,2022,2023,2024\na,x,y,1,2,3\nb,x,y,4,5,6\nc,x,y,7,8,9\n"
    done, rows, _ = tidy(text, {"wide-years:4": "long"})
    assert rows[0] == ["wilayah", "tahun", "nilai", "tahun_data", "nilai_data"]
    assert rows[1:3] == [["a", "x", "y", "2022", "1"], ["a", "x", "y", "2023", "2"]]
    assert [field["name"] for field in done.table_schema["fields"]] == rows[0]


def test_years_that_stay_columns_have_one_type(tidy):
    text = "wilayah,2022,2023,2024\na,1,2,3\nb,<b>y</b>,5,6\nc,7,8,9\n"
    done, rows, _ = tidy(text, {"wide-years:2": "keep"})
    assert rows[2] == ["b", "<b>y</b>", "5", "6"]
    types = [field["type"] for field in done.table_schema["fields"]]
    assert types == ["string", "integer", "integer", "integer"]


def test_years_of_several_things_become_a_column_each(tidy):
    text = "w,padi 2022,padi 2023,jagung 2022,jagung 2023\na,1,2,3,4\n"
    schema = {"fields": [{"name": "w"}, {"name": "tahun_data", "type": "year"},
                         {"name": "padi", "type": "number"}]}  # fmt: skip
    _, rows, _ = tidy(text, {"wide-years:2": "long"}, table_schema=schema)
    assert rows == [["w", "tahun_data", "padi", "jagung"], ["a", "2022", "1", "3"],
                    ["a", "2023", "2", "4"]]  # fmt: skip


def test_merged_cells_are_filled_when_asked(workbook, tmp_path):
    rows = [["wilayah", "musim", "n"], ["Pule", "hujan", 1], [None, "kemarau", 2]]
    path = workbook(rows, ["A2:A3"])
    target, log = tmp_path / "copy.csv", tmp_path / "log.csv"
    done = write_tidied(path, Expectation(name="data.xlsx"), {}, target, log)
    assert [q.key for q in done.questions] == ["merged-cells:0"]
    assert table(target)[2] == ["", "kemarau", "2"]
    done = write_tidied(
        path, Expectation(name="data.xlsx"), {"merged-cells:0": "fill"}, target, log
    )
    assert table(target)[2] == ["Pule", "kemarau", "2"]


def test_personal_data_is_masked_in_log_and_questions(tidy):
    done, rows, log = tidy("nik,nama\n 3503010101900001,Siti\n")
    assert rows[1][0] == "3503010101900001"
    assert "3503010101900001" not in json.dumps([log, [c.before for c in done.changes]])
    assert done.counts == {"space": 1}


@pytest.mark.parametrize(
    ("name", "content"),
    [("x.pdf", b"%PDF-1.7\n"), ("x.csv", b'a,b\n1,"2\n3,4\n'), ("x.xlsx", b"PK\x03\x04"),
     ("x.csv", b"")],
)  # fmt: skip
def test_what_is_no_whole_table_gets_no_copy(tmp_path, name, content):
    path = tmp_path / "upload"
    path.write_bytes(content)
    assert propose(path, Expectation(name=name)) is None


def test_memory_keeps_the_first_hundred_changes_and_the_log_all(tidy):
    done, _, log = tidy("a,b\n" + "1, x\n" * 250)
    assert (len(done.changes), done.total, len(log)) == (100, 250, 251)
    assert len(done.sample) == 20


@pytest.mark.parametrize(("code", "words"), sorted(CHANGES.items()))
def test_every_change_has_words(code, words):
    title, why = words
    assert title
    assert why.format_map({"before": "x", "after": "y"}).endswith(".")


def test_the_question_of_years_shows_two_rows_before_and_after(tidy):
    text = (
        "no,kecamatan,padi 2023,padi 2024,padi 2025\n"
        '1,Pule,"1,5",2,3\n2,Suruh,4,-,6\n3,Karangan,7,8,9\n'
    )
    done, _, _ = tidy(text)
    question = next(q for q in done.questions if q.kind == "wide-years")
    assert question.example is not None
    before, after = question.example.before, question.example.after
    assert before.header == ("no", "kecamatan", "padi 2023", "padi 2024")
    assert before.rows == (("1", "Pule", "1,5", "2"), ("2", "Suruh", "4", "-"))
    assert after.header == ("no", "kecamatan", "tahun", "padi")
    assert after.rows == (
        ("1", "Pule", "2023", "1.5"),
        ("1", "Pule", "2024", "2"),
        ("2", "Suruh", "2023", "4"),
        ("2", "Suruh", "2024", "-"),
    )
    assert all(q.example is None for q in done.questions if q.kind != "wide-years")


def test_an_example_masks_what_is_personal(tidy):
    text = "nik,nama_penduduk,2023,2024,2025\n3503014107850001,Siti Aminah,1,2,3\n"
    done, _, _ = tidy(text)
    [question] = done.questions
    assert "3503014107850001" not in repr(question.example)
    assert "Siti" not in repr(question.example)


def test_each_row_of_the_sample_names_the_row_it_comes_from(tidy):
    text = "Judul\n\ntahun,wilayah,n\n2024,a,1\n\n2024,b,2\nJumlah,,3\n2024,c,4\n"
    done, rows, _ = tidy(text)
    assert list(map(list, done.sample)) == rows[1:]
    assert done.origins == (4, 6, 8)


def test_rows_made_of_years_name_the_row_they_come_from(tidy):
    text = "kecamatan,2023,2024,2025\nPule,1,2,3\nSuruh,4,5,6\n"
    done, _, _ = tidy(text, {"wide-years:2": "long"})
    assert done.origins == (2, 2, 2, 3, 3, 3)
