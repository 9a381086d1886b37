"""Permissions of the procedure's actions.

Whether a step may be taken is the domain's judgement and made in the action under the row
lock; here only: is the caller somebody at all.
"""

from typing import Any

import ckan.plugins.toolkit as tk

from ...domain.sop import Role
from .. import parameters
from .calling import holds, signed_in

__all__ = [
    "satudata_conformity_show",
    "satudata_conformity_table",
    "satudata_edition_diff",
    "satudata_edition_diff_rows",
    "satudata_edition_file",
    "satudata_edition_list",
    "satudata_edition_show",
    "satudata_finding_mend",
    "satudata_home_show",
    "satudata_schema_accept",
    "satudata_schema_show",
    "satudata_step_take",
    "satudata_submission_show",
]


@tk.auth_allow_anonymous_access
def satudata_submission_show(context: Any, data_dict: dict[str, Any]) -> Any:
    """Everybody may ask; the answer depends on who asks."""
    return {"success": True}


@tk.auth_sysadmins_check
def satudata_step_take(context: Any, data_dict: dict[str, Any]) -> Any:
    """Signed in; the domain judges the rest. Being sysadmin gives no step."""
    return signed_in(context)


def satudata_finding_mend(context: Any, data_dict: dict[str, Any]) -> Any:
    """Signed in; only the producer of the submission's office may, judged in the action."""
    return signed_in(context)


@tk.auth_allow_anonymous_access
def satudata_home_show(context: Any, data_dict: dict[str, Any]) -> Any:
    """The front page is for everybody and shows only what is public."""
    return {"success": True}


@tk.auth_allow_anonymous_access
def satudata_edition_list(context: Any, data_dict: dict[str, Any]) -> Any:
    """Whoever may read the dataset; the action gives only what is public to the public."""
    named = {"id": parameters.needed(data_dict, "id")}
    return tk.check_access("package_show", context, named) and {"success": True}


@tk.auth_allow_anonymous_access
def satudata_edition_show(context: Any, data_dict: dict[str, Any]) -> Any:
    """As ``satudata_edition_list``."""
    named = {"id": parameters.needed(data_dict, "id")}
    return tk.check_access("package_show", context, named) and {"success": True}


@tk.auth_allow_anonymous_access
def satudata_edition_file(context: Any, data_dict: dict[str, Any]) -> Any:
    """As ``satudata_edition_list``."""
    return satudata_edition_list(context, data_dict)


@tk.auth_allow_anonymous_access
def satudata_edition_diff(context: Any, data_dict: dict[str, Any]) -> Any:
    """As ``satudata_edition_list``."""
    return satudata_edition_list(context, data_dict)


@tk.auth_allow_anonymous_access
def satudata_edition_diff_rows(context: Any, data_dict: dict[str, Any]) -> Any:
    """As ``satudata_edition_list``."""
    return satudata_edition_list(context, data_dict)


def satudata_conformity_show(context: Any, data_dict: dict[str, Any]) -> Any:
    """Staff who may read the resource."""
    tk.check_access("resource_show", context, {"id": parameters.needed(data_dict, "resource_id")})
    return holds(context, *Role)


def satudata_conformity_table(context: Any, data_dict: dict[str, Any]) -> Any:
    """As the result itself."""
    return satudata_conformity_show(context, data_dict)


def satudata_schema_accept(context: Any, data_dict: dict[str, Any]) -> Any:
    """Whoever may change the resource."""
    tk.check_access("resource_update", context, {"id": parameters.needed(data_dict, "resource_id")})
    return {"success": True}


def satudata_schema_show(context: Any, data_dict: dict[str, Any]) -> Any:
    """As the result of the check, which names the columns too."""
    return satudata_conformity_show(context, data_dict)
