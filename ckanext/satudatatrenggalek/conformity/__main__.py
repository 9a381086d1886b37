"""`python -m ckanext.satudatatrenggalek.conformity FILE [--schema SCHEMA.json] [--json] ...`.

Exit 0: conforming, 1: not, 2: unreadable (file or schema), with one sentence on standard error.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from .arguments import UNREADABLE, parser
from .engine import check_file
from .expectation import BadSchema, Expectation, Previous
from .marked import write_marked
from .report import Report
from .terminal import complain, progress_bar, say, say_all, show_report
from .tidy import Tidied, write_tidied

CONFORMING, NOT_CONFORMING, INTERRUPTED = 0, 1, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; gives the exit code."""
    options = parser().parse_args(arguments)
    try:
        return _run(options)
    except BadSchema as error:
        return _unreadable(str(error))
    except OSError as error:
        name = error.filename or options.file
        return _unreadable(f"Berkas {name} tidak bisa dibaca atau ditulis: {_reason(error)}.")
    except ValueError:  # a path with a NUL in it
        return _unreadable("Nama berkas tidak bisa dipakai.")
    except KeyboardInterrupt:
        complain("Dihentikan.")
        return INTERRUPTED


def _run(options: argparse.Namespace) -> int:
    expectation = _expectation(options)
    if sentence := _overwrites(options):
        return _unreadable(sentence)
    with progress_bar("Memeriksa") as progress:
        report = check_file(options.file, expectation, progress)
    if options.json:
        say_all(report.frictionless_json())
    else:
        show_report(report)
    tell = complain if options.json else say
    if options.tidy:
        _tidy(options, expectation, tell)
    if options.marked:
        _mark(options, report, tell)
    if report.valid:
        return CONFORMING
    return NOT_CONFORMING if report.labels or report.stats.columns else UNREADABLE


def _expectation(options: argparse.Namespace) -> Expectation:
    schema = _read_schema(options.schema)
    previous = None
    if options.previous:
        options.previous.stat()  # a missing file is said at once, not after the check
        previous = Previous(options.previous, options.previous.name, schema)
    return Expectation(
        name=options.file.name,
        table_schema=schema,
        period=options.period,
        sheet=options.sheet,
        previous=previous,
    )


def _overwrites(options: argparse.Namespace) -> str:
    """A sentence when something written would lie over something read."""
    read = [p for p in (options.file, options.schema, options.previous) if p]
    log = [_log_of(options.tidy)] if options.tidy else []
    for place in [p for p in (options.tidy, options.marked, *log) if p]:
        if any(place.exists() and place.samefile(source) for source in read if source.exists()):
            return f"Berkas {place} sedang dibaca; pilih nama lain untuk hasilnya."
    return ""


def _log_of(target: Path) -> Path:
    return target.with_name(f"{target.stem}_perubahan.csv")


def _tidy(
    options: argparse.Namespace, expectation: Expectation, tell: Callable[[str], None]
) -> None:
    answers = dict(text.rsplit("=", 1) for text in options.answer if "=" in text)
    target, log = options.tidy, _log_of(options.tidy)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        new, lines = Path(folder) / "copy", Path(folder) / "log"
        with progress_bar("Merapikan") as progress:
            done = write_tidied(options.file, expectation, answers, new, lines, progress)
        if done:
            new.replace(target)
            lines.replace(log)
    if done is None:
        tell("\nSalinan rapi tidak dibuat: berkas ini tidak terbaca sebagai tabel yang utuh.")
        return
    tell(f"\nSalinan rapi: {target}, {done.rows} baris, {done.total} perubahan (lihat {log}).")
    _ask(done, tell)


def _ask(done: Tidied, tell: Callable[[str], None]) -> None:
    for question in done.open_questions:
        tell(f"Perlu jawaban: {question.text}")
        for option in question.options:
            result = f" -> {option.result}" if option.result else ""
            tell(f"  --answer '{question.key}={option.key}'  {option.label}{result}")


def _mark(options: argparse.Namespace, report: Report, tell: Callable[[str], None]) -> None:
    target = options.marked
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        new = Path(folder) / "marked.xlsx"
        done = write_marked(options.file, report, new)
        if done:
            new.replace(target)
    if done is None:
        tell("\nExcel bertanda tidak dibuat: berkas ini tidak terbaca sebagai tabel.")
    else:
        tell(f"\nExcel bertanda: {target}, {done.cells} sel ditandai.")


def _read_schema(path: Path | None) -> dict[str, Any] | None:
    if path is None:
        return None
    try:
        schema = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise BadSchema(f"Skema {path} tidak bisa dibaca: {_reason(error)}.") from error
    except (ValueError, RecursionError) as error:
        raise BadSchema(f"Skema {path} bukan JSON yang utuh.") from error
    if not isinstance(schema, dict):
        raise BadSchema(f"Skema {path} bukan Table Schema.")
    if not schema:
        raise BadSchema(f"Skema {path} kosong.")
    return schema


def _reason(error: OSError) -> str:
    reasons = {
        FileNotFoundError: "berkas atau foldernya tidak ada",
        IsADirectoryError: "itu folder, bukan berkas",
        PermissionError: "tidak diizinkan",
    }
    return reasons.get(type(error), error.strerror or "galat sistem")


def _unreadable(sentence: str) -> int:
    complain(sentence)
    return UNREADABLE


if __name__ == "__main__":
    sys.exit(main())
