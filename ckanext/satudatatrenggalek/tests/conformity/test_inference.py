"""Types inferred column by column are those of looking at every cell."""

from __future__ import annotations

import csv
import io

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ckanext.satudatatrenggalek.conformity import Expectation, infer_schema
from ckanext.satudatatrenggalek.conformity.evidence import Evidence, schema_from

TEXTS = st.sampled_from(
    [
        *(
            "1",
            "12",
            "007",
            "1234",
            "+5",
            "-12345",
            "1.5",
            "1.234",
            "12.345.678",
            ".5",
            "5.",
            "1e5",
        ),
        *("1,5", "1.234,5", "12 ha", "Rp 5.000", "5%", "2024", "2024-01-05", "31/12/2023", "true"),
        *(
            "FALSE",
            "-",
            "x",
            "X ",
            "nihil",
            "n/a",
            "NA",
            "",
            " ",
            " 7",
            "padi",
            "baris 12",
            "Rp",
            "usd",
        ),
        *("Senin, 5 Januari 2024", "minggu 3", "Sumber 2", "é1", "#N/A", "NaN", "1.474", "0.125"),
    ]
)


@given(
    columns=st.lists(
        st.one_of(
            st.lists(TEXTS, min_size=30, max_size=30),
            st.lists(st.integers(-9999, 9999).map(str), min_size=30, max_size=30),
            st.lists(st.floats(0, 99).map(lambda f: f"{f:.3f}"), min_size=30, max_size=30),
        ),
        min_size=2,
        max_size=4,
    )
)
@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_columns_give_what_cells_give(tmp_path, monkeypatch, columns):
    monkeypatch.setattr("ckanext.satudatatrenggalek.conformity.batch._TRIED", 5)
    labels = [f"kolom_{'abcd'[i]}" for i in range(len(columns))]
    evidence = [Evidence(label) for label in labels]
    for item, cells in zip(evidence, columns, strict=True):
        for cell in cells:
            item.see(cell)
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([labels, *zip(*columns, strict=True)])
    path = tmp_path / "a.csv"
    path.write_text(stream.getvalue(), newline="")
    assert infer_schema(path, Expectation(name="a.csv")) == schema_from(evidence)
