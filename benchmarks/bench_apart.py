"""What a process of its own costs a small file: the check apart beside the check here.

python benchmarks/bench_apart.py
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from ckanext.satudatatrenggalek.conformity import Expectation, check_file
from ckanext.satudatatrenggalek.conformity.apart import Bounds, check_apart, warm_up

ROWS = 40
ROUNDS = 20
GOAL = 0.3  # seconds of work for the answer to a file of forty rows


def seconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Median of some runs."""
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kecil.csv"
        rows = "".join(f"2025,35.03.{n % 14 + 1:02},Kecamatan {n},{n}\n" for n in range(ROWS))
        path.write_text("tahun,kode_wilayah,kecamatan,jumlah\n" + rows, encoding="utf-8")
        expectation = Expectation(name=path.name)
        began = time.perf_counter()
        warm_up()
        first = check_apart(path, expectation, Bounds())
        start = time.perf_counter() - began
        apart = seconds(lambda: check_apart(path, expectation, Bounds()))
        here = seconds(lambda: check_file(path, expectation))
    print(f"{ROWS} rows, {len(first.findings)} findings, median of {ROUNDS}")
    print(f"first, with the start of the warm process  {start:.3f} s")
    print(f"apart                                      {apart:.3f} s   goal {GOAL} s")
    print(f"in this process                            {here:.3f} s   ratio {apart / here:.1f}")


if __name__ == "__main__":
    main()
