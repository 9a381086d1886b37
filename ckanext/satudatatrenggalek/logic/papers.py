"""Keeps decrees and letters with their scans."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ckan.types import AlchemySession as Session

from .. import config
from ..model import blobs
from ..model.papers import PaperRecord
from . import parameters, people
from .messages import conflict

_MB = 1024 * 1024
# What a scan begins with. A name's ending says nothing about the bytes.
_KINDS = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n": "image/png"}


@dataclass(frozen=True)
class Paper:
    """A decree or a letter as a caller sent it. ``scan``: the file, or None."""

    number: str
    sender: str = ""
    dated: date | None = None
    scan: Any = None


def scan_of(data: dict[str, Any], name: str) -> Any:
    """The file a caller sent under ``name``; None when there is none.

    :raises ValidationError: 409, it is no file.
    """
    sent = data.get(name)
    if sent is None or sent == "":
        return None
    if not hasattr(sent, "stream"):
        raise conflict("bad_input", f"Parameter {name} bukan berkas. Kirim pindaiannya.")
    return sent if sent.filename else None


def letter(data: dict[str, Any], file: str) -> Paper:
    """The letter a caller names: sender, number, day, scan."""
    return Paper(
        number=parameters.text(data, "letter"),
        sender=parameters.text(data, "sender"),
        dated=parameters.day(data, "letter_date", "Tanggal surat"),
        scan=scan_of(data, file),
    )


def keep(
    session: Session,
    paper: Paper,
    kind: str,
    offices: tuple[str, str | None],
    person: people.Person,
    at: datetime,
) -> PaperRecord:
    """Keep a paper; the caller commits.

    :param offices: whose people read it: one office, and another one if two are concerned.
    :raises ValidationError: 409, the scan is too large or no scan.
    """
    row = PaperRecord(
        kind=kind,
        number=paper.number,
        dated=paper.dated,
        sender=paper.sender,
        office_id=offices[0],
        other_office_id=offices[1],
        kept_by=person.id,
        kept_at=at,
    )
    if paper.scan is not None:
        _keep_scan(row, paper.scan)
    session.add(row)
    session.flush()
    return row


def _keep_scan(row: PaperRecord, scan: Any) -> None:
    scan.stream.seek(0)
    start = scan.stream.read(8)
    scan.stream.seek(0)
    mimetype = next((kind for head, kind in _KINDS.items() if start.startswith(head)), None)
    if mimetype is None:
        raise conflict(
            "bad_scan", "Pindaian surat harus berupa PDF, JPG, atau PNG. Simpan ulang, lalu kirim."
        )
    try:
        row.sha256, row.size = blobs.put(scan.stream, config.max_upload_mb() * _MB)
    except blobs.TooLarge as error:
        raise conflict(
            "bad_scan", f"Pindaian surat lebih besar dari {config.max_upload_mb()} MB. Kecilkan."
        ) from error
    row.filename = scan.filename.replace("\\", "/").rsplit("/", 1)[-1][:200]
    row.mimetype = mimetype
