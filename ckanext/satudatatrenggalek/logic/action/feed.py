"""The DCAT catalogue, with addresses of its pages that are addresses whatever was searched for.

ckanext-dcat writes the search into them as it was typed: a space or a quote breaks Turtle.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import ckan.plugins.toolkit as tk

from ckanext.dcat import logic as dcat
from ckanext.dcat.processors import RDFSerializer

__all__ = ["dcat_catalog_search", "dcat_catalog_show"]

_PAGES = ("current", "first", "last", "next", "previous")
_KEPT = ("modified_since", "profiles", "q", "fq")


@tk.side_effect_free
@tk.chained_action
def dcat_catalog_show(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """A page of the catalogue, as ckanext-dcat gives it."""
    return _catalogue("dcat_catalog_show", context, data_dict)


@tk.side_effect_free
@tk.chained_action
def dcat_catalog_search(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """A page of what was searched for in it."""
    return _catalogue("dcat_catalog_search", context, data_dict)


def _catalogue(name: str, context: Any, data_dict: dict[str, Any]) -> Any:
    tk.check_access(name, context, data_dict)
    found = dcat._search_ckan_datasets(context, data_dict)
    paging = dcat._pagination_info(found, data_dict)
    return RDFSerializer(profiles=data_dict.get("profiles")).serialize_catalog(
        {},
        found["results"],
        _format=data_dict.get("format") or "xml",
        pagination_info=_quoted(paging),
    )


def _quoted(paging: Mapping[str, Any]) -> dict[str, Any]:
    """The same pages at addresses whose search is quoted."""
    asked = [(key, value) for key, value in tk.request.args.items() if key in _KEPT]

    def address(written: str) -> str:
        page = written.rpartition("page=")[2]
        return f"{written.partition('?')[0]}?{urlencode([*asked, ('page', page)])}"

    return {key: address(value) if key in _PAGES else value for key, value in paging.items()}
