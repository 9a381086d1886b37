"""A report on a terminal or in a pipe, and the progress of a long check."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from time import monotonic
from typing import Any

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from .grouping import alike, figure, with_unkept
from .report import ERROR, Report
from .stretches import Progress as Told

_NARROW = 72  # below this a table has no room for three columns of words
_PATIENCE = 0.7  # seconds before a bar is worth its line
_WORDS = {True: "Kesalahan", False: "Perlu dilihat"}
_ROWS = 10  # named of a group

Group = Mapping[str, Any]  # of findings, as `alike` gives them


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
        for group in _groups(report):
            _stacked(console, group)
    elif report.findings:
        console.print(_table(_groups(report)))
    console.print(Text("\n".join(_closing(report))))


def _table(groups: Sequence[Group]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, expand=True, pad_edge=False, leading=1)
    table.add_column("Tempat", ratio=2, overflow="fold")
    table.add_column("Temuan", ratio=4, overflow="fold")
    table.add_column("Cara memperbaiki", ratio=4, overflow="fold")
    for group in groups:
        word = Text(_word(group), style=_style(group))
        where = _place(group)
        place = Text("\n").join([word, Text(where)]) if where else word
        table.add_row(place, Text(plain(group["message"])), Text(plain(group["remedy"])))
    return table


def _stacked(console: Console, group: Group) -> None:
    console.print()
    console.print(Text(f"{_word(group)}{_bracketed(group)}", style=_style(group)))
    console.print(Padding(Text(plain(group["message"])), (0, 0, 0, 2)))
    console.print(Padding(Text(plain(f"-> {group['remedy']}")), (0, 0, 0, 2)))


def _groups(report: Report) -> list[dict[str, Any]]:
    findings = [asdict(finding) for finding in report.findings]
    return alike(with_unkept(findings, report.stats.unkept))


def _word(group: Group) -> str:
    return _WORDS[group["severity"] == ERROR]


def _style(group: Group) -> str:
    return "red" if group["severity"] == ERROR else "yellow"


def _bracketed(group: Group) -> str:
    return f" ({where})" if (where := _place(group)) else ""


def _place(group: Group) -> str:
    """Where, in words: `lembar "Data", kolom luas, baris 4 dan 29.800 baris lain: 5, 6, ...`."""
    parts = [f'lembar "{group["sheet"]}"'] if group["sheet"] else []
    column = [f"kolom {group['column']}"] if group["column"] else []
    row = [f"baris {group['row']}"] if group["row"] else []
    if not group["others"]:
        return plain(", ".join([*parts, *row, *column]))
    named = [str(row) for row in group["rows"] if row]
    more = ", …" if len(named) > _ROWS or group["cut"] else ""
    rows = f": {', '.join(named[:_ROWS])}{more}" if named else ""
    row = [f"{''.join(row)} {group['others']}{rows}".strip()]
    return plain(", ".join([*parts, *column, *row]))


# In a pipe


def _lines(report: Report) -> list[str]:
    found = [line for group in _groups(report) for line in _group_lines(group)]
    return [*_opening(report), *found, *_closing(report)]


def _group_lines(group: Group) -> list[str]:
    return [
        "",
        f"{_word(group)}{_bracketed(group)}: {plain(group['message'])}",
        f"  Cara memperbaiki: {plain(group['remedy'])}",
    ]


# In both


def _opening(report: Report) -> list[str]:
    stats = report.stats
    verdict = "SESUAI" if report.valid else "TIDAK SESUAI"
    sheet = f', lembar "{plain(stats.sheet)}"' if stats.sheet else ""
    return [
        f"{plain(report.name)}: {verdict}",
        f"Dibaca {figure(stats.rows)} baris, {stats.columns} kolom{sheet}. "
        f"{figure(stats.errors)} kesalahan, {figure(stats.warnings)} perlu dilihat.",
    ]


def _closing(report: Report) -> list[str]:
    if not report.stats.truncated:
        return []
    hidden = report.stats.errors + report.stats.warnings - len(report.findings)
    return ["", f"{figure(hidden)} temuan lain hanya dihitung, tidak ditunjukkan satu per satu."]
