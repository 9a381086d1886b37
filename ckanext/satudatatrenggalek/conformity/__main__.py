"""`python -m ckanext.satudatatrenggalek.conformity FILE [--schema SCHEMA.json] [--json]`.

Exit 0: conforming, 1: not, 2: unreadable (file or schema), with one sentence on standard error.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from .engine import check_file
from .expectation import BadSchema, Expectation
from .report import ERROR, Finding, Report

CONFORMING, NOT_CONFORMING, UNREADABLE = 0, 1, 2


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(UNREADABLE, f"Perintah tidak lengkap. {self.format_usage().strip()}\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="python -m ckanext.satudatatrenggalek.conformity",
        usage="%(prog)s BERKAS [--schema SKEMA.json] [--json]",
        description="Memeriksa kesesuaian satu berkas data.",
        add_help=False,
    )
    parser.add_argument("-h", "--help", action="help", help="tampilkan bantuan ini")
    parser.add_argument("file", metavar="BERKAS", type=Path, help="berkas yang diperiksa")
    parser.add_argument("--schema", metavar="SKEMA.json", type=Path, help="Table Schema (JSON)")
    parser.add_argument("--period", default="", help="tahun edisi, misalnya 2025")
    parser.add_argument("--json", action="store_true", help="laporan sebagai JSON Frictionless")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; gives the exit code."""
    options = _parser().parse_args(arguments)
    try:
        schema = _read_schema(options.schema)
        expectation = Expectation(
            name=options.file.name, table_schema=schema, period=options.period
        )
        report = check_file(options.file, expectation)
    except BadSchema as error:
        return _unreadable(str(error))
    except OSError as error:
        return _unreadable(f"Berkas {options.file} tidak bisa dibaca: {_reason(error)}.")
    except ValueError:  # a path with a NUL in it
        return _unreadable("Nama berkas tidak bisa dipakai.")
    _say(_as_json(report) if options.json else _as_text(report))
    if report.valid:
        return CONFORMING
    return NOT_CONFORMING if report.labels or report.stats.columns else UNREADABLE


def _say(text: str) -> None:
    """Write UTF-8 whatever the terminal's setting; a reader that went away is no error."""
    try:
        sys.stdout.buffer.write(text.encode("utf-8", "replace") + b"\n")
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


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
        FileNotFoundError: "berkas tidak ada",
        IsADirectoryError: "itu folder, bukan berkas",
        PermissionError: "tidak diizinkan",
    }
    return reasons.get(type(error), error.strerror or "galat sistem")


def _unreadable(sentence: str) -> int:
    print(" ".join(sentence.split()), file=sys.stderr)
    return UNREADABLE


def _as_json(report: Report) -> str:
    return json.dumps(report.to_frictionless(), ensure_ascii=False, indent=2)


def _as_text(report: Report) -> str:
    stats = report.stats
    verdict = "SESUAI" if report.valid else "TIDAK SESUAI"
    size = f"{stats.rows} baris, {stats.columns} kolom"
    sheet = f', lembar "{stats.sheet}"' if stats.sheet else ""
    lines = [
        f"{report.name}: {verdict}",
        f"Dibaca {size}{sheet}. {stats.errors} kesalahan, {stats.warnings} perlu dilihat.",
    ]
    lines += [line for finding in report.findings for line in _finding_lines(finding)]
    if stats.truncated:
        hidden = stats.errors + stats.warnings - len(report.findings)
        lines += ["", f"{hidden} temuan sejenis tidak ditampilkan."]
    return "\n".join(lines)


def _finding_lines(finding: Finding) -> list[str]:
    word = "Kesalahan" if finding.severity == ERROR else "Perlu dilihat"
    where = f" ({finding.place})" if finding.place else ""
    return ["", f"{word}{where}: {finding.message}", f"  Cara memperbaiki: {finding.remedy}"]


if __name__ == "__main__":
    sys.exit(main())
