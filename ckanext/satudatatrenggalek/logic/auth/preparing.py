"""Permissions of what is made from a file: its tidied copy, its marked workbook."""

from typing import Any

import ckan.plugins.toolkit as tk

from .. import parameters
from .publication import satudata_conformity_show

__all__ = [
    "satudata_marked_file",
    "satudata_marked_prepare",
    "satudata_marked_show",
    "satudata_tidied_accept",
    "satudata_tidied_file",
    "satudata_tidied_prepare",
    "satudata_tidied_show",
]


def satudata_tidied_show(context: Any, data_dict: dict[str, Any]) -> Any:
    """Staff who may read the file and its findings."""
    return satudata_conformity_show(context, data_dict)


def satudata_tidied_prepare(context: Any, data_dict: dict[str, Any]) -> Any:
    """Whoever may look at it may have it made: it changes nothing."""
    return satudata_conformity_show(context, data_dict)


def satudata_tidied_file(context: Any, data_dict: dict[str, Any]) -> Any:
    """As the copy itself."""
    return satudata_conformity_show(context, data_dict)


def satudata_tidied_accept(context: Any, data_dict: dict[str, Any]) -> Any:
    """Whoever may change the original."""
    tk.check_access("resource_update", context, {"id": parameters.needed(data_dict, "resource_id")})
    return {"success": True}


def satudata_marked_show(context: Any, data_dict: dict[str, Any]) -> Any:
    """Staff who may read the file and its findings."""
    return satudata_conformity_show(context, data_dict)


def satudata_marked_prepare(context: Any, data_dict: dict[str, Any]) -> Any:
    """As ``satudata_tidied_prepare``."""
    return satudata_conformity_show(context, data_dict)


def satudata_marked_file(context: Any, data_dict: dict[str, Any]) -> Any:
    """As the workbook itself."""
    return satudata_conformity_show(context, data_dict)
