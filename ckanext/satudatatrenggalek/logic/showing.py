"""A submission as the API and the pages get it."""

from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

from ckan import model
from ckan.types import AlchemySession as Session

from .. import clock
from ..domain import words, workflow
from ..domain.deadlines import WorkCalendar, remaining
from ..domain.sop import CLOCKS, DEED_BY_NAME, OPEN_STATES, SOP_STEP_OF, STEP_BY_NAME, State
from ..domain.workflow import Actor
from ..model import audit, checks, copies, days_off, editions, kept_checklists, submissions
from ..model.tables import DatasetRecord, SubmissionRecord
from . import beside, differences, holding, owed, people, steps
from .facts import Facts, field_labels, lies_in_edition
from .messages import AUTH_LABELS, ROLE_LABELS, STATE_LABELS, sentence


def stamp(moment: datetime | None) -> str | None:
    """A moment as the API writes it: ISO 8601, UTC."""
    return moment.astimezone(timezone.utc).isoformat() if moment else None


def office_of(office_id: str) -> dict[str, str]:
    """An office as pages show it."""
    group = model.Group.get(office_id)
    if group is None:
        return {"id": office_id, "name": office_id, "title": office_id}
    return {"id": group.id, "name": group.name, "title": group.title or group.name}


def clock_of(record: SubmissionRecord, calendar: WorkCalendar) -> dict[str, Any] | None:
    """The clock of the state a submission stands in, in words; None when none runs.

    ``unsure``: it ends in a year whose days off are not all known yet.
    """
    if record.due_at is None or State(record.state) not in CLOCKS:
        return None
    left = remaining(calendar, record.due_at, clock.now())
    return {
        "kind": left.kind,
        "text": left.text,
        "seconds": left.seconds,
        "due_text": words.waktu(record.due_at),
        "unsure": not calendar.knows(record.due_at),
    }


def public(dataset: DatasetRecord) -> dict[str, Any]:
    """All that somebody without a role may know: the public state of the dataset."""
    state = dataset.public_state
    edition = dataset.last_edition if state == "published" else None
    retracted = state == "retracted"
    return {
        "id": dataset.published_submission_id,
        "dataset_id": dataset.dataset_id,
        "public_state": state,
        "state": state,
        "edition": edition,
        "retracted": stamp(dataset.retracted_at) if retracted else None,
        "retract_reason": dataset.retract_reason if retracted else None,
    }


def title_of(session: Session, record: SubmissionRecord) -> str:
    """The title of a submission's dataset, as it stands on its package."""
    package = session.get(model.Package, copies.package_id_of(session, record))
    return (package.title or package.name) if package else record.dataset_id


def step_row(step: Any) -> dict[str, Any]:
    """A step as a button: its name, its words, what it needs."""
    return {
        "name": step.name,
        "label": step.label,
        "needs_comment": step.needs_comment,
        "needs_hash": step.needs_hash,
        "needs_finding": step.needs_finding,
        "needs_checklist": step.needs_checklist,
        "needs_decree": step.needs_decree,
        "opens_submission": step.opens_submission,
    }


def _blocked(
    submission: workflow.Submission, step: Any, labels: dict[str, str]
) -> list[dict[str, str]]:
    return [
        {"reason": refusal.reason, "message": sentence(refusal, labels)}
        for refusal in steps.blocked(submission, step)
    ]


def full(session: Session, facts: Facts, dataset: DatasetRecord, actor: Actor) -> dict[str, Any]:
    """Everything about a submission, for somebody who may read it."""
    record, submission = facts.record, facts.submission
    labels = field_labels()
    return {
        "id": record.id,
        "dataset_id": record.dataset_id,
        "working_copy_id": record.working_copy_id,
        "package_id": copies.package_id_of(session, record),
        "is_working_copy": copies.is_working_copy(record),
        "name": facts.package["name"],
        "public_name": facts.content.metadata["name"],
        "title": facts.package.get("title") or facts.package["name"],
        "office": office_of(record.office_id),
        "public_state": dataset.public_state,
        "public_edition": dataset.last_edition or None,
        "retracted": stamp(dataset.retracted_at),
        "retract_reason": dataset.retract_reason,
        "state": record.state,
        "state_label": STATE_LABELS[record.state],
        "edition": record.edition,
        "round": record.round,
        "kind": record.kind,
        "priority": record.priority,
        "access": record.access,
        "urgent": record.urgent,
        "period": record.period,
        "sop_step": SOP_STEP_OF[State(record.state)],
        "available_steps": [
            {**step_row(step), "blocked": _blocked(submission, step, labels)}
            for step in steps.offered(submission, actor)
        ],
        "may_edit": workflow.may_edit(submission, actor) is None,
        "may_claim": holding.may_decide(submission, actor),
        "due": stamp(record.due_at),
        "clock": clock_of(record, days_off.calendar(session)),
        "content_hash": facts.content.hash,
        "claimed_by": people.display(record.claimed_by),
        "is_mine": holding.holds(submission, actor, record.claimed_by),
        "kept_checklist": kept_checklists.of(
            session, record, actor.user_id or "", facts.content.hash
        ),
        "release_at": stamp(record.release_at),
        "unchanged_since": _unchanged_since(session, facts, dataset),
        "missing": [{"field": f, "label": labels.get(f, f)} for f in submission.missing_fields],
        "machine": machine(facts.checks),
        **answers(session, record.id),
        "history": history(session, record.id),
        "metadata": facts.content.metadata,
        "resources": [] if lies_in_edition(record) else facts.package["resources"],
        "open_submission": None,
        "waiting": owed.of_submission(session, record),
        **beside.shown(session, facts, actor),
    }


