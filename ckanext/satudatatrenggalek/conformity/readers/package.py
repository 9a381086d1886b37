"""Workbooks are ZIP packages of XML: is this one safe to unpack?

A package of 100 KB can unpack into terabytes, its directory can lie about sizes, and XML can
define entities that grow when they are read. What is asked here is answered from the directory
and from reading each part once in small pieces, so the answer itself costs little memory.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from ..expectation import Limits
from .source import READ_ERRORS, Unreadable

MIB = 1024 * 1024
_HEAD = 64 * 1024
_RATIO = 200  # deflate gives spreadsheets 5 to 30; a bomb gives 1,000
_RATIO_FROM = 20 * MIB  # below this a high ratio (a sheet of zeros) harms nobody
_MAX_PARTS = 10_000
# Texts, styles and the rest are held in memory by every reader; only rows are streamed.
_HELD_MOST = 256 * MIB
_ENTITIES = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ROWS = ("xl/worksheets/", "content.xml")


def check_package(path: Path, format: str, limits: Limits) -> None:
    """Raises Unreadable for a package that must not be unpacked, OSError for one not there."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            _check_sizes(parts, path.stat().st_size, limits)
            if any(part.flag_bits & 1 for part in parts):
                raise Unreadable("password-locked")
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    _check_part(archive, part)
    except READ_ERRORS as error:
        raise Unreadable("format-error", format=format) from error


def _check_sizes(parts: list[zipfile.ZipInfo], size: int, limits: Limits) -> None:
    unpacked = sum(part.file_size for part in parts)
    held = [p.file_size for p in parts if not p.filename.startswith(_ROWS)]
    bomb = unpacked > _RATIO_FROM and unpacked > size * _RATIO
    large = unpacked > limits.max_unpacked or sum(held) > min(_HELD_MOST, limits.max_unpacked)
    if bomb or large or len(parts) > _MAX_PARTS:
        raise Unreadable("unpacks-too-large", size=in_words(size), unpacked=in_words(unpacked))


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Entities are defined before the first element, so the beginning of a part tells."""
    with archive.open(part) as stream:
        head = stream.read(_HEAD)
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1"
    if _ENTITIES.search(head.decode(encoding, "replace")) or b"\0" in head[:4].lstrip(b"\xff\xfe"):
        raise Unreadable("xml-entities")


def in_words(size: int) -> str:
    """Bytes as a person reads them: `12,5 MB`."""
    return f"{size / MIB:.1f} MB".replace(".", ",")
