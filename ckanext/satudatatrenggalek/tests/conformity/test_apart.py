"""A check in a process of its own: real children, real limits, files made to break them."""

from __future__ import annotations

import hashlib
import os
import signal
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ckanext.satudatatrenggalek.conformity import BadSchema, Expectation, Previous, check_file
from ckanext.satudatatrenggalek.conformity.apart import (
    Bounds,
    Lost,
    Reference,
    Stopped,
    caller,
    check_apart,
    child,
    errand,
    warm_up,
)

from . import poison

MIB = 1024 * 1024
BOUNDS = Bounds(seconds=60, cpu_seconds=60, memory=1024 * MIB)
CLEAN = "tahun,kode_wilayah,kecamatan,jumlah\n" + "".join(
    f"2025,35.03.{n:02},Kecamatan {n},{n * 7}\n" for n in range(1, 15)
)


@pytest.fixture(scope="module", autouse=True)
def nursery() -> int:
    """The warm process; gives its pid."""
    warm_up()
    assert caller._nursery is not None
    return caller._nursery.process.pid


@pytest.fixture
def csv(tmp_path: Path) -> Path:
    path = tmp_path / "posyandu.csv"
    path.write_text(CLEAN, encoding="utf-8")
    return path


def children_of(pid: int) -> list[int]:
    """The processes a process has forked and not yet buried."""
    return [int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def threads_of(pid: int) -> set[str]:
    """Names of the threads a process has besides its first."""
    return {
        (thread / "comm").read_text().strip()
        for thread in Path(f"/proc/{pid}/task").iterdir()
        if thread.name != str(pid)
    }


def stopped(path: Path, bounds: Bounds, name: str = "") -> Stopped:
    with pytest.raises(Stopped) as stop:
        check_apart(path, Expectation(name=name or path.name), bounds)
    return stop.value


def wait_until(true: Callable[[], Any], seconds: float = 10) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until
        time.sleep(0.01)


def test_the_answer_is_the_engines_own(csv: Path) -> None:
    expectation = Expectation(name="posyandu.csv", period="2025")
    apart, here = check_apart(csv, expectation, BOUNDS), check_file(csv, expectation)
    assert replace(apart.stats, seconds=0) == replace(here.stats, seconds=0)
    assert apart.findings == here.findings
    assert (apart.valid, apart.table_schema) == (here.valid, here.table_schema)


def test_the_order_is_read_as_it_was_written(tmp_path: Path) -> None:
    expectation = Expectation(
        name="a.csv",
        table_schema={"fields": [{"name": "a", "type": "integer"}]},
        period="2025",
        frequency="tahunan",
        unit="unit",
        previous=Previous(tmp_path / "b.csv", "b.csv", {"fields": []}, "2024"),
        references={"kecamatan": [{"kode": "35.03.01"}]},
    )
    order = errand.Errand(
        tmp_path / "a.csv", expectation, {"x": Reference(tmp_path / "x.csv", "x.csv")}, BOUNDS
    )
    assert errand.read(errand.write(order)) == order


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    path = poison.long(tmp_path / "panjang.csv", 1000)
    check_apart(path, Expectation(name=path.name), BOUNDS, lambda *step: told.append(step))
    assert told
    assert all(0 <= done <= total for done, total in told)


def test_a_small_file_is_answered_at_once(csv: Path) -> None:
    def once() -> float:
        began = time.perf_counter()
        check_apart(csv, Expectation(name="posyandu.csv"), BOUNDS)
        return time.perf_counter() - began

    # The machine may be busy with something else: what counts is how fast it can be.
    assert any(once() < 0.3 for _ in range(50))


def test_the_warm_process_can_be_forked_at_any_time(csv: Path) -> None:
    check_apart(csv, Expectation(name="posyandu.csv"), BOUNDS)
    assert caller._nursery is not None
    assert threads_of(caller._nursery.process.pid) <= {"polars-ooc-clea"}


def test_a_zip_bomb_is_not_opened(tmp_path: Path) -> None:
    path = poison.zip_bomb(tmp_path / "bom.xlsx", 200)
    assert path.stat().st_size < MIB
    report = check_apart(path, Expectation(name=path.name), replace(BOUNDS, memory=64 * MIB))
    assert [finding.code for finding in report.findings] == ["unpacks-too-large"]


def test_what_needs_more_memory_than_there_is_meets_the_limit(tmp_path: Path) -> None:
    path = poison.records(tmp_path / "baris.json", 300_000)
    assert stopped(path, replace(BOUNDS, memory=32 * MIB)).reason == "memory"


def test_a_billion_laughs_are_not_laughed(tmp_path: Path) -> None:
    path = poison.billion_laughs(tmp_path / "tawa.ods")
    report = check_apart(path, Expectation(name=path.name), replace(BOUNDS, memory=256 * MIB))
    assert not report.valid


def test_ten_thousand_columns_are_a_finding(tmp_path: Path) -> None:
    path = poison.wide(tmp_path / "lebar.csv", 10_000)
    report = check_apart(path, Expectation(name=path.name), BOUNDS)
    assert [finding.code for finding in report.findings] == ["too-many-columns"]


def test_one_endless_line_is_a_finding_in_little_memory(tmp_path: Path) -> None:
    path = poison.one_line(tmp_path / "baris.csv", 64)
    report = check_apart(path, Expectation(name=path.name), replace(BOUNDS, memory=256 * MIB))
    assert not report.valid


def test_a_slow_file_meets_the_clock(tmp_path: Path, nursery: int) -> None:
    path = poison.long(tmp_path / "panjang.csv", 2_000_000)
    began = time.monotonic()
    assert stopped(path, replace(BOUNDS, seconds=0.3)).reason == "time"
    assert time.monotonic() - began < 3
    assert children_of(nursery) == []


def test_processor_time_is_limited_too(tmp_path: Path) -> None:
    rows = "".join(f"{n},x{n}\n" for n in range(1_500_000))
    path = tmp_path / "berat.xyz"
    # A quote out of place sends the whole file the careful, slow way.
    path.write_text('a,b\n0,x"0\n' + rows, encoding="utf-16")
    assert stopped(path, replace(BOUNDS, cpu_seconds=1), "berat.csv").reason in ("cpu", "time")


def test_a_report_without_end_is_not_taken(csv: Path) -> None:
    assert stopped(csv, replace(BOUNDS, report=100)).reason == "report"


def test_a_child_killed_from_outside_is_one_files_trouble(tmp_path: Path, nursery: int) -> None:
    path = poison.long(tmp_path / "panjang.csv", 2_000_000)

    def kill() -> None:
        wait_until(lambda: children_of(nursery))
        for pid in children_of(nursery):
            os.kill(pid, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    stop = stopped(path, BOUNDS)
    killer.join()
    assert (stop.reason, stop.place) == ("memory", "SIGKILL")


def test_a_caller_that_dies_takes_its_child_along(tmp_path: Path, nursery: int) -> None:
    path = poison.long(tmp_path / "panjang.csv", 2_000_000)
    pid = os.fork()
    if pid == 0:
        try:
            check_apart(path, Expectation(name=path.name), BOUNDS)
        finally:
            os._exit(0)
    wait_until(lambda: children_of(nursery))
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    wait_until(lambda: not children_of(nursery))


def test_a_nursery_that_is_gone_is_replaced(csv: Path) -> None:
    assert caller._nursery is not None
    os.kill(caller._nursery.process.pid, signal.SIGKILL)
    caller._nursery.process.wait()
    assert check_apart(csv, Expectation(name="posyandu.csv"), BOUNDS).valid


def test_a_nursery_that_goes_during_a_check_is_no_verdict_on_the_file(tmp_path: Path) -> None:
    warm_up()
    assert caller._nursery is not None
    home = caller._nursery.process.pid
    path = poison.long(tmp_path / "panjang.csv", 2_000_000)

    def kill() -> None:
        wait_until(lambda: children_of(home))
        orphans = children_of(home)
        os.kill(home, signal.SIGKILL)
        for pid in orphans:
            os.kill(pid, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    with pytest.raises(Lost):
        check_apart(path, Expectation(name=path.name), BOUNDS)
    killer.join()


def test_nothing_stays_behind_and_the_file_is_as_it_was(csv: Path) -> None:
    before = hashlib.sha256(csv.read_bytes()).hexdigest()
    check_apart(csv, Expectation(name="posyandu.csv"), BOUNDS)
    assert hashlib.sha256(csv.read_bytes()).hexdigest() == before
    assert caller._nursery is not None
    pid = caller._nursery.process.pid
    homes = list(Path(tempfile.gettempdir()).glob(f"satudata-periksa-{pid}-*"))
    assert [list(home.iterdir()) for home in homes] == [[]]


def test_the_child_knows_nothing_of_the_portal(nursery: int, monkeypatch: Any) -> None:
    told = Path(f"/proc/{caller._nursery.process.pid}/environ").read_bytes()  # type: ignore[union-attr]
    names = {pair.partition(b"=")[0].decode() for pair in told.split(b"\0") if pair}
    assert names <= {*caller._KEPT, *caller._SET}


def test_wrong_orders_are_the_callers(csv: Path, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        check_apart(tmp_path / "tiada.csv", Expectation(), BOUNDS)
    wrong = Expectation(name="a.csv", table_schema={"fields": "satu"})
    with pytest.raises(BadSchema):
        check_apart(csv, wrong, BOUNDS)


def test_a_table_referred_to_is_read_in_the_child(csv: Path, tmp_path: Path) -> None:
    codes = tmp_path / "kode.csv"
    codes.write_text("kode\n35.03.01\n35.03.02\n", encoding="utf-8")
    references = {"kode": Reference(codes, "kode.csv")}
    order = errand.Errand(csv, Expectation(), references, BOUNDS)
    assert child._references(order)["kode"] == [{"kode": "35.03.01"}, {"kode": "35.03.02"}]
    assert check_apart(csv, Expectation(name="a.csv"), BOUNDS, None, references).valid
