"""Permissions of what is done beside the steps.

Whether it may be done to this submission is the domain's judgement, made in the action.
"""

from typing import Any

import ckan.plugins.toolkit as tk

from ...domain.sop import DEED_BY_NAME, SIGNOFF_SETTERS, STEP_BY_NAME, Role
from .calling import holds, signed_in

__all__ = [
    "satudata_check_report",
    "satudata_on_behalf_close",
    "satudata_on_behalf_list",
    "satudata_on_behalf_open",
    "satudata_office_signoff_set",
    "satudata_office_signoff_show",
    "satudata_office_transfer",
    "satudata_paper_show",
    "satudata_receipt_show",
    "satudata_submission_ask_urgent",
    "satudata_submission_changes",
    "satudata_submission_sign_off",
    "satudata_submission_urge",
    "satudata_talk_add",
    "satudata_talk_list",
]


@tk.auth_sysadmins_check
def satudata_submission_sign_off(context: Any, data_dict: dict[str, Any]) -> Any:
    """Signed in; being sysadmin makes nobody the head of an office."""
    return signed_in(context)


@tk.auth_sysadmins_check
def satudata_submission_ask_urgent(context: Any, data_dict: dict[str, Any]) -> Any:
    """Signed in; only the office's producer, judged in the action."""
    return signed_in(context)


@tk.auth_sysadmins_check
def satudata_submission_urge(context: Any, data_dict: dict[str, Any]) -> Any:
    """The walidata."""
    return holds(context, *DEED_BY_NAME["urge"].roles)


def satudata_talk_list(context: Any, data_dict: dict[str, Any]) -> Any:
    """Signed in; whoever may read the submission."""
    return signed_in(context)


@tk.auth_sysadmins_check
def satudata_talk_add(context: Any, data_dict: dict[str, Any]) -> Any:
    """Signed in; producer and checker, judged in the action."""
    return signed_in(context)


def satudata_office_signoff_show(context: Any, data_dict: dict[str, Any]) -> Any:
    """Anybody with an appointment."""
    return holds(context, *Role)


@tk.auth_sysadmins_check
def satudata_office_signoff_set(context: Any, data_dict: dict[str, Any]) -> Any:
    """The office's head, or the walidata's approver; for which office is judged in the action."""
    return holds(context, *SIGNOFF_SETTERS)


@tk.auth_sysadmins_check
def satudata_office_transfer(context: Any, data_dict: dict[str, Any]) -> Any:
    """The walidata; each dataset is judged by itself."""
    arrows = STEP_BY_NAME["transfer"].arrows
    return holds(context, *(role for arrow in arrows for role in arrow.roles))


@tk.auth_sysadmins_check
def satudata_on_behalf_open(context: Any, data_dict: dict[str, Any]) -> Any:
    """The walidata; for which office or dataset is judged in the action."""
    return holds(context, *DEED_BY_NAME["on_behalf"].roles)


@tk.auth_sysadmins_check
def satudata_on_behalf_close(context: Any, data_dict: dict[str, Any]) -> Any:
    """Signed in; whose leave it is."""
    return signed_in(context)


def satudata_on_behalf_list(context: Any, data_dict: dict[str, Any]) -> Any:
    """Signed in; one's own."""
    return signed_in(context)


def satudata_paper_show(context: Any, data_dict: dict[str, Any]) -> Any:
    """Signed in; whoever the paper concerns."""
    return signed_in(context)


def satudata_receipt_show(context: Any, data_dict: dict[str, Any]) -> Any:
    """Signed in; whoever may read the submission."""
    return signed_in(context)


def satudata_submission_changes(context: Any, data_dict: dict[str, Any]) -> Any:
    """Signed in; whoever may read the submission."""
    return signed_in(context)


def satudata_check_report(context: Any, data_dict: dict[str, Any]) -> Any:
    """Signed in; whoever may read the submission."""
    return signed_in(context)
