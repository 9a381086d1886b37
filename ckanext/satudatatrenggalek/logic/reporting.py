"""Counts a report for actions, freezes it into a document, and shapes what actions give."""

from datetime import datetime
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import AlchemySession as Session

from .. import config, working_time
from ..documents import pdf, xlsx
from ..documents.report import Issue
from ..domain.figures import STEP_LABELS, Figures, digest
from ..domain.periods import Period
from ..domain.sop import State
from ..domain.words import waktu
from ..model import audit, blobs, document
from ..model import figures as counting
from ..model.document import DocumentRecord
from ..model.figure_lists import Scope
from ..model.tables import new_id
from . import facts, people
from .messages import STATE_LABELS

_TITLE = "Laporan Penyelenggaraan Satu Data"


def issue(session: Session, scope: Scope, person: people.Person) -> DocumentRecord:
    """Freeze the scope's figures, number them, draw the files and put all on the record.

    Does not commit: a number whose document does not come is given again.
    """
    seq, number = document.next_number(session, "report", scope.now)
    figures = count(session, scope, with_listing=True)
    frozen = figures.as_dict()
    record = DocumentRecord(
        id=new_id(),
        seq=seq,
        number=number,
        kind="report",
        title=_TITLE,
        period_from=scope.period.first,
        period_to=scope.period.last,
        figures=frozen,
        figures_sha256=digest(frozen),
        issued_by=person.id or "",
        issued_at=scope.now,
    )
    printed = _issue(record)
    record.files = {
        "pdf": blobs.put(pdf.paper(figures, printed))[0],
        "xlsx": blobs.put(xlsx.workbook(figures, printed))[0],
    }
    session.add(record)
    audit.append(session, _entry(record, person))
    return record


def required_fields() -> tuple[str, ...]:
    return tuple(
        field["field_name"] for field in facts.dataset_fields() if field.get("satudata_required")
    )


def count(session: Session, scope: Scope, with_listing: bool = False) -> Figures:
    listing = counting.listing(session, scope) if with_listing else ()
    return counting.count(session, scope, _limits(), _publisher(), listing)


def _limits() -> dict[State, int]:
    """Ordinary limits in seconds of working time, by the settings in force."""
    day = working_time.calendar(frozenset()).day_length.total_seconds()
    limits = ((state, config.clock_limit(state)) for state in STEP_LABELS)
    return {
        state: round(limit[0] * (day if limit[1] == "day" else 3600))
        for state, limit in limits
        if limit
    }


def _publisher() -> str:
    office = model.Group.get(config.walidata_office())
    return str(office.title or office.name) if office else f"Walidata {config.regency_name()}"


def _issue(record: DocumentRecord) -> Issue:
    return Issue(
        number=record.number,
        title=record.title,
        letterhead=config.letterhead(),
        regency=config.regency_name(),
        issued_at=record.issued_at,
        verify_url=tk.url_for(
            "satudata_document.show", document_id=record.id, qualified=True, locale="default"
        ),
        figures_sha256=record.figures_sha256,
    )


def _entry(record: DocumentRecord, person: people.Person) -> audit.Entry:
    return audit.Entry(
        step="issue_document",
        at=record.issued_at,
        actor_id=person.id,
        actor_name=person.name,
        auth_method=person.auth_method,
        content_hash=record.figures_sha256,
        details={"document": record.id, "number": record.number, "files": record.files},
    )


def shown(record: DocumentRecord, staff: bool) -> dict[str, Any]:
    shown = {
        "id": record.id,
        "number": record.number,
        "kind": record.kind,
        "title": record.title,
        "period_from": record.period_from.isoformat(),
        "period_to": record.period_to.isoformat(),
        "period_text": Period(record.period_from, record.period_to).text,
        "figures_sha256": record.figures_sha256,
        "files": dict(record.files),
        "issued_at": record.issued_at.isoformat(),
        "issued_text": waktu(record.issued_at),
        "publisher": record.figures["publisher"],
        "may_download": staff,
    }
    return {**shown, "issued_by": people.display(record.issued_by)} if staff else shown


def drilled(row: dict[str, Any], labels: dict[str, str]) -> dict[str, Any]:
    missing = [str(labels.get(name, name)) for name in row["detail"].split(", ") if name]
    return {
        "submission_id": row["submission_id"],
        "dataset_id": row["dataset_id"],
        "name": row["name"],
        "title": row["title"],
        "office": {
            "id": row["office_id"],
            "name": row["office_name"],
            "title": row["office_title"],
        },
        "period": row["period"] or "",
        "round": row["round"],
        "at": row["at"].isoformat(),
        "at_text": waktu(row["at"]),
        "who": row["who"],
        "detail": f"Belum terisi: {', '.join(missing)}" if labels and missing else row["detail"],
        "state": row["state"],
        "state_label": STATE_LABELS.get(row["state"] or "", ""),
        "due": _iso(row["due_at"]),
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
