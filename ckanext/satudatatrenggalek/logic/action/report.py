"""Evaluation and report (SOP steps 10-11): figures, the lists behind them, issued documents."""

import base64
from dataclasses import replace
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import AlchemySession as Session

from ... import clock
from ...domain.figures import FigureKey, UnknownFigure
from ...domain.periods import Period, PeriodRefused, read_period
from ...domain.report_readers import offices_readable
from ...model import blobs, desk, document
from ...model import figures as counting
from ...model.document import DocumentRecord
from ...model.figure_lists import Scope, rows_behind
from .. import facts, parameters, people, reporting
from ..messages import conflict

__all__ = [
    "satudata_document_file",
    "satudata_document_list",
    "satudata_document_show",
    "satudata_report_drill",
    "satudata_report_figures",
    "satudata_report_issue",
]

_MOST_ROWS = 1000
# What somebody reads of a submission that is not open to them: that it is there.
_UNTOLD = {
    "submission_id": "",
    "dataset_id": "",
    "name": None,
    "title": "Edisi yang belum terbit",
    "who": "",
    "detail": "",
}
_MOST_DOCUMENTS = 200
_MIMETYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@tk.side_effect_free
def satudata_report_figures(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """The figures of a period, from the record.

    :param from, to: first and last day, ``01-11-2026`` or ``2026-11-01`` (WIB, both included).
    :param office: id or name of one office; without it all the caller may read.
    :returns: ``domain.figures.Figures`` as a dict, ``listing`` empty, and ``choices``: the
        offices the caller may ask for, ``[{id, name, title}]``.
    :raises ValidationError: a day that cannot be read; ``to`` before ``from``.
    """
    tk.check_access("satudata_report_figures", context, data_dict)
    scope, session = _scope(context, data_dict), context["session"]
    choices = counting.active_offices(session, replace(scope, offices=_readable(context)))
    figures = reporting.count(session, scope).as_dict()
    return {**figures, "choices": [vars(office) for office in choices]}


@tk.side_effect_free
def satudata_report_drill(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """The submissions behind one figure, oldest first.

    :param from, to, office: as in ``satudata_report_figures``.
    :param figure: ``submitted``, ``late.awaiting_check``, ``reason.standard``, ``rounds.2`` ...
    :param limit, offset: a page of the list; 100 and 0 when left out.
    :returns: ``{figure, label, total, results: [{submission_id, dataset_id, name, title, office,
        period, round, at, at_text, who, detail, state, state_label, due}]}``.
    :raises ObjectNotFound: no figure has this name.
    """
    tk.check_access("satudata_report_drill", context, data_dict)
    scope = _scope(context, data_dict)
    try:
        key = FigureKey.read(parameters.needed(data_dict, "figure"))
    except UnknownFigure as error:
        raise tk.ObjectNotFound(f"Angka «{error}» tidak ada di laporan.") from error
    limit = parameters.whole(data_dict, "limit", 100, _MOST_ROWS)
    offset = parameters.whole(data_dict, "offset", 0, 10**9)
    rows = rows_behind(context["session"], key, scope, limit, offset)
    labels = facts.field_labels() if key.name.startswith("metadata") else {}
    return {
        "figure": parameters.text(data_dict, "figure"),
        "label": key.label,
        "total": rows[0]["total"] if rows else 0,
        "results": _told(context, [reporting.drilled(row, labels) for row in rows]),
    }


def _told(context: Any, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """All are counted; what a submission is, and what was said of it, its readers alone read."""
    if _reads_all(context):
        return rows
    submission_ids = {row["submission_id"] for row in rows}
    opened = desk.opened(context["session"], people.actor(context).grants, submission_ids)
    return [row if row["submission_id"] in opened else {**row, **_UNTOLD} for row in rows]


def satudata_report_issue(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Freeze the figures of a period, number them, draw PDF and XLSX, keep them for ever.

    :param from, to: as in ``satudata_report_figures``; always all offices.
    :returns: the document, as ``satudata_document_show``.
    """
    tk.check_access("satudata_report_issue", context, data_dict)
    session: Session = context["session"]
    scope = Scope(_period(data_dict), clock.now(), None, reporting.required_fields())
    record = reporting.issue(session, scope, people.caller(context))
    session.commit()
    return reporting.shown(record, staff=True)


@tk.side_effect_free
def satudata_document_list(context: Any, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """Issued documents, newest first, as ``satudata_document_show``."""
    tk.check_access("satudata_document_list", context, data_dict)
    records = document.newest(context["session"], _MOST_DOCUMENTS)
    return [reporting.shown(record, staff=True) for record in records]


@tk.side_effect_free
def satudata_document_show(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """What everybody may know of a document; its readers also get ``may_download`` and who.

    :returns: ``{id, number, kind, title, period_from, period_to, figures_sha256, files: {pdf,
        xlsx: sha256}, issued_at, issued_text, publisher, may_download}``.
    """
    tk.check_access("satudata_document_show", context, data_dict)
    record = _find(context, data_dict)
    try:
        tk.check_access("satudata_document_file", context, {"id": record.id})
    except tk.NotAuthorized:
        return reporting.shown(record, staff=False)
    return reporting.shown(record, staff=True)


@tk.side_effect_free
def satudata_document_file(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """One file of a document, as issued.

    :param format: ``pdf`` or ``xlsx``.
    :returns: ``{filename, mimetype, sha256, content}``, content in base64.
    """
    tk.check_access("satudata_document_file", context, data_dict)
    record = _find(context, data_dict)
    extension = parameters.text(data_dict, "format") or "pdf"
    sha256 = record.files.get(extension)
    if sha256 is None:
        raise tk.ObjectNotFound(f"Dokumen {record.number} tidak punya berkas {extension}.")
    return {
        "filename": f"{record.number.replace('/', '-')}.{extension}",
        "mimetype": _MIMETYPES[extension],
        "sha256": sha256,
        "content": base64.b64encode(blobs.path_of(sha256).read_bytes()).decode(),
    }


def _find(context: Any, data_dict: dict[str, Any]) -> DocumentRecord:
    record = document.find(context["session"], parameters.needed(data_dict, "id"))
    if record is None:
        raise tk.ObjectNotFound("Tidak ada dokumen dengan nomor pengenal ini di portal.")
    return record


def _period(data_dict: dict[str, Any]) -> Period:
    first, last = parameters.needed(data_dict, "from"), parameters.needed(data_dict, "to")
    try:
        return read_period(first, last)
    except PeriodRefused as error:
        raise conflict("bad_input", str(error)) from error


def _scope(context: Any, data_dict: dict[str, Any]) -> Scope:
    period = _period(data_dict)
    offices = _readable(context)
    named = parameters.text(data_dict, "office")
    if named:
        office = model.Group.get(named)
        if office is None or not office.is_organization:
            raise tk.ObjectNotFound("Perangkat daerah itu tidak ada di portal.")
        offices = (office.id,)
    return Scope(period, clock.now(), offices, reporting.required_fields())


def _readable(context: Any) -> tuple[str, ...] | None:
    """The offices the caller reads; None: all. Access itself was asked before."""
    if _reads_all(context):
        return None
    offices = offices_readable(people.actor(context).grants)
    return None if offices is None else tuple(sorted(offices))


def _reads_all(context: Any) -> bool:
    """Whether nothing is kept from the caller: the portal itself, or a sysadmin."""
    user = context.get("auth_user_obj") or model.User.get(context.get("user") or "")
    return bool(context.get("ignore_auth") or getattr(user, "sysadmin", False))
