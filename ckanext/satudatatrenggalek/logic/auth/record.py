"""Permissions of the record and of the nightly comparison. Sysadmins pass, as CKAN lets them."""

from typing import Any

from ...domain.sop import RECORD_READERS
from .calling import OK, grants, refused

__all__ = ["satudata_audit_list", "satudata_reconcile_list", "satudata_waiting_list"]


def satudata_audit_list(context: Any, data_dict: dict[str, Any]) -> Any:
    """Walidata and Sekretariat of the whole regency; rows are those they may read."""
    held = grants(context)
    if any(grant.role in RECORD_READERS and grant.office_id is None for grant in held):
        return OK
    return refused("Catatan kejadian dibaca Walidata dan Sekretariat Forum.")


def satudata_reconcile_list(context: Any, data_dict: dict[str, Any]) -> Any:
    """Sysadmins only: it names datasets of every state."""
    return refused("Pencocokan isi portal dibaca pengelola portal.")


def satudata_waiting_list(context: Any, data_dict: dict[str, Any]) -> Any:
    """Sysadmins only: errors may name datasets of every state."""
    return refused("Pekerjaan portal yang tertunda dibaca pengelola portal.")
