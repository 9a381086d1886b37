"""Which files the portal takes, and what a file's first bytes say it is.

The list is here and nowhere else. Tabular formats are read and checked cell by
cell; the others are kept as documents or geometry. Archives are not taken:
their contents could not be checked (Perpres 39/2019 Ps 9 asks for open,
machine-readable formats).
"""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Format:
    """One accepted format: its extension, the byte kinds it may have, and whether it is a table."""

    name: str
    kinds: frozenset[str]
    tabular: bool = False
    open: bool = True


FORMATS = {
    f.name: f
    for f in (
        Format("csv", frozenset({"text"}), tabular=True),
        Format("tsv", frozenset({"text"}), tabular=True),
        Format("xlsx", frozenset({"xlsx"}), tabular=True),
        Format("xls", frozenset({"xls"}), tabular=True, open=False),
        Format("ods", frozenset({"ods"}), tabular=True),
        Format("json", frozenset({"json"})),
        Format("geojson", frozenset({"json"})),
        Format("xml", frozenset({"xml"})),
        Format("pdf", frozenset({"pdf"}), open=False),
        Format("docx", frozenset({"docx"}), open=False),
    )
}
TABULAR = frozenset(name for name, f in FORMATS.items() if f.tabular)
SPREADSHEETS = frozenset({"xlsx", "xls", "ods"})
# The sheet we add to a marked workbook; it is passed over when the file comes back.
FINDINGS_SHEET = "Temuan portal"

KIND_WORDS = {
    "empty": "berkas kosong",
    "text": "teks biasa",
    "json": "JSON",
    "xml": "XML",
    "html": "halaman web (HTML)",
    "pdf": "PDF",
    "xlsx": "Excel (XLSX)",
    "xls": "Excel lama (XLS)",
    "ods": "OpenDocument (ODS)",
    "docx": "Word (DOCX)",
    "locked": "berkas Office terkunci kata sandi",
    "ole": "berkas Office lama",
    "zip": "arsip ZIP",
    "archive": "arsip terkompresi",
    "program": "program komputer",
    "image": "gambar",
    "binary": "berkas biner yang tidak dikenal",
}

_MAGIC = (
    (b"%PDF-", "pdf"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"#!", "program"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"\x1f\x8b", "archive"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ", "archive"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = (
    *("<!doctype html", "<html", "<head", "<body", "<table", "<script", "<meta"),
    *("<style", "<center", "<div", "<h1", "<h2", "<h3", "<h4", "<title"),  # exports begin so, too
)
_HEAD = 4096
_CHUNK = 1024 * 1024
_ENTRY = b"PK\x01\x02"
MOST_ENTRIES = 50_000  # a workbook has tens; other packages inside of it bring theirs


def claimed_format(filename: str) -> str:
    """Extension of a file name in lower case without its dot, "" when there is none."""
    stem, dot, extension = filename.rpartition(".")
    return extension.lower() if dot and stem else ""


def detect_kind(path: Path) -> str:
    """What the bytes are, as a key of KIND_WORDS. Raises OSError only."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if not head:
        return "empty"
    if head.startswith(_OLE):
        return _ole_kind(path)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(path)
    for magic, kind in _MAGIC:
        if head.startswith(magic) and not (magic == b"MZ" and b"\0" not in head):
            return kind
    return _text_kind(head)


def _ole_kind(path: Path) -> str:
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "locked"
    if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        return "xls"
    return "ole"


def _zip_kind(path: Path) -> str:
    if _entries(path) > MOST_ENTRIES:
        return "zip"
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if "xl/workbook.xml" in names:
                return "xlsx"
            if "word/document.xml" in names:
                return "docx"
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                mimetype = archive.read("mimetype")
                return "ods" if b"opendocument.spreadsheet" in mimetype else "zip"
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, ValueError, NotImplementedError):
        return "zip"
    return "zip"


def _entries(path: Path) -> int:
    """Entries of a ZIP file's directory, without opening it.

    To open it makes an object of each: a file of 100 MB can list two million.
    """
    count, before = 0, b""
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            count += (before + chunk).count(_ENTRY)
            before = chunk[1 - len(_ENTRY) :]
    return count


def _text_kind(head: bytes) -> str:
    text = _as_text(head)
    if text is None:
        return "binary"
    start = text.lstrip("\ufeff \t\r\n").lower()
    if start.startswith(_HTML):
        return "html"
    if start.startswith(("<?xml", "<kml", "<gml")):
        return "html" if "<html" in start else "xml"
    if start.startswith(("{", "[")):
        return "json"
    return "text"


def _as_text(head: bytes) -> str | None:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    if b"\0" in head:
        return _utf16_without_mark(head)
    odd = sum(1 for byte in head if byte < 32 and byte not in (9, 10, 12, 13, 26, 27))
    return None if odd > len(head) // 20 else head.decode("utf-8", "replace")


def _utf16_without_mark(head: bytes) -> str | None:
    """UTF-16 of Latin text has a zero in every second byte; anything else with zeros is binary."""
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros, others = head[first::2], head[1 - first :: 2]
        if zeros.count(0) > len(zeros) * 0.9 and others.count(0) == 0:
            return head.decode(encoding, "replace")
    return None
