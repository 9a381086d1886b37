"""Reads what a caller sent with a step; refuses what cannot be understood, in words."""

from datetime import datetime, timezone
from typing import Any

from ..domain.deadlines import WIB
from ..domain.sop import Item, Verdict
from ..domain.words import YEARS, baca_bilangan
from ..domain.workflow import Answer, Command
from . import lookup
from .messages import ITEM_LABELS, conflict
from .parameters import plain

_FINDING_TEXT = ("field", "resource_id", "sheet", "column")
_MAX_FINDINGS = 1000
_MAX_ROW = 2**31 - 1


def read(data: dict[str, Any]) -> tuple[Command, list[dict[str, Any]]]:
    """The command and its findings (rows for ``satudata_finding``).

    :raises ValidationError: 409, with a sentence naming the part that is wrong.
    """
    findings = _findings(data.get("findings") or [])
    command = Command(
        comment=plain(data.get("comment"), "Catatan"),
        content_hash=plain(data.get("content_hash"), "Sidik isi (content_hash)"),
        checklist=_checklist(data.get("checklist") or {}),
        findings=len(findings),
        release_at=_moment(data.get("release_at")),
        office=_office(data.get("office")),
        decree=plain(data.get("decree"), "Nomor keputusan"),
    )
    return command, findings


def _office(value: Any) -> str:
    name = plain(value, "Perangkat daerah tujuan")
    return lookup.office_in_force(name).id if name else ""


def _moment(value: Any) -> datetime | None:
    text = plain(value, "Waktu rencana diseminasi")
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError as error:
        raise conflict(
            "bad_input", "Waktu rencana diseminasi tidak terbaca. Tulis seperti 2026-11-30T08:00."
        ) from error
    if moment.year not in YEARS[1:-1]:
        raise conflict(
            "bad_input", f"Tahun {moment.year} bukan tahun rencana diseminasi. Periksa waktunya."
        )
    # A time without a zone is what people here read off the wall: WIB.
    return (moment if moment.tzinfo else moment.replace(tzinfo=WIB)).astimezone(timezone.utc)


def _checklist(sent: Any) -> dict[Item, Answer]:
    if not isinstance(sent, dict):
        raise conflict("bad_input", "Daftar periksa harus berupa butir dan keputusannya.")
    return {_item(name): _answer(name, answer) for name, answer in sent.items()}


def _item(name: Any) -> Item:
    text = plain(name, "Butir periksa")
    if text not in ITEM_LABELS:
        known = ", ".join(ITEM_LABELS)
        raise conflict("bad_input", f"Butir periksa '{text}' tidak dikenal. Pakai: {known}.")
    return Item(text)


def _answer(name: str, sent: Any) -> Answer:
    verdict = sent.get("verdict") if isinstance(sent, dict) else None
    known = [member.value for member in Verdict]
    if not isinstance(sent, dict) or verdict not in known:
        raise conflict(
            "bad_input",
            f"Keputusan butir '{name}' tidak dikenal. Pakai salah satu: {', '.join(known)}.",
        )
    return Answer(Verdict(verdict), plain(sent.get("note"), "Alasan"))


def _findings(sent: Any) -> list[dict[str, Any]]:
    if not isinstance(sent, list) or len(sent) > _MAX_FINDINGS:
        raise conflict(
            "bad_input", f"Catatan harus berupa daftar, paling banyak {_MAX_FINDINGS} butir."
        )
    return [_finding(row, number) for number, row in enumerate(sent, 1)]


def _finding(sent: Any, number: int) -> dict[str, Any]:
    what = f"Catatan ke-{number}"
    if not isinstance(sent, dict) or not plain(sent.get("text"), what):
        raise conflict("missing_finding", f"{what} belum berisi kalimat. Tulis isinya.")
    return {
        "item": _item(sent.get("item") or Item.STANDARD.value).value,
        "text": plain(sent["text"], what),
        "row": _row(sent.get("row"), what),
        **{name: plain(sent.get(name), f"{what}, {name},") or None for name in _FINDING_TEXT},
    }


def _row(sent: Any, what: str) -> int | None:
    text = plain(sent, f"Baris pada {what.lower()}")
    row = baca_bilangan(text, _MAX_ROW)
    if text and row is None:
        raise conflict("bad_input", f"Baris pada {what.lower()} harus angka. Tulis misalnya 12.")
    return row
