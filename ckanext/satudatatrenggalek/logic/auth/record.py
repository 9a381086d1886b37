"""Permissions of the record and of the nightly comparison. Sysadmins pass, as CKAN lets them."""

from typing import Any

from ckan import model

from ... import clock
from ...domain.sop import Role
from ...model import appointments

__all__ = ["satudata_audit_list", "satudata_reconcile_list", "satudata_waiting_list"]

_READERS = frozenset({Role.CHECKER, Role.APPROVER, Role.SECRETARIAT})


def satudata_audit_list(context: Any, data_dict: dict[str, Any]) -> Any:
    """Walidata and Sekretariat of the whole regency; rows are those they may read."""
    user = context.get("auth_user_obj") or model.User.get(context.get("user") or "")
    if user is not None and not getattr(user, "is_anonymous", False):
        grants = appointments.grants_of(model.Session, user.id, clock.now())
        if any(grant.role in _READERS and grant.office_id is None for grant in grants):
            return {"success": True}
    return {"success": False, "msg": "Catatan kejadian dibaca Walidata dan Sekretariat Forum."}


def satudata_reconcile_list(context: Any, data_dict: dict[str, Any]) -> Any:
    """Sysadmins only: it names datasets of every state."""
    return {"success": False, "msg": "Pencocokan isi portal dibaca pengelola portal."}


def satudata_waiting_list(context: Any, data_dict: dict[str, Any]) -> Any:
    """Sysadmins only: errors may name datasets of every state."""
    return {"success": False, "msg": "Pekerjaan portal yang tertunda dibaca pengelola portal."}
