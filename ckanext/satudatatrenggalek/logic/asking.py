"""Reads what a visitor asks of an office; refuses what is missing, and what machines send."""

import ipaddress
import re
from datetime import datetime, timedelta
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import AlchemySession as Session
from flask import has_request_context

from .. import clock, config
from ..domain import requests as rules
from ..domain.requests import Kind, Status
from ..model import days_off, requests, submissions
from ..model.requests import RequestRecord
from ..model.tables import new_id
from . import lookup, parameters
from .messages import conflict

# What a mail header takes as it is: no quoting, no lists, no comments.
_EMAIL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)
_NAME, _ADDRESS, _TEXT = 200, 254, 4000


def read(session: Session, data: dict[str, Any], user_id: str | None) -> RequestRecord:
    """The request a caller sent, not stored yet.

    :raises ValidationError: 409, something is missing or not to be asked here, or too often.
    """
    kind = _kind(session, data)
    record = _record(session, data, kind, user_id)
    _not_too_often(session, record)
    return record


def _kind(session: Session, data: dict[str, Any]) -> Kind:
    known = [kind.value for kind in Kind]
    kind = Kind(parameters.one_of(data, "kind", known) or parameters.needed(data, "kind"))
    _, dataset = lookup.submission(session, parameters.needed(data, "id"))
    released = submissions.by_id(session, dataset.published_submission_id or "")
    level = released.access if released else ""
    if not rules.may_ask(kind, dataset.public_state, level):
        raise conflict(
            "not_offered",
            "Berkas dataset ini tidak perlu diminta: tidak ada yang terbatas di sini."
            if kind is Kind.FILES
            else "Laporan kesalahan hanya untuk dataset yang tampil untuk umum.",
        )
    return kind


def _record(
    session: Session, data: dict[str, Any], kind: Kind, user_id: str | None
) -> RequestRecord:
    dataset, _ = lookup.submission(session, parameters.needed(data, "id"))
    name, email, message = _words(data, kind)
    at = clock.now()
    return RequestRecord(
        id=new_id(),
        dataset_id=dataset.dataset_id,
        kind=kind.value,
        status=Status.NEW.value,
        name=name,
        email=email,
        message=message,
        user_id=user_id,
        asked_from=requests.sender_mark(_sender()),
        created_at=at,
        due_at=_due(session, kind, at),
        answer="",
    )


def _words(data: dict[str, Any], kind: Kind) -> tuple[str, str, str]:
    """Name, e-mail address and message."""
    if parameters.text(data, "website"):
        raise conflict("bad_input", "Kosongkan isian Situs web, lalu kirim lagi.")
    name = parameters.plain(data.get("name"), "Nama", _NAME)
    email = parameters.plain(data.get("email"), "Surel", _ADDRESS)
    message = parameters.plain(data.get("message"), "Isi permintaan", _TEXT)
    if not name:
        raise conflict("bad_input", "Tulis nama Anda.")
    if not _EMAIL.fullmatch(email):
        raise conflict("bad_input", "Surel tidak terbaca. Tulis seperti nama@contoh.id.")
    if not message:
        wanted = "keperluan Anda" if kind is Kind.FILES else "apa yang keliru, dan di bagian mana"
        raise conflict("bad_input", f"Tulis {wanted}.")
    return name, email.lower(), message


def _due(session: Session, kind: Kind, at: datetime) -> datetime:
    days = config.request_rules()[kind.value]
    calendar = days_off.calendar(session)
    return calendar.add(at, calendar.day_length * days)


def _sender() -> str:
    """The network a request came from; a proxy on this machine names the address before it.

    Nobody else is believed about it. Of IPv6 the 64 bits count that one customer gets.
    """
    if not has_request_context():
        return ""
    near = str(tk.request.remote_addr or "")
    passed_on = str(tk.request.headers.get("X-Forwarded-For", "")).rsplit(",", 1)[-1].strip()
    try:
        if passed_on and ipaddress.ip_address(near).is_loopback:
            near = passed_on
        address = ipaddress.ip_address(near)
    except ValueError:
        return near
    if address.version == 4:
        return near
    return str(ipaddress.ip_network((address, 64), strict=False))


def _not_too_often(session: Session, record: RequestRecord) -> None:
    since = record.created_at - timedelta(hours=1)
    asked = requests.asked_lately(session, record.asked_from, record.email, since)
    if asked >= config.request_rules()["hourly"]:
        raise conflict(
            "too_often",
            "Terlalu banyak permintaan dalam satu jam. Simpan isian Anda, lalu kirim lagi nanti.",
        )
