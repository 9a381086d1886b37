"""The conformity check beside `frictionless.validate` and a bare parse, in one run.

    python benchmarks/bench_conformity.py [--quick] [--rounds N] [--write docs/benchmarks.md]

Every piece of work runs in a process of its own, in turns, and the median is taken. Seconds
differ between machines and hours; ratios less. Findings are compared in the run.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from schema import VILLAGES
from tables import write_csv, write_xlsx

HERE = Path(__file__).parent
HEAD = ("Work", "Seconds", "Ratio", "Memory, MiB", "Findings", "Goal", "Met")


@dataclass(frozen=True)
class Measure:
    """One piece of work: median seconds, largest memory in MiB, what was found.

    written: seconds and memory up to the report written as JSON.
    """

    seconds: float
    memory: int
    written: tuple[float, int]
    findings: int
    digest: str
    engine: str

    def told(self) -> Measure:
        """The same up to the report written."""
        return replace(self, seconds=self.written[0], memory=self.written[1])


@dataclass(frozen=True)
class Size:
    """How much is measured."""

    rows: int
    sheet_rows: int
    growth: tuple[int, ...]
    rounds: int


FULL = Size(1_000_000, 100_000, (1_000_000, 4_000_000, 10_000_000), 3)
QUICK = Size(100_000, 10_000, (100_000, 400_000), 1)


def do(work: str, path: Path, option: str = "") -> dict[str, Any]:
    """One run of a piece of work."""
    command = [sys.executable, str(HERE / "work.py"), work, str(path), option]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def measure(works: dict[str, tuple[str, Path, str]], rounds: int) -> dict[str, Measure]:
    """All works in turns, so that a slow minute hits them alike."""
    runs: dict[str, list[dict[str, Any]]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            runs[name].append(do(*work))
    return {
        name: Measure(
            statistics.median(run["seconds"] for run in done),
            max(run["memory"] for run in done),
            (
                statistics.median(run["written_seconds"] for run in done),
                max(run["written_memory"] for run in done),
            ),
            done[0]["findings"],
            done[0]["digest"],
            done[0]["engine"],
        )
        for name, done in runs.items()
    }


class Table:
    """Rows of the answer, printed as they come."""

    def __init__(self) -> None:
        self.lines = [f"| {' | '.join(HEAD)} |", "|---|---:|---:|---:|---:|---|---|"]
        self.met = True
        print("\n".join(self.lines))

    def add(
        self, what: str, found: Measure, ratio: str = "", goal: str = "", met: bool | None = None
    ) -> None:
        """One line; met: whether the goal was reached, None without one."""
        said = "" if met is None else "yes" if met else "**no**"
        self.met &= met is not False
        cells = (
            what,
            f"{found.seconds:.2f}",
            ratio,
            found.memory,
            found.findings or "",
            goal,
            said,
        )
        self.lines.append(f"| {' | '.join(map(str, cells))} |")
        print(self.lines[-1], flush=True)


def versus(table: Table, theirs: Measure, ours: Measure, what: str) -> None:
    """Two lines: frictionless, and ours that is to be faster in no more memory."""
    table.add(f"frictionless.validate, {what}", theirs, "1x")
    speed, share = theirs.seconds / ours.seconds, ours.memory / theirs.memory
    ratio = f"{speed:.1f}x, memory {share:.2f}"
    met = speed >= 20 and share <= 1
    table.add(f"check_file, {what}", ours, ratio, ">= 20x, <= 1", met)


def csv_of_a_million(folder: Path, size: Size, table: Table) -> None:
    """frictionless, ours with and without a schema, and the bare parse."""
    path = write_csv(folder / "tabel.csv", size.rows)
    found = measure(
        {
            "theirs": ("frictionless", path, ""),
            "parse": ("parse", path, ""),
            "ours": ("check", path, ""),
            "bare": ("check", path, "bare"),
        },
        size.rounds,
    )
    theirs, parse, ours, bare = (found[key] for key in ("theirs", "parse", "ours", "bare"))
    assert ours.digest == theirs.digest, "the findings differ"
    assert ours.engine == "satudata/fast"
    rows = f"{size.rows:,} rows x 12"
    table.add(f"CSV, {rows}: frictionless.validate", theirs, "1x")
    speed = theirs.seconds / ours.seconds
    table.add("check_file, the same findings", ours, f"{speed:.1f}x", ">= 20x", speed >= 20)
    cost = ours.seconds / parse.seconds
    table.add("polars, parse only", parse, f"check / parse {cost:.1f}", "<= 6", cost <= 6)
    share = ours.memory / theirs.memory
    table.add("memory of check_file before a report is written", ours, f"memory {share:.2f}")
    versus(table, theirs.told(), ours.told(), "its report written as JSON")
    table.add("check_file without a schema", bare, f"{theirs.seconds / bare.seconds:.1f}x")


def keyed(folder: Path, size: Size, table: Table) -> None:
    """The same with a primary key, as most tables have one."""
    path = write_csv(folder / "kunci.csv", size.rows)
    found = measure({"theirs": ("frictionless", path, "key"), "ours": ("check", path, "key")}, 1)
    theirs, ours = found["theirs"], found["ours"]
    assert ours.digest == theirs.digest, "the findings differ"
    versus(table, theirs, ours, "with a primary key")


def workbook(folder: Path, size: Size, table: Table) -> None:
    """The same table as XLSX."""
    path = write_xlsx(folder / "tabel.xlsx", size.sheet_rows)
    found = measure(
        {"theirs": ("frictionless", path, ""), "ours": ("check", path, "")}, size.rounds
    )
    theirs, ours = found["theirs"], found["ours"]
    assert ours.digest == theirs.digest, "the findings differ"
    speed = theirs.seconds / ours.seconds
    table.add(f"XLSX, {size.sheet_rows:,} rows x 12: frictionless.validate", theirs, "1x")
    table.add("check_file, the same findings", ours, f"{speed:.1f}x", ">= 6x", speed >= 6)


def codes(folder: Path, size: Size, table: Table) -> None:
    """All villages of the country by code and name, held against their list, and not at all."""
    path = write_csv(folder / "kode.csv", size.rows, VILLAGES)
    wrong = write_csv(folder / "nama.csv", size.rows, VILLAGES, wrong_names=True)
    found = measure(
        {
            "none": ("check", path, "no-codes"),
            "many": ("check", path, "codes"),
            "wrong": ("check", wrong, "codes"),
        },
        size.rounds,
    )
    none, many, wrongly = (found[key] for key in ("none", "many", "wrong"))
    table.add(f"{VILLAGES:,} villages, codes not looked up", none, "1x")
    ratio = many.seconds / none.seconds
    what = "codes and names held against the list"
    table.add(what, many, f"{ratio:.2f}", "<= 1.1", ratio <= 1.1)
    ratio = wrongly.seconds / none.seconds
    table.add("a thousand wrong names told of as well", wrongly, f"{ratio:.2f}")


def small(folder: Path, size: Size, table: Table) -> None:
    """What most uploads are."""
    path = write_csv(folder / "kecil.csv", 40)
    ours = measure({"ours": ("check", path, "bare")}, 3)["ours"]
    table.add("CSV, 40 rows, no schema", ours, "", "< 0.3 s", ours.seconds < 0.3)


def growth(folder: Path, size: Size, table: Table) -> None:
    """Seconds and memory as the table grows."""
    paths = {str(rows): write_csv(folder / f"{rows}.csv", rows) for rows in size.growth}
    os.sync()  # what was just written shall not be written while it is read
    works = {name: ("check", path, "limited") for name, path in paths.items()}
    found = measure(works, max(size.rounds, 3))
    first = found[str(size.growth[0])]
    for rows in size.growth:
        ours = found[str(rows)]
        scale = ours.seconds / first.seconds / (rows / size.growth[0])
        more = ours.memory / first.memory
        ratio = f"{scale:.2f} a row, memory {more:.2f}"
        table.add(
            f"CSV, {rows:,} rows, findings kept as the portal does",
            ours,
            ratio,
            "<= 1.2, <= 1.5",
            scale <= 1.2 and more <= 1.5,
        )


PARTS: tuple[Callable[[Path, Size, Table], None], ...] = (
    small,
    csv_of_a_million,
    keyed,
    workbook,
    codes,
    growth,
)


def page(lines: list[str], size: Size) -> str:
    """The answer as docs/benchmarks.md."""
    where = f"{os.cpu_count()} cores, Python {platform.python_version()}"
    with_what = f"frictionless {version('frictionless')}, polars {version('polars')}"
    return "\n".join(
        [
            "# Benchmarks",
            "",
            "Made by `python benchmarks/bench_conformity.py --write docs/benchmarks.md`; a short",
            "run that prints only is `make bench` with `QUICK=1`. Each line is a process of its",
            "own that loads what its work needs and nothing else, in turns,",
            f"median of {size.rounds}, largest memory. {where},",
            f"{with_what}. Compare ratios, not seconds: another machine or hour has other seconds.",
            "",
            "One cell in a thousand is wrong, every finding is kept but where said, all rules run.",
            "Where a line says *the same findings*, row, field and code were compared in the run.",
            "",
            *lines,
            "",
        ]
    )


def main() -> None:
    """Measure, print, and write the page when asked to."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", default=bool(os.environ.get("QUICK")))
    parser.add_argument("--rounds", type=int, help="how often each piece is measured")
    parser.add_argument("--write", type=Path)
    parser.add_argument("--only", choices=[part.__name__ for part in PARTS], action="append")
    options = parser.parse_args()
    size = QUICK if options.quick else FULL
    size = replace(size, rounds=options.rounds or size.rounds)
    table = Table()
    with tempfile.TemporaryDirectory() as folder:
        for part in PARTS:
            if not options.only or part.__name__ in options.only:
                part(Path(folder), size, table)
    if options.write:
        options.write.write_text(page(table.lines, size), encoding="utf-8")


if __name__ == "__main__":
    main()
