"""The portal's side: ask the nursery for a child, listen to it, end it when it takes too much."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from time import monotonic
from typing import Any

from ..expectation import BadSchema, Expectation
from ..report import Report
from .errand import Bounds, Errand, Reference, Writing, write

_MODULE = __name__.rpartition(".")[0] + ".nursery"
_KEPT = ("PATH", "PYTHONPATH", "LANG", "LC_ALL", "TZ", "TMPDIR", "HOME")
# Threads of a child: they take addresses, and the pages want the other processors.
_SET = {
    "POLARS_MAX_THREADS": str(max(1, min(4, os.cpu_count() or 1))),
    # polars' allocator tidies in threads of its own; a process that forks has none to spare.
    "_RJEM_MALLOC_CONF": "background_thread:false",
}
_PATIENCE = 5.0  # seconds for a killed child to be gone
_SIGNALS = {signal.SIGXCPU: "cpu", signal.SIGKILL: "memory", signal.SIGABRT: "memory"}


class Stopped(Exception):
    """The check did not come to its end, because of the file.

    reason: "time", "cpu", "memory", "disk", "report" (the limit it met) or "crash".
    place: kind of error and line of code for whoever runs the portal; never a cell.
    """

    def __init__(self, reason: str, place: str = "") -> None:
        super().__init__(f"{reason} {place}".strip())
        self.reason = reason
        self.place = place


class Lost(ConnectionError):
    """The check did not come to its end, and not because of the file: it may be asked again."""


class _Nursery:
    """The nursery's process, seen from here. Processes forked from this one share it."""

    def __init__(self) -> None:
        self.door, theirs = socket.socketpair()
        command = [sys.executable, "-m", _MODULE, str(theirs.fileno())]
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603 - our own Python and module
                command,
                env={**kept, **_SET},
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                # What a library prints about a file may hold its cells.
                stderr=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )

    def is_there(self) -> bool:
        """Whether it still holds its end of the line."""
        try:
            return self.door.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) != b""
        except BlockingIOError:
            return True
        except OSError:
            return False

    def ask(self) -> socket.socket:
        """The line to a new child."""
        ours, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(self.door, [b"c"], [theirs.fileno()])
        return ours


_nursery: _Nursery | None = None


def warm_up() -> None:
    """Have the nursery running; at once when it does. Called before a worker forks its jobs."""
    _running()


def _running() -> _Nursery:
    global _nursery
    if _nursery is None or not _nursery.is_there():
        if _nursery is not None:
            _nursery.door.close()
        _nursery = _Nursery()
    return _nursery


def check_apart(
    path: Path,
    expectation: Expectation,
    bounds: Bounds,
    progress: Callable[[int, int], None] | None = None,
    references: Mapping[str, Reference] | None = None,
) -> Report:
    """`check_file` in a child with limits.

    progress: called with (done, total) now and then. references: files of the tables foreign
    keys refer to, by resource name; read in the child.

    Raises Stopped, BadSchema, FileNotFoundError or another OSError when the file cannot be
    opened, Lost when the child was taken away.
    """
    told = _send(Errand(path, expectation, references or {}, bounds), progress)
    return Report.from_dict(told["report"])


def write_apart(path: Path, expectation: Expectation, writing: Writing, bounds: Bounds) -> None:
    """Write a tidied copy or a marked workbook of a file in a child with limits.

    Raises as `check_apart` does; the folder then holds part of it or nothing.
    """
    _send(Errand(path, expectation, {}, bounds, writing), None)


def _send(errand: Errand, progress: Callable[[int, int], None] | None) -> dict[str, Any]:
    """The child's last word: what it found, or that it has written."""
    bounds = errand.bounds
    until = monotonic() + bounds.seconds
    with _running().ask() as line:
        try:
            line.settimeout(bounds.seconds)
            line.sendall(write(errand))
            return _listen(line, bounds, until, progress)
        except TimeoutError as error:
            raise Stopped("time") from error
        except ConnectionError as error:
            raise Lost("the process of the check is gone") from error
        finally:
            _hang_up(line)


def _listen(
    line: socket.socket,
    bounds: Bounds,
    until: float,
    progress: Callable[[int, int], None] | None,
) -> dict[str, Any]:
    result: dict[str, Any] | None = None
    for told in _lines(line, bounds, until):
        if "done" in told:
            if progress:
                progress(told["done"], told["total"])
        elif "report" in told or "written" in told:
            result = told
        elif "ended" in told:
            return _at_end(result, told["ended"])
        else:
            _refuse(told)
    raise Lost


def _at_end(result: dict[str, Any] | None, status: int) -> dict[str, Any]:
    if result is not None:
        return result
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        reason = _SIGNALS.get(signal.Signals(number), "crash")
        raise Stopped(reason, signal.Signals(number).name)
    raise Stopped("crash", f"exit {os.WEXITSTATUS(status)}")


def _refuse(told: dict[str, Any]) -> None:
    if "stopped" in told:
        raise Stopped(told["stopped"], told["place"])
    if "bad_schema" in told:
        raise BadSchema(told["bad_schema"])
    if "missing" in told:
        raise OSError(told["missing"], os.strerror(told["missing"]))


def _lines(line: socket.socket, bounds: Bounds, until: float) -> Iterator[dict[str, Any]]:
    """The child's words; half a word, of a child killed while speaking, is none."""
    heard, size = bytearray(), 0
    while True:
        left = until - monotonic()
        if left <= 0:
            raise TimeoutError
        line.settimeout(left)
        piece = line.recv(1 << 16)
        if not piece:
            return
        size += len(piece)
        if size > bounds.report:
            raise Stopped("report")
        heard += piece
        if b"\n" in piece:
            *whole, heard = heard.split(b"\n")
            yield from (told for text in whole if (told := _word(text)))


def _word(text: bytearray) -> dict[str, Any]:
    try:
        told = json.loads(text) if text.startswith(b"{") else {}
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _hang_up(line: socket.socket) -> None:
    """The nursery kills the child of a closed line; wait until it is gone and its space free."""
    try:
        line.shutdown(socket.SHUT_WR)
        line.settimeout(_PATIENCE)
        while line.recv(1 << 16):
            pass
    except OSError:
        return
