"""The receipt (*tanda terima*) of a submission: one page for offices that still need paper."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import segno
import typst

from ..domain.words import ukuran, waktu
from .pdf import STANDARDS

_TEMPLATE = Path(__file__).with_name("tanda_terima.typ")
# One page is one page: of very many files the rest is named by the content hash alone.
MOST_FILES = 8
_LONGEST = 52


@dataclass(frozen=True)
class Receipt:
    """What was handed in. ``files``: name, filename, sha256 (hex), size (bytes) each."""

    letterhead: tuple[str, ...]
    regency: str
    title: str
    office: str
    edition: str
    number: str
    submitted_by: str
    submitted_at: datetime
    on_behalf: str
    content_hash: str
    address: str
    files: tuple[Mapping[str, Any], ...]


def paper(receipt: Receipt) -> bytes:
    """The receipt as PDF bytes; the same receipt gives the same bytes."""
    compiler = typst.Compiler(str(_TEMPLATE), ignore_system_fonts=True)
    pdf = compiler.compile(
        format="pdf",
        sys_inputs={"data": json.dumps(_data(receipt), ensure_ascii=False)},
        pdf_standards=list(STANDARDS),
        timestamp=receipt.submitted_at.replace(microsecond=0),  # typst takes whole seconds
    )
    assert isinstance(pdf, bytes)  # one output without a path is one bytes object
    return pdf


def _data(receipt: Receipt) -> dict[str, object]:
    shown = receipt.files[:MOST_FILES]
    more = len(receipt.files) - len(shown)
    return {
        "letterhead": list(receipt.letterhead),
        "title": receipt.title,
        "facts": [[name, text] for name, text in facts_of(receipt) if text],
        "files": [
            [_short(f["name"]), _short(f["filename"]), ukuran(int(f["size"])), str(f["sha256"])]
            for f in shown
        ],
        "more": f"Dan {more} berkas lain; semuanya tercakup sidik isi di atas." if more else "",
        "address": receipt.address,
        "qr": segno.make(receipt.address, error="m").svg_inline(border=1),
    }


def _short(name: Any) -> str:
    """A name in few lines, with places to break it: people write a title without a space.

    What is left out in the middle is named by the hash beside it.
    """
    text = str(name)
    if len(text) > _LONGEST:
        text = f"{text[: _LONGEST // 2]}...{text[-_LONGEST // 2 :]}"
    return re.sub(r"([_\-.])", "\\1\u200b", text)


def facts_of(receipt: Receipt) -> list[tuple[str, str]]:
    """The receipt's lines as pages and paper write them."""
    return [
        ("Dataset", receipt.title),
        ("Perangkat daerah", receipt.office),
        ("Edisi", receipt.edition),
        ("Pengajuan ke-", receipt.number),
        ("Diajukan oleh", receipt.submitted_by),
        ("Atas nama", receipt.on_behalf),
        ("Diterima portal", waktu(receipt.submitted_at)),
        ("Sidik isi (SHA-256)", receipt.content_hash),
    ]
