"""What the public asks of an office about a dataset, and the answers."""

from datetime import timedelta
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import AlchemySession as Session

from ... import clock, config, jobs, request_mail
from ...domain import requests as rules
from ...domain.requests import Kind, Outcome, Status
from ...model import audit, blobs, days_off, outbox, requests
from ...model.requests import Asked
from .. import asking, cursors, locking, parameters, people, requesting
from ..messages import conflict

__all__ = [
    "satudata_request_answer",
    "satudata_request_create",
    "satudata_request_file",
    "satudata_request_list",
    "satudata_request_show",
]

_USUAL, _MOST = 20, 100


def satudata_request_create(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Ask for the files of a restricted dataset, or report an error in a public one.

    :param id: the dataset. :param kind: ``files`` or ``error``.
    :param name, email: whom to answer. :param message: what for, or what is wrong.
    :param website: left empty; only machines fill it in.
    :returns: the request as its asker reads it, with the secret ``token`` and ``url``.
    :raises ValidationError: 409, something is missing or not to be asked here, or too often.
    """
    tk.check_access("satudata_request_create", context, data_dict)
    session: Session = context["session"]
    record = asking.read(session, data_dict, people.caller(context).id)
    session.add(record)
    session.flush()
    outbox.add(
        session, record.dataset_id, request_mail.KIND, record.created_at, request_id=record.id
    )
    session.commit()
    jobs.wake()
    asked = requests.by_id(session, record.id)
    assert asked is not None  # committed just now
    return requesting.for_asker(session, asked)


@tk.side_effect_free
def satudata_request_list(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """What the caller may answer: new ones, the most pressing first, or answered ones.

    :param status: ``new`` (if nothing is said) or ``answered``. :param after, limit: pages, as
        ``satudata_desk_list``.
    :returns: ``{waiting, results, next}``.
    """
    tk.check_access("satudata_request_list", context, data_dict)
    session: Session = context["session"]
    known = [status.value for status in Status]
    status = Status(parameters.one_of(data_dict, "status", known) or Status.NEW.value)
    limit = max(1, parameters.whole(data_dict, "limit", _USUAL, _MOST))
    after = cursors.read(parameters.text(data_dict, "after"))
    seen, calendar = _seen(context), days_off.calendar(session)
    rows = requests.page(session, seen, status, after, limit + 1)
    return {
        "waiting": requests.waiting(session, seen),
        "results": [requesting.for_staff(row, calendar) for row in rows[:limit]],
        "next": _cursor(rows[limit - 1]) if len(rows) > limit else None,
    }


def _seen(context: Any) -> Any:
    sysadmin = getattr(context.get("auth_user_obj"), "sysadmin", False)
    return requests.readable(people.actor(context).grants, sysadmin)


def _cursor(asked: Asked) -> str:
    record = asked.record
    return cursors.written(record.answered_at or record.due_at, record.id)


@tk.side_effect_free
def satudata_request_show(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """One request: by ``token`` for its asker, by ``id`` for whoever may answer it.

    :raises ObjectNotFound: none, or not the caller's to read.
    """
    tk.check_access("satudata_request_show", context, data_dict)
    session: Session = context["session"]
    if token := parameters.text(data_dict, "token"):
        asked = requests.by_token(session, token)
        if asked is None:
            raise tk.ObjectNotFound
        return requesting.for_asker(session, asked)
    asked = requests.by_id(session, parameters.needed(data_dict, "id"))
    sysadmin = getattr(context.get("auth_user_obj"), "sysadmin", False)
    if asked is None or not (sysadmin or _role(context, asked)):
        raise tk.ObjectNotFound
    return {
        **requesting.for_staff(asked, days_off.calendar(session)),
        "may_answer": _may_answer(context, asked),
    }


def _role(context: Any, asked: Asked) -> Any:
    actor = people.actor(context)
    return rules.role_that_answers(actor, asked.dataset.office_id, asked.released.kind)


def _may_answer(context: Any, asked: Asked) -> bool:
    return asked.record.status == Status.NEW.value and _role(context, asked) is not None


def satudata_request_answer(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Answer a request, once.

    :param id: the request. :param answer: what the asker reads.
    :param outcome: ``granted`` or ``refused``, of a request for files alone. Granted, the files of
        the edition that is public now are open through the secret link for a time.
    :raises ValidationError: 409, answered already, or something is missing.
    """
    tk.check_access("satudata_request_answer", context, data_dict)
    session: Session = context["session"]
    locking.require_session(people.caller(context))
    asked = requests.by_id(session, parameters.needed(data_dict, "id"), lock=True)
    role = _role(context, asked) if asked else None
    if asked is None or role is None:
        session.rollback()
        raise tk.ObjectNotFound
    try:
        outcome = _decided(asked, data_dict)
    except tk.ValidationError:
        session.rollback()
        raise
    _write_answer(context, asked, outcome, parameters.text(data_dict, "answer"))
    _on_record(session, asked, people.caller(context), "request_answer", role.value)
    at, record = clock.now(), asked.record
    outbox.add(session, record.dataset_id, request_mail.KIND, at, request_id=record.id)
    session.commit()
    jobs.wake()
    return requesting.for_staff(asked, days_off.calendar(session))


def _decided(asked: Asked, data: dict[str, Any]) -> Outcome | None:
    if asked.record.status != Status.NEW.value:
        raise conflict("answered", "Permintaan ini sudah dijawab. Muat ulang halaman.")
    if not parameters.text(data, "answer"):
        raise conflict("bad_input", "Tulis jawabannya. Pemohon membacanya lewat tautan rahasia.")
    if asked.record.kind != Kind.FILES.value:
        return None
    sent = parameters.one_of(data, "outcome", [outcome.value for outcome in Outcome])
    if not sent:
        raise conflict("bad_input", "Pilih dulu: dikabulkan atau tidak dikabulkan.")
    if sent == Outcome.GRANTED.value and not rules.may_ask(
        Kind.ERROR, asked.dataset.public_state, asked.released.access
    ):
        raise conflict(
            "not_offered",
            "Dataset ini sedang tidak tampil untuk umum, jadi berkasnya tidak bisa dibuka. "
            "Jawab tidak dikabulkan, atau tunggu sampai tayang kembali.",
        )
    return Outcome(sent)


def _write_answer(context: Any, asked: Asked, outcome: Outcome | None, answer: str) -> None:
    record, at = asked.record, clock.now()
    record.status, record.answer = Status.ANSWERED.value, answer
    record.answered_by, record.answered_at = people.caller(context).id, at
    record.outcome = outcome.value if outcome else None
    if outcome is Outcome.GRANTED:
        record.edition = asked.dataset.last_edition
        record.open_until = at + timedelta(days=config.request_rules()["open"])


def _on_record(
    session: Session, asked: Asked, person: people.Person, step: str, role: str | None, **more: Any
) -> None:
    """Who let whom have what; who asked stays out of a record that is kept for ever."""
    record = asked.record
    audit.append(
        session,
        audit.Entry(
            step=step,
            at=clock.now(),
            actor_id=person.id,
            actor_name=person.name or "Pemohon",
            auth_method=person.auth_method,
            role=role,
            submission_id=asked.released.id,
            dataset_id=record.dataset_id,
            office_id=asked.dataset.office_id,
            details={"request": record.id, "kind": record.kind, "outcome": record.outcome, **more},
        ),
    )


def satudata_request_file(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """A file a granted request opens; each fetching is on the record.

    :param token: the secret. :param resource_id: the file.
    :returns: ``{filename, mimetype, sha256, size, url}``; for our own page also ``path``.
    :raises ObjectNotFound: no such request, not granted, over, or closed since.
    """
    tk.check_access("satudata_request_file", context, data_dict)
    session: Session = context["session"]
    asked = requests.by_token(session, parameters.needed(data_dict, "token"))
    edition = requesting.opened(session, asked) if asked else None
    file = requesting.file_of(edition, parameters.needed(data_dict, "resource_id"))
    if asked is None or file is None:
        raise tk.ObjectNotFound
    nobody = people.Person(None, "", people.auth_method())
    _on_record(session, asked, nobody, "request_download", None, sha256=file["sha256"])
    session.commit()
    shown = {name: file.get(name) for name in ("filename", "mimetype", "sha256", "size")}
    address = {"token": data_dict["token"], "resource_id": file["resource_id"]}
    shown["url"] = tk.h.url_for("satudata_requests.file", **address, _external=True)
    # No request can set this key: the place on our disk is for our own page alone.
    ours = context.get("for_view") is True
    return {**shown, "path": str(blobs.path_of(file["sha256"]))} if ours else shown
