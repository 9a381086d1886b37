"""What the tidied copy asks because two readings are possible, and never settles by itself."""

from __future__ import annotations

import pytest

from .conftest import only

HEAD = "kode_kecamatan,kecamatan,n\n35.03.01,Panggul,1\n"
NUMBERS = {"fields": [{"name": "w"}, {"name": "n", "type": "number"}]}


def codes(rows):
    return [row[0] for row in rows[2:]]


@pytest.mark.parametrize(("name", "right"), [("Watulimo", "35.03.08"), ("Munjungan", "35.03.02")])
def test_a_code_beside_another_regions_name_is_asked(tidy, check, name, right):
    text = f"{HEAD}35.03.3,{name},2\n35.03.3,{name},3\n"
    done, rows, _ = tidy(text)
    [question] = done.open_questions
    assert codes(rows) == ["35.03.3", "35.03.3"]
    assert (question.kind, question.count) == ("region-code", 2)
    assert {o.key: o.result for o in question.options} == {
        "name": right, "code": "35.03.03", "keep": "35.03.3"
    }  # fmt: skip
    finding = check(text).findings[0]
    assert "Pule" in finding.remedy
    assert f"{name} ({right})" in finding.remedy
    for answer, wanted in (("name", right), ("code", "35.03.03"), ("keep", "35.03.3")):
        done, rows, log = tidy(text, {question.key: answer})
        assert codes(rows) == [wanted, wanted]
        assert done.open_questions == ()
        assert done.counts.get("region-code", 0) == (0 if answer == "keep" else 2)


@pytest.mark.parametrize("name", ["Pule", "KEC. PULE", "", "Tempat Lain"])
def test_a_code_with_its_own_name_or_an_unknown_one_is_completed(tidy, name):
    done, rows, _ = tidy(f"{HEAD}35.03.3,{name},2\n")
    assert (codes(rows), done.questions) == (["35.03.03"], ())


def test_a_code_beside_several_names_is_left_to_a_person(tidy):
    done, rows, _ = tidy(f"{HEAD}35.03.3,Watulimo,2\n35.03.3,Pule,3\n")
    assert (codes(rows), done.questions) == (["35.03.3", "35.03.3"], ())


def test_a_village_of_the_region_is_no_contradiction(tidy):
    text = "kode_wilayah,desa,kecamatan,n\n35.03.01,Panggul,Panggul,1\n35.03.3,Jombok,Pule,2\n"
    done, rows, _ = tidy(text)
    assert (codes(rows), done.questions) == (["35.03.03"], ())


@pytest.mark.parametrize(
    ("text", "meant"), [("4o", "40"), ("4O", "40"), ("l5", "15"), ("1I2", "112"), ("4x", "4")]
)
def test_a_mistyped_figure_is_no_unit_and_is_asked(tidy, check, text, meant):
    content = "w,n\n" + "".join(f"a,{n}\n" for n in (text, *range(10, 22)))
    [finding] = [f for f in check(content, schema=NUMBERS).findings if f.code == "type-error"]
    assert "satuan di dalam angka" not in finding.message
    assert f"`{meant}`" in finding.remedy
    done, rows, _ = tidy(content, table_schema=NUMBERS)
    [question] = done.open_questions
    assert (question.kind, rows[1][1]) == ("mistyped", text)
    for answer, wanted in (("figure", meant), ("empty", ""), ("keep", text)):
        done, rows, log = tidy(content, {question.key: answer}, table_schema=NUMBERS)
        assert rows[1][1] == wanted
        assert not any("satuan" in line[4] for line in log[1:])


def test_what_stands_at_several_cells_is_a_unit(tidy):
    content = "w,n\na,4 bks\na,5 bks\na,6\n"
    done, _, _ = tidy(content, table_schema=NUMBERS)
    assert [(q.kind, q.value) for q in done.open_questions] == [("unit-in-number", "bks")]


def test_a_known_unit_is_one_in_a_single_cell(tidy, check):
    content = "w,n\na,5 kg\na,6\n"
    done, _, _ = tidy(content, table_schema=NUMBERS)
    assert [q.kind for q in done.open_questions] == ["unit-in-number"]
    assert "satuan di dalam angka" in only(check(content, schema=NUMBERS), "type-error").message


def counted(*values):
    return "w,jumlah_rumah\n" + "".join(f"a{n},{value}\n" for n, value in enumerate(values))


def test_counts_that_became_fractions_are_asked_once_a_column(tidy, check):
    text = counted("1.474", "686", "2.531", "50.36", "3.102", "28")
    assert (
        "1474" in only(check(text), "thousands-as-decimal").message + check(text).findings[0].remedy
    )
    done, rows, _ = tidy(text)
    [question] = done.open_questions
    assert (question.kind, question.count) == ("lost-thousands", 4)
    assert [row[1] for row in rows[1:]] == ["1.474", "686", "2.531", "50.36", "3.102", "28"]
    done, rows, log = tidy(text, {question.key: "thousands"})
    assert [row[1] for row in rows[1:]] == ["1474", "686", "2531", "50360", "3102", "28"]
    assert (done.open_questions, done.counts) == ((), {"lost-thousands": 4})
    done, rows, _ = tidy(text, {question.key: "keep"})
    assert rows[1][1] == "1.474"
    assert done.total == 0


def test_fractions_beside_plain_thousands_are_left(tidy):
    done, _, _ = tidy(counted("1.474", "12345", "2.531", "50.36", "3.102"))
    assert not [q for q in done.questions if q.kind == "lost-thousands"]
