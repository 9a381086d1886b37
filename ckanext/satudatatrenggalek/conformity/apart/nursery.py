"""The nursery: a process with the engine loaded and nothing else, that forks a child a check.

    python -m ckanext.satudatatrenggalek.conformity.apart.nursery SOCKET

SOCKET is the number of an inherited stream socket; each byte that comes over it brings the
socket of one check along. It ends when nobody holds the other end any more. A child is killed
the moment its caller hangs up, and its end is told on its line: `{"ended": exit status}`.

It never uses the engine itself: the threads polars works with begin with the first table, and a
process that has them cannot be forked. (polars' import starts one that sleeps; it holds nothing.)
"""

from __future__ import annotations

import ctypes
import gc
import os
import select
import shutil
import signal
import socket
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ..marked import convert, workbook
from ..readers import html, json, ods, xls, xlsx
from ..regions import built_in
from ..schema import read_schema
from . import child

# Read by some files only and loaded when first needed: here once, not in every child.
_HEAVY = ("openpyxl", "frictionless.formats")
_PARTS = (convert, workbook, html, json, ods, xls, xlsx)
# Each kind of column that a Table Schema may name.
_KINDS = (
    *("string", "number", "integer", "boolean", "object", "array", "date", "time", "datetime"),
    *("year", "yearmonth", "duration", "geopoint", "geojson", "any"),
)
_PREFIX = "satudata-periksa-"
_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


@dataclass
class _Care:
    """One child under way."""

    pid: int
    line: socket.socket
    folder: str


class Nursery:
    """Forks, watches, kills, cleans up. One thread, no state but the children under way."""

    def __init__(self, door: socket.socket, home: str) -> None:
        self._door = door
        self._home = home
        self._poll = select.poll()
        self._poll.register(door.fileno(), select.POLLIN)
        self._by_line: dict[int, _Care] = {}
        self._by_end: dict[int, _Care] = {}

    def run(self) -> None:
        """Until nobody can ask any more; children under way are ended then."""
        while True:
            heard = [fd for fd, _ in self._poll.poll()]
            for fd in heard:
                if fd in self._by_end:
                    self._bury(fd)
                elif fd in self._by_line:
                    self._kill(self._by_line[fd])
            # Last: a new line may get the number of one that was closed just now.
            if self._door.fileno() in heard and not self._admit():
                return self._close()

    def _admit(self) -> bool:
        asked, lines, _flags, _address = socket.recv_fds(self._door, 1, 1)
        for fd in lines:
            self._bear(socket.socket(fileno=fd))
        return bool(asked)

    def _bear(self, line: socket.socket) -> None:
        folder = tempfile.mkdtemp(dir=self._home)
        pid = os.fork()
        if pid == 0:
            self._live(line, folder)
        care = _Care(pid, line, folder)
        end = os.pidfd_open(pid)
        self._by_line[line.fileno()], self._by_end[end] = care, care
        self._poll.register(line.fileno(), select.POLLRDHUP)
        self._poll.register(end, select.POLLIN)

    def _live(self, line: socket.socket, folder: str) -> None:
        """In the child; never returns."""
        try:
            os.setsid()
            # Without the nursery nobody would end it.
            _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
            self._door.close()
            for care in self._by_line.values():
                care.line.close()
            _first_to_go()
            child.run(line, folder)
        finally:
            os._exit(0)

    def _kill(self, care: _Care) -> None:
        self._poll.unregister(care.line.fileno())
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(care.pid, signal.SIGKILL)
        with suppress(ProcessLookupError):
            os.kill(care.pid, signal.SIGKILL)

    def _bury(self, end: int) -> None:
        care = self._by_end.pop(end)
        _, status = os.waitpid(care.pid, 0)
        self._poll.unregister(end)
        os.close(end)
        with suppress(KeyError):
            self._poll.unregister(care.line.fileno())
        del self._by_line[care.line.fileno()]
        shutil.rmtree(care.folder, ignore_errors=True)
        # A caller that does not listen may not hold up the others.
        care.line.setblocking(False)
        with suppress(OSError):
            care.line.send(f'\n{{"ended": {status}}}\n'.encode())
        care.line.close()

    def _close(self) -> None:
        for care in self._by_line.values():
            with suppress(ProcessLookupError):
                os.kill(care.pid, signal.SIGKILL)


def _first_to_go() -> None:
    """Should the machine run out of memory, this process ends before the portal's."""
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")


def _sweep_up() -> None:
    """Remove what a nursery left that was killed itself."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*-*"):
        owner = folder.name[len(_PREFIX) :].partition("-")[0]
        if owner.isdigit() and not Path("/proc", owner).exists():
            shutil.rmtree(folder, ignore_errors=True)


def _load() -> None:
    """What every child needs and loads when it first needs it: here once, for all of them.

    Nothing that starts a thread: no table may be opened.
    """
    for name in _HEAVY:
        with suppress(ImportError):
            __import__(name)
    read_schema({"fields": [{"name": kind, "type": kind} for kind in _KINDS]})
    built_in()


def main(fd: int) -> None:
    _load()
    gc.collect()
    gc.freeze()  # what is shared with the children stays shared
    _sweep_up()
    with tempfile.TemporaryDirectory(prefix=f"{_PREFIX}{os.getpid()}-") as home:
        Nursery(socket.socket(fileno=fd), home).run()


if __name__ == "__main__":
    main(int(sys.argv[1]))
