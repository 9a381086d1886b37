"""Permissions of the report and of issued documents. Sysadmins pass, as CKAN lets them."""

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model

from ... import clock
from ...domain.report_readers import may_issue, offices_readable
from ...domain.workflow import Grant
from ...model import appointments
from .. import parameters

__all__ = [
    "satudata_document_file",
    "satudata_document_list",
    "satudata_document_show",
    "satudata_report_drill",
    "satudata_report_figures",
    "satudata_report_issue",
]


def _grants(context: Any) -> tuple[Grant, ...]:
    user = context.get("auth_user_obj") or model.User.get(context.get("user") or "")
    if user is None or getattr(user, "is_anonymous", False):
        return ()
    return appointments.grants_of(model.Session, user.id, clock.now())


def _refused(message: str) -> Any:
    return {"success": False, "msg": message}


def satudata_report_figures(context: Any, data_dict: dict[str, Any]) -> Any:
    """Walidata, Forum, Sekretariat and Pimpinan: all offices; an office's people: their own."""
    offices = offices_readable(_grants(context))
    if offices is not None and not offices:
        return _refused(
            "Laporan ini untuk petugas yang ditunjuk. Minta penunjukan kepada Walidata."
        )
    office = model.Group.get(parameters.text(data_dict, "office"))
    if offices is not None and office is not None and office.id not in offices:
        return _refused(
            "Anda hanya boleh membaca angka perangkat daerah Anda. Pilih perangkat daerah itu."
        )
    return {"success": True}


def satudata_report_drill(context: Any, data_dict: dict[str, Any]) -> Any:
    """Whoever reads a number may read the list behind it."""
    return satudata_report_figures(context, data_dict)


def satudata_report_issue(context: Any, data_dict: dict[str, Any]) -> Any:
    """Walidata (checker, approver) and Sekretariat."""
    if may_issue(_grants(context)):
        return {"success": True}
    return _refused("Hanya Walidata dan Sekretariat Forum yang menerbitkan laporan.")


def satudata_document_list(context: Any, data_dict: dict[str, Any]) -> Any:
    """Whoever reads the whole report: a document holds the figures of all offices."""
    if offices_readable(_grants(context)) is None:
        return {"success": True}
    return _refused("Dokumen laporan memuat semua perangkat daerah; mintalah kepada Walidata.")


def satudata_document_file(context: Any, data_dict: dict[str, Any]) -> Any:
    """As ``satudata_document_list``."""
    return satudata_document_list(context, data_dict)


@tk.auth_allow_anonymous_access
def satudata_document_show(context: Any, data_dict: dict[str, Any]) -> Any:
    """Everybody may verify a document: number, title, hashes, when, by which office."""
    return {"success": True}
