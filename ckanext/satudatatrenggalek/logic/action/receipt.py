"""The receipt of a submission, for offices that still need paper."""

from datetime import datetime
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import AlchemySession as Session

from ... import config
from ...documents import receipt as papers
from ...documents.receipt import Receipt
from ...domain import words
from ...model import audit, contents
from ...model.audit import AuditRecord
from ...model.tables import SubmissionRecord
from .. import lookup, parameters, people, showing
from ..messages import conflict

__all__ = ["satudata_receipt_show"]


@tk.side_effect_free
def satudata_receipt_show(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """What was last submitted: by whom, when, which files, under which content hash.

    :param id: the submission, dataset or working copy.
    :returns: ``{id, facts [{label, text}], files [{name, filename, sha256, size}], address,
        content_hash, submitted}``; for our own page also ``pdf`` (bytes).
    :raises ObjectNotFound: nothing the caller may read.
    :raises ValidationError: 409 wrong_state, it was never submitted.
    """
    tk.check_access("satudata_receipt_show", context, data_dict)
    session: Session = context["session"]
    record, _ = lookup.submission(session, parameters.needed(data_dict, "id"))
    if not lookup.may_read(context, record, people.actor(context), session):
        raise tk.ObjectNotFound
    rows = audit.history(session, [record.id])
    submits = [row for row in rows if row.step == "submit"]
    if not submits:
        raise conflict("wrong_state", "Belum ada tanda terima: dataset ini belum pernah diajukan.")
    made = _receipt(session, record, submits)
    shown = {
        "id": record.id,
        "title": made.title,
        "letterhead": list(made.letterhead),
        "facts": [{"label": name, "text": text} for name, text in papers.facts_of(made) if text],
        "files": [dict(file) for file in made.files],
        "content_hash": made.content_hash,
        "submitted": showing.stamp(made.submitted_at),
        "address": made.address,
    }
    # No request can set this key: bytes are for our own page, JSON has no word for them.
    return {**shown, "pdf": papers.paper(made)} if context.get("for_view") is True else shown


def _receipt(session: Session, record: SubmissionRecord, submits: list[AuditRecord]) -> Receipt:
    last = submits[0]
    kept = contents.of_hash(session, last.content_hash or "")
    files = kept.files if kept else []
    names = ("name", "filename", "sha256", "size")
    metadata = kept.metadata_ if kept else {}
    at: datetime = last.at
    return Receipt(
        letterhead=config.letterhead(),
        regency=config.regency_name(),
        title=str(metadata.get("title") or metadata.get("name") or record.dataset_id),
        office=showing.office_of(last.office_id or record.office_id)["title"],
        edition=words.periode(str(metadata.get("periode") or record.period)),
        number=str(len(submits)),
        submitted_by=last.actor_name,
        submitted_at=at,
        on_behalf=_letter(last),
        content_hash=last.content_hash or "",
        address=tk.h.url_for("meja.submission", id=record.id, _external=True),
        files=tuple({name: file[name] for name in names} for file in files),
    )


def _letter(row: AuditRecord) -> str:
    """Whom the walidata acted for, by which letter; empty for the office itself."""
    letter = row.details.get("on_behalf")
    return f"{letter['sender']}, surat nomor {letter['letter']}" if letter else ""
