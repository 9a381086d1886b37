"""The file gate: what is refused before anything is stored (promises in docs/security.md).

It looks at the name, the size and the bytes, not at the data: a table full of mistakes passes the
gate and gets findings; a program called .csv does not.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from .formats import FORMATS, KIND_WORDS, claimed_format, detect_kind
from .packed import MIB, in_words, is_bomb, unpacked_size

MAX_NAME_BYTES = 200
MAX_UNPACKED = 1024 * MIB
_ACTIVE = re.compile(
    rb"<(?:script|i?frame|frameset|object|embed|applet|form|base|svg)[\s>/]"
    rb"|<meta[^>]{0,200}\srefresh|javascript:|vbscript:"
)
# A page without end of either is looked through once, not once for each beginning.
_TABLE, _CELL = re.compile(rb"<table[\s>]"), re.compile(rb"<t[dh][\s>]")
_RESERVED = frozenset('<>:"|?*')
_MANIFEST = "META-INF/manifest.xml"
_LARGEST_MANIFEST = 8 * MIB


@dataclass(frozen=True)
class Refusal:
    """Why an upload is not taken. code: stable, kebab-case. message: an Indonesian sentence."""

    code: str
    message: str


def inspect_upload(path: Path, filename: str, max_bytes: int) -> Refusal | None:
    """None when the file may be stored. Raises OSError when it cannot be opened.

    filename: as the uploader named it. max_bytes: the portal's limit.
    """
    return check_name(filename) or _check_size(path, max_bytes) or _check_bytes(path, filename)


def check_name(filename: str) -> Refusal | None:
    """Refuse names that are paths, hide their ending or trick a reader."""
    if not filename.strip():
        return Refusal("name-empty", "Berkas tidak punya nama. Beri nama, lalu unggah lagi.")
    if any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Cn") for c in filename):
        return Refusal(
            "name-hidden-characters",
            "Nama berkas memuat karakter tersembunyi. Ganti namanya dengan huruf, angka, dan "
            "garis bawah, lalu unggah lagi.",
        )
    if re.search(r"[/\\]", filename) or filename.startswith(".") or ".." in filename:
        return Refusal(
            "name-path",
            "Nama berkas tidak boleh memuat garis miring, titik ganda, atau diawali titik. "
            "Ganti namanya, lalu unggah lagi.",
        )
    if _RESERVED & set(filename) or filename != filename.strip() or filename.endswith("."):
        return Refusal(
            "name-characters",
            'Nama berkas tidak boleh memuat < > : " | ? * atau spasi dan titik di ujungnya. '
            "Ganti namanya, lalu unggah lagi.",
        )
    if len(filename.encode()) > MAX_NAME_BYTES:
        return Refusal("name-long", "Nama berkas terlalu panjang. Pendekkan, lalu unggah lagi.")
    return _check_extension(filename)


def _check_extension(filename: str) -> Refusal | None:
    extension = claimed_format(filename)
    if extension in FORMATS:
        return None
    if extension in ("xlsm", "xltm", "xlsb", "xla", "xlam"):
        return _macros()
    if extension in ("zip", "rar", "7z", "gz", "tar"):
        return Refusal(
            "archive",
            "Berkas arsip tidak bisa diperiksa. Buka arsipnya, lalu unggah isinya satu per satu.",
        )
    known = ", ".join(FORMATS)
    return Refusal(
        "format-unknown",
        f"Format `{extension[:20] or 'tanpa akhiran'}` belum diterima. Simpan sebagai salah satu "
        f"dari: {known}.",
    )


def _check_size(path: Path, max_bytes: int) -> Refusal | None:
    size = path.stat().st_size
    if size == 0:
        return Refusal("empty", "Berkas kosong (0 byte). Simpan ulang, lalu unggah lagi.")
    if size > max_bytes:
        return Refusal(
            "too-large",
            f"Ukuran berkas {in_words(size)}, batasnya {in_words(max_bytes)}. Pecah berkas menjadi "
            "beberapa bagian, misalnya per tahun.",
        )
    return None


def _check_bytes(path: Path, filename: str) -> Refusal | None:
    claimed, kind = claimed_format(filename), detect_kind(path)
    if kind == "locked":
        return _locked()
    if kind == "program":
        return Refusal(
            "program",
            f"Berkas bernama .{claimed} ini ternyata program komputer. Berkas tidak disimpan.",
        )
    if claimed == "xls" and kind == "html":
        return _check_page(path)
    if kind not in FORMATS[claimed].kinds and not _text_of_any_start(claimed, kind, path):
        return Refusal(
            "wrong-kind",
            f"Berkas bernama .{claimed}, tetapi isinya {KIND_WORDS[kind]}. Buka berkasnya, simpan "
            f"ulang sebagai {claimed.upper()}, lalu unggah lagi.",
        )
    if kind in ("xlsx", "ods", "docx"):
        return _check_package(path)
    return _check_xls(path) if kind == "xls" else None


def _check_page(path: Path) -> Refusal | None:
    """HTML named .xls passes when it is a table and nothing that acts.

    Half of the web applications of the government export so; Excel opens it, and no browser
    renders a file of that name. Scripts, frames and forms have no place in a table.
    """
    content = path.read_bytes().replace(b"\0", b"").lower()  # zeros: UTF-16
    table = _TABLE.search(content)
    if table is None or not _CELL.search(content, table.end()) or _ACTIVE.search(content):
        return Refusal(
            "wrong-kind",
            "Berkas bernama .xls, tetapi isinya halaman web, bukan sekadar tabel. Buka di Excel, "
            "simpan ulang sebagai XLSX, lalu unggah lagi.",
        )
    return None


def _text_of_any_start(claimed: str, kind: str, path: Path) -> bool:
    """A CSV may begin with a bracket; whole JSON or XML documents named .csv are refused."""
    if claimed not in ("csv", "tsv") or kind != "json":
        return False
    with path.open("rb") as stream:
        start = stream.read(4096).lstrip(b"\xef\xbb\xbf \t\r\n")
    return not re.match(rb'(?:\{\s*["}]|\[\s*[\[{"\]])', start)


def _check_package(path: Path) -> Refusal | None:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            refusal = _check_parts(parts, path.stat().st_size)
            return refusal or _check_manifest(archive)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, RuntimeError):
        return Refusal(
            "damaged", "Berkas rusak dan tidak bisa dibuka. Simpan ulang, lalu unggah lagi."
        )


def _check_parts(parts: list[zipfile.ZipInfo], size: int) -> Refusal | None:
    if is_bomb(parts, size, MAX_UNPACKED):
        unpacked = in_words(unpacked_size(parts))
        return Refusal(
            "zip-bomb",
            f"Berkas {in_words(size)} ini akan mengembang menjadi {unpacked} bila dibuka. "
            "Hapus baris dan kolom kosong yang berformat, simpan ulang, lalu unggah lagi.",
        )
    names = [part.filename.lower() for part in parts]
    if any(part.flag_bits & 1 for part in parts):
        return _locked()
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
        return _macros()
    if any(name.startswith(("basic/", "scripts/")) for name in names):
        return _macros()
    if any(name.startswith("xl/externallinks/") for name in names):
        return Refusal(
            "external-links",
            "Berkas mengambil angka dari berkas lain. Di Excel buka Data, Edit Links, Break Link, "
            "simpan, lalu unggah lagi.",
        )
    return None


def _check_manifest(archive: zipfile.ZipFile) -> Refusal | None:
    if _MANIFEST not in archive.namelist():
        return None
    with archive.open(_MANIFEST) as stream:
        manifest = stream.read(_LARGEST_MANIFEST + 1)
    if len(manifest) > _LARGEST_MANIFEST:
        raise zipfile.BadZipFile("a manifest larger than any list of parts")
    return _locked() if b"encryption-data" in manifest else None


def _check_xls(path: Path) -> Refusal | None:
    content = path.read_bytes()
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        return _macros()
    return _locked() if _has_filepass(content) else None


def _has_filepass(content: bytes) -> bool:
    """FILEPASS (0x002F) among the first records after the workbook's BOF (0x0809)."""
    start = content.find(b"\x09\x08\x10\x00\x00\x06\x05\x00")
    position = start
    for _ in range(12):
        if position < 0 or position + 4 > len(content):
            return False
        if content[position : position + 2] == b"\x2f\x00":
            return True
        position += 4 + int.from_bytes(content[position + 2 : position + 4], "little")
    return False


def _macros() -> Refusal:
    return Refusal(
        "macros", "Berkas memuat makro. Simpan ulang sebagai XLSX tanpa makro, lalu unggah lagi."
    )


def _locked() -> Refusal:
    return Refusal(
        "password-locked",
        "Berkas tidak bisa dibaca: dikunci kata sandi. Simpan ulang tanpa kata sandi, lalu "
        "unggah lagi.",
    )
