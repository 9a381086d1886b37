"""Reads what a caller sent with a step; refuses what cannot be understood, in words."""

from datetime import datetime, timezone
from typing import Any

from ..domain.deadlines import WIB
from ..domain.sop import Item, Verdict
from ..domain.workflow import Answer, Command
from .messages import ITEM_LABELS, conflict

_FINDING_TEXT = ("field", "resource_id", "sheet", "column")
_MAX_TEXT = 4000
_MAX_FINDINGS = 1000


def read(data: dict[str, Any]) -> tuple[Command, list[dict[str, Any]]]:
    """The command and its findings (rows for ``satudata_finding``).

    :raises ValidationError: 409, with a sentence naming the part that is wrong.
    """
    findings = _findings(data.get("findings") or [])
    command = Command(
        comment=_text(data.get("comment"), "Catatan"),
        content_hash=str(data.get("content_hash") or ""),
        checklist=_checklist(data.get("checklist") or {}),
        findings=len(findings),
        release_at=_moment(data.get("release_at")),
        target_office=str(data.get("target_office") or ""),
        decree=_text(data.get("decree"), "Nomor keputusan"),
    )
    return command, findings


def _text(value: Any, what: str) -> str:
    text = str(value or "").strip()
    if len(text) > _MAX_TEXT:
        raise conflict("bad_input", f"{what} terlalu panjang. Ringkas sampai {_MAX_TEXT} huruf.")
    return text


def _moment(value: Any) -> datetime | None:
    if not value:
        return None
    try:
        moment = datetime.fromisoformat(str(value).replace("Z", "+00:00"))
    except ValueError as error:
        raise conflict(
            "bad_input", "Waktu rencana diseminasi tidak terbaca. Tulis seperti 2026-11-30T08:00."
        ) from error
    # A time without a zone is what people here read off the wall: WIB.
    return (moment if moment.tzinfo else moment.replace(tzinfo=WIB)).astimezone(timezone.utc)


def _checklist(sent: Any) -> dict[Item, Answer]:
    if not isinstance(sent, dict):
        raise conflict("bad_input", "Daftar periksa harus berupa butir dan keputusannya.")
    return {_item(name): _answer(name, answer) for name, answer in sent.items()}


def _item(name: Any) -> Item:
    if name not in ITEM_LABELS:
        known = ", ".join(ITEM_LABELS)
        raise conflict("bad_input", f"Butir periksa '{name}' tidak dikenal. Pakai: {known}.")
    return Item(name)


def _answer(name: str, sent: Any) -> Answer:
    verdict = sent.get("verdict") if isinstance(sent, dict) else None
    known = [member.value for member in Verdict]
    if not isinstance(sent, dict) or verdict not in known:
        raise conflict(
            "bad_input",
            f"Keputusan butir '{name}' tidak dikenal. Pakai salah satu: {', '.join(known)}.",
        )
    return Answer(Verdict(verdict), _text(sent.get("note"), "Alasan"))


def _findings(sent: Any) -> list[dict[str, Any]]:
    if not isinstance(sent, list) or len(sent) > _MAX_FINDINGS:
        raise conflict(
            "bad_input", f"Catatan harus berupa daftar, paling banyak {_MAX_FINDINGS} butir."
        )
    return [_finding(row, number) for number, row in enumerate(sent, 1)]


def _finding(sent: Any, number: int) -> dict[str, Any]:
    if not isinstance(sent, dict) or not str(sent.get("text") or "").strip():
        raise conflict(
            "missing_finding", f"Catatan ke-{number} belum berisi kalimat. Tulis isinya."
        )
    row = sent.get("row")
    if row not in (None, "") and not str(row).isdigit():
        raise conflict("bad_input", f"Baris pada catatan ke-{number} harus angka.")
    return {
        "item": _item(sent.get("item") or Item.STANDARD.value).value,
        "text": _text(sent["text"], f"Catatan ke-{number}"),
        "row": int(row) if row not in (None, "") else None,
        **{name: (str(sent[name]) if sent.get(name) else None) for name in _FINDING_TEXT},
    }
