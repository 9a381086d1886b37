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
from ..packed import MIB, in_words, is_bomb, unpacked_size
from .source import READ_ERRORS, Unreadable

_HEAD = 64 * 1024
# Texts, styles and the rest are held in memory by every reader; only rows are streamed.
_HELD_MOST = 256 * MIB
_ENTITIES = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_BEFORE = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"
_PICTURES = "/media/"
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
                if _PICTURES not in part.filename:
                    _check_part(archive, part)
    except READ_ERRORS as error:
        raise Unreadable("format-error", format=format) from error


def _check_sizes(parts: list[zipfile.ZipInfo], size: int, limits: Limits) -> None:
    held = unpacked_size([p for p in parts if not p.filename.startswith(_ROWS)])
    if is_bomb(parts, size, limits.max_unpacked) or held > _HELD_MOST:
        unpacked = in_words(unpacked_size(parts))
        raise Unreadable("unpacks-too-large", size=in_words(size), unpacked=unpacked)


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Entities are defined before the first element, so the beginning of a part tells."""
    with archive.open(part) as stream:
        head = stream.read(_HEAD)
    # A workbook may name its parts as it likes: what they begin with tells, not their ending.
    named = part.filename.lower().endswith((".xml", ".rels"))
    if not named and not head.lstrip(_BEFORE).startswith(b"<"):
        return
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1"
    if _ENTITIES.search(head.decode(encoding, "replace")) or b"\0" in head[:4].lstrip(b"\xff\xfe"):
        raise Unreadable("xml-entities")
