"""Tombstones: what everybody may know of a dataset that was taken from the public."""

from typing import Any

import ckan.plugins.toolkit as tk

from ...model import tombstones
from .. import cursors, parameters, showing

__all__ = ["satudata_tombstone_list", "satudata_tombstone_show"]

_USUAL = 100
_MOST = 1000


@tk.side_effect_free
def satudata_tombstone_show(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """The tombstone of a dataset, by its id or name.

    :returns: ``{id, name, title, office, reason, retracted, editions, url}``; the reason is the
        one told to the public.
    :raises ObjectNotFound: it is public, or never was.
    """
    tk.check_access("satudata_tombstone_show", context, data_dict)
    row = tombstones.of_dataset(context["session"], parameters.needed(data_dict, "id"))
    if row is None:
        raise tk.ObjectNotFound
    return _shown(row)


@tk.side_effect_free
def satudata_tombstone_list(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """All tombstones, the newest first: what copies of the catalogue should take away.

    :param limit: rows of a page, 100 unless told, at most 1000. :param after: ``next`` of the
        page before.
    :returns: ``{results, next}``; ``next`` is null on the last page.
    """
    tk.check_access("satudata_tombstone_list", context, data_dict)
    limit = max(1, parameters.whole(data_dict, "limit", _USUAL, _MOST))
    after = cursors.read(parameters.text(data_dict, "after"))
    rows = tombstones.page(context["session"], after, limit + 1)
    more = len(rows) > limit
    return {
        "results": [_shown(row) for row in rows[:limit]],
        "next": _cursor(rows[limit - 1]) if more else None,
    }


def _shown(row: Any) -> dict[str, Any]:
    dataset, name, title, office_name, office_title = row
    return {
        "id": dataset.dataset_id,
        "name": name,
        "title": title or name,
        "office": {"id": dataset.office_id, "name": office_name, "title": office_title},
        "reason": dataset.retract_reason,
        "retracted": showing.stamp(dataset.retracted_at),
        "editions": dataset.last_edition,
        "url": tk.h.url_for("dataset.read", id=name, _external=True),
    }


def _cursor(row: Any) -> str:
    return cursors.written(row[0].retracted_at, row[0].dataset_id)
