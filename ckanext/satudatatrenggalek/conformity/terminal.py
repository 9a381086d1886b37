"""A report on a terminal or in a pipe, and the progress of a long check."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from time import monotonic

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from .report import ERROR, Finding, Report
from .stretches import Progress as Told

_NARROW = 72  # below this a table has no room for three columns of words
_PATIENCE = 0.7  # seconds before a bar is worth its line
_WORDS = {True: "Kesalahan", False: "Perlu dilihat"}


def show_report(report: Report) -> None:
    """The report for a person: a table on a terminal, plain lines in a pipe."""
    if not sys.stdout.isatty():
        say("\n".join(_lines(report)))
        return
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    console = Console(highlight=False, soft_wrap=False)
    with _reader_may_leave():
        _show(console, report)
        sys.stdout.flush()


def say(text: str) -> None:
    """Write UTF-8 to standard output whatever the locale says."""
    say_all([text])


def say_all(pieces: Iterable[str]) -> None:
    """The same for a text that comes piece by piece."""
    with _reader_may_leave():
        for piece in pieces:
            sys.stdout.buffer.write(piece.encode("utf-8", "replace"))
        sys.stdout.buffer.write(b"\n")
        sys.stdout.flush()


def complain(text: str) -> None:
    """One line on standard error."""
    line = " ".join(plain(text).split())
    sys.stderr.buffer.write(line.encode("utf-8", "replace") + b"\n")
    sys.stderr.flush()


@contextmanager
def _reader_may_leave() -> Iterator[None]:
    """A reader that closes its end (`| head`) is no error."""
    try:
        yield
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def plain(text: str) -> str:
    """Without characters that steer a terminal; names in a file may hold any."""
    return "".join(c if c.isprintable() else " " for c in text)


@contextmanager
def progress_bar(words: str) -> Iterator[Told | None]:
    """What `check_file` may tell its progress to; None where nobody would see a bar."""
    if not sys.stderr.isatty():
        yield None
        return
    bar = _Bar(words)
    try:
        yield bar.tell
    finally:
        bar.stop()


class _Bar:
    """A bar on standard error that appears once the work takes longer than a moment."""

    def __init__(self, words: str) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            TimeRemainingColumn(),
            console=Console(file=sys.stderr),
            transient=True,
        )
        self._task = self._progress.add_task(words, total=None)
        self._began = monotonic()
        self._shown = False

    def tell(self, done: int, total: int) -> None:
        if not self._shown and monotonic() - self._began > _PATIENCE:
            self._shown = True
            self._progress.start()
        self._progress.update(self._task, completed=done, total=total or None)

    def stop(self) -> None:
        if self._shown:
            self._progress.stop()


# On a terminal


def _show(console: Console, report: Report) -> None:
    verdict, *rest = _opening(report)
    console.print(Text(verdict, style="bold green" if report.valid else "bold red"))
    console.print(Text("\n".join(rest)))
    if console.width < _NARROW:
        for finding in report.findings:
            _stacked(console, finding)
    elif report.findings:
        console.print(_table(report.findings))
    console.print(Text("\n".join(_closing(report))))


def _table(findings: Sequence[Finding]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, expand=True, pad_edge=False, leading=1)
    table.add_column("Tempat", ratio=2, overflow="fold")
    table.add_column("Temuan", ratio=4, overflow="fold")
    table.add_column("Cara memperbaiki", ratio=4, overflow="fold")
    for finding in findings:
        word = Text(_word(finding), style=_style(finding))
        place = Text("\n").join([word, Text(plain(finding.place))]) if finding.place else word
        table.add_row(place, Text(plain(finding.message)), Text(plain(finding.remedy)))
    return table


def _stacked(console: Console, finding: Finding) -> None:
    where = f" ({plain(finding.place)})" if finding.place else ""
    console.print()
    console.print(Text(f"{_word(finding)}{where}", style=_style(finding)))
    console.print(Padding(Text(plain(finding.message)), (0, 0, 0, 2)))
    console.print(Padding(Text(plain(f"-> {finding.remedy}")), (0, 0, 0, 2)))


def _word(finding: Finding) -> str:
    return _WORDS[finding.severity == ERROR]


def _style(finding: Finding) -> str:
    return "red" if finding.severity == ERROR else "yellow"


# In a pipe


def _lines(report: Report) -> list[str]:
    found = [line for finding in report.findings for line in _finding_lines(finding)]
    return [*_opening(report), *found, *_closing(report)]


def _finding_lines(finding: Finding) -> list[str]:
    where = f" ({plain(finding.place)})" if finding.place else ""
    return [
        "",
        f"{_word(finding)}{where}: {plain(finding.message)}",
        f"  Cara memperbaiki: {plain(finding.remedy)}",
    ]


# In both


def _opening(report: Report) -> list[str]:
    stats = report.stats
    verdict = "SESUAI" if report.valid else "TIDAK SESUAI"
    sheet = f', lembar "{plain(stats.sheet)}"' if stats.sheet else ""
    return [
        f"{plain(report.name)}: {verdict}",
        f"Dibaca {stats.rows} baris, {stats.columns} kolom{sheet}. "
        f"{stats.errors} kesalahan, {stats.warnings} perlu dilihat.",
    ]


def _closing(report: Report) -> list[str]:
    if not report.stats.truncated:
        return []
    hidden = report.stats.errors + report.stats.warnings - len(report.findings)
    return ["", f"{hidden} temuan sejenis tidak ditampilkan."]
