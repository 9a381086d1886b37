"""The check of a CSV against ``frictionless.validate`` on the same file, in one run.

Prints seconds and the ratio to the baseline; absolute times differ between machines, ratios less.
"""

import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from frictionless import Schema, system, validate

from ckanext.satudatatrenggalek.conformity import Expectation, Limits, check_file

ROWS = 50_000
ROUNDS = 3
BAD_SHARE = 0.001
SCHEMA = {
    "fields": [
        {"name": "tahun", "type": "year"},
        {"name": "kode_wilayah", "type": "string"},
        {"name": "kecamatan", "type": "string"},
        {"name": "laki_laki", "type": "integer"},
        {"name": "perempuan", "type": "integer"},
        {"name": "rasio", "type": "number"},
    ]
}


def write(path: Path) -> None:
    """A table as offices should send it, one cell in a thousand rows wrong."""
    chance = random.Random(20261122)
    lines = ["tahun,kode_wilayah,kecamatan,laki_laki,perempuan,rasio"]
    for number in range(ROWS):
        men = "banyak" if chance.random() < BAD_SHARE else str(chance.randint(1, 999))
        lines.append(f"2025,35.03.{number % 14 + 1:02},Kecamatan,{men},{number % 997},1.{number}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def median(work: Callable[[], Any]) -> float:
    """Seconds of the middle of three rounds."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    """Baseline first, then ours."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tabel.csv"
        write(path)
        expectation = Expectation(
            name=path.name, table_schema=SCHEMA, limits=Limits(max_findings=None)
        )

        def baseline() -> Any:
            with system.use_context(trusted=True):
                return validate(
                    str(path), schema=Schema.from_descriptor(SCHEMA), limit_errors=1_000_000
                )

        first = median(baseline)
        ours = median(lambda: check_file(path, expectation))
    print(f"{ROWS} rows x {len(SCHEMA['fields'])} columns, median of {ROUNDS}")
    print(f"frictionless.validate  {first:7.2f} s   1.00x (baseline)")
    print(f"check_file             {ours:7.2f} s   {ours / first:.2f}x of the baseline's time")


if __name__ == "__main__":
    main()
