"""Rules beside long tables: everything is counted, the first row is named, time grows with rows."""

from __future__ import annotations

from datetime import datetime, timedelta
from time import process_time

import pytest

from .conftest import only

ROWS = 60_000
LETTERS = [chr(97 + n) for n in range(26)]
NAMES = [f"Desa {a}{b}{c}{d}" for a in "ab" for b in LETTERS for c in LETTERS for d in LETTERS]
START = datetime.fromisoformat("2023-01-01")
SECONDS = [START + timedelta(seconds=37 * n) for n in range(ROWS)]
ALL_DIFFERENT = {
    "period-mismatch": "tanggal,n\n" + "".join(f"{s},{n % 91}\n" for n, s in enumerate(SECONDS)),
    "region-name": "kode_desa,nama_desa,n\n"
    + "".join(f"35.03.01.2001,{NAMES[n % 35_000]},{n}\n" for n in range(ROWS)),
}


@pytest.mark.parametrize("code", ALL_DIFFERENT)
def test_cells_that_are_all_different_and_all_wrong(check, code):
    began = process_time()
    report = check(ALL_DIFFERENT[code], period="2025")
    # Looking through the column once more for each of them takes twenty times this.
    assert process_time() - began < 8
    assert report.stats.counts[code] == (1 if code == "period-mismatch" else ROWS)


def test_thousands_beyond_those_shown_are_counted(check):
    text = "nilai,n\n" + "".join(f"{n % 9 + 1}.{n % 900 + 100},{n}\n" for n in range(3_000))
    fields = [{"name": "nilai", "type": "number"}, {"name": "n", "type": "integer"}]
    report = check(text, schema={"fields": fields})
    assert report.stats.counts["ambiguous-thousands"] == 3_000
    assert report.stats.errors == 3_000


def test_the_first_of_repeated_values_is_the_example(check):
    people = "".join(f"warga{n // 3}@surat.id,{n}\n" for n in range(2_000))
    finding = only(check(f"hubungi,n\nkantor,0\n{people}"), "personal-contact")
    assert finding.row == 3
    assert "2000 sel" in finding.message
