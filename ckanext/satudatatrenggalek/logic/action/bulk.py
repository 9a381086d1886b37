"""Many submissions at once, each by its own hash and checklist; checklists kept before that."""

from collections.abc import Mapping
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import AlchemySession as Session
from sqlalchemy.exc import SQLAlchemyError

from ... import clock, config
from ...domain import needs, workflow
from ...domain.sop import STEP_BY_NAME, STEPS, Step
from ...domain.workflow import Refusal
from ...model import kept_checklists, submissions
from ...model.tables import SubmissionRecord
from .. import commands, facts, lookup, parameters, people, showing
from ..messages import STATE_LABELS, conflict, refused, sentence

__all__ = [
    "satudata_checklist_keep",
    "satudata_step_take_many",
]

_MOST = 50
_MANY = [step.name for step in STEPS if step.for_many]
_UNKNOWN = "Tidak ada, atau bukan untuk Anda. Muat ulang meja kerja untuk melihat yang menunggu."
_FAILED = "Belum tersimpan karena gangguan di portal. Tidak ada yang berubah; coba lagi."


def satudata_checklist_keep(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Keep a checker's answers without deciding yet; *sesuai* for many submissions uses them.

    :param id: as for ``satudata_step_take``. :param checklist: likewise; items may be missing.
    :param content_hash: of the content the answers are about; on other content they are void.
    :returns: ``{id, answers, complete, message}``; the message says what is still missing.
    """
    tk.check_access("satudata_checklist_keep", context, data_dict)
    session: Session = context["session"]
    command, _ = commands.read(data_dict)
    record, known = _checkable(context, session, parameters.needed(data_dict, "id"))
    if not command.content_hash:
        raise refused(Refusal("missing_hash"))
    if command.content_hash != known.content.hash:
        raise refused(Refusal("stale_hash"))
    answers = {
        item.value: {"verdict": answer.verdict.value, "note": answer.note}
        for item, answer in command.checklist.items()
    }
    by, at = people.caller(context).id, clock.now()
    assert by is not None  # somebody holds a role
    kept_checklists.keep(session, record, by, known.content.hash, answers, at)
    session.commit()
    lacking = needs.content(known.submission, STEP_BY_NAME["conform"], command, config.rules())
    return {
        "id": record.id,
        "answers": answers,
        "complete": lacking is None,
        "message": sentence(lacking) if lacking else "Daftar periksa lengkap.",
    }


def _checkable(context: Any, session: Session, key: str) -> tuple[SubmissionRecord, facts.Facts]:
    """A submission the caller may check now, its row locked."""
    found, _ = lookup.submission(session, key)
    actor = people.actor(context)
    if not lookup.may_read(context, found, actor, session):
        raise tk.ObjectNotFound
    record = submissions.by_id(session, found.id, lock=True)
    assert record is not None  # found above; submissions are never deleted
    known = facts.gather(session, record)
    refusal = workflow.judge(known.submission, STEP_BY_NAME["conform"], actor, config.rules())
    if refusal:
        session.rollback()
        raise refused(refusal)
    return record, known


def satudata_step_take_many(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Take one step of many submissions, each in a transaction of its own.

    :param step: one of those the table offers for many (conform, approve).
    :param rows: ``[{id, content_hash, checklist, comment, release_at}]``, at most 50. Without a
        ``checklist`` the one the caller kept for this very content counts; the machine's
        answers alone never do.
    :returns: ``{step, results [{id, title, ok, state, state_label, reason, message}], taken,
        refused}``, in the order of ``rows``. A refused row changes nothing and stops no other.
    """
    tk.check_access("satudata_step_take_many", context, data_dict)
    parameters.needed(data_dict, "step")
    step = STEP_BY_NAME[parameters.one_of(data_dict, "step", _MANY)]
    rows = _rows(data_dict.get("rows"))
    results = [_one(_caller_of(context), step, row) for row in rows]
    taken = sum(row["ok"] for row in results)
    return {
        "step": step.name,
        "results": results,
        "taken": taken,
        "refused": len(results) - taken,
    }


def _rows(sent: Any) -> list[dict[str, Any]]:
    if not isinstance(sent, list) or not sent:
        raise conflict("bad_input", "Pilih paling sedikit satu dataset.")
    if len(sent) > _MOST:
        raise conflict("bad_input", f"Sekaligus paling banyak {_MOST} dataset. Kurangi pilihannya.")
    if not all(isinstance(row, dict) for row in sent):
        raise conflict("bad_input", "Setiap baris harus berupa id dan content_hash.")
    keys = [parameters.needed(row, "id") for row in sent]
    if len(set(keys)) < len(keys):
        raise conflict("bad_input", "Ada dataset yang tertulis dua kali. Sebut sekali saja.")
    return sent


def _caller_of(context: Any) -> Any:
    """The same person, and nothing else a context might carry from row to row."""
    names = ("user", "auth_user_obj")
    return {name: context[name] for name in names if name in context} | {"ignore_auth": False}


def _one(context: Any, step: Step, row: Mapping[str, Any]) -> dict[str, Any]:
    key = parameters.needed(dict(row), "id")
    try:
        sent = {**row, "id": key, "step": step.name, "findings": []}
        if step.needs_checklist and not row.get("checklist"):
            sent["checklist"] = _kept(context, key, row)
        after = tk.get_action("satudata_step_take")(context, sent)
    except tk.ObjectNotFound:
        return _refused(key, "", "not_found", _UNKNOWN)
    except tk.NotAuthorized as error:
        return _refused(key, _title(context, key), "wrong_role", str(error))
    except tk.ValidationError as error:
        said = error.error_dict
        reason, message = str(said.get("reason", "refused")), str(said.get("message", ""))
        return _refused(key, _title(context, key), reason, message or str(error.error_summary))
    except SQLAlchemyError:
        model.Session.rollback()
        return _refused(key, "", "failed", _FAILED)
    label = STATE_LABELS[after["state"]]
    title = after.get("title", "")
    return {
        "id": key,
        "title": title,
        "ok": True,
        "state": after["state"],
        "state_label": label,
        "reason": None,
        "message": f"Status sekarang: {label.lower()}.",
    }


def _refused(key: str, title: str, reason: str, message: str) -> dict[str, Any]:
    model.Session.rollback()
    return {
        "id": key,
        "title": title,
        "ok": False,
        "state": None,
        "state_label": None,
        "reason": reason,
        "message": message,
    }


def _kept(context: Any, key: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """The answers the caller kept for this submission and this content."""
    record, _ = lookup.submission(model.Session, key)
    by = people.caller(context).id
    seen = parameters.text(dict(row), "content_hash")
    return kept_checklists.of(model.Session, record, by, seen) if by else {}


def _title(context: Any, key: str) -> str:
    """The title, for whoever may read it."""
    model.Session.rollback()
    record, _ = lookup.submission(model.Session, key)
    actor = people.actor({**context, "session": model.Session})
    if not lookup.may_read(context, record, actor, model.Session):
        return ""
    return showing.title_of(model.Session, record)
