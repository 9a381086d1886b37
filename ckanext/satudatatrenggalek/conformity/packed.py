"""How large a file is, in words, and whether a ZIP package must not be unpacked."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence

MIB = 1024 * 1024
_RATIO = 200  # deflate gives spreadsheets 5 to 30; a bomb gives 1,000
_RATIO_FROM = 20 * MIB  # below this a high ratio (a sheet of zeros) harms nobody
_MOST_PARTS = 10_000


def in_words(size: int) -> str:
    """Bytes as a person reads them: `12,5 MB`, `40 KB`."""
    return f"{size / MIB:.1f} MB".replace(".", ",") if size >= MIB else f"{size // 1024} KB"


def unpacked_size(parts: Sequence[zipfile.ZipInfo]) -> int:
    """Bytes the directory of a package says it unpacks to."""
    return sum(part.file_size for part in parts)


def is_bomb(parts: Sequence[zipfile.ZipInfo], size: int, most: int) -> bool:
    """Whether a package is far larger inside than outside. size, most: bytes packed, unpacked."""
    unpacked = unpacked_size(parts)
    if unpacked > most or len(parts) > _MOST_PARTS:
        return True
    return unpacked > _RATIO_FROM and unpacked > size * _RATIO
