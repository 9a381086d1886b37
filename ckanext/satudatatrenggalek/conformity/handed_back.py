"""Native code that was needed once is handed back to the system.

Loading polars touches 12 of its 170 MiB, and what a check meets for the first time takes it through
more of them than all that follows. What is handed back stays in the system's cache of files and
is mapped again by itself where it is used once more.
"""

from __future__ import annotations

import ctypes
import mmap
import re
from functools import lru_cache
from pathlib import Path

import polars  # noqa: F401 (a library that is still being loaded is not to be touched)

_LIBRARIES = r"\S*/(?:_polars_runtime|_pydantic_core|libcrypto)[^/\s]*\.so\S*"
# Begin, end, rights, offset. What is written while a library is loaded lies behind its first part
# and is not executable.
_CLEAN = re.compile(
    rf"^([0-9a-f]+)-([0-9a-f]+) (?:r-xp [0-9a-f]+|r--p 0+) \S+ \S+\s+{_LIBRARIES}$", re.MULTILINE
)
_libc = ctypes.CDLL(None)


def hand_back() -> None:
    """Let go of the pages of native libraries that hold nothing but what their files hold."""
    for begin, length in _mapped():
        _libc.madvise(ctypes.c_void_p(begin), ctypes.c_size_t(length), mmap.MADV_DONTNEED)


@lru_cache(maxsize=1)
def _mapped() -> tuple[tuple[int, int], ...]:
    """(address, bytes) of those pages; nothing where the system does not tell."""
    try:
        told = Path("/proc/self/maps").read_text(encoding="ascii", errors="replace")
    except OSError:
        return ()
    places = ((int(m[1], 16), int(m[2], 16)) for m in _CLEAN.finditer(told))
    return tuple((begin, end - begin) for begin, end in places)