def _unchanged_since(session: Session, facts: Facts, dataset: DatasetRecord) -> int | None:
    """The number of the edition that a next one repeats as it is; None where it does not."""
    record = facts.record
    if State(record.state) not in OPEN_STATES or not copies.is_working_copy(record):
        return None
    last = editions.numbered(session, record.dataset_id, dataset.last_edition)
    return last.number if last is not None and differences.unchanged(last, facts) else None


def machine(results: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """What the machine found over all files: counts, pending files, counts by item."""
    items: dict[str, dict[str, int]] = {}
    for result in results.values():
        for item, counts in result["items"].items():
            total = items.setdefault(item, {"errors": 0, "warnings": 0})
            total["errors"] += counts["errors"]
            total["warnings"] += counts["warnings"]
    return {
        "errors": sum(result["errors"] for result in results.values()),
        "warnings": sum(result["warnings"] for result in results.values()),
        "pending": sum(result["status"] == checks.PENDING for result in results.values()),
        "items": items,
        "files": results,
    }


def answers(session: Session, submission_id: str) -> dict[str, list[dict[str, Any]]]:
    """Findings and verdicts on a submission, oldest first."""
    findings = submissions.findings(session, submission_id)
    verdicts = submissions.verdicts(session, submission_id)
    by = {row.user_id for row in (*findings, *verdicts)} | {row.mended_by for row in findings}
    people_named = people.displays([who for who in by if who])
    return {
        "findings": [finding(row, people_named) for row in findings],
        "verdicts": [verdict(row, people_named) for row in verdicts],
    }


def finding(row: Any, people_named: Mapping[str, dict[str, str]]) -> dict[str, Any]:
    """A finding as the API gives it. :param people_named: as ``people.displays``."""
    names = ("id", "round", "item", "field", "resource_id", "sheet", "row", "column", "text")
    return {
        **{name: getattr(row, name) for name in names},
        "source": row.source,
        "by": people_named.get(row.user_id),
        "created": stamp(row.created_at),
        "mended": row.mended_at is not None,
        "mended_at": stamp(row.mended_at),
        "mended_by": people_named.get(row.mended_by),
    }


def verdict(row: Any, people_named: Mapping[str, dict[str, str]]) -> dict[str, Any]:
    """A verdict as the API gives it. :param people_named: as ``people.displays``."""
    return {
        "item": row.item,
        "verdict": row.verdict,
        "note": row.note,
        "round": row.round,
        "by": people_named.get(row.user_id),
        "at": stamp(row.at),
    }


_OWN_LABELS = {
    "create": "Membuat draf",
    "edit": "Mengubah isi",
    "claim": "Mengambil tugas",
    "unclaim": "Melepas tugas",
    "hand_over": "Menyerahkan tugas kepada petugas lain",
    "appoint": "Menunjuk petugas",
    "invite": "Mengundang petugas baru",
    "substitute": "Menunjuk Plh.",
    "appointment_end": "Menetapkan hari terakhir penunjukan",
    "dismiss": "Mengakhiri penunjukan",
    "office_update": "Mengubah masa berlaku perangkat daerah",
    "signoff_rule": "Mengatur persetujuan kepala perangkat daerah",
    "on_behalf_end": "Menutup izin atas nama perangkat daerah",
    "add_holiday": "Mencatat hari libur daerah",
    "remove_holiday": "Menghapus hari libur daerah",
    "issue_document": "Menerbitkan laporan",
    "request_answer": "Menjawab permintaan publik",
    "requests_emptied": "Data pribadi pemohon dihapus sesudah masa simpannya",
    "request_download": "Berkas diambil lewat permintaan yang dikabulkan",
}


def history(session: Session, submission_id: str) -> list[dict[str, Any]]:
    """The record of a submission, newest first."""
    return [event(row) for row in audit.history(session, [submission_id])]


def event(row: audit.AuditRecord) -> dict[str, Any]:
    """A row of the record as the API gives it, with its words."""
    verb = STEP_BY_NAME.get(row.step) or DEED_BY_NAME.get(row.step)
    replaced = row.details.get("in_name_of")
    title = f"{row.actor_name} (Plh. atas nama {replaced['title']})" if replaced else row.actor_name
    return {
        "at": stamp(row.at),
        "at_text": words.waktu(row.at),
        "step": row.step,
        "label": verb.label if verb else _OWN_LABELS.get(row.step, row.step),
        "actor": {"id": row.actor_id, "name": row.actor_name, "title": title},
        "in_name_of": replaced,
        "role": row.role,
        "role_label": ROLE_LABELS.get(row.role or "", ""),
        "from": row.from_state,
        "from_label": STATE_LABELS.get(row.from_state or "", ""),
        "to": row.to_state,
        "to_label": STATE_LABELS.get(row.to_state or "", ""),
        "note": row.note,
        "auth_method": row.auth_method,
        "auth_label": AUTH_LABELS.get(row.auth_method, row.auth_method),
        "content_hash": row.content_hash,
        "details": row.details,
    }
