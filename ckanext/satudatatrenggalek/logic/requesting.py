"""Requests of the public as the API and the pages get them."""

from datetime import datetime, timedelta
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import AlchemySession as Session

from .. import clock, config
from ..domain import requests as rules
from ..domain import words
from ..domain.deadlines import WorkCalendar, remaining
from ..model import blobs, editions, requests
from ..model.requests import Asked, RequestRecord
from ..model.tables import EditionRecord
from . import people, showing

KIND_LABELS = {"files": "Permintaan berkas", "error": "Laporan kesalahan data"}
STATUS_LABELS = {"new": "Baru", "answered": "Dijawab"}
OUTCOME_LABELS = {"granted": "Dikabulkan", "refused": "Tidak dikabulkan"}


def _common(asked: Asked) -> dict[str, Any]:
    record = asked.record
    return {
        "id": record.id,
        "kind": record.kind,
        "kind_label": KIND_LABELS[record.kind],
        "status": record.status,
        "status_label": STATUS_LABELS[record.status],
        "dataset": {"id": record.dataset_id, "name": asked.name, "title": asked.title},
        "office": showing.office_of(asked.dataset.office_id),
        "message": record.message,
        "created": showing.stamp(record.created_at),
        "due": showing.stamp(record.due_at),
        "outcome": record.outcome,
        "outcome_label": OUTCOME_LABELS.get(record.outcome or "", ""),
        "answer": record.answer,
        "answered": showing.stamp(record.answered_at),
        "edition": record.edition,
        "open_until": showing.stamp(record.open_until),
        "kept_until": showing.stamp(_kept_until(record)),
    }


def _kept_until(record: RequestRecord) -> datetime | None:
    """Until when it is known who asked; None while the request is open."""
    closed = requests.closed_at(record)
    return closed + timedelta(days=config.keep_days()["request"]) if closed else None


def for_staff(asked: Asked, calendar: WorkCalendar) -> dict[str, Any]:
    """A request as those who answer it read it: also who asks, and the clock."""
    record = asked.record
    left = None
    if record.status == rules.Status.NEW.value:
        left = remaining(calendar, record.due_at, clock.now())
    return {
        **_common(asked),
        "name": record.name,
        "email": record.email,
        "user": people.display(record.user_id),
        "answered_by": people.display(record.answered_by),
        "emptied": showing.stamp(record.emptied_at),
        "clock": {
            "kind": left.kind,
            "text": left.text,
            "seconds": left.seconds,
            "due_text": words.waktu(record.due_at),
        }
        if left
        else None,
    }


def for_asker(session: Session, asked: Asked) -> dict[str, Any]:
    """A request as its asker reads it by the secret: the answer, and the files it opens now."""
    token = requests.token_of(asked.record.id)
    common = _common(asked)
    title = editions.public_title(session, asked.record.dataset_id) or asked.name
    edition = opened(session, asked)
    return {
        **common,
        "dataset": {**common["dataset"], "title": title},
        "token": token,
        "url": tk.h.url_for("satudata_requests.read", token=token, _external=True),
        "is_open": edition is not None,
        "files": [
            {
                **{name: file[name] for name in ("resource_id", "name", "filename", "sha256")},
                "size": file["size"],
                "url": tk.h.url_for(
                    "satudata_requests.file",
                    token=token,
                    resource_id=file["resource_id"],
                    _external=True,
                ),
            }
            for file in (edition.files if edition else ())
        ],
    }


def opened(session: Session, asked: Asked) -> EditionRecord | None:
    """The edition whose files a request opens now; None when it opens none."""
    record, dataset = asked.record, asked.dataset
    number = record.edition
    edition = editions.numbered(session, record.dataset_id, number) if number else None
    if edition is None or edition.submission_id in editions.withdrawn(session, record.dataset_id):
        return None
    granted = rules.Granted(record.outcome, record.open_until)
    levels = (asked.released.access, str(edition.metadata_.get("accessRights")))
    at = clock.now()
    return edition if rules.opens_files(granted, at, dataset.public_state, *levels) else None


def file_of(edition: EditionRecord | None, resource_id: str) -> dict[str, Any] | None:
    """A file of an edition whose bytes are there."""
    files = edition.files if edition else ()
    file = next((file for file in files if file["resource_id"] == resource_id), None)
    return file if file and blobs.path_of(file["sha256"]).exists() else None
