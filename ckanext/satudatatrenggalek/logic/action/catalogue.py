"""The public side: front page, and core's word lists cut down to what is public."""

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import AlchemySession as Session

from ...domain import words
from ...model import catalogue, public_counts
from .. import facts, showing

__all__ = [
    "format_autocomplete",
    "package_list",
    "resource_search",
    "satudata_home_show",
    "tag_autocomplete",
    "tag_list",
    "tag_search",
    "tag_show",
]

_RECENT = 5


@tk.side_effect_free
def satudata_home_show(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """The front page: newest editions, themes and totals; only what is public."""
    tk.check_access("satudata_home_show", context, data_dict)
    session: Session = context["session"]
    return {
        "recent": [_recent(row) for row in catalogue.recent(session, _RECENT)],
        "themes": _themes(public_counts.themes(session)),
        "totals": public_counts.totals(session),
    }


def _recent(row: dict[str, Any]) -> dict[str, Any]:
    released = row.pop("released_at")
    return {
        **row,
        "released": showing.stamp(released),
        "released_text": words.tanggal(released),
        "period_text": words.periode(row["period"]) if row["period"] else "",
    }


def _themes(counts: dict[str, int]) -> list[dict[str, Any]]:
    field = next(f for f in facts.dataset_fields() if f["field_name"] == "theme")
    choices = {c["value"]: c["label"] for c in field.get("choices", ())}
    return [
        {"value": value, "label": _label(choices.get(value, value)), "count": counts[value]}
        for value in [*choices, *sorted(set(counts) - set(choices))]
        if counts.get(value)
    ]


def _label(text: Any) -> str:
    return text.get("id", "") if isinstance(text, dict) else str(text)


@tk.side_effect_free
@tk.chained_action
def tag_list(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """Only words of public datasets."""
    return _public(next_action(context, data_dict), catalogue.public_tags(context["session"]))


@tk.side_effect_free
@tk.chained_action
def tag_autocomplete(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """Only words of public datasets."""
    return _public(next_action(context, data_dict), catalogue.public_tags(context["session"]))


@tk.side_effect_free
@tk.chained_action
def tag_search(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """Only words of public datasets."""
    found = next_action(context, data_dict)
    kept = _public(found["results"], catalogue.public_tags(context["session"]))
    return {**found, "results": kept, "count": len(kept)}


@tk.side_effect_free
@tk.chained_action
def tag_show(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """Only words of public datasets; core says of every word whether it is used."""
    shown = next_action(context, data_dict)
    if shown["name"] not in catalogue.public_tags(context["session"]):
        raise tk.ObjectNotFound
    return shown


@tk.side_effect_free
@tk.chained_action
def package_list(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """Core asks only CKAN's own flag, no label (gate row C9)."""
    known = catalogue.public_packages(context["session"])
    return [key for key in next_action(context, data_dict) if key in known]


@tk.side_effect_free
@tk.chained_action
def resource_search(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """Core asks only CKAN's own flag, no label (gate row C9)."""
    found = next_action(context, data_dict)
    if context.get("search_query"):
        return found
    known = catalogue.public_packages(context["session"])
    kept = [row for row in found["results"] if row["package_id"] in known]
    return {**found, "results": kept, "count": found["count"] - len(found["results"]) + len(kept)}


@tk.side_effect_free
@tk.chained_action
def format_autocomplete(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """Only formats of public datasets."""
    known = catalogue.public_formats(context["session"])
    return [name for name in next_action(context, data_dict) if name.lower() in known]


def _public(found: list[Any], known: set[str]) -> list[Any]:
    return [tag for tag in found if (tag["name"] if isinstance(tag, dict) else tag) in known]
