"""Permissions of the report and of issued documents. Sysadmins pass, as CKAN lets them."""

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model

from ...domain.report_readers import may_issue, offices_readable
from .. import parameters
from .calling import OK, grants, refused

__all__ = [
    "satudata_document_file",
    "satudata_document_list",
    "satudata_document_show",
    "satudata_report_drill",
    "satudata_report_figures",
    "satudata_report_issue",
]


def satudata_report_figures(context: Any, data_dict: dict[str, Any]) -> Any:
    """Walidata, Forum, Sekretariat and Pimpinan: all offices; an office's people: their own."""
    offices = offices_readable(grants(context))
    if offices is not None and not offices:
        return refused("Laporan ini untuk petugas yang ditunjuk. Minta penunjukan kepada Walidata.")
    office = model.Group.get(parameters.text(data_dict, "office"))
    if offices is not None and office is not None and office.id not in offices:
        return refused(
            "Anda hanya boleh membaca angka perangkat daerah Anda. Pilih perangkat daerah itu."
        )
    return OK


def satudata_report_drill(context: Any, data_dict: dict[str, Any]) -> Any:
    """Whoever reads a number may read the list behind it."""
    return satudata_report_figures(context, data_dict)


def satudata_report_issue(context: Any, data_dict: dict[str, Any]) -> Any:
    """Walidata (checker, approver) and Sekretariat."""
    if may_issue(grants(context)):
        return OK
    return refused("Hanya Walidata dan Sekretariat Forum yang menerbitkan laporan.")


def satudata_document_list(context: Any, data_dict: dict[str, Any]) -> Any:
    """Whoever reads the whole report: a document holds the figures of all offices."""
    if offices_readable(grants(context)) is None:
        return OK
    return refused("Dokumen laporan memuat semua perangkat daerah; mintalah kepada Walidata.")


def satudata_document_file(context: Any, data_dict: dict[str, Any]) -> Any:
    """As ``satudata_document_list``."""
    return satudata_document_list(context, data_dict)


@tk.auth_allow_anonymous_access
def satudata_document_show(context: Any, data_dict: dict[str, Any]) -> Any:
    """Everybody may verify a document: number, title, hashes, when, by which office."""
    return OK
