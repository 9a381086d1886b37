"""What the child does: takes its limits on, reads its errand, does it, answers line by line.

Answers are JSON, one a line: `{"done", "total"}` while it works, then one of `{"report"}`,
`{"written"}`, `{"bad_schema"}`, `{"missing"}`, `{"stopped", "place"}`. Nothing it says about its
own failure holds a cell of the file: the kind of error and the line of code, never its words.
"""

from __future__ import annotations

import errno
import json
import os
import resource
import socket
import tempfile
from dataclasses import replace
from time import monotonic
from types import TracebackType
from typing import Any

from ..engine import check_file
from ..expectation import BadSchema, Expectation
from ..prepare import prepare_marked, prepare_tidied
from ..table import rows
from .errand import Bounds, Errand, Reference, Writing, read

_BETWEEN = 0.25  # seconds from one word about progress to the next
_NICE = 10  # pages are served before files are checked
_PAGE_ROWS = 5_000
_HOUSE = os.sep + "ckanext" + os.sep
_FULL = frozenset({errno.EFBIG, errno.ENOSPC, errno.EDQUOT})


class _Answer:
    """The child's end of the line. Whatever ends the check is told; nothing is raised further."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._next = 0.0

    def say(self, **told: Any) -> None:
        self._line.sendall(json.dumps(told).encode() + b"\n")

    def progress(self, done: int, total: int) -> None:
        now = monotonic()
        if now >= self._next:
            self._next = now + _BETWEEN
            self.say(done=done, total=total)

    def __enter__(self) -> _Answer:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> bool:
        if error is not None:
            self.say(stopped=_reason(error), place=f"{type(error).__name__} {_place(tb)}")
        return True


def run(line: socket.socket, folder: str) -> None:
    """Make one check. folder: the child's own, for temporary files; removed by the nursery."""
    with _Answer(line) as answer:
        errand = read(_first_line(line))
        _be_small(errand.bounds, folder)
        _do(errand, answer)


def _do(errand: Errand, answer: _Answer) -> None:
    try:
        errand.path.open("rb").close()
    except OSError as error:
        answer.say(missing=error.errno)
        return
    try:
        if errand.writing:
            _write(errand, errand.writing)
            answer.say(written=True)
        else:
            wanted = replace(errand.expectation, references=_references(errand))
            report = check_file(errand.path, wanted, answer.progress)
            answer.say(report=report.to_dict())
    except BadSchema as error:
        answer.say(bad_schema=str(error))


def _write(errand: Errand, writing: Writing) -> None:
    if writing.report is None:
        prepare_tidied(errand.path, errand.expectation, writing.answers, writing.folder)
    else:
        prepare_marked(errand.path, writing.report, writing.folder)


def _references(errand: Errand) -> dict[str, list[dict[str, str]]]:
    read = {name: _rows_of(reference) for name, reference in errand.references.items()}
    return {**errand.expectation.references, **read}  # type: ignore[dict-item]


def _rows_of(reference: Reference) -> list[dict[str, str]]:
    """The rows of a table referred to; none when its file cannot be read."""
    expectation = Expectation(name=reference.name, format=reference.format)
    most = expectation.limits.max_rows or _PAGE_ROWS
    page = rows(reference.path, expectation, 0, most)
    if page is None:
        return []
    return [dict(zip(page.header, row.cells, strict=False)) for row in page.rows]


def _first_line(line: socket.socket) -> bytes:
    with line.makefile("rb") as stream:
        return stream.readline()


def _be_small(bounds: Bounds, folder: str) -> None:
    os.nice(_NICE)
    tempfile.tempdir = os.environ["TMPDIR"] = folder
    memory = _address_space() + bounds.memory
    for kind, limit in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, bounds.cpu_seconds),
        (resource.RLIMIT_FSIZE, bounds.disk),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        allowed = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(kind, (allowed, hard))


def _address_space() -> int:
    """Bytes of addresses this process has before it begins."""
    with open("/proc/self/statm", encoding="ascii") as figures:
        return int(figures.read().split()[0]) * resource.getpagesize()


def _reason(error: BaseException) -> str:
    if isinstance(error, MemoryError):
        return "memory"
    if isinstance(error, OSError) and error.errno in _FULL:
        return "disk"
    if isinstance(error, OSError) and error.errno == errno.ENOMEM:
        return "memory"
    return "crash"


def _place(tb: TracebackType | None) -> str:
    """The innermost line of our own code: `conformity/readers/excel.py:40`."""
    place = ""
    while tb is not None:
        path = tb.tb_frame.f_code.co_filename
        if _HOUSE in path:
            place = f"{path.rpartition(_HOUSE)[2]}:{tb.tb_lineno}"
        tb = tb.tb_next
    return place
