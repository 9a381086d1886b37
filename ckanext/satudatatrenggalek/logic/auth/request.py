"""Permissions of the public's requests. The actions judge which request somebody may read."""

from typing import Any

import ckan.plugins.toolkit as tk

from ...domain.sop import ANSWERS_REQUESTS
from .. import parameters
from .calling import OK, holds

__all__ = [
    "satudata_request_answer",
    "satudata_request_create",
    "satudata_request_file",
    "satudata_request_list",
    "satudata_request_show",
]


@tk.auth_allow_anonymous_access
def satudata_request_create(context: Any, data_dict: dict[str, Any]) -> Any:
    """Everybody who may know of the dataset."""
    named = {"id": parameters.needed(data_dict, "id")}
    return tk.check_access("package_show", context, named) and OK


@tk.auth_allow_anonymous_access
def satudata_request_show(context: Any, data_dict: dict[str, Any]) -> Any:
    """Everybody may try a secret; staff are judged by the request's office."""
    return OK


@tk.auth_allow_anonymous_access
def satudata_request_file(context: Any, data_dict: dict[str, Any]) -> Any:
    """Everybody may try a secret."""
    return OK


def satudata_request_list(context: Any, data_dict: dict[str, Any]) -> Any:
    """Producers and walidata; they get what their appointment covers."""
    who = "Permintaan dijawab oleh Produsen Data dan Walidata."
    return holds(context, *ANSWERS_REQUESTS, otherwise=who)


@tk.auth_sysadmins_check
def satudata_request_answer(context: Any, data_dict: dict[str, Any]) -> Any:
    """Whoever has a list of them; being sysadmin answers none."""
    return satudata_request_list(context, data_dict)
